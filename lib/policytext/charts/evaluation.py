"""Figures of how far to trust the tables: scores, peers, other choices."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from policytext.charts.saving import BLUE, INK, LIGHT_GREY, Chart, drawn

_MEASURES = {
    "f1": "词界 Word F1",
    "fine": "词性 Tags",
    "coarse": "大类 Coarse tags",
}


@drawn
def systems(table: pd.DataFrame) -> Chart:
    """Dots with intervals: word F1 and tag accuracy of each system.

    Args:
        table: Rows of `policytext.evaluation.segmentation.comparison`: system, and f1, fine,
            coarse each with ``_low`` and ``_high``.
    """
    y = np.arange(len(table))
    fig, axes = plt.subplots(1, len(_MEASURES), sharey=True, figsize=(8.4, 0.5 * len(table) + 1.3))
    for ax, (measure, title) in zip(axes, _MEASURES.items(), strict=True):
        ax.hlines(y, table[f"{measure}_low"], table[f"{measure}_high"], color=BLUE, lw=1.6)
        ax.plot(table[measure], y, "o", color=BLUE, ms=6)
        for at, value in zip(y, table[measure], strict=True):
            ax.annotate(
                f"{value:.3f}", (value, at), (0, 7), textcoords="offset points", ha="center"
            )
        ax.set_title(title)
        ax.grid(axis="x")
    axes[0].set_yticks(y, table["system"])
    axes[0].set_ylim(len(table) - 0.5, -0.7)
    fig.supxlabel("与编码者一致的比例 agreement with the coded sentences", size=9.5)
    return Chart(
        fig,
        table,
        caption="各切分方案在 30 句上的得分(开发集,由一名模型辅助的编码者切分);"
        "横线为按句自助法的 95% 区间。",
        caption_en="Scores on 30 sentences, cut by one model-assisted coder (development set); "
        "lines are 95% intervals from resampled sentences.",
        alt="点线图:" + ";".join(f"{s} {f:.3f}" for s, f in table[["system", "f1"]].values) + "。",
        alt_en=f"Dots with intervals for {len(table)} systems in three panels.",
    )


SCORE_TASKS = {
    "words": "词与词性 words and tags",
    "quantities": "数字 numbers",
    "targets": "目标 targets",
    "slogans": "提法 slogans",
}
PEER_TASKS = {
    "words": "分词 words",
    "slogans": "提法 slogans",
    "quantities and dates, spans alone": "数量与日期的位置 quantities and dates, spans alone",
    "money and times": "金额与时间 money and times",
    "targets": "目标 targets",
    "values": "数值 values",
}
WHAT = {
    "boundaries": "词界 boundaries",
    "tag": "词性 tag",
    "tag, first letter": "词性大类 tag, first letter",
    "mentions": "数字提及 mentions",
    "quantities and dates": "数量与日期 quantities and dates",
    "norm_value": "数值 value",
    "norm_unit": "单位 unit",
    "comparator": "比较词 comparator",
    "status": "用途 status",
    "strict targets": "目标(严) strict targets",
    "horizon_end": "期限 horizon",
    "strength": "强度 strength",
    "commitment cue": "承诺词 commitment cue",
    "indicator, half its characters": "指标 indicator",
    "core spans": "核心提法 core spans",
    "distinct slogans reached": "不同的提法 distinct slogans",
    "links across documents": "跨篇联系 links",
    "echo": "异同 echo",
}


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
    tasks = [task for task in SCORE_TASKS if task in set(rows["task"])]
    heights = [int((rows["task"] == task).sum()) for task in tasks]
    fig, axes = plt.subplots(len(tasks), 1, sharex=True, squeeze=False, height_ratios=heights)
    fig.set_size_inches(7.6, 0.34 * sum(heights) + 0.62 * len(tasks) + 0.6)
    for ax, task in zip(axes.flat, tasks, strict=True):
        _scores(ax, rows[rows["task"] == task], other[other["task"] == task])
        ax.set_title(SCORE_TASKS[task])
    low = min(float(rows["low"].min()), float(other["low"].min(skipna=True) if len(other) else 1))
    axes[-1, 0].set_xlim(np.floor(low * 10) / 10 - 0.02, 1.02)
    beside = "   × 留出的文本 held out" if len(other) else ""
    axes[-1, 0].set_xlabel(f"● F1   ◇ 一致的比例 share that agrees{beside}   — 95%")
    left_out = (
        f"× 为留出的文本({len(other)} 项),规则不据以写成(其目标的一处错误事先见过)。"
        if len(other)
        else ""
    )
    left_out_en = (
        f" Crosses are {len(other)} scores on held-out texts that no rule was written on; one "
        "error in their targets had been seen."
        if len(other)
        else ""
    )
    return Chart(
        fig,
        pd.concat([rows.assign(text="page"), other.assign(text="held out")], ignore_index=True),
        caption=f"在编码的报纸一版上的 {len(rows)} 项得分,横线为 95% 区间;行末为命中数与编码数。"
        "规则就是在这一版上写成的,编码者只有一名(模型辅助):这是开发得分,"
        "不是对别的文本的估计。" + left_out,
        caption_en=f"{len(rows)} scores on the coded page with 95% intervals; hits and coded rows "
        "at the right. The rules were written on this page, which one model-assisted coder "
        f"coded: these are development scores, no estimate for other texts.{left_out_en}",
        alt=f"点线图,{len(tasks)} 格,{len(rows)} 行。",
        alt_en=f"Dots with intervals in {len(tasks)} panels, {len(rows)} rows.",
    )


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
    ax.set_yticks(list(y.values()), [WHAT.get(what, what) for what in map(str, y)])
    ax.set_ylim(len(rows) - 0.4, -0.6)
    across = ax.get_yaxis_transform()
    for at, hits, coded in zip(y.values(), rows["hits"], rows["coded"], strict=True):
        ax.text(1.01, at, f"{hits}/{coded}", transform=across, va="center", fontsize=9)
    ax.grid(axis="x")


@drawn
def peers(table: pd.DataFrame) -> Chart:
    """Precision, recall and F1 of each system, a panel a task.

    Args:
        table: Rows of `policytext.evaluation.summary.peer_scores`.
    """
    tasks = [task for task in PEER_TASKS if task in set(table["task"])]
    heights = [int((table["task"] == task).sum()) for task in tasks]
    fig, axes = plt.subplots(len(tasks), 1, sharex=True, squeeze=False, height_ratios=heights)
    fig.set_size_inches(7.6, 0.3 * sum(heights) + 0.62 * len(tasks) + 0.6)
    for ax, task in zip(axes.flat, tasks, strict=True):
        rows = table[table["task"] == task]
        y = np.arange(len(rows))
        ends = rows[["precision", "recall"]]
        ax.hlines(y, ends.min(axis=1), ends.max(axis=1), color=LIGHT_GREY, lw=1.2)
        ax.plot(rows["precision"], y, ">", mfc="white", mec=INK, ms=6)
        ax.plot(rows["recall"], y, "<", mfc="white", mec=INK, ms=6)
        ax.plot(rows["f1"], y, "o", color=BLUE, ms=6)
        ax.set_yticks(y, rows["system"])
        ax.set_ylim(len(rows) - 0.4, -0.6)
        ax.grid(axis="x")
        ax.set_title(PEER_TASKS[task])
    axes[-1, 0].set_xlim(-0.03, 1.03)
    axes[-1, 0].set_xlabel("▷ 精确率 precision   ◁ 召回率 recall   ● F1")
    return Chart(
        fig,
        table,
        caption="同一版文本上的各种工具与简单规则,边界全同才算命中。别的工具不是为这些任务而作,"
        "本库的规则却是在这一版上写成的:差距有多大,不能由此外推。",
        caption_en="Other tools and simple patterns on the same page; a hit has both edges right. "
        "The other tools were not made for these tasks, and our rules were written on this page: "
        "how large the gap is elsewhere does not follow.",
        alt=f"点图,{len(tasks)} 项任务,每个系统一行。",
        alt_en=f"Dots for {len(tasks)} tasks, one line a system.",
    )


MEASURES = {
    "slogans_core": "提法(核心) core slogans",
    "slogans_extended": "提法(扩展) extended slogans",
    "targets": "目标 targets",
    "quantities": "数字 numbers",
}


@drawn
def same_office(table: pd.DataFrame) -> Chart:
    """How often two texts of one office differ as much as each pair seen.

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
    ax.set_title(MEASURES.get(str(rows["measure"].iloc[0]), str(rows["measure"].iloc[0])))
    reports, offices = int(rows["reports"].iloc[0]), int(rows["offices"].iloc[0])
    return Chart(
        fig,
        rows,
        caption="两篇的差距(每千字)若出自同一机关,有几成机会至少这么大;"
        f"变动取自 {offices} 个区的 {reports} 份报告。虚线为 5%。",
        caption_en="How often two texts of one office would differ at least as much (per 1,000 "
        f"characters); the variation is that of {reports} reports of {offices} offices. The "
        "broken line is 5%.",
        alt=f"点图,{len(rows)} 对文本。",
        alt_en=f"Dots for {len(rows)} pairs of texts.",
    )


