"""A document as the finders read it: clean text, sentences, place, level, kind and year."""

import gc
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from policytext.corpus.corpus import Corpus, LeftOut
from policytext.corpus.days import year
from policytext.lexicon.schema import LEVELS
from policytext.text.clean import CleanText, Span, clean_text
from policytext.text.dates import iso_of


class Sentence(NamedTuple):
    """One sentence: its span in the clean text, and where in the document it stands."""

    start: int
    end: int
    part: str
    heading: str | None
    chapter: str | None
    paragraph: int
    opens: bool  # the first of its paragraph


@dataclass(frozen=True)
class Document:
    """A document as every finder reads it; spans count in its clean text.

    ``page``: the file or document that it is a part of; ``level``: None where no finder knows it;
    ``date``: as much of its ISO date as is known, at least the year.
    """

    doc: str
    page: str
    clean: CleanText
    sentences: tuple[Sentence, ...]
    place: str | None
    level: str | None
    kind: str | None
    date: str | None

    @property
    def year(self) -> int | None:
        """The year of the date."""
        return int(self.date[:4]) if self.date else None

    @cached_property
    def text(self) -> str:
        """The text without breaks, widths folded; its sentences are parted by line ends."""
        return self.clean.text

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def sentence_at(self, at: int) -> int:
        """The number of the sentence that holds a character."""
        return bisect_right(self._starts, at) - 1

    def span(self, start: int, end: int) -> Span:
        """A span of the text as a span of the source."""
        return self.clean.source_span(start, end)

    def passage(self, start: int, end: int) -> str:
        """The passage at a span of the text, as printed, without breaks."""
        return self.clean.passage(start, end)


def documents(corpus: Corpus) -> Iterator[Document]:
    """Prepare every document that has sentences, in the order of the table."""
    return (_document(corpus, row, sentences) for row, sentences in _rows(corpus))


Made = TypeVar("Made")


def each_document(
    corpus: Corpus, work: Callable[[Document], Made], left: LeftOut
) -> Iterator[Made]:
    """Give what ``work`` makes of each document, in the order of the table.

    Args:
        corpus: The documents.
        work: What is wanted of a document.
        left: Where a document goes at which ``work`` stops with an error.
    """
    for row, sentences in _rows(corpus):
        with left.on_error(row["file"], row["doc"]):
            # Made before it is given away: what its taker raises is no document's fault.
            made = work(_document(corpus, row, sentences))
        if row["doc"] not in left.docs:
            yield made


@contextmanager
def uncollected() -> Iterator[None]:
    """Leave the collector of cycles off for a while.

    What a finder makes is thousands of small tuples and no cycle at all; to look for one there
    takes a fifth of its time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


# What is read of each sentence: its span, its part, what stands above it, its paragraph.
_CELLS = ["start", "end", "part", "heading", "chapter", "paragraph"]
_Cells = tuple[int, int, str, str | None, str | None, int]


def _rows(corpus: Corpus) -> Iterator[tuple[dict[str, Any], list[_Cells]]]:
    """Each document with its sentences: as tuples, since a table for each text takes longer."""
    cells = {name: corpus.sentences[name].tolist() for name in ("doc", *_CELLS)}
    cells |= {name: map(_text, cells[name]) for name in ("heading", "chapter")}
    sentences: dict[str, list[_Cells]] = defaultdict(list)
    for doc, *row in zip(*cells.values(), strict=True):
        sentences[doc].append(tuple(row))
    for row in corpus.documents.to_dict("records"):
        if row["doc"] in sentences:
            yield row, sentences[row["doc"]]


def _document(corpus: Corpus, row: Mapping[str, Any], sentences: list[_Cells]) -> Document:
    source = corpus.source(row["doc"])
    clean = clean_text(source, [cells[:2] for cells in sentences])
    level = _text(row.get("level"))
    return Document(
        str(row["doc"]),
        _page(row, source),
        clean,
        tuple(_sentences(clean.text, sentences)),
        _text(row.get("place")),
        level if level in LEVELS else None,
        _text(row.get("kind")),
        _date(row),
    )


def _date(row: Mapping[str, Any]) -> str | None:
    """The date of a document as ISO; its year alone where more cannot be read."""
    known, date = year(row), iso_of(str(row.get("date") or ""), None) or ""
    return date if known and date.startswith(known) and "/" not in date else known


def _page(row: Mapping[str, Any], source: str) -> str:
    """The file of a document where that holds several, else the document itself."""
    whole = (row["start"], row["end"]) == (0, len(source))
    return str(row["doc"] if whole else row["file"])


def _text(cell: object) -> str | None:
    return cell if isinstance(cell, str) and cell else None


def _sentences(text: str, rows: list[_Cells]) -> Iterator[Sentence]:
    at, above = 0, None
    for line, (_, _, part, heading, chapter, paragraph) in zip(text.split("\n"), rows, strict=True):
        end = at + len(line)
        yield Sentence(at, end, part, heading, chapter, paragraph, paragraph != above)
        at, above = end + 1, paragraph
