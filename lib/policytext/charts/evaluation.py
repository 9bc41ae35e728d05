"""Figures of how far to trust the tables: scores, peers, other choices."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from policytext.charts.page import (
    BLUE,
    GREY,
    INK,
    LIGHT_GREY,
    ORANGE,
    behind,
    beside,
    foot,
    head,
    height_of,
    is_narrow,
    known_names,
    labels,
    name_axis,
    name_panel,
    name_rows,
    needs,
    one_panel,
    page,
    panels,
    row_names,
    said,
    words,
)
from policytext.charts.saving import Chart, drawn


@drawn
def systems(table: pd.DataFrame) -> Chart:
    """Dots with intervals on one axis: word F1 and tag accuracy of each system.

    Args:
        table: Rows of `policytext.evaluation.segmentation.comparison`: system, and f1, fine,
            coarse each with ``_low`` and ``_high``.
    """
    names, measures = known_names("named_systems", table["system"], 0.3), labels("systems")
    fig, ax = one_panel(height_of(names, 0.62) + 1.0)
    looks = zip(measures.items(), (BLUE, INK, ORANGE), "osD", (-0.24, 0, 0.24), strict=True)
    for (measure, label), shade, mark, place in looks:
        y = np.arange(len(table)) + place
        ax.hlines(y, table[f"{measure}_low"], table[f"{measure}_high"], color=shade)
        ax.plot(table[measure], y, mark, color=shade, label=label)
        for at, value in zip(y, table[measure], strict=True):
            behind(ax, f"{value:.3f}", at)
    name_rows(ax, names)
    head(fig, "systems")
    name_axis(ax, "systems", 0.68)
    fig.legend(loc="outside lower left", ncols=3)
    known = words()["labels"]["named_systems"]
    pairs = [known.get(name, (name, name)) for name in table["system"]]
    best = table["f1"].argmax()
    given = table[["f1", "f1_low", "f1_high"]].iloc[best].to_dict()
    given["system"] = tuple(pairs[best][:2])
    scores = tuple(
        between.join(f"{pair[side]} {f1:.3f}" for pair, f1 in zip(pairs, table["f1"], strict=True))
        for side, between in enumerate(("；", "; "))
    )
    return Chart.of(fig, table, "systems", scores=scores, **given)


@drawn
def scores(table: pd.DataFrame, held_out: pd.DataFrame | None = None) -> Chart:
    """Dot and interval for each score: of held-out texts first, in grey of the coded page.

    Args:
        table: Rows of `policytext.evaluation.scores.development_scores`; those of parts are left
            out, but for slogans with and without quotation marks.
        held_out: Rows of `policytext.evaluation.summary.held_out_scores`.
    """
    coded = _whole(table)
    other = _whole(table.iloc[:0] if held_out is None else held_out)
    other = other[other["what"].isin(coded["what"])]
    fig, axes = _task_panels(coded, "score_tasks", 0.22, "what", "scores")
    for task, ax in axes.items():
        _scores(ax, coded[coded["task"] == task], other[other["task"] == task])
    low = pd.concat([coded["low"], other["low"]]).min()
    ax.set_xlim(np.floor(low * 10) / 10 - 0.02, 1.02)
    head(fig, "scores")
    foot(fig, "scores", [said("scores", sign) for sign in ("share", "interval")])
    both = pd.concat([coded.assign(text="page"), other.assign(text="held out")], ignore_index=True)
    worst = (other if len(other) else coded).nsmallest(1, "value").iloc[0]
    name = words()["labels"]["scores"].get(worst["what"], [worst["what"]] * 2)
    lowest = {"lowest": tuple(name), **worst[["value", "low", "high"]]}
    counts = {"coded": len(coded), "held_out": len(other), "panels": len(axes)}
    return Chart.of(fig, both, "scores", **counts, **lowest)


def _task_panels(
    rows: pd.DataFrame, tasks: str, height: float, column: str, names: str, width: float = 0.36
) -> tuple[Figure, dict[str, Axes]]:
    """A panel for each task that has rows, as high as these, their names at the left."""
    titles = labels(tasks)
    present = [task for task in titles if task in set(rows["task"])]
    named = {
        task: known_names(names, rows.loc[rows["task"] == task, column], width) for task in present
    }
    heights = [height_of(named[task], height) + 0.1 for task in present]
    size = sum(heights) + 0.35 * len(present) + 0.9
    fig, axes = panels(len(present), size, sharex=True, height_ratios=heights)
    for ax, task in zip(axes.flat, present, strict=True):
        name_panel(ax, titles[task], 0.6)
        name_rows(ax, named[task])
    return fig, dict(zip(present, axes.flat, strict=True))


def _whole(table: pd.DataFrame) -> pd.DataFrame:
    """Scores of all, and of slogans those with and without quotation marks."""
    parts = table["by"].eq("quotation") & table["what"].eq("core spans")
    rows = table[table["by"].isna() | parts]
    rows = rows.assign(what=rows["what"].where(~parts, rows["what"] + ", " + rows["part"]))
    return rows.assign(value=rows["f1"].fillna(rows["share"]).astype(float)).reset_index(drop=True)


def _scores(ax: Axes, coded: pd.DataFrame, other: pd.DataFrame) -> None:
    y = dict(zip(coded["what"], range(len(coded)), strict=True))
    for rows, shade, place in ((coded, GREY, 0.2), (other, BLUE, -0.15)):
        at = rows["what"].map(y).astype(float) + place
        ax.hlines(at, rows["low"], rows["high"], color=shade)
        for share, mark in ((False, "o"), (True, "D")):
            some = rows["f1"].isna() == share
            fill = "white" if rows is coded else shade
            ax.plot(rows["value"][some], at[some], mark, mfc=fill, mec=shade, ms=4.2)
    counted = other.set_index("what")
    for what, at in y.items():
        if what in counted.index:
            behind(ax, "{hits}/{coded}".format(**counted.loc[what]), at)


@drawn
def peers(table: pd.DataFrame) -> Chart:
    """Precision and recall of each system with their intervals, a panel a task.

    Args:
        table: Rows of `policytext.evaluation.summary.peer_scores`.
    """
    needs(6 if page().language == "both" else 3, "names of systems in two languages")
    rows = table.reset_index(drop=True)
    for name, of in (("precision", "found"), ("recall", "coded")):
        rows = rows.join(_wilson(rows["hits"], rows[of]).add_prefix(f"{name}_"))
    fig, axes = _task_panels(rows, "peer_tasks", 0.25, "system", "named_systems", 0.42)
    looks = (("precision", INK, "s", 0.16), ("recall", BLUE, "o", -0.16))
    for (task, ax), (name, shade, mark, place) in ((a, b) for a in axes.items() for b in looks):
        part = rows[rows["task"] == task]
        y = np.arange(len(part)) + place
        ax.hlines(y, part[f"{name}_low"], part[f"{name}_high"], color=shade)
        ax.plot(part[name], y, mark, color=shade, ms=4.2)
    ax.set_xlim(-0.03, 1.03)
    head(fig, "peers")
    foot(fig, "peers", [said("peers", sign) for sign in ("recall", "interval")])
    first = [part.loc[part["f1"].idxmax(), "system"] for _, part in rows.groupby("task")]
    return Chart.of(fig, rows, "peers", tasks=len(axes), ahead=first.count("policytext"))


def _wilson(hits: Iterable[int], of: Iterable[int]) -> pd.DataFrame:
    """Wilson's 95 % intervals of shares."""
    from scipy.stats import binomtest  # here, since it takes a second to import

    tests = (binomtest(int(h), int(n)) if n else None for h, n in zip(hits, of, strict=True))
    ends = [t.proportion_ci(method="wilson") if t else (np.nan, np.nan) for t in tests]
    return pd.DataFrame(ends, columns=["low", "high"])


