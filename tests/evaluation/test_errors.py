"""Errors shown: each is an error, each has its passage, and together they are all there are."""

import pandas as pd
import pytest

from policytext.evaluation import errors as er
from policytext.evaluation.metrics import joined, total
from policytext.evaluation.scores import core_slogans, quantity_tables, slogan_tables


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return er.errors()


def test_every_error_lies_in_its_passage(table: pd.DataFrame) -> None:
    assert list(table.columns) == er.ERROR_COLUMNS
    assert all(row.text in row.passage for row in table.itertuples())


def test_what_is_missed_is_what_the_scores_lack(table: pd.DataFrame) -> None:
    missed = table[table["error"] == "missed"]["task"].value_counts()
    _, found, _, coded = quantity_tables("page")
    numbers = total(joined(found, coded))
    assert missed.get("quantities", 0) == len(coded) - numbers.hits
    _, slogans, mentions = slogan_tables("page")
    score = total(core_slogans(slogans, mentions))
    assert missed.get("slogans", 0) == score.coded - score.hits


def test_reasons_count_every_error_once(table: pd.DataFrame) -> None:
    assert er.by_reason(table)["errors"].sum() == len(table)
    assert table["reason"].notna().all()


def span(start: int, end: int, **columns: object) -> pd.DataFrame:
    return pd.DataFrame([{"doc": "d", "start": start, "end": end, **columns}])


def test_an_overlap_is_one_error_of_boundary() -> None:
    found, coded = span(3, 6, status="target"), span(3, 5, status="target")
    rows = list(er._of_numbers("quantities", joined(found, coded), coded, "other"))
    assert rows == [("quantities", "missed", "wrong boundary", "d", 3, 5, ("d", 3, 6), ("d", 3, 5))]


def test_a_slogan_of_the_other_set_is_told_from_one_not_seen() -> None:
    others = span(0, 4, core=False)
    assert er.slogan_reason(("d", 0, 4), "none", others) == ("core or extended", "extended")
    assert er.slogan_reason(("d", 0, 5), "none", others)[0] == "wrong boundary"
    assert er.slogan_reason(("d", 8, 9), "full", others) == ("quoted", None)


@pytest.mark.parametrize(
    ("found", "coded", "reason"),
    [
        ("target", "slogan_number", "seen as a quantity"),
        ("lexical", "achievement", "seen as no quantity"),
        ("target", "work_item", "wrong status"),
        ("vague", "slogan_number", "wrong status"),
    ],
)
def test_the_border_of_quantities_is_named(found: str, coded: str, reason: str) -> None:
    assert er.status_reason(found, coded) == reason
