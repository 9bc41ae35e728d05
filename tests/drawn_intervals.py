"""Intervals for property tests: figures as reports print them, with any bound and any verb."""

from hypothesis import strategies as st

from policytext.years.intervals import BOUNDS, Interval

# Halves and tenths.
figures = st.integers(-100, 300).map(lambda tenths: tenths / 10)
comparators = st.sampled_from(sorted(set(BOUNDS) - {"range"}))
commitments = st.sampled_from(["ensure", "strive", "plan", "forecast", "none"])


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """A range, or one figure with a bound."""
    low, width = draw(figures), draw(st.integers(0, 3))
    if width:
        return Interval(low, low + width / 2, "range", draw(commitments))
    return Interval(low, low, draw(comparators), draw(commitments))


def widened(one: Interval, below: float, above: float) -> Interval:
    """A range that holds an interval: a figure by more to both sides, a range to any."""
    if one.low == one.high:
        below, above = max(below, 0.1), max(above, 0.1)
    return Interval(one.low - below, one.high + above, "range", one.commitment)


def shifted(one: Interval, by: float) -> Interval:
    """The same interval elsewhere, with the last digits that sums of decimals have."""
    return one._replace(low=one.low + by, high=one.high + by)
