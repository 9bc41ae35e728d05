"""Figures of stated targets: who promises what by when, how firmly; one target over the years."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from policytext.charts.page import (
    BLUE,
    HIGHEST,
    INK,
    LIGHT_GREY,
    MIDDLE,
    ORANGE,
    Page,
    TooNarrow,
    band,
    fitted,
    foot,
    head,
    in_language,
    is_narrow,
    labels,
    name_axis,
    name_ends,
    name_of_indicator,
    name_panel,
    one_panel,
    page,
    wrapped,
    year_ticks,
)
from policytext.charts.page import panels as grid
from policytext.charts.page import words as all_words
from policytext.charts.saving import Chart, drawn

# Shape shows the bound, so that nothing needs colour: an arrow to the right is "at least".
_SHAPES = {"floor": ">", "ceiling": "<", "approximate": "o", "point": "o", "range": "D"}
# Firmness is the fill: full, half, light, none.
FILLS = {
    "ensure": INK,
    "strive": BLUE,
    "plan": "#56B4E9",
    "forecast": LIGHT_GREY,
    "none": "white",
}
# Shares of the page: where the axis of time begins and ends; indicators before, words behind it.
_FROM, _TO = 0.36, 0.68
_LINE, _GAP = 0.135, 0.075  # inches: of a line, between two rows


@drawn
def timeline(targets: pd.DataFrame, max_rows: int = 30) -> Chart | None:
    """Each target on a line of its own under its actor, marked where its horizon ends.

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
    by = ["actor", "horizon_end", "doc", "start"]
    rows = rows.head(max_rows).sort_values(by, na_position="last").reset_index(drop=True)
    rows = rows[_heights(rows).cumsum() <= HIGHEST - 1.8]
    fig, ax = one_panel(1)
    whens = rows["horizon_end"].map(_year_end, na_action="ignore")
    place = _scale(ax, whens)
    height = _target_rows(ax, rows, [place(when) for when in whens])
    ax.set_ylim(height, 0)
    if height + 2.2 > HIGHEST and is_narrow():
        raise TooNarrow("the time line would be higher than a page: give a smaller max_rows")
    fig.set_figheight(height + (2.2 if is_narrow() else 1.7))
    _legend(ax, rows)
    head(fig, "timeline")
    name_axis(ax, "timeline")
    firm = int((rows["commitment"] == "ensure").sum())
    latest = rows["horizon_end"].dropna().max() if whens.notna().any() else "–"
    counts = {"dated": int(whens.notna().sum())}
    said = {"firm": firm, "latest": latest}
    return Chart.of(fig, rows, "timeline", more=len(strict) - len(rows), **counts, **said)


def _year_end(iso: str) -> float:
    """A day as a number that is whole at the end of a year: 2025-12-31 is 2025.

    >>> _year_end("2025-12-31"), round(_year_end("2026-06"), 1)
    (2025.0, 2025.5)
    """
    end = pd.Period(iso).end_time
    return float(end.year - 1 + end.day_of_year / (365 + end.is_leap_year))


def _scale(ax: Axes, whens: pd.Series) -> Any:
    """Set ticks at ends of years; the function that gives the place of a time on the page."""
    first, last = (np.floor(whens.min()), np.ceil(whens.max())) if whens.notna().any() else (0, 0)
    undated = whens.isna().any()
    right = _TO - 0.1 if undated else _TO - 0.03
    span = max(1.0, last - first)

    def place(when: float) -> float:
        if pd.isna(when):
            return _TO - 0.02
        return _FROM + 0.04 + (right - _FROM - 0.04) * (when - first) / span

    step = max(1, int(np.ceil(span / (2 if is_narrow() else 4))))
    years = range(int(first), int(last) + 1, step) if last else ()
    ticks = {place(year): f"{year}" for year in years}
    if undated:
        ticks[place(np.nan)] = in_language(all_words()["timeline"]["undated"], "\n")
    ax.set_xlim(0, 1)
    ax.set_xticks(list(ticks), list(ticks.values()))
    for x in ticks:
        ax.axvline(x, color="#e4e4e4", lw=0.6, zorder=0)
    ax.set_yticks([])
    ax.spines[:].set_visible(False)
    return place


def _target_rows(ax: Axes, rows: pd.DataFrame, places: list[float]) -> float:
    """A band with the name of each actor, its targets below; the height of all in inches."""
    y, told = 0.0, _told(rows, page().width)
    for row, (left, right, height), place, is_first in zip(
        rows.itertuples(), told, places, _begin_a_band(rows), strict=True
    ):
        if is_first:
            y = band(ax, y, _who(row.actor))
        ax.text(0.01, y + height / 2, left, va="center", linespacing=1.1)
        ax.text(_TO + 0.01, y + height / 2, right, va="center", linespacing=1.1)
        _mark(ax, place, y + height / 2, row.bound, row.commitment)
        y += height
    return y


