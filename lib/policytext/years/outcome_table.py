"""Outcomes of headline indicators as a table of facts: found in texts, or read from a file."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from policytext.corpus.corpus import Corpus
from policytext.corpus.issues import CorpusError
from policytext.corpus.rows import read_rows
from policytext.lexicon.lexicon import Lexicon, default_lexicon
from policytext.years.facts import report_places, scales
from policytext.years.intervals import DECIMALS
from policytext.years.outcomes import find_outcomes

OUTCOME_FACT_COLUMNS = """
    place level parent report indicator_name measure unit low high comparator wording year span
    basis price said said_gap said_start said_end doc start end
""".split()
SPANS = (
    "year", "average of years", "several years", "part of a year", "no number",
)  # fmt: skip
_WHOLE = ("report", "year", "said_start", "said_end", "start", "end")
_INDEX, _BASE = "指数", 100
Cells = dict[str, Any]


def outcome_facts(
    corpus: Corpus, outcomes: pd.DataFrame | None = None, lexicon: Lexicon | None = None
) -> pd.DataFrame:
    """What each report says of the headline indicators, as a table that needs no text.

    Args:
        corpus: Reports with place and year.
        outcomes: What `find_outcomes` found in it; found again if None.
        lexicon: Its tables ``indicator_scales`` and ``places``; the default if None.

    Returns:
        A span table, columns ``OUTCOME_FACT_COLUMNS``: place, level and parent by their full
        names; ``report``, the year of the report; ``low`` and ``high`` as printed (an end is
        missing where 以上 leaves it open, both where no number stands), an index less 100;
        ``wording`` as printed; the ``year`` of the outcome and the rest as `find_outcomes` has it.

    Raises:
        CorpusError: No document has a place and a year.
    """
    lexicon = lexicon or default_lexicon()
    outcomes = find_outcomes(corpus, lexicon) if outcomes is None else outcomes
    reports = report_places(corpus, lexicon)
    known = {name for name, _ in scales(lexicon)}
    rows = [
        _outcome_fact(row, reports[row["doc"]])
        for row in outcomes.to_dict("records")
        if row["doc"] in reports and row["indicator_name"] in known
    ]
    table = pd.DataFrame(rows, columns=OUTCOME_FACT_COLUMNS)
    return table.astype(dict.fromkeys(_WHOLE, "Int64"))


def _outcome_fact(row: Cells, report: Mapping[str, Any]) -> Cells:
    """A row of `find_outcomes` with its place; a price index of 103 is a rise of 3 %."""
    value, top, comparator = row["value"], row["value_max"], row["comparator"]
    is_index = row["indicator_name"].endswith(_INDEX)
    off = _BASE if is_index and not pd.isna(value) and value > _BASE / 2 else 0
    ends = value, (value if pd.isna(top) else top)
    low, high = (round(end - off, DECIMALS) for end in ends)
    return {
        **{name: report[name] for name in ("place", "level", "parent")},
        **{name: row[name] for name in OUTCOME_FACT_COLUMNS if name in row},
        **{"report": report["year"], "wording": row["text"]},
        **{"measure": "change" if is_index else row["measure"]},
        **{"unit": "%" if is_index else row["unit"]},
        **{"low": math.nan if comparator in ("<", "<=") else low},
        **{"high": math.nan if comparator in (">", ">=") else high},
    }


def read_outcomes(path: str | Path) -> pd.DataFrame:
    """Read and check a table of outcome facts, such as ``data/reference/outcome-facts.csv``.

    Args:
        path: A table file with the columns of `outcome_facts`; needed are place, report, year,
            indicator_name, unit, measure, low, high and span.

    Raises:
        CorpusError: A column is missing or a cell cannot be used; it names row, column and fix.
    """
    table = read_rows(Path(path))
    needed = "place report indicator_name unit measure low high year span".split()
    if missing := [name for name in needed if name not in table.header]:
        raise CorpusError(f"{Path(path).name}: no column {missing[0]}; add it to the header")
    rows = []
    for number, cells in table.rows.items():
        row = {name: str(cell).strip() for name, cell in cells.items() if cell is not None}
        rows.append(_read(f"{Path(path).name}, row {number}", row))
    frame = pd.DataFrame(rows, columns=OUTCOME_FACT_COLUMNS)
    return frame.astype(dict.fromkeys(_WHOLE, "Int64"))


def _read(where: str, cells: dict[str, str]) -> Cells:
    """One row with its numbers as numbers."""
    row: Cells = {name: cells.get(name) or None for name in OUTCOME_FACT_COLUMNS}
    for name in (*_WHOLE, "low", "high", "said_gap"):
        try:
            row[name] = float(row[name]) if row[name] else math.nan
        except ValueError:
            raise CorpusError(
                f"{where}, {name}: {row[name]!r} is no number; write digits"
            ) from None
    row |= {name: None if math.isnan(row[name]) else int(row[name]) for name in _WHOLE}
    if row["span"] not in SPANS:
        raise CorpusError(f"{where}, span: {row['span']!r}; write one of {', '.join(SPANS)}")
    if row["low"] > row["high"]:
        raise CorpusError(f"{where}, low: {row['low']:g} is greater than high; turn them round")
    return row
