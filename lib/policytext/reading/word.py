"""A report as a Word file: headings, captions, tables that fit, figures, marked texts."""

import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_UNDERLINE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from policytext.reading.content import MAX_LINKS, Content, Drawing, Sheet
from policytext.reading.labels import in_language, labels, printable
from policytext.reading.marked import TAGS, Block
from policytext.tables import width

MAX_ROWS = 200  # of a table on paper, where nobody can search or sort it
_DPI = 300
# A4 in millimetres, and what a figure with its caption below it may take of its height.
_LONG, _SHORT, _MARGIN, _TALLEST = 297, 210, 20, 215
# Fonts that Word has wherever it writes Chinese; elsewhere others stand in for them.
_BODY, _HEAD, _LATIN = "宋体", "黑体", "Times New Roman"
_POINTS = {"Normal": 11, "No Spacing": 10.5, "List Bullet": 11, "Caption": 9, "Title": 20}
_POINTS |= {"TOC Heading": 15, "Heading 1": 15, "Heading 2": 13, "Heading 3": 12, "Heading 4": 11}
_CELL, _LINE, _SMALL = Pt(8), Pt(11), Pt(9)
_WIDEST, _WORD = 60, 14  # letters: a column of prose, a word that is not broken
_LETTER, _PADDING = 1.5, 4  # millimetres: of a letter of a head, and of a cell's two sides
_LINK, _INK, _TINT = "00578A", "006B50", "F8E2B0"
_LISTED = {"Heading 1": 0, "Heading 2": 6}  # in the contents, millimetres from the margin
_LEVELS = {"h1": 2, "h2": 3, "h3": 4}  # of the texts, below the sections of the report


def to_word(content: Content) -> bytes:
    """The content of a report as the bytes of a .docx file."""
    file = Document()
    _set_styles(file)
    _set_page(file.sections[0], lying=False)
    _set_properties(file, content)
    _add(file, content.title, "Title")
    for line in content.about:
        _add(file, line, "No Spacing")
    _add(file, content.name("contents"), "TOC Heading")
    contents = _add(file, "", "No Spacing")
    _add_findings(file, content)
    _add_figures(file, content)
    _add_tables(file, content)
    _add_methods(file, content)
    _add_citations(file, content)
    _add_texts(file, content)
    _list_contents(file, contents)
    written = BytesIO()
    file.save(written)
    return written.getvalue()


def _list_contents(file: Docx, end: Paragraph) -> None:
    """List the sections and texts, each a link, before a paragraph.

    It is the field of Word's own table of contents, filled in: where a reader updates it, Word
    adds the pages. One to be filled on opening would make Word ask each reader for leave.
    """
    names = ((one, one.style.name if one.style else None) for one in file.paragraphs)
    places = [(one, _LISTED[name]) for one, name in names if name in _LISTED]
    first = 1 + sum(1 for _ in file.element.iter(qn("w:bookmarkStart")))
    for number, (place, indent) in enumerate(places, first):
        anchor = f"contents{number}"
        _bookmark(place, anchor, number)
        entry = end.insert_paragraph_before(style="No Spacing")
        entry.paragraph_format.left_indent = Mm(indent)
        if number == first:
            _field(entry, "begin", ' TOC \\o "1-2" \\h \\z ')
            _field(entry, "separate")
        _child(entry._p, "w:hyperlink", anchor=anchor).append(_run(entry, place.text)._r)
    _field(end, "end")


def _add_findings(file: Docx, content: Content) -> None:
    """Each finding a line a language, and below them the links to its passages."""
    _add(file, content.name("findings"), "Heading 1")
    for finding in content.findings:
        paragraph = _add(file, "\n".join(finding.said.values()), "List Bullet")
        for at, (name, anchors) in enumerate(finding.passages.items()):
            _run(paragraph, f"{'　' if at else chr(10)}{name}").font.size = _SMALL
            for number, anchor in enumerate(anchors[:MAX_LINKS], start=1):
                _run(paragraph, " ").font.size = _SMALL
                _link(paragraph, str(number), anchor)
            if len(anchors) > MAX_LINKS:
                _run(paragraph, f" … {len(anchors)}").font.size = _SMALL
    if not content.findings:
        _add(file, content.name("none"))
    _add(file, content.name("caveat"))


def _add_figures(file: Docx, content: Content) -> None:
    _add(file, content.name("figures"), "Heading 1")
    for number, drawing in enumerate(content.drawings, start=1):
        _add_picture(file, drawing, content.language)
        _add_caption(file, content.name("figure"), number, "\n".join(drawing.caption.values()))
    if not content.drawings:
        _add(file, content.name("none"))


