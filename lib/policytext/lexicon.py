"""What is known about the world, read from ``data/lexicon/*.csv`` and checked.

Every table is a CSV file with a header that a researcher can edit. ``TABLES`` is the schema: for
each file its columns, the columns that together name a row, and the words that a column allows.
"""

import csv
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pandas as pd

HOME = Path(__file__).resolve().parents[2]
FOLDER = HOME / "data" / "lexicon"

LEVELS = ("central", "provincial", "prefectural", "county", "township")


class LexiconError(ValueError):
    """A lexicon file cannot be used; the message names file, row and mend."""


@dataclass(frozen=True)
class Table:
    """The schema of one lexicon file.

    ``columns`` must all be in the header; ``key`` columns may not be empty and not repeat;
    ``allowed`` lists the words that a column takes; ``numbers`` must parse as numbers.
    """

    columns: tuple[str, ...]
    key: tuple[str, ...]
    allowed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: tuple[str, ...] = ()


TABLES: dict[str, Table] = {
    "places": Table(
        ("name", "short", "level", "parent", "source"), ("name", "parent"), {"level": LEVELS}
    ),
    "offices": Table(("name", "kind", "tag"), ("name",), {"kind": ("office", "suffix")}),
    "formulae": Table(
        ("formula", "level", "place", "year", "core", "types", "items", "source"),
        ("formula",),
        {"level": LEVELS, "core": ("yes", "no")},
        ("year",),
    ),
    "slogan_words": Table(
        ("word", "kind"),
        ("word", "kind"),
        {
            "kind": (
                *("not", "idiom", "award", "event", "product", "programme", "orientation"),
                *("method", "position", "aim", "brand", "template", "common_spirit", "verb"),
            )
        },
    ),
    "numeral_words": Table(("word", "why"), ("word",)),
    "stopwords": Table(("word", "why"), ("word",)),
    "words": Table(("word", "tags"), ("word",)),
    "affixes": Table(("affix", "tags"), ("affix",)),
    "surnames": Table(("surname", "strength"), ("surname",), {"strength": ("free", "context")}),
    "titles": Table(("word", "side"), ("word",), {"side": ("before", "after", "both")}),
    "word_roles": Table(
        ("word", "role"),
        ("word", "role"),
        {"role": ("follows a place", "sums up nothing", "takes no suffix")},
    ),
    "tagset": Table(("tag", "coarse", "jieba", "meaning_zh", "meaning_en"), ("tag",)),
    "cues": Table(
        ("cue", "role", "value", "followed_by", "not_after", "not_before"), ("cue", "role")
    ),
    "indicators": Table(("name", "indicator"), ("name",)),
    "omitted_units": Table(("word", "norm_unit"), ("word",)),
    "relative_targets": Table(
        ("pattern", "target_kind", "anchor"),
        ("pattern",),
        {"target_kind": ("reference", "directional", "paired")},
    ),
    "strength": Table(("commitment", "bound", "strength"), ("commitment", "bound")),
    "units": Table(
        ("unit", "dimension", "factor", "norm_unit", "not_before"), ("unit",), {}, ("factor",)
    ),
    "column_names": Table(
        ("name", "column"),
        ("name",),
        {
            "column": (
                *("text", "file", "doc", "label", "title", "author", "office", "place", "level"),
                *("organ", "kind", "date", "date_basis", "start", "end", "encoding"),
            )
        },
    ),
    "page_furniture": Table(
        ("phrase", "what"),
        ("phrase",),
        {"what": ("button", "search", "navigation", "imprint", "footer")},
    ),
}


class Lexicon(Mapping[str, pd.DataFrame]):
    """The tables of one lexicon folder by name, all columns as text.

    ``lexicon["places"]`` is the table; ``lexicon.words("stopwords", "word")`` a column as a set;
    ``lexicon.hash`` names the content, so that a result can say which lexicon made it.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame], digest: str) -> None:
        self._tables = dict(tables)
        self.hash = digest

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self._tables[name]

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def __hash__(self) -> int:
        return hash(self.hash)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lexicon) and other.hash == self.hash

    def words(self, table: str, column: str, **where: str) -> frozenset[str]:
        """The words of one column, of the rows in which the other columns hold what is asked."""
        rows = self[table]
        for name, value in where.items():
            rows = rows[rows[name] == value]
        return frozenset(rows[column]) - {""}


def read_lexicon(folder: str | Path = FOLDER) -> Lexicon:
    """Read and check the lexicon.

    Args:
        folder: A folder with the CSV files that ``TABLES`` names. To use formulae or cue words
            of your own, copy ``data/lexicon``, edit the copy and give its path.

    Returns:
        The lexicon: a mapping from table name to a DataFrame of strings.

    Raises:
        LexiconError: A file is missing, or a row lacks a column, repeats another, or holds a
            word that its column does not take.

    >>> lexicon = read_lexicon()
    >>> "温州市" in lexicon.words("places", "name", level="prefectural")
    True
    """
    folder = Path(folder)
    tables = {name: _read_table(folder / f"{name}.csv", TABLES[name]) for name in TABLES}
    digest = hashlib.sha256()
    for name in sorted(tables):
        digest.update(name.encode() + tables[name].to_csv(index=False).encode())
    return Lexicon(tables, digest.hexdigest()[:12])


@cache
def default_lexicon() -> Lexicon:
    """The lexicon of the collection, read once."""
    return read_lexicon(FOLDER)


def _read_table(path: Path, schema: Table) -> pd.DataFrame:
    if not path.is_file():
        raise LexiconError(f"{path.name}: no such file in {path.parent}; copy it from data/lexicon")
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        missing = [name for name in schema.columns if name not in header]
        if missing:
            raise LexiconError(
                f"{path.name}: the header lacks {', '.join(missing)}; add the column"
            )
        rows: dict[tuple[str, ...], list[str]] = {}
        for cells in reader:
            if cells:
                key = _check(f"{path.name}, row {reader.line_num}", header, cells, schema)
                if key in rows:
                    raise LexiconError(
                        f"{path.name}, row {reader.line_num}: {'/'.join(key)} is there already; "
                        "keep one of the two rows"
                    )
                rows[key] = cells
    return pd.DataFrame(list(rows.values()), columns=header, dtype=str)


def _check(where: str, header: list[str], cells: list[str], schema: Table) -> tuple[str, ...]:
    """Raise what is wrong with a row, or return its key."""
    if len(cells) != len(header):
        raise LexiconError(
            f"{where}: {len(cells)} cells under {len(header)} headings; "
            "add the missing comma or put the cell in double quotes"
        )
    row = dict(zip(header, cells, strict=True))
    for name in schema.key:
        if not row[name].strip() and name == schema.key[0]:
            raise LexiconError(f"{where}: {name} is empty; fill it in or delete the row")
    for name, allowed in schema.allowed.items():
        if row[name] not in allowed:
            raise LexiconError(f"{where}: {name} is {row[name]!r}; use one of {', '.join(allowed)}")
    for name in schema.numbers:
        if row[name] and not _is_number(row[name]):
            raise LexiconError(f"{where}: {name} is {row[name]!r}; write a number")
    return tuple(row[name] for name in schema.key)


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
