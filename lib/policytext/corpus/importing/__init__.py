"""Word, PDF and web pages become a folder of texts that `read_corpus` reads."""

import itertools
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd
from tqdm import tqdm

from policytext.corpus.corpus import LeftOut
from policytext.corpus.days import day_of
from policytext.corpus.importing.cleaning import clean_lines, fix, join_hyphens, paragraphs
from policytext.corpus.importing.fields import bylines, take_fields
from policytext.corpus.importing.files import (
    Draft,
    Entry,
    Item,
    Line,
    is_import,
    items,
    without_margin,
)
from policytext.corpus.importing.metadata import at_odds, guess
from policytext.corpus.importing.readers import READERS, WEB, kind_of, read_item, unread
from policytext.corpus.importing.recognition import Recogniser, installed
from policytext.corpus.importing.report import (
    BY_HAND,
    PAGE,
    Corrections,
    Imported,
    Pieces,
    corrections,
    has_moved,
    pieces,
    report_table,
    save_report,
)
from policytext.corpus.importing.titles import given_names
from policytext.corpus.issuers import Guess
from policytext.corpus.issues import CorpusError, Issue, damage, warn
from policytext.corpus.layout import parts
from policytext.corpus.readers import LISTING
from policytext.corpus.repeats import find_repeats
from policytext.lexicon.lexicon import Lexicon, default_lexicon
from policytext.lexicon.schema import LEVELS
from policytext.tables import save_table
from policytext.text.clean import readable

COLUMNS = ["file", "title", "author", "office", "place", "level", "kind", "date", "date_basis"]
COLUMNS += ["source"]
# What a government's page says of a text above it.
FIELDS = ["document_number", "published", "index_number", "subject", "keywords", "validity"]
FIELDS += ["citation", "effective"]
# The rule for a text that a person cut into documents, and that changed since.
MOVED = "text that was cut has changed"
# What a text may not say, and tables group by.
_TOLD = ("date", "place", "level", "kind")
# How far below the title a site says when it published.
_STAMP = 5
# What a web page with a text has: sentences, or the rows of a table.
_CONTENT = re.compile(r"[。；！？\t]|[.!?](?:\s|$)")
# Less than this of a file's characters is left: its rules may have taken too much.
_MIN_LEFT = 0.2


def import_files(
    folder: str | Path,
    into: str | Path,
    lexicon: Lexicon | None = None,
    ocr: bool | Recogniser = False,
) -> pd.DataFrame:
    """Make texts and a documents.csv of .docx, .pdf, .html, .mhtml, .md, .txt files and their zips.

    Headers, footers, page numbers and the menu lines of web pages are taken out, words that a
    hyphen divides at a line end are joined, and title, author, office, place, level, date and
    kind are guessed. All of this is reported: look through the page ``import-report.html``, and
    correct ``documents.csv`` by hand.

    Args:
        folder: Where the files are; sub-folders are searched.
        into: The folder to make. It must not exist yet, be empty, or be one that an import made:
            then what was corrected in its ``documents.csv`` is kept, and the old folder as
            ``into.before``. Nothing is written where the import fails.
        lexicon: Names of places and offices, and the phrases of web pages.
        ocr: Whether to recognise the text of scanned pages in PDFs, some seconds a page, by the
            extra ``ocr``; or a function that does it: it gets a page as an array and gives its
            lines as `Recognised`.

    Returns:
        The report, also written to ``import-report.csv``, what wants a look first: file, page,
        line, done {left out, remark, guessed, changed, removed}, rule, text. Of a guess, whose rule
        is the column, the confidence and the basis: ``stated`` (the file or text says it where such
        things are said), ``inferred`` (a rule concludes it from words that say something else),
        ``unsure`` (for want of better; look), ``corrected`` (by a person).

    Raises:
        CorpusError: ``into`` is in use, or no file could be read. One that cannot be is left out.
        ImportError: The recogniser is missing: ``pip install -r requirements-ocr.txt``.

    Warns:
        CorpusWarning: A file was left out, or little of it is left.

    >>> from tempfile import mkdtemp
    >>> folder = Path(mkdtemp())
    >>> _ = (folder / "a.md").write_text("# 政府工作报告\\n全年增长6%。\\n第 1 页", "utf-8")
    >>> import_files(folder, folder / "texts")[["done", "rule", "text"]].iloc[-1].to_list()
    ['removed', 'page number', '第 1 页']
    """
    folder, into = Path(folder), Path(into)
    lexicon = lexicon or default_lexicon()
    _check(folder, into)
    recognise = installed() if ocr is True else (ocr or None)
    corrected = corrections(into)
    files: list[Imported] = []
    stopped = LeftOut("import_files")
    for item in tqdm(list(items(folder)), desc="import", unit="file", disable=None):
        with stopped.on_error(item.name, item.name):
            files.append(_import_one(item, lexicon, corrected, recognise))
    files += [_left_out(note.file, "unforeseen error", note.detail) for note in stopped.notes]
    _note_repeats(files)
    cut = pieces(into)
    _note_moved(files, cut, into)
    report = report_table(files)
    if not any(one.text for one in files):
        why = f" ({report['text'].iloc[0]})" if files else ""
        raise CorpusError(f"{folder}: no {', '.join(READERS)} that could be read{why}; add some")
    _write(files, report, into, cut)
    warn(_notes(files), where=PAGE)
    return report


