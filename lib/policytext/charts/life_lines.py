"""Figures of formulae over years: strips of their lives, how long they live, what is repeated."""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import MaxNLocator

from policytext.charts.page import (
    BLUE,
    INK,
    LIGHT_GREY,
    ORANGE,
    End,
    band,
    filled,
    fitted,
    foot,
    head,
    inches_of,
    is_narrow,
    labels,
    name_axis,
    name_ends,
    name_panel,
    one_panel,
    page,
    panels,
    said,
    words,
    year_ticks,
)
from policytext.charts.saving import Chart, drawn

_SHADES = (INK, BLUE, ORANGE, "#009E73", "#CC79A7")
_DASHES = ("-", "--", ":", "-.", (0, (5, 1, 1, 1)))
_ROW, _NAMES = 0.17, 0.17  # inches of a strip; the share of the page for the names of places
# How a year of a strip is filled: nothing but colour and hatching tells the four apart.
_FILLS: dict[str, dict[str, Any]] = {
    "said": {"fc": BLUE, "ec": BLUE},
    "copied": {"fc": "#A6CEE3", "ec": BLUE},
    "not said": {"fc": "white", "ec": LIGHT_GREY},
    "no report": {"fc": "white", "ec": LIGHT_GREY, "hatch": "//////"},
}


@drawn
def lines(strips: pd.DataFrame, max_rows: int = 36, max_places: int = 12) -> Chart | None:
    """Strips of years: a place a strip, under the formula whose life it shows.

    Args:
        strips: Rows of `policytext.years.strips`, in the order in which they are to be drawn.
        max_rows: How many strips are drawn, of whole formulae and the first.
        max_places: Of how many places, those with the most reports.

    Returns:
        The chart, or None where no place has reports of two years.
    """
    if strips["year"].nunique() < 2:
        return None
    observed = strips[strips["state"] != "no report"].groupby("place", sort=False)["year"].nunique()
    places = observed.sort_values(ascending=False, kind="stable").index
    of_all, strips = strips, strips[strips["place"].isin(places[:max_places])]
    each = strips.groupby("form", sort=False)["place"].nunique().cumsum()
    forms = each.index[(each <= max_rows) | (each.index == each.index[0])]
    rows = strips[strips["form"].isin(forms)].reset_index(drop=True)
    strips_drawn = rows[["form", "place"]].drop_duplicates()
    fig, ax = one_panel(_ROW * len(strips_drawn) + 0.24 * len(forms) + 1.15)
    y = 0.0
    for form in forms:
        y = band(ax, y, str(form))
        for place, years in rows[rows["form"] == form].groupby("place", sort=False):
            _strip(ax, y, str(place), years)
            y += _ROW
        y += 0.04
    first, last = int(rows["year"].min()), int(rows["year"].max())
    ax.set_xlim(first - 0.5 - _NAMES / (1 - _NAMES) * (last - first + 1), last + 0.5)
    ax.set_ylim(y, 0)
    ax.set_yticks([])
    year_ticks(ax, rows["year"], 5 if is_narrow() else 11)
    ax.spines[:].set_visible(False)
    head(fig, "lines")
    name_axis(ax, "lines")
    named = [
        (state, name) for state, name in labels("states").items() if state in set(rows["state"])
    ]
    signs = [Patch(**_FILLS[state], lw=0.5, label=name) for state, name in named]
    fig.legend(handles=signs, loc="outside lower left", ncols=1 if is_narrow() else 4)
    counts = {"forms": len(forms), "places": rows["place"].nunique(), "first": first, "last": last}
    more = of_all["form"].nunique() - len(forms)
    left = max(0, len(places) - max_places)
    oldest = rows[rows["mentions"] > 0].sort_values("year", kind="stable")
    named_first = oldest.iloc[0] if len(oldest) else rows.iloc[0]
    told = {
        "oldest": named_first["form"],
        "since": named_first["year"],
        "who": named_first["place"],
    }
    missing = int((rows.drop_duplicates(["place", "year"])["state"] == "no report").sum())
    return Chart.of(
        fig, rows, "lines", more=more, places_left=left, missing=missing, **counts, **told
    )


