"""Read Word files: all that a reader sees, in order, with its automatic numbers."""

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from policytext.corpus.importing.files import Draft, Item, Line, raised, without_margin
from policytext.corpus.issues import CorpusError
from policytext.text.numerals import chinese

_WORD = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
# How Word calls the numbers that are not Arabic.
_COUNTED = re.compile("(?:chinese|taiwanese)Counting(?:Thousand)?|japaneseCounting")
_DIGITS = {
    "ideographDigital": "〇一二三四五六七八九",
    "taiwaneseDigital": "○一二三四五六七八九",
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), "０１２３４５６７８９"),
}
# The numerals that nobody alters, in place of 一二三四五六七八九十百千.
_LEGAL = {
    "chineseLegalSimplified": "壹贰叁肆伍陆柒捌玖拾佰仟",
    **dict.fromkeys(("ideographLegalTraditional", "japaneseLegal"), "壹貳參肆伍陸柒捌玖拾佰仟"),
}
_SIGNS_IN_TURN = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "upperLetter": ascii_uppercase,
    "lowerLetter": ascii_lowercase,
    "lowerRoman": "ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ",
    "upperRoman": "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ",
}
# Behind these marks a number needs no blank: 一、稳增长.
_CLOSES = ("、", "，", "：", "）", ")", "】", "．")


class Styles:
    """The styles of a Word file, each with those that it is based on."""

    def __init__(self, document: Any) -> None:
        root = document.styles.element
        self._styles = {_value(style, "./@w:styleId"): style for style in _find(root, "./w:style")}
        self._usual = _value(root, "./w:style[@w:type='paragraph'][@w:default='1']/@w:styleId")
        self._all = _find(root, "./w:docDefaults/w:rPrDefault")
        self._said: dict[tuple[str, str | None, str | None], Any] = {}

    def of(self, paragraph: Any) -> str | None:
        """The name of a paragraph's style."""
        return _value(paragraph, "./w:pPr/w:pStyle/@w:val") or self._usual

    def chain(self, name: str | None) -> Iterator[Any]:
        """The style and those that it is based on."""
        seen: set[str | None] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = _value(self._styles[name], "./w:basedOn/@w:val")

    def first(self, run: Any, style: str | None, path: str) -> Any:
        """The first mark of a kind: of the run itself, else of its style or its paragraph's."""
        if own := _find(run, path):
            return own[0]
        key = (path, _value(run, "./w:rPr/w:rStyle/@w:val"), style)
        if key not in self._said:
            chains = [*self.chain(key[1]), *self.chain(style), *self._all]
            found = (mark for element in chains for mark in _find(element, path))
            self._said[key] = next(found, None)
        return self._said[key]


_VANISH, _COLOUR = "./w:rPr/w:vanish", "./w:rPr/w:color"
# On which white type is seen: shading, a table or a box, which may have a colour, the page's own.
_GROUND = """
    (./w:rPr | ancestor::w:p[1]/w:pPr)/w:shd[not(@w:fill = 'auto' or @w:fill = 'FFFFFF')]
    | ./w:rPr/w:highlight | ancestor::w:tbl | ancestor::w:txbxContent | /w:document/w:background
"""


def _is_on(mark: Any) -> bool:
    return mark is not None and _value(mark, "./@w:val") not in ("0", "false", "off")


