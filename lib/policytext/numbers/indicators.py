"""Which outcome a number measures: an indicator of the lexicon, or the noun phrase around it."""

import re
from functools import lru_cache

from policytext.lexicon.lexicon import Lexicon
from policytext.numbers.comparators import NumberMention
from policytext.text.patterns import any_word

_CHANGE = re.compile(
    r"""
    (?:同比|同口径|年均|平均|累计|增速)?            # against last year, a year, on average
    (?:增长|增加|上升|提升|提高|递增|高于           # more
      |下降|降低|减少|压减                          # less
      |增速|涨幅|降幅)                              # rate
    """,
    re.VERBOSE,
)
# What stands between an indicator and its number: verbs, bounds, adverbs.
# One flat possessive repetition: nested ones try every way to divide 达到达到 among them.
_TAIL = re.compile(
    r"""
    (?: 同比 | 同口径 | 年均 | 平均 | 累计 | 分别 | 均 | 各 | 每年        # how it is counted
      | 力争 | 争取 | 确保 | 预计 | 将 | 要 | 也 | 再 | 新 | 不断         # how firmly
      | [到至]?(?:19|20)\d\d年[底末]?                                     # by when
      | 增长 | 增加 | 上升 | 提高 | 提升 | 下降 | 降低 | 减少             # which way
      | 压减 | 压缩 | 缩短 | 增速
      | 达成 | 达到 | 达 | 完成 | 实现 | 迈上 | 迈向 | 冲刺               # reach
      | 超过 | 超 | 突破 | 跨越 | 高于 | 大于 | 不少于 | 不低于 | 逾      # at least
      | 不超过 | 低于 | 控制 | 保持 | 稳定                                # at most, hold
      | 约 | 近 | 为 | 占 | 有 | [到在至为过]                             # about, is
    )*+$
    """,
    re.VERBOSE,
)
_HEAD = re.compile(
    r"""
    ^(?: [“‘] | 其中 | 并 | 同时                                          # and, of them
       | 全区 | 全市 | 全省 | 全县 | 我区 | 我市 | 我县 | 本区 | 本市     # where
       | 全年 | 今年 | 年内 | 到?(?:(?:19|20)\d\d)?年底?           # when
       | 力争 | 争取 | 确保 | 预计 | 努力 | 至少                          # how firmly
       | 积极 | 持续 | 大力 | 全面 | 再 | 年均                            # how much
       | 完成 | 实现 | 新增 | 改建 | 新建 | 推动 | 推进 | 使 | 让         # what is done
    )+
    """,
    re.VERBOSE,
)
_COUNTED = re.compile("[\u4e00-\u9fff“”A-Za-z·]{2,16}")
_COUNT_END = re.compile(
    "以上|左右|以内|以下|上下|建成|投用|开工|落地|竣工|完工|投产|的目标|[、,;。]"
)
_BOUND = re.compile("^(?:以上|左右|以内|以下)(?=[\u4e00-\u9fff])(?:的)?")
# A phrase is governed by one of the nearest verbs.
_NEAREST = 6
_BY = re.compile("^(?:以?前|内|底|之前|要|将|全面|彻底|正式|完成|动工|建成|实现|,)+")
_LISTED = re.compile("(?:[^、]*、)*[^、]*等$")


@lru_cache(maxsize=4)
def indicator_table(lexicon: Lexicon) -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern of all names of indicators, longest first, and the indicator of each."""
    table = lexicon["indicators"]
    names = dict(zip(table["name"], table["indicator"], strict=True))
    return re.compile(any_word(names)), names


def indicator_of(found: NumberMention) -> tuple[str | None, str]:
    """The indicator of a target, and whether the number is a change or a level of it.

    A phrase that is a name of the lexicon's table ``indicators``, or ends in one behind a place,
    gets the table's name; a share (…占…比重) and any other phrase stays as it is worded, with
    widths folded and remarks in brackets left out.
    """
    pattern, names = indicator_table(found.context.reading.lexicon)
    before, after = found.context.before, _BOUND.sub("", found.context.after)
    change = "change" if _CHANGE.search(before[-9:]) or "新增" in before[-20:] else "level"
    behind = pattern.match(after)
    if behind and found.mention.unit in (None, "级"):
        return names[behind[0]], change
    if found.kind == "date":
        return _before(found, before) or _behind(_BY.sub("", after)), change
    phrase = _before(found, before) if not _counts(found, after) else None
    if phrase is None:
        return _behind(after) or _before(found, before), change
    return names.get(phrase) or _ending(phrase, pattern, names), change


def _ending(phrase: str, pattern: re.Pattern[str], names: dict[str, str]) -> str:
    """An indicator with its place before it, unless the phrase is a share of it."""
    if re.search("比重|占|比例|人均|单位|万元|每", phrase):
        return phrase
    known = [m for m in pattern.finditer(phrase) if m.end() == len(phrase)]
    return names[known[-1][0]] if known and len(known[-1][0]) > 3 else phrase


def _counts(found: NumberMention, after: str) -> bool:
    """Whether the number stands before what it counts: 6个“工业上楼”项目."""
    countable = found.kind in ("cardinal", "ordinal", "range") or found.mention.unit is None
    return countable and bool(_COUNTED.match(after)) and not _COUNT_END.match(after)


def _behind(after: str) -> str | None:
    match = _COUNTED.match(after)
    if not match:
        return None
    phrase = _COUNT_END.split(match[0])[0].strip("“”‘’的")
    return phrase or None


def _before(found: NumberMention, before: str) -> str | None:
    """The phrase before the number, without the verb that governs it and what comes behind."""
    start = found.context.clause
    for cue in found.context.clause_cues()[-_NEAREST:]:
        verb = cue.roles.get("verb") in ("result", "process") or "commitment" in cue.roles
        if verb and start <= cue.start and cue.end < found.mention.start - 1:
            rest = found.context.reading.text[cue.end : found.mention.start]
            left = _HEAD.sub("", _TAIL.sub("", rest))
            if len(left) > 1 and left not in found.context.reading.cues.roles:
                before = rest
    before = _TAIL.sub("", re.sub(r"[(][^()]*[)]", "", before).strip())
    if "、" in before and not _LISTED.search(before):
        before = before.rsplit("、", 1)[-1]
    before = re.sub("^.*(?:\\d%?|以上|左右|[个家项条])[、和,]", "", before)
    if "等" in before[1:-2]:
        before = before.rsplit("等", 1)[-1]
    phrase = _HEAD.sub("", before).strip("“”‘’ 的等()")
    return phrase if phrase and phrase not in found.context.reading.cues.roles else None
