"""Read Word, PDF, web page and plain text files into lines."""

import io
import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from policytext.corpus.encoding import decode
from policytext.corpus.issues import CorpusError
from policytext.text.numerals import chinese

# A zip file that unpacks to more is damaged or meant to fill the disk.
_MAX_BYTES = 2_000_000_000

_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, UnicodeDecodeError, RuntimeError)


class Item(NamedTuple):
    """A file: its name within the folder (in a zip: ``a.zip/b.docx``) and its content.

    ``problem`` says why it has none.
    """

    name: str
    data: bytes
    problem: str = ""

    @property
    def kind(self) -> str:
        """The ending in small letters, with the dot."""
        return PurePosixPath(self.name).suffix.lower()

    @property
    def stem(self) -> str:
        """The name without folder and ending."""
        return PurePosixPath(self.name).stem


def items(folder: Path) -> Iterator[Item]:
    """The files of a folder in order of name, without those of the system.

    Raises:
        CorpusError: A zip file wants to write outside the folder, or to fill the disk.
    """
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() or _of_the_system(name):
            continue
        try:
            # A pipe would be waited for.
            item = Item(name, path.read_bytes() if path.is_file() else b"")
        except OSError as error:
            yield Item(name, b"", f"{error.strerror or error}; see whether it may be read")
            continue
        if not path.is_file():
            item = item._replace(problem="it leads to no file; take it out")
        yield from _unzipped(item) if item.kind == ".zip" and not item.problem else [item]


