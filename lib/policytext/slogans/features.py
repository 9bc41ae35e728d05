"""Name what speaks for and against each candidate: its shape, its neighbours, its places.

A feature is a short sentence in words, so that the table of weights and the column ``why`` can be
read. Quoted and bare candidates have features of their own: what a closing quotation mark stands
before says much, and what a bare span stands before says something else.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from policytext import text as tx
from policytext.corpus.document import Sentence
from policytext.lexicon.lexicon import Lexicon, expressions
from policytext.slogans.candidates import Candidate, limbs
from policytext.slogans.document import SloganDocument
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

    def __init__(self, lexicon: Lexicon) -> None:
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
        self.verbs, self.after = Cues({**before, **_MARKS_BEFORE}), Cues({**_MARKS_AFTER, **after})
        # A third of all candidates repeat one of the same text or of another.
        self.shape = lru_cache(maxsize=1 << 15)(self._shape)

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
def _words_of(lexicon: Lexicon) -> _Words:
    return _Words(lexicon)


class Evidence:
    """What the candidates of one document share, worked out once a form."""

    def __init__(self, document: SloganDocument, reference: Reference) -> None:
        self.document, self.reference, self.text = document, reference, document.text
        self.quotes = [tx.trimmed(self.text, *span) for span in document.quotes]
        self.quote_number = {span: number for number, span in enumerate(self.quotes)}
        self._words, self._forms = _words_of(document.lexicon), dict[str, list[str]]()
        self._place = document.places[0] if document.places else ""
        self._without_place = set(self._place).isdisjoint
        patterns = document.expressions
        self._awarded, self._honour = patterns[_AWARDED], patterns[_HONOUR]
        self._named_after = {name: patterns[form] for name, form in _NAMED_AFTER.items()}

    def features(self, drawn: Iterable[Candidate]) -> list[list[str]]:
        """The features of each candidate, each once."""
        return [self._of(one) for one in drawn]

    def _of(self, one: Candidate) -> list[str]:
        start, end, _ = one
        text, number = self.text[start:end], self.quote_number.get((start, end))
        words, standing = wording(text), self._standings[self.document.sentence_at(start)]
        names = [*self._words.shape(text, number is not None), *self._form(words), *standing]
        if not self._without_place(text):
            whole = self._place in text
            names.append("names the place" if whole else "has a character of the place")
        if (start, end) in self.document.abbreviations:
            names.append(f"numeral abbreviation, length {min(len(words), _LONG)}")
        if number is None:
            return names + self._bare(one, words, standing)
        return names + self._quoted(one, number)

    def _form(self, words: str) -> list[str]:
        """Where a candidate's wording stands, in the document and in others."""
        if words not in self._forms:
            self._forms[words] = self._form_of(words)
        return self._forms[words]

    def _form_of(self, words: str) -> list[str]:
        counts, places = self.reference.counts(words), len(self.document.places_of(words))
        # The weights were fitted on counts of what some report has in quotation marks.
        reports = (counts.documents or 0) if counts.quoted else 0
        return [
            f"in {_amount(reports)} other reports",
            f"in the document {_amount(places - 1)} more",
        ]

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

    def _bare(self, one: Candidate, words: str, standing: list[str]) -> list[str]:
        """What a candidate without marks was found by, and what stands around it."""
        before = self._line_before(one.start, _WIDTH)
        after = self.text[one.end : one.end + 12]
        following = self._words.after.at_start(after) if after else ["before a stop"]
        names = self._words.verbs.at_end(before) if before else ["behind a mark"]
        names += [*following, _before(before[-2:]), _after(after[:2])]
        again = ["repeated"] if len(self.document.places_of(words)) > 1 else []
        places = (*(standing or ["in the text"]), *following, *again)
        return names + _found_as(one.kinds, places)


@lru_cache(maxsize=1 << 12)
def _before(characters: str) -> str:
    return f"before it {characters if _apart(characters) else characters[-1]}"


@lru_cache(maxsize=1 << 12)
def _after(characters: str) -> str:
    return f"after it {characters if _apart(characters) else characters[0]}"


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


@lru_cache(maxsize=1 << 12)
def _found_as(kinds: frozenset[str], places: tuple[str, ...]) -> list[str]:
    """What a bare candidate was found by, and that together with where it stands."""
    return [
        name
        for kind in sorted(kinds)
        for name in (f"found as {kind}", *(f"{kind} {place}" for place in places))
    ]


def _amount(count: int) -> str:
    """A count as the table of weights has it."""
    return str(count) if count < 3 else "3-5" if count < 6 else "6-20" if count < 21 else "21+"
