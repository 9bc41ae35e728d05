"""How a table was made, in one line for its caption."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

_MEASURES = {"g2": "G² (4 项 terms, Dunning 1993)", "ll2": "LL (2 项 terms, Rayson & Garside 2000)"}
_TESTS = {"fisher": "Fisher", "binomial": "条件二项 conditional binomial"}
_CORRECTIONS = {
    "tarone-holm": "Tarone–Holm",
    "holm": "Holm",
    "benjamini-hochberg": "Benjamini–Hochberg",
    "none": "不校正 none",
}
_PRIORS = {"pooled": "两边合计 pooled", "uniform": "均匀 uniform"}


def method_line(table: pd.DataFrame) -> str:
    """The method of a table of `keyness`, `count_terms` or `text_test`, Chinese and English.

    It is made of ``table.attrs``, so take it before these are lost in a merge.

    Raises:
        ValueError: The table has no such attributes.

    >>> import policytext as pt
    >>> corpus = pt.read_corpus("data/wenzhou-2021")
    >>> print(method_line(pt.count_terms(pt.segment(corpus), corpus, by="kind")))
    区间 interval: 95%, 文内变化 variation inside these texts (分块自助 block bootstrap, \
5 句一段 sentences a run, 1000 次 rounds, seed 2021); 少于 5 次只给次数 count alone under 5
    """
    attrs = table.attrs
    for key, line in (("measure", _keyness), ("block", _counts), ("ways", _texts)):
        if key in attrs:
            return line(attrs)
    raise ValueError("this table has lost its attrs; take the line before merging or saving it")


def _keyness(attrs: Mapping[str, Any]) -> str:
    block = attrs["null_block"]
    null = f"{block} 句一段 blocks of {block} sentences" if block else "两半 halves"
    return "; ".join(
        [
            _MEASURES[attrs["measure"]],
            f"{attrs['target']} : {attrs['reference']}",
            f"p {_TESTS[attrs['exact_test']]}, {_CORRECTIONS[attrs['correction']]}, "
            f"α {attrs['alpha']:g}, {attrs['words_tested']} 词 words",
            f"先验 prior α0 {attrs['alpha0']:g}, {_PRIORS[attrs['prior']]}",
            f"至少 at least {attrs['min_count']} 次 times",
            f"同文对照 same-text null: {null}",
        ]
    )


def _counts(attrs: Mapping[str, Any]) -> str:
    return (
        f"区间 interval: {attrs['level']:.0%}, 文内变化 variation inside these texts "
        f"(分块自助 block bootstrap, {attrs['block']} 句一段 sentences a run, "
        f"{attrs['rounds']} 次 rounds, seed {attrs['seed']}); "
        f"少于 {attrs['fewest']} 次只给次数 count alone under {attrs['fewest']}"
    )


def _texts(attrs: Mapping[str, Any]) -> str:
    ways = f"{attrs['ways']} 种分法 ways" + ("" if attrs["exact"] else f", seed {attrs['seed']}")
    return "; ".join(
        [
            f"{attrs['target']} : {attrs['reference']}",
            f"以篇为单位 over texts: 置换 permutation ({ways}), Welch",
            f"{_CORRECTIONS[attrs['correction']]}, {attrs['words_tested']} 词 words",
            f"至少 at least {attrs['min_count']} 次 times",
        ]
    )
