"""The same-text null: what a contrast gives where both sides are one text.

Words come in bursts. A word that stands eleven times in one essay and never in another may also
stand eleven times in one half of its essay and never in the other half; then the score says how
words come, not how two texts differ.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from policytext.terms.matrix import TermMatrix
from policytext.terms.measures import SCORES


def same_text_null(
    matrix: TermMatrix, columns: np.ndarray, block: int | None = None, measure: str = "g2"
) -> tuple[pd.DataFrame, np.ndarray]:
    """Contrast the halves of each text, or neighbouring blocks of it.

    Args:
        matrix: Counts by sentence, of the texts to look into.
        columns: The terms looked at.
        block: Sentences of a block; None for halves, cut at the sentence end that is nearest to
            half of the words. A text of fewer than two stretches gives no contrast, and a last
            block that is not full is left out.
        measure: ``"g2"`` or ``"ll2"``.

    Returns:
        A row per term with its strongest contrast: null_score, null_f1, null_n1, null_f2,
        null_n2, null_text (the document). And for each contrast the score furthest from 0 that
        any term reaches in it.
    """
    found = stretches(matrix, block)
    counts, words = found.counts[:, columns], found.words
    names = ["null_score", "null_f1", "null_n1", "null_f2", "null_n2", "null_text"]
    best = pd.DataFrame(np.nan, range(len(columns)), names).astype({"null_text": object})
    tops = []
    for at in found.first:
        f1, f2 = (counts[[row]].toarray()[0] for row in (at, at + 1))
        score = SCORES[measure](f1, words[at], f2, words[at + 1])
        tops.append(np.abs(score).max(initial=0.0))
        better = ~(np.abs(score) <= np.abs(best["null_score"]))
        cells = (score, f1, words[at], f2, words[at + 1], found.texts[at])
        for name, values in zip(names, cells, strict=True):
            best[name] = np.where(better, values, best[name])
    return best, np.array(tops)


@dataclass(frozen=True, eq=False)
class Stretches:
    """Halves or blocks of texts: counts by terms, words and text of each stretch.

    ``first`` names the stretches that are followed by another of the same text.
    """

    counts: sparse.csr_array
    words: np.ndarray
    texts: np.ndarray
    first: list[int]


def stretches(matrix: TermMatrix, block: int | None = None) -> Stretches:
    """Cut each text in halves, or in blocks of so many sentences."""
    numbers = np.full(len(matrix.words), -1)
    first: list[int] = []
    texts: list[str] = []
    borders = np.flatnonzero(np.diff(matrix.parts("document"))) + 1
    for rows in np.split(np.arange(len(numbers)), borders):
        ends = _ends(matrix.words[rows], block)
        for start, end in zip([0, *ends], ends, strict=False):
            numbers[rows[start:end]] = len(texts)
            texts.append(matrix.sentences["doc"].iloc[rows[0]])
        first += range(len(texts) - len(ends), len(texts) - 1)
    return Stretches(*matrix.grouped(numbers), np.array(texts, dtype=object), first)


def _ends(words: np.ndarray, block: int | None) -> list[int]:
    """The ends of the stretches of a text, counted in sentences; none where there is but one."""
    if block:
        ends = list(range(block, len(words) + 1, block))
        return ends if len(ends) > 1 else []
    if len(words) < 2:
        return []
    before = np.cumsum(words)[:-1]
    return [int(np.argmin(np.abs(before - words.sum() / 2))) + 1, len(words)]
