"""Figure of a ladder: the targets of nation, province, city and district, a panel a year."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from policytext.charts.page import (
    INK,
    filled,
    fitted,
    foot,
    head,
    height_of,
    is_narrow,
    labels,
    name_of_indicator,
    name_panel,
    page,
    said,
    words,
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
_FEW = 6  # places of one level that have a row each
_MARK = 0.36  # of a row, from one mark to the next on it


@drawn
def steps(facts: pd.DataFrame, indicator: str = "GDP", panels: int = 12) -> Chart | None:
    """Dot chart of one indicator's targets, a panel a year and a row a place.

    Args:
        facts: Rows of `years.target_facts` of the places to be drawn. Places of a level that has
            more than six stand in one row, equal figures on each other.
        indicator: Which indicator.
        panels: How many years, the last ones.

    Returns:
        The chart, or None where no year has targets of two levels.
    """
    rows = _marks_of(facts, indicator)
    both = rows[rows["comparator"] != "none"].groupby("year")["level"].nunique()
    years = sorted(both.index[both > 1])[-panels:]
    if not years:
        return None
    rows = rows[rows["year"].isin(years)].reset_index(drop=True)
    row_of, top = _rows_of(rows), _top(rows)
    rows["row"] = rows["place"].where(rows["place"].isin(list(row_of)), rows["level"])
    heights = _heights(rows).reindex(list(row_of))
    middles = heights.cumsum() - heights / 2
    names = [fitted(pair, 0.16 * page().width) for pair in row_of.values()]
    across = 2 if is_narrow() else min(4, len(years))
    each = 0.35 + height_of(names, 0.17) / len(names) * heights.sum()
    fig, axes = grid(len(years), -(-len(years) // across) * each + 1.2, across, sharex=True)
    for at, (ax, year) in enumerate(zip(axes.flat, years, strict=False)):
        _panel(ax, rows[rows["year"] == year], middles, top)
        ax.set_ylim(heights.sum(), 0)
        ax.set_yticks(middles, names if at % across == 0 else [], linespacing=1.1)
        ax.tick_params(labelbottom=at >= len(years) - across)  # others stand above a panel
        name_panel(ax, str(year), 1 / across)
    named, unit = name_of_indicator(indicator), rows["unit"].dropna().iloc[0]
    head(fig, "steps", indicator=named)
    seen = set(rows["comparator"])
    band = [said("steps", "band", top=top)] if top else []
    told = labels("bounds") | {"none": labels("steps")["none"]}
    signs = [f"{sign} {told[_BOUNDS.get(key, key)]}" for key, sign in _SIGNS.items() if key in seen]
    foot(fig, "steps", [*signs, *band], indicator=named, unit=unit)
    counts = {"years": len(years), "first": years[0], "last": years[-1], "unit": unit}
    counts |= {"none": int(rows["comparator"].eq("none").sum()), "places": rows["place"].nunique()}
    many = any(key in LEVELS for key in row_of)
    lead = _lead(rows[rows["year"] == years[-1]], top, unit)
    rows = rows.drop(columns="row")
    return Chart.of(fig, rows, "steps", indicator=named, lead=lead, many=many, **counts)


def _rows_of(rows: pd.DataFrame) -> dict[str, Sequence[str]]:
    """The rows from the top: places, or of a level of many the level; each with its name."""
    named: dict[str, Sequence[str]] = {}
    for level in (level for level in LEVELS if level in set(rows["level"])):
        places = list(dict.fromkeys(rows.loc[rows["level"] == level, "place"]))
        few = len(places) <= _FEW
        chinese, english = words()["labels"]["steps"][level]
        many = (f"{len(places)} {chinese}", f"{len(places)} {english}")
        named |= {place: (place, place) for place in places} if few else {level: many}
    return named


def _heights(rows: pd.DataFrame) -> pd.Series:
    """How many rows high each row is: marks of equal figures stand on each other."""
    stacks = rows.groupby(["row", "year", _value(rows)], dropna=False).size()
    return (_MARK * (stacks.groupby("row").max() - 1) + 1).rename("height")


def _value(rows: pd.DataFrame) -> pd.Series:
    """Where a mark stands on the axis."""
    return rows["low"].fillna(rows["high"]).rename("value")


def _top(rows: pd.DataFrame) -> str:
    """The only place of the highest level, or nothing where there are several."""
    level = next(level for level in LEVELS if level in set(rows["level"]))
    highest = rows.loc[rows["level"] == level, "place"].unique()
    return str(highest[0]) if len(highest) == 1 else ""


def _lead(rows: pd.DataFrame, top: str, unit: str) -> tuple[str, str]:
    """What to see in the last year: who is above the top, or from where to where targets go."""
    rows = rows[rows["comparator"] != "none"]
    lows, upper = _value(rows), rows[rows["place"] == top]
    given = {"year": rows["year"].iloc[0], "n": len(rows), "top": top, "unit": unit}
    if upper.empty:
        given |= {"low": lows.min(), "high": lows.max()}
    else:
        above = lows > _ends(next(upper.itertuples()))[1]
        given |= {"others": len(rows) - 1, "above": int(above.sum())}
    chinese, english = filled(words()["steps"]["spread" if upper.empty else "above"], **given)
    return chinese, english


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


def _panel(ax: Axes, rows: pd.DataFrame, middles: pd.Series, top: str) -> None:
    """The marks of one year, and the target of the highest place as a band."""
    for (key, _), part in rows.groupby(["row", _value(rows)], dropna=False):
        # Ranges last, so that no other stack stands in their way.
        order = part["comparator"].map(list(_SIGNS).index).sort_values(kind="stable")
        for at, row in enumerate(part.loc[order.index].itertuples()):
            _mark(ax, row, middles[key] + _MARK * (at - (len(part) - 1) / 2))
    upper = rows[(rows["place"] == top) & (rows["comparator"] != "none")]
    for row in upper.itertuples():
        ax.axvspan(*_ends(row), color=_BAND, lw=1.5, zorder=0)
    ax.margins(x=0.08)
    ax.xaxis.set_major_locator(MaxNLocator(5, integer=True))
    ax.grid(True)


def _ends(row: Any) -> tuple[float, float]:
    """Both ends of the printed figure."""
    low = row.high if np.isnan(row.low) else row.low
    return low, low if np.isnan(row.high) else row.high


def _mark(ax: Axes, row: Any, y: float) -> None:
    look: dict[str, Any] = {"mec": INK, "mew": 0.9, "ms": 4.6, "ls": "", "zorder": 3}
    if row.comparator == "none":
        # Where no number is there is no place on the axis: behind its row.
        look |= {"marker": "x", "clip_on": False, "transform": ax.get_yaxis_transform()}
        ax.plot(1.04, y, **look)
    elif row.comparator == "range":
        ax.plot(_ends(row), (y, y), color=INK, lw=2.6, solid_capstyle="butt", zorder=3)
    else:
        ax.plot(_ends(row)[0], y, **look | _MARKS[row.comparator])
