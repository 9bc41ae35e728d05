"""What an import guessed, remarked and took out: a page to look at, a table, and corrections."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import NamedTuple

import pandas as pd

from policytext.corpus.days import day_of
from policytext.corpus.importing.files import REPORT, Entry, is_import
from policytext.corpus.issuers import Guess
from policytext.corpus.issues import CorpusError, shown
from policytext.corpus.readers import LISTING
from policytext.corpus.rows import Cells, read_rows
from policytext.tables import EXCEL_CELL, remark_in_chinese, save_table

PAGE = "import-report.html"
_COUNTS = {"page": "Int64", "line": "Int64"}  # whole, also where some are missing
# What is guessed of every text, with the heads of the page; missing ones of the first are shown.
_HEADS = {
    "title": "标题 title",
    "date": "日期 date",
    "place": "地名 place",
    "level": "层级 level",
    "kind": "文种 kind",
    "author": "作者 author",
    "office": "机关 office",
}
_WANTED = ("title", "date", "kind")
_ORDER = ("left out", "remark", "guessed", "changed", "removed")
# From the best to the worst; a sign as well as a colour.
SIGNS = {"corrected": "✎", "stated": "●", "inferred": "◐", "unsure": "○", "missing": "–"}
_DONE = {"removed": "删去 removed", "changed": "改动 changed"}
# More lines, and longer ones, are in the table alone.
_LINES, _LINE = 25, 160
_TEMPLATE = Path(__file__).with_suffix(".html")


class Imported(NamedTuple):
    """A file of the import: its text ("" where it is left out), its guesses and its report."""

    name: str
    text: str
    found: Mapping[str, Guess]
    entries: list[Entry]

    @property
    def doubts(self) -> int:
        """How much of it wants a look: a file left out most, then remarks and unsure guesses."""
        remarks = sum(entry.done == "remark" for entry in self.entries)
        guesses = [self.found[key].confidence for key in self.found]
        missing = sum(key not in self.found for key in _WANTED)
        return remarks + guesses.count("unsure") + missing + (0 if self.text else 1_000)


def report_table(files: Iterable[Imported]) -> pd.DataFrame:
    """All entries as a table, what wants a look first; see `import_files` for its columns.

    A spreadsheet's cell holds 32,767 characters: a longer line goes on in the rows below it.
    """
    entries = [part for one in worst_first(files) for entry in one.entries for part in _cut(entry)]
    levels = list(SIGNS)[::-1]

    def rank(entry: Entry) -> tuple[int, int]:
        return _ORDER.index(entry.done), levels.index(entry.confidence or "missing")

    return pd.DataFrame(sorted(entries, key=rank), columns=Entry._fields).astype(_COUNTS)


def _cut(entry: Entry) -> Iterator[Entry]:
    size = EXCEL_CELL - 1  # an apostrophe may come before what looks like a formula
    for at in range(0, len(entry.text) or 1, size):
        yield entry._replace(text=entry.text[at : at + size])


def worst_first(files: Iterable[Imported]) -> list[Imported]:
    """The files that want a look before those that do not; equal ones as they came."""
    return sorted(files, key=lambda one: -one.doubts)


def save_report(files: Sequence[Imported], table: pd.DataFrame, folder: Path) -> None:
    """Write `report_table` as ``import-report.csv`` and the page ``import-report.html``."""
    save_table(table, folder / REPORT)
    page = Template(_TEMPLATE.read_text("utf-8")).substitute(
        summary=_summary(files),
        legend=" ".join(_mark(name, f"{sign} {name}") for name, sign in SIGNS.items()),
        heads="".join(f"<th>{head}</th>" for head in _HEADS.values()),
        rows="".join(map(_rows, worst_first(files))),
    )
    (folder / PAGE).write_text(page, encoding="utf-8", newline="")


def _summary(files: Sequence[Imported]) -> str:
    counts = {
        "文件 files": len(files),
        "未读入 left out": sum(not one.text for one in files),
        "有说明 with remarks": sum(any(e.done == "remark" for e in one.entries) for one in files),
        "待核对 to look at": sum(one.doubts > 0 for one in files),
    }
    return "".join(f"<li><b>{number:,}</b> {name}</li>" for name, number in counts.items())


def _escaped(text: str) -> str:
    return escape(shown(text))


def _mark(confidence: str, text: str) -> str:
    return f'<span class="{confidence}">{_escaped(text)}</span>'


def _rows(one: Imported) -> str:
    """A file as the rows of a group: its guesses, then remarks and what was taken out."""
    name = f'<th scope="row">{_escaped(one.name)}<i>{len(one.text.strip()):,} 字</i></th>'
    if one.text:
        cells = "".join(_cell(one.found.get(key), key in _WANTED) for key in _HEADS)
    else:
        left = one.entries[0].text
        why = _escaped(f"{remark_in_chinese(left)} {left}")
        cells = f'<td class="left" colspan="{len(_HEADS)}">未读入 left out<i>{why}</i></td>'
    remarks = [entry.text for entry in one.entries if entry.done == "remark"]
    said = ((remark_in_chinese(remark), remark) for remark in remarks)
    below = "".join(f"<p>{_escaped(' '.join(map(_clip, pair)))}</p>" for pair in said)
    below += "".join(_taken(one, done) for done in _DONE)
    if below:
        below = f'<tr><td class="below" colspan="{len(_HEADS) + 1}">{below}</td></tr>'
    return f"<tbody><tr>{name}{cells}</tr>{below}</tbody>\n"


def _cell(guess: Guess | None, wanted: bool) -> str:
    if guess is None or not guess.value:
        return f"<td>{_mark('missing', '– 未见 missing' if wanted and not guess else '–')}</td>"
    basis = "" if guess.basis == guess.value else f"<i>{_escaped(_clip(guess.basis, 40))}</i>"
    value = _mark(guess.confidence, f"{SIGNS[guess.confidence]} {_clip(guess.value, 80)}")
    return f"<td>{value}{basis}</td>"


def _taken(one: Imported, done: str) -> str:
    """The lines that were removed or changed, folded up under the rules that did it."""
    lines = [entry for entry in one.entries if entry.done == done]
    if not lines:
        return ""
    rules = Counter(entry.rule for entry in lines).most_common(3)
    why = ", ".join(f"{rule} {count:,}" for rule, count in rules)
    items = [f"<b>{_escaped(entry.rule)}</b> {_escaped(_clip(entry.text))}" for entry in lines]
    if len(items) > _LINES:
        items[_LINES:] = [f"… {len(items) - _LINES:,} more in {REPORT}"]
    listed = "".join(f"<li>{item}</li>" for item in items)
    head = f"{_DONE[done]}: {len(lines):,} 行 lines ({_escaped(why)})"
    return f"<details><summary>{head}</summary><ul>{listed}</ul></details>"


def _clip(text: str, most: int = _LINE) -> str:
    return text if len(text) <= most else f"{text[:most]}… ({len(text):,} 字)"


# --- corrections ----------------------------------------------------------------------------------

Corrections = dict[str, dict[str, str] | None]
Pieces = dict[str, list[Cells]]
# The rule that leaves out a file whose row was taken out.
BY_HAND = "by hand"
_OURS = ("file", "source", "date_basis", "start", "end", "encoding")


def corrections(folder: Path) -> Corrections:
    """What a person changed in the documents.csv of an earlier import, by source and column.

    A cell that is not what ``import-report.csv`` says was guessed is a correction, an emptied one
    too; so are cells of columns that the person added. None: the row was taken out. A file of
    which the earlier import knew nothing is not in it.

    Returns:
        Nothing where the folder is not one that an import made.

    Raises:
        CorpusError: The column ``source`` was taken out.
    """
    if not is_import(folder):
        return {}
    guessed: dict[str, dict[str, str | None]] = {}
    for row in read_rows(folder / REPORT).rows.values():
        # Reports of an older version have the basis behind the column.
        column = str(row.get("rule")).partition(", from: ")[0]
        if row.get("done") == "guessed":
            # A correction stays one: no guess is known that its cell could be the same as.
            was = None if row.get("confidence") == "corrected" else str(row["text"] or "")
            guessed.setdefault(str(row["file"]), {})[column] = was
        elif column == BY_HAND:
            guessed.setdefault(str(row["file"]), {})
    listed = read_rows(folder / LISTING)
    if "source" not in listed.header:
        fix = "put the column back, or name a new folder"
        raise CorpusError(f"{folder / LISTING}: no column 'source', which says whose cells; {fix}")
    rows = {str(row["source"]): row for row in reversed(listed.rows.values()) if row["source"]}
    return {
        source: _changed(rows[source], guessed.get(source, {})) if source in rows else None
        for source in guessed | rows
    }


def pieces(folder: Path) -> Pieces:
    """The rows of documents.csv in which a person gave a start or an end, by source."""
    found: Pieces = {}
    for row in read_rows(folder / LISTING).rows.values() if is_import(folder) else ():
        if row.get("start") or row.get("end"):
            found.setdefault(str(row["source"]), []).append(row)
    return found


def has_moved(rows: Sequence[Cells], text: str, folder: Path) -> bool:
    """Whether the text of such rows is another than the one that they were made for."""
    path = folder / str(rows[0]["file"])
    return not path.is_file() or path.read_bytes().decode("utf-8-sig", "replace") != text


def _is_same(name: str, cell: str, was: str | None) -> bool:
    """Whether a cell is what was guessed; spreadsheets write 2021/2/3 for a date."""
    return cell == was or (name == "date" and day_of(cell) == was)


def _changed(row: Mapping[str, object], guessed: Mapping[str, str | None]) -> dict[str, str]:
    cells = {name: str(row[name] or "") for name in row if name not in _OURS}
    return {
        name: cell
        for name, cell in cells.items()
        # A kind that is guessed is left empty there: one that is written is a person's.
        if (cell if name == "kind" else not _is_same(name, cell, guessed.get(name, "")))
    }
