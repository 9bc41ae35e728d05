"""The figure of a ladder: which marks are drawn, and what it says of them."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.lines import Line2D

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


def place_of(mark: Line2D) -> tuple[float, float]:
    return np.asarray(mark.get_xdata())[0], np.asarray(mark.get_ydata())[0]


def test_each_mark_is_a_headline_and_a_cross_where_none_is_set() -> None:
    chart = ladder.steps(facts(*ROWS))
    assert chart is not None
    drawn = chart.data[["place", "comparator"]].values.tolist()
    assert sorted(drawn) == [["丙省", "none"], ["乙省", "range"], ["全国", "≈"], ["甲省", ">="]]
    below = chart.figure.get_supxlabel()
    assert [sign for sign in "●○▶◀━×" if sign in below] == ["○", "▶", "━", "×"]
    assert "其中 1 个没有写数" in chart.alt


def test_a_place_has_a_row_and_a_level_of_many_has_one() -> None:
    many = [
        (f"{letter}市", "prefectural", 2024, 5.5, 5.5, "=", "headline")
        for letter in "一二三四五六七"
    ]
    chart = ladder.steps(facts(*ROWS, *many))
    assert chart is not None and "同数的叠放" in chart.caption
    (ax,) = chart.figure.axes
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names == ["全国", "丙省", "乙省", "甲省", "7 市 7 cities"]
    stack = {y for x, y in map(place_of, ax.lines) if x == 5.5}
    assert len(stack) == 7


def test_no_figure_is_marked_behind_the_row_and_on_no_value() -> None:
    chart = ladder.steps(facts(*ROWS))
    assert chart is not None
    (cross,) = (line for line in chart.figure.axes[0].lines if line.get_marker() == "x")
    assert place_of(cross)[0] > 1 and cross.get_transform() != chart.figure.axes[0].transData


def test_the_band_is_the_highest_place_even_where_it_has_no_report_of_the_first_year() -> None:
    before = [("甲省", "provincial", 2023, 6, 6, "=", "headline")]
    before += [("子市", "prefectural", 2023, 7, 7, "=", "headline")]
    chart = ladder.steps(facts(*before, *ROWS))
    assert chart is not None and "竖带 band：全国" in chart.figure.get_supxlabel()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (ROWS, "全国之外写了数的有 2 地，其中 0 地的数在全国之上"),
        ([*ROWS, ("乙省", "provincial", 2025, 6, 6, "=", "headline"),
          ("子市", "prefectural", 2025, 7, NAN, ">=", "headline")], "2025 年，2 地写的数从 6 到 7"),
    ],
)  # fmt: skip
def test_the_caption_says_first_what_to_see(rows: list[tuple[object, ...]], said: str) -> None:
    chart = ladder.steps(facts(*rows))
    assert chart is not None and said in chart.caption.split("。")[0]


@pytest.mark.parametrize("rows", [[NATION], [], ROWS[1:3]])
def test_targets_of_one_level_alone_make_no_figure(rows: list[tuple[object, ...]]) -> None:
    assert ladder.steps(facts(*rows)) is None


@pytest.mark.parametrize("width", ["170 mm", "85 mm"])
def test_no_letter_is_cut_off_or_on_another(width: str) -> None:
    years = [(p, lv, y, *rest) for y in (2022, 2023, 2024) for p, lv, _, *rest in ROWS]
    chart = ladder.steps(facts(*years))
    assert chart is not None and not list(faults(chart.drawn(width)))
