"""Exact p of a 2×2 table, and p adjusted for the number of words looked at."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
EXACT_TESTS = ("fisher", "binomial")
CORRECTIONS = ("tarone-holm", "holm", "benjamini-hochberg", "none")
# Outcomes as probable as the one seen count as such in spite of rounding (as in R and scipy).
_TIE = 1e-7


def exact_p(
    f1: ArrayLike, n1: int, f2: ArrayLike, n2: int, test: str = "fisher"
) -> tuple[Array, Array]:
    """Two-sided exact p of each word, and the least p that its frequency allows.

    χ² tails are several times too small for words that one side lacks. Both tests add up the
    outcomes that are no more probable than the one seen, given f1+f2.

    Args:
        f1: Counts in the target.
        n1: Words of the target.
        f2: Counts in the reference.
        n2: Words of the reference.
        test: ``"fisher"`` (hypergeometric, both sizes fixed) or ``"binomial"`` (f1 of f1+f2 with
            the chance n1/(n1+n2)).

    >>> p, least = exact_p([7], 10, [2], 9)
    >>> p.round(7).tolist()
    [0.0697785]
    """
    first, both = np.asarray(f1, np.int64), np.asarray(f1, np.int64) + np.asarray(f2, np.int64)
    if test == "fisher":
        law = stats.hypergeom(n1 + n2, both, n1)
        mode = (both + 1) * (n1 + 1) // (n1 + n2 + 2)
        lowest, highest = np.maximum(both - n2, 0), np.minimum(both, n1)
    else:
        law = stats.binom(both, n1 / (n1 + n2))
        mode = np.minimum((both + 1) * n1 // (n1 + n2), both)
        lowest, highest = np.zeros_like(both), both
    ends = [_two_sided(law, mode, end, lowest, highest) for end in (lowest, highest)]
    return _two_sided(law, mode, first, lowest, highest), np.minimum(*ends)


def _two_sided(law, mode: Whole, seen: Whole, lowest: Whole, highest: Whole) -> Array:  # type: ignore[no-untyped-def]
    """Add up all outcomes no more probable than the one seen, on both sides of the mode."""
    limit = law.logpmf(seen) + _TIE
    below = seen <= mode
    other = _first_rare(law, limit, mode, np.where(below, highest + 1, lowest - 1))
    upward = law.cdf(seen) + law.sf(other - 1)
    downward = law.sf(seen - 1) + law.cdf(other)
    p = np.where(below, upward, downward)
    return np.where(limit >= law.logpmf(mode), 1.0, np.minimum(p, 1.0))


def _first_rare(law, limit: Array, inside: Whole, outside: Whole) -> Whole:  # type: ignore[no-untyped-def]
    """Going outwards from the mode, the first outcome whose log probability is within limit."""
    inside, outside = inside.copy(), outside.copy()
    while (np.abs(outside - inside) > 1).any():
        middle = (inside + outside) // 2
        rare = (law.logpmf(middle) <= limit) & (np.abs(outside - inside) > 1)
        common = ~rare & (np.abs(outside - inside) > 1)
        outside, inside = np.where(rare, middle, outside), np.where(common, middle, inside)
    return outside


def holm(p: ArrayLike) -> Array:
    """Step-down Bonferroni (Holm 1979): the chance of any false word is held at α.

    >>> holm([0.01, 0.04, 0.03]).round(3).tolist()
    [0.03, 0.06, 0.06]
    """
    values = np.asarray(p, dtype=float)
    order = np.argsort(values, kind="stable")
    steps = values[order] * np.arange(len(values), 0, -1)
    adjusted = np.empty_like(values)
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1)
    return adjusted


def tarone_holm(p: ArrayLike, least: ArrayLike, alpha: float = 0.05) -> Array:
    """Holm over the words that could reach the level at all (Tarone 1990).

    A word of three occurrences may have no outcome with p under α/m: it cannot be a false alarm
    and need not be paid for. With K the smallest number for which at most K words have a least
    possible p ≤ α/K, Holm is done over those words; the others get 1.

    Args:
        p: Exact p of each word.
        least: The least p that each word's frequency allows, which does not depend on p.
        alpha: The level for which the words are chosen.

    >>> tarone_holm([0.001, 0.2, 0.5], [0.001, 0.2, 0.5]).tolist()
    [0.001, 1.0, 1.0]
    """
    values, bounds = np.asarray(p, dtype=float), np.sort(np.asarray(least, dtype=float))
    sizes = np.arange(1, len(bounds) + 1)
    able = np.searchsorted(bounds, alpha / sizes, side="right")
    size = sizes[able <= sizes][0] if len(sizes) else 1
    testable = np.asarray(least) <= alpha / size
    adjusted = np.ones_like(values)
    adjusted[testable] = holm(values[testable])
    return adjusted


def benjamini_hochberg(p: ArrayLike) -> Array:
    """False discovery rate (Benjamini & Hochberg 1995): the share of false words among those kept.

    >>> benjamini_hochberg([0.01, 0.04, 0.03]).round(3).tolist()
    [0.03, 0.04, 0.04]
    """
    values = np.asarray(p, dtype=float)
    order = np.argsort(values, kind="stable")[::-1]
    steps = values[order] * len(values) / np.arange(len(values), 0, -1)
    adjusted = np.empty_like(values)
    adjusted[order] = np.minimum(np.minimum.accumulate(steps), 1)
    return adjusted


def adjust(p: ArrayLike, least: ArrayLike, correction: str, alpha: float = 0.05) -> Array:
    """Adjusted p by the name of the correction, one of ``CORRECTIONS``."""
    if correction == "tarone-holm":
        return tarone_holm(p, least, alpha)
    if correction == "none":
        return np.array(p, dtype=float)
    return holm(p) if correction == "holm" else benjamini_hochberg(p)
