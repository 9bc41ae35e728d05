"""Tests over texts, for groups of several texts: the text and not the word is the draw."""

import warnings
from collections.abc import Hashable
from itertools import combinations
from math import comb

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from policytext.corpus.corpus import Corpus
from policytext.corpus.locate import SelectionError
from policytext.terms.matrix import Side, check_option, frequent_terms, ranked, sides, term_matrix
from policytext.terms.measures import CORRECTIONS, adjust
from policytext.terms.terms import selected

Array = NDArray[np.float64]


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


def text_test(
    words: pd.DataFrame,
    corpus: Corpus,
    target: Hashable,
    reference: Hashable = "rest",
    by: str = "author",
    min_count: int = 5,
    correction: str = "holm",
    n_resamples: int = 10_000,
    seed: int = 2021,
) -> pd.DataFrame:
    """Compare the rates of the texts of two groups; the text is what is drawn, not the word.

    Args:
        words: A table of `select_terms`; a bare token table is given the default selection.
        corpus: The corpus of the words.
        target: A value of the column ``by``.
        reference: ``"rest"`` or another value.
        by: A column of ``corpus.documents``.
        min_count: The fewest occurrences, both sides together, of a word that is tested.
        correction: Of the permutation p: ``"holm"``, ``"benjamini-hochberg"`` or ``"none"``.
        n_resamples: Ways to share out the texts that are looked at; more are drawn at random.
        seed: Of that draw.

    Returns:
        A row per word, by difference: rank, term, tag, f1, n1, texts1, documents1 (texts with
        the word), mean1 (mean rate of the texts, per 1,000 words), the same with 2, difference
        (of the means), p_permutation, p_floor (the smallest p that so few texts allow), ways,
        exact (whether these are all ways), p_adjusted, correction, welch_t, welch_df, p_welch,
        target, reference. Both tests take the texts as independent draws: reports of one office
        in several years are not quite that, since they copy each other.

    Raises:
        SelectionError: A side has fewer than two texts, no term is frequent enough, or an
            unknown column, group or correction.

    >>> import policytext as pt
    >>> corpus = pt.read_corpus("data/wenzhou-2021")
    >>> table = text_test(pt.segment(corpus), corpus, "essay", "news", by="kind")
    >>> table[["texts1", "texts2", "ways", "p_floor"]].iloc[0].round(4).tolist()
    [4.0, 4.0, 70.0, 0.0286]
    """
    check_option("correction", correction, CORRECTIONS[1:])
    words = selected(words, corpus)
    one, two = sides(term_matrix(words), corpus, by, target, reference)
    for side in (one, two):
        if side.texts < 2:
            raise SelectionError(
                f"{side.name} has {side.texts} text, and a test over texts needs two a side; "
                "use keyness, with the same-text null beside its score"
            )
    kept = frequent_terms(one, two, min_count)
    rates, first = _rates_of_texts(one, two, kept)
    p, floor, ways, every = permutation_p(rates, first, n_resamples, seed)
    t, df, p_welch = welch(rates[first], rates[~first])
    tests = {
        "difference": rates[first].mean(axis=0) - rates[~first].mean(axis=0),
        "p_permutation": p,
        "p_floor": floor,
        "ways": ways,
        "exact": every,
        "welch_t": t,
        "welch_df": df,
        "p_welch": p_welch,
        "p_adjusted": adjust(p, p, correction),
    }
    named = {"correction": correction, "target": one.name, "reference": two.name}
    table = pd.concat(
        [
            one.matrix.terms.iloc[kept].reset_index(drop=True),
            _side_columns(one, kept, rates[first], "1"),
            _side_columns(two, kept, rates[~first], "2"),
            pd.DataFrame(tests | named),
        ],
        axis=1,
    )
    table = ranked(table, "difference", "term")
    table.attrs = {"by": by} | named | {"min_count": min_count, "seed": seed}
    table.attrs |= {"ways": ways, "exact": every, "p_floor": floor}
    table.attrs |= {"words_tested": len(table), "selection": words.attrs.get("selection", {})}
    return table


def _rates_of_texts(one: Side, two: Side, kept: np.ndarray) -> tuple[Array, NDArray[np.bool_]]:
    """Rates per 1,000 words, texts by terms, and which texts are on the first side."""
    part = one.matrix.only(one.kept | two.kept)
    docs = part.parts("document")
    counts, sizes = part.grouped(docs)
    first = np.zeros(len(sizes), dtype=bool)
    first[docs[one.kept[one.kept | two.kept]]] = True
    return 1000 * counts[:, kept].toarray() / sizes[:, None], first


def _side_columns(side: Side, kept: np.ndarray, rates: Array, end: str) -> pd.DataFrame:
    documents = (rates > 0).sum(axis=0)
    return side.columns(kept, end, documents=documents, mean=rates.mean(axis=0))
