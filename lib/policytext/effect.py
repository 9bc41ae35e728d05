"""Keyness scores of a word over arrays of counts.

Everywhere ``f1`` of ``n1`` words in the target and ``f2`` of ``n2`` in the reference; numbers or
arrays that broadcast. What a score supports depends on the texts and not on the formula: these
treat words as independent draws, which words of one text are not, so they rank words.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special, stats

Array = NDArray[np.float64]


def _table(*counts: ArrayLike) -> list[Array]:
    return [np.asarray(count, dtype=float) for count in counts]


def _sign(f1: Array, n1: Array, f2: Array, n2: Array) -> Array:
    return np.sign(f1 / n1 - f2 / n2)


def g2(f1: ArrayLike, n1: ArrayLike, f2: ArrayLike, n2: ArrayLike) -> Array:
    """Log-likelihood ratio of the whole 2×2 table, negative where the target has the lower rate.

    2·Σ O·ln(O/E), 0·ln 0 = 0 (Dunning 1993; quanteda's ``lr``).

    >>> float(g2(10, 10, 3, 31767).round(2))
    167.23
    """
    f1, n1, f2, n2 = _table(f1, n1, f2, n2)
    share = (f1 + f2) / (n1 + n2)
    cells = [
        *((f1, n1 * share), (n1 - f1, n1 * (1 - share))),
        *((f2, n2 * share), (n2 - f2, n2 * (1 - share))),
    ]
    # O·ln(O/E) − O + E: the additions cancel over the four cells, and no cell is negative, so
    # that large counts of almost the same rate lose no digits.
    return _sign(f1, n1, f2, n2) * 2 * sum(special.kl_div(seen, due) for seen, due in cells)


def ll2(f1: ArrayLike, n1: ArrayLike, f2: ArrayLike, n2: ArrayLike) -> Array:
    """Log-likelihood of the two cells of the word itself, signed like `g2`.

    2·[f1·ln(f1/E1) + f2·ln(f2/E2)] (Rayson & Garside 2000, UCREL; AntConc's 2-term option).

    >>> float(ll2(52, 50_000, 57, 75_000).round(5))
    2.65171
    """
    f1, n1, f2, n2 = _table(f1, n1, f2, n2)
    share = (f1 + f2) / (n1 + n2)
    both = special.kl_div(f1, n1 * share) + special.kl_div(f2, n2 * share)
    return _sign(f1, n1, f2, n2) * 2 * both


def log_ratio(f1: ArrayLike, n1: ArrayLike, f2: ArrayLike, n2: ArrayLike) -> Array:
    """Binary log of the ratio of the rates: 1 is twice as often, 2 four times.

    ½ is added to each count and size (Hardie 2014 with the adjustment of Walter 1975).

    >>> float(log_ratio(8, 1177, 0, 341805).round(4))
    12.2688
    """
    f1, n1, f2, n2 = _table(f1, n1, f2, n2)
    return np.log2((f1 + 0.5) / (n1 + 0.5)) - np.log2((f2 + 0.5) / (n2 + 0.5))


def lrc(
    f1: ArrayLike,
    n1: ArrayLike,
    f2: ArrayLike,
    n2: ArrayLike,
    tests: int = 1,
    alpha: float = 0.05,
) -> Array:
    """Conservative log ratio: the end of the interval of the log ratio that is nearest to 0.

    Clopper–Pearson interval of f1 in f1+f2 at α/m over ``tests`` words, turned into a ratio of
    rates; 0 where the interval holds the ratio 1 (Evert 2022; R ``corpora::keyness``).

    >>> float(lrc(94, 1177, 749, 341805, tests=20109).round(4))
    4.3819
    """
    f1, n1, f2, n2 = _table(f1, n1, f2, n2)
    tail = alpha / (2 * tests)
    low = np.where(f1 > 0, stats.beta.ppf(tail, np.maximum(f1, 1), f2 + 1), 0)
    high = np.where(f2 > 0, stats.beta.isf(tail, f1 + 1, np.maximum(f2, 1)), 1)
    with np.errstate(divide="ignore"):
        least, most = (np.log2(n2 / n1 * p / (1 - p)) for p in (low, high))
    return np.where(least > 0, least, np.where(most < 0, most, 0.0))


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
    f1: ArrayLike,
    n1: ArrayLike,
    f2: ArrayLike,
    n2: ArrayLike,
    alpha: ArrayLike,
    alpha0: float,
) -> Array:
    """Log odds with a Dirichlet prior over its standard deviation (Monroe, Colaresi & Quinn 2008).

    δ = ln[(f1+α)/(n1+α0−f1−α)] − ln[(f2+α)/(n2+α0−f2−α)], σ² = 1/(f1+α) + 1/(f2+α), z = δ/σ.

    Args:
        f1: Counts in the target.
        n1: Words of the target.
        f2: Counts in the reference.
        n2: Words of the reference.
        alpha: What the prior adds to each word: α0 times its share of a background.
        alpha0: What it adds in all, over every word of the vocabulary.

    Returns:
        z for each word; nan where the vocabulary has no other word, so that there are no odds.

    >>> fightin_words([7, 3], 10, [2, 7], 9, alpha=0.01, alpha0=0.02).round(4).tolist()
    [2.6179, -3.0396]
    """
    f1, n1, f2, n2, alpha = _table(f1, n1, f2, n2, alpha)
    first, second = f1 + alpha, f2 + alpha
    with np.errstate(divide="ignore", invalid="ignore"):
        delta = np.log(first / (n1 + alpha0 - first)) - np.log(second / (n2 + alpha0 - second))
    return delta / np.sqrt(1 / first + 1 / second)
