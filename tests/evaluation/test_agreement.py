"""Agreement of coders, against the values of the literature."""

import pandas as pd
import pytest

from policytext.evaluation.metrics import paired
from policytext.evaluation.sheet_score import alpha_interval, krippendorff_alpha, span_agreement


def codes(*coders: str) -> pd.DataFrame:
    """One row per unit, one column per coder; a dot is no label."""
    rows = [[None if cell == "." else cell for cell in coder.split()] for coder in coders]
    return pd.DataFrame(rows).T


# Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, examples A, B and C (nominal).
LITERATURE = {
    "two coders, two labels": (("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"), 0.095),
    "two coders, five labels": (("a a b b d c c c e d d a", "b a b b b c c c e d d d"), 0.692),
    "four coders with gaps": (
        (
            "1 2 3 3 2 1 4 1 2 . . .",
            "1 2 3 3 2 2 4 1 2 5 . 3",
            ". 3 3 3 2 3 4 2 2 5 1 .",
            "1 2 3 3 2 4 4 1 2 5 1 .",
        ),
        0.743,
    ),
}


@pytest.mark.parametrize("case", LITERATURE, ids=list(LITERATURE))
def test_alpha_is_that_of_the_literature(case: str) -> None:
    coders, expected = LITERATURE[case]
    assert krippendorff_alpha(codes(*coders)) == pytest.approx(expected, abs=5e-4)


def test_alpha_does_not_depend_on_the_order_of_coders_or_on_names() -> None:
    table = codes("a a b b d c c c", "b a b b b c c a")
    other = table[[1, 0]].replace({"a": "x", "b": "y"})
    assert krippendorff_alpha(other) == pytest.approx(krippendorff_alpha(table))


def test_alpha_of_one_label_or_of_no_pair_is_unknown() -> None:
    assert pd.isna(krippendorff_alpha(codes("a a a", "a a a")))
    assert pd.isna(krippendorff_alpha(codes("a b .", ". . c")))


def test_the_interval_of_alpha_holds_it_and_is_the_same_each_time() -> None:
    table = codes("a a b b d c c c e d d a", "b a b b b c c c e d d d")
    low, high = alpha_interval(table)
    assert low < krippendorff_alpha(table) < high
    assert (low, high) == alpha_interval(table)


def test_each_span_is_paired_once_and_an_exact_one_first() -> None:
    one = pd.DataFrame({"doc": "d", "start": [0, 0], "end": [4, 6]})
    two = pd.DataFrame({"doc": "d", "start": [0, 0], "end": [6, 5]})
    assert paired(one, two) == [(0, 1), (1, 0)]
    assert paired(one, two.assign(doc="other")) == []


def test_span_agreement_is_the_same_from_both_sides() -> None:
    one = pd.DataFrame({"doc": "d", "start": [0, 10, 20], "end": [4, 14, 24]})
    two = pd.DataFrame({"doc": "d", "start": [0, 11], "end": [4, 14]})
    assert span_agreement(one, two).f1 == span_agreement(two, one).f1 == 2 / 5
    assert span_agreement(one, two, 0.5).f1 == 4 / 5
