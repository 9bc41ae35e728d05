"""Lexical diversity, by measures that do not simply follow the length of the text."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from policytext.corpus.corpus import Corpus
from policytext.corpus.locate import SelectionError
from policytext.terms.matrix import group_codes
from policytext.terms.terms import selected


def mattr(terms: ArrayLike, window: int) -> float:
    """Moving-average type–token ratio (Covington & McFall 2010): the mean over all windows.

    A plain type–token ratio falls as a text grows, so texts of unequal length cannot be compared
    by it. nan for a text shorter than the window.

    >>> round(mattr("one one two one one two one".split(), 3), 4)
    0.6667
    """
    types, windows = _window_types(np.asarray(terms, dtype=object), window)
    return types / windows / window if windows else float("nan")


def _window_types(terms: np.ndarray, window: int) -> tuple[int, int]:
    """Types of all windows added up, and the number of windows."""
    codes, windows = pd.factorize(terms)[0], len(terms) - window + 1
    if windows < 1:
        return 0, 0
    order = np.argsort(codes, kind="stable")
    last = np.full(len(codes), -1)
    again = codes[order][1:] == codes[order][:-1]
    last[order[1:][again]] = order[:-1][again]
    # A word is a new type to the windows that hold it and begin after its last occurrence.
    places = np.arange(len(codes))
    first = np.maximum(last + 1, places - window + 1)
    new = np.minimum(places, windows - 1) - np.maximum(first, 0) + 1
    return int(np.clip(new, 0, None).sum()), windows


def yule_k(counts: ArrayLike) -> float:
    """Yule's characteristic K = 10⁴·(Σ i²·V_i − N)/N², V_i the words that occur i times.

    The higher, the more the words repeat; it does not depend on the length in expectation.

    >>> yule_k([2, 2, 1])
    1600.0
    """
    values = np.asarray(counts, dtype=float)
    total = values.sum()
    return float(1e4 * ((values**2).sum() - total) / total**2) if total else float("nan")


def diversity(
    words: pd.DataFrame, corpus: Corpus, by: str | None = "author", window: int = 100
) -> pd.DataFrame:
    """Measure how varied the words of each group are.

    Args:
        words: A table of `select_terms`; a bare token table is given the default selection. To
            count function words too, select with ``tags=None, stopwords=()``.
        corpus: The corpus of the words.
        by: A column of ``corpus.documents``; None for the corpus as one group.
        window: Words of a window of MATTR; windows do not cross from text to text, and texts
            shorter than the window have no share in it.

    Returns:
        A row per group: group, documents, tokens (the words that count), types, mattr, window,
        yule_k. mattr is missing where every text is shorter than the window.

    Raises:
        SelectionError: No such column, or a window under 2.

    >>> import policytext as pt
    >>> corpus = pt.read_corpus("data/wenzhou-2021")
    >>> table = diversity(pt.segment(corpus), corpus, by="kind")
    >>> table[["group", "documents", "window"]].to_numpy().tolist()
    [['essay', 4, 100], ['news', 4, 100]]
    """
    if window < 2:
        raise SelectionError(f"window is {window}; give 2 words or more")
    words = selected(words, corpus)
    counted = words[words["counted"]]
    codes, groups = group_codes(counted["doc"], corpus, by)
    rows = [_row(counted[codes == number], window) for number in range(len(groups))]
    table = pd.DataFrame(rows)
    table.insert(0, "group", pd.Series(groups))
    table.attrs = {"by": by, "window": window, "selection": words.attrs.get("selection", {})}
    return table


def _row(words: pd.DataFrame, window: int) -> dict[str, float]:
    texts = [text["term"].to_numpy(dtype=object) for _, text in words.groupby("doc", sort=False)]
    sums = [_window_types(text, window) for text in texts]
    types, windows = (sum(column) for column in zip(*sums, strict=True))
    counts = words["term"].value_counts()
    return {
        "documents": len(texts),
        "tokens": len(words),
        "types": len(counts),
        "mattr": types / windows / window if windows else float("nan"),
        "window": window,
        "yule_k": yule_k(counts),
    }
