"""A text without its column breaks, that still knows where each character came from."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from policytext import text as tx

_QUOTE = re.compile(r"“([^“”\n]{1,60})”|「([^「」\n]{1,60})」|『([^『』\n]{1,60})』")
_INNER = re.compile(r"‘([^‘’\n]{1,60})’")
_STRAIGHT = re.compile(r'"([^"\n]{1,60})"')
_BREAK = re.compile(r"[ \t\u3000]*[\r\n]\s*")


class Unbroken(NamedTuple):
    """Pieces of a text, each free of breaks, joined by ``\\n``, and the offset of every character.

    ``at`` has one entry more than ``text`` has characters, so that any span can be mapped back.
    """

    text: str
    at: list[int]

    def back(self, start: int, end: int) -> tx.Span:
        """The span of the source that a span of ``text`` came from."""
        return self.at[start], self.at[end - 1] + 1


def unbroken(source: str, spans: Iterable[tx.Span]) -> Unbroken:
    """Take the column breaks out of stretches of a source; widths are folded.

    >>> joined = unbroken("看“海洋经\\n\\n济”。", [(0, 10)])
    >>> joined.text, joined.back(2, 6)
    ('看“海洋经济”。', (2, 8))
    """
    pieces: list[str] = []
    at: list[int] = []
    folded = tx.fold(source)  # once: the length stays the same
    for start, end in spans:
        if pieces:
            pieces.append("\n")
            at.append(start)
        for left, right in _runs(source, start, end):
            pieces.append(folded[left:right])
            at.extend(range(left, right))
    return Unbroken("".join(pieces), [*at, at[-1] + 1 if at else 0])


def _runs(source: str, start: int, end: int) -> list[tx.Span]:
    """The stretches between the breaks of a stretch."""
    if source.find("\n", start, end) < 0 and source.find("\r", start, end) < 0:
        return [(start, end)]
    breaks = [match.span() for match in _BREAK.finditer(source, start, end)]
    edges = [start, *(edge for pair in breaks for edge in pair), end]
    return list(zip(edges[::2], edges[1::2], strict=True))


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
