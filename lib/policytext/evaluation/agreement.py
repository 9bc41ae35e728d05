"""Inter-coder agreement: on spans, and on the labels of the spans that two coders share."""

from pathlib import Path

import numpy as np
import pandas as pd

from policytext.evaluation.coding_sheet import Sheet
from policytext.evaluation.metrics import Score, bootstrap, paired, percentiles, summed
from policytext.evaluation.sheet_score import NEUTRAL, YES, listed_in, read_sheet


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
    codes: pd.DataFrame, n_resamples: int = 1000, seed: int = 2021, confidence: float = 0.95
) -> tuple[float, float]:
    """Percentile interval of α over resampled units; nan where too few draws have an α.

    >>> alpha_interval(pd.DataFrame({"a": list("xyxyxy"), "b": list("xyxyxy")}))
    (1.0, 1.0)
    """
    draws = np.random.default_rng(seed).integers(0, len(codes), (n_resamples, len(codes)))
    values = [krippendorff_alpha(codes.iloc[draw].reset_index(drop=True)) for draw in draws]
    if np.isnan(values).mean() > 0.5:
        return (float("nan"), float("nan"))
    return percentiles(values, confidence)


def span_agreement(one: pd.DataFrame, two: pd.DataFrame, min_overlap: float = 1.0) -> Score:
    """Score spans of one coder against those of another; F1 does not depend on the order.

    >>> a = pd.DataFrame({"doc": "d", "start": [0, 10], "end": [4, 14]})
    >>> span_agreement(a, a.assign(end=[4, 13])).f1
    0.5
    >>> span_agreement(a, a.assign(end=[4, 13]), min_overlap=0.5).f1
    1.0
    """
    return Score(len(paired(one, two, min_overlap)), len(one), len(two))


AGREEMENT_COLUMNS = "measure value low high units method".split()
_ALPHA = "Krippendorff's α, nominal; rows resampled"


def coder_agreement(
    one: str | Path | pd.DataFrame | Sheet,
    two: str | Path | pd.DataFrame | Sheet,
    key: str | Path | pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Inter-coder agreement of two filled-in copies of one sheet.

    Args:
        one: The first coder's sheet, as for `score`.
        two: The second's.
        key: The key of the sheet; by default the one beside the first file.

    Returns:
        A row per measure: measure, value, low, high, units, method. *spans* is the F1 of the
        mentions listed in the sentences, both edges alike, and *spans, half overlap* the same
        where spans share half of the longer one; *answers* is Krippendorff's α of core, extended
        and no; *labels* is α of the labels of the candidates that both take, edges alike. Rows
        that one of them left empty do not count.

    >>> from policytext import find_slogans, read_corpus
    >>> from policytext.evaluation import coding_sheet
    >>> from policytext.evaluation.coding_sheet import filled
    >>> corpus = read_corpus("data/wenzhou-2021").select(["ouhai"])
    >>> sheet = filled(coding_sheet(corpus, n=30), find_slogans(corpus), corpus)
    >>> coder_agreement(sheet, sheet)["value"].dropna().unique().tolist()
    [1.0]
    """
    if isinstance(one, Sheet):
        key = one.key
    left, right = (
        read_sheet(given.rows if isinstance(given, Sheet) else given, key)
        .set_index("id", drop=False)
        .rename_axis(None)
        for given in (one, two)
    )
    both = left.index.intersection(right.index)
    left, right = left.loc[both], right.loc[both]
    rows = [
        _spans("spans", left, right, 1.0),
        _spans("spans, half overlap", left, right, 0.5),
        _alpha("answers", _answers(left), _answers(right)),
        _alpha("labels", _labels(left), _labels(right)),
    ]
    return pd.DataFrame(rows, columns=AGREEMENT_COLUMNS)


def _spans(
    name: str, left: pd.DataFrame, right: pd.DataFrame, min_overlap: float
) -> tuple[object, ...]:
    sides = (side[side["kind"] == "sentence"].itertuples() for side in (left, right))
    scores = [
        span_agreement(listed_in(a), listed_in(b), min_overlap) for a, b in zip(*sides, strict=True)
    ]
    return (name, summed(scores).f1, *bootstrap(scores), len(scores), "F1; sentences resampled")


def _answers(side: pd.DataFrame) -> pd.Series:
    answers = side.loc[side["kind"] == "candidate", "answer"].str.lower()
    names = dict.fromkeys(YES, "core") | dict.fromkeys(NEUTRAL, "extended")
    return answers.map(lambda answer: names.get(answer, "no"))


def _labels(side: pd.DataFrame) -> pd.Series:
    """The labels of the candidates taken as they are marked."""
    taken = side["answer"].str.lower().isin(YES) & side["span"].eq("") & side["given"].ne("")
    return side.loc[taken, "given"]


def _alpha(name: str, left: pd.Series, right: pd.Series) -> tuple[object, ...]:
    codes = pd.DataFrame({"coder_a": left, "coder_b": right}).dropna()
    if codes.empty:
        return (name, np.nan, np.nan, np.nan, 0, _ALPHA)
    return (name, krippendorff_alpha(codes), *alpha_interval(codes), len(codes), _ALPHA)
