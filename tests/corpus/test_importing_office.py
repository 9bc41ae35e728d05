"""Word files: headings, tables, lists, notes, and what is hidden."""

import html
import io
import re
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml

import policytext as pt
from imported import BODY, HEAD, imported, removed
from policytext.corpus.importing.files import Item
from policytext.corpus.importing.word import read_docx

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def saved(document) -> bytes:  # type: ignore[no-untyped-def]
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def test_a_word_file(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "瑞安市第十六届人大五次会议文件（1）"
    document.sections[0].footer.paragraphs[0].text = "- 1 -"
    for text in [*HEAD, BODY]:
        document.add_paragraph(text)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "指标", "增长6%"
    document.add_paragraph("会后发布。")
    corpus, report = imported(tmp_path, a__docx=saved(document))
    assert corpus.source("a").splitlines() == [*HEAD, BODY, "指标\t增长6%", "会后发布。"]
    assert corpus.documents["author"].iloc[0] == "王小明"
    assert removed(report) == [
        ("running head", "瑞安市第十六届人大五次会议文件（1）"),
        ("running foot", "- 1 -"),
    ]


NUMBERS = f"""<w:abstractNum {W} w:abstractNumId="77">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
<w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="（%2）"/></w:lvl>
</w:abstractNum>"""


def test_automatic_numbers_are_written_out(tmp_path: Path) -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(NUMBERS))
    numbering.append(parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for level, text in [(0, "稳增长"), (1, "抓项目"), (1, "促消费"), (0, "惠民生"), (1, "办学校")]:
        paragraph = document.add_paragraph(text)
        number = f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(parse_xml(number))
    document.add_paragraph(BODY)
    corpus, _ = imported(tmp_path, a__docx=saved(document))
    assert corpus.source("a").splitlines()[:5] == [
        "一、稳增长",
        "（1）抓项目",
        "（2）促消费",
        "二、惠民生",
        "（1）办学校",
    ]


def test_tracked_changes_are_remarked(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("全年增长")
    paragraph._p.append(parse_xml(f"<w:ins {W}><w:r><w:t>6%</w:t></w:r></w:ins>"))
    paragraph._p.append(parse_xml(f"<w:del {W}><w:r><w:delText>7%</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:r {W}><w:t>左右。</w:t></w:r>"))
    corpus, report = imported(tmp_path, a__docx=saved(document))
    assert corpus.source("a") == "全年增长6%左右。\n"
    assert "tracked changes" in report["text"].iloc[0]


MC = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
BOX = "<w:txbxContent><w:p><w:r><w:t>框中增长5%。</w:t></w:r></w:p></w:txbxContent>"


def run(text: str, inside: str = "") -> str:
    return f"<w:r>{inside}<w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("xml", "lines"),
    [
        (f"<w:sdt><w:sdtContent><w:p>{run('控件')}</w:p></w:sdtContent></w:sdt>", ["控件"]),
        (
            f"<w:p><w:sdt><w:sdtContent>{run('内')}</w:sdtContent></w:sdt>{run('外')}</w:p>",
            ["内外"],
        ),
        (
            f"<w:p>{run('段')}<w:r><mc:AlternateContent><mc:Choice>{BOX}</mc:Choice>"
            f"<mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent></w:r></w:p>",
            ["段", "框中增长5%。"],
        ),
        (
            f"<w:p><w:r><w:ruby><w:rt>{run('ōu')}</w:rt><w:rubyBase>{run('瓯')}</w:rubyBase>"
            "</w:ruby></w:r></w:p>",
            ["瓯"],
        ),
        ("<w:p><w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>1</w:t></w:r></w:p>", ["A-1"]),
        (f"<w:p>{run('显')}{run('隐', '<w:rPr><w:vanish/></w:rPr>')}</w:p>", ["显"]),
        ('<w:p><w:r><w:sym w:font="Symbol" w:char="2265"/><w:t>6%</w:t></w:r></w:p>', ["≥6%"]),
        (
            '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>'
            "<w:r><w:pict><v:shape><v:textpath string='艺术字'/></v:shape></w:pict></w:r></w:p>",
            ["艺术字"],
        ),
        (
            "<w:p><w:r><w:t>10</w:t></w:r><w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr>"
            "<w:t>3</w:t></w:r><w:r><w:t>亩</w:t></w:r></w:p>",
            ["10³亩"],
        ),
        (f"<w:p>{run('改', '<w:rPr><w:dstrike/></w:rPr>')}{run('定')}</w:p>", ["定"]),
        (
            "<w:p><m:oMath><m:f><m:num><m:r><m:t>3</m:t></m:r></m:num><m:den><m:r><m:t>4</m:t>"
            "</m:r></m:den></m:f><m:sSup><m:e><m:r><m:t>x10</m:t></m:r></m:e><m:sup><m:r>"
            "<m:t>3</m:t></m:r></m:sup></m:sSup></m:oMath></w:p>",
            ["3/4x10^3"],
        ),
        (
            '<w:p><w:r><w:instrText>PAGE \\* X</w:instrText></w:r><w:fldSimple w:instr="X">'
            f"{run('结果')}</w:fldSimple><w:smartTag>{run('标')}</w:smartTag></w:p>",
            ["结果标"],
        ),
        (
            f"<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr><w:p>{run('就业')}"
            f"</w:p></w:tc><w:tc><w:p>{run('5000')}</w:p><w:p><w:r><w:t>3600</w:t><w:br/>"
            "<w:t>个</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/>"
            f"</w:tc><w:tc><w:p>{run('二')}</w:p></w:tc></w:tr></w:tbl>",
            ["就业\t5000 3600 个", "\t二"],
        ),
        (
            "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>"
            f"<w:p>{run('计划')}</w:p></w:tc><w:tc><w:p>{run('备注')}</w:p></w:tc></w:tr>"
            f"<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr><w:tc><w:p>{run('造林')}</w:p></w:tc>"
            f"<w:tc><w:p><w:r><w:tab/></w:r>{run('3万亩')}</w:p></w:tc></w:tr></w:tbl>",
            ["计划\t\t备注", "\t造林\t3万亩"],
        ),
    ],
)
def test_what_a_reader_sees_in_a_word_file_is_read_once(
    tmp_path: Path, xml: str, lines: list[str]
) -> None:
    document = docx.Document()
    part = parse_xml(f"<w:body {W} {MC}>{xml}<w:p>{run(BODY)}</w:p></w:body>")
    for child in reversed(list(part)):
        document.element.body.insert(0, child)
    corpus, report = imported(tmp_path, a__docx=saved(document))
    assert corpus.source("a").splitlines() == [*lines, BODY]
    unseen = {"vanish": ("hidden text", "隐"), "dstrike": ("struck out", "改")}
    assert removed(report) == [line for mark, line in unseen.items() if mark in xml]


def test_footnotes_are_read_at_the_end_and_said_to_be(tmp_path: Path) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    document = docx.Document()
    paragraph = document.add_paragraph(BODY)
    paragraph._p.append(parse_xml(f'<w:r {W}><w:footnoteReference w:id="1"/></w:r>'))
    line = f'<w:footnote w:type="separator" w:id="0"><w:p>{run("线")}</w:p></w:footnote>'
    note = f'<w:footnote w:id="1"><w:p>{run("数据为初步核算数。")}</w:p></w:footnote>'
    blob = f"<w:footnotes {W}>{line}{note}</w:footnotes>".encode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, blob, document.part.package)
    at = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    document.part.relate_to(part, at)
    corpus, report = imported(tmp_path, a__docx=saved(document))
    assert corpus.source("a").splitlines() == [BODY, "数据为初步核算数。"]
    assert "footnotes stand at the end" in "".join(report["text"])


