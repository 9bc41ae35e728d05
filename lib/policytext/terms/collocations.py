"""Collocations: words that occur together; for corpora larger than four essays."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from policytext.corpus.corpus import Corpus
from policytext.corpus.issues import SelectionError
from policytext.showing import tabled
from policytext.terms.matrix import TermMatrix, check_option, indicator, ranked, term_matrix
from policytext.terms.terms import selected

Array = NDArray[np.float64]
TOGETHER = ("sentence", "adjacent")


def log_dice(both: ArrayLike, first: ArrayLike, second: ArrayLike) -> Array:
    """14 + log₂(2·f_xy/(f_x+f_y)) (Rychlý 2008, Sketch Engine); 14 where neither comes alone.

    It does not depend on the size of the corpus; one point more is twice as much company.

    >>> log_dice([10, 5], 10, 10).tolist()
    [14.0, 13.0]
    """
    pair, x, y = (np.asarray(counts, dtype=float) for counts in (both, first, second))
    return 14 + np.log2(2 * pair / (x + y))


def npmi(both: ArrayLike, first: ArrayLike, second: ArrayLike, total: float) -> Array:
    """Pointwise mutual information over −ln p_xy (Bouma 2009): 1 always together, 0 by chance.

    It lies between −1, never together, and 1.

    Args:
        both: How often the two come together.
        first: How often the first comes.
        second: How often the second comes.
        total: The number of sentences, or of pairs, counted in.

    >>> npmi([4], [4], [4], 16).tolist(), npmi([1], [4], [4], 16).tolist()
    ([1.0], [0.0])
    """
    pair, x, y = (np.asarray(counts, dtype=float) for counts in (both, first, second))
    with np.errstate(invalid="ignore", divide="ignore"):
        values = np.log(pair * total / (x * y)) / -np.log(pair / total)
    # Clipped, since the two logarithms differ in the last place.
    return np.where(pair == total, 1.0, np.clip(values, -1, 1))


@tabled
def collocations(
    words: pd.DataFrame | Corpus,
    corpus: Corpus | None = None,
    together: str = "sentence",
    min_count: int = 5,
    node: str | None = None,
) -> pd.DataFrame:
    """Find pairs of words that come together more often than their frequencies let expect.

    Args:
        words: A table of `select_terms`; of tokens or a corpus alone the default selection.
        corpus: The corpus of the words.
        together: ``"sentence"``: in the same sentence, counted in sentences, in no order.
            ``"adjacent"``: one right after the other, nothing between, counted in places.
        min_count: The fewest times that a pair comes together. Under 5 the scores of rare words
            say little.
        node: Only pairs with this word.

    Returns:
        A row per pair, highest logDice first: rank, first, second, count, count1, count2 (of each
        word, in sentences or in the first and second place of pairs), total (sentences or pairs
        in all), documents (with the pair), log_dice, npmi, together.

    Raises:
        SelectionError: Another way to be together, or no pair that comes together so often.

    >>> import policytext as pt
    >>> corpus = pt.read_corpus("data/wenzhou-2021")
    >>> pairs = collocations(pt.segment(corpus), corpus, "adjacent", node="海洋")
    >>> pairs[["first", "second"]].to_numpy().tolist()
    [['海洋', '经济']]
    """
    check_option("together", together, TOGETHER)
    words, corpus = selected(words, corpus)
    few = max(min_count, 1)
    pairs = _adjacent(words, corpus, few) if together == "adjacent" else _in_sentences(words, few)
    if node is not None:
        pairs = pairs[(pairs["first"] == node) | (pairs["second"] == node)]
    if pairs.empty:
        what = "no pair" if node is None else f"no pair with {node!r}"
        raise SelectionError(f"{what} comes together {few} times; give a lower min_count")
    counts = pairs["count"], pairs["count1"], pairs["count2"]
    total = float(pairs["total"].iloc[0])
    pairs = pairs.assign(log_dice=log_dice(*counts), npmi=npmi(*counts, total), together=together)
    pairs = ranked(pairs, "log_dice", "first", "second")
    pairs.attrs = {"min_count": min_count, "selection": words.attrs.get("selection", {})}
    return pairs


def _in_sentences(words: pd.DataFrame, min_count: int) -> pd.DataFrame:
    matrix = term_matrix(words)
    present = (matrix.counts > 0).astype(np.int64).tocsc()
    often = np.flatnonzero(np.asarray(present.sum(axis=0)) >= min_count)
    present = present[:, often]
    both = sparse.triu(present.T @ present, k=1).tocoo()
    kept = both.data >= min_count
    x, y = both.row[kept], both.col[kept]
    sizes, names = np.asarray(present.sum(axis=0)), matrix.terms["term"].to_numpy()[often]
    pairs = pd.DataFrame({"first": names[x], "second": names[y], "count": both.data[kept]})
    pairs = pairs.assign(count1=sizes[x], count2=sizes[y], total=len(matrix.words))
    return pairs.assign(documents=_documents(matrix, present, x, y))


def _documents(
    matrix: TermMatrix, present: sparse.csc_array, x: np.ndarray, y: np.ndarray
) -> np.ndarray:
    """Count the documents in which a pair stands in one sentence."""
    adding = indicator(matrix.parts("document"))
    found = np.zeros(len(x), dtype=np.int64)
    for at in range(0, len(x), 2000):  # pairs at a time, for the memory's sake
        piece = slice(at, at + 2000)
        in_one = present[:, x[piece]].multiply(present[:, y[piece]])
        found[piece] = ((adding @ in_one) > 0).sum(axis=0)
    return found


def _adjacent(words: pd.DataFrame, corpus: Corpus, min_count: int) -> pd.DataFrame:
    at = np.flatnonzero(_touching(words, corpus))
    terms = words["term"].to_numpy()
    pairs = words[["doc"]].iloc[at].assign(first=terms[at], second=terms[at + 1])
    found = pairs.groupby(["first", "second"], sort=False)["doc"].agg(["size", "nunique"])
    found = found.rename(columns={"size": "count", "nunique": "documents"}).reset_index()
    found = found[found["count"] >= min_count].assign(total=len(pairs))
    found["count1"] = found["first"].map(pairs["first"].value_counts())
    found["count2"] = found["second"].map(pairs["second"].value_counts())
    return found[["first", "second", "count", "count1", "count2", "total", "documents"]]


def _touching(words: pd.DataFrame, corpus: Corpus) -> np.ndarray:
    """Mark the counted words that another follows with nothing but white space between."""
    sentences, counted = words["sentence"].to_numpy(), words["counted"].to_numpy()
    starts, ends, docs = (words[name].to_numpy() for name in ("start", "end", "doc"))
    together = (sentences[:-1] == sentences[1:]) & counted[:-1] & counted[1:]
    for row in np.flatnonzero(together & (starts[1:] > ends[:-1])):
        # A comma parts two words; a column break does not.
        together[row] = not corpus.source(docs[row])[ends[row] : starts[row + 1]].strip()
    return together
