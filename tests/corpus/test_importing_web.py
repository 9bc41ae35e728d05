"""What a web page states of its text: the title and the day it was published."""

from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import policytext as pt
from imported import imported, removed

TITLED = "<h1>春耕备耕会议召开</h1>"
BODY = "<p>本市昨日召开会议，部署春耕备耕，要求各县区备足种子。</p><p>会议强调，要守住耕地。</p>"


def listed(tmp_path: Path, page: str) -> pd.Series:
    corpus, _ = imported(tmp_path, a__html=page)
    return corpus.documents.iloc[0]


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta name="articletitle" content="春耕备耕会议召开">', ""),
        ('<meta property="og:title" content="春耕备耕会议召开"><title>某某网</title>', ""),
        ("<title>春耕备耕会议召开_农业频道_某某网</title>", "<h1>某某网</h1><h1>农业频道</h1>"),
        ("<title>春耕备耕会议召开 - 某某网</title>", ""),
        ("<title>春耕备耕会议召开--某某网</title>", ""),
        ("<title>某某网</title>", "<h1>春耕备耕会议召开</h1>"),
        ("<title>春耕备耕会议召开-某某网</title>", "<h2>春耕备耕会议召开</h2>"),
        ("<title>农业频道--春耕备耕会议召开--某某网</title>", "<p>春耕备耕会议召开</p>"),
        ("<title>农业动态--某某网</title>", "<p>春耕备耕会议召开</p><p>时间：2021-03-05</p>"),
        ('<meta property="og:title" content="春耕"><title>春耕备耕会议召开_网</title>', TITLED),
    ],
)
def test_the_title_is_the_one_the_page_states(tmp_path: Path, head: str, body: str) -> None:
    page = f"<html><head>{head}</head><body>{body}{BODY}</body></html>"
    assert listed(tmp_path, page)["title"] == "春耕备耕会议召开"


@pytest.mark.parametrize(
    ("window", "beside"),
    [
        ("甲县日报数字报-春耕备耕会议召开", ""),
        ("政务公开_春耕备耕会议召开_瑞安市人民政府", ""),
        ("春耕备耕会议召开-时政要闻-甲县新闻网", ""),
        ("甲县农家 - 春耕备耕会议召开", '<meta property="og:site_name" content="甲县农家">'),
        ("农家天地_春耕备耕会议召开", '<a href="/">农家天地</a>'),
    ],
)
def test_a_site_on_either_side_of_a_title_is_none_of_it(
    tmp_path: Path, window: str, beside: str
) -> None:
    text = "各地要抓好春耕，确保丰收。" * 5
    page = f"<html><head><title>{window}</title></head><body>{beside}<p>{text}</p></body></html>"
    assert listed(tmp_path, page)["title"] == "春耕备耕会议召开"


def test_the_heading_of_a_site_is_no_title(tmp_path: Path) -> None:
    page = f"<title>甲县门户网站</title><h1>甲县门户网站</h1><h2>春耕备耕会议召开</h2>{BODY}"
    assert listed(tmp_path, page)["title"] == "春耕备耕会议召开"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta name="pubdate" content="2021-03-04 10:00">', ""),
        ('<meta itemprop="datePublished" content="2021-03-04">', ""),
        ('<script type="application/ld+json">{"datePublished": "2021-03-04T10:00"}</script>', ""),
        ("", '<time datetime="2021-03-04">前天</time>'),
        ("", "<div>2021年03月04日 10:00 来源</div>"),
        ("", f"{TITLED}<div>04</div><div>2021-03</div>"),
        ("", f"{TITLED}<div><b>2021</b><em>03</em>/<em>04</em> 10:19</div>"),
        ("", f"{TITLED}<div>2021年</div><div>3月4日</div>"),
        ("", "<div><em>2021</em> 年 <em>3</em> 月 <em>4</em> 日</div>"),
    ],
)
def test_the_date_is_found_in_head_script_and_frame(tmp_path: Path, head: str, body: str) -> None:
    page = f"<html><head><title>会议召开</title>{head}</head><body>{body}{BODY}</body></html>"
    assert str(listed(tmp_path, page)["date"]) == "2021-03-04"


@pytest.mark.parametrize("window", ["新建网页 1", "无标题文档", "Untitled", "index", "首页"])
def test_a_placeholder_is_no_title(tmp_path: Path, window: str) -> None:
    page = f"<html><head><title>{window}</title></head><body><b>春耕备耕会议召开</b>{BODY}</body>"
    assert listed(tmp_path, page)["title"] == "春耕备耕会议召开"


