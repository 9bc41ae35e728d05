"""One tag for every word in its context: the most probable sequence of tags.

Most words have one reading. What is left are runs of words with several, between words that have
one; all runs of a text are searched at once (Viterbi's algorithm, vectorised over runs), which
makes it cheap enough to tag a hundred thousand words in a tenth of a second.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from policytext.lexicon.lexicon import Lexicon
from policytext.words.dictionary import dictionary
from policytext.words.tag_model import COMMA, HEAD, LINE, PAUSE, STATES, runs, shown

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Weights = npt.NDArray[np.float64]


class Rule(NamedTuple):
    """A word that may be ``tag`` or ``other`` gains ``weight`` as ``tag`` between neighbours.

    Tags are those of the model; "," is a comma, stop, blank or either end, "、" the enumeration
    comma, "”" any other mark; neighbours are parted by blanks, and none fits anything.
    """

    tag: str
    other: str
    weight: float
    left: str
    right: str


_NOUNS = "n nr ns nt nz vn an j eng l s"
RULES = (
    Rule("v", "vn", 4, "d ad vd", ""),  # 正在 发展 经济
    Rule("v", "vn", 3, "", "m r ul uz ug ud q"),  # 建设 一批, 发展 了
    Rule("v", "vn", 2.5, ",", _NOUNS + " a b m p"),  # ，发展 经济: a clause begins with its verb
    Rule("vn", "v", 2, "uj", ""),  # 的 领导
    Rule("vn", "v", 1.5, _NOUNS + " b a", ", 、 ” c"),  # 员工 激励，
    Rule("vn", "v", 2, "v p", ", 、 ”"),  # 开展 评估，
    Rule("vn", "v", 1, "v 、", "n"),  # 提高 工作 机制
    Rule("d", "a", 3, "n vn an f", "v"),  # 产量 新 升
    Rule("ad", "a", 2, "", "v"),  # 扎实 开展
    Rule("ad", "a", 4, ", 、", "vn"),  # ，深入 分析: what begins a clause is done, not named
    Rule("ad", "v", 2, "", "v"),  # 深入 实施
    Rule("ad", "n", 2, "", "v"),  # 科学 谋划
    Rule("a", "n", 4, "", "vn"),  # 科学 决策
    Rule("n", "uv", 4, "m u", ""),  # 三 地, 北京 等 地
    Rule("q", "ng", 3, "m", ""),  # 8 时
    Rule("a", "m", 3, "d", "a u uj n"),  # 更 多 务实
    Rule("v", "p", 2, "n t", "m t"),  # 时间 为 2021年
    Rule("q", "v", 3, "m", ""),  # 3 成
)


# Names of neighbours as numbers: three kinds of marks, then the tags.
_MARKS = {",": 0, "、": 1, "”": 2}
_FIRST = len(_MARKS)


def weigh(states: Numbers, weights: Weights, bits: Numbers) -> None:
    """Add to ``weights`` (word × reading) what the rules say.

    Args:
        states: Numbers of the tags, word × reading.
        weights: Changed in place.
        bits: The bits of each word's class.
    """
    names = _names(states[np.arange(len(states)), weights.argmax(axis=1)], bits)
    left, right = np.append(0, names[:-1]), np.append(names[1:], 0)
    for rule in RULES:
        fits = np.flatnonzero(_among(left, rule.left) & _among(right, rule.right))
        both = (states[fits] == STATES.index(rule.other)).any(axis=1)
        weights[fits[both]] += rule.weight * (states[fits[both]] == STATES.index(rule.tag))


def _names(first: Numbers, bits: Numbers) -> Numbers:
    names = np.where(first == STATES.index("x"), _MARKS["”"], _FIRST + first)
    names[(bits & (COMMA | LINE)) > 0] = _MARKS[","]
    names[(bits & PAUSE) > 0] = _MARKS["、"]
    return names


def _among(names: Numbers, wanted: str) -> Flags:
    table = np.full(_FIRST + len(STATES), not wanted)
    for name in wanted.split():
        table[_MARKS[name] if name in _MARKS else _FIRST + STATES.index(name)] = True
    return table[names]


_NONE = -1e9  # the weight of a reading that is not there
_PLACE = STATES.index("ns")
_BEFORE_HEAD = 6.0  # 和平 before 新区 or 镇 is a place


class Model(NamedTuple):
    """Readings of every class of words, padded to the same number, and the bits of the class."""

    states: Numbers  # class × reading: number of the tag
    weights: Weights  # class × reading
    counts: Numbers  # class: how many readings
    bits: Numbers  # class
    follows: Weights  # state + 1 × state, a state being tag·2 + (single character)
    tags: npt.NDArray[np.object_]  # number of the tag → PKU tag


@lru_cache(maxsize=4)
def model(lexicon: Lexicon) -> Model:
    """The tag model as arrays."""
    words = dictionary(lexicon)
    counts = np.array([len(readings) for readings, _ in words.table], dtype=np.int64)
    bits = np.array([bits for _, bits in words.table], dtype=np.int64)
    states = np.zeros((len(counts), int(np.max(counts))), dtype=np.int64)
    weights = np.full(states.shape, _NONE)
    for row, (readings, _) in enumerate(words.table):
        for column, (name, weight) in enumerate(readings):
            states[row, column] = STATES.index(name)
            weights[row, column] = weight
    tags = np.array([shown(name) for name in STATES], dtype=object)
    return Model(states, weights, counts, bits, np.array(words.follows), tags)


def tag(model: Model, classes: Numbers, single: Numbers, ends: npt.NDArray[np.bool_]) -> Numbers:
    """Numbers of the tags of a text.

    Args:
        model: The tag model.
        classes: The class of each word.
        single: 1 where the word is one character, else 0.
        ends: True where the word is a blank or the end of a sentence; it has no tag.
    """
    weights = adjusted(model, classes)
    states = model.states[classes]
    chosen = states[np.arange(len(classes)), weights.argmax(axis=1)]
    text = _Text(2 * states + single[:, None], weights, single, ends, model.follows)
    for starts, length in _runs((model.counts[classes] > 1) & ~ends):
        _search(text, chosen, starts, length)
    return chosen


def adjusted(model: Model, classes: Numbers) -> Weights:
    """Weights of the readings of each word, with what its neighbours say."""
    weights = model.weights[classes]
    headed = np.zeros(len(classes), dtype=bool)
    headed[:-1] = (model.bits[classes[1:]] & HEAD) > 0
    named = headed[:, None] & (model.states[classes] == _PLACE) & (weights > _NONE)
    weights[named] += _BEFORE_HEAD
    weigh(model.states[classes], weights, model.bits[classes])
    return weights


def _runs(open_: npt.NDArray[np.bool_]) -> Iterator[tuple[Numbers, int]]:
    """Runs of words with several readings: where those of one length start, and the length."""
    starts, stops = runs(open_)
    lengths = stops - starts
    for length in np.unique(lengths):
        yield starts[lengths == length], int(length)


def _search(text: "_Text", chosen: Numbers, starts: Numbers, length: int) -> None:
    """Choose the best tags of all runs of one length, between neighbours that are settled."""
    states = text.states[starts[:, None] + np.arange(length)]
    weights = text.weights[starts[:, None] + np.arange(length)]
    score = weights[:, 0] + text.follows[text.before(starts, chosen)[:, None], states[:, 0]]
    back = []
    for at in range(1, length):
        paths = (
            score[:, :, None] + text.follows[1 + states[:, at - 1, :, None], states[:, at, None]]
        )
        back.append(paths.argmax(axis=1))
        score = paths.max(axis=1) + weights[:, at]
    score = score + text.after(starts + length, states[:, -1], chosen)
    best, rows = score.argmax(axis=1), np.arange(len(starts))
    for at in range(length - 1, -1, -1):
        chosen[starts + at] = states[rows, at, best] // 2
        if at:
            best = back[at - 1][rows, best]


class _Text(NamedTuple):
    """The words of a text as arrays; states are tag·2 + (single character)."""

    states: Numbers
    weights: Weights
    single: Numbers
    ends: npt.NDArray[np.bool_]
    follows: Weights

    def before(self, starts: Numbers, chosen: Numbers) -> Numbers:
        """Rows of ``follows`` for the words left of the runs; 0 is the beginning of a sentence."""
        left = np.maximum(starts - 1, 0)
        begins = (starts == 0) | self.ends[left]
        return np.where(begins, 0, 1 + 2 * chosen[left] + self.single[left])

    def after(self, stops: Numbers, last: Numbers, chosen: Numbers) -> Weights:
        """The score that the word right of each run adds to each last state."""
        right = np.minimum(stops, len(chosen) - 1)
        over = (stops >= len(chosen)) | self.ends[right]
        next_ = 2 * chosen[right] + self.single[right]
        return np.where(over[:, None], 0.0, self.follows[1 + last, next_[:, None]])
