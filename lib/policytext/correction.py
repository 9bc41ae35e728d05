"""Exact p of a 2×2 table, and p adjusted for the number of words looked at."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special, stats

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
EXACT_TESTS = ("fisher", "binomial")
CORRECTIONS = ("tarone-holm", "holm", "benjamini-hochberg", "none")
# Outcomes as probable as the one seen count as such in spite of rounding (as in R and scipy).
_TIE = 1e-7
# Up to so many occurrences every outcome is listed: scipy's hypergeometric law is slow, and wrong
# in the ninth digit, for a rare word in a reference of a billion words.
_LISTED = 5000


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
    counts = np.column_stack(np.broadcast_arrays(f1, f2)).astype(np.int64)
    pairs, back = np.unique(counts, axis=0, return_inverse=True)
    few = pairs.sum(axis=1) <= _LISTED
    found = np.empty((2, len(pairs)))
    found[:, few] = _listed(pairs[few], n1, n2, test)
    found[:, ~few] = _searched(pairs[~few], n1, n2, test)
    return found[0][back], found[1][back]


def _ends(both: Whole, n1: int, n2: int, test: str) -> tuple[Whole, Whole]:
    """The least and the greatest f1 that the margins allow."""
    if test == "binomial":
        return np.zeros_like(both), both
    return np.maximum(both - n2, 0), np.minimum(both, n1)


def _listed(pairs: Whole, n1: int, n2: int, test: str) -> Array:
    """Both p where all outcomes can be listed; all lists stand one after the other."""
    if not len(pairs):
        return np.empty((2, 0))
    both = pairs.sum(axis=1)
    lowest, highest = _ends(both, n1, n2, test)
    sizes = highest - lowest + 1
    starts = np.cumsum(sizes) - sizes
    owner = np.repeat(np.arange(len(pairs)), sizes)
    outcome = np.arange(len(owner)) - starts[owner] + lowest[owner]
    logs = _log_weights(outcome, both[owner] - outcome, n1, n2, test)
    logs -= np.maximum.reduceat(logs, starts)[owner]
    weights = np.exp(logs)
    total = np.add.reduceat(weights, starts)

    def p(seen: Whole) -> Array:
        limit = logs[starts + seen - lowest] + _TIE
        return np.add.reduceat(np.where(logs <= limit[owner], weights, 0), starts) / total

    return np.array([p(pairs[:, 0]), np.minimum(p(lowest), p(highest))])


def _log_weights(f1: Whole, f2: Whole, n1: int, n2: int, test: str) -> Array:
    """Log probability of each outcome but for a constant."""
    if test == "binomial":
        ways = -special.betaln(f1 + 1, f2 + 1) - np.log(f1 + f2 + 1)
        return ways + f1 * np.log(n1) + f2 * np.log(n2)
    return -special.betaln(n1 - f1 + 1, f1 + 1) - special.betaln(n2 - f2 + 1, f2 + 1)


def _searched(pairs: Whole, n1: int, n2: int, test: str) -> Array:
    """Both p of frequent words, from the tails of the law."""
    seen, both = pairs[:, 0], pairs.sum(axis=1)
    lowest, highest = _ends(both, n1, n2, test)
    if test == "binomial":
        law = stats.binom(both, n1 / (n1 + n2))
        mode = np.minimum((both + 1) * n1 // (n1 + n2), both)
    else:
        law = stats.hypergeom(n1 + n2, n1, both)
        mode = (both + 1) * (n1 + 1) // (n1 + n2 + 2)
    p, low, high = (_two_sided(law, mode, at, lowest, highest) for at in (seen, lowest, highest))
    return np.array([p, np.minimum(low, high)])


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
    """Holm that does not pay for words which could not reach the level at all.

    A word of three occurrences may have no outcome with p under α/m: it cannot be a false alarm.
    Tarone 1990: K is the smallest number for which at most K words have a least possible p ≤
    α/K. Stepping down as Holm does (Hommel & Krummenauer 1998), each p is multiplied by the K of
    the words not yet rejected, which is never more than their number.

    Args:
        p: Exact p of each word.
        least: The least p that each word's frequency allows, whatever its p.
        alpha: The level at which the adjusted p are to be read.

    >>> tarone_holm([0.001, 0.02, 0.5], [0.001, 0.02, 0.5]).round(3).tolist()
    [0.002, 0.02, 0.5]
    """
    values, bounds = np.asarray(p, dtype=float), np.asarray(least, dtype=float)
    order = np.argsort(values, kind="stable")
    steps = values[order] * _tarone_numbers(bounds[order], alpha)
    adjusted = np.empty_like(values)
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1)
    return adjusted


def _tarone_numbers(least: Array, alpha: float) -> Array:
    """Tarone's K of the words from each place on, in one pass from the end."""
    size = len(least)
    with np.errstate(divide="ignore", over="ignore"):
        # The greatest K at which a word still counts.
        lasts = np.minimum(np.floor(alpha / least), size).astype(int)
    ending = np.zeros(size + 2, dtype=int)
    numbers, k, counted = np.ones(size), 1, 0
    for place in range(size - 1, -1, -1):
        ending[lasts[place]] += 1
        counted += lasts[place] >= k
        while counted > k:
            counted -= ending[k]
            k += 1
        numbers[place] = k
    return numbers


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
