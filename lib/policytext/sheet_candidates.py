"""What a coding sheet is drawn from: what the finders found, what they looked at, all sentences."""

import re
from collections.abc import Callable

import pandas as pd

from policytext.corpus import Corpus
from policytext.lexicon import Lexicon, default_lexicon
from policytext.quantities import find_quantities
from policytext.slogan_document import documents
from policytext.slogans import find_slogans
from policytext.targets import find_targets

_SPAN = ["doc", "start", "end"]
_NUMERAL = re.compile(r"[0-9０-９.%％一二三四五六七八九十百千万亿两零半]+")

FOUND, DOUBTFUL, REJECTED = "found", "found as something else", "rejected"


def candidates(corpus: Corpus, what: str, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """Spans that a finder took, and spans that it looked at and did not take.

    Args:
        corpus: The documents.
        what: ``"slogans"``, ``"targets"`` or ``"quantities"``.
        lexicon: The default lexicon if None.

    Returns:
        doc, start, end, stratum, label. The stratum is *found* (core slogans; targets that can
        be checked; numbers), *found as something else* (extended slogans; targets that are ranks)
        or *rejected* (other quoted spans; other numbers; other numerals), and then no span that
        cuts into one of the others. The label is the finder's own: types of a slogan, status of
        a number.

    Raises:
        ValueError: Another ``what``.

    >>> from policytext import read_corpus
    >>> table = candidates(read_corpus("data/wenzhou-2021").select(["cangnan-water"]), "targets")
    >>> sorted(set(table["stratum"]))
    ['found', 'rejected']
    """
    if what not in _FROM:
        raise ValueError(f"what is {what!r}; use one of {', '.join(_FROM)}")
    table = _FROM[what](corpus, lexicon or default_lexicon())
    return table.sort_values(_SPAN, kind="stable", ignore_index=True)[[*_SPAN, "stratum", "label"]]


def _slogans(corpus: Corpus, lexicon: Lexicon) -> pd.DataFrame:
    slogans = find_slogans(corpus, lexicon)
    stratum = slogans["core"].map({True: FOUND, False: DOUBTFUL})
    taken = slogans.assign(stratum=stratum, label=slogans["types"])
    quoted = [
        (document.doc, *document.span(*quote))
        for document in documents(corpus, lexicon)
        for quote in document.quotes
        if quote[1] <= document.in_use
    ]
    return _with_rejected(taken, pd.DataFrame(quoted, columns=_SPAN))


def _targets(corpus: Corpus, lexicon: Lexicon) -> pd.DataFrame:
    targets = find_targets(corpus, lexicon)
    stratum = targets["is_target"].map({True: FOUND, False: DOUBTFUL})
    taken = targets.assign(stratum=stratum, label=targets["status"])
    return _with_rejected(taken, find_quantities(corpus, lexicon)[_SPAN])


def _quantities(corpus: Corpus, lexicon: Lexicon) -> pd.DataFrame:
    numbers = find_quantities(corpus, lexicon)
    taken = numbers.assign(stratum=FOUND, label=numbers["status"])
    numerals = [
        (doc.doc, *match.span())
        for doc in corpus.documents.itertuples()
        for match in _NUMERAL.finditer(corpus.source(doc.doc), doc.start, doc.end)
    ]
    return _with_rejected(taken, pd.DataFrame(numerals, columns=_SPAN))


def _with_rejected(taken: pd.DataFrame, looked_at: pd.DataFrame) -> pd.DataFrame:
    """What was taken, and of what was looked at the spans that touch none of that."""
    covered = {
        doc: {at for a, b in zip(rows["start"], rows["end"], strict=True) for at in range(a, b)}
        for doc, rows in taken.groupby("doc")
    }
    spans = looked_at.itertuples(index=False, name=None)
    free = [covered.get(doc, set()).isdisjoint(range(a, b)) for doc, a, b in spans]
    rejected = looked_at[pd.Series(free, index=looked_at.index, dtype=bool)]
    return pd.concat([taken, rejected.assign(stratum=REJECTED, label=None)], ignore_index=True)


_FROM: dict[str, Callable[[Corpus, Lexicon], pd.DataFrame]] = {
    "slogans": _slogans,
    "targets": _targets,
    "quantities": _quantities,
}
