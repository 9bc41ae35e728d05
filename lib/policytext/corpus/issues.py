"""Errors, warnings and the report of guesses made while reading."""

import re
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import pandas as pd

from policytext import text as tx
from policytext.corpus.days import is_date, year
from policytext.lexicon.schema import LEVELS
from policytext.text.clean import (
    LINE_ENDS,
    RADICALS,
    converter,
    hints_of_tradition,
    is_no_exception,
    is_traditional,
    scripts,
)
from policytext.text.marks import all_paired, read_marks

_NAMED = 5


# Control characters and marks of direction: a terminal obeys them, and a page turns lines round.
_UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def shown(text: str) -> str:
    """A text or a file's name as messages and pages show it: nothing in it is obeyed.

    >>> shown("报告\\u202e.txt")
    '报告\\\\u202e.txt'
    """
    return _UNSHOWN.sub(lambda mark: f"\\u{ord(mark[0]):04x}", text)


class _Shown(ValueError):
    def __str__(self) -> str:
        return shown(super().__str__())


class CorpusError(_Shown):
    """A corpus cannot be read; the message names file, row and fix."""


class SelectionError(_Shown):
    """A selection that the tables do not have; the message says what to do."""


class CorpusWarning(UserWarning):
    """A corpus was read, but something in it wants to be looked at; `Corpus.report` has all."""


class DocumentError(CorpusError):
    """Error of one document; where there are others it is left out, with a warning."""

    def __init__(self, file: str, detail: str, fix: str) -> None:
        super().__init__(f"{file}: {detail}; {fix}")
        self.note = Issue(file, None, "warning", "left out", detail, fix)


class Issue(NamedTuple):
    """One row of `Corpus.report`.

    ``severity`` is guess (the library chose; check it) or warning (something looks wrong);
    ``problem`` names the matter in a word or two, ``detail`` what was found, ``fix`` what to do.
    """

    file: str
    doc: str | None
    severity: str
    problem: str
    detail: str
    fix: str


def report(notes: Iterable[Issue]) -> pd.DataFrame:
    """The notes as a table, columns ``file, doc, severity, problem, detail, fix``."""
    return pd.DataFrame(list(notes), columns=Issue._fields, dtype=object)


def warn(notes: Iterable[Issue], stacklevel: int = 3, where: str = "corpus.report") -> None:
    """Warn once for each problem, with its first case in full, then the names of the next ones.

    ``where`` are all of them.
    """
    problems: dict[str, list[Issue]] = defaultdict(list)
    for note in notes:
        if note.severity == "warning":
            problems[note.problem].append(note)
    for what, (first, *others) in problems.items():
        names = ", ".join(dict.fromkeys(note.doc or note.file for note in others[:_NAMED]))
        rest = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
        see = "" if where in first.fix else f"; see {where}"
        more = f" (also {names}{rest}{see})" if others else ""
        sentence = f"{what}: {first.doc or first.file}: {first.detail}; {first.fix}{more}"
        warnings.warn(shown(sentence), CorpusWarning, stacklevel=stacklevel)


def none_left(where: object, notes: list[Issue]) -> CorpusError:
    """The error where every document had to be left out: there is nothing to go on with."""
    first = notes[0]
    count = f"none of {len(notes)} documents can be read; the first: " if len(notes) > 1 else ""
    name = f"{where}: {count}" if count else ""
    return CorpusError(f"{name}{first.doc or first.file}: {first.detail}; {first.fix}")


# Essays, reports and plans say what their author will do; in others each promise must say so.
PLANNING_KINDS = ("essay", "report", "plan")
KINDS = (*PLANNING_KINDS, "speech", "regulation", "notice", "news", "interview", "bulletin")

