"""Who promises: the place that a document speaks for, who a sentence names, or who is quoted."""

import re
from functools import lru_cache
from typing import NamedTuple

from policytext.lexicon.lexicon import Expressions, Lexicon
from policytext.numbers.context import MentionContext
from policytext.numbers.predicates import WHEN
from policytext.text.clean import Span
from policytext.text.patterns import any_word

# What is quoted is not longer, nor a name with office.
_BACK, _AHEAD = 400, 60
_WHO = r"[^,。;:!?“”()\n]"
_TIME = (
    rf"(?: 未来 | {WHEN} | [到在自]? (?: [\d一二三四五六七八九十○〇]+ [年月日号] )+ [底末初起]? )"
)
# 大界村党支部书记赵某告诉记者, and: “…”,县水利局局长说.
_QUOTES = rf"""
    (?:^|(?<=[,。;:!?“”\n])) (?:据|对此)?
    (?P<who>{_WHO}{{2,30}}?) {{adverb of saying}}{{0,2}} {{quotes somebody}}
    (?P<opens> ,|:“?|“ )
"""
_QUOTED = rf"(?:^|[”,]) (?P<who>{_WHO}{{2,30}}?) {{adverb of saying}}{{0,2}} {{quotes somebody}}"
# Who a clause is about, before what he says, decides or will do: 农业部近日提出, 河北省计划.
_SUBJECT = rf"""
    [“”\s]* (?: {{before an indicator}} | {_TIME} )*
    (?P<who> (?: {_WHO} | [()] ){{2,20}}? )
    (?: {{before a verb}} | {{before an indicator}} | {{adverb of saying}} | {_TIME}
      | (?:会同|联合) {_WHO}{{2,14}}? (?: 部门 | 单位 | 等 ) )*
    :? (?: {{announces | makes known | quotes somebody}} )
"""
# Who told it, where nobody else is named: 记者从水利部了解到, 据农业部介绍.
_SOURCE = rf"""
    [“”\s]* {{HAN}}{{0,4}} [据从] (?P<who> {_WHO}{{2,16}}? )
    {{adverb of saying}}* {{is the source of news}}
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


def actor_of(context: MentionContext, place: str | None, noun: Span = (0, 0)) -> Actor:
    """Who promises a number.

    Args:
        context: The number in its sentence.
        place: The place that the document speaks for.
        noun: Where the indicator stands: who ends it is counted and promises nothing
            (高新技术企业力争达100家), who begins it may (中央财政安排支出).
    """
    reading = context.reading
    words, text = reading.expressions, reading.text
    if speaker := _speaker(context):
        office = _office(text[slice(*speaker)], words, _titles(reading.lexicon))
        start = text.index(office, speaker[0])
        return Actor(office, (start, start + len(office)), "speaker", speaker)
    named = _subject(context)
    if named is None and place is None:
        named = _place_before(context)
    if named and named[1] != noun[1]:
        return Actor(text[slice(*named)], named, "sentence", (0, 0))
    return Actor(place, (0, 0), "document", (0, 0))


def _subject(context: MentionContext) -> Span | None:
    """The body that the clause of a number is about, or the nearest clause before it."""
    words, text = context.reading.expressions, context.reading.text
    places, end, starts = _places(context.reading.lexicon), context.clause_end, _starts(context)
    for template in (_SUBJECT, _SOURCE):
        for found in filter(None, (words[template].match(text, start, end) for start in starts)):
            who, (first, last) = found["who"], found.span("who")
            verb = context.reading.cues.at(first)  # 支持某某集团 is no name
            acts = last <= context.mention.start and not (verb and "verb" in verb.roles)
            if acts and (who in places or words[_BODY].fullmatch(who)):
                return first, last
    return None


def _starts(context: MentionContext) -> list[int]:
    """Where the clauses of the sentence begin, the nearest first."""
    since = max(context.sentence, context.mention.start - _BACK)
    heads = _HEAD.finditer(context.reading.text, since, context.mention.start)
    return [*reversed([head.end() for head in heads]), context.sentence]


def _place_before(context: MentionContext) -> Span | None:
    """The place that a clause begins with, where the document speaks for none: 天津再建4条路."""
    reading, places = context.reading, _places(context.reading.lexicon)
    before, text = reading.expressions[_BEFORE_PLACE], reading.text
    for match in filter(None, (before.match(text, start) for start in _starts(context))):
        first = last = match.end()
        while size := next((n for n in range(8, 1, -1) if text[last : last + n] in places), 0):
            last += size  # 黑龙江省齐齐哈尔市
        last += 2 * text.startswith("我国", last)
        # 南京至杭州铁路 and 中国-中亚管道 are no places.
        if first < last <= context.mention.start and text[last] not in "至经到、-—":
            return first, last
    return None


_BEFORE_PLACE = rf"[“”\s]* (?: {{before an indicator}} | {_TIME} )*"
_HEAD = re.compile("[,;:]|——")
# A firm, a village, an office, a country; the city whose report it is stands for its own offices.
_BODY = r"""
    (?! {begins no name of a body} | .*\d )
    (?: .* {organisation that promises | ends the name of an office} | {country} )
"""


@lru_cache(maxsize=4)
def _places(lexicon: Lexicon) -> frozenset[str]:
    """The names of places, and the short ones of provinces and cities, which are no words."""
    rows = lexicon["places"]
    large = rows["level"].isin(("provincial", "prefectural"))
    return frozenset(rows["name"]) | frozenset(rows[large]["short"])


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
    if title.start() == 0 and (bare := _HEADS.search(title[0])):
        return bare[0][0]  # the 县 of 副县长
    # 部长 is the head of a 部: its first character belongs to the name.
    end = title.start() + (_HEADS.match(title[0]) is not None)
    end -= who[end - 1 : end] == who[end - 2 : end - 1]  # 教育局局长 heads the 教育局
    head = words["{body of an organisation}$"].sub("", who[:end])
    return head if title.start() > 1 and len(head) > 1 else who
