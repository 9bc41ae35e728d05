"""Phrases as units: slogans and quantities merged over the words, on the same offsets."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

import pandas as pd

from policytext import text as tx
from policytext.corpus.corpus import Corpus
from policytext.words.cutting import COLUMNS

Row = tuple[Any, ...]


class Unit(NamedTuple):
    """A phrase that becomes one word; ``name`` is its text, None for the text as printed."""

    start: int
    end: int
    name: str | None


def require_offsets(table: pd.DataFrame, what: str) -> None:
    """Raise a ValueError if a span table lacks doc, start or end."""
    missing = {"doc", "start", "end"} - set(table)
    if missing:
        raise ValueError(f"the {what}' table lacks {', '.join(sorted(missing))}; add the column")


def with_units(corpus: Corpus, words: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Put the words of each span together into one row tagged "unit".

    Args:
        corpus: Where words and spans stand.
        words: A table of words.
        units: A span table; a column ``canonical`` gives the text of the units.

    Raises:
        ValueError: ``units`` lacks doc, start or end.
    """
    require_offsets(units, "units")
    rows: list[Row] = []
    spans = {doc: _outermost(found) for doc, found in units.groupby("doc")}
    for doc, found in words.groupby("doc", sort=False):
        tokens = list(found[COLUMNS].itertuples(index=False, name=None))
        rows += _merge(corpus.source(doc), tokens, spans.get(doc, []))
    return pd.DataFrame(rows, columns=COLUMNS)


def _outermost(units: pd.DataFrame) -> list[Unit]:
    """Spans that lie in no other, in their order; of two that cross, the earlier one."""
    names = units["canonical"] if "canonical" in units else [None] * len(units)
    spans = [
        Unit(int(start), int(end), None if pd.isna(name) else str(name))
        for start, end, name in zip(units["start"], units["end"], names, strict=True)
    ]
    kept: list[Unit] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end, span.name or "")):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _merge(source: str, tokens: list[Row], spans: list[Unit]) -> Iterator[Row]:
    edges = sorted({edge for span in spans for edge in span[:2]})
    pieces = [piece for token in tokens for piece in _split(source, token, edges)]
    starts = [span.start for span in spans]

    def span_around(piece: Row) -> Unit | None:
        at = bisect_right(starts, piece[1]) - 1
        return spans[at] if at >= 0 and piece[2] <= spans[at].end else None

    for span, inside in groupby(pieces, span_around):
        if span is None:
            yield from inside
            continue
        (doc, start, end, sentence, *_), *rest = inside
        end = rest[-1][2] if rest else end
        yield doc, start, end, sentence, span.name or tx.clean(source[start:end]), "unit"


def _split(source: str, token: Row, edges: list[int]) -> Iterator[Row]:
    """A token in the pieces into which the edges of spans cut it."""
    doc, start, end, sentence, _, tag = token
    cuts = edges[bisect_right(edges, start) : bisect_left(edges, end)]
    if not cuts:
        yield token
        return
    for left, right in zip([start, *cuts], [*cuts, end], strict=True):
        left, right = tx.trimmed(source, left, right)
        if left < right:
            yield doc, left, right, sentence, tx.clean(source[left:right]), tag
