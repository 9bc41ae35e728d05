"""Read a table file into rows, and a folder or a table of texts into documents."""

import csv
import datetime as dt
import gzip
import io
import json
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from policytext.corpus.encoding import Decoded, decode
from policytext.corpus.issues import CorpusError, DocumentError, Issue, none_left, unknown_values
from policytext.corpus.metadata import DOCUMENT_COLUMNS, recognise
from policytext.lexicon.lexicon import Lexicon
from policytext.tables import EXCEL_CELL

Cells = dict[str, Any]


class Rows(NamedTuple):
    """A table as it is read.

    ``rows`` has the cells of each row by column, missing ones None, under the number that a
    spreadsheet gives the row (the header is 1). ``left`` has a note for each row that cannot be
    read, ``notes`` what else is to be said.
    """

    header: list[str]
    rows: dict[int, Cells]
    notes: list[Issue]
    left: list[Issue] = []  # noqa: RUF012 (of a tuple, and never changed)


def read_rows(path: Path, encoding: str | None = None) -> Rows:
    """Read a table file of any of the kinds that ``KINDS`` lists.

    Args:
        path: The file.
        encoding: Of a .csv, .tsv or .jsonl file; detected where it is not named.

    Raises:
        CorpusError: It, or none of its rows, can be read.
    """
    kind = path.name.removesuffix(".gz").rpartition(".")[2].lower()
    if (path.name.endswith(".gz") and kind != "jsonl") or kind not in KINDS:
        raise CorpusError(
            f"{path.name}: not .csv, .tsv, .xlsx, .jsonl, .jsonl.gz or .parquet; save the table as "
            "one of them, or put text files into a folder and give its path"
        )
    try:
        if not path.stat().st_size:
            raise CorpusError(f"{path.name}: the file is empty; fill it or take it out")
        table = KINDS[kind](path, encoding)
    except OSError as error:
        raise CorpusError(
            f"{path.name}: cannot be opened ({error.strerror or error}); see whether it may be read"
        ) from None
    if not table.rows and table.left:
        raise none_left(path.name, table.left)
    if not table.rows:
        raise CorpusError(f"{path.name}: no row under the header; add one for each text")
    return table


def _read_csv(path: Path, encoding: str | None) -> Rows:
    decoded = decode(path.read_bytes(), path.name, encoding)
    first = decoded.text.partition("\n")[0]
    # Commas, or tabs or semicolons where the header has more of them.
    order = "\t,;" if path.suffix.lower() == ".tsv" else ",;\t"
    mark = max(order, key=first.count)
    reader = csv.reader(io.StringIO(decoded.text, newline=""), delimiter=mark, strict=True)
    rows: dict[int, Cells] = {}
    left: list[Issue] = []
    with _cells_of_any_length():
        try:
            header = _header(next(reader, []))
            for number, cells in enumerate(reader, start=2):
                if len(cells) == len(header) and any(cells):
                    rows[number] = dict(zip(header, (cell or None for cell in cells), strict=True))
                elif any(cells):
                    found = f"not as many cells as headings ({len(cells)}, {len(header)})"
                    fix = "put a cell that holds a comma in double quotes"
                    left.append(DocumentError(f"{path.name}, row {number}", found, fix).note)
        except csv.Error as error:
            raise CorpusError(
                f"{path.name}, row {max(rows, default=1) + 1}: {error}; write a quotation mark "
                'inside a cell twice ("") and put the cell between two more'
            ) from None
    return Rows(header, rows, encoding_notes(path.name, decoded), left)


def _header(cells: Iterable[object]) -> list[str]:
    names = ["" if cell is None else str(cell).strip() for cell in cells]
    return [name or f"column {number}" for number, name in enumerate(names, start=1)]


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


def _read_jsonl(path: Path, encoding: str | None) -> Rows:
    data = path.read_bytes()
    if path.name.endswith(".gz"):
        data = _unzipped(path.name, data)
    decoded = decode(data, path.name, encoding)
    # Not splitlines: U+2028 and its like may stand unescaped inside a JSON string.
    rows: dict[int, Cells] = {}
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
    except (OSError, EOFError) as error:
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


def _read_xlsx(path: Path, encoding: str | None) -> Rows:
    # Here, not above: openpyxl takes a fifth of a second that only its own files are worth.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError) as error:
        raise CorpusError(f"{path.name}: no Excel workbook ({error}); save it as .xlsx") from None
    sheet = book.worksheets[0]
    lines = sheet.iter_rows(values_only=True)
    names = list(next(lines, ()))
    while names and names[-1] in (None, ""):  # what formatting leaves on the right
        names.pop()
    header = _header(names)
    rows = {
        number: dict(zip(header, map(_plain, cells), strict=False))
        for number, cells in enumerate(lines, start=2)
        if any(cell not in (None, "") for cell in cells)
    }
    others = [other.title for other in book.worksheets[1:]]
    book.close()
    return Rows(header, rows, list(_sheet_notes(path.name, sheet.title, others, rows)))