@drawn
def same_office(table: pd.DataFrame) -> Chart:
    """Draw how often two texts of one office differ as much as each pair seen.

    Args:
        table: Rows of `policytext.evaluation.office_variation.same_office`, of one measure.
    """
    rows = table.sort_values("share", kind="stable", ignore_index=True)
    pairs = zip(rows["group_a"], rows["group_b"], rows["rate_a"], rows["rate_b"], strict=True)
    between = "\n" if is_narrow() else " / "
    names = row_names([f"{a} {r1:.1f}{between}{b} {r2:.1f}" for a, b, r1, r2 in pairs])
    fig, ax = one_panel(height_of(names) + (1.4 if is_narrow() else 0.9))
    y = np.arange(len(rows))
    ax.hlines(y, 0, rows["share"], color=LIGHT_GREY)
    ax.plot(rows["share"], y, "o", color=BLUE)
    ax.axvline(0.05, color=INK, lw=0.9, ls=(0, (4, 3)))
    name_rows(ax, names)
    ax.set_xlim(-0.02, 1.02)
    ax.xaxis.set_major_formatter(lambda x, _: f"{100 * x:g}%")
    measure = _measure(rows)
    head(fig, "same_office", measure=measure)
    foot(fig, "same_office")
    first = {"a": rows["group_a"].iloc[0], "b": rows["group_b"].iloc[0]}
    given = {"share": rows["share"].iloc[0], "below": int((rows["share"] < 0.05).sum())}
    known = rows[["offices", "reports"]].iloc[0]
    return Chart.of(fig, rows, "same_office", **first, **given, **known)


