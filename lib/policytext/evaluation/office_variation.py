"""How far a finding carries: to other texts of the same office, and under other choices.

One text an author says nothing of how much an author's texts vary. Work reports of five Shenzhen
districts, 2019 to 2025, do: ``data/shenzhen-rates.csv`` keeps what was counted in each.
``scripts/measure_offices.py`` counts it, where the reports are at hand.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd

from policytext.corpus.issues import SelectionError
from policytext.paths import HOME
from policytext.tables import rounded
from policytext.terms.measures import welch

TABLE = HOME / "data" / "shenzhen-rates.csv"
MEASURES = ("slogans_core", "slogans_extended", "targets", "quantities")
_PAIR = "group_a group_b count_a count_b rate_a rate_b ratio share".split()
_HALF = 0.5
_SEED, _DRAWS, _POWER_DRAWS = 2021, 4000, 1000
_MENTIONS = 48.0  # 30 per 1,000 characters, in a text of 1,600

Rng = np.random.Generator


def rates(path: Path = TABLE) -> pd.DataFrame:
    """Read what was counted in each Shenzhen report.

    Returns:
        doc, place, date, characters (Han and alphanumeric), words; then for slogans_core,
        slogans_extended, targets (that can be checked) and quantities (every numeric mention)
        the count, ``…_rate`` per 1,000 characters, and ``…_index_of_dispersion``: variance over
        mean of the counts in stretches of 1,000 characters, 1 where mentions fall independently.

    >>> int(rates()["place"].nunique())
    5
    """
    return pd.read_csv(path, dtype={"date": str})


def deviations(table: pd.DataFrame, measure: str) -> np.ndarray:
    """Deviation of the log rate of each report from the mean of its office.

    Stretched by √(k/(k−1)), since k texts lie closer to their own mean than to that of the office.

    >>> report = pd.DataFrame({"place": "a", "n": [10, 20], "characters": [1000, 1000]})
    >>> [float(x) for x in deviations(report, "n").round(2)]
    [-0.47, 0.47]
    """
    logs = np.log((table[measure] + _HALF) / table["characters"])
    by_office = logs.groupby(table["place"])
    texts = by_office.transform("size")
    kept = texts > 1
    stretch = np.sqrt(texts[kept] / (texts[kept] - 1))
    return ((logs - by_office.transform("mean"))[kept] * stretch).to_numpy()


def same_office(
    seen: pd.DataFrame, measure: str, table: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Parametric bootstrap: how often two texts of one office differ as much as each two of these.

    Both texts get the pooled rate of the two, times the deviation of a report drawn at random,
    and a count drawn for their own length, as overdispersed as in the reports. The rates of
    the reports themselves do not enter: work reports and essays differ in those.

    Args:
        seen: label, characters and the count in the column ``measure``, a row per text.
        measure: One of ``MEASURES``.
        table: A table of `rates`, for texts of another kind.

    Returns:
        A row per pair: group_a, group_b, count_a, count_b, rate_a, rate_b (per 1,000 characters),
        ratio (the larger rate over the smaller, half a mention added to each count), share (of
        the draws that differ at least as much), reports and offices of the variation.

    >>> seen = pd.DataFrame({"label": ["a", "b"], "characters": 1600, "slogans_core": [52, 51]})
    >>> bool(same_office(seen, "slogans_core")["share"].iloc[0] > 0.5)
    True
    """
    table = rates() if table is None else table
    spread, dispersion = deviations(table, measure), median_index_of_dispersion(table, measure)
    rng, rows = np.random.default_rng(_SEED), []
    texts = seen[["label", measure, "characters"]].itertuples(index=False, name=None)
    for (one, n1, c1), (two, n2, c2) in combinations(texts, 2):
        pooled = (n1 + n2 + 2 * _HALF) / (c1 + c2)
        first, second = (_draw(pooled * c, _DRAWS, spread, dispersion, rng) for c in (c1, c2))
        gap = abs(float(_log_ratio(n1, n2, c1, c2)))
        share = float((np.abs(_log_ratio(first, second, c1, c2)) >= gap - 1e-9).mean())
        rows.append((one, two, n1, n2, 1000 * n1 / c1, 1000 * n2 / c2, np.exp(gap), share))
    pairs = pd.DataFrame(rows, columns=_PAIR)
    return pairs.assign(measure=measure, reports=len(spread), offices=table["place"].nunique())