@pytest.mark.parametrize("clock", ["今天是2026年11月28日 星期六", "2026年11月28日 星期六"])
def test_the_clock_of_a_page_is_not_its_date(tmp_path: Path, clock: str) -> None:
    stamp = "<div>发布时间：2021-03-04 来源：县府办</div>"
    page = f"<title>春耕备耕会议召开</title><div>{clock}</div>{TITLED}{stamp}{BODY}"
    assert str(listed(tmp_path, page)["date"]) == "2021-03-04"


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ("作者：李大明 编辑：张三", "李大明"),
        ("2021-03-05 来源：某某日报 记者 李大明 通讯员 王小红 责任编辑：张三", "李大明、王小红"),
        ("本报记者李大明、王小红", "李大明、王小红"),
        ("文/李大明", "李大明"),
        ("文成县", ""),
        ("责任编辑：张三", ""),
        ("作者：admin 来源：本站", ""),
    ],
)
def test_the_author_is_who_wrote(tmp_path: Path, byline: str, author: str) -> None:
    editors = "<p>编辑：赵四 校对：钱五</p>"
    page = f"<title>春耕备耕会议召开</title>{TITLED}<div>{byline}</div>{BODY}{editors}"
    found = listed(tmp_path, page)["author"]
    assert ("" if pd.isna(found) else found) == author


@pytest.mark.parametrize("stamp", ["2021-03-04 来源：某某日报", "时间：2021-03-04 09:30"])
def test_the_day_of_a_line_that_leaves_a_saved_page_dates_it(tmp_path: Path, stamp: str) -> None:
    text = f"县工作安排\n{stamp}\n各位代表：\n今年，全县增长6%。\n"
    other = "今天是2026年11月28日\n县工作计划\n各位代表：\n今年，全县出口增长7%。\n"
    corpus, _ = imported(tmp_path, a__txt=text, b__txt=other)
    dates = corpus.documents.set_index("source")["date"]
    assert dates["a.txt"] == "2021-03-04" and pd.isna(dates["b.txt"])


def test_a_heading_of_the_text_is_no_menu(tmp_path: Path) -> None:
    text = "县政府工作报告\n各位代表：\n全年增长6%。\n三、深化政务公开\n强化监督，公开透明。\n"
    corpus, _ = imported(tmp_path, a__txt=text)
    assert "三、深化政务公开" in corpus.source("a")


def test_what_is_struck_out_and_how_a_character_is_read_leave_the_text(tmp_path: Path) -> None:
    line = "<p>要<ruby>满<rt>mǎn</rt></ruby>怀信心，<del>增长5%</del><ins>增长6%</ins>。</p>"
    line += "<p>占地10<sup>3</sup>亩<sup>注</sup>，减少CO<sub>2</sub>排放。</p>"
    corpus, report = imported(tmp_path, a__html=f"<title>会议召开</title>{line}{BODY}")
    assert "要满怀信心，增长6%。\n占地10³亩注，减少CO2排放。" in corpus.source("a")
    assert {("how a character is read", "mǎn"), ("struck out", "增长5%")} <= set(removed(report))


TITLE = "关于春耕备耕的通知"
TEXT = [
    "各乡镇，各部门：",
    "为做好今年春耕备耕，现将有关事项通知如下。",
    "一、目标任务",
    "全年播种面积稳定在35万亩以上，新建高标准农田2万亩，改造老旧灌区3处，修复渠道40公里。",
    "推广良种15个，良种覆盖率达到98%，农作物综合机械化率提高到72%，培训农户8000人次。",
    "建成育秧中心12个，统一供秧20万亩，粮食总产量保持在18万吨，订单面积占到六成以上。",
    "二、保障措施",
    "各级财政安排专项资金600万元，按季度考核落实情况，对完成任务的乡镇每亩奖补50元。",
]
SIGNED = ["甲县人民政府", "2021年3月2日", "（此件公开发布）"]
MENU = "<div>" + "".join(f"<p><a href='{at}'>栏目{at}</a> 》</p>" for at in range(9)) + "</div>"
FOOT = "<div class='foot'><p>主办：甲县人民政府</p><p>标识码：3300000009 电话：0570-0000</p></div>"
LINKS = "<ul><li><a href='1'>各地备耕忙</a> 2019-02-01 08:30</li></ul>"


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def whole(body: str, head: str = "") -> str:
    return f"<html><head><title>{TITLE}_甲县</title>{head}</head><body>{body}</body></html>"


