"""The check of a regular expression that somebody writes into a table of the lexicon."""

import re
from itertools import permutations

from policytext.text.clean import fold

# An escape, a class of characters, or an opening bracket with its kind.
_ATOM = re.compile(r"\\.|\[\^?\]?(?:\\.|[^]\\])*\]|\(\?(?:[A-Za-z-]*:|[=!>]|<[=!])")
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
    """Whether a group repeats that varies in length: (a+)+ takes twice the time for each character.

    >>> _runs_away("(?:(?:甲|乙)+丙?)*"), _runs_away("(?:甲|乙)+丙*")
    (True, False)
    """
    marks: dict[str, str] = {}  # a character for each piece, so that pieces can be compared
    flat = _ATOM.sub(lambda piece: _mark(piece[0], marks), expression)
    while group := re.search(r"\(([^()]*)\)([*+]|\{(?!\})\d*(,?)(\d*)\})?", flat):
        body, times, comma, most = group[1], group[2], group[3], group[4]
        endless = times in ("*", "+") or (comma and not most)
        often = times and (endless or int(most or times.strip("{}")) > _FEW_TIMES)
        if (endless and _varies(body)) or (often and _ENDLESS.search(body)):
            return True
        kept = "+" if _ENDLESS.search(body) else "?" if _varies(body) else ""
        flat = flat[: group.start()] + _mark(body, marks) + kept + flat[group.end(1) + 1 :]
    return False


def _mark(piece: str, marks: dict[str, str]) -> str:
    """One character for a piece; an opening bracket without its kind stays one."""
    return "(" if piece[:1] == "(" else marks.setdefault(piece, chr(0xE000 + len(marks)))


def _varies(body: str) -> bool:
    """Whether what a group holds can match the same characters in more than one length."""
    choices = body.split("|")
    doubled = any(one.startswith(two) for one, two in permutations(choices, 2))
    return doubled or re.search(r"[*+?]|\{(\d*),(?!\1\})", body) is not None
