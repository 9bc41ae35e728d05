"""Figures of slogans: who uses which, from which level, and where in the text."""

from collections.abc import Iterable

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
    band,
    filled,
    foot,
    head,
    height_of,
    inches_of,
    is_narrow,
    labels,
    name_panel,
    name_rows,
    needs,
    one_panel,
    page,
    panels,
    row_names,
    said,
    words,
    wrapped,
)
from policytext.charts.saving import Chart, drawn

ECHOES = ("exact", "variant", "member", "expansion")
# Inches: of a column with a count and its kind in words, of a line in a cell, of a row without.
_COLUMN, _LINE, _ROW = 0.5, 0.135, 0.07
_NAMES = 0.3  # of the page, for the slogans

_TIED = 3  # so many slogans are named where they share the first place


@drawn
def adoption(
    matrix: pd.DataFrame, groups: Iterable[str], max_rows: int = 24, max_groups: int = 8
) -> Chart | None:
    """Table of the slogans that groups share, level by level: in each cell how each echoes it.

    Args:
        matrix: Rows of `adoption_matrix`: canonical, group, a count per echo, mentions, level,
            groups.
        groups: The groups in the order of the columns; a missing one has none.
        max_rows: How many slogans are drawn: those of most groups first, then the most mentioned.
            Those of one group alone are drawn only where none is shared.
        max_groups: How many groups are drawn, in their order.
    """
    order = list(pd.unique(pd.Series(groups).dropna()))  # a text may have no place
    across = order[:max_groups]
    matrix = matrix[matrix["group"].isin(across)]
    if matrix.empty:
        return None
    shared = matrix[matrix.groupby("canonical")["group"].transform("nunique") > 1]
    names = list(dict.fromkeys((shared if len(shared) else matrix)["canonical"]))
    rows = matrix[matrix["canonical"].isin(names[:max_rows])]
    fig, is_shared = _adoption_table(rows, across), len(shared) > 0
    head(fig, "adoption", "title" if is_shared else "title_unshared")
    used = rows.groupby("canonical", sort=False)["group"].nunique()
    widest = used.index[used == used[names[0]]].tolist()
    more = "…" if len(widest) > _TIED else ""  # a tie is no first place
    first = ("”“".join(widest[:_TIED]) + more, "”, “".join(widest[:_TIED]) + more)
    given = {"first": first, "first_groups": int(used[names[0]]), "groups": len(across)}
    lead = filled(words()["adoption"]["shared" if is_shared else "unshared"], **given)
    apart = shared if is_shared else rows
    return Chart.of(
        fig,
        rows.drop(columns=["passages", "same_words"], errors="ignore").reset_index(drop=True),
        "adoption",
        rows=len(used),
        groups=len(across),
        lead=tuple(lead),
        left_out=max(0, len(names) - max_rows) if is_shared else 0,
        groups_left=max(0, len(order) - max_groups),
        alone=matrix["canonical"].nunique() - apart["canonical"].nunique(),
    )


def _adoption_table(rows: pd.DataFrame, across: list[str]) -> Figure:
    """Slogans down, groups across, a band with its name above those of each level."""
    needs(_COLUMN * len(across) / (0.97 - _NAMES), f"{len(across)} groups side by side")
    column = (0.97 - _NAMES) * page().width / len(across)
    levels, english = labels("levels"), page().language == "en"
    echoes = {name: pair[english] for name, pair in words()["labels"]["echoes"].items()}
    level = rows["level"].where(rows["level"].isin(list(levels)), "unknown")
    cells = {
        (row.canonical, row.group): _cell(
            [f"{echoes[echo]} {count}" for echo in ECHOES if (count := getattr(row, echo))], column
        )
        for row in rows.itertuples()
    }
    fig, ax = one_panel(1)
    y = 0.0
    for name, title in levels.items():
        part = rows[level == name]
        if part.empty:
            continue
        y = band(ax, y, title)
        for canonical in dict.fromkeys(part["canonical"]):
            y = _adoption_row(ax, canonical, cells, across, y)
    _finish_table(fig, ax, across, y, column)
    named = labels("echoes")
    foot(fig, "adoption", [named[echo] for echo in ECHOES if rows[echo].any()])
    return fig


