"""Read Word files: paragraphs and table rows in order, with their automatic numbers."""

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from policytext.corpus.importing.files import Draft, Item, Line
from policytext.text.numerals import chinese

_WORD = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
_LEVEL = "./w:abstractNum[@w:abstractNumId='{}']/w:lvl[@w:ilvl='{}']"
# How Word calls numbers in Chinese characters.
_CHINESE = re.compile(
    "(?:chinese|taiwanese)Counting(?:Thousand)?|japaneseCounting|ideographDigital"
)


class Numbering:
    """Counts the automatically numbered paragraphs of a Word file as Word does."""

    def __init__(self, document: Any) -> None:
        self._counts: dict[str, list[int]] = defaultdict(lambda: [0] * 9)
        try:
            self._part = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            self._part = None

    def of(self, paragraph: Any) -> str:
        """The number before a paragraph, with the marks around it; "" where it has none."""
        named = _find(paragraph._p, "./w:pPr/w:numPr")
        if not named and paragraph.style is not None:
            named = _find(paragraph.style.element, "./w:pPr/w:numPr")
        if self._part is None or not named:
            return ""
        list_id = _value(named[0], "./w:numId/@w:val") or "0"
        level = int(_value(named[0], "./w:ilvl/@w:val") or 0)
        return "" if list_id == "0" else self._next(list_id, level)

    def _next(self, list_id: str, level: int) -> str:
        abstract = _value(self._part, f"./w:num[@w:numId='{list_id}']/w:abstractNumId/@w:val")
        found = _find(self._part, _LEVEL.format(abstract, level))
        if not found or (_value(found[0], "./w:numFmt/@w:val") or "none") in ("bullet", "none"):
            return ""
        counts = self._counts[str(abstract)]
        start = int(_value(found[0], "./w:start/@w:val") or 1)
        counts[level] = counts[level] + 1 if counts[level] else start
        counts[level + 1 :] = [0] * (8 - level)
        return self._written(str(abstract), _value(found[0], "./w:lvlText/@w:val") or "", counts)

    def _written(self, abstract: str, pattern: str, counts: list[int]) -> str:
        for level, count in enumerate(counts):
            kind = _value(self._part, _LEVEL.format(abstract, level) + "/w:numFmt/@w:val")
            number = chinese(count) if _CHINESE.fullmatch(kind or "") else str(count)
            pattern = pattern.replace(f"%{level + 1}", number)
        return pattern


def _find(element: Any, path: str) -> list[Any]:
    # python-docx gives its own elements the prefix w:, and leaves the others without it.
    from lxml import etree

    return etree.XPath(path, namespaces=_WORD)(element)


def _value(element: Any, path: str) -> str | None:
    found = _find(element, path)
    return str(found[0]) if found else None


_NOT_READ = {
    ".//w:ins | .//w:del": (
        "it has tracked changes: insertions are read, deletions not; accept them to be sure"
    ),
    ".//w:txbxContent": "text boxes are not read; copy their text into the body",
    ".//w:footnoteReference": ("footnotes are not read; copy them into the body if they matter"),
}


def read_docx(item: Item) -> Draft:
    """A Word file: paragraphs and table rows in order, with automatic numbers written out."""
    from docx import Document
    from docx.table import Table

    document = Document(io.BytesIO(item.data))
    numbering = Numbering(document)
    draft = Draft([])
    for block in document.iter_inner_content():
        rows = _table_rows(block) if isinstance(block, Table) else [_paragraph(block, numbering)]
        for text in "\n".join(rows).split("\n"):
            draft.lines.append(Line(len(draft.lines) + 1, text.strip()))
    for text, why in _margins(document):
        draft.lines.append(Line(len(draft.lines) + 1, text, why=why))
    # Not its author, who is whoever owns the machine.
    draft.meta = {"title": document.core_properties.title or ""}
    body = document.element.body
    draft.remarks = [remark for path, remark in _NOT_READ.items() if body.xpath(path)]
    return draft


def _paragraph(paragraph: Any, numbering: Numbering) -> str:
    """The text with tracked insertions, without deletions and text boxes."""
    pieces = paragraph._p.xpath(
        ".//*[(self::w:t or self::w:tab or self::w:br or self::w:cr) "
        "and not(ancestor::w:txbxContent) and not(ancestor::w:pPr)]"
    )
    text = "".join(_piece(node) for node in pieces)
    return numbering.of(paragraph) + text if text.strip() else text


def _piece(node: Any) -> str:
    kind = node.tag.rpartition("}")[2]
    return (node.text or "") if kind == "t" else "\t" if kind == "tab" else "\n"


def _table_rows(table: Any) -> list[str]:
    # A cell that spans columns comes once for each of them.
    rows = [dict.fromkeys(cell._tc for cell in row.cells) for row in table.rows]
    return ["\t".join("".join(cell.xpath(".//w:t/text()")) for cell in row) for row in rows]


def _margins(document: Any) -> Iterator[tuple[str, str]]:
    for section in document.sections:
        for margin, why in ((section.header, "running head"), (section.footer, "running foot")):
            if not margin.is_linked_to_previous:
                for paragraph in margin.paragraphs:
                    if paragraph.text.strip():
                        yield paragraph.text.strip(), why
