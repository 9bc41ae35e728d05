"""A legend and a caption name what is drawn, and nothing else."""

import re

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from policytext import charts
from policytext.charts import terms
from policytext.charts.page import TooNarrow
from policytext.charts.saving import Chart

COUNTS = pd.DataFrame(
    {
        "group": "甲区",
        "term": ["港口", "海岛"],
        "count": [12, 3],
        "rate": [9.0, 2.0],
        "low": [5.0, np.nan],
        "high": [14.0, np.nan],
        "interval": ["block bootstrap", "count alone"],
    }
)
COUNTS.attrs = {
    "block": 5,
    "confidence": 0.95,
    "n_resamples": 9,
    "seed": 1,
    "interval_min_count": 5,
}


def written(figure: Figure) -> str:
    figure.draw_without_rendering()
    return "\n".join(text.get_text() for text in figure.findobj(Text))


@pytest.mark.parametrize(("rows", "signs"), [([0], "—"), ([1], "○"), ([0, 1], "—○")])
def test_a_sign_stands_below_where_it_is_drawn(rows: list[int], signs: str) -> None:
    chart = charts.terms.rates(COUNTS.iloc[rows])
    below = written(chart.figure)
    assert {sign for sign in "—○" if sign in below} == {*signs}
    assert ("空心点" in chart.caption) == ("○" in signs)
    assert not re.search("[^0-9.]0 [个组]", chart.caption)


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_a_line_breaks_between_signs(language: str) -> None:
    lines = written(charts.terms.rates(COUNTS).drawn("85 mm", language)).split("\n")
    meanings = ("无区间", "no interval", "too few for one")
    assert any("○" in line and line.endswith(meanings) for line in lines)


def shares(own: float) -> Chart:
    sides = {"upper": 0.1, "own": own, "only_here": 0.2}
    cells = {f"{side}_{what}": [v, v / 2] for side, v in sides.items() for what in ("core", "all")}
    return charts.slogans.shares(pd.DataFrame({"group": ["甲区", "乙县"], **cells}))


def test_a_side_without_slogans_is_said_and_not_drawn() -> None:
    assert "自有 own" in written(shares(0.05).figure) and "没有一组" not in shares(0.05).caption
    assert "自有 own" not in written(shares(0).figure) and "没有一组" in shares(0).caption


@pytest.mark.parametrize(
    ("group", "title", "said"),
    [
        ("乙县", "共有的提法", "用得最广的是“一带一路”，见于 2 组"),
        ("甲区", "用了哪些提法", "没有一条为两组所共有"),
    ],
)
def test_slogans_of_one_group_are_not_called_shared(group: str, title: str, said: str) -> None:
    rows = pd.DataFrame({"canonical": "一带一路", "group": ["甲区", group], "level": "central"})
    rows = rows.assign(exact=1, variant=0, member=0, expansion=0).drop_duplicates()
    chart = charts.slogans.adoption(rows, rows["group"])
    assert chart is not None and title in written(chart.figure)
    assert chart.caption.startswith(said) and "另有" not in chart.caption


def stated(*numbers: tuple[int, float, str]) -> Chart | None:
    """A figure of one place that states a rate for years, each with its bound."""
    rows = [
        {
            "doc": "a",
            "is_target": True,
            "horizon_end": f"{year}-12-31",
            "indicator": "GDP",
            "indicator_name": "GDP",
            "norm_unit": "%",
            "norm_value": value,
            "measure": "change",
            "bound": bound,
        }
        for year, value, bound in numbers
    ]
    return charts.targets.paths(pd.DataFrame(rows), pd.DataFrame({"doc": ["a"], "place": ["甲区"]}))


def test_every_number_of_a_year_is_a_mark_and_every_mark_is_counted() -> None:
    chart = stated((2023, 6, "point"), (2024, 5.5, "point"), (2024, 6, "floor"), (2024, 6, "floor"))
    assert chart is not None
    marks = [
        np.size(line.get_xdata())
        for line in chart.figure.axes[0].lines
        if line.get_marker() != "None"
    ]
    assert sum(marks) == len(chart.data) == 3
    assert "3 个目标" in chart.caption and "1 个数画在线外" in chart.caption
    assert "同数又写的 1 处" in chart.caption
    below = written(chart.figure)
    assert "▷ 至少 at least" in below and "至多" not in below
    assert "GDP 增速（%） GDP growth (%)" in below
    assert list(chart.figure.axes[0].get_xticks()) == [2023, 2024]


@pytest.mark.parametrize(("language", "tick"), [("zh", "120万"), ("en", "1,200,000")])
def test_large_numbers_are_written_as_the_language_does(language: str, tick: str) -> None:
    chart = stated((2023, 1_200_000, "point"), (2024, 1_200_000, "point"))
    assert chart is not None and tick in written(chart.drawn(language=language))


@pytest.mark.parametrize("one", ["rest", "乙县"])
def test_a_chinese_method_line_has_chinese_words(one: str) -> None:
    table = pd.DataFrame({"target": ["甲区", "乙县"]})
    table.attrs = {"measure": "g2", "target": "甲区", "reference": one, "correction": "holm"}
    table.attrs |= {"alpha": 0.05, "alpha0": 100.0, "words_tested": 9, "min_count": 5}
    line = terms.method_line(table, "zh")
    assert not re.search("rest|α|prior", line)
    assert f"每组与{'其余各组' if one == 'rest' else one}相比" in line


def test_a_column_is_not_higher_than_it_can_be_read() -> None:
    groups = pd.concat([COUNTS.iloc[[0] * 10].assign(group=name) for name in "甲乙丙丁"])
    groups.attrs = COUNTS.attrs
    with pytest.raises(TooNarrow, match="231 mm high on 85 mm"):
        charts.terms.rates(groups, max_rows=10).drawn("85 mm")
    assert charts.terms.rates(groups).drawn("85 mm").get_figheight() < 8
