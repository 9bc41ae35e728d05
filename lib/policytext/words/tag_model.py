"""What jieba publishes: its dictionary, and its hidden Markov model, read as a model of tags.

jieba estimated its model from the People's Daily corpus: the probability that a word of one tag
follows a word of another, and that a word of a tag begins, goes on and ends with given
characters. No corpus is needed beyond these tables, which jieba publishes with its code.
"""

import logging
import warnings
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from importlib.resources import files
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from policytext.lexicon.lexicon import Lexicon

NUMERALS = frozenset("零〇一二两三四五六七八九十百千万亿几")


def quiet_jieba(module_name: str = "jieba") -> Any:
    """The module, imported without its warnings and its report of loading times."""
    with warnings.catch_warnings():  # of jieba's own syntax, on the first import
        warnings.simplefilter("ignore")
        module = import_module(module_name)
    logging.getLogger("jieba").setLevel(logging.ERROR)
    return module


class Entry(NamedTuple):
    """One line of jieba's dictionary."""

    word: str
    frequency: int
    tag: str


def published() -> dict[str, Entry]:
    """Jieba's own dictionary by word.

    >>> published()["高质量"]
    Entry(word='高质量', frequency=99, tag='n')
    """
    text = (files(quiet_jieba()) / "dict.txt").read_text(encoding="utf-8")
    cells = (line.split(" ") for line in text.splitlines())
    return {word: Entry(word, int(count), tag) for word, count, tag in cells}


FLOOR = -20.0  # log probability of what jieba's corpus never showed
CHARACTERS = 0.4  # the characters are weak evidence: they are not independent of each other
NEIGHBOURS = 0.7  # nor are neighbouring tags
# jieba's names for the tags of particles and for what is not Chinese.
_PARTICLES = {"的": "uj", "了": "ul", "着": "uz", "过": "ug", "得": "ud", "地": "uv"}
_JIEBA = {"w": "x", "nx": "eng"}

# Words of one character behave differently, so every tag is two states: longer words, single ones.
STATES = (
    "n nr ns nt nz eng v vn vd a an ad d m q r p c t f s b i j l k h y e o z x u "
    "uj ul uz ug ud uv ng vg ag tg dg"
).split()


def state(tag: str, word: str) -> str:
    """The model's name of a PKU tag of a word.

    >>> state("u", "了"), state("Ng", "讯"), state("w", "，")
    ('ul', 'ng', 'x')
    """
    if tag == "u":
        return _PARTICLES.get(word, "u")
    return _JIEBA.get(tag, tag.lower())


def shown(name: str) -> str:
    """The PKU tag of a state of the model.

    >>> shown("ul"), shown("ng"), shown("x")
    ('u', 'Ng', 'w')
    """
    if name in _PARTICLES.values():
        return "u"
    back = {ours: tag for tag, ours in _JIEBA.items()}
    return back.get(name) or (name[0].upper() + "g" if name[1:] == "g" and name != "ug" else name)


def follows() -> list[list[float]]:
    """Weighted log probability of each state (tag × single) after each, beginnings first."""
    table, start = _table("prob_trans"), _table("prob_start")
    ends = [(place, tag) for tag, place in product(STATES, "ES")]
    begins = [(place, tag) for tag, place in product(STATES, "BS")]
    rows = [[start.get(b, FLOOR) for b in begins]]
    rows += [[table.get(e, {}).get(b, FLOOR) for b in begins] for e in ends]
    return [[NEIGHBOURS * max(FLOOR, value) for value in row] for row in rows]


@cache
def rarity(single: bool) -> dict[str, float]:
    """Weighted minus log probability of each tag, among single characters or longer words.

    It is the stationary distribution of the tag transition matrix.

    >>> rarity(False)["n"] < rarity(False)["vn"] < rarity(False)["vd"]
    True
    """
    steps = np.exp(np.array(follows())[1:] / NEIGHBOURS)
    steps /= steps.sum(axis=1, keepdims=True)
    share = np.full(len(steps), 1 / len(steps))
    for _ in range(100):
        share = share @ steps
    logs = -NEIGHBOURS * np.log(np.maximum(share, np.exp(FLOOR)))
    return dict(zip(STATES, logs[int(single) :: 2].tolist(), strict=True))


