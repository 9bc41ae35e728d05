"""A text without its breaks, that still knows where each character came from."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

from policytext import text as tx

_QUOTE = re.compile(r"“([^“”\n]{1,60})”|「([^「」\n]{1,60})」|『([^『』\n]{1,60})』")
_INNER = re.compile(r"‘([^‘’\n]{1,60})’")
_STRAIGHT = re.compile(r'"([^"\n]{1,60})"')


class Unbroken(NamedTuple):
    """Stretches of a source as the finders read them: cleaned, widths folded, one a line.

    Folding is for matching alone: `passage` gives what is printed. Pieces and not characters are
    mapped back, since a report has some hundred thousand characters.
    """

    source: str
    text: str
    starts: list[int]
    offsets: list[int]

    def back(self, start: int, end: int) -> tx.Span:
        """The span of the source that a span of ``text`` came from."""
        return self._offset(start), self._offset(end - 1) + 1

    def passage(self, start: int, end: int) -> str:
        """The passage that a span of ``text`` came from, as printed, without breaks."""
        return tx.clean(self.source[slice(*self.back(start, end))])

    def _offset(self, at: int) -> int:
        piece = bisect_right(self.starts, at) - 1
        return self.offsets[piece] + at - self.starts[piece]


def unbroken(source: str, spans: Iterable[tx.Span]) -> Unbroken:
    """Take the breaks out of stretches of a source and fold their widths.

    >>> joined = unbroken("看“海洋经\\n\\n济＋”。", [(0, 11)])
    >>> joined.text, joined.back(2, 7), joined.passage(2, 7)
    ('看“海洋经济+”。', (2, 9), '海洋经济＋')
    """
    parts: list[tuple[int, str]] = []
    for start, end in spans:
        if parts:
            parts.append((start, "\n"))
        parts += [(start + at, piece) for at, piece in tx.pieces(source[start:end])]
    starts = list(accumulate((len(piece) for _, piece in parts), initial=0))[:-1]
    text = tx.fold("".join(piece for _, piece in parts))
    return Unbroken(source, text, starts, [at for at, _ in parts])


def quotations(text: str) -> list[tx.Span]:
    """Spans inside the quotation marks of a text without breaks, in order, outer before inner.

    Never across a line end; straight marks are read in texts that have no others.

    >>> text = "“六大赋能”推动‘六比争先’"
    >>> [text[a:b] for a, b in quotations(text)]
    ['六大赋能', '六比争先']
    """
    marks = (_QUOTE, _INNER) if "“" in text or "「" in text else (_INNER, _STRAIGHT)
    found = [match.span(match.lastindex or 0) for mark in marks for match in mark.finditer(text)]
    return sorted(found, key=lambda span: (span[0], -span[1]))
