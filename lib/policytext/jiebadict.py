"""jieba's own dictionary: every word with a count and one tag."""

from collections.abc import Mapping
from importlib.resources import files
from typing import NamedTuple

NUMERALS = frozenset("零〇一二两三四五六七八九十百千万亿几")


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
    text = (files("jieba") / "dict.txt").read_text(encoding="utf-8")
    entries: dict[str, Entry] = {}
    for line in text.splitlines():
        word, count, tag = line.split(" ")
        entries[word] = Entry(word, int(count), tag)
    return entries


def best_split(
    word: str, entries: Mapping[str, Entry], least: int = 1
) -> tuple[Entry, Entry] | None:
    """The two entries, each of ``least`` characters or more, that the word most probably joins.

    >>> [part.word for part in best_split("科学决策", published(), 2)]
    ['科学', '决策']
    """
    pairs = []
    for at in range(least, len(word) - least + 1):
        left, right = entries.get(word[:at]), entries.get(word[at:])
        if left and right and left.frequency and right.frequency:
            pairs.append((left.frequency * right.frequency, left, right))
    return max(pairs)[1:] if pairs else None
