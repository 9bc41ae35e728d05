"""Check the cells and tables of a lexicon against the schema.

What a fault says is read by people who edit tables, so it shows the cell and what to write instead.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import permutations, product
from typing import NamedTuple

from policytext.lexicon.schema import HINTS, Column, Fault, Sheet, Table
from policytext.text.clean import RADICALS, fold, wording

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
    if odd := [mark for mark in RADICALS.findall(cell) if fold(mark) != mark]:
        wrong = f"has U+{ord(odd[0]):04X}, which only looks like the character of texts"
        return wrong, f"write {RADICALS.sub(lambda mark: fold(mark[0]), cell)}"
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
        alone = re.compile(cell)
        compiled = re.compile(f"(?:x|(?P<all_of_it>{cell}))")
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


def _like(pattern: str, wrong: str) -> Callable[[str], str]:
    return lambda cell: "" if re.fullmatch(pattern, cell) else wrong


def _characters(cell: str) -> str:
    between = sorted(set(cell) & set("|,、;/ "))
    return f"has {between[0]!r} between the characters" if between else ""


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
    "text": Kind(lambda cell: "", str),
    "number": Kind(_number),
    "year": Kind(
        _like(r"19\d\d|20\d\d|2100", "is no year"),
        lambda cell: re.sub(r"\.0$", "", fold(cell)),
    ),
    "expression": Kind(wrong_expression, str),
    "characters": Kind(_characters),
    "symbol": Kind(_like(r"(?=.*[A-Za-z%‰$])[A-Za-z0-9%‰$/^*.() -]+", "is no symbol of a unit")),
}
# Whatever a person may write of Chinese words is right in these.
FREE = ("word", "phrase", "text")


# --- cells and tables -----------------------------------------------------------------------------

# For so many faults the nearest value of another table is looked up; no more are shown.
SHOWN = 10
_FEW = 40  # so many values are listed whole
# What a cell may not hold.
_UNSEEN = re.compile(
    r"""
      [\x00-\x1f\x7f-\x9f]                                # control characters
    | [\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f]      # what has no width
    | [\u2028-\u202f\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff]
    | [\ufff9-\uffff]                                    # what a failed decoding leaves
    | [\ue000-\uf8ff\U000e0000-\U0010ffff]               # private use: marks of the dictionary
    """,
    re.VERBOSE,
)

Wrong = tuple[str, str]  # what is wrong with a cell, and what to write instead


def first_of(values: Sequence[object], number: int = SHOWN, mark: str = ", ") -> str:
    """The first values, and how many more there are.

    >>> first_of("甲乙丙", 2)
    '甲, 乙 and 1 more'
    """
    more = f" and {len(values) - number} more" if len(values) > number else ""
    return mark.join(map(str, values[:number])) + more


def kept(cell: str, column: Column) -> str:
    """A cell in the form in which it is kept: without blanks around it or its parts.

    >>> kept(" 经济建设 ｜政治建设", Column("items", parts="|"))
    '经济建设|政治建设'
    """
    form = KINDS[column.kind].kept(cell)
    if column.parts == "|":
        return "|".join(part.strip() for part in form.replace("｜", "|").split("|"))
    one_line = column.kind == "word" and not _UNSEEN.search(form.strip())
    return " ".join(form.split()) if column.parts or one_line else form.strip()


def faults(sheet: Sheet, table: Table) -> Iterator[Fault]:
    """Check a table by itself, whatever other tables hold."""
    found = [fault for column in table.columns for fault in _in_column(sheet, column)]
    yield from found
    yield from _repeated(sheet, table)
    if not found:
        yield from table.rule(sheet)
        yield from _lacking(sheet, table)


def _in_column(sheet: Sheet, column: Column) -> Iterator[Fault]:
    if column.given[0]:
        yield from _dependent(sheet, column)
        return
    cells = sheet.columns[column.name]
    looked_at = set(cells)
    if _is_free(column):  # at once: the longest table has 58,000 words
        looked_at = {cell for cell in looked_at if not is_sound(cell)}
    wrong = {cell: fault for cell in looked_at if (fault := wrong_cell(cell, column))}
    for row, cell in zip(sheet.rows, cells, strict=True) if wrong else ():
        if cell in wrong:
            yield Fault(row, column.name, *wrong[cell])


def _is_free(column: Column) -> bool:
    """Return True if a column takes any Chinese word."""
    listed = column.allowed or column.parts or column.given[0]
    return not listed and column.minimum == 1 and column.kind in FREE


def _dependent(sheet: Sheet, column: Column) -> Iterator[Fault]:
    """A column whose closed list depends on another column."""
    other, lists = column.given
    for row, (cell, value) in zip(sheet.rows, sheet.records(column.name, other), strict=True):
        if value not in lists and cell:
            wrong = f"{cell!r} stands beside the {other} {value!r}, which takes none"
            yield Fault(row, column.name, wrong, "leave it empty, or write another " + other)
        elif value in lists:
            fault = wrong_cell(cell, Column(column.name, allowed=lists[value]))
            if fault:
                yield Fault(row, column.name, *fault)


def wrong_cell(cell: str, column: Column) -> Wrong | None:
    """Say what is wrong with one cell and what to write instead; None if nothing is.

    >>> wrong_cell("hrad", Column("strength", allowed=("hard", "soft")))
    ("'hrad' is not one of its values", 'write hard (hard, soft)')
    """
    if not cell:
        return None if column.empty else ("is empty", f"{_instead(column)}, or delete the row")
    if cell == column.alone:
        return None
    if hidden := _UNSEEN.search(cell):
        return _hidden(cell, hidden[0])
    parts = cell.split(column.parts) if column.parts else [cell]
    if len(set(parts)) < len(parts) or "" in parts:
        what = "an empty part" if "" in parts else "a part twice"
        return f"{cell!r} has {what}", f"part the parts with one {column.parts!r}, each once"
    faults = (_wrong_part(part, column) for part in parts)
    return next((fault for fault in faults if fault), None)


def _hidden(cell: str, character: str) -> Wrong:
    if character in "\r\n":
        return f"{cell[:40]!r} has a line break in it", "take it out, or close the quotation mark"
    wrong = f"{cell!r} has the invisible character U+{ord(character):04X}"
    return wrong, "take it out, or type the cell again"


def _wrong_part(part: str, column: Column) -> Wrong | None:
    if column.allowed:
        wrong = f"{part!r} is not one of its values"
        return None if part in column.allowed else (wrong, _nearest(part, column.allowed))
    if len(part) < column.minimum:
        return f"{part!r} is too short", f"write {column.minimum} characters or more"
    if found := damage(part):
        return f"{part!r} {found[0]}", found[1]
    wrong = KINDS[column.kind].wrong(part)
    return (f"{part!r} {wrong}", _instead(column)) if wrong else None


def _instead(column: Column) -> str:
    if column.among:
        return "write a value of {}.csv, {}".format(*column.among.split("."))
    return _nearest("", column.allowed) if column.allowed else HINTS[column.kind]


def _nearest(cell: str, allowed: Sequence[str]) -> str:
    """The nearest of the values that are allowed, and all of them."""
    lower = {value.casefold(): value for value in allowed}
    near = get_close_matches(cell.casefold(), lower, 1)
    if near and len(allowed) > _FEW:
        return f"write {lower[near[0]]}, or another value that data/lexicon/README.md lists"
    listed = ", ".join(allowed)
    return f"write {lower[near[0]]} ({listed})" if near else f"write one of {listed}"


def _repeated(sheet: Sheet, table: Table) -> Iterator[Fault]:
    first: dict[tuple[str, ...], int] = {}
    for row, cells in zip(sheet.rows, sheet.records(*table.key), strict=True):
        key = tuple(map(table.same, cells))
        if any(cells) and first.setdefault(key, row) != row:
            wrong = f"{'/'.join(filter(None, cells))!r} is in row {first[key]} already"
            yield Fault(row, table.key[0], wrong, "keep one of the two rows")


def _lacking(sheet: Sheet, table: Table) -> Iterator[Fault]:
    """Find the rows that must be there and are not."""
    if table.filled and not sheet.rows:
        yield Fault(None, "", "has no row under the header", "copy the table from data/lexicon")
    if table.complete:
        lists = [table.column(name).allowed for name in table.key]
        there = set(sheet.records(*table.key))
        lacking = [", ".join(key) for key in product(*lists) if key not in there]
        if lacking:
            wrong = f"no row for {first_of(lacking, 3, '; ')} ({', '.join(table.key)})"
            yield Fault(None, "", wrong, "add the row")


def unknown(sheet: Sheet, table: Table, sheets: Mapping[str, Sheet]) -> Iterator[Fault]:
    """Cells that name a row of another table that is not there."""
    for column in table.columns:
        name, _, other = column.among.partition(".")
        if name in sheets:
            known = dict.fromkeys(sheets[name].columns[other])
            for number, (row, part) in enumerate(_not_among(sheet, column, known)):
                near = get_close_matches(part, known, 1) if number < SHOWN else []
                wrong = f"{part!r} is not in the column {other} of {name}.csv"
                listed = f"one of {', '.join(known)}" if 0 < len(known) <= _FEW else "one that is"
                yield Fault(
                    row, column.name, wrong, f"write {near[0] if near else listed}, or add it there"
                )


def _not_among(
    sheet: Sheet, column: Column, known: Mapping[str, object]
) -> Iterator[tuple[int, str]]:
    for row, cell in zip(sheet.rows, sheet.columns[column.name], strict=True):
        if cell not in ("", column.alone):
            parts = cell.split(column.parts) if column.parts else [cell]
            yield from ((row, part) for part in parts if part not in known)
