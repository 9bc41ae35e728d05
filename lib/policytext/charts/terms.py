"""Figures of words: rates with intervals, word shifts, and where in each text a word stands."""

from math import ceil
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from wordcloud import WordCloud

from policytext.charts import saving as figures
from policytext.charts.saving import (
    BLUE,
    INK,
    LIGHT_GREY,
    ORANGE,
    Chart,
    drawn,
    labels,
    name_rows,
    panels,
)


def bursty(table: pd.DataFrame) -> pd.Series:
    """Mark words spread as unevenly inside one text as between the two sides.

    Args:
        table: Rows of `policytext.terms.keyness`: score, null_score.

    >>> bursty(pd.DataFrame({"score": [25.9, 9.0], "null_score": [16.0, -9.5]})).tolist()
    [False, True]
    """
    return table["null_score"].abs() >= table["score"].abs()


def method_line(table: pd.DataFrame) -> str:
    """Describe the method of a table of `keyness`, `count_terms` or `text_test` in two languages.

    It is made of ``table.attrs``, so take it before these are lost in a merge.

    Raises:
        ValueError: The table has no such attributes.

    >>> import policytext as pt
    >>> from policytext.terms import count_terms
    >>> corpus = pt.read_corpus("data/wenzhou-2021")
    >>> print(method_line(count_terms(pt.segment(corpus), corpus, by="kind")))
    区间 interval: 95%, 文内变化 variation inside these texts (分块自助 block bootstrap, \
5 句一段 sentences a run, 1000 次重抽 resamples, seed 2021); 少于 5 次只给次数 count alone under 5
    """
    attrs = table.attrs
    named = {n: labels(n)[attrs[n]] for n in ("measure", "correction") if n in attrs}
    named["seed_note"] = "" if attrs.get("exact", True) else f", seed {attrs['seed']}"
    for key, kind in {"measure": "keyness", "block": "counts", "ways": "texts"}.items():
        if key in attrs:
            return labels("methods")[kind].format(**attrs | named)
    raise ValueError("this table has lost its attrs; take the line before merging or saving it")


def _panels(number: int, width: float, height: float, **grid: Any) -> tuple[Figure, np.ndarray]:
    across = min(2, number)
    return panels(number, (width * across, height * ceil(number / 2)), across, **grid)


@drawn
def clouds(counts: pd.DataFrame, groups: list[str] | None = None, max_rows: int = 40) -> Chart:
    """A word cloud for each group; size shows the rate inside it, shade the rate across all.

    Args:
        counts: Rows of `count_terms`: group, term, count, rate, rank.
        groups: Which groups, in which order; by default the first six of the table.
        max_rows: Terms in each cloud.
    """
    present = list(dict.fromkeys(counts["group"]))
    groups = groups or present[:6]
    rows = counts[counts["group"].isin(groups)].groupby("group", sort=False).head(max_rows)
    top = rows["rate"].max()
    fig, axes = _panels(len(groups), 4.2, 2.9)
    for ax, group in zip(axes.flat, groups, strict=False):
        ax.imshow(_cloud(rows[rows["group"] == group], top), interpolation="bilinear")
        ax.set_title(group)
    for ax in axes.flat:
        ax.axis("off")
    fig.suptitle("各组词云 Word clouds, one a group", x=0.01, ha="left")
    first = ";".join(f"{group}:{'、'.join(_first(rows, group, 3))}" for group in groups)
    counted = {"groups": len(groups), "left_out": len(present) - len(groups)}
    table = rows.reset_index(drop=True)
    return Chart.of(fig, table, "clouds", words=max_rows, top=top, first=first, **counted)


def _first(rows: pd.DataFrame, group: str, number: int) -> list[str]:
    return rows.loc[rows["group"] == group, "term"].head(number).tolist()