def _cell(texts: list[str], width: float) -> str:
    one_line = "  ".join(texts)
    return one_line if inches_of(one_line) < width - 0.05 else "\n".join(texts)


def _adoption_row(
    ax: Axes,
    canonical: str,
    cells: dict[tuple[str, str], str],
    across: list[str],
    y: float,
) -> float:
    """One slogan: its name and a cell a group; the y where the next one begins."""
    name = wrapped(canonical, _NAMES * page().width - 0.1)
    texts = [cells.get((canonical, group), "") for group in across]
    height = _LINE * max(text.count("\n") + 1 for text in (name, *texts)) + _ROW
    middle = y + height / 2
    ax.text(0.01, middle, name, transform=ax.get_yaxis_transform(), va="center", linespacing=1.1)
    for x, text in enumerate(texts):
        if text:
            ax.text(x, middle, text, ha="center", va="center", linespacing=1.1, color=INK)
    ax.axhline(y + height, color="#dddddd", lw=0.5)
    return y + height


def _finish_table(fig: Figure, ax: Axes, across: list[str], height: float, column: float) -> None:
    names = [wrapped(group, column - 0.06) for group in across]
    above = 0.15 * max(name.count("\n") + 1 for name in names) + 0.85
    fig.set_figheight(height + above)
    left = _NAMES * len(across) / (1 - _NAMES)
    ax.set_xlim(-0.5 - left, len(across) - 0.5)
    ax.set_ylim(height, 0)
    ax.set_yticks([])
    ax.set_xticks(range(len(across)), names)
    ax.xaxis.tick_top()
    ax.spines[:].set_visible(False)


@drawn
def positions(
    slogans: pd.DataFrame,
    documents: pd.DataFrame,
    sentences: pd.DataFrame | None = None,
    max_rows: int = 24,
) -> Chart | None:
    """Strip plot: where in each document the slogans stand, from its first to its last character.

    Args:
        slogans: Rows of `find_slogans`.
        documents: The corpus's documents, for their spans and labels.
        sentences: The corpus's sentences; titles, headings and leads are shaded.
        max_rows: How many documents are drawn, the first of those with slogans.

    Returns:
        The chart, or None without slogans.
    """
    if slogans.empty:
        return None
    rows = _placed(slogans, documents, ["start"])
    all_names = [name for name in documents["label"] if name in set(rows["label"])]
    names = all_names[:max_rows]
    rows = rows[rows["label"].isin(names)]
    fig, ax = one_panel(height_of(row_names(names), 0.34) + 0.95)
    if sentences is not None:
        _shade(ax, _placed(sentences, documents, ["start", "end"]), names)
    heights = rows["label"].map(names.index)
    quoted = rows["quoted"] != "none"
    for side, marker in ((quoted, 2), (~quoted, 3)):  # ticks above and below the line
        at, y = rows["start_at"][side], heights[side]
        ax.plot(at, y, ls="", marker=marker, ms=7, mew=0.9, color=INK)
    ax.set_yticks(range(len(names)), row_names(names))
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.set_xlim(-0.01, 1.01)
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "¼", "½", "¾", "1"])
    head(fig, "positions")
    foot(fig, "positions")
    columns = ["doc", "label", "start", "end", "text", "canonical", "quoted", "start_at"]
    table = rows[columns].rename(columns={"start_at": "position"})
    table.attrs = slogans.attrs
    first = (table["position"] < 0.25).sum()
    counts = {"first": int(first), "share": first / len(table), "documents": len(names)}
    return Chart.of(fig, table, "positions", more=len(all_names) - len(names), **counts)


