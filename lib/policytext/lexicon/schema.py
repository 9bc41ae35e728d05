"""The schema of ``data/lexicon``: which columns each table has and what their cells may hold.

``TABLES`` declares everything; `lexicon_check` checks tables against it, and a test holds the
README of ``data/lexicon`` to it.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from policytext.lexicon.expression import wrong_expression
from policytext.text.clean import fold, unmarked

LEVELS = ("central", "provincial", "prefectural", "county", "township")
# The tags of the People's Daily corpus that the tag model knows, and those of jieba.
TAGS = "n|Ng|nr|ns|nt|nz|nx|v|Vg|vn|vd|a|Ag|an|ad|d|Dg|m|q|r|p|c|u|t|Tg|f|s|b|z|i|l|j|k|h|y|e|o|w"
_JIEBA = (
    "n|ng|nr|nrt|nrfg|ns|nt|nz|eng|v|vi|zg|vg|vn|vd|a|ag|an|ad|d|df|dg|m|mg|mq|q|vq|r|rr|rz|rg|p|c"
    "|u|uj|ul|uz|ug|ud|uv|t|tg|f|s|b|z|i|l|j|k|h|y|e|o|g|x"
)
_COARSE = "n|v|a|d|m|q|r|p|c|u|t|f|s|b|z|i|l|j|k|h|y|e|o|w"
_COMPARATORS = ">|>=|<|<=|≈"
_COMMITMENTS = "ensure|strive|plan|forecast"
# The roles of cues that are mentions themselves.
_FORMS = ("deictic", "deictic_date", "vague")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


class Fault(NamedTuple):
    """What is wrong in a table and what to write instead.

    ``row`` is None where the whole table is meant, ``column`` empty where the whole row is.
    """

    row: int | None
    column: str
    wrong: str
    instead: str


class Kind(NamedTuple):
    """What the cells of a column are: a description, a test, and the form in which they are kept.

    ``wrong`` says what is wrong with a cell in its kept form, "" if nothing is; without it, nothing
    can be.
    """

    says: str
    instead: str
    wrong: Callable[[str], str] | None = None
    kept: Callable[[str], str] = fold


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        name: Its name in the header.
        kind: A key of `KINDS`.
        allowed: The closed list of its values, if it is one.
        among: ``table.column`` whose values are the closed list.
        given: Another column, and the closed list for each of its values; for a value that is not
            there the cell is empty.
        parts: The mark between the parts of a cell that holds a list, "|" or " ".
        alone: A value that may stand instead of all these.
        empty: Whether a cell may be empty.
        minimum: The fewest characters of a cell.
    """

    name: str
    kind: str = "word"
    allowed: tuple[str, ...] = ()
    among: str = ""
    given: tuple[str, Mapping[str, tuple[str, ...]]] = ("", {})
    parts: str = ""
    alone: str = ""
    empty: bool = False
    minimum: int = 1


@dataclass(frozen=True)
class Sheet:
    """The cells of one table by column, and the row of each as a spreadsheet numbers it."""

    rows: Sequence[int]
    columns: dict[str, list[str]]

    def records(self, *names: str) -> Iterator[tuple[str, ...]]:
        """The cells of some columns, row by row."""
        return zip(*(self.columns[name] for name in names), strict=True)


@dataclass(frozen=True)
class Table:
    """One table: its columns, the columns that together name a row, and what holds across rows.

    Attributes:
        columns: In the order of the file that the collection has; a file may have another.
        key: Columns whose cells together stand once.
        same: Keys that are the same in this form are the same.
        filled: Whether there must be a row.
        complete: Whether each combination of the closed lists of ``key`` must have a row.
        rule: Finds rows that contradict themselves or each other.
    """

    columns: tuple[Column, ...]
    key: tuple[str, ...]
    same: Callable[[str], str] = str
    filled: bool = False
    complete: bool = False
    rule: Callable[[Sheet], Iterator[Fault]] = field(default=lambda sheet: iter(()))

    def column(self, name: str) -> Column:
        """The column of a name."""
        return next(column for column in self.columns if column.name == name)


