"""Slogan mentions (提法): found in each document, then grouped and traced over the corpus."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from operator import attrgetter

import pandas as pd

from policytext import text as tx
from policytext.corpus.corpus import Corpus, LeftOut, check_corpus
from policytext.corpus.document import Document, each_document, uncollected
from policytext.lexicon.lexicon import Lexicon, default_lexicon, expressions, signed
from policytext.showing import Table
from policytext.slogans.candidates import PLAN, Candidate, candidates, limbs
from policytext.slogans.document import (
    Mention,
    Reading,
    SloganDocument,
    drop_overlaps,
    mention_at,
    slogan_document,
)
from policytext.slogans.features import Evidence
from policytext.slogans.grouping import words_counted
from policytext.slogans.levels import with_levels
from policytext.slogans.linking import link
from policytext.slogans.lists import (
    headline_mentions,
    items_of_lists,
    items_of_numerals,
    list_mentions,
    listings,
)
from policytext.slogans.model import (
    KEPT,
    THRESHOLD,
    Scored,
    Weighed,
    Weights,
    choose,
    lifted,
    scored,
    weights,
)
from policytext.slogans.reference import Formula, Reference, formula_index, read_reference
from policytext.text.clean import wording
from policytext.text.numerals import chinese

SLOGAN_COLUMNS = (
    "doc start end text canonical types core echo quoted "
    "level level_basis level_evidence score why rule basis parent"
).split()
_SHOWN = attrgetter(*SLOGAN_COLUMNS[6:-1])
# The score from which a mention is shown at all.
LOWEST = 0.1
_CODE = re.compile(r"[\dNnXxMSV+\s]+")
_NUMERAL = re.compile("[一二三四五六七八九十两双]")
# What a candidate found in several ways is named by; the first that applies.
_KINDS = (
    "quoted | plan | core numeral formula | core formula | extended numeral formula | "
    "extended formula | numeral | again | limb | list of a numeral | stated | "
    "brand word and place | brand | spirit | substituted | label | modifier and place | "
    "programme | row of 4 | row of 3 | row of 2 | heading | held | built | repeated | "
    "brand within a clause"
).split(" | ")
_LISTED = "list of a numeral"
_COMMON_WORD = 4
# A numeral with a counting word before a mark: 三个, 五大, 五场, 2个. An ordinal counts nothing;
# a higher number in digits, or one behind 等, counts things called so: 25个“口袋公园”.
_COUNT = r"""
    (?<! [第等\d.一二三四五六七八九十百千万] )
    (?P<number> [二三四五六七八九十两]+ | [2-9] )
    (?P<word> {counts a slogan} )
    $
    """
# The same with its quotation, as a formula of the lexicon may be printed: 两个“先行”.
_COUNTED_QUOTATION = "(?: [二三四五六七八九十两]+ | [2-9] ) {counts a slogan} “ ([^“”]+) ”"
_COUNT_WIDTH = 8
# What parts the names of a row, bare or in quotation marks.
_IN_A_ROW = ("、", "和", "与", "及", "”“", "”、“", "”和“", "”与“", "”及“")
_BESIDE_ONE = "beside a slogan of its build"
_BESIDE = Weighed((_BESIDE_ONE,), 0)
_BRANDS = {"brand", "brand word and place", "modifier and place"}
_ELSEWHERE = {"again", "limb", "repeated"}
# What is shown whatever its score, and what gets another one from the row that it stands in.
_SHOWN_ANYWAY = {*KEPT, *_BRANDS, _LISTED}
_TYPES = "parallel code numeral place_brand positioning spirit borrowed_variant policy_name".split()
_TYPE_OF_KIND = {"spirit": "spirit", "substituted": "borrowed_variant"}
_SAYING = ("saying",)


@uncollected()
def find_slogans(
    corpus: Corpus,
    lexicon: Lexicon | None = None,
    *,
    reference: Reference | None = None,
    threshold: float = THRESHOLD,
) -> pd.DataFrame:
    """Find the slogan mentions (提法) of a corpus, group them, and say where each comes from.

    Each document is read by itself; a second pass groups the mentions of all documents and adds
    what only the others show. Glossaries are left out: they explain formulae and do not use them.

    Args:
        corpus: The documents. ``place``, ``level`` and ``date`` help: the place's name makes
            brands, its province and year say which upper-level formulae can have reached it.
        lexicon: Upper-level formulae and cue words; the default lexicon if None.
        reference: Who else says what, as `policytext.slogans.read_reference` reads it; 238 reports
            of the nation, its provinces and cities if None.
        threshold: The score from which a mention is core: higher finds fewer, and more of them
            right. Formulae of the lexicon and five-year plans are core whatever the threshold, and
            below .1 nothing is listed.

    Returns:
        A span table, columns ``SLOGAN_COLUMNS``, in the order of the documents. ``text`` is the
        passage as printed, without breaks; ``canonical`` the form that groups it, widths folded,
        with a counting word that stands before its mark (三个“一号工程”) and, where its words are
        several slogans, the place or an item of its list; ``types`` one or more of
        parallel, numeral, code, place_brand, positioning, spirit, saying, policy_name,
        borrowed_variant, policy_term, metaphor, joined by "|"; ``core`` False for terms and names
        at the edge; ``echo`` exact, variant (other wording, order or counting word), member (one
        limb alone) or expansion (the list behind a numeral, or an item of it); ``quoted`` full,
        inside (of a longer quotation) or none; ``level`` with its ``level_basis`` (stated in a
        text; lexicon; attested: a national report had it by then; only_here: the level of the one
        place whose texts use it, where no other report does; unknown) and ``level_evidence`` (the
        words that state it, as printed, the lexicon's source, the first national report, or in how
        many texts and reports it is used); ``score``, 0 to 1, how likely a careful coder would
        call it a slogan, and ``why``, the features that weighed most (both None for common terms
        and for what a list or another document shows); ``rule``, what it was found by;
        ``basis``, what that rests on (sentence, document, corpus, lexicon); ``parent``, "start-end"
        of the mention around it.

    >>> from policytext.corpus.corpus import read_corpus
    >>> found = find_slogans(read_corpus("data/wenzhou-2021"))
    >>> list(found.columns) == SLOGAN_COLUMNS
    True
    """
    check_corpus(corpus)
    lexicon, reference = lexicon or default_lexicon(), reference or read_reference()
    left = LeftOut("find_slogans")
    if not (isinstance(threshold, float | int) and 0 <= threshold <= 1):
        raise ValueError(f"threshold={threshold!r}: give a number from 0 to 1")

    def reading_of(document: Document) -> Reading:
        read = slogan_document(document, lexicon)
        return read, read_slogans(read, reference, threshold)

    files = dict(zip(corpus.documents["doc"], corpus.documents["file"], strict=True))
    read = list(each_document(corpus, reading_of, left))
    linked = _linked(read, files, left, reference)
    rows: list[tuple[object, ...]] = []
    for document, mentions in linked:
        with left.on_error(files[document.doc], document.doc):
            rows += _rows(document, mentions)
    # Named: a table without rows would have none, and could not be filtered by core or joined.
    types: dict[str, object] = dict.fromkeys(("doc", "text", "canonical", "types"), "str")
    types |= {"start": int, "end": int, "core": bool, "score": float}
    table = pd.DataFrame(rows, columns=SLOGAN_COLUMNS).astype(types)
    return Table.of(left.record(signed(table, lexicon), corpus), corpus)


def forms_found(corpus: Corpus) -> set[str]:
    """The wordings of the core slogans of some texts, quoted or not, as a reference lists them."""
    found = find_slogans(corpus)
    return set(found.loc[found["core"], "canonical"].map(words_counted))


def _linked(
    read: list[Reading], files: Mapping[str, str], left: LeftOut, reference: Reference
) -> list[Reading]:
    """The second pass; a document at which it stops is left out, and it begins again.

    Which one that is shows where each is linked alone; where none stops by itself, they stay
    linked alone: less is known of where a formula comes from, and no document is lost.
    """
    whole = LeftOut(left.task)
    with whole.on_error("", ""):
        return with_levels(link(read), reference)
    alone: list[Reading] = []
    for reading in read:
        doc = reading[0].doc
        with left.on_error(files[doc], doc):
            alone += with_levels(link([reading]), reference)
    if len(alone) < len(read):
        rest = [one for one in read if one[0].doc not in left.docs]
        return _linked(rest, files, left, reference)
    left.notes += [n._replace(file="all", doc=None, what="linked alone") for n in whole.notes]
    return alone


def read_slogans(
    document: SloganDocument,
    reference: Reference,
    threshold: float = THRESHOLD,
) -> list[Mention]:
    """Find the mentions of one document, in order.

    Args:
        document: As the slogan rules read it.
        reference: Who else says what.
        threshold: The score from which a mention is core.
    """
    reference = reference.without([document])
    table = weights()
    evidence = Evidence(document, reference, table)
    lists = list(listings(document))
    listed = list(list_mentions(document, lists))
    spans = [(mention.start, mention.end) for mention in listed]
    drawn = candidates(document, reference.stated_forms(document.lexicon), spans)
    words = [wording(document.text[one.start : one.end]) for one in drawn]
    document.find_places(words)
    found = [
        Scored(one, 0.0) if one.is_term else scored(one, evidence.weighed(one, form), table)
        for one, form in zip(drawn, words, strict=True)
    ]
    document.forget_places()
    found = _within_marks(document, lifted(found, words))
    found = _with_their_row(document, list(filter(_could_be_shown, found)), threshold)
    judged = [mention_of(document, one, table, threshold) for one in choose(found, LOWEST)]
    by_span = {one.candidate[:2]: one for one in found if _LISTED in one.candidate.kinds}
    listed = [
        judged_list(mention, by_span.get((mention.start, mention.end)), table, threshold)
        for mention in listed
    ]
    judged = [*listed, *headline_mentions(document), *judged]
    items, behind = items_of_lists(document, lists), items_of_numerals(document, lists)
    # Between marks can be nothing but marks.
    named = _counted([_named(one, items, behind) for one in judged if wording(one.text)])
    return drop_overlaps(sorted(named, key=lambda m: not m.core), lambda outer, inner: False)


def _could_be_shown(one: Scored) -> bool:
    """Whether a candidate can be a mention: two of three score too little."""
    return one.score >= LOWEST or not _SHOWN_ANYWAY.isdisjoint(one.candidate.kinds)


def _within_marks(document: SloganDocument, found: list[Scored]) -> list[Scored]:
    """Give a quotation the score of the formula that it makes with its counting word.

    两个“先行” is one mention, 先行, under the form that counts it.
    """
    counted, text = document.expressions[_COUNTED_QUOTATION], document.text
    outer = {
        match.span(1): one
        for one in found
        if text[one.candidate.end - 1] == "”"
        and (match := counted.fullmatch(text, *one.candidate[:2]))
    }
    if not outer:
        return found
    rest = [one for one in found if one not in outer.values()]
    return [_at_least(one, outer.get(one.candidate[:2])) for one in rest]


def _at_least(one: Scored, other: Scored | None) -> Scored:
    """A candidate with the score of another where that is higher."""
    return one._replace(score=other.score) if other and other.score > one.score else one


def mention_of(
    document: SloganDocument, scored: Scored, table: Weights, threshold: float
) -> Mention:
    """The mention that a candidate is, core where its score reaches the threshold."""
    candidate = scored.candidate
    span, text = (candidate.start, candidate.end), document.text[candidate.start : candidate.end]
    rule = _rule_of(candidate.kinds)
    counted = _with_count(document, span) if rule == "quoted" else None
    index = formula_index(document.lexicon)
    formula = index.known(counted or text, document.province, document.year)
    more: dict[str, object] = {}
    if not candidate.is_term:
        why = table.side(candidate).reasons(scored.features)
        why = f"{_BESIDE_ONE}; {why}" if _BESIDE in scored.features else why
        more = {"score": scored.score, "why": why}
    if rule == "quoted":
        more |= {"quoted": "full", "canonical": counted}
    if rule in _ELSEWHERE:
        more["basis"] = "document"
    if formula:
        more |= _of_lexicon(formula.level, formula.source)
    elif PLAN.fullmatch(text):
        more |= _of_lexicon("central", "五年规划 five-year plan")
    types = formula.types if formula else types_of(document, candidate, text)
    # A common term of the lexicon is never more than extended.
    likely = scored.score >= threshold and (formula is None or formula.core)
    core = likely or _is_sure(formula, text)
    return mention_at(document, span, types, rule, core=core, **more)


@lru_cache(maxsize=1 << 12)
def _rule_of(kinds: frozenset[str]) -> str:
    """What a candidate that was found in several ways is named by."""
    return next(kind for kind in _KINDS if kind in kinds)


def _with_their_row(
    document: SloganDocument, found: list[Scored], threshold: float
) -> list[Scored]:
    """Give names of the place that stand in a row with two core ones the lesser score.

    活力甲乙、智慧甲乙、平安甲乙: of one build, side by side, they are all slogans or none.
    """
    brands = {one.candidate[:2]: one for one in found if one.candidate.kinds & _BRANDS}
    rows: list[list[Scored]] = []
    # By length first: from another edge on a name of the same place is another candidate.
    for span in sorted(brands, key=lambda span: (span[1] - span[0], span)):
        if rows and _in_one_row(document, rows[-1][-1].candidate[:2], span):
            rows[-1].append(brands[span])
        else:
            rows.append([brands[span]])
    least = {
        one.candidate[:2]: min(scores)
        for row in rows
        # One alone may as well be wrong as the others: 看好甲乙、投资甲乙、发展甲乙.
        if len(scores := [other.score for other in row if other.score >= threshold]) > 1
        for one in row
        if one.score < threshold
    }
    return [
        one._replace(score=least[span], features=[*one.features, _BESIDE])
        if (span := one.candidate[:2]) in least
        else one
        for one in found
    ]


def _in_one_row(document: SloganDocument, one: tx.Span, other: tx.Span) -> bool:
    """Whether two names of one length that end in the same place are neighbours in a row."""
    text = document.text
    first, second = text[slice(*one)], text[slice(*other)]
    return (
        len(first) == len(second)
        and text[one[1] : other[0]] in _IN_A_ROW
        and any(first.endswith(p) and second.endswith(p) for p in document.places)
    )


def judged_list(
    mention: Mention, scored: Scored | None, table: Weights, threshold: float
) -> Mention:
    """The list behind a numeral, core where its score reaches the threshold: projects are none."""
    if scored is None:
        return mention._replace(core=False)
    why = table.side(scored.candidate).reasons(scored.features)
    return mention._replace(core=scored.score >= threshold, score=scored.score, why=why)


def _with_count(document: SloganDocument, span: tx.Span) -> str | None:
    """A quoted wording with what counts it before the mark: 三个“一号工程”."""
    before = document.text[max(0, span[0] - _COUNT_WIDTH) : span[0] - 1]
    count = document.expressions[_COUNT].search(before)
    if not count:
        return None
    number = count["number"].replace("2", "两")
    number = chinese(int(number)) if number.isdigit() else number
    return number + count["word"] + document.text[slice(*span)]


def _is_sure(formula: Formula | None, text: str) -> bool:
    """Whether a wording is core whatever stands around it.

    A five-year plan, and a numeral of the lexicon that is too long to be a common word (八项规定
    is one by now).
    """
    numeral = formula and formula.core and {"numeral", "code"} & set(formula.types)
    return bool(PLAN.fullmatch(text) or (numeral and len(wording(text)) > _COMMON_WORD))


def _of_lexicon(level: str, source: str) -> dict[str, object]:
    return {
        "basis": "lexicon",
        "level": level,
        "level_basis": "lexicon",
        "level_evidence": source,
    }


def types_of(document: SloganDocument, candidate: Candidate, text: str) -> tuple[str, ...]:
    """What a wording is by its shape and by what it was found by; a saying if nothing else."""
    found = set(_shapes(text, document.lexicon))
    if (candidate.start, candidate.end) in document.abbreviations:
        found.add("numeral")
    if candidate.kinds & _BRANDS or any(place in text for place in document.places):
        found.add("place_brand")
    found |= {_TYPE_OF_KIND[kind] for kind in candidate.kinds & _TYPE_OF_KIND.keys()}
    if "code" in found:
        found.discard("numeral")
    return tuple(name for name in _TYPES if name in found) if wording(text) and found else _SAYING


@lru_cache(maxsize=1 << 14)
def _shapes(text: str, lexicon: Lexicon) -> frozenset[str]:
    """What a wording is by its shape alone."""
    parts, known, is_plan = limbs(text), expressions(lexicon), bool(PLAN.fullmatch(text))
    several = len(parts) > 1
    tests = {
        "parallel": several,
        "code": bool(_CODE.fullmatch(text)),
        "numeral": is_plan or (several and all(map(_NUMERAL.match, parts))),
        "positioning": all(map(known["(?: {position} | {label} ) $"].search, parts)),
        "spirit": text.endswith("精神"),
        "policy_name": is_plan or bool(known["(?: {programme} | {method} ) $"].search(text)),
    }
    return frozenset(name for name, holds in tests.items() if holds)


def _named(
    mention: Mention, items: Mapping[str, str], behind: Mapping[tx.Span, tuple[str, ...]]
) -> Mention:
    """A mention with the list that it stands for; one that is an item expands its numeral."""
    if own := behind.get((mention.start, mention.end)):
        mention = mention._replace(items=own)
    numeral = items.get(wording(mention.text)) if mention.echo == "exact" else None
    if numeral is None or mention.level:
        return mention
    return mention._replace(canonical=numeral, echo="expansion")


def _counted(mentions: list[Mention]) -> list[Mention]:
    """Mentions under the form that counts them, wherever the text has it: 三个“一号工程”.

    Where a text counts one wording in several ways, each stays as it stands.
    """
    counted: dict[str, set[str]] = {}
    for mention in mentions:
        if mention.canonical and mention.rule == "quoted":
            counted.setdefault(wording(mention.text), set()).add(mention.canonical)
    only = {words: min(forms) for words, forms in counted.items() if len(forms) == 1}
    forms = [mention.canonical or only.get(wording(mention.text)) for mention in mentions]
    return [
        mention if mention.canonical == form else mention._replace(canonical=form)
        for mention, form in zip(mentions, forms, strict=True)
    ]


def _rows(document: SloganDocument, mentions: list[Mention]) -> Iterator[tuple[object, ...]]:
    around: list[tx.Span] = []
    for mention in mentions:
        start, end = document.span(mention.start, mention.end)
        around = [outer for outer in around if outer[1] >= end]
        parent = around[-1] if around else None
        around.append((start, end))
        shown = _SHOWN(mention)
        passage = document.passage(mention.start, mention.end)
        names = (mention.canonical or mention.text, "|".join(mention.types))
        place = f"{parent[0]}-{parent[1]}" if parent else None
        yield (document.doc, start, end, passage, *names, *shown, place)
