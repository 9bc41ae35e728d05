"""Figures of how far to trust the tables: scores, peers, other choices."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from policytext.charts.saving import (
    BLUE,
    INK,
    LIGHT_GREY,
    Chart,
    beside,
    drawn,
    labels,
    name_rows,
    panels,
)


@drawn
def systems(table: pd.DataFrame) -> Chart:
    """Dots with intervals: word F1 and tag accuracy of each system.

    Args:
        table: Rows of `policytext.evaluation.segmentation.comparison`: system, and f1, fine,
            coarse each with ``_low`` and ``_high``.
    """
    y, measures = np.arange(len(table)), labels("systems")
    size = 8.4, 0.5 * len(table) + 1.3
    fig, axes = panels(len(measures), size, len(measures), sharey=True)
    for ax, (measure, title) in zip(axes.flat, measures.items(), strict=True):
        ax.hlines(y, table[f"{measure}_low"], table[f"{measure}_high"], color=BLUE, lw=1.6)
        ax.plot(table[measure], y, "o", color=BLUE, ms=6)
        for at, value in zip(y, table[measure], strict=True):
            above = {"xytext": (0, 7), "textcoords": "offset points", "ha": "center"}
            ax.annotate(f"{value:.3f}", (value, at), **above)
        ax.set_title(title)
        ax.grid(axis="x")
    axes[0, 0].set_yticks(y, table["system"])
    axes[0, 0].set_ylim(len(table) - 0.5, -0.7)
    fig.supxlabel("与编码者一致的比例 agreement with the coded sentences", size=9.5)
    scores = ";".join(f"{s} {f:.3f}" for s, f in table[["system", "f1"]].values)
    return Chart.of(fig, table, "systems", scores=scores)


@drawn
def scores(table: pd.DataFrame, held_out: pd.DataFrame | None = None) -> Chart:
    """Dot and interval for each score of the whole page, task by task.

    Args:
        table: Rows of `policytext.evaluation.scores.development_scores`; those of parts are left
            out.
        held_out: Rows of `policytext.evaluation.summary.held_out_scores`, to be drawn below them.
    """
    rows = _whole(table)
    other = _whole(table.iloc[:0] if held_out is None else held_out)
    fig, axes = _task_panels(rows, labels("score_tasks"), 0.34)
    for task, ax in axes.items():
        _scores(ax, rows[rows["task"] == task], other[other["task"] == task])
    low = min(float(rows["low"].min()), float(other["low"].min(skipna=True) if len(other) else 1))
    ax.set_xlim(np.floor(low * 10) / 10 - 0.02, 1.02)
    beside = "   × 留出的文本 held out" if len(other) else ""
    ax.set_xlabel(f"● F1   ◇ 一致的比例 share that agrees{beside}   — 95%")
    both = pd.concat([rows.assign(text="page"), other.assign(text="held out")], ignore_index=True)
    return Chart.of(fig, both, "scores", more=len(other), rows=len(rows), panels=len(axes))


def _task_panels(
    rows: pd.DataFrame, names: dict[str, str], height: float
) -> tuple[Figure, dict[str, Axes]]:
    sizes = {task: int((rows["task"] == task).sum()) for task in names if task in set(rows["task"])}
    size = 7.6, height * sum(sizes.values()) + 0.62 * len(sizes) + 0.6
    fig, axes = panels(len(sizes), size, sharex=True, height_ratios=list(sizes.values()))
    for ax, task in zip(axes.flat, sizes, strict=True):
        ax.set_title(names[task])
    return fig, dict(zip(sizes, axes.flat, strict=True))


def _whole(table: pd.DataFrame) -> pd.DataFrame:
    rows = table[table["by"].isna()]
    return rows.assign(value=rows["f1"].fillna(rows["share"]).astype(float)).reset_index(drop=True)


def _scores(ax: Axes, rows: pd.DataFrame, other: pd.DataFrame) -> None:
    y = dict(zip(rows["what"], range(len(rows)), strict=True))
    for marked, shape in ((rows["f1"].notna(), "o"), (rows["f1"].isna(), "D")):
        some = rows[marked]
        at = some["what"].map(y)
        fill = BLUE if shape == "o" else "white"
        ax.hlines(at, some["low"], some["high"], color=BLUE, lw=1.4)
        ax.plot(some["value"], at, shape, mfc=fill, mec=BLUE, ms=5.8)
    other = other[other["what"].isin(y)]
    below = other["what"].map(y).astype(float) + 0.32
    ax.hlines(below, other["low"], other["high"], color=INK, lw=0.9)
    ax.plot(other["value"], below, "x", color=INK, ms=5.5, mew=1.4)
    names = labels("scores")
    name_rows(ax, [names.get(what, what) for what in map(str, y)])
    across = ax.get_yaxis_transform()
    for at, hits, coded in zip(y.values(), rows["hits"], rows["coded"], strict=True):
        ax.text(1.01, at, f"{hits}/{coded}", transform=across, va="center", fontsize=9)


@drawn
def peers(table: pd.DataFrame) -> Chart:
    """Precision, recall and F1 of each system, a panel a task.

    Args:
        table: Rows of `policytext.evaluation.summary.peer_scores`.
    """
    fig, axes = _task_panels(table, labels("peer_tasks"), 0.3)
    for task, ax in axes.items():
        rows = table[table["task"] == task]
        y = np.arange(len(rows))
        ends = rows[["precision", "recall"]]
        ax.hlines(y, ends.min(axis=1), ends.max(axis=1), color=LIGHT_GREY, lw=1.2)
        ax.plot(rows["precision"], y, ">", mfc="white", mec=INK, ms=6)
        ax.plot(rows["recall"], y, "<", mfc="white", mec=INK, ms=6)
        ax.plot(rows["f1"], y, "o", color=BLUE, ms=6)
        name_rows(ax, rows["system"])
    ax.set_xlim(-0.03, 1.03)
    ax.set_xlabel("▷ 精确率 precision   ◁ 召回率 recall   ● F1")
    return Chart.of(fig, table, "peers", tasks=len(axes))


@drawn
def same_office(table: pd.DataFrame) -> Chart:
    """Draw how often two texts of one office differ as much as each pair seen.

    Args:
        table: Rows of `policytext.evaluation.office_variation.same_office`, of one measure.
    """
    rows = table.sort_values("share", kind="stable", ignore_index=True)
    y = np.arange(len(rows))
    fig, ax = plt.subplots(figsize=(7.4, 0.36 * len(rows) + 1.5))
    ax.hlines(y, 0, rows["share"], color=LIGHT_GREY, lw=1.2)
    ax.plot(rows["share"], y, "o", color=BLUE, ms=6)
    ax.axvline(0.05, color=INK, lw=0.9, ls=(0, (4, 3)))
    pairs = zip(rows["group_a"], rows["group_b"], rows["rate_a"], rows["rate_b"], strict=True)
    ax.set_yticks(y, [f"{a} {r1:.1f} : {b} {r2:.1f}" for a, b, r1, r2 in pairs])
    ax.invert_yaxis()
    ax.set_xlim(-0.02, 1.02)
    ax.xaxis.set_major_formatter(lambda x, _: f"{100 * x:g}%")
    ax.set_xlabel("同一机关两篇相差如此之大的机会 how often two texts of one office differ as much")
    ax.set_title(_measure(rows))
    return Chart.of(fig, rows, "same_office", **rows[["offices", "reports"]].iloc[0])


def _measure(table: pd.DataFrame) -> str:
    name = str(table["measure"].iloc[0])
    return labels("rates").get(name, name)


@drawn
def power(table: pd.DataFrame) -> Chart:
    """Statistical power by number of texts, a line for each ratio of rates.

    Args:
        table: Rows of `policytext.evaluation.office_variation.power`.
    """
    fig, ax = plt.subplots(figsize=(6.6, 3.4))
    for (ratio, rows), line in zip(table.groupby("ratio"), ("-", "--", ":", "-."), strict=False):
        ax.plot(rows["texts"], rows["power"], "o", ls=line, color=BLUE, ms=5)
        beside(ax, f"×{ratio:g}", rows["texts"].iloc[-1], rows["power"].iloc[-1], 8)
    ax.axhline(0.8, color=LIGHT_GREY, lw=1.2)
    ax.set_ylim(0, 1.04)
    ax.set_xticks(sorted(table["texts"].unique()))
    ax.yaxis.set_major_formatter(lambda x, _: f"{100 * x:g}%")
    ax.set_xlabel("每个机关的篇数 texts of each office")
    ax.set_title("看得出差别的机会 Chance of seeing the difference")
    chinese, english = _measure(table).split(" ", 1)
    lines = table["ratio"].nunique()
    return Chart.of(fig, table, "power", measure=chinese, measure_en=english, lines=lines)


@drawn
def reliability(table: pd.DataFrame) -> Chart:
    """Draw the share of core slogans among candidates against their score.

    Args:
        table: The rows of `policytext.evaluation.summary.calibration`.
    """
    fig, ax = plt.subplots(figsize=(4.6, 4.2))
    ax.plot([0, 1], [0, 1], color=LIGHT_GREY, lw=1.2)
    for (part, rows), color, y in zip(
        table.groupby("part"), (BLUE, INK), (0.88, 0.95), strict=False
    ):
        ax.vlines(rows["score"], rows["low"], rows["high"], color=color, lw=1.2)
        ax.plot(rows["score"], rows["share"], "o-", color=color, ms=5)
        ax.text(0.03, y, labels("candidates").get(str(part), str(part)), color=color)
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1.02)
    ax.set_xlabel("得分 score")
    ax.set_title("编码员认作提法的比例 Share that coders call core")
    return Chart.of(fig, table, "reliability", candidates=int(table["candidates"].sum()))
