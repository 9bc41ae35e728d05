"""Read a table file into rows: its header, its cells, and what is to be said of them."""

import csv
import datetime as dt
import gzip
import io
import json
import re
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, TypeGuard

from policytext.corpus.encoding import Decoded, decode
from policytext.corpus.headers import TOP, below_title, header_of, holds, spanned
from policytext.corpus.issues import CorpusError, DocumentError, Issue, none_left
from policytext.tables import EXCEL_CELL

Cells = dict[str, Any]
Number = int | str  # of a row, with its sheet where a workbook has several
Meaning = Callable[[str], str]  # gives headings that mean the same one name


class Rows(NamedTuple):
    """A table as it is read.

    ``rows`` has the cells of each row by column, missing ones None, under the number that a
    spreadsheet gives the row (the header is 1), with its sheet if there are several. ``left`` has
    a note for each row that cannot be read, ``notes`` what else is to be said.
    """

    header: list[str]
    rows: dict[Number, Cells]
    notes: list[Issue]
    left: list[Issue] = []  # noqa: RUF012 (of a tuple, and never changed)


def read_rows(path: Path, encoding: str | None = None, meaning: Meaning = str) -> Rows:
    """Read a table file of any of the kinds that ``KINDS`` lists.

    Args:
        path: The file.
        encoding: Of a .csv, .tsv or .jsonl file; detected where it is not named.
        meaning: By which sheets whose headings are synonyms are one table.

    Raises:
        CorpusError: It, or none of its rows, can be read.
    """
    kind = path.name.removesuffix(".gz").rpartition(".")[2].lower()
    if (path.name.endswith(".gz") and kind != "jsonl") or kind not in KINDS:
        raise CorpusError(
            f"{path.name}: not .csv, .tsv, .xlsx, .xls, .jsonl, .jsonl.gz or .parquet; save the "
            "table as one of them, or put text files into a folder and give its path"
        )
    try:
        if not path.stat().st_size:
            raise CorpusError(f"{path.name}: the file is empty; fill it or take it out")
        table = KINDS[kind](path, encoding, meaning)
    except OSError as error:
        raise CorpusError(
            f"{path.name}: cannot be opened ({error.strerror or error}); see whether it may be read"
        ) from None
    if not table.rows and table.left:
        raise none_left(path.name, table.left)
    if not table.rows:
        raise CorpusError(f"{path.name}: no row under the header; add one for each text")
    notes = [*table.notes, *_cut_cells(path.name, table.rows)]
    return _without_blank_columns(table._replace(notes=notes))


def _without_blank_columns(table: Rows) -> Rows:
    """Without the columns that have neither a name nor a cell, as formatting leaves them."""
    blank = {
        name
        for number, name in enumerate(table.header, start=1)
        if name == f"column {number}"
        and not any(map(holds, (row.get(name) for row in table.rows.values())))
    }
    rows = {
        number: {name: cell for name, cell in row.items() if name not in blank}
        for number, row in (table.rows.items() if blank else ())
    }
    header = [name for name in table.header if name not in blank]
    return table._replace(header=header, rows=rows or table.rows)


# Before what looks like a formula a spreadsheet, and ours, writes an apostrophe: '——2021年报告.
_FORMULA_MARK = re.compile(r"^'(?=[=+\-@\t\r])")


def _read_csv(path: Path, encoding: str | None, meaning: Meaning) -> Rows:
    decoded = decode(path.read_bytes(), path.name, encoding)
    text, mark, above = _delimited(decoded.text, path.suffix.lower() == ".tsv")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    lines: dict[int, Sequence[object]] = {}
    with _cells_of_any_length():
        try:
            for number, cells in enumerate(reader, start=1 + above):
                lines[number] = [_FORMULA_MARK.sub("", cell) or None for cell in cells]
        except csv.Error as error:
            raise CorpusError(
                f"{path.name}, row {max(lines, default=above) + 1}: {error}; write a quotation "
                'mark inside a cell twice ("") and put the cell between two more'
            ) from None
    header, lines, notes = below_title(path.name, lines)
    rows: dict[Number, Cells] = {}
    left: list[Issue] = []
    for number, line in lines.items():
        row = list(line)
        while len(row) > len(header) and not holds(row[-1]):  # commas behind the last cell
            row.pop()
        if len(row) == len(header):
            rows[number] = dict(zip(header, row, strict=True))
        else:
            found = f"not as many cells as headings ({len(row)}, {len(header)})"
            fix = "put a cell that holds a comma in double quotes"
            left.append(DocumentError(f"{path.name}, row {number}", found, fix).note)
    return Rows(header, rows, [*encoding_notes(path.name, decoded), *notes], left)


