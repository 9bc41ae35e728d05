"""What a word's neighbours say about its tag, beyond the model of neighbouring tags.

The model sees one tag to the left. These rules see both sides at once, and marks: most of them
decide between verb (v) and verb used as noun (vn), the commonest doubt in this prose. Each adds
a weight, in log units, to one reading of the words it fits; a neighbour counts by its own most
probable reading.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from policytext.tagmodel import STATES
from policytext.wordclasses import COMMA, LINE, PAUSE

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Weights = npt.NDArray[np.float64]


class Rule(NamedTuple):
    """A word that may be ``tag`` or ``other`` gains ``weight`` as ``tag`` between neighbours.

    Tags are those of the model; "," is a comma, stop, blank or either end, "、" the enumeration
    comma, "”" any other mark; an empty set fits anything.
    """

    tag: str
    other: str
    weight: float
    left: frozenset[str]
    right: frozenset[str]


def _rule(tag: str, other: str, weight: float, left: str, right: str) -> Rule:
    return Rule(tag, other, weight, frozenset(left.split()), frozenset(right.split()))


_NOUNS = "n nr ns nt nz vn an j eng l s"
RULES = (
    _rule("v", "vn", 4, "d ad vd", ""),  # 正在 发展 经济
    _rule("v", "vn", 3, "", "m r ul uz ug ud q"),  # 建设 一批, 发展 了
    _rule("v", "vn", 2.5, ",", _NOUNS + " a b m p"),  # ，发展 经济: a clause begins with its verb
    _rule("vn", "v", 2, "uj", ""),  # 的 领导
    _rule("vn", "v", 1.5, _NOUNS + " b a", ", 、 ” c"),  # 员工 激励，
    _rule("vn", "v", 2, "v p", ", 、 ”"),  # 开展 评估，
    _rule("vn", "v", 1, "v 、", "n"),  # 提高 工作 机制
    _rule("d", "a", 3, "n vn an f", "v"),  # 产量 新 升
    _rule("ad", "a", 2, "", "v"),  # 扎实 开展
    _rule("ad", "a", 4, ", 、", "vn"),  # ，深入 分析: what begins a clause is done, not named
    _rule("ad", "v", 2, "", "v"),  # 深入 实施
    _rule("ad", "n", 2, "", "v"),  # 科学 谋划
    _rule("a", "n", 4, "", "vn"),  # 科学 决策
    _rule("n", "uv", 4, "m u", ""),  # 三 地, 北京 等 地
    _rule("q", "ng", 3, "m", ""),  # 8 时
    _rule("a", "m", 3, "d", "a u uj n"),  # 更 多 务实
    _rule("v", "p", 2, "n t", "m t"),  # 时间 为 2021年
    _rule("q", "v", 3, "m", ""),  # 3 成
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


def _among(names: Numbers, wanted: frozenset[str]) -> Flags:
    if not wanted:
        return np.ones(len(names), dtype=bool)
    table = np.zeros(_FIRST + len(STATES), dtype=bool)
    for name in wanted:
        table[_MARKS[name] if name in _MARKS else _FIRST + STATES.index(name)] = True
    return table[names]
