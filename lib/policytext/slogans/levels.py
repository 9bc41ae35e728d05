"""Which level a slogan comes from: stated in a text, known from the lexicon, or used only here."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from policytext.slogans.document import Mention, Reading, SloganDocument, short_name
from policytext.slogans.grouping import UPPER, stated_level, words_alone, words_counted
from policytext.slogans.reference import Reference


def with_levels(readings: Sequence[Reading], reference: Reference) -> list[Reading]:
    """Give the mentions of each slogan the best evidence that any of them has.

    A text's own statement and the lexicon come first, then a national document that says it by
    then (attested), then that one place alone of the corpus, and no other report, says it. A text
    that is among the reports is no other one, nor are for the last the texts of its place.
    """
    stated = _stated(readings)
    known = _known(readings)
    only_here = _only_here(readings)
    others = _others(readings, reference)
    return [
        (doc, [_levelled(doc, m, stated, known, only_here, other) for m in mentions])
        for (doc, mentions), other in zip(readings, others, strict=True)
    ]


def _others(
    readings: Sequence[Reading], reference: Reference
) -> Iterator[tuple[Reference, Reference]]:
    """For each text, the reports but for itself, and but for all texts of its place."""
    texts: dict[str, list[SloganDocument]] = defaultdict(list)
    for document, _ in readings:
        texts[_place(document)].append(document)
    elsewhere = {place: reference.without(own) for place, own in texts.items()}
    for document, _ in readings:
        place = _place(document)
        alone = len(texts[place]) == 1
        yield elsewhere[place] if alone else reference.without([document]), elsewhere[place]


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
    others: tuple[Reference, Reference],
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
    reports, elsewhere = others
    attested = reports.attested(words, document.year)
    if attested:
        texts = f"{attested.central_doc}; in {attested.documents} of {reports.size} other reports"
        return mention._replace(level="central", level_basis="attested", level_evidence=texts)
    counts = elsewhere.counts(words)
    if local and not counts.documents:
        how = "quoted" if counts.documents is None else "found"
        texts = f"{local}, {how} in none of {elsewhere.size} other reports"
        return mention._replace(level=document.level, level_basis="only_here", level_evidence=texts)
    seen = reports.counts(words).documents
    used = f"in {seen} of {reports.size} other reports" if seen else None
    return mention._replace(level=None, level_basis="unknown", level_evidence=used)


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
