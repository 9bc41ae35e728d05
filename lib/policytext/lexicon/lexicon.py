"""Read and check the lexicon: what is known about the world, in ``data/lexicon/*.csv``.

Every table is a CSV file with a header that a researcher can edit; ``schema.toml`` says what its
columns take. Read is whatever a spreadsheet saves: UTF-8, GB18030 or UTF-16; commas, semicolons or
tabs; any line ends.
"""

import csv
import hashlib
import io
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from itertools import starmap
from pathlib import Path

import pandas as pd

from policytext.lexicon.check import SHEET_ERROR, SHOWN, faults, kept, unknown
from policytext.lexicon.schema import FOLDER, TABLES, Fault, Sheet, Table

_SEPARATORS = ",;\t|"
# What holds a table and is not read, so that nobody edits it in vain.
_OTHER_SUFFIXES = frozenset((".tsv", ".txt", ".xlsx", ".xls", ".xlsm", ".ods", ".et", ".numbers"))
_MARKED = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_SAVE = "save it as CSV UTF-8 from the spreadsheet"
# So many characters tell Big5 from GB18030.
_ENOUGH = 6
_HAN = re.compile("[\u3400-\u9fff]")


class LexiconError(ValueError):
    """A lexicon cannot be used; the message names file, row, column and what to write instead."""


class LexiconWarning(UserWarning):
    """A lexicon was read, and something in its files has no effect."""


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
        rows = self[table]
        for name, value in where.items():
            rows = rows[rows[name] == value]
        return frozenset(rows[column]) - {""}


FileFault = tuple[str, Fault]  # a file and a fault in it


def _message(file: str, fault: Fault) -> str:
    row = f", row {fault.row}" if fault.row else ""
    column = f", {fault.column}" if fault.column else ""
    return f"{file}{row}{column}: {fault.wrong}; {fault.instead}"


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
    wrong = _check_folder(folder)
    sheets: dict[str, Sheet] = {}
    for name, table in TABLES.items():
        if (path := folder / f"{name}.csv").is_file():
            found = _read_sheet(path, table)
            if isinstance(found, Sheet):
                sheets[name] = found
            else:
                wrong += [(path.name, fault) for fault in found]
    wrong += check(sheets)
    if wrong:
        more = f"\n… and {len(wrong) - SHOWN} more" if len(wrong) > SHOWN else ""
        raise LexiconError("\n".join(starmap(_message, wrong[:SHOWN])) + more)
    tables = {name: pd.DataFrame(sheet.columns, dtype=str) for name, sheet in sheets.items()}
    return Lexicon(tables, _digest(sheets))


@cache
def default_lexicon() -> Lexicon:
    """The lexicon of the collection, read once."""
    return read_lexicon(FOLDER)


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


# --- the folder and its files ---------------------------------------------------------------------


def _check_folder(folder: Path) -> list[FileFault]:
    """Find missing files, and tables that are not read."""
    if not folder.is_dir():
        what = "is a file" if folder.exists() else "no such folder"
        raise LexiconError(f"{folder}: {what}; give the path of a copy of data/lexicon")
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


def _read_sheet(path: Path, table: Table) -> Sheet | list[Fault]:
    """The cells of a file, or what keeps it from being read."""
    data = path.read_bytes()
    if data.startswith(_WORKBOOKS):
        return [Fault(None, "", "is a workbook, whatever its name", _SAVE)]
    try:
        text = decoded(data)
    except UnicodeError:
        return [Fault(None, "", "is neither UTF-8 nor GB18030 nor UTF-16", _SAVE)]
    names = [column.name for column in table.columns]
    records, unclosed = _records(text, names)
    header = [name.strip() for name in records[0]] if records else []
    found = _in_header(header, names, path.name) + _in_rows(records, len(header), text) + unclosed
    return found or _sheet(records, header, table)


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


def _records(text: str, names: Sequence[str]) -> tuple[list[list[str]], list[Fault]]:
    """The rows of a table as lists of cells, empty for a blank line, and a mark left open."""
    text = io.StringIO(text.lstrip("\ufeff"), newline=None).getvalue()
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


def _in_rows(records: Sequence[Sequence[str]], width: int, text: str) -> list[Fault]:
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


def signed(table: pd.DataFrame, lexicon: Lexicon) -> pd.DataFrame:
    """The table, with the name of the lexicon's content in its ``attrs``.

    >>> from policytext import default_lexicon
    >>> len(signed(pd.DataFrame(), default_lexicon()).attrs["lexicon"])
    12
    """
    table.attrs["lexicon"] = lexicon.hash
    return table