# --- kinds of cells -------------------------------------------------------------------------------


def wording(cell: str) -> str:
    """What makes two formulae one: their words in one width."""
    return unmarked(fold(cell))


def _number(cell: str) -> str:
    written = re.fullmatch(r"\d*\.?\d+(?:[eE][+-]?\d+)?", cell)
    return "" if written and 0 < float(cell) < float("inf") else "is no number above 0"


def _year(cell: str) -> str:
    written = re.fullmatch(r"\d{4}", cell)
    return "" if written and _FIRST_YEAR <= int(cell) <= _LAST_YEAR else "is no year"


def one_word(cell: str) -> str:
    """What shows that a cell is several words, or a word that a spreadsheet took for a number."""
    narrow = fold(cell)
    if "|" in narrow or re.search(r"^[,;、]+[^,;、]|[^,;、][,;、]+$", narrow):
        return "has a mark between words, and takes one"
    if re.fullmatch(r"\d+(?:\.\d+)?E[+-]\d+|\d{1,2}-[A-Z][a-z]{2}|[A-Z][a-z]{2}-\d{2}", cell):
        return "is what a spreadsheet makes of a number or a word"
    return ""


def _characters(cell: str) -> str:
    between = sorted(set(cell) & set("|,、;/ "))
    return f"has {between[0]!r} between the characters" if between else ""


def _symbol(cell: str) -> str:
    written = re.fullmatch(r"[A-Za-z0-9%‰$/^*.() -]+", cell) and re.search("[A-Za-z%‰$]", cell)
    return "" if written else "is no symbol of a unit"


KINDS: dict[str, Kind] = {
    "word": Kind("a word", "write the word as texts have it", one_word),
    "formula": Kind(
        "a formula",
        "write its words; marks alone are no formula",
        lambda cell: one_word(cell.strip(",;、，；")) if wording(cell) else "has no word",
        str,
    ),
    # Compared with texts or names that are not folded, or folded where they are compared.
    "phrase": Kind("words", "write the words as they are printed", one_word, str),
    "text": Kind("free text", "write a few words", kept=str),
    "number": Kind(
        "a number above 0",
        "write digits with a point and no thousands mark: 1000, 0.001, 1e6",
        _number,
    ),
    "year": Kind(
        f"a year from {_FIRST_YEAR} to {_LAST_YEAR}",
        "write its four digits: 2021",
        _year,
        lambda cell: re.sub(r"\.0$", "", fold(cell)),
    ),
    "expression": Kind(
        "a regular expression",
        "correct it: it matches a character or more; groups are (?:…); marks are narrow; what "
        "repeats has one length, or ends at {1,3}",
        wrong_expression,
        str,
    ),
    "characters": Kind("characters, side by side", "write them side by side", _characters),
    "symbol": Kind("a symbol", "write one in Latin letters and digits: CNY, m2, kg", _symbol),
}


# --- what holds across the cells of a row, and across rows ----------------------------------------


def _coarse_is_the_first_letter(sheet: Sheet) -> Iterator[Fault]:
    for row, (tag, coarse) in zip(sheet.rows, sheet.records("tag", "coarse"), strict=True):
        if coarse != tag[:1].lower():
            yield Fault(
                row, "coarse", f"{coarse!r} is not the class of {tag}", f"write {tag[:1].lower()}"
            )


def _one_condition_for_a_cue(sheet: Sheet) -> Iterator[Fault]:
    """The conditions of a cue hold in all its roles, and a mention has one form."""
    conditions: dict[str, tuple[str, ...]] = {}
    forms: dict[str, str] = {}
    names = ("cue", "role", "followed_by", "not_after", "not_before")
    for row, (cue, role, *condition) in zip(sheet.rows, sheet.records(*names), strict=True):
        if any(condition) and conditions.setdefault(cue, tuple(condition)) != tuple(condition):
            wrong = f"{cue!r} has other conditions in another row, and they hold in all its roles"
            yield Fault(row, "followed_by", wrong, "write the same in followed_by to not_before")
        if role in _FORMS and forms.setdefault(cue, role) != role:
            wrong = f"{cue!r} is {forms[cue]} in another row"
            yield Fault(row, "role", wrong, "keep one of the two rows")


