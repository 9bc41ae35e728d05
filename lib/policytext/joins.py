"""Words that no dictionary has: what stands next to each other and belongs together.

The dictionary leaves single characters over where it has no word. Numerals, personal names,
numeral abbreviations, derived words and what remains are joined here, in this order of trust.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from policytext.names import names
from policytext.wordclasses import ACTION, HOST, LOOSE, NUMERAL, SHAPE, SUFFIX

Bits = npt.NDArray[np.int64]


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
    edges = np.flatnonzero(np.diff(np.concatenate(([False], marked, [False])).astype(np.int8)))
    long = edges[1::2] - edges[::2] > 1
    yield from zip(edges[::2][long].tolist(), edges[1::2][long].tolist(), strict=True)


def _numerals(bits: Bits) -> Iterator[Join]:
    """三 百 二十: one numeral."""
    for start, stop in _stretches((bits & NUMERAL) > 0):
        yield Join(start, stop, SHAPE + "m")


def _abbreviations(words: Sequence[str], bits: Bits) -> Iterator[Join]:
    """六 抓 before 创新: a numeral with a one-character verb sums up a list."""
    numeral = (bits & NUMERAL) > 0
    summed = numeral[:-2] & ((bits[1:-1] & ACTION) > 0) & ((bits[2:] & HOST) > 0)
    for at in np.flatnonzero(summed).tolist():
        if len(words[at]) == 1 and words[at] not in "一两" and not (at and numeral[at - 1]):
            yield Join(at, at + 2, SHAPE + "j")


def _derived(words: Sequence[str], bits: Bits, affixes: dict[str, str]) -> Iterator[Join]:
    """先行 区, 数字 化: a word of two characters with a suffix."""
    for at in np.flatnonzero(((bits[1:] & SUFFIX) > 0) & ((bits[:-1] & HOST) > 0)).tolist():
        yield Join(at, at + 2, SHAPE + affixes[words[at + 1]])


def _leftovers(bits: Bits) -> Iterator[Join]:
    """Characters that hardly stand alone, left over side by side, are a word of two or three."""
    for start, stop in _stretches((bits & LOOSE) > 0):
        if stop - start <= 3:
            yield Join(start, stop, SHAPE + "n v vn")
        else:
            yield from (Join(at, at + 2, SHAPE + "n v vn") for at in range(start, stop - 1, 2))