def _begin_a_band(rows: pd.DataFrame) -> pd.Series:
    """Which rows begin the band of an actor: none, where each actor has one target alone."""
    actors = rows["actor"].fillna("")
    return actors.ne(actors.shift()) & actors.duplicated().any()


def _who(actor: object) -> str:
    return in_language(all_words()["timeline"]["nobody"]) if pd.isna(actor) else str(actor)


def _told(rows: pd.DataFrame, width: float) -> Iterator[tuple[str, str, float]]:
    """What stands at the left and right of each target on a page, and how many inches it takes."""
    has_bands = _begin_a_band(rows).any()
    for row, name in zip(rows.itertuples(), _names(rows), strict=True):
        said = [row.commitment_text, row.action, _bounded(row)]
        told = dict.fromkeys(str(word) for word in said if pd.notna(word) and word != name)
        left = wrapped(
            str(name) if has_bands else f"{_who(row.actor)}：{name}", (_FROM - 0.01) * (width - 0.2)
        )
        right = wrapped(" ".join(told), (0.99 - _TO) * (width - 0.2))
        yield left, right, _LINE * max(text.count("\n") + 1 for text in (left, right)) + _GAP


def _bounded(row: Any) -> str:
    """A number with the word that bounds it, on the side on which the text has it.

    A verb that bounds, such as 突破, is written as the action and not once more.
    """
    word, at = row.comparator_text, row.comparator_at
    if pd.isna(word) or pd.isna(at) or word == row.action or word == row.commitment_text:
        return str(row.text)
    start = int(str(at).partition(":")[0])
    if row.start <= start < row.end:
        return str(row.text)
    return f"{word}{row.text}" if start < row.start else f"{row.text}{word}"


def _heights(rows: pd.DataFrame) -> pd.Series:
    """Inches of each row on a full page, with the band of an actor above its first."""
    heights = [height for *_, height in _told(rows, Page().width)]
    return pd.Series(heights, rows.index, dtype=float) + 0.24 * _begin_a_band(rows)


def _mark(ax: Axes, x: float, y: float, bound: str, commitment: object) -> None:
    for look in _looks(bound, FILLS.get(str(commitment), "white")):
        ax.plot(x, y, **look)


def _looks(bound: str, fill: str) -> list[dict[str, Any]]:
    """How a bound is drawn in a shade: one mark, or for *about* two, a ring with both its edges."""
    look = {"marker": _shape(bound), "mec": INK, "mew": 0.8, "ls": ""}
    hole = [look | {"mfc": "white", "ms": 2.8}] if bound == "approximate" else []
    return [look | {"mfc": fill, "ms": 6.5}, *hole]


def _shape(bound: str) -> str:
    return _SHAPES.get(bound, "o")


def _legend(ax: Axes, rows: pd.DataFrame) -> None:
    """The shapes and the shades that are drawn: two lines, or in one column two rows of signs."""
    shapes = [
        (tuple(Line2D([], [], **look) for look in _looks(bound, "white")), name)
        for bound, name in labels("bounds").items()
        if bound in set(rows["bound"])
    ]
    shades = [
        (Line2D([], [], marker="s", ls="", mfc=FILLS[key], mec=INK, mew=0.8), name)
        for key, name in labels("firmness").items()
        if key in set(rows["commitment"].fillna("none"))
    ]
    # A legend is filled column by column.
    pairs = list(zip_longest(shapes, shades, fillvalue=(Line2D([], [], ls=""), " ")))
    signs = sum(zip(*pairs, strict=True), ()) if is_narrow() else sum(pairs, ())
    across = 2 if is_narrow() else len(pairs)
    ax.figure.legend(*zip(*signs, strict=True), loc="outside lower left", ncols=across)


def _names(rows: pd.DataFrame) -> pd.Series:
    """The canonical name of each target, else its noun, its verb, or its number."""
    named = rows["indicator_name"].fillna(rows["indicator"])
    return named.fillna(rows["action"]).fillna(rows["text"])


def _in_myriads(value: float, english: bool = False) -> str:
    """A number as Chinese prose writes it: 2000亿, 20万, 15; in English figures 1,200,000.

    >>> _in_myriads(2e11), _in_myriads(2e5), _in_myriads(15)
    ('2000亿', '20万', '15')
    """
    if english:
        return f"{value:,.10g}"
    for size, name in ((1e8, "亿"), (1e4, "万")):
        if abs(value) >= size:
            return f"{value / size:g}{name}"
    return f"{value:g}"


