"""Intervals of targets: their open ends, which of two lies above, which is worded more firmly."""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from policytext.lexicon.lexicon import Lexicon, default_lexicon

Order = Literal["above", "same", "below", "overlap"]
Wording = Literal["firmer", "same", "softer", "mixed"]

# The bound that a comparator of `find_targets` makes.
BOUNDS = {
    "=": "point", "≈": "approximate", "range": "range",
    ">": "floor", ">=": "floor", "<": "ceiling", "<=": "ceiling",
}  # fmt: skip
# Figures are printed with few decimals; 5.5 - 5 and .5 are the same.
DECIMALS = 9


def exact(number: float) -> float:
    """A figure as it is printed: 5.5 - 5.3 is 0.2, and is compared as such.

    >>> exact(5.5 - 5.3), 5.5 - 5.3 == 0.2
    (0.2, False)
    """
    return round(number, DECIMALS)


class Interval(NamedTuple):
    """A target as numbers: its two ends as printed, how they bound, and how it is promised.

    ``low`` and ``high`` are the printed figure, twice the same but in a range; what 以上 leaves
    open and what 左右 allows is in ``ends``. ``commitment`` is that of `find_targets`.

    >>> Interval(5, 5, ">=").ends(), Interval(5, 5, "≈").ends(0.5), Interval(6, 6.5, "range").ends()
    ((5.0, inf), (4.5, 5.5), (6.0, 6.5))
    """

    low: float
    high: float
    comparator: str = "="
    commitment: str = "none"

    @property
    def bound(self) -> str:
        """Floor, ceiling, approximate, point or range; a ValueError where the row is none."""
        if self.comparator not in BOUNDS:
            raise ValueError(f"comparator {self.comparator!r}: write one of {', '.join(BOUNDS)}")
        if not self.low <= self.high:
            raise ValueError(f"{self.low} to {self.high}: write two figures, the lower one first")
        return BOUNDS[self.comparator]

    def figures(self, tolerance: float = 0.0) -> tuple[float, float]:
        """The printed ends, those of 左右 wider by what it allows."""
        allowed = tolerance if self.bound == "approximate" else 0.0
        return exact(self.low - allowed), exact(self.high + allowed)

    def ends(self, tolerance: float = 0.0) -> tuple[float, float]:
        """The least and the greatest value that keep the target."""
        low, high = self.figures(tolerance)
        return (
            -math.inf if self.bound == "ceiling" else low,
            math.inf if self.bound == "floor" else high,
        )

    def holds(self, value: float, tolerance: float = 0.0) -> bool:
        """Return True if a value keeps the target.

        >>> Interval(5, 5, ">").holds(5), Interval(7.5, 7.5, "≈").holds(7.4, tolerance=0.5)
        (False, True)
        """
        low, high = self.ends(tolerance)
        value = exact(value)
        if self.comparator in ("<", ">") and value == exact(self.low):
            return False
        return low <= value <= high


def order(one: Interval, other: Interval, tolerance: float = 0.0) -> Order:
    """Where the figures of one target lie beside those of another.

    Above if both its ends are higher and no part of it lies inside the other: so nothing gets
    above another by being wider, and a range that only begins there (5-5.5 beside 5) is an overlap;
    of two ranges that meet (7-7.5 beside 6.5-7) one lies above.
    Open ends do not count: of a floor and a point the figures are compared, and that a floor binds
    more is a matter of wording.

    >>> order(Interval(7, 7.5, "range"), Interval(6.5, 7, "range"))
    'above'
    >>> order(Interval(5, 5.5, "range"), Interval(5, 5))
    'overlap'
    """
    if one.figures() == other.figures():
        return "same"
    left, right = one.figures(tolerance), other.figures(tolerance)
    if _is_above(left, right):
        return "above"
    return "below" if _is_above(right, left) else "overlap"


