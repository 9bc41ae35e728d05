"""Intervals of targets: what keeps them, which lies above, which is worded more firmly."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from drawn_intervals import figures, intervals, shifted, widened
from policytext.years.intervals import Interval, compare, gap, order, wording

tolerances = st.sampled_from([0.0, 0.3, 0.5])

VERDICTS = [
    # the lower level's, the upper one's, verdict, what it is a case of
    (Interval(5.5, 5.5, "≈"), Interval(5, 5, "≈"), "numeric", "both 左右: the figures tell"),
    (Interval(6, 6.5, "range"), Interval(5, 5, "≈"), "numeric", "a range that lies above"),
    (Interval(5, 5, ">="), Interval(5, 5, "≈"), "verbal", "以上 beside 左右"),
    (Interval(5, 5, "="), Interval(5, 5, "≈"), "verbal", "no word beside 左右"),
    (Interval(5, 5, "=", "ensure"), Interval(5, 5, "="), "verbal", "确保 beside no word"),
    (Interval(5, 5, "≈"), Interval(5, 5, "≈"), "same", "the same words"),
    (Interval(5, 5, ">"), Interval(5, 5, ">="), "same", "超过 and 以上 are both floors"),
    (Interval(4.5, 4.5, "≈"), Interval(5, 5, "≈"), "below", "a lower figure"),
    (Interval(5, 5, "≈"), Interval(5, 5, ">="), "softer", "左右 beside 以上"),
    (Interval(5, 5, "=", "strive"), Interval(5, 5), "softer", "力争 beside no word"),
    (Interval(4, 4, ">="), Interval(5, 5), "below", "an open end is no higher figure"),
    (Interval(5, 5.5, "range"), Interval(5, 5, "≈"), "undecidable", "a range that begins there"),
    (Interval(5, 5, ">=", "strive"), Interval(5, 5), "undecidable", "以上, but 力争"),
    (Interval(3, 3, ">="), Interval(3, 3, "<="), "undecidable", "a floor and a ceiling"),
]


@pytest.mark.parametrize(("one", "other", "verdict", "case"), VERDICTS)
def test_figures_first_then_the_wording(
    one: Interval, other: Interval, verdict: str, case: str
) -> None:
    found = compare(one, other)
    assert found.verdict == verdict, case
    assert bool(found.reason) == (verdict == "undecidable")


def test_less_is_more_demanding_where_polarity_is_down() -> None:
    assert compare(Interval(5, 5), Interval(5.5, 5.5), polarity="down").verdict == "numeric"
    assert compare(Interval(3, 3, "<="), Interval(3, 3, "≈"), polarity="down").verdict == "verbal"


def test_with_a_tolerance_what_lies_within_it_is_undecidable() -> None:
    near, far, about = Interval(5.5, 5.5), Interval(6, 6), Interval(5, 5, "≈")
    assert compare(near, about, tolerance=0.5).verdict == "undecidable"
    assert compare(far, about, tolerance=0.5).verdict == "numeric"
    assert gap(far, about, 0.5) == (0.5, 1.5)


def test_an_open_end_makes_an_open_gap() -> None:
    assert gap(Interval(5, 5, "≈"), Interval(5, 5, ">=")) == (-math.inf, 0)
    assert gap(Interval(3, 3, "<="), Interval(3.5, 3.5, "<=")) == (-0.5, -0.5)


@given(intervals(), intervals(), figures, tolerances)
def test_shifting_both_changes_nothing(
    one: Interval, other: Interval, by: float, tolerance: float
) -> None:
    moved = compare(shifted(one, by), shifted(other, by), tolerance=tolerance)
    assert moved == compare(one, other, tolerance=tolerance)


wider = st.sampled_from([(0.5, 0.0), (0.0, 0.5), (1.0, 0.5)])


MEETING = (Interval(5, 5.5, "range"), Interval(4.5, 5, "range"))


@given(intervals(), intervals(), wider)
@example(Interval(5, 5), MEETING[1], (0.0, 0.5))
@example(*MEETING, (0.0, 0.5))
def test_widening_never_makes_a_verdict_firmer(
    one: Interval, other: Interval, by: tuple[float, float]
) -> None:
    """A target that gets wider, to whichever side, does not get above another by it."""
    wide = widened(one, *by)
    assert order(wide, other) != "above" or order(one, other) == "above"
    before, after = compare(one, other).verdict, compare(wide, other).verdict
    assert after != "numeric" or before == "numeric"
    assert order(other, wide) != "above" or order(other, one) == "above"


@given(intervals(), intervals(), st.sampled_from([0.3, 0.5, 1.0]))
def test_a_tolerance_never_makes_a_verdict_firmer(
    one: Interval, other: Interval, tolerance: float
) -> None:
    before, after = compare(one, other), compare(one, other, tolerance=tolerance)
    assert after.verdict in ("undecidable", before.verdict)


@given(intervals(), intervals())
def test_the_other_way_round_is_the_other_order(one: Interval, other: Interval) -> None:
    turned = {"above": "below", "below": "above", "firmer": "softer", "softer": "firmer"}
    assert order(other, one) == turned.get(order(one, other), order(one, other))
    assert wording(other, one) == turned.get(wording(one, other), wording(one, other))
    low, high = gap(one, other)
    assert gap(other, one) == (-high, -low)


@given(intervals(), figures, tolerances)
def test_what_holds_lies_between_the_ends(one: Interval, value: float, tolerance: float) -> None:
    low, high = one.ends(tolerance)
    assert not one.holds(value, tolerance) or low <= value <= high
    assert one.holds(value, tolerance) or not low < value < high


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (Interval(7, 6, "range"), "7 to 6: write two figures, the lower one first"),
        (Interval(float("nan"), 6), "nan to 6: write two figures"),
        (Interval(6, 6, "about"), "comparator 'about': write one of =, ≈"),
    ],
)
def test_what_is_no_interval_is_said(wrong: Interval, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        compare(wrong, Interval(6, 6))
