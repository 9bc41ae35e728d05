"""How evenly a word is spread over the parts of a text, and how varied the words of a text are."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from policytext.corpus.corpus import Corpus
from policytext.corpus.issues import SelectionError
from policytext.showing import tabled
from policytext.terms.matrix import (
    check_option,
    group_codes,
    term_matrix,
)
from policytext.terms.terms import selected

Array = NDArray[np.float64]
DISPERSION_COLUMNS = "term tag count tokens range parts dp dp_norm juilland_d unit".split()
PARTS = ("document", "paragraph", "sentence")


def _shares(counts: ArrayLike, sizes: ArrayLike) -> tuple[Array, Array]:
    """Shares t of the word and w of the size in each part; terms are rows, parts columns."""
    found, size = np.asarray(counts, dtype=float), np.asarray(sizes, dtype=float)
    return found / found.sum(axis=-1, keepdims=True), size / size.sum()


# The measures lie between 0 and 1 by definition; a rounded sum may not, and is clipped.


def dp(counts: ArrayLike, sizes: ArrayLike) -> Array:
    """Deviation of proportions, ½·Σ|t − w| (Gries 2008): 0 even, towards 1 clumped.

    Args:
        counts: Occurrences in each part; a row per word where there are several.
        sizes: Words of each part.

    >>> float(dp([1, 2, 3, 4, 5], [9, 10, 10, 10, 11]).round(4))
    0.18
    """
    t, w = _shares(counts, sizes)
    return np.clip(np.abs(t - w).sum(axis=-1) / 2, 0, 1)


def dp_norm(counts: ArrayLike, sizes: ArrayLike) -> Array:
    """`dp` over its greatest value, DP/(1 − min w) (Lijffijt & Gries 2012), from 0 to 1.

    >>> float(dp_norm([1, 2, 3, 4, 5], [9, 10, 10, 10, 11]).round(4))
    0.2195
    """
    w = _shares(counts, sizes)[1]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.clip(dp(counts, sizes) / (1 - np.min(w)), 0, 1)


def juilland_d(counts: ArrayLike, sizes: ArrayLike) -> Array:
    """D = 1 − (population sd of the rates / their mean)/√(k−1): 1 even, 0 all in one part.

    Juilland & Chang-Rodríguez 1964, over rates, so that parts may differ in size.

    >>> float(juilland_d([1, 2, 3, 4, 5], [9, 10, 10, 10, 11]).round(4))
    0.7852
    """
    rates = np.asarray(counts, dtype=float) / np.asarray(sizes, dtype=float)
    with np.errstate(invalid="ignore", divide="ignore"):
        variation = rates.std(axis=-1) / rates.mean(axis=-1)
        return np.clip(1 - variation / np.sqrt(rates.shape[-1] - 1), 0, 1)


@tabled
def dispersion(
    words: pd.DataFrame | Corpus,
    corpus: Corpus | None = None,
    parts: str = "paragraph",
    min_count: int = 5,
    terms: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Measure how evenly each term is spread.

    Args:
        words: A table of `select_terms`; of tokens or a corpus alone the default selection.
        corpus: The corpus of the words.
        parts: What the words are spread over: ``"document"``, ``"paragraph"`` or ``"sentence"``.
        min_count: The fewest occurrences of a term; of one or two the spread is unknown.
        terms: Look at these terms alone; an empty list gives an empty table.

    Returns:
        A row per term, most frequent first: term, tag, count, tokens, range (parts with the
        term), parts (their number), dp, dp_norm (0 even, 1 clumped), egbert_dp, juilland_d,
        rosengren_s (1 even), unit (document, paragraph or sentence).

    Raises:
        SelectionError: Unknown parts, fewer than two, or no term of so many occurrences.

    >>> import policytext as pt
    >>> corpus = pt.read_corpus("data/wenzhou-2021").select(["dongtou"])
    >>> table = dispersion(pt.segment(corpus), corpus).set_index("term")
    >>> bool(table.loc["海洋", "dp_norm"] > table.loc["洞头", "dp_norm"])
    True
    """
    if terms is not None and not len(terms):
        return pd.DataFrame(columns=DISPERSION_COLUMNS)
    check_option("parts", parts, PARTS)
    words, corpus = selected(words, corpus)
    matrix = term_matrix(words)
    total = np.asarray(matrix.counts.sum(axis=0))
    wanted = True if terms is None else matrix.terms["term"].isin(terms).to_numpy()
    kept = np.flatnonzero((total >= max(min_count, 1)) & wanted)
    counts, sizes = matrix.grouped(matrix.parts(parts))
    if len(sizes) < 2 or not len(kept):
        what = f"no term occurs {min_count} times" if len(sizes) > 1 else f"there is one {parts}"
        raise SelectionError(f"{what}; choose smaller parts, fewer occurrences or more texts")
    head = matrix.terms.iloc[kept].assign(count=total[kept], tokens=int(sizes.sum()))
    table = pd.concat([head.reset_index(drop=True), spread(counts[:, kept], sizes)], axis=1)
    order = {"by": ["count", "term"], "ascending": [False, True]}
    return table.assign(unit=parts).sort_values(**order, ignore_index=True)


