"""The predicate of a number: the verbs before it, and where the noun begins behind them.

The verb behind a noun is peeled off from the number leftwards (覆盖率提高到50%); the noun then
begins behind the last verb that governs it (新增学位3万个).
"""

import re
from functools import lru_cache
from typing import NamedTuple

from policytext.lexicon.lexicon import Lexicon
from policytext.numbers.comparators import NumberMention
from policytext.numbers.context import Cue, MentionContext, Reading
from policytext.text.clean import Span
from policytext.text.dates import DAY, MONTH, YEAR
from policytext.text.patterns import SEPARATOR

NOTHING = (0, 0)
WHEN = rf"""
    [到至于在从自]?
    (?: {YEAR}年(?!度) | {{earlier time}} | [今明]年 | 全年 | 年内 | 本年度? | 年(?=[底末前])
      | “?(?:[六七八九]|十[一二三四五六七八九]?)五(?:”|(?<=十.五)|(?=期间|时期|期?末))
        (?:期间|时期|期末|末)?(?!规划|纲要)
      | (?:未来|今后|今明|第[一二三]个)?(?:[一二三四五两十]|\d{{1,2}})年(?!级|制|期|禁)
      | (?:[一二三四1-4]|前[一二三四1-4两]个?)季度 | [上下]半年 | {MONTH}月(?:份|{DAY}日)?
      | [本上下]个?世纪 (?: 初 | [中末]叶? | 内 | [上下]半叶 | 头{{HAN}}{{1,2}}年 )?
      | {{named time}}
    )(?: [底末]?[以之]?前(?!海)后? | [底末内] | 起 )?  # 到2020年前海…
"""
_MARK = r"[\u2460-\u2473—─－●·•■◆▪◇○※] | [(]?\d{1,2}[).] | [一二三四五六七八九十]{1,2}[是要]"
# What may stand between a noun and its number beside verbs and cues.
_FILLER = rf"""
    (?: {{between indicator and number | negates a bound}} | {WHEN} | [到至在于并为过了的向“\ ]
      | 年?{{per person}} | 每(?:平方|立方)?{{HAN}}{{1,2}}  # 提高到每生每年、年人均5000元
      | [比较] (?:{{earlier time}} | {WHEN}) (?:年初)?预?算?数?  # 比2020年翻一番
      | (?<![占同环对类入构出价例配效])比
      | 按(?![揭时期])(?:{{HAN}}{{0,6}}(?:标准|要求|规定|计算|价格?|口径|比例|计划)|{{HAN}}{{0,2}})
      | 全[国省市区县](?!域)    # 进入全省第一方阵
      | \((?!(?![含不约]){{HAN}}{{1,3}}\))[^()]*\) )  # 中心(站) is a name, (含续建) a remark
"""
# 在民生实事的基础上 is about 民生实事.
FRAME = "的?{closes a frame}"
# What may stand before a noun beside verbs: times, list marks, the place of the whole document.
# 再 of 再生水 is no adverb.
_WORD = "(?! {begins like an adverb} )"
_HEAD = rf"(?: {_WORD} {{before an indicator}} | {WHEN} | {_MARK} | [\ 的] )"
FILLERS, _FILLER_END, HEADS, NEAR = (
    _FILLER + "*",
    _FILLER + "+$",
    _HEAD + "*",
    f"(?!的){_FILLER}*",
)
_COMPARED = rf"[比较] (?: {{earlier time}} | {WHEN} )"
_ADVERB = f"{_WORD} {{before an indicator | before a verb}}"
_ADVERBS = rf"(?: {_ADVERB} | {WHEN} | {_COMPARED} | {_MARK} | [\ 的] )*"
# How something is done: 按景区标准建设, 通过招商新增.
_HOW = "{says how or for whom}"
BEFORE_VERB = rf"{_ADVERBS} (?: {_HOW} [^、]{{1,12}} )?"
TO = ("到", "至", "为", "成")
# 认定(晋级)园区5个: what is done as well stands in a bracket.
_JOINS = re.compile(rf"(?:[的 )]|\([^()]{{1,6}}\)|(?x:{SEPARATOR.pattern}))+")
# A noun phrase that is longer than this holds more than a noun phrase.
LONGEST, _LONGEST_NAME = 80, 30
_APART = 8  # verbs so far from each other are no chain


