"""Which files a folder or a zip holds, and what reading one of them gives."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from policytext.corpus.encoding import name_in, readable_name
from policytext.corpus.readers import LISTING

# A zip file that unpacks to more is damaged or meant to fill the disk.
_MAX_BYTES = 2_000_000_000

# The rule that takes out what an extractor of web pages finds to be no part of the text.
BESIDE = "beside the text"

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

    @property
    def folders(self) -> list[str]:
        """The names of the folders and zip files that it lies in, from the outermost in."""
        return [part.removesuffix(".zip") for part in PurePosixPath(self.name).parts[:-1]]


# What an import writes of what it did.
REPORT = "import-report.csv"


def is_import(folder: Path) -> bool:
    """Whether an import made the folder."""
    return (folder / LISTING).is_file() and (folder / REPORT).is_file()


def items(folder: Path) -> Iterator[Item]:
    """The files of a folder in order of name, or a file alone; none of the system's.

    What an import made inside the folder, or a browser saved beside a page, is named and not read.
    """
    paths = [folder] if folder.is_file() else sorted(folder.rglob("*"))
    root = folder.parent if folder.is_file() else folder
    made = {path.parent for path in paths if path.name == REPORT and is_import(path.parent)}
    pages = {path.with_suffix("") for path in paths if path.suffix.lower() in (".html", ".htm")}
    beside = {page.with_name(page.name + end) for page in pages for end in _BESIDE_PAGES}
    beside = {path for path in beside if path.is_dir()}
    for path in paths:
        name = readable_name(path.relative_to(root).as_posix())
        if path in made:
            yield Item(name, b"", "an import made this folder, so it is not read; nothing to do")
        if path in beside:
            yield Item(
                name, b"", "a browser saved it beside a page, so it is not read; nothing to do"
            )
        inside = (made | beside).intersection(path.parents) - {folder}
        if path.is_dir() or _of_the_system(name) or inside:
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


# The folder of a saved page's pictures, in browsers and in Word.
_BESIDE_PAGES = ("_files", ".files")
_OF_WINDOWS = ("Thumbs.db", "desktop.ini")


def _of_the_system(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return parts[-1] in _OF_WINDOWS or any(p.startswith((".", "~$", "__MACOSX")) for p in parts)


def _unzipped(item: Item) -> Iterator[Item]:
    try:
        with zipfile.ZipFile(io.BytesIO(item.data)) as archive:
            files = [one for one in archive.infolist() if not one.is_dir()]
            _name(files)
            if not files:
                yield item._replace(problem="it holds no file; take it out")
            if sum(member.file_size for member in files) > _MAX_BYTES:
                problem = "unpacks to more than 2 GB; unpack by hand what you need"
                yield item._replace(problem=problem)
                return
            for member in files:
                if _climbs(member.filename) or not _of_the_system(member.filename):
                    yield _member(item.name, archive, member)
    except _DAMAGED as error:
        yield item._replace(problem=_CANNOT.format(error))


_NAMED_IN_UTF_8 = 0x800  # a flag of a member


def _name(members: Iterable[zipfile.ZipInfo]) -> None:
    """Name the members as those who packed them did; few programs say in which encoding.

    Of two that all names fit, of GB18030 and UTF-8, it is UTF-8: it fits by accident but rarely.
    """
    silent = [member for member in members if not member.flag_bits & _NAMED_IN_UTF_8]
    names = "\0".join(member.filename for member in silent).encode("cp437", "replace")
    for member, name in zip(silent, name_in(names).split("\0"), strict=bool(silent)):
        member.filename = name


_CANNOT = "cannot be unpacked ({}); unpack it by hand into the folder"


def _member(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Item:
    """A file of a zip file; one that cannot be had does not keep back the others."""
    item = Item(f"{name}/{member.filename}", b"")
    if _climbs(member.filename):
        return item._replace(problem="its name climbs out of the folder; do not trust its zip file")
    if member.flag_bits & 1:
        return item._replace(problem=_CANNOT.format("it has a password"))
    try:
        return item._replace(data=archive.read(member))
    except _DAMAGED as error:
        return item._replace(problem=_CANNOT.format(error))


def _climbs(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in path.parts[0]


@dataclass
class Line:
    """A line of an imported file.

    ``page`` and ``number`` count from 1; ``full`` says that it reaches the right margin,
    ``indented`` that it stands in from the left one, ``top`` where it stands, and ``is_note`` that
    it is a note at the foot of a page (known of a PDF alone); ``why`` is the rule that takes it
    out, None while it stays.
    """

    number: int
    text: str
    page: int | None = None
    full: bool = False
    indented: bool = False
    top: float = 0
    is_note: bool = False
    why: str | None = None


def without_margin(line: str) -> str:
    """A line without blanks around it; the tabs of empty first cells keep a row in its columns.

    >>> without_margin("\\t指标\\t2021年 "), without_margin(" 各位代表：")
    ('\\t指标\\t2021年', '各位代表：')
    """
    bare = line.strip()
    return line[: len(line) - len(line.lstrip("\t"))] + bare if bare else ""


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(text: str) -> str:
    """What is printed above the line: digits that would else be part of the number before them.

    >>> "10" + raised("3"), raised("注1")
    ('10³', '注1')
    """
    return text.translate(_RAISED) if text.strip().isdecimal() else text


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
    guessed (``text`` is the guess of the column ``rule``, with its ``confidence`` and its
    ``basis``, the words that it rests on), remark, or left out (the whole file).
    """

    file: str
    page: int | None
    line: int | None
    done: str
    rule: str
    text: str
    confidence: str = ""
    basis: str = ""