def _check(folder: Path, into: Path) -> None:
    if not folder.exists():
        raise CorpusError(f"{folder}: no such folder or file; check the path")
    if into.is_file() or (into.is_dir() and any(into.iterdir()) and not is_import(into)):
        raise CorpusError(f"{into}: holds files already; name a new or an empty folder")


def _import_one(
    item: Item, lexicon: Lexicon, corrected: Corrections, recognise: Recogniser | None
) -> Imported:
    if item.problem:
        return _left_out(item.name, "cannot be opened", item.problem)
    if why := unread(item):
        return _left_out(item.name, "kind of file", why)
    cells = corrected.get(item.name, {})
    if cells is None:
        return _left_out(item.name, BY_HAND, f"its row was taken out of {LISTING}")
    try:
        draft = read_item(item, recognise)
    except CorpusError as error:
        said = str(error).removeprefix(f"{item.name}: ")
        return _left_out(item.name, "cannot be read", said)
    # Before cleaning, which takes out null characters, and some of which a trace consists.
    draft.remarks += damage("\n".join(line.text for line in draft.lines))
    draft.meta["bylines"] = "\n".join(bylines(draft, lexicon))
    fields = take_fields(draft, lexicon)
    clean_lines(draft, lexicon, web=kind_of(item) in WEB)
    if not draft.meta.get("date"):
        draft.meta["date"] = _stamp(draft)
    text, entries = _text(item.name, draft)
    if not text.strip():
        return _left_out(item.name, "no text", _without_text(draft))
    # The names of places and offices are simplified; a title stays as it is printed.
    read = readable(text)
    stem, *folders = given_names([item.stem, *item.folders], lexicon)
    found = guess(read.splitlines(), draft.meta, stem, lexicon, fields, folders)
    if "title" in found and (at := read.find(found["title"].value)) >= 0:
        title = text[at : at + len(found["title"].value)]
        found["title"] = found["title"]._replace(value=title)
    found |= {key: Guess(fields[key], "the page's field") for key in FIELDS if key in fields}
    found |= {key: Guess(cell, LISTING, "corrected") for key, cell in cells.items()}
    odds = at_odds(found, stem, folders, lexicon)
    entries += [
        Entry(item.name, None, None, "remark", "remark", remark)
        for remark in (*_remarks(draft, text, lexicon), *_doubts(found), *odds)
    ]
    entries += [
        Entry(item.name, None, None, "guessed", key, value, confidence, basis)
        for key, (value, basis, confidence) in found.items()
        if value or confidence == "corrected"
    ]
    return Imported(item.name, text, found, entries)


def _stamp(draft: Draft) -> str:
    """The line below a title that was taken out and names a day: 2021-02-03 来源：某某日报.

    A clock stands above the title.
    """
    below = itertools.dropwhile(lambda line: line.why, draft.lines)
    head = itertools.islice(below, 1, _STAMP)
    return next((line.text for line in head if line.why and day_of(line.text)), "")


def _left_out(name: str, rule: str, why: str) -> Imported:
    return Imported(name, "", {}, [Entry(name, None, None, "left out", rule, why)])


def _without_text(draft: Draft) -> str:
    rules = Counter(line.why.partition(":")[0] for line in draft.lines if line.text and line.why)
    if not rules:
        return "it has no text; fill it or take it out"
    taken = ", ".join(f"{rule} {count}" for rule, count in rules.most_common(3))
    return f"all its lines are taken out ({taken}); copy what is text of them into a .txt file"


def _text(name: str, draft: Draft) -> tuple[str, list[Entry]]:
    """Join the kept lines into a text and record every removed or changed line."""
    entries = [
        Entry(name, line.page, line.number, "removed", line.why, line.text)
        for line in draft.lines
        if line.why
    ]
    kept: list[Line] = []
    # Notes stand behind all pages, so that a sentence goes on over the end of a page.
    for line in sorted(draft.kept(), key=lambda line: line.is_note):
        text, rule = fix(line.text)
        if rule:
            entries.append(Entry(name, line.page, line.number, "changed", rule, line.text))
        line.text = without_margin(text)
        kept.append(line)
    text = "\n".join(line.text for line in paragraphs(kept))
    text, broken = join_hyphens(text)
    entries += [Entry(name, None, None, "changed", "hyphen at a line end", word) for word in broken]
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n", entries


def _remarks(draft: Draft, text: str, lexicon: Lexicon) -> Iterator[str]:
    yield from draft.remarks
    # Beside a text that was found, links say nothing of how much a page has.
    apart = ("menu: only links", "hidden") if "extractor" in draft.meta else ()
    whole = sum(len(line.text) for line in draft.lines if not (line.why or "").startswith(apart))
    left = sum(len(line.text) for line in draft.kept())
    if left < _MIN_LEFT * whole:
        yield f"little is left: {left} of {whole} characters; see whether it is a menu or a report"
    elif "heading" in draft.meta and not _CONTENT.search(text):
        yield "little is left: no sentence; see whether it is a list of pages, or says an error"
    begins = next((part for part in parts(text, lexicon=lexicon) if part.name == "glossary"), None)
    if begins:
        line = text.count("\n", 0, begins.start) + 1
        heading = text[begins.start : begins.end]
        yield f"from line {line} of the text on, {heading!r} is read as its part glossary"