_LOST = "an earlier conversion lost text; get the original"
_DECODED = "the text was read in a wrong encoding before it came here; get the original"
_INSIDE = "delete them; a word with one inside is cut in two"
_STRAY = (
    ("null characters", r"\x00", "delete them; they come from a damaged or binary file"),
    ("control characters", r"[\x01-\x08\x0e-\x1f\x7f]", "delete them"),
    ("replacement characters", r"\ufffd|锟斤|斤拷|(?:烫烫|屯屯){2}", _LOST),
    # UTF-8 read as Latin 1 or Windows 1252 (two characters at least), GBK as Latin 1 (three),
    # and the comma and the stop of UTF-8 read as GBK.
    (
        "wrongly decoded characters",
        r"(?:[ä-é][\x80-\xbf\u0152-\u017e\u0192\u02c6\u02dc\u2013-\u203a€™]{2}){2}"
        r"|(?:[°-÷][\xa1-\xfe]){3}|锛[屼屽屾岀岃岄]|紝|銆",
        _DECODED,
    ),
    (
        "names of characters",
        r"&(?:[A-Za-z]{2,8}|\#\d{2,6}|\#x[0-9A-Fa-f]{2,5});",
        "write what they stand for (&ldquo; is “), or import the page with pt.import_files",
    ),
    (
        "direction marks",
        "[\u200e\u200f\u202a-\u202e\u2066-\u2069]",
        "delete them; what is shown may not be in the order of what is counted",
    ),
    ("zero-width characters", "[\u200b-\u200d\u2060\ufeff]", _INSIDE),
    ("soft hyphens", "\u00ad", _INSIDE),
    (
        "private-use characters",
        "[\ue000-\uf8ff]",
        "delete them or write what they show, mostly bullets; each font has others",
    ),
)
# One search that finds no stray spares a clean text all the others.
_ANY_STRAY = re.compile("|".join(pattern for _, pattern, _ in _STRAY))
_LINE = re.compile(r"[^\r\n]+")
_LINE_ENDS = re.compile(f"[{LINE_ENDS}]")
_ENDED = re.compile(r"\r\n|[\n\r]")  # as an editor counts lines
_MAX_LINE = 1_000_000
_PROSE = re.compile("[，。；,;]")
_MIN_LINES, _MIN_PROSE = 30, 0.5
_CONVERT = (
    "pip install -r requirements-opencc.txt, by which it is read in simplified ones, or convert it"
)
_CONVERT_SHORT = "write it in simplified characters, or join it with the text it belongs to"
_READ = "nothing to do: it is read in simplified ones, offsets are those of the source"
_MIN_HALVES, _MAX_HALVES = 3, 0.5


def check(rows: Iterable[Mapping[str, Any]], sources: Mapping[str, str]) -> Iterator[Issue]:
    """Notes on what looks wrong or was read otherwise; ``rows`` have doc, file, start and end."""
    rows = list(rows)
    for row in rows:
        text = sources[row["doc"]][row["start"] : row["end"]]
        for find_problems in _CHECKS:
            for one in find_problems(text):
                place = row["file"], row["doc"], one.severity
                yield Issue(*place, one.problem, one.detail, one.fix)
    yield from _same_year(rows)


CLOSED = {"level": LEVELS, "kind": KINDS}


def unknown_values(
    file: str, rows: Iterable[tuple[int | str, Mapping[str, Any]]]
) -> Iterator[Issue]:
    """Notes on levels and kinds that no finder knows, one for each value, and one on dates.

    Args:
        file: The table.
        rows: The number of each row, and its cells by our names.
    """
    found: dict[tuple[str, str], list[int | str]] = defaultdict(list)
    for number, cells in (rows := list(rows)):
        for column, allowed in CLOSED.items():
            cell = cells.get(column)
            if cell and cell == cell and str(cell) not in allowed:
                found[column, str(cell)].append(number)
    for (column, cell), (first, *others) in found.items():
        more = f" here and in {len(others)} more rows" if others else ""
        detail = f"{cell!r}{more} is none of {', '.join(CLOSED[column])}"
        fix = f"write one of them; until then the {column} counts as missing"
        yield Issue(f"{file}, row {first}", None, "warning", f"unknown {column}", detail, fix)
    yield from _no_dates(file, rows)


def _no_dates(file: str, rows: Iterable[tuple[int | str, Mapping[str, Any]]]) -> Iterator[Issue]:
    """One note on the cells of dates that are none, and what each is taken for."""
    cells = ((number, str(row.get("date") or "")) for number, row in rows)
    if not (wrong := [(number, cell) for number, cell in cells if cell and not is_date(cell)]):
        return
    known = {cell: year({"date": cell}) for _, cell in wrong}
    taken = [
        f"row {number} {cell!r} (read as {known[cell] or 'missing'})" for number, cell in wrong
    ]
    more = f" and {len(taken) - _NAMED} more" if len(taken) > _NAMED else ""
    detail = f"no day, month or year: {', '.join(taken[:_NAMED])}{more}"
    fix = "write 2021-02-03, 2021-02 or 2021, or leave the cell empty"
    yield Issue(f"{file}, row {wrong[0][0]}", None, "warning", "unknown date", detail, fix)


class _Finding(NamedTuple):
    problem: str
    detail: str
    fix: str
    severity: str = "warning"


Findings = Iterator[_Finding]


