"""Figures of words: rates with intervals, word shifts, and where in each text a word stands."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from policytext import figures
from policytext.figures import Chart

figures.house_style()

INK, BLUE, ORANGE = "#1a1a1a", "#0072B2", "#D55E00"


def rates(counts: pd.DataFrame, most: int = 12, groups: int = 6) -> Chart:
    """Dot and interval: the most frequent words of each group, per 1,000 words.

    Args:
        counts: Rows of `count_terms`: group, term, count, rate, low, high, interval.
        most: Words of each group.
        groups: How many groups are drawn; the caption says how many were left out.
    """
    names = list(dict.fromkeys(counts["group"]))
    rows = counts[counts["group"].isin(names[:groups])].groupby("group", sort=False).head(most)
    shown = names[:groups]
    across = min(2, len(shown))
    down = -(-len(shown) // across)
    fig, axes = plt.subplots(down, across, sharex=True, squeeze=False)
    fig.set_size_inches(4.1 * across, (0.27 * most + 0.9) * down)
    for ax, name in zip(axes.flat, shown, strict=False):
        _dots(ax, rows[rows["group"] == name])
        ax.set_title(name)
    for ax in list(axes.flat)[len(shown) :]:
        ax.axis("off")
    for ax in axes[-1]:
        ax.set_xlabel("每千词 per 1,000 words")
    fig.suptitle("各组最常用的词 The most frequent words of each group", x=0.01, ha="left")
    method = counts.attrs
    return Chart(
        fig,
        rows.reset_index(drop=True),
        caption=f"{len(shown)} 组各自最常用的 {most} 个词(另有 {len(names) - len(shown)} 组未画)。"
        f"横线为{method.get('level', 0.95):.0%}区间:本文之内的变化(每 {method.get('block')} "
        "句一段的分块自助法);空心点不足 5 次,只给次数。",
        caption_en=f"The {most} most frequent words of {len(shown)} groups "
        f"({len(names) - len(shown)} not drawn). Lines are {method.get('level', 0.95):.0%} "
        f"intervals of the variation inside these texts (block bootstrap, runs of "
        f"{method.get('block')} sentences); hollow dots have fewer than five occurrences.",
        alt="点线图:" + ";".join(f"{n} 首词 {_top(rows, n)}" for n in shown) + "。",
        alt_en=f"Dots with intervals in {len(shown)} panels, most frequent words first.",
    )


def _top(rows: pd.DataFrame, name: object) -> str:
    return str(rows.loc[rows["group"] == name, "term"].iloc[0])


def _dots(ax: Axes, rows: pd.DataFrame) -> None:
    y = np.arange(len(rows))
    sure = (rows["interval"] == "block bootstrap").to_numpy()
    ax.hlines(y[sure], rows["low"][sure], rows["high"][sure], color=BLUE, lw=1.4)
    ax.plot(rows["rate"][sure], y[sure], "o", color=BLUE, ms=5.5)
    ax.plot(rows["rate"][~sure], y[~sure], "o", mfc="white", mec=BLUE, ms=5.5)
    labels = [f"{t}  {n}" for t, n in zip(rows["term"], rows["count"], strict=True)]
    ax.set_yticks(y, labels)
    ax.invert_yaxis()
    ax.grid(axis="x")


def places(
    hits: pd.DataFrame, documents: pd.DataFrame, terms: list[str], label: str = "label"
) -> Chart:
    """Dispersion plot: a tick wherever a term stands, one line a term, one panel a document.

    Args:
        hits: A span table with ``term``: doc, start, term.
        documents: The corpus's documents.
        terms: Which terms, from top to bottom.
        label: The column with the names to print.
    """
    hits = hits[hits["term"].isin(terms)]
    docs = documents[documents["doc"].isin(hits["doc"])]
    fig, axes = plt.subplots(len(docs), 1, sharex=True, squeeze=False)
    fig.set_size_inches(8, (0.24 * len(terms) + 0.55) * len(docs) + 0.3)
    for ax, doc in zip(axes.flat, docs.itertuples(), strict=True):
        rows = hits[hits["doc"] == doc.doc]
        at = (rows["start"] - doc.start) / (doc.end - doc.start)
        ax.plot(at, rows["term"].map(terms.index), "|", color=INK, ms=9, mew=1.2)
        counts = rows["term"].value_counts()
        ax.set_yticks(range(len(terms)), [f"{t}  {counts.get(t, 0)}" for t in terms])
        ax.set_ylim(len(terms) - 0.4, -0.6)
        ax.grid(axis="y")
        ax.set_title(getattr(doc, label))
    fig.suptitle("这些词在文中何处 Where in each text the words stand", x=0.01, ha="left")
    axes[-1, 0].set_xlim(-0.01, 1.01)
    axes[-1, 0].set_xticks([0, 0.25, 0.5, 0.75, 1], ["题首 start", "¼", "½", "¾", "篇末 end"])
    return Chart(
        fig,
        hits.reset_index(drop=True),
        caption=f"{len(terms)} 个词在 {len(docs)} 篇中的位置,每一竖为一次;词后为次数。",
        caption_en=f"Where {len(terms)} words stand in {len(docs)} texts, a tick each time; "
        "the figure behind a word is its count.",
        alt=f"条码图,{len(docs)} 格,每词一行。",
        alt_en=f"Bar-code plot in {len(docs)} panels, one line a word.",
    )
