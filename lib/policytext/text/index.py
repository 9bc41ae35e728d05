"""Find thousands of words in a text at once, by an index of its characters in fours."""

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from policytext.text.clean import Span

_WIDTH, _BITS = 4, 16
_SHIFTS = np.arange(_WIDTH - 1, -1, -1, dtype=np.uint64) * np.uint64(_BITS)
_Keys = npt.NDArray[np.uint64]


def codes_of(text: str) -> _Keys:
    """The characters as numbers; the rare ones that need more than 16 bits are all alike."""
    wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.minimum(wide, (1 << _BITS) - 1).astype(np.uint64)


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
        codes = codes_of(text + "\0" * (_WIDTH - 1))
        keys = np.zeros(len(text), np.uint64)
        for at in range(_WIDTH):
            keys = keys << np.uint64(_BITS) | codes[at : at + len(text)]
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
        for at, first, last in ranges:
            word = words.words[at]
            likely = sorted(self._places[first:last].tolist())
            places = [place for place in likely if self.text.startswith(word, place)]
            if places:
                yield word, places

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
