"""Figures of the ledger: what was promised and delivered, year by year; a grid of verdicts."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
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
    labels,
    name_panel,
    needs,
    row_names,
    words,
)
from policytext.charts.page import panels as grid
from policytext.charts.saving import Chart, drawn

# Place and year of a promise that has a number; what became of it is colour and sign.
_KEPT = ("exceeded", "met", "under")
_SHADES = {**dict.fromkeys(_KEPT, BLUE), "within tolerance": "#56B4E9", "missed": ORANGE}
# Shape is the bound: an arrow up is "at least", a ring "about".
_SHAPES = {">=": "^", ">": "^", "<=": "v", "<": "v", "≈": "o", "=": "_", "range": "_"}
_LEVELS = ("central", "provincial", "prefectural", "county", "township")


@drawn
def dumbbells(ledger: pd.DataFrame, indicator: str = "GDP", max_places: int = 8) -> Chart | None:
    """Promise and outcome of one indicator, a panel a place, a pair of marks a year.

    Args:
        ledger: What `years.ledger_of` returns.
        indicator: Which one; promises for a year that have a number are drawn.
        max_places: How many places, the highest level first, then those with the most promises.

    Returns:
        The chart, or None where no place promises the indicator.
    """
    rows = ledger[ledger["indicator_name"].eq(indicator) & ledger["span"].eq("year")]
    rows = rows[rows["low"].notna() | rows["high"].notna()]
    places = _places(rows)
    if not places:
        return None
    rows = rows[rows["place"].isin(places[:max_places])].reset_index(drop=True)
    shown = places[:max_places]
    across = 1 if is_narrow() else 2
    deep = -(-len(shown) // across)
    fig, axes = grid(len(shown), 1.0 * deep + 1.9 if is_narrow() else 1.45 * deep + 1.0, across)
    for ax, place in zip(axes.flat, shown, strict=False):
        _pairs(ax, rows[rows["place"] == place])
        name_panel(ax, place, 1 / across - 0.08)
    head(fig, "dumbbells", indicator=indicator)
    foot(fig, "dumbbells", _signs(rows), indicator=indicator)
    return Chart.of(fig, rows, "dumbbells", indicator=indicator, **_counts(rows, len(shown)))


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
    kept = int(sum(found.get(name, 0) for name in _KEPT))
    names = {"near": "within tolerance", "missed": "missed", "silent": "not reported"}
    counts = {key: int(found.get(name, 0)) for key, name in names.items()}
    return {"places": places, "kept": kept, "open": int(found.get("not joinable", 0)), **counts}


def _pairs(ax: Axes, rows: pd.DataFrame) -> None:
    """One panel: years to the right, percent upwards."""
    for row in rows.itertuples():
        low = row.high if pd.isna(row.low) else row.low
        high = row.low if pd.isna(row.high) else row.high
        shade = _SHADES.get(row.verdict, GREY)
        if high > low:
            ax.plot(
                [row.year] * 2, [low, high], color=INK, lw=3.2, solid_capstyle="butt", alpha=0.45
            )
        if row.verdict in _SHADES:
            near = min(max(row.outcome_low, low), high)
            end = row.outcome_low if pd.notna(row.outcome_low) else row.outcome_high
            ax.plot([row.year] * 2, [near, end], color=shade, lw=1.4)
            ax.plot(row.year, end, "o", color=shade, ms=4.6, zorder=3)
        if high == low:
            look: dict[str, Any] = {
                "mfc": "white",
                "mec": INK if row.verdict in _SHADES else GREY,
                "mew": 1.0,
            }
            ax.plot(row.year, low, _SHAPES.get(row.comparator, "_"), ms=5.4, zorder=2, **look)
        if row.verdict == "not reported":
            ax.plot(row.year, high, "x", color=INK, ms=4.2, mew=1.0, zorder=4)
    _gaps(ax, rows["year"])
    ax.xaxis.set_major_locator(MaxNLocator(5, integer=True, min_n_ticks=1))
    ax.margins(y=0.16)
    ax.yaxis.set_major_locator(MaxNLocator(4))
    ax.grid(True, axis="y")


def _gaps(ax: Axes, years: pd.Series) -> None:
    """Shade the years that have no promise with a number, or no report at all."""
    first, last = int(years.min()), int(years.max())
    for year in set(range(first, last + 1)) - set(years):
        ax.axvspan(year - 0.5, year + 0.5, color="#ececec", lw=0, zorder=0)
    ax.set_xlim(first - 0.7, last + 0.7)


def _signs(rows: pd.DataFrame) -> list[str]:
    """The signs that are drawn, each with its meaning."""
    known, there = labels("marks_of_ledger"), set(rows["verdict"])
    wanted = {
        "promised": True,
        "floor": bool(rows["comparator"].isin([">", ">="]).any()),
        "delivered": bool(there & set(_SHADES)),
        "missed": "missed" in there,
        "near": "within tolerance" in there,
        "silent": "not reported" in there,
        "open": "not joinable" in there,
        "gap": True,
    }
    return [known[key] for key, is_drawn in wanted.items() if is_drawn]


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
def verdict_grid(ledger: pd.DataFrame, max_places: int = 3) -> Chart | None:
    """A cell for each promise of a year: rows indicators, columns years, a panel a place.

    Args:
        ledger: What `years.ledger_of` returns.
        max_places: How many places, the highest level first, then those with the most promises.

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
    height = 0.175 * sum(sizes) + 0.45 * len(shown) + 1.1
    fig, axes = grid(len(shown), height, sharex=True, gridspec_kw=ratios)
    for ax, place, part in zip(axes.flat, shown, parts, strict=True):
        _cells(ax, part)
        ax.set_title(place)
        ax.set_xlim(years[0] - 0.6, years[-1] + 0.6)
    head(fig, "verdict_grid")
    foot(fig, "verdict_grid", _cell_signs(rows))
    return Chart.of(fig, rows, "verdict_grid", **_counts(rows, len(shown)))


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
    ax.set_yticks(range(len(names)), row_names(names, 0.3))
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.xaxis.set_major_locator(MaxNLocator(10, integer=True, min_n_ticks=1))
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0)


def _cell_signs(rows: pd.DataFrame) -> Sequence[str]:
    there = set(rows["verdict"])
    names = words()["labels"]["verdicts_of_ledger"]
    return [f"{_CELLS[key][2]} {in_language(names[key])}" for key in _CELLS if key in there]
