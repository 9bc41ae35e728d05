"""Personal names, in one piece: a surname, what follows it, and the title or byline beside it."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from policytext.dictionary import CALLED, GRAMMAR, LOOSE, SCARCE, SURNAME, TITLE

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
        titled = at > 0 and bool(bits[at - 1] & TITLE)
        stop = _stop(words, bits, at, titled or listed)
        if stop:
            yield at, stop
            last = stop


def _stop(words: Sequence[str], bits: Bits, at: int, known: bool) -> int:
    """Where the name ends that begins at a surname; 0 where none does."""
    given = _given(words, bits, at + 1)
    if not given:
        return 0
    stop = at + 1 + given
    ahead = int(bits[stop]) if stop < len(words) else 0
    alone = _blank(words, at - 1) and _blank(words, stop) and bool(words[at + 1 : stop])
    if known or ((ahead & CALLED or alone) and not bits[at] & SCARCE):
        return stop
    both_loose = given == 2 and bool(bits[at + 1] & LOOSE) and bool(bits[at + 2] & LOOSE)
    return stop if both_loose and not bits[at] & SCARCE else 0


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
    return all("\u4e00" <= character <= "\u9fff" for character in words[at])


def _blank(words: Sequence[str], at: int) -> bool:
    return not 0 <= at < len(words) or words[at].isspace()
