"""What became of promises: every verdict, how nothing is reported, what is never compared."""

import math
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawn_intervals import figures, intervals, shifted
from policytext.years.fact_tables import read_outcomes
from policytext.years.intervals import Interval
from policytext.years.kept import vanished, verdicts_by, what_is_missing
from policytext.years.ledger import ledger_of, verdict

Row = dict[str, Any]


def promise(wording: str, low: float, high: float | None = None, **cells: Any) -> Row:
    """What the report of 2022 of a place sets for its year."""
    signs = {"左右": "≈", "以上": ">=", "以内": "<="}
    sign = signs.get(wording[-2:], "=")
    high = low if high is None else high
    row = {"place": "甲市", "year": 2022, "doc": "a", "role": "headline", "kind": "value"}
    row |= {"indicator_name": "GDP", "unit": "%", "measure": "change", "commitment": "none"}
    row |= {"low": low, "high": high, "wording": wording, "flag": ""}
    return row | {"comparator": "range" if high > low else sign} | cells


def told(wording: str, value: float | None, **cells: Any) -> Row:
    """What the report of 2023 says of 2022."""
    row = {"place": "甲市", "report": 2023, "year": 2022, "span": "year", "doc": "b"}
    row |= {"indicator_name": "GDP", "unit": "%", "measure": "change", "basis": "final"}
    return row | {"low": value, "high": value, "wording": wording} | cells


def entry(fact: Row, *outcomes: Row) -> pd.Series:
    """The row of the ledger for one promise; there is a report of 2023 whatever it says."""
    report = told("", None, indicator_name="进出口总额", span="no number")
    return ledger_of(pd.DataFrame([fact]), pd.DataFrame([*outcomes, report])).iloc[0]


def test_floor_point_range_and_about() -> None:
    cases = {
        ("6%以上", 6, None, 6.1): "exceeded",
        ("6%以上", 6, None, 6.0): "met",
        ("6%", 6, None, 5.9): "missed",
        ("6%—6.5%", 6, 6.5, 6.2): "met",
        ("6%—6.5%", 6, 6.5, 6.6): "exceeded",
        ("6%左右", 6, None, 5.8): "within tolerance",
        ("6%左右", 6, None, 5.4): "missed",
        ("6%-6.5%左右", 6, 6.5, 5.6): "within tolerance",
    }
    for (wording, low, high, value), wanted in cases.items():
        found = entry(promise(wording, low, high), told(f"{value}%", value))
        assert found["verdict"] == wanted, wording


def test_about_allows_nothing_in_the_strict_verdict_and_the_gap_stands_beside() -> None:
    found = entry(promise("6%左右", 6), told("5.8%", 5.8))
    assert found[["verdict_strict", "gap_low", "gap_high"]].tolist() == ["missed", -0.2, -0.2]


def test_a_range_keeps_both_ends_of_its_gap() -> None:
    found = entry(promise("6%—6.5%", 6, 6.5), told("6.2%", 6.2))
    assert (found["gap_low"], found["gap_high"]) == (-0.3, 0.2)


def test_less_is_better_where_the_table_says_so() -> None:
    rate: Row = {"indicator_name": "城镇登记失业率", "measure": "level"}
    price: Row = {"indicator_name": "居民消费价格指数"}
    for cells, value, wanted in (
        (rate, 2.9, "exceeded"),
        (rate, 3.0, "met"),
        (rate, 3.2, "missed"),
        (price, 1.9, "under"),
        (price, 3.4, "missed"),
    ):
        found = entry(promise("3%以内", 3, **cells), told(f"{value}%", value, **cells))
        assert found["verdict"] == wanted, (cells, value)


@pytest.mark.parametrize(
    ("outcomes", "how"),
    [
        ([], "nothing"),
        ([told("5200亿元", 5.2e11, unit="元", measure="level")], "level only"),
        (
            [told("900亿元", 9e10, unit="元", measure="level", span="several years")],
            "several years together",
        ),
        (
            [told("70亿元", 7e9, unit="元", measure="level", span="part of a year")],
            "part of a year",
        ),
        ([told("7.1%", 7.1, span="average of years")], "several years together"),
        ([told("38%", 38, span="several years")], "several years together"),
        ([told("4.4%", 4.4, span="part of a year")], "part of a year"),
        ([told("经济增长", None, span="no number")], "words only"),
    ],
)
def test_not_reported_says_how_and_is_never_missed(outcomes: list[Row], how: str) -> None:
    found = entry(promise("6%", 6), *outcomes)
    assert (found["verdict"], found["how"]) == ("not reported", how)
    assert pd.isna(found["gap_low"])


