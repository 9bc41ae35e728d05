"""A second layer over the words: slogans and quantities as units, on the same offsets."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from policytext import text as tx
from policytext.corpus.corpus import Corpus
from policytext.words.cutting import COLUMNS

Row = tuple[Any, ...]


def with_units(corpus: Corpus, words: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """The words, with those of each span put together into one row tagged "unit".

    Args:
        corpus: Where words and spans stand.
        words: A table of words.
        units: A span table; a column ``canonical`` gives the text of the units.

    Raises:
        ValueError: ``units`` lacks doc, start or end.
    """
    missing = {"doc", "start", "end"} - set(units)
    if missing:
        raise ValueError(f"the units' table lacks {', '.join(sorted(missing))}; add the column")
    rows: list[Row] = []
    spans = {doc: _outermost(found) for doc, found in units.groupby("doc")}
    for doc, found in words.groupby("doc", sort=False):
        tokens = list(found[COLUMNS].itertuples(index=False, name=None))
        rows += _merge(corpus.source(doc), tokens, spans.get(doc, []))
    return pd.DataFrame(rows, columns=COLUMNS)


def _outermost(units: pd.DataFrame) -> list[tuple[int, int, str | None]]:
    """Spans that lie in no other, in their order; of two that cross, the earlier one."""
    names = units["canonical"] if "canonical" in units else [None] * len(units)
    spans = [
        (int(start), int(end), None if pd.isna(name) else str(name))
        for start, end, name in zip(units["start"], units["end"], names, strict=True)
    ]
    kept: list[tuple[int, int, str | None]] = []
    for span in sorted(spans, key=lambda span: (span[0], -span[1], span[2] or "")):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _merge(source: str, tokens: list[Row], spans: list[tuple[int, int, str | None]]) -> list[Row]:
    pieces = [piece for token in tokens for piece in _split(source, token, spans)]
    merged: list[Row] = []
    ahead = iter([*spans, (len(source) + 1, len(source) + 1, None)])
    start, end, name = next(ahead)
    inside: list[Row] = []
    for piece in [*pieces, (None, len(source) + 1)]:
        while piece[1] >= end:
            if inside:
                merged.append(_unit(source, inside, name))
            inside = []
            start, end, name = next(ahead, (len(source) + 2, len(source) + 2, None))
        if piece[0] is not None:
            (inside if piece[1] >= start else merged).append(piece)
    return merged


def _unit(source: str, inside: list[Row], name: str | None) -> Row:
    doc, start, _, sentence, _, _ = inside[0]
    end = inside[-1][2]
    return doc, start, end, sentence, name or tx.clean(source[start:end]), "unit"


def _split(source: str, token: Row, spans: list[tuple[int, int, str | None]]) -> Iterator[Row]:
    """A token in the pieces into which the edges of spans cut it."""
    doc, start, end, sentence, text, tag = token
    cuts = sorted({edge for span in spans for edge in span[:2] if start < edge < end})
    if not cuts:
        yield token
        return
    for left, right in zip([start, *cuts], [*cuts, end], strict=True):
        text = source[left:right]
        left, right = left + len(text) - len(text.lstrip()), right - len(text) + len(text.rstrip())
        if left < right:
            yield doc, left, right, sentence, tx.clean(source[left:right]), tag