def lines(tmp_path: Path, page: str) -> tuple[list[str], pd.DataFrame]:
    corpus, report = imported(tmp_path, a__html=page)
    return corpus.source("a").splitlines(), report


def test_what_stands_beside_the_text_is_listed(tmp_path: Path) -> None:
    page = whole(f"{MENU}<h1>{TITLE}</h1><div>{paragraphs(*TEXT, *SIGNED)}</div>{LINKS}{FOOT}")
    kept, report = lines(tmp_path, page)
    assert kept == [TITLE, *TEXT, *SIGNED]
    beside = report[report["rule"].str.startswith("beside the text: readability-lxml")]
    assert beside["text"].to_list() == [
        *(f"栏目{at} 》" for at in range(9)),
        *("主办：甲县人民政府", "标识码：3300000009 电话：0570-0000"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        f"<div>{paragraphs(*TEXT)}</div><div>{paragraphs(*SIGNED[:2])}</div>",
        "".join(f"<div><p>{text}</p></div>" for text in [*TEXT, *SIGNED[:2]]),
        f"<div>{'<br>'.join([*TEXT, *SIGNED[:2]])}</div>",
        "<pre>\n" + "\n　　".join([*TEXT, *SIGNED[:2]]) + "</pre>",
        f"<table><tr><td>{LINKS}</td><td>{paragraphs(*TEXT, *SIGNED[:2])}</td></tr></table>",
        f"<div style='visibility: hidden'>{paragraphs(*TEXT, *SIGNED[:2])}</div>",
    ],
)
def test_no_line_between_title_and_signature_is_lost(tmp_path: Path, body: str) -> None:
    kept, _ = lines(tmp_path, whole(f"{MENU}<h1>{TITLE}</h1>{body}{FOOT}"))
    assert kept[: len(TEXT) + 3] == [TITLE, *TEXT, *SIGNED[:2]]


def test_an_included_head_does_not_end_the_page(tmp_path: Path) -> None:
    head = f"<html><body>{MENU}</body></html>"
    kept, _ = lines(tmp_path, whole(f"{head}<h1>{TITLE}</h1><div>{paragraphs(*TEXT)}</div>"))
    assert kept == [TITLE, *TEXT]


def test_a_row_of_a_table_is_a_line(tmp_path: Path) -> None:
    rows = [
        ("乡镇", "面积（万亩）", "单位"),
        *((f"乡{at}镇", f"{at}.5", "站") for at in range(1, 9)),
    ]
    cells = ("".join(f"<td><p>{cell}</p></td>" for cell in row) for row in rows)
    table = "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"
    kept, _ = lines(tmp_path, whole(f"<h1>{TITLE}</h1><div>{paragraphs(*TEXT)}{table}</div>"))
    assert kept[len(TEXT) + 1 :] == ["\t".join(row) for row in rows]


def test_fields_beside_the_text_are_read(tmp_path: Path) -> None:
    table = (
        "<table><tr><td>发文字号：</td><td>甲政发〔2021〕3号</td></tr>"
        "<tr><td>公布日期：</td><td>2021年03月05日</td></tr></table>"
    )
    page = whole(f"{MENU}{table}<h1>{TITLE}</h1><div>{paragraphs(*TEXT)}</div>{FOOT}")
    row = listed(tmp_path, page)
    assert row["document_number"] == "甲政发〔2021〕3号"
    assert (row["published"], row["date"]) == ("2021-03-05", "2021-03-05")


@pytest.mark.parametrize(
    ("above", "below", "date"),
    [
        ("<div>2021-03-05 来源：县农业局</div>", LINKS, "2021-03-05"),
        ("<p>2021-03-05 10:00</p>", "<p>相关</p><p>2019-02-01</p>", "2021-03-05"),
        ("", LINKS, "nan"),
        ("", "<p>© 2019 甲县人民政府</p>", "nan"),
        ("<script>var ct = '2021-03-05 11:06';</script>", "", "2021-03-05"),
    ],
)
def test_the_days_of_other_pages_are_not_its_own(
    tmp_path: Path, above: str, below: str, date: str
) -> None:
    page = whole(f"{MENU}<h1>{TITLE}</h1>{above}<div>{paragraphs(*TEXT, *TEXT)}</div>{below}")
    assert str(listed(tmp_path, page)["date"]) == date