# What Excel writes above a table whose cells are not divided by commas.
_NAMED_MARK = re.compile(r"sep=(.)\r?\n")


def _delimited(text: str, tabs: bool) -> tuple[str, str, int]:
    """The table, the mark between its cells, and how many lines above it name that mark."""
    if named := _NAMED_MARK.match(text):
        return text[named.end() :], named[1], 1
    order = "\t,;|" if tabs else ",;\t|"
    head = text.split("\n", TOP)[:TOP]
    # A title above the header has marks only behind it.
    first = next(
        (line for line in head if any(mark in line.strip(f"{order}\r") for mark in order)), ""
    )
    return text, max(order, key=first.count), 0


@contextmanager
def _cells_of_any_length() -> Iterator[None]:
    """The csv module refuses cells of more than 131,072 characters: a report can be longer."""
    before = csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    try:
        yield
    finally:
        csv.field_size_limit(before)


def encoding_notes(file: str, decoded: Decoded) -> list[Issue]:
    """A note on the encoding of a file, if it had to be guessed."""
    if not decoded.guessed:
        return []
    fix = "if characters look wrong, name the encoding or save the file as UTF-8"
    return [Issue(file, None, "guess", "encoding", f"read as {decoded.encoding}", fix)]


def _read_jsonl(path: Path, encoding: str | None, meaning: Meaning) -> Rows:
    data = path.read_bytes()
    if path.name.endswith(".gz"):
        data = _unzipped(path.name, data)
    decoded = decode(data, path.name, encoding)
    # Not splitlines: U+2028 and its like may stand unescaped inside a JSON string.
    rows: dict[Number, Cells] = {}
    left: list[Issue] = []
    for number, line in enumerate(decoded.text.split("\n"), start=1):
        try:
            if line.strip():
                rows[number] = _object(f"{path.name}, row {number}", line)
        except DocumentError as error:
            left.append(error.note)
    header = list(dict.fromkeys(chain.from_iterable(rows.values())))
    rows = {number: {key: row.get(key) for key in header} for number, row in rows.items()}
    return Rows(header, rows, encoding_notes(path.name, decoded), left)


def _unzipped(name: str, data: bytes) -> bytes:
    try:
        return gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise CorpusError(f"{name}: the gzip file is damaged ({error}); get it again") from None


def _object(where: str, line: str) -> Cells:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        found = f"no JSON ({error.msg} at character {error.colno})"
        raise DocumentError(where, found, "write one object {…} on each line") from None
    except (ValueError, RecursionError) as error:  # a number too long, brackets too deep
        raise DocumentError(where, f"no JSON ({error})", "put the text in quotes") from None
    if not isinstance(row, dict):
        raise DocumentError(where, "no JSON object", "write one object {…} a line")
    return row


class _Sheet(NamedTuple):
    """A sheet of a workbook: the cells by the number of their row, and the ranges that are one."""

    title: str
    lines: Mapping[int, Sequence[object]]
    merged: Iterable[Any]
    shown: bool
    hidden: list[int]  # rows


def _read_workbook(path: Path, encoding: str | None, meaning: Meaning) -> Rows:
    data = path.read_bytes()
    zipped, old = data.startswith(b"PK"), data.startswith(b"\xd0\xcf\x11\xe0")
    # What web sites call .xls is often a text.
    if path.suffix.lower() == ".xls" and not (zipped or old or data.lstrip().startswith(b"<")):
        return _read_csv(path, encoding, meaning)
    read = _old if old else _modern
    try:
        sheets = list(read(io.BytesIO(data)))
    except Exception as error:  # the libraries raise whatever a damaged file lets them stumble over
        found = "no Excel workbook, a damaged one, or one with a password"
        fix = "open it in Excel or WPS and save it as .xlsx, without a password, or get it again"
        raise CorpusError(f"{path.name}: {found}; {fix}") from error
    tables = {sheet.title: _of_one(path.name, sheet) for sheet in sheets}
    table = _alike(path.name, tables, [sheet.title for sheet in sheets if sheet.shown], meaning)
    return table._replace(notes=[*table.notes, *(_unreckoned(path.name, data) if zipped else ())])


# A formula in whose cell no value is kept; one whose result is an empty text has t="str".
_FORMULA = re.compile(
    rb"""
    <c (?! [^>]*[ ]t="str" ) [^>]* >   # a cell, of another type than text
    <f [^<]* (?:</f>)?                 # its formula
    (?: <v[ ]?/> | <v></v> )? </c>     # an empty value, or none
    """,
    re.VERBOSE,
)


