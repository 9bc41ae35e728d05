"""Held-out scores: figures only, as they were measured, and measured again with the texts."""

import re
from pathlib import Path

import pandas as pd
import pytest

import score_heldout
from check_gold import HELD_OUT
from policytext.evaluation.gold import GOLD, read_coded, read_gold
from policytext.evaluation.metrics import SUMMARY_COLUMNS, Score, wilson
from policytext.evaluation.summary import held_out_scores
from policytext.numbers.quantities import measured

ROUNDED = 5e-5  # what is stored has four digits


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return held_out_scores()


def coded(table: pd.DataFrame, task: str, what: str, by: str | None = None) -> dict[str, int]:
    """How many rows were coded, by part; the whole has no name."""
    rows = table[(table["task"] == task) & (table["what"] == what)]
    rows = rows[rows["by"].isna() if by is None else rows["by"].eq(by)]
    return dict(zip(rows["part"].fillna(""), rows["coded"], strict=True))


def test_shares_follow_from_their_counts(table: pd.DataFrame) -> None:
    assert list(table.columns) == SUMMARY_COLUMNS
    assert not table.duplicated(["task", "what", "by", "part"]).any()
    whole = table.dropna(subset=["hits", "found", "coded"])
    assert whole["f1"].notna().all()
    for row in whole.itertuples():
        score = Score(row.hits, row.found, row.coded)
        figures = (row.precision, row.recall, row.f1)
        assert figures == pytest.approx(
            (score.precision, score.recall, score.f1), abs=ROUNDED, nan_ok=True
        )
    shares = table[table["share"].notna()]
    assert shares["found"].isna().all()
    assert (shares["hits"] / shares["coded"] - shares["share"]).abs().max() < ROUNDED
    alone = table[table["coded"].isna()]
    assert (alone["hits"] / alone["found"] - alone["precision"]).abs().max() < ROUNDED
    assert len(whole) + len(shares) + len(alone) == len(table)


def test_intervals_hold_their_figures(table: pd.DataFrame) -> None:
    figure = table["f1"].fillna(table["share"]).fillna(table["precision"])
    assert (table["low"] <= figure).all() and (figure <= table["high"]).all()
    assert (table["low"] >= 0).all() and (table["high"] <= 1).all()
    plain = table[table["interval"].str.endswith("Wilson")]
    assert len(plain) > len(table) / 2
    for row in plain.itertuples():
        of = row.found if pd.isna(row.coded) else row.coded
        assert (row.low, row.high) == pytest.approx(wilson(row.hits, of), abs=ROUNDED)


def test_what_was_coded_is_all_that_was_coded(table: pd.DataFrame) -> None:
    words = read_gold("heldout-words.csv")
    numbers, slogans = (read_coded(name, "heldout") for name in HELD_OUT)
    strict, core = numbers[numbers["is_target_strict"]], slogans[slogans["core"]]
    assert coded(table, "words", "boundaries") == {"": len(words)}
    assert coded(table, "quantities", "mentions") == {"": len(numbers)}
    assert coded(table, "quantities", "quantities and dates") == {"": len(measured(numbers))}
    assert coded(table, "targets", "strict targets") == {"": len(strict)}
    assert coded(table, "slogans", "core spans") == {"": len(core)}
    names = core["doc"] + core["canonical_start"].fillna(core["start"]).astype(int).astype(str)
    assert coded(table, "slogans", "distinct slogans reached") == {"": names.nunique()}
    types = core["types"].str.split("|").explode().value_counts().to_dict()
    assert coded(table, "slogans", "core spans", "type") == types


@pytest.mark.parametrize(
    ("task", "what"),
    [("quantities", "mentions"), ("targets", "strict targets"), ("slogans", "core spans")],
)
def test_documents_and_quotations_add_up_to_the_whole(
    table: pd.DataFrame, task: str, what: str
) -> None:
    rows = table[(table["task"] == task) & (table["what"] == what)]
    counts = ["hits", "found", "coded"]
    whole = rows.loc[rows["by"].isna(), counts].iloc[0].tolist()
    for by in {"document", "quotation"} & set(rows["by"].dropna()):
        assert rows.loc[rows["by"] == by, counts].sum().tolist() == whole, by
    assert "document" in set(rows["by"])


def test_the_readme_of_the_coded_tables_says_how_many() -> None:
    text = (GOLD / "README.md").read_text(encoding="utf-8")
    said = re.search(
        r"(\d+) slogan mentions \((\d+) core\) of two passages"
        r".*?(\d+) numeric mentions of four.*?sentences in (\d+) words",
        text,
        re.DOTALL,
    )
    numbers, slogans = (read_coded(name, "heldout") for name in HELD_OUT)
    words = read_gold("heldout-words.csv")
    assert said
    rows = (len(slogans), slogans["core"].sum(), len(numbers), len(words))
    assert tuple(map(int, said.groups())) == rows


def test_a_sentence_opens_behind_a_gap_and_behind_a_full_stop() -> None:
    table = pd.DataFrame(
        {
            "source": ["a", "a", "a", "a", "b"],
            "start": [0, 1, 2, 9, 10],
            "end": [1, 2, 4, 10, 11],
            "text": ["好", "。", "天气", "冷", "热"],
        }
    )
    assert score_heldout._numbers(table).tolist() == [1, 1, 2, 3, 4]


def test_the_stored_figures_are_what_the_texts_give(shared: Path, table: pd.DataFrame) -> None:
    """After a change of rules: python scripts/score_heldout.py SHARED."""
    fresh = score_heldout.score_held_out(shared)
    pd.testing.assert_frame_equal(fresh, table, check_dtype=False, rtol=0, atol=ROUNDED)
