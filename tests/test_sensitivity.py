"""Claims under other choices: the table, its default, and that a flip is a flip."""

import pandas as pd
import pytest

import policytext as pt
from policytext.choices import Answer
from policytext.sensitivity import SENSITIVITY_COLUMNS, page_sensitivity, sensitivity
from policytext.sensitivity import _table as table_of


@pytest.fixture(scope="module")
def table(corpus: pt.Corpus) -> pd.DataFrame:
    return sensitivity(corpus, most=2)


def test_every_claim_has_one_default_and_other_choices(table: pd.DataFrame) -> None:
    assert list(table.columns) == SENSITIVITY_COLUMNS
    for claim, rows in table.groupby("claim"):
        assert rows["default"].sum() == 1, claim
        assert len(rows) > 1, claim
        assert rows["default"].iloc[0] and not rows["flips"].iloc[0], claim


def test_a_flip_is_another_result(table: pd.DataFrame) -> None:
    for claim, rows in table.groupby("claim"):
        flipped = rows.loc[rows["flips"], "result"]
        assert rows["result"].iloc[0] not in set(flipped), claim


def test_the_choices_of_the_brief_are_there(table: pd.DataFrame) -> None:
    values = " ".join(table["value"])
    for word in ("HMM on", "HMM off", "word lists", "all tags", "extended", "single sentences"):
        assert word in values
    for word in ("a mean paragraph", "α0 10", "α0 1000", "broad", "without formulae"):
        assert word in values


def test_the_default_is_what_the_notebooks_say(corpus: pt.Corpus, table: pd.DataFrame) -> None:
    essays = pt.leading_kind(corpus)
    words = pt.select_terms(pt.segment(essays), essays)
    group = essays.documents["label"].iloc[0]
    first = pt.keyness(words, essays, group, by="label").iloc[0]
    rows = table[table["claim"] == f"the word most characteristic of {group}"]
    assert rows["result"].iloc[0] == f"{first['term']} {first['f1']}:{first['f2']}"


def test_the_page_is_scored_under_other_choices() -> None:
    rows = page_sensitivity()
    assert set(rows["notebook"]) == {"02", "06"}
    assert rows.groupby("claim").size().min() > 3


def test_two_answers_with_one_key_do_not_flip() -> None:
    choices = {
        ("a", "1"): lambda: Answer("x", "x 3:1"),
        ("a", "2"): lambda: Answer("x", "x 5:1"),
        ("a", "3"): lambda: Answer("y", "y 5:1"),
    }
    assert table_of([("00", "claim", choices)])["flips"].tolist() == [False, False, True]