def _doubts(found: Mapping[str, Guess]) -> Iterator[str]:
    """Why something is not guessed."""
    for key, (value, basis, confidence) in found.items():
        if not value and confidence != "corrected":
            yield f"no {key}: {basis}"
    of_nation = "level" in found and found["level"].value == LEVELS[0]
    missing = [key for key in _TOLD if key not in found and not (key == "place" and of_nation)]
    if missing:
        where = "head, foot, file name or folder"
        yield f"no {', no '.join(missing)}: none is told by {where}; fill them in in {LISTING}"


def _note_repeats(files: list[Imported]) -> None:
    """Remark on a text that stands twice in a file, or in two; offsets are those of the texts."""
    sources = {one.name: one.text for one in files if one.text}
    rows = [{"doc": name, "file": name, "start": 0, "end": len(sources[name])} for name in sources]
    entries = {one.name: one.entries for one in files}
    for note in find_repeats(rows, sources):
        remark = Entry(note.file, None, None, "remark", note.problem, f"{note.detail}; {note.fix}")
        entries[note.file].append(remark)


def _note_moved(files: list[Imported], cut: Pieces, into: Path) -> None:
    for one in files:
        if one.text and one.name in cut and has_moved(cut[one.name], one.text, into):
            found = "the text is another than before, and its start and end are as they were"
            fix = f"see whether they still fit, and correct them in {LISTING}"
            entry = Entry(one.name, None, None, "remark", MOVED, f"{found}; {fix}")
            one.entries.append(entry)


def _notes(files: list[Imported]) -> Iterator[Issue]:
    fix = f"see {PAGE}"
    for entry in (entry for one in files for entry in one.entries):
        if entry.done == "left out" and entry.rule != BY_HAND:
            yield Issue(entry.file, None, "warning", "left out", entry.text, fix)
        elif entry.done == "remark" and entry.text.startswith("little is left"):
            yield Issue(entry.file, None, "warning", "little text", entry.text, fix)
        elif entry.rule == MOVED:
            yield Issue(entry.file, None, "warning", MOVED, entry.text, fix)


def _write(files: list[Imported], report: pd.DataFrame, into: Path, cut: Pieces) -> None:
    """Write everything beside its place and move it there, so that nothing is half-written.

    A file that a person cut into documents keeps its rows of ``cut``.
    """
    into.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into.parent) as scratch:
        made = Path(scratch) / "made"
        (made / "texts").mkdir(parents=True)
        read = [one for one in files if one.text]
        rows = []
        for one, name in zip(read, _free_names([one.name for one in read]), strict=True):
            file = f"texts/{name}.txt"
            by_hand = [row | {"file": file} for row in cut.get(one.name, ())]
            rows += by_hand or [_row(one, file)]
            (made / file).write_text(one.text, encoding="utf-8", newline="")
        added = dict.fromkeys(key for row in rows for key in row if key not in COLUMNS)
        save_table(pd.DataFrame(rows, columns=[*COLUMNS, *added]), made / LISTING)
        save_report(files, report, made)
        if into.exists():
            _set_aside(into)
        made.rename(into)


def _row(one: Imported, file: str) -> dict[str, str]:
    """Its row of documents.csv; `read_corpus` guesses a kind anew where that is left empty."""
    row = {key: value for key, (value, _, _) in one.found.items()}
    if "kind" in one.found and one.found["kind"].confidence != "corrected":
        row["kind"] = ""
    if "date" in one.found:
        row["date_basis"] = one.found["date"].basis
    return row | {"file": file, "source": one.name}


def _set_aside(folder: Path) -> None:
    """Keep an earlier import, whose texts may have been edited; an empty folder goes."""
    if not any(folder.iterdir()):
        folder.rmdir()
        return
    names = (f"{folder.name}.before{count or ''}" for count in itertools.count())
    free = next(path for name in names if not (path := folder.with_name(name)).exists())
    folder.rename(free)


def _free_names(sources: list[str]) -> list[str]:
    """The stems of the files, of those that come again with their folders, and else numbered.

    >>> _free_names(["a/2019.txt", "b/2019.txt", "c.txt", "c.docx"])
    ['a-2019', 'b-2019', 'c', 'c-2']
    """
    stems = Counter(_named(Path(source).stem) for source in sources)
    seen: Counter[str] = Counter()
    names = []
    for source in sources:
        name = _named(Path(source).stem)
        if stems[name] > 1:
            name = _named("-".join(Path(source).with_suffix("").parts))
        seen[name.casefold()] += 1
        count = seen[name.casefold()]
        names.append(name if count == 1 else f"{name}-{count}")
    return names


def _named(name: str) -> str:
    """A name without what that of a file may not hold; its end, where it is too long."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", name)[-80:] or "text"