def _parent_is_above(sheet: Sheet) -> Iterator[Fault]:
    order = {level: number for number, level in enumerate(LEVELS)}
    highest: dict[str, int] = {}
    for name, level in sheet.records("name", "level"):
        highest[name] = min(order.get(level, 0), highest.get(name, len(LEVELS)))
    names = ("level", "parent")
    for row, (level, parent) in zip(sheet.rows, sheet.records(*names), strict=True):
        if parent in highest and highest[parent] >= order.get(level, len(LEVELS)):
            yield Fault(
                row, "parent", f"{parent!r} is no level above {level}", "write the place above it"
            )


def _of_the_centre_has_no_place(sheet: Sheet) -> Iterator[Fault]:
    for row, (level, place) in zip(sheet.rows, sheet.records("level", "place"), strict=True):
        if level == "central" and place:
            wrong = f"{place!r} stands beside the level central"
            yield Fault(row, "place", wrong, "leave it empty, or write the level of the place")


def _converted_or_a_name(sheet: Sheet) -> Iterator[Fault]:
    """A unit without norm_unit names or numbers something; symbols differ in more than case."""
    spelt: dict[str, str] = {}
    names = ("dimension", "norm_unit")
    for row, (dimension, norm) in zip(sheet.rows, sheet.records(*names), strict=True):
        if not norm and dimension not in ("identifier", "name"):
            wrong = f"is empty, and {dimension} is measured"
            yield Fault(row, "norm_unit", wrong, "write the unit that the value times factor is in")
        if norm and spelt.setdefault(norm.lower(), norm) != norm:
            wrong = f"{norm!r} is {spelt[norm.lower()]!r} in another row"
            yield Fault(row, "norm_unit", wrong, "write both alike")


# --- the tables -----------------------------------------------------------------------------------


def _values(listed: str) -> tuple[str, ...]:
    return tuple(listed.split("|"))


def _one_of(name: str, listed: str) -> Column:
    """A column with a closed list of values."""
    return Column(name, allowed=_values(listed))


def _tags(name: str, alone: str = "") -> Column:
    """A column of tags, the most frequent first."""
    return Column(name, among="tagset.tag", parts=" ", alone=alone)


def _words(name: str) -> Column:
    """A column of words that may be empty."""
    return Column(name, parts="|", empty=True)


def _heading(cell: str) -> str:
    """What makes two headings of a spreadsheet one."""
    return "".join(fold(cell).split()).casefold()


_KINDS_OF_SLOGAN_WORD = (
    "not|idiom|award|event|product|programme|orientation|method|position|aim|brand|template"
    "|common_spirit|verb"
)
_TYPES_OF_FORMULA = (
    "numeral|code|parallel|saying|policy_name|policy_term|spirit|metaphor|positioning|place_brand"
)
_VALUES_OF_CUE = {
    "commitment": _values(_COMMITMENTS),
    "before": _values(_COMPARATORS + "|reach"),
    "after": _values(_COMPARATORS),
    "verb": _values("result|process|param|standing|rule"),
}
_DIMENSIONS = (
    "count|person|money|ratio|point|multiple|time|age|length|area|volume|mass|concentration"
    "|temperature|energy|power|voltage|data|computing|grade|name|identifier|other"
)
_OUR_COLUMNS = (
    "text|file|doc|label|title|author|office|place|level|organ|kind|date|date_basis|start|end"
    "|encoding"
)