@pytest.mark.parametrize("author", ["某某网", "104363", "name, email@mail.cn"])
def test_a_site_or_a_number_is_no_author(tmp_path: Path, author: str) -> None:
    head = f'<title>{TITLE}_某某网</title><meta name="author" content="{author}">'
    page = f"<html><head>{head}</head><body><h1>{TITLE}</h1>{paragraphs(*TEXT)}</body></html>"
    assert pd.isna(listed(tmp_path, page)["author"])


def test_the_name_of_the_site_tells_the_place(tmp_path: Path) -> None:
    head = '<meta name="SiteName" content="瑞安市人民政府门户网站">'
    row = listed(tmp_path, whole(f"<h1>{TITLE}</h1>{paragraphs(*TEXT)}", head))
    assert row["place"] == "瑞安市"


def test_names_of_characters_are_read(tmp_path: Path) -> None:
    kept, report = lines(tmp_path, whole(paragraphs(*TEXT, "提出&amp;ldquo;藏粮于地&amp;rdquo;。")))
    assert kept[-1] == "提出“藏粮于地”。"
    assert "names of characters" in report["rule"].to_list()


@pytest.mark.parametrize("name", ["a__mht", "a__mhtml", "a__doc"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_page_in_a_web_archive_is_read(tmp_path: Path, name: str, encoding: str) -> None:
    archive = MIMEMultipart("related")
    archive.attach(MIMEImage(b"", "png"))
    archive.attach(MIMEText(whole(f"<h1>{TITLE}</h1>{paragraphs(*TEXT)}"), "html", encoding))
    files: dict[str, Any] = {name: archive.as_bytes()}
    corpus, _ = imported(tmp_path, **files)
    assert corpus.source("a").splitlines() == [TITLE, *TEXT]


def test_a_report_is_titled_with_its_year(tmp_path: Path) -> None:
    text = paragraphs("2021年甲县政府工作报告", *TEXT)
    page = f"<html><head><title>甲县政府工作报告</title></head><body>{text}</body></html>"
    assert listed(tmp_path, page)["title"] == "2021年甲县政府工作报告"


def test_comments_of_readers_are_listed(tmp_path: Path) -> None:
    comments = paragraphs(*["家乡越来越好，期待早日实现！明年我也要回来种地，大家一起加油。"] * 20)
    page = whole(f"<h1>{TITLE}</h1><div>{paragraphs(*TEXT)}</div><div id='comment-list'>{comments}")
    kept, report = lines(tmp_path, page)
    assert kept == [TITLE, *TEXT]
    assert (report["rule"] == "comments of readers").sum() == 20


@pytest.mark.filterwarnings("ignore:little prose")
def test_rows_with_links_stay(tmp_path: Path) -> None:
    rows = "".join(
        f"<tr><td><a href='{at}'>乡{at}镇</a></td><td>{at}.25</td></tr>" for at in range(2000)
    )
    page = whole(f"<h1>{TITLE}</h1><div>{paragraphs(*TEXT)}<table>{rows}</table></div>")
    kept, _ = lines(tmp_path, page)
    assert kept[len(TEXT) + 1 :] == [f"乡{at}镇\t{at}.25" for at in range(2000)]


@pytest.mark.filterwarnings("ignore:little prose")
def test_a_table_beside_one_sentence_stays(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>乡{at}镇</td><td>播种{at}.5万亩</td></tr>" for at in range(30))
    page = whole(f"<h1>{TITLE}</h1><div><p>{TEXT[1]}</p></div><div><table>{rows}</table></div>")
    kept, _ = lines(tmp_path, page)
    assert kept[2:] == [f"乡{at}镇\t播种{at}.5万亩" for at in range(30)]


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("<frameset><frame src='a.htm'><frame src='b.htm'></frameset>", "save a.htm, b.htm"),
        (f"<body>{LINKS * 9}<p>电话：0570-0000</p></body>", "little is left"),
        (f"<body>{LINKS * 9}</body>", r"all its lines are taken out \(menu 9\)"),
        ("<body><script>1</script></body>", "it has no text; fill it or take it out"),
    ],
)
def test_a_page_without_a_text_is_told(tmp_path: Path, page: str, says: str) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.html").write_text(f"<html>{page}</html>", "utf-8")
    (tmp_path / "raw" / "b.txt").write_text(TEXT[1], "utf-8")
    with pytest.warns(pt.CorpusWarning, match=says):
        pt.import_files(tmp_path / "raw", tmp_path / "texts")


@pytest.mark.parametrize(
    "first",
    [
        f"<a name='toc1'>{TEXT[2]}</a>",
        f"{TEXT[2]}<span style='display: none'>打印</span>",
        f"{TEXT[2]}<button>复制</button>",
        f"<!-- 头 -->{TEXT[2]}<script>x</script>",
    ],
)
def test_what_a_line_hides_does_not_hide_the_line(tmp_path: Path, first: str) -> None:
    body = paragraphs(*TEXT[:2], first, *TEXT[3:])
    kept, report = lines(tmp_path, whole(f"<h1>{TITLE}</h1><div>{body}</div>"))
    assert kept == [TITLE, *TEXT]
    hidden = report[report["done"] == "removed"]["text"].to_list()
    assert hidden == [word for word in ("打印", "复制") if word in first]


BESIDES = [
    *(
        "当前位置：首页 > 政务公开 > 通知公告",
        "首页 / 政务公开 / 正文",
        "甲县人民政府 > 政务公开 > 正文",
    ),
    *(
        "【字体：大 中 小】 【打印】 【关闭】",
        "[大] [中] [小]",
        "A+ A- 打印",
        "今天是2026年11月28日 星期六",
    ),
    *("点击数：35", "更新时间：2021-04-01", "审核：李小红", "责编：李小红", "您是第 12345 位访客"),
    *(
        "主办单位：甲县人民政府办公室 承办单位：甲县大数据中心",
        "浙ICP备05000001号",
        "下一篇：没有了",
    ),
]
WITHIN = [
    *(
        "（三）推进政务公开",
        "3.完善网站地图",
        "一是加强政务公开",
        "资金来源：县财政",
        "数据来源：县统计局",
    ),
    *("主办单位：甲县文旅局", "微信公众号建设", "中", "甲县\t审核：李小红"),
]


@pytest.mark.parametrize("ending", ["html", "txt"])
@pytest.mark.parametrize("beside", BESIDES)
def test_what_a_page_says_of_itself_is_listed(tmp_path: Path, beside: str, ending: str) -> None:
    page = "\n".join([beside, TITLE, beside, *TEXT, beside])
    if ending == "html":
        page = whole(paragraphs(*page.replace(">", "&gt;").splitlines()))
    files: dict[str, Any] = {f"a__{ending}": page}
    corpus, report = imported(tmp_path, **files)
    assert corpus.source("a").splitlines() == [TITLE, *TEXT]
    assert report.loc[report["done"] == "removed", "text"].to_list() == [beside] * 3


@pytest.mark.parametrize("within", WITHIN)
def test_a_text_may_speak_of_such_things(tmp_path: Path, within: str) -> None:
    corpus, _ = imported(tmp_path, a__txt="\n".join([TITLE, *TEXT, within, *TEXT[1:]]))
    assert within in corpus.source("a").splitlines()


SPANS = [
    (
        "<tr><th>地区</th><th>年份</th><th>增速</th></tr>"
        "<tr><td rowspan='2'>甲县</td><td>2020年</td><td>5%</td></tr>"
        "<tr><td>2021年</td><td>6%</td></tr><tr><td>乙县</td><td>2021年</td><td>7%</td></tr>",
        ["地区\t年份\t增速", "甲县\t2020年\t5%", "\t2021年\t6%", "乙县\t2021年\t7%"],
    ),
    (
        "<tr><th rowspan=2>指标</th><th colspan=2>2021年</th><th>2022年</th></tr>"
        "<tr><th>计划</th><th>完成</th><th>计划</th></tr>"
        "<tr><td>造林</td><td colspan='2'>4万亩</td><td>5万亩</td></tr>",
        ["指标\t2021年\t\t2022年", "\t计划\t完成\t计划", "造林\t4万亩\t\t5万亩"],
    ),
    (
        "<tr><td rowspan=9>甲</td><td>修路</td><td rowspan=' 2 '>5公里</td></tr>"
        "<tr><td>建桥</td></tr><tr><td rowspan='x' colspan='0'>架线</td><td>6公里</td></tr>",
        ["甲\t修路\t5公里", "\t建桥", "\t架线\t6公里"],
    ),
]


@pytest.mark.parametrize(("rows", "read"), SPANS)
def test_a_cell_that_spans_others_shifts_none(tmp_path: Path, rows: str, read: list[str]) -> None:
    table = f"<table><tbody>{rows}</tbody></table>"
    kept, _ = lines(tmp_path, whole(f"<h1>{TITLE}</h1>{paragraphs(*TEXT)}{table}"))
    assert kept[-len(read) :] == read


@pytest.mark.parametrize("source", ["", " 信息来源：县府办"])
@pytest.mark.parametrize(("signed", "day"), [("2021年3月1日", "2021-03-01"), ("", "2021-03-05")])
def test_the_day_of_a_signature_goes_before_that_of_posting(
    tmp_path: Path, source: str, signed: str, day: str
) -> None:
    """However many fields a page shows."""
    head = f"<h1>{TITLE}</h1><p>发布日期：2021-03-05{source}</p>"
    foot = f"<p>瑞安市人民政府</p><p>{signed}</p>"
    row = listed(tmp_path, whole(f"{head}<div>{paragraphs(*TEXT)}{foot}</div>"))
    assert row["date"] == day


def test_what_a_browser_saved_beside_a_page_has_one_line(tmp_path: Path) -> None:
    raw = tmp_path / "saved"
    (raw / "a_files").mkdir(parents=True)
    (raw / "a.html").write_text(whole(f"<h1>{TITLE}</h1>{paragraphs(*TEXT)}"), "utf-8")
    for name in ("a.js", "b.css", "c.html"):
        (raw / "a_files" / name).write_text("甲", "utf-8")
    with pytest.warns(pt.CorpusWarning, match="a_files"):
        report = pt.import_files(raw, tmp_path / "texts")
    assert report.loc[report["done"] == "left out", "file"].to_list() == ["a_files"]


@pytest.mark.parametrize(
    ("window", "head", "title"),
    [
        (
            "要闻_甲县人民政府网",
            "<h2>甲县：“小水渠”<br>解决“大问题”</h2>",
            "甲县：“小水渠”解决“大问题”",
        ),
        ("新城县人民政府 - 领导讲话", "<h3>在种茶会议上的讲话</h3>", "在种茶会议上的讲话"),
        ("新城新闻网", "<h1>新城新闻网</h1><h2>茶农一季度增收</h2>", "茶农一季度增收"),
        ("县政府文件", "<p>甲政发〔2021〕8号</p><p>关于种茶的决定</p>", "关于种茶的决定"),
        ("新城日报", "<p>走进春天的茶园</p>", "走进春天的茶园"),
        ("新城日报数字报", "<p>第A02版：要闻 上一版</p><p>走进春天的茶园</p>", "走进春天的茶园"),
    ],
)
def test_a_heading_goes_before_the_name_of_a_channel(
    tmp_path: Path, window: str, head: str, title: str
) -> None:
    day = "<p>日期：2021年11月2日　来源：新城日报</p>"
    body = f"{head}{day}<p>茶园今年增收2万元，茶农高兴。</p>"
    page = f"<html><head><title>{window}</title></head><body>{body}</body></html>"
    row = listed(tmp_path, page)
    assert (row["title"], row["date"]) == (title, "2021-11-02")


FOOTER = "版权所有：甲县人民政府 网站标识码：3300000009 备案号：浙ICP备05000001号 "
FOOTER += "地址：府前路1号 电话：0570-0000"


def test_menu_and_foot_of_a_short_page_go(tmp_path: Path) -> None:
    """Some items of a menu lead somewhere by a script; a place to link to leads nowhere."""
    menu = "<div><a href='/'>首页</a><a>办事服务</a><a>互动交流</a></div>"
    text = "<p><a name='1'>茶园今年增收2万元，茶农高兴。</a></p>"
    kept, _ = lines(tmp_path, whole(f"{menu}<h1>{TITLE}</h1>{text}<div>{FOOTER}</div>"))
    assert kept == [TITLE, "茶园今年增收2万元，茶农高兴。"]


@pytest.mark.parametrize(
    "body", ["<h1>404 Not Found</h1>nginx/1.18.0", f"{LINKS}<p>共23页，第1页</p>"]
)
def test_a_page_without_a_sentence_is_said_to_be_none(tmp_path: Path, body: str) -> None:
    with pytest.warns(pt.CorpusWarning, match="no sentence; see whether it is a list of pages"):
        imported(tmp_path, a__html=f"<html><head><title>甲县</title></head><body>{body}</body>")