def _plain(cell: object) -> object:
    """A date without its midnight, a whole number without its .0; an empty cell is missing."""
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    if isinstance(cell, dt.datetime | dt.date | dt.time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return None if cell == "" else cell


def _sheet_notes(
    file: str, sheet: str, others: list[str], rows: Mapping[int, Cells]
) -> Iterator[Issue]:
    if others:
        found = f"only {sheet!r} was read, not {', '.join(others)}"
        yield Issue(file, None, "warning", "more sheets", found, "put all texts on the first sheet")

    for number, cells in rows.items():
        if any(isinstance(cell, str) and len(cell) >= EXCEL_CELL for cell in cells.values()):
            found = f"row {number} has a cell of {EXCEL_CELL} characters, the most Excel keeps"
            fix = "the end of the text may be lost; keep long texts as files"
            yield Issue(file, None, "warning", "cut cell", found, fix)


def _read_parquet(path: Path, encoding: str | None) -> Rows:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise CorpusError(f"{path.name}: no Parquet file ({error}); save the table again") from None
    rows = {
        number: {key: _plain(cell) for key, cell in cells.items()}
        for number, cells in enumerate(table.to_pylist(), start=1)
    }
    return Rows(_header(table.column_names), rows, [])


KINDS: dict[str, Callable[[Path, str | None], Rows]] = {
    "csv": _read_csv,
    "tsv": _read_csv,
    "xlsx": _read_xlsx,
    "jsonl": _read_jsonl,
    "parquet": _read_parquet,
}

LISTING = "documents.csv"
# What import_files can make a text of.
IMPORTABLE = (".docx", ".pdf", ".html", ".htm", ".md", ".zip")
_LACKS = {
    "file": "add one with the names of the text files",
    "text": "it has {header}; say which of them holds the texts: "
    'read_corpus(path, columns={{"text": "…"}})',
}


Names = Mapping[str, str] | None  # what a table calls our columns


class ReadResult(NamedTuple):
    """The result of a reader: one row a document, the texts by document, and notes."""

    rows: list[Cells]
    sources: dict[str, str]
    notes: list[Issue]


def _documents(
    path: Path, needed: str, columns: Names, encoding: str | None, lexicon: Lexicon | None
) -> tuple[dict[int, Cells], list[Issue], Iterator[Issue]]:
    """The rows of a table under our column names, notes on the table, and on its values."""
    header, rows, notes, left = read_rows(path, encoding)
    ours, recognised = recognise(header, path.name, columns, lexicon)
    if needed not in ours.values():
        lacks = _LACKS[needed].format(header=", ".join(header))
        raise CorpusError(f"{path.name}: no column {needed!r}; {lacks}")
    named = {
        number: {ours.get(name, name): cell for name, cell in cells.items()}
        for number, cells in rows.items()
    }
    return named, [*notes, *recognised, *left], unknown_values(path.name, named.items())


def read_table(
    path: Path, columns: Names, encoding: str | None, lexicon: Lexicon | None
) -> ReadResult:
    """Read a table with a text in each row, or raise a CorpusError with file, row and fix."""
    rows, notes, unknown = _documents(path, "text", columns, encoding, lexicon)
    sources: dict[str, str] = {}
    documents = []
    left: list[Issue] = []
    for count, (number, cells) in enumerate(rows.items(), start=1):
        where = f"{path.name}, row {number}"
        try:
            document = _of_row(path.name, where, cells, f"{path.name.split('.')[0]}-{count}")
        except DocumentError as error:
            left.append(error.note)
            continue
        if document["doc"] in sources:
            raise CorpusError(f"{where}: two documents are called {document['doc']}; rename one")
        sources[document["doc"]] = document.pop("text")
        documents.append(document)
    if not documents:
        raise none_left(path.name, left)
    return ReadResult(documents, sources, [*notes, *left, *unknown])


def _of_row(name: str, where: str, cells: Cells, doc: str) -> Cells:
    """The document of a row: text and known columns as strings, the user's own as they are."""
    if not str(cells["text"] or "").strip():
        raise DocumentError(where, "the text is empty", "fill it in or delete it")
    row = {
        key: str(cell) if key in (*DOCUMENT_COLUMNS, "text") and cell is not None else cell
        for key, cell in cells.items()
    }
    try:
        row["text"].encode("utf-8")
    except UnicodeEncodeError as error:
        found = f"character {error.start} of the text is half a character (a surrogate)"
        raise DocumentError(where, found, "write the table again from its source") from None
    return row | {"doc": row.get("doc") or doc, "file": name, "start": 0, "end": len(row["text"])}


def read_folder(
    folder: Path, columns: Names, encoding: str | None, lexicon: Lexicon | None
) -> ReadResult:
    """Read the files that documents.csv names, or else every .txt file of the folder.

    A document that cannot be read is left out, with a note; what is wrong with the listing as a
    whole, or with every document, is an error.

    Raises:
        CorpusError: With file, row and fix in its message.
    """
    if (folder / LISTING).is_file():
        listed, notes, unknown = _documents(folder / LISTING, "file", columns, None, lexicon)
        rows = [cells | {"row": number} for number, cells in listed.items()]
        notes += unknown
    else:
        rows, notes = [{"file": name} for name in _text_files(folder)], _note_unread_files(folder)
    if not rows:
        why = f"; {notes[0].detail}: {notes[0].fix}" if notes else ""
        raise CorpusError(
            f"{folder}: no .txt file" + (why or f" and no {LISTING}; put texts into the folder")
        )
    _name(rows)
    texts: dict[str, Decoded | DocumentError] = {}  # by file, each of which is read once
    kept, left = [], []
    for row in rows:
        if row["file"] and row["file"] not in texts:
            texts[row["file"]] = _read_text(folder, row, encoding)
        try:
            kept.append(_placed(row, texts.get(row["file"])))
        except DocumentError as error:
            left.append(error.note)
    if not kept:
        raise none_left(folder, left)
    notes += dict.fromkeys(left)
    read = {name: text for name, text in texts.items() if isinstance(text, Decoded)}
    for name, text in read.items():
        notes += encoding_notes(name, text)
    return ReadResult(kept, {row["doc"]: read[row["file"]].text for row in kept}, notes)


def _text_files(folder: Path) -> list[str]:
    """The .txt files, in sub-folders too; not what begins with a dot, as system files do."""
    # Not is_file: a link that leads nowhere is to be named.
    names = [path.relative_to(folder) for path in folder.rglob("*") if not path.is_dir()]
    visible = [name for name in names if not any(part.startswith(".") for part in name.parts)]
    return sorted(name.as_posix() for name in visible if name.suffix.lower() == ".txt")


def _note_unread_files(folder: Path) -> list[Issue]:
    """A note on files that could be texts and are not read."""
    others = sorted(p.name for p in folder.iterdir() if p.suffix.lower() in IMPORTABLE)
    if not others:
        return []
    found = f"{len(others)} files are not read, such as {others[0]}"
    fix = "pt.import_files makes texts of them"
    return [Issue(folder.name, None, "warning", "files left out", found, fix)]


def _name(rows: list[Cells]) -> None:
    """Give every row its doc: by default the file's stem, numbered where a file holds several."""
    pieces = Counter(row["file"] for row in rows)
    seen: Counter[str] = Counter()
    names: set[str] = set()
    for row in rows:
        name = row["file"]
        seen[name] += 1
        stem = Path(name or "").stem + (f"-{seen[name]}" if pieces[name] > 1 else "")
        row["doc"] = row.get("doc") or stem
        if row["doc"] in names:
            raise CorpusError(f"{_where(row)}: two documents are called {row['doc']}; rename one")
        names.add(row["doc"])


def _where(row: Mapping[str, Any]) -> str:
    """The row of the listing, or without a listing the file."""
    return f"{LISTING}, row {row['row']}" if "row" in row else str(row["file"])


def _read_text(folder: Path, row: Cells, encoding: str | None) -> Decoded | DocumentError:
    """The text of a row's file, or why it cannot be read."""
    name = row["file"]
    path = folder / name.replace("\\", "/")  # as a listing made on Windows has it
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            fix = "move it into the folder"
            return DocumentError(_where(row), f"{name} lies outside {folder}", fix)
        if not path.is_file():
            fix = "correct the name, or take it out"
            return DocumentError(_where(row), f"{folder} has no file {name}", fix)
        decoded = decode(path.read_bytes(), name, row.get("encoding") or encoding)
    except DocumentError as error:
        return error
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        why = getattr(error, "strerror", None) or str(error)
        fix = "see whether it may be read, or take it out"
        return DocumentError(name, f"cannot be opened ({why})", fix)
    if not decoded.text.strip():
        return DocumentError(name, "the file is empty", "fill it or take it out")
    return decoded


def _placed(row: Cells, read: Decoded | DocumentError | None) -> Cells:
    """The row with its start and end: by default the whole file."""
    if read is None:
        raise DocumentError(_where(row), "no file", "name one or delete the row")
    if isinstance(read, DocumentError):
        raise read
    text, length = read.text, len(read.text)
    try:
        start = int(row.get("start") or 0)
        end = int(row.get("end") or length)
    except ValueError:
        fix = "start and end must be whole numbers or empty"
        raise DocumentError(_where(row), f"{row.get('start')}–{row.get('end')}", fix) from None
    if not 0 <= start < end <= length or not text[start:end].strip():
        found = f"{start}–{end} is no stretch of {row['file']}, which has {length} code points"
        raise DocumentError(_where(row), found, "correct start and end")
    return {key: cell for key, cell in row.items() if key != "row"} | {"start": start, "end": end}