def test_a_year_without_a_report_is_not_joinable() -> None:
    later = told("5%", 5, report=2025, year=2024)
    found = ledger_of(pd.DataFrame([promise("6%", 6)]), pd.DataFrame([later])).iloc[0]
    assert (found["verdict"], found["how"]) == ("not joinable", "no report of 2023")


def test_the_year_of_an_outcome_is_its_own() -> None:
    """A report of 2023 that gives the rate of 2021 once more does not report that of 2022."""
    found = entry(promise("6%", 6), told("8.1%", 8.1, year=2021))
    assert found["verdict"] == "not reported"


def test_what_is_not_alike_is_not_compared() -> None:
    nominal = entry(promise("6%", 6), told("9%", 9, price="nominal"))
    assert (nominal["verdict"], nominal["how"]) == ("not comparable", "nominal against real")
    retail: Row = {"indicator_name": "社会消费品零售总额"}
    real = entry(promise("6%", 6, **retail), told("9%", 9, price="real", **retail))
    assert (real["verdict"], real["how"]) == ("not comparable", "real against nominal")
    relative = entry(promise("与经济增长同步", float("nan"), kind="reference"), told("5%", 5))
    assert (relative["verdict"], relative["how"]) == ("not comparable", "no number was promised")
    bound = entry(promise("6%", 6), told("5%以上", 5, high=float("nan")))
    assert (bound["verdict"], bound["how"]) == ("not comparable", "the outcome is a bound")


def test_a_bound_that_lies_beyond_the_promise_is_enough() -> None:
    assert entry(promise("6%", 6), told("7%以上", 7, high=float("nan")))["verdict"] == "exceeded"


def test_a_plan_is_laid_beside_the_average_of_its_years() -> None:
    plan = promise("6.5%", 6.5, role="plan", year=2018, horizon_end="2022-12-31")
    found = entry(plan, told("5%", 5.0), told("6.8%", 6.8, span="average of years"))
    assert found[["year", "span", "verdict"]].tolist() == [2022, "average of years", "exceeded"]


def test_a_plan_of_jobs_is_laid_beside_their_sum() -> None:
    jobs: Row = {"indicator_name": "城镇新增就业", "unit": "人"}
    plan = promise("30万人以上", 3e5, role="plan", year=2018, horizon_end="2022-12-31", **jobs)
    found = entry(plan, told("34万人", 3.4e5, span="several years", **jobs))
    assert found[["span", "verdict"]].tolist() == ["several years", "exceeded"]


def test_a_level_of_a_plan_is_that_of_its_last_year() -> None:
    rate: Row = {"indicator_name": "研发投入强度", "measure": "level"}
    plan = promise("3%", 3, role="plan", year=2018, horizon_end="2022-12-31", **rate)
    found = entry(plan, told("3.2%", 3.2, **rate))
    assert found[["year", "span", "verdict"]].tolist() == [2022, "last year", "exceeded"]


@pytest.mark.parametrize(("value", "wanted"), [(7.5, "under"), (8, "met"), (9, "missed")])
def test_a_ceiling_on_what_grows_is_kept_from_below(value: float, wanted: str) -> None:
    cells: Row = {"indicator_name": "固定资产投资"}
    found = entry(promise("8%以内", 8, **cells), told(f"{value}%", value, **cells))
    assert found["verdict"] == wanted


@pytest.mark.parametrize(
    ("said", "points", "value", "holds", "admitted"),
    [
        ("below", 1.0, 5.0, True, True),
        ("below", 0.4, 5.0, False, True),
        ("not reached", None, 5.0, True, True),
        ("reached", None, 5.0, False, False),
        ("above", 1.0, 7.0, True, None),
        ("below", 1.0, 7.0, False, True),
        (None, None, 5.0, None, False),
        ("not reached", None, None, None, True),
        (None, None, None, None, None),
    ],
)
def test_the_own_verdict_is_checked(
    said: str | None,
    points: float | None,
    value: float | None,
    holds: bool | None,
    admitted: bool | None,
) -> None:
    own = told(f"{value}%", value, said=said, said_gap=points, said_start=1, said_end=2)
    found = entry(promise("6%", 6), own)
    assert (found["said_holds"], found["admitted"]) == (holds, admitted)


