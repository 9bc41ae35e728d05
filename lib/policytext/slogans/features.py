"""Name what speaks for and against each candidate: its shape, its neighbours, its places.

A feature is a short sentence in words, so that the table of weights and the column ``why`` can be
read. Quoted and bare candidates have features of their own: what a closing quotation mark stands
before says much, and what a bare span stands before says something else.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from operator import eq
from typing import NamedTuple

import numpy as np

from policytext import text as tx
from policytext.corpus.document import Sentence
from policytext.lexicon.lexicon import Lexicon
from policytext.lexicon.templates import expressions
from policytext.slogans.candidates import Candidate, is_head, limbs
from policytext.slogans.document import SloganDocument
from policytext.slogans.reference import NOT_COUNTED, Counts, Reference
from policytext.text.clean import wording
from policytext.text.index import codes_of

_NUMERAL = re.compile("[一二三四五六七八九十两双百千万]")
_SHAPES = {
    "begins with a numeral": _NUMERAL,
    "has Latin letters": re.compile(".*[A-Za-z]"),
    "has digits": re.compile(r".*\d"),
    "has a plus sign": re.compile(r".*\+"),
    "has a middle dot": re.compile(".*·"),
    "has 的": re.compile(".*的"),
    "has a quotation in it": re.compile(".*“"),
    "names a scale": re.compile(".*(?:[十百千万亿](?:元|吨|千瓦|兆瓦|人)?|国家|省|世界)级"),
}
# What each of them needs: most candidates have none of it.
_ANY_SHAPE = re.compile(rf"^{_NUMERAL.pattern}|[A-Za-z\d+·的“级]")
_ROLES = "position aim event programme product template orientation method".split()
_ENDINGS = {f"ends in a word of {role}": role for role in _ROLES}
_AWARDED = r"{award} [^，,。；;、]{0,6} $"
_NAMED_AFTER = {
    role: f"[的等]? (?:系列|主题)? (?: {{HAN}}{{2}} | {{HAN}}{{4}} )? {{{role} from 2 characters}}"
    for role in ("orientation", "method", "programme", "event", "product")
}
# What stands right before and behind a bare candidate: words of the lexicon, or characters.
_VERBS_BEFORE = {
    "behind a verb of building": "verb of building",
    "behind a verb of becoming": "verb of becoming",
    "behind a verb of holding to": "verb of holding to",
    "behind a verb of pushing on": "verb of pushing on",
    "behind a word of verb": "verb",
}
_MARKS_BEFORE = {
    "behind a mark": "，,。；;：:\n—（(",
    "behind 、": "、",
    "behind 的": "的",
    "behind 和": "和与及",
    "behind 为": "为以",
    "behind 在": "在",
}
_WORDS_AFTER = {
    "before 建设": ("建设", "打造"),
    "before a stop": ("，", ",", "。", "；", ";", "：", ":", "\n"),
    "before 、": ("、",),
    "before 的": ("的",),
    "before a new stage": ("新征程", "新篇章", "新局面", "新跨越"),
    "before a quotation": ("“", "”"),
    "before a part": ("段", "区域", "校区", "片区", "站"),
}
_LAST_NOUN = r"[^，,。；;：:\n、“”]{0,4} {last noun of a name}"
_CLAUSE_MARKS = frozenset("，,。；;：:“”")
_ROW_AFTER = re.compile("(?:[、和及与]?“[^“”]*”)+")
_ROW_BETWEEN = ("”“", "”、“", "”和“", "”及“", "”与“", "”,“")
_OPENING_SHARE, _CLOSING_SHARE = 0.08, 0.97
_MOSTLY_QUOTED = 0.6
_WIDTH = 17
_NEAR = 100


class Cues:
    """The names of words that a passage ends or begins with."""

    def __init__(self, words: dict[str, Iterable[str]]) -> None:
        named: dict[str, list[str]] = defaultdict(list)
        for name, listed in words.items():
            for word in listed:
                named[word].append(name)
        self._names = dict(named)
        # By the first and by the last character: most passages have neither.
        self._first = {word[0]: self._lengths(0, word[0]) for word in self._names}
        self._last = {word[-1]: self._lengths(-1, word[-1]) for word in self._names}

    def _lengths(self, at: int, character: str) -> list[int]:
        return sorted({len(word) for word in self._names if word[at] == character})

    def at_end(self, passage: str) -> list[str]:
        """The names of the words that end a passage, each once."""
        lengths = self._last.get(passage[-1:])
        return self._named([passage[-n:] for n in lengths]) if lengths else []

    def at_start(self, passage: str) -> list[str]:
        """The names of the words that begin a passage, each once."""
        lengths = self._first.get(passage[:1])
        return self._named([passage[:n] for n in lengths]) if lengths else []

    def _named(self, pieces: list[str]) -> list[str]:
        found = [name for piece in pieces if piece in self._names for name in self._names[piece]]
        return found if len(found) < 2 else list(dict.fromkeys(found))


class _Words(NamedTuple):
    """The cues of one lexicon."""

    endings: Cues
    verbs: Cues
    first: Cues
    after: Cues


@lru_cache(maxsize=8)
def _words_of(lexicon: Lexicon) -> _Words:
    words = expressions(lexicon).words
    before = {name: words(role) for name, role in _VERBS_BEFORE.items()}
    traits = {"before a trait": words("trait of a place")}
    return _Words(
        Cues({name: words(role) for name, role in _ENDINGS.items()}),
        Cues({**before, **_MARKS_BEFORE}),
        Cues({"begins with a verb": words("verb before a label")}),
        Cues({**_WORDS_AFTER, **traits}),
    )


class Evidence:
    """What the candidates of one document share, worked out once a form."""

    def __init__(self, document: SloganDocument, reference: Reference) -> None:
        self.document, self.reference, self.text = document, reference, document.text
        self.quotes = [tx.trimmed(self.text, *span) for span in document.quotes]
        self.quote_number = {span: number for number, span in enumerate(self.quotes)}
        self.passages = [self.text[a:b] for a, b in self.quotes]
        self.times_quoted = Counter(map(wording, self.passages))
        self._words = _words_of(document.lexicon)
        self._place = document.places[0] if document.places else ""
        self._listed = {kind: document.words(kind) for kind in ("not", "idiom")}
        self._of_form: dict[str, list[str]] = {}
        self._of_text: dict[str, list[str]] = {}
        self._before: dict[int, list[str]] = {}
        self._behind: dict[int, tuple[list[str], list[str]]] = {}

    def features(self, candidate: Candidate) -> list[str]:
        """The features of a candidate, each once."""
        start, end, _ = candidate
        text = self.text[start:end]
        words = wording(text)
        if text not in self._of_text:
            self._of_text[text] = self._shape(text, words)
        if words not in self._of_form:
            # The weights were fitted on counts of what some report has in quotation marks.
            counts = self.reference.counts(words)
            counts = counts if counts.quoted else NOT_COUNTED
            self._of_form[words] = [*_reports(counts), *self._form(words)]
        number = self.document.sentence_at(start)
        named = [*self._of_text[text], *self._of_form[words], *self._standings[number]]
        if (start, end) in self.document.abbreviations:
            named.append("numeral abbreviation")
        if (start, end) in self.quote_number:
            return [*named, *self._quoted(candidate, text, words)]
        return [*named, *self._bare(candidate, words, number)]

    def _has(self, template: str, passage: str) -> bool:
        return bool(self.document.expressions[template].search(passage))

    def _shape(self, text: str, words: str) -> list[str]:
        """What the candidate is by itself."""
        named = [f"length {_length(len(words))}", f"ends in {words[-1]}"]
        named += _rows_of_limbs(text, words)
        if _ANY_SHAPE.search(text):
            named += [name for name, pattern in _SHAPES.items() if pattern.match(text)]
        if len(words) > 3 and len(set(words)) < len(words):
            named.append("repeats a character")
        if _halves_echo(words):
            named.append("halves that echo")
        if self._place and self._place in text:
            named.append("names the place")
        elif not set(self._place).isdisjoint(text):
            named.append("has a character of the place")
        named += self._words.first.at_start(text)
        named += self._words.endings.at_end(text)
        named += [f"listed as {kind}" for kind, listed in self._listed.items() if text in listed]
        return named

    def _form(self, words: str) -> Iterator[str]:
        """Where in the document the candidate's wording stands."""
        places = [start for start, _ in self.document.places_of(words)]
        yield f"in the document {_amount(len(places) - 1)} more"
        if self.times_quoted[words]:
            yield f"quoted {_amount(self.times_quoted[words] - 1)} more times"
        length = len(self.text)
        if places and places[0] < length * _OPENING_SHARE:
            yield "form in the opening"
        if places and places[-1] > length * _CLOSING_SHARE:
            yield "form in the closing"

    @cached_property
    def _standings(self) -> list[list[str]]:
        """Where each sentence stands."""
        return [
            list(self._standing_of(number, sentence))
            for number, sentence in enumerate(self.document.sentences)
        ]

    def _standing_of(self, number: int, sentence: Sentence) -> Iterator[str]:
        if sentence.part in ("title", "heading"):
            yield f"in a {sentence.part}"
        elif is_head(sentence):
            yield "in a run-in heading"
        elif sentence.opens:
            yield "in a lead sentence"
        if number in self.document.aims:
            yield "among the aims"

    def _line_before(self, at: int, width: int) -> str:
        return self.text[max(0, at - width) : at].rpartition("\n")[2]

    def _quoted(self, candidate: Candidate, text: str, words: str) -> Iterator[str]:
        """What stands around the quotation marks, and what the document has like it."""
        yield from (f"found as {kind}" for kind in candidate.kinds & _SPECIFIC)
        wide = self._line_before(candidate.start, _WIDTH).removesuffix("“")
        if self._has(_AWARDED, wide):
            yield "behind a word of award"
        if "behind a word of verb" in self._words.verbs.at_end(wide):
            yield "behind a word of verb"
        before = self._line_before(candidate.start - 1, 2)
        after = self.text[candidate.end + 1 : candidate.end + 50].partition("\n")[0]
        row = _ROW_AFTER.match(after)
        after = after[row.end() :] if row else after
        yield from (f"before it {before}", f"after it {after[:2]}")
        for role, template in _NAMED_AFTER.items():
            if self.document.expressions[template].match(after):
                yield f"before a word of {role}"
        yield from {f"character {character}" for character in words}
        yield f"begins with {text[:1]}"
        number = self.quote_number[candidate.start, candidate.end]
        beside = self._beside(number)
        yield f"{len(beside)} quotations beside it"
        if candidate.end - candidate.start in beside:
            yield "beside a quotation of its length"
        yield f"{self._alike[number]} like it in the document"

    def _beside(self, number: int) -> list[int]:
        """The lengths of the quotations next to one in its row: “个转企”“小升规”."""
        lengths = []
        for other in (number - 1, number + 1):
            if 0 <= other < len(self.quotes):
                left, right = sorted((self.quotes[number], self.quotes[other]))
                if self.text[left[1] : right[0]] in _ROW_BETWEEN:
                    lengths.append(self.quotes[other][1] - self.quotes[other][0])
        return lengths

    @cached_property
    def _alike(self) -> list[int]:
        """How many quotations near each repeat half of its characters in place, up to two."""
        alike = np.zeros(len(self.passages), int)
        of_length: dict[int, list[int]] = defaultdict(list)
        for number, passage in enumerate(self.passages):
            of_length[len(passage)].append(number)
        for length, numbers in of_length.items():
            at = np.array(numbers)
            codes = codes_of("".join(self.passages[n] for n in numbers)).reshape(-1, length)
            for first in range(0, len(at), _NEAR):
                rows = slice(first, first + _NEAR)
                others = slice(max(0, first - _NEAR), first + 2 * _NEAR)
                same = (codes[rows, None] == codes[None, others]).sum(axis=2)
                near = abs(at[rows, None] - at[None, others]) <= _NEAR
                found = near & (2 * same >= length) & (same < length)
                alike[at[rows]] = np.minimum(2, found.sum(axis=1))
        return alike.tolist()

    def _bare(self, candidate: Candidate, words: str, number: int) -> list[str]:
        """What a candidate without marks was found by, and what stands around it."""
        start, end, kinds = candidate
        if start not in self._before:
            self._before[start] = self._in_front(start)
        if end not in self._behind:
            self._behind[end] = self._following(end)
        following, pieces = self._behind[end]
        standing = self._standings[number] or ["in the text"]
        again = ["repeated"] if len(self.document.places_of(words)) > 1 else []
        named = [*self._before[start], *following, *pieces, f"begins with {words[:1]}"]
        named += _kinds(kinds, (*standing, *following, *again))
        if len(words) > 1:
            named += [f"begins with {words[:2]}", f"ends in {words[-2:]}"]
        if self.document.quoting((start, end)) == "inside":
            named.append("inside a quotation")
        if self.times_quoted[words]:
            named.append("quoted elsewhere in the document")
        return named

    def _in_front(self, start: int) -> list[str]:
        """What stands before a bare candidate."""
        before = self._line_before(start, _WIDTH)
        named = self._words.verbs.at_end(before) if before else ["behind a mark"]
        pair = before[-2:]
        return [*named, f"before it {pair if _CLAUSE_MARKS.isdisjoint(pair) else pair[-1:]}"]

    def _following(self, end: int) -> tuple[list[str], list[str]]:
        """What a bare candidate stands before, as a word and as characters."""
        after = self.text[end : end + 12]
        following = self._words.after.at_start(after) if after else ["before a stop"]
        if self.document.expressions[_LAST_NOUN].match(after):
            following.append("before a name's last noun")
        pair = after[:2]
        return following, [f"after it {pair if _CLAUSE_MARKS.isdisjoint(pair) else pair[:1]}"]


