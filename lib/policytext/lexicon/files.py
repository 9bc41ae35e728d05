"""Rows of a lexicon: of its files, however a spreadsheet saves them, and those a user adds."""

import csv
import io
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from os import PathLike
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd

from policytext.lexicon.check import SHEET_ERROR, first_of, kept
from policytext.lexicon.schema import (
    TABLES,
    Fault,
    LexiconError,
    LexiconWarning,
    Sheet,
    Table,
    message,
)

_SEPARATORS = ",;\t|"
# What holds a table and is not read, so that nobody edits it in vain.
_OTHER_SUFFIXES = frozenset((".tsv", ".txt", ".xlsx", ".xls", ".xlsm", ".ods", ".et", ".numbers"))
_MARKED = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_SAVE = "save it as CSV UTF-8 from the spreadsheet"
# So many characters tell Big5 from GB18030.
_ENOUGH = 6
_HAN = re.compile("[\u3400-\u9fff]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")

FileFault = tuple[str, Fault]  # a file and a fault in it


def check_folder(folder: Path) -> list[FileFault]:
    """Find missing files, and tables that are not read."""
    wrong = []
    for path in sorted(folder.iterdir()):
        instead = _not_read(path)
        if instead and not path.name.startswith((".", "~$")):
            wrong.append((path.name, Fault(None, "", "is not read", instead)))
    lacking = [f"{name}.csv" for name in TABLES if not (folder / f"{name}.csv").is_file()]
    copy = Fault(None, "", f"no such file in {folder}", "copy it from data/lexicon")
    return wrong + [(name, copy) for name in lacking]


def _not_read(path: Path) -> str:
    """The fix for a file that looks like a table and is not read; "" for all others."""
    suffix = path.suffix.lower()
    if path.stem in TABLES and suffix in _OTHER_SUFFIXES:
        return f"save it as {path.stem}.csv (CSV UTF-8) and take it out of the folder"
    if suffix != ".csv" or path.name in {f"{name}.csv" for name in TABLES}:
        return ""
    near = get_close_matches(path.stem.lower(), TABLES, 1)
    return (f"rename it to {near[0]}.csv, or " if near else "") + "take it out of the folder"


def read_sheet(path: Path, table: Table) -> Sheet | list[Fault]:
    """The cells of a file, or what keeps it from being read."""
    text = read_text(path)
    if isinstance(text, Fault):
        return [text]
    names = [column.name for column in table.columns]
    records, unclosed = records_of(text, names)
    header = [name.strip() for name in records[0]] if records else []
    found = _in_header(header, names, path.name) + in_rows(records, len(header), text) + unclosed
    return found or _sheet(records, header, table)


def read_text(path: Path) -> str | Fault:
    """The text of a file, or what keeps it from being read."""
    data = path.read_bytes()
    if data.startswith(_WORKBOOKS):
        return Fault(None, "", "is a workbook, whatever its name", _SAVE)
    try:
        return decoded(data).lstrip("\ufeff")
    except UnicodeError:
        return Fault(None, "", "is neither UTF-8 nor GB18030 nor UTF-16", _SAVE)


def decoded(data: bytes) -> str:
    """The text of a table: UTF-8, else GB18030; UTF-16 by its mark or its null bytes.

    Raises:
        UnicodeDecodeError: It is in none of these.

    >>> decoded("surname,strength\\n卢,free".encode("gb18030"))[17:]
    '卢,free'
    """
    marked = next((encoding for mark, encoding in _MARKED if data.startswith(mark)), "")
    if not marked and b"\0" in data[:2]:
        marked = "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
    if marked:
        return data.decode(marked)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        if _is_big5(data):
            raise
        return data.decode("gb18030")
    return _chinese(data) or text if _is_foreign(text) else text


def _is_foreign(text: str) -> bool:
    """Return True if what was read as UTF-8 is rather a few words in GB18030.

    Some characters of GB18030 are letters of other scripts in UTF-8 (通: U+0368), and some the
    marks of Latin-1 (路: ·), which a table in UTF-8 has inside a word or unit (m·s, 7×24h).
    """
    if _PRIVATE.search(text):  # 類別
        return True
    if text.isascii() or max(text) >= "\u0800":
        return False
    return max(text) > "\xff" or not re.search(
        "[A-Za-z0-9][\x80-\xff]|[\x80-\xff][A-Za-z0-9]", text
    )


def _chinese(data: bytes) -> str:
    """The text in GB18030 where all of it is Chinese or ASCII in that encoding, else nothing."""
    text = data.decode("gb18030", "replace")
    return text if all(mark.isascii() or _HAN.match(mark) for mark in text) else ""


def _is_big5(data: bytes) -> bool:
    """Return True if bytes are rather Big5: frequent characters there, rare ones in GB18030."""
    marks = [mark for mark in data.decode("gb18030", "replace") if not mark.isascii()]
    rare = sum(not mark.encode("gb2312", "ignore") for mark in marks)
    if len(marks) < _ENOUGH or rare < len(marks) / 3:
        return False
    codes = [mark.encode("big5", "ignore") for mark in data.decode("big5", "replace")]
    frequent = sum(b"\xa4\x40" <= code <= b"\xc6\x7e" for code in codes)
    return frequent > 0.8 * sum(len(code) != 1 for code in codes)


