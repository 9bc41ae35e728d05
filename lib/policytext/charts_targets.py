"""Figures of stated targets: who promises what by when, how firmly, beside what was achieved."""

from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

from policytext import figures
from policytext.figures import Chart

figures.house_style()

# Shape tells the bound, so that nothing needs colour: an arrow to the right is "at least".
BOUNDS = {
    "floor": (">", "至少 at least"),
    "ceiling": ("<", "至多 at most"),
    "approximate": ("o", "约 about"),
    "point": ("o", "恰为 exactly"),
    "range": ("D", "区间 range"),
}
# Firmness is the fill: full, half, light, none.
FIRMNESS = {
    "ensure": ("#1a1a1a", "确保 ensure"),
    "strive": ("#0072B2", "力争 strive"),
    "plan": ("#56B4E9", "规划 plan"),
    "forecast": ("#c9c9c9", "预计 forecast"),
    "none": ("white", "未表态 none"),
}
_UNDATED = "未写期限\nno horizon"


@figures.from_rounded
def timeline(targets: pd.DataFrame, most: int = 30) -> Chart | None:
    """Each target on the line of its actor at the end of its horizon.

    Args:
        targets: Rows of `find_targets`; those with ``is_target`` are drawn.
        most: How many rows are drawn, the same number of each actor and the first in the text;
            the caption says how many were left out.
    """
    strict = targets[targets["is_target"]]
    if strict.empty:
        return None
    each = max(1, most // max(1, strict["actor"].nunique(dropna=False)))
    rows = strict if len(strict) <= most else strict.groupby("actor", dropna=False).head(each)
    rows = rows.head(most).assign(when=rows["horizon_end"].fillna(_UNDATED))
    rows = rows.sort_values(["actor", "when", "doc", "start"], na_position="last")
    left_out = len(strict) - len(rows)
    fig, ax = plt.subplots(figsize=(8, 0.36 * len(rows) + 1.8))
    columns = {when: x for x, when in enumerate(sorted(rows["when"].unique(), key=_undated_last))}
    for y, row in enumerate(rows.itertuples()):
        _mark(ax, columns[row.when], y, row.bound, row.commitment)
        words = " ".join(filter(None, [_said(row.commitment_text), row.text]))
        ax.annotate(words, (columns[row.when], y), (9, 0), textcoords="offset points", va="center")
    _name_rows(ax, rows)
    ax.set_xticks(list(columns.values()), list(columns))
    ax.set_xlim(-0.4, len(columns) - 0.3)
    ax.set_title("谁承诺了什么,到何时 Who promises what, by when")
    _legend(ax, rows)
    table = rows.drop(columns="when")
    dated = int(rows["horizon_end"].notna().sum())
    return Chart(
        fig,
        table.reset_index(drop=True),
        caption=f"{len(rows)} 个可核查的目标,其中 {dated} 个写明期限;另有 {left_out} 个未画。"
        "形状表示界限(至少、至多、约、恰为),深浅表示承诺强度;文字为原文。",
        caption_en=f"{len(rows)} targets with a value or date of their own, {dated} with a stated "
        f"horizon; {left_out} more are not drawn. Shape shows the bound, shade the commitment; "
        "the words are the text's.",
        alt=f"点图:{len(rows)} 行,按主体分组,横轴为期限。",
        alt_en=f"Dots in {len(rows)} rows, grouped by actor, placed at the horizon's end.",
    )


def _undated_last(when: str) -> tuple[bool, str]:
    return (when == _UNDATED, when)


def _said(words: object) -> str:
    return words if isinstance(words, str) else ""


def _mark(ax: Axes, x: float, y: float, bound: str, commitment: object) -> None:
    shape = BOUNDS.get(bound, BOUNDS["point"])[0]
    fill = FIRMNESS.get(str(commitment), FIRMNESS["none"])[0]
    # About: a ring, its line in the shade of the commitment.
    edge = "#9a9a9a" if fill == "white" else fill
    ring: dict[str, Any] = {"mfc": "white", "mec": edge, "mew": 2.6, "ms": 7}
    full: dict[str, Any] = {"mfc": fill, "mec": "#1a1a1a", "mew": 0.9, "ms": 8}
    ax.plot(x, y, shape, clip_on=False, **(ring if bound == "approximate" else full))


def _name_rows(ax: Axes, rows: pd.DataFrame) -> None:
    """Indicator names at the left, a rule and the actor's name where the actor changes."""
    actors = rows["actor"].fillna("未写主体 no actor").tolist()
    names = rows["indicator"].fillna(rows["text"]).str.slice(0, 18).tolist()
    ax.set_yticks(range(len(rows)), [f"{a}  {n}" for a, n in zip(actors, names, strict=True)])
    ax.invert_yaxis()
    for y in range(1, len(rows)):
        if actors[y] != actors[y - 1]:
            ax.axhline(y - 0.5, color="#d0d0d0", lw=0.8)
    ax.grid(axis="x")


def _legend(ax: Axes, rows: pd.DataFrame) -> None:
    used = [b for b in BOUNDS if b in set(rows["bound"])]
    firm = [c for c in FIRMNESS if c in set(rows["commitment"].fillna("none"))]
    for bound in used:
        shape, name = BOUNDS[bound]
        width = 2.6 if bound == "approximate" else 0.9
        ax.plot([], [], shape, mfc="white", mec="#1a1a1a", mew=width, ls="", label=name)
    for commitment in firm:
        fill, name = FIRMNESS[commitment]
        ax.plot([], [], "s", mfc=fill, mec="#1a1a1a", ls="", label=name)
    ax.figure.legend(loc="outside lower left", ncols=4, columnspacing=1.2)
