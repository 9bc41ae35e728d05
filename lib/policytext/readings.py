"""The tags that a word may have, with their weights, before any context."""

from collections.abc import Iterable, Mapping

from policytext import tagmodel as tm
from policytext.jiebadict import Entry

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
    "g": {"n": 0},
    "mq": {"m": 0},
    "mg": {"m": 0},
    "vq": {"v": 0},
    "vi": {"v": 0},
    "nrt": {"nr": 0},
    "nrfg": {"nr": 0},
    "df": {"d": 0},
    "rz": {"r": 0},
    "rr": {"r": 0},
    "rg": {"r": 0},
    "bg": {"b": 0},
}
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
    return _weighed(entry.word, weights) if len(weights) > 1 else dict(weights)


def ranked(word: str, tags: Iterable[str]) -> Readings:
    """Readings in the lexicon's order.

    The order says how probable a tag is, given the word. The model of neighbours has each tag's
    own probability in it, so that is taken out here (Bayes' rule).
    """
    rare = tm.rarity(len(word) == 1)
    order = {tm.state(tag, word): -_RANK * i for i, tag in enumerate(tags)}
    seen = tm.evidence(word, order)
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


def _weighed(word: str, weights: Mapping[str, float]) -> Readings:
    if len(weights) == 1:
        return dict(weights)
    seen = tm.evidence(word, weights)
    both = {"v", "vn"} <= set(weights)
    found = {t: w + seen[t] + (_NOMINAL if both and t == "vn" else 0) for t, w in weights.items()}
    return _relative(found)


def _relative(found: Mapping[str, float]) -> Readings:
    best = max(found.values())
    # Rounded, so that words share classes and the table stays small.
    return {tag: max(-9.0, round(2 * (weight - best)) / 2) for tag, weight in found.items()}
