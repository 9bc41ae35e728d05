"""Scores and tests over arrays of counts: of a word on two sides, of two distributions, of texts.

``f1`` of ``n1`` words in the target and ``f2`` of ``n2`` in the reference; numbers or
arrays that broadcast. What a score supports depends on the texts and not on the formula: these
treat words as independent draws, which words of one text are not, so they rank words.
"""

import warnings
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
CORRECTIONS = ("tarone-holm", "holm", "benjamini-hochberg", "none")
# Outcomes as probable as the one seen count as such in spite of rounding (as in R and scipy).
_TIE = 1e-7
_OUTCOMES = 5_000_000


def _table(*counts: ArrayLike) -> list[Array]:
    return [np.asarray(count, dtype=float) for count in counts]


def g2(f1: ArrayLike, n1: ArrayLike, f2: ArrayLike, n2: ArrayLike) -> Array:
    """Log-likelihood ratio of the whole 2×2 table, negative where the target has the lower rate.

    2·Σ O·ln(O/E), 0·ln 0 = 0 (Dunning 1993; quanteda's ``lr``).

    >>> float(g2(10, 10, 3, 31767).round(2))
    167.23
    """
    f1, n1, f2, n2 = _table(f1, n1, f2, n2)
    share = (f1 + f2) / (n1 + n2)
    # O·ln(O/E) − O + E: the additions cancel over the four cells, and no cell is negative, so
    # that large counts of almost the same rate lose no digits.
    parts = (
        special.kl_div(seen, due)
        for f, n in ((f1, n1), (f2, n2))
        for seen, due in ((f, n * share), (n - f, n * (1 - share)))
    )
    return np.sign(f1 / n1 - f2 / n2) * 2 * sum(parts)


def ll2(f1: ArrayLike, n1: ArrayLike, f2: ArrayLike, n2: ArrayLike) -> Array:
    """Log-likelihood of the two cells of the word itself, signed like `g2`.

    2·[f1·ln(f1/E1) + f2·ln(f2/E2)] (Rayson & Garside 2000, UCREL; AntConc's 2-term option).

    >>> float(ll2(52, 50_000, 57, 75_000).round(5))
    2.65171
    """
    f1, n1, f2, n2 = _table(f1, n1, f2, n2)
    share = (f1 + f2) / (n1 + n2)
    both = special.kl_div(f1, n1 * share) + special.kl_div(f2, n2 * share)
    return np.sign(f1 / n1 - f2 / n2) * 2 * both


# The scores that `keyness` ranks by.
SCORES = {"g2": g2, "ll2": ll2}


def log_ratio(f1: ArrayLike, n1: ArrayLike, f2: ArrayLike, n2: ArrayLike) -> Array:
    """Binary log of the ratio of the rates: 1 is twice as often, 2 four times.

    ½ is added to each count and size (Hardie 2014 with the adjustment of Walter 1975).

    >>> float(log_ratio(8, 1177, 0, 341805).round(4))
    12.2688
    """
    f1, n1, f2, n2 = _table(f1, n1, f2, n2)
    return np.log2((f1 + 0.5) / (n1 + 0.5)) - np.log2((f2 + 0.5) / (n2 + 0.5))


def lrc(
    f1: ArrayLike, n1: ArrayLike, f2: ArrayLike, n2: ArrayLike, tests: int = 1, alpha: float = 0.05
) -> Array:
    """Conservative log ratio: the end of the interval of the log ratio that is nearest to 0.

    Clopper–Pearson interval of f1 in f1+f2 at α/m over ``tests`` words, turned into a ratio of
    rates; 0 where the interval holds the ratio 1 (Evert 2022; R ``corpora::keyness``).

    >>> float(lrc(94, 1177, 749, 341805, tests=20109).round(4))
    4.3819
    """
    low, high = log_ratio_interval(f1, n1, f2, n2, tests, alpha)
    return np.where(low > 0, low, np.where(high < 0, high, 0.0))