def _of_the_system(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any(part.startswith((".", "~$", "__MACOSX")) for part in parts)


def _unzipped(item: Item) -> Iterator[Item]:
    try:
        # What Windows packs in China names its members in GB18030, without saying so.
        with zipfile.ZipFile(io.BytesIO(item.data), metadata_encoding="gb18030") as archive:
            _check(item.name, archive.infolist())
            for member in archive.infolist():
                if not member.is_dir() and not _of_the_system(member.filename):
                    yield Item(f"{item.name}/{member.filename}", archive.read(member))
    except _DAMAGED as error:
        problem = f"cannot be unpacked ({error}); unpack it by hand into the folder"
        yield item._replace(problem=problem)


def _check(name: str, members: list[zipfile.ZipInfo]) -> None:
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
            raise CorpusError(
                f"{name}: {member.filename} climbs out of the folder; do not trust this zip file"
            )
    if sum(member.file_size for member in members) > _MAX_BYTES:
        raise CorpusError(f"{name}: unpacks to more than 2 GB; unpack by hand what you need")


@dataclass
class Line:
    """A line of an imported file.

    ``page`` and ``number`` count from 1; ``full`` says that it reaches the right margin and
    ``indented`` that it stands in from the left one (known of a PDF alone); ``why`` is the rule
    that takes it out, None while it stays.
    """

    number: int
    text: str
    page: int | None = None
    full: bool = False
    indented: bool = False
    why: str | None = None


@dataclass
class Draft:
    """The content of an imported file: lines, what the file says of itself, and remarks.

    ``meta`` may have title, author and date; each of ``remarks`` is a sentence with its fix.
    """

    lines: list[Line]
    meta: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def kept(self) -> list[Line]:
        """The lines that stay."""
        return [line for line in self.lines if line.why is None]


class Entry(NamedTuple):
    """A row of the report: what was done to which line of which file by which rule.

    ``done`` is removed (the line is not in the text), changed (``text`` is the line as it was),
    guessed (``text`` is the guess), remark, or left out (the whole file).
    """

    file: str
    page: int | None
    line: int | None
    done: str
    rule: str
    text: str


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


_INVISIBLE = {"script", "style", "noscript", "template", "head", "svg", "iframe", "object"}
_FRAME = {"nav", "header", "footer", "aside", "button", "select", "textarea", "menu"}
_INLINE = frozenset(
    "a abbr b bdi bdo big cite code em font i ins label mark q s small span strong sub sup time u "
    "wbr".split()
)
# Names that Chinese government sites must give their pages, then those of everyone.
_TITLES = ("ArticleTitle", "og:title", "title")
_AUTHORS = ("Author", "author", "article:author", "ContentSource")
_DATES = ("PubDate", "article:published_time", "publishdate", "date")
_HAN = "\u3400-\u9fff，。、；：！？“”（）《》"
# Source line ends between two characters are no blank.
_SOURCE_BREAK = re.compile(rf"(?<=[{_HAN}])[ \t]*[\r\n]\s*(?=[{_HAN}])")


def read_html(item: Item) -> Draft:
    """The lines of a web page, with title, author and date as its head gives them.

    Its bytes say which encoding it is in, since its head is often wrong.

    >>> page = "<nav>首页</nav><h1>报告</h1><p>全年增长<b>6%</b>。</p><p><a href='x'>更多</a></p>"
    >>> [(line.text, line.why) for line in read_html(Item("a.html", page.encode())).lines]
    [('首页', 'menu: <nav>'), ('报告', None), ('全年增长6%。', None), ('更多', 'menu: only links')]
    """
    from bs4 import BeautifulSoup

    page = BeautifulSoup(decode(item.data, item.name).text, "html.parser")
    draft = Draft([], _meta(page))
    for _, run in groupby(_pieces(page.body or page, False, None), key=lambda piece: piece is None):
        line = _line(len(draft.lines) + 1, [piece for piece in run if piece])
        if line.text:
            draft.lines.append(line)
    return draft


Piece = tuple[str, bool, str | None]


def _pieces(node: Any, linked: bool, frame: str | None) -> Iterator[Piece | None]:
    """Runs of text with whether they are links and in which frame; None where a line ends."""
    from bs4 import Comment, Doctype, NavigableString

    for child in node.children:
        if isinstance(child, NavigableString):
            if not isinstance(child, Comment | Doctype):
                yield str(child), linked, frame
            continue
        if child.name in _INVISIBLE:
            continue
        ends = [] if child.name in _INLINE else [None]
        yield from ends
        yield from _pieces(child, linked or child.name == "a", frame or _frame(child))
        yield from ends


def _frame(tag: Any) -> str | None:
    style = "".join(str(tag.get("style") or "").split()).lower()
    if "display:none" in style or tag.has_attr("hidden"):
        return "hidden"
    # The head of an article is not the head of the site.
    if tag.name in _FRAME and not tag.find_parent(["article", "main"]):
        return f"menu: <{tag.name}>"
    return None


def _line(number: int, pieces: list[Piece]) -> Line:
    text = " ".join(_SOURCE_BREAK.sub("", "".join(run for run, _, _ in pieces)).split())
    frame = next((frame for run, _, frame in pieces if frame and run.strip()), None)
    only_links = all(linked for run, linked, _ in pieces if run.strip())
    return Line(number, text, why=frame or ("menu: only links" if text and only_links else None))


def _meta(page: Any) -> dict[str, str]:
    named = {
        str(tag.get("name") or tag.get("property")): str(tag.get("content") or "").strip()
        for tag in page.find_all("meta")
    }
    heading = page.find("h1")
    title = page.title.get_text() if page.title else ""
    named["title"] = heading.get_text() if heading else re.split(r"[_|－]|\s-\s", title)[0]
    return {
        key: " ".join(next((named[name] for name in names if named.get(name)), "").split())
        for key, names in (("title", _TITLES), ("author", _AUTHORS), ("date", _DATES))
    }


def read_text(item: Item) -> Draft:
    """A .txt or .md file, line by line."""
    decoded = decode(item.data, item.name)
    texts = enumerate(decoded.text.splitlines(), start=1)
    lines = [Line(number, text.strip()) for number, text in texts]
    guessed = f"read as {decoded.encoding}; if characters look wrong, save the file as UTF-8"
    return Draft(lines, remarks=[guessed] if decoded.guessed else [])


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


def read_pdf(item: Item) -> Draft:
    """A PDF with a text layer: printed lines with page, and how they stand in the page."""
    import pdfplumber

    draft = Draft([])
    with pdfplumber.open(io.BytesIO(item.data)) as file:
        for number, page in enumerate(file.pages, start=1):
            printed = page.extract_text_lines(return_chars=False)
            draft.lines += _page_lines(printed, number)
            if not printed:
                draft.remarks.append(f"page {number} has no text layer; run text recognition on it")
            page.close()  # frees what a page of a long report holds
        draft.meta = {"title": str((file.metadata or {}).get("Title") or "")}
    if not draft.lines:
        raise CorpusError(f"{item.name}: no text layer; run text recognition (OCR) on it first")
    return draft


def _page_lines(printed: list[dict[str, Any]], page: int) -> Iterator[Line]:
    if not printed:
        return
    size = max(1.0, sorted(line["bottom"] - line["top"] for line in printed)[len(printed) // 2])
    right = max(line["x1"] for line in printed)
    # The left margin is where most lines begin: a head or a number may stand further out.
    starts = [round(line["x0"] / size) for line in printed]
    left = max(set(starts), key=starts.count) * size
    for number, line in enumerate(printed, start=1):
        yield Line(
            number,
            line["text"].strip(),
            page,
            full=line["x1"] > right - 1.5 * size,
            indented=line["x0"] > left + 1.2 * size,
        )


# Also what is saved from a web page as plain text.
WEB = (".txt", ".md", ".html", ".htm")
READERS: dict[str, Callable[[Item], Draft]] = {
    ".txt": read_text,
    ".md": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".docx": read_docx,
    ".pdf": read_pdf,
}


def read_item(item: Item) -> Draft:
    """The lines of a file of one of the kinds in ``READERS``.

    Raises:
        CorpusError: The file is damaged or has no text, or the library for it is not installed.
    """
    try:
        return READERS[item.kind](item)
    except CorpusError:
        raise
    except ModuleNotFoundError as error:
        raise ImportError(
            f"{item.name}: no {error.name} to read it with; pip install -e .[import]"
        ) from None
    except Exception as error:
        # The libraries raise whatever a damaged file makes them stumble over.
        what = " ".join(str(error).split())[:200] or type(error).__name__
        raise CorpusError(
            f"{item.name}: cannot be read as {item.kind} ({what}); open it and save it again"
        ) from error