def _cloud(rows: pd.DataFrame, top: float) -> WordCloud:
    """Laid out with a fixed seed, so that the same counts give the same picture."""
    rates = dict(zip(rows["term"], rows["rate"], strict=True))
    shades = mpl.colormaps["cividis"]

    def shade(word: str, **_: object) -> str:
        return mpl.colors.to_hex(shades(0.72 * (1 - rates[word] / top)))

    cloud = WordCloud(
        width=840,
        height=520,
        scale=1.5,
        font_path=str(figures.font_file()),
        background_color="white",
        color_func=shade,
        prefer_horizontal=1,
        relative_scaling=0.7,
        random_state=2021,
        margin=6,
    )
    return cloud.generate_from_frequencies(rates)


@drawn
def rates(counts: pd.DataFrame, max_rows: int = 12, groups: int = 6) -> Chart:
    """Dot and interval: the most frequent words of each group, per 1,000 words.

    Args:
        counts: Rows of `count_terms`: group, term, count, rate, low, high, interval.
        max_rows: Words of each group.
        groups: How many groups are drawn; the caption says how many were left out.
    """
    names = list(dict.fromkeys(counts["group"]))
    rows = counts[counts["group"].isin(names[:groups])].groupby("group", sort=False).head(max_rows)
    shown = names[:groups]
    fig, axes = _panels(len(shown), 4.1, 0.27 * max_rows + 0.9, sharex=True)
    for ax, name in zip(axes.flat, shown, strict=False):
        _dots(ax, rows[rows["group"] == name])
        ax.set_title(name)
    for ax in axes[-1]:
        ax.set_xlabel("每千词 per 1,000 words")
    fig.suptitle("各组最常用的词 The most frequent words of each group", x=0.01, ha="left")
    return Chart.of(
        fig,
        rows.reset_index(drop=True),
        "rates",
        groups=len(shown),
        words=max_rows,
        left_out=len(names) - len(shown),
        method=method_line(counts),
        first=";".join(f"{name} 首词 {_first(rows, name, 1)[0]}" for name in shown),
    )


def _dots(ax: Axes, rows: pd.DataFrame) -> None:
    y = np.arange(len(rows))
    sure = (rows["interval"] == "block bootstrap").to_numpy()
    ax.hlines(y[sure], rows["low"][sure], rows["high"][sure], color=BLUE, lw=1.4)
    ax.plot(rows["rate"][sure], y[sure], "o", color=BLUE, ms=5.5)
    ax.plot(rows["rate"][~sure], y[~sure], "o", mfc="white", mec=BLUE, ms=5.5)
    counts = zip(rows["term"], rows["count"], strict=True)
    ax.set_yticks(y, [f"{term}  {count}" for term, count in counts])
    ax.invert_yaxis()
    ax.grid(axis="x")


@drawn
def places(
    hits: pd.DataFrame, documents: pd.DataFrame, terms: list[str], max_rows: int = 12
) -> Chart | None:
    """Dispersion plot: a tick wherever a term stands, one line a term, one panel a document.

    Args:
        hits: A span table with ``term``: doc, start, term.
        documents: The corpus's documents.
        terms: Which terms, from top to bottom.
        max_rows: How many documents are drawn, the first of the table.

    Returns:
        The chart, or None where no term occurs.
    """
    hits = hits[hits["term"].isin(terms)]
    if hits.empty:
        return None
    held = documents[documents["doc"].isin(hits["doc"])]
    docs, left_out = held.head(max_rows), max(0, len(held) - max_rows)
    hits = hits[hits["doc"].isin(docs["doc"])]
    size = 8, (0.24 * len(terms) + 0.55) * len(docs) + 0.3
    fig, axes = panels(len(docs), size, sharex=True)
    for ax, doc in zip(axes.flat, docs.itertuples(), strict=True):
        rows = hits[hits["doc"] == doc.doc]
        at = (rows["start"] - doc.start) / (doc.end - doc.start)
        ax.plot(at, rows["term"].map(terms.index), "|", color=INK, ms=9, mew=1.2)
        counts = rows["term"].value_counts()
        name_rows(ax, [f"{t}  {counts.get(t, 0)}" for t in terms], grid="y")
        ax.set_title(doc.label)
    fig.suptitle("这些词在文中何处 Where in each text the words stand", x=0.01, ha="left")
    axes[-1, 0].set_xlim(-0.01, 1.01)
    axes[-1, 0].set_xticks([0, 0.25, 0.5, 0.75, 1], ["题首 start", "¼", "½", "¾", "篇末 end"])
    counted = {"documents": len(docs), "left_out": left_out}
    return Chart.of(fig, hits.reset_index(drop=True), "places", words=len(terms), **counted)