def _placed(spans: pd.DataFrame, documents: pd.DataFrame, ends: list[str]) -> pd.DataFrame:
    """Spans with the label of their document and ``start_at``, ``end_at``: shares of it."""
    about = documents[["doc", "label", "start", "end"]]
    rows = spans.merge(about, on="doc", suffixes=("", "_doc"))
    length = rows["end_doc"] - rows["start_doc"]
    return rows.assign(**{f"{end}_at": (rows[end] - rows["start_doc"]) / length for end in ends})


def _shade(ax: Axes, sentences: pd.DataFrame, names: list[str]) -> None:
    """Bands where titles, headings and leads stand."""
    for part, shade in (("title", LIGHT_GREY), ("heading", LIGHT_GREY), ("lead", "#e8e8e8")):
        rows = sentences[(sentences["part"] == part) & sentences["label"].isin(names)]
        ax.barh(
            rows["label"].map(names.index),
            rows["end_at"] - rows["start_at"],
            left=rows["start_at"],
            height=0.8,
            color=shade,
            lw=0,
        )


@drawn
def shares(table: pd.DataFrame, max_rows: int = 20) -> Chart:
    """Shares of the text in slogans, what the texts state apart from what is only inferred.

    Args:
        table: Rows of `level_shares`.
        max_rows: How many groups are drawn, in the order of the table.
    """
    rows = table.head(max_rows)
    names, across = row_names(rows["group"]), 1 if is_narrow() else 2
    height = 2 // across * (height_of(names, 0.38) + 0.5) + 1.0
    fig, axes = panels(2, height, across, sharex=True, sharey=across == 2)
    stated = {"upper": INK, "own": BLUE}
    # A side that has nothing in any group is said in the caption and not drawn.
    none = [side for side in stated if (rows[f"{side}_all"] == 0).all()]
    stated = {side: shade for side, shade in stated.items() if side not in none} or {"upper": INK}
    kinds = {"stated": stated, "inferred": {"only_here": GREY}}
    for ax, (panel, sides) in zip(axes.flat, kinds.items(), strict=True):
        _share_bars(ax, rows, sides)
        name_panel(ax, said("shares", panel, 1 / across), 1 / across)
        if ax is axes.flat[0] or across == 1:
            name_rows(ax, names)
        ax.grid(True, axis="x")
    fig.legend(loc="outside lower left", ncols=3 if not is_narrow() else 1)
    head(fig, "shares")
    top = rows.sort_values("upper_core", ascending=False, kind="stable").iloc[0]
    share = top["upper_core"]
    told = ("层级未知", "unknown") if pd.isna(share) else (f"{share:.1%}", f"{share:.1%}")
    given = {"first": top["group"], "share": told, "no_own": "own" in none}
    return Chart.of(fig, rows, "shares", more=len(table) - len(rows), **given)


def _share_bars(ax: Axes, rows: pd.DataFrame, sides: dict[str, str]) -> None:
    """A bar a side: full to the core slogans, its outline to the extended ones."""
    height, names = 0.7 / len(sides), labels("sides")
    for place, (side, shade) in enumerate(sides.items()):
        y = np.arange(len(rows)) + (place - (len(sides) - 1) / 2) * height
        core, all_ = rows[f"{side}_core"], rows[f"{side}_all"]
        ax.barh(y, all_, height * 0.85, color="white", ec=shade, lw=0.8)
        ax.barh(y, core, height * 0.85, color=shade, ec=shade, lw=0.8, label=names[side])
        for at, one, both in zip(y, core, all_, strict=True):
            text = "未知 ?" if pd.isna(one) else f"{one:.1%} / {both:.1%}" if both else "0"
            ax.annotate(
                text,
                (0 if pd.isna(both) else both, at),
                (3, 0),
                textcoords="offset points",
                va="center",
            )
    ax.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    ax.xaxis.set_major_formatter(lambda x, _: f"{100 * x:g}%")
    longest = rows[["upper_all", "own_all", "only_here_all"]].max().max()
    ax.set_xlim(0, 1.5 * max(0.01, 0 if pd.isna(longest) else longest))
