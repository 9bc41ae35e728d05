"""How much of a report stands in its place's report of the year before, and which passages."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, takewhile
from operator import itemgetter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from policytext.corpus.corpus import NOT_COUNTED, Corpus
from policytext.corpus.document import Document, documents
from policytext.corpus.issues import SelectionError
from policytext.showing import tabled
from policytext.text.clean import Span, clean, codes
from policytext.years.reports import reports_of

WIDTH = 12  # characters: longer than any name or stock phrase but the longest
# A line at the end of so many texts of a place, and of half of them, is its website's.
_FOOTER, _MOST, _TAIL = 3, 0.5, 20
_BASE = np.uint64(1_000_003)  # odd, for a hash that is taken modulo 2**64

COPIED = ["doc", "start", "end", "text", "place", "year", "characters"]
COPIED += ["earlier", "earlier_start", "earlier_end", "lag"]
SHARES = ["doc", "place", "level", "year", "lag", "width", "earlier", "characters", "repeated"]
SHARES += ["share", "unobserved"]

Hashes = npt.NDArray[np.uint64]


class _Report(NamedTuple):
    """The letters and digits of a report, and where in its clean text each stands."""

    document: Document
    place: str
    level: str
    letters: str
    at: npt.NDArray[np.int64]

    def span(self, start: int, end: int) -> Span:
        """The span of the source of some of its letters."""
        return self.document.span(int(self.at[start]), int(self.at[end - 1]) + 1)


@tabled
def repetition(
    corpus: Corpus, lag: int | Iterable[int] = 1, width: int | Iterable[int] = WIDTH
) -> pd.DataFrame:
    """Measure which share of each report stands word for word in an earlier one of its place.

    Counted are letters and digits, without marks, blanks, glossaries and what a website prints
    under all its texts. Of several reports of the earlier year a passage may stand in any.

    Args:
        corpus: Reports with place and year.
        lag: How many years earlier, or several of them.
        width: How many characters in a row make a repeated passage, or several such widths.

    Returns:
        A row per report, lag and width: doc, place, level, year, lag, width, earlier (the report
        or reports it is laid beside), characters, repeated, share (0 to 1), unobserved (why there
        is no share: no report of the earlier year is in the corpus, or it has no letters).

    Raises:
        SelectionError: A lag or width is no such number.

    >>> from policytext import read_corpus
    >>> corpus = read_corpus("data/wenzhou-2021")
    >>> set(repetition(corpus)["unobserved"])
    {'no report of 2020'}
    """
    lags, widths = _several(lag, "lag", 1), _several(width, "width", 4)
    reports, notes = _by_year(corpus)
    rows = [
        _share(report, reports.get((place, year - lag), []), year, lag, width)
        for width in widths
        for lag in lags
        for (place, year), own in reports.items()
        for report in own
    ]
    table = pd.DataFrame(rows, columns=SHARES)
    table.attrs["notes"] = notes
    return table.astype({"repeated": "Int64", "share": "Float64"})


@tabled
def repeated_passages(corpus: Corpus, lag: int = 1, width: int = WIDTH) -> pd.DataFrame:
    """Find the passages of each report that stand in its place's report of an earlier year.

    Args:
        corpus: Reports with place and year.
        lag: How many years earlier.
        width: How many letters and digits in a row, marks and blanks aside.

    Returns:
        A span table, the longest possible passages from left to right, neighbours may share fewer
        than ``width`` characters: doc, start, end, text, place, year, characters; earlier,
        earlier_start, earlier_end (where it stands in the earlier report), lag.

    Raises:
        SelectionError: A lag or width is no such number.
    """
    (lag,), (width,) = _several(lag, "lag", 1), _several(width, "width", 4)
    reports, _ = _by_year(corpus)
    rows = [
        row
        for (place, year), own in reports.items()
        for report in own
        for row in _passages(report, reports.get((place, year - lag), []), year, lag, width)
    ]
    return pd.DataFrame(rows, columns=COPIED).sort_values(["doc", "start"], ignore_index=True)


def _several(given: int | Iterable[int], name: str, least: int) -> list[int]:
    numbers = [given] if isinstance(given, int) else list(given)
    if not numbers or not all(isinstance(n, int) and n >= least for n in numbers):
        raise SelectionError(f"{name}={given!r}: write a whole number from {least} on, or a list")
    return numbers


# --- what is counted of a report ------------------------------------------------------------------


Reports = Mapping[tuple[str, int], list[_Report]]


def _by_year(corpus: Corpus) -> tuple[Reports, list[str]]:
    """The reports of each place and year without websites' footers, and what is to be noted."""
    table = reports_of(corpus)
    read = {document.doc: document for document in documents(corpus)}
    table = table[table["doc"].isin(read)]
    found: dict[tuple[str, int], list[_Report]] = defaultdict(list)
    for place, rows in table.groupby("place", sort=False):
        own = [read[doc] for doc in rows["doc"]]
        footer = _footer(own)
        for document, level, year in zip(own, rows["level"], rows["year"], strict=True):
            found[str(place), year].append(_report(document, str(place), level, footer))
    return found, table.attrs["notes"]


