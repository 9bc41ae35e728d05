"""The share of each word in the difference of two groups of texts."""

from collections.abc import Hashable
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import special

from policytext.corpus.corpus import Corpus
from policytext.corpus.locate import SelectionError
from policytext.terms.matrix import Side, Stretches, ranked, sides, stretches, term_matrix
from policytext.terms.terms import groups_with_terms, selected

_MAX_PAIRS = 1000  # of halves that are compared
SHIFT_COLUMNS = (
    "rank term tag f1 f2 share1 share2 contribution percent higher_in "
    "total null_total cross_total target reference"
).split()


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


def word_shift(
    words: pd.DataFrame,
    corpus: Corpus,
    target: Hashable = None,
    reference: Hashable = "rest",
    by: str = "author",
) -> pd.DataFrame:
    """Divide the difference of two groups of texts between the words.

    Args:
        words: A table of `select_terms`; a bare token table is given the default selection.
        corpus: The corpus of the words.
        target: A value of the column ``by``; None for the first two groups that have words, and
            an empty table where there are not two.
        reference: ``"rest"`` or another value.
        by: A column of ``corpus.documents``.

    Returns:
        A row per word of either side, greatest contribution first: rank, term, tag, f1, f2,
        share1, share2 (per cent of the words that count), contribution (bits), percent (of
        the total), higher_in (the side with the greater share), total (bits, what the contributions
        add up to), null_total, cross_total, target, reference. Short texts differ by chance
        alone, the more the shorter they are, so the total must not be read by itself: null_total
        is the greatest total of the two halves of one of these texts, cross_total the mean of
        what halves of texts of the two sides give, at that same length. Only what cross_total
        has above null_total separates the sides.

    Raises:
        SelectionError: Unknown column or group, both the same, or one without a word.

    >>> import policytext as pt
    >>> corpus = pt.read_corpus("data/wenzhou-2021")
    >>> shift = word_shift(pt.segment(corpus), corpus, "瓯海区", "洞头区", by="place")
    >>> bool(abs(shift["contribution"].sum() - shift["total"].iloc[0]) < 1e-12)
    True
    """
    words = selected(words, corpus)
    if target is None:
        groups = groups_with_terms(words, corpus, by)[:2]
        if len(groups) < 2:
            return pd.DataFrame(columns=SHIFT_COLUMNS)
        target, reference = groups
    one, two = sides(term_matrix(words), corpus, by, target, reference)
    for side in (one, two):
        if not side.counts.any():
            raise SelectionError(f"no word of {side.name} is left to count; choose another group")
    kept = np.flatnonzero(one.counts + two.counts)
    f1, f2 = one.counts[kept], two.counts[kept]
    parts = jensen_shannon(f1, f2)
    share1, share2 = 100 * f1 / f1.sum(), 100 * f2 / f2.sum()
    table = one.matrix.terms.iloc[kept].assign(f1=f1, f2=f2, share1=share1, share2=share2)
    table = table.assign(
        contribution=parts,
        percent=100 * (parts / parts.sum()) if parts.any() else 0.0,
        higher_in=np.select([share1 > share2, share1 < share2], [one.name, two.name], ""),
        total=divergence(parts),
        **_half_text_baseline(one, two),
        target=one.name,
        reference=two.name,
    )
    table = ranked(table, "contribution", "term")
    table.attrs = {"by": by, "measure": "Jensen–Shannon divergence, bits, equal weights"}
    table.attrs["selection"] = words.attrs.get("selection", {})
    return table


def _half_text_baseline(one: Side, two: Side) -> dict[str, float]:
    """Divergence of the halves of one text, and of halves of texts of the two sides."""
    found = stretches(one.matrix.only(one.kept | two.kept))
    docs = one.matrix.sentences["doc"]
    halves = [np.flatnonzero(np.isin(found.texts, docs[s.kept].unique())) for s in (one, two)]
    across = list(product(halves[0].tolist(), halves[1].tolist()))
    if len(across) > _MAX_PAIRS:
        rows = np.random.default_rng(2021).choice(len(across), _MAX_PAIRS, replace=False)
        across = [across[row] for row in rows]
    within = [(at, at + 1) for at in found.first]
    return {
        "null_total": max(_totals(found, within), default=np.nan),
        "cross_total": float(np.mean(_totals(found, across) or np.nan)),
    }


def _totals(found: Stretches, pairs: list[tuple[int, int]]) -> list[float]:
    totals = []
    for pair in pairs:
        f1, f2 = (found.counts[[row]].toarray()[0] for row in pair)
        if f1.any() and f2.any():
            totals.append(divergence(jensen_shannon(f1, f2)))
    return totals
