"""What became of promises: every verdict, how nothing is reported, what is never compared."""

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytext.corpus.issues import CorpusError
from policytext.years.intervals import Interval
from policytext.years.kept import vanished, verdicts_by, what_is_missing
from policytext.years.ledger import ledger_of, verdict
from policytext.years.outcome_table import read_outcomes

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


@pytest.mark.parametrize(
    ("said", "points", "value", "holds", "admitted"),
    [
        ("below", 1.0, 5.0, True, True),
        ("below", 0.4, 5.0, False, True),
        ("not reached", None, 5.0, True, True),
        ("reached", None, 5.0, False, False),
        ("above", 1.0, 7.0, True, None),
        (None, None, 5.0, None, False),
    ],
)
def test_the_own_verdict_is_checked(
    said: str | None, points: float | None, value: float, holds: bool | None, admitted: bool | None
) -> None:
    own = told(f"{value}%", value, said=said, said_gap=points, said_start=1, said_end=2)
    found = entry(promise("6%", 6), own)
    assert (found["said_holds"], found["admitted"]) == (holds, admitted)


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


ends = st.integers(-50, 200).map(lambda tenths: tenths / 10)
_ORDER = ["missed", "within tolerance", "met", "exceeded"]


@given(ends, ends, st.sampled_from([">=", "≈", "="]), ends)
def test_shifting_both_changes_nothing_and_more_is_never_worse(
    figure: float, value: float, sign: str, shift: float
) -> None:
    def judged(by: float, more: float = 0.0) -> str:
        at = round(value + by + more, 1)
        moved = round(figure + by, 1)
        return verdict(Interval(moved, moved, sign), at, at, tolerance=0.5 if sign == "≈" else 0)

    assert judged(0) == judged(shift)
    assert _ORDER.index(judged(0, 0.3)) >= _ORDER.index(judged(0))


widths = st.sampled_from([0.0, 0.3, 0.6, 2.0, float("inf")])


@given(ends, ends, st.sampled_from([">=", ">", "≈", "="]), widths, widths, st.booleans())
def test_a_wider_outcome_is_never_judged_more_firmly(
    figure: float, value: float, sign: str, below: float, above: float, down: bool
) -> None:
    """What holds of an outcome holds of each number in it, and what is undecided remains so."""

    def judged(low: float, high: float) -> str:
        return verdict(Interval(figure, figure, sign), low, high, down=down, tolerance=0.5)

    narrow, wide = judged(value, value + 0.3), judged(value - below, value + 0.3 + above)
    assert wide in (narrow, "not comparable") or (narrow, wide) == ("exceeded", "met")


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


def test_what_is_missing_is_said() -> None:
    one = ledger_of(pd.DataFrame([promise("6%", 6)]), pd.DataFrame([told("5%", 5, report=2025)]))
    assert what_is_missing(one).startswith("1 个目标，都没有下一年的报告")
    assert what_is_missing(one[:0]).startswith("没有年度目标")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"low": "五"}, "row 2, low: '五' is no number"),
        ({"low": "7"}, "row 2, low: 7 is greater than high"),
        ({"span": "decade"}, "row 2, span: 'decade'; write one of year"),
        ({"unit": None}, "no column unit; add it"),
    ],
)
def test_a_wrong_cell_of_a_table_is_named(
    tmp_path: Path, change: dict[str, str | None], message: str
) -> None:
    row = {key: str(value) for key, value in told("6%", 6).items()} | change
    row = {key: value for key, value in row.items() if value is not None}
    pd.DataFrame([row]).to_csv(tmp_path / "outcomes.csv", index=False)
    with pytest.raises(CorpusError, match=re.escape(message)):
        read_outcomes(tmp_path / "outcomes.csv")


def test_a_table_that_was_written_is_read_as_it_was(tmp_path: Path) -> None:
    pd.DataFrame([told("6%", 6)]).to_csv(tmp_path / "outcomes.csv", index=False)
    found = entry(promise("6%", 6), *read_outcomes(tmp_path / "outcomes.csv").to_dict("records"))
    assert found["verdict"] == "met"
