"""One function per figure: a table in, a figure out."""

import matplotlib.pyplot as plt
import pandas as pd

from policytext import figures
from policytext.figures import Chart

figures.house_style()

INK, GREY = "#0072B2", "#9a9a9a"


def lengths(table: pd.DataFrame, label: str = "label", kind: str = "kind") -> Chart:
    """Bars of document length, longest first, the most frequent kind in ink and the rest in grey.

    Args:
        table: Columns ``label``, ``kind`` and ``characters``, as `describe` gives them.
        label: The column with the names to print.
        kind: The column that the shading shows.
    """
    rows = table.sort_values("characters")
    first = table.loc[table["characters"].idxmax(), kind]
    shades = [INK if value == first else GREY for value in rows[kind]]
    fig, ax = plt.subplots(figsize=(7, 0.42 * len(rows) + 1.2))
    bars = ax.barh(rows[label], rows["characters"], color=shades, height=0.68)
    notes = [f"{n:,} {k}" for n, k in zip(rows["characters"], rows[kind], strict=True)]
    ax.bar_label(bars, notes, padding=4, fontsize=9, color="#444444")
    ax.set_xlim(0, rows["characters"].max() * 1.18)
    ax.set_title("各篇长度 Length of each document")
    ax.set_xlabel("汉字与字母数字 Han and alphanumeric characters")
    longest, shortest = f"{rows['characters'].max():,}", f"{rows['characters'].min():,}"
    return Chart(
        fig,
        table,
        caption=f"{len(rows)} 篇文本的长度(汉字与字母数字,不计标点)。",
        caption_en=f"Length of the {len(rows)} documents (Han and alphanumeric characters).",
        alt=f"横条图,最长 {longest} 字,最短 {shortest} 字。",
        alt_en=f"Bars of length, the longest {longest}, the shortest {shortest}.",
    )
