"""The chapters of a document are its own, whatever a web page puts around and between them."""

import pytest

from policytext.corpus.layout import parts
from policytext.corpus.metadata import guess_kind

PAGE = [
    *("某市人民政府", "首页", "重点工作", "2025年重点任务分解", "当前位置：首页 > 政府工作报告"),
    *("2025年某市政府工作报告", "来源：某市日报  浏览次数：12", "【打印】【关闭】"),
]
CAPTIONS = [
    *("2025年主要预期目标", "2025年某市政府工作报告", "（资料图）", "记者 张三 摄", "广告"),
    *(
        "今年重点工作",
        "图1 增速",
        "首页 | 分享",
        "一图看懂2025年重点工作",
        "2024年政府工作报告（全文）",
    ),
]
TITLE = "2025年某市政府工作报告"
NUMBERED = [
    *("一、2024年工作回顾", "过去一年，经济增长5%。", "新增就业3万人。"),
    *("二、2025年工作安排", "今年经济增长5%以上。", "新建公园3个。"),
]
BARE = [
    *("2024年工作回顾", "过去一年，经济增长5%。", "（一）稳增长", "新增就业3万人。", "修路9公里。"),
    *("（二）惠民生", "新建学校3所。", "2025年工作安排", "今年经济增长5%以上。"),
    *("（一）稳增长", "新建公园3个。", "修路8公里。"),
]


def chapters(text: str) -> dict[str, str | None]:
    """The chapter of each sentence of the body."""
    found = parts(text)
    return {text[p.start : p.end]: p.chapter for p in found if p.name in ("body", "lead")}


@pytest.mark.parametrize("lines", [NUMBERED, BARE], ids=["numbered", "without numbers"])
@pytest.mark.parametrize("caption", CAPTIONS)
def test_a_caption_is_no_chapter(lines: list[str], caption: str) -> None:
    plain = chapters("\n".join([TITLE, *lines]))
    for at in range(2, len(lines)):
        # Between two paragraphs of prose, as a picture stands.
        if lines[at - 1].endswith("。") and lines[at].endswith("。"):
            framed = "\n".join([*PAGE, *lines[:at], caption, *lines[at:], "上一篇：2024年报告"])
            found = chapters(framed)
            assert {line: found[line] for line in plain} == plain, at


def test_the_first_chapter_may_stand_below_the_title() -> None:
    text = "\n".join(BARE)
    assert chapters(text)["过去一年，经济增长5%。"] == "2024年工作回顾"
    assert [p.name for p in parts("\n".join([TITLE, *BARE]))][:2] == ["title", "heading"]


def test_a_title_below_a_note_heads_nothing() -> None:
    note = ["某市发布", "编者按：1月20日，大会开幕。", "2025年某市政府工作报告（全文）"]
    links = ["推荐阅读", "2024年某市政府工作报告", "一图看懂2025年某市重点工作"]
    prose = ["2024年，经济增长5%。", "今年，经济增长6%。", "新建公园3个。"]
    plain = chapters("\n".join([TITLE, *prose]))
    found = chapters("\n".join([*note, *prose[:1], *links, *prose[1:]]))
    assert {found[line] for line in prose} <= {None, "推荐阅读"}
    assert list(plain) == prose


@pytest.mark.parametrize("lines", [NUMBERED, BARE], ids=["numbered", "without numbers"])
def test_a_table_of_contents_heads_nothing(lines: list[str]) -> None:
    contents = ["目录", "一、2024年工作回顾", "二、2025年工作安排"]
    plain = chapters("\n".join([TITLE, *lines]))
    found = chapters("\n".join([*contents, TITLE, *lines]))
    assert {line: found[line] for line in plain} == plain


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("2021年瑞安市政府工作报告", "各位代表：", ("report", "title")),
        ("瑞安市政府工作报告（全文）_瑞安市人民政府", "", ("report", "title")),
        ("关于印发瑞安市发展规划的通知", "", ("notice", "title")),
        ("瑞安市十四五规划纲要", "", ("plan", "title")),
        ("瑞安市养犬管理条例", "", ("regulation", "title")),
        ("在动员大会上的讲话", "同志们：", ("speech", "title")),
        ("王小明作政府工作报告", "本报讯 3月5日，王小明作报告。", ("news", "shape")),
        ("王小明作政府工作报告", "今天上午，大会开幕。", (None, None)),
        ("", "各位代表：\n现在，我代表市政府，向大会作工作报告，请审议。", ("report", "shape")),
        ("", "同志们：\n今天我们开会。", ("speech", "shape")),
        ("", "第一条 为了…\n第二条 本法…\n第三条 国家…", ("regulation", "shape")),
        ("", "各区政府：\n现将方案印发给你们，请执行。", ("notice", "shape")),
        ("", "新华社北京1月5日电 去年粮食增产。", ("news", "shape")),
        ("春耕忙", "中新网杭州3月5日电 农民下田。", ("news", "shape")),
        ("春耕忙", "据《甲县日报》3月5日消息，农民下田。", ("news", "shape")),
        ("春耕忙", "本报见习记者 李大明\n农民下田。", ("news", "shape")),
        ("春耕忙", "农民下田。\n（通讯员 王小红）", ("news", "shape")),
        ("春耕忙", "记者从甲县农业局获悉，农民下田。", ("news", "shape")),
        ("甲县记者站", "记者站设在县城，农民下田。", (None, None)),
        ("春天", "花开了。", (None, None)),
    ],
)
def test_the_kind_is_guessed(title: str, text: str, expected: tuple[str | None, ...]) -> None:
    assert guess_kind([title] if title else [], text) == expected


def test_a_row_of_a_table_is_no_heading() -> None:
    rows = ["指标\t单位\t目标值", "一、城镇新增就业\t人\t5000"]
    lines = [
        "一、\t总体目标",
        "今年要抓好以下工作，确保完成。",
        *rows,
        "会后要抓好落实，年内见效。",
    ]
    source = "\n".join(lines)
    found = {source[part.start : part.end]: part for part in parts(source)}
    assert {found[row].name for row in rows} == {"body"}
    assert found[lines[-1]].chapter == lines[0]


@pytest.mark.parametrize(
    ("line", "heads"),
    [
        ("名词解释", True),
        ("名 词 解 释", True),
        ("名　词　解　释", True),
        ("附：名词解释", True),
        ("附件 2　名 词 注 释", True),
        ("有关名词解释", True),
        ("相关用语说明：", True),
        ("注释", True),
        ("【注 释】", True),
        ("注：", False),
        ("编写注释", False),
        (
            "名词解释见附件，请各位代表审议，并请各位委员和其他列席人员提出意见和建议，以便修改。",
            False,
        ),
    ],
)
def test_a_glossary_is_told_by_its_heading(line: str, heads: bool) -> None:
    text = f"{TITLE}\n一、工作\n推进“三馆”建设，成效明显。\n{line}\n三馆：三个馆。"
    assert [part.name == "glossary" for part in parts(text)][-2:] == [heads, heads]
