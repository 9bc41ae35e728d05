"""Figures of the ledger: what was promised and delivered, year by year; a grid of verdicts."""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import MaxNLocator

from policytext.charts.page import (
    BLUE,
    GREY,
    INK,
    LIGHT_GREY,
    ORANGE,
    SMALL,
    foot,
    head,
    in_language,
    is_narrow,
    key,
    name_axis,
    name_of_indicator,
    name_panel,
    needs,
    page,
    row_names,
    said,
    words,
    year_ticks,
)
from policytext.charts.page import panels as grid
from policytext.charts.saving import Chart, drawn

# What became of a promise is the shade of a dot.
OUTCOMES = {
    "kept": (BLUE, ("exceeded", "met", "under")),
    "near": ("#56B4E9", ("within tolerance",)),
    "missed": (ORANGE, ("missed",)),
}
_SHADES = {verdict: shade for shade, those in OUTCOMES.values() for verdict in those}
# What was promised is a hollow mark whose shape is the bound, so that nothing needs colour.
_BOUNDS = {"=": "point", "≈": "approximate", "range": "range"} | dict.fromkeys((">", ">="), "floor")
_BOUNDS |= dict.fromkeys(("<", "<="), "ceiling")
_SHAPES: dict[str, dict[str, Any]] = {
    "point": {"marker": "_", "ms": 6.5, "mew": 1.5},
    "approximate": {"marker": "o", "ms": 5.4},
    "floor": {"marker": "^", "ms": 5.4},
    "ceiling": {"marker": "v", "ms": 5.4},
    "range": {"marker": [(-1, -2), (1, -2), (1, 2), (-1, 2), (-1, -2)], "ms": 7.5},
}
_CROSS: dict[str, Any] = {"marker": "x", "color": INK, "ms": 4.2, "mew": 1.0, "ls": ""}
# Years without a promise that has a number, and years without a report.
_GAPS: dict[str, dict[str, Any]] = {
    "nothing": {"fc": "#ececec", "lw": 0},
    "missing": {"fc": "white", "ec": "#dcdcdc", "hatch": "//////", "lw": 0},
}
_LEVELS = ("central", "provincial", "prefectural", "county", "township")


