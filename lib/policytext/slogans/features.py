"""Name what speaks for and against each candidate: its shape, its neighbours, its places.

A feature is a short sentence in words, so that the table of weights and the column ``why`` can be
read. Quoted and bare candidates have features of their own: what a closing quotation mark stands
before says much, and what a bare span stands before says something else.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import chain
from operator import eq
from typing import NamedTuple

from policytext import text as tx
from policytext.corpus.document import Sentence
from policytext.lexicon.lexicon import Lexicon
from policytext.lexicon.templates import expressions
from policytext.slogans.candidates import Candidate, is_head, limbs
from policytext.slogans.document import SloganDocument
from policytext.slogans.reference import Reference
from policytext.text.clean import wording

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
# The clause up to a bare candidate; building can be a noun with its object before it.
_CLAUSE_MARKS = re.compile(r"[，,。；;：:“”]")
_CLAUSE_BEFORE = {
    "behind a word of award": "{award} .{0,6} $",
    "behind the building of something": "(?! [力快续面步进动] ) {HAN} (?:建设|创建) $",
    "of a part of the place": "支持|指导|[县区镇乡园]",
    "in a clause that sets an aim": "努力|奋力|加快|全面|为",
}
_ROW_AFTER = re.compile("(?:[、和及与]?“[^“”]*”)+")
_ROW_BETWEEN = ("”“", "”、“", "”和“", "”及“", "”与“", "”,“")
_OPENING_SHARE, _CLOSING_SHARE = 0.08, 0.97
_MOSTLY_QUOTED = 0.6
_WIDTH = 17
_NEAR = 100
_CLAUSE_WIDTH = 30


class Cues:
    """The names of words that a passage ends or begins with."""

    def __init__(self, words: dict[str, Iterable[str]]) -> None:
        self._names: dict[str, list[str]] = defaultdict(list)
        for name, listed in words.items():
            for word in listed:
                self._names[word].append(name)
        # By the first and by the last character: most passages have neither.
        self._first = {word[0]: self._lengths(0, word[0]) for word in self._names}
        self._last = {word[-1]: self._lengths(-1, word[-1]) for word in self._names}

    def _lengths(self, at: int, character: str) -> list[int]:
        return sorted({len(word) for word in self._names if word[at] == character})

    def at_end(self, passage: str) -> list[str]:
        """The names of the words that end a passage, each once."""
        lengths = self._last.get(passage[-1:])
        return self._named(passage[-n:] for n in lengths) if lengths else []

    def at_start(self, passage: str) -> list[str]:
        """The names of the words that begin a passage, each once."""
        lengths = self._first.get(passage[:1])
        return self._named(passage[:n] for n in lengths) if lengths else []

    def _named(self, pieces: Iterable[str]) -> list[str]:
        found = chain.from_iterable(self._names.get(piece, ()) for piece in pieces)
        return list(dict.fromkeys(found))


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
        self.document, self.reference = document, reference
        self.quotes = [tx.trimmed(document.text, *span) for span in document.quotes]
        self.quote_number = {span: number for number, span in enumerate(self.quotes)}
        self.passages = [document.text[a:b] for a, b in self.quotes]
        self.times_quoted = Counter(map(wording, self.passages))
        self._words = _words_of(document.lexicon)
        self._of_form: dict[str, list[str]] = {}
        self._of_text: dict[str, list[str]] = {}
        self._before: dict[int, list[str]] = {}
        self._behind: dict[int, tuple[list[str], list[str]]] = {}

    def features(self, candidate: Candidate) -> list[str]:
        """The features of a candidate, each once."""
        text = self.document.text[candidate.start : candidate.end]
        span, words = (candidate.start, candidate.end), wording(text)
        if text not in self._of_text:
            self._of_text[text] = list(self._shape(text, words))
        if words not in self._of_form:
            self._of_form[words] = [*self._reports(words), *self._form(words)]
        named = [*self._of_text[text], *self._of_form[words]]
        if span in self.document.abbreviations:
            named.append("numeral abbreviation")
        named += self._standings[self.document.sentence_at(span[0])]
        if span in self.quote_number:
            named += self._quoted(candidate, text)
        else:
            named += self._bare(candidate, words)
        return list(dict.fromkeys(named))

    def _has(self, template: str, passage: str) -> bool:
        return bool(self.document.expressions[template].search(passage))

    def _shape(self, text: str, words: str) -> Iterator[str]:
        """What the candidate is by itself."""
        lengths = [len(limb) for limb in limbs(text)]
        yield f"length {_length(len(words))}"
        yield f"limbs {min(len(lengths), 4)}"
        if len(lengths) > 1:
            gap = max(lengths) - min(lengths)
            yield f"limbs of {'one' if not gap else 'like' if gap < 3 else 'unlike'} length"
        if _ANY_SHAPE.search(text):
            yield from (name for name, pattern in _SHAPES.items() if pattern.match(text))
        if len(words) > 3 and len(set(words)) < len(words):
            yield "repeats a character"
        if _halves_echo(words):
            yield "halves that echo"
        if self.document.places:
            place = self.document.places[0]
            if place in text:
                yield "names the place"
            elif not set(place).isdisjoint(text):
                yield "has a character of the place"
        yield from self._words.first.at_start(text)
        yield f"ends in {words[-1]}"
        yield from self._words.endings.at_end(text)
        if text in self.document.words("not"):
            yield "listed as not"
        if text in self.document.words("idiom"):
            yield "listed as idiom"

    def _reports(self, words: str) -> Iterator[str]:
        """What other reports have of the candidate's wording."""
        counts = self.reference.counts(words)
        yield f"quoted in {_amount(counts.quoted)} other reports"
        yield f"in {_amount(counts.documents)} other reports"
        if counts.documents and counts.quoted / counts.documents > _MOSTLY_QUOTED:
            yield "mostly quoted elsewhere"

    def _form(self, words: str) -> Iterator[str]:
        """Where in the document the candidate's wording stands."""
        places = [start for start, _ in self.document.places_of(words)]
        yield f"in the document {_amount(len(places) - 1)} more"
        if self.times_quoted[words]:
            yield f"quoted {_amount(self.times_quoted[words] - 1)} more times"
        numbers = {self.document.sentence_at(at) for at in places}
        standing = {name for number in numbers for name in self._standings[number]}
        yield from sorted(f"form {name}" for name in standing)
        length = len(self.document.text)
        if places and min(places) < length * _OPENING_SHARE:
            yield "form in the opening"
        if places and max(places) > length * _CLOSING_SHARE:
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
        return self.document.text[max(0, at - width) : at].rpartition("\n")[2]

    def _quoted(self, candidate: Candidate, text: str) -> Iterator[str]:
        """What stands around the quotation marks, and what the document has like it."""
        yield from (f"found as {kind}" for kind in sorted(candidate.kinds & _SPECIFIC))
        wide = self._line_before(candidate.start, _WIDTH).removesuffix("“")
        if self._has(_AWARDED, wide):
            yield "behind a word of award"
        if "behind a word of verb" in self._words.verbs.at_end(wide):
            yield "behind a word of verb"
        before = self._line_before(candidate.start - 1, 2)
        after = self.document.text[candidate.end + 1 : candidate.end + 50].partition("\n")[0]
        row = _ROW_AFTER.match(after)
        after = after[row.end() :] if row else after
        yield from (f"before it {piece}" for piece in dict.fromkeys((before[-1:], before)))
        yield from (f"after it {piece}" for piece in dict.fromkeys((after[:1], after[:2])))
        for role, template in _NAMED_AFTER.items():
            if self.document.expressions[template].match(after):
                yield f"before a word of {role}"
        words = wording(text)
        yield from (f"character {character}" for character in sorted(set(words)))
        yield f"begins with {text[:1]}"
        beside = self._beside(candidate)
        yield f"{len(beside)} quotations beside it"
        if candidate.end - candidate.start in beside:
            yield "beside a quotation of its length"
        number = self.quote_number[candidate.start, candidate.end]
        yield f"{self._like(number)} like it in the document"

    def _beside(self, candidate: Candidate) -> list[int]:
        """The lengths of the quotations next to one in its row: “个转企”“小升规”."""
        number, lengths = self.quote_number[candidate.start, candidate.end], []
        for other in (number - 1, number + 1):
            if 0 <= other < len(self.quotes):
                left, right = sorted((self.quotes[number], self.quotes[other]))
                if self.document.text[left[1] : right[0]] in _ROW_BETWEEN:
                    lengths.append(self.quotes[other][1] - self.quotes[other][0])
        return lengths

    def _like(self, number: int) -> int:
        """How many quotations near one repeat half of its characters in place, up to two."""
        text = self.passages[number]
        found = 0
        for other in self._of_length[len(text)]:
            if abs(other - number) <= _NEAR and (passage := self.passages[other]) != text:
                found += 2 * sum(map(eq, text, passage)) >= len(text)
        return min(2, found)

    @cached_property
    def _of_length(self) -> dict[int, list[int]]:
        """The numbers of the quotations of each length."""
        numbers: dict[int, list[int]] = defaultdict(list)
        for number, passage in enumerate(self.passages):
            numbers[len(passage)].append(number)
        return numbers

    def _bare(self, candidate: Candidate, words: str) -> Iterator[str]:
        """What a candidate without marks was found by, and what stands around it."""
        standing = self._standings[self.document.sentence_at(candidate.start)] or ["in the text"]
        if candidate.start not in self._before:
            self._before[candidate.start] = list(self._in_front(candidate.start))
        if candidate.end not in self._behind:
            self._behind[candidate.end] = self._following(candidate.end)
        following, pieces = self._behind[candidate.end]
        again = ["repeated"] if len(self.document.places_of(words)) > 1 else []
        yield from self._before[candidate.start]
        yield from (*following, *pieces)
        yield from _kinds(candidate.kinds, (*standing, *following, *again))
        yield from (f"begins with {words[:n]}" for n in (1, 2))
        yield f"ends in {words[-2:]}"
        if self.document.quoting((candidate.start, candidate.end)) == "inside":
            yield "inside a quotation"
        if self.times_quoted[words]:
            yield "quoted elsewhere in the document"

    def _in_front(self, start: int) -> Iterator[str]:
        """What stands before a bare candidate."""
        before = self._line_before(start, _CLAUSE_WIDTH)
        yield from self._words.verbs.at_end(before) if before else ["behind a mark"]
        clause = _CLAUSE_MARKS.split(before)[-1]
        yield from (
            name for name, template in _CLAUSE_BEFORE.items() if self._has(template, clause)
        )
        yield from (f"before it {(clause or before[-1:])[-n:]}" for n in (1, 2))

    def _following(self, end: int) -> tuple[list[str], list[str]]:
        """What a bare candidate stands before, as a word and as characters."""
        after = self.document.text[end : end + 12]
        following = self._words.after.at_start(after) if after else ["before a stop"]
        if self.document.expressions[_LAST_NOUN].match(after):
            following.append("before a name's last noun")
        ahead = _CLAUSE_MARKS.split(after)[0] or after[:1]
        return following, [f"after it {ahead[:n]}" for n in (1, 2)]


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
    same = sum(a == b for a, b in zip(words[:half], words[half:], strict=False))
    return not odd and half > 1 and 3 * same >= half


def _length(count: int) -> str:
    return str(count) if count < 7 else "7-9" if count < 10 else "10-15" if count < 16 else "16+"


def _amount(count: int) -> str:
    """A count as the table of weights has it."""
    return str(count) if count < 3 else "3-5" if count < 6 else "6-20" if count < 21 else "21+"
