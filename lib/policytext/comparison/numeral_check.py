"""The numeral check: does the list behind a numeral hold as many items as it declares?"""

from collections.abc import Iterable, Iterator

import pandas as pd

from policytext import text as tx
from policytext.corpus.corpus import Corpus, LeftOut
from policytext.corpus.document import Document, each_document
from policytext.lexicon.lexicon import Lexicon, default_lexicon
from policytext.slogans.document import SloganDocument, slogan_document
from policytext.slogans.formulae import formula_index
from policytext.slogans.lists import declared_number, numerals_of
from policytext.slogans.numeral_lists import Found, lists_by_form
from policytext.text.abbreviations import is_distinct
from policytext.text.clean import wording

CHECK_COLUMNS = [
    *("doc", "start", "end", "text", "canonical", "declared", "listed", "items"),
    *("found_by", "list_at", "list_doc", "list_start", "list_end", "verdict"),
]
_Held = tuple[SloganDocument, Found]


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
        One row per core numeral mention that declares a number: doc, start, end, text, canonical,
        declared, listed (how many items; nan where no list is found), items (a tuple of their
        texts, as printed or as in the lexicon), found_by (before, after, headings: where a text
        gives the list; lexicon; None), list_at (mention, document, place, corpus, lexicon, or
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

    book = _Book(each_document(corpus, lists_of, left), lexicon)
    core = slogans[slogans["core"] & (slogans["echo"] != "expansion")]
    numeral = core[core["types"].str.contains("numeral|code")]
    rows = [row for mention in numeral.itertuples() for row in book.row(mention)]
    types = {"doc": "str", "start": int, "end": int, "text": "str", "listed": float}
    return left.record(pd.DataFrame(rows, columns=CHECK_COLUMNS).astype(types), corpus)


class _Book:
    """Every list of the corpus by the wording of its numeral."""

    def __init__(
        self, read: Iterable[tuple[SloganDocument, list[Found]]], lexicon: Lexicon
    ) -> None:
        self.formulae = formula_index(lexicon)
        self.documents: dict[str, SloganDocument] = {}
        self.lists: dict[tuple[object, ...], _Held] = {}
        for document, found in read:
            self.documents[document.doc] = document
            for listing in found:
                self._add(document, listing)

    def _add(self, document: SloganDocument, listing: Found) -> None:
        """Keep the list at each distance from which it can be the nearest; the first sure one."""
        name = wording(document.text[slice(*listing.numeral)])
        for key in _keys(document, document.span(*listing.numeral)):
            held = self.lists.setdefault((name, *key), (document, listing))
            if listing.is_sure and not held[1].is_sure:
                self.lists[name, *key] = (document, listing)

    def row(self, mention) -> Iterator[tuple[object, ...]]:  # type: ignore[no-untyped-def]
        """The mention with the best list there is; nothing for what declares no number."""
        declared = declared_number(tx.fold(mention.text))
        document = self.documents.get(mention.doc)
        if not declared or document is None:
            return
        head = (*(mention.doc, mention.start, mention.end, mention.text), mention.canonical)
        held = self._best(document, mention)
        if held is None:
            yield (*head, declared, *self._from_lexicon(document, mention, declared))
            return
        where, (owner, listing) = held
        items = tuple(owner.passage(a, b) for a, b in listing.items)
        start, end = owner.span(listing.items[0][0], listing.items[-1][1])
        verdict = _verdict(owner, listing, declared)
        place = (listing.where, where, owner.doc, start, end)
        yield (*head, declared, len(items), items, *place, verdict)

    def _from_lexicon(  # type: ignore[no-untyped-def]
        self, document: SloganDocument, mention, declared: int
    ) -> tuple[object, ...]:
        formula = self.formulae.known(mention.canonical, document.province, document.year)
        if formula is None or not formula.items:
            return (None, (), None, None, None, None, None, "no list found")
        verdict = "agrees" if len(formula.items) == declared else "differs"
        return (len(formula.items), formula.items, *["lexicon"] * 2, None, None, None, verdict)

    def _best(self, document: SloganDocument, mention) -> tuple[str, _Held] | None:  # type: ignore[no-untyped-def]
        """The nearest list, and among equally near ones a sure one first."""
        names = dict.fromkeys((wording(mention.text), wording(mention.canonical)))
        keys = _keys(document, (mention.start, mention.end))
        # 十大行动 elsewhere is another ten.
        for key in keys if is_distinct(wording(mention.text)) else keys[:-1]:
            held = [self.lists[name, *key] for name in names if (name, *key) in self.lists]
            if held:
                return str(key[0]), min(held, key=lambda entry: not entry[1].is_sure)
        return None


def _keys(document: SloganDocument, span: tx.Span) -> list[tuple[object, ...]]:
    """How a list is looked for from a mention, the nearest first: ``list_at`` and where."""
    return [
        ("mention", document.doc, span),
        ("document", document.doc),
        ("place", document.places[:1]),
        ("corpus",),
    ]


def _verdict(owner: SloganDocument, listing: Found, declared: int) -> str:
    """What a list says of a numeral, or of each numeral of a chain; nothing where it is unsure."""
    counts, listed = numerals_of(owner.text[slice(*listing.numeral)]), len(listing.items)
    if not listing.is_sure:
        return "unclear"
    if listed == declared or {listed} == set(counts):
        return "agrees"
    return "open" if listing.is_open and listed < declared else "differs"
