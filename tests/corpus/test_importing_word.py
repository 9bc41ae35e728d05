"""Word files: what styles hide, how lists are numbered, and that no character goes unsaid."""

import io
from collections import Counter
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml

from imported import BODY, imported, removed
from policytext.corpus.importing.files import Item
from policytext.corpus.importing.word import read_docx

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
VANISH = "<w:rPr><w:vanish/></w:rPr>"


def p(text: str, properties: str = "", run: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r>{run}<w:t>{text}</w:t></w:r></w:p>"


def made(body: str, styles: str = "", numbering: str = "", defaults: str = "") -> bytes:
    """A Word file of these paragraphs, styles, and definitions of lists."""
    document = docx.Document()
    for child in reversed(list(parse_xml(f"<w:body {W} {MC}>{body}</w:body>"))):
        document.element.body.insert(0, child)
    document.styles.element.extend(parse_xml(f"<w:styles {W}>{styles}</w:styles>"))
    if defaults:
        found = document.styles.element.find(".//{*}rPrDefault/{*}rPr")
        found.append(parse_xml(f"<{defaults} {W}/>"))
    lists = document.part.numbering_part.element
    for child in parse_xml(f"<w:numbering {W}>{numbering}</w:numbering>"):
        lists.append(child)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def lines(data: bytes) -> list[str]:
    read = read_docx(Item("a.docx", data)).lines
    return [line.text for line in read if line.text and not line.why]


def style(name: str, inside: str, based_on: str = "", kind: str = "paragraph") -> str:
    based = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}">{based}{inside}</w:style>'


WHITE = '<w:rPr><w:color w:val="FFFFFF"/></w:rPr>'
DARK = '<w:shd w:val="clear" w:fill="1F4E79"/>'
CELL = "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"
OF_STYLE = '<w:pStyle w:val="X"/>'


@pytest.mark.parametrize(
    ("styles", "body", "seen"),
    [
        ("", p("白", "", WHITE), False),
        (style("X", WHITE), p("白", OF_STYLE), False),
        ("", p("白", '<w:shd w:val="clear" w:fill="auto"/>', WHITE), False),
        (style("X", WHITE), p("白", OF_STYLE, WHITE.replace("FFFFFF", "000000")), True),
        ("", p("白", DARK, WHITE), True),
        ("", p("白", "", WHITE.replace("/></w", f"/>{DARK}</w")), True),
        (style("X", f"<w:pPr>{DARK}</w:pPr>{WHITE}"), p("白", OF_STYLE), True),
        ("", CELL.format(p("白", "", WHITE)), True),
    ],
)
def test_white_type_is_hidden_on_white_paper_alone(
    tmp_path: Path, styles: str, body: str, seen: bool
) -> None:
    corpus, report = imported(tmp_path, a__docx=made(body + p(BODY), styles))
    assert ("白" in corpus.source("a")) is seen
    assert removed(report) == ([] if seen else [("hidden text", "白")])


@pytest.mark.parametrize(
    ("styles", "body", "read"),
    [
        (style("X", VANISH), p("隐", '<w:pStyle w:val="X"/>') + p("显"), ["显"]),
        (
            style("X", VANISH) + style("Y", "", "X") + style("Z", "", "Y"),
            p("隐", '<w:pStyle w:val="Z"/>') + p("显"),
            ["显"],
        ),
        (
            style("X", VANISH, kind="character"),
            p("隐", run='<w:rPr><w:rStyle w:val="X"/></w:rPr>') + p("显"),
            ["显"],
        ),
        (
            style("X", VANISH) + style("Y", '<w:rPr><w:vanish w:val="0"/></w:rPr>', "X"),
            p("显", '<w:pStyle w:val="Y"/>'),
            ["显"],
        ),
        (
            style("X", VANISH),
            p("显", '<w:pStyle w:val="X"/>', '<w:rPr><w:vanish w:val="false"/></w:rPr>'),
            ["显"],
        ),
        (style("X", "", "Y") + style("Y", "", "X"), p("显", '<w:pStyle w:val="X"/>'), ["显"]),
    ],
)
def test_what_a_style_hides_is_taken_out(styles: str, body: str, read: list[str]) -> None:
    assert lines(made(body, styles)) == read


