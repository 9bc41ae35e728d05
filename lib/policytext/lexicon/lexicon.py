"""Read and check the lexicon: what is known about the world, in ``data/lexicon/*.csv``.

Every table is a CSV file with a header that a researcher can edit; ``schema.toml`` says what its
columns take. Read is whatever a spreadsheet saves: UTF-8, GB18030 or UTF-16; commas, semicolons or
tabs; any line ends.
"""

import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain, starmap
from pathlib import Path

import pandas as pd

from policytext.lexicon.check import SHOWN, faults, unknown
from policytext.lexicon.files import FileFault, Rows, added, check_folder, read_sheet
from policytext.lexicon.schema import (
    FOLDER,
    TABLES,
    Fault,
    LexiconError,
    Sheet,
    Table,
    heading,
    message,
)
from policytext.text.clean import HAN
from policytext.text.patterns import alternatives

LEXICON = "POLICYTEXT_LEXICON"  # the variable of the environment that names another lexicon


class Lexicon(Mapping[str, pd.DataFrame]):
    """The tables of one lexicon folder by name, all columns as text.

    ``lexicon["places"]`` is the table; ``lexicon.words("stopwords", "word")`` a column as a set;
    ``lexicon.hash`` names the content, so that a result can say which lexicon made it.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame], digest: str) -> None:
        self._tables = dict(tables)
        self._words: dict[tuple[object, ...], frozenset[str]] = {}
        self.hash = digest

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self._tables[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def __hash__(self) -> int:
        return hash(self.hash)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lexicon) and other.hash == self.hash

    def words(self, table: str, column: str, **where: str) -> frozenset[str]:
        """The words of one column, of the rows in which the other columns hold what is asked."""
        asked = (table, column, *where.items())
        if asked not in self._words:  # pandas takes longer for it than reading a short text
            rows = self[table]
            for name, value in where.items():
                rows = rows[rows[name] == value]
            self._words[asked] = frozenset(rows[column]) - {""}
        return self._words[asked]

    # --- rows of one's own ------------------------------------------------------------------------

    def with_words(self, words: Rows) -> "Lexicon":
        """The lexicon with words that are cut whole, whatever characters they have.

        Args:
            words: A list of words or of pairs (word, PKU tags); or a file: a table like
                ``words.csv``, a dictionary of jieba (how often a word occurs is not needed), or
                a list with one word a line, where # begins a remark. A word without a tag is a
                noun. A row takes the place of one that the lexicon has for the same word.

        Raises:
            LexiconError: Rows cannot be used; the message is that of `read_lexicon`.

        >>> import policytext as pt
        >>> corpus = pt.read_corpus("data/wenzhou-2021").select(["dongtou"])
        >>> words = pt.segment(corpus, pt.default_lexicon().with_words(["海上花园"]))
        >>> "海上花园" in set(words["text"])
        True
        """
        return self.with_rows("words", words)

    def with_places(self, places: Rows) -> "Lexicon":
        """The lexicon with more places: rows of ``places.csv``, of which name and level must be.

        >>> wider = default_lexicon().with_places([("云岫镇", "township")])
        >>> "云岫镇" in wider.words("places", "name", level="township")
        True
        """
        return self.with_rows("places", places)

    def with_formulae(self, formulae: Rows) -> "Lexicon":
        """The lexicon with more formulae: rows of ``formulae.csv``; formula and level must be.

        >>> wider = default_lexicon().with_formulae([("三山共进", "provincial")])
        >>> "三山共进" in wider.words("formulae", "formula", level="provincial")
        True
        """
        return self.with_rows("formulae", formulae)

    def with_stopwords(self, words: Rows) -> "Lexicon":
        """The lexicon with more words that a count of content leaves out.

        >>> "推动" in default_lexicon().with_stopwords(["推动"]).words("stopwords", "word")
        True
        """
        return self.with_rows("stopwords", words)

    def with_synonyms(self, synonyms: Rows) -> "Lexicon":
        """The lexicon with more words that are counted as another: ``{"GDP": "地区生产总值"}``.

        In capitals or not; `policytext.segment` cuts both whole. In a list or a file a row is
        ``GDP = 地区生产总值``.

        >>> wider = default_lexicon().with_synonyms({"GDP": "地区生产总值"})
        >>> wider.words("synonyms", "counted_as", word="GDP")
        frozenset({'地区生产总值'})
        """
        return self.with_rows("synonyms", synonyms)

    def with_rows(self, name: str, given: Rows, replacing: bool = False) -> "Lexicon":
        """The lexicon with more rows in one of its tables, or with these rows alone in it."""
        table, tagset = TABLES[name], self["tagset"]
        pairs = zip(tagset["tag"], tagset["jieba"], strict=True)
        tags = {theirs: tag for tag, names in pairs for theirs in (*names.split(), tag)}
        file, sheet = added(given, name, tags)
        if cells := sheet.columns.get("level"):
            cells[:] = [coded("level", cell, self) for cell in cells]
        known = {column.among.partition(".")[0] for column in table.columns} - {""}
        sheets = {one: _sheet(self[one]) for one in known}
        if name in sheets:  # a place may lie in another that is new
            for column, cells in sheets[name].columns.items():
                cells.extend(sheet.columns[column])
        wrong = [*faults(sheet, table), *unknown(sheet, table, sheets)]
        _refuse([(file, _with_form(fault, table)) for fault in wrong])
        new = pd.DataFrame(sheet.columns, dtype=str)
        keys = {tuple(map(table.same, key)) for key in sheet.records(*table.key)}
        rows = _sheet(self[name]).records(*table.key)
        kept = [not replacing and tuple(map(table.same, key)) not in keys for key in rows]
        old = self[name][kept]
        old = _following(old, new) if name == "synonyms" else old
        tables = {**self, name: pd.concat([old, new], ignore_index=True)}
        return Lexicon(tables, _digest({one: _sheet(tables[one]) for one in tables}))


def coded(column: str, cell: str, lexicon: Lexicon | None = None) -> str:
    """The level or kind that a cell means, as ``cell_values.csv`` has it; any other as it is.

    >>> coded("level", "县级"), coded("level", "County"), coded("level", "县级市以上")
    ('county', 'county', '县级市以上')
    """
    return _values(lexicon or default_lexicon()).get((column, heading(cell)), cell)


@lru_cache(maxsize=8)
def _values(lexicon: Lexicon) -> dict[tuple[str, str], str]:
    known = list(lexicon["cell_values"].itertuples(index=False))
    ours = {(row.column, row.value): row.value for row in known}
    return ours | {(row.column, heading(row.name)): row.value for row in known}


def _following(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Synonyms without those that new ones turn round, the others under what is counted now."""
    old = old[~old["word"].map(heading).isin(new["counted_as"].map(heading))]
    names = dict(zip(new["word"].map(heading), new["counted_as"], strict=True))
    return old.assign(counted_as=[names.get(heading(name), name) for name in old["counted_as"]])