@drawn
def keywords(table: pd.DataFrame, max_rows: int = 8) -> Chart | None:
    """The highest scores of each target, each beside what the same word gives inside one text.

    Args:
        table: Rows of `keyness` or `keyness_by_group`.
        max_rows: Words of each.

    Returns:
        The chart, or None where nothing was contrasted.
    """
    if table.empty:
        return None
    tops = [rows.head(max_rows) for _, rows in table.groupby("target", sort=False)]
    fig, axes = _panels(len(tops), 4.1, 0.29 * max_rows + 0.9, sharex=True)
    for ax, rows in zip(axes.flat, tops, strict=False):
        _score_and_null(ax, rows)
        ax.set_title(f"{rows['target'].iloc[0]}")
    fig.supxlabel("G²   ● 与其余各组相比 against the rest   × 同一篇之内 inside one text", size=9.5)
    fig.suptitle("各组偏用的词 The words characteristic of each group", x=0.01, ha="left")
    rows = pd.concat(tops, ignore_index=True)
    rows.attrs = table.attrs
    counted = {"groups": len(tops), "words": max_rows, "inside": int(bursty(rows).sum())}
    return Chart.of(fig, rows, "keywords", method=method_line(table), **counted)


def _score_and_null(ax: Axes, rows: pd.DataFrame) -> None:
    y = np.arange(len(rows))
    ax.hlines(y, 0, rows["score"], color=LIGHT_GREY, lw=1)
    ax.plot(rows["score"], y, "o", color=BLUE, ms=6)
    ax.plot(rows["null_score"].abs(), y, "x", color=INK, ms=6, mew=1.4)
    counts = zip(rows["term"], rows["f1"], rows["f2"], strict=True)
    ax.set_yticks(y, [f"{t}  {a}:{b}" for t, a, b in counts])
    ax.invert_yaxis()
    ax.grid(axis="x")


@drawn
def shift(table: pd.DataFrame, max_rows: int = 24) -> Chart | None:
    """Word shift: what each word adds to the difference of two groups.

    Args:
        table: A table of `word_shift`.
        max_rows: How many words, the largest contributions first.

    Returns:
        The chart, or None for an empty table.
    """
    if table.empty:
        return None
    rows = table.head(max_rows)
    one, two = (str(rows[side].iloc[0]) for side in ("target", "reference"))
    length = rows["percent"] * np.where(rows["higher_in"] == one, -1, 1)
    fig, ax = plt.subplots(figsize=(6.8, 0.27 * len(rows) + 1.4))
    bars = ax.barh(np.arange(len(rows)), length, color=[BLUE if x > 0 else ORANGE for x in length])
    words = [f"{t} {a}:{b}" for t, a, b in zip(rows["term"], rows["f1"], rows["f2"], strict=True)]
    ax.bar_label(bars, words, padding=4, fontsize=9)
    edge = rows["percent"].max() * 1.5
    ax.set_xlim(-edge, edge)
    ax.axvline(0, color=INK, lw=0.8)
    ax.set_yticks([])
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.spines["left"].set_visible(False)
    ax.xaxis.set_major_formatter(lambda x, _: f"{abs(x):g}%")
    ax.set_xlabel(f"← {one}    占全部差异 share of the difference    {two} →")
    ax.set_title(f"{one}与{two}差在哪些词 Which words tell the two apart")
    total, cross, null = rows[["total", "cross_total", "null_total"]].iloc[0]
    sides = {"one": one, "two": two, "total": total, "cross": cross, "null": null}
    return Chart.of(fig, rows, "shift", percent=rows["percent"].sum(), **sides)
