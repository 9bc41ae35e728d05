"""Word, PDF and web pages become a folder of texts that `read_corpus` reads."""

import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from tqdm import tqdm

from policytext.corpus.corpus import LeftOut
from policytext.corpus.importing.cleaning import clean_lines, fix, join_hyphens, paragraphs
from policytext.corpus.importing.fields import take_fields
from policytext.corpus.importing.files import Draft, Entry, Item, Line, items
from policytext.corpus.importing.metadata import guess
from policytext.corpus.importing.readers import READERS, WEB, kind_of, read_item, unread
from policytext.corpus.issues import CorpusError, Issue, warn
from policytext.corpus.layout import parts
from policytext.corpus.readers import LISTING
from policytext.lexicon.lexicon import Lexicon, default_lexicon
from policytext.tables import save_table

REPORT = "import-report.csv"
COLUMNS = ["file", "title", "author", "office", "place", "level", "date", "date_basis", "source"]
# What a government's page says of a text above it.
FIELDS = ["document_number", "published", "index_number", "subject", "keywords", "validity"]
FIELDS += ["citation"]
# Less than this of a file's characters is left: its rules may have taken too much.
_MIN_LEFT = 0.2


class _Imported(NamedTuple):
    """A text ("" where the file is left out), its row of documents.csv, and its report."""

    text: str
    row: dict[str, Any]
    entries: list[Entry]


def import_files(
    folder: str | Path, into: str | Path, lexicon: Lexicon | None = None
) -> pd.DataFrame:
    """Make texts and a documents.csv of .docx, .pdf, .html, .md and .txt files, and zips of them.

    Headers, footers, page numbers and the menu lines of web pages are taken out, words that a
    hyphen divides at a line end are joined, and title, author, place and date are guessed. All
    of this is reported line by line: look through the report, fix ``documents.csv`` by hand.

    Args:
        folder: Where the files are; sub-folders are searched.
        into: The folder to make; it must not exist yet or be empty. Nothing is written where
            the import fails.
        lexicon: Names of places and offices, and the phrases of web pages.

    Returns:
        The report, also written to ``import-report.csv``: file, page, line, done {removed,
        changed, guessed, remark, left out}, rule, text.

    Raises:
        CorpusError: ``into`` is in use, no file could be read, or a zip file is not to be trusted.
            A file that cannot be read is left out.
        ImportError: A library is missing: ``pip install -e .[import]`` gets all of them.

    Warns:
        CorpusWarning: A file was left out, or little of it is left.

    >>> from tempfile import mkdtemp
    >>> folder = Path(mkdtemp())
    >>> _ = (folder / "a.md").write_text("# 政府工作报告\\n全年增长6%。\\n第 1 页", "utf-8")
    >>> import_files(folder, folder / "texts")[["done", "rule", "text"]].iloc[0].to_list()
    ['removed', 'page number', '第 1 页']
    """
    folder, into = Path(folder), Path(into)
    lexicon = lexicon or default_lexicon()
    _check(folder, into)
    imported: list[_Imported] = []
    entries: list[Entry] = []
    stopped = LeftOut("import_files")
    for item in tqdm(list(items(folder)), desc="import", unit="file", disable=None):
        with stopped.on_error(item.name, item.name):
            one = _import_one(item, lexicon)
            entries += one.entries
            imported += [one] if one.text else []
    entries += [
        Entry(note.file, None, None, "left out", "unforeseen error", note.detail)
        for note in stopped.notes
    ]
    if not imported:
        why = f" ({entries[0].text})" if entries else ""
        raise CorpusError(f"{folder}: no {', '.join(READERS)} that could be read{why}; add some")
    report = pd.DataFrame(entries, columns=Entry._fields)
    _write(imported, report, into)
    warn(_notes(entries), where=REPORT)
    return report


def _check(folder: Path, into: Path) -> None:
    if not folder.is_dir():
        raise CorpusError(f"{folder}: no such folder; check the path")
    if into.is_file() or (into.is_dir() and any(into.iterdir())):
        raise CorpusError(f"{into}: holds files already; name a new or an empty folder")


