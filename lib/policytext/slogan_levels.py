"""Which level a slogan comes from: stated in the text, known from the lexicon, or inferred."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from policytext.groups import Reading
from policytext.slogan_document import Document, Mention
from policytext.slogan_stated import UPPER, stated_level


def with_levels(readings: Sequence[Reading]) -> list[Reading]:
    """Give the mentions of each slogan the best evidence that any of them has."""
    stated = _stated(readings)
    known = _known(readings)
    used = {name: _used_in(places) for name, places in _places(readings).items()}
    return [
        (doc, [_levelled(doc, m, stated, known, used) for m in mentions])
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
                if held is None or UPPER[statement[0]] < UPPER[held[0]]:
                    found[mention.canonical] = statement
    return found


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
    used: dict[str, str],
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
    inferred = _inferred(document, used[name])
    basis = "inferred" if inferred else "unknown"
    return replace(mention, level=inferred, level_basis=basis, level_evidence=None)


def _used_in(places: set[tuple[str, ...]]) -> str:
    """In one place, in several under one ("city"), or in several."""
    if len(places) == 1:
        return "one"
    above = {place[0] if len(place) == 1 else place[1] for place in places if place}
    of_the_city = {place[1:2] or place[:1] for place in places}
    return "city" if len(above) == 1 and len(of_the_city) == 1 else "several"


def _inferred(document: Document, used_in: str) -> str | None:
    """Used in one place only: its own. Used in several under one: the level above. Else none."""
    if used_in == "one":
        return document.level
    return "prefectural" if used_in == "city" and document.level == "county" else None