def _strip(ax: Axes, y: float, place: str, years: pd.DataFrame) -> None:
    """The years of one place, each a cell; its name before the first year of all."""
    ax.text(0.01, y + _ROW / 2, place, transform=ax.get_yaxis_transform(), va="center")
    for year, state in zip(years["year"], years["state"], strict=True):
        cell = Rectangle((year - 0.46, y + 0.02), 0.92, _ROW - 0.04, lw=0.4, **_FILLS[state])
        ax.add_patch(cell)


@drawn
def survival(curve: pd.DataFrame) -> Chart | None:
    """Which share of formulae is still said after so many years, a curve a level.

    Args:
        curve: Rows of `policytext.years.survival`.

    Returns:
        The chart, with the numbers at risk below it, or None without a curve.
    """
    if curve.empty:
        return None
    levels = list(dict.fromkeys(curve["level"]))
    table = 0.17 * len(levels) + 0.1
    fig, axes = panels(2, 3.3 + table, sharex=True, height_ratios=[2.4, table])
    ax, names = axes[0, 0], labels("levels")
    for number, level in enumerate(levels):
        own = curve[curve["level"] == level]
        look: dict[str, Any] = {"color": _SHADES[number], "ls": _DASHES[number]}
        ax.step(own["years"], own["share"], where="post", label=names[level], **look)
        low, high = own["low"].fillna(own["share"]), own["high"].fillna(own["share"])
        shade = _SHADES[number]
        ax.fill_between(own["years"], low, high, step="post", alpha=0.13, lw=0, color=shade)
    longest = int(curve["years"].max())
    ages = range(0, longest + 1, next(s for s in (1, 2, 5, 10) if longest <= 10 * s))
    ax.set_xlim(0, longest + 0.5)
    ax.set_ylim(0, 1.02)
    ax.yaxis.set_major_formatter(lambda share, _: f"{100 * share:g}%")
    ax.set_xticks(ages)
    ax.tick_params(labelbottom=True)  # the numbers at risk stand below
    ax.grid(True, axis="y")
    ax.legend(loc="upper right")  # where falling curves leave room
    name_axis(ax, "survival")
    _at_risk(axes[1, 0], curve, ages)
    head(fig, "survival")
    count = int(curve.drop_duplicates("level")["formulae"].sum())
    half = _half(curve, levels[0])
    return Chart.of(fig, curve, "survival", half=half, levels=len(levels), formulae=count)


def _at_risk(ax: Axes, curve: pd.DataFrame, ages: Iterable[int]) -> None:
    """The numbers at risk, a row a level, below the ages that the axis above names."""
    levels, names = dict.fromkeys(curve["level"]), labels("levels")
    for y, level in enumerate(levels):
        own = curve[curve["level"] == level]
        for age in (age for age in ages if age <= own["years"].max()):
            left = int(own.loc[own["years"] >= age, "at_risk"].iloc[0])
            ax.text(age, y, str(left), ha="center", va="center")
    ax.set_yticks(range(len(levels)), [names[level] for level in levels])
    ax.set_ylim(len(levels) - 0.4, -0.6)
    ax.spines[:].set_visible(False)
    ax.tick_params(axis="y", pad=14)  # the numbers of age 0 are written around it
    ax.tick_params(labelbottom=False)
    name_panel(ax, said("survival", "at_risk"))


def _half(curve: pd.DataFrame, level: str) -> tuple[str, str]:
    """After how many years fewer than half of a level's formulae are said, in words."""
    own = curve[(curve["level"] == level) & (curve["share"] < 0.5)]
    name = tuple(words()["labels"]["levels"][level])
    key, after = ("fewer", own["years"].iloc[0]) if len(own) else ("most", curve["years"].max())
    chinese, english = filled(words()["survival"][key], level=name, after=int(after))
    return chinese, english