def _with_form(fault: Fault, table: Table) -> Fault:
    """A fault of a row that lacks a cell, with how to give one that has it."""
    if fault.column not in table.needed[1:] or fault.wrong != "is empty":
        return fault
    instead = fault.instead.removesuffix(", or delete the row")
    row = f"({', '.join(table.needed)})"
    return fault._replace(instead=f"{instead}; in a list give {row}, in a file write headings")


def _sheet(table: pd.DataFrame) -> Sheet:
    return Sheet(range(2, len(table) + 2), table.to_dict("list"))


def _refuse(wrong: Sequence[FileFault]) -> None:
    """Raise an error that lists the first faults, if there are any."""
    if wrong:
        more = f"\n… and {len(wrong) - SHOWN} more" if len(wrong) > SHOWN else ""
        raise LexiconError("\n".join(starmap(message, wrong[:SHOWN])) + more)


def read_lexicon(folder: str | Path = FOLDER) -> Lexicon:
    """Read and check the lexicon.

    Args:
        folder: A folder with one CSV file for each table of ``schema.toml``. To use formulae or
            cue words of your own, copy ``data/lexicon``, edit the copy and give its path.

    Returns:
        The lexicon: a mapping from table name to a DataFrame of strings.

    Raises:
        LexiconError: A file is missing or no table, or rows cannot be used; the first ten are
            listed with file, row (the header is row 1), column and what to write instead.

    >>> lexicon = read_lexicon()
    >>> "温州市" in lexicon.words("places", "name", level="prefectural")
    True
    """
    folder = Path(folder)
    if not any((folder / f"{name}.csv").is_file() for name in TABLES):
        what = "is a file" if folder.is_file() else "has no table of a lexicon"
        what = what if folder.exists() else "no such folder"
        raise LexiconError(f"{folder}: {what}; give the path of a copy of data/lexicon")
    wrong = check_folder(folder)
    sheets: dict[str, Sheet] = {}
    for name, table in TABLES.items():
        if (path := folder / f"{name}.csv").is_file():
            found = read_sheet(path, table)
            if isinstance(found, Sheet):
                sheets[name] = found
            else:
                wrong += [(path.name, fault) for fault in found]
    _refuse(wrong + check(sheets))
    tables = {name: pd.DataFrame(sheet.columns, dtype=str) for name, sheet in sheets.items()}
    return Lexicon(tables, _digest(sheets))


@cache
def default_lexicon() -> Lexicon:
    """The lexicon of the collection, read once.

    Or what ``POLICYTEXT_LEXICON`` names: a folder that `read_lexicon` takes, or a file of words
    for `Lexicon.with_words`.
    """
    named = os.environ.get(LEXICON, "")
    if named and not Path(named).is_dir():
        return read_lexicon().with_words(named)
    return read_lexicon(named or FOLDER)