def test_a_text_is_read_whose_name_has_no_ending(tmp_path: Path) -> None:
    names = {"报告": BODY, "1__工作报告": f"{BODY}另一份。"}
    corpus, _ = imported(tmp_path, False, **names)
    assert sorted(corpus.documents["source"]) == ["1.工作报告", "报告"]


def test_damaged_files_are_left_out(tmp_path: Path) -> None:
    message = r"a\.docx: cannot be read as .*it is damaged or cut off; get it again.*\(also b"
    with pytest.warns(pt.CorpusWarning, match=message):
        imported(tmp_path, a__docx=b"damaged", b__pdf=b"damaged", c__txt=BODY)


@pytest.mark.parametrize("name", ["a__docx", "a__pdf", "a__wps"])
def test_a_text_by_another_name_is_read_as_one(tmp_path: Path, name: str) -> None:
    files: dict[str, Any] = {name: BODY.encode("gbk")}
    corpus, _ = imported(tmp_path, **files)
    assert corpus.source("a").strip() == BODY


def test_a_picture_called_a_text_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.warns(pt.CorpusWarning, match=r"left out: b\.txt: a picture; .*ocr"):
        imported(tmp_path, a__txt=BODY, b__txt=b"\xff\xd8\xff\xe0\x00\x10JFIF")


