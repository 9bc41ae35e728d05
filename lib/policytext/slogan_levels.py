"""Which level a slogan comes from: stated in the text, known from the lexicon, or inferred."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from policytext.groups import Reading
from policytext.slogan_document import Document, Mention

_OFFICE = re.compile(
    r"(?P<central>党中央|中共中央|国务院|习近平总书记|总书记|中央(?!商务|公园|广场|大道|活力|城)|国家(?:提出|部署))"
    r"|(?P<provincial>省委|省政府|自治区党委|省第.{1,3}次党代会)"
    r"|(?P<prefectural>市委(?!书记|常委|政研|改革)|市政府|市第.{1,3}次党代会)"
    r"|(?P<county>区委(?!书记|常委)|县委(?!书记|常委)|区政府|县政府|[区县](?:第?.{1,3}次)?党代会)"
)
_SAID = re.compile("提出|部署|确定|要求|决策|作出|吹响|号召|聚焦|发出|描绘|明确")
_REACH = 30
_CLAUSES = re.compile(r"[。；;！？\n]")
_UPPER = {"central": 0, "provincial": 1, "prefectural": 2, "county": 3, "township": 4}
_ADJACENT = 4


def with_levels(readings: Sequence[Reading]) -> list[Reading]:
    """Give the mentions of each slogan the best evidence that any of them has."""
    stated = _stated(readings)
    known = _known(readings)
    places = _places(readings)
    return [
        (doc, [_levelled(doc, m, stated, known, places) for m in mentions])
        for doc, mentions in readings
    ]


def _stated(readings: Sequence[Reading]) -> dict[str, tuple[str, str]]:
    """By canonical form, the highest level that a text states, and its words."""
    found: dict[str, tuple[str, str]] = {}
    for document, mentions in readings:
        for mention in mentions:
            statement = stated_level(document, mention) if mention.canonical else None
            if statement and mention.canonical:
                held = found.get(mention.canonical)
                if held is None or _UPPER[statement[0]] < _UPPER[held[0]]:
                    found[mention.canonical] = statement
    return found


def stated_level(document: Document, mention: Mention) -> tuple[str, str] | None:
    """The level of the office that the same clause names as the author, and the words.

    The office stands right before the mention (市委“六比争先”) or with a verb of saying between
    (市委吹响了“…”的集结号).
    """
    start = mention.start - (document.text[mention.start - 1 : mention.start] == "“")
    before = _CLAUSES.split(document.text[max(0, start - _REACH) : start])[-1]
    offices = list(_OFFICE.finditer(before))
    if not offices:
        return _own_place(document, mention, before)
    office = offices[-1]
    between = before[office.end() :]
    if len(between) > _ADJACENT and not (_SAID.search(between) and "，" not in _comma(between)):
        return None
    level = str(office.lastgroup)
    own_city = document.level == "county" and (document.place or "").endswith("市")
    if level == "prefectural" and own_city:
        level = "county"
    return level, before[office.start() :] + document.text[start : mention.end]


def _comma(between: str) -> str:
    """Commas as one kind: what stands behind one is no longer what the office said."""
    return between.replace(",", "，")


def _own_place(document: Document, mention: Mention, before: str) -> tuple[str, str] | None:
    """The place above right before the mention: 温州“五大新坐标”, written by a district."""
    for place in document.places[1:2]:
        if before.endswith(place) and document.level == "county":
            return "prefectural", place + document.text[mention.start - 1 : mention.end]
    return None


def _known(readings: Sequence[Reading]) -> dict[str, tuple[str, str | None]]:
    return {
        mention.canonical: (mention.level, mention.level_evidence)
        for _, mentions in readings
        for mention in mentions
        if mention.canonical and mention.level and mention.level_basis == "lexicon"
    }


def _places(readings: Sequence[Reading]) -> dict[str, set[tuple[str, ...]]]:
    """By canonical form, the places (with those above) whose documents use it."""
    places: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for document, mentions in readings:
        for mention in mentions:
            places[mention.canonical or ""].add(document.places)
    return places


def _levelled(
    document: Document,
    mention: Mention,
    stated: dict[str, tuple[str, str]],
    known: dict[str, tuple[str, str | None]],
    places: dict[str, set[tuple[str, ...]]],
) -> Mention:
    name = mention.canonical or ""
    if mention.level_basis == "lexicon" and name not in known:
        return mention
    if name in known:
        level, source = known[name]
        return replace(mention, level=level, level_basis="lexicon", level_evidence=source)
    if name in stated:
        level, words = stated[name]
        return replace(mention, level=level, level_basis="stated", level_evidence=words)
    if mention.level and mention.level_basis == "inferred":
        return mention
    inferred = _inferred(document, places[name])
    basis = "inferred" if inferred else "unknown"
    return replace(mention, level=inferred, level_basis=basis, level_evidence=None)


def _inferred(document: Document, used_in: set[tuple[str, ...]]) -> str | None:
    """Used in one place only: its own. Used in several under one: the level above. Else none."""
    if len(used_in) == 1:
        return document.level
    above = {places[0] if len(places) == 1 else places[1] for places in used_in if places}
    of_the_city = {places[1:2] or places[:1] for places in used_in}
    if len(above) == 1 and len(of_the_city) == 1 and document.level == "county":
        return "prefectural"
    return None
