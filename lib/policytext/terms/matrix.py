"""The one count that every measure starts from: sentences by terms."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse

from policytext.corpus.corpus import Corpus
from policytext.corpus.issues import SelectionError
from policytext.corpus.selection import document_column, group_named
from policytext.tables import rounded
from policytext.text.clean import fold


def read_reference(path: str | Path) -> pd.DataFrame:
    """Read a list of terms and their frequencies in a corpus of your own.

    Args:
        path: A CSV file in UTF-8 with the columns ``term`` and ``frequency`` (whole numbers).
            The frequencies must add up to the words of that corpus, so give all its words, not
            the frequent ones alone. Cut it with the segmenter that cut your texts: a list of
            words of another size makes every difference of size a keyword.

    Returns:
        term (full-width letters made narrow), frequency; the file's name is in
        ``attrs["name"]``.

    Raises:
        SelectionError: The file is missing or empty, lacks a column, repeats a term, or holds a
            frequency that is no whole number from 0 up.
    """
    path = Path(path)
    if not path.is_file():
        raise SelectionError(f"{path}: no such file; check the path of the reference list")
    try:
        table = pd.read_csv(path, dtype=str, encoding="utf-8-sig", keep_default_na=False)
    except (UnicodeDecodeError, pd.errors.EmptyDataError, pd.errors.ParserError):
        raise SelectionError(f"{path.name}: no CSV table in UTF-8; save it as one") from None
    return check_reference(table, path.name)


def check_reference(table: pd.DataFrame, name: str = "reference list") -> pd.DataFrame:
    """Turn any table with the two columns into a reference list as `read_reference` returns it."""
    missing = [column for column in ("term", "frequency") if column not in table]
    if missing:
        raise SelectionError(f"{name}: no column {missing[0]!r}; name the columns term, frequency")
    numbers = pd.to_numeric(table["frequency"], errors="coerce")
    wrong = numbers.isna() | (numbers < 0) | (numbers % 1 != 0)
    if wrong.any():
        row = int(wrong.to_numpy().argmax())
        raise SelectionError(
            f"{name}, row {row + 2}: the frequency is {str(table['frequency'].iloc[row])!r}; "
            "write a whole number, 0 or more"
        )
    clean = pd.DataFrame(
        {"term": table["term"].map(str).map(fold), "frequency": numbers.astype(int)}
    )
    repeated = clean["term"].duplicated()
    if repeated.any():
        term = clean["term"][repeated].iloc[0]
        raise SelectionError(f"{name}: {term!r} has two rows; add them up into one")
    if not clean["frequency"].sum():
        raise SelectionError(f"{name}: the frequencies add up to 0; give counts of a corpus")
    clean.attrs["name"] = name
    return clean


@dataclass(frozen=True, eq=False)
class TermMatrix:
    """Counts of each term in each sentence.

    ``counts`` is sparse, sentences by terms; ``words`` holds the number of words of each
    sentence, counted or not; ``terms`` is a table with ``term`` and its most frequent ``tag``;
    ``sentences`` a table with ``doc`` and ``paragraph``.
    """

    counts: sparse.csr_array
    words: np.ndarray
    terms: pd.DataFrame
    sentences: pd.DataFrame

    def grouped(self, codes: np.ndarray) -> tuple[sparse.csr_array, np.ndarray]:
        """Counts and words of each group 0, 1, …; a sentence coded -1 is left out."""
        adding = indicator(codes)
        return sparse.csr_array(adding @ self.counts), adding @ self.words

    def ranges(self) -> tuple[np.ndarray, np.ndarray]:
        """Count the documents and the paragraphs in which each term occurs."""
        documents, paragraphs = (
            np.asarray((self.grouped(self.parts(unit))[0] > 0).sum(axis=0))
            for unit in ("document", "paragraph")
        )
        return documents, paragraphs

    def parts(self, unit: str) -> np.ndarray:
        """A number for the document, paragraph or sentence of each sentence."""
        if unit == "sentence":
            return np.arange(len(self.words))
        keys = self.sentences["doc"]
        if unit == "paragraph":
            keys = keys.astype(str) + " " + self.sentences["paragraph"].astype(str)
        return pd.factorize(keys)[0]

    def only(self, kept: np.ndarray) -> "TermMatrix":
        """The same terms over fewer sentences."""
        sentences = self.sentences[kept].reset_index(drop=True)
        return TermMatrix(self.counts[kept], self.words[kept], self.terms, sentences)


def indicator(codes: np.ndarray) -> sparse.csr_array:
    """A matrix of noughts and ones, groups by sentences, that adds up rows by group."""
    at, size = np.flatnonzero(codes >= 0), int(codes.max(initial=-1)) + 1
    return sparse.csr_array((np.ones(len(at), int), (codes[at], at)), (size, len(codes)))


@dataclass(frozen=True, eq=False)
class Halves:
    """The two halves of each text, one after the other: counts by terms, words and text."""

    counts: sparse.csr_array
    words: np.ndarray
    texts: np.ndarray


def halves(matrix: TermMatrix) -> Halves:
    """Cut each text of two or more sentences at the end nearest to half of its words."""
    numbers = np.full(len(matrix.words), -1)
    texts: list[str] = []
    borders = np.flatnonzero(np.diff(matrix.parts("document"))) + 1
    for rows in np.split(np.arange(len(numbers)), borders):
        if len(rows) > 1:
            words = matrix.words[rows]
            middle = int(np.argmin(np.abs(np.cumsum(words)[:-1] - words.sum() / 2))) + 1
            numbers[rows] = len(texts) + (np.arange(len(rows)) >= middle)
            texts += [matrix.sentences["doc"].iloc[rows[0]]] * 2
    return Halves(*matrix.grouped(numbers), np.array(texts, dtype=object))


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
    sizes = (
        tags.groupby([column, tags], sort=False).size().sort_values(ascending=False, kind="stable")
    )
    return sizes.groupby(level=0).head(1).sort_index(level=0).index.get_level_values(1).to_numpy()


def group_codes(
    docs: pd.Series, corpus: Corpus, by: str | None
) -> tuple[np.ndarray, list[Hashable]]:
    """The group of each document named, -1 where it has no value, and the groups' names.

    ``by`` is a column of ``corpus.documents``; None makes one group, ``"all"``.

    Raises:
        SelectionError: There is no such column, or no document has a value in it.
    """
    if by is None:
        return np.zeros(len(docs), dtype=np.int64), ["all"]
    column = document_column(corpus.documents, by)
    codes, groups = pd.factorize(column.set_axis(corpus.documents["doc"]).reindex(docs))
    if not len(groups):
        raise SelectionError(f"no document has a value in {by!r}; fill it in in documents.csv")
    return codes, list(groups)


def group_number(groups: list[Hashable], corpus: Corpus, name: Hashable, by: str) -> int:
    """The number of a group, named as a reader writes it."""
    if name not in groups:
        name = group_named(corpus.documents, name, by)[1]
    if name not in groups:
        known = ", ".join(map(str, groups[:12])) + (" …" if len(groups) > 12 else "")
        raise SelectionError(f"no group {name!r} in {by}; use one of {known}")
    return groups.index(name)


@dataclass(frozen=True, eq=False)
class Side:
    """Counts of each term on one side, its words, and where they stand.

    ``kept`` marks the sentences of the matrix; a reference list has none.
    """

    name: str
    counts: np.ndarray
    size: int
    kept: np.ndarray
    matrix: TermMatrix

    @property
    def texts(self) -> int:
        """The number of documents; 0 for a list."""
        return int(self.matrix.sentences["doc"][self.kept].nunique())

    def ranges(self) -> tuple[np.ndarray, np.ndarray]:
        """Count the documents and the paragraphs with each term; nan for a list."""
        if not self.kept.any():
            missing = np.full(len(self.counts), np.nan)
            return missing, missing
        return self.matrix.only(self.kept).ranges()

    def columns(self, terms: np.ndarray, end: str, **more: object) -> pd.DataFrame:
        """Count, size and texts as columns f, n and texts, then ``more``, all with an ending."""
        cells = {"f": self.counts[terms], "n": self.size, "texts": self.texts}
        return pd.DataFrame(cells | more).add_suffix(end)


def check_option(name: str, given: object, allowed: Sequence[str]) -> None:
    """Raise a SelectionError if an option has a value that is not allowed."""
    if given not in allowed:
        raise SelectionError(f"{name} is {given!r}; use one of {', '.join(allowed)}")


def sides(
    matrix: TermMatrix,
    corpus: Corpus,
    by: str,
    target: Hashable,
    reference: Hashable | pd.DataFrame,
) -> tuple[Side, Side]:
    """Target and reference of a contrast.

    Raises:
        SelectionError: There is no such column or group, both are the same, or nothing is left
            to be the reference.
    """
    codes, groups = group_codes(matrix.sentences["doc"], corpus, by)
    number = group_number(groups, corpus, target, by)
    chosen, name, other = codes == number, str(groups[number]), "rest"
    one = _group_side(matrix, chosen, name)
    if isinstance(reference, pd.DataFrame):
        return one, _list_side(matrix, reference)
    others = (codes >= 0) & ~chosen
    if reference != "rest":
        number = group_number(groups, corpus, reference, by)
        others, other = codes == number, str(groups[number])
    if other == name:
        raise SelectionError(f"target and reference are both {name!r}; name two groups")
    if not others.any():
        raise SelectionError(
            f"{name!r} is the only group in {by}; choose another column, or give a reference "
            "list (read_reference)"
        )
    return one, _group_side(matrix, others, other)


def _group_side(matrix: TermMatrix, kept: np.ndarray, name: str) -> Side:
    counts = np.asarray(matrix.counts[kept].sum(axis=0))
    return Side(name, counts, int(matrix.words[kept].sum()), kept, matrix)


def _list_side(matrix: TermMatrix, table: pd.DataFrame) -> Side:
    checked = check_reference(table, table.attrs.get("name", "reference list"))
    found = checked.set_index("term")["frequency"].reindex(matrix.terms["term"], fill_value=0)
    nowhere = np.zeros(len(matrix.words), dtype=bool)
    total = int(checked["frequency"].sum())
    return Side(checked.attrs["name"], found.to_numpy(), total, nowhere, matrix)


def frequent_terms(one: Side, two: Side, min_count: int) -> np.ndarray:
    """The terms that are frequent enough; against a list those of the target."""
    kept = one.counts + two.counts >= max(min_count, 1)
    if not two.texts:
        kept &= one.counts > 0
    if not kept.any():
        raise SelectionError(f"no term occurs {min_count} times; give a lower min_count")
    return np.flatnonzero(kept)


def ranked(table: pd.DataFrame, *order: str) -> pd.DataFrame:
    """Sort by a score, greatest first, then by names, and number the rows.

    Scores count as equal where they differ in their last digits alone, which are not the same on
    every processor.
    """
    ascending = [False] + [True] * (len(order) - 1)
    table = table.sort_values(list(order), ascending=ascending, key=rounded, ignore_index=True)
    table.insert(0, "rank", np.arange(1, len(table) + 1))
    return table