def log_ratio_interval(
    f1: ArrayLike, n1: ArrayLike, f2: ArrayLike, n2: ArrayLike, tests: int = 1, alpha: float = 0.05
) -> tuple[Array, Array]:
    """Both ends of the interval of the log ratio whose nearer one is `lrc`.

    Infinite on the side of a word that one of the two lacks.

    >>> low, high = log_ratio_interval(8, 1000, 8, 1000)
    >>> float(low.round(3)), float(high.round(3))
    (-1.612, 1.612)
    """
    f1, n1, f2, n2 = _table(f1, n1, f2, n2)
    from scipy import stats  # here, since it takes a second to import

    tail = alpha / (2 * tests)
    low = np.where(f1 > 0, stats.beta.ppf(tail, np.maximum(f1, 1), f2 + 1), 0)
    high = np.where(f2 > 0, stats.beta.isf(tail, f1 + 1, np.maximum(f2, 1)), 1)
    with np.errstate(divide="ignore"):
        low_ratio, high_ratio = (np.log2(n2 / n1 * p / (1 - p)) for p in (low, high))
    return low_ratio, high_ratio


def percent_diff(f1: ArrayLike, n1: ArrayLike, f2: ArrayLike, n2: ArrayLike) -> Array:
    """%DIFF, by how many per cent the first rate is above the second (Gabrielatos & Marchi 2012).

    Infinite for a word that the reference lacks, nan where both lack it.

    >>> float(percent_diff(206523, 959641, 178174, 1562358).round(1))
    88.7
    """
    f1, n1, f2, n2 = _table(f1, n1, f2, n2)
    with np.errstate(divide="ignore", invalid="ignore"):
        return (f1 / n1 - f2 / n2) / (f2 / n2) * 100


def bic(score: ArrayLike, n1: ArrayLike, n2: ArrayLike) -> Array:
    """Bayes factor of a log-likelihood, LL − ln N (Wilson 2013; UCREL wizard); > 10 is strong.

    >>> float(bic(2.65171, 50_000, 75_000).round(2))
    -9.08
    """
    score, n1, n2 = _table(score, n1, n2)
    return np.abs(score) - np.log(n1 + n2)


def fightin_words(
    f1: ArrayLike, n1: ArrayLike, f2: ArrayLike, n2: ArrayLike, alpha: ArrayLike, alpha0: float
) -> Array:
    """Log odds with a Dirichlet prior over its standard deviation (Monroe, Colaresi & Quinn 2008).

    δ = ln[(f1+α)/(n1+α0−f1−α)] − ln[(f2+α)/(n2+α0−f2−α)], σ² = 1/(f1+α) + 1/(f2+α), z = δ/σ.

    The prior adds ``alpha`` to a word, α0 times its share of a background, and ``alpha0`` in all.
    z is nan where the vocabulary has no other word, so that there are no odds.

    >>> fightin_words([7, 3], 10, [2, 7], 9, alpha=0.01, alpha0=0.02).round(4).tolist()
    [2.6179, -3.0396]
    """
    f1, n1, f2, n2, alpha = _table(f1, n1, f2, n2, alpha)
    first, second = f1 + alpha, f2 + alpha
    with np.errstate(divide="ignore", invalid="ignore"):
        delta = np.log(first / (n1 + alpha0 - first)) - np.log(second / (n2 + alpha0 - second))
    return delta / np.sqrt(1 / first + 1 / second)


