"""Formulae of higher levels that are known, and how wording is compared."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

import numpy as np

from policytext import text as tx
from policytext.lexicon import Lexicon
from policytext.text import unmarked

_SILENT = " \t\r\u3000\u00a0、，,·•“”‘’「」『』《》\"'—–-"
_MARK_CODES = np.array([ord(mark) for mark in _SILENT], np.uint32)
_SHORT = 3
# A numeral with a noun that any place could use; the same words need not be the same list.
COUNT_OF_THINGS = re.compile(
    "(?:[一二三四五六七八九十两双]+|\\d+)[大个项张条]?"
    "(?:一|行动|工程|计划|机制|体系|中心|平台|提升|项目|任务|措施|目标|重点|突破|率先|坚持|更加|办法|好|有|园)$"
)


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


@lru_cache(maxsize=1 << 16)
def wording(passage: str) -> str:
    """The wording of a passage without punctuation, blanks, quotation marks and widths.

    >>> wording("奋斗“十四五”、奋进新征程") == wording("奋斗十四五 奋进新征程")
    True
    """
    return unmarked(tx.fold(passage))


def is_distinct(words: str) -> bool:
    """Whether a wording can be known again without quotation marks.

    >>> is_distinct("五城五高地"), is_distinct("十大行动"), is_distinct("15条")
    (True, False, False)
    """
    return len(words) >= _SHORT and not (words[0].isdigit() or COUNT_OF_THINGS.match(words))


class Stripped(NamedTuple):
    """A text without marks inside its sentences, and where each character stood."""

    text: str
    at: list[int]


def stripped(text: str) -> Stripped:
    """Take commas, blanks and quotation marks out of a text; stops and line ends stay.

    >>> stripped("奋战“十四五”、奋进。").text
    '奋战十四五奋进。'
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kept = ~np.isin(codes, _MARK_CODES)
    left = codes[kept].tobytes().decode("utf-32-le", "surrogatepass")
    return Stripped(left, np.flatnonzero(kept).tolist())


def any_of(words: Iterable[str]) -> re.Pattern[str] | None:
    """One expression for many words, longest first; None where there is no word.

    Words share their beginnings in it (学有优教 and 学有所教 part at the third character), so that
    thousands cost hardly more than a few.

    >>> any_of(["开新局", "开局", "勇争先"]).findall("勇争先、开新局")
    ['勇争先', '开新局']
    """
    expression = alternatives(words)
    return re.compile(expression) if expression else None


def alternatives(words: Iterable[str]) -> str:
    """The expression of `any_of` as text, to build others with."""
    return _branches(sorted(set(words) - {""}), 0)


def _branches(words: list[str], at: int) -> str:
    """The tails of sorted words that are the same up to a character."""
    tails = []
    for _, same in groupby(words, key=lambda word: word[at : at + 1]):
        group = list(same)
        head = group[0][at : at + 1]
        if not head:
            continue
        if len(group) == 1:
            tails.append(re.escape(group[0][at:]))
        else:
            ends = len(group[0]) == at + 1
            rest = _branches(group, at + 1)
            tails.append(f"{re.escape(head)}(?:{rest}){'?' if ends else ''}")
    return "|".join(tails)


def occurrences(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches of an expression, and those that lie inside a longer one.

    >>> pattern = any_of(["争先创优", "创优"])
    >>> [match[0] for match in occurrences(pattern, "争先创优")]
    ['争先创优', '创优']
    """
    at = 0
    while match := pattern.search(text, at):
        yield match
        inside = match.start() + 1
        while (part := pattern.search(text, inside, match.end())) is not None:
            yield part
            inside = part.start() + 1
        at = match.end()


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
        self.pattern = any_of(self.by_wording)

    def known(self, passage: str, province: str | None, year: int | None) -> Formula | None:
        """The formula that a passage is word for word, if it can have reached the text."""
        formula = self.by_wording.get(wording(passage))
        return formula if formula and applies(formula, province, year) else None

    def find(
        self, text: Stripped, province: str | None, year: int | None
    ) -> Iterator[tuple[int, int, Formula]]:
        """Spans, in the text that was stripped, of the formulae that can have reached it."""
        if self.pattern is None:
            return
        for match in occurrences(self.pattern, text.text):
            formula = self.by_wording[match[0]]
            if applies(formula, province, year):
                yield text.at[match.start()], text.at[match.end() - 1] + 1, formula


def applies(formula: Formula, province: str | None, year: int | None) -> bool:
    """Whether a formula can stand behind a text: not issued later.

    A numeral or code of another province is another list (1+3); a saying travels (最多跑一次).
    """
    if year and formula.year > year:
        return False
    if not formula.place or formula.place == province:
        return True
    numeral = {"numeral", "code"} & set(formula.types)
    return not numeral or (province is None and len(wording(formula.formula)) > _SHORT)


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
