"""Figures of how far to trust the tables: scores, peers, other choices."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from policytext import figures
from policytext.figures import Chart

figures.house_style()

INK, BLUE, GREY = "#1a1a1a", "#0072B2", "#c9c9c9"
ROOMS = {
    "words": "词与词性 words and tags",
    "quantities": "数字 numbers",
    "targets": "目标 targets",
    "slogans": "提法 slogans",
}
TASKS = {
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


@figures.from_rounded
def scores(table: pd.DataFrame, held_out: pd.DataFrame | None = None) -> Chart:
    """Dot and interval for each score of the whole page, room by room.

    Args:
        table: Rows of `policytext.scoring.summary.development_scores`; those of parts are left
            out.
        held_out: Rows of `policytext.scoring.heldout.stored`, to be drawn below them.
    """
    rows = _whole(table)
    other = _whole(table.iloc[:0] if held_out is None else held_out)
    rooms = [room for room in ROOMS if room in set(rows["room"])]
    heights = [int((rows["room"] == room).sum()) for room in rooms]
    fig, axes = plt.subplots(len(rooms), 1, sharex=True, squeeze=False, height_ratios=heights)
    fig.set_size_inches(7.6, 0.34 * sum(heights) + 0.62 * len(rooms) + 0.6)
    for ax, room in zip(axes.flat, rooms, strict=True):
        _scores(ax, rows[rows["room"] == room], other[other["room"] == room])
        ax.set_title(ROOMS[room])
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
        alt=f"点线图,{len(rooms)} 格,{len(rows)} 行。",
        alt_en=f"Dots with intervals in {len(rooms)} panels, {len(rows)} rows.",
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


@figures.from_rounded
def peers(table: pd.DataFrame) -> Chart:
    """Precision, recall and F1 of each system, a panel a task.

    Args:
        table: Rows of `policytext.scoring.peers.comparison`.
    """
    tasks = [task for task in TASKS if task in set(table["task"])]
    heights = [int((table["task"] == task).sum()) for task in tasks]
    fig, axes = plt.subplots(len(tasks), 1, sharex=True, squeeze=False, height_ratios=heights)
    fig.set_size_inches(7.6, 0.3 * sum(heights) + 0.62 * len(tasks) + 0.6)
    for ax, task in zip(axes.flat, tasks, strict=True):
        rows = table[table["task"] == task]
        y = np.arange(len(rows))
        ends = rows[["precision", "recall"]]
        ax.hlines(y, ends.min(axis=1), ends.max(axis=1), color=GREY, lw=1.2)
        ax.plot(rows["precision"], y, ">", mfc="white", mec=INK, ms=6)
        ax.plot(rows["recall"], y, "<", mfc="white", mec=INK, ms=6)
        ax.plot(rows["f1"], y, "o", color=BLUE, ms=6)
        ax.set_yticks(y, rows["system"])
        ax.set_ylim(len(rows) - 0.4, -0.6)
        ax.grid(axis="x")
        ax.set_title(TASKS[task])
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
