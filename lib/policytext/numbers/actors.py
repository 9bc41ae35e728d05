"""Who promises: the place that a document speaks for, who a sentence names, or who is quoted."""

import re
from functools import lru_cache
from typing import NamedTuple

from policytext.lexicon.lexicon import Expressions, Lexicon
from policytext.numbers.context import MentionContext
from policytext.text.clean import Span
from policytext.text.patterns import any_word

# What is quoted is not longer, nor a name with office.
_BACK, _AHEAD = 400, 60
_WHO = r"[^,。;:!?“”()\n]"
# 大界村党支部书记赵某告诉记者, and: “…”,县水利局局长说.
_QUOTES = rf"""
    (?:^|(?<=[,。;:!?“”\n])) (?:据|对此)?
    (?P<who>{_WHO}{{2,30}}?) {{adverb of saying}}{{0,2}} {{quotes somebody}}
    (?P<opens> ,|:“?|“ )
"""
_QUOTED = rf"(?:^|[”,]) (?P<who>{_WHO}{{2,30}}?) {{adverb of saying}}{{0,2}} {{quotes somebody}}"
# A firm or a village at the head of its clause, before what it will do.
_NAMED = rf"""
    ^ (?!据) (?P<who> (?:{_WHO}|[()]){{1,20}}? {{organisation that promises}} )
    (?: {{before a verb}} | {{before an indicator}} | \d{{4}}年 )*
    {{announces}}
"""


_HEADS = re.compile("[部局厅处科院校所站馆省市区县镇乡]长")


class Actor(NamedTuple):
    """Who promises, where it is said, and by what it is known: document, sentence, speaker.

    ``speaker``: the person quoted, as printed, (0, 0) for none.
    """

    name: str | None
    at: Span
    basis: str
    speaker: Span


@lru_cache(maxsize=4)
def _titles(lexicon: Lexicon) -> re.Pattern[str]:
    """Words of an office that stand behind what it is an office of: 大界村党支部书记."""
    rows = lexicon["titles"]
    return re.compile(f"副?(?:{any_word(rows[rows['side'] != 'after']['word'])})(?!会)")


def actor_of(context: MentionContext, place: str | None) -> Actor:
    """Who promises a number.

    Args:
        context: The number in its sentence.
        place: The place that the document speaks for.
    """
    reading = context.reading
    words, text = reading.expressions, reading.text
    if speaker := _speaker(context):
        office = _office(text[slice(*speaker)], words, _titles(reading.lexicon))
        return Actor(office, (speaker[0], speaker[0] + len(office)), "speaker", speaker)
    start = _clause_with_subject(context)
    named = words[_NAMED].search(text[start : context.clause_end])
    if named and start + named.end("who") <= context.mention.start:
        span = start + named.start("who"), start + named.end("who")
        return Actor(text[slice(*span)], span, "sentence", (0, 0))
    return Actor(place, (0, 0), "document", (0, 0))


def _clause_with_subject(context: MentionContext) -> int:
    """The head of the sentence: its subject holds for the clauses behind."""
    text, start = context.reading.text, context.sentence
    marks = re.compile("[“”\\\\s]*").match(text, start)
    return marks.end() if marks else start


def _speaker(context: MentionContext) -> Span | None:
    """The person whose words the number is in: named before them, or behind the closing mark."""
    words, text, at = context.reading.expressions, context.reading.text, context.mention.start
    start = max(0, at - _BACK)
    if not words["{quotes somebody}"].search(text, start, at + _BACK):
        return None
    for match in reversed(list(words[_QUOTES].finditer(text[start:at]))):
        end, span = start + match.end(), (start + match.start("who"), start + match.end("who"))
        if not _titles(context.reading.lexicon).search(match["who"]):
            continue
        # A quotation ends with its mark, what is told without marks with its sentence.
        marked = match["opens"].endswith("“")
        closed = text.count("”", end, at) > text.count("“", end, at)
        return span if not closed and (marked or span[0] >= context.sentence) else None
    close = text.find("”", at, at + _BACK)
    if (
        close < 0
        or "“" in text[at:close]
        or text.rfind("“", start, at) < text.rfind("”", start, at)
    ):
        return None
    behind = words[_QUOTED].match(text[close : close + _AHEAD])
    if behind is None or not _titles(context.reading.lexicon).search(behind["who"]):
        return None
    return close + behind.start("who"), close + behind.end("who")


def _office(who: str, words: Expressions, titles: re.Pattern[str]) -> str:
    """What an office is an office of: 大界村 of 大界村党支部书记赵某; all where that is no name."""
    title = titles.search(who)
    if title is None:
        return who
    # 部长 is the head of a 部: its first character belongs to the name.
    end = title.start() + (_HEADS.match(title[0]) is not None)
    end -= who[end - 1 : end] == who[end - 2 : end - 1]  # 教育局局长 heads the 教育局
    head = words["{body of an organisation}$"].sub("", who[:end])
    return head if title.start() > 1 and len(head) > 1 else who