class Verb(NamedTuple):
    """A verb that a phrase has: its span and its kind (level, change, nominal, make, process)."""

    start: int
    end: int
    kind: str


@lru_cache(maxsize=4)
def known_names(lexicon: Lexicon) -> frozenset[str]:
    """The names of the lexicon's table ``indicators``: a verb inside one is no verb."""
    return lexicon.words("indicators", "name")


def separators(text: str, start: int, end: int) -> list[Span]:
    """、 and its words in a stretch, outside quotation marks and brackets: 县(市、区)."""
    found = [one.span() for one in SEPARATOR.finditer(text, start, end)]
    closed = [at for at, _ in found if text.rfind("(", start, at) <= text.rfind(")", start, at)]
    return [one for one in found if one[0] in closed and not is_quoted(text, start, one[0])]


def is_quoted(text: str, start: int, at: int) -> bool:
    """Return True if a quotation that begins behind ``start`` is open at a character."""
    return text.count("“", start, at) > text.count("”", start, at)


def kind_of(cue: Cue) -> str | None:
    """The kind of a verb: level, change, nominal (a noun as well), make, process; else None."""
    verb = cue.roles.get("verb")
    if kind := cue.roles.get("action"):
        return kind
    return {"result": "make", "process": "process"}.get(verb or "")


_PEELED = {"level", "change", "make"}
_LOOSE = ("before", "commitment", "future", "deictic")


def predicate(context: MentionContext, left: int, base: Span) -> tuple[int, list[Verb]]:
    """Peel verbs, bounds and adverbs off before the number: where they begin, and the verbs.

    What the number starts from (由5%) is peeled off, too.
    """
    reading, at = context.reading, context.mention.start
    text, filler = reading.text, reading.expressions[FILLERS]
    verbs: list[Verb] = []
    for index in reversed(range(*context.cues)):
        cue = reading.cues[index]
        if base[0] <= cue.start < base[1]:
            continue
        at = base[0] if base[0] < at and filler.fullmatch(text, base[1], at) else at
        # 项目新签约、新开工分别超40个、50个
        listed = verbs and "分别" in context.before and text[cue.end : at] in ("、", "、新")
        if cue.start < left or not (filler.fullmatch(text, cue.end, at) or listed):
            break
        kind = kind_of(cue)
        loose = any(role in cue.roles for role in _LOOSE) or filler.fullmatch(text, cue.start, at)
        reaches = all(verb.kind == "level" for verb in verbs)  # 项目开工超过35个
        to = not verbs and text.startswith(("到", "至"), cue.end)  # 将车辆扩充到1000辆
        if kind == "nominal" and (listed or to or (reaches and _closes(reading, left, cue))):
            kind = "make"
        if verbs and kind == "nominal" and "commitment" in cue.roles:
            kind = None  # 各地争取每年增产
        if kind not in _PEELED and (kind or not loose):
            break
        if kind:
            verbs.insert(0, Verb(cue.start, cue.end, _to(text, cue, kind)))
        elif text[cue.start - 1].isnumeric():  # the 年底 of 到2025年底
            at = _without_filler(reading, left, at)
        at = min(at, cue.start)
        if cue.word == "过" or (cue.word[2:] == "过" and cue.word[1] != "超"):
            at = cue.end - 1
            verbs.insert(0, Verb(at, cue.end, "level"))
            if len(cue.word) > 1:  # the noun of 收入过 is none of the bound
                break
    at = base[0] if base[0] < at and filler.fullmatch(text, base[1], at) else at
    return _without_filler(reading, left, at), verbs


