"""The dictionary that cuts and tags: jieba's own, less its delta, with the lexicon's words."""

import csv
import hashlib
import marshal
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from policytext import tagmodel as tm
from policytext.jiebadict import NUMERALS, Entry, best_split, published
from policytext.lexicon import FOLDER, HOME, Lexicon

# Every word costs log(TOTAL) in the path search, so the sum is held fixed: that of jieba's
# dictionary, rounded up. Adding words then moves no word that they do not touch.
TOTAL = 2**26
# A change in how these rooms build the dictionary makes a new cache.
_ROOMS = ("dictionary", "jiebadict", "tagmodel")
FILLER = "\ue000"  # a private character that carries what is missing from TOTAL

# What a word is besides its tags, one bit each.
(
    SURNAME,
    NUMERAL,
    LOOSE,
    TITLE,
    CALLED,
    SUFFIX,
    HEAD,
    HOST,
    SCARCE,
    GRAMMAR,
    ACTION,
    LINE,
    COMMA,
    PAUSE,
) = (1 << bit for bit in range(14))
NO_WORD = "-"  # instead of tags: what the lexicon says is no word
SHAPE = "\ue001"  # before tags: the class of words that carry just these
_HEADS = frozenset(
    [
        "街道",
        "镇",
        "乡",
        "新区",
        "片区",
        "景区",
        "村",
        "社区",
        "区",
        "县",
        "市",
        "省",
        "州",
        "岛",
        "港",
        "湾",
        "湖",
        "河",
        "江",
        "路",
    ]
)
_HOSTS = frozenset(["n", "v", "vn", "a", "b", "an", "nz", "j", "l"])

_CLOSED = frozenset(
    ["p", "c", "u", "r", "y", "f", "m", "q", "uj", "ul", "uz", "ug", "ud", "uv", "x"]
)
_COMMAS = frozenset(",，.。;；:：!！?？")
_COPULAS = frozenset(
    "是为有在到来去要能会达成等让使说称叫对把将用给起过上下出做"
)  # verbs that never sum up a list, as 抓 does in 六抓
_EACH = frozenset("全各本我该此")  # 全市, 各地 take no suffix