def exact_p(f1: ArrayLike, n1: int, f2: ArrayLike, n2: int) -> tuple[Array, Array]:
    """Fisher's two-sided exact p of each word, and the least p that its frequency allows.

    χ² tails are several times too small for words that one side lacks. Added up are the outcomes
    that are no more probable than the one seen, given f1+f2 and both sizes (hypergeometric).

    >>> p, least = exact_p([7], 10, [2], 9)
    >>> p.round(7).tolist()
    [0.0697785]
    """
    counts = np.column_stack(np.broadcast_arrays(f1, f2)).astype(np.int64)
    pairs, back = np.unique(counts, axis=0, return_inverse=True)
    lowest, highest = _outcomes(pairs.sum(axis=1), n1, n2)
    # A few million outcomes at a time, for the memory's sake.
    borders = np.flatnonzero(np.diff(np.cumsum(highest - lowest + 1) // _OUTCOMES)) + 1
    parts = zip(*(np.split(each, borders) for each in (pairs, lowest, highest)), strict=True)
    found = [_both_p(some, low, high, n1, n2) for some, low, high in parts]
    p, least = np.hstack(found) if len(pairs) else np.empty((2, 0))
    return p[back], least[back]


def _outcomes(both: Whole, n1: int, n2: int) -> tuple[Whole, Whole]:
    """The least and greatest f1 to add up: what the margins allow, and is likelier than 1e-308."""
    lowest, highest = np.maximum(both - n2, 0), np.minimum(both, n1)
    chance = n1 / (n1 + n2)
    middle, spread = both * chance, np.sqrt(both * chance * (1 - chance))
    # Wide enough for a rare word too, whose law has a longer tail than the normal one.
    reach = 5000 + 45 * spread
    ends = np.floor(middle - reach).astype(int), np.ceil(middle + reach).astype(int)
    return np.maximum(lowest, ends[0]), np.minimum(highest, ends[1])


def _both_p(pairs: Whole, lowest: Whole, highest: Whole, n1: int, n2: int) -> Array:
    """Both p; the lists of the outcomes of all words stand one after the other."""
    seen, both = pairs[:, 0], pairs.sum(axis=1)
    sizes = highest - lowest + 1
    starts = np.cumsum(sizes) - sizes
    owner = np.repeat(np.arange(len(pairs)), sizes)
    outcome = np.arange(len(owner)) - starts[owner] + lowest[owner]
    rest = both[owner] - outcome  # log probability of each outcome, but for a constant
    logs = -special.betaln(n1 - outcome + 1, outcome + 1) - special.betaln(n2 - rest + 1, rest + 1)
    logs -= np.maximum.reduceat(logs, starts)[owner]
    weights = np.exp(logs)
    total = np.add.reduceat(weights, starts)

    def p(at: Whole) -> Array:
        limit = logs[starts + np.clip(at, lowest, highest) - lowest] + _TIE
        sums = np.add.reduceat(np.where(logs <= limit[owner], weights, 0), starts) / total
        return np.where((at < lowest) | (at > highest), 0.0, sums)

    return np.array([p(seen), np.minimum(p(lowest), p(highest))])


def tarone_holm(p: ArrayLike, minimal_p: ArrayLike, alpha: float = 0.05) -> Array:
    """Holm that does not pay for words which could not reach the level at all.

    A word of three occurrences may have no outcome with p under α/m: it cannot be a false alarm.
    Tarone 1990: K is the smallest number for which at most K words have a least possible p ≤
    α/K. Stepping down as Holm does (Hommel & Krummenauer 1998), each p is multiplied by the K of
    the words not yet rejected, which is never more than their number.

    ``minimal_p`` is the least p that each word's frequency allows, ``alpha`` the level at which
    the adjusted p are to be read.

    >>> tarone_holm([0.001, 0.02, 0.5], [0.001, 0.02, 0.5]).round(3).tolist()
    [0.002, 0.02, 0.5]
    """
    values, bounds = np.asarray(p, dtype=float), np.asarray(minimal_p, dtype=float)
    order = np.argsort(values, kind="stable")
    steps = values[order] * _tarone_numbers(bounds[order], alpha)
    adjusted = np.empty_like(values)
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1)
    return adjusted


def _tarone_numbers(minimal_p: Array, alpha: float) -> Array:
    """Tarone's K of the words from each place on, in one pass from the end."""
    size = len(minimal_p)
    with np.errstate(divide="ignore", over="ignore"):
        # The greatest K at which a word still counts.
        lasts = np.minimum(np.floor(alpha / minimal_p), size).astype(int)
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


def adjust(p: ArrayLike, minimal_p: ArrayLike, correction: str, alpha: float = 0.05) -> Array:
    """Adjust the p of many words for their number, by one of ``CORRECTIONS``.

    ``"holm"`` (1979, step-down Bonferroni) and `tarone_holm` hold the chance of any false word at
    α, ``"benjamini-hochberg"`` (1995) the share of false words among those kept.

    >>> p = [0.01, 0.04, 0.03]
    >>> adjust(p, p, "holm").round(3).tolist()
    [0.03, 0.06, 0.06]
    >>> adjust(p, p, "benjamini-hochberg").round(3).tolist()
    [0.03, 0.04, 0.04]
    """
    values = np.array(p, dtype=float)
    if correction == "benjamini-hochberg":
        from scipy import stats  # here, since it takes a second to import

        return stats.false_discovery_control(values)
    if correction == "none":
        return values
    # Where any word could reach any level, Tarone's correction is Holm's.
    bounds = np.zeros_like(values) if correction == "holm" else minimal_p
    return tarone_holm(values, bounds, alpha)


# --- two distributions ----------------------------------------------------------------------------


def jensen_shannon(first: ArrayLike, second: ArrayLike) -> NDArray[np.float64]:
    """The contribution of each word to the Jensen–Shannon divergence of two distributions, in bits.

    ½·p·log₂(p/m) + ½·q·log₂(q/m) with m = (p+q)/2 (Lin 1991; as in Gallagher et al. 2021). No
    part is negative; their sum lies between 0 (the same shares) and 1 (no word in common).

    >>> jensen_shannon([3, 0], [0, 5]).tolist()
    [0.5, 0.5]
    """
    p, q = (np.asarray(counts, dtype=float) for counts in (first, second))
    p, q = p / p.sum(), q / q.sum()
    middle = (p + q) / 2
    return (special.rel_entr(p, middle) + special.rel_entr(q, middle)) / (2 * np.log(2))


def divergence(parts: NDArray[np.float64]) -> float:
    """Add up what `jensen_shannon` gives, to 1 at most.

    >>> divergence(jensen_shannon([21, 89, 0, 0], [0, 0, 89, 21]))
    1.0
    """
    return min(float(parts.sum()), 1.0)


# --- tests over texts -----------------------------------------------------------------------------


def welch(first: Array, second: Array) -> tuple[Array, Array, Array]:
    """Welch's t, its degrees of freedom and two-sided p (1947) of rates, texts by words.

    >>> t, df, p = welch(np.array([[1.0], [2.0], [4.0]]), np.array([[5.0], [6.0], [9.0]]))
    >>> float(p[0].round(4))
    0.0486
    """
    from scipy import stats  # here, since it takes a second to import

    with warnings.catch_warnings(), np.errstate(invalid="ignore", divide="ignore"):
        warnings.simplefilter("ignore", RuntimeWarning)
        result = stats.ttest_ind(first, second, equal_var=False)
    # Where no rate varies scipy takes one degree of freedom and p 0; nothing is known there.
    known = np.isfinite(result.statistic)
    df, p = (np.where(known, values, np.nan) for values in (result.df, result.pvalue))
    return result.statistic, df, p


def permutation_p(
    rates: Array, side: NDArray[np.bool_], n_resamples: int = 10_000, seed: int = 2021
) -> tuple[Array, float, int, bool]:
    """Two-sided permutation p of the difference of the mean rates, column by column.

    ``rates`` are texts by words, ``side`` marks the k of n texts of the first side. Of more than
    ``n_resamples`` ways to choose k of n texts so many are drawn.

    Returns:
        p; the smallest p that is possible at all, 1/C(n, k) (twice that for equal sides, where
        every choice has a mirror image); the ways looked at; whether these were all.

    >>> p, floor, ways, all_ways = permutation_p(
    ...     np.array([[9.0], [8.0], [1.0], [2.0], [3.0]]), np.array([1, 1, 0, 0, 0], bool))
    >>> float(p[0]), floor, ways, all_ways
    (0.1, 0.1, 10, True)
    """
    # Own code: scipy's permutation_test gives the same p for all ways, but for 3,000 words it is 5
    # times (924 ways) to 26 times (126 ways) slower, and it holds every difference in memory.
    size, every = int(side.sum()), comb(len(side), int(side.sum()))
    weights = _ways(side, size, every, n_resamples, seed)
    seen = np.abs(_contrast(side[None, :], size) @ rates)[0]
    # Differences that are equal but for rounding count as equal.
    limit = seen - 1e-9 * np.abs(rates).max(initial=0.0)
    reached = [
        (np.abs(weights @ rates[:, at : at + 500]) >= limit[at : at + 500]).mean(axis=0)
        for at in range(0, rates.shape[1], 500)
    ]
    mirrored = 2 if 2 * size == len(side) else 1
    floor = mirrored / every if every <= n_resamples else 1 / len(weights)
    return np.concatenate(reached), floor, len(weights), every <= n_resamples


def _ways(side: NDArray[np.bool_], size: int, every: int, n_resamples: int, seed: int) -> Array:
    """A row of weights for every way, or many ways, to choose the texts of the first side."""
    total = len(side)
    if every <= n_resamples:
        picks = np.array(list(combinations(range(total), size)))
    else:
        rng = np.random.default_rng(seed)
        drawn = rng.permuted(np.tile(np.arange(total), (n_resamples - 1, 1)), axis=1)[:, :size]
        # The choice that was seen is one of the ways, so p is never 0 (Phipson & Smyth 2010).
        picks = np.vstack([np.flatnonzero(side), drawn])
    chosen = np.zeros((len(picks), total), dtype=bool)
    np.put_along_axis(chosen, picks, True, axis=1)
    return _contrast(chosen, size)


def _contrast(chosen: NDArray[np.bool_], size: int) -> Array:
    """Weights with which rates add up to the difference of the two means."""
    return chosen / size - ~chosen / (chosen.shape[1] - size)