TABLES: dict[str, Table] = {
    "tagset": Table(
        (
            _one_of("tag", TAGS),
            _one_of("coarse", _COARSE),
            Column("jieba", allowed=_values(_JIEBA), parts=" "),
            Column("meaning_zh", "text"),
            Column("meaning_en", "text"),
        ),
        key=("tag",),
        complete=True,
        rule=_coarse_is_the_first_letter,
    ),
    "places": Table(
        (
            Column("name", minimum=2),
            Column("short", empty=True, minimum=2),
            Column("level", allowed=LEVELS),
            Column("parent", among="places.name", empty=True),
            Column("source", "text"),
        ),
        key=("name", "parent"),
        rule=_parent_is_above,
    ),
    "offices": Table(
        (Column("name"), _one_of("kind", "office"), Column("tag", among="tagset.tag")),
        key=("name",),
    ),
    "formulae": Table(
        (
            Column("formula", "formula", minimum=2),
            Column("level", allowed=LEVELS),
            Column("place", among="places.name", empty=True),
            Column("year", "year", empty=True),
            _one_of("core", "yes|no"),
            Column("types", allowed=_values(_TYPES_OF_FORMULA), parts="|", empty=True),
            Column("items", "phrase", parts="|", empty=True),
            Column("source", "text"),
        ),
        key=("formula",),
        same=wording,
        rule=_of_the_centre_has_no_place,
    ),
    "slogan_words": Table(
        (Column("word"), _one_of("kind", _KINDS_OF_SLOGAN_WORD)), key=("word", "kind")
    ),
    "numeral_words": Table((Column("word"), Column("why", "text")), key=("word",)),
    "stopwords": Table((Column("word"), Column("why", "text")), key=("word",)),
    "words": Table((Column("word"), _tags("tags", alone="-")), key=("word",)),
    "dictionary_delta": Table((Column("word"), Column("why", "text")), key=("word",)),
    "affixes": Table((Column("affix"), _tags("tags")), key=("affix",)),
    "surnames": Table((Column("surname"), _one_of("strength", "free|context")), key=("surname",)),
    "titles": Table((Column("word"), _one_of("side", "before|after|both")), key=("word",)),
    "word_roles": Table(
        (Column("word"), _one_of("role", "follows a place|sums up nothing|takes no suffix")),
        key=("word", "role"),
    ),
    "cues": Table(
        (
            Column("cue"),
            _one_of("role", "commitment|before|after|verb|future|deictic|deictic_date|vague"),
            Column("value", given=("role", _VALUES_OF_CUE)),
            _words("followed_by"),
            _words("not_after"),
            _words("not_before"),
        ),
        key=("cue", "role"),
        rule=_one_condition_for_a_cue,
    ),
    "indicators": Table(
        (Column("name"), Column("indicator", among="indicators.name")), key=("name",)
    ),
    "units": Table(
        (
            Column("unit"),
            _one_of("dimension", _DIMENSIONS),
            Column("factor", "number", empty=True),
            Column("norm_unit", "symbol", empty=True),
            Column("not_before", "characters", empty=True),
        ),
        key=("unit",),
        rule=_converted_or_a_name,
    ),
    "omitted_units": Table(
        (Column("word"), Column("norm_unit", among="units.norm_unit")), key=("word",)
    ),
    "relative_targets": Table(
        (
            Column("pattern", "expression"),
            _one_of("target_kind", "reference|directional|paired"),
            Column("anchor", parts="|"),
        ),
        key=("pattern",),
    ),
    "strength": Table(
        (
            _one_of("commitment", _COMMITMENTS + "|none"),
            _one_of("bound", "floor|ceiling|approximate|point|range|none"),
            _one_of("strength", "hard|soft|forecast|none"),
        ),
        key=("commitment", "bound"),
        complete=True,
    ),
    "column_names": Table(
        (Column("name", "phrase"), _one_of("column", _OUR_COLUMNS)),
        key=("name",),
        same=_heading,
        filled=True,
    ),
    "page_furniture": Table(
        (
            Column("phrase", "phrase"),
            _one_of("what", "button|search|navigation|imprint|footer"),
        ),
        key=("phrase",),
    ),
}
