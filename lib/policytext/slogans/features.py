"""Name what speaks for and against each candidate: its shape, its neighbours, its places.

A feature is a short sentence in words, so that the table of weights and the column ``why`` can be
read. Quoted and bare candidates have features of their own: what a closing quotation mark stands
before says much, and what a bare span stands before says something else.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import chain

from policytext import text as tx
from policytext.corpus.document import Sentence
from policytext.lexicon.lexicon import Lexicon, expressions
from policytext.slogans.candidates import Candidate, limbs
from policytext.slogans.document import SloganDocument
from policytext.slogans.model import Weighed, Weights
from policytext.slogans.reference import Reference
from policytext.text.clean import wording

_NUMERAL = re.compile("[一二三四五六七八九十两双百千万]")
_SHAPES = {
    "has Latin letters": re.compile(".*[A-Za-z]"),
    "has a plus sign": re.compile(r".*\+"),
    "has a middle dot": re.compile(".*·"),
    "has 的": re.compile(".*的"),
    "has a quotation in it": re.compile(".*“"),
}
# How long a numeral name is says much: 五经普 is a survey and 五大攻坚战 a slogan.
_NUMERALS = {"begins with a numeral": _NUMERAL, "has digits": re.compile(r".*\d")}
# What each of them needs: most candidates have none of it.
_ANY_SHAPE = re.compile(rf"^{_NUMERAL.pattern}|[A-Za-z\d+·的“]")
_ROLES = "position aim event honour programme product template orientation method".split()
_ENDINGS = {f"ends in a word of {role}": role for role in _ROLES}
_SCALE = "{scale}"
_BETWEEN = "[的等]? (?:系列|主题)? (?: {HAN}{2} | {HAN}{4} )?"
_NAMED_AFTER = {
    f"before a word of {role}": f"{_BETWEEN} {{{role} from 2 characters}}"
    for role in ("orientation", "method", "programme", "event", "honour", "product")
}
# 荣获“…之都”称号 names what is won; 获评“一村一品”示范镇 says by a slogan what kind it is of.
_AWARDED = r"{award} [^，,。；;、]{0,10} $"
_HONOUR = rf"等? (?: [，,。；;、/）)] | $ | 之一 | {_BETWEEN} {{honour}} )"
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
    "before a trait": "trait of a place",
    "before a new stage": "new stage",
    "before a part": "part of a place",
}
_MARKS_AFTER = {
    "before 建设": ("建设", "打造"),
    "before a stop": ("，", ",", "。", "；", ";", "：", ":", "\n"),
    "before 、": ("、",),
    "before 的": ("的",),
    "before a quotation": ("“", "”"),
}
_CLAUSE_MARKS = frozenset("，,。；;：:“”")
_CLAUSE_MARK = re.compile("[，,。；;：:\n]")
_ROW_AFTER = re.compile("^(?:[、和及与]?“[^“”]*”)+")
_ROW_BEFORE = re.compile("(?:“[^“”]*”[、和及与]?)+$")
_ROW_BETWEEN = ("”“", "”、“", "”和“", "”及“", "”与“", "”,“")
_apart = _CLAUSE_MARKS.isdisjoint
_LONG = 6
_LENGTHS = [f"length {length}" for length in (*range(7), *["7-9"] * 3, *["10-15"] * 6, "16+")]
_CLAUSE_LENGTHS = ["0-2", "3-5", "6-8", "9-11", "12+"]
_WIDTH, _ROW_WIDTH = 17, 40


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
        self.longest = max(map(len, self._names), default=0)

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


class _Words:
    """The cues of one lexicon, and what it says of wordings by themselves."""

    def __init__(self, lexicon: Lexicon, table: Weights) -> None:
        self.side = {True: table.quoted, False: table.bare}
        words = expressions(lexicon).words
        before = {name: words(role) for name, role in _VERBS_BEFORE.items()}
        after = {name: words(role) for name, role in _WORDS_AFTER.items()}
        self._first = Cues({"begins with a verb": words("verb before a label")})
        self._endings = Cues({name: words(role) for name, role in _ENDINGS.items()})
        self._listed = {
            f"listed as {kind}": lexicon.words("slogan_words", "word", kind=kind)
            for kind in ("not", "idiom")
        }
        self._scale = expressions(lexicon)[_SCALE]
        self._verbs, self._stops = (
            Cues({**before, **_MARKS_BEFORE}),
            Cues({**_MARKS_AFTER, **after}),
        )
        self.reach = max(self._verbs.longest, self._stops.longest)
        # A third of all candidates repeat one of the same text or of another, and most have the
        # neighbours of another.
        self.shape = lru_cache(maxsize=1 << 15)(self._weighed_shape)
        self.named = lru_cache(maxsize=1 << 13)(self._named)
        self.found_as = lru_cache(maxsize=1 << 13)(self._found_as)
        self.before = lru_cache(maxsize=1 << 14)(self._before)
        self.after = lru_cache(maxsize=1 << 14)(self._after)

    def _named(self, names: tuple[str, ...], quoted: bool) -> Weighed:
        return self.side[quoted].weighed(names)

    def _weighed_shape(self, text: str, quoted: bool) -> Weighed:
        return self.side[quoted].weighed(self._shape(text, quoted))

    def _before(self, passage: str) -> Weighed:
        """What stands before a bare candidate."""
        names = self._verbs.at_end(passage) if passage else ["behind a mark"]
        two = passage[-2:]
        return self._named((*names, f"before it {two if _apart(two) else two[-1]}"), False)

    def _after(self, passage: str) -> tuple[Weighed, tuple[str, ...]]:
        """What stands behind a bare candidate, and the names of the words among it."""
        names = tuple(self._stops.at_start(passage)) if passage else ("before a stop",)
        two = passage[:2]
        return self._named((*names, f"after it {two if _apart(two) else two[0]}"), False), names

    def _found_as(self, kinds: frozenset[str], places: tuple[str, ...]) -> Weighed:
        """What a bare candidate was found by, and that together with where it stands."""
        names = [(f"found as {kind}", *[f"{kind} {place}" for place in places]) for kind in kinds]
        return self._named(tuple(chain.from_iterable(names)), False)

    def _shape(self, text: str, quoted: bool) -> list[str]:
        """What a candidate is by itself."""
        words = wording(text)
        names = [_LENGTHS[min(len(words), len(_LENGTHS) - 1)], f"ends in {words[-1]}"]
        names += _rows_of_limbs(text, words)
        if _ANY_SHAPE.search(text):
            names += [name for name, pattern in _SHAPES.items() if pattern.match(text)]
            names += [
                f"{name}, length {min(len(words), _LONG)}"
                for name, pattern in _NUMERALS.items()
                if pattern.match(text)
            ]
        if self._scale.search(text):
            names.append("names a scale")
        if len(words) > 3 and len(set(words)) < len(words):
            names.append("repeats a character")
        names += self._first.at_start(text) + self._endings.at_end(text)
        names += [name for name, listed in self._listed.items() if text in listed]
        names.append(f"begins with {words[0]}")
        names += [f"begins with {words[:2]}", f"ends in {words[-2:]}"] if words[1:] else []
        if not quoted:
            return names
        if _NUMERAL.match(words) and words[1:]:
            names.append(f"numeral before {words[1]}")  # 三清 counts its items, 三类 only kinds
        return [*names, *{f"character {word}" for word in words}]


@lru_cache(maxsize=8)
def _words_of(lexicon: Lexicon, table: Weights) -> _Words:
    return _Words(lexicon, table)


class Evidence:
    """What the candidates of one document share, worked out once a form."""

    def __init__(self, document: SloganDocument, reference: Reference, table: Weights) -> None:
        self.document, self.reference, self.text = document, reference, document.text
        self.quotes = [tx.trimmed(self.text, *span) for span in document.quotes]
        self.quote_number = {span: number for number, span in enumerate(self.quotes)}
        self._words = _words_of(document.lexicon, table)
        self._forms: dict[str, tuple[tuple[str, ...], int]] = {}
        self._place = document.places[0] if document.places else ""
        self._without_place = set(self._place).isdisjoint
        patterns = document.expressions
        self._awarded, self._honour = patterns[_AWARDED], patterns[_HONOUR]
        self._named_after = {name: patterns[form] for name, form in _NAMED_AFTER.items()}

    def features(self, drawn: Iterable[Candidate]) -> list[list[str]]:
        """The features of each candidate, each once."""
        words = {one: wording(self.text[one.start : one.end]) for one in drawn}
        self.document.find_places(words.values())
        parts = (self.weighed(*item) for item in words.items())
        return [[name for part in several for name in part.names] for several in parts]

    def weighed(self, one: Candidate, words: str) -> list[Weighed]:
        """The features of a candidate and its wording in groups; those that many share once."""
        start, end, _ = one
        text, number = self.text[start:end], self.quote_number.get((start, end))
        quoted = number is not None
        standing = self._standings[self.document.sentence_at(start)]
        form, places = self._form(words)
        names = (*form, *standing)
        if not self._without_place(text):
            whole = self._place in text
            names += ("names the place" if whole else "has a character of the place",)
        if (start, end) in self.document.abbreviations:
            names += (f"numeral abbreviation, length {min(len(words), _LONG)}",)
        parts = [self._words.shape(text, quoted), self._words.named(names, quoted)]
        if number is not None:
            return [*parts, self._words.side[True].weighed(self._quoted(one, number))]
        return parts + self._bare(one, standing, places > 1)

    def _form(self, words: str) -> tuple[tuple[str, ...], int]:
        """Where a candidate's wording stands, in the document and in others, and how often here."""
        if words not in self._forms:
            self._forms[words] = self._form_of(words)
        return self._forms[words]

    def _form_of(self, words: str) -> tuple[tuple[str, ...], int]:
        counts, places = self.reference.counts(words), self.document.count_of(words)
        # The weights were fitted on counts of what some report has in quotation marks.
        reports = (counts.documents or 0) if counts.quoted else 0
        names = (
            f"in {_amount(reports)} other reports",
            f"in the document {_amount(places - 1)} more",
        )
        return names, places

    @cached_property
    def _standings(self) -> list[tuple[str, ...]]:
        """Where each sentence stands."""
        return [
            tuple(self._standing_of(number, sentence))
            for number, sentence in enumerate(self.document.sentences)
        ]

    def _standing_of(self, number: int, sentence: Sentence) -> Iterator[str]:
        if sentence.part in ("title", "heading"):
            yield f"in a {sentence.part}"
        elif number in self.document.heads:
            yield "in a run-in heading"
        elif sentence.opens:
            yield "in a lead sentence"
        if number in self.document.aims:
            yield "among the aims"

    def _line_before(self, at: int, width: int) -> str:
        return self.text[max(0, at - width) : at].rpartition("\n")[2]

    def _quoted(self, one: Candidate, number: int) -> list[str]:
        """What stands around the quotation marks, and what the document has like it."""
        names = [f"found as {kind}" for kind in one.kinds & _SPECIFIC]
        line = self._line_before(one.start - 1, _ROW_WIDTH).rstrip("“‘ ")
        after = self.text[one.end + 1 : one.end + 50].partition("\n")[0]
        names.append(f"clause of {_threes(_CLAUSE_MARK.split(line[-_WIDTH:])[-1])} before it")
        names.append(f"clause of {_threes(_CLAUSE_MARK.split(after, 1)[0])} behind it")
        before, after = _ROW_BEFORE.sub("", line), _ROW_AFTER.sub("", after)
        names += [f"before it {before[-2:]}", f"after it {after[:2]}", f"next after it {after[:1]}"]
        names += [name for name, pattern in self._named_after.items() if pattern.match(after)]
        if self._awarded.search(before):
            verb = "names" if self._honour.match(after) else "describes"
            names.append(f"{verb} what is awarded")
        beside = self._beside(number)
        names.append(f"{len(beside)} quotations beside it")
        if one.end - one.start in beside:
            names.append("beside a quotation of its length")
        return names

    def _beside(self, number: int) -> list[int]:
        """The lengths of the quotations next to one in its row: “个转企”“小升规”."""
        lengths = []
        for other in (number - 1, number + 1):
            if 0 <= other < len(self.quotes):
                left, right = sorted((self.quotes[number], self.quotes[other]))
                if self.text[left[1] : right[0]] in _ROW_BETWEEN:
                    lengths.append(self.quotes[other][1] - self.quotes[other][0])
        return lengths

    def _bare(self, one: Candidate, standing: tuple[str, ...], again: bool) -> list[Weighed]:
        """What a candidate without marks was found by, and what stands around it."""
        (start, end, kinds), words, reach = one, self._words, self._words.reach
        after, following = words.after(self.text[end : end + reach])
        places = (*(standing or ("in the text",)), *following, *(("repeated",) if again else ()))
        before = words.before(self._line_before(start, reach))
        return [before, after, words.found_as(kinds, places)]


def _threes(clause: str) -> str:
    """How many characters the part of a clause has, as the table of weights has it."""
    return _CLAUSE_LENGTHS[min(len(clause) // 3, len(_CLAUSE_LENGTHS) - 1)]


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


def _amount(count: int) -> str:
    """A count as the table of weights has it."""
    return str(count) if count < 3 else "3-5" if count < 6 else "6-20" if count < 21 else "21+"
