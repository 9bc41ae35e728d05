"""What only slogan rules need of a document: quotations, places above it, cue words."""

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from hashlib import blake2b
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from policytext import text as tx
from policytext.corpus.corpus import Corpus
from policytext.corpus.document import Document
from policytext.corpus.document import documents as plain_documents
from policytext.lexicon.abbreviations import abbreviations_in
from policytext.lexicon.lexicon import Expressions, Lexicon, expressions
from policytext.text.clean import CleanText, Numbers, without_marks
from policytext.text.patterns import TextIndex, Words
from policytext.text.sentences import quotations

_SUFFIX = re.compile(r"(?:特别行政区|自治[区州县旗]|[省市区县旗镇乡]|街道)$")

# What a mark opens that is closed nowhere in its line: up to the end of the clause, or to what it
# is said to be (“六稳三促的要求).
_LEFT_OPEN = r"""
    “ (?! [^“”\n]* ” )
    ( [^“”\n，,。；;：:！？!?]{2,20}? )
    (?= (?: [的等] {HAN}{0,2} (?: {orientation from 2 characters} | {method from 2 characters} ) )?
        [，,。；;：:！？!?] )
    """
_CHARACTERS = re.compile(r"\w+")
_MAX_PLACES = 500
_RUN_IN = 30
# How far the aims reach behind the words that announce them.
_AIMS_LENGTH = 400


