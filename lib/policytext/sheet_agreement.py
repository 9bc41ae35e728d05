"""Two coders' answers to one coding sheet: how far they agree."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from policytext.agreement import alpha_interval, krippendorff_alpha, span_agreement
from policytext.coding_sheet import Sheet
from policytext.scoring.core import Score, bootstrap
from policytext.sheet_score import NEUTRAL, YES, listed_in, read_sheet

AGREEMENT_COLUMNS = ["measure", "value", "low", "high", "units", "method"]
_ALPHA = "Krippendorff's α, nominal; rows drawn anew"


def coder_agreement(
    one: str | Path | pd.DataFrame | Sheet,
    two: str | Path | pd.DataFrame | Sheet,
    key: str | Path | pd.DataFrame | None = None,
) -> pd.DataFrame:
    """How far two coders agree who filled in copies of one sheet.

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

    >>> from policytext import coding_sheet, find_slogans, read_corpus
    >>> from policytext.sheet_filling import filled
    >>> corpus = read_corpus("data/wenzhou-2021").select(["ouhai"])
    >>> sheet = filled(coding_sheet(corpus, n=30), find_slogans(corpus), corpus)
    >>> coder_agreement(sheet, sheet)["value"].dropna().unique().tolist()
    [1.0]
    """
    if isinstance(one, Sheet):
        key = one.key
    left, right = (
        read_sheet(given.rows if isinstance(given, Sheet) else given, key).set_index("id")
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


def _spans(name: str, left: pd.DataFrame, right: pd.DataFrame, least: float) -> tuple[object, ...]:
    """F1 of the mentions listed, sentences drawn anew for the interval."""
    tables = ([listed_in(row) for row in _sentences(side)] for side in (left, right))
    scores = [span_agreement(a, b, least) for a, b in zip(*tables, strict=True)]
    whole = Score(*(sum(column) for column in zip(*scores, strict=True)))
    interval = bootstrap(dict(enumerate(scores)))
    return (name, whole.f1, *interval, len(scores), "F1; sentences drawn anew")


def _sentences(side: pd.DataFrame) -> Iterable[Any]:
    return side[side["kind"] == "sentence"].reset_index(names="id").itertuples()


def _answers(side: pd.DataFrame) -> pd.Series:
    answers = side.loc[side["kind"] == "candidate", "answer"].str.lower()
    names = dict.fromkeys(YES, "core") | dict.fromkeys(NEUTRAL, "extended")
    return answers.map(lambda answer: names.get(answer, "no"))


def _labels(side: pd.DataFrame) -> pd.Series:
    """The labels of the candidates taken as they are marked."""
    taken = side["answer"].str.lower().isin(YES) & side["span"].eq("") & side["given"].ne("")
    return side.loc[taken, "given"]


def _alpha(name: str, left: pd.Series, right: pd.Series) -> tuple[object, ...]:
    codes = pd.DataFrame({"one": left, "two": right}).dropna()
    if codes.empty:
        return (name, np.nan, np.nan, np.nan, 0, _ALPHA)
    return (name, krippendorff_alpha(codes), *alpha_interval(codes), len(codes), _ALPHA)
