"""Life-lines, survival and repetition: what is drawn, what is said, and what is left out."""

import numpy as np
import pandas as pd
import pytest

from drawings import faults
from policytext import charts
from policytext.charts.saving import Chart
from policytext.years.lifelines import STRIPS
from policytext.years.repetition import SHARES
from policytext.years.survival import CURVE


def strips(forms: int = 2) -> pd.DataFrame:
    states = ["not said", "said", "no report", "copied"]
    rows = [
        (f"提法{number}", place, "county", 2020 + at, state, int(state in ("said", "copied")))
        for number in range(forms)
        for place in ("甲县", "乙县")
        for at, state in enumerate(states)
    ]
    return pd.DataFrame(rows, columns=STRIPS[:6])


def shares() -> pd.DataFrame:
    rows = [
        (place, 2020 + at, lag, width, share, None if share is None else "d")
        for place in ("甲县", "乙县")
        for lag in (1, 2)
        for width in (8, 12)
        for at, share in enumerate([None, 0.1, None, 0.3 / lag])
    ]
    columns = ["place", "year", "lag", "width", "share", "earlier"]
    return pd.DataFrame(rows, columns=columns).reindex(columns=SHARES)


def curve() -> pd.DataFrame:
    rows = [
        (level, age, 40 - age, 1, 0, 1 - age / 10, 0.9 - age / 10, 1.0, 40)
        for level in ("central", "county")
        for age in range(7)
    ]
    return pd.DataFrame(rows, columns=CURVE)


@pytest.mark.parametrize("width", ["170 mm", "85 mm"])
@pytest.mark.parametrize("language", ["both", "zh", "en"])
def test_letters_stand_apart(width: str, language: str) -> None:
    life = charts.life_lines
    for chart in (life.lines(strips()), life.survival(curve()), life.repeated(shares())):
        assert chart is not None
        assert list(faults(chart.drawn(width, language))) == []


def test_nothing_is_drawn_of_nothing() -> None:
    assert charts.life_lines.lines(strips()[:0]) is None
    assert charts.life_lines.survival(curve()[:0]) is None
    assert charts.life_lines.repeated(shares().assign(share=None)) is None


def test_a_year_without_a_report_is_hatched_and_said() -> None:
    chart = made(charts.life_lines.lines(strips()))
    (ax,) = chart.figure.axes
    hatched = [cell for cell in ax.patches if cell.get_hatch()]
    assert len(hatched) == 4
    assert "缺 2 份报告" in chart.caption


def test_formulae_that_are_not_drawn_are_counted() -> None:
    chart = made(charts.life_lines.lines(strips(5), max_rows=6))
    assert chart.data["form"].nunique() == 3
    assert "另有 2 个提法未画" in chart.caption
    assert "另有 1 地未画" in made(charts.life_lines.lines(strips(), max_places=1)).caption


def test_a_line_breaks_where_no_share_is_known() -> None:
    chart = made(charts.life_lines.repeated(shares()))
    line = chart.figure.axes[0].lines[0]
    assert np.isnan(np.asarray(line.get_ydata())).tolist() == [True, False, True, False]
    assert "甲县 2023 年：30.0%" in chart.caption


def test_half_of_a_level_is_said() -> None:
    chart = made(charts.life_lines.survival(curve()))
    assert chart.caption.startswith("中央的提法，6 年后还在用的不到一半。")  # 5 years: half of them


def test_numbers_at_risk_stand_below_their_ages() -> None:
    chart = made(charts.life_lines.survival(curve()))
    above, below = chart.figure.axes
    written = {(text.get_position()[0], text.get_text()) for text in below.texts}
    assert written == {(age, str(40 - age)) for age in range(7)}
    assert set(above.get_xticks()) == set(range(7)) and above.get_xlim() == below.get_xlim()


@pytest.mark.parametrize(("language", "name"), [("zh", "与前年"), ("en", "two years before")])
def test_a_series_is_named_with_its_unit(language: str, name: str) -> None:
    figure = made(charts.life_lines.repeated(shares())).drawn(language=language)
    assert name in [text.get_text() for text in figure.axes[2].texts]
    assert {"zh": "8 字", "en": "8 characters"}[language] in [
        t.get_text() for t in figure.axes[1].texts
    ]


def test_panels_of_shares_have_one_scale_that_holds_all() -> None:
    table = shares()
    table.loc[table["width"] == 8, "share"] *= 2
    scales = [ax.get_ylim() for ax in made(charts.life_lines.repeated(table)).figure.axes]
    assert len(set(scales)) == 1 and scales[0][1] > 0.6


def made(chart: Chart | None) -> Chart:
    assert chart is not None
    return chart


@pytest.mark.parametrize(("years", "places"), [([2021], 1), ([2021], 2), ([2021, 2022], 2)])
def test_few_years_or_one_place_are_drawn(years: list[int], places: int) -> None:
    own = shares()
    own = own[own["place"].isin(["甲县", "乙县"][:places]) & own["year"].isin(years)]
    chart = made(charts.life_lines.repeated(own))
    for ax in chart.figure.axes:
        left, right = ax.get_xlim()
        assert right - left < 10
        assert set(years) <= {int(tick) for tick in ax.get_xticks()}


def test_a_place_without_any_share_is_left_without_a_name() -> None:
    own = shares()
    own.loc[own["place"] == "乙县", "share"] = None
    chart = made(charts.life_lines.repeated(own, ["甲县", "乙县"]))
    assert [text.get_text() for text in chart.figure.axes[0].texts] == ["甲县"]
