"""The recipe that brings jieba's dictionary to the word size of the People's Daily corpus (PKU).

jieba errs by gluing, so entries are dropped, hardly ever added. What decides is

* shape: a numeral with its measure word (三个, 一批, 十大) is two words;
* cohesion: log2 of how much oftener jieba counts the entry than the counts of its two best parts
  would have it by chance (pointwise mutual information). A compound of free words (科学决策,
  高质量) scores low, a word in its own right (高速公路, 大规模) high.

Words that a table of the lexicon lists are never dropped. What was dropped, and why, is written to
``data/lexicon/dictionary_delta.csv`` by ``python scripts/build_dictionary_delta.py``.
"""

import csv
from collections.abc import Iterator, Mapping
from math import log2

from policytext.lexicon.lexicon import Lexicon, default_lexicon
from policytext.lexicon.schema import FOLDER
from policytext.words.tag_model import NUMERALS, Entry, published

_COUNTERS = NUMERALS | frozenset("多余数首每这那第")
# Below these cohesions, in bits, an entry is a phrase. They were read off lists of entries that the
# specification of the corpus decides, and vary by shape because chance does: two free characters
# meet by accident far oftener than two words of two characters.
LIMITS = {
    "2+2": 10.8,
    "1+2": 5.0,
    "2+1": 1.0,
    "1+1": 2.0,
    "degree": 7.0,
    "result": 6.0,
    "manner": 9.0,
}
_WHOLE = frozenset(
    ["i", "nr", "nrt", "nrfg", "ns", "nt", "t", "c", "r", "j"]
)  # names, idioms and closed classes
_RARE = 50  # an entry of four characters tagged as an idiom, yet rarer than this, may be a phrase
_DEGREE = frozenset("最更很较太挺")
_MANNER = frozenset("紧永勇")
_RESULT = frozenset("出好准足深实细")


def dropped(entries: Mapping[str, Entry], lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Entries that are no words of this grain, each with the rule that says so."""
    listed = lexicon["words"]
    keep = frozenset(listed["word"][listed["tags"] != "-"])
    measures = frozenset(listed["word"][listed["tags"].str.contains(r"\bq\b")])
    total = sum(entry.frequency for entry in entries.values())
    for entry in entries.values():
        if len(entry.word) > 1 and entry.word not in keep:
            why = _numeral_phrase(entry, measures) or _organ_of_place(entry, entries)
            why = why or _loose(entry, entries, total)
            if why:
                yield entry.word, why


def _organ_of_place(entry: Entry, entries: Mapping[str, Entry]) -> str | None:
    """中国外交部 is 中国 and 外交部; 北京大学 is one name."""
    word = entry.word
    if entry.tag != "nt" or len(word) < 5:
        return None
    for at in range(2, len(word) - 1):
        place, organ = entries.get(word[:at]), entries.get(word[at:])
        if place and place.tag == "ns" and organ and organ.tag in ("n", "nt", "l", "j"):
            return "place and organ"
    return None


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


def _numeral_phrase(entry: Entry, measures: frozenset[str]) -> str | None:
    """三个, 两年, 首批, 十大; not 三国 or 四川, which are names."""
    word = entry.word
    head = next((i for i, c in enumerate(word) if c not in _COUNTERS), len(word))
    counted = entry.tag in ("m", "mq") or entry.tag not in _WHOLE | {"l", "nz"}
    if 0 < head < len(word) and counted and (word[head:] in measures or word[head:] == "大"):
        return "measure"
    if len(word) == 2 and word[0] in NUMERALS and word[1] in "大年天周":
        return "measure"
    return None


def _loose(entry: Entry, entries: Mapping[str, Entry], total: int) -> str | None:
    word, count, tag = entry
    if tag == "m" or not _may_be_phrase(entry) or word == word[0] * len(word):
        return None
    least = 2 if len(word) > 3 else 1
    parts = best_split(word, entries, least)
    if parts is None:
        return None
    left, right = parts
    cohesion = log2(count * total / (left.frequency * right.frequency)) if count else 0.0
    shape = _shape(word, left, right, tag)
    return shape if shape and cohesion < LIMITS[shape] else None


def _may_be_phrase(entry: Entry) -> bool:
    if entry.tag == "i":
        return entry.frequency < _RARE
    # jieba takes 高水平 and 新篇章 for names of persons or places.
    named_by_mistake = len(entry.word) == 3 and entry.word[0] in "高大小新老"
    # Nor is what splits into two words of two characters (今天上午) a person.
    named_by_mistake = named_by_mistake or (entry.tag == "nr" and len(entry.word) == 4)
    return entry.tag not in _WHOLE or named_by_mistake


def _shape(word: str, left: Entry, right: Entry, tag: str) -> str | None:
    if len(word) > 3:
        return "2+2"
    if len(word) == 3:
        return "1+2" if len(left.word) == 1 else "2+1"
    if word[0] in _DEGREE:
        return "degree"
    if word[0] in _MANNER and tag == "v":
        return "manner"
    if word[1] in _RESULT and tag == "v" and left.tag in ("v", "zg"):
        return "result"
    return "1+1"


def write() -> int:
    """Write the delta; the number of entries dropped."""
    rows = sorted(dropped(published(), default_lexicon()))
    with (FOLDER / "dictionary_delta.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("word", "why"))
        writer.writerows(rows)
    return len(rows)


if __name__ == "__main__":
    print(f"{write()} entries of jieba's dictionary are not words of this grain")
