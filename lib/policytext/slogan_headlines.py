"""Headlines that the text takes apart: a formula of the title whose parts its paragraphs quote."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate, pairwise

from policytext import text as tx
from policytext.formulae import wording
from policytext.slogan_document import Document, Mention

_LONGEST_PART = 8


def headline_mentions(document: Document) -> Iterator[Mention]:
    """A formula of the title whose parts the headings quote one by one: 谋高做深落实."""
    view = document.stripped
    parts = _heading_quotes(document)
    if len(parts) < 2:
        return
    titles = "\n".join(
        wording(document.text[s.start : s.end]) for s in document.sentences if s.part == "title"
    )
    headlines = "\n".join([titles, *(wording(document.text[a:b]) for a, b in document.quotes)])
    whole = _whole(headlines, [wording(document.text[a:b]) for a, b in parts])
    if not whole:
        return
    parts = [span for span in parts if wording(document.text[slice(*span)]) in whole]
    for match in re.finditer(re.escape(whole), view.text):
        start, end = view.at[match.start()], view.at[match.end() - 1] + 1
        text = document.text[start:end]
        yield Mention(start, end, text, True, ("parallel",), "headings quote its parts")
    for start, end in parts:
        yield Mention(
            *(start, end, document.text[start:end], True, ("parallel",), "part of the headline"),
            quoted="full",
            basis="document",
            canonical=whole,
            echo="member",
        )


def _whole(text: str, parts: list[str]) -> str | None:
    """The longest row of at least two neighbouring parts that the text has in one piece."""
    pairs = [one + two for one, two in pairwise(parts)]
    # Looked up and not searched for: of hundreds of headings hardly a pair is in the text.
    lengths = {len(pair) for pair in pairs}
    pieces = {text[at : at + length] for length in lengths for at in range(len(text) - length + 1)}
    held = [
        row
        for first, pair in enumerate(pairs)
        if pair in pieces
        for row in accumulate(parts[first : first + 8])
        if len(row) >= len(pair) and row in text
    ]
    return max(held, key=len, default=None)


def _heading_quotes(document: Document) -> list[tx.Span]:
    """The first quotation of each paragraph's first sentence, where it is a short one."""
    starts = [start for start, _ in document.quotes]
    found: list[tx.Span] = []
    for opening in document.sentences:
        if opening.opens and opening.part not in ("title", "glossary"):
            at = bisect_left(starts, opening.start)
            quote = document.quotes[at] if at < len(starts) else (opening.end, opening.end)
            short = quote[1] <= opening.end and quote[1] - quote[0] <= _LONGEST_PART
            # Of words and not of marks: “汰、” is a single character, “' ” none.
            if short and len(wording(document.text[slice(*quote)])) > 1:
                found.append(quote)
    return found
