"""The table of the provinces' headline targets: well-formed, and true to the reports."""

from pathlib import Path

import pandas as pd
import pytest

import headline_targets
import policytext as pt

# Of 308 goals: as many are found, with their values; of words a few may go when others come.
FLOORS = {
    **dict.fromkeys("found value value_max unit comparator target_kind".split(), 304),
    **{"indicator": 285, "indicator_name": 290, "measure": 300},
}


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return pd.read_csv(headline_targets.TABLE)


def test_each_province_sets_one_rate_of_growth(table: pd.DataFrame) -> None:
    assert table["doc"].nunique() == table["place"].nunique() == 30
    growth = table[table["indicator_name"].eq("GDP")].groupby("place")["value"].min()
    assert growth.between(4, 8).sum() == 30


def test_only_a_value_has_value_unit_and_measure(table: pd.DataFrame) -> None:
    assert set(table["target_kind"]) == {"value", "reference", "directional"}
    has_value = table["target_kind"].eq("value")
    for column in ("value", "unit", "comparator", "measure"):
        assert table[column].notna().eq(has_value).all(), column
    assert set(table.loc[has_value, "comparator"]) == {"=", ">=", "<=", "≈", "range"}
    assert set(table.loc[has_value, "measure"]) == {"level", "increase", "decrease"}
    assert table["value_max"].notna().eq(table["comparator"].eq("range")).all()


def test_a_wording_is_as_long_as_its_span_and_no_sentence(table: pd.DataFrame) -> None:
    assert table["wording"].str.len().eq(table["end"] - table["start"]).all()
    assert not table["wording"].str.contains("[，。；：]").any()
    assert not table.duplicated(["doc", "indicator", "start"]).any()


def test_the_reports_say_what_it_says(table: pd.DataFrame, shared: Path) -> None:
    corpus = pt.read_corpus(shared / "corpora" / "reports" / "provinces-2025.jsonl.gz")
    for row in table.itertuples():
        text = corpus.source(row.doc)
        assert text[row.start : row.end] == row.wording
        letters = iter(text[row.start - 60 : row.end])
        assert all(letter in letters for letter in row.indicator), "a shared head stands apart"


def test_the_finder_finds_and_says_them(shared: Path) -> None:
    goals = headline_targets.read_goals()
    unlike = headline_targets.differences(goals, headline_targets.targets_of(shared))
    counts = headline_targets.agreement(goals, unlike).loc["all"]
    missed = unlike[unlike["field"].eq(headline_targets.MISSED)]
    values = goals[goals["target_kind"].eq("value")]
    assert not missed.merge(values, on=["doc", "start"]).shape[0], "a number is always found"
    assert counts[[*FLOORS]].ge(pd.Series(FLOORS)).all(), unlike.to_string()
