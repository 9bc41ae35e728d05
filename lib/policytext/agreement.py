"""How far two coders agree: on spans, and on the labels of the spans they share."""

import numpy as np
import pandas as pd

from policytext.scoring.core import Score

SPAN = ["doc", "start", "end"]


def krippendorff_alpha(codes: pd.DataFrame) -> float:
    """Krippendorff's α for nominal labels, of any number of coders, gaps allowed.

    α = 1 − D_o/D_e over the pairs of labels within units (Krippendorff 2011, *Computing
    Krippendorff's Alpha-Reliability*): 1 is full agreement, 0 what chance gives. Units that only
    one coder labelled do not count.

    Args:
        codes: A row per unit, a column per coder; a cell without value is no label.

    Returns:
        α, at most 1; nan where no unit has two labels or only one label was used at all, since
        chance agreement is then complete.

    >>> coders = pd.DataFrame({"a": list("aabbdcccedda"), "b": list("babbbcccedd") + ["d"]})
    >>> round(krippendorff_alpha(coders), 3)
    0.692
    """
    labels = codes.stack().dropna()
    counts = pd.crosstab(labels.index.get_level_values(0), labels.to_numpy()).to_numpy(float)
    sizes = counts.sum(axis=1)
    counts, sizes = counts[sizes > 1], sizes[sizes > 1]
    total = sizes.sum()
    expected = total**2 - (counts.sum(axis=0) ** 2).sum()
    if not expected:
        return float("nan")
    agreed = ((counts * (counts - 1)).sum(axis=1) / (sizes - 1)).sum()
    return float(1 - (total - 1) * (total - agreed) / expected)


def alpha_interval(
    codes: pd.DataFrame, rounds: int = 1000, seed: int = 2021, level: float = 0.95
) -> tuple[float, float]:
    """Percentile interval of α over units drawn anew; nan where too few draws have an α.

    >>> alpha_interval(pd.DataFrame({"a": list("xyxyxy"), "b": list("xyxyxy")}))
    (1.0, 1.0)
    """
    rng = np.random.default_rng(seed)
    values = [
        krippendorff_alpha(codes.iloc[draw].reset_index(drop=True))
        for draw in rng.integers(0, len(codes), (rounds, len(codes)))
    ]
    known = np.array([value for value in values if value == value])
    if len(known) < rounds / 2:
        return (float("nan"), float("nan"))
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return (float(low), float(high))


def paired(one: pd.DataFrame, two: pd.DataFrame, least: float = 0.5) -> list[tuple[int, int]]:
    """Which span of one table is which of the other, each used once, the best overlaps first.

    Args:
        one: A span table.
        two: Another of the same documents.
        least: The least overlap, shared characters in those of the longer span; 1 pairs only
            spans with both edges alike.

    Returns:
        Pairs of row numbers (from 0) of the two tables.

    >>> a = pd.DataFrame({"doc": "d", "start": [0, 10], "end": [4, 14]})
    >>> b = pd.DataFrame({"doc": "d", "start": [0, 11, 20], "end": [4, 14, 22]})
    >>> paired(a, b), paired(a, b, least=1)
    ([(0, 0), (1, 1)], [(0, 0)])
    """
    left, right = (list(t[SPAN].itertuples(index=False, name=None)) for t in (one, two))
    near = [
        (share, i, j)
        for i, a in enumerate(left)
        for j, b in enumerate(right)
        if (share := overlap(a, b)) >= least and share > 0
    ]
    pairs, used_one, used_two = [], set(), set()
    for _, i, j in sorted(near, key=lambda row: (-row[0], row[1], row[2])):
        if i not in used_one and j not in used_two:
            used_one.add(i)
            used_two.add(j)
            pairs.append((i, j))
    return sorted(pairs)


def overlap(one: tuple[str, int, int], two: tuple[str, int, int]) -> float:
    """Shared characters of two spans in those of the longer; 0 in different documents.

    >>> overlap(("d", 0, 4), ("d", 2, 4))
    0.5
    """
    shared = min(one[2], two[2]) - max(one[1], two[1])
    if one[0] != two[0] or shared <= 0:
        return 0.0
    return shared / max(one[2] - one[1], two[2] - two[1])


def span_agreement(one: pd.DataFrame, two: pd.DataFrame, least: float = 1.0) -> Score:
    """Spans of one coder against those of another; F1 does not depend on who comes first.

    >>> a = pd.DataFrame({"doc": "d", "start": [0, 10], "end": [4, 14]})
    >>> span_agreement(a, a.assign(end=[4, 13])).f1
    0.5
    >>> span_agreement(a, a.assign(end=[4, 13]), least=0.5).f1
    1.0
    """
    return Score(len(paired(one, two, least)), len(one), len(two))