class Mention(NamedTuple):
    """One slogan mention, in the coordinates of the text without breaks.

    ``text`` has folded widths, as has all that is compared; `Document.passage` gives what is
    printed. ``items``: wordings of the list that a numeral stands for, where it is spelled out.
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
    score: float | None = None
    why: str | None = None
    items: tuple[str, ...] = ()


def without_edge_blanks(mention: Mention) -> Mention:
    """A mention without the blanks at its edges, as of a quotation “ 争先 ”."""
    if mention.text == mention.text.strip():
        return mention
    start, end = tx.trimmed(mention.text, 0, len(mention.text))
    at, text = mention.start, mention.text[start:end]
    return mention._replace(start=at + start, end=at + end, text=text)


@dataclass(frozen=True)
class SloganDocument(Document):
    """A document with what only the slogan rules ask of it, worked out when it is asked."""

    lexicon: Lexicon

    @cached_property
    def expressions(self) -> Expressions:
        """Expressions by template, with the words of the lexicon in them."""
        return expressions(self.lexicon)

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The place and the one above it, without their suffixes."""
        listed = _short_names(self.lexicon)
        return tuple(dict.fromkeys(listed.get(n) or short_name(n) for n in self._chain[:2]))

    @cached_property
    def province(self) -> str | None:
        """The province that the place lies in, or is."""
        provinces = self.lexicon.words("places", "name", level="provincial")
        known = len(self._chain) > 1 or not provinces.isdisjoint(self._chain)
        return self._chain[-1] if known else None

    @cached_property
    def _chain(self) -> list[str]:
        return _chain(_full_name(self.place, self.level, self.lexicon), self.lexicon, self.text)

    @cached_property
    def without_marks(self) -> CleanText:
        """The text without commas, blanks and quotation marks."""
        return without_marks(self.text)

    @cached_property
    def _index(self) -> TextIndex:
        return TextIndex(self.without_marks.text)

    def spans_of(self, words: Words) -> list[tx.Span]:
        """Where the text has one of some wordings, with or without marks in it."""
        return self._printed(self._index.spans(words))

    def held(self, words: Words) -> set[str]:
        """The wordings of some that the text has, with or without marks in them."""
        return {form for form, _ in self._index.places(words)}

    def _printed(self, spans: list[tx.Span]) -> list[tx.Span]:
        """Spans of the text without marks as spans of the text."""
        if not spans:
            return []
        at = self._positions
        first, last = (np.array(spans) - (0, 1)).T
        return list(zip(at[first].tolist(), (at[last] + 1).tolist(), strict=True))

    @cached_property
    def _positions(self) -> Numbers:
        """Where in the text each character of the text without marks stands."""
        view = self.without_marks
        starts, offsets = np.array([view.starts, view.offsets], np.int64)
        moved = np.repeat(offsets - starts, np.diff(starts, append=len(view.text)))
        return np.arange(len(view.text)) + moved

    def places_of(self, forms: Collection[str]) -> list[tx.Span]:
        """Where the text has each wording, with or without marks in it; a few hundred at most."""
        self.find_places(forms)
        found = ((words, self._places[words][:_MAX_PLACES]) for words in forms)
        return self._printed([(at, at + len(words)) for words, places in found for at in places])

    def count_of(self, words: str) -> int:
        """How often the text has a wording that was looked for, with or without marks in it."""
        return min(len(self._places[words]), _MAX_PLACES)

    def find_places(self, forms: Iterable[str]) -> None:
        """Look for many wordings at once, before it is asked for each how often it stands."""
        new = dict.fromkeys(words for words in forms if words not in self._places)
        self._places.update(dict.fromkeys(new, ()))
        self._places.update(self._index.places(Words(new)))

    def forget_places(self) -> None:
        """Let go of what was looked for: what many documents keep is gone through ever again."""
        self._places.clear()

    @cached_property
    def _places(self) -> dict[str, Sequence[int]]:
        return {}

    @cached_property
    def aims(self) -> frozenset[int]:
        """The numbers of the sentences that state the aims of the whole (总体要求)."""
        stated = self.expressions["{statement of aims}"]
        numbers: set[int] = set()
        last = -1
        for number, sentence in enumerate(self.sentences):
            if stated.search(self.text, sentence.start, sentence.end):
                last = sentence.start + _AIMS_LENGTH
            if sentence.start < last:
                numbers.add(number)
        return frozenset(numbers)

    @cached_property
    def heads(self) -> frozenset[int]:
        """The numbers of the titles, the headings, and short sentences that head a paragraph."""
        return frozenset(
            number
            for number, one in enumerate(self.sentences)
            if one.part in ("title", "heading") or (one.opens and one.end - one.start <= _RUN_IN)
        )

    @cached_property
    def quotes(self) -> list[tx.Span]:
        """Spans inside the quotation marks, outer before inner, and behind marks left open."""
        opened = (m.span(1) for m in self.expressions[_LEFT_OPEN].finditer(self.text))
        return sorted([*quotations(self.text), *opened], key=lambda span: (span[0], -span[1]))

    @cached_property
    def abbreviations(self) -> frozenset[tx.Span]:
        """Spans of the numeral abbreviations and codes, in quotation marks or bare."""
        return frozenset(abbreviations_in(self.text, self.lexicon))

    @cached_property
    def glossary_start(self) -> int:
        """Where the text ends and its glossary begins: there formulae are explained, not used."""
        glossary = (s.start for s in self.sentences if s.part == "glossary")
        return min(glossary, default=len(self.text))

    @cached_property
    def fingerprint(self) -> str:
        """A hash of the characters of the text, by which a copy in another file is known again."""
        return blake2b("".join(_CHARACTERS.findall(self.text)).encode(), digest_size=8).hexdigest()

    @cached_property
    def own_scopes(self) -> frozenset[str]:
        """Scopes that own a formula which the document uses: its page and its place."""
        return frozenset(self.scopes[:2])

    @cached_property
    def visible_scopes(self) -> frozenset[str]:
        """Scopes a formula may come from: the page, the place, its parent."""
        return frozenset(self.scopes)

    @cached_property
    def scopes(self) -> list[str]:
        """The page, then the place, then the place above, as names of scopes."""
        return [f"page {self.page}", *(f"place {place}" for place in self.places)]

    def quoting(self, span: tx.Span) -> str:
        """Whether a span is a whole quotation (full), a part of one (inside), or neither."""
        if span in self._quoted:
            return "full"
        starts, reach = self._quotes_reach
        last = bisect_right(starts, span[0])
        # A quotation has at most a few inside it.
        near = self.quotes[max(0, last - 4) : last] if reach[last] >= span[1] else ()
        return "inside" if any(end >= span[1] for _, end in near) else "none"

    def cuts_quote(self, span: tx.Span) -> bool:
        """Whether a span has one mark of a quotation and not the other."""
        passage = self.text[slice(*span)]
        return passage.count("“") != passage.count("”")

    @cached_property
    def _quoted(self) -> frozenset[tx.Span]:
        return frozenset(self.quotes)

    @cached_property
    def _quotes_reach(self) -> tuple[list[int], list[int]]:
        """Where quotations begin, and how far those up to each reach: most end before a span."""
        reach = accumulate((end for _, end in self.quotes), max, initial=0)
        return [start for start, _ in self.quotes], list(reach)


