"""Decode files: guess their encoding, and refuse what is no text."""

import codecs
import re
from typing import NamedTuple

from charset_normalizer import from_bytes

from policytext.corpus.issues import DocumentError
from policytext.text.clean import HAN

# A byte-order mark settles the matter; the longer marks first, since UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Left open to the guess. With these alone it is right from some twelve characters on.
_BIG5 = ("big5", "cp950", "big5hkscs")
_CANDIDATES = ["gb18030", *_BIG5, "utf_16_le", "utf_16_be"]
_OTHER_FILES = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a Word, Excel or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file (.doc, .xls)"),
    (b"\x1f\x8b", "a gzip file"),
    (b"{\\rtf", "a rich-text file (.rtf)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
# Text with a larger share of control characters than this is no text.
_MAX_CONTROL = 0.2
# A guess needs more than this. What is shorter and valid in GB 2312 is taken for it: in Big5 a
# third of the characters, and nearly every text of a few, would not be.
_SHORT = 80
_HAN, _LEAST_HAN = re.compile(HAN), 4
# The guess looks at this much; the whole is decoded with what it says.
_SAMPLE = 200_000


class Decoded(NamedTuple):
    """A text, the encoding it was in, and whether that was guessed (or given, marked, valid)."""

    text: str
    encoding: str
    guessed: bool


def decode(data: bytes, name: str, encoding: str | None = None) -> Decoded:
    """Decode the bytes of a text file; a byte-order mark is no part of the text.

    A byte-order mark decides, then whether the bytes are valid UTF-8; what is left, GB18030, Big5
    and UTF-16 without a mark, is detected by charset-normalizer.

    Args:
        data: The file's content.
        name: What messages call the file.
        encoding: Decode with this one; nothing is guessed.

    Raises:
        DocumentError: The bytes are not text, or not in the encoding named.

    >>> decode("温州市经济社会发展".encode("gb18030"), "a.txt")
    Decoded(text='温州市经济社会发展', encoding='gb18030', guessed=True)
    >>> decode("乡村振兴".encode("gbk"), "a.txt").text, decode("鄉村".encode("big5"), "a.txt").text
    ('乡村振兴', '鄉村')
    """
    if encoding:
        return Decoded(_strict(data, encoding, name), encoding, False)
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if marked:
        return Decoded(_strict(data, marked, name), marked, False)
    for beginning, what in _OTHER_FILES:
        if data.startswith(beginning):
            fix = "turn it into text with pt.import_files"
            raise DocumentError(name, f"is {what} and no text file", fix)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _guess(data, name, f"byte {error.start} is not UTF-8")
    # UTF-16 without a mark can be valid UTF-8: of a line of Chinese letters (aNQg is 乡村), else
    # every second character is a null.
    if text.isascii() and (wide := _utf_16(data)):
        return wide
    if _is_binary(text):
        return _guess(data, name, "too many null and control characters for UTF-8")
    return Decoded(text, "utf-8", False)


def readable_name(name: str) -> str:
    """A file's name; one that Windows wrote in China is read as GB18030.

    >>> readable_name(b"\\xb1\\xa8\\xb8\\xe6.txt".decode("utf-8", "surrogateescape"))
    '报告.txt'
    """
    try:
        name.encode()
    except UnicodeEncodeError:
        return name_in(name.encode("utf-8", "surrogateescape"))
    return name


def name_in(data: bytes) -> str:
    """The name that bytes write, in UTF-8 or else in GB18030.

    >>> name_in("报告".encode()), name_in("报告".encode("gbk"))
    ('报告', '报告')
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError:
        fix = "write utf-8, gb18030, big5 or utf-16"
        raise DocumentError(name, f"there is no encoding {encoding!r}", fix) from None
    except UnicodeDecodeError as error:
        fix = "name the right encoding, or none to have it guessed, or save the file as UTF-8"
        raise DocumentError(name, f"byte {error.start} is not {encoding}", fix) from None


def _guess(data: bytes, name: str, complaint: str) -> Decoded:
    if len(data) <= _SHORT and _is_gb2312(data):
        return Decoded(data.decode("gb18030"), "gb18030", True)
    if wide := _utf_16(data):
        return wide
    # A beginning that cuts no character: it ends at a line end, if there is one.
    cut = data.rfind(b"\n", 0, _SAMPLE)
    sample = data if len(data) <= _SAMPLE or cut < 0 else data[: cut + cut % 2]
    best = from_bytes(sample, cp_isolation=_CANDIDATES).best()
    # Each of the Big5 family has characters that the others lack.
    family = _BIG5 if best and best.encoding in _BIG5 else ()
    for encoding in dict.fromkeys((best.encoding, *family) if best else ()):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _is_binary(text):
            return Decoded(text, encoding, True)
    found = f"{complaint}, and the file as a whole is not GB18030, Big5 or UTF-16"
    fix = "save it as UTF-8 text, or take it out if it is a binary file"
    raise DocumentError(name, found, fix)


def _utf_16(data: bytes) -> Decoded | None:
    """The text of a short file that is nothing but common Chinese if it is read as UTF-16.

    Of 180,000 lines of program text nine read so, each of less than 14 letters.
    """
    for encoding in ("utf_16_le", "utf_16_be") if len(data) <= _SHORT else ():
        try:
            text = data.decode(encoding)
            text.encode("gb2312")
        except UnicodeError:
            continue
        if len(_HAN.findall(text)) >= _LEAST_HAN and not _CONTROL.search(text):
            return Decoded(text, encoding, True)
    return None


def _is_gb2312(data: bytes) -> bool:
    try:
        return not _CONTROL.search(data.decode("gb2312"))
    except UnicodeDecodeError:
        return False


def _is_binary(text: str) -> bool:
    """Binary files decode by accident, into control characters."""
    head = text[:_SAMPLE]
    return len(_CONTROL.findall(head)) > _MAX_CONTROL * len(head) + 2
