"""What is said of a document above it, in its file's name, and by the places that it names."""

import csv
from pathlib import Path

import pandas as pd
import pytest

import policytext as pt
from policytext.corpus.importing.cleaning import clean_lines, fix
from policytext.corpus.importing.fields import take_fields
from policytext.corpus.importing.files import Draft, Line
from policytext.corpus.importing.metadata import guess

LEXICON = pt.default_lexicon()
GUESSED = ("title", "author", "office", "place", "level", "date", "kind")
HEADS = Path(__file__).parents[1] / "cases" / "document_heads.csv"
CASES = list(csv.DictReader(HEADS.open(encoding="utf-8")))
# Read in the files by hand: how the title begins, date, place, level and office; "" where they do
# not say.
READ = """
content_1.htm|国务院关于在市场监管领域全面推行|2019-01-27||central|国务院
content_2.htm|国务院办公厅关于有效发挥政府性融资|2019-01-22||central|国务院办公厅
content_3.htm|国务院关于印发国家职业教育改革实施方案|2019-01-24||central|国务院
gzggw-1.html|1-10月德清县固定资产投资结构趋稳趋优|2016-11-22|德清县|county|
people-1.html|女儿出嫁，郑板桥画了几笔兰花当嫁妆|2019-06-15|||
shanxi-1.html|山西品牌丝路行（南美站）正式启动|2019-09-18|山西省|provincial|
thepaper-1.html|共享充电宝涨价告别1元时代|2019-09-24|||
njxfhn-1.html|[诗婷露雅化妆品]江门七旬阿婆接来电|2019-09-11|江门市|prefectural|
乌鲁木齐.docx|乌鲁木齐||乌鲁木齐市|prefectural|
南宁.docx|南宁||南宁市|prefectural|
济南.docx|济南||济南市|prefectural|
二十大报告.docx|二十大报告|||central|
发改办财金规860号.pdf|关于加强个人所得税纳税信用建设的通知|2019-08-20||central|国家发展改革委办公厅、税务总局办公厅
示例公文_通知.docx|关于加快推进数字化转型的通知|2026-05-26||central|国务院办公厅
发展综述-双栏.pdf|中国月球探测任务轨道确定技术及发展综述|2019-06|||
direct_and_image.pdf|ABCNet: Real-time Scene Text Spotting||||
"""
LEFT_OUT = {"password-example.pdf", "scan-image.pdf", "高阳县毛巾产业政策文件.xlsx"}


def test_the_real_files(shared: Path, tmp_path: Path) -> None:
    with pytest.warns(pt.CorpusWarning):
        report = pt.import_files(shared / "corpora" / "files", tmp_path / "texts")
    table = pd.read_csv(tmp_path / "texts" / "documents.csv", dtype=str).fillna("")
    made = table.set_index("source")
    for source, title, *values in (line.split("|") for line in READ.strip().split("\n")):
        row = made.loc[source]
        assert (source, row["title"][: len(title)]) == (source, title)
        assert (source, *row[["date", "place", "level", "office"]]) == (source, *values)
    # What three pages name as it is a paper or an office; two have a byline.
    authors = {"njxfhn-1.html": "余毅菁、向雪妮", "thepaper-1.html": "石佳"}
    assert made["author"][made["author"] != ""].to_dict() == authors
    assert set(report.loc[report["done"] == "left out", "file"]) == LEFT_OUT
    assert made.loc["content_1.htm", "document_number"] == "国发〔2019〕5号"
    columns = report[report["text"].str.contains("set in columns")]
    assert columns["file"].to_list() == ["direct_and_image.pdf", "发展综述-双栏.pdf"]


def fields(*texts: str) -> tuple[dict[str, str], list[str]]:
    draft = Draft([Line(number, text) for number, text in enumerate(texts, start=1)])
    return take_fields(draft, LEXICON), [line.text for line in draft.kept()]