# Further readings of a tag of jieba, which gives every word one: tag → weights in log units.
_READINGS: dict[str, dict[str, float]] = {
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
_RANK = 0.8  # what each further tag of a word costs in the lexicon's order
_SAME_NAME = 6.0
_RARE = 20  # the count of a name that jieba lacks; 元和 must not cut 20万元 和
_HINT = 0.2  # the characters of a word whose tags are listed only break ties
_NOMINAL = 2.0  # a verb that can be a noun mostly is one in this prose

Class = tuple[tuple[tuple[str, float], ...], int]


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


def cache_folder() -> Path:
    """Where built dictionaries are kept: ``POLICYTEXT_CACHE``, or ``.cache`` of the project."""
    return Path(os.environ.get("POLICYTEXT_CACHE") or HOME / ".cache")


@lru_cache(maxsize=4)
def dictionary(lexicon: Lexicon) -> Dictionary:
    """The dictionary with the lexicon's words, from the cache where it is there.

    >>> from policytext import default_lexicon
    >>> dictionary(default_lexicon()).changed["高质量"]
    0
    """
    digest = _digest(lexicon)
    path = cache_folder() / f"words-{digest}.marshal"
    return Dictionary(*_cached(path, lambda: tuple(build(lexicon, digest))))


def frequencies(words: Dictionary) -> dict[str, int]:
    """Counts as `jieba.Tokenizer` wants them: every beginning of a word is there, with 0."""
    path = cache_folder() / f"paths-{words.digest}.marshal"
    return _cached(path, lambda: _with_beginnings(words.changed))


def build(lexicon: Lexicon, digest: str = "") -> Dictionary:
    """Jieba's entries less the delta, and the lexicon's words over them."""
    entries = published()
    listed = list(_listed(lexicon))
    small = lexicon.words("places", "short")
    apart = lexicon.words("words", "word", tags=NO_WORD)
    apart_from_names = lexicon.words("words", "word")
    changed = dict.fromkeys(sorted((delta() | apart) & set(entries)), 0)
    readings = {w: _guess(e) for w, e in entries.items() if w not in changed}
    for word, tags in listed:
        least = _RARE if word in small else _winning(word, entries)
        changed[word] = max(_count(word, entries), least)
        common = word in apart_from_names or _is_common(entries.get(word))
        readings[word] = _ranked(word, tags, readings.get(word) if common else None)
    for tags in sorted({"t", "m", "nx", "w", "nr", "j", "n v vn", *lexicon["affixes"]["tags"]}):
        readings[SHAPE + tags] = {
            tm.state(tag, ""): -_RANK * i for i, tag in enumerate(tags.split())
        }
    readings |= {mark: {"x": 0.0} for mark in ("\n", "、", *_COMMAS)}
    changed[FILLER] = TOTAL - _sum(entries, changed)
    classes, table = _classes(readings, lexicon)
    return Dictionary(changed, classes, table, tm.follows(), digest)


def _count(word: str, entries: Mapping[str, Entry]) -> int:
    return entries[word].frequency if word in entries else 0


def _sum(entries: Mapping[str, Entry], changed: Mapping[str, int]) -> int:
    kept = sum(entry.frequency for word, entry in entries.items() if word not in changed)
    return kept + sum(changed.values())


def _with_beginnings(changed: Mapping[str, int]) -> dict[str, int]:
    counts = {word: entry.frequency for word, entry in published().items()} | dict(changed)
    table = {word: count for word, count in counts.items() if count}
    for word in list(table):
        for end in range(1, len(word)):
            table.setdefault(word[:end], 0)
    return table


def delta(path: Path = FOLDER / "dictionary_delta.csv") -> set[str]:
    """The entries of jieba's dictionary that are no words of this grain."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["word"] for row in csv.DictReader(file)}


def _digest(lexicon: Lexicon) -> str:
    text = [lexicon.hash, version("jieba"), (FOLDER / "dictionary_delta.csv").read_text("utf-8")]
    text += [Path(__file__).with_name(f"{room}.py").read_text("utf-8") for room in _ROOMS]
    return hashlib.sha256("\0".join(text).encode()).hexdigest()[:12]


def _listed(lexicon: Lexicon) -> Iterator[tuple[str, list[str]]]:
    for row in lexicon["words"].itertuples():
        if row.tags != NO_WORD:
            yield row.word, row.tags.split()
    yield from ((word, [tag]) for word, tag in _names(lexicon))


def _names(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Names that are one word: places, offices. Of 西湖街道 the name is 西湖."""
    places = lexicon["places"]
    for name in [*places["name"], *places["short"]]:
        if name and not name.endswith("街道"):
            yield name, "ns"
    for row in lexicon["offices"].itertuples():
        yield row.name, row.tag


def _is_common(entry: Entry | None) -> bool:
    """A word that is more than the name of a place: 和平, 前进; not 永嘉, which jieba calls nr."""
    return bool(entry and entry.frequency >= 200 and not entry.tag.startswith(("nr", "nz", "nt")))


def _winning(word: str, entries: Mapping[str, Entry]) -> int:
    """A count with which the word beats its two most probable parts."""
    parts = best_split(word, entries) if len(word) > 1 else None
    chance = parts[0].frequency * parts[1].frequency / TOTAL if parts else 0
    return max(_RARE, int(3 * chance))


def _guess(entry: Entry) -> dict[str, float]:
    weights = _READINGS.get(entry.tag, {entry.tag: 0.0})
    return _weighed(entry.word, weights) if len(weights) > 1 else dict(weights)


def _ranked(word: str, tags: Iterable[str], known: Mapping[str, float] | None) -> dict[str, float]:
    """Readings in the lexicon's order; a place called like a common word stays that word too."""
    tags = list(tags)
    if tags == ["ns"] and known:
        return {"ns": min(known.values()) - _SAME_NAME} | dict(known)
    rare = tm.rarity(len(word) == 1)
    order = {tm.state(tag, word): -_RANK * i for i, tag in enumerate(tags)}
    seen = tm.evidence(word, order)
    return _relative({tag: w + rare[tag] + _HINT * seen[tag] for tag, w in order.items()})


def _weighed(word: str, weights: Mapping[str, float]) -> dict[str, float]:
    if len(weights) == 1:
        return dict(weights)
    seen = tm.evidence(word, weights)
    both = {"v", "vn"} <= set(weights)
    found = {t: w + seen[t] + (_NOMINAL if both and t == "vn" else 0) for t, w in weights.items()}
    return _relative(found)


def _relative(found: Mapping[str, float]) -> dict[str, float]:
    best = max(found.values())
    # Rounded, so that words share classes and the table stays small.
    return {tag: max(-9.0, round(2 * (weight - best)) / 2) for tag, weight in found.items()}


def _classes(
    readings: Mapping[str, Mapping[str, float]], lexicon: Lexicon
) -> tuple[dict[str, int], list[Class]]:
    bits = _bits(readings, lexicon)
    numbers: dict[Class, int] = {((("n", 0.0),), 0): 0}  # 0: a word that is not known
    classes: dict[str, int] = {}
    for word, weights in readings.items():
        kind = (tuple(sorted(weights.items())), bits.get(word, 0) | _plain_bits(word, weights))
        classes[word] = numbers.setdefault(kind, len(numbers))
    return classes, list(numbers)


def _plain_bits(word: str, weights: Mapping[str, float]) -> int:
    numeral = NUMERAL if all(c in NUMERALS and c != "几" for c in word) else 0
    best = max(weights, key=lambda tag: weights[tag])
    if len(word) == 1:
        action = ACTION if "v" in weights and "q" not in weights and word not in _COPULAS else 0
        return numeral | action | (GRAMMAR if best in _CLOSED else 0)
    return numeral | (HOST if len(word) == 2 and best in _HOSTS and word[0] not in _EACH else 0)


def _bits(readings: Mapping[str, object], lexicon: Lexicon) -> dict[str, int]:
    """The bits that single words carry."""
    listed = lexicon.words("words", "word")
    # Without a list of the characters that stand alone none is known to hang loose.
    loose = {
        w for w in readings if len(w) == 1 and w not in listed and "一" <= w <= "龥" and listed
    }
    titles = lexicon["titles"]
    groups = [
        (SURNAME, lexicon.words("surnames", "surname")),
        (SCARCE, lexicon.words("surnames", "surname", strength="context")),
        (LOOSE, loose - NUMERALS),
        (TITLE, frozenset(titles["word"][titles["side"] != "after"])),
        (CALLED, frozenset(titles["word"][titles["side"] != "before"])),
        (SUFFIX, lexicon.words("affixes", "affix")),
        (HEAD, _HEADS),
        (LINE, frozenset("\n")),
        (COMMA, _COMMAS),
        (PAUSE, frozenset("、")),
    ]
    bits: dict[str, int] = {}
    for bit, words in groups:
        for word in words:
            bits[word] = bits.get(word, 0) | bit
    return bits


def _cached(path: Path, make: Callable[[], Any]) -> Any:
    """What ``make`` makes, from the file where it is there."""
    if path.is_file():
        return marshal.loads(path.read_bytes())
    made = make()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        fresh.write_bytes(marshal.dumps(made))
        fresh.replace(path)  # at once, so that no other process reads half a file
    except OSError:
        return made  # a read-only folder costs seconds on every start, and nothing else
    return made
