"""Which outcome a number measures: an indicator of the lexicon, or the noun phrase before it."""

import re
from functools import lru_cache

from policytext.annotate import Found
from policytext.lexicon import Lexicon
from policytext.reading import Reading

_CHANGE = re.compile(
    "(?:同比|年均|平均|累计)?(?:增长|下降|提高|降低|减少|增加|上升|压减|提升|递增|增速|降幅|涨幅)"
)
_NOUN = re.compile("[\u4e00-\u9fffA-Za-z0-9.&/“”()]{2,}$")
_CUT = re.compile("[、“”‘’]")


@lru_cache(maxsize=4)
def indicator_table(lexicon: Lexicon) -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern of all names of indicators, longest first, and the indicator of each."""
    names = dict(
        zip(lexicon["indicators"]["name"], lexicon["indicators"]["indicator"], strict=True)
    )
    return re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True))), names


def indicator_of(found: Found, reading: Reading, lexicon: Lexicon) -> tuple[str | None, str]:
    """The indicator of a target and whether the number is a change or a level of it."""
    pattern, names = indicator_table(lexicon)
    text, mention = reading.text, found.mention
    before, after = (
        text[found.place.clause : mention.start],
        text[mention.end : found.place.clause_end],
    )
    change = "change" if _CHANGE.search(before[-8:]) or before[-14:].startswith("新增") else "level"
    known = list(pattern.finditer(before))
    if known:
        return names[known[-1][0]], change
    behind = pattern.match(after)
    if behind and not before[-1:].isalnum():
        return names[behind[0]], change
    return _phrase(found, before, after), change


def _phrase(found: Found, before: str, after: str) -> str | None:
    """The noun behind a count (6个“工业上楼”项目), else the phrase before the number."""
    counted = re.match(
        "[\u4e00-\u9fff“”A-Za-z]{2,14}?(?=[、,;。]|以上|左右|$|建成|投用|开工|落地)", after
    )
    if counted and not re.match("以上|左右|以内|以下|的?目标", after):
        return counted[0].strip("“”的")
    cues = [c for c in found.place.cues if c.start >= found.place.clause]
    start = found.place.clause
    if cues:
        last = [c for c in cues if "verb" in c.roles or "commitment" in c.roles]
        tail = [c for c in last if c.end < found.mention.start - 3]
        start = tail[-1].end if tail else start
    offset = start - found.place.clause
    phrase = _CUT.split(before[offset:])[-1] if before[offset:] else before
    phrase = re.sub(
        "(?:增长|达到|达|超过|突破|约|不少于|不低于|实现|完成|控制在|提高到|提升至|增至|为|超|至|到)+$",
        "",
        phrase,
    )
    return phrase.strip("“”‘’ 的") or None
