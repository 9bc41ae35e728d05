"""Classes of words: everything that is alike in readings and in what rules ask is one class."""

from collections.abc import Mapping

from policytext import tagmodel as tm
from policytext.jiebadict import NUMERALS
from policytext.lexicon import Lexicon
from policytext.readings import Readings, ranked

# What rules ask of a word, one bit each.
SURNAME = 1 << 0  # may begin a personal name
SCARCE = 1 << 1  # is a surname only beside a title or another name
TITLE = 1 << 2  # stands before a personal name
CALLED = 1 << 3  # stands after a personal name
NUMERAL = 1 << 4
LOOSE = 1 << 5  # a character that hardly stands alone
GRAMMAR = 1 << 6  # a character of a closed class, in no name
ACTION = 1 << 7  # a character that sums up a list behind a numeral: 六抓
HOST = 1 << 8  # takes a suffix
SUFFIX = 1 << 9
HEAD = 1 << 10  # stands after the name of a place
LINE = 1 << 11  # the end of a line, and what else is blank
COMMA = 1 << 12  # a mark that ends a clause
PAUSE = 1 << 13  # 、

SHAPE = "\ue001"  # before tags: the class of words that carry just these
COMMAS = frozenset(",，.。;；:：!！?？")
_HOSTS = frozenset(("n", "v", "vn", "a", "b", "an", "nz", "j", "l"))
_CLOSED = frozenset(
    ("p", "c", "r", "y", "f", "m", "q", "u", "uj", "ul", "uz", "ug", "ud", "uv", "x")
)
_SHAPES = ("t", "m", "nx", "w", "nr", "j", "n v vn")

Class = tuple[tuple[tuple[str, float], ...], int]


def shape_readings(lexicon: Lexicon) -> dict[str, Readings]:
    """Readings of words that no dictionary lists, by the tags their shape or suffix gives them."""
    kinds = sorted({*_SHAPES, *lexicon["affixes"]["tags"]})
    shapes = {SHAPE + tags: ranked("", tags.split()) for tags in kinds}
    return shapes | {mark: {tm.state("w", mark): 0.0} for mark in ("\n", "、", *COMMAS)}


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
    return bits | (HOST if len(word) == 2 and best in _HOSTS else 0)


def _bits(readings: Mapping[str, Readings], lexicon: Lexicon) -> dict[str, int]:
    """The bits of each word: those of its shape and those that tables of the lexicon give."""
    bits = {word: _shape_bits(word, weights) for word, weights in readings.items()}
    for bit, words in _given(readings, lexicon):
        for word in words:
            bits[word] = bits.get(word, 0) | bit
    for bit, role in ((ACTION, "sums up nothing"), (HOST, "takes no suffix")):
        for word in lexicon.words("word_roles", "word", role=role):
            bits[word] = bits.get(word, 0) & ~bit
    return bits


def _given(readings: Mapping[str, Readings], lexicon: Lexicon) -> list[tuple[int, frozenset[str]]]:
    titles = lexicon["titles"]
    return [
        (SURNAME, lexicon.words("surnames", "surname")),
        (SCARCE, lexicon.words("surnames", "surname", strength="context")),
        (LOOSE, _loose(readings, lexicon.words("words", "word"))),
        (TITLE, frozenset(titles["word"][titles["side"] != "after"])),
        (CALLED, frozenset(titles["word"][titles["side"] != "before"])),
        (SUFFIX, lexicon.words("affixes", "affix")),
        (HEAD, lexicon.words("word_roles", "word", role="follows a place")),
        (LINE, frozenset("\n")),
        (COMMA, COMMAS),
        (PAUSE, frozenset("、")),
    ]


def _loose(readings: Mapping[str, Readings], listed: frozenset[str]) -> frozenset[str]:
    """Characters that are not listed as words; without a list, none is known to hang loose."""
    if not listed:
        return frozenset()
    return frozenset(
        word
        for word in readings
        if len(word) == 1 and "\u4e00" <= word <= "\u9fff" and word not in listed | NUMERALS
    )
