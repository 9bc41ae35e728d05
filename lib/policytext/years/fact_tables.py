"""Read tables of facts from files: each cell is checked, a wrong one named with its fix."""

import datetime as dt
import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from policytext.corpus.days import is_date, last_year
from policytext.corpus.issues import CorpusError
from policytext.corpus.rows import read_rows
from policytext.lexicon.lexicon import Lexicon, default_lexicon
from policytext.lexicon.schema import LEVELS
from policytext.text.clean import fold
from policytext.years.facts import (
    COMMITMENTS,
    KINDS,
    NOTHING,
    ROLES,
    SHIPPED,
    outcome_table,
    same_figures,
    scales,
    target_table,
)
from policytext.years.intervals import BOUNDS, exact
from policytext.years.outcomes import BASES, PRICES, SAID, SPANS
from policytext.years.places import seat_of

_FIRST_YEAR, _BASE = 1900, 100  # the base of an index: 104 is 4 more than a year before
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_MEASURES = ("change", "level")
Cells = dict[str, Any]


def read_facts(path: str | Path = SHIPPED, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """Read and check a table of target facts, such as ``superior_targets.csv``.

    Args:
        path: Nothing for the collection's own table, from reports of four levels; or a table file
            (.csv, .xlsx …) with the columns place, year, indicator (or indicator_name), low, high;
            and, where they are known, parent, level, date, wording, comparator, commitment, unit,
            measure, source, doc, start, end. An end that is open, as of 5%以上, is left empty;
            without ``comparator`` the wording says it (左右, 以上, 力争).
        lexicon: Its tables of places, indicators, units and cues; the default if None.

    Returns:
        A table with the columns of `target_facts`.

    Raises:
        CorpusError: A column is missing, or a cell is empty that is needed, cannot be used, lies
            ahead in time or contradicts its row (9 beside 7%左右), or two rows say different things
            of one place, year and indicator; the message names file, row, column and fix.
    """
    lexicon = lexicon or default_lexicon()
    given = list(_rows(Path(path), ("place", "year", "indicator", "low", "high"), lexicon))
    rows = [_target(row) for row in given]
    _refuse_doubles(given, rows)
    return target_table(rows)


def read_outcomes(path: str | Path, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """Read and check a table of outcome facts, such as ``data/reference/outcome-facts.csv``.

    Args:
        path: A table file with the columns of `outcome_facts`; needed are place, report, year,
            indicator (or indicator_name), unit, measure, low, high and span.
        lexicon: Its tables of places, indicators and units; the default if None.

    Returns:
        A table with the columns of `outcome_facts`.

    Raises:
        CorpusError: As `read_facts`.
    """
    lexicon = lexicon or default_lexicon()
    needed = ("place", "report", "year", "indicator", "unit", "measure", "low", "high", "span")
    return outcome_table(_outcome(row) for row in _rows(Path(path), needed, lexicon))


# --- a row and its cells --------------------------------------------------------------------------


class _Row(NamedTuple):
    """A row of a file: its cells as texts, asked for one by one; a wrong one is an error."""

    where: str
    number: object
    cells: Mapping[str, str]
    lexicon: Lexicon

    def wrong(self, column: str, fix: str) -> CorpusError:
        """The error of one cell: where it stands, what it has, what to write."""
        cell = self.text(column)
        found = f"{cell!r} cannot be used" if cell else "the cell is empty"
        return CorpusError(f"{self.where}, {column}: {found}; {fix}")

    def text(self, column: str) -> str:
        return self.cells.get(column, "")

    def texts(self, *columns: str) -> Cells:
        return {column: self.text(column) for column in columns}

    def one_of(self, column: str, allowed: Collection[str], otherwise: str = "") -> str:
        """A word of a list; where the cell is empty another."""
        cell = self.text(column) or otherwise
        if cell and cell not in allowed:
            raise self.wrong(column, f"write one of {', '.join(allowed)}")
        return cell

    def number_in(self, column: str) -> float:
        """A number, not one of an empty cell."""
        try:
            number = float(self.text(column).removesuffix("%") or "nan")
        except ValueError:
            number = math.inf
        if math.isinf(number) or (math.isnan(number) and self.text(column)):
            raise self.wrong(column, "write digits with a point, or nothing where it is open")
        return number

    def ends(self) -> tuple[float, float]:
        """The two ends of an interval, the lower one first."""
        low, high = self.number_in("low"), self.number_in("high")
        if low > high:
            fix = f"it is greater than high ({self.text('high')}); turn them round"
            raise self.wrong("low", fix)
        return low, high

    def whole(self, column: str, least: int = 0, most: float = math.inf, fix: str = "") -> int:
        """A whole number, within bounds; 3.0 is one, as programs write it beside empty cells."""
        try:
            number = float(self.text(column))
        except ValueError:
            number = math.nan
        if not (number.is_integer() and least <= number <= most):
            raise self.wrong(column, fix or "write a whole number")
        return int(number)

    def year(self, column: str) -> int:
        year = self.whole(column, _FIRST_YEAR, 9999, "write its four digits: 2021")
        if year > last_year():
            raise self.wrong(column, "it lies ahead; write a year up to the next one")
        return year

    def date(self) -> str:
        """The day of a report, or its year."""
        date = self.text("date") or str(self.year("year"))
        if not is_date(date):
            raise self.wrong("date", "write 2021, 2021-03 or 2021-03-05")
        if len(date) > len("2021") and date > dt.date.today().isoformat():
            raise self.wrong("date", "it lies ahead; write the day on which the report was given")
        if int(self.text("year")[:4]) - int(date[:4]) not in (0, 1):  # some are given in December
            raise self.wrong("date", f"the row is of {self.text('year')}; write a day of that year")
        return date

    def offsets(self, start: str, end: str) -> Cells:
        """Where a passage begins and ends; neither or both are given."""
        if not (self.text(start) or self.text(end)):
            return {start: None, end: None}
        begin = self.whole(start)
        return {start: begin, end: self.whole(end, begin, fix="write an offset from start on")}

    def place(self) -> Cells:
        """A place by its full name, with its level and the place above it."""
        level, parent = self.one_of("level", LEVELS), self.text("parent")
        if not self.text("place"):
            raise self.wrong("place", "write the name of the place that the report is of")
        seat = seat_of(self.text("place"), level or None, self.lexicon)
        # Provinces are all known; of a district a name may be missing or twice there.
        if seat.problem and level in LEVELS[:2]:
            raise self.wrong("place", f"{seat.problem}; write its full name: 广东省")
        if seat.problem and not parent:
            raise self.wrong("place", f"{seat.problem}; fill the columns parent and level")
        if level and level != seat_of(self.text("place"), None, self.lexicon).level != "":
            raise self.wrong("level", f"{seat.name} is {seat.level}; write that, or nothing")
        above = seat_of(parent, None, self.lexicon).name if parent else seat.parent
        if above != seat.parent and not seat.problem:
            fix = f"{seat.name} is in {seat.parent or 'no other'}; write that, or nothing"
            raise self.wrong("parent", fix)
        return {"place": seat.name, "level": seat.level, "parent": above}

    def indicator(self) -> str:
        """The canonical name of an indicator."""
        names = _names(self.lexicon)
        if self.text("indicator") not in names:
            raise self.wrong("indicator", "write a name of indicators.csv")
        return names[self.text("indicator")]

    def unit(self, allowed: Collection[str]) -> str:
        """A unit of those that are named, else of the lexicon."""
        unit = self.text("unit")
        if unit and unit not in (allowed or _units(self.lexicon)):
            named = f"write {' or '.join(allowed)}" if allowed else "write % or a unit of units.csv"
            raise self.wrong("unit", named)
        return unit


def _rows(path: Path, needed: Iterable[str], lexicon: Lexicon) -> Iterator[_Row]:
    """The rows of a file; ``indicator_name`` is another name of ``indicator``."""
    table = read_rows(path)
    renamed = {} if "indicator" in table.header else {"indicator_name": "indicator"}
    header = [renamed.get(name, name) for name in table.header]
    if missing := [name for name in needed if name not in header]:
        raise CorpusError(f"{path.name}: no column {missing[0]}; add it to the header")
    for number, cells in table.rows.items():
        texts = {renamed.get(name, name): _text(cell) for name, cell in cells.items()}
        yield _Row(f"{path.name}, row {number}", number, texts, lexicon)


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell).strip()


@lru_cache(maxsize=4)
def _names(lexicon: Lexicon) -> dict[str, str]:
    """The canonical name of each name of an indicator."""
    table = lexicon["indicators"]
    return dict(zip(table["name"], table["indicator"], strict=True))


@lru_cache(maxsize=4)
def _units(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(lexicon["units"]["unit"])


# --- targets --------------------------------------------------------------------------------------


def _target(row: _Row) -> Cells:
    """One row of a file as a fact of a target, checked."""
    fact = {
        **row.place(),
        **{"year": row.year("year"), "date": row.date()},
        **{"role": row.one_of("role", ROLES, "headline")},
        **row.texts("date_basis", "wording", "flag", "horizon_end", "doc", "source"),
        **row.offsets("start", "end"),
    }
    if fact["horizon_end"] and not is_date(fact["horizon_end"]):
        raise row.wrong("horizon_end", "write the day on which the goal is due: 2025-12-31")
    # The row of a report in which there is nothing has no more.
    return fact if fact["role"] in NOTHING else {**fact, **_measured(row)}


def _measured(row: _Row) -> Cells:
    """What one row says of an indicator, checked."""
    name, (low, high) = row.indicator(), row.ends()
    headline = [unit for one, unit in scales(row.lexicon) if one == name]
    unit = row.unit(headline) or next(iter(headline), "")
    scale = scales(row.lexicon).get((name, unit))
    kind = "reference" if math.isnan(low) and math.isnan(high) else "value"
    if kind == "reference" and not row.text("wording"):
        raise row.wrong("low", "write the figure, or what the target is measured by as wording")
    comparator = row.one_of("comparator", BOUNDS) or _comparator(row, low, high)
    _agrees(row, unit, comparator, scale.most if scale else math.inf)
    return {
        **{"indicator_name": name, "unit": unit, "low": low, "high": high},
        "measure": row.one_of("measure", _MEASURES, scale.measure if scale else ""),
        "comparator": comparator,
        "commitment": row.one_of("commitment", COMMITMENTS) or _commitment(row),
        "kind": row.one_of("kind", KINDS, kind),
    }


def _agrees(row: _Row, unit: str, comparator: str, most: float) -> None:
    """Refuse figures that are not those of the wording, or bound the other side."""
    figures = [float(digits) for digits in _FIGURE.findall(fold(row.text("wording")))]
    for column in ("low", "high"):
        value = abs(row.number_in(column))
        if value > most:
            fix = "of an index write what it changes by: 4 for 104" if value > _BASE else "it is"
            raise row.wrong(column, f"{fix}; a value above {most:g} is none of this indicator")
        known = math.isnan(value) or unit != "%" or not figures
        if not known and value not in {*figures, *(exact(one - _BASE) for one in figures)}:
            raise row.wrong(column, f"the wording is {row.text('wording')}; write its figure")
    sides = {value[0] for value in _cues(row, ("before", "after")) if value[0] in "<>"}
    if comparator[:1] in ("<", ">") and sides == {"<>".replace(comparator[0], "")}:
        column = "comparator" if row.text("comparator") else "high" if comparator == "<=" else "low"
        one, other = ("at most", "high") if "<" in sides else ("at least", "low")
        fix = f"the wording {row.text('wording')} says {one}; write the figure in {other} alone"
        raise row.wrong(column, fix)


def _comparator(row: _Row, low: float, high: float) -> str:
    """The comparator of the open ends of a row and of its wording."""
    if math.isnan(low):
        return "" if math.isnan(high) else "<="
    if math.isnan(high):
        return ">="
    if low < high:
        return "range"
    return "≈" if "≈" in _cues(row, ("before", "after")) else "="


def _commitment(row: _Row) -> str:
    return next(iter(_cues(row, ("commitment",))), "none")


def _cues(row: _Row, roles: tuple[str, ...]) -> list[str]:
    """What the cue words of some roles in a wording say: 左右 says ≈."""
    wording = row.text("wording")
    return [value for cue, value in _cue_words(roles, row.lexicon) if cue in wording]


@lru_cache(maxsize=8)
def _cue_words(roles: tuple[str, ...], lexicon: Lexicon) -> list[tuple[str, str]]:
    """The cue words of some roles with what they say."""
    table = lexicon["cues"]
    table = table[table["role"].isin(roles)]
    return list(zip(table["cue"], table["value"], strict=True))


_ONE = ("place", "parent", "year", "indicator_name", "unit", "doc")


def _refuse_doubles(given: Iterable[_Row], rows: Iterable[Cells]) -> None:
    """Two headlines of one place, year and indicator that say different things are an error."""
    seen: dict[tuple[Any, ...], tuple[_Row, Cells]] = {}
    for row, fact in zip(given, rows, strict=True):
        if fact["role"] != "headline":
            continue
        before, other = seen.setdefault(tuple(fact[name] for name in _ONE), (row, fact))
        if not same_figures(fact, other):
            raise CorpusError(
                f"{row.where.split(', row ')[0]}, rows {before.number} and {row.number}: two "
                f"targets of {fact['place']} for {fact['indicator_name']} in {fact['year']}; keep "
                f"one, or write another role than headline ({', '.join(ROLES)})"
            )


# --- outcomes -------------------------------------------------------------------------------------


def _outcome(row: _Row) -> Cells:
    """One row of a file as a fact of an outcome, checked."""
    name, (low, high) = row.indicator(), row.ends()
    if not (math.isnan(low) and math.isnan(high)):
        if not row.text("measure"):
            raise row.wrong("measure", "write change or level")
        # 千亿 without a unit is laid beside nothing, but a rate beside its target.
        promised = {scale.measure for (one, _), scale in scales(row.lexicon).items() if one == name}
        if row.text("measure") in promised and not row.text("unit"):
            raise row.wrong("unit", "write % or a unit of units.csv")
    if not row.text("span"):
        raise row.wrong("span", f"write one of {', '.join(SPANS)}")
    words = {
        "measure": _MEASURES, "comparator": BOUNDS, "span": SPANS, "basis": BASES,
        "price": PRICES, "said": SAID,
    }  # fmt: skip
    return {
        **row.place(),
        **{name: row.year(name) for name in ("report", "year")},
        **{"indicator_name": name, "unit": row.unit(()), "low": low, "high": high},
        **{name: row.one_of(name, allowed) for name, allowed in words.items()},
        **row.texts("wording", "doc"),
        **{"said_gap": row.number_in("said_gap")},
        **row.offsets("start", "end"),
        **row.offsets("said_start", "said_end"),
    }