def typed(kind: str) -> bytes:
    """A Word file of another content type, as one with macros has it."""
    before = "vnd.openxmlformats-officedocument.wordprocessingml.document.main"
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word(BODY))) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(before.encode(), kind.encode()))
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.doc", word(BODY)),
        ("a.docm", typed("vnd.ms-word.document.macroEnabled.main")),
        ("a.dotm", typed("vnd.ms-word.template.macroEnabledTemplate.main")),
        ("a.dotx", typed("vnd.openxmlformats-officedocument.wordprocessingml.template.main")),
    ],
)
def test_a_file_is_what_its_content_says(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(data)
    pt.import_files(tmp_path / "in", tmp_path / "out")
    assert pt.read_corpus(tmp_path / "out").source("a").strip() == BODY


def test_a_web_page_called_doc_is_read_as_one(tmp_path: Path) -> None:
    page = f"<html><body><h1>瑞安市政府工作报告</h1><p>{BODY}</p></body></html>"
    corpus, _ = imported(tmp_path, a__doc=page.encode())
    assert BODY in corpus.source("a")


def picture() -> bytes:
    document = docx.Document()
    blip = "<w:drawing><a:blip xmlns:a='a'/></w:drawing>"
    document.element.body.insert(0, parse_xml(f"<w:p {W}><w:r>{blip}</w:r></w:p>"))
    return saved(document)


def zipped(name: str, content: str = "") -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1", "old Word file.* save it as .docx"),
        ("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1", "one with a password"),
        ("none.docx", b"", "the file is empty; fill it or take it out"),
        ("drawn.docx", picture(), "pictures without text; print it to a PDF"),
        ("half.dotm", b"PK\x03\x04", "cannot be read as .dotm, it is damaged or cut off; get it"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", "a table; read it with pt.read_corpus"),
        ("book.docx", zipped("META-INF/container.xml"), "an e-book; open it"),
        ("table.docx", zipped("xl/workbook.xml"), "a table; read it with pt.read_corpus"),
        ("slides.docx", zipped("ppt/presentation.xml"), "slides; save"),
        ("slides.dps", b"\xd0\xcf\x11\xe0", "slides; save"),
        (
            "strict.docx",
            zipped("_rels/.rels", "http://purl.oclc.org/ooxml/officeDocument"),
            "Strict Open XML; in Word save it as",
        ),
        ("mac.docx", zipped("Index/Document.iwa"), "Apple Pages; export"),
        ("open.docx", zipped("mimetype", "application/vnd.oasis.opendocument.text"), "OpenDocum"),
        ("paper.pdf", b"CAJ\x00", "CNKI.*PDF"),
        ("paper2.pdf", b"HN\x00\x00", "CNKI.*PDF"),
        ("old.docx", b"{\\rtf1 a}", "rich-text file.*save it as .docx"),
        ("old.wps", b"\xd0\xcf\x11\xe0\xa1\xb1", "save it as .docx"),
        ("book.epub", b"PK\x03\x04", "e-book.*save"),
        ("page.jpg", b"\xff\xd8", "a picture; print it to a PDF.*--ocr"),
        ("paper.caj", b"CAJ", "CNKI.*PDF"),
        ("table.xlsx", b"PK\x03\x04", "table.*read_corpus"),
        (
            "strict.docx",
            zipped("_rels/.rels", "http://purl.oclc.org/ooxml/officeDocument"),
            "Strict Open XML; in Word save it as",
        ),
        ("text.odt", b"PK\x03\x04", "OpenDocument.*save it as .docx"),
        ("text.pages", b"PK\x03\x04", "Apple.*export"),
    ],
)
def test_of_other_files_it_is_said_what_to_do(
    tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    with pytest.warns(pt.CorpusWarning, match=said):
        imported(tmp_path, False, a__txt=BODY, **{name.replace(".", "__"): data})


def test_no_character_of_the_word_files_is_lost(shared: Path) -> None:
    found = sorted((shared / "corpora" / "files").glob("*.docx"))
    assert found
    for path in found:
        with zipfile.ZipFile(path) as archive:
            xml = archive.read("word/document.xml").decode()
        there = "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", xml))
        lines = read_docx(Item(path.name, path.read_bytes())).lines
        read = Counter("".join(line.text for line in lines))
        missing = Counter("".join(html.unescape(there).split())) - read
        assert not missing, (path.name, missing)
