"""The schema of ``data/lexicon``, read from its ``schema.toml``, and what holds across its rows.

`TABLES` says which columns each table has and what their cells may hold; `check` holds tables to
it, and a test the README of ``data/lexicon``.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from policytext.paths import HOME
from policytext.text.clean import fold, wording
from policytext.text.sentences import sentences

FOLDER = HOME / "data" / "lexicon"
_DECLARED = tomllib.loads((FOLDER / "schema.toml").read_text(encoding="utf-8"))
_LISTS = _DECLARED.pop("lists")
# What to write instead of a cell that is not of its kind.
HINTS: dict[str, str] = _DECLARED.pop("kinds")
LEVELS: tuple[str, ...] = tuple(_LISTS["levels"])
# The roles of cues that are mentions themselves.
_FORMS = ("deictic", "deictic_date", "vague")


class LexiconError(ValueError):
    """A lexicon cannot be used; the message names file, row, column and what to write instead."""


class LexiconWarning(UserWarning):
    """A lexicon was read, and something in its files or lists has no effect."""


class Fault(NamedTuple):
    """A fault of a table and what to write instead.

    ``row`` is None where the whole table is meant, ``column`` empty where the whole row is.
    """

    row: int | None
    column: str
    wrong: str
    instead: str


def message(file: str, fault: Fault) -> str:
    """What a user reads of a fault.

    >>> message("words.csv", Fault(7, "tags", "is empty", "write a tag"))
    'words.csv, row 7, tags: is empty; write a tag'
    """
    row = f", row {fault.row}" if fault.row else ""
    column = f", {fault.column}" if fault.column else ""
    return f"{file}{row}{column}: {fault.wrong}; {fault.instead}"


@dataclass(frozen=True)
class Column:
    """One column of a table; ``schema.toml`` explains the fields.

    ``given``: another column, and the closed list for each of its values.
    """

    name: str
    kind: str = "word"
    allowed: tuple[str, ...] = ()
    among: str = ""
    given: tuple[str, Mapping[str, tuple[str, ...]]] = ("", {})
    parts: str = ""
    alone: str = ""
    empty: bool = False
    default: str = ""
    minimum: int = 1


@dataclass(frozen=True)
class Sheet:
    """The cells of one table by column, and the row of each as a spreadsheet numbers it."""

    rows: Sequence[int]
    columns: dict[str, list[str]]

    def records(self, *names: str) -> Iterator[tuple[str, ...]]:
        """The cells of some columns, row by row."""
        return zip(*(self.columns[name] for name in names), strict=True)

    def numbered(self, *names: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The cells of some columns, row by row, with the number of the row."""
        return zip(self.rows, self.records(*names), strict=True)


