"""Join neighbouring words that are one word, which no dictionary has.

The dictionary leaves single characters over where it has no word. Numerals, personal names,
numeral abbreviations, derived words and what remains are joined here, in this order of trust.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from policytext.text.clean import HAN
from policytext.words import tag_model as tm
from policytext.words.tag_model import SHAPE, Bits, runs

_HAN = re.compile(rf"{HAN}*")


def names(words: Sequence[str], bits: Bits) -> Iterator[tuple[int, int]]:
    """Runs of words, start and stop, that are personal names.

    Beside a title (记者, 书记, 先生), a byline's blanks or another name, a surname and one or two
    characters are a name; elsewhere only a surname with two bound characters.
    """
    last = -2
    for at in np.flatnonzero(bits & tm.SURNAME).tolist():
        if at <= last:
            continue
        listed = at - 1 == last and words[at - 1] in "、 \n,，"
        # 本报讯（记者, 新华社电（: a dispatch begins with its author in brackets.
        listed = listed or (at > 1 and words[at - 1] in "(（" and words[at - 2] in "讯电")
        titled = at > 0 and bool(bits[at - 1] & tm.TITLE)
        stop = _stop(words, bits, at, titled or listed)
        if stop:
            yield at, stop
            last = stop


def _stop(words: Sequence[str], bits: Bits, at: int, known: bool) -> int:
    """The end of the name that begins at a surname; 0 where none does."""
    byline = _byline(words, at)
    if byline and not bits[at] & tm.RARE_SURNAME:
        return byline
    given = _given(words, bits, at + 1) or _numeral(words, bits, at + 1)
    if not given:
        return 0
    if bits[at] & tm.RARE_SURNAME and len(words[at + 1]) == 2:  # 市民 高 品质
        return 0
    stop = at + 1 + given
    next_ = int(bits[stop]) if stop < len(words) else 0
    if known or (next_ & tm.TITLE_AFTER_NAME and not bits[at] & tm.RARE_SURNAME):
        return stop
    both_bound = given == 2 and (bits[at + 1 : stop] & tm.BOUND_CHARACTER).all()
    return stop if both_bound and not bits[at] & tm.RARE_SURNAME else 0


def _byline(words: Sequence[str], at: int) -> int:
    """The end of a line or column that is nothing but a surname and one or two characters."""
    stop = at + 1
    while stop < len(words) and not words[stop].isspace():
        stop += 1
        if stop - at > 3:
            return 0
    given = "".join(words[at + 1 : stop])
    begins = at == 0 or words[at - 1].isspace()
    return stop if begins and len(given) in (1, 2) and _HAN.fullmatch(given) else 0


def _given(words: Sequence[str], bits: Bits, at: int) -> int:
    """Count the words from here on that may be a given name of one or two characters."""
    if not _may_be_given(words, bits, at):
        return 0
    if len(words[at]) == 2:
        return 1
    return 2 if _may_be_given(words, bits, at + 1) and len(words[at + 1]) == 1 else 1


def _numeral(words: Sequence[str], bits: Bits, at: int) -> int:
    """1 where a numeral is a given name, since a title follows: 张三同志."""
    titled = at + 1 < len(words) and bits[at + 1] & tm.TITLE_AFTER_NAME
    return int(bool(titled and bits[at] & tm.NUMERAL and len(words[at]) == 1))


def _may_be_given(words: Sequence[str], bits: Bits, at: int) -> bool:
    if at >= len(words) or len(words[at]) > 2:
        return False
    other = bits[at] & (tm.TITLE_AFTER_NAME | tm.TITLE | tm.GRAMMAR)
    return not other and bool(_HAN.fullmatch(words[at]))


class Join(NamedTuple):
    """Words ``start`` to ``stop`` are one word, of the class that ``kind`` names."""

    start: int
    stop: int
    kind: str


def joins(words: Sequence[str], bits: Bits, affixes: dict[str, str]) -> list[Join]:
    """The words to join, in their order, none overlapping another."""
    finders: list[Callable[[], Iterator[Join]]] = [
        lambda: (Join(start, stop, SHAPE + "nr") for start, stop in names(words, bits)),
        lambda: _numerals(bits),
        lambda: _abbreviations(words, bits),
        lambda: _derived(words, bits, affixes),
        lambda: _leftovers(bits),
    ]
    taken: set[int] = set()
    found = []
    for finder in finders:
        for join in finder():
            inside = range(join.start, join.stop)
            if taken.isdisjoint(inside):
                taken.update(inside)
                found.append(join)
    return sorted(found)


def _stretches(marked: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Runs of two or more marked words."""
    starts, stops = runs(marked)
    long = stops - starts > 1
    yield from zip(starts[long].tolist(), stops[long].tolist(), strict=True)


def _numerals(bits: Bits) -> Iterator[Join]:
    """三 百 二十: one numeral."""
    for start, stop in _stretches((bits & tm.NUMERAL) > 0):
        yield Join(start, stop, SHAPE + "m")


def _abbreviations(words: Sequence[str], bits: Bits) -> Iterator[Join]:
    """六 抓 before 创新: a numeral with a one-character verb sums up a list."""
    numeral = (bits & tm.NUMERAL) > 0
    summed = numeral[:-2] & ((bits[1:-1] & tm.ACTION) > 0) & ((bits[2:] & tm.TAKES_SUFFIX) > 0)
    for at in np.flatnonzero(summed).tolist():
        if len(words[at]) == 1 and words[at] not in "一两" and not (at and numeral[at - 1]):
            yield Join(at, at + 2, SHAPE + "j")


def _derived(words: Sequence[str], bits: Bits, affixes: dict[str, str]) -> Iterator[Join]:
    """先行 区, 数字 化: a word of two characters with a suffix."""
    for at in np.flatnonzero(
        ((bits[1:] & tm.SUFFIX) > 0) & ((bits[:-1] & tm.TAKES_SUFFIX) > 0)
    ).tolist():
        yield Join(at, at + 2, SHAPE + affixes[words[at + 1]])


def _leftovers(bits: Bits) -> Iterator[Join]:
    """Join runs of bound characters into words of two or three."""
    for start, stop in _stretches((bits & tm.BOUND_CHARACTER) > 0):
        if stop - start <= 3:
            yield Join(start, stop, SHAPE + "n v vn")
        else:
            yield from (Join(at, at + 2, SHAPE + "n v vn") for at in range(start, stop - 1, 2))
