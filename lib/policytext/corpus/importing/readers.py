"""Which reader a file needs, and what is said of a file that cannot be read."""

import io
import re
import zipfile
from collections.abc import Callable
from email import message_from_bytes

from policytext.corpus.encoding import decode
from policytext.corpus.importing.files import Draft, Item, Line
from policytext.corpus.importing.markdown import read_markdown
from policytext.corpus.importing.pdf import read_pdf
from policytext.corpus.importing.recognition import Recogniser
from policytext.corpus.importing.web import read_html
from policytext.corpus.importing.word import read_docx
from policytext.corpus.issues import CorpusError
from policytext.corpus.rows import KINDS
from policytext.text.clean import HAN


def read_text(item: Item) -> Draft:
    """A .txt file, line by line."""
    decoded = decode(item.data, item.name)
    texts = enumerate(decoded.text.splitlines(), start=1)
    lines = [Line(number, text.strip()) for number, text in texts]
    guessed = f"read as {decoded.encoding}; if characters look wrong, save the file as UTF-8"
    return Draft(lines, remarks=[guessed] if decoded.guessed else [])


def read_archive(item: Item) -> Draft:
    """The page of a web archive, in which a browser or Word saves it with its pictures.

    Raises:
        CorpusError: It holds no page.
    """
    archive = message_from_bytes(item.data)
    page = next((part for part in archive.walk() if part.get_content_type() == "text/html"), None)
    content = page and page.get_payload(decode=True)
    if not isinstance(content, bytes):
        raise CorpusError(f"{item.name}: a web archive without a page; save the page as .html")
    return read_html(item._replace(data=content))


# Also what is saved from a web page as plain text.
WEB = (".txt", ".md", ".markdown", ".html", ".htm", ".mhtml", ".mht")
READERS: dict[str, Callable[[Item], Draft]] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".mhtml": read_archive,
    ".mht": read_archive,
    ".docx": read_docx,
    ".pdf": read_pdf,
}
_AS_WORD = "open it in Word or WPS and save it as .docx"
_AS_TABLE = (
    "a table; read it with pt.read_corpus or make figures CORPUS=…, or save its texts as .docx"
)
_AS_PICTURE = "a picture; print it to a PDF and import that with ocr (policytext import --ocr)"
_AS_SLIDES = "slides; save what is to be read of them as .docx or .txt"
_OTHERS = {
    ".doc": f"an old Word file, or one with a password; {_AS_WORD}",
    ".wps": f"a WPS file; {_AS_WORD}",
    ".rtf": f"a rich-text file; {_AS_WORD}",
    ".odt": f"an OpenDocument text; {_AS_WORD}",
    ".pages": "a file of Apple Pages; export it as .docx",
    ".epub": "an e-book; open it in an e-book program and save it as .docx or .txt",
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".tif", ".tiff"), _AS_PICTURE),
    ".caj": "a file of the CNKI reader; download it as PDF, or print it to one",
    **dict.fromkeys((".rar", ".7z", ".gz"), "an archive; unpack it into the folder"),
    **dict.fromkeys((".ofd", ".ceb"), "pages for printing; save them as PDF"),
    ".zip": "a zip file in another; unpack it into the folder",
    "": "a file without an ending; call it .txt if it is a text",
    ".json": "data; write one object a line into a .jsonl, and read that with pt.read_corpus",
    **dict.fromkeys((".pptx", ".ppt", ".dps"), _AS_SLIDES),
    ".ods": "a table; save it as .xlsx and read that with pt.read_corpus",
    **dict.fromkeys(map(".{}".format, KINDS), _AS_TABLE),
}
# With macros, and templates.
_WORD_TOO = (".docm", ".dotx", ".dotm")
_BEGINNINGS = {
    b"%pdf": ".pdf",
    b"{\\rtf": ".rtf",
    b"\xd0\xcf\x11\xe0": ".doc",
    b"mime-version:": ".mhtml",
    b"from: <saved by ": ".mhtml",
    b"content-type: multipart/related": ".mhtml",
    b"<html": ".html",
    b"<!doctype html": ".html",
    b"caj": ".caj",
    b"hn\x00\x00": ".caj",
    b"kdh ": ".caj",
    b"\x89png": ".png",
    b"\xff\xd8\xff": ".jpg",
}
# What one can read in a file of such a name is a text that was called so.
_BINARY = (".pdf", ".docx", ".doc", ".wps")
_ENDING = re.compile(r"\.[a-z]\w{0,7}", re.ASCII)  # and not 1.工作报告
_HAN = re.compile(HAN)
_LEAST_HAN = 10  # a few stray bytes decode into Chinese as well
# What a zip file of a kind holds; the first bytes of some name their kind.
_MEMBERS = {
    "word/document.xml": ".docx",
    "xl/workbook.xml": ".xlsx",
    "ppt/presentation.xml": ".pptx",
    "META-INF/container.xml": ".epub",
    "Index/Document.iwa": ".pages",
}
_TYPES = {b"opendocument.text": ".odt", b"opendocument.spreadsheet": ".ods"}


