"""Word clouds: one a group, always shown beside the table."""

from math import ceil

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
from wordcloud import WordCloud

from policytext import figures
from policytext.figures import Chart

figures.house_style()


@figures.from_rounded
def clouds(counts: pd.DataFrame, groups: list[str] | None = None, most: int = 40) -> Chart:
    """A word cloud for each group; size shows the rate inside it, shade the rate across all.

    Args:
        counts: Rows of `count_terms`: group, term, count, rate, rank.
        groups: Which groups, in which order; by default the first six of the table.
        most: Terms in each cloud.
    """
    present = list(dict.fromkeys(counts["group"]))
    groups = groups or present[:6]
    rows = counts[counts["group"].isin(groups)].groupby("group", sort=False).head(most)
    top = rows["rate"].max()
    fig, axes = plt.subplots(ceil(len(groups) / 2), min(2, len(groups)), squeeze=False)
    fig.set_size_inches(4.2 * axes.shape[1], 2.9 * axes.shape[0])
    for ax, group in zip(axes.flat, groups, strict=False):
        ax.imshow(_cloud(rows[rows["group"] == group], top), interpolation="bilinear")
        ax.set_title(group)
    for ax in axes.flat:
        ax.axis("off")
    fig.suptitle("各组词云 Word clouds, one a group", x=0.01, ha="left")
    left_out = len(present) - len(groups)
    return Chart(
        fig,
        rows.reset_index(drop=True),
        caption=f"各组前 {most} 个词;深浅按每千词频率(最高 {top:.1f}),各组可比;"
        f"字号只在本组内可比。另有 {left_out} 组未画。数值见表。",
        caption_en=f"The {most} most frequent words of each group. Shade shows the rate per 1,000 "
        f"words (highest {top:.1f}) and compares across groups, size only within one; "
        f"{left_out} groups are not drawn. The table has the numbers.",
        alt="词云:" + ";".join(f"{g}:{_first(rows, g)}" for g in groups) + "。",
        alt_en=f"Word clouds of {len(groups)} groups; the first words of each are in the table.",
    )


def _first(rows: pd.DataFrame, group: str) -> str:
    return "、".join(rows.loc[rows["group"] == group, "term"].head(3))


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
