"""Which level a slogan comes from: stated in a text, known from the lexicon, or used only here."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from policytext.slogans.document import Mention, Reading, SloganDocument
from policytext.slogans.grouping import UPPER, stated_level, words_alone


def with_levels(readings: Sequence[Reading]) -> list[Reading]:
    """Give the mentions of each slogan the best evidence that any of them has."""
    stated = _stated(readings)
    known = _known(readings)
    only_here = _only_here(readings)
    return [
        (doc, [_levelled(doc, m, stated, known, only_here) for m in mentions])
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


def _users(readings: Sequence[Reading]) -> dict[str, set[tuple[str, str]]]:
    """By the words of a slogan, the place and the name of every document that uses them.

    Words that places have each as their own (七个坚持) are in the texts of all of them.
    """
    users: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for document, mentions in readings:
        for mention in mentions:
            users[words_alone(mention.canonical or "")].add((_place(document), document.doc))
    return users


def _place(document: SloganDocument) -> str:
    return document.places[0] if document.places else ""


def _levelled(
    document: SloganDocument,
    mention: Mention,
    stated: dict[str, tuple[str, str]],
    known: dict[str, tuple[str, str | None]],
    only_here: dict[str, str],
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
    if words_alone(name) in only_here:
        basis, texts = "only_here", only_here[words_alone(name)]
        return replace(mention, level=document.level, level_basis=basis, level_evidence=texts)
    return replace(mention, level=None, level_basis="unknown", level_evidence=None)


def _only_here(readings: Sequence[Reading]) -> dict[str, str]:
    """What the texts of one place alone use, with how many texts that rests on.

    That a formula is missing from the other texts says little where they are few, and nothing
    where there are none: then it is left out here, and its level stays unknown.
    """
    places = Counter(_place(document) for document, _ in readings)
    found: dict[str, str] = {}
    for words, users in _users(readings).items():
        (place, *others) = {place for place, _ in users}
        elsewhere = len(readings) - places[place] - places[""]
        if place and not others and elsewhere:
            found[words] = (
                f"in {len(users)} of {places[place]} texts of {place}, "
                f"in none of {elsewhere} of other places"
            )
    return found