@pytest.mark.parametrize(
    "texts",
    [
        ["发文字号：", "甲政发〔2021〕3号", "成文日期：", "2021年2月3日"],
        ["发文字号：甲政发〔2021〕3号", "成文日期:2021年2月3日"],
        ["发文字号\t甲政发〔2021〕3号\t成文日期\t2021年2月3日"],
        ["发文字号\t\t甲政发〔2021〕3号\t\t成文日期\t\t2021年2月3日"],  # over two columns each
        ["发文字号：\t\t甲政发〔2021〕3号", "成文日期：\t\t\t2021年2月3日", "主题词：\t"],
        ["【发文字号】甲政发〔2021〕3号 【成文日期】2021年2月3日"],
        ["【发文字号】甲政发〔2021〕3号", "【成文日期】2021年2月3日"],
        ["首页", "发 文 字 号 ：", "甲政发〔2021〕3号", "成文日期：", "2021年2月3日", "主题词："],
    ],
)
def test_fields_and_their_labels_leave_the_text_together(texts: list[str]) -> None:
    found, kept = fields(*texts, "关于绿化的通知", "各乡镇，各部门：现将有关事项通知如下。")
    assert found == {"document_number": "甲政发〔2021〕3号", "date": "2021年2月3日"}
    assert kept[-2:] == ["关于绿化的通知", "各乡镇，各部门：现将有关事项通知如下。"]
    assert kept[:-2] == (["首页"] if "首页" in texts else [])


def test_one_label_alone_is_prose() -> None:
    assert fields("标题：怎样写", "标题要短。") == ({}, ["标题：怎样写", "标题要短。"])


def test_an_empty_cell_is_the_value_of_its_label() -> None:
    texts = [
        "发文字号：\t\t发布日期：\t2021年3月8日",
        "有效性：\t有效\t废止日期：",
        "关于绿化的通知",
    ]
    found, kept = fields(*texts, "各乡镇，各部门：现将有关事项通知如下。")
    assert found == {"published": "2021-03-08", "validity": "有效"}
    assert kept[0] == "关于绿化的通知"


def test_labels_of_one_line_part_at_their_marks() -> None:
    found, kept = fields("发布时间：2021-03-05 10:20 来源：县府办 浏览次数：123", "关于绿化的通知")
    assert (found["published"], kept) == ("2021-03-05", ["关于绿化的通知"])


def test_labels_behind_the_first_sentence_are_prose() -> None:
    texts = ["今年，我们修订了办法。", "文号：甲〔2021〕1号", "主题词：绿化"]
    assert fields(*texts) == ({}, texts)


@pytest.mark.parametrize(
    "text",
    [
        "记者：今年种什么？|李大明：种茶。|记者：种多少？|李大明：种一万亩。",
        "记者：|今年种什么？|李大明：|种茶。",
        "本报记者：请说说今年的打算，先说种茶|李大明：种一万亩|本报记者：再说说明年打算种些什么|李大明：种树",
        "第三条 登记表写明：|标题：茶园名称。|来源：苗木来源。|编辑：填表人。",
        "登记表应当包括下列内容：|1.茶园|标题：茶园名称|来源：苗木来源|责任编辑：填表人|茶园要登记。",
        "标题：茶园名称。|来源：苗木来源。|作者：种茶人。",
    ],
)
@pytest.mark.parametrize("above", ["", "2021-03-05 来源：新城日报 记者：李大明|"])
def test_what_is_said_and_listed_is_no_field(text: str, above: str) -> None:
    """Nor what a web page says beside its text."""
    texts = f"谈种茶|{above}{text}".split("|")
    draft = Draft([Line(number, line) for number, line in enumerate(texts, start=1)])
    take_fields(draft, LEXICON)
    clean_lines(draft, LEXICON, web=True)
    kept = [line.text for line in draft.kept()]
    assert kept == ["谈种茶", *text.split("|")]


def test_a_label_without_value_does_not_take_the_next_one() -> None:
    found, kept = fields("索引号：", "文号：", "甲发〔2021〕1号", "主题词：", "关于绿化的通知")
    assert found == {"document_number": "甲发〔2021〕1号"}
    assert kept == ["关于绿化的通知"]


@pytest.mark.parametrize(
    ("stem", "place"),
    [
        ("济南", "济南市"),
        ("济南政府工作报告", "济南市"),
        ("01-济南_2024", "济南市"),
        ("吉林", ""),  # province or city
        ("济南吃什么", None),
        ("a", None),
    ],
)
def test_the_place_of_a_file_name(stem: str, place: str | None) -> None:
    found = guess(["各位代表：", "现在报告工作。"], {}, stem, LEXICON)
    assert (found["place"].value if "place" in found else None) == place


def test_a_text_that_names_many_places_is_of_none() -> None:
    many = "香港特别行政区和澳门特别行政区同祖国一道发展。" * 9
    assert "place" not in guess(["同志们：", many], {}, "a", LEXICON)
    assert guess(["同志们：", "瑞安市要发展。" * 9], {}, "a", LEXICON)["place"].value == "瑞安市"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['group']}-{case['file']}")
