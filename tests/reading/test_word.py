"""The report as a Word file: headings, captions, tables, figures and links are Word's own."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

import policytext as pt
from policytext.reading.content import Finding
from policytext.reading.report import Report, report
from policytext.reading.word import MAX_ROWS, to_word


@pytest.fixture(scope="module")
def made() -> Report:
    return report(pt.read_corpus("data/wenzhou-2021"), by="label")


@pytest.fixture(scope="module")
def file(made: Report, tmp_path_factory: pytest.TempPathFactory) -> Document:
    return docx.Document(str(made.save(tmp_path_factory.mktemp("word") / "r.docx")))


def values(file: Document, tag: str, attribute: str) -> list[str]:
    return [element.get(qn(attribute)) for element in file.element.iter(qn(tag))]


def test_it_says_what_the_page_says(made: Report, file: Document) -> None:
    said = "\n".join(paragraph.text for paragraph in file.paragraphs)
    for sentence in made.findings["sentence"]:
        assert sentence.split("。 ")[0] in said
    heads = [p.text for p in file.paragraphs if p.style and p.style.name == "Heading 1"]
    page = re.findall("<section id=.*?<h2>(.*?)</h2>", made.html)
    assert heads == page


def test_the_contents_list_the_sections_and_the_texts_without_asking(file: Document) -> None:
    named = [(p.style.name if p.style else "", p) for p in file.paragraphs]
    links = [p for _, p in named if p._p.xpath('w:hyperlink[starts-with(@w:anchor, "contents")]')]
    heads = [p.text for name, p in named if name in ("Heading 1", "Heading 2")]
    assert [p.text for p in links] == heads and len(heads) > 12
    assert values(file, "w:fldChar", "w:fldCharType") == ["begin", "separate", "end"]
    assert "w:updateFields" not in file.settings.element.xml  # Word would ask for leave


def test_every_link_leads_to_a_bookmark(file: Document) -> None:
    links = values(file, "w:hyperlink", "w:anchor")
    names = values(file, "w:bookmarkStart", "w:name")
    assert len(links) > 50
    assert set(links) <= set(names)
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z]\w{,39}", name) for name in names)
    assert len(set(values(file, "w:bookmarkStart", "w:id"))) == len(names)


def test_tables_fit_the_page_and_repeat_their_heads(made: Report, file: Document) -> None:
    lying = file.sections[1]
    assert lying.page_width and lying.page_height and lying.page_width > lying.page_height
    inside = lying.page_width - (lying.left_margin or 0) - (lying.right_margin or 0)
    sheets = [sheet for sheet in made.content.sheets.values() if sheet.rows]
    for table, sheet in zip(file.tables, sheets, strict=True):
        assert len(table.rows) == 1 + min(len(sheet.rows), MAX_ROWS)
        assert sum(column.width or 0 for column in table.columns) <= inside + Mm(
            0.5
        )  # widths are whole twips
        heads = [row for row in table._tbl.tr_lst if row.trPr.find(qn("w:tblHeader")) is not None]
        assert heads == table._tbl.tr_lst[:1]
        # No head alone at the foot of a page, no row in two halves, digits level with Chinese.
        lines = [cell.paragraphs[0].paragraph_format for cell in table.rows[0].cells]
        assert all(line.keep_with_next and line.line_spacing == Pt(11) for line in lines)
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in table._tbl.tr_lst)


def test_of_many_passages_the_first_are_links(made: Report) -> None:
    anchors = [f"d0-t{number}" for number in range(30)]
    finding = Finding("promises", {"zh": "三十个承诺。"}, {"甲县": anchors})
    content = replace(made.content, findings=[finding], drawings=[], sheets={}, texts={}, left=3)
    file = docx.Document(BytesIO(to_word(replace(content, language="zh"))))
    assert values(file, "w:hyperlink", "w:anchor")[-24:] == [
        at.replace("-", "_") for at in anchors[:24]
    ]
    said = [paragraph.text for paragraph in file.paragraphs]
    assert any(line.endswith(" 24 … 30") for line in said) and "未列文本数：3" in said


def test_figures_have_300_dots_an_inch_and_words(made: Report, file: Document) -> None:
    assert len(file.inline_shapes) == len(made.content.drawings) == 3
    for shape, drawing in zip(file.inline_shapes, made.content.drawings, strict=True):
        part = file.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed]
        assert part.image.px_width / shape.width.inches == pytest.approx(300, rel=0.02)
        assert drawing.chart.alt in shape._inline.docPr.get("descr")
    numbers = [element.get(qn("w:instr")) for element in file.element.iter(qn("w:fldSimple"))]
    assert numbers.count(" SEQ 图 \\* ARABIC ") == 3


def test_chinese_letters_have_a_font_and_a_language(file: Document) -> None:
    defaults = file.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    assert defaults.find(qn("w:lang")).get(qn("w:eastAsia")) == "zh-CN"
    assert defaults.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "宋体"
    assert not [
        name
        for name in file.styles["Title"].element.iter(qn("w:rFonts"))
        if name.get(qn("w:eastAsiaTheme"))
    ]


def test_an_empty_corpus_and_odd_characters_are_a_file(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("# 标\x0b题\n\n力争企业达到5\x0c0家\ufffe。\n", "utf-8")
    (tmp_path / "乙.txt").write_text("今天天气很好。\n", "utf-8")
    corpus = pt.read_corpus(tmp_path)
    for each in (corpus, corpus.select(["乙"])):
        path = report(each, language="en").save(tmp_path / "r.docx")
        assert docx.Document(str(path)).paragraphs[0].text
