"""Tests of one cell: damage by a program, several words for one, no regular expression."""

import re
import unicodedata
from collections.abc import Callable
from itertools import permutations
from typing import NamedTuple

from policytext.text.clean import fold, wording

# --- damage -------------------------------------------------------------------------------------

# Not a remark, though it begins with #.
SHEET_ERROR = re.compile(
    r"""
    \# (?: REF! | N/A | NAME\? | VALUE! | DIV/0! | NUM! | NULL!             # Excel
        | SPILL! | CALC! | FIELD! | BLOCKED! | CONNECT! | UNKNOWN! | BUSY!  # Excel since 2018
        | PYTHON! | GETTING_DATA )
    | Err:\d{3}                                                            # LibreOffice
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NO_VALUES = "true|True|TRUE|false|False|FALSE|nan|NaN|NAN|NaT|null|NULL|Null|None|<NA>|N/A|n/a"
# What to look for in a cell of narrow characters, what is wrong, and what to write instead.
_DAMAGES: list[tuple[str | re.Pattern[str], str, str]] = [
    (SHEET_ERROR, "is an error of a spreadsheet", "write a value"),
    ("^#{2,}$", "is an error of a spreadsheet", "write a value"),
    ("^'?=", "is a formula of a spreadsheet", "write its value"),
    (f"^(?:{_NO_VALUES})$", "is what programs write for yes, no or nothing", "write a word"),
    ("_x[0-9A-Fa-f]{4}_", "has a code of a workbook", "take it out, from _x to _"),
    (r"&(?:#x?[\dA-Fa-f]+|[A-Za-z]{2,8});", "has a code of a web page", "write the character"),
    ("锟斤|斤拷|(?:烫烫|屯屯){2}", "is what a wrong encoding leaves", "type it again"),
]
# Radicals and compatibility characters, as a PDF has them: they look like characters, and no text
# has them. Left out are the twelve that stand among these and are characters.
_LOOK_ALIKE = re.compile(
    r"""
      [\u2e80-\u2fdf]                            # radicals
    | [\uf900-\ufa0d\ufa10\ufa12\ufa15-\ufa1e]   # compatibility characters,
    | [\ufa20\ufa22\ufa25\ufa26\ufa2a-\ufaff]    # less the twelve
    | [\U0002f800-\U0002fa1f]                    # their supplement
    """,
    re.VERBOSE,
)
# An encoding that a file was read in, and those that it was in.
_WRONGLY_READ = {"cp1252": ["utf-8"], "latin-1": ["utf-8", "gb2312"], "gb18030": ["utf-8"]}
_CHINESE = re.compile(r"[ -~、。“”《》\u3400-\u9fff\uff01-\uff5e]*")
_TWO_HAN = re.compile("[\u3400-\u9fff].*[\u3400-\u9fff]")
# What Chinese in UTF-8 begins with where it is read as GB18030.
_BEGINS = "".join(
    bytes((lead, trail)).decode("gb18030")
    for lead in range(0xE4, 0xEA)
    for trail in range(128, 192)
)
# A cell of nothing but characters that no damage has needs no other look.
_SOUND = re.compile(f"(?:(?![锟斤拷烫屯{_BEGINS}])[\u3400-\u9fff])+")


def is_sound(cell: str) -> bool:
    """Return True if a cell is plainly Chinese: most are, and a long table is then read at once.

    >>> is_sound("发展"), is_sound("#REF!")
    (True, False)
    """
    return _SOUND.fullmatch(cell) is not None


def damage(cell: str) -> tuple[str, str] | None:
    """Say what is damaged in a cell, and what to write instead; None if nothing is.

    >>> damage("#N/A"), damage("⼯⽅")[1], damage("ä¸\xadå›½")[1]
    (('is an error of a spreadsheet', 'write a value'), 'write 工方', 'write 中国')
    """
    narrow = fold(cell)
    for pattern, wrong, instead in _DAMAGES:
        if re.search(pattern, narrow):
            return wrong, instead
    if odd := _LOOK_ALIKE.search(cell):
        plain = _LOOK_ALIKE.sub(lambda mark: unicodedata.normalize("NFKC", mark[0]), cell)
        wrong = f"has U+{ord(odd[0]):04X}, which only looks like the character of texts"
        return wrong, "type the character" if _LOOK_ALIKE.search(plain) else f"write {plain}"
    meant = _meant(cell)
    return ("was read in a wrong encoding", f"write {meant}") if meant else None


def _meant(cell: str) -> str:
    """The Chinese that a cell was before it was read in a wrong encoding, else nothing."""
    pairs = [(wrong, right) for wrong, rights in _WRONGLY_READ.items() for right in rights]
    for wrong, right in pairs if not cell.isascii() else ():
        try:
            meant = cell.encode(wrong).decode(right)
        except UnicodeError:
            continue
        if _CHINESE.fullmatch(meant) and _TWO_HAN.search(meant):
            return meant
    return ""


# --- regular expressions ------------------------------------------------------------------------

# What in an expression counts as one piece.
_ATOM = re.compile(
    r"""
      \\.                                      # an escape
    | \[ \^? \]? (?: \\. | [^]\\] )* \]         # a class of characters
    | \( \? (?: [A-Za-z-]*: | [=!>] | <[=!] )  # an opening bracket with its kind
    """,
    re.VERBOSE,
)
_ENDLESS = re.compile(r"[*+]|\{\d*,\}")
# So often may repeat what is as long as one likes: the third power of a sentence is done at once.
_FEW_TIMES = 3


def wrong_expression(cell: str) -> str:
    """Say what keeps a cell from being a part of the expression that all rows make together.

    >>> wrong_expression("增|"), wrong_expression("增长")
    ('matches where nothing stands', '')
    """
    wide = [mark for mark in cell if fold(mark) != mark]
    if wide:
        return f"has a full-width {wide[0]}, and texts are searched with {fold(wide[0])}"
    try:
        compiled = re.compile(f"(?:x|(?P<all_of_it>{cell}))")
        alone = re.compile(cell)
    except re.error as error:
        return f"is no regular expression ({error})"
    if len(compiled.groupindex) > 1 or re.search(r"\\[1-9]", cell.replace(r"\\", "")):
        return "names a group or refers to one"
    if _runs_away(cell):  # before it is tried
        return "repeats what itself may be longer or shorter"
    words = " a" + "".join(re.findall("[\u4e00-\u9fff]+", cell))
    empty = any(not match[0] for text in ("", words) for match in alone.finditer(text))
    return "matches where nothing stands" if empty else ""


def _runs_away(expression: str) -> bool:
    """Return True if a group repeats that varies in length: (a+)+ doubles the time a character.

    >>> _runs_away("(?:(?:甲|乙)+丙?)*"), _runs_away("(?:甲|乙)+丙*")
    (True, False)
    """
    marks: dict[str, str] = {}  # a character for each piece, so that pieces can be compared
    flat = _ATOM.sub(lambda piece: _mark(piece[0], marks), expression)
    while group := re.search(r"\(([^()]*)\)([*+]|\{(?!\})\d*(,?)(\d*)\})?", flat):
        body, times, comma, limit = group.groups()
        endless = times in ("*", "+") or (comma and not limit)
        often = times and (endless or int(limit or times.strip("{}")) > _FEW_TIMES)
        if (endless and _varies(body)) or (often and _ENDLESS.search(body)):
            return True
        kept = "+" if _ENDLESS.search(body) else "?" if _varies(body) else ""
        flat = flat[: group.start()] + _mark(body, marks) + kept + flat[group.end(1) + 1 :]
    return False


def _mark(piece: str, marks: dict[str, str]) -> str:
    """One character for a piece; an opening bracket without its kind stays one."""
    return "(" if piece[:1] == "(" else marks.setdefault(piece, chr(0xE000 + len(marks)))


def _varies(body: str) -> bool:
    """Return True if a group can match the same characters in more than one length."""
    choices = body.split("|")
    doubled = any(one.startswith(two) for one, two in permutations(choices, 2))
    return doubled or re.search(r"[*+?]|\{(\d*),(?!\1\})", body) is not None


# --- kinds of cells -------------------------------------------------------------------------------

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
# What a spreadsheet makes of a number, or of 1-2 and the like.
_AS_IN_A_SHEET = re.compile(
    r"""
      \d+ (?: \.\d+ )? E [+-]\d+  # a long number: 1.5E+05
    | \d{1,2} - [A-Z][a-z]{2}     # a date: 2-Jan
    | [A-Z][a-z]{2} - \d{2}       # a month: Jan-21
    """,
    re.VERBOSE,
)


def one_word(cell: str) -> str:
    """Say what shows that a cell is several words, or a word that a spreadsheet took for a number.

    >>> one_word("人才、科技"), one_word("人才、")
    ('', 'has a mark between words, and takes one')
    """
    narrow = fold(cell)
    if "|" in narrow or re.search(r"^[,;、]+[^,;、]|[^,;、][,;、]+$", narrow):
        return "has a mark between words, and takes one"
    if _AS_IN_A_SHEET.fullmatch(cell):
        return "is what a spreadsheet makes of a number or a word"
    return ""


def _formula(cell: str) -> str:
    return one_word(cell.strip(",;、，；")) if wording(cell) else "has no word"


def _number(cell: str) -> str:
    written = re.fullmatch(r"\d*\.?\d+(?:[eE][+-]?\d+)?", cell)
    return "" if written and 0 < float(cell) < float("inf") else "is no number above 0"


def _year(cell: str) -> str:
    written = re.fullmatch(r"\d{4}", cell)
    return "" if written and _FIRST_YEAR <= int(cell) <= _LAST_YEAR else "is no year"


def _characters(cell: str) -> str:
    between = sorted(set(cell) & set("|,、;/ "))
    return f"has {between[0]!r} between the characters" if between else ""


def _symbol(cell: str) -> str:
    written = re.fullmatch(r"[A-Za-z0-9%‰$/^*.() -]+", cell) and re.search("[A-Za-z%‰$]", cell)
    return "" if written else "is no symbol of a unit"


def _anything(cell: str) -> str:
    return ""


class Kind(NamedTuple):
    """A kind of cells: a test, and the form in which they are kept.

    ``wrong`` says what is wrong with a cell in its kept form, "" if nothing is.
    """

    wrong: Callable[[str], str]
    kept: Callable[[str], str] = fold


KINDS: dict[str, Kind] = {
    "word": Kind(one_word),
    "formula": Kind(_formula, str),
    # Compared with texts or names that are not folded, or folded where they are compared.
    "phrase": Kind(one_word, str),
    "text": Kind(_anything, str),
    "number": Kind(_number),
    "year": Kind(_year, lambda cell: re.sub(r"\.0$", "", fold(cell))),
    "expression": Kind(wrong_expression, str),
    "characters": Kind(_characters),
    "symbol": Kind(_symbol),
}
# Whatever a person may write of Chinese words is right in these.
FREE = tuple(name for name, kind in KINDS.items() if kind.wrong in (one_word, _anything))