def _add_picture(file: Docx, drawing: Drawing, language: str) -> None:
    chart = drawing.chart
    across, high = (inches * 25.4 for inches in chart.drawn(language=language).get_size_inches())
    scale = min((_SHORT - 2 * _MARGIN) / across, _TALLEST / high)
    paragraph = _add(file)
    paragraph.paragraph_format.keep_with_next = True
    with TemporaryDirectory() as folder:
        path = Path(folder) / "figure.png"
        chart.save(path, language=language, dpi=round(_DPI * scale))
        shape = paragraph.add_run().add_picture(str(path), width=Mm(across * scale))
    shape._inline.docPr.set("descr", chart.alt_in(language))


def _add_caption(file: Docx, kind: str, number: int, words: str) -> Paragraph:
    """A caption whose number Word counts, so that it can make a list of the figures."""
    paragraph = _add(file, f"{kind} ", "Caption")
    field = _child(paragraph._p, "w:fldSimple", instr=f" SEQ {kind.split()[0]} \\* ARABIC ")
    field.append(_run(paragraph, str(number))._r)
    _run(paragraph, f"　{words}")
    return paragraph


def _add_tables(file: Docx, content: Content) -> None:
    """The tables lie: most have more columns than an upright page can hold."""
    _set_page(file.add_section(WD_SECTION.NEW_PAGE), lying=True)
    _add(file, content.name("tables"), "Heading 1")
    filled = {name: sheet for name, sheet in content.sheets.items() if sheet.rows}
    for number, (name, sheet) in enumerate(filled.items(), start=1):
        caption = _add_caption(file, content.name("table"), number, content.name(name))
        caption.paragraph_format.keep_with_next = True
        _add_table(file, sheet)
        if more := sheet.more + max(0, len(sheet.rows) - MAX_ROWS):
            _add(file, content.counted("more", more), "Caption")
    _set_page(file.add_section(WD_SECTION.NEW_PAGE), lying=False)


def _add_methods(file: Docx, content: Content) -> None:
    _add(file, content.name("methods"), "Heading 1")
    for line in content.methods:
        _add(file, line, "List Bullet")
    _add(file, content.name("accuracy"))
    for line in content.accuracy:
        _add(file, line, "List Bullet")


def _add_citations(file: Docx, content: Content) -> None:
    _add(file, content.name("cite"), "Heading 1")
    for citation in content.citations.values():
        _add(file, citation)


def _add_texts(file: Docx, content: Content) -> None:
    """The marked texts, at whose marks the links of the findings end, and a key to the marks."""
    _add(file, content.name("texts"), "Heading 1")
    key = _add(file)
    for layer, names in labels()["layers"].items():
        _mark(_run(key, in_language(content.language, names)), [TAGS[layer]])
        _run(key, "　")
    numbers = count(1)
    for prefix, text in content.texts.items():
        if not any(block.tag == "h1" for block in text.blocks):
            _add(file, text.title, "Heading 2")
        for block in text.blocks:
            _add_block(file, block, prefix, numbers)
    if content.left:
        _add(file, content.counted("left", content.left))


def _add_block(file: Docx, block: Block, prefix: str, numbers: Iterable[int]) -> None:
    level = _LEVELS.get(block.tag)
    paragraph = _add(file, "", f"Heading {level}" if level else None)
    for piece in block.pieces:
        for name in piece.starts:
            _bookmark(paragraph, f"{prefix}{name}", next(iter(numbers)))
        _mark(_run(paragraph, piece.text), piece.tags)


def _add(file: Docx, text: str = "", style: str | None = None) -> Paragraph:
    return file.add_paragraph(printable(text), style)


def _run(paragraph: Paragraph, text: str) -> Run:
    return paragraph.add_run(printable(text))


# --- tables ---------------------------------------------------------------------------------------


def _add_table(file: Docx, sheet: Sheet) -> None:
    """A table with three rules, as journals print it; its first row stands on every page."""
    rows = [[cell.text for cell in cells] for _, cells in sheet.rows[:MAX_ROWS]]
    numeric = {at for _, cells in sheet.rows for at, cell in enumerate(cells) if cell.number}
    widths = _widths([sheet.heads, *rows], _LONG - 2 * _MARGIN)
    table = file.add_table(0, len(widths))
    table.autofit = False
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom"):
        _child(borders, f"w:{side}", val="single", sz="12", color="auto")
    table._tbl.tblPr.find(qn("w:tblLayout")).addprevious(borders)  # the order is part of the format
    for column, millimetres in zip(table.columns, widths, strict=True):
        column.width = Mm(millimetres)
    for number, texts in enumerate([sheet.heads, *rows]):
        row = table.add_row()
        _child(row._tr.get_or_add_trPr(), "w:cantSplit")
        for at, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = Mm(widths[at])
            _fill(cell.paragraphs[0], text, at in numeric, is_head=number == 0)
        if number == 0:
            _make_head(row)
    _add(file, "", "No Spacing")


