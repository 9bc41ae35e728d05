"""Rows that a user adds to a table of the lexicon: a list in Python, or a file."""

import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd

from policytext.lexicon.check import SHOWN, kept
from policytext.lexicon.files import in_rows, read_text, records_of
from policytext.lexicon.schema import TABLES, Fault, LexiconError, LexiconWarning, Sheet, message

Row: TypeAlias = str | Sequence[str] | Mapping[str, str]
Rows: TypeAlias = str | PathLike[str] | pd.DataFrame | Mapping[str, str] | Iterable[Row]
_Numbered = Iterable[tuple[int, dict[str, str]]]

# A line of a list of words; as jieba has it, with how often it occurs and its tag.
_LINE = re.compile(
    r"""
    (?P<word>.+?)
    (?: (?:\s+|\s*[,，;；]\s*) (?P<count>\d+) )?       # how often it occurs
    (?: (?:\s+|\s*[,，;；]\s*) (?P<tag>[A-Za-z]+) )?\s*
    """,
    re.VERBOSE,
)
_PAIR = re.compile(r"\s*(?:[=-]>|→|[=＝\t,，;；:：])\s*")
# A word that may be two, or a word with a tag that is none.
_UNSURE = re.compile(
    r"""
      [\u3400-\u9fff] \s+ [A-Za-z0-9.-]+ (?:\s+[A-Za-z0-9.-]+)*  # 花园 abc, or 花园 n 12
    | .*\w \s* [,;、] \s* \w.*                                 # 花园、公园
    """,
    re.VERBOSE,
)


def added(given: Rows, name: str, tags: Mapping[str, str]) -> tuple[str, Sheet]:
    """The rows that are given for a table, what is left out filled in, and what to call them.

    Args:
        given: A path, a DataFrame, a mapping of first to second column, or a list of words, of
            rows in the order of the columns, or of mappings.
        name: The table.
        tags: jieba's tags and ours.

    Raises:
        LexiconError: The file cannot be read, or a row has more cells or other columns.
    """
    if isinstance(given, str | PathLike):
        file, found = Path(given).name, _of_file(Path(given), name, tags)
    else:
        file, found = f"with_{name}", _of_list(given, name)
    filled = _with_cells(found, file)
    rows = {number: _filled(row, name, file, number) for number, row in filled.items()}
    if name == "words":
        _warn_of_unsure(rows, file)
    if not rows and isinstance(given, str | PathLike):
        _warn(f"{file}: no row in it, so nothing is added; write one entry a line")
    rows = _first(_countable(rows, file) if name == "stopwords" else rows)
    columns = {c.name: [row[c.name] for row in rows.values()] for c in TABLES[name].columns}
    return file, Sheet(list(rows), columns)


def _warn(text: str) -> None:
    warnings.warn(text, LexiconWarning, stacklevel=6)


def _with_cells(rows: _Numbered, file: str) -> dict[int, dict[str, str]]:
    """The rows in which any cell is filled, by number; a column of a spreadsheet has gaps."""
    found = dict(rows)
    blank = [number for number, row in found.items() if not "".join(row.values()).strip()]
    if blank:
        more = f" and {len(blank) - SHOWN} more" if len(blank) > SHOWN else ""
        _warn(f"{file}: left out as empty: row {', '.join(map(str, blank[:SHOWN]))}{more}")
    return {number: row for number, row in found.items() if number not in blank}


def _warn_of_unsure(rows: Mapping[int, Mapping[str, str]], file: str) -> None:
    unsure = [
        f"{row['word']!r} (row {number})"
        for number, row in rows.items()
        if _UNSURE.search(row["word"])
    ]
    if unsure:
        more = f" and {len(unsure) - SHOWN} more" if len(unsure) > SHOWN else ""
        shown = ", ".join(unsure[:SHOWN]) + more
        _warn(
            f"{file}: read as one word: {shown}; if it is several, write one a line, and behind "
            "it no more than a tag of tagset.csv"
        )


def _filled(row: Mapping[str, str], name: str, file: str, number: int) -> dict[str, str]:
    """A row with all columns of its table, in the form in which cells are kept."""
    table = TABLES[name]
    names = [column.name for column in table.columns]
    if other := [column for column in row if column not in names]:
        wrong, instead = "is no column of the table", f"use {', '.join(names)}"
        raise LexiconError(message(file, Fault(number, other[0], wrong, instead)))
    cells = {column.name: kept(row.get(column.name, ""), column) for column in table.columns}
    return {column.name: cells[column.name] or column.default for column in table.columns}