class Numbering:
    """Counts the automatically numbered paragraphs of a Word file as Word does."""

    def __init__(self, document: Any, styles: Styles) -> None:
        self._styles = styles
        self._counts: dict[str, list[int | None]] = defaultdict(lambda: [None] * 9)
        self._begun: set[tuple[str, int]] = set()
        self._levels: dict[tuple[str, int], Any] = {}
        try:
            self._part = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            self._part = None

    def of(self, paragraph: Any) -> str:
        """The number before a paragraph, with the marks around it; "" where it has none."""
        if self._part is None:
            return ""
        name = self._styles.of(paragraph)
        styled = [pr for style in self._styles.chain(name) for pr in _find(style, _NUMBERED)]
        named = [*_find(paragraph, _NUMBERED), *styled[:1]]
        list_id = next(filter(None, (_value(pr, "./w:numId/@w:val") for pr in named)), "0")
        if list_id == "0":
            return ""
        levels = [_value(pr, "./w:ilvl/@w:val") for pr in named]
        level = next(filter(None, levels), None) or self._level_of_style(list_id, name)
        return self._next(list_id, int(level))

    def _abstract(self, list_id: str) -> str:
        """The definition of a list: its own, or that of a style that it names."""
        abstract = _value(self._part, f"./w:num[@w:numId='{list_id}']/w:abstractNumId/@w:val")
        path = f"./w:abstractNum[@w:abstractNumId='{abstract}']/w:numStyleLink/@w:val"
        for style in self._styles.chain(_value(self._part, path)):
            linked = _value(style, _NUMBERED + "/w:numId/@w:val")
            if linked and linked != list_id:
                return self._abstract(linked)
        return str(abstract)

    def _level_of_style(self, list_id: str, style: str | None) -> str:
        path = f"./w:abstractNum[@w:abstractNumId='{self._abstract(list_id)}']/w:lvl"
        return _value(self._part, f"{path}[w:pStyle/@w:val='{style}']/@w:ilvl") or "0"

    def _level(self, list_id: str, level: int) -> Any:
        """What defines the level of a list, which may set aside what the definition says."""
        if (list_id, level) not in self._levels:
            own = f"./w:num[@w:numId='{list_id}']/w:lvlOverride/w:lvl[@w:ilvl='{level}']"
            abstract = f"./w:abstractNum[@w:abstractNumId='{self._abstract(list_id)}']"
            shared = f"{abstract}/w:lvl[@w:ilvl='{level}']"
            found = _find(self._part, own) or _find(self._part, shared)
            self._levels[list_id, level] = found[0] if found else None
        return self._levels[list_id, level]

    def _next(self, list_id: str, level: int) -> str:
        found = self._level(list_id, level)
        if found is None or _format(found) in ("bullet", "none"):
            return ""
        counts = self._counts[self._abstract(list_id)]
        again = f"./w:num[@w:numId='{list_id}']/w:lvlOverride[@w:ilvl='{level}']/w:startOverride"
        first = None if (list_id, level) in self._begun else _value(self._part, again + "/@w:val")
        self._begun.add((list_id, level))
        before = counts[level]
        counts[level] = int(first) if first else _start(found) if before is None else before + 1
        for lower in range(level + 1, 9):
            of_lower = self._level(list_id, lower)
            after = None if of_lower is None else _value(of_lower, "./w:lvlRestart/@w:val")
            if level < int(after or lower):
                counts[lower] = None
        return self._written(list_id, found, counts)

    def _written(self, list_id: str, found: Any, counts: list[int | None]) -> str:
        text = _value(found, "./w:lvlText/@w:val") or ""
        for level, count in enumerate(counts):
            if (mark := f"%{level + 1}") in text:
                one = self._level(list_id, level)
                kind = "decimal" if one is None or _find(found, "./w:isLgl") else _format(one)
                at = count if count is not None else 1 if one is None else _start(one)
                text = text.replace(mark, _numeral(kind, at))
        bare = _value(found, "./w:suff/@w:val") == "nothing" or text.endswith(_CLOSES)
        return text if bare or not text else f"{text} "


_NUMBERED = "./w:pPr/w:numPr"


def _format(level: Any) -> str:
    return _value(level, "./w:numFmt/@w:val") or "none"


def _start(level: Any) -> int:
    return int(_value(level, "./w:start/@w:val") or 1)


def _numeral(kind: str, number: int) -> str:
    """A number as Word writes one of a kind.

    >>> _numeral("chineseCounting", 12), _numeral("upperLetter", 3), _numeral("decimalZero", 5)
    ('十二', 'C', '05')
    """
    if _COUNTED.fullmatch(kind):
        return chinese(number)
    if kind in _LEGAL:
        return chinese(number).translate(str.maketrans("一二三四五六七八九十百千", _LEGAL[kind]))
    if kind == "numberInDash":
        return f"- {number} -"
    signs = _SIGNS_IN_TURN.get(kind, "")
    if 0 < number <= len(signs):
        return signs[number - 1]
    digits = _DIGITS.get(kind, "0123456789")
    return "".join(digits[int(c)] for c in f"{number:0{1 + (kind == 'decimalZero')}}")


@lru_cache(maxsize=1 << 12)
def _path(path: str) -> Any:
    # python-docx gives its own elements the prefix w:, and leaves the others without it.
    from lxml import etree

    return etree.XPath(path, namespaces=_WORD)


def _find(element: Any, path: str) -> list[Any]:
    return list(_path(path)(element))


def _value(element: Any, path: str) -> str | None:
    found = _find(element, path)
    return str(found[0]) if found else None