def documents(corpus: Corpus, lexicon: Lexicon) -> Iterator[SloganDocument]:
    """Prepare every document for the slogan rules, in the order of the table."""
    return (slogan_document(document, lexicon) for document in plain_documents(corpus))


def slogan_document(document: Document, lexicon: Lexicon) -> SloganDocument:
    """Add to a document what the slogan rules ask of it."""
    cells = {cell.name: getattr(document, cell.name) for cell in fields(document)}
    return SloganDocument(**cells, lexicon=lexicon)


def short_name(place: str) -> str:
    """A place without its suffix, where two characters stay.

    >>> short_name("洞头区"), short_name("沙县")
    ('洞头', '沙县')
    """
    short = _SUFFIX.sub("", place)
    return short if len(short) > 1 else place


def _full_name(place: str | None, level: str | None, lexicon: Lexicon) -> str | None:
    """A place as the table names it: 中山 is 中山市; of two called so, that of the level."""
    if place is None or place in _parents(lexicon):
        return place
    named = lexicon["places"].query("short == @place")
    at_level = named[named["level"] == level]
    names = (at_level if len(at_level) else named)["name"].unique()
    return str(names[0]) if len(names) == 1 else place


def _chain(place: str | None, lexicon: Lexicon, text: str) -> list[str]:
    """A place and the places above it; of two that share a name, the one the text speaks of."""
    parents = _parents(lexicon)
    if place not in parents and (parted := _parted(place or "", parents)):
        name, above_it = parted
        return [name, *_chain(above_it, lexicon, text)]
    chain: list[str] = []
    while place and place not in chain:
        chain.append(place)
        # A city without districts is listed under itself, too.
        above = sorted(parents.get(place, set()) - {place})
        said = {name: text.count(short_name(name)) for name in above}
        best = max(above, key=lambda name: said[name], default=None)
        place = best if len(above) == 1 or (best and said[best]) else None
    return chain


def _parted(place: str, parents: Mapping[str, set[str]]) -> tuple[str, str] | None:
    """A name that stands behind the place above it, and that place.

    >>> _parted("福州市鼓楼区", {"鼓楼区": {"福州市", "南京市"}})
    ('鼓楼区', '福州市')
    """
    cuts = ((place[at:], place[:at]) for at in range(2, len(place)))
    return next((cut for cut in cuts if cut[1] in parents.get(cut[0], ())), None)


@lru_cache(maxsize=8)
def _short_names(lexicon: Lexicon) -> dict[str, str]:
    """What each place of the table is called for short: 宁夏回族自治区 is 宁夏."""
    table = lexicon["places"]
    return dict(zip(table["name"], table["short"], strict=True))


@lru_cache(maxsize=8)
def _parents(lexicon: Lexicon) -> dict[str, set[str]]:
    parents: dict[str, set[str]] = {}
    table = lexicon["places"]
    for name, parent in zip(table["name"], table["parent"], strict=True):
        parents.setdefault(name, set()).update({parent} - {""})
    return parents


def mention_at(
    document: SloganDocument, span: tx.Span, types: tuple[str, ...], rule: str, **more: object
) -> Mention:
    """A mention of a document at a span; core unless ``more`` says otherwise."""
    start, end = span
    more = {"core": True, "quoted": document.quoting(span), **more}
    text = document.text[start:end]
    return Mention(start, end, text, types=types, rule=rule, **more)  # type: ignore[arg-type]


def drop_overlaps(
    mentions: Iterable[Mention], repeats: Callable[[Mention, Mention], bool]
) -> list[Mention]:
    """Keep one mention per span, the first, and none that cuts a longer one.

    Args:
        mentions: In the order of preference.
        repeats: Whether a mention says nothing beside the one around it.
    """
    kept: list[Mention] = []
    for mention in sorted(map(without_edge_blanks, mentions), key=lambda m: (m.start, -m.end)):
        around = [m for m in kept[-6:] if m.end > mention.start]
        same = any((m.start, m.end) == (mention.start, mention.end) for m in around)
        cuts = any(m.start < mention.start and m.end < mention.end for m in around)
        if not (same or cuts or any(repeats(m, mention) for m in around)):
            kept.append(mention)
    return kept


Reading = tuple[SloganDocument, list[Mention]]
