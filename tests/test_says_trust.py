"""Sentences on trust follow from their tables."""

import pandas as pd

from policytext import says_trust as st


def scores(f1: float) -> pd.DataFrame:
    row = {"room": "words", "what": "boundaries", "by": None, "f1": f1, "share": None}
    return pd.DataFrame([row | {"low": f1 - 0.1, "high": f1 + 0.05}])


def test_only_what_falls_on_other_text_is_told() -> None:
    said = st.gap(scores(0.95), scores(0.8)).data
    assert "development score 0.95, held-out score 0.80 [0.70, 0.85]" in said
    assert not st.gap(scores(0.95), scores(0.945)).data


def pairs(share: float) -> pd.DataFrame:
    cells = {"one": "a", "two": "b", "rate1": 31.0, "rate2": 16.0, "share": share}
    return pd.DataFrame([cells | {"reports": 37, "offices": 5}])


def test_pairs_are_named_only_where_they_are_unlike() -> None:
    assert st.unlike(pairs(0.2)).data.startswith("- No two of these texts")
    assert st.unlike(pairs(0.01)).data.startswith("- **a** and **b**, 31.0 and 16.0")


def test_the_fewest_texts_that_are_enough_are_told() -> None:
    cells = {"ratio": [2, 2, 2, 1.2], "texts": [2, 5, 8, 5], "power": [0.3, 0.9, 0.95, 0.2]}
    table = pd.DataFrame(cells)
    said = st.needed(table).data
    assert "2 times as high takes 5 texts" in said
    assert "1.2 times as high takes more than 5 texts" in said