@drawn
def dumbbells(
    ledger: pd.DataFrame,
    indicator: str = "GDP",
    max_places: int = 8,
    reports: pd.DataFrame | None = None,
) -> Chart | None:
    """Promise and outcome of one indicator, a panel a place, a pair of marks a year.

    Args:
        ledger: What `years.ledger_of` returns.
        indicator: Which one; promises for a year that have a number are drawn.
        max_places: How many places, the highest level first, then those with the most promises.
        reports: Columns place and year: what reports there are, such as the facts that the ledger
            is made of. Without it a year without a report is not told from one without a promise.

    Returns:
        The chart, or None where no place promises the indicator.
    """
    rows = ledger[ledger["indicator_name"].eq(indicator) & ledger["span"].eq("year")]
    rows = rows[rows["low"].notna() | rows["high"].notna()]
    shown = _places(rows)[:max_places]
    if not shown:
        return None
    rows = rows[rows["place"].isin(shown)].reset_index(drop=True)
    across, there = 1 if is_narrow() else 2, _years_of(reports)
    deep = -(-len(shown) // across)
    fig, axes = grid(len(shown), 1.1 * deep + 3.1 if is_narrow() else 1.4 * deep + 1.5, across)
    gaps = set()
    for ax, place in zip(axes.flat, shown, strict=False):
        part = rows[rows["place"] == place]
        _pairs(ax, part)
        gaps |= _shade_gaps(ax, set(part["year"]), there.get(place))
        name_panel(ax, place, 1 / across - 0.08)
    named = name_of_indicator(indicator)
    head(fig, "dumbbells", indicator=named)
    name_axis(axes[-1, 0], "dumbbells", 1 / across)
    key(fig, *_marks_of(rows, gaps))
    return Chart.of(fig, rows, "dumbbells", indicator=named, **_counts(rows, len(shown)))


def _years_of(reports: pd.DataFrame | None) -> dict[str, set[int]]:
    """The years of which there is a report, by place."""
    if reports is None:
        return {}
    return {str(place): set(part["year"].astype(int)) for place, part in reports.groupby("place")}


def _places(rows: pd.DataFrame) -> list[str]:
    """The places, from the highest level down, of one level those with most rows first."""
    table = rows.groupby("place").agg(level=("level", "first"), rows=("year", "size"))
    order = table["level"].map(lambda level: _LEVELS.index(level) if level in _LEVELS else 9)
    return list(
        table.assign(order=order)
        .sort_values(["order", "rows"], ascending=[True, False], kind="stable")
        .index
    )


def _counts(rows: pd.DataFrame, places: int) -> dict[str, Any]:
    """What a caption says: how many of which verdict."""
    found = rows["verdict"].value_counts()
    names = {name: those for name, (_, those) in OUTCOMES.items()}
    names |= {"silent": ("not reported",), "open": ("not joinable",), "other": ("not comparable",)}
    counts = {key: int(found.reindex(those).sum()) for key, those in names.items()}
    return {"places": places, **counts}


def _pairs(ax: Axes, rows: pd.DataFrame) -> None:
    """One panel: years to the right, percent upwards."""
    width = 0.02 * (rows["year"].max() - rows["year"].min() + 1.4)
    for row in rows.itertuples():
        low = row.high if pd.isna(row.low) else row.low
        high = row.low if pd.isna(row.high) else row.high
        bound = "range" if high > low else _BOUNDS.get(row.comparator, "point")
        if bound == "range":
            ink = _ink(row.verdict)
            ax.bar(row.year, high - low, width, low, fc="white", ec=ink, lw=1.0, zorder=2)
        else:
            ax.plot(row.year, low, **_promise(bound, _ink(row.verdict)))
        if row.verdict in _SHADES:
            shade = _SHADES[row.verdict]
            end = row.outcome_low if pd.notna(row.outcome_low) else row.outcome_high
            ax.plot([row.year] * 2, [min(max(end, low), high), end], color=shade, lw=1.4)
            ax.plot(row.year, end, **_outcome(shade))
        if row.verdict == "not reported":
            ax.plot(row.year, high, **_CROSS, zorder=4)
    year_ticks(ax, rows["year"], 5)
    ax.margins(y=0.16)
    ax.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    ax.grid(True, axis="y")


def _ink(verdict: str) -> str:
    """Grey where there is no outcome to lay beside a promise."""
    return INK if verdict in _SHADES else GREY


def _promise(bound: str, ink: str = INK) -> dict[str, Any]:
    return {"mfc": "white", "mec": ink, "mew": 1.0, "ls": "", "zorder": 2, **_SHAPES[bound]}


def _outcome(shade: str) -> dict[str, Any]:
    return {"marker": "o", "color": shade, "ms": 4.6, "ls": "", "zorder": 3}


def _shade_gaps(ax: Axes, years: set[int], reports: set[int] | None) -> set[str]:
    """Shade or hatch the years between the first and the last that have no mark; which of both."""
    drawn, span = set(), range(min(years), max(years) + 1)
    for year in set(span) - years:
        kind = "nothing" if reports is None or year in reports else "missing"
        ax.axvspan(year - 0.5, year + 0.5, **_GAPS[kind], zorder=0)
        drawn.add(kind)
    ax.set_xlim(span[0] - 0.7, span[-1] + 0.7)
    return drawn


def _marks_of(rows: pd.DataFrame, gaps: set[str]) -> Iterator[list[tuple[Any, Sequence[str]]]]:
    """What is drawn and what it means: promises, outcomes, and where one of both is missing."""
    named, bounds = words()["labels"]["marks_of_ledger"], words()["labels"]["bounds"]
    there, ranges = set(rows["verdict"]), rows["high"] > rows["low"]
    drawn = set(rows["comparator"].map(_BOUNDS).fillna("point").mask(ranges, "range"))
    shapes = [(Line2D([], [], **_promise(one)), bounds[one]) for one in _SHAPES if one in drawn]
    yield [(None, named["promised"]), *shapes]
    dots = {one: _outcome(shade) for one, (shade, of) in OUTCOMES.items() if there & {*of}}
    yield [(None, named["delivered"]), *((Line2D([], [], **dots[one]), named[one]) for one in dots)]
    ring, cross = Line2D([], [], **_promise("approximate", GREY)), Line2D([], [], **_CROSS)
    lacking: dict[str, Any] = {"silent": (ring, cross)} if "not reported" in there else {}
    lacking |= {"open": ring} if there - set(_SHADES) - {"not reported"} else {}
    lacking |= {kind: Patch(**_GAPS[kind]) for kind in _GAPS if kind in gaps}
    yield [(None, named["lacking"]), *((mark, named[one]) for one, mark in lacking.items())]


# --- the grid ---------------------------------------------------------------------------------

# A verdict is a shade and a sign, so that nothing needs colour.
_CELLS = {
    "exceeded": (BLUE, "white", "+"),
    "under": (BLUE, "white", "−"),
    "met": ("#56B4E9", INK, "="),
    "within tolerance": ("#cfe8f6", INK, "≈"),
    "missed": (ORANGE, "white", "×"),
    "not reported": ("#dddddd", INK, "?"),
    "not comparable": ("white", INK, "≠"),
    "not joinable": ("white", GREY, "…"),
}


@drawn
def verdict_grid(
    ledger: pd.DataFrame, max_places: int = 3, reports: pd.DataFrame | None = None
) -> Chart | None:
    """A cell for each promise of a year: rows indicators, columns years, a panel a place.

    Args:
        ledger: What `years.ledger_of` returns.
        max_places: How many places, the highest level first, then those with the most promises.
        reports: Columns place and year: what reports there are, such as the facts that the ledger
            is made of. Without it a year of a place without any promise counts as one without a
            report.

    Returns:
        The chart, or None where the ledger is empty.
    """
    rows = ledger[ledger["span"].eq("year")]
    shown = _places(rows)[:max_places]
    if not shown:
        return None
    rows = rows[rows["place"].isin(shown)].reset_index(drop=True)
    years = range(int(rows["year"].min()), int(rows["year"].max()) + 1)
    needs(1.6 + 0.13 * len(years), "verdict_grid")
    parts = [rows[rows["place"] == place] for place in shown]
    sizes = [part["indicator_name"].nunique() for part in parts]
    ratios = {"height_ratios": [size + 0.8 for size in sizes]}
    height = 0.175 * sum(sizes) + 0.45 * len(shown) + 1.3
    fig, axes = grid(len(shown), height, sharex=True, gridspec_kw=ratios)
    there = _years_of(rows if reports is None else reports)
    missing = {place: set(years) - there.get(place, set()) for place in shown}
    for ax, place, part in zip(axes.flat, shown, parts, strict=True):
        _cells(ax, part)
        for year in missing[place]:
            ax.axvspan(year - 0.5, year + 0.5, **_GAPS["missing"], zorder=0)
        ax.set_title(place)
        ax.set_xlim(years[0] - 0.6, years[-1] + 0.6)
        year_ticks(ax, years, 10)
    head(fig, "verdict_grid")
    without = sum(map(len, missing.values()))
    hatched = [said("verdict_grid", "missing")] if without else []
    foot(fig, "verdict_grid", [*_cell_signs(rows), *hatched])
    counts = _counts(rows, len(shown))
    return Chart.of(fig, rows, "verdict_grid", missing=without, **counts)


def _cells(ax: Axes, rows: pd.DataFrame) -> None:
    """The cells of one place, the indicators with the most promises first."""
    names = list(rows["indicator_name"].value_counts(sort=True).index)
    for row in rows.itertuples():
        y = names.index(row.indicator_name)
        shade, ink, sign = _CELLS[row.verdict]
        edge = LIGHT_GREY if shade == "white" else shade
        box = Rectangle((row.year - 0.46, y - 0.42), 0.92, 0.84, fc=shade, ec=edge, lw=0.6)
        ax.add_patch(box)
        ax.text(row.year, y, sign, color=ink, ha="center", va="center_baseline", size=SMALL)
    # Two languages would need two lines a row.
    told = [name_of_indicator(name)[page().language == "en"] for name in names]
    ax.set_yticks(range(len(names)), row_names(told, 0.3))
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0)


def _cell_signs(rows: pd.DataFrame) -> Sequence[str]:
    there = set(rows["verdict"])
    names = words()["labels"]["verdicts_of_ledger"]
    return [f"{_CELLS[key][2]} {in_language(names[key])}" for key in _CELLS if key in there]
