"""Figure of a ladder: the targets of nation, province, city and district, a panel a year."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from policytext.charts.page import (
    INK,
    foot,
    head,
    is_narrow,
    known_names,
    labels,
    name_panel,
)
from policytext.charts.page import panels as grid
from policytext.charts.saving import Chart, drawn

LEVELS = ("central", "provincial", "prefectural", "county")
# What is drawn for a bound; a floor is an arrow to the right and a ceiling one to the left.
_MARKS: dict[str, dict[str, Any]] = {
    "=": {"marker": "o", "mfc": INK},
    "≈": {"marker": "o", "mfc": "white"},
    ">=": {"marker": ">", "mfc": INK},
    "<=": {"marker": "<", "mfc": INK},
}
_SAME = {">": ">=", "<": "<="}
_SIGNS = {"=": "●", "≈": "○", ">=": "▶", "<=": "◀", "range": "━", "none": "×"}
_BOUNDS = {"=": "point", "≈": "approximate", ">=": "floor", "<=": "ceiling", "range": "range"}
_BAND = "#d5dfe6"
_ROOM = 0.7  # of a row, for the places of one level


@drawn
def steps(facts: pd.DataFrame, indicator: str = "GDP", panels: int = 12) -> Chart | None:
    """Dot chart of one indicator's targets, a panel a year and a row a level.

    Args:
        facts: Rows of `years.target_facts` of the places to be drawn.
        indicator: Which indicator.
        panels: How many years, the last ones.

    Returns:
        The chart, or None where no year has targets of two levels.
    """
    rows = _marks_of(facts, indicator)
    levels = [level for level in LEVELS if level in set(rows["level"])]
    both = rows[rows["comparator"] != "none"].groupby("year")["level"].nunique()
    years = sorted(both.index[both > 1])[-panels:]
    if not years:
        return None
    rows = rows[rows["year"].isin(years)].reset_index(drop=True)
    across = 2 if is_narrow() else min(4, len(years))
    down = -(-len(years) // across)
    fig, axes = grid(len(years), down * (0.32 + 0.24 * len(levels)) + 1.3, across, sharex=True)
    names = known_names("steps", levels, 0.14)
    for at, (ax, year) in enumerate(zip(axes.flat, years, strict=False)):
        _panel(ax, rows[rows["year"] == year], levels)
        ax.set_yticks(range(len(levels)), names if at % across == 0 else [], linespacing=1.1)
        name_panel(ax, str(year), 1 / across)
    head(fig, "steps", indicator=indicator)
    seen = set(rows["comparator"])
    told = labels("bounds") | {"none": labels("steps")["none"]}
    signs = [f"{sign} {told[_BOUNDS.get(key, key)]}" for key, sign in _SIGNS.items() if key in seen]
    unit = rows["unit"].iloc[0]
    foot(fig, "steps", signs, indicator=indicator, unit=unit)
    counts = {"years": len(years), "first": years[0], "last": years[-1]}
    said = {"indicator": indicator, "places": rows["place"].nunique(), **counts}
    return Chart.of(fig, rows, "steps", none=int(rows["comparator"].eq("none").sum()), **said)


def _marks_of(facts: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """The headline of each place and year, and a row without figure where its report sets none."""
    key = ["place", "year"]
    chosen = facts["role"].eq("headline") & facts["indicator_name"].eq(indicator)
    rows = facts[chosen].drop_duplicates([*key, "low", "high"])
    rows = rows[rows[["low", "high"]].notna().any(axis=1)]
    there = facts[facts["role"] != "left out"].drop_duplicates(key)
    told = pd.MultiIndex.from_frame(rows[key])
    without = there[~pd.MultiIndex.from_frame(there[key]).isin(told)]
    without = without.assign(comparator="none", low=np.nan, high=np.nan, wording="")
    columns = "year level place unit low high comparator wording doc start end".split()
    rows = pd.concat([rows, without])[columns]
    rows["comparator"] = rows["comparator"].replace(_SAME)
    rows["level"] = pd.Categorical(rows["level"], LEVELS, ordered=True)
    return rows.sort_values(["year", "level", "place"], kind="stable").astype({"level": object})


def _panel(ax: Axes, rows: pd.DataFrame, levels: list[str]) -> None:
    """The marks of one year; places of one level stand a little below each other."""
    for y, level in enumerate(levels):
        part = rows[rows["level"] == level]
        for offset, row in zip(_offsets(len(part)), part.itertuples(), strict=True):
            _mark(ax, row, y + offset)
    upper = rows[rows["level"] == levels[0]]
    for row in upper[upper["comparator"] != "none"].itertuples():
        ax.axvspan(*_ends(row), color=_BAND, lw=1.5, zorder=0)
    ax.set_ylim(len(levels) - 0.4, -0.6)
    ax.xaxis.set_major_locator(MaxNLocator(5, integer=True))
    ax.grid(True, axis="y")


def _offsets(number: int) -> np.ndarray:
    """Where the places of one level stand, around the middle of their row."""
    return np.linspace(-_ROOM / 2, _ROOM / 2, number) if number > 1 else np.zeros(number)


def _ends(row: Any) -> tuple[float, float]:
    """Both ends of the printed figure."""
    low = row.high if np.isnan(row.low) else row.low
    return low, low if np.isnan(row.high) else row.high


def _mark(ax: Axes, row: Any, y: float) -> None:
    look: dict[str, Any] = {"mec": INK, "mew": 0.9, "ms": 4.6, "ls": "", "zorder": 3}
    if row.comparator == "none":
        # Where no number is there is no place on the axis: at the left edge.
        ax.plot(0.03, y, marker="x", transform=ax.get_yaxis_transform(), **look)
    elif row.comparator == "range":
        ax.plot(_ends(row), (y, y), color=INK, lw=2.6, solid_capstyle="butt", zorder=3)
    else:
        ax.plot(_ends(row)[0], y, **look | _MARKS[row.comparator])