@pytest.mark.parametrize(
    ("said", "points", "low", "high", "holds"),
    [
        ("above", 0.5, 7.0, 7.0, True),  # of 6 to 6.5 the upper end
        ("above", 1.0, 7.0, 7.0, False),
        ("below", 0.5, 5.5, 5.5, True),  # and the lower one
        ("below", 1.0, 5.5, 5.5, False),
        ("above", 0.2, 6.2, 6.2, False),  # in it is not above it
        ("below", 0.3, 6.2, 6.2, False),
        ("below", 0.5, 7.0, 7.0, False),  # the other way round
        ("below", 0.5, 5.5, 6.2, None),  # not comparable
    ],
)
def test_points_are_those_beyond_the_near_end_of_a_range(
    said: str, points: float, low: float, high: float, holds: bool | None
) -> None:
    own = told("", None, low=low, high=high, said=said, said_gap=points, said_start=1)
    assert entry(promise("6%—6.5%", 6, 6.5), own)["said_holds"] == holds


def test_a_shortfall_owned_to_far_from_the_number_counts() -> None:
    far = told("未能实现", None, said="not reached", said_start=90, said_end=94)
    found = entry(promise("6%", 6), told("5.1%", 5.1), far)
    assert found["admitted"] and found["said_start"] == 90


def test_a_second_report_and_a_second_figure_are_named() -> None:
    facts = pd.DataFrame([promise("6%", 6), promise("7%", 7, doc="a2")])
    outcomes = pd.DataFrame([told("6.1%", 6.1), told("6.3%", 6.3)])
    found = ledger_of(facts, outcomes)
    assert found["flag"].tolist() == ["another report of the year: a2; the report also has 6.3%"]


def test_shares_and_what_vanishes() -> None:
    years = [promise("6%", 6, year=year, doc=str(year)) for year in (2019, 2020, 2022)]
    outcomes = [told("5%", 5, report=2020, year=2019), told("5%", 5, report=2021, year=2020)]
    facts = pd.DataFrame(years)
    found = ledger_of(facts, pd.DataFrame([*outcomes, told("", None, span="no number")]))
    shares = verdicts_by(found, "place").iloc[0]
    assert (shares["missed"], shares["not_reported"], shares["promises"]) == (2, 1, 3)
    gone = vanished(found, facts).set_index("verdict")
    assert gone.loc["missed", ["promises", "vanished", "which"]].tolist() == [2, 1, "甲市 GDP 2020"]


widths = st.sampled_from([0.0, 0.3, 0.6, 2.0])
shares = st.sampled_from([0.0, 0.5])
_ORDER = ["missed", "within tolerance", "met", "exceeded"]
# Where an outcome lies: below its promise, in it, above it; not comparable is nowhere.
_SIGN = {"missed": -1, "within tolerance": 0, "met": 0, "exceeded": 1}


@given(intervals(), figures, widths, figures, shares, st.booleans())
def test_shifting_both_changes_nothing(
    one: Interval, low: float, width: float, by: float, tolerance: float, down: bool
) -> None:
    """Nor do the last digits of sums of decimals: 0.1 + 0.2 is 0.3."""
    judged = verdict(one, low, low + width, down=down, tolerance=tolerance)
    ends = low + by, low + width + by
    assert verdict(shifted(one, by), *ends, down=down, tolerance=tolerance) == judged


@settings(deadline=None, max_examples=40)
@given(intervals(), figures, widths, figures)
def test_shifting_both_changes_no_row_of_the_ledger(
    one: Interval, low: float, width: float, by: float
) -> None:
    def row(by: float) -> list[object]:
        fact = promise("", one.low + by, one.high + by, comparator=one.comparator)
        ends = {"low": low + by, "high": low + width + by}
        found = entry(fact, told("", None, **ends, said="above", said_gap=0.4, said_start=1))
        columns = ["verdict", "verdict_strict", "how", "gap_low", "gap_high", "said_holds"]
        return found[columns].tolist()

    assert row(by) == row(0.0)