def _countable(rows: dict[int, dict[str, str]], file: str) -> dict[int, dict[str, str]]:
    """Stop words without those that are marks: lists have them, and no count has a mark."""
    marks = [n for n, row in rows.items() if row["word"] and not any(map(str.isalnum, row["word"]))]
    if marks:
        shown = " ".join(rows[number]["word"] for number in marks[:5])
        _warn(f"{file}: {len(marks)} rows are marks ({shown} …), which are never counted")
    return {number: row for number, row in rows.items() if number not in marks}


def _first(rows: dict[int, dict[str, str]]) -> dict[int, dict[str, str]]:
    """Each row once; a word with other cells in another row is left to the check."""
    first = {tuple(row.values()): number for number, row in reversed(rows.items())}
    return {number: rows[number] for number in sorted(first.values())}


# --- lists and files ------------------------------------------------------------------------------


def _of_list(given: Any, name: str) -> _Numbered:
    columns = [column.name for column in TABLES[name].columns]
    if isinstance(given, pd.DataFrame):
        given = given.to_dict("records")
    rows = given.items() if isinstance(given, Mapping) else given
    for number, row in enumerate(rows, start=1):
        if isinstance(row, Mapping):
            yield number, {str(column): _cell(cell) for column, cell in row.items()}
            continue
        cells = [_cell(cell) for cell in (row if pd.api.types.is_list_like(row) else [row])]
        if name == "synonyms" and len(cells) == 1:
            cells = _PAIR.split(cells[0])
        if len(cells) > len(columns):
            wrong, instead = f"has {len(cells)} cells", f"write {', '.join(columns)}"
            raise LexiconError(message(f"with_{name}", Fault(number, "", wrong, instead)))
        yield number, dict(zip(columns, cells, strict=False))


def _cell(cell: object) -> str:
    return "" if pd.api.types.is_scalar(cell) and pd.isna(cell) else str(cell)


def _of_file(path: Path, name: str, tags: Mapping[str, str]) -> _Numbered:
    """A table with a header, or one entry a line."""
    if not path.is_file():
        what = "is a folder" if path.is_dir() else "no such file"
        fix = f"give a file, or the words as a list: [{str(path)!r}]"
        raise LexiconError(f"{path}: {what}; {fix}")
    text = read_text(path)
    if isinstance(text, Fault):
        raise LexiconError(message(path.name, text))
    names = [column.name for column in TABLES[name].columns]
    records, faults = records_of(text, names)
    header = [cell.strip() for cell in records[0]] if records else []
    if names[0] not in header:
        yield from _lines(text, name, tags, path.name)
        return
    faults += in_rows(records, len(header), text)
    if faults:
        raise LexiconError("\n".join(message(path.name, fault) for fault in faults))
    for number, cells in enumerate(records[1:], start=2):
        if cells:
            yield number, dict(zip(header, cells, strict=True))


def _lines(
    text: str, name: str, tags: Mapping[str, str], file: str
) -> Iterator[tuple[int, dict[str, str]]]:
    first, second, *_ = (column.name for column in TABLES[name].columns)
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        cells = [line.strip()]
        if name == "words":
            cells = _entry(cells[0], tags)
        elif name == "synonyms":
            cells = _PAIR.split(cells[0])
            if len(cells) > 2:
                wrong, instead = f"has {len(cells)} words", "write two a line: GDP = 地区生产总值"
                raise LexiconError(message(file, Fault(number, "", wrong, instead)))
        yield number, dict(zip((first, second), cells, strict=False))


def _entry(line: str, tags: Mapping[str, str]) -> list[str]:
    """Word and tag of a line; where nothing else shows that it is one, a tag is a known one.

    >>> _entry("云计算 5 nz", {}), _entry("Edu Trust", {}), _entry("石墨烯 n", {"n": "n"})
    (['云计算', 'nz'], ['Edu Trust', ''], ['石墨烯', 'n'])
    """
    entry = _LINE.fullmatch(line)
    word, count, tag = entry.group("word", "count", "tag") if entry else (line, None, None)
    if tag and not count and tag not in tags:
        return [line, ""]
    return [word, tags.get(tag or "", tag or "")]
