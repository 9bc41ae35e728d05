"""Held-out scores: figures only, stored as they were measured."""

from pathlib import Path

import pandas as pd

from policytext.scoring import heldout
from policytext.scoring.rows import SUMMARY_COLUMNS


def test_stored_figures_have_counts_and_intervals() -> None:
    table = heldout.stored()
    assert list(table.columns) == SUMMARY_COLUMNS
    figure = table["f1"].fillna(table["share"]).fillna(table["precision"])
    assert (table["low"] <= figure + 1e-9).all() and (figure <= table["high"] + 1e-9).all()
    assert set(table["room"]) == {"words", "quantities", "targets", "slogans"}


def test_a_sentence_opens_behind_a_gap_and_behind_a_full_stop() -> None:
    table = pd.DataFrame(
        {
            "source": ["a", "a", "a", "a", "b"],
            "start": [0, 1, 2, 9, 10],
            "end": [1, 2, 4, 10, 11],
            "text": ["好", "。", "天气", "冷", "热"],
        }
    )
    assert heldout._numbers(table).tolist() == [1, 1, 2, 3, 4]


def test_the_whole_set_can_be_scored_where_the_texts_are(shared: Path) -> None:
    """Which figures there are, not what they are: rules go on changing between two measurements."""
    fresh, stored = heldout.held_out_scores(shared), heldout.stored()
    whole = [set(t.loc[t["by"].isna(), "what"]) for t in (fresh, stored)]
    assert whole[0] == whole[1]
    coded = [t.loc[t["what"] == "core spans", "coded"].iloc[0] for t in (fresh, stored)]
    assert coded[0] == coded[1]