MEASURES = (dp, dp_norm, juilland_d)


def spread(counts: sparse.csr_array, sizes: np.ndarray) -> pd.DataFrame:
    """All measures of counts, parts by terms: range, parts and the ``MEASURES``."""
    # A few million cells at a time: sentences by terms of a large corpus do not fit in memory.
    step = max(1, 4_000_000 // len(sizes))
    pieces = (counts[:, at : at + step].toarray().T for at in range(0, counts.shape[1], step))
    tables = [
        pd.DataFrame(
            {"range": (piece > 0).sum(axis=1), "parts": len(sizes)}
            | {measure.__name__: measure(piece, sizes) for measure in MEASURES}
        )
        for piece in pieces
    ]
    return pd.concat(tables, ignore_index=True)


# --- diversity ------------------------------------------------------------------------------------


def mattr(texts: Iterable[ArrayLike], window: int) -> float:
    """Moving-average type–token ratio (Covington & McFall 2010): the mean over all windows.

    A plain type–token ratio falls as a text grows, so texts of unequal length cannot be compared
    by it. Windows do not cross from text to text; nan where every text is shorter than one.

    >>> round(mattr(["one one two one one two one".split()], 3), 4)
    0.6667
    """
    types = windows = 0
    for terms in (np.asarray(text, dtype=object) for text in texts):
        places, here = np.arange(len(terms)), max(0, len(terms) - window + 1)
        # A word is a new type to the windows that hold it and begin after its last occurrence.
        last = pd.Series(places).groupby(terms).shift(fill_value=-1).to_numpy()
        first = np.maximum(last + 1, places - window + 1)
        new = np.minimum(places, here - 1) - np.maximum(first, 0) + 1
        types, windows = types + int(np.clip(new, 0, None).sum()), windows + here
    return types / windows / window if windows else float("nan")


def yule_k(counts: ArrayLike) -> float:
    """Yule's characteristic K = 10⁴·(Σ i²·V_i − N)/N², V_i the words that occur i times.

    The higher, the more the words repeat; it does not depend on the length in expectation.

    >>> yule_k([2, 2, 1])
    1600.0
    """
    values = np.asarray(counts, dtype=float)
    total = values.sum()
    return float(1e4 * ((values**2).sum() - total) / total**2) if total else float("nan")


@tabled
def diversity(
    words: pd.DataFrame | Corpus,
    corpus: Corpus | None = None,
    by: str | None = "author",
    window: int = 100,
) -> pd.DataFrame:
    """Measure how varied the words of each group are.

    Args:
        words: A table of `select_terms`; of tokens or a corpus alone the default selection. To
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
    words, corpus = selected(words, corpus)
    counted = words[words["counted"]]
    codes, groups = group_codes(counted["doc"], corpus, by)
    rows = [_row(counted[codes == number], window) for number in range(len(groups))]
    table = pd.DataFrame(rows)
    table.insert(0, "group", pd.Series(groups))
    table.attrs = {"by": by, "window": window, "selection": words.attrs.get("selection", {})}
    return table


def _row(words: pd.DataFrame, window: int) -> dict[str, float]:
    texts = [text["term"].to_numpy(dtype=object) for _, text in words.groupby("doc", sort=False)]
    counts = words["term"].value_counts()
    return {
        "documents": len(texts),
        "tokens": len(words),
        "types": len(counts),
        "mattr": mattr(texts, window),
        "window": window,
        "yule_k": yule_k(counts),
    }
