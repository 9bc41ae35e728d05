"""What the slogan rules see of a document: text without breaks, parts, place and year."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import pandas as pd

from policytext import text as tx
from policytext.corpus.corpus import Corpus
from policytext.lexicon.lexicon import Lexicon
from policytext.lexicon.schema import LEVELS
from policytext.text.abbreviations import abbreviations_in
from policytext.text.clean import CleanText, clean_text, without_marks
from policytext.text.patterns import alternatives
from policytext.text.sentences import quotations

_SUFFIX = re.compile(r"(?:特别行政区|自治[区州县旗]|[省市区县旗镇乡]|街道)$")
_YEAR = re.compile(r"(?:19|20)\d\d")


class Sentence(NamedTuple):
    """One sentence in the coordinates of the text without breaks; ``opens`` its paragraph."""

    start: int
    end: int
    part: str
    heading: str | None
    opens: bool


class Spans:
    """Spans that answer which of them lie around another one."""

    def __init__(self, spans: Iterable[tx.Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]

    def around(self, span: tx.Span, or_same: bool = False) -> bool:
        """Whether one of them contains a span; a quotation has at most a few inside it."""
        last = bisect_right(self._starts, span[0])
        near = self._spans[max(0, last - 4) : last]
        return any(b >= span[1] and (or_same or (a, b) != span) for a, b in near)


@dataclass(frozen=True)
class Mention:
    """One slogan mention, in the coordinates of the text without breaks.

    ``text`` has folded widths, as has all that is compared; `Document.passage` gives what is
    printed.
    """

    start: int
    end: int
    text: str
    core: bool
    types: tuple[str, ...]
    rule: str
    quoted: str = "none"
    basis: str = "sentence"
    level: str | None = None
    level_basis: str = "unknown"
    level_evidence: str | None = None
    canonical: str | None = None
    echo: str = "exact"


def without_edge_blanks(mention: Mention) -> Mention:
    """A mention without the blanks at its edges, as of a quotation “ 争先 ”."""
    start, end = tx.trimmed(mention.text, 0, len(mention.text))
    at, text = mention.start, mention.text[start:end]
    return replace(mention, start=at + start, end=at + end, text=text)


@dataclass(frozen=True)
class Document:
    """A document as the slogan rules see it."""

    doc: str
    page: str
    joined: CleanText
    sentences: tuple[Sentence, ...]
    place: str | None
    places: tuple[str, ...]
    level: str | None
    province: str | None
    year: int | None
    lexicon: Lexicon

    @property
    def text(self) -> str:
        """The document without breaks, widths folded; its sentences are parted by line ends."""
        return self.joined.text

    @cached_property
    def without_marks(self) -> CleanText:
        """The text without commas, blanks and quotation marks."""
        return without_marks(self.joined.text)

    @cached_property
    def quotes(self) -> list[tx.Span]:
        """Spans inside the quotation marks, outer before inner."""
        return list(quotations(self.joined.text))

    @cached_property
    def abbreviations(self) -> frozenset[tx.Span]:
        """Spans of the numeral abbreviations and codes, in quotation marks or bare."""
        return frozenset(
            abbreviations_in(self.joined.text, self.lexicon.words("numeral_words", "word"))
        )

    @cached_property
    def in_use(self) -> int:
        """Where the text ends and its glossary begins: there formulae are explained, not used."""
        glossary = (s.start for s in self.sentences if s.part == "glossary")
        return min(glossary, default=len(self.text))

    @cached_property
    def home(self) -> frozenset[str]:
        """Where a formula that the document uses is at home: its page and its place."""
        return frozenset(self.scopes[:2])

    @cached_property
    def reach(self) -> frozenset[str]:
        """Where the document may have its formulae from: its page, its place, the place above."""
        return frozenset(self.scopes)

    @cached_property
    def scopes(self) -> list[str]:
        """The page, then the place, then the place above, as names of scopes."""
        return [f"page {self.page}", *(f"place {place}" for place in self.places)]

    def quoting(self, span: tx.Span) -> str:
        """Whether a span is a whole quotation (full), a part of one (inside), or neither."""
        if span in self._quoted:
            return "full"
        return "inside" if self._around.around(span) else "none"

    def cuts_quote(self, span: tx.Span) -> bool:
        """Whether a span has one mark of a quotation and not the other."""
        passage = self.text[slice(*span)]
        return passage.count("“") != passage.count("”")

    @cached_property
    def _quoted(self) -> frozenset[tx.Span]:
        return frozenset(self.quotes)

    @cached_property
    def _around(self) -> Spans:
        return Spans(self.quotes)

    def span(self, start: int, end: int) -> tx.Span:
        """A span of the text as a span of the source."""
        return self.joined.source_span(start, end)

    def passage(self, start: int, end: int) -> str:
        """The passage at a span of the text, as printed, without breaks."""
        return self.joined.passage(start, end)


def documents(corpus: Corpus, lexicon: Lexicon) -> Iterator[Document]:
    """Every document of a corpus as the slogan rules see it, in the order of the table."""
    by_doc: Mapping[str, pd.DataFrame] = dict(list(corpus.sentences.groupby("doc", sort=False)))
    for row in corpus.documents.to_dict("records"):
        if row["doc"] in by_doc:
            yield document_of(row, corpus.source(row["doc"]), by_doc[row["doc"]], lexicon)


def document_of(
    row: Mapping[str, Any], source: str, sentences: pd.DataFrame, lexicon: Lexicon
) -> Document:
    """One document as the slogan rules see it, from its row and its sentences."""
    spans = list(zip(sentences["start"].tolist(), sentences["end"].tolist(), strict=True))
    joined = clean_text(source, spans)
    place = _text(row.get("place"))
    chain = _chain(place, lexicon, joined.text)
    level = _text(row.get("level"))
    year = _YEAR.search(_text(row.get("date")) or "")
    return Document(
        str(row["doc"]),
        _page(row, source),
        joined,
        tuple(_sentences(joined, sentences)),
        place,
        tuple(dict.fromkeys(short_name(name) for name in chain[:2])),
        level if level in LEVELS else None,
        chain[-1] if len(chain) > 1 or place in _provinces(lexicon) else None,
        int(year[0]) if year else None,
        lexicon,
    )


def _page(row: Mapping[str, Any], source: str) -> str:
    """What a document is a piece of: its file where that holds several, else itself."""
    whole = (row["start"], row["end"]) == (0, len(source))
    return str(row["doc"] if whole else row["file"])


def _text(cell: object) -> str | None:
    return cell if isinstance(cell, str) and cell else None


def _sentences(joined: CleanText, table: pd.DataFrame) -> Iterator[Sentence]:
    """The sentences where they stand in the text without breaks."""
    at, above = 0, None
    parts = table[["part", "heading", "paragraph"]].itertuples(index=False, name=None)
    for piece, (part, heading, paragraph) in zip(joined.text.split("\n"), parts, strict=True):
        yield Sentence(at, at + len(piece), part, _text(heading), paragraph != above)
        at, above = at + len(piece) + 1, paragraph


def short_name(place: str) -> str:
    """A place without its suffix, where two characters stay.

    >>> short_name("洞头区"), short_name("沙县")
    ('洞头', '沙县')
    """
    short = _SUFFIX.sub("", place)
    return short if len(short) > 1 else place


def _chain(place: str | None, lexicon: Lexicon, text: str) -> list[str]:
    """A place and the places above it; of two that share a name, the one the text speaks of."""
    parents = _parents(lexicon)
    chain: list[str] = []
    while place and place not in chain:
        chain.append(place)
        above = sorted(parents.get(place, set()))
        said = {name: text.count(short_name(name)) for name in above}
        best = max(above, key=lambda name: said[name], default=None)
        place = best if len(above) == 1 or (best and said[best]) else None
    return chain


@lru_cache(maxsize=8)
def _parents(lexicon: Lexicon) -> dict[str, set[str]]:
    parents: dict[str, set[str]] = {}
    table = lexicon["places"]
    for name, parent in zip(table["name"], table["parent"], strict=True):
        parents.setdefault(name, set()).update({parent} - {""})
    return parents


@lru_cache(maxsize=8)
def _provinces(lexicon: Lexicon) -> frozenset[str]:
    return lexicon.words("places", "name", level="provincial")


def mention_at(
    document: Document, span: tx.Span, types: tuple[str, ...], rule: str, **more: object
) -> Mention:
    """A mention of a document at a span; core unless ``more`` says otherwise."""
    start, end = span
    return Mention(
        *(start, end, document.text[start:end]),
        **{"core": True, "quoted": document.quoting(span), **more},  # type: ignore[arg-type]
        types=types,
        rule=rule,
    )


Reading = tuple[Document, list[Mention]]

_HAN = r"[\u4e00-\u9fff]"


class Words(NamedTuple):
    """The lexicon's cue words as expressions."""

    never: frozenset[str]
    award: re.Pattern[str]
    event: re.Pattern[str]
    event_after: re.Pattern[str]
    product_after: re.Pattern[str]
    programme: re.Pattern[str]
    programme_after: re.Pattern[str]
    orientation_after: re.Pattern[str]
    method_after: re.Pattern[str]
    position: re.Pattern[str]
    aim: re.Pattern[str]
    brand: re.Pattern[str]
    template: re.Pattern[str]
    numeral_words: frozenset[str]
    common_spirit: frozenset[str]
    building: re.Pattern[str]
    brands: frozenset[str]
    verbs: frozenset[str]


