"""Figures of words: rates, keywords, word clouds, word shifts, and where a word stands."""

from math import ceil
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from wordcloud import WordCloud

from policytext.charts.fonts import font_file
from policytext.charts.page import (
    BLUE,
    GREY,
    HIGHEST,
    INK,
    LIGHT_GREY,
    ORANGE,
    SMALL,
    behind,
    filled,
    fitted,
    foot,
    head,
    inches_of,
    is_narrow,
    name_panel,
    name_rows,
    page,
    panels,
    said,
    words,
)
from policytext.charts.saving import Chart, drawn

_ROW = 0.165  # inches between the lines of two words
_FEWEST = 5  # occurrences, below which `count_terms` gives no interval
PALE = "#767676"  # the lightest grey on white in which small letters are read with ease
_LARGEST = 24  # points, of the words of a cloud
_DOTS = 2  # a point, where words are laid out: sizes go by half points
_WIDE, _HIGHEST = 3, 300  # a cloud: times as wide as high; dots, so that three go on a page
_APART = 12  # dots between two words, since a line of text is higher than its letters
# What is laid out for each letter: between the strokes of 一 or 口 there is room for other words.
_BLOCK = "█"


# What the attributes of a table code, and where its names stand.
_CODED = {"measure": "measure", "correction": "correction"} | dict.fromkeys(
    ("target", "reference"), "sides_compared"
)


def bursty(table: pd.DataFrame) -> pd.Series:
    """Mark words spread as unevenly inside one text as between the two sides.

    Args:
        table: Rows of `policytext.terms.keyness`: score, null_score.

    >>> bursty(pd.DataFrame({"score": [25.9, 9.0], "null_score": [16.0, -9.5]})).tolist()
    [False, True]
    """
    return table["null_score"].abs() >= table["score"].abs()


def method_line(table: pd.DataFrame, language: str = "both") -> str:
    """Describe the method of a table of `keyness`, `count_terms` or `text_test`.

    It is made of ``table.attrs``, so take it before these are lost in a merge.

    Args:
        table: The table.
        language: ``"zh"``, ``"en"`` or ``"both"``, one after the other.

    Raises:
        ValueError: The table has no such attributes.

    >>> import policytext as pt
    >>> from policytext.terms import count_terms
    >>> corpus = pt.read_corpus("data/wenzhou-2021")
    >>> print(method_line(count_terms(pt.segment(corpus), corpus, by="kind"), language="en"))
    95% intervals, variation inside these texts (block bootstrap, runs of 5 sentences, 1000 \
resamples, seed 2021); count alone under 5
    """
    chinese, english = _methods(table)
    return {"zh": chinese, "en": english}.get(language, f"{chinese}  {english}")


def _methods(table: pd.DataFrame) -> tuple[str, str]:
    attrs = table.attrs
    if "target" in table and table["target"].nunique() > 1:
        attrs = attrs | {"target": "each"}
    for key, kind in {"measure": "keyness", "block": "counts", "ways": "texts"}.items():
        if key in attrs:
            chinese, english = filled(words()["labels"]["methods"][kind], **attrs | _named(attrs))
            return chinese, english
    raise ValueError("this table has lost its attrs; take the line before merging or saving it")


def _named(attrs: dict[Any, Any]) -> dict[str, tuple[str, ...]]:
    """The names of what a table's attributes code, Chinese and English."""
    names = {
        name: tuple(words()["labels"][label].get(attrs[name], [attrs[name]] * 2))
        for name, label in _CODED.items()
        if name in attrs
    }
    seeds = (f"，种子 {attrs.get('seed')}", f", seed {attrs.get('seed')}")
    return names | {"seed_note": ("", "") if attrs.get("exact", True) else seeds}


