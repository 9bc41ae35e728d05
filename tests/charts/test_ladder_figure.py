"""The figure of a ladder: which marks are drawn, and what it says of them."""

import pandas as pd
import pytest

from drawings import faults
from policytext.charts import ladder

NAN = float("nan")
COLUMNS = "place level year indicator_name unit low high comparator role wording doc".split()


def facts(*rows: tuple[object, ...]) -> pd.DataFrame:
    """Facts of place, level, year, low, high, comparator, role."""
    full = [(p, lv, y, "GDP", "%", lo, hi, c, role, "", p) for p, lv, y, lo, hi, c, role in rows]
    return pd.DataFrame(full, columns=COLUMNS).assign(start=0, end=1)


NATION = ("全国", "central", 2024, 5.0, 5.0, "≈", "headline")
ROWS = [
    NATION,
    ("甲省", "provincial", 2024, 5.0, NAN, ">", "headline"),
    ("乙省", "provincial", 2024, 5.0, 5.5, "range", "headline"),
    ("丙省", "provincial", 2024, NAN, NAN, "", "none"),
    ("丁省", "provincial", 2024, NAN, NAN, "", "left out"),
    ("甲省", "provincial", 2024, 6.0, NAN, ">=", "stretch"),
]


def test_each_mark_is_a_headline_and_a_cross_where_none_is_set() -> None:
    chart = ladder.steps(facts(*ROWS))
    assert chart is not None
    drawn = chart.data[["place", "comparator"]].values.tolist()
    assert sorted(drawn) == [["丙省", "none"], ["乙省", "range"], ["全国", "≈"], ["甲省", ">="]]
    below = chart.figure.get_supxlabel()
    assert [sign for sign in "●○▶◀━×" if sign in below] == ["○", "▶", "━", "×"]
    assert "其中 1 个没有写数" in chart.alt


@pytest.mark.parametrize("rows", [[NATION], [], ROWS[1:3]])
def test_targets_of_one_level_alone_make_no_figure(rows: list[tuple[object, ...]]) -> None:
    assert ladder.steps(facts(*rows)) is None


@pytest.mark.parametrize("width", ["170 mm", "85 mm"])
def test_no_letter_is_cut_off_or_on_another(width: str) -> None:
    years = [(p, lv, y, *rest) for y in (2022, 2023, 2024) for p, lv, _, *rest in ROWS]
    chart = ladder.steps(facts(*years))
    assert chart is not None and not list(faults(chart.drawn(width)))