@lru_cache(maxsize=1 << 10)
def _reports(counts: Counts) -> list[str]:
    """What other reports have of a wording."""
    named = [f"quoted in {_amount(counts.quoted)} other reports"]
    named.append(f"in {_amount(counts.documents)} other reports")
    mostly = counts.quoted > _MOSTLY_QUOTED * counts.documents
    return [*named, "mostly quoted elsewhere"] if mostly else named


def _rows_of_limbs(text: str, words: str) -> list[str]:
    """How many limbs a wording has, and how alike their lengths are."""
    lengths = [len(words)] if len(text) == len(words) else [len(limb) for limb in limbs(text)]
    gap = max(lengths) - min(lengths)
    named = [f"limbs {min(len(lengths), 4)}"]
    if len(lengths) > 1:
        named.append(f"limbs of {'one' if not gap else 'like' if gap < 3 else 'unlike'} length")
    return named


# Kinds that say something of a quoted candidate that its other features do not.
_SPECIFIC = frozenset(
    {
        "core formula",
        "core numeral formula",
        "extended formula",
        "extended numeral formula",
        "plan",
        "brand",
        "brand word and place",
        "substituted",
        "stated",
        "limb",
    }
)


@lru_cache(maxsize=1 << 12)
def _kinds(kinds: frozenset[str], places: tuple[str, ...]) -> list[str]:
    """What a bare candidate was found by, and that together with where it stands."""
    return [
        name
        for kind in sorted(kinds)
        for name in (f"found as {kind}", *(f"{kind} {place}" for place in places))
    ]


def _halves_echo(words: str) -> bool:
    """Whether a third of the second half repeats the first in place: 秒报秒批."""
    half, odd = divmod(len(words), 2)
    return not odd and half > 1 and 3 * sum(map(eq, words, words[half:])) >= half


def _length(count: int) -> str:
    return str(count) if count < 7 else "7-9" if count < 10 else "10-15" if count < 16 else "16+"


def _amount(count: int) -> str:
    """A count as the table of weights has it."""
    return str(count) if count < 3 else "3-5" if count < 6 else "6-20" if count < 21 else "21+"