def _unreckoned(file: str, data: bytes) -> Iterator[Issue]:
    """A note on formulae without values, as programs that do not reckon write them."""
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        names = [name for name in held.namelist() if name.startswith("xl/worksheets/sheet")]
        count = sum(len(_FORMULA.findall(held.read(name))) for name in names)
    if count:
        found = f"{count} cells have a formula and no value; they are read as empty"
        fix = "open it in Excel or WPS and save it"
        yield Issue(file, None, "warning", "failed formula", found, fix)


def _modern(file: io.BytesIO) -> Iterator[_Sheet]:
    # Here, not above: openpyxl takes a fifth of a second that only its own files are worth.
    from openpyxl import load_workbook

    # Not read_only, which does not say which cells are merged.
    for sheet in load_workbook(file, data_only=True).worksheets:
        # A sheet has a million rows as soon as one of them is formatted.
        filled = [place for place, cell in sheet._cells.items() if cell.value is not None]
        rows, columns = map(max, zip((1, 1), *filled, strict=True))
        values = sheet.iter_rows(max_row=rows, max_col=columns, values_only=True)
        lines = {number: list(row) for number, row in enumerate(values, start=1)}
        hidden = [number for number, row in sheet.row_dimensions.items() if row.hidden]
        shown = sheet.sheet_state == "visible"
        yield _Sheet(sheet.title, lines, sheet.merged_cells.ranges, shown, hidden)


def _old(file: io.BytesIO) -> Iterator[_Sheet]:
    """The sheets of an .xls file."""
    import xlrd
    from openpyxl.worksheet.cell_range import CellRange

    said = io.StringIO()  # what it thinks of a file
    book = xlrd.open_workbook(file_contents=file.read(), formatting_info=True, logfile=said)
    for sheet in book.sheets():
        lines = {
            number: [_of_old(cell, book.datemode) for cell in row]
            for number, row in enumerate(sheet.get_rows(), start=1)
        }
        merged = [
            CellRange(min_row=top + 1, max_row=below, min_col=left + 1, max_col=right)
            for top, below, left, right in sheet.merged_cells
        ]
        hidden = [number + 1 for number, row in sheet.rowinfo_map.items() if row.hidden]
        yield _Sheet(sheet.name, lines, merged, sheet.visibility == 0, hidden)


def _of_old(cell: Any, datemode: int) -> object:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate_as_datetime(cell.value, datemode)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#N/A")
    return cell.value


def _of_one(file: str, sheet: _Sheet) -> Rows:
    """The table on a sheet."""
    header, below, notes = below_title(file, sheet.lines)
    header = spanned(header, sheet.merged, sheet.lines)
    notes += [*_fill_merged(file, sheet.merged, below), *_faults(file, below)]
    if hidden := sorted(below.keys() & sheet.hidden):
        others = f" and {len(hidden) - 1} more are" if hidden[1:] else " is"
        found = f"row {hidden[0]}{others} hidden, and read like the others"
        fix = "delete those that do not belong to it"
        notes.append(Issue(file, None, "warning", "hidden rows", found, fix))
    rows: dict[Number, Cells] = {
        number: dict(zip(header, map(_of_sheet, cells), strict=False))
        for number, cells in below.items()
    }
    return Rows(header, rows, notes)


def _alike(file: str, sheets: Mapping[str, Rows], shown: list[str], meaning: Meaning) -> Rows:
    """The sheet with the most text, and those that have its columns, as one table."""
    filled = {title: sheets[title] for title in shown if sheets[title].rows}
    most = max(filled.values(), key=_length, default=Rows([], {}, []))
    same = {
        title: table
        for title, sheet in filled.items()
        if (table := _renamed(sheet, most.header, meaning))
        and not (set(table.header) - set(most.header) and set(most.header) - set(table.header))
    }
    notes = [note for table in same.values() for note in table.notes]
    if others := [title for title in sheets if title not in same and sheets[title].header]:
        were = "was" if len(same) == 1 else "were"
        found = f"only {', '.join(map(repr, same))} {were} read, not {', '.join(others)}"
        fix = "give the sheets with texts the same headings, and hide none"
        notes.append(Issue(file, None, "warning", "more sheets", found, fix))
    if len(same) < 2:
        return most._replace(notes=notes)
    header = dict.fromkeys(name for table in same.values() for name in (*table.header, "sheet"))
    rows: dict[Number, Cells] = {
        f"{number} of sheet {title}": dict.fromkeys(header) | cells | {"sheet": title}
        for title, table in same.items()
        for number, cells in table.rows.items()
    }
    return Rows(list(header), rows, notes)


