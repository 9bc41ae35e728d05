"""A folder of text files, with a documents.csv or without, becomes rows and texts."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from policytext.encoding import decode
from policytext.headers import recognise
from policytext.lexicon import Lexicon
from policytext.problems import CorpusError, Note
from policytext.reading_tables import encoding_notes, read_rows

LISTING = "documents.csv"
# What import_files can make a text of.
IMPORTABLE = (".docx", ".pdf", ".html", ".htm", ".md", ".zip")


class Found(NamedTuple):
    """What a reader found: one row a document, the texts by document, and what to tell."""

    rows: list[dict[str, Any]]
    sources: dict[str, str]
    notes: list[Note]


def read_folder(
    folder: Path,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    lexicon: Lexicon | None = None,
) -> Found:
    """Read the files that documents.csv names, or else every .txt file of the folder.

    Raises:
        CorpusError: With file, row and mend in its message.
    """
    if (folder / LISTING).is_file():
        rows, notes = _listed(folder / LISTING, columns, lexicon)
    else:
        rows, notes = [{"file": name} for name in _texts(folder)], list(_left(folder))
    if not rows:
        raise CorpusError(_nothing(folder, notes))
    texts: dict[str, str] = {}
    for row in rows:
        name = row["file"]
        if name not in texts:
            texts[name], told = _read_text(folder, name, row.get("encoding") or encoding)
            notes += told
    _name_and_place(rows, texts)
    return Found(rows, {row["doc"]: texts[row["file"]] for row in rows}, notes)


def _texts(folder: Path) -> list[str]:
    """The .txt files, in sub-folders too; not what begins with a dot, as system files do."""
    names = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    visible = [name for name in names if not any(part.startswith(".") for part in name.parts)]
    return sorted(name.as_posix() for name in visible if name.suffix.lower() == ".txt")


def _left(folder: Path) -> Iterator[Note]:
    """A note on files that could be texts and are not read."""
    others = sorted(p.name for p in folder.iterdir() if p.suffix.lower() in IMPORTABLE)
    if others:
        found = f"{len(others)} files are not read, such as {others[0]}"
        mend = "pt.import_files makes texts of them"
        yield Note(folder.name, None, "warning", "files left out", found, mend)


def _nothing(folder: Path, notes: list[Note]) -> str:
    if notes:
        return f"{folder}: no .txt file; {notes[0].found}: {notes[0].mend}"
    return f"{folder}: no .txt file and no {LISTING}; put texts into the folder"


def _listed(
    listing: Path, columns: Mapping[str, str] | None, lexicon: Lexicon | None
) -> tuple[list[dict[str, Any]], list[Note]]:
    header, rows, notes = read_rows(listing)
    ours, told = recognise(header, listing.name, columns, lexicon)
    if "file" not in ours.values():
        raise CorpusError(
            f"{listing.name}: no column 'file'; add one with the names of the text files"
        )
    named = []
    for number, cells in rows:
        row = {ours.get(name, name): cell for name, cell in cells.items()} | {"row": number}
        if not row["file"]:
            raise CorpusError(f"{listing.name}, row {number}: no file; name one or delete the row")
        named.append(row)
    return named, [*notes, *told]


def _read_text(folder: Path, name: str, encoding: str | None) -> tuple[str, list[Note]]:
    path = folder / name.replace("\\", "/")  # as a listing made on Windows has it
    if not path.resolve().is_relative_to(folder.resolve()):
        raise CorpusError(f"{LISTING}: {name} lies outside {folder}; move it into the folder")
    if not path.is_file():
        raise CorpusError(f"{LISTING} names {name}, but {folder} has no such file; mend the row")
    decoded = decode(path.read_bytes(), name, encoding)
    if not decoded.text.strip():
        raise CorpusError(f"{name}: the file is empty; fill it or take it out")
    return decoded.text, encoding_notes(name, decoded)


def _name_and_place(rows: list[dict[str, Any]], texts: Mapping[str, str]) -> None:
    """Give every row its doc, start and end: by default the file's stem, and the whole file."""
    pieces = Counter(row["file"] for row in rows)
    seen: Counter[str] = Counter()
    names: set[str] = set()
    for row in rows:
        name, number = row["file"], row.pop("row", None)
        seen[name] += 1
        stem = Path(name).stem + (f"-{seen[name]}" if pieces[name] > 1 else "")
        row["doc"] = row.get("doc") or stem
        if row["doc"] in names:
            where = f"{LISTING}, row {number}" if number else name
            raise CorpusError(f"{where}: two documents are called {row['doc']}; rename one")
        names.add(row["doc"])
        row["start"], row["end"] = _span(row, number, len(texts[name]))


def _span(row: Mapping[str, Any], number: int | None, length: int) -> tuple[int, int]:
    where = f"{LISTING}, row {number}"
    try:
        start = int(row.get("start") or 0)
        end = int(row.get("end") or length)
    except ValueError:
        raise CorpusError(f"{where}: start and end must be whole numbers or empty") from None
    if not 0 <= start < end <= length:
        raise CorpusError(
            f"{where}: {start}–{end} is no stretch of {row['file']}, "
            f"which has {length} code points; mend start and end"
        )
    return start, end