def test_heads(case: dict[str, str]) -> None:
    """Invented heads and signatures; what each says was written down before a rule read it."""
    lines = [fix(line)[0] for line in case["lines"].split("|")]
    found = guess(lines, {}, case["file"], LEXICON)
    values = {key: found[key].value if key in found else "" for key in GUESSED}
    assert values == {key: case[key] for key in GUESSED}


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("平安建设工作方案", None),
        ("朝阳产业发展报告", None),
        ("上海合作组织成员国会议公报", None),
        ("长治久安规划", None),
        ("延安精神传承规划", None),
        ("铜陵市场监管要点", None),
        ("推进新城区建设的意见", None),
        ("西宁市城东区政府工作报告", "城东区"),
        ("铜陵市市场监管要点", "铜陵市"),
        ("铜陵财政预算报告", "铜陵市"),
    ],
)
def test_a_name_inside_a_longer_word_is_no_place(title: str, place: str | None) -> None:
    found = guess([title, "要抓好各项工作。"], {}, "a", LEXICON)
    assert (found["place"].value if "place" in found else None) == place
    assert place or "level" not in found


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("'-关于节约用电的倡议|请节约用电。", "-关于节约用电的倡议"),
        ("'关于节约用水的通知|请节约用水。", "关于节约用水的通知"),
        ("“关于节约用水的通知|请节约用水。", "关于节约用水的通知"),
        ("关于节约用水的通知”|请节约用水。", "关于节约用水的通知"),
        ("“三农”工作怎么干|要真抓实干。", "“三农”工作怎么干"),
        ("推进城乡融合和|共同富裕先行县建设|县委书记 赵明亮", "推进城乡融合和共同富裕先行县建设"),
        ("打好“五水|共治”攻坚战|县长 钱大有|今年要治水。", "打好“五水共治”攻坚战"),
        ("治水记|县长 钱大有|今年要治水。", "治水记"),
        ("李大明：把茶叶做成产业|2021年3月5日|今年要种茶。", "李大明：把茶叶做成产业"),
        ("谁来种田？怎样种好田？|本报记者 王小红|今年要种田。", "谁来种田？怎样种好田？"),
        ("再出发！|各位同志：|今年要种田。", "a"),
        ("来源：新城日报社网站|今年要种田。", "a"),
        ("同志们：|今年要种田。", "a"),
        ("（2024年1月29日在甲市第十四届人大四次会议上）|甲市市长　李大明|各位代表：", "a"),
        ("附件2|关于种茶的通知|各乡镇：|现通知如下。", "关于种茶的通知"),
        ("附件1：甲县茶叶规划|为种好茶，制定规划。", "甲县茶叶规划"),
        ("附件清单管理办法|第一条 为管好附件。", "附件清单管理办法"),
        ("种好茶 修好路|——在县委全会上的讲话|同志们：", "种好茶 修好路——在县委全会上的讲话"),
    ],
)
def test_titles_without_strays_and_whole(lines: str, title: str) -> None:
    assert guess(lines.split("|"), {}, "a", LEXICON)["title"].value == title


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("浙政发〔2021〕3号", "浙政发〔2021〕3号"),
        ("浙政发【2021】3号", "浙政发【2021】3号"),
        ("浙政发[2021]3号", "浙政发[2021]3号"),
        ("浙政发（2021）第3号", "浙政发（2021）第3号"),
        ("浙江省人民政府文件 浙政发〔2021〕3号", "浙政发〔2021〕3号"),
        ("（浙政发〔2021〕3号）", "浙政发〔2021〕3号"),
        ("浙政发〔2021〕3号　　签发人：王小明", "浙政发〔2021〕3号"),
        ("关于绿化的通知（浙政发〔2021〕3号）", "浙政发〔2021〕3号"),
        ("关于贯彻浙政发〔2021〕3号文件的通知", ""),
        ("根据《绿化条例》（浙政发〔2021〕3号）", ""),
        ("附件：浙政发〔2021〕3号", ""),
        ("合同编号〔2021〕", ""),
    ],
)
def test_the_number_of_a_document(line: str, number: str) -> None:
    found = guess([line, "各县市：", "现将有关事项通知如下。"], {}, "a", LEXICON)
    assert (found["document_number"].value if number else "") == number
    assert ("document_number" in found) == bool(number)
    assert "place" not in found or "浙江省" in line  # its first character names no place
    assert not number or found["date"].value == "2021"
