"""Name what speaks for and against each candidate: its shape, its neighbours, its places.

A feature is a short sentence in words, so that the table of weights and the column ``why`` can be
read. Quoted and bare candidates have features of their own: what a closing quotation mark stands
before says much, and what a bare span stands before says something else.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import compress
from operator import eq
from typing import NamedTuple

import numpy as np

from policytext import text as tx
from policytext.corpus.document import Sentence
from policytext.lexicon.lexicon import Lexicon, expressions
from policytext.slogans.candidates import Candidate, is_head, limbs
from policytext.slogans.document import SloganDocument
from policytext.slogans.reference import NOT_COUNTED, Counts, Reference
from policytext.text.clean import wording
from policytext.text.patterns import codes_of

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
    "before a quotation": ("“", "”"),
}
_LAST_NOUN = r"[^，,。；;：:\n、“”]{0,4} {last noun of a name}"
_CLAUSE_MARKS = frozenset("，,。；;：:“”")
_ROW_AFTER = re.compile("(?:[、和及与]?“[^“”]*”)+")
_ROW_BETWEEN = ("”“", "”、“", "”和“", "”及“", "”与“", "”,“")
_apart = _CLAUSE_MARKS.isdisjoint
_LENGTHS = [f"length {length}" for length in (*range(7), *["7-9"] * 3, *["10-15"] * 6, "16+")]
_OPENING_SHARE, _CLOSING_SHARE = 0.08, 0.97
_MOSTLY_QUOTED = 0.6
_WIDTH = 17
_NEAR = 100


class Cues:
    """The names of words that a passage ends or begins with."""

    def __init__(self, words: dict[str, Iterable[str]]) -> None:
        self._names: dict[str, list[str]] = defaultdict(list)
        for name, listed in words.items():
            for word in listed:
                self._names[word].append(name)
        self._names.default_factory = None
        # By the first and by the last character: most passages have neither.
        self._first = {word[0]: self._lengths(0, word[0]) for word in self._names}
        self._last = {word[-1]: self._lengths(-1, word[-1]) for word in self._names}

    def _lengths(self, at: int, character: str) -> list[int]:
        return sorted({len(word) for word in self._names if word[at] == character})

    def at_end(self, passage: str) -> list[str]:
        """The names of the words that end a passage, each once."""
        known, lengths = self._names, self._last.get(passage[-1:], ())
        return _once([name for n in lengths for name in known.get(passage[-n:], ())])

    def at_start(self, passage: str) -> list[str]:
        """The names of the words that begin a passage, each once."""
        known, lengths = self._names, self._first.get(passage[:1], ())
        return _once([name for n in lengths for name in known.get(passage[:n], ())])


def _once(names: list[str]) -> list[str]:
    return names if len(names) < 2 else list(dict.fromkeys(names))


class _Rows:
    """The features of some candidates, a row each, filled column by column.

    A column costs a tenth of what asking each candidate for it costs.
    """

    def __init__(self, rows: list[list[str]]) -> None:
        self.rows = rows

    def one(self, names: Iterable[str]) -> None:
        """A feature for each candidate."""
        for row, name in zip(self.rows, names, strict=True):
            row.append(name)

    def some(self, names: Iterable[Iterable[str]]) -> None:
        """None, one or more for each."""
        for row, several in zip(self.rows, names, strict=True):
            row += several

    def where(self, name: str, holds: Iterable[object]) -> None:
        """One feature for those of which something holds."""
        for row in compress(self.rows, holds):
            row.append(name)


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
    roles = {"before a trait": "trait of a place", "before a new stage": "new stage"}
    roles["before a part"] = "part of a place"
    after = {name: words(role) for name, role in roles.items()}
    return _Words(
        Cues({name: words(role) for name, role in _ENDINGS.items()}),
        Cues({**before, **_MARKS_BEFORE}),
        Cues({"begins with a verb": words("verb before a label")}),
        Cues({**_WORDS_AFTER, **after}),
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

    def features(self, drawn: Sequence[Candidate]) -> list[list[str]]:
        """The features of each candidate, each once."""
        texts = [self.text[one.start : one.end] for one in drawn]
        words, spans = list(map(wording, texts)), [one[:2] for one in drawn]
        table = _Rows([[] for _ in drawn])
        self._shape(table, texts, words)
        self._form(table, words)
        table.some(self._standing(one) for one in drawn)
        table.where("numeral abbreviation", map(self.document.abbreviations.__contains__, spans))
        bare = [span not in self.quote_number for span in spans]
        for row, one, form, alone in zip(table.rows, drawn, words, bare, strict=True):
            row += () if alone else self._quoted(one, form)
        drawn, words = list(compress(drawn, bare)), list(compress(words, bare))
        self._bare(_Rows(list(compress(table.rows, bare))), drawn, words)
        return table.rows

    def _has(self, template: str, passage: str) -> bool:
        return bool(self.document.expressions[template].search(passage))

    def _shape(self, table: _Rows, texts: list[str], words: list[str]) -> None:
        """What the candidates are by themselves."""
        table.one([_LENGTHS[min(len(form), len(_LENGTHS) - 1)] for form in words])
        table.one([f"ends in {form[-1]}" for form in words])
        table.some(map(_rows_of_limbs, texts, words))
        shaped = [_ANY_SHAPE.search(text) for text in texts]
        for row, text in compress(zip(table.rows, texts, strict=True), shaped):
            row += [name for name, pattern in _SHAPES.items() if pattern.match(text)]
        again = [len(form) > 3 and len(set(form)) < len(form) for form in words]
        table.where("repeats a character", again)
        # What echoes repeats a character.
        echoes = (hold and _halves_echo(form) for hold, form in zip(again, words, strict=True))
        table.where("halves that echo", echoes)
        self._names_place(table, texts)
        table.some(map(self._words.first.at_start, texts))
        table.some(map(self._words.endings.at_end, texts))
        for kind in ("not", "idiom"):
            listed = self.document.lexicon.words("slogan_words", "word", kind=kind)
            table.where(f"listed as {kind}", [text in listed for text in texts])

    def _names_place(self, table: _Rows, texts: list[str]) -> None:
        place = self.document.places[0] if self.document.places else ""
        named = [bool(place) and place in text for text in texts]
        table.where("names the place", named)
        apart = set(place).isdisjoint
        part = (not whole and not apart(text) for whole, text in zip(named, texts, strict=True))
        table.where("has a character of the place", part)

    def _form(self, table: _Rows, words: list[str]) -> None:
        """Where the candidates' wordings stand, in the document and in others."""
        known = {form: self._form_of(form) for form in set(words)}
        table.some([known[form] for form in words])

    def _form_of(self, words: str) -> list[str]:
        # The weights were fitted on counts of what some report has in quotation marks.
        counts = self.reference.counts(words)
        named = _reports(counts if counts.quoted else NOT_COUNTED).copy()
        places = self.document.places_of(words)
        named.append(f"in the document {_amount(len(places) - 1)} more")
        if times := self.times_quoted[words]:
            named.append(f"quoted {_amount(times - 1)} more times")
        if places and places[0][0] < len(self.text) * _OPENING_SHARE:
            named.append("form in the opening")
        if places and places[-1][0] > len(self.text) * _CLOSING_SHARE:
            named.append("form in the closing")
        return named

    def _standing(self, one: Candidate) -> list[str]:
        return self._standings[self.document.sentence_at(one.start)]

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

    def _quoted(self, candidate: Candidate, words: str) -> Iterator[str]:
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
        yield f"begins with {self.text[candidate.start]}"
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

    def _bare(self, table: _Rows, drawn: Sequence[Candidate], words: Sequence[str]) -> None:
        """What candidates without marks were found by, and what stands around them."""
        self._in_front(table, drawn)
        after = [self.text[one.end : one.end + 12] for one in drawn]
        following = list(map(self._following, after))
        table.some(following)
        table.one([f"after it {line[:2] if _apart(line[:2]) else line[:1]}" for line in after])
        table.one([f"begins with {form[:1]}" for form in words])
        table.some((f"begins with {w[:2]}", f"ends in {w[-2:]}") if w[1:] else () for w in words)
        within = (self.document.quoting(one[:2]) == "inside" for one in drawn)
        table.where("inside a quotation", within)
        quoted = map(self.times_quoted.__contains__, words)
        table.where("quoted elsewhere in the document", quoted)
        table.some(map(self._found_as, drawn, words, following))

    def _in_front(self, table: _Rows, drawn: Sequence[Candidate]) -> None:
        """What bare candidates stand behind."""
        before = [self._line_before(one.start, _WIDTH) for one in drawn]
        verbs = self._words.verbs.at_end
        table.some(verbs(line) if line else ["behind a mark"] for line in before)
        table.one([f"before it {ln[-2:] if _apart(ln[-2:]) else ln[-1:]}" for ln in before])

    def _found_as(self, one: Candidate, words: str, following: list[str]) -> list[str]:
        """What a bare candidate was found by, there where it stands."""
        standing = self._standing(one) or ["in the text"]
        again = ["repeated"] if len(self.document.places_of(words)) > 1 else []
        return _kinds(one.kinds, (*standing, *following, *again))

    def _following(self, after: str) -> list[str]:
        """What a bare candidate stands before."""
        following = self._words.after.at_start(after) if after else ["before a stop"]
        if self.document.expressions[_LAST_NOUN].match(after):
            following.append("before a name's last noun")
        return following


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
    (
        "core formula | core numeral formula | extended formula | extended numeral formula | "
        "plan | brand | brand word and place | substituted | stated | limb"
    ).split(" | ")
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


def _amount(count: int) -> str:
    """A count as the table of weights has it."""
    return str(count) if count < 3 else "3-5" if count < 6 else "6-20" if count < 21 else "21+"
