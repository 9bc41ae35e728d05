"""Numbers that promise nothing: sizes, classes by size, rules, and how things stand."""

import re
from typing import NamedTuple

from policytext.mentionforms import Mention
from policytext.stance import Place
from policytext.verbs import FINISH, governor

_CLASS = re.compile(
    "(?:级|及?以上|以下|级以上)?(?:的)?(?:产业用地)?[\u4e00-\u9fff“”]{0,6}?(?:项目|企业|工程|集群|园区|产业)"
)
_COUNT_AFTER = re.compile(r"\d|[一二三四五六七八九十两]+[个家项]")
_THRESHOLD = re.compile(r"(?:及?以上|以下)?(?:的|达|有)+[\u4e00-\u9fff]{0,8}?\d")
_PRIZE_AFTER = re.compile("[^,。;]{0,12}(?:的奖励|奖金|的补贴|的资助)")
_EACH = re.compile("分别|各|每|可|给予")
_LIMIT = re.compile("不(?:得)?超过$")
_CONDITION = re.compile("^如[^,]{0,6}$")
_PRIZE_BEFORE = re.compile("奖[”’]?$|各$|每[^,]{0,3}$")


class Verdict(NamedTuple):
    """A status and what it rests on."""

    status: str
    evidence: str


def size_of(place: Place, dimension: str | None) -> Verdict | None:
    """The size of a project (总投资, 占地, 由…组成) or of a kind of thing (亿元以上项目50个)."""
    basis, after = place.stance.basis, place.after
    physical = dimension in ("area", "length", "volume", "power", "concentration")
    if dimension == "money" or physical:
        size = place.last("verb", place.clause)
        result = [c for c in place.clause_cues() if c.roles.get("verb") == "result"]
        named = size is not None and size.word == "投资" and size.start > place.clause
        if size and size.roles["verb"] == "param" and not result and not named:
            return Verdict("project_param", f"{basis}; size: {size.word}")
    if re.search("组成|构成", after):
        return Verdict("project_param", f"{basis}; parts")
    sized = dimension in ("money", "grade") or _bare(place.mention)
    if physical and after.startswith("级"):
        return Verdict("project_param", f"{basis}; size class")
    kind = _CLASS.match(after) if sized else None
    return _size_class(place, kind[0]) if kind else None


def _size_class(place: Place, words: str) -> Verdict | None:
    """The size of a kind of thing: a fact of what there is, a parameter of what is to come."""
    basis = f"{place.stance.basis}; size class"
    counted = _COUNT_AFTER.search(place.after) is not None
    verb = governor(place)
    coming = verb is not None and verb.roles["verb"] == "result"
    if words.endswith(("集群", "产业")) and not coming:
        return Verdict("baseline", basis)
    if place.before.endswith(("个", "大")) and not coming and not counted:
        return Verdict("work_item" if place.stance.name == "plan" else "achievement", basis)
    landed = place.mention.unit == "级" and FINISH.search(place.after)
    sized = coming and place.mention.unit == "级" and not landed
    return Verdict("project_param", basis) if counted or sized else None


def _bare(mention: Mention) -> bool:
    """A bare magnitude, or one with 级: 百亿项目, 百亿级项目."""
    return mention.unit in (None, "级") and (mention.value or 0) >= 1e8


def rule_of(place: Place) -> Verdict | None:
    """Entitlements, limits, prizes and thresholds."""
    verb = place.last("verb", place.clause)
    if verb and verb.roles["verb"] == "rule":
        return Verdict("rule", f"{place.stance.basis}; {verb.word}")
    each = _EACH.search(place.before) and _PRIZE_AFTER.match(place.after)
    limit = place.stance.basis == "document" and _LIMIT.search(place.before)
    prize = not place.line.basis and _PRIZE_BEFORE.search(place.before)
    condition = _CONDITION.match(place.before)
    if each or limit or prize or condition or "为宜" in place.after:
        return Verdict("rule", f"{place.stance.basis}; prize or limit")
    if place.mention.unit == "%" and _THRESHOLD.match(place.after):
        return Verdict("rule", f"{place.stance.basis}; threshold")
    return None


def standing_of(place: Place) -> Verdict | None:
    """How things stand: 现有, 仅, 下辖."""
    verb = place.last("verb", place.clause)
    if verb and verb.roles["verb"] == "standing":
        return Verdict("baseline", f"{place.stance.basis}; {verb.word}")
    return Verdict("baseline", "仅") if place.before.endswith("仅") else None