def _renamed(table: Rows, header: list[str], meaning: Meaning) -> Rows:
    """The table under those headings of another that mean the same: 内容 as 正文."""
    named = {meaning(name): name for name in header}
    others = [name for name in table.header if name not in header]
    names = {name: new for name in others if (new := named.get(meaning(name))) is not None}
    names = {name: new for name, new in names.items() if new not in table.header}
    if not names:
        return table
    rows: dict[Number, Cells] = {
        number: {names.get(name, name): cell for name, cell in row.items()}
        for number, row in table.rows.items()
    }
    return table._replace(header=[names.get(name, name) for name in table.header], rows=rows)


def _length(table: Rows) -> int:
    return sum(len(cell) for row in table.rows.values() for cell in row.values() if _is_text(cell))


def _fill_merged(file: str, ranges: Iterable[Any], lines: dict[int, Any]) -> Iterator[Issue]:
    """Write what a cell merged over several rows says into each of them."""
    for merged in ranges:
        rows = range(merged.min_row, merged.max_row + 1)
        # Cells to the right of all that are filled may be merged as well.
        spanned = [row for row in rows if merged.min_col <= len(lines.get(row, ()))]
        for row in spanned[1:]:
            lines[row][merged.min_col - 1] = lines[spanned[0]][merged.min_col - 1]
        if len(spanned) > 1:
            found = f"the cells {merged.coord} are one; each of their rows has its value"
            yield Issue(file, None, "guess", "merged cells", found, "see whether each row should")


# What stands in the cell of a formula that Excel could not work out.
_FAULT = re.compile(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)")
# How a workbook writes a control character, such as the carriage return.
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def _of_sheet(cell: object) -> object:
    """A workbook's cell: what a failed formula left is missing, and escapes are characters.

    >>> _of_sheet("#REF!"), _of_sheet("一_x000D_二")
    (None, '一\\r二')
    """
    if not isinstance(cell, str):
        return _plain(cell)
    if _FAULT.fullmatch(cell):
        return None
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), cell) or None


def _plain(cell: object) -> object:
    """A date without its midnight, a whole number without its .0; an empty cell is missing."""
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    if isinstance(cell, dt.datetime | dt.date | dt.time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return None if cell == "" else cell


def _faults(file: str, lines: Mapping[int, Any]) -> Iterator[Issue]:
    for number, line in lines.items():
        for cell in line:
            if isinstance(cell, str) and _FAULT.fullmatch(cell):
                found = f"row {number} has {cell} where a formula failed; it is read as empty"
                yield Issue(file, None, "warning", "failed formula", found, "write the value there")


def _cut_cells(file: str, rows: Mapping[Number, Cells]) -> Iterator[Issue]:
    """Notes on cells that have just as many characters as Excel keeps, also where it wrote text."""
    for number, cells in rows.items():
        if any(_is_text(cell) and _units(cell) == EXCEL_CELL for cell in cells.values()):
            found = f"row {number} has a cell of {EXCEL_CELL} characters, the most Excel keeps"
            fix = "the end of the text may be lost; keep long texts as files"
            yield Issue(file, None, "warning", "cut cell", found, fix)


def _units(cell: str) -> int:
    """The length as Excel counts it, rare characters twice."""
    return (
        len(cell) if len(cell) < EXCEL_CELL // 2 else len(cell.encode("utf-16-le", "replace")) // 2
    )


def _is_text(cell: object) -> TypeGuard[str]:
    return isinstance(cell, str)


def _read_parquet(path: Path, encoding: str | None, meaning: Meaning) -> Rows:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path)
    except (pa.ArrowInvalid, OSError) as error:
        found = "no Parquet file, or a damaged one"
        raise CorpusError(f"{path.name}: {found}; save the table again, as .csv") from error
    rows: dict[Number, Cells] = {
        number: {key: _plain(cell) for key, cell in cells.items()}
        for number, cells in enumerate(table.to_pylist(), start=1)
    }
    return Rows(header_of(table.column_names), rows, [])


KINDS: dict[str, Callable[[Path, str | None, Meaning], Rows]] = {
    "csv": _read_csv,
    "tsv": _read_csv,
    **dict.fromkeys(("xlsx", "xlsm", "xls", "et"), _read_workbook),
    "jsonl": _read_jsonl,
    "parquet": _read_parquet,
}