@drawn
def power(table: pd.DataFrame) -> Chart:
    """How many texts an office it takes to see a difference of a given size.

    Args:
        table: Rows of `policytext.evaluation.office_variation.power`.
    """
    fig, ax = plt.subplots(figsize=(6.6, 3.4))
    for (ratio, rows), line in zip(table.groupby("ratio"), ("-", "--", ":", "-."), strict=False):
        ax.plot(rows["texts"], rows["power"], "o", ls=line, color=BLUE, ms=5)
        end = (rows["texts"].iloc[-1], rows["power"].iloc[-1])
        ax.annotate(f"×{ratio:g}", end, (8, 0), textcoords="offset points", va="center")
    ax.axhline(0.8, color=LIGHT_GREY, lw=1.2)
    ax.set_ylim(0, 1.04)
    ax.set_xticks(sorted(table["texts"].unique()))
    ax.yaxis.set_major_formatter(lambda x, _: f"{100 * x:g}%")
    ax.set_xlabel("每个机关的篇数 texts of each office")
    ax.set_title("看得出差别的机会 Chance of seeing the difference")
    name = MEASURES.get(str(table["measure"].iloc[0]), str(table["measure"].iloc[0]))
    return Chart(
        fig,
        table,
        caption=f"两个机关的{name.split(' ')[0]}密度相差若干倍时,各有几篇才看得出来"
        "(Welch 检验,5%);横线为 80%。",
        caption_en=f"How many texts each it takes to see that one office's rate of "
        f"{name.split(' ', 1)[1]} is higher by a factor (Welch's test at 5%); the line is 80%.",
        alt=f"折线图,{table['ratio'].nunique()} 条线。",
        alt_en=f"{table['ratio'].nunique()} lines that rise with the number of texts.",
    )
