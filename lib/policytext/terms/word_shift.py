"""How much each word adds to the difference between two groups of texts."""

from collections.abc import Hashable, Iterable
from itertools import product

import numpy as np
import pandas as pd

from policytext.corpus.corpus import Corpus
from policytext.corpus.issues import SelectionError
from policytext.corpus.selection import group_named
from policytext.showing import tabled
from policytext.terms import measures
from policytext.terms.matrix import Halves, Side, halves, ranked, sides, term_matrix
from policytext.terms.terms import groups_with_terms, selected

SHIFT_COLUMNS = (
    "rank term tag f1 f2 share1 share2 contribution percent higher_in "
    "total null_total cross_total target reference"
).split()


@tabled
def word_shift(
    words: pd.DataFrame | Corpus,
    corpus: Corpus | None = None,
    target: Hashable = None,
    reference: Hashable = "rest",
    by: str | None = None,
) -> pd.DataFrame:
    """Divide the difference of two groups of texts between the words.

    Args:
        words: A table of `select_terms`; of tokens or a corpus alone the default selection.
        corpus: The corpus of the words.
        target: The name of a group, as in `keyness`; None for the first two groups that have
            words, and an empty table where there are not two.
        reference: ``"rest"`` or another value.
        by: A column of ``corpus.documents``; None for the first in which the target stands, and
            for the authors without one.

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
    >>> shift = word_shift(corpus, target="瓯海", reference="洞头")
    >>> bool(abs(shift["contribution"].sum() - shift["total"].iloc[0]) < 1e-12)
    True
    """
    words, corpus = selected(words, corpus)
    if target is None:
        groups = groups_with_terms(words, corpus, by := by or "author")[:2]
        if len(groups) < 2:
            return pd.DataFrame(columns=SHIFT_COLUMNS)
        target, reference = groups
    by, target = group_named(corpus.documents, target, by)
    one, two = sides(term_matrix(words), corpus, by, target, reference)
    for side in (one, two):
        if not side.counts.any():
            raise SelectionError(f"no word of {side.name} is left to count; choose another group")
    kept = np.flatnonzero(one.counts + two.counts)
    f1, f2 = one.counts[kept], two.counts[kept]
    parts = measures.jensen_shannon(f1, f2)
    share1, share2 = 100 * f1 / f1.sum(), 100 * f2 / f2.sum()
    table = one.matrix.terms.iloc[kept].assign(f1=f1, f2=f2, share1=share1, share2=share2)
    table = table.assign(
        contribution=parts,
        percent=100 * (parts / parts.sum()) if parts.any() else 0.0,
        higher_in=np.select([share1 > share2, share1 < share2], [one.name, two.name], ""),
        total=measures.divergence(parts),
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
    found = halves(one.matrix.only(one.kept | two.kept))
    docs = one.matrix.sentences["doc"]
    rows = (np.flatnonzero(np.isin(found.texts, docs[side.kept])).tolist() for side in (one, two))
    across = list(product(*rows))
    if len(across) > 1000:
        drawn = np.random.default_rng(2021).choice(len(across), 1000, replace=False)
        across = [across[at] for at in drawn]
    within = [(at, at + 1) for at in range(0, len(found.words), 2)]
    return {
        "null_total": max(_totals(found, within), default=np.nan),
        "cross_total": float(np.mean(_totals(found, across) or np.nan)),
    }


def _totals(found: Halves, pairs: Iterable[tuple[int, ...]]) -> list[float]:
    both = ([found.counts[[row]].toarray()[0] for row in pair] for pair in pairs)
    shifts = (measures.jensen_shannon(f1, f2) for f1, f2 in both if f1.any() and f2.any())
    return [measures.divergence(shift) for shift in shifts]
