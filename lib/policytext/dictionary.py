"""The dictionary that cuts: jieba's own, brought to the word size of the People's Daily corpus."""

import marshal
import os
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from policytext.lexicon import HOME, Lexicon

# Every word costs log(TOTAL) in the path search, so the sum is fixed: adding words moves no others.
TOTAL = 60_101_967


class Dictionary(NamedTuple):
    """Counts of words, with 0 for their prefixes as jieba wants them, and tags of words."""

    frequencies: dict[str, int]
    tags: dict[str, str]


def cache_folder() -> Path:
    """Where built dictionaries are kept: ``POLICYTEXT_CACHE`` or ``.cache`` of the project."""
    return Path(os.environ.get("POLICYTEXT_CACHE") or HOME / ".cache")


def published() -> Iterable[tuple[str, int, str]]:
    """Jieba's own dictionary: word, count, tag."""
    text = (files("jieba") / "dict.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        word, count, tag = line.split(" ")
        yield word, int(count), tag


@lru_cache(maxsize=4)
def dictionary(lexicon: Lexicon) -> Dictionary:
    """The dictionary with the lexicon's names, from the cache where it is there."""
    path = cache_folder() / f"words-{lexicon.hash}.marshal"
    if path.is_file():
        return Dictionary(*marshal.loads(path.read_bytes()))
    built = build(lexicon)
    _keep(path, built)
    return built


def build(lexicon: Lexicon) -> Dictionary:
    """Jieba's entries, then the lexicon's names over them."""
    counts, tags = {}, {}
    for word, count, tag in published():
        counts[word], tags[word] = count, tag
    for word, tag in names(lexicon):
        counts[word], tags[word] = max(counts.get(word, 0), 1000), tag
    return Dictionary(_with_prefixes(counts), tags)


def names(lexicon: Lexicon) -> Iterable[tuple[str, str]]:
    """Names that are always one word: places and offices."""
    for column in ("name", "short"):
        for word in lexicon["places"][column]:
            if word:
                yield word, "ns"
    for row in lexicon["offices"].itertuples():
        yield row.name, "n"


def _with_prefixes(counts: Mapping[str, int]) -> dict[str, int]:
    table = dict(counts)
    for word in counts:
        for end in range(1, len(word)):
            table.setdefault(word[:end], 0)
    return table


def _keep(path: Path, built: Dictionary) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_bytes(marshal.dumps(tuple(built)))
    fresh.replace(path)  # at once, so that no other process reads half a file
