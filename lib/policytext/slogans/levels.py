"""Which level a slogan comes from: stated in a text, known from the lexicon, or used only here."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from policytext.slogans.document import Mention, Reading, SloganDocument, short_name
from policytext.slogans.grouping import UPPER, stated_level, words_alone, words_counted
from policytext.slogans.reference import Reference


def with_levels(readings: Sequence[Reading], reference: Reference) -> list[Reading]:
    """Give the mentions of each slogan the best evidence that any of them has.

    A text's own statement and the lexicon come first, then a national document that says it by
    then (attested), then that one place alone of the corpus, and no other report, says it.
    """
    stated = _stated(readings)
    known = _known(readings)
    only_here = _only_here(readings)
    return [
        (doc, [_levelled(doc, m, stated, known, only_here, reference) for m in mentions])
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
            users[words_alone(mention.canonical or "", document.lexicon)].add(
                (_place(document), document.doc)
            )
    return users


def _place(document: SloganDocument) -> str:
    return short_name(document.place or "")


def _levelled(
    document: SloganDocument,
    mention: Mention,
    stated: dict[str, tuple[str, str]],
    known: dict[str, tuple[str, str | None]],
    only_here: dict[str, str],
    reference: Reference,
) -> Mention:
    name = mention.canonical or ""
    if mention.level_basis == "lexicon" and name not in known:
        return mention
    if name in known:
        level, source = known[name]
        return mention._replace(level=level, level_basis="lexicon", level_evidence=source)
    if name in stated:
        level, words = stated[name]
        return mention._replace(level=level, level_basis="stated", level_evidence=words)
    words, local = words_counted(name), only_here.get(words_alone(name, document.lexicon))
    attested = reference.attested(words, document.year)
    if attested:
        texts = f"{attested.central_doc}; in {attested.documents} of {reference.size} reports"
        return mention._replace(level="central", level_basis="attested", level_evidence=texts)
    others = reference.counts(words).documents
    if local and not others:
        texts = f"{local}, found in none of {reference.size} other reports"
        return mention._replace(level=document.level, level_basis="only_here", level_evidence=texts)
    seen = f"in {others} of {reference.size} other reports" if others else None
    return mention._replace(level=None, level_basis="unknown", level_evidence=seen)


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