def _measure(table: pd.DataFrame) -> tuple[str, str]:
    name = str(table["measure"].iloc[0])
    chinese, english = words()["labels"]["rates"].get(name, (name, name))
    return chinese, english


@drawn
def power(table: pd.DataFrame) -> Chart:
    """Statistical power by number of texts, a line for each ratio of rates.

    Args:
        table: Rows of `policytext.evaluation.office_variation.power`.
    """
    fig, ax = one_panel(2.9)
    for (ratio, rows), line in zip(table.groupby("ratio"), ("-", "--", ":", "-."), strict=False):
        ax.plot(rows["texts"], rows["power"], "o", ls=line, color=BLUE)
        beside(ax, f"×{ratio:g}", rows["texts"].iloc[-1], rows["power"].iloc[-1])
    ax.axhline(0.8, color=LIGHT_GREY)
    ax.set_ylim(0, 1.06)
    ax.set_xticks(sorted(table["texts"].unique()))
    ax.yaxis.set_major_formatter(lambda x, _: f"{100 * x:g}%")
    head(fig, "power")
    foot(fig, "power")
    enough = table[table["power"] >= 0.8]
    largest = table["ratio"].max()
    texts = enough.loc[enough["ratio"] == largest, "texts"].min()
    told = (
        (f"{texts:g} 篇", f"{texts:g} texts")
        if pd.notna(texts)
        else (f"多于 {table['texts'].max()} 篇", f"more than {table['texts'].max()} texts")
    )
    given = {"lines": table["ratio"].nunique(), "largest": largest, "texts": told}
    return Chart.of(fig, table, "power", measure=_measure(table), **given)


@drawn
def reliability(table: pd.DataFrame) -> Chart:
    """Draw the share of core slogans among candidates against their score.

    Args:
        table: The rows of `policytext.evaluation.summary.calibration`.
    """
    fig, ax = one_panel(3.3)
    ax.plot([0, 1], [0, 1], color=LIGHT_GREY)
    names = labels("candidates")
    looks: dict[str, dict[str, Any]] = {
        "bare": {"color": BLUE, "marker": "o"},
        "quoted": {"color": INK, "marker": "s", "ls": "--"},
    }
    for part, rows in table.groupby("part"):
        look = looks.get(str(part), looks["bare"])
        ax.vlines(rows["score"], rows["low"], rows["high"], color=look["color"])
        ax.plot(rows["score"], rows["share"], **look, label=names.get(str(part), str(part)))
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1.02)
    ax.xaxis.set_major_locator(MaxNLocator(5))
    ax.yaxis.set_major_formatter(lambda x, _: f"{100 * x:g}%")
    ax.legend(loc="upper left")
    head(fig, "reliability")
    foot(fig, "reliability")
    off = (table["share"] - table["score"]).abs().max()
    return Chart.of(
        fig, table, "reliability", candidates=int(table["candidates"].sum()), off=100 * off
    )