def median_index_of_dispersion(table: pd.DataFrame, measure: str) -> float:
    """The median index of dispersion of the reports; no less than of independent mentions."""
    return max(1.0, float(table[f"{measure}_index_of_dispersion"].median()))


def _log_ratio(n1, n2, c1: float, c2: float):  # type: ignore[no-untyped-def]
    return np.log((n1 + _HALF) / c1) - np.log((n2 + _HALF) / c2)


def _draw(
    mean: float, size: int | tuple[int, int], spread: np.ndarray, dispersion: float, rng: Rng
) -> np.ndarray:
    """Counts of texts of one office: variance ``dispersion`` times the mean, plus the spread."""
    means = mean * np.exp(rng.choice(spread, size))
    if dispersion <= 1:
        return rng.poisson(means)
    return rng.negative_binomial(means / (dispersion - 1), 1 / dispersion)


def power(
    measure: str,
    ratios: Sequence[float] = (1.25, 1.5, 2.0),
    texts: Sequence[int] = (2, 3, 5, 8, 12),
) -> pd.DataFrame:
    """Power of Welch's test by number of texts, for two offices that differ by a factor.

    Each text has 1,600 characters, and the lower office 30 mentions per 1,000.

    Args:
        measure: One of ``MEASURES``.
        ratios: By how much the rate of one office is higher.
        texts: How many texts of each office.

    Returns:
        A row per ratio and number of texts: ratio, texts, power: in what share of the draws
        Welch's test of the log rates has p < 0.05.

    >>> table = power("slogans_core", ratios=[2.0], texts=[2, 12])
    >>> bool(table["power"].is_monotonic_increasing)
    True
    """
    table, rows = rates(), []
    spread, dispersion = deviations(table, measure), median_index_of_dispersion(table, measure)
    rng = np.random.default_rng(_SEED)
    for ratio in ratios:
        for many in texts:
            sides = (
                _draw(mean, (_POWER_DRAWS, many), spread, dispersion, rng)
                for mean in (_MENTIONS, ratio * _MENTIONS)
            )
            first, second = (np.log(side + _HALF).T for side in sides)
            p = welch(first, second)[2]
            rows.append({"ratio": ratio, "texts": many, "power": float((p < 0.05).mean())})
    return pd.DataFrame(rows).assign(measure=measure)


# --- other choices --------------------------------------------------------------------------------

# A claim that another reasonable choice turns round is no finding of the texts alone. The choices
# stand in the notebook that makes the claim; here they are only tried.


def robustness(claim: str, variants: Mapping[str, Callable[[], object]]) -> pd.DataFrame:
    """Evaluate one claim under several choices; the first one is the claim as it is made.

    Args:
        claim: What is claimed, in a few words.
        variants: From the name of a choice to what gives the answer under it.

    Returns:
        A row per choice: claim, variant, answer, changes (whether the answer is another than the
        first one). A choice that leaves nothing to compare says so as its answer.

    >>> robustness("first word", {"G²": lambda: "海洋", "log ratio": lambda: "岛"})[
    ...     ["variant", "answer", "changes"]
    ... ].to_numpy().tolist()
    [['G²', '海洋', False], ['log ratio', '岛', True]]
    """
    answers = {name: _answer(compute) for name, compute in variants.items()}
    default = next(iter(answers.values()))
    return pd.DataFrame(
        {
            "claim": claim,
            "variant": list(answers),
            "answer": list(answers.values()),
            "changes": [answer != default for answer in answers.values()],
        }
    )


def _answer(compute: Callable[[], object]) -> object:
    try:
        return compute()
    except SelectionError as error:
        return f"no answer: {error}"


def leader(values: pd.Series) -> str:
    """Name the group with the greatest value; several where they tie, none without a value.

    Args:
        values: A number per group.

    >>> leader(pd.Series({"甲": 2, "乙": 2, "丙": 1})), leader(pd.Series({"甲": 0.0}))
    ('甲 = 乙', 'none')
    """
    known = rounded(values.astype(float)).dropna()
    first = known[known == known.max()] if len(known) else known
    return " = ".join(map(str, first.index)) if len(first) and first.max() > 0 else "none"