def _fill(paragraph: Paragraph, text: str, to_right: bool, is_head: bool) -> None:
    run = _run(paragraph, text)
    run.font.size, run.font.bold = _CELL, is_head
    # Heads alone at the foot of a page: LibreOffice then loses the rows behind them.
    paragraph.paragraph_format.keep_with_next = is_head or None
    sides = WD_ALIGN_PARAGRAPH
    paragraph.paragraph_format.alignment = sides.RIGHT if to_right else sides.LEFT
    paragraph.paragraph_format.space_before = Pt(1)
    paragraph.paragraph_format.space_after = Pt(2)
    # A height of its own: or digits, whose font is lower, stand higher than Chinese beside them.
    paragraph.paragraph_format.line_spacing = _LINE


def _make_head(row: Any) -> None:
    _child(row._tr.get_or_add_trPr(), "w:tblHeader")
    for cell in row.cells:
        borders = _child(cell._tc.get_or_add_tcPr(), "w:tcBorders")
        _child(borders, "w:bottom", val="single", sz="6", color="auto")


def _widths(rows: Sequence[Sequence[str]], across: int) -> list[float]:
    """Millimetres a column: its longest English word, and a share of what is left for the rest.

    A word that does not fit Word would break anywhere; the rest is what nine of ten cells need.
    """
    floors, more = [], []
    for cells in zip(*rows, strict=True):
        needed = sorted(map(width, cells))[len(cells) * 9 // 10]
        words = re.findall("[!-~]+", " ".join(cells))
        letters = max(min(max(map(len, words), default=0), _WORD), 6)
        floors.append(letters * _LETTER + _PADDING)
        more.append(max(min(needed, _WIDEST) - letters, 0) + 1)
    left = across - sum(floors)
    if left < 0:
        return [across * floor / sum(floors) for floor in floors]
    return [floor + left * one / sum(more) for floor, one in zip(floors, more, strict=True)]


# --- what Word has and python-docx has no name for ------------------------------------------------


def _child(parent: Any, tag: str, **attributes: str) -> Any:
    """A new last element below another; its attributes are of Word's own namespace."""
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element


def _field(paragraph: Paragraph, part: str, code: str = "") -> None:
    """The beginning of a field of several paragraphs with what it does, or a later part of it."""
    _child(_run(paragraph, "")._r, "w:fldChar", fldCharType=part)
    if code:
        _child(_run(paragraph, "")._r, "w:instrText").text = code


def _bookmark(paragraph: Paragraph, anchor: str, number: int) -> None:
    _child(paragraph._p, "w:bookmarkStart", id=str(number), name=_bookmark_name(anchor))
    _child(paragraph._p, "w:bookmarkEnd", id=str(number))


def _bookmark_name(anchor: str) -> str:
    """An anchor of the page as a bookmark is called, in which no hyphen may stand."""
    return anchor.replace("-", "_")


def _link(paragraph: Paragraph, text: str, anchor: str) -> None:
    run = _run(paragraph, text)
    run.font.color.rgb, run.font.underline = RGBColor.from_string(_LINK), True
    run.font.size = _SMALL
    _child(paragraph._p, "w:hyperlink", anchor=_bookmark_name(anchor)).append(run._r)


def _mark(run: Run, tags: Sequence[str]) -> None:
    """Tint, line, dots or ink, as on the page."""
    if "dfn" in tags:
        run.font.color.rgb = RGBColor.from_string(_INK)
    if "u" in tags or "b" in tags:
        run.font.underline = WD_UNDERLINE.SINGLE if "u" in tags else WD_UNDERLINE.DOTTED
    if "mark" in tags:
        _child(run._r.get_or_add_rPr(), "w:shd", val="clear", color="auto", fill=_TINT)


def _set_properties(file: Docx, content: Content) -> None:
    about = file.core_properties
    about.title, about.author, about.comments = content.title, "", ""
    about.language = "en-GB" if content.language == "en" else "zh-CN"


def _set_page(section: Section, lying: bool) -> None:
    wide, high = (_LONG, _SHORT) if lying else (_SHORT, _LONG)
    section.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(wide), Mm(high)
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Mm(_MARGIN))


def _set_styles(file: Docx) -> None:
    """Name fonts and languages for Chinese and Latin letters, in black and in fitting sizes."""
    defaults = file.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    _set_fonts(defaults, _BODY)
    for name, value in (("val", "en-GB"), ("eastAsia", "zh-CN")):
        defaults.find(qn("w:lang")).set(qn(f"w:{name}"), value)
    for name, points in _POINTS.items():
        style = file.styles[name]
        is_head = name.startswith(("Heading", "Title", "TOC"))
        _set_fonts(style.element.get_or_add_rPr(), _HEAD if is_head else _BODY)
        style.font.size, style.font.bold = Pt(points), is_head
        style.font.italic, style.font.color.rgb = False, RGBColor(0, 0, 0)


def _set_fonts(properties: Any, chinese: str) -> None:
    """Name the fonts; those of the theme, which go before names, are left out."""
    for fonts in properties.findall(qn("w:rFonts")):
        properties.remove(fonts)
    names = {"ascii": _LATIN, "hAnsi": _LATIN, "cs": _LATIN, "eastAsia": chinese}
    fonts = _child(properties, "w:rFonts", **names)
    properties.insert(0, fonts)
