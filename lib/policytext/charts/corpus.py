"""Figures of a corpus: how long its texts are and how much was found in each."""

import pandas as pd
from matplotlib.axes import Axes

from policytext.charts.page import (
    BLUE,
    GREY,
    INK,
    LIGHT_GREY,
    foot,
    head,
    height_of,
    is_narrow,
    labels,
    name_panel,
    name_rows,
    one_panel,
    panels,
    row_names,
    said,
)
from policytext.charts.saving import Chart, drawn


@drawn
def lengths(table: pd.DataFrame, max_rows: int = 40) -> Chart:
    """Draw document lengths as bars, longest first, the kind of the longest in blue.

    Args:
        table: Columns ``label``, ``kind`` and ``characters``, as `describe` gives them.
        max_rows: How many documents are drawn, the longest; the caption says how many are not.
    """
    ranked = table.sort_values("characters", ascending=False, kind="stable")
    rows = ranked.head(max_rows)
    names = row_names(rows["label"])
    fig, ax = one_panel(height_of(names) + 0.7)
    shades = [BLUE if kind == rows["kind"].iloc[0] else GREY for kind in rows["kind"]]
    bars = ax.barh(range(len(rows)), rows["characters"], color=shades, height=0.68)
    named = labels("kinds")
    kinds = zip(rows["characters"], rows["kind"].fillna(""), strict=True)
    told = [f"{number:,} {named.get(kind, kind)}".strip() for number, kind in kinds]
    ax.bar_label(bars, told, padding=3)
    name_rows(ax, names)
    ax.set_xlim(0, rows["characters"].max() * (1.5 if is_narrow() else 1.2))
    head(fig, "lengths")
    foot(fig, "lengths")
    ends = {"longest": rows["characters"].max(), "shortest": table["characters"].min()}
    first = {"first": rows["label"].iloc[0], "middle": table["characters"].median()}
    return Chart.of(
        fig, table, "lengths", more=len(table) - len(rows), rows=len(rows), **ends, **first
    )


@drawn
def findings(table: pd.DataFrame, max_rows: int = 40) -> Chart:
    """Two panels, numbers with the targets among them and slogans, per 1,000 characters.

    Args:
        table: Rows of `policytext.corpus.count_by_document` with the columns ``numbers``,
            ``targets`` and ``slogans``, each also with ``_per_1000``.
        max_rows: How many documents are drawn, in the order of the table.
    """
    rows = table.head(max_rows)
    names, across = row_names(rows["label"]), 1 if is_narrow() else 2
    height = 2 // across * (height_of(names) + 0.5) + 0.6
    fig, axes = panels(2, height, across, sharex=True, sharey=across == 2)
    _bars(axes.flat[0], rows, {"numbers": LIGHT_GREY, "targets": BLUE})
    _bars(axes.flat[1], rows, {"slogans": INK})
    for ax, panel in zip(axes.flat, ("numbers", "slogans"), strict=True):
        name_panel(ax, said("findings", panel, 1 / across), 1 / across)
        ax.margins(x=0.2)
        if ax is axes.flat[0] or across == 1:
            name_rows(ax, names)
        ax.grid(True, axis="x")
    head(fig, "findings")
    foot(fig, "findings")
    sums = {name: int(table[name].sum()) for name in ("numbers", "targets", "slogans")}
    most = rows.sort_values("slogans_per_1000", ascending=False, kind="stable").iloc[0]
    sums |= {"most": most["label"], "rate": most["slogans_per_1000"]}
    return Chart.of(fig, rows, "findings", more=len(table) - len(rows), **sums)


def _bars(ax: Axes, rows: pd.DataFrame, shades: dict[str, str]) -> None:
    """Bars on each other, each kind a part of the one before; behind them the counts."""
    for column, shade in shades.items():
        rates = rows[f"{column}_per_1000"]
        bars = ax.barh(range(len(rows)), rates, color=shade, height=0.66)
        if column == next(iter(shades)):
            counts = [" / ".join(map(str, row)) for row in rows[list(shades)[::-1]].to_numpy()]
            ax.bar_label(bars, counts, padding=3)
