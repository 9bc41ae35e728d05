"""Variation between texts of one office: the table of facts, and what is drawn from it."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import measure_offices
from policytext.evaluation import office_variation
from policytext.evaluation.gold import read_reports


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return office_variation.rates()


def seen(*counts: int, characters: int = 1600) -> pd.DataFrame:
    labels = list("abcdef"[: len(counts)])
    return pd.DataFrame({"label": labels, "characters": characters, "slogans_core": counts})


def same_rates(places: int = 5, texts: int = 7, spread: float = 1.0) -> pd.DataFrame:
    """Offices whose texts do not differ at all."""
    names = [str(place) for place in range(places) for _ in range(texts)]
    return pd.DataFrame(
        {"place": names, "characters": 16_000, "x": 80, "x_index_of_dispersion": spread}
    )


def test_rates_follow_from_counts(table: pd.DataFrame) -> None:
    assert table["doc"].is_unique and "pingshan-2021a" not in set(table["doc"])
    for name in office_variation.MEASURES:
        expected = 1000 * table[name] / table["characters"]
        assert np.allclose(table[f"{name}_rate"], expected, atol=1e-3)


def test_equal_rates_are_never_far_apart_and_unequal_ones_are(table: pd.DataFrame) -> None:
    shares = office_variation.same_office(seen(50, 51, 12), "slogans_core", table=table).set_index(
        ["group_a", "group_b"]
    )
    assert shares.loc[("a", "b"), "share"] > 0.8
    assert shares.loc[("a", "c"), "share"] < 0.2
    assert shares.loc[("a", "c"), "ratio"] == pytest.approx(50.5 / 12.5)


def test_the_same_seed_gives_the_same_shares() -> None:
    pd.testing.assert_frame_equal(
        office_variation.same_office(seen(30, 20), "slogans_core"),
        office_variation.same_office(seen(30, 20), "slogans_core"),
    )


def test_without_spread_or_clumping_counts_are_those_of_poisson() -> None:
    """Two Poisson counts of 40: a gap of 10 or more in 26 % of the cases, by the normal law."""
    rows = seen(45, 35).rename(columns={"slogans_core": "x"})
    share = office_variation.same_office(rows, "x", table=same_rates())["share"].iloc[0]
    assert share == pytest.approx(0.26, abs=0.05)


def test_clumped_mentions_differ_more() -> None:
    rows = seen(45, 35).rename(columns={"slogans_core": "x"})
    loose, clumped = (
        office_variation.same_office(rows, "x", table=same_rates(spread=c))["share"].iloc[0]
        for c in (1, 4)
    )
    assert clumped > loose + 0.2


def test_power_is_the_level_without_a_difference_and_grows_with_texts() -> None:
    table = office_variation.power("slogans_core", ratios=[1.0, 2.0], texts=[3, 8])
    power = table.set_index(["ratio", "texts"])["power"]
    assert power[1.0].max() < 0.1
    assert power[(2.0, 3)] < power[(2.0, 8)]


def test_clumping_of_even_mentions_is_low_and_of_a_heap_high() -> None:
    document = pd.DataFrame({"doc": ["d"], "start": [0], "end": [10_000]})
    row = next(document.itertuples())
    even = pd.DataFrame({"doc": "d", "start": range(0, 10_000, 100)})
    heap = pd.DataFrame({"doc": "d", "start": [5] * 50})
    assert measure_offices.index_of_dispersion(even, row) == 0
    assert measure_offices.index_of_dispersion(heap, row) > 10
    assert np.isnan(measure_offices.index_of_dispersion(even.iloc[:0], row))


def test_the_table_is_what_the_reports_give(shared: Path, table: pd.DataFrame) -> None:
    """Within a few percent: rules change, and the table is measured again from time to time."""
    docs = ["luohu-2022", "longhua-2023"]
    fresh = measure_offices.count(read_reports(shared)).set_index("doc").loc[docs]
    stored = table.set_index("doc").loc[docs]
    assert (fresh["characters"] == stored["characters"]).all()
    for name in office_variation.MEASURES:
        assert np.allclose(fresh[name], stored[name], rtol=0.1, atol=5), name
