"""Check whether the list behind a numeral has as many items as the numeral declares."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from policytext import text as tx
from policytext.corpus.corpus import Corpus, LeftOut
from policytext.corpus.document import Document, each_document
from policytext.lexicon.abbreviations import is_distinct
from policytext.lexicon.lexicon import Lexicon, default_lexicon
from policytext.showing import tabled
from policytext.slogans.document import SloganDocument, slogan_document
from policytext.slogans.lists import declared_number, numerals_of
from policytext.slogans.numeral_lists import Found, lists_by_form
from policytext.slogans.reference import formula_index
from policytext.text.clean import wording

CHECK_COLUMNS = (
    "doc start end text canonical declared listed items "
    "found_by list_at list_doc list_start list_end verdict"
).split()
Cells = tuple[object, ...]
Listed = tuple[SloganDocument, Found]


@tabled
def check_numerals(
    slogans: pd.DataFrame, corpus: Corpus, lexicon: Lexicon | None = None
) -> pd.DataFrame:
    """Hold each numeral slogan against the list behind it, where one is found.

    A list is found by its form, without the declared number, and counted then, so that each can
    turn out longer or shorter than declared. It is sought at the mention (before it, after a colon
    or in brackets, as headings), in the rest of the document with its glossary, in other documents
    of the same place, in other documents, then in the lexicon.

    Args:
        slogans: The table of `find_slogans`.
        corpus: The corpus it was found in.
        lexicon: The lexicon; the default lexicon if None.

    Returns:
        One row per numeral mention, core or not, that declares a number: doc, start, end, text,
        canonical, declared, listed (how many items; nan where no list is found), items (a tuple of
        their texts, as printed or as in the lexicon), found_by (before, after, headings: where a
        text gives the list; lexicon; None), list_at (mention, document, place, corpus, lexicon, or
        None), list_doc, list_start, list_end (where the list stands), verdict: "agrees",
        "differs", "open" (the list is shorter than declared and ends in 等), "unclear" (the form
        does not say where the list begins or ends, or it may be an explanation; whatever its
        length), or "no list found", which is the common case.

    >>> from policytext import find_slogans, read_corpus
    >>> corpus = read_corpus("data/wenzhou-2021")
    >>> table = check_numerals(find_slogans(corpus), corpus).set_index("text")
    >>> table.loc["八化方法", "verdict"], len(table.loc["八化方法", "items"])
    ('agrees', 8)
    """
    lexicon = lexicon or default_lexicon()
    left = LeftOut("check_numerals")

    def lists_of(document: Document) -> tuple[SloganDocument, list[Found]]:
        read = slogan_document(document, lexicon)
        return read, list(lists_by_form(read))

    documents, lists = lists_by_numeral(each_document(corpus, lists_of, left))
    named = slogans[slogans["echo"] != "expansion"]
    rows = []
    for mention in named[named["types"].str.contains("numeral|code")].itertuples():
        declared = declared_number(tx.fold(mention.text))
        if declared and mention.doc in documents:
            document = documents[mention.doc]
            head = (mention.doc, mention.start, mention.end, mention.text, mention.canonical)
            found = _in_texts(mention, declared, document, lists)
            found = found or _in_lexicon(mention, declared, document, lexicon)
            rows.append((*head, declared, *found))
    types = {"doc": "str", "start": int, "end": int, "text": "str", "listed": float}
    return left.record(pd.DataFrame(rows, columns=CHECK_COLUMNS).astype(types), corpus)


def lists_by_numeral(
    read: Iterable[tuple[SloganDocument, list[Found]]],
) -> tuple[dict[str, SloganDocument], dict[Cells, Listed]]:
    """Every document by name, and every list by the wording of its numeral and by `_keys`.

    A list is kept at each distance from which it can be the nearest; the first sure one.
    """
    documents: dict[str, SloganDocument] = {}
    lists: dict[Cells, Listed] = {}
    for document, found in read:
        documents[document.doc] = document
        for listing in found:
            name = wording(document.text[slice(*listing.numeral)])
            for key in _keys(document, document.span(*listing.numeral)):
                held = lists.setdefault((name, *key), (document, listing))
                if listing.is_sure and not held[1].is_sure:
                    lists[name, *key] = (document, listing)
    return documents, lists


def _in_texts(
    mention: Any, declared: int, document: SloganDocument, lists: dict[Cells, Listed]
) -> Cells:
    """The columns of the nearest list; nothing where no text has one."""
    names = dict.fromkeys((wording(mention.text), wording(mention.canonical)))
    keys = _keys(document, (mention.start, mention.end))
    # 十大行动 elsewhere is another ten.
    for key in keys if is_distinct(wording(mention.text), document.lexicon) else keys[:-1]:
        held = [lists[name, *key] for name in names if (name, *key) in lists]
        if held:
            # Of equally near ones a sure one.
            owner, listing = min(held, key=lambda entry: not entry[1].is_sure)
            items = tuple(owner.passage(a, b) for a, b in listing.items)
            start, end = owner.span(listing.items[0][0], listing.items[-1][1])
            verdict = _verdict(owner, listing, declared)
            return (len(items), items, listing.where, key[0], owner.doc, start, end, verdict)
    return ()


def _in_lexicon(mention: Any, declared: int, document: SloganDocument, lexicon: Lexicon) -> Cells:
    formulae = formula_index(lexicon)
    formula = formulae.known(mention.canonical, document.province, document.year)
    if formula is None or not formula.items:
        return (None, (), None, None, None, None, None, "no list found")
    verdict = "agrees" if len(formula.items) == declared else "differs"
    return (len(formula.items), formula.items, "lexicon", "lexicon", None, None, None, verdict)


def _keys(document: SloganDocument, span: tx.Span) -> list[Cells]:
    """Where a list is looked for from a mention, the nearest first: ``list_at`` and the place."""
    return [
        ("mention", document.doc, span),
        ("document", document.doc),
        ("place", document.places[:1]),
        ("corpus",),
    ]


def _verdict(owner: SloganDocument, listing: Found, declared: int) -> str:
    """Compare a list with a numeral, or with each numeral of a chain."""
    counts, listed = numerals_of(owner.text[slice(*listing.numeral)]), len(listing.items)
    if not listing.is_sure:
        return "unclear"
    if listed == declared or {listed} == set(counts):
        return "agrees"
    return "open" if listing.is_open and listed < declared else "differs"
