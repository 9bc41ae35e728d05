"""What the corpus shows of a document: formulae of its page used bare, in part, or reworded."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace

from policytext import text as tx
from policytext.formulae import any_of, is_distinct, occurrences, unmarked
from policytext.groups import Group, Reading, groups_of, limbs_of, with_stated_codes
from policytext.linking import Book
from policytext.parallel import Run, loose_pair, runs_in, stretches
from policytext.slogan_document import Document, Mention, Spans, without_edge_blanks
from policytext.variation import MANNER, VARIED, fitted, from_lexicon


def link(readings: Sequence[Reading]) -> list[Reading]:
    """Give every mention its canonical form and echo, and add what only the corpus shows."""
    if not readings:
        return []
    readings = with_stated_codes(readings)
    book = Book(groups_of(readings), readings)
    linked = [(doc, [book.linked(doc, m) for m in mentions]) for doc, mentions in readings]
    return [
        (doc, _merged(mentions, _in_use(doc, added(book, doc, mentions))))
        for doc, mentions in linked
    ]


def _in_use(document: Document, mentions: Iterable[Mention]) -> list[Mention]:
    """Leave out what stands in a glossary."""
    return [mention for mention in mentions if mention.end <= document.in_use]


def added(book: Book, document: Document, mentions: list[Mention]) -> Iterator[Mention]:
    """What the document uses of formulae that other documents, or its own runs, show."""
    taken = {(m.start, m.end) for m in mentions}
    yield from _quoted_limbs(book, document, taken)
    yield from _used_bare(book, document, taken)
    yield from _tails(book, document)
    yield from _runs(book, document, taken)


def _quoted_limbs(book: Book, document: Document, taken: set[tx.Span]) -> Iterator[Mention]:
    """In quotation marks, one limb of the page's formula or an upper-level one reworded."""
    page = document.scopes[0]
    for span in document.quotes:
        words = document.text[slice(*span)]
        limb = unmarked(words)
        if span in taken or limb in book.never:
            continue
        group = next(iter(book.by_limb.get((page, limb), ())), None)
        if group and len(limb) > 2:
            mention = _mention(document, span, group, "limb of a formula", True)
            yield replace(mention, echo="member")
            continue
        varied = book.varied(document, limbs_of(words), {}) if len(limb) >= VARIED else None
        if varied and varied.formula:
            mention = _mention(document, span, varied, "varies a known formula", True)
            yield from_lexicon(mention, varied.formula)


def _used_bare(book: Book, document: Document, taken: set[tx.Span]) -> Iterator[Mention]:
    """Formulae of the same page, which count as quoted elsewhere, and of the same place."""
    view = document.stripped
    page = document.scopes[0]
    for scope in document.scopes:
        for match in _matches(book, scope, view.text):
            span = (view.at[match.start()], view.at[match.end() - 1] + 1)
            if span in taken or document.quoting(span) == "full" or document.cuts_quote(span):
                continue
            group = book.by_scope[scope][match[0]]
            core = scope == page or "numeral" in group.types
            mention = _mention(document, span, group, "used in another document", core)
            yield book.placed(document, mention, group)


def _matches(book: Book, scope: str, text: str) -> Iterator[re.Match[str]]:
    """The formulae of a page or place in a text, where it has more than one document."""
    if scope not in book.patterns:
        shared = {w for w, g in book.by_scope[scope].items() if is_distinct(w)}
        book.patterns[scope] = any_of(shared) if book.documents[scope] > 1 else None
    pattern = book.patterns[scope]
    return occurrences(pattern, text) if pattern else iter(())


def _tails(book: Book, document: Document) -> Iterator[Mention]:
    """A limb with another verb: 谱写新时代创新史, 续写…新时代创新史."""
    view, page = document.stripped, document.scopes[0]
    for match in book.tails.finditer(view.text) if book.tails else ():
        tail = book.by_tail.get((page, match[0]))
        whole = view.text[max(0, match.start() - 2) : match.end()]
        if tail and whole not in tail.limbs:
            span = (view.at[match.start()], view.at[match.end() - 1] + 1)
            rule = "limb with another verb"
            yield replace(_mention(document, span, tail.group, rule, True), echo="variant")


def _runs(book: Book, document: Document, taken: set[tx.Span]) -> Iterator[Mention]:
    """Parallel runs that vary a formula, or hold a limb of one among limbs of their own."""
    quotes, index = Spans(document.quotes), book.on_page[document.scopes[0]]
    for run in _runs_like(document.text, index.keys() | book.above.keys()):
        if (run.start, run.end) in taken or quotes.around((run.start, run.end), True):
            continue
        limbs = [unmarked(document.text[a:b]) for a, b in run.limbs]
        group = book.varied(document, limbs, index)
        if group:
            span = fitted(document.text, run, group)
            rule, core = "run that varies a formula", document.scopes[0] in group.scopes
            mention = _mention(document, span, group, rule, core)
            if group.formula:
                yield from_lexicon(mention, group.formula)
            else:
                yield replace(mention, echo="variant")
        else:
            yield from _holding(book, document, run, limbs)


def _holding(book: Book, document: Document, run: Run, limbs: list[str]) -> Iterator[Mention]:
    """A run of its own around limbs of a formula, and those limbs together."""
    page = document.scopes[0]
    known = [
        next(iter(book.by_limb.get((page, limb), ())), None)
        if len(limb) > 2 and limb[-1] not in MANNER
        else None
        for limb in limbs
    ]
    at = [i for i, group in enumerate(known) if group]
    group = known[at[0]] if at else None
    if not group or len(limbs) < 3 or len(at) < 2 or at[-1] - at[0] != len(at) - 1:
        return
    inner = (run.limbs[at[0]][0], run.limbs[at[-1]][1])
    if len(at) >= len(limbs) - 1:
        inner = (run.start, run.end)
    else:
        own = Group("、".join(limbs), (), ("parallel",), True)
        rule = "run around limbs of a formula"
        yield _mention(document, (run.start, run.end), own, rule, True)
    rule = "limbs of a formula in a run"
    yield replace(_mention(document, inner, group, rule, True), echo="variant")


def _mention(document: Document, span: tx.Span, group: Group, rule: str, core: bool) -> Mention:
    return Mention(
        *(*span, document.text[slice(*span)], core and group.core, group.types, rule),
        quoted=document.quoting(span),
        basis="corpus",
        canonical=group.canonical,
    )


def _runs_like(text: str, pairs: Set[str]) -> Iterator[Run]:
    """The runs of those stretches that have at least two known pairs of characters."""
    for start, end in stretches(text):
        if len({text[i : i + 2] for i in range(start, end - 1)} & pairs) > 1:
            yield from runs_in(text, start, end)
            pair = loose_pair(text, start, end)
            if pair:
                yield pair


def _merged(mentions: list[Mention], added: Iterable[Mention]) -> list[Mention]:
    """One mention per span, none that cuts another, none inside one of the same slogan."""
    kept: list[Mention] = []
    spans: set[tx.Span] = set()
    known = {id(m) for m in mentions}
    everything = [*mentions, *map(without_edge_blanks, added)]
    everything.sort(key=lambda m: (m.start, -m.end, id(m) not in known))
    for mention in everything:
        around = [m for m in kept[-6:] if m.end > mention.start]
        cuts = any(m.end < mention.end for m in around)
        repeats = any(m.canonical == mention.canonical and m.core for m in around)
        if (mention.start, mention.end) not in spans and not cuts and not repeats:
            kept.append(mention)
            spans.add((mention.start, mention.end))
    return kept
