"""Read Word files: all that a reader sees, in order, with its automatic numbers."""

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
    ".//w:ins | .//w:del | .//w:moveFrom": (
        "it has tracked changes: insertions are read, deletions not; accept them to be sure"
    ),
    ".//w:footnoteReference | .//w:endnoteReference": (
        "its footnotes stand at the end of the text; move or delete them by hand if they disturb"
    ),
    ".//w:commentReference": "its comments are not read; copy into the text what belongs to it",
    ".//a:graphicData[contains(@uri, 'diagram') or contains(@uri, 'chart')]": (
        "words in its diagrams and charts are not read; copy them into the text"
    ),
    ".//w:altChunk": "a file set into it is not read; open it in Word and save it again",
}
# What no reader sees, or sees in another place: a text box comes after its paragraph, and its
# older form (Fallback) repeats it.
_ELSEWHERE = {"pPr", "rPr", "del", "moveFrom", "rt", "Fallback", "txbxContent"}
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n"} | {
    "noBreakHyphen": "-",
    "softHyphen": "\xad",
}
_MARGINS = {"header": "running head", "footer": "running foot"}
_NOTES = {"footnotes", "endnotes"}
# Documents with macros, and templates, which python-docx refuses for their type alone.
_TYPES = [
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
]


def read_docx(item: Item) -> Draft:
    """A Word file: paragraphs, text boxes and table rows in order, then the notes.

    Hidden text, running heads and running feet are lines that are taken out.
    """
    from docx.opc.part import PartFactory
    from docx.oxml import parse_xml
    from docx.package import Package
    from docx.parts.document import DocumentPart

    PartFactory.part_type_for.update(dict.fromkeys(_TYPES, DocumentPart))
    document = Package.open(io.BytesIO(item.data)).main_document_part.document
    reader = _Reader(document)
    body = document.element.body
    texts = list(reader.blocks(body))
    margins = []
    for name, part in _parts(document):
        if name in _MARGINS:
            margins += [(text, _MARGINS[name]) for text in reader.blocks(parse_xml(part.blob))]
        elif name in _NOTES:
            texts += reader.notes(parse_xml(part.blob))
    kept = [(line.strip(), None) for text in texts for line in text.split("\n")]
    out = [(text.strip(), why) for text, why in dict.fromkeys(margins) if text.strip()]
    out += [(text, "hidden text") for text in reader.hidden if text.strip()]
    lines = [Line(at, text, why=why) for at, (text, why) in enumerate([*kept, *out], start=1)]
    # Not its author, who is whoever owns the machine.
    meta = {"title": document.core_properties.title or ""}
    return Draft(lines, meta, [said for path, said in _NOT_READ.items() if body.xpath(path)])


def _parts(document: Any) -> Iterator[tuple[str, Any]]:
    for relation in document.part.rels.values():
        if not relation.is_external:
            yield relation.reltype.rpartition("/")[2], relation.target_part


class _Reader:
    """Makes lines of elements; ``hidden`` gathers the text that Word does not show."""

    def __init__(self, document: Any) -> None:
        self.hidden: list[str] = []
        self._document = document
        self._numbering = Numbering(document)

    def blocks(self, parent: Any) -> Iterator[str]:
        """A text for each paragraph and table row, also in content controls and the like."""
        for child in parent.iterchildren("{*}*"):
            kind = _kind(child)
            if kind == "p":
                yield self._paragraph(child)
                for box in _boxes(child):
                    yield from self.blocks(box)
            elif kind == "tr":
                if not _find(child, "./w:trPr/w:del"):
                    yield self._row(child)
            elif kind not in _ELSEWHERE:
                yield from self.blocks(child)

    def notes(self, root: Any) -> list[str]:
        """The footnotes or endnotes, without the lines that part them from the text."""
        return [text for note in _find(root, "./*[not(@w:type)]") for text in self.blocks(note)]

    def _paragraph(self, element: Any) -> str:
        from docx.text.paragraph import Paragraph

        text = "".join(self._pieces(element))
        number = self._numbering.of(Paragraph(element, self._document)) if text.strip() else ""
        return number + text

    def _row(self, row: Any) -> str:
        """The cells of a row; of one merged over rows the first alone has its text."""
        merged = "./w:tcPr/w:vMerge[not(@w:val = 'restart')]"
        cells = _find(row, "./w:tc | ./w:sdt/w:sdtContent/w:tc")
        return "\t".join("" if _find(cell, merged) else self._cell(cell) for cell in cells)

    def _cell(self, cell: Any) -> str:
        # A break in a cell ends no row, but what it parts is not one word or number.
        return " ".join(" ".join(self.blocks(cell)).split())

    def _pieces(self, element: Any) -> Iterator[str]:
        for child in element.iterchildren("{*}*"):
            kind = _kind(child)
            if kind == "r" and _find(child, _HIDDEN):
                self.hidden.append("".join(_find(child, ".//w:t/text()")))
            elif kind == "t":
                yield child.text or ""
            elif kind == "sym":
                yield chr(int(_value(child, "./@w:char") or "20", 16))
            elif kind in _SIGNS:
                yield _SIGNS[kind]
            elif kind not in _ELSEWHERE:
                yield from self._pieces(child)


def _kind(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


_HIDDEN = "./w:rPr/w:vanish[not(@w:val = '0' or @w:val = 'false' or @w:val = 'off')]"


def _boxes(element: Any) -> Iterator[Any]:
    """The text boxes of a paragraph, without those inside them."""
    for child in element.iterchildren("{*}*"):
        if _kind(child) == "txbxContent":
            yield child
        elif _kind(child) not in _ELSEWHERE:
            yield from _boxes(child)