@drawn
def paths(
    targets: pd.DataFrame, documents: pd.DataFrame, panels: int = 4, max_places: int = 6
) -> Chart | None:
    """Line chart of a target over the years, where a place states one indicator in several.

    Args:
        targets: Rows of `find_targets`.
        documents: The corpus's documents, with place and date.
        panels: How many indicators, the most stated first.
        max_places: How many places, those with the most targets first.

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
    rows = rows[rows.set_index(keys).index.isin(chosen)]
    counts = rows["place"].value_counts(sort=True)
    rows = rows[rows["place"].isin(counts.index[:max_places])]
    parts = [rows[(rows[keys] == list(key)).all(axis=1)] for key in chosen]
    stated = sum(map(len, parts))
    parts = [part.drop_duplicates(_MARK) for part in parts]
    drawn = pd.concat(parts, ignore_index=True)
    drawn.attrs = targets.attrs
    places = list(drawn["place"].unique())
    across = 1 if is_narrow() else min(2, len(chosen))
    each = 1.8 if is_narrow() else 1.9  # so that four stand in one column
    fig, axes = grid(len(chosen), each * -(-len(chosen) // across) + 0.5, across)
    for ax, key, part in zip(axes.flat, chosen, parts, strict=False):
        _path_panel(ax, part, places)
        name_panel(ax, fitted(_path_title(*key), page().width / across - 0.6, MIDDLE))
    head(fig, "paths")
    bounds = labels("bounds")
    foot(fig, "paths", [f"{_SIGNS[b]} {bounds[b]}" for b in bounds if b in set(drawn["bound"])])
    first = drawn.drop_duplicates([*keys, *_MARK[:2]])
    left = {"indicators_left": len(often) - len(chosen), "places_left": len(counts) - len(places)}
    left |= {"second": len(drawn) - len(first), "again": stated - len(drawn)}
    said = {"panels": len(chosen), "first": _path_name(*chosen[0]), "places": len(places)}
    return Chart.of(fig, drawn, "paths", **said, **left)


def _path_name(indicator: str, unit: str, measure: str) -> tuple[str, str]:
    """What is promised, Chinese and English; a name of growth is one of rates alone."""
    chinese, english = name_of_indicator(indicator)
    is_rate = unit == "%" and measure == "change"
    return (chinese, english) if is_rate or chinese == indicator else (indicator, indicator)


def _path_title(indicator: str, unit: str, measure: str) -> list[str]:
    """The name of what is promised with its unit; a name that is not translated stands once."""
    chinese, english = _path_name(indicator, unit, measure)
    units = all_words()["labels"]["units"].get(unit, (unit, unit))
    if chinese == english:
        return [f"{chinese}（{in_language(units)}）"] * 2
    return [f"{chinese}（{units[0]}）", f"{english} ({units[1]})"]


_SIGNS = {"floor": "▷", "ceiling": "◁", "approximate": "○", "point": "●", "range": "◆"}
# What makes a mark of a panel: a number that is stated twice is one.
_MARK = ["place", "year", "norm_value", "bound"]
# One place keeps its line and shade in every panel.
_DASHES = ("-", "--", ":", "-.", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 3)))
_SHADES = (BLUE, ORANGE, "#009E73", "#CC79A7", INK, "#E69F00")


def _path_panel(ax: Axes, rows: pd.DataFrame, places: list[str]) -> None:
    """A line a place, with its name behind the last year."""
    ends = []
    for place, part in rows.groupby("place", sort=False):
        part = part.sort_values("year", kind="stable")
        line = part.drop_duplicates("year")
        at = places.index(place)
        shade, dash = _SHADES[at % len(_SHADES)], _DASHES[at % len(_DASHES)]
        ax.plot(line["year"], line["norm_value"], ls=dash, color=shade)
        for row in part.itertuples():
            fill = "white" if row.bound == "approximate" else shade
            ax.plot(row.year, row.norm_value, _shape(row.bound), mfc=fill, mec=shade, mew=1.2)
        ends.append((line["norm_value"].iloc[-1], str(place), line["year"].iloc[-1], shade))
    years = rows["year"]
    ax.set_xlim(years.min() - 0.2, years.max() + 0.05 + 0.35 * max(1, years.max() - years.min()))
    year_ticks(ax, years, 4)
    ax.margins(y=0.15)
    english = page().language == "en"  # asked now: ticks are named when the figure is saved
    ax.yaxis.set_major_formatter(lambda value, _: _in_myriads(value, english))
    ax.grid(True, axis="y")
    name_ends(ax, ends)