def _footer(reports: list[Document]) -> set[str]:
    """The sentences that most texts of a place have among their last ones: a licence, an address.

    Two texts are too few to tell a footer from the last words of a speech.
    """
    tails = ({one.text[s.start : s.end] for s in one.sentences[-_TAIL:]} for one in reports)
    counts = Counter(line for tail in tails for line in tail)
    least = max(_FOOTER, _MOST * len(reports))
    return {line for line, number in counts.items() if number >= least}


def _report(document: Document, place: str, level: str, footer: set[str]) -> _Report:
    """The letters and digits of its text above the footer, without glossaries."""
    body = [one for one in document.sentences if one.part != "glossary"]
    while body and document.text[body[-1].start : body[-1].end] in footer:
        body.pop()
    kept = np.zeros(len(document.text), bool)
    for one in body:
        kept[one.start : one.end] = True
    kept[[match.start() for match in NOT_COUNTED.finditer(document.text)]] = False
    at = np.flatnonzero(kept)
    return _Report(document, place, level, "".join(document.text[i] for i in at), at)


# --- what two reports share -----------------------------------------------------------------------


def _hashes(letters: str, width: int) -> Hashes:
    """A hash of the ``width`` characters that begin at each place."""
    shown = codes(letters).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    number = max(0, len(letters) - width + 1)
    sums = np.zeros(number, np.uint64)
    for at in range(width):
        sums = sums * _BASE + shown[at : at + number]
    return sums


def _share(
    report: _Report, earlier: list[_Report], year: int, lag: int, width: int
) -> tuple[object, ...]:
    names = "、".join(one.document.doc for one in earlier)
    size, own = len(report.letters), _hashes(report.letters, width)
    head = (report.document.doc, report.place, report.level, year, lag, width)
    if not earlier or not size:
        why = f"no report of {year - lag}" if size else "no letters"
        return (*head, names or None, size, None, None, why)
    seen = np.isin(own, np.concatenate([_hashes(one.letters, width) for one in earlier]))
    repeated = int(_covered(seen, size, width).sum())
    return (*head, names, size, repeated, repeated / size, None)


def _covered(begins: npt.NDArray[np.bool_], size: int, width: int) -> npt.NDArray[np.bool_]:
    """Which characters lie in a sequence of ``width`` that begins at one of the places."""
    steps = np.zeros(size + 1, np.int64)
    places = np.flatnonzero(begins)
    np.add.at(steps, places, 1)
    np.add.at(steps, places + width, -1)
    return np.cumsum(steps)[:size] > 0


def _passages(
    report: _Report, earlier: list[_Report], year: int, lag: int, width: int
) -> Iterator[tuple[object, ...]]:
    """The longest shared passages from left to right; none lies in the one before."""
    known = [(one, _places(one.letters, width)) for one in earlier]
    at, hashes = 0, _hashes(report.letters, width).tolist()
    while at < len(hashes):
        length, other, there = max(
            (
                (_length(report.letters, at, one.letters, there), one, there)
                for one, places in known
                for there in places.get(hashes[at], ())
            ),
            key=itemgetter(0),
            default=(0, report, 0),
        )
        if length >= width:
            document = report.document
            start, end = report.span(at, at + length)
            text = clean(document.clean.source[start:end])
            copied = (report.place, year, length, other.document.doc)
            yield (document.doc, start, end, text, *copied, *other.span(there, there + length), lag)
        at += max(1, length - width + 1)


def _places(letters: str, width: int) -> dict[int, list[int]]:
    """Where each sequence of a report begins in it, by hash."""
    places: dict[int, list[int]] = defaultdict(list)
    for at, one in enumerate(_hashes(letters, width).tolist()):
        places[one].append(at)
    return places


def _length(one: str, at: int, other: str, there: int) -> int:
    """How many characters from two places on are the same."""
    pairs = zip(islice(one, at, None), islice(other, there, None), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
