"""jieba's own dictionary: every word with a count and one tag."""

import logging
import warnings
from collections.abc import Mapping
from importlib import import_module
from importlib.resources import files
from typing import Any, NamedTuple

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
    entries: dict[str, Entry] = {}
    for line in text.splitlines():
        word, count, tag = line.split(" ")
        entries[word] = Entry(word, int(count), tag)
    return entries


def best_split(
    word: str, entries: Mapping[str, Entry], min_length: int = 1
) -> tuple[Entry, Entry] | None:
    """The two entries of ``min_length`` characters or more that the word most probably joins.

    >>> [part.word for part in best_split("科学决策", published(), 2)]
    ['科学', '决策']
    """
    pairs = []
    for at in range(min_length, len(word) - min_length + 1):
        left, right = entries.get(word[:at]), entries.get(word[at:])
        if left and right and left.frequency and right.frequency:
            pairs.append((left.frequency * right.frequency, left, right))
    return max(pairs)[1:] if pairs else None