def _panels(number: int, height: float, **grid: Any) -> tuple[Figure, np.ndarray, int]:
    """Panels of one height, two a row where the page is wide enough."""
    across = 1 if is_narrow() else min(2, number)
    figure, axes = panels(number, height * -(-number // across) + 0.9, across, **grid)
    return figure, axes, across


@drawn
def rates(counts: pd.DataFrame, max_rows: int = 8, groups: int = 6) -> Chart:
    """Dot and interval: the most frequent words of each group, per 1,000 words.

    Args:
        counts: Rows of `count_terms`: group, term, count, rate, low, high, interval.
        max_rows: Words of each group.
        groups: How many groups are drawn; the caption says how many were left out.
    """
    names = list(dict.fromkeys(counts["group"]))
    shown = names[:groups]
    rows = counts[counts["group"].isin(shown)].groupby("group", sort=False).head(max_rows)
    fig, axes, across = _panels(len(shown), _ROW * max_rows + 0.4, sharex=True)
    for ax, name in zip(axes.flat, shown, strict=False):
        _dots(ax, rows[rows["group"] == name])
        name_panel(ax, str(name), 1 / across - 0.14)
    left, right = axes.flat[0].get_xlim()
    axes.flat[0].set_xlim(min(left, -0.02 * right), right)  # of hollow dots alone, 0 is not there
    head(fig, "rates")
    few = counts.attrs.get("interval_min_count", _FEWEST)
    unsure = int((~_sure(rows)).sum())
    drawn = {"interval": unsure < len(rows), "hollow": unsure}
    foot(fig, "rates", [said("rates", sign, few=few) for sign in drawn if drawn[sign]])
    first = rows.rename(columns={"group": "first"}).iloc[0]
    given = first[["first", "term", "rate", "low", "high"]].to_dict()
    given |= {"tops": _tops(rows, "group"), "method": _methods(counts), "unsure": unsure}
    left = {"more": len(names) - len(shown), "groups": len(shown), "words": max_rows}
    return Chart.of(fig, rows.reset_index(drop=True), "rates", **given, **left)


def _tops(rows: pd.DataFrame, group: str) -> tuple[str, str]:
    """The first word of each group, listed as in Chinese and as in English."""
    tops = rows.drop_duplicates(group)
    each = [f"{name} {term}" for name, term in zip(tops[group], tops["term"], strict=True)]
    return "；".join(each), "; ".join(each)


def _sure(rows: pd.DataFrame) -> pd.Series:
    """Whether a word is frequent enough for an interval."""
    return rows["interval"] == "block bootstrap"


def _dots(ax: Axes, rows: pd.DataFrame) -> None:
    y = np.arange(len(rows))
    sure = _sure(rows).to_numpy()
    ax.hlines(y[sure], rows["low"][sure], rows["high"][sure], color=BLUE)
    ax.plot(rows["rate"][sure], y[sure], "o", color=BLUE)
    ax.plot(rows["rate"][~sure], y[~sure], "o", mfc="white", mec=BLUE)
    counts = zip(rows["term"], rows["count"], strict=True)
    name_rows(ax, [f"{term}  {count}" for term, count in counts])


@drawn
def places(
    hits: pd.DataFrame, documents: pd.DataFrame, terms: list[str], max_rows: int = 12
) -> Chart | None:
    """Dispersion plot: a tick wherever a term stands, one line a term, one panel a document.

    Args:
        hits: A span table with ``term``: doc, start, term.
        documents: The corpus's documents.
        terms: Which terms, from top to bottom.
        max_rows: How many documents are drawn at most, the first of the table; as many as go on
            one page.

    Returns:
        The chart, or None where no term occurs.
    """
    hits = hits[hits["term"].isin(terms)]
    if hits.empty:
        return None
    held = documents[documents["doc"].isin(hits["doc"])]
    shown = list(terms)[: int((HIGHEST - 1.2) / _ROW)]
    across = 1 if is_narrow() or len(held) == 1 else 2
    each = _ROW * len(shown) + 0.32
    docs = held.head(min(max_rows, across * int((HIGHEST - 0.8) / each)))
    hits = hits[hits["doc"].isin(docs["doc"]) & hits["term"].isin(shown)]
    height = each * -(-len(docs) // across) + 0.8
    fig, axes = panels(len(docs), height, across, sharex=True, sharey=True)
    for ax, doc in zip(axes.flat, docs.itertuples(), strict=False):
        rows = hits[hits["doc"] == doc.doc]
        _ticks(ax, (rows["start"] - doc.start) / (doc.end - doc.start), rows["term"], shown)
        name_panel(ax, doc.label, 1 / across - 0.12)
    for ax in axes[:, 0] if across == 2 else axes.flat:
        name_rows(ax, shown, grid="y")
    axes[0, 0].set_xlim(-0.01, 1.01)
    axes[0, 0].set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "¼", "½", "¾", "1"])
    head(fig, "places")
    foot(fig, "places")
    left = {"left_out": len(held) - len(docs), "terms_left": len(terms) - len(shown)}
    top = hits["term"].value_counts()
    widest = hits.groupby("term")["doc"].nunique()[top.index]
    first = {"first": widest.idxmax(), "range": widest.max()}
    counted = {"words": len(shown), "documents": len(docs), **first, **left}
    return Chart.of(fig, hits.reset_index(drop=True), "places", **counted)


def _ticks(ax: Axes, at: pd.Series, terms: pd.Series, shown: list[str]) -> None:
    """A tick for each occurrence, and behind each line how many there are."""
    ax.plot(at, terms.map(shown.index), "|", color=INK, ms=6.5, mew=0.9)
    counts = terms.value_counts()
    for y, term in enumerate(shown):
        behind(ax, str(counts.get(term, 0)), y)
    ax.grid(True, axis="y")


@drawn
def keywords(table: pd.DataFrame, max_rows: int = 8, groups: int = 8) -> Chart | None:
    """Log ratios with intervals: the words of the highest scores of each target, counts beside.

    Args:
        table: Rows of `keyness` or `keyness_by_group`.
        max_rows: Words of each.
        groups: How many targets are drawn, the first of the table.

    Returns:
        The chart, or None where nothing was contrasted.
    """
    if table.empty:
        return None
    targets = list(dict.fromkeys(table["target"]))
    tops = [table[table["target"] == t].head(max_rows) for t in targets[:groups]]
    rows = pd.concat(tops, ignore_index=True)
    rows = rows.join(_log_ratio_interval(rows))
    fig, axes, across = _panels(len(tops), _ROW * max_rows + 0.4, sharex=True)
    ends = rows[["log_ratio", "log_ratio_low", "log_ratio_high"]].replace([np.inf, -np.inf], np.nan)
    axes.flat[0].set_xlim(min(-0.5, ends.min().min() - 0.3), ends.max().max() + 0.8)
    for ax, (target, part) in zip(axes.flat, rows.groupby("target", sort=False), strict=False):
        _ratios(ax, part.reset_index(drop=True))
        name_panel(ax, str(target), 1 / across - 0.14)
    head(fig, "keywords")
    inside = int(bursty(rows).sum())
    drawn = {"interval": True, "hollow": inside, "endless": np.isinf(rows["log_ratio_high"]).any()}
    foot(fig, "keywords", [said("keywords", sign) for sign in drawn if drawn[sign]])
    rows.attrs = table.attrs
    sure = rows[rows["log_ratio_low"] > 0]  # of none of the others it is said that it is marked
    first = (rows if sure.empty else sure)[["target", "term", "log_ratio", "log_ratio_low"]].iloc[0]
    lead = words()["keywords"]["unsure" if sure.empty else "sure"]
    counted = {"groups": len(tops), "words": max_rows, "inside": inside}
    given = {"rows": len(rows), "apart": len(sure), **first}
    leads = {"lead": tuple(filled(lead, **given)), "method": _methods(table)}
    left_out = len(targets) - len(tops)
    return Chart.of(fig, rows, "keywords", more=left_out, **counted, **given, **leads)


def _log_ratio_interval(rows: pd.DataFrame) -> pd.DataFrame:
    """The 95 % interval of each log ratio, by that of Clopper and Pearson of f1 in f1 + f2.

    Infinite at the end where one side has no occurrence: nothing bounds the ratio there.
    """
    from scipy.stats import beta  # here, since it takes a second to import

    f1, f2 = rows["f1"].to_numpy(), rows["f2"].to_numpy()
    low = np.where(f1 > 0, beta.ppf(0.025, np.maximum(f1, 1), f2 + 1), 0)
    high = np.where(f2 > 0, beta.isf(0.025, f1 + 1, np.maximum(f2, 1)), 1)
    with np.errstate(divide="ignore"):
        ends = [np.log2(rows["n2"] / rows["n1"] * p / (1 - p)) for p in (low, high)]
    return pd.DataFrame({"log_ratio_low": ends[0], "log_ratio_high": ends[1]})


def _ratios(ax: Axes, rows: pd.DataFrame) -> None:
    y, (left, right) = np.arange(len(rows)), ax.get_xlim()
    edge = right - 0.015 * (right - left)
    low, high = rows["log_ratio_low"].clip(lower=left), rows["log_ratio_high"].clip(upper=edge)
    ax.hlines(y, low, high, color=BLUE)
    endless = np.isinf(rows["log_ratio_high"])
    ax.plot(high[endless], y[endless], ">", color=BLUE, ms=3)
    for some, fill in ((bursty(rows), "white"), (~bursty(rows), BLUE)):
        ax.plot(rows["log_ratio"][some], y[some], "o", mfc=fill, mec=BLUE)
    ax.axvline(0, color=GREY, lw=0.8)
    counts = zip(rows["term"], rows["f1"], rows["f2"], strict=True)
    name_rows(ax, [f"{term}  {a}:{b}" for term, a, b in counts])


@drawn
def clouds(table: pd.DataFrame, max_rows: int = 15, groups: int = 6) -> Chart | None:
    """Word clouds: the words of each target whose log ratio is surely above 0, sized by it.

    Args:
        table: Rows of `keyness` or `keyness_by_group`.
        max_rows: Words of each target, those of the highest scores.
        groups: How many targets are drawn, the first of the table that have such words.

    Returns:
        The chart, or None where no target has such a word.
    """
    fits = table["term"].map(inches_of) < page().width / (1 if is_narrow() else 2) - 0.4
    rows = table.reset_index(drop=True)
    rows = rows.join(_log_ratio_interval(rows))
    rows = rows[(rows["log_ratio_low"] > 0) & fits.to_numpy()]
    targets = list(dict.fromkeys(rows["target"]))
    if not targets:
        return None
    shown = targets[:groups]
    rows = rows[rows["target"].isin(shown)].groupby("target", sort=False).head(max_rows)
    rows = rows.reset_index(drop=True)
    fig = _draw_clouds(rows, shown)
    head(fig, "clouds")
    foot(fig, "clouds", [said("clouds", "grey")] if bursty(rows).any() else [])
    largest = rows.sort_values("log_ratio", ascending=False, kind="stable")
    first = largest[["target", "term", "log_ratio", "log_ratio_low", "f1", "f2"]].iloc[0].to_dict()
    by_target = largest.sort_values("target", key=lambda t: t.map(targets.index), kind="stable")
    given = {"tops": _tops(by_target, "target"), "method": _methods(table), **first}
    given |= {"low": rows["log_ratio"].min()}
    counted = {"groups": len(shown), "words": max_rows, "inside": int(bursty(rows).sum())}
    left = {"more": len(targets) - len(shown), "bare": table["target"].nunique() - len(targets)}
    return Chart.of(fig, rows, "clouds", **given, **counted, **left)


def _draw_clouds(rows: pd.DataFrame, targets: list[str]) -> Figure:
    across = 1 if is_narrow() else min(2, len(targets))
    laid_out, sizes = _laid_out(rows, round(72 * _DOTS * (page().width / across - 0.2)))
    height = max(cloud.height for cloud in laid_out) / _DOTS / 72
    fig, axes, _ = _panels(len(targets), height + 0.3)
    looks = rows.assign(color=np.where(bursty(rows), PALE, INK), dots=sizes)
    looks = looks.sort_values("dots", ascending=False, kind="stable")  # as they were laid out
    for ax, target, cloud in zip(axes.flat, targets, laid_out, strict=False):
        _write(ax, cloud, looks[looks["target"] == target])
        name_panel(ax, target, 1 / across - 0.14)
    return fig


def _laid_out(rows: pd.DataFrame, width: int) -> tuple[list[WordCloud], pd.Series]:
    """A cloud of each target, one scale for all: the largest in which every word finds room."""
    low, high = rows["log_ratio"].min(), rows["log_ratio"].max()
    for largest in np.arange(_LARGEST, SMALL, -1):
        points = np.interp(rows["log_ratio"], [low, high], [SMALL, largest])
        dots = pd.Series((_DOTS * points).round().astype(int), rows.index)
        blocks = dots.set_axis([_BLOCK * ceil(72 * inches_of(term, 1)) for term in rows["term"]])
        parts = [blocks.iloc[at] for at in rows.groupby("target", sort=False).indices.values()]
        clouds = [_closest(part, width) for part in parts]
        if all(len(cloud.layout_) == len(part) for cloud, part in zip(clouds, parts, strict=True)):
            break
    return clouds, dots


def _closest(sizes: pd.Series, width: int) -> WordCloud:
    """The words in the least room, from that of the letters and the space around them."""
    room = sum((size + _APART) * (size * len(word) + _APART) for word, size in sizes.items())
    for height in range(int((room / _WIDE) ** 0.5), _HIGHEST, _APART):
        cloud = _cloud(sizes, min(width, _WIDE * height), height)
        if len(cloud.layout_) == len(sizes):
            return cloud
    return _cloud(sizes, width, _HIGHEST)


def _cloud(sizes: pd.Series, width: int, height: int) -> WordCloud:
    """Laid out with a fixed seed, so that the same words give the same picture."""
    cloud = WordCloud(
        font_path=str(font_file()),
        width=width,
        height=height,
        margin=_APART,
        prefer_horizontal=1,
        relative_scaling=1,  # a size twice as large is twice as large
        max_font_size=sizes.max(),
        min_font_size=sizes.min(),
        font_step=sizes.max(),  # a word without room ends the layout and is not made small
        random_state=2021,
    )
    return cloud.generate_from_frequencies(sizes)


def _write(ax: Axes, cloud: WordCloud, words: pd.DataFrame) -> None:
    """Write words where blocks of their size were laid out, as text that stays letters."""
    for ((block, _), size, (down, across), *_), word in zip(
        cloud.layout_, words.itertuples(), strict=False
    ):
        middle = (across + size * len(block) / 2) / _DOTS, -(down + size / 2) / _DOTS
        look = {"size": size / _DOTS, "color": word.color, "ha": "center", "va": "center"}
        ax.annotate(word.term, (0, 1), middle, "axes fraction", "offset points", **look)
    ax.axis("off")


@drawn
def shift(table: pd.DataFrame, max_rows: int = 12) -> Chart | None:
    """Word shift: what each word adds to the difference of two groups, and the same-text null.

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
    total, cross, null = rows[["total", "cross_total", "null_total"]].iloc[0]
    has_null = bool(pd.notna(cross) and pd.notna(null))  # texts of one sentence have no halves
    sizes = [0.21 * len(rows) + 0.3, *([0.65] if has_null else [])]
    fig, axes = panels(len(sizes), sum(sizes) + 1.5, height_ratios=sizes)
    _shift_bars(axes[0, 0], rows, one)
    name_panel(axes[0, 0], said("shift", "x", one=one, two=two))
    if has_null:
        _null(axes[1, 0], cross, null)
        name_panel(axes[1, 0], said("shift", "null"))
    head(fig, "shift", one=one, two=two)
    sides = {"one": one, "two": two, "total": total, "cross": cross, "null": null}
    first = {"percent": rows["percent"].sum(), "first": rows["term"].iloc[0]}
    return Chart.of(fig, rows, "shift" if has_null else "shift_alone", **first, **sides)


def _shift_bars(ax: Axes, rows: pd.DataFrame, one: str) -> None:
    length = rows["percent"] * np.where(rows["higher_in"] == one, -1, 1)
    bars = ax.barh(np.arange(len(rows)), length, color=[BLUE if x > 0 else ORANGE for x in length])
    texts = [f"{t} {a}:{b}" for t, a, b in zip(rows["term"], rows["f1"], rows["f2"], strict=True)]
    ax.bar_label(bars, texts, padding=3)
    # As much room outside the longest bar as the longest text takes.
    text = max(inches_of(text, SMALL) for text in texts) + 0.1
    half = page().width / 2 - 0.15
    edge = rows["percent"].max() * half / max(0.3 * half, half - text)
    ax.set_xlim(-edge, edge)
    ax.axvline(0, color=INK, lw=0.8)
    ax.set_yticks([])
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.spines["left"].set_visible(False)
    ax.xaxis.set_major_formatter(lambda x, _: f"{abs(x):g}%")


def _null(ax: Axes, cross: float, null: float) -> None:
    """How far halves of the two sides are apart, above halves of one text."""
    names = [fitted(pair, 0.55 * page().width) for pair in words()["labels"]["halves"].values()]
    bars = ax.barh([0, 1], [cross, null], color=[INK, LIGHT_GREY], height=0.6)
    values = zip((cross, null), names, strict=True)
    ax.bar_label(bars, [f"{value:.2f}  {name}" for value, name in values], padding=3)
    ax.set_xlim(0, max(cross, null, 0.01) / 0.35)
    ax.set_ylim(1.6, -0.6)
    ax.axis("off")
