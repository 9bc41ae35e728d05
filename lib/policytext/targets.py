"""What is promised: which outcome, how much at least or about, by when, how firmly, by whom."""

from collections.abc import Iterator
from itertools import chain

import pandas as pd

from policytext.annotate import Found, each_reading, mentions_of
from policytext.commitments import commitment_of, nature_of, strength_table
from policytext.corpus import Corpus
from policytext.deadlines import horizon_of
from policytext.horizons import Horizon
from policytext.indicators import indicator_of
from policytext.lexicon import Lexicon, default_lexicon
from policytext.numberless import find_numberless
from policytext.problems import LeftOut
from policytext.provenance import signed
from policytext.quantities import (
    QUANTITY_COLUMNS,
    QUANTITY_TYPES,
    RowTables,
    quantity_row,
    row_tables,
)
from policytext.reading import Reading

_ROW_COLUMNS = [
    *QUANTITY_COLUMNS,
    *("is_target", "target_kind", "commitment", "commitment_text", "bound", "strength", "nature"),
    *("horizon_text", "horizon_start", "horizon_end", "horizon_source"),
    *("commitment_at", "comparator_at", "horizon_at", "indicator", "actor", "measure"),
]
TARGET_COLUMNS = [
    *QUANTITY_COLUMNS,
    *("is_target", "target_kind", "indicator", "actor", "commitment", "commitment_text", "bound"),
    *("strength", "nature", "measure", "horizon_text", "horizon_start", "horizon_end"),
    *("horizon_source", "commitment_at", "comparator_at", "horizon_at"),
]
_BOUND = {
    ">": "floor",
    ">=": "floor",
    "<": "ceiling",
    "<=": "ceiling",
    "≈": "approximate",
    "range": "range",
}


def find_targets(corpus: Corpus, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """The quantities, dates and ranks that an actor promises.

    Args:
        corpus: The documents.
        lexicon: Cue words, units, indicators and the table ``strength``; the default if None.

    Returns:
        A span table, columns ``TARGET_COLUMNS``: those of `find_quantities`, then ``is_target``
        (a value or a date of its own that can be checked), ``target_kind`` (value, date, rank),
        ``indicator`` (its name in the lexicon's table, or the noun phrase around the number with
        widths folded), ``actor`` (the document's place), ``commitment`` (ensure, strive, plan,
        forecast, none) with ``commitment_text``, ``bound`` (floor, ceiling, approximate, point,
        range), ``strength`` (from both, by the table), ``nature`` (binding, expected, unstated),
        ``measure`` (change or level), the horizon as printed and as ISO dates with its source
        (sentence, previous, heading), and the offsets ``start:end`` of each part. The columns
        that end in ``text`` are as printed, without breaks.

    >>> from policytext import read_corpus
    >>> table = find_targets(read_corpus("data/wenzhou-2021").select(["ouhai"]))
    >>> row = table[table["text"] == "10万元"].iloc[0]
    >>> row["indicator"], row["comparator"], row["horizon_end"], row["commitment"], row["bound"]
    ('人均GDP', '>', '2025-12-31', 'strive', 'floor')
    """
    lexicon = lexicon or default_lexicon()
    places = dict(zip(corpus.documents["doc"], corpus.documents["place"], strict=True))
    tables, left = row_tables(lexicon), LeftOut("find_targets")

    def rows_of(doc: str, reading: Reading) -> list[tuple[object, ...]]:
        return [(doc, *cells, places[doc], how) for *cells, how in _rows(reading, lexicon, tables)]

    rows = chain.from_iterable(each_reading(corpus, lexicon, rows_of, left))
    table = pd.DataFrame(rows, columns=_ROW_COLUMNS)[TARGET_COLUMNS]
    table = signed(table.astype(QUANTITY_TYPES | {"is_target": bool}), lexicon)
    return left.record(table, corpus)


def _rows(reading: Reading, lexicon: Lexicon, tables: RowTables) -> Iterator[tuple[object, ...]]:
    """The rows of one document without doc and actor; the last cell is ``measure``."""
    above: tuple[int, str | None] = (-1, None)
    for found, kind in promises(reading, lexicon):
        indicator, measure = indicator_of(found, lexicon)
        if indicator is None and above[0] == found.place.line.start:
            indicator = above[1]  # 增长6.5%以上,力争7%
        above = (found.place.line.start, indicator)
        yield (*_row(found, kind, reading, lexicon, tables), indicator, measure)


def promises(reading: Reading, lexicon: Lexicon) -> list[tuple[Found, str]]:
    """The promises of one document with their ``target_kind``, in order."""
    numbered = [
        (found, _target_kind(found))
        for found in mentions_of(reading, lexicon)
        if found.verdict.status in ("target", "project_target")
    ]
    both = [*numbered, *find_numberless(reading, lexicon)]
    return sorted(both, key=lambda pair: pair[0].mention.start)


def _row(
    found: Found, kind: str, reading: Reading, lexicon: Lexicon, tables: RowTables
) -> tuple[object, ...]:
    commitment = commitment_of(found, reading)
    bound = bound_of_target(found, kind)
    horizon, source = horizon_of(found, reading)
    cue = commitment.cue
    return (
        *quantity_row(found, reading, tables),
        *(kind in ("value", "date"), kind, commitment.name),
        *(reading.joined.passage(cue.start, cue.end) if cue else None, bound),
        strength_table(lexicon).get((commitment.name, bound), "none"),
        nature_of(found, reading),
        *_horizon_cells(reading, horizon, source),
        _at(reading, cue.start, cue.end) if cue else None,
        _at(reading, found.bound.start, found.bound.end) if found.bound.end else None,
        _at(reading, horizon.start, horizon.end) if horizon and source != "heading" else None,
    )


def bound_of_target(found: Found, kind: str) -> str:
    """floor, ceiling, approximate, point or range; none for a target without a number."""
    if kind not in ("value", "date", "rank"):
        return "none"
    return _BOUND.get(found.bound.comparator or "=", "point")


def _horizon_cells(
    reading: Reading, horizon: Horizon | None, source: str | None
) -> tuple[object, ...]:
    if horizon is None:
        return (None, None, None, None)
    in_heading = source == "heading"
    words = horizon.text if in_heading else reading.joined.passage(horizon.start, horizon.end)
    return (words, horizon.first, horizon.last, source)


def _at(reading: Reading, start: int, end: int) -> str:
    return "{}:{}".format(*reading.joined.back(start, end))


def _target_kind(found: Found) -> str:
    if found.kind == "date":
        return "date"
    return "rank" if found.kind == "ordinal" else "value"
