"""A folder of text files, with a documents.csv or without, becomes rows and texts."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from policytext.checks import unknown_values
from policytext.encoding import decode
from policytext.headers import recognise
from policytext.lexicon import Lexicon
from policytext.problems import CorpusError, DocumentError, Note, none_left
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

    A document that cannot be read is left out, with a note; what is wrong with the listing as a
    whole, or with every document, is an error.

    Raises:
        CorpusError: With file, row and mend in its message.
    """
    if (folder / LISTING).is_file():
        rows, notes = _listed(folder / LISTING, columns, lexicon)
    else:
        rows, notes = [{"file": name} for name in _texts(folder)], list(_left(folder))
    if not rows:
        raise CorpusError(_nothing(folder, notes))
    _name(rows)
    read = _Texts(folder, encoding)
    kept, left = [], []
    for row in rows:
        try:
            kept.append(_placed(row, read.text(row)))
        except DocumentError as error:
            left.append(error.note)
    if not kept:
        raise none_left(folder, left)
    notes += [*dict.fromkeys(left), *read.notes]
    return Found(kept, {row["doc"]: read.texts[row["file"]] for row in kept}, notes)


def _texts(folder: Path) -> list[str]:
    """The .txt files, in sub-folders too; not what begins with a dot, as system files do."""
    # Not is_file: a link that leads nowhere is to be named.
    names = [path.relative_to(folder) for path in folder.rglob("*") if not path.is_dir()]
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
    header, rows, notes, left = read_rows(listing)
    ours, told = recognise(header, listing.name, columns, lexicon)
    if "file" not in ours.values():
        raise CorpusError(
            f"{listing.name}: no column 'file'; add one with the names of the text files"
        )
    named = [
        {ours.get(name, name): cell for name, cell in cells.items()} | {"row": number}
        for number, cells in rows
    ]
    unknown = unknown_values(listing.name, zip((row.number for row in rows), named, strict=True))
    return named, [*notes, *told, *left, *unknown]


class _Texts:
    """The texts of a folder by file name, each file read once, and the notes on them."""

    def __init__(self, folder: Path, encoding: str | None) -> None:
        self.folder, self.encoding = folder, encoding
        self.texts: dict[str, str] = {}
        self.notes: list[Note] = []
        self._errors: dict[str, DocumentError] = {}

    def text(self, row: Mapping[str, Any]) -> str:
        """The text of a row's file.

        Raises:
            DocumentError: There is no such file in the folder, or it cannot be read.
        """
        name = row["file"]
        if not name:
            raise DocumentError(_where(row), "no file", "name one or delete the row")
        if name in self._errors:
            raise self._errors[name]
        if name not in self.texts:
            try:
                self._read(name, row)
            except DocumentError as error:
                self._errors[name] = error
                raise
        return self.texts[name]

    def _read(self, name: str, row: Mapping[str, Any]) -> None:
        data = _content(self.folder, row)
        decoded = decode(data, name, row.get("encoding") or self.encoding)
        if not decoded.text.strip():
            raise DocumentError(name, "the file is empty", "fill it or take it out")
        self.texts[name] = decoded.text
        self.notes += encoding_notes(name, decoded)


def _where(row: Mapping[str, Any]) -> str:
    """Which row of the listing, or without a listing which file."""
    return f"{LISTING}, row {row['row']}" if "row" in row else str(row["file"])


def _content(folder: Path, row: Mapping[str, Any]) -> bytes:
    name = row["file"]
    path = folder / name.replace("\\", "/")  # as a listing made on Windows has it
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            mend = "move it into the folder"
            raise DocumentError(_where(row), f"{name} lies outside {folder}", mend)
        if not path.is_file():
            mend = "correct the name, or take it out"
            raise DocumentError(_where(row), f"{folder} has no file {name}", mend)
        return path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        if isinstance(error, DocumentError):
            raise
        why = getattr(error, "strerror", None) or str(error)
        mend = "see whether it may be read, or take it out"
        raise DocumentError(name, f"cannot be opened ({why})", mend) from None


def _name(rows: list[dict[str, Any]]) -> None:
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


def _placed(row: dict[str, Any], text: str) -> dict[str, Any]:
    """The row with its start and end: by default the whole file."""
    where, length = _where(row), len(text)
    try:
        start = int(row.get("start") or 0)
        end = int(row.get("end") or length)
    except ValueError:
        mend = "start and end must be whole numbers or empty"
        raise DocumentError(where, f"{row.get('start')}–{row.get('end')}", mend) from None
    if not 0 <= start < end <= length or not text[start:end].strip():
        found = f"{start}–{end} is no stretch of {row['file']}, which has {length} code points"
        raise DocumentError(where, found, "correct start and end")
    return {key: cell for key, cell in row.items() if key != "row"} | {"start": start, "end": end}
