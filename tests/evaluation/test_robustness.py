"""A claim under other choices: what changes is marked, and nothing is claimed of nothing."""

import numpy as np
import pandas as pd
import pytest

from policytext.corpus.issues import SelectionError
from policytext.evaluation.office_variation import leader, robustness


def test_a_choice_changes_a_claim_where_its_answer_is_another() -> None:
    table = robustness("c", {"a": lambda: ("x", 1), "b": lambda: ("x", 1), "c": lambda: ("x", 2)})
    assert list(table.columns) == ["claim", "variant", "answer", "changes"]
    assert table["changes"].tolist() == [False, False, True]
    assert set(table["claim"]) == {"c"}


def test_a_choice_without_an_answer_says_why() -> None:
    def refused() -> str:
        raise SelectionError("no term occurs 5 times; give a lower min_count")

    table = robustness("c", {"a": lambda: "x", "b": refused})
    assert table["answer"].iloc[1] == "no answer: no term occurs 5 times; give a lower min_count"
    assert table["changes"].tolist() == [False, True]


def test_other_errors_are_errors() -> None:
    with pytest.raises(ZeroDivisionError):
        robustness("c", {"a": lambda: 1 / 0})


@pytest.mark.parametrize(
    ("values", "first"),
    [
        ({"甲": 2.0, "乙": 3.0}, "乙"),
        ({"甲": 2.0, "乙": 2.0 + 1e-15}, "甲 = 乙"),
        ({"甲": np.nan, "乙": 0.1}, "乙"),
        ({"甲": 0.0, "乙": 0.0}, "none"),
        ({"甲": np.nan}, "none"),
        ({}, "none"),
    ],
    ids=["one", "a tie but for the last place", "missing", "zeros", "all missing", "no group"],
)
def test_the_first_of_groups(values: dict[str, float], first: str) -> None:
    assert leader(pd.Series(values, dtype=float)) == first
