"""Slogan mentions (提法): found in each document, then grouped and traced over the corpus."""

from collections.abc import Iterable, Iterator

import pandas as pd

from policytext import text as tx
from policytext.corpus import Corpus
from policytext.lexicon import Lexicon, default_lexicon
from policytext.slogan_bare import bare_mentions
from policytext.slogan_document import Document, Mention, documents
from policytext.slogan_headlines import headline_mentions
from policytext.slogan_levels import with_levels
from policytext.slogan_lists import list_mentions
from policytext.slogan_quotes import quoted_mentions
from policytext.tracing import link

SLOGAN_COLUMNS = [
    *("doc", "start", "end", "text", "canonical", "types", "core", "echo", "quoted"),
    *("level", "level_basis", "level_evidence", "rule", "basis", "parent"),
]


def find_slogans(corpus: Corpus, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """Find the slogan mentions of a corpus.

    Args:
        corpus: The documents.
        lexicon: Upper-level formulae and cue words; the default lexicon if None.

    Returns:
        A span table, columns ``SLOGAN_COLUMNS``.

    >>> from policytext.corpus import read_corpus
    >>> found = find_slogans(read_corpus("data/wenzhou-2021"))
    >>> list(found.columns) == SLOGAN_COLUMNS
    True
    """
    lexicon = lexicon or default_lexicon()
    read = [(doc, read_slogans(doc)) for doc in documents(corpus, lexicon)]
    rows = [row for doc, mentions in with_levels(link(read)) for row in _rows(doc, mentions)]
    return pd.DataFrame(rows, columns=SLOGAN_COLUMNS)


def read_slogans(document: Document) -> list[Mention]:
    """The mentions of one document, in order: a pure function of its text and the lexicon."""
    listed = [*list_mentions(document), *headline_mentions(document)]
    quoted = list(quoted_mentions(document, document.lexicon))
    bare = bare_mentions(document, [*listed, *quoted])
    return _settled(m for m in [*listed, *quoted, *bare] if m.end <= document.in_use)


def _settled(mentions: Iterable[Mention]) -> list[Mention]:
    """One mention per span (the first rule's, core before extended), none that cuts another."""
    best: dict[tx.Span, Mention] = {}
    for mention in mentions:
        span = (mention.start, mention.end)
        if span not in best or (mention.core and not best[span].core):
            best[span] = mention
    kept: list[Mention] = []
    for mention in sorted(best.values(), key=lambda m: (m.start, -m.end)):
        if not any(m.start < mention.start < m.end < mention.end for m in kept[-6:]):
            kept.append(mention)
    return kept


def _rows(document: Document, mentions: list[Mention]) -> Iterator[tuple[object, ...]]:
    around: list[tuple[tx.Span, tx.Span]] = []
    for mention in mentions:
        start, end = document.span(mention.start, mention.end)
        around = [pair for pair in around if pair[0][1] >= mention.end]
        parent = around[-1][1] if around else None
        around.append(((mention.start, mention.end), (start, end)))
        yield (
            *(document.doc, start, end, mention.text, mention.canonical or mention.text),
            *("|".join(mention.types), mention.core, mention.echo, mention.quoted),
            *(mention.level, mention.level_basis, mention.level_evidence),
            *(mention.rule, mention.basis, f"{parent[0]}-{parent[1]}" if parent else None),
        )
