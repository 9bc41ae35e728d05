"""The slogans among the quotations of a document."""

import re
from collections.abc import Iterator

from policytext.lexicon import Lexicon
from policytext.slogan_document import Document, Mention
from policytext.slogan_judging import UNCLAIMED, Quote, Verdict, judge
from policytext.slogan_words import cue_words

_NEIGHBOURS = re.compile(r"(?:[、和及]?“[^“”]*”)+")
_BETWEEN = ("”“", "”、“", "”和“", "”及“")
_ROWS = ("shorthand of a change", "known formula", "beside a like one", "substituted formula")


def quoted_mentions(document: Document, lexicon: Lexicon) -> Iterator[Mention]:
    """The slogans among the quoted spans of a document."""
    verdicts = [judge(_quote(document, *span, lexicon)) for span in document.quotes]
    for (start, end), verdict in zip(document.quotes, _in_rows(document, verdicts), strict=True):
        if verdict.core is not None:
            yield Mention(
                start,
                end,
                document.text[start:end],
                verdict.core,
                verdict.types,
                verdict.rule,
                quoted="full",
                basis="lexicon" if verdict.evidence else "sentence",
                level=verdict.level,
                level_basis="lexicon" if verdict.level else "unknown",
                level_evidence=verdict.evidence,
            )


def _in_rows(document: Document, verdicts: list[Verdict]) -> list[Verdict]:
    """In a row (“个转企”“小升规”“规做精”) what no rule claims is what its neighbour is."""
    settled = list(verdicts)
    spans = document.quotes
    for back, step in ((False, 1), (True, -1)):
        order = range(len(spans))[::-1] if back else range(len(spans))
        for i in order:
            beside = i - step
            if settled[i] == UNCLAIMED and 0 <= beside < len(spans):
                one, two = sorted((spans[i], spans[beside]))
                between = document.text[one[1] : two[0]]
                alike = one[1] - one[0] == two[1] - two[0] and between in _BETWEEN
                if alike and settled[beside].rule in _ROWS:
                    settled[i] = settled[beside]._replace(rule="beside a like one", level=None)
    return settled


def _quote(document: Document, start: int, end: int, lexicon: Lexicon) -> Quote:
    text = document.text
    inside = text[start:end]
    before = text[max(0, start - 17) : start - 1].rpartition("\n")[2]
    after = text[end + 1 : end + 50].partition("\n")[0]
    neighbours = _NEIGHBOURS.match(after)
    after = after[neighbours.end() :] if neighbours else after
    words = cue_words(lexicon)
    return Quote(
        inside, before, after, document, words, lexicon, (start, end) in document.abbreviations
    )
