"""Read quotation marks that were printed the wrong way round, straight, or in another shape.

Every finder looks for “ and ” alone: `repaired` puts them where another mark, or the same one
turned, opens or closes a quotation. One character stands for one, so that offsets stay.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_OPENING, _CLOSING = "“〝„‟❝‘", "”〞〟❞’"
_SINGLE = "'＇"
_STRAIGHT = '"＂″' + _SINGLE
_CORNERS = "「『﹁﹃«‹", "」』﹂﹄»›"
OTHER_MARKS = "〝〞〟„‟❝❞" + _STRAIGHT + "".join(_CORNERS)
# A single straight mark at a letter or digit is rather an apostrophe, or minutes.
_LETTER = re.compile("[A-Za-z0-9]")
# A doubled single mark is one mark; the one that touches the words stands for both.
_MARK = re.compile("(?<=‘)‘|’(?=’)|[“”" + OTHER_MARKS + "]")
_PRINTED = re.compile("“[^“”]*+”")
# One half of a double mark and one of a single: “先行’, ‘先行”.
_HALVES = re.compile(r"“[^“”‘’，,。\n]{1,20}(’)|(‘)[^“”‘’，,。\n]{1,20}(?=”)")
_OTHER = re.compile(f"[{OTHER_MARKS}]|‘‘|’’")
# What can stand between two marks, and where one of them was turned: there no more than a few
# words, or what parts two quotations would be one.
_WORDS = re.compile(r"(?![，,、；;：:。]|[和与及]$)[^\n]+(?<![，,、；;：:])")
_FEW_WORDS = re.compile(r"(?![、的和与及])[^，,：:。！？!?；;\n“”]{1,40}(?<!、)")
# What rather parts two quotations: uneven limbs, or very short ones. Longer, it is speech.
_LIMB_MARK = re.compile("[，,]")
_SHORTEST_LIMB, _LONGEST_GAP = 3, 20
_DEEPEST = 2
_TURNED, _MIXED, _NESTED, _UNPAIRED, _GAP = 1.0, 0.75, 0.5, 1.5, 2.0
# A straight mark behind a digit is rather an inch, or closes a code.
_BEHIND_DIGIT = 0.25


class Marks(NamedTuple):
    """A text with its quotation marks repaired, and where: positions of characters.

    ``turned`` are marks read against their direction, ``unpaired`` those that stay without a
    partner.
    """

    text: str
    turned: tuple[int, ...] = ()
    unpaired: tuple[int, ...] = ()


class _Way(NamedTuple):
    """One way to read the marks so far: its cost, what is open, and the pairs that are closed.

    ``closed`` is a linked list, (pair, depth, rest), and so can be shared by many ways.
    """

    cost: float
    opened: tuple[int, ...] = ()
    closed: tuple[int, int, int, object] | None = None


def repaired(text: str) -> str:
    """The text with “ and ” where any mark opens or closes a quotation; its length is the same.

    >>> repaired("“敢闯敢试“精神，〝先行〞，\\"领跑\\"，「示范」")
    '“敢闯敢试”精神，“先行”，“领跑”，“示范”'
    """
    return read_marks(text).text


def read_marks(text: str) -> Marks:
    """Repair the marks of a text line by line.

    Where “ and ” alternate as printed, nothing is touched. Elsewhere each line takes the reading
    with the fewest marks turned, nested or left alone; what stands between a turned mark and its
    partner must be a few words, and what reads like the gap between two quotations is hardly one.

    >>> read_marks("”先行“和“示范”，还有“领跑").turned, read_marks("还有“领跑").unpaired
    ((0, 3), (2,))
    """
    if all_paired(text):
        return Marks(text)
    characters = list(text)
    turned: list[int] = []
    unpaired: list[int] = []
    for line in re.finditer(r"[^\n]+", text):
        if all_paired(line[0]):
            continue
        marks = sorted({*_starts(_MARK, text, line.span()), *_starts(_HALVES, text, line.span())})
        left = set(marks)
        for opener, closer, depth in _pairs(text, marks):
            left -= {opener, closer}
            turned += [opener] * (text[opener] in _CLOSING) + [closer] * (text[closer] in _OPENING)
            single = depth > 1 and text[opener] not in _OPENING + _CLOSING
            characters[opener], characters[closer] = "‘’" if single else "“”"
        unpaired += [at for at in left if text[at] not in _SINGLE]
    return Marks("".join(characters), tuple(sorted(turned)), tuple(sorted(unpaired)))


def _starts(pattern: re.Pattern[str], text: str, span: tuple[int, int]) -> Iterator[int]:
    """Where what an expression matches, or its group, stands in a stretch of text."""
    return (match.start(match.lastindex or 0) for match in pattern.finditer(text, *span))


def all_paired(text: str) -> bool:
    """Whether a text has no other marks than “ and ”, and these by turns.

    >>> all_paired("“先行”和“示范”"), all_paired("“先行“")
    (True, False)
    """
    return not _OTHER.search(text) and not re.search("[“”]", _PRINTED.sub("", text))


def _pairs(text: str, marks: list[int]) -> Iterator[tuple[int, int, int]]:
    """The pairs of the cheapest reading of a line: opener, closer and depth."""
    ways = {0: _Way(0.0)}
    for at in marks:
        best: dict[int, _Way] = {}
        for way in ways.values():
            for other in _next(text, way, at):
                depth = len(other.opened)
                if depth not in best or other.cost < best[depth].cost:
                    best[depth] = other
        ways = best
    cheapest = min(ways.values(), key=lambda way: way.cost + _UNPAIRED * len(way.opened))
    closed: object = cheapest.closed
    while isinstance(closed, tuple):
        yield closed[:3]
        closed = closed[3]


def _next(text: str, way: _Way, at: int) -> Iterator[_Way]:
    """What a mark can be: left alone, a closing mark, an opening one."""
    mark, opened = text[at], way.opened
    yield way._replace(cost=way.cost + _UNPAIRED)
    if opened and _fit(text, opened[-1], at):
        mixed = _shape(text[opened[-1]]) != _shape(mark)
        cost = way.cost + _TURNED * (mark in _OPENING) + _MIXED * mixed
        cost += _GAP * _is_gap(text[opened[-1] + 1 : at])
        yield _Way(cost, opened[:-1], (opened[-1], at, len(opened), way.closed))
    if len(opened) < _DEEPEST and mark not in _CORNERS[1]:
        cost = way.cost + _TURNED * (mark in _CLOSING) + _NESTED * len(opened)
        cost += _BEHIND_DIGIT * (mark in _STRAIGHT and text[at - 1 : at].isdigit())
        yield _Way(cost, (*opened, at), way.closed)


def _is_gap(words: str) -> bool:
    """Whether words part two quotations rather than stand in one: “先行“落地，牢记”实干”."""
    limbs = _LIMB_MARK.split(words) if len(words) <= _LONGEST_GAP else [words]
    lengths = {len(limb) for limb in limbs}
    uneven = len(lengths) > 1 or min(lengths) < _SHORTEST_LIMB
    return words.startswith("的") or (len(limbs) > 1 and uneven)


def _shape(mark: str) -> str:
    """Which kind of mark one is: corners of its own, straight or curled."""
    if mark in _CORNERS[1]:
        return _CORNERS[0][_CORNERS[1].index(mark)]
    return mark if mark in _CORNERS[0] else "straight" if mark in _STRAIGHT else "curled"


def _fit(text: str, opener: int, closer: int) -> bool:
    """Whether two marks can be one pair, with what stands between them."""
    first, last = text[opener], text[closer]
    if last in _CORNERS[0]:
        return False
    if first in _CORNERS[0] and _shape(last) == first:
        return True
    if first in _SINGLE or last in _SINGLE:
        outside = text[opener - 1 : opener], text[closer + 1 : closer + 2]
        if first != last or any(map(_LETTER.match, outside)):
            return False
    turned = first in _CLOSING or last in _OPENING
    # One half in corners and one not: “先行」.
    cornered = first in _CORNERS[0] or last in _CORNERS[1]
    if turned and cornered:
        return False
    as_printed = not (turned or cornered or {first, last} & {*_SINGLE})
    return bool((_WORDS if as_printed else _FEW_WORDS).fullmatch(text, opener + 1, closer))