def _closes(reading: Reading, left: int, cue: Cue) -> bool:
    """Return True if a verb stands behind its noun: 棚户区改造开工3万套, but 建成投产20个."""
    words, (text, cues), start = reading.expressions, (reading.text, reading.cues), cue.start
    if not words["{verb behind its noun}"].fullmatch(cue.word):
        return False
    for index in range(cues.first_from(start) - 1, -1, -1):
        if cues[index].end != start or not kind_of(cues[index]):
            break
        start = cues[index].start
    return words[BEFORE_VERB].fullmatch(text, left, start) is None


def _without_filler(reading: Reading, left: int, at: int) -> int:
    """Where the words begin that may stand between a noun and what follows."""
    rest = reading.expressions[_FILLER_END].search(reading.text[max(left, at - LONGEST) : at])
    return at - (len(rest[0]) if rest else 0)


def reached(reading: Reading, left: int, stop: int) -> tuple[int, list[Verb]]:
    """The verb that measures one thing by another: 供应量达到总量的20%, 标准不低于低保的1.6倍."""
    cues = reading.cues
    for cue in map(cues.__getitem__, range(*map(cues.first_from, (left, stop)))):
        if kind_of(cue) == "level" and cue.start > left:
            return _without_filler(reading, left, cue.start), [Verb(*cue[:2], "level")]
    return stop, []


def _to(text: str, cue: Cue, kind: str) -> str:
    """提高到 says a level, 提高 a change; 完成 makes, whatever its last character."""
    ends = kind != "make" and text[cue.end - 1] in TO
    return "level" if ends or text.startswith(TO, cue.end) else kind


def opening(found: NumberMention, left: int, stop: int) -> tuple[int, list[Verb], Span]:
    """Where the noun begins behind the verbs that govern it, and the last row of these verbs.

    The third is what they are said of, where that is a part of the noun: 园区 of 园区完成投资5亿元.
    """
    context = found.context
    reading, text = context.reading, context.reading.text
    gap = reading.expressions[BEFORE_VERB]
    end = stop - _known_length(reading, left, stop)
    start = left
    verbs: list[Verb] = []
    subject = NOTHING
    for index in range(reading.cues.first_from(left, context.cues[0]), context.cues[1]):
        cue = reading.cues[index]
        if cue.end > end:
            break
        kind = kind_of(cue)
        if (kind is None and "commitment" not in cue.roles) or is_quoted(text, left, cue.start):
            continue
        # Of a rate they are a part: 新增贷款占比, 污水治理率.
        new = _NEW.match(text, cue.start - 1) is not None and cue.end < stop
        rate = found.mention.unit == "%" and "commitment" not in cue.roles
        if rate and (new or kind == "nominal"):
            continue
        joined = text[start : cue.start]
        marks = separators(text, start, cue.start)
        since = marks[-1][1] if marks else start
        # 区政府将筹措资金: behind its future a verb governs.
        opens = gap.fullmatch(text, since, cue.start) or text[cue.start - 1] in "将拟"
        # 开工高速改扩建等2个项目: what stands in a list of names is none of its verbs.
        # 项目投资完成、投资总额均增长10% names what is done.
        new = new and not verbs and kind != "change"  # 中心城区新增人口 is one noun
        light = new or reading.expressions["{light verb}"].fullmatch(cue.word)
        ends = text[cue.end] == "、" and (light or reading.cues.at(cue.end + 1) is None)
        listed = ends or (verbs and text[stop - 1] == "等")
        weak = kind in ("nominal", "level", "change", "process") and not new
        kinds = verbs and text[cue.end] == "等"  # 招引加工、维修等主体
        if kinds or (not opens and (listed or weak)):
            continue
        named = start if "分别" in joined else since  # 水利、交通分别完成投资
        subject = _subject(context, named, cue.start) if light and not opens else NOTHING
        # 新建、改建, and no item of a list of nouns before it
        chained = opens and (not marks or (len(marks) == 1 and marks[0][0] == start))
        chained = chained and len(joined) < _APART  # 落实…每年向山区提供 are two
        if kind is None:
            verbs = []
        else:
            verb = Verb(cue.start, cue.end, kind)
            verbs = [*verbs, verb] if chained else [verb]
        start = cue.end
    return start, verbs, subject