def records_of(text: str, names: Sequence[str]) -> tuple[list[list[str]], list[Fault]]:
    """The rows of a table as lists of cells, empty for a blank line, and a mark left open."""
    text = io.StringIO(text, newline=None).getvalue()
    hint = re.match(r"sep=(.)\n", text)
    body = text[len(hint[0]) :] if hint else text
    header = body.partition("\n")[0]

    def known(mark: str) -> int:
        return len(set(names) & {cell.strip().strip('"') for cell in header.split(mark)})

    mark = hint[1] if hint else max(_SEPARATORS, key=known)
    lines, records = io.StringIO(body), []
    reader = csv.reader(lines, delimiter=mark, skipinitialspace=True, strict=True)
    try:
        for cells in reader:
            records.append(_without_tail(cells, len(names)))
    except csv.Error:
        wrong = "a quotation mark in or below it is not closed, or stands inside a cell"
        instead = "take it out, or write it twice and the cell in quotation marks"
        return records, [Fault(len(records) + 1, "", wrong, instead)]
    return records, []


def _without_tail(cells: list[str], width: int) -> list[str]:
    """A row without empty cells too many; none of it where it is blank or a remark behind #."""
    first, *others = cells or [""]
    remark = first.startswith("#") and not SHEET_ERROR.match(first)
    if not "".join(others).strip() and (not first.strip() or remark):
        return []
    while len(cells) > width and not cells[-1].strip():
        cells = cells[:-1]
    return cells


def _in_header(header: Sequence[str], names: Sequence[str], file: str) -> list[Fault]:
    """Find columns that are missing or stand twice; warn of a column that no table has."""
    if not set(header) & set(names):
        wrong = "names no column" if header else "is empty"
        return [Fault(1, "", wrong, f"write {','.join(names)} into row 1, parted by commas")]
    found = [
        Fault(1, name, "stands twice", "keep one of the two columns")
        for name in dict.fromkeys(header)
        if header.count(name) > 1
    ]
    extra = [name for name in header if name not in names]
    for name in names:
        if name not in header:
            near = get_close_matches(name, extra, 1)
            instead = f"rename the column {near[0]!r} to it" if near else "add the column"
            found.append(Fault(1, name, "the header lacks it", instead))
    if extra and not found:
        message = (
            f"{file}: the columns {', '.join(extra)} are not read; only {', '.join(names)} are"
        )
        warnings.warn(message, LexiconWarning, stacklevel=4)
    return found


def in_rows(records: Sequence[Sequence[str]], width: int, text: str) -> list[Fault]:
    """Find rows with too many or too few cells, and quotation marks that nobody meant."""
    found = []
    for row, cells in enumerate(records[1:], start=2):
        if cells and len(cells) != width:
            wrong = f"{len(cells)} cells under {width} headings"
            instead = "put a cell with a comma in quotation marks, or add the missing comma"
            found.append(Fault(row, "", wrong, instead))
        for cell in cells:
            if '"' in cell and '"' + cell.replace('"', '""') + '"' not in text:
                wrong = f"{cell!r} has a stray quotation mark"
                instead = "take it out, or write it twice and the cell in quotation marks"
                found.append(Fault(row, "", wrong, instead))
    return found


def _sheet(records: Sequence[Sequence[str]], header: Sequence[str], table: Table) -> Sheet:
    """The rows under the header, by column, in the order of the schema."""
    rows = [row for row, cells in enumerate(records[1:], start=2) if cells]
    columns: dict[str, list[str]] = {}
    for column in table.columns:
        at = header.index(column.name)
        cells = [records[row - 1][at] for row in rows]
        forms = {cell: kept(cell, column) for cell in set(cells)}
        columns[column.name] = [forms[cell] for cell in cells]
    return Sheet(rows, columns)


# --- rows that a user adds ------------------------------------------------------------------------

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
            rows with the cells that must be or all in the order of the columns, or of mappings.
        name: The table.
        tags: jieba's tags and ours.

    Raises:
        LexiconError: The file cannot be read, or a row has more cells or other columns.
    """
    if isinstance(given, str) and _is_word(given):
        given = [given]
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


def _is_word(given: str) -> bool:
    """Whether a string is one word and no path, which has a suffix or a separator."""
    path = Path(given)
    return not path.exists() and not path.suffix and path.name == given.strip()


def _warn(text: str) -> None:
    warnings.warn(text, LexiconWarning, stacklevel=6)


def _with_cells(rows: _Numbered, file: str) -> dict[int, dict[str, str]]:
    """The rows in which any cell is filled, by number; a column of a spreadsheet has gaps."""
    found = dict(rows)
    blank = [number for number, row in found.items() if not "".join(row.values()).strip()]
    if blank:
        _warn(f"{file}: left out as empty: row {first_of(blank)}")
    return {number: row for number, row in found.items() if number not in blank}


def _warn_of_unsure(rows: Mapping[int, Mapping[str, str]], file: str) -> None:
    unsure = [
        f"{row['word']!r} (row {number})"
        for number, row in rows.items()
        if _UNSURE.search(row["word"])
    ]
    if unsure:
        _warn(
            f"{file}: read as one word: {first_of(unsure)}; if it is several, write one a line, "
            "and behind it no more than a tag of tagset.csv"
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
    columns, needed = [column.name for column in TABLES[name].columns], TABLES[name].needed
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
        names = needed if len(cells) == len(needed) else columns
        yield number, dict(zip(names, cells, strict=False))


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