def kind_of(item: Item) -> str:
    """The kind of a file: by how it begins and what it holds, else by its ending.

    >>> kind_of(Item("a.doc", b"<html><p>"))
    '.html'
    """
    begins = item.data[:1000].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    kind = next((kind for mark, kind in _BEGINNINGS.items() if begins.startswith(mark)), None)
    if begins.startswith(b"pk\x03\x04"):
        kind = _of_zip(item.data, begins)
    if begins.startswith(b"<?xml") and b"<html" in begins:
        kind = ".html"
    may_be = item.kind in _BINARY or not _ENDING.fullmatch(item.kind)
    if kind is None and may_be and b"%pdf" not in begins and _is_text(item):
        kind = ".txt"
    if item.kind in _WORD_TOO:
        kind = kind or ".docx"
    # A text may show how a page begins, and old tables begin as old texts do.
    may_be_text = item.kind in WEB and kind in (".html", ".mhtml", ".caj")
    keeps = may_be_text or (kind == ".doc" and item.kind in _OTHERS)
    return item.kind if kind is None or keeps else kind


def _is_text(item: Item) -> bool:
    try:
        return len(_HAN.findall(decode(item.data, item.name).text)) >= _LEAST_HAN
    except CorpusError:
        return False


def _of_zip(data: bytes, begins: bytes) -> str | None:
    named = next((kind for name, kind in _TYPES.items() if name in begins), None)
    try:
        held = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except zipfile.BadZipFile:
        return named
    return named or next((kind for name, kind in _MEMBERS.items() if name in held), None)


def unread(item: Item) -> str | None:
    """What a file is that no reader reads and what to do with it, None where one does."""
    kind = kind_of(item)
    if not item.data:
        return "the file is empty; fill it or take it out"
    if kind in READERS:
        return None
    others = f"not one of {', '.join(READERS)}; save its text as one of them"
    return _OTHERS.get(kind, others)


def read_item(item: Item, recognise: Recogniser | None = None) -> Draft:
    """The lines of a file of one of the kinds in ``READERS``, of pictures those recognised.

    Raises:
        CorpusError: The file is damaged or has no text.
    """
    try:
        kind = kind_of(item)
        return read_pdf(item, recognise) if kind == ".pdf" else READERS[kind](item)
    except CorpusError:
        raise
    except Exception as error:
        # The libraries raise whatever a damaged file makes them stumble over.
        raise CorpusError(f"{item.name}: {_why_not(item, error)}") from error


_STRICT = "a Word file in the format Strict Open XML; in Word save it as Word document (.docx)"
_DAMAGED = "cannot be read as {}, it is damaged or cut off; get it again"
_UNFORESEEN = "cannot be read as {} ({}); open it and save it again"


def _why_not(item: Item, error: Exception) -> str:
    """What is wrong with a file that a library stumbles over, and what to do."""
    if item.data.startswith(b"PK") and _is_strict(item.data):
        return _STRICT
    if isinstance(error, zipfile.BadZipFile | EOFError) or type(error).__name__ == "PdfiumError":
        return _DAMAGED.format(item.kind)
    what = " ".join(str(error).split())[:200].rstrip(".") or type(error).__name__
    return _UNFORESEEN.format(item.kind, what)


def _is_strict(data: bytes) -> bool:
    """Whether a Word file names its parts as the strict form of the standard has it."""
    try:
        return b"purl.oclc.org/ooxml" in zipfile.ZipFile(io.BytesIO(data)).read("_rels/.rels")
    except (zipfile.BadZipFile, KeyError):
        return False