def _is_above(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[0] >= other[1] and one[0] > other[0] and one[1] > other[1]


@lru_cache(maxsize=4)
def _ranks(lexicon: Lexicon) -> dict[tuple[str, str], float]:
    """The rank of each bound and commitment, the lexicon's table ``firmness``."""
    return {(r.part, r.value): float(r.rank) for r in lexicon["firmness"].itertuples()}


def wording(one: Interval, other: Interval, lexicon: Lexicon | None = None) -> Wording:
    """Which of two targets of the same figure is worded more firmly.

    Bound (以上, 左右) and verb (确保, 力争) are compared each by itself: where one is firmer and
    the other softer, or a floor stands against a ceiling, it is mixed; they are never added up.

    >>> wording(Interval(5, 5, ">="), Interval(5, 5, "≈"))
    'firmer'
    >>> wording(Interval(5, 5, ">=", "strive"), Interval(5, 5, "≈"))
    'mixed'
    """
    ranks = _ranks(lexicon or default_lexicon())
    if {one.bound, other.bound} == {"floor", "ceiling"}:
        return "mixed"
    pairs = [
        (ranks["bound", one.bound], ranks["bound", other.bound]),
        (ranks["commitment", one.commitment], ranks["commitment", other.commitment]),
    ]
    signs = {(left > right) - (left < right) for left, right in pairs} - {0}
    if len(signs) == 2:
        return "mixed"
    return "firmer" if 1 in signs else "softer" if signs else "same"


def gap(one: Interval, other: Interval, tolerance: float = 0.0) -> tuple[float, float]:
    """The least and the greatest difference of one target and another.

    Of two floors, or two ceilings, the difference of the figures; where only one of them is open,
    so is the difference.

    >>> gap(Interval(6, 6, ">="), Interval(5, 5, "≈"))
    (1.0, inf)
    >>> gap(Interval(6, 6, ">="), Interval(5, 5, ">="))
    (1.0, 1.0)
    """
    alike = one.bound == other.bound and one.bound in ("floor", "ceiling")
    (low, high), (other_low, other_high) = (
        each.figures(tolerance) if alike else each.ends(tolerance) for each in (one, other)
    )
    return exact(low - other_high), exact(high - other_low)


class Comparison(NamedTuple):
    """A verdict with what it rests on: the order of the figures, the wording, the gap."""

    verdict: str
    figures: Order
    wording: Wording
    gap_low: float
    gap_high: float
    reason: str = ""


def compare(
    one: Interval,
    other: Interval,
    *,
    polarity: str = "up",
    tolerance: float = 0.0,
    lexicon: Lexicon | None = None,
) -> Comparison:
    """Lay a target beside that of the level above: the figures first, then the wording.

    Args:
        one: The target of the lower level.
        other: That of the upper one.
        polarity: ``down`` where less is more demanding, as of unemployment.
        tolerance: What 左右 allows to both sides; 0 compares the figures as printed.
        lexicon: Its table ``firmness`` orders the wording; the default if None.

    Returns:
        ``verdict``: numeric (its figure demands more), verbal (the same figure, worded more
        firmly), same, softer (the same figure, less firmly), below (its figure demands less),
        undecidable (with a ``reason``); the order of the figures, the wording and the bounds of
        the gap.

    >>> compare(Interval(5, 5, ">="), Interval(5, 5, "≈")).verdict
    'verbal'
    >>> compare(Interval(5.5, 5.5), Interval(5, 5, "≈")).verdict
    'numeric'
    """
    found, said = order(one, other, tolerance), wording(one, other, lexicon)
    demands = (
        {"above": "below", "below": "above"}.get(found, found) if polarity == "down" else found
    )
    bounds = gap(one, other, tolerance)
    if demands == "overlap":
        return Comparison("undecidable", found, said, *bounds, "figures overlap")
    if demands == "same" and said == "mixed":
        return Comparison("undecidable", found, said, *bounds, "wording pulls both ways")
    by_wording = {"firmer": "verbal", "same": "same", "softer": "softer", "mixed": ""}
    verdict = {"above": "numeric", "below": "below"}.get(demands) or by_wording[said]
    return Comparison(verdict, found, said, *bounds)