@dataclass(frozen=True)
class Table:
    """One table; ``schema.toml`` explains the fields."""

    columns: tuple[Column, ...]
    key: tuple[str, ...]
    same: Callable[[str], str] = str
    filled: bool = False
    complete: bool = False
    rule: Callable[[Sheet], Iterator[Fault]] = lambda sheet: iter(())

    def column(self, name: str) -> Column:
        """The column of a name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def needed(self) -> list[str]:
        """The columns without which a row says nothing."""
        return [one.name for one in self.columns if not (one.empty or one.default)]


def heading(cell: str) -> str:
    """The form in which two headings of a spreadsheet are the same.

    >>> heading("发布 日期"), heading("ＤＡＴＥ")
    ('发布日期', 'date')
    """
    return "".join(fold(cell).split()).casefold()


# --- what holds across the cells of a row, and across rows ----------------------------------------


def _coarse_is_the_first_letter(sheet: Sheet) -> Iterator[Fault]:
    for row, (tag, coarse) in sheet.numbered("tag", "coarse"):
        first = tag[:1].lower()
        if coarse != first:
            yield Fault(row, "coarse", f"{coarse!r} is not the class of {tag}", f"write {first}")


def _one_condition_for_a_cue(sheet: Sheet) -> Iterator[Fault]:
    """The conditions of a cue hold in all its roles, and a mention has one form."""
    conditions: dict[str, tuple[str, ...]] = {}
    forms: dict[str, str] = {}
    names = ("cue", "role", "followed_by", "not_after", "not_before")
    for row, (cue, role, *condition) in sheet.numbered(*names):
        if any(condition) and conditions.setdefault(cue, tuple(condition)) != tuple(condition):
            wrong = f"{cue!r} has other conditions in another row, and they hold in all its roles"
            yield Fault(row, "followed_by", wrong, "write the same in followed_by to not_before")
        if role in _FORMS and forms.setdefault(cue, role) != role:
            wrong = f"{cue!r} is {forms[cue]} in another row"
            yield Fault(row, "role", wrong, "keep one of the two rows")


def _parent_is_above(sheet: Sheet) -> Iterator[Fault]:
    highest: dict[str, int] = {}
    for name, level in sheet.records("name", "level"):
        highest[name] = min(LEVELS.index(level), highest.get(name, len(LEVELS)))
    for row, (level, parent) in sheet.numbered("level", "parent"):
        if parent in highest and highest[parent] >= LEVELS.index(level):
            wrong = f"{parent!r} is no level above {level}"
            yield Fault(row, "parent", wrong, "write the place above it")


def _central_has_no_place(sheet: Sheet) -> Iterator[Fault]:
    for row, (level, place) in sheet.numbered("level", "place"):
        if level == "central" and place:
            wrong = f"{place!r} stands beside the level central"
            yield Fault(row, "place", wrong, "leave it empty, or write the level of the place")


def _converted_or_a_name(sheet: Sheet) -> Iterator[Fault]:
    """A unit without norm_unit names or numbers something; symbols differ in more than case."""
    spelt: dict[str, str] = {}
    for row, (dimension, norm) in sheet.numbered("dimension", "norm_unit"):
        if not norm and dimension not in ("identifier", "name"):
            wrong = f"is empty, and {dimension} is measured"
            yield Fault(row, "norm_unit", wrong, "write the unit that the value times factor is in")
        if norm and spelt.setdefault(norm.lower(), norm) != norm:
            wrong = f"{norm!r} is {spelt[norm.lower()]!r} in another row"
            yield Fault(row, "norm_unit", wrong, "write both alike")


def _stands_in_a_sentence(sheet: Sheet) -> Iterator[Fault]:
    for row, (word,) in sheet.numbered("word"):
        if len(parts := sentences(word)) > 1:
            first = word[slice(*parts[0])]
            wrong = f"a sentence ends inside {word!r}, and a word stands in one"
            yield Fault(row, "word", wrong, f"write {first}, or what stands behind it")


def _counted_under_another(sheet: Sheet) -> Iterator[Fault]:
    words = {heading(word): other for word, other in sheet.records("word", "counted_as")}
    for row, (word, other) in sheet.numbered("word", "counted_as"):
        last = words.get(heading(other), other)
        if word == other:
            wrong, instead = "is counted as itself", "write another word, or delete the row"
            yield Fault(row, "counted_as", f"{other!r} {wrong}", instead)
        elif heading(last) != heading(other):
            instead = "delete one of the rows" if heading(last) in words else f"write {last}"
            yield Fault(row, "counted_as", f"{other!r} is itself counted as {last}", instead)


# --- from the declarations ------------------------------------------------------------------------

# What ``rule`` and ``same`` of a table may name.
_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "central_has_no_place": _central_has_no_place,
    "coarse_is_the_first_letter": _coarse_is_the_first_letter,
    "converted_or_a_name": _converted_or_a_name,
    "counted_under_another": _counted_under_another,
    "one_condition_for_a_cue": _one_condition_for_a_cue,
    "parent_is_above": _parent_is_above,
    "stands_in_a_sentence": _stands_in_a_sentence,
    "heading": heading,
    "wording": wording,
}


def _table(declared: dict[str, Any]) -> Table:
    columns = tuple(_column(name, dict(column)) for name, column in declared["columns"].items())
    named = {name: _FUNCTIONS[declared[name]] for name in ("rule", "same") if name in declared}
    return Table(**declared | named | {"columns": columns, "key": tuple(declared["key"])})


def _column(name: str, declared: dict[str, Any]) -> Column:
    allowed = declared.pop("allowed", [])
    if isinstance(allowed, str):
        allowed = _LISTS[allowed]
    if "given" in declared:
        lists = {value: tuple(values) for value, values in allowed.items()}
        return Column(name, **declared | {"given": (declared["given"], lists)})
    return Column(name, allowed=tuple(allowed), **declared)


TABLES: dict[str, Table] = {name: _table(declared) for name, declared in _DECLARED.items()}
