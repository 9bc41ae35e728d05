"""Figures of how much texts of one office vary, and how many texts a difference takes."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from policytext import figures
from policytext.figures import Chart

figures.house_style()

INK, BLUE, GREY = "#1a1a1a", "#0072B2", "#c9c9c9"
MEASURES = {
    "slogans_core": "提法(核心) core slogans",
    "slogans_extended": "提法(扩展) extended slogans",
    "targets": "目标 targets",
    "quantities": "数字 numbers",
}


@figures.from_rounded
def yearly(table: pd.DataFrame, measure: str = "slogans_core") -> Chart:
    """The rate of each report by year, a panel an office.

    Args:
        table: Rows of `policytext.between_years.rates`.
        measure: One of its counts.
    """
    offices = list(dict.fromkeys(table["place"]))
    fig, axes = plt.subplots(1, len(offices), sharex=True, sharey=True, squeeze=False)
    fig.set_size_inches(1.75 * len(offices) + 0.8, 2.9)
    for ax, office in zip(axes.flat, offices, strict=True):
        rows = table[table["place"] == office]
        years = rows["date"].astype(int)
        ax.axhline(rows[f"{measure}_rate"].mean(), color=GREY, lw=1.2)
        ax.plot(years, rows[f"{measure}_rate"], "o", color=BLUE, ms=5.5)
        ax.set_title(office)
        ax.set_xticks([years.min(), years.max()])
    axes[0, 0].set_ylim(0, table[f"{measure}_rate"].max() * 1.1)
    axes[0, 0].set_ylabel("每千字 per 1,000 characters")
    name = MEASURES.get(measure, measure)
    fig.suptitle(f"同一机关历年报告 reports of one office by year:{name}", x=0.01, ha="left")
    low, high = table[f"{measure}_rate"].min(), table[f"{measure}_rate"].max()
    return Chart(
        fig,
        table,
        caption=f"深圳 {len(offices)} 个区 {len(table)} 份工作报告中的{name.split(' ')[0]}"
        "(每千字,一点一份),灰线为各区平均。",
        caption_en=f"{name.split(' ', 1)[1].capitalize()} per 1,000 characters in {len(table)} "
        f"work reports of {len(offices)} Shenzhen districts, a dot each; the line is the mean.",
        alt=f"点图,{len(offices)} 格,自 {low:.1f} 至 {high:.1f}。",
        alt_en=f"Dots in {len(offices)} panels, from {low:.1f} to {high:.1f}.",
    )


@figures.from_rounded
def same_office(table: pd.DataFrame) -> Chart:
    """How often two texts of one office differ as much as each pair seen.

    Args:
        table: Rows of `policytext.between_years.same_office`, of one measure.
    """
    rows = table.sort_values("share", kind="stable", ignore_index=True)
    y = np.arange(len(rows))
    fig, ax = plt.subplots(figsize=(7.4, 0.36 * len(rows) + 1.5))
    ax.hlines(y, 0, rows["share"], color=GREY, lw=1.2)
    ax.plot(rows["share"], y, "o", color=BLUE, ms=6)
    ax.axvline(0.05, color=INK, lw=0.9, ls=(0, (4, 3)))
    pairs = zip(rows["one"], rows["two"], rows["rate1"], rows["rate2"], strict=True)
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


@figures.from_rounded
def power(table: pd.DataFrame) -> Chart:
    """How many texts an office it takes to see a difference of a given size.

    Args:
        table: Rows of `policytext.between_years.power`.
    """
    fig, ax = plt.subplots(figsize=(6.6, 3.4))
    for (ratio, rows), line in zip(table.groupby("ratio"), ("-", "--", ":", "-."), strict=False):
        ax.plot(rows["texts"], rows["power"], "o", ls=line, color=BLUE, ms=5)
        end = (rows["texts"].iloc[-1], rows["power"].iloc[-1])
        ax.annotate(f"×{ratio:g}", end, (8, 0), textcoords="offset points", va="center")
    ax.axhline(0.8, color=GREY, lw=1.2)
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
