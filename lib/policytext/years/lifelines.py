"""The life of a formula in each place: from when to when, with what gaps, and who had it first."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import pandas as pd

from policytext.corpus.issues import SelectionError
from policytext.lexicon.schema import LEVELS
from policytext.showing import tabled

LINES = "form place level first last after before began ended reports absent missing".split()
LINES += "mentions quoted copied only_copied doc start end".split()
STRIPS = "form place level year state mentions quoted copied doc start end".split()
FIRSTS = "form level place first date order lag_low lag_high censored doc start end".split()
_NO_YEAR = pd.NA
# Types hold where nothing was found, too.
_COUNTS = dict.fromkeys("first last reports mentions only_copied start end".split(), "int64")
_COUNTS |= {"after": "Int64", "before": "Int64", "quoted": "float64", "copied": "float64"}
# Where a report is not there, nothing is known of its year.
SAID, COPIED, NOT_SAID, UNOBSERVED = "said", "copied", "not said", "no report"


@tabled
def lifelines(counts: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """Lay the years in which each place says a formula on a line between those it has reports of.

    Args:
        counts: The table of `by_year`, or one of facts with its columns.
        reports: The table of `reports_of`: a year without a report is unobserved.

    Returns:
        A row per formula and place that says it: form, place, level; first and last (years);
        after and before (the nearest years with a report that does not say it, missing where there
        is none); began and ended ("known", where a report of the year next to it lacks the
        formula; "gap", where the reports between are missing; "censored", where the place's
        reports begin or end with it); reports (years that say it); absent (years between with a
        report that does not), missing (years between without one); mentions; quoted and copied
        (shares of them); only_copied (years in which every mention is copied from the year
        before); doc, start and end of the first mention.

    Raises:
        SelectionError: A row of ``counts`` is of a place and year of which there is no report, or
            a cell is no number; the message names it.
    """
    observed = _observed(counts, reports)
    rows = [
        _line(form, place, rows.sort_values("year"), observed[place])
        for (form, place), rows in counts.groupby(["form", "place"], sort=False)
    ]
    table = pd.DataFrame(rows, columns=LINES).astype(_COUNTS)
    order = table.sort_values(["form", "first", "place"], ignore_index=True)
    order.attrs["notes"] = list(reports.attrs.get("notes", []))
    return order


def strips(
    counts: pd.DataFrame, reports: pd.DataFrame, forms: Iterable[str] | None = None
) -> pd.DataFrame:
    """Say of every year of each place whether its report says a formula.

    Args:
        counts: The table of `by_year`.
        reports: The table of `reports_of`.
        forms: Which formulae, in this order; all of the table if None.

    Returns:
        A row per formula, place and year, from the place's first report to its last: form, place,
        level, year, state (said; copied: every mention stands in a sentence of the year before;
        not said; no report), mentions, quoted and copied (counts), doc, start and end of the
        first mention. Places that never say it have a strip as well.

    Raises:
        SelectionError: As `lifelines` does, or a formula of ``forms`` is not in ``counts``.
    """
    observed = _observed(counts, reports)
    said = counts.set_index(["form", "place", "year"])[STRIPS[5:]]
    levels = reports.drop_duplicates("place").set_index("place")["level"]
    rows = [
        (form, place, levels[place], year, *_state(said, (form, place, year), years))
        for form in _named(forms, counts)
        for place, years in observed.items()
        for year in range(years[0], years[-1] + 1)
    ]
    return pd.DataFrame(rows, columns=STRIPS)


@tabled
def first_users(lines: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """Say who had a formula first, and how many months each level was behind the nation.

    Args:
        lines: The table of `lifelines`.
        reports: The table of `reports_of`; its dates say how near a lag can be known.

    Returns:
        A row per formula and level that says it, its first place (those of one date together):
        form, level, place, first (year), date (as much as is known), order (1 for whose report is
        the earliest, shared where dates do not decide it), lag_low and lag_high (months behind the
        first national report that says it, negative where it was ahead; from the earliest to the
        latest that dates and missing reports allow; missing where nothing bounds it), censored
        (whether the place's reports begin with it, so that it may be older there), doc, start and
        end.
    """
    dated = lines.merge(reports[["doc", "date"]], on="doc", how="left")
    rows: list[tuple[object, ...]] = []
    for form, own in dated.groupby("form", sort=False):
        firsts = [_first(level, own[own["level"] == level]) for level in LEVELS]
        known = [one for one in firsts if one]
        nation = next((one for one in known if one.level == LEVELS[0]), None)
        rows += [(form, *one.cells(known, nation)) for one in known]
    table = pd.DataFrame(rows, columns=FIRSTS)
    return table.astype({"lag_low": "Int64", "lag_high": "Int64"})


# --- one line -------------------------------------------------------------------------------------


def _observed(counts: pd.DataFrame, reports: pd.DataFrame) -> dict[str, list[int]]:
    """The years of each place's reports, which the counts must lie in."""
    for name, table in (("counts", counts), ("reports", reports)):
        years = pd.to_numeric(table["year"], errors="coerce")
        for at in table.index[years.isna()]:
            cell = table.loc[at, "year"]
            raise SelectionError(f"{name}, row {at}: year {cell!r} is no year; write it as 2021")
    known = set(zip(reports["place"], reports["year"].astype(int), strict=True))
    for place, year, doc in zip(counts["place"], counts["year"], counts["doc"], strict=True):
        if (place, int(year)) not in known:
            raise SelectionError(
                f"{place} {year} ({doc}): no such report in the table of reports; add it there"
            )
    groups = reports.groupby("place", sort=False)["year"]
    return {str(place): sorted({int(year) for year in years}) for place, years in groups}


def _line(
    form: object, place: object, rows: pd.DataFrame, observed: list[int]
) -> tuple[object, ...]:
    said = set(rows["year"].astype(int))
    first, last = min(said), max(said)
    between = range(first, last + 1)
    after = max((year for year in observed if year < first), default=_NO_YEAR)
    before = min((year for year in observed if year > last), default=_NO_YEAR)
    total = int(rows["mentions"].sum())
    years = (
        _edge(first, after),
        _edge(last, before),
        len(said),
        "、".join(str(year) for year in between if year in observed and year not in said),
        "、".join(str(year) for year in between if year not in observed),
    )
    shares = (rows["quoted"].sum() / total, rows["copied"].sum() / total)
    only = int((rows["copied"] == rows["mentions"]).sum())
    head = rows.iloc[0]
    found = (head["level"], first, last, after, before, *years, total, *shares, only)
    return (form, place, *found, head["doc"], head["start"], head["end"])


def _edge(year: int, beyond: object) -> str:
    """How well the first or last year is known, by the nearest report beyond it."""
    if not isinstance(beyond, int):
        return "censored"
    return "known" if abs(year - beyond) == 1 else "gap"


def _named(forms: Iterable[str] | None, counts: pd.DataFrame) -> list[str]:
    listed = list(dict.fromkeys(counts["form"]))
    wanted = listed if forms is None else list(forms)
    unknown = [form for form in wanted if form not in listed]
    if unknown:
        raise SelectionError(f"no report says {unknown[0]!r}; look for it with attestations first")
    return wanted


def _state(
    said: pd.DataFrame, key: tuple[str, str, int], observed: list[int]
) -> tuple[object, ...]:
    if key in said.index:
        cells = tuple(said.loc[key])
        return (COPIED if cells[2] == cells[0] else SAID, *cells)
    state = NOT_SAID if key[2] in observed else UNOBSERVED
    return (state, 0, 0, 0, None, _NO_YEAR, _NO_YEAR)


# --- who had it first -----------------------------------------------------------------------------


class _First(NamedTuple):
    """The first users of a level; ``low`` and ``high``: months between which it began there."""

    level: str
    places: str
    year: int
    date: str
    low: int | None
    high: int
    earliest: int  # the months that the report itself can be of
    row: Mapping[str, object]

    def cells(self, others: list["_First"], nation: "_First | None") -> Iterator[object]:
        """What the table says of it beside the others."""
        ahead = sum(other.high < self.earliest for other in others)
        yield from (self.level, self.places, self.year, self.date, ahead + 1)
        yield from _lag(self, nation)
        yield from (self.low is None, *(self.row[name] for name in ("doc", "start", "end")))


def _lag(one: _First, nation: _First | None) -> tuple[object, object]:
    """Months behind the nation, from the least to the most that are possible."""
    if nation is None or one is nation:
        return (_NO_YEAR, _NO_YEAR) if nation is None else (0, 0)
    least = _NO_YEAR if one.low is None else one.low - nation.high
    most = _NO_YEAR if nation.low is None else one.high - nation.low
    return least, most


def _first(level: str, rows: pd.DataFrame) -> _First | None:
    if rows.empty:
        return None
    months = [_months(row) for row in rows.to_dict("records")]
    earliest = min(months, key=lambda span: span[1])
    at = [number for number, span in enumerate(months) if span == earliest]
    row = rows.iloc[at[0]]
    places = "、".join(rows.iloc[at]["place"])
    # A place that is not among the first here may be, before its reports begin or in a gap.
    lows = [_since(one, span) for one, span in zip(rows.itertuples(), months, strict=True)]
    low = None if None in lows else min(one for one in lows if one is not None)
    return _First(
        level, places, int(row["first"]), str(row["date"]), low, earliest[1], earliest[0], row
    )


def _since(row: Any, span: tuple[int, int]) -> int | None:
    """The month since when a place may say it; None where nothing bounds it."""
    if row.began == "censored":
        return None
    return 12 * (int(row.after) + 1) if row.began == "gap" else span[0]


def _months(row: Mapping[str, object]) -> tuple[int, int]:
    """The first and last month that the date of a report allows, counted from year 0."""
    year, date = int(str(row["first"])), str(row["date"])
    if len(date) >= 7 and date[:4] == str(year):
        month = 12 * year + int(date[5:7]) - 1
        return month, month
    return 12 * year, 12 * year + 11
