"""Read a folder or a table of texts into documents."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from policytext.corpus.days import as_iso
from policytext.corpus.encoding import Decoded, decode, readable_name
from policytext.corpus.issues import CorpusError, DocumentError, Issue, none_left, unknown_values
from policytext.corpus.metadata import DOCUMENT_COLUMNS, code, meaning, recognise
from policytext.corpus.rows import KINDS, Cells, Number, Rows, encoding_notes, read_rows
from policytext.lexicon.lexicon import Lexicon, default_lexicon

LISTING = "documents.csv"
# What import_files can make a text of.
IMPORTABLE = (".docx", ".pdf", ".html", ".htm", ".md", ".markdown", ".zip")
TABLES = tuple(f".{kind}" for kind in KINDS)
# Days since 1899, by which Excel keeps a date: 1954 to 2064.
_SERIAL = range(20_000, 60_000)
# Such a day has its hours behind the point; of a column with gaps programs write 2021.0.
_NUMBER = re.compile(r"(\d{5})(?:\.\d+)?|(\d+)(?:\.0+)?")
# What programs write where there is nothing.
_NOTHING = ("", "nan", "none", "null", "<na>", "n/a")
_SHORTEST = 8  # characters of a text, on the average of a table

_SENTENCE = re.compile("[，。；].*[，。；]")

Names = Mapping[str, str] | None  # what a table calls our columns


class ReadResult(NamedTuple):
    """The result of a reader: one row a document, the texts by document, and notes."""

    rows: list[Cells]
    sources: dict[str, str]
    notes: list[Issue]


def _documents(
    path: Path, table: Rows, needed: str, columns: Names, lexicon: Lexicon | None
) -> tuple[dict[Number, Cells], list[Issue], Iterator[Issue]]:
    """The rows of a table under our column names, notes on the table, and on its values."""
    header, rows, notes, left = table
    ours, recognised = recognise(header, path.name, columns, lexicon)
    if needed not in ours.values():
        lacks = _lacking(needed, header, rows, lexicon)
        raise CorpusError(f"{path.name}: no column {needed!r}; {lacks}")
    ours, recognised = _without_shared_names(ours, recognised, rows, columns)
    named: dict[Number, Cells] = {
        number: {ours.get(name, name): _trimmed(ours.get(name), cell) for name, cell in row.items()}
        for number, row in rows.items()
    }
    recognised += code(path.name, named.values(), lexicon)
    return named, [*notes, *recognised, *left], unknown_values(path.name, named.items())


def _without_shared_names(
    ours: dict[str, str], notes: list[Issue], rows: Mapping[Number, Cells], columns: Names
) -> tuple[dict[str, str], list[Issue]]:
    """Without a column taken for the documents' names where several have the same.

    An ``id`` may be a place's; a column ``doc``, or one that is named as such, stays.
    """
    column = next((theirs for theirs, name in ours.items() if name == "doc" != theirs), None)
    if column is None or "doc" in (columns or {}):
        return ours, notes
    names = [row[column] for row in rows.values() if row[column]]
    if len(set(names)) == len(names):
        return ours, notes
    kept = {theirs: name for theirs, name in ours.items() if theirs != column}
    return kept, [note for note in notes if note.detail != f"{column} is read as doc"]


def _lacking(
    needed: str, header: list[str], rows: Mapping[Number, Cells], lexicon: Lexicon | None
) -> str:
    """What to do about a column that was not recognised: the likeliest one, named."""
    if needed == "file":
        return "add one with the names of the text files"
    known = (lexicon or default_lexicon())["column_names"]
    names = list(known["name"][known["column"] == needed])
    near = [name for name in header if get_close_matches(name, names, 1)]
    lengths = {name: sum(len(str(row[name] or "")) for row in rows.values()) for name in header}
    likely = near[0] if near else max(header, key=lambda name: lengths[name])
    if len(header) == 1 and (mark := re.search("[，；｜]", likely)):
        return f"its cells are parted by {mark[0]!r}; put commas or tabs in its place"
    if any(map(_SENTENCE.search, header)):
        return "its first row has a text and no headings; put title and text above it, or the like"
    if not near and lengths[likely] < _SHORTEST * len(rows):
        fix = 'add them, or name their column: read_corpus(path, columns={"text": …})'
        return f"it has {', '.join(header)}, none of which looks like texts; {fix}"
    half = lengths[likely] / 2
    if not near and len(several := [name for name in header if lengths[name] > half]) > 1:
        return (
            f"texts stand in several: {', '.join(several)}; write each into a row of its own, with "
            "what tells them apart, such as the year, in a column; or put them into one column, or "
            f"name one: --columns text={likely}"
        )
    return (
        f"it has {', '.join(header)}; if {likely} holds the texts, say so: "
        f'read_corpus(path, columns={{"text": "{likely}"}}), or --columns text={likely}'
    )


def _trimmed(column: str | None, cell: object) -> object:
    """A cell of ours, but a text, without blanks around it, and a date for Excel's day count."""
    if column == "date" and (number := _NUMBER.fullmatch(str(cell).strip())):
        cell = number[1] or number[2]
        if int(cell) in _SERIAL:
            return (dt.date(1899, 12, 30) + dt.timedelta(days=int(cell))).isoformat()
    if column is None or not isinstance(cell, str):
        return cell
    bare = cell.strip()
    if column == "text":
        return cell if bare else None
    if bare.lower() in _NOTHING:
        return None
    return as_iso(bare) if column == "date" else bare


