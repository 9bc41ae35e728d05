"""The one count that every measure starts from: sentences by terms."""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from policytext.corpus import Corpus
from policytext.spanlookup import SelectionError


@dataclass(frozen=True, eq=False)
class TermMatrix:
    """How often each term stands in each sentence.

    ``counts`` is sparse, sentences by terms; ``words`` holds the number of words of each
    sentence, counted or not; ``terms`` is a table with ``term`` and its most frequent ``tag``;
    ``sentences`` a table with ``doc`` and ``paragraph``.
    """

    counts: sparse.csr_array
    words: np.ndarray
    terms: pd.DataFrame
    sentences: pd.DataFrame

    def counts_by(self, codes: np.ndarray, size: int) -> sparse.csr_array:
        """Counts in each of the groups 0..size-1; a sentence coded -1 is left out."""
        return sparse.csr_array(indicator(codes, size) @ self.counts)

    def words_by(self, codes: np.ndarray, size: int) -> np.ndarray:
        """Words in each group."""
        kept = codes >= 0
        return np.bincount(codes[kept], weights=self.words[kept], minlength=size).astype(int)

    def range_by(self, pieces: np.ndarray, codes: np.ndarray, size: int) -> np.ndarray:
        """In how many pieces (documents, paragraphs) of each group a term occurs; dense."""
        first = np.unique(pieces, return_index=True)[1]
        present = (self.counts_by(pieces, len(first)) > 0).astype(int)
        return (indicator(codes[first], size) @ present).toarray()

    def documents(self) -> np.ndarray:
        """A number for the document of each sentence."""
        return pd.factorize(self.sentences["doc"])[0]

    def paragraphs(self) -> np.ndarray:
        """A number for the paragraph of each sentence, running through the corpus."""
        keys = self.sentences["doc"].astype(str) + " " + self.sentences["paragraph"].astype(str)
        return pd.factorize(keys)[0]

    def only(self, kept: np.ndarray) -> "TermMatrix":
        """The same terms over fewer sentences."""
        sentences = self.sentences[kept].reset_index(drop=True)
        return TermMatrix(self.counts[kept], self.words[kept], self.terms, sentences)


def indicator(codes: np.ndarray, size: int) -> sparse.csr_array:
    """A matrix of noughts and ones, groups by sentences, that adds up rows by group."""
    at = np.flatnonzero(codes >= 0)
    return sparse.csr_array((np.ones(len(at), int), (codes[at], at)), (size, len(codes)))


def term_matrix(words: pd.DataFrame) -> TermMatrix:
    """Count the terms of a table of `select_terms`, sentence by sentence.

    Sentences stand in the order of the corpus, terms in that of their first appearance.
    """
    counted = words[words["counted"]]
    if counted.empty:
        raise SelectionError("no word is left to count; choose more tags or fewer stop words")
    numbers, first, row = np.unique(words["sentence"], return_index=True, return_inverse=True)
    column, terms = pd.factorize(counted["term"])
    cells = (np.ones(len(counted), int), (row[words["counted"].to_numpy()], column))
    sentences = words.iloc[first][["doc", "paragraph"]].reset_index(drop=True)
    return TermMatrix(
        sparse.csr_array(cells, (len(numbers), len(terms))),
        np.bincount(row),
        pd.DataFrame({"term": terms, "tag": _main_tags(column, counted["tag"])}),
        sentences,
    )


def _main_tags(column: np.ndarray, tags: pd.Series) -> np.ndarray:
    """The most frequent tag of each term; of equals, the one first seen."""
    pairs = pd.DataFrame({"term": column, "tag": tags.to_numpy()})
    sizes = pairs.groupby(["term", "tag"], sort=False).size().reset_index(name="n")
    best = sizes.sort_values(["term", "n"], ascending=[True, False], kind="stable")
    return best.drop_duplicates("term")["tag"].to_numpy()


def group_codes(
    docs: pd.Series, corpus: Corpus, by: str | None
) -> tuple[np.ndarray, list[Hashable]]:
    """The group of each row, -1 where its document has no value, and the groups' names.

    Args:
        docs: The document of each row.
        corpus: Whose ``documents`` has the column.
        by: A column of ``corpus.documents``; None for one group, ``"all"``.

    Raises:
        SelectionError: There is no such column, or no document has a value in it.
    """
    if by is None:
        return np.zeros(len(docs), dtype=np.int64), ["all"]
    if by not in corpus.documents:
        names = ", ".join(corpus.documents.columns)
        raise SelectionError(f"corpus.documents has no column {by!r}; use one of {names}")
    values = corpus.documents.set_index("doc", drop=False)[by].reindex(docs)
    codes, groups = pd.factorize(values)
    if not len(groups):
        raise SelectionError(f"no document has a value in {by!r}; fill it in in documents.csv")
    return codes, list(groups)


def group_number(groups: list[Hashable], name: Hashable, by: str | None) -> int:
    """The number of a named group."""
    if name not in groups:
        known = ", ".join(map(str, groups[:12])) + (" …" if len(groups) > 12 else "")
        raise SelectionError(f"no group {name!r} in {by}; use one of {known}")
    return groups.index(name)