def _import_one(item: Item, lexicon: Lexicon) -> _Imported:
    if item.problem:
        return _left_out(item, "cannot be opened", item.problem)
    if why := unread(item):
        return _left_out(item, "kind of file", why)
    try:
        draft = read_item(item)
    except CorpusError as error:
        return _left_out(item, "cannot be read", str(error).removeprefix(f"{item.name}: "))
    fields = take_fields(draft, lexicon)
    clean_lines(draft, lexicon, web=kind_of(item) in WEB)
    text, entries = _text(item.name, draft)
    if not text.strip():
        return _left_out(item, "no text", "no line of it is prose")
    found = guess(text.splitlines(), draft.meta, item.stem, lexicon, fields)
    row = {key: fields[key] for key in FIELDS if key in fields} | {"source": item.name}
    row |= {key: found[key].value for key in COLUMNS if key in found}
    if "date" in found:
        row["date_basis"] = found["date"].basis
    notes = [("remark", "remark", remark) for remark in _remarks(draft, text, lexicon)]
    notes += [("guessed", f"{key}, from: {basis}", value) for key, (value, basis) in found.items()]
    return _Imported(text, row, entries + [Entry(item.name, None, None, *note) for note in notes])


def _left_out(item: Item, rule: str, why: str) -> _Imported:
    return _Imported("", {}, [Entry(item.name, None, None, "left out", rule, why)])


def _text(name: str, draft: Draft) -> tuple[str, list[Entry]]:
    """Join the kept lines into a text and record every removed or changed line."""
    entries = [
        Entry(name, line.page, line.number, "removed", line.why, line.text)
        for line in draft.lines
        if line.why
    ]
    kept: list[Line] = []
    for line in draft.kept():
        text, rule = fix(line.text)
        if rule:
            entries.append(Entry(name, line.page, line.number, "changed", rule, line.text))
        line.text = text.strip()
        kept.append(line)
    text = "\n".join(line.text for line in paragraphs(kept))
    text, broken = join_hyphens(text)
    entries += [Entry(name, None, None, "changed", "hyphen at a line end", word) for word in broken]
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n", entries


def _remarks(draft: Draft, text: str, lexicon: Lexicon) -> Iterator[str]:
    yield from draft.remarks
    whole = sum(len(line.text) for line in draft.lines)
    left = sum(len(line.text) for line in draft.kept())
    if left < _MIN_LEFT * whole:
        yield f"little is left: {left} of {whole} characters; see whether it is a menu or a report"
    begins = next((part for part in parts(text, lexicon=lexicon) if part.name == "glossary"), None)
    if begins:
        line = text.count("\n", 0, begins.start) + 1
        heading = text[begins.start : begins.end]
        yield f"from line {line} of the text on, {heading!r} is read as its part glossary"


def _notes(entries: list[Entry]) -> Iterator[Issue]:
    fix = f"see {REPORT}"
    for entry in entries:
        if entry.done == "left out":
            yield Issue(entry.file, None, "warning", "left out", entry.text, fix)
        elif entry.done == "remark" and entry.text.startswith("little is left"):
            yield Issue(entry.file, None, "warning", "little text", entry.text, fix)


def _write(imported: list[_Imported], report: pd.DataFrame, into: Path) -> None:
    """Write everything beside its place and move it there, so that nothing is half-written."""
    into.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into.parent) as scratch:
        made = Path(scratch) / "made"
        (made / "texts").mkdir(parents=True)
        seen: Counter[str] = Counter()
        for one in imported:
            one.row["file"] = f"texts/{_free_name(one.row['source'], seen)}.txt"
            (made / one.row["file"]).write_text(one.text, encoding="utf-8", newline="")
        said = [key for key in FIELDS if any(key in one.row for one in imported)]
        rows = pd.DataFrame([one.row for one in imported], columns=[*COLUMNS, *said])
        save_table(rows, made / LISTING)
        save_table(report, made / REPORT)
        if into.exists():
            into.rmdir()
        made.rename(into)


def _free_name(source: str, seen: Counter[str]) -> str:
    """The file's stem without what a file name may not hold, numbered where it comes again."""
    stem = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", Path(source).stem)[:80] or "text"
    seen[stem.casefold()] += 1
    count = seen[stem.casefold()]
    return stem if count == 1 else f"{stem}-{count}"