@lru_cache(maxsize=8)
def cue_words(lexicon: Lexicon) -> Words:
    """Compile the cue words of a lexicon once."""

    def one_of(kind: str, shortest: int = 1) -> str:
        words = lexicon.words("slogan_words", "word", kind=kind)
        return alternatives(word for word in words if len(word) >= shortest) or r"(?!)"

    ends = r"[，,。；;：:“”\s]|建设|上|新征程|新篇章|$"
    places = f"{one_of('aim')}|{one_of('position')}"
    never = lexicon.words("slogan_words", "word", kind="not")
    return Words(
        never | lexicon.words("slogan_words", "word", kind="idiom"),
        re.compile(rf"(?:{one_of('award')})[^，,。；;、]{{0,6}}$"),
        re.compile(rf"(?:{one_of('event')})$"),
        re.compile(rf"(?:等)?(?:系列|主题)?(?:{one_of('event', 2)})"),
        re.compile(rf"(?:等)?(?:{_HAN}{{2,4}})?(?:{one_of('product')}|品牌)"),
        re.compile(rf"(?:{one_of('programme')})$"),
        re.compile(rf"(?:等)?(?:{_HAN}{{2,4}})?(?:{one_of('programme', 2)})"),
        re.compile(rf"(?:的|等)?(?:{one_of('orientation')}|{_HAN}{{2}}(?:理念|精神|战略|目标))"),
        re.compile(rf"(?:的|等)?(?:{one_of('method')})"),
        re.compile(rf"(?:{one_of('position')})$"),
        re.compile(rf"(?:{places})$"),
        re.compile(rf"^(?:{one_of('brand')})$"),
        re.compile(rf"^(?:{one_of('template')})$"),
        lexicon.words("numeral_words", "word"),
        lexicon.words("slogan_words", "word", kind="common_spirit"),
        re.compile(
            # Each further limb is atomic, and a list has at most fifteen: a row of limbs that can
            # be parted in two ways each would else be tried in all combinations.
            rf"(?:打造|建设|建成|创建)(?:成为|成|好)?([^，,。；;：:“”\s]{{0,30}}?(?:{places})"
            rf"(?>[、和与及][^，,。；;：:“”\s、]{{2,24}}(?:{one_of('position')}|地)"
            rf"(?=[、和与及]|{ends})){{0,15}})(?={ends})"
        ),
        lexicon.words("slogan_words", "word", kind="brand"),
        lexicon.words("slogan_words", "word", kind="verb"),
    )
