"""The figures of the ledger say what they draw, in letters that can be read."""

import pandas as pd
import pytest
from matplotlib.text import Text

from drawings import faults
from policytext import charts

NAN = float("nan")
VERDICTS = {
    "exceeded": ("≈", 6.6),
    "met": (">=", 6.0),
    "within tolerance": ("≈", 5.8),
    "missed": ("=", 3.1),
    "not reported": ("≈", NAN),
    "not joinable": ("≈", NAN),
}


def table(places: list[str], gap: int = 0) -> pd.DataFrame:
    """A made ledger: a promise of each kind, in years with a gap behind the first."""
    rows = [
        {"place": place, "level": "county", "year": 2015 + at + gap * (at > 0), "span": "year"}
        | {"indicator_name": name, "low": 6.0, "high": 6.0, "comparator": sign}
        | {"outcome_low": value, "outcome_high": value, "verdict": verdict}
        for place in places
        for name in ("GDP", "居民消费价格指数")
        for at, (verdict, (sign, value)) in enumerate(VERDICTS.items())
    ]
    return pd.DataFrame(rows)


@pytest.mark.parametrize("places", [["甲县"], ["甲县", "乙县", "海滨经济技术开发区"]])
@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_letters_can_be_read(places: list[str], language: str) -> None:
    made = table(places, gap=2)
    for chart in (charts.ledger.dumbbells(made), charts.ledger.verdict_grid(made)):
        assert chart is not None
        assert not list(faults(chart.drawn(language=language)))
    narrow = charts.ledger.dumbbells(made)
    assert narrow is not None and not list(faults(narrow.drawn("85 mm", language)))


def test_captions_count_what_is_drawn() -> None:
    chart = charts.ledger.dumbbells(table(["甲县", "乙县"]), max_places=1)
    assert chart is not None and len(chart.data) == 6
    assert chart.caption.startswith("6 个有数的年度目标里，2 个做到或更好，1 个只差在")
    assert "1 个没做到，1 个下一年的报告没有给出可比的数，1 个还没有" in chart.caption


def test_years_without_a_promise_are_shaded() -> None:
    chart = charts.ledger.dumbbells(table(["甲县"], gap=2))
    assert chart is not None
    shaded = [patch.get_extents().x0 for patch in chart.figure.axes[0].patches]
    ends = [chart.figure.axes[0].transData.transform((year - 0.5, 0))[0] for year in (2016, 2017)]
    assert sorted(shaded) == pytest.approx(ends)


def test_a_sign_stands_below_where_it_is_drawn() -> None:
    made = table(["甲县"])
    kept = made[made["verdict"].isin(["met", "exceeded"])]
    chart = charts.ledger.verdict_grid(kept)
    assert chart is not None
    written = [text.get_text() for text in chart.figure.findobj(Text)]
    assert "× 没做到" not in "".join(written) and "+ 超过" in "".join(written)


def test_each_mark_that_is_drawn_is_explained() -> None:
    made = table(["甲县"], gap=2)
    made.loc[0, "high"] = 6.5
    reports = made[["place", "year"]].drop_duplicates()
    chart = charts.ledger.dumbbells(made, reports=pd.concat([reports, reports.assign(year=2016)]))
    assert chart is not None
    (legend,) = chart.drawn(language="en").legends
    named = [text.get_text().strip() for text in legend.get_texts()]
    assert [name for name in named if name] == [
        *("promised", "exactly", "about", "at least", "range"),
        *("delivered", "kept or better", "within “about”", "missed"),
        *("no outcome, no promise", "not reported", "no next report"),
        *("no such promise", "no report"),
    ]


def test_a_year_without_a_report_is_hatched_and_one_without_a_promise_is_blank() -> None:
    made = table(["甲县"], gap=2)
    told = pd.DataFrame({"place": "甲县", "year": [2015, 2016, 2018, 2019, 2020, 2021, 2022]})
    for reports, without in ((None, [2016, 2017]), (told, [2017])):
        chart = charts.ledger.verdict_grid(made, reports=reports)
        assert chart is not None and "斜线" in chart.caption
        (ax,) = chart.figure.axes
        hatched = [patch.get_extents().x0 for patch in ax.patches if patch.get_hatch()]
        edges = [ax.transData.transform((year - 0.5, 0))[0] for year in without]
        assert sorted(hatched) == pytest.approx(edges)


@pytest.mark.parametrize(
    ("language", "name"), [("zh", "居民消费价格涨幅"), ("en", "consumer prices")]
)
def test_an_indicator_is_named_in_the_language_of_the_figure(language: str, name: str) -> None:
    chart = charts.ledger.verdict_grid(table(["甲县"]))
    assert chart is not None
    names = chart.drawn(language=language).axes[0].get_yticklabels()
    assert name in [label.get_text() for label in names]


def test_two_years_of_a_place_are_named_whole() -> None:
    made = table(["甲县"])
    chart = charts.ledger.dumbbells(made[made["year"].isin([2019, 2020])])
    assert chart is not None
    chart.figure.draw_without_rendering()
    axis = chart.figure.axes[0].xaxis
    assert [tick.get_text() for tick in axis.get_ticklabels()] == ["2019", "2020"]
    assert not axis.get_offset_text().get_text()


def test_nothing_to_draw() -> None:
    made = table(["甲县"])
    assert charts.ledger.dumbbells(made, indicator="研发投入强度") is None
    assert charts.ledger.verdict_grid(made[:0]) is None
