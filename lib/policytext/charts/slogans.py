"""Figures of slogans: who uses which, from which level, and where in the text."""

from collections.abc import Iterable
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from policytext.charts.saving import INK, Chart, drawn, panels

# The shade of what a list or another document shows, and what a score of 1 would be half of: ink
# must be read on it.
_UNSCORED, _DARKEST = 0.15, 2.0
ECHOES = {"exact": "原", "variant": "变", "member": "分", "expansion": "展"}


@drawn
def adoption(
    matrix: pd.DataFrame, groups: Iterable[str], max_rows: int = 24, max_groups: int = 12
) -> Chart | None:
    """Heat map of slogans by group: shade for how surely, letters for how, figures for how often.

    Args:
        matrix: Rows of `adoption_matrix`: canonical, group, a count per echo, mentions, score,
            groups.
        groups: The groups in the order of the columns.
        max_rows: How many slogans are drawn: those of most groups first, then the most mentioned.
        max_groups: How many groups are drawn, in their order.
    """
    order = list(dict.fromkeys(groups))
    matrix = matrix[matrix["group"].isin(order[:max_groups])]
    if matrix.empty:
        return None
    names = list(dict.fromkeys(matrix["canonical"]))
    rows = matrix[matrix["canonical"].isin(names[:max_rows])]
    shade = rows.assign(shade=rows["score"].fillna(_UNSCORED))
    cells = shade.pivot(index="canonical", columns="group", values="shade")
    shown = cells.reindex(index=names[:max_rows], columns=order[:max_groups])
    fig, ax = plt.subplots(figsize=(3.6 + 1.25 * shown.shape[1], 0.36 * len(shown) + 1.5))
    ax.imshow(shown.fillna(0), cmap="Greys", vmin=0, vmax=_DARKEST, aspect="auto")
    _write_cells(ax, shown, rows)
    ax.set_xticks(range(shown.shape[1]), list(shown.columns))
    ax.xaxis.tick_top()
    ax.set_yticks(range(len(shown)), [_short(name) for name in shown.index])
    ax.spines[:].set_visible(False)
    ax.set_title("谁用了哪些提法 Who uses which slogans", pad=24)
    return Chart.of(
        fig,
        rows.drop(columns=["passages", "same_words"]).reset_index(drop=True),
        "adoption",
        rows=len(shown),
        groups=shown.shape[1],
        left_out=len(names) - len(shown),
        groups_left=max(0, len(order) - max_groups),
        shared=matrix.loc[matrix["groups"] > 1, "canonical"].nunique(),
    )


def _write_cells(ax: Axes, shown: pd.DataFrame, rows: pd.DataFrame) -> None:
    at = {name: y for y, name in enumerate(shown.index)}
    for row in rows.itertuples():
        words = [
            f"{sign}{getattr(row, echo)}" for echo, sign in ECHOES.items() if getattr(row, echo)
        ]
        x = shown.columns.get_loc(row.group)
        ax.text(x, at[row.canonical], " ".join(words), ha="center", va="center", color=INK, size=9)
    ax.set_xticks(np.arange(0.5, shown.shape[1] - 1), minor=True)
    ax.set_yticks(np.arange(0.5, len(shown) - 1), minor=True)
    ax.grid(which="minor", color="white", lw=1.5)
    ax.tick_params(which="minor", length=0)


def _short(name: str) -> str:
    return name if len(name) <= 18 else name[:17] + "…"


@drawn
def positions(slogans: pd.DataFrame, documents: pd.DataFrame) -> Chart | None:
    """Strip plot: where in each document the slogans stand, from its first to its last character.

    Args:
        slogans: Rows of `find_slogans`.
        documents: The corpus's documents, for their spans and labels.

    Returns:
        The chart, or None without slogans.
    """
    if slogans.empty:
        return None
    rows = slogans.merge(
        documents[["doc", "label", "start", "end"]], on="doc", suffixes=("", "_doc")
    )
    rows.attrs = slogans.attrs
    rows["position"] = (rows["start"] - rows["start_doc"]) / (rows["end_doc"] - rows["start_doc"])
    names = [name for name in documents["label"] if name in set(rows["label"])]
    fig, ax = plt.subplots(figsize=(8, 0.62 * len(names) + 1.6))
    heights = rows["label"].map(names.index)
    quoted = rows["quoted"] != "none"
    for side, marker in ((quoted, 2), (~quoted, 3)):  # ticks above and below the line
        ax.plot(
            rows["position"][side], heights[side], ls="", marker=marker, ms=9, mew=1.1, color=INK
        )
    ax.set_yticks(range(len(names)), names)
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.set_xlim(-0.01, 1.01)
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["题首 start", "¼", "½", "¾", "篇末 end"])
    ax.grid(axis="x")
    ax.set_title("提法在文中的位置 Where in each text slogans fall")
    ax.set_xlabel("线上加引号,线下不加 Quoted above the line, unquoted below")
    columns = ["doc", "label", "start", "end", "text", "canonical", "quoted", "position"]
    return Chart.of(fig, rows[columns], "positions", documents=len(names))


@drawn
def shares(table: pd.DataFrame, max_rows: int = 20) -> Chart:
    """Formulae from above, own ones and those used only here, as shares of the text.

    Args:
        table: Rows of `level_shares`.
        max_rows: How many groups are drawn, in the order of the table.
    """
    rows = table.head(max_rows)
    fig, axes = panels(2, (8, 0.72 * len(rows) + 1.5), 2, sharex=True, sharey=True)
    titles = {"core": "只计核心 Core alone", "all": "核心与扩展 Core and extended"}
    for ax, (name, title) in zip(axes.flat, titles.items(), strict=True):
        _bars(ax, rows, name)
        ax.set_title(title)
    first = axes[0, 0]
    first.set_yticks(range(len(rows)), list(rows["group"]))
    first.invert_yaxis()
    fig.legend(*first.get_legend_handles_labels(), loc="outside upper right", ncols=3)
    fig.supxlabel("占全文的比例 share of the text", size=9.5)
    return Chart.of(fig, rows, "shares", left_out=len(table) - len(rows))


def _bars(ax: Axes, rows: pd.DataFrame, name: str) -> None:
    y, height = np.arange(len(rows)), 0.26
    sides: dict[str, tuple[str, dict[str, Any]]] = {
        "upper": ("上级 from above", {"color": "#4d4d4d"}),
        "own": ("自有 own, as stated", {"color": "white", "edgecolor": INK, "hatch": "////"}),
        "only_here": ("只见于此 used only here", {"color": "#d9d9d9", "edgecolor": INK}),
    }
    for place, (side, (label, look)) in zip((-1, 0, 1), sides.items(), strict=True):
        bars = ax.barh(y + place * height, rows[f"{side}_{name}"], height, label=label, **look)
        shares = rows[f"{side}_{name}"]
        labels = ["未知 ?" if pd.isna(x) else f"{x:.1%}" for x in shares]
        ax.bar_label(bars, labels, padding=3, fontsize=8.5)
    ax.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    ax.xaxis.set_major_formatter(lambda x, _: f"{100 * x:g}%")
    ax.margins(x=0.2)
