"""Totals and ratios of a population from a stratified sample, with intervals."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats


class Estimate(NamedTuple):
    """A value with its standard error and interval."""

    value: float
    error: float
    low: float
    high: float


def weights(strata: pd.Series, population: pd.Series) -> pd.Series:
    """How many members of the population each row stands for: N_h over the rows of its stratum.

    >>> weights(pd.Series(["a", "a", "b"]), pd.Series([10, 10, 3])).tolist()
    [5.0, 5.0, 3.0]
    """
    return population / strata.map(strata.value_counts())


def variance(values: pd.Series, strata: pd.Series, population: pd.Series) -> float:
    """Variance of the Horvitz–Thompson total of a stratified sample without replacement.

    Σ_h N_h² (1 − n_h/N_h) s_h²/n_h (Cochran 1977, 5.3). Of a stratum with a single row of many
    the spread is unknown; the square of that row stands in for it.

    >>> sample = pd.Series([0, 1, 1, 0])
    >>> variance(sample, pd.Series(list("aabb")), pd.Series([2, 2, 2, 2]))
    0.0
    """
    total = 0.0
    for stratum, rows in values.groupby(strata):
        size, drawn = float(population[strata == stratum].iloc[0]), len(rows)
        spread = rows.var(ddof=1) if drawn > 1 else float(rows.iloc[0]) ** 2
        total += size**2 * (1 - drawn / size) * spread / drawn
    return float(total)


def ratio(
    above: pd.Series,
    below: pd.Series,
    strata: pd.Series,
    population: pd.Series,
    level: float = 0.95,
) -> Estimate:
    """A ratio of two totals, such as precision, with a Korn–Graubard interval.

    The variance is that of the linearised ratio (Särndal, Swensson & Wretman 1992, 5.6). The
    interval is Clopper & Pearson's for the sample size that would give this variance (Korn &
    Graubard 1998), so that it stays between 0 and 1 and is not empty at 0 or 1.

    Args:
        above: What each row adds to the numerator.
        below: What each row adds to the denominator.
        strata: The stratum of each row.
        population: How many members its stratum has.
        level: Coverage.

    >>> right, rows, size = pd.Series([1, 1, 1, 0]), pd.Series([1] * 4), pd.Series([400] * 4)
    >>> [round(x, 3) for x in ratio(right, rows, rows, size)]
    [0.75, 0.249, 0.134, 0.998]
    """
    weight = weights(strata, population)
    total = float((weight * below).sum())
    if not total:
        return Estimate(float("nan"), float("nan"), 0.0, 1.0)
    value = float((weight * above).sum()) / total
    spread = variance((above - value * below) / total, strata, population)
    low, high = korn_graubard(value, _effective(value, spread, below, weight), level)
    return Estimate(value, spread**0.5, low, high)


def _effective(value: float, spread: float, below: pd.Series, weight: pd.Series) -> float:
    """The size of a simple sample as precise as this one; of a census without end."""
    carrying = weight[below > 0]
    if (carrying <= 1).all():
        return float("inf")
    kish = float(carrying.sum() ** 2 / (carrying**2).sum())
    inside = 0 < value < 1 and spread > 0
    return value * (1 - value) / spread if inside else kish


def korn_graubard(value: float, size: float, level: float = 0.95) -> tuple[float, float]:
    """Clopper & Pearson's interval of a share in a sample of so many, whole number or not.

    >>> tuple(round(x, 4) for x in korn_graubard(1.0, 10))
    (0.6915, 1.0)
    """
    if np.isinf(size):
        return (value, value)
    hits, rest, tail = value * size, (1 - value) * size, (1 - level) / 2
    low = stats.beta.ppf(tail, hits, rest + 1) if hits > 0 else 0.0
    high = stats.beta.ppf(1 - tail, hits + 1, rest) if rest > 0 else 1.0
    return (float(low), float(high))


def total(
    values: pd.Series, strata: pd.Series, population: pd.Series, level: float = 0.95
) -> Estimate:
    """A Horvitz–Thompson total with a normal interval; it is never below what was seen.

    >>> total(pd.Series([1, 0]), pd.Series(["a", "a"]), pd.Series([2, 2]))
    Estimate(value=1.0, error=0.0, low=1.0, high=1.0)
    """
    value = float((weights(strata, population) * values).sum())
    error = variance(values, strata, population) ** 0.5
    half = float(stats.norm.ppf(0.5 + level / 2)) * error
    return Estimate(value, error, max(float(values.sum()), value - half), value + half)
