"""The dictionary that cuts and tags: jieba's own, less its delta, with the lexicon's words."""

import hashlib
import marshal
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from math import log
from typing import Any, NamedTuple

from policytext.lexicon.lexicon import Lexicon
from policytext.paths import cache_folder, write_whole
from policytext.words import tag_model as tm
from policytext.words.tag_model import (
    Class,
    Entry,
    Readings,
    as_place,
    guessed,
    published,
    ranked,
)

# Every word costs log(TOTAL) in the path search, so the sum is held fixed: that of jieba's
# dictionary, rounded up. Adding words then moves no word that they do not touch.
TOTAL = 2**26
_FILLER = "\ue000"  # a private character that carries what is missing from TOTAL
# To be raised with every change in how the dictionary is built, so that no old cache is read.
_CACHE_VERSION = "3"
_FINDABLE = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%-]+")
_NO_WORD = "-"  # instead of tags: what the lexicon says is no word
_WORD = 100  # the least count of a listed word: 供水 管网, not 供水管 网
_NAME = 20  # the count of a name that jieba lacks: a place 元和 must not cut 20万元和
_OFFICE = 20_000  # so that the district 西湖 keeps its 区委 and does not become 西湖区 委


class Dictionary(NamedTuple):
    """Everything a segmentation needs to know about words.

    ``changed``: word → count where it differs from jieba's own, 0 for what was dropped;
    ``classes``: word → number of its row in ``table``, which holds readings (state, weight) and
    bits; ``follows``: the model of neighbouring tags; ``digest``: names the content.
    """

    changed: dict[str, int]
    classes: dict[str, int]
    table: list[Class]
    follows: list[list[float]]
    digest: str


@lru_cache(maxsize=4)
def dictionary(lexicon: Lexicon) -> Dictionary:
    """The dictionary with the lexicon's words, from the cache where it is there.

    >>> from policytext import default_lexicon
    >>> dictionary(default_lexicon()).changed["高质量"]
    0
    """
    content = "\0".join([_CACHE_VERSION, lexicon.hash, version("jieba")])
    digest = hashlib.sha256(content.encode()).hexdigest()[:12]
    return Dictionary(*_cached(f"words-{digest}.marshal", lambda: tuple(build(lexicon, digest))))


def weights(words: Dictionary) -> dict[str, float]:
    """Log probability of each word, and 0 for what only begins words; "" is what is unknown."""

    def make() -> dict[str, float]:
        found = counts(words.changed).items()
        return {word: log(n) - log(TOTAL) if n else 0.0 for word, n in found} | {"": -log(TOTAL)}

    return _cached(f"paths-{words.digest}.marshal", make)


def counts(changed: Mapping[str, int]) -> dict[str, int]:
    """Counts as `jieba.Tokenizer` wants them: every beginning of a word is there, with 0.

    Words with a mark in them are left out: jieba cuts at marks and could never find them.
    """
    whole = {word: entry.frequency for word, entry in published().items()} | dict(changed)
    table = {word: n for word, n in whole.items() if n and _FINDABLE.fullmatch(word)}
    for word in list(table):
        for end in range(1, len(word)):
            table.setdefault(word[:end], 0)
    return table


def build(lexicon: Lexicon, digest: str = "") -> Dictionary:
    """Jieba's entries less the delta, and the lexicon's words and names over them."""
    entries = published()
    apart = lexicon.words("words", "word", tags=_NO_WORD)
    phrases = lexicon.words("dictionary_delta", "word")
    changed = dict.fromkeys(sorted((phrases | apart) & set(entries)), 0)
    readings = {w: guessed(entry) for w, entry in entries.items() if w not in changed}
    for word, count, reading in _listed(lexicon, entries, readings):
        changed[word] = max(entries[word].frequency if word in entries else 0, count)
        readings[word] = reading
    kept = sum(entry.frequency for word, entry in entries.items() if word not in changed)
    changed[_FILLER] = max(0, TOTAL - kept - sum(changed.values()))
    classes, table = tm.classes_of(readings | tm.shape_readings(lexicon), lexicon)
    return Dictionary(changed, classes, table, tm.follows(), digest)


def _listed(
    lexicon: Lexicon, entries: Mapping[str, Entry], known: Mapping[str, Readings]
) -> Iterator[tuple[str, int, Readings]]:
    """The lexicon's words with their least count and their readings; names come last."""
    words = lexicon["words"]
    words = words[words["tags"] != _NO_WORD]
    for word, tags in zip(words["word"], words["tags"], strict=True):
        count = max(_WORD, _winning(word, entries)) if len(word) > 1 else 1
        yield word, count, ranked(word, tags.split())
    listed = set(words["word"])
    # What is counted as one has to be cut as one.
    for word in sorted({*lexicon["synonyms"].to_numpy().ravel()} - listed):
        count = max(_WORD, _winning(word, entries)) if len(word) > 1 else 1
        yield word, count, known.get(word) or ranked(word, ["nx" if word.isascii() else "n"])
    for name, is_full in _places(lexicon).items():
        count = _winning(name, entries) if is_full else _NAME
        yield name, count, as_place(entries.get(name), known.get(name), name in listed)
    offices = lexicon["offices"]
    for name, tag in zip(offices["name"], offices["tag"], strict=True):
        yield name, max(_OFFICE, _winning(name, entries)), ranked(name, [tag])


def _places(lexicon: Lexicon) -> dict[str, bool]:
    """Names of places that are one word, and whether they are full; 西湖街道 is two words."""
    places = lexicon["places"]
    short = dict.fromkeys(filter(None, places["short"]), False)
    return short | {name: True for name in places["name"] if not name.endswith("街道")}


def _winning(word: str, entries: Mapping[str, Entry]) -> int:
    """A count with which the word beats its most probable parts."""
    best = [1.0]  # the chance of the best path to each character
    for stop in range(1, len(word) + 1):
        parts = ((at, entries.get(word[at:stop])) for at in range(stop) if stop - at < len(word))
        paths = (best[at] * entry.frequency for at, entry in parts if entry)
        best.append(max(paths, default=best[-1]) / TOTAL)
    return max(_NAME, int(3 * TOTAL * best[-1]))


def _cached(name: str, make: Callable[[], Any]) -> Any:
    """Load a value from the cache folder, or compute and store it where the file is not whole."""
    path = cache_folder() / name
    try:
        return marshal.loads(path.read_bytes())
    except (OSError, EOFError, ValueError, TypeError):
        made = make()
    with suppress(OSError):  # a read-only folder costs seconds on every start, and nothing else
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, marshal.dumps(made))
    return made
