"""The two sides of a contrast: a group of texts, and the rest, another group or a list."""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from policytext.corpus import Corpus
from policytext.referencelist import check_reference
from policytext.spanlookup import SelectionError
from policytext.termmatrix import TermMatrix, group_codes, group_number


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
        """In how many documents and in how many paragraphs each term stands; nan for a list."""
        if not self.kept.any():
            missing = np.full(len(self.counts), np.nan)
            return missing, missing
        part = self.matrix.only(self.kept)
        one = np.zeros(len(part.words), dtype=np.int64)
        return (
            part.range_by(part.documents(), one, 1)[0],
            part.range_by(part.paragraphs(), one, 1)[0],
        )


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
    chosen = codes == group_number(groups, target, by)
    one = _group_side(matrix, chosen, str(target))
    if isinstance(reference, pd.DataFrame):
        return one, _list_side(matrix, reference)
    if reference == "rest":
        others = (codes >= 0) & ~chosen
    else:
        others = codes == group_number(groups, reference, by)
    if reference == target:
        raise SelectionError(f"target and reference are both {target!r}; name two groups")
    if not others.any():
        raise SelectionError(
            f"{target!r} is the only group in {by}; choose another column, or give a reference "
            "list (read_reference)"
        )
    return one, _group_side(matrix, others, str(reference))


def _group_side(matrix: TermMatrix, kept: np.ndarray, name: str) -> Side:
    counts = np.asarray(matrix.counts[kept].sum(axis=0))
    return Side(name, counts, int(matrix.words[kept].sum()), kept, matrix)


def _list_side(matrix: TermMatrix, table: pd.DataFrame) -> Side:
    checked = check_reference(table, table.attrs.get("name", "reference list"))
    found = checked.set_index("term")["frequency"].reindex(matrix.terms["term"], fill_value=0)
    nowhere = np.zeros(len(matrix.words), dtype=bool)
    total = int(checked["frequency"].sum())
    return Side(checked.attrs["name"], found.to_numpy(), total, nowhere, matrix)
