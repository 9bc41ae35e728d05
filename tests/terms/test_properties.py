"""Every measure against a second implementation, on random tables, zeros and huge counts too."""

import warnings
from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.spatial.distance import jensenshannon
from statsmodels.stats.multitest import multipletests

from policytext.terms import measures as correction
from policytext.terms import measures as effect
from policytext.terms.dispersion import dp_norm, juilland_d, mattr, yule_k
from policytext.terms.measures import jensen_shannon, permutation_p, welch

CALM = settings(deadline=None, max_examples=60, derandomize=True)
SIZES = st.sampled_from([5, 60, 1000, 40_000, 3_000_000, 10**9])


@st.composite
def tables(draw: st.DrawFn) -> tuple[int, int, int, int]:
    """f1, n1, f2, n2, the word on one side at least."""
    n1, n2 = draw(SIZES), draw(SIZES)
    counts = st.one_of(st.integers(0, 12), st.integers(0, 2000), st.integers(0, 10**9))
    f1, f2 = min(draw(counts), n1), min(draw(counts), n2)
    return (f1 or (0 if f2 else 1)), n1, f2, n2


def cells(f1: int, n1: int, f2: int, n2: int) -> list[list[int]]:
    return [[f1, n1 - f1], [f2, n2 - f2]]


@CALM
@given(tables())
def test_g2_is_scipys(table: tuple[int, int, int, int]) -> None:
    f1, n1, f2, n2 = table
    ours = effect.g2(*table)
    if f1 + f2 == n1 + n2:
        assert ours == 0
        return
    theirs = stats.chi2_contingency(cells(*table), correction=False, lambda_="log-likelihood")
    # scipy loses digits where large counts have almost the same rate.
    assert abs(ours) == pytest.approx(theirs.statistic, rel=1e-6, abs=1e-5)
    assert np.sign(ours) in (0, np.sign(f1 * n2 - f2 * n1))


@CALM
@given(tables())
def test_g2_changes_its_sign_and_nothing_else_when_the_sides_change(
    table: tuple[int, int, int, int],
) -> None:
    f1, n1, f2, n2 = table
    for score in (effect.g2, effect.ll2, effect.log_ratio, effect.lrc):
        there, back = score(f1, n1, f2, n2), score(f2, n2, f1, n1)
        assert there == pytest.approx(-back, rel=1e-9, abs=1e-9)


@CALM
@given(tables())
def test_two_terms_are_at_most_four(table: tuple[int, int, int, int]) -> None:
    assert abs(effect.ll2(*table)) <= abs(effect.g2(*table)) * (1 + 1e-9) + 1e-9


@CALM
@given(tables())
def test_lrc_is_never_bolder_than_the_ratio_it_bounds(table: tuple[int, int, int, int]) -> None:
    bound = effect.lrc(*table, tests=100)
    f1, n1, f2, n2 = table
    if f1 and f2:
        ratio = np.log2(f1 / n1) - np.log2(f2 / n2)
        assert abs(bound) <= abs(ratio) + 1e-9
    assert np.isfinite(bound)
    assert abs(bound) <= abs(effect.lrc(*table, tests=1)) + 1e-9


@CALM
@given(tables())
def test_fisher_is_scipys(table: tuple[int, int, int, int]) -> None:
    f1, n1, f2, n2 = table
    ours, least = correction.exact_p([f1], n1, [f2], n2)
    assert least[0] <= ours[0] * (1 + 1e-6)
    if n1 + n2 < 10**6 or f1 + f2 > 5000:  # scipy takes seconds for a rare word in 10⁹
        theirs = stats.fisher_exact(cells(*table)).pvalue
        assert ours[0] == pytest.approx(theirs, rel=1e-5, abs=1e-12)


@CALM
@given(st.integers(0, 30), SIZES, st.integers(0, 30), SIZES)
def test_fisher_is_the_sum_of_fractions(f1: int, n1: int, f2: int, n2: int) -> None:
    f1, f2 = min(f1, n1), min(f2, n2)
    both = f1 + f2
    range_ = range(max(0, both - n2), min(both, n1) + 1)
    ways = {k: comb(n1, k) * comb(n2, both - k) for k in range_}
    total = comb(n1 + n2, both)

    def p(seen: int) -> float:
        # Outcomes that are as probable but for the ten-millionth part count, as in R.
        limit = ways[seen] + ways[seen] // 10**7
        return float(Fraction(sum(way for way in ways.values() if way <= limit), total))

    ours, least = correction.exact_p([f1], n1, [f2], n2)
    assert ours[0] == pytest.approx(p(f1), rel=1e-6)
    assert least[0] == pytest.approx(min(map(p, ways)), rel=1e-6)


