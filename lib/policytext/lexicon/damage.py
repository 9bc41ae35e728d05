"""What spreadsheets, programs and wrong encodings leave in a cell that was a word."""

import re
import unicodedata

from policytext.text.clean import fold

# Not a remark, though it begins with #.
SHEET_ERROR = re.compile(
    r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!"
    r"|UNKNOWN!|BUSY!|PYTHON!|GETTING_DATA)|Err:\d{3}",
    re.IGNORECASE,
)
_NO_VALUES = "true|True|TRUE|false|False|FALSE|nan|NaN|NAN|NaT|null|NULL|Null|None|<NA>|N/A|n/a"
# What to look for in a cell of narrow characters, what is wrong, and what to write instead.
_DAMAGES = [
    (re.compile(pattern), wrong, instead)
    for pattern, wrong, instead in (
        (rf"(?i:{SHEET_ERROR.pattern})|^#{{2,}}$", "is an error of a spreadsheet", "write a value"),
        ("^'?=", "is a formula of a spreadsheet", "write its value"),
        (f"^(?:{_NO_VALUES})$", "is what programs write for yes, no or nothing", "write a word"),
        ("_x[0-9A-Fa-f]{4}_", "has a code of a workbook", "take it out, from _x to _"),
        (r"&(?:#x?[\dA-Fa-f]+|[A-Za-z]{2,8});", "has a code of a web page", "write the character"),
        ("锟斤|斤拷|(?:烫烫|屯屯){2}", "is what a wrong encoding leaves", "write it anew"),
    )
]
# Radicals and compatibility characters, as a PDF has them: they look like characters, and no text
# has them. Left out are the twelve that stand among these and are characters.
_LOOK_ALIKE = re.compile(
    "[\u2e80-\u2fdf\uf900-\ufa0d\ufa10\ufa12\ufa15-\ufa1e\ufa20\ufa22\ufa25\ufa26\ufa2a-\ufaff"
    "\U0002f800-\U0002fa1f]"
)
_WRONGLY_READ = (
    ("cp1252", "utf-8"),
    ("latin-1", "utf-8"),
    ("latin-1", "gb2312"),
    ("gb18030", "utf-8"),
)
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
    """Whether a cell is plainly Chinese: most are, and a long table is then read at once.

    >>> is_sound("发展"), is_sound("#REF!")
    (True, False)
    """
    return _SOUND.fullmatch(cell) is not None


def damage(cell: str) -> tuple[str, str] | None:
    """What is damaged in a cell, and what to write instead; None if nothing is.

    >>> damage("#N/A"), damage("⼯⽅")[1], damage("ä¸\xadå›½")[1]
    (('is an error of a spreadsheet', 'write a value'), 'write 工方', 'write 中国')
    """
    narrow = fold(cell)
    for pattern, wrong, instead in _DAMAGES:
        if pattern.search(narrow):
            return wrong, instead
    if odd := _LOOK_ALIKE.search(cell):
        plain = _LOOK_ALIKE.sub(lambda mark: unicodedata.normalize("NFKC", mark[0]), cell)
        wrong = f"has U+{ord(odd[0]):04X}, which only looks like the character of texts"
        return wrong, "type the character" if _LOOK_ALIKE.search(plain) else f"write {plain}"
    meant = _meant(cell)
    return ("was read in a wrong encoding", f"write {meant}") if meant else None


def _meant(cell: str) -> str:
    """The Chinese that a cell was before it was read in a wrong encoding, else nothing."""
    for wrong, right in _WRONGLY_READ if not cell.isascii() else ():
        try:
            meant = cell.encode(wrong).decode(right)
        except UnicodeError:
            continue
        if _CHINESE.fullmatch(meant) and _TWO_HAN.search(meant):
            return meant
    return ""