def evidence(word: str, states: Iterable[str]) -> dict[str, float]:
    """Weighted log probability of the characters of a word under each tag.

    >>> found = evidence("治理", ["v", "a"])
    >>> max(found, key=found.get)
    'v'
    """
    table = _table("prob_emit")
    places = "S" if len(word) == 1 else ("B" + "M" * (len(word) - 2) + "E")[: len(word)]
    placed = list(zip(places, word, strict=True))

    def seen(name: str) -> float:
        logs = (table.get((place, name), {}).get(character, FLOOR) for place, character in placed)
        return CHARACTERS * sum(max(FLOOR, log) for log in logs)

    return {name: seen(name) for name in states}


def _table(name: str) -> dict[Any, Any]:
    return quiet_jieba(f"jieba.posseg.{name}").P


Bits = npt.NDArray[np.int64]
Readings = dict[str, float]  # state of the tag model → weight in log units, the best at 0

# Further readings of a tag of jieba, which gives every word one: tag → weights in log units.
_OF_TAG: dict[str, Readings] = {
    "v": {"v": 0, "vn": -0.5},
    "vn": {"vn": 0, "v": -0.5},
    "a": {"a": 0, "ad": -1.5, "an": -3},
    "ad": {"ad": 0, "a": -1},
    "an": {"an": 0, "a": -1},
    "zg": {"n": -1, "v": -1, "q": -2, "a": -2, "d": -2},
    "nr": {"nr": 0, "n": -1},  # jieba takes 蓝图, 福祉, 默契 for names of persons
}
# Tags that jieba gives to few words, beside the tag that they are taken for.
_RARE = {
    "n": "g",
    "m": "mq mg",
    "v": "vq vi",
    "nr": "nrt nrfg",
    "d": "df",
    "r": "rz rr rg",
    "b": "bg",
}
_OF_TAG |= {rare: {tag: 0} for tag, names in _RARE.items() for rare in names.split()}
# A verb of this prose that can be a noun mostly is one.
_NOMINAL = 2.0
_RANK = 0.8  # what each further tag of a word costs in the lexicon's order
_HINT = 0.2  # the characters of a word whose tags are listed only break ties
_SAME_NAME = 6.0  # what a place costs that is called like a common word
_PROPER = ("nr", "nz", "nt")  # what jieba calls a place that it does not know
_COMMON = 200  # from this count on a word is more than the name of a place


def guessed(entry: Entry) -> Readings:
    """Readings of a word of jieba's dictionary, which gives it one tag.

    >>> sorted(guessed(Entry("治理", 3000, "v")))
    ['v', 'vn']
    """
    weights = _OF_TAG.get(entry.tag, {entry.tag: 0.0})
    if len(weights) == 1:
        return dict(weights)
    seen = evidence(entry.word, weights)
    bonus = {"vn": _NOMINAL} if "v" in weights else {}
    return _relative({tag: w + seen[tag] + bonus.get(tag, 0) for tag, w in weights.items()})


def ranked(word: str, tags: Iterable[str]) -> Readings:
    """Readings in the lexicon's order.

    The order says how probable a tag is, given the word. The model of neighbours has each tag's
    own probability in it, so that is taken out here (Bayes' rule).
    """
    rare = rarity(len(word) == 1)
    order = {state(tag, word): -_RANK * i for i, tag in enumerate(tags)}
    seen = evidence(word, order)
    return _relative({tag: w + rare[tag] + _HINT * seen[tag] for tag, w in order.items()})


def as_place(entry: Entry | None, known: Readings | None, is_listed: bool) -> Readings:
    """Readings of the name of a place; one called like a common word stays that word too.

    >>> as_place(None, None, False)
    {'ns': 0.0}
    """
    common = entry is not None and entry.frequency >= _COMMON and entry.tag[:2] not in _PROPER
    if known and (common or is_listed):
        return {"ns": min(known.values()) - _SAME_NAME} | known
    return {"ns": 0.0}


def _relative(found: Mapping[str, float]) -> Readings:
    best = max(found.values())
    # Rounded, so that words share classes and the table stays small.
    return {tag: max(-9.0, round(2 * (weight - best)) / 2) for tag, weight in found.items()}


# What rules ask of a word, one bit each.
SURNAME = 1 << 0  # may begin a personal name
RARE_SURNAME = 1 << 1  # is a surname only beside a title or another name
TITLE = 1 << 2  # stands before a personal name
TITLE_AFTER_NAME = 1 << 3  # stands after a personal name
NUMERAL = 1 << 4
BOUND_CHARACTER = 1 << 5  # a character that is hardly a word by itself
GRAMMAR = 1 << 6  # a character of a closed class, in no name
ACTION = 1 << 7  # a character that sums up a list behind a numeral: 六抓
TAKES_SUFFIX = 1 << 8  # takes a suffix
SUFFIX = 1 << 9
HEAD = 1 << 10  # stands after the name of a place
LINE = 1 << 11  # the end of a line, and what else is blank
COMMA = 1 << 12  # a mark that ends a clause
PAUSE = 1 << 13  # 、