@given(figures, st.sampled_from([">=", "≈", "="]), figures)
def test_more_is_never_worse(figure: float, sign: str, value: float) -> None:
    about = 0.5 if sign == "≈" else 0.0
    less, more = (
        verdict(Interval(figure, figure, sign), at, at, tolerance=about)
        for at in (value, value + 0.3)
    )
    assert _ORDER.index(more) >= _ORDER.index(less)


@given(intervals(), figures, widths, widths, widths, st.booleans())
def test_a_wider_promise_is_never_kept_more_firmly_nor_turned_round(
    one: Interval, value: float, width: float, below: float, above: float, down: bool
) -> None:
    """What lies outside a promise may come to lie in it as it gets wider, and nothing else."""
    if one.bound in ("floor", "ceiling"):
        one = one._replace(comparator="=")
    wide = Interval(one.low - below, one.high + above, "range")
    before, after = (
        _SIGN.get(verdict(each, value, value + width, down=down)) for each in (one, wide)
    )
    assert after in (before, 0)


@given(intervals(), figures, widths, widths, widths, shares, st.booleans())
def test_a_wider_outcome_is_never_judged_more_firmly(
    one: Interval,
    value: float,
    width: float,
    below: float,
    above: float,
    tolerance: float,
    down: bool,
) -> None:
    """What holds of an outcome holds of each number in it, and what is undecided remains so."""
    narrow, wide = (
        verdict(one, *ends, down=down, tolerance=tolerance)
        for ends in ((value, value + width), (value - below, value + width + above))
    )
    assert wide in (narrow, "not comparable") or (narrow, wide) == ("exceeded", "met")


@given(intervals(), figures)
def test_an_open_end_is_the_widest(one: Interval, value: float) -> None:
    closed = verdict(one, value, value)
    for ends in ((value, math.inf), (-math.inf, value), (-math.inf, math.inf)):
        assert verdict(one, *ends) in (closed, "not comparable", "met")


@pytest.mark.parametrize(
    ("low", "high", "how"),
    [
        (4.3, 4.6, "figures overlap"),
        (4.8, 5.2, "figures overlap"),
        (float("nan"), 4.6, "the outcome is a bound"),
    ],
)
def test_an_outcome_whose_ends_decide_differently_decides_nothing(
    low: float, high: float, how: str
) -> None:
    found = entry(promise("5%左右", 5), told("", None, low=low, high=high))
    assert (found["verdict"], found["how"]) == ("not comparable", how)


@pytest.mark.parametrize("role", ["plan", "other"])
def test_only_a_headline_is_set_again(role: str) -> None:
    facts = pd.DataFrame([promise("6%", 6), promise("7%", 7, year=2023, doc="b", role=role)])
    found = ledger_of(facts, pd.DataFrame([told("5%", 5)]))
    assert vanished(found, facts).set_index("verdict").loc["missed", "vanished"] == 1


def test_a_report_that_is_left_out_is_no_next_report() -> None:
    empty = promise("", float("nan"), year=2023, doc="b", role="left out", indicator_name="")
    other = told("5%", 5, report=2025, year=2024)
    found = ledger_of(pd.DataFrame([promise("6%", 6), empty]), pd.DataFrame([other]))
    assert found["verdict"].tolist() == ["not joinable"]


def test_what_is_missing_is_said() -> None:
    one = ledger_of(pd.DataFrame([promise("6%", 6)]), pd.DataFrame([told("5%", 5, report=2025)]))
    assert what_is_missing(one).startswith("1 个目标，都没有下一年的报告")
    assert what_is_missing(one[:0]).startswith("没有年度目标")


def test_a_table_that_was_written_is_read_as_it_was(tmp_path: Path) -> None:
    row = told("6%", 6, parent="某省", level="prefectural")
    pd.DataFrame([row]).to_csv(tmp_path / "outcomes.csv", index=False)
    found = entry(promise("6%", 6), *read_outcomes(tmp_path / "outcomes.csv").to_dict("records"))
    assert found["verdict"] == "met"
