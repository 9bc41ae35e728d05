"""Name what speaks for and against each candidate: its shape, its neighbours, its places.

A feature is a short sentence in words, so that the table of weights and the column ``why`` can be
read. Quoted and bare candidates have features of their own: what a closing quotation mark stands
before says much, and what a bare span stands before says something else.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from policytext import text as tx
from policytext.corpus.document import Sentence
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
}
_ROLES = "position aim event programme product template orientation method".split()
_ENDS_IN = {role: f"{{{role}}} $" for role in _ROLES}
_LISTED = "not idiom".split()
_BEFORE = {"award": r"{award} [^，,。；;、]{0,6} $", "verb": "{verb} $"}
_NAMED_AFTER = {
    role: f"[的等]? (?:系列|主题)? (?: {{HAN}}{{2}} | {{HAN}}{{4}} )? {{{role} from 2 characters}}"
    for role in ("orientation", "method", "programme", "event", "product")
}
# What stands right before and behind a bare candidate.
_BARE_BEFORE = {
    "a mark": "(?: [，,。；;：:\\n—（(] | ^ ) $",
    "、": "、 $",
    "的": "的 $",
    "和": "[和与及] $",
    "为": "[为以] $",
    "在": "在 $",
    "a verb of building": "(?:打造|建设|建成|创建|共建|构建|建好) (?:成为|成|好|新时代)? $",
    "a verb of becoming": "{verb of becoming} $",
    "a verb of holding to": "{verb of holding to} $",
    "a verb of pushing on": "{verb of pushing on} $",
}
_BARE_AFTER = {
    "建设": "建设 | 打造",
    "a stop": r"[，,。；;：:\n] | $",
    "、": "、",
    "的": "的",
    "a new stage": "新征程 | 新篇章 | 新局面 | 新跨越",
    "a trait": "{trait of a place}",
    "a name's last noun": r"[^，,。；;：:\n、“”]{0,4} {last noun of a name}",
    "a quotation": "[“”]",
}
_ROW_AFTER = re.compile("(?:[、和及与]?“[^“”]*”)+")
_ROW_BETWEEN = ("”“", "”、“", "”和“", "”及“", "”与“", "”,“")
_OPENING_SHARE = 0.08
_AIMS = "{statement of aims}"
_MOSTLY_QUOTED = 0.6
_WIDTH = 17
_NEAR = 100


class Evidence:
    """What the candidates of one document share, worked out once a form."""

    def __init__(self, document: SloganDocument, reference: Reference) -> None:
        self.document, self.reference = document, reference
        self.quotes = [tx.trimmed(document.text, *span) for span in document.quotes]
        self.quote_number = {span: number for number, span in enumerate(self.quotes)}
        self.passages = [document.text[a:b] for a, b in self.quotes]
        self.times_quoted = Counter(map(wording, self.passages))
        self._of_form: dict[str, list[str]] = {}

    def features(self, candidate: Candidate) -> list[str]:
        """The features of a candidate, each once; all begin with ``quoted`` or ``bare``."""
        text = self.document.text[candidate.start : candidate.end]
        span, words = (candidate.start, candidate.end), wording(text)
        if words not in self._of_form:
            self._of_form[words] = list(self._form(words))
        quoted = span in self.quote_number
        own = self._quoted(candidate, text) if quoted else self._bare(candidate, words)
        named = [*self._shape(span, text, words), *self._of_form[words], *self._place(span), *own]
        side = "quoted" if quoted else "bare"
        return list(dict.fromkeys(f"{side}: {name}" for name in named))

    def _has(self, template: str, passage: str) -> bool:
        return bool(self.document.expressions[template].search(passage))

    def _starts(self, template: str, passage: str) -> bool:
        return bool(self.document.expressions[template].match(passage))

    def _shape(self, span: tx.Span, text: str, words: str) -> Iterator[str]:
        """What the candidate is by itself."""
        lengths = [len(limb) for limb in limbs(text)]
        yield f"length {_length(len(words))}"
        yield f"limbs {min(len(lengths), 4)}"
        if len(lengths) > 1:
            gap = max(lengths) - min(lengths)
            yield f"limbs of {'one' if not gap else 'like' if gap < 3 else 'unlike'} length"
        yield from (name for name, pattern in _SHAPES.items() if pattern.match(text))
        if len(words) > 3 and len(set(words)) < len(words):
            yield "repeats a character"
        if _halves_echo(words):
            yield "halves that echo"
        if self.document.places and self.document.places[0] in text:
            yield "names the place"
        if self._starts("{verb before a label}", text):
            yield "begins with a verb"
        yield f"ends in {words[-1]}"
        yield from (f"ends in a word of {r}" for r, t in _ENDS_IN.items() if self._has(t, text))
        yield from (f"listed as {role}" for role in _LISTED if text in self.document.words(role))
        if span in self.document.abbreviations:
            yield "numeral abbreviation"

    def _form(self, words: str) -> Iterator[str]:
        """What the document and other reports have of the candidate's wording."""
        places = [start for start, _ in self.document.places_of(words)]
        yield f"in the document {_amount(len(places) - 1)} more"
        counts = self.reference.counts(words)
        yield f"quoted in {_amount(counts.quoted)} other reports"
        yield f"in {_amount(counts.documents)} other reports"
        if counts.documents and counts.quoted / counts.documents > _MOSTLY_QUOTED:
            yield "mostly quoted elsewhere"
        numbers = {self.document.sentence_at(at) for at in places}
        standing = {name for number in numbers for name in self._standing(number)}
        yield from sorted(f"form {name}" for name in standing)
        if places and min(places) < len(self.document.text) * _OPENING_SHARE:
            yield "form in the opening"

    def _standing(self, number: int) -> list[str]:
        """Where a sentence stands."""
        return self._standings[number]

    @cached_property
    def _standings(self) -> list[list[str]]:
        return [list(self._standing_of(sentence)) for sentence in self.document.sentences]

    def _standing_of(self, sentence: Sentence) -> Iterator[str]:
        if sentence.part in ("title", "heading"):
            yield f"in a {sentence.part}"
        elif is_head(sentence):
            yield "in a run-in heading"
        elif sentence.opens:
            yield "in a lead sentence"
        if self._has(_AIMS, self.document.text[sentence.start : sentence.end]):
            yield "among the aims"

    def _place(self, span: tx.Span) -> Iterator[str]:
        yield from self._standing(self.document.sentence_at(span[0]))
        before = self._line_before(span[0], _WIDTH).removesuffix("“")
        yield from (f"behind a word of {r}" for r, t in _BEFORE.items() if self._has(t, before))

    def _line_before(self, at: int, width: int) -> str:
        return self.document.text[max(0, at - width) : at].rpartition("\n")[2]

    def _quoted(self, candidate: Candidate, text: str) -> Iterator[str]:
        """What stands around the quotation marks, and what the document has like it."""
        yield from (f"found as {kind}" for kind in sorted(candidate.kinds & _SPECIFIC))
        before = self._line_before(candidate.start - 1, 2)
        after = self.document.text[candidate.end + 1 : candidate.end + 50].partition("\n")[0]
        row = _ROW_AFTER.match(after)
        after = after[row.end() :] if row else after
        yield from (f"before it {piece}" for piece in dict.fromkeys((before[-1:], before)))
        yield from (f"after it {piece}" for piece in dict.fromkeys((after[:1], after[:2])))
        for role, template in _NAMED_AFTER.items():
            if self._starts(template, after):
                yield f"before a word of {role}"
        yield from (f"character {character}" for character in sorted(set(wording(text))))
        yield f"begins with {text[:1]}"
        yield f"quoted {_amount(self.times_quoted[wording(text)] - 1)} more times"
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
        near = self.passages[max(0, number - _NEAR) : number + _NEAR]
        same_length = [t for t in near if len(t) == len(text) and t != text]
        shared = (sum(a == b for a, b in zip(t, text, strict=True)) for t in same_length)
        return min(2, sum(2 * count >= len(text) for count in shared))

    def _bare(self, candidate: Candidate, words: str) -> Iterator[str]:
        """What a candidate without marks was found by, and what stands around it."""
        yield from (f"found as {kind}" for kind in sorted(candidate.kinds))
        before = self.document.text[max(0, candidate.start - 8) : candidate.start]
        after = self.document.text[candidate.end : candidate.end + 12]
        yield from (f"behind {n}" for n, t in _BARE_BEFORE.items() if self._has(t, before))
        yield from (f"before {n}" for n, t in _BARE_AFTER.items() if self._starts(t, after))
        if self.document.quoting((candidate.start, candidate.end)) == "inside":
            yield "inside a quotation"
        if self.times_quoted[words]:
            yield "quoted elsewhere in the document"


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
