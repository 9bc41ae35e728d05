"""Sentences on trust that are computed from tables: held-out text, texts of one office."""

from collections.abc import Iterable

import pandas as pd
from IPython.display import Markdown

from policytext.exports import rounded
from policytext.says import lines


def gap(page: pd.DataFrame, held_out: pd.DataFrame) -> Markdown:
    """How far each score of the page stands above that of held-out text.

    Args:
        page: Rows of `policytext.scoring.summary.development_scores`.
        held_out: Rows of `policytext.scoring.heldout.stored`.
    """
    both = _whole(page).merge(_whole(held_out), on=["room", "what"], suffixes=("", "_out"))
    both = both.assign(gap=both["value"] - both["value_out"])
    both = both.sort_values("gap", ascending=False, kind="stable", key=rounded)
    return lines(
        f"**{row.room}**, {row.what}: development score {row.value:.2f}, held-out score "
        f"{row.value_out:.2f} [{row.low_out:.2f}, {row.high_out:.2f}]"
        for row in both.itertuples()
        if row.gap > 0.02
    )


def _whole(table: pd.DataFrame) -> pd.DataFrame:
    rows = table[table["by"].isna()]
    return rows.assign(value=rows["f1"].fillna(rows["share"]).astype(float))


def unlike(pairs: pd.DataFrame, level: float = 0.05) -> Markdown:
    """Which pairs of texts differ more than two texts of one office would.

    Args:
        pairs: Rows of `policytext.between_years.same_office`.
        level: Below which share a pair is named.
    """
    reports, offices = pairs["reports"].iloc[0], pairs["offices"].iloc[0]
    basis = f"variation of {reports} reports of {offices} offices"
    rare = pairs[pairs["share"] < level]
    if rare.empty:
        least = pairs.loc[pairs["share"].idxmin()]
        return lines(
            [
                f"No two of these texts differ more than two texts of one office do in {level:.0%} "
                f"of the cases ({basis}); the furthest apart are {_pair(least)}."
            ]
        )
    return lines(f"{_pair(row)} ({basis})" for _, row in rare.iterrows())


def _pair(row: pd.Series) -> str:
    return (
        f"**{row['one']}** and **{row['two']}**, {row['rate1']:.1f} and {row['rate2']:.1f} per "
        f"1,000 characters, as far apart as two texts of one office in {row['share']:.0%}"
    )


def needed(table: pd.DataFrame, enough: float = 0.8) -> Markdown:
    """How many texts an office it takes to see each difference.

    Args:
        table: Rows of `policytext.between_years.power`.
        enough: In what share of the cases it is to be seen.
    """
    return lines(_needed(table, enough))


def _needed(table: pd.DataFrame, enough: float) -> Iterable[str]:
    for ratio, rows in table.groupby("ratio"):
        texts = rows.loc[rows["power"] >= enough, "texts"]
        many = f"{texts.min()} texts" if len(texts) else f"more than {rows['texts'].max()} texts"
        yield f"A rate {ratio:g} times as high takes {many} of each office ({enough:.0%})."
