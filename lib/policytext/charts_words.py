"""Figures of the segmenter: how often it is right."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from policytext import figures
from policytext.figures import Chart

figures.house_style()

_MEASURES = {
    "f1": "词界 Word F1",
    "fine": "词性 Tags",
    "coarse": "大类 Coarse tags",
}


@figures.from_rounded
def systems(table: pd.DataFrame) -> Chart:
    """Dots with intervals: word F1 and tag accuracy of each system.

    Args:
        table: Rows of `policytext.scoring.words.comparison`: system, and f1, fine, coarse each
            with ``_low`` and ``_high``.
    """
    y = np.arange(len(table))
    fig, axes = plt.subplots(1, len(_MEASURES), sharey=True, figsize=(8.4, 0.5 * len(table) + 1.3))
    for ax, (measure, title) in zip(axes, _MEASURES.items(), strict=True):
        ax.hlines(y, table[f"{measure}_low"], table[f"{measure}_high"], color="#0072B2", lw=1.6)
        ax.plot(table[measure], y, "o", color="#0072B2", ms=6)
        for at, value in zip(y, table[measure], strict=True):
            ax.annotate(
                f"{value:.3f}", (value, at), (0, 7), textcoords="offset points", ha="center"
            )
        ax.set_title(title)
        ax.grid(axis="x")
    axes[0].set_yticks(y, table["system"])
    axes[0].set_ylim(len(table) - 0.5, -0.7)
    fig.supxlabel("与编码者一致的比例 agreement with the coded sentences", size=9.5)
    return Chart(
        fig,
        table,
        caption="各切分方案在 30 句上的得分(开发集,由一名模型辅助的编码者切分);"
        "横线为按句自助法的 95% 区间。",
        caption_en="Scores on 30 sentences, cut by one model-assisted coder (development set); "
        "lines are 95% intervals from resampled sentences.",
        alt="点线图:" + ";".join(f"{s} {f:.3f}" for s, f in table[["system", "f1"]].values) + "。",
        alt_en=f"Dots with intervals for {len(table)} systems in three panels.",
    )
