"""Personal names, in one piece: a surname, what follows it, and the title or byline beside it."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from policytext.wordclasses import CALLED, GRAMMAR, LOOSE, SCARCE, SURNAME, TITLE

Bits = npt.NDArray[np.int64]


def names(words: Sequence[str], bits: Bits) -> Iterator[tuple[int, int]]:
    """Runs of words, start and stop, that are personal names.

    Beside a title (记者, 书记, 先生), a byline's blanks or another name, a surname and one or two
    characters are a name; elsewhere only a surname with two characters that hardly stand alone.
    """
    last = -2
    for at in np.flatnonzero(bits & SURNAME).tolist():
        if at <= last:
            continue
        listed = at - 1 == last and words[at - 1] in "、 \n,，"
        listed = listed or (at > 1 and words[at - 1] in "(（" and words[at - 2] in "讯电")
        titled = at > 0 and bool(bits[at - 1] & TITLE)
        stop = _stop(words, bits, at, titled or listed)
        if stop:
            yield at, stop
            last = stop


def _stop(words: Sequence[str], bits: Bits, at: int, known: bool) -> int:
    """Where the name ends that begins at a surname; 0 where none does."""
    byline = _byline(words, at)
    if byline and not bits[at] & SCARCE:
        return byline
    given = _given(words, bits, at + 1)
    if not given:
        return 0
    if bits[at] & SCARCE and len(words[at + 1]) == 2:  # 市民 高 品质
        return 0
    stop = at + 1 + given
    ahead = int(bits[stop]) if stop < len(words) else 0
    if known or (ahead & CALLED and not bits[at] & SCARCE):
        return stop
    both_loose = given == 2 and bool(bits[at + 1] & LOOSE) and bool(bits[at + 2] & LOOSE)
    return stop if both_loose and not bits[at] & SCARCE else 0


def _byline(words: Sequence[str], at: int) -> int:
    """Where the line or column ends of which a surname and one or two characters are all."""
    stop = at + 1
    while stop < len(words) and not words[stop].isspace():
        stop += 1
        if stop - at > 3:
            return 0
    given = "".join(words[at + 1 : stop])
    stands_alone = at == 0 or words[at - 1].isspace()
    return stop if stands_alone and len(given) in (1, 2) and _is_han(given) else 0


def _given(words: Sequence[str], bits: Bits, at: int) -> int:
    """How many words from here on may be a given name of one or two characters."""
    if not _may_be_given(words, bits, at):
        return 0
    if len(words[at]) == 2:
        return 1
    return 2 if _may_be_given(words, bits, at + 1) and len(words[at + 1]) == 1 else 1


def _may_be_given(words: Sequence[str], bits: Bits, at: int) -> bool:
    if at >= len(words) or len(words[at]) > 2 or bits[at] & (CALLED | TITLE | GRAMMAR):
        return False
    return _is_han(words[at])


def _is_han(text: str) -> bool:
    return all("\u4e00" <= character <= "\u9fff" for character in text)
