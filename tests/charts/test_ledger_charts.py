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
    assert chart.caption.startswith("6 个有数的年度目标里，2 个做到或超过，1 个只差在")
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


def test_nothing_to_draw() -> None:
    made = table(["甲县"])
    assert charts.ledger.dumbbells(made, indicator="研发投入强度") is None
    assert charts.ledger.verdict_grid(made[:0]) is None
