"""Intervals of targets: what keeps them, which lies above, which is worded more firmly."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytext.years.intervals import BOUNDS, Interval, compare, gap, order, wording

# Figures as reports print them: halves and tenths.
figures = st.integers(-100, 300).map(lambda tenths: tenths / 10)
comparators = st.sampled_from(sorted(set(BOUNDS) - {"range"}))
commitments = st.sampled_from(["ensure", "strive", "plan", "forecast", "none"])
tolerances = st.sampled_from([0.0, 0.3, 0.5])


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, width = draw(figures), draw(st.integers(0, 3))
    if width:
        return Interval(low, low + width / 2, "range", draw(commitments))
    return Interval(low, low, draw(comparators), draw(commitments))


def shifted(one: Interval, by: float) -> Interval:
    return one._replace(low=one.low + by, high=one.high + by)


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
    (Interval(5, 5, "≈"), Interval(5, 5, ">="), "below", "the same figure, more softly"),
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


@given(intervals(), intervals(), wider)
def test_widening_never_makes_a_verdict_firmer(
    one: Interval, other: Interval, by: tuple[float, float]
) -> None:
    """A target that gets wider, to whichever side, does not get above another by it."""
    wide = Interval(one.low - by[0], one.high + by[1], "range", one.commitment)
    assert order(wide, other) != "above" or order(one, other) == "above"
    before, after = compare(one, other).verdict, compare(wide, other).verdict
    assert after != "numeric" or before == "numeric"


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
