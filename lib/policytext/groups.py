"""Which mentions are the same slogan: identity of wording, scope of codes, the name for reading."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from policytext.formulae import COUNT_OF_THINGS, Formula, wording
from policytext.slogan_document import Document, Mention
from policytext.slogan_stated import UPPER, stated_level

_SPLIT = re.compile(r"[、，,;；\s]+")
_COUNT = re.compile(r"^([一二三四五六七八九十两双]+|\d+)[大个项张重种条]")
_HEAD = re.compile(r"(?:方法|工作法|举措|要求)$")
_CODE = re.compile(r"[\dNXMSV+\s]+")
_OWN = re.compile("（[^（）]+）$")

Reading = tuple[Document, list[Mention]]


@dataclass
class Group:
    """One slogan: its wordings and where they were read."""

    canonical: str
    limbs: tuple[str, ...]
    types: tuple[str, ...]
    core: bool
    scopes: set[str] = field(default_factory=set)
    wordings: set[str] = field(default_factory=set)
    formula: Formula | None = None


def identity(document: Document, mention: Mention) -> str:
    """The wording by which mentions are the same slogan.

    Counting words between numeral and noun do not matter (十大新局面, 十个新局面). A code or a
    numeral that any place could use (1+N, 十大行动) is this place's own, unless the lexicon
    knows it.
    """
    words = _uncounted(wording(mention.canonical or mention.text))
    if not _is_local(words, mention) or mention.level_basis == "lexicon":
        return words
    at = 1 if mention.level_basis == "stated" else 0
    return f"{words} {'/'.join(document.places[at : at + 1])}"


@lru_cache(maxsize=1 << 16)
def words_alone(canonical: str) -> str:
    """The wording of a canonical form without the place that tells it from others of its words.

    >>> words_alone("七个坚持（玉山）") == words_alone("七大坚持")
    True
    """
    return _uncounted(wording(_OWN.sub("", canonical)))


def _uncounted(words: str) -> str:
    return _HEAD.sub("", _COUNT.sub(r"\1", words))


def _is_local(words: str, mention: Mention) -> bool:
    """Whether another place could have another list under the same words."""
    return bool(_CODE.fullmatch(words) or COUNT_OF_THINGS.match(wording(mention.text)))


def with_stated_codes(readings: Sequence[Reading]) -> list[Reading]:
    """Mark the codes that one document says the place above has issued (市委“1+10+10”).

    Then all places under it use one slogan, and not each its own.
    """
    stated: dict[tuple[str, str], tuple[str, str]] = {}
    for document, mentions in readings:
        for mention in filter(_can_be_stated, mentions):
            found = stated_level(document, mention)
            if found and UPPER[found[0]] < UPPER.get(document.level or "", 0):
                stated[_above(document), wording(mention.text)] = found
    return [
        (doc, [_marked(m, stated.get((_above(doc), wording(m.text)))) for m in mentions])
        for doc, mentions in readings
    ]


def _can_be_stated(mention: Mention) -> bool:
    return not mention.level and _is_local(wording(mention.text), mention)


def _above(document: Document) -> str:
    return "/".join(document.places[1:2])


def _marked(mention: Mention, stated: tuple[str, str] | None) -> Mention:
    if stated is None or not _can_be_stated(mention):
        return mention
    level, words = stated
    return replace(mention, level=level, level_basis="stated", level_evidence=words)


def limbs_of(text: str) -> tuple[str, ...]:
    """The wordings of the limbs of a parallel formula; one limb for anything else."""
    return tuple(limb for limb in (wording(part) for part in _SPLIT.split(text)) if limb)


def groups_of(readings: Iterable[Reading]) -> dict[str, Group]:
    """The slogans of the corpus by identity; the commonest, then first, wording names it."""
    texts: dict[str, Counter[str]] = defaultdict(Counter)
    groups: dict[str, Group] = {}
    for document, mentions in readings:
        for mention in mentions:
            key = identity(document, mention)
            texts[key][_display(mention)] += 1
            group = groups.setdefault(key, Group("", (), mention.types, False))
            group.core = group.core or mention.core
            group.wordings.add(wording(mention.text if mention.echo == "exact" else key))
            group.scopes |= document.home
    for key, group in groups.items():
        group.canonical = max(texts[key], key=texts[key].__getitem__)  # the first of the commonest
        group.limbs = limbs_of(group.canonical)
        group.wordings |= {other for word in group.wordings for other in _recounted(word)}
    _tell_apart(groups)
    return groups


def _recounted(words: str) -> set[str]:
    """A numeral with the other common counting words: 十大新局面, 十个新局面."""
    numeral = _COUNT.match(words)
    rest = words[numeral.end() :] if numeral else ""
    return {f"{numeral[1]}{word}{rest}" for word in "大个"} if numeral and len(rest) > 2 else set()


def _tell_apart(groups: dict[str, Group]) -> None:
    """Name the place of codes and counts that several places have, each as its own."""
    names = Counter(group.canonical for group in groups.values())
    for key, group in groups.items():
        _, blank, place = key.partition(" ")
        if blank and names[group.canonical] > 1:
            group.canonical = f"{group.canonical}（{place}）"


def _display(mention: Mention) -> str:
    """The form for reading: blanks that stand for 、 written so, quotation marks left out."""
    text = re.sub("[“”‘’]", "", mention.canonical or mention.text)
    return re.sub(r"(?<=[\u4e00-\u9fff])[\s,，]+(?=[\u4e00-\u9fff])", "、", text)