def test_what_the_defaults_hide_is_taken_out_and_said(tmp_path: Path) -> None:
    shown = p(BODY, run='<w:rPr><w:vanish w:val="0"/></w:rPr>')
    corpus, report = imported(tmp_path, a__docx=made(shown + p("隐"), defaults="w:vanish"))
    assert corpus.source("a").strip() == BODY
    assert removed(report) == [("hidden text", "隐")]


def level(at: int, kind: str, text: str, more: str = "") -> str:
    begins = f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{more}'
    return f'{begins}<w:lvlText w:val="{text}"/></w:lvl>'


def abstract(name: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{name}">{"".join(levels)}</w:abstractNum>'


def num(name: int, of: int, more: str = "") -> str:
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def item(text: str, at: int, of: int) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{of}"/></w:numPr>')


REPORT = abstract(
    70,
    level(0, "chineseCounting", "第%1章"),
    level(1, "chineseCounting", "%2、"),
    level(2, "chineseCounting", "（%3）"),
    level(3, "decimal", "%4."),
)
DECIMAL = abstract(71, level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"))
AGAIN = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
LEGAL = "<w:isLgl/>"


@pytest.mark.parametrize(
    ("lists", "items", "numbers"),
    [
        (
            REPORT + num(80, 70),
            [(0, 80), (1, 80), (1, 80), (2, 80), (3, 80), (3, 80), (1, 80), (2, 80), (0, 80)],
            ["第一章 ", "一、", "二、", "（一）", "1. ", "2. ", "三、", "（一）", "第二章 "],
        ),
        (
            abstract(72, level(0, "chineseLegalSimplified", "%1、"), level(1, "numberInDash", "%2"))
            + abstract(73, level(0, "decimalEnclosedParen", "%1"))
            + abstract(74, level(0, "ideographLegalTraditional", "第%1条"))
            + num(80, 72)
            + num(81, 73)
            + num(82, 74),
            [(0, 80), (1, 80), (0, 80), (0, 81), (0, 82), (0, 82)],
            ["壹、", "- 1 - ", "贰、", "⑴ ", "第壹条 ", "第貳条 "],
        ),
        (
            DECIMAL + num(80, 71),
            [(0, 80), (1, 80), (1, 80), (0, 80), (1, 80)],
            ["1. ", "1.1 ", "1.2 ", "2. ", "2.1 "],
        ),
        # A level below one that never came: Word shows the first number of that.
        (DECIMAL + num(80, 71), [(1, 80), (1, 80)], ["1.1 ", "1.2 "]),
        # Two lists of one definition go on, unless the second begins again.
        (DECIMAL + num(80, 71) + num(81, 71), [(0, 80), (0, 81)], ["1. ", "2. "]),
        (
            DECIMAL + num(80, 71) + num(81, 71, AGAIN),
            [(0, 80), (0, 80), (0, 81), (0, 81)],
            ["1. ", "2. ", "1. ", "2. "],
        ),
        (
            DECIMAL
            + num(
                80,
                71,
                f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1、")}</w:lvlOverride>',
            ),
            [(0, 80), (0, 80)],
            ["A、", "B、"],
        ),
        (
            abstract(
                70,
                level(0, "chineseCounting", "%1、"),
                level(1, "decimal", "（%2）", '<w:lvlRestart w:val="0"/>'),
            )
            + num(80, 70),
            [(0, 80), (1, 80), (0, 80), (1, 80)],
            ["一、", "（1）", "二、", "（2）"],
        ),
        (
            abstract(70, level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2", LEGAL))
            + num(80, 70),
            [(0, 80), (0, 80), (1, 80)],
            ["第一章 ", "第二章 ", "2.1 "],
        ),
        (abstract(70, level(0, "decimalZero", "%1")) + num(80, 70), [(0, 80)], ["01 "]),
        (
            abstract(70, level(0, "decimalEnclosedCircle", "%1", '<w:suff w:val="nothing"/>'))
            + num(80, 70),
            [(0, 80), (0, 80)],
            ["①", "②"],
        ),
        (abstract(70, level(0, "bullet", "●")) + num(80, 70), [(0, 80)], [""]),
    ],
)
def test_lists_are_numbered_as_word_does(
    lists: str, items: list[tuple[int, int]], numbers: list[str]
) -> None:
    body = "".join(item("文", at, of) for at, of in items)
    assert lines(made(body, numbering=lists)) == [f"{number}文" for number in numbers]


def test_headings_are_numbered_by_their_styles() -> None:
    """A style names the list, and the list's level the style; a style of lists stands between."""
    lists = abstract(
        70,
        level(0, "chineseCounting", "第%1章", '<w:pStyle w:val="H1"/>'),
        level(1, "chineseCounting", "%2、", '<w:pStyle w:val="H2"/>'),
    )
    lists += abstract(71, '<w:numStyleLink w:val="L"/>') + num(80, 70) + num(81, 71)
    of = '<w:pPr><w:numPr><w:numId w:val="{}"/></w:numPr></w:pPr>'
    styles = style("H1", of.format(81)) + style("H2", of.format(81)) + style("H3", "", "H2")
    styles += style("L", of.format(80), kind="numbering")
    named = '<w:pStyle w:val="{}"/>'
    body = p("总则", named.format("H1")) + p("目标", named.format("H2"))
    body += p("措施", named.format("H2") + '<w:numPr><w:numId w:val="0"/></w:numPr>')
    body += p("附则", named.format("H1")) + p("", named.format("H1")) + p("末", named.format("H1"))
    assert lines(made(body, styles, lists)) == [
        *("第一章 总则", "一、目标", "措施", "第二章 附则", "第四章 末")
    ]


ROW = "<w:tr>{}</w:tr>"
CELL = "<w:tc><w:tcPr>{}</w:tcPr>{}</w:tc>"


def test_the_rows_of_a_table_stay_in_their_columns(tmp_path: Path) -> None:
    rows = [
        ["", "2021年", "2022年"],
        ["生产总值", "增长6%", "增长5%"],
        ["", "", "附"],
        ["", "", ""],
    ]
    made_rows = ("".join(CELL.format("", p(cell)) for cell in row) for row in rows)
    table = f"<w:tbl>{''.join(map(ROW.format, made_rows))}</w:tbl>"
    corpus, _ = imported(tmp_path, a__docx=made(p(BODY) + table + p("会后发布。")))
    assert corpus.source("a").splitlines() == [
        *(BODY, "\t2021年\t2022年", "生产总值\t增长6%\t增长5%", "\t\t附", "", "会后发布。")
    ]
    assert "\t2021年\t2022年".strip() in corpus.sentences["text"].to_list()


def test_every_character_is_in_the_text_or_taken_out_with_a_line() -> None:
    """All places where Word keeps text, one inside another."""
    r = "<w:r><w:t>{}</w:t></w:r>".format
    box = f"<w:txbxContent>{p('框')}</w:txbxContent>"
    body = [
        f"<w:p>{r('段')}<w:hyperlink>{r('链')}</w:hyperlink><w:smartTag>{r('标')}</w:smartTag></w:p>",
        f"<w:p><w:ins>{r('增')}</w:ins><w:moveTo>{r('移')}</w:moveTo></w:p>",
        f"<w:p><w:fldSimple w:instr='X'>{r('域')}</w:fldSimple></w:p>",
        f"<w:sdt><w:sdtContent>{p('控')}<w:sdt><w:sdtContent>{p('嵌')}</w:sdtContent></w:sdt>"
        "</w:sdtContent></w:sdt>",
        f"<w:p><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice></mc:AlternateContent></w:r>"
        f"<w:r><w:pict>{box.replace('框', '图')}</w:pict></w:r></w:p>",
        "<w:tbl>"
        + ROW.format(
            CELL.format("", p("格") + "<w:tbl>" + ROW.format(CELL.format("", p("内"))) + "</w:tbl>")
        )
        + "</w:tbl>",
        f"<w:customXml>{p('制')}</w:customXml>",
        p("隐", run=VANISH),
        f"<w:p><w:r><w:ruby><w:rubyBase>{r('底')}</w:rubyBase></w:ruby></w:r></w:p>",
        "<w:p><w:bdo>" + r("向") + "</w:bdo><w:dir>" + r("书") + "</w:dir></w:p>",
    ]
    data = made("".join(body))
    read = Counter("".join(line.text for line in read_docx(Item("a.docx", data)).lines))
    assert {sign: read[sign] for sign in "段链标增移域控嵌框图格内制隐底向书"} == dict.fromkeys(
        "段链标增移域控嵌框图格内制隐底向书", 1
    )
