"""Formulae of higher levels that are known, and how wording is compared."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from policytext.lexicon.abbreviations import SHORT_WORDING
from policytext.lexicon.lexicon import Lexicon
from policytext.text.clean import wording
from policytext.text.patterns import Words


class Formula(NamedTuple):
    """One row of the lexicon's table of formulae."""

    formula: str
    level: str
    place: str
    year: int
    core: bool
    types: tuple[str, ...]
    items: tuple[str, ...]
    source: str


def _forms(formula: str) -> list[str]:
    """The wordings of a formula: as it stands, and with 和 or 与 before its last limb."""
    body, mark, last = formula.rpartition("、")
    joints = ["", "和", "与"] if mark else [""]
    return [wording(body + joint + last) for joint in joints]


class FormulaIndex:
    """The lexicon's formulae by wording."""

    def __init__(self, formulae: Iterable[Formula]) -> None:
        self.by_wording = {
            form: formula for formula in formulae for form in _forms(formula.formula)
        }
        self.words = Words(self.by_wording)

    def known(self, passage: str, province: str | None, year: int | None) -> Formula | None:
        """The formula that a passage is word for word, if it can have reached the text."""
        formula = self.by_wording.get(wording(passage))
        return formula if formula and applies(formula, province, year) else None


def applies(formula: Formula, province: str | None, year: int | None) -> bool:
    """Whether a formula can stand behind a text: not issued later.

    A numeral or code of another province is another list (1+3); a saying travels (最多跑一次).
    """
    if year and formula.year > year:
        return False
    if not formula.place or formula.place == province:
        return True
    numeral = {"numeral", "code"} & set(formula.types)
    return not numeral or (province is None and len(wording(formula.formula)) > SHORT_WORDING)


@lru_cache(maxsize=8)
def formula_index(lexicon: Lexicon) -> FormulaIndex:
    """The index of one lexicon's formulae, built once."""
    rows = lexicon["formulae"].itertuples(index=False)
    return FormulaIndex(
        Formula(
            row.formula,
            row.level,
            row.place,
            int(row.year or 0),
            row.core == "yes",
            tuple(filter(None, row.types.split("|"))),
            tuple(filter(None, row.items.split("|"))),
            row.source,
        )
        for row in rows
    )
