"""Find many words in a text at once: by one expression, or by an index of its characters."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

import numpy as np
import numpy.typing as npt

from policytext.text.clean import Span, codes

# What joins the items of a list; in other words (普及, 和谐, 参与) the characters join nothing.
SEPARATOR = re.compile(
    """
      、 | 以及
    | (?<! [普涉提波] )   及 (?! [格时以] )          # 普及, 及时
    | (?<! [共总饱缓温] ) 和 (?! [谐平睦田] | 美[乡丽] )  # 饱和, 和谐, 和美乡村
    | (?<! [参赠给授] )   与 (?! 会 )               # 参与, 与会
    """,
    re.VERBOSE,
)


def any_of(words: Iterable[str]) -> re.Pattern[str] | None:
    """One expression for many words, longest first; None where there is no word.

    Words share their beginnings in it (学有优教 and 学有所教 part at the third character), so that
    thousands cost hardly more than a few.

    >>> any_of(["开新局", "开局", "勇争先"]).findall("勇争先、开新局")
    ['勇争先', '开新局']
    """
    expression = alternatives(words)
    return re.compile(expression) if expression else None


def alternatives(words: Iterable[str]) -> str:
    """The expression of `any_of` as text, to build others with."""
    return _branches(sorted(set(words) - {""}), 0)


def _branches(words: list[str], at: int) -> str:
    """The tails of sorted words that are the same up to a character."""
    tails = []
    for _, same in groupby(words, key=lambda word: word[at : at + 1]):
        group = list(same)
        head = group[0][at : at + 1]
        if not head:
            continue
        if len(group) == 1:
            tails.append(re.escape(group[0][at:]))
        else:
            ends = len(group[0]) == at + 1
            rest = _branches(group, at + 1)
            tails.append(f"{re.escape(head)}(?:{rest}){'?' if ends else ''}")
    return "|".join(tails)


def any_word(words: Iterable[str]) -> str:
    """The expression of `any_of` as text; where there is no word, one that matches nothing.

    >>> any_word(["亿", "亿元"]), any_word([])
    ('亿(?:元)?', '(?!)')
    """
    return alternatives(words) or "(?!)"


# --- by an index ----------------------------------------------------------------------------------

_WIDTH, _BITS = 4, 16
_SHIFTS = np.arange(_WIDTH - 1, -1, -1, dtype=np.uint64) * np.uint64(_BITS)
_Keys = npt.NDArray[np.uint64]


def codes_of(text: str) -> _Keys:
    """The characters as numbers; the rare ones that need more than 16 bits are all alike."""
    return np.minimum(codes(text), (1 << _BITS) - 1).astype(np.uint64)


class Words:
    """Words to look for, each once, with the lowest and highest key that it can stand at."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = [word for word in dict.fromkeys(words) if word]
        heads = "".join(word[:_WIDTH].ljust(_WIDTH, "\0") for word in self.words)
        self.low = (codes_of(heads).reshape(-1, _WIDTH) << _SHIFTS).sum(axis=1, dtype=np.uint64)
        free = [_BITS * max(0, _WIDTH - len(word)) for word in self.words]
        self.high = self.low | ((np.uint64(1) << np.array(free, np.uint64)) - np.uint64(1))


class TextIndex:
    """Where a text has words: its places, in the order of the four characters at each."""

    def __init__(self, text: str) -> None:
        shown = codes_of(text + "\0" * (_WIDTH - 1))
        keys = np.zeros(len(text), np.uint64)
        for at in range(_WIDTH):
            keys = keys << np.uint64(_BITS) | shown[at : at + len(text)]
        self.text, self._places = text, np.argsort(keys)
        self._keys = keys[self._places]

    def places(self, words: Words) -> Iterator[tuple[str, list[int]]]:
        """The words that the text has, and where each begins.

        >>> list(TextIndex("争先创优、创优争先").places(Words(["创优", "争先创优", "领先"])))
        [('创优', [2, 5]), ('争先创优', [0])]
        """
        low = np.searchsorted(self._keys, words.low)
        high = np.searchsorted(self._keys, words.high, "right")
        found = np.flatnonzero(high > low)
        ranges = np.column_stack((found, low[found], high[found])).tolist()
        # Words that begin alike share their places: these are looked through once a length.
        standing: dict[tuple[int, int, int], dict[str, list[int]]] = {}
        for at, first, last in ranges:
            word = words.words[at]
            alike = (first, last, len(word))
            if alike not in standing:
                standing[alike] = self._standing(*alike)
            if places := standing[alike].get(word):
                yield word, places

    def _standing(self, first: int, last: int, length: int) -> dict[str, list[int]]:
        """What stands, so many characters long, at the places of a range of keys."""
        found: dict[str, list[int]] = {}
        for place in sorted(self._places[first:last].tolist()):
            found.setdefault(self.text[place : place + length], []).append(place)
        return found

    def spans(self, words: Words) -> list[Span]:
        """Spans of the words in order: those that overlap no earlier one, and what lies in these.

        >>> TextIndex("争先创优").spans(Words(["争先创优", "创优", "先"]))
        [(0, 4), (1, 2), (2, 4)]
        """
        found = [(at, at + len(word)) for word, places in self.places(words) for at in places]
        kept: list[Span] = []
        last, reach = -1, 0
        for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
            if start >= reach or (end <= reach and start > last):
                kept.append((start, end))
                last, reach = start, max(reach, end)
        return kept