SHAPE = "\ue001"  # before tags: the class of words that carry just these
COMMAS = frozenset(",，.。;；:：!！?？")
_SUFFIXABLE = frozenset("n v vn a b an nz j l".split())
_CLOSED = frozenset("p c r y f m q u uj ul uz ug ud uv x".split())
_SHAPES = ("t", "m", "nx", "w", "nr", "j", "n v vn")

Class = tuple[tuple[tuple[str, float], ...], int]


def shape_readings(lexicon: Lexicon) -> dict[str, Readings]:
    """Readings of words that no dictionary lists, by the tags their shape or suffix gives them."""
    kinds = sorted({*_SHAPES, *lexicon["affixes"]["tags"]})
    shapes = {SHAPE + tags: ranked("", tags.split()) for tags in kinds}
    return shapes | {mark: {state("w", mark): 0.0} for mark in ("\n", "、", *COMMAS)}


def classes_of(
    readings: Mapping[str, Readings], lexicon: Lexicon
) -> tuple[dict[str, int], list[Class]]:
    """The number of each word's class, and the classes by number."""
    bits = _bits(readings, lexicon)
    numbers: dict[Class, int] = {((("n", 0.0),), 0): 0}  # 0: a word that is not known
    classes: dict[str, int] = {}
    for word, weights in readings.items():
        kind = (tuple(sorted(weights.items())), bits[word])
        classes[word] = numbers.setdefault(kind, len(numbers))
    return classes, list(numbers)


def _shape_bits(word: str, weights: Readings) -> int:
    """The bits that length, characters and the best reading give."""
    best = max(weights, key=lambda tag: weights[tag])
    bits = NUMERAL if all(c in NUMERALS and c != "几" for c in word) else 0
    if len(word) == 1:
        bits |= GRAMMAR if best in _CLOSED else 0
        return bits | (ACTION if "v" in weights and "q" not in weights else 0)
    return bits | (TAKES_SUFFIX if len(word) == 2 and best in _SUFFIXABLE else 0)


def _bits(readings: Mapping[str, Readings], lexicon: Lexicon) -> dict[str, int]:
    """The bits of each word: those of its shape and those that tables of the lexicon give."""
    bits = {word: _shape_bits(word, weights) for word, weights in readings.items()}
    for bit, words in _given(readings, lexicon):
        for word in words:
            bits[word] = bits.get(word, 0) | bit
    for bit, role in ((ACTION, "sums up nothing"), (TAKES_SUFFIX, "takes no suffix")):
        for word in lexicon.words("word_roles", "word", role=role):
            bits[word] = bits.get(word, 0) & ~bit
    return bits


def _given(readings: Mapping[str, Readings], lexicon: Lexicon) -> list[tuple[int, frozenset[str]]]:
    titles, listed = lexicon["titles"], lexicon.words("words", "word")
    single = {word for word in readings if len(word) == 1 and "\u4e00" <= word <= "\u9fff"}
    return [
        (SURNAME, lexicon.words("surnames", "surname")),
        (RARE_SURNAME, lexicon.words("surnames", "surname", strength="context")),
        # Characters that are not listed as words; without a list, none is known to be bound.
        (BOUND_CHARACTER, frozenset(single - listed - NUMERALS if listed else ())),
        (TITLE, frozenset(titles["word"][titles["side"] != "after"])),
        (TITLE_AFTER_NAME, frozenset(titles["word"][titles["side"] != "before"])),
        (SUFFIX, lexicon.words("affixes", "affix")),
        (HEAD, lexicon.words("word_roles", "word", role="follows a place")),
        (LINE, frozenset("\n")),
        (COMMA, COMMAS),
        (PAUSE, frozenset("、")),
    ]


def runs(marked: npt.NDArray[np.bool_]) -> tuple[Bits, Bits]:
    """Starts and stops of the runs of marked words.

    >>> [ends.tolist() for ends in runs(np.array([True, True, False, True]))]
    [[0, 3], [2, 4]]
    """
    edges = np.flatnonzero(np.diff(np.concatenate(([False], marked, [False])).astype(np.int8)))
    return edges[::2], edges[1::2]