@drawn
def repeated(shares: pd.DataFrame, places: Sequence[str] | None = None) -> Chart | None:
    """Which share of each report stands in an earlier one of its place.

    Args:
        shares: Rows of `policytext.years.repetition` for lags and widths, the first of both first.
        places: Which places, the first of which is drawn by width and lag as well; those with the
            most reports if None.

    Returns:
        The chart, or None where no report has one of the year before.
    """
    known = shares.dropna(subset=["share"])
    if known.empty:
        return None
    often = known["place"].value_counts()
    chosen = list(places) if places else list(often.index[:3])
    rows = shares[shares["place"].isin(chosen)].reset_index(drop=True)
    lag, width = int(known["lag"].min()), 12 if 12 in set(known["width"]) else known["width"].min()
    plain = rows[(rows["lag"] == lag) & (rows["width"] == width)]
    own = rows[rows["place"] == chosen[0]]
    fig, axes = panels(3, 6.0 if is_narrow() else 5.4, sharex=True, sharey=True)
    sides = {
        "by_place": [(one, plain[plain["place"] == one]) for one in chosen],
        "by_width": _parted(own[own["lag"] == lag], "width", "characters"),
        "by_lag": _parted(own[own["width"] == width], "lag", "years_before"),
    }
    ends = [_share_panel(ax, one) for ax, one in zip(axes.flat, sides.values(), strict=True)]
    _scale(axes[0, 0], rows["year"], [name for series in sides.values() for name, _ in series])
    for ax, panel, own_ends in zip(axes.flat, sides, ends, strict=True):
        name_ends(ax, own_ends)
        name_panel(ax, said("repeated", panel, place=chosen[0], runs=width))
    head(fig, "repeated")
    foot(fig, "repeated")
    top = plain.loc[plain["share"].astype(float).idxmax()]
    told = {"who": top["place"], "year": int(top["year"]), "most": top["share"]}
    counts = {"places": len(chosen), "width": int(width), "lag": lag}
    missing = int(plain["share"].isna().sum())
    return Chart.of(fig, rows, "repeated", reports=len(plain), missing=missing, **told, **counts)


def _parted(rows: pd.DataFrame, column: str, named: str) -> list[tuple[str, pd.DataFrame]]:
    """A series for each value of a column, with the value's name in the language of the page."""
    known = words()["labels"][named]
    parts = ((int(value), part) for value, part in rows.groupby(column))
    return [
        (fitted(filled(known.get(str(value), known["n"]), n=value), 0.25 * page().width), part)
        for value, part in parts
    ]


def _share_panel(ax: Axes, series: list[tuple[str, pd.DataFrame]]) -> list[End]:
    """A line a series, broken where a year has no share; the end of each."""
    ends = []
    for number, (name, rows) in enumerate(series):
        years = rows.groupby("year")["share"].max().astype(float)
        years = years.reindex(range(int(years.index.min()), int(years.index.max()) + 1))
        look: dict[str, Any] = {"color": _SHADES[number % 5], "ls": _DASHES[number % 5]}
        ax.plot(years.index, years, lw=1.1, **look)
        ax.plot(years.index, years, ls="", marker=".", ms=3, color=look["color"])
        last = years.dropna()
        if len(last):
            ends.append((float(last.iloc[-1]), name, int(last.index[-1]), str(look["color"])))
    ax.grid(True, axis="y")
    return ends


def _scale(ax: Axes, years: pd.Series, names: list[str]) -> None:
    """Both axes of all panels; that of years ends where the longest name behind a line does."""
    first, last = int(years.min()), int(years.max())
    # Of one year alone the plot would take two centuries around it.
    span = max(2.0, 1.1 * (last - first))
    lines = (line for name in names for line in name.split("\n"))
    behind = (max(map(inches_of, lines)) + 0.15) / (page().width - 0.6)
    ax.set_xlim(first - 0.05 * span, first - 0.05 * span + span / (1 - behind))
    year_ticks(ax, years, 4 if is_narrow() else 10)
    ax.set_ylim(bottom=0)
    ax.yaxis.set_major_formatter(lambda share, _: f"{100 * share:g}%")
    ax.yaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 5, 10]))