# 新增, 新投用; not 更新改造
_NEW = re.compile("(?<![创更革])新|.新", re.DOTALL)


def _subject(context: MentionContext, start: int, stop: int) -> Span:
    """What a verb in the middle of a clause is said of."""
    reading = context.reading
    stop = _without_filler(reading, start, stop)
    for cue in map(reading.cues.__getitem__, range(*map(reading.cues.first_from, (start, stop)))):
        start = cue.end if kind_of(cue) == "process" else start
    noun = noun_before(context, start, stop)
    # 围绕产业链完成投资, 通过招商实现产值: how it is done.
    return NOTHING if reading.expressions[_HOW].match(reading.text, noun[0]) else noun


def verb_behind(reading: Reading, start: int, end: int) -> Cue | None:
    """The cue at the head of a stretch, behind adverbs and times."""
    adverbs = reading.expressions[BEFORE_VERB].match(reading.text, start, end)
    end = adverbs.end() if adverbs else start
    return reading.cues.at(end) or reading.cues.at(end - 1)  # 新改建 begins with an adverb


def _known_length(reading: Reading, left: int, stop: int) -> int:
    """The length of the longest known name that ends where the noun does."""
    names, text = known_names(reading.lexicon), reading.text
    for at in range(max(left, stop - _LONGEST_NAME), stop - 1):
        if text[at:stop] in names and not _is_inside(reading, at):
            cue = reading.cues.at(at)  # 新增 of 新增城镇就业 is the verb
            return stop - at - (cue.end - cue.start if cue and kind_of(cue) else 0)
    return 0


def _is_inside(reading: Reading, at: int) -> bool:
    """Return True if a cue word goes on at a character: 治理 of 综合治理."""
    index = reading.cues.first_from(at) - 1
    return index >= 0 and reading.cues[index].end > at


def noun_before(context: MentionContext, start: int, stop: int) -> Span:
    """The noun phrase of a stretch, without adverbs, times and marks at its edges."""
    reading, text = context.reading, context.reading.text
    if reading.expressions[_ADVERBS].fullmatch(text, start, max(start, stop)):
        return NOTHING
    head = reading.expressions[HEADS].match(text, start, max(start, stop))
    start = head.end() if head else start
    separated = _JOINS.match(text, start, max(start, stop))
    start = separated.end() if separated else start
    start, stop = _beside_predicates(reading, start, stop)
    frame = reading.expressions[FRAME].search(text, start, max(start, stop))
    return paired(reading, start, frame.start() if frame else stop, context.clause)


def _beside_predicates(reading: Reading, start: int, stop: int) -> Span:
    """A noun without the predicate of another, or its own: 收集率提升至全国水平、处理率95%."""
    marks = separators(reading.text, start, max(start, stop))
    for cue in map(reading.cues.__getitem__, range(*map(reading.cues.first_from, (start, stop)))):
        behind = [end for at, end in marks if at >= cue.end]
        ends = cue.word.endswith(TO) or _to(reading.text, cue, kind_of(cue) or "") == "level"
        ends = ends or "vague" in cue.roles  # 实现通路全覆盖、硬化率95%
        if behind and cue.start > start and ends:
            if behind[-1] >= stop:
                return start, _without_filler(reading, start, cue.start)
            start = behind[0]
    return start, stop


def paired(reading: Reading, start: int, stop: int, clause: int) -> Span:
    """A span without loose marks and particles at its edges; a quotation mark gets its pair."""
    text = reading.text
    while stop > start and text[stop - 1] in " 的、等和及与“‘(":
        stop -= 1
    surplus = text.count("”", start, stop) - text.count("“", start, stop)
    if surplus > 0:
        opened = text.rfind("“", clause, start)
        start = opened if opened >= 0 and text.find("”", opened, start) < 0 else start
    if surplus < 0:
        start = text.rfind("“", start, stop) + 1
    # 90%的县, 钢8亿吨; other single characters are what is left of a word.
    whole = stop - start > 1 or reading.expressions["{noun of one character}"].match(
        text, start, max(start, stop)
    )
    return (start, stop) if whole else NOTHING