def _stray_characters(text: str) -> Findings:
    if _ANY_STRAY.search(text):
        for what, pattern, fix in _STRAY:
            found = [match.start() for match in re.finditer(pattern, text)]
            if found:
                yield _Finding(what, _count(text, found), fix)


_DAMAGES = ("null characters", "replacement characters", "wrongly decoded characters")


def damage(text: str) -> Iterator[str]:
    """A sentence for each kind of trace that a damaged file or a wrong encoding left.

    >>> list(damage("增长\ufffd成"))
    ['replacement characters: 1, the first in line 1, at code point 2; an earlier conversion lost \
text; get the original']
    """
    for one in _stray_characters(text):
        if one.problem in _DAMAGES:
            yield f"{one.problem}: {one.detail}; {one.fix}"


def _count(text: str, found: list[int]) -> str:
    line = len(_ENDED.findall(text, 0, found[0])) + 1
    return f"{len(found)}, the first in line {line}, at code point {found[0]}"


def _radicals(text: str) -> Findings:
    found = [match.start() for match in RADICALS.finditer(text)]
    if found:
        fix = "nothing to do: they are read as the characters that they stand for"
        yield _Finding("radicals for characters", _count(text, found), fix, "guess")


def _very_long_line(text: str) -> Findings:
    longest = max((line.end() - line.start() for line in _LINE.finditer(text)), default=0)
    if longest > _MAX_LINE:
        fix = "put in the line ends that the file has lost, or split it into documents"
        yield _Finding("very long line", f"one line of {longest:,} characters", fix)


def _menu(text: str) -> Findings:
    """Little prose: the lines of a website's menu hold no comma and no stop; nor do bare lists."""
    lines = [line for line in text.splitlines() if line.strip()]
    prose = sum(len(line) for line in lines if _PROSE.search(line))
    if len(lines) >= _MIN_LINES and prose < _MIN_PROSE * sum(map(len, lines)):
        found = f"{len(lines)} lines, most without a comma or stop"
        fix = "see whether it is a menu or a list, and take it out"
        yield _Finding("little prose", found, fix)


def _quotation_marks(text: str) -> Findings:
    """Marks that the finders read the other way round, and halves that pair with nothing."""
    turned: list[int] = []
    unpaired = 0
    for start, end in tx.paragraphs(text) if not all_paired(text) else ():
        marks = read_marks(_LINE_ENDS.sub(" ", text[start:end]))
        turned += [start + at for at in marks.turned]
        unpaired += len(marks.unpaired)
    if turned:
        found = f"{len(turned)} read the other way round, the first at code point {turned[0]}"
        yield _Finding("turned quotation marks", found, "see whether these are quotations")
    if unpaired >= _MIN_HALVES and unpaired > _MAX_HALVES * text.count("“"):
        fix = "quotations that lack a mark are not found; correct the marks"
        yield _Finding("unpaired quotation marks", f"{unpaired} without a partner", fix)


def _scripts(text: str) -> Findings:
    """Traditional characters, alone or among simplified ones: the lexicon is simplified."""
    if is_traditional(text):
        han, traditional, simplified = scripts(text)
        mixed = " mixed with simplified ones" if is_no_exception(simplified, han) else ""
        found = f"{traditional} of {han} characters are not simplified{mixed}"
        done = (_READ, "guess") if converter() else (_CONVERT, "warning")
        yield _Finding("traditional characters", found, *done)
    elif hints := hints_of_tradition(text):
        found = f"{hints} characters are not simplified, too few to tell its script by"
        yield _Finding("script not known", f"{found}; it is read as it stands", _CONVERT_SHORT)


_CHECKS: tuple[Callable[[str], Findings], ...] = (
    _stray_characters,
    _radicals,
    _very_long_line,
    _menu,
    _quotation_marks,
    _scripts,
)


def _same_year(rows: list[Mapping[str, Any]]) -> Iterator[Issue]:
    """Of one author and place there is as a rule one report a year."""
    groups: dict[tuple[Any, ...], list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        key = tuple(row.get(name) for name in ("place", "author", "organ", "kind", "date"))
        if key[0] and key[1] and re.fullmatch(r"\d{4}年?", str(key[-1])):
            groups[key].append(row)
    for (place, *_, when), group in groups.items():
        if len(group) > 1:
            found = f"{place} {when} also has {', '.join(row['doc'] for row in group[1:])}"
            fix = "see which of them belong in a comparison by year, and select"
            file, doc = group[0]["file"], group[0]["doc"]
            yield Issue(file, doc, "warning", "same place and year", found, fix)