def read_table(
    path: Path, columns: Names, encoding: str | None, lexicon: Lexicon | None
) -> ReadResult:
    """Read a table with a text in each row, or raise a CorpusError with file, row and fix."""
    table = read_rows(path, encoding, meaning(columns, lexicon))
    return _of_table(path, table, columns, lexicon)


def _of_table(path: Path, table: Rows, columns: Names, lexicon: Lexicon | None) -> ReadResult:
    rows, notes, unknown = _documents(path, table, "text", columns, lexicon)
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
    names = _text_files(folder)
    if listing := _listing(folder, bool(names)):
        table = read_rows(listing)
        listed, notes, unknown = _documents(listing, table, "file", columns, lexicon)
        rows = [c | {"row": f"{listing.name}, row {number}"} for number, c in listed.items()]
        notes += [*unknown, *_other_listings(listing)]
    else:
        rows, notes = [{"file": name} for name in names], list(_note_unread_files(folder))
        if not rows and (tables := _tables(folder)):
            return _read_tables(folder, tables, columns, encoding, lexicon)
    if not rows:
        why = f"; {notes[0].detail}: {notes[0].fix}" if notes else ""
        raise CorpusError(
            f"{folder}: no .txt file" + (why or f", {LISTING} or table; put texts into the folder")
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


def _listing(folder: Path, texts: bool) -> Path | None:
    """documents.csv, or where there are texts a workbook that it was saved as."""
    if (folder / LISTING).is_file():
        return folder / LISTING
    found = (folder / LISTING).with_suffix(".xlsx")
    return found if texts and found.is_file() else None


def _other_listings(listing: Path) -> Iterator[Issue]:
    book = listing.with_suffix(".xlsx")
    if book.is_file() and book != listing:
        found = f"it is read, and {book.name} beside it is not"
        yield Issue(listing.name, None, "warning", "two listings", found, "delete the older one")


def _text_files(folder: Path) -> list[str]:
    """The .txt files, in sub-folders too; not what begins with a dot, as system files do."""
    # Not is_file: a link that leads nowhere is to be named.
    names = [path.relative_to(folder) for path in folder.rglob("*") if not path.is_dir()]
    visible = [name for name in names if not any(part.startswith(".") for part in name.parts)]
    # A name that is not in UTF-8 is shown as it was meant, and said to be no file.
    texts = (name.as_posix() for name in visible if name.suffix.lower() == ".txt")
    return sorted(map(readable_name, texts))


def _tables(folder: Path) -> list[Path]:
    """The table files of a folder that has no texts, those of the system left out."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in TABLES)
    return sorted(path for path in found if not path.name.startswith((".", "~$")))


def _read_tables(
    folder: Path, tables: list[Path], columns: Names, encoding: str | None, lexicon: Lexicon | None
) -> ReadResult:
    """All texts of a folder of tables; a table that cannot be read is left out, with a note."""
    held: dict[Path, Rows] = {}
    read: dict[Path, ReadResult] = {}
    notes: list[Issue] = []
    for path in tables:
        try:
            held[path] = read_rows(path, encoding, meaning(columns, lexicon))
        except CorpusError as error:
            notes.append(_left_table(path.name, str(error)))
    for path, rows_of in held.items():
        try:
            read[path] = _of_table(path, rows_of, _of_these(columns, path, held), lexicon)
        except CorpusError as error:
            notes.append(_left_table(path.name, str(error)))
    if not read:
        raise none_left(folder, notes)
    rows = [row | {"path": path} for path, table in read.items() for row in table.rows]
    counts = Counter(row["doc"] for row in rows)
    stems = Counter(path.stem for path in read)
    sources: dict[str, str] = {}
    for row in rows:
        path, doc = row.pop("path"), row["doc"]
        name = path.relative_to(folder)
        row["file"] = name.as_posix()
        # Each table may count its rows from 1, and each sub-folder have a table of a year.
        stem = path.stem if stems[path.stem] == 1 else "-".join(name.with_suffix("").parts)
        own = doc.removeprefix(f"{path.stem}-")
        row["doc"] = doc if max(counts.values()) == 1 else f"{stem}-{own}"
        if row["doc"] in sources:
            raise CorpusError(f"{path}: two documents are called {row['doc']}; rename one")
        sources[row["doc"]] = read[path].sources[doc]
    return ReadResult(rows, sources, [*notes, *(n for table in read.values() for n in table.notes)])


def _of_these(columns: Names, path: Path, tables: Mapping[Path, Rows]) -> Names:
    """What ``columns`` says of a table: not what names a column that only others have."""
    only = {name for other in tables.values() for name in other.header} - {*tables[path].header}
    return {ours: named for ours, named in (columns or {}).items() if named not in only}


def _left_table(name: str, message: str) -> Issue:
    detail, _, fix = message.removeprefix(f"{name}: ").partition("; ")
    return Issue(name, None, "warning", "left out", detail, fix or "correct it or take it out")


def _note_unread_files(folder: Path) -> Iterator[Issue]:
    """Notes on files that could be texts, or say something of them, and are not read."""
    kinds = {path.name: path.suffix.lower() for path in sorted(folder.iterdir())}
    fixes = {
        "pt.import_files makes texts of them": IMPORTABLE,
        f"read them by themselves, or call one that describes the texts {LISTING}": TABLES,
    }
    for fix, unread in fixes.items():
        if others := [name for name, kind in kinds.items() if kind in unread]:
            found = f"{len(others)} files are not read, such as {others[0]}"
            yield Issue(folder.name, None, "warning", "files left out", found, fix)


def _name(rows: list[Cells]) -> None:
    """Give every row its doc: by default the file's stem, numbered where a file holds several."""
    pieces = Counter(row["file"] for row in rows)
    stems = Counter(_path(name).stem for name in pieces)
    seen: Counter[str] = Counter()
    names: set[str] = set()
    for row in rows:
        name = row["file"]
        seen[name] += 1
        path = _path(name)
        # Sub-folders may each have a file of a year.
        stem = path.stem if stems[path.stem] == 1 else "-".join(path.with_suffix("").parts)
        row["doc"] = row.get("doc") or stem + (f"-{seen[name]}" if pieces[name] > 1 else "")
        if row["doc"] in names:
            raise CorpusError(f"{_where(row)}: two documents are called {row['doc']}; rename one")
        names.add(row["doc"])


def _path(name: str | None) -> PurePosixPath:
    return PurePosixPath((name or "").replace("\\", "/"))  # as a listing made on Windows has it


def _where(row: Mapping[str, Any]) -> str:
    """The row of the listing, or without a listing the file."""
    return str(row.get("row") or row["file"])


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