_OF_A_FONT = "starts-with(@w:char, 'F0') or starts-with(@w:char, 'f0')"
_NOT_READ = {
    ".//w:ins | .//w:del | .//w:moveFrom": (
        "it has tracked changes: insertions are read, deletions not; accept them to be sure"
    ),
    ".//w:footnoteReference | .//w:endnoteReference": (
        "its footnotes stand at the end of the text; move or delete them by hand if they disturb"
    ),
    ".//w:commentReference": "its comments are not read; copy into the text what belongs to it",
    ".//a:graphicData[contains(@uri, 'diagram') or contains(@uri, 'chart')] | .//w:object": (
        "words in its diagrams, charts and objects are not read; copy them into the text"
    ),
    ".//m:den | .//m:sup": (
        "its formulas are read in one line, as 3/4 and 10^3; see whether they are right"
    ),
    f".//w:sym[{_OF_A_FONT}]": (
        "signs of fonts such as Wingdings are no characters and are not read; type in those needed"
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
_RAISED = "./w:rPr/w:vertAlign[@w:val='superscript']"
# What stands below or above in a formula.
_IN_FORMULA = {"den": "/", "sup": "^"}
_PICTURES = ".//*[local-name() = 'blip' or local-name() = 'imagedata']"
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

    Hidden and struck text, running heads and running feet are lines that are taken out.

    Raises:
        CorpusError: It has pictures and no text.
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
    if not "".join(texts).strip() and body.xpath(_PICTURES):
        fix = "print it to a PDF and import that with ocr (policytext import --ocr)"
        raise CorpusError(f"{item.name}: pictures without text; {fix}")
    kept = [(without_margin(line), None) for text in texts for line in text.split("\n")]
    out = [(text.strip(), why) for text, why in dict.fromkeys(margins) if text.strip()]
    out += [(text, why) for text, why in reader.unseen if text.strip()]
    lines = [Line(at, text, why=why) for at, (text, why) in enumerate([*kept, *out], start=1)]
    # Not its author, who is whoever owns the machine.
    meta = {"title": document.core_properties.title or ""}
    return Draft(lines, meta, [said for path, said in _NOT_READ.items() if body.xpath(path)])


def _parts(document: Any) -> Iterator[tuple[str, Any]]:
    for relation in document.part.rels.values():
        if not relation.is_external:
            yield relation.reltype.rpartition("/")[2], relation.target_part


class _Reader:
    """Makes lines of elements; ``unseen`` gathers the text that does not count, and why."""

    def __init__(self, document: Any) -> None:
        self.unseen: list[tuple[str, str]] = []
        self._styles = Styles(document)
        self._numbering = Numbering(document, self._styles)

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
        text = "".join(self._pieces(element, self._styles.of(element)))
        # Word counts the empty ones too.
        number = self._numbering.of(element)
        # A tab at its beginning sets it in, and in a row would open another column.
        return number + text.strip() if text.strip() else ""

    def _row(self, row: Any) -> str:
        """The cells of a row, each in its column; of a merged one the first alone has its text."""
        merged = "./w:tcPr/w:vMerge[not(@w:val = 'restart')]"
        cells = [""] * int(_value(row, "./w:trPr/w:gridBefore/@w:val") or 0)
        for cell in _find(row, "./w:tc | ./w:sdt/w:sdtContent/w:tc"):
            cells.append("" if _find(cell, merged) else self._cell(cell))
            cells += [""] * (int(_value(cell, "./w:tcPr/w:gridSpan/@w:val") or 1) - 1)
        return "\t".join(cells)

    def _cell(self, cell: Any) -> str:
        # A break in a cell ends no row, but what it parts is not one word or number.
        return " ".join(" ".join(self.blocks(cell)).split())

    def _pieces(self, element: Any, style: str | None) -> Iterator[str]:
        for child in element.iterchildren("{*}*"):
            kind = _kind(child)
            if kind == "r" and (why := self._unseen(child, style)):
                self.unseen.append(("".join(_find(child, ".//w:t/text()")), why))
            elif kind == "r" and _find(child, _RAISED):
                yield raised("".join(self._pieces(child, style)))
            elif kind == "t":
                yield child.text or ""
            elif kind == "sym":
                yield "" if _find(child, f"self::*[{_OF_A_FONT}]") else _character(child)
            elif kind == "textpath":
                yield child.get("string", "")
            elif kind in _SIGNS:
                yield _SIGNS[kind]
            elif kind not in _ELSEWHERE:
                yield _IN_FORMULA.get(kind, "")
                yield from self._pieces(child, style)

    def _unseen(self, run: Any, style: str | None) -> str:
        if _is_on(self._styles.first(run, style, _VANISH)) or self._is_white(run, style):
            return "hidden text"
        struck = _find(run, "./w:rPr/w:strike | ./w:rPr/w:dstrike")
        return "struck out" if any(map(_is_on, struck)) else ""

    def _is_white(self, run: Any, style: str | None) -> bool:
        """Whether a run is white on white paper."""
        colour = self._styles.first(run, style, _COLOUR)
        if colour is None or str(_value(colour, "./@w:val")).upper() != "FFFFFF":
            return False
        return self._styles.first(run, style, "./w:pPr/w:shd") is None and not _find(run, _GROUND)


def _character(sign: Any) -> str:
    return chr(int(_value(sign, "./@w:char") or "20", 16))


def _kind(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _boxes(element: Any) -> Iterator[Any]:
    """The text boxes of a paragraph, without those inside them."""
    for child in element.iterchildren("{*}*"):
        if _kind(child) == "txbxContent":
            yield child
        elif _kind(child) not in _ELSEWHERE:
            yield from _boxes(child)
