"""How probable a tag is: jieba's published hidden Markov model, read as a model of tags.

jieba estimated its model from the People's Daily corpus: the probability that a word of one tag
follows a word of another, and that a word of a tag begins, goes on and ends with given
characters. No corpus is needed beyond these tables, which jieba publishes with its code.
"""

from collections.abc import Iterable
from functools import cache
from itertools import product
from typing import Any

import numpy as np

from policytext.jiebadict import quiet_jieba

FLOOR = -20.0  # log probability of what jieba's corpus never showed
CHARACTERS = 0.4  # the characters are weak evidence: they are not independent of each other
NEIGHBOURS = 0.7  # nor are neighbouring tags
# jieba's names for the tags of particles and for what is not Chinese.
_PARTICLES = {"的": "uj", "了": "ul", "着": "uz", "过": "ug", "得": "ud", "地": "uv"}
_JIEBA = {"w": "x", "nx": "eng"}

# Words of one character behave differently, so every tag is two states: longer words, single ones.
STATES = [
    *("n", "nr", "ns", "nt", "nz", "eng", "v", "vn", "vd", "a", "an", "ad", "d", "m", "q", "r"),
    *("p", "c", "t", "f", "s", "b", "i", "j", "l", "k", "h", "y", "e", "o", "z", "x", "u"),
    *("uj", "ul", "uz", "ug", "ud", "uv", "ng", "vg", "ag", "tg", "dg"),
]


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
    back = {"x": "w", "eng": "nx"}
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

    It is what the model of neighbours, run for long, comes to rest at.

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
    return {
        name: CHARACTERS
        * sum(
            max(FLOOR, table.get((place, name), {}).get(character, FLOOR))
            for place, character in zip(places, word, strict=True)
        )
        for name in states
    }


def _table(name: str) -> dict[Any, Any]:
    return quiet_jieba(f"jieba.posseg.{name}").P