def check(sheets: Mapping[str, Sheet], tables: Mapping[str, Table] = TABLES) -> list[FileFault]:
    """Check all tables; a reference is checked where the table it refers to has no fault."""
    wrong = [
        (f"{name}.csv", fault)
        for name, sheet in sheets.items()
        for fault in faults(sheet, tables[name])
    ]
    bad = {file for file, _ in wrong}
    right = {name: sheet for name, sheet in sheets.items() if f"{name}.csv" not in bad}
    return wrong + [
        (f"{name}.csv", fault)
        for name, sheet in sheets.items()
        for fault in unknown(sheet, tables[name], right)
    ]


def _digest(sheets: Mapping[str, Sheet]) -> str:
    """A name for the content: the same however the files are saved and their columns ordered."""
    digest = hashlib.sha256()
    for name in sorted(sheets):
        for column, cells in sheets[name].columns.items():
            digest.update("\x1f".join((name, column, *cells, "")).encode())
    return digest.hexdigest()[:12]


def signed(table: pd.DataFrame, lexicon: Lexicon) -> pd.DataFrame:
    """The table, with the name of the lexicon's content in its ``attrs``.

    >>> from policytext import default_lexicon
    >>> len(signed(pd.DataFrame(), default_lexicon()).attrs["lexicon"])
    12
    """
    table.attrs["lexicon"] = lexicon.hash
    return table


# --- expressions around its words -----------------------------------------------------------------

SLOT = re.compile(
    r"""
    \{ (?P<role> [A-Za-z] [A-Za-z_ |]*? ) (?: [ ]from[ ] (?P<minimum> \d ) [ ]characters )? \}
    """,
    re.VERBOSE,
)
# What makes an expression of a cell, and not words; and what a verbose expression leaves out.
_EXPRESSION = re.compile(r"[][(){}?*+.^$\\]")
_BLANK = re.compile("[ #]")


class Expressions(dict[str, re.Pattern[str]]):
    """The expressions of one lexicon by template, each compiled when it is first asked for.

    A template is a verbose expression. ``{role}`` in it stands for any of the words that have the
    role in the lexicon's tables ``context_words``, ``slogan_words`` or ``document_words``, for any
    ``{office}`` or ``{surname}``, or a ``{label of author}`` and other fields; ``{HAN}`` for one
    Chinese character, ``{one | another}`` for the words of several roles, which is faster than an
    alternative of slots, and ``{role from 2 characters}`` leaves shorter words out.

    >>> from policytext import default_lexicon
    >>> expressions(default_lexicon())["全部{completion}$"].search("今年全部投产")[0]
    '全部投产'
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._patterns = lexicon["context_words"]
        self._words = _words_by_role(lexicon)

    def __missing__(self, template: str) -> re.Pattern[str]:
        self[template] = re.compile(self.filled(template), re.VERBOSE)
        return self[template]

    def filled(self, template: str) -> str:
        """A template with the words of its roles, to build others with."""
        return SLOT.sub(self._slot, template)

    def words(self, role: str) -> frozenset[str]:
        """The words of a role, without its expressions."""
        return frozenset(self._by_role(role)[0])

    def _by_role(self, role: str) -> tuple[set[str], list[str]]:
        """The words and the expressions of a role."""
        words = set(self._words.get(role, ()))
        patterns = []
        for cell in self._patterns[self._patterns["role"] == role]["pattern"]:
            if _EXPRESSION.search(cell):
                patterns.append(_BLANK.sub(r"\\\g<0>", cell))
            else:
                words.update(cell.split("|"))
        return words, patterns

    def _slot(self, slot: re.Match[str]) -> str:
        minimum = int(slot["minimum"] or 1)
        if slot["role"] == "HAN":
            return HAN
        branches = []
        for role in slot["role"].split("|"):
            words, patterns = self._by_role(role.strip())
            # Longer ones first: of two that begin alike the longer is meant.
            patterns.sort(key=len, reverse=True)
            branches += patterns
            branches.append(alternatives(word for word in words if len(word) >= minimum))
        # Where no word has the role, one that matches nothing.
        return f"(?:{'|'.join(filter(None, branches)) or '(?!)'})"


def _words_by_role(lexicon: Lexicon) -> dict[str, set[str]]:
    """The words of the tables that hold no expressions, by role."""
    fields, titles = lexicon["page_fields"], lexicon["titles"]
    documents, slogans = lexicon["document_words"], lexicon["slogan_words"]
    offices = titles["word"][titles["side"].isin(["before", "both"])]
    words = {"office": set(offices), "surname": set(lexicon["surnames"]["surname"])}
    words |= {"any title": set(titles["word"]), "any field": set(fields["label"])}
    roles = (
        (slogans["kind"], slogans["word"]),
        (documents["role"], documents["word"]),
        (documents["role"] + " that is a " + documents["kind"], documents["word"]),
        ("label of " + fields["column"], fields["label"]),
    )
    for role, word in chain.from_iterable(zip(*pair, strict=True) for pair in roles):
        words.setdefault(role, set()).add(word)
    return words


@lru_cache(maxsize=8)
def expressions(lexicon: Lexicon) -> Expressions:
    """The expressions of a lexicon, shared by all that ask."""
    return Expressions(lexicon)