@CALM
@given(st.lists(tables(), min_size=2, max_size=30))
def test_many_words_at_once_are_many_words_one_by_one(
    drawn: list[tuple[int, int, int, int]],
) -> None:
    n1, n2 = 10**9, 3 * 10**9
    f1, f2 = ([table[at] for table in drawn] for at in (0, 2))
    together = correction.exact_p(f1, n1, f2, n2)[0]
    alone = [correction.exact_p([a], n1, [b], n2)[0][0] for a, b in zip(f1, f2, strict=True)]
    assert together.tolist() == pytest.approx(alone, rel=1e-12)


P = st.lists(st.one_of(st.floats(0, 1), st.floats(0, 1e-6), st.just(0.05)), min_size=1, max_size=60)


@settings(CALM, max_examples=15)  # statsmodels collects garbage at every call
@given(P)
def test_corrections_are_those_of_statsmodels(p: list[float]) -> None:
    for name, theirs in (("holm", "holm"), ("benjamini-hochberg", "fdr_bh")):
        expected = multipletests(p, method=theirs)[1]
        assert correction.adjust(p, p, name) == pytest.approx(expected, rel=1e-12, abs=1e-300)


@CALM
@given(P, st.randoms(use_true_random=False))
def test_tarone_lies_between_the_plain_p_and_one(p: list[float], random) -> None:  # type: ignore[no-untyped-def]
    least = [value * random.random() for value in p]
    adjusted = correction.tarone_holm(p, least)
    assert (adjusted >= np.array(p)).all()
    assert (adjusted <= 1).all()
    # Where every word could pass at α/m nothing is gained and nothing lost.
    plain = correction.adjust(p, p, "holm")
    assert correction.tarone_holm(p, np.zeros(len(p))) == pytest.approx(plain)


@CALM
@given(P)
def test_what_tarone_rejects_it_could_reject_and_at_least_what_holm_does(p: list[float]) -> None:
    least = np.array(p) / 2
    ours = correction.tarone_holm(p, least) <= 0.05
    plain = correction.adjust(p, p, "holm") <= 0.05
    assert (ours | ~plain).all()


@CALM
@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(51, 900)), min_size=2, max_size=30).filter(
        lambda parts: any(count for count, _ in parts)
    )
)
def test_dispersion_keeps_to_its_range_and_to_its_definition(parts: list[tuple[int, int]]) -> None:
    counts, sizes = np.array(parts, dtype=float).T
    t, w = counts / counts.sum(), sizes / sizes.sum()
    deviation = sum(abs(a - b) for a, b in zip(t, w, strict=True)) / 2
    assert dp_norm(counts, sizes) == pytest.approx(deviation / (1 - min(w)))
    for measure in (dp_norm, juilland_d):
        assert -1e-9 <= measure(counts, sizes) <= 1 + 1e-9


@CALM
@given(st.lists(st.integers(0, 6), min_size=1, max_size=80), st.integers(2, 30))
def test_mattr_is_the_slow_one(words: list[int], window: int) -> None:
    starts = range(len(words) - window + 1)
    slow = [len(set(words[at : at + window])) / window for at in starts]
    if slow:
        assert mattr([words], window) == pytest.approx(np.mean(slow))
    else:
        assert np.isnan(mattr([words], window))


@CALM
@given(st.lists(st.integers(0, 6), min_size=1, max_size=60))
def test_yules_k_is_the_share_of_pairs_of_the_same_word(words: list[int]) -> None:
    pairs = sum(a == b for i, a in enumerate(words) for j, b in enumerate(words) if i != j)
    counts = np.bincount(words)
    assert yule_k(counts) == pytest.approx(1e4 * pairs / len(words) ** 2)


COUNTS = st.lists(st.integers(0, 10**7), min_size=3, max_size=40).filter(any)


@CALM
@given(COUNTS, COUNTS)
def test_jensen_shannon_is_scipys(first: list[int], second: list[int]) -> None:
    size = min(len(first), len(second))
    p, q = first[:size], second[:size]
    if not any(p) or not any(q):
        return
    parts = jensen_shannon(p, q)
    assert (parts >= -1e-15).all()
    assert parts.sum() == pytest.approx(jensenshannon(p, q, base=2) ** 2, abs=1e-9)


RATES = st.lists(st.floats(0, 100), min_size=2, max_size=6)


@CALM
@given(RATES, RATES)
def test_welch_and_permutation_are_scipys(first: list[float], second: list[float]) -> None:
    a, b = np.array(first)[:, None], np.array(second)[:, None]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = stats.ttest_ind(a, b, equal_var=False)
    if np.ptp(a) > 1e-3 or np.ptp(b) > 1e-3:
        t, df, p = welch(a, b)
        assert (t[0], df[0], p[0]) == pytest.approx(
            (theirs.statistic[0], theirs.df[0], theirs.pvalue[0])
        )
    rates, side = np.vstack([a, b]), np.arange(len(a) + len(b)) < len(a)
    ours, floor, ways, _ = permutation_p(rates, side)
    assert ways == comb(len(rates), len(a))
    assert floor <= ours[0] + 1e-12 <= 1 + 1e-9
