"""One expression for many words."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

# What joins the items of a list; in other words (普及, 和谐, 参与) the characters join nothing.
SEPARATOR = re.compile(
    "、|以及|(?<![普涉提波])及(?![格时以])|(?<![共总饱缓温])和(?![谐平睦田]|美[乡丽])|(?<![参赠给授])与(?!会)"
)


def any_of(words: Iterable[str]) -> re.Pattern[str] | None:
    """One expression for many words, longest first; None where there is no word.

    Words share their beginnings in it (学有优教 and 学有所教 part at the third character), so that
    thousands cost hardly more than a few.

    >>> any_of(["开新局", "开局", "勇争先"]).findall("勇争先、开新局")
    ['勇争先', '开新局']
    """
    expression = alternatives(words)
    return re.compile(expression) if expression else None


def alternatives(words: Iterable[str]) -> str:
    """The expression of `any_of` as text, to build others with."""
    return _branches(sorted(set(words) - {""}), 0)


def _branches(words: list[str], at: int) -> str:
    """The tails of sorted words that are the same up to a character."""
    tails = []
    for _, same in groupby(words, key=lambda word: word[at : at + 1]):
        group = list(same)
        head = group[0][at : at + 1]
        if not head:
            continue
        if len(group) == 1:
            tails.append(re.escape(group[0][at:]))
        else:
            ends = len(group[0]) == at + 1
            rest = _branches(group, at + 1)
            tails.append(f"{re.escape(head)}(?:{rest}){'?' if ends else ''}")
    return "|".join(tails)


def occurrences(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches of an expression, and those that lie inside a longer one.

    >>> pattern = any_of(["争先创优", "创优"])
    >>> [match[0] for match in occurrences(pattern, "争先创优")]
    ['争先创优', '创优']
    """
    at = 0
    while match := pattern.search(text, at):
        yield match
        inside = match.start() + 1
        while (part := pattern.search(text, inside, match.end())) is not None:
            yield part
            inside = part.start() + 1
        at = match.end()


def any_word(words: Iterable[str]) -> str:
    """The expression of `any_of` as text; where there is no word, one that matches nothing.

    >>> any_word(["亿", "亿元"]), any_word([])
    ('亿(?:元)?', '(?!)')
    """
    return alternatives(words) or "(?!)"
