"""One function per figure: a table in, a figure out."""

import matplotlib.pyplot as plt
import pandas as pd

from policytext.charts.saving import BLUE, GREY, Chart, drawn, panels


@drawn
def lengths(table: pd.DataFrame, max_rows: int = 40) -> Chart:
    """Draw document lengths as bars, longest first, the kind of the longest in blue.

    Args:
        table: Columns ``label``, ``kind`` and ``characters``, as `describe` gives them.
        max_rows: How many documents are drawn, the longest; the caption says how many are not.
    """
    rows = table.sort_values("characters", kind="stable").tail(max_rows)
    first = table.loc[table["characters"].idxmax(), "kind"]
    shades = [BLUE if value == first else GREY for value in rows["kind"]]
    fig, ax = plt.subplots(figsize=(7, 0.42 * len(rows) + 1.2))
    bars = ax.barh(rows["label"], rows["characters"], color=shades, height=0.68)
    kinds = zip(rows["characters"], rows["kind"].fillna(""), strict=True)
    notes = [f"{number:,} {name}".strip() for number, name in kinds]
    ax.bar_label(bars, notes, padding=4, fontsize=9, color="#444444")
    ax.set_xlim(0, rows["characters"].max() * 1.18)
    ax.set_title("各篇长度 Length of each document")
    ax.set_xlabel("汉字与字母数字 Han and alphanumeric characters")
    ends = {"longest": rows["characters"].max(), "shortest": rows["characters"].min()}
    return Chart.of(fig, table, "lengths", more=len(table) - len(rows), rows=len(rows), **ends)


@drawn
def findings(table: pd.DataFrame, names: dict[str, str], max_rows: int = 40) -> Chart:
    """Small multiples: what was found in each document, per 1,000 characters, with the count.

    Args:
        table: Rows of `policytext.corpus.corpus.count_by_document`.
        names: The count columns to draw and what to call them.
        max_rows: How many documents are drawn, in the order of the table.
    """
    rows = table.head(max_rows)
    size = 2.6 * len(names) + 1.2, 0.36 * len(rows) + 1.3
    fig, axes = panels(len(names), size, len(names), sharey=True)
    for ax, (column, title) in zip(axes[0], names.items(), strict=True):
        bars = ax.barh(rows["label"], rows[f"{column}_per_1000"], color=BLUE, height=0.66)
        ax.bar_label(bars, [f"{n}" for n in rows[column]], padding=3, fontsize=9, color="#444444")
        ax.set_title(title)
        ax.margins(x=0.16)
    axes[0, 0].invert_yaxis()
    fig.supxlabel("每千字 per 1,000 characters", size=9.5)
    chinese = "、".join(name.split(" ")[0] for name in names.values())
    left_out = len(table) - len(rows)
    return Chart.of(fig, rows, "findings", names=chinese, left_out=left_out, panels=len(names))
