"""Figures of stated targets: who promises what by when, how firmly, beside what was achieved."""

from collections.abc import Mapping
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from policytext.charts.saving import (
    BLUE,
    GREY,
    INK,
    LIGHT_GREY,
    ORANGE,
    Chart,
    beside,
    drawn,
    labels,
    name_rows,
)
from policytext.charts.saving import panels as grid

# Shape shows the bound, so that nothing needs colour: an arrow to the right is "at least".
BOUNDS = {
    "floor": (">", "至少 at least"),
    "ceiling": ("<", "至多 at most"),
    "approximate": ("o", "约 about"),
    "point": ("o", "恰为 exactly"),
    "range": ("D", "区间 range"),
}
# Firmness is the fill: full, half, light, none.
FIRMNESS = {
    "ensure": (INK, "确保 ensure"),
    "strive": (BLUE, "力争 strive"),
    "plan": ("#56B4E9", "规划 plan"),
    "forecast": (LIGHT_GREY, "预计 forecast"),
    "none": ("white", "未表态 none"),
}
_UNDATED = "未写期限\nno horizon"


@drawn
def timeline(targets: pd.DataFrame, max_rows: int = 30) -> Chart | None:
    """Each target on the line of its actor at the end of its horizon.

    Args:
        targets: Rows of `find_targets`; those with ``is_target`` are drawn.
        max_rows: How many rows are drawn, the same number of each actor and the first in the text;
            the caption says how many were left out.
    """
    strict = targets[targets["is_target"]]
    if strict.empty:
        return None
    each = max(1, max_rows // max(1, strict["actor"].nunique(dropna=False)))
    rows = strict if len(strict) <= max_rows else strict.groupby("actor", dropna=False).head(each)
    rows = rows.head(max_rows).assign(when=rows["horizon_end"].fillna(_UNDATED))
    rows = rows.sort_values(["actor", "when", "doc", "start"], na_position="last")
    whens = sorted(rows["when"].unique(), key=lambda when: (when == _UNDATED, when))
    columns = {when: x for x, when in enumerate(whens)}
    fig, ax = plt.subplots(figsize=(8, 0.36 * len(rows) + 1.8))
    for y, row in enumerate(rows.itertuples()):
        _mark(ax, columns[row.when], y, row.bound, row.commitment)
        words = [row.commitment_text, row.text] if pd.notna(row.commitment_text) else [row.text]
        beside(ax, " ".join(words), columns[row.when], y)
    _name_rows(ax, rows)
    ax.set_xticks(list(columns.values()), list(columns))
    ax.set_xlim(-0.4, len(columns) - 0.3)
    ax.set_title("谁承诺了什么,到何时 Who promises what, by when")
    _legend(ax, rows)
    table = rows.drop(columns="when").reset_index(drop=True)
    counts = {"dated": table["horizon_end"].count(), "left_out": len(strict) - len(table)}
    return Chart.of(fig, table, "timeline", **counts)


def _mark(ax: Axes, x: float, y: float, bound: str, commitment: object) -> None:
    fill = FIRMNESS.get(str(commitment), FIRMNESS["none"])[0]
    # About: a ring, its line in the shade of the commitment.
    edge = GREY if fill == "white" else fill
    ring: dict[str, Any] = {"mfc": "white", "mec": edge, "mew": 2.6, "ms": 7}
    full: dict[str, Any] = {"mfc": fill, "mec": INK, "mew": 0.9, "ms": 8}
    ax.plot(x, y, _shape(bound), clip_on=False, **(ring if bound == "approximate" else full))


def _shape(bound: str) -> str:
    return BOUNDS.get(bound, BOUNDS["point"])[0]


def _name_rows(ax: Axes, rows: pd.DataFrame) -> None:
    """Indicator names at the left, a rule and the actor's name where the actor changes."""
    actors = rows["actor"].fillna("未写主体 no actor").tolist()
    names = _names(rows).str.slice(0, 18).tolist()
    ax.set_yticks(range(len(rows)), [f"{a}  {n}" for a, n in zip(actors, names, strict=True)])
    ax.invert_yaxis()
    for y in range(1, len(rows)):
        if actors[y] != actors[y - 1]:
            ax.axhline(y - 0.5, color="#d0d0d0", lw=0.8)
    ax.grid(axis="x")


def _legend(ax: Axes, rows: pd.DataFrame) -> None:
    used = [b for b in BOUNDS if b in set(rows["bound"])]
    firm = [c for c in FIRMNESS if c in set(rows["commitment"].fillna("none"))]
    for bound in used:
        shape, name = BOUNDS[bound]
        width = 2.6 if bound == "approximate" else 0.9
        ax.plot([], [], shape, mfc="white", mec=INK, mew=width, ls="", label=name)
    for commitment in firm:
        fill, name = FIRMNESS[commitment]
        ax.plot([], [], "s", mfc=fill, mec=INK, ls="", label=name)
    ax.figure.legend(loc="outside lower left", ncols=4, columnspacing=1.2)


@drawn
def levels(targets: pd.DataFrame, panels: int = 4, max_rows: int = 16) -> Chart | None:
    """Level targets on one axis a unit: an arrow for at least or at most, a ring for about.

    Args:
        targets: Rows of `find_targets`; those with a normalised value and unit are drawn.
        panels: How many units, those with the most targets first.
        max_rows: Rows of each panel: the indicators that most actors state, one below the other.
    """
    valued = targets["norm_value"].notna() & (targets["kind"] != "date")
    known = targets[targets["is_target"] & valued]
    units = known["norm_unit"].value_counts().index[:panels]
    if not len(units):
        return None
    parts = [_by_indicator(known[known["norm_unit"] == u]).head(max_rows) for u in units]
    heights = [len(part) + 1.6 for part in parts]
    size = 7.6, 0.34 * sum(heights) + 0.8
    fig, axes = grid(len(parts), size, height_ratios=heights)
    for ax, unit, part in zip(axes.flat, units, parts, strict=True):
        _level_panel(ax, part)
        ax.set_title(labels("units").get(unit, unit))
    fig.suptitle("目标值,每种单位一轴 Targets, one axis a unit", x=0.01, ha="left")
    rows = pd.concat(parts, ignore_index=True)
    rows.attrs = targets.attrs
    left_out = len(known) - len(rows)
    return Chart.of(fig, rows, "levels", left_out=left_out, panels=len(parts))


def _names(rows: pd.DataFrame) -> pd.Series:
    """The canonical name of each target, else its noun, its verb, or its number."""
    named = rows["indicator_name"].fillna(rows["indicator"])
    return named.fillna(rows["action"]).fillna(rows["text"])


def _by_indicator(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of one unit, what the most actors state first, larger values above smaller ones."""
    by = rows.assign(name=_names(rows))
    by["actors"] = by.groupby("name")["actor"].transform("nunique")
    order = ["actors", "name", "norm_value"]
    return by.sort_values(order, ascending=[False, True, False], kind="stable")


def _level_panel(ax: Axes, part: pd.DataFrame) -> None:
    by = part["horizon_end"].str[:4].fillna("")
    names = part["name"] + "  " + part["actor"].fillna("") + " " + by
    for y, row in enumerate(part.itertuples()):
        ring = row.bound == "approximate"
        fill = "white" if ring else BLUE
        ax.plot(row.norm_value, y, _shape(row.bound), ms=7, mfc=fill, mec=BLUE, mew=2)
        beside(ax, row.text, row.norm_value, y)
    name_rows(ax, [name.strip()[:30] for name in names])
    values = part["norm_value"]
    if (values > 0).all() and values.max() > 50 * values.min():
        ax.set_xscale("log")
        ax.margins(x=0.25)
    else:
        ax.set_xlim(min(0, 1.2 * values.min()), 1.3 * values.max())
    ax.xaxis.set_major_formatter(lambda x, _: _in_myriads(x))


def _in_myriads(value: float) -> str:
    """A number as Chinese prose writes it: 2000亿, 20万, 15.

    >>> _in_myriads(2e11), _in_myriads(2e5), _in_myriads(15)
    ('2000亿', '20万', '15')
    """
    for size, name in ((1e8, "亿"), (1e4, "万")):
        if abs(value) >= size:
            return f"{value / size:g}{name}"
    return f"{value:g}"


@drawn
def firmness(targets: pd.DataFrame, max_rows: int = 20) -> Chart | None:
    """Stacked bars: checkable targets of each actor by firmness of commitment.

    Args:
        targets: Rows of `find_targets`.
        max_rows: How many actors, those with the most targets first.
    """
    strict = targets[targets["is_target"]]
    if strict.empty:
        return None
    table = pd.crosstab(strict["actor"].fillna("(no actor)"), strict["commitment"].fillna("none"))
    table = table.reindex(columns=[c for c in FIRMNESS if c in table])
    table = table.loc[table.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    table.attrs = targets.attrs
    rows = table.head(max_rows)
    fig, ax = plt.subplots(figsize=(7.6, 0.42 * len(rows) + 1.7))
    left = np.zeros(len(rows))
    for commitment in rows:
        fill, name = FIRMNESS[commitment]
        bars = ax.barh(rows.index, rows[commitment], left=left, color=fill, ec=INK, lw=0.7)
        dark = "white" if commitment in ("ensure", "strive") else INK
        counts = [f"{n or ''}" for n in rows[commitment]]
        ax.bar_label(bars, counts, label_type="center", color=dark)
        bars.set_label(name)
        left += rows[commitment].to_numpy()
    ax.invert_yaxis()
    ax.margins(x=0.04)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_xlabel("目标数 targets")
    ax.set_title("口气多硬 How firmly each commits")
    fig.legend(loc="outside lower left", ncols=len(rows.columns))
    return Chart.of(fig, rows.reset_index(), "firmness", left_out=len(table) - len(rows))


@drawn
def record(
    achieved: pd.DataFrame, promised: pd.DataFrame, documents: pd.DataFrame, max_rows: int = 40
) -> Chart:
    """Diverging bars: numbers achieved and numbers promised in each document.

    Args:
        achieved: Rows of `find_quantities` that state what was achieved.
        promised: Rows of `find_targets` that can be checked.
        documents: The corpus's documents.
        max_rows: How many documents, in their order.
    """
    counts = {"achieved": achieved, "promised": promised}
    table = documents[["doc", "label"]].copy()
    for name, found in counts.items():
        table[name] = documents["doc"].map(found["doc"].value_counts()).fillna(0).astype(int)
    table.attrs = achieved.attrs
    rows = table.head(max_rows)
    fig, ax = plt.subplots(figsize=(7.6, 0.42 * len(rows) + 1.5))
    left = ax.barh(rows["label"], -rows["achieved"], color=GREY)
    right = ax.barh(rows["label"], rows["promised"], color=BLUE)
    ax.bar_label(left, [f"{n or ''}" for n in rows["achieved"]], padding=3)
    ax.bar_label(right, [f"{n or ''}" for n in rows["promised"]], padding=3)
    ax.axvline(0, color=INK, lw=0.8)
    ax.invert_yaxis()
    ax.margins(x=0.1)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.xaxis.set_major_formatter(lambda x, _: f"{abs(x):g}")
    ax.set_xlabel("← 已成 achieved    个数 numbers    许诺 promised →")
    ax.set_title("许诺与业绩 Promises beside the record")
    return Chart.of(fig, rows, "record", left_out=len(table) - len(rows))


@drawn
def paths(targets: pd.DataFrame, documents: pd.DataFrame, panels: int = 4) -> Chart | None:
    """Line chart of a target over the years, where a place states one indicator in several.

    Args:
        targets: Rows of `find_targets`.
        documents: The corpus's documents, with place and date.
        panels: How many indicators, the most stated first.

    Returns:
        The chart, or None where no place states an indicator for two years.
    """
    rows = targets[targets["is_target"] & targets["horizon_end"].notna()].merge(
        documents[["doc", "place"]], on="doc"
    )
    rows = rows.assign(year=rows["horizon_end"].str[:4].astype(int))
    keys = ["indicator", "norm_unit", "measure"]
    rows = rows.assign(indicator=rows["indicator_name"].fillna(rows["indicator"]))
    rows = rows.dropna(subset=["indicator", "norm_unit", "norm_value"])
    years = rows.groupby([*keys, "place"])["year"].nunique()
    often = years[years > 1].groupby(keys).sum().sort_values(ascending=False, kind="stable")
    if often.empty:
        return None
    chosen = list(often.index[:panels])
    fig, axes = grid(len(chosen), (7.6, 2.6 * len(chosen)))
    parts = [rows[(rows[keys] == list(key)).all(axis=1)] for key in chosen]
    drawn = pd.concat(parts, ignore_index=True)
    drawn.attrs = targets.attrs
    styles = {place: number for number, place in enumerate(drawn["place"].unique())}
    for ax, key, part in zip(axes.flat, chosen, parts, strict=True):
        _path_panel(ax, part, styles)
        ax.set_title(f"{key[0]} ({key[1]})")
    fig.suptitle("历年目标 Targets over the years", x=0.01, ha="left")
    return Chart.of(fig, drawn, "paths", panels=len(chosen))


# One place keeps its line and shade in every panel.
_DASHES = ("-", "--", ":", "-.", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 3)))
_SHADES = (BLUE, ORANGE, "#009E73", "#CC79A7", INK, "#E69F00")


def _path_panel(ax: Axes, rows: pd.DataFrame, styles: Mapping[str, int]) -> None:
    ends = []
    for place, part in rows.groupby("place", sort=False):
        part = part.drop_duplicates("year").sort_values("year", kind="stable")
        shade = _SHADES[styles[str(place)] % len(_SHADES)]
        dash = _DASHES[styles[str(place)] % len(_DASHES)]
        ax.plot(part["year"], part["norm_value"], ls=dash, lw=1.3, color=shade)
        for row in part.itertuples():
            fill = "white" if row.bound == "approximate" else shade
            ax.plot(row.year, row.norm_value, _shape(row.bound), ms=6, mfc=fill, mec=shade, mew=1.6)
        ends.append((part["norm_value"].iloc[-1], str(place), part["year"].iloc[-1], shade))
    # The names at the ends of the lines move apart where they would lie on each other.
    low, high = ax.get_ylim()
    at = -np.inf
    for y, place, x, shade in sorted(ends, key=lambda end: end[0]):
        at = max(y, at + 0.09 * (high - low))
        beside(ax, place, x, at, 8, color=shade)
    ax.set_xticks(sorted(rows["year"].unique()))
    ax.margins(x=0.12, y=0.15)
    ax.grid(axis="y")
