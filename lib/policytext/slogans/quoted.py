"""Which quoted spans are slogans: not metaphors, roles, idioms, brands, events or awards.

Quotation marks are the backbone of finding, but about a third of what stands in them is something
else. A quoted span is judged by what it is, what stands before it and what stands behind it; the
first rule that has a say decides, and its name goes into the table.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from policytext.lexicon.lexicon import Lexicon
from policytext.slogans.document import Mention, SloganDocument, Words, cue_words, mention_at
from policytext.slogans.formulae import formula_index
from policytext.text.clean import HAN, wording

_LIMBS = re.compile(rf"[、，,;；]+|(?<={HAN})\s+(?={HAN})")
_SHOWN = re.compile(r"(?:举办|承办|推出|办好|上线|发布|播出|出版|冠名|演出|上演|参加)[了]?$")
_LONGEST = 60
_LONGEST_LIMB = 14
_LONG_POSITION = 7
_NUMERAL = "一二三四五六七八九十两双"
_RANKED = re.compile("百强|十强|第一|首批|国家级|^全国|^全省|^全市")
_DATED = re.compile(r"\d+[•·./-]\d+$")
_AMOUNT = re.compile(r"\d[\d.,]*(?:万|亿|%|％|元|平方|公里|天|分钟|个|家|人|条|米|年)|[百千万]亿")
_SCALE = re.compile(r"[百千万亿]|十[百千万]")
_OBJECT = re.compile(r"(?:企业|场所|单位|人员|工业|服务业|车辆|片区|小区|经费|村|户)$")
_SHORTHAND = re.compile(
    rf"""
    {HAN}{{1,2}}
    (?: [改转升退](?![造革善进型级])                   # one turned into another; not rebuilt
      | 上(?=[楼云市规]) )                             # up into the cloud, over a size
    (?:{HAN}{{1,2}})$
    """,
    re.VERBOSE,
)
# Who says a clause as a formula holds to it, or has it in mind; other clauses are reported speech.
_STANCE = re.compile(
    """
    (?: 坚持 | 践行 | 树立 | 树牢 | 倡导 | 秉持 | 秉承 | 按照 | 本着     # hold to
      | 弘扬 | 发扬 | 强化 | 深化 | 增强 | 永葆 | 保持                   # foster, keep
      | 实现 | 做到 | 确保 | 落实 | 推行 | 实行 | 实施                   # carry out
      | 推动 | 推进 | 打造 | 推广 | 开展 | 探索 | 创新                   # push on
      | 喊出 | 紧扣 | 围绕 | 以 | 让                                     # by it, around it
    )$
    """,
    re.VERBOSE,
)
_MIND = re.compile(
    "的.{0,3}(?:感|劲头?|志|勇气|魄力|定力|决心|信心|自觉|情怀|格局|局面|愿景|追求|胆识)"
)
_PERSON = re.compile("[你他她它]|我们|什么|公司|的$")
# 学有优教, 住有宜居: 幼有所育 and the rest with other verbs.
_PROVIDED = re.compile(rf"[幼学劳病老住弱]有(?!所){HAN}{{2}}$")
_METHOD = re.compile(
    rf"""
      先{HAN}{{1,4}}后{HAN}{{1,4}}$                        # first … then …
    | 以{HAN}{{1,3}}[招促带养换引]{HAN}{{1,3}}$            # by one to the other
    """,
    re.VERBOSE,
)
_CLAUSE = re.compile(
    r"就是|也是|不是|只有|没有|必须|不|要|就|有|让|无|必|先|为|从|看|聚|跟|找|干|争|敢|勇|比|创大"
)
_WORLD = re.compile(rf"(?:世界|全球|东方){HAN}{{2,3}}$")


PLAN = re.compile("十[一二三四五六]五(?![届运个名家])")


class Quote(NamedTuple):
    """A quoted span with what the rules look at."""

    text: str
    before: str
    after: str
    document: SloganDocument
    words: Words
    lexicon: Lexicon
    abbreviation: bool

    @property
    def limbs(self) -> list[str]:
        """The parts between commas."""
        return [limb for limb in _LIMBS.split(self.text) if limb]


class Verdict(NamedTuple):
    """What a rule says; ``core`` None means: no slogan at all."""

    core: bool | None
    types: tuple[str, ...]
    rule: str
    level: str | None = None
    evidence: str | None = None


_NO = Verdict(None, (), "not a slogan")
UNCLAIMED = Verdict(None, (), "no rule")


def judge(quote: Quote) -> Verdict:
    """The verdict of the first rule that has a say; what no rule claims is no slogan."""
    verdicts = (rule(quote) for rule in _RULES)
    return next((verdict for verdict in verdicts if verdict), UNCLAIMED)


def _no_formula(quote: Quote) -> Verdict | None:
    text = quote.text
    speech = re.search(r"[。！？!?]", text) or len(text) > _LONGEST
    return _NO if speech or len(wording(text)) < 2 else None


def _known(quote: Quote) -> Verdict | None:
    document = quote.document
    found = formula_index(quote.lexicon).known(quote.text, document.province, document.year)
    if found is None:
        return None
    return Verdict(found.core, found.types, "known formula", found.level, found.source)


def _plan(quote: Quote) -> Verdict | None:
    """十四五: a five-year plan that the lexicon need not know."""
    if PLAN.fullmatch(quote.text):
        return Verdict(True, ("numeral", "policy_name"), "five-year plan", "central")
    return None


def _common_word(quote: Quote) -> Verdict | None:
    words = quote.words
    return _NO if quote.text in words.never or quote.text in words.numeral_words else None


def _prize(quote: Quote) -> Verdict | None:
    """Won, shown or one of a number of things: a name, not a formula."""
    if quote.abbreviation:
        return None
    shown = quote.words.award.search(quote.before) or _SHOWN.search(quote.before)
    return _NO if shown or re.match(r"等\d+[个项条]", quote.after) else None


def _numeral(quote: Quote) -> Verdict | None:
    """五大新坐标, 七个一, 1+5+2; categories of objects and scales are extended."""
    if not quote.abbreviation:
        return None
    if _SCALE.match(quote.text):
        return Verdict(False, ("numeral",), "numeral of scale")
    if _OBJECT.search(quote.text) or (len(quote.text) == 2 and _OBJECT.match(quote.after[:2])):
        return Verdict(False, ("numeral",), "numeral category of objects")
    code = re.fullmatch(r"[\dNnXxMSV+\s]+", quote.text)
    return Verdict(True, ("code" if code else "numeral",), "quoted numeral")


def _name(quote: Quote) -> Verdict | None:
    """Names of events and products; a programme's name is extended."""
    words = quote.words
    if len(quote.limbs) > 1 and not words.event_after.match(quote.after):
        return None
    if words.event.search(quote.text) or words.event_after.match(quote.after):
        return _NO
    if words.product_after.match(quote.after) and not (_is_place_brand(quote) or _label(quote)):
        return _NO
    return None


def _targets(quote: Quote) -> Verdict | None:
    """Dates of accidents and lists of amounts."""
    return _NO if _DATED.match(quote.text) or len(_AMOUNT.findall(quote.text)) > 1 else None


def _plus(quote: Quote) -> Verdict | None:
    """互联网+政务服务: a recipe, extended; X+ alone is none."""
    if "+" not in quote.text and "-" not in quote.text and "—" not in quote.text:
        return None
    recipe = re.fullmatch(r"[^+]{2,}(?:\+[^+]{2,})+", quote.text)
    return Verdict(False, ("code",), "recipe A+B") if recipe else _NO


def _parallel(quote: Quote) -> Verdict | None:
    """Two or more limbs of about one length."""
    limbs = quote.limbs
    if len(limbs) < 2:
        return None
    lengths = [len(wording(limb)) for limb in limbs]
    if max(lengths) > min(_LONGEST_LIMB, 2 * min(lengths) + 2):
        return _NO
    types = {
        "parallel": True,
        "numeral": any(limb[0] in _NUMERAL for limb in limbs),
        "positioning": all(quote.words.position.search(limb) for limb in limbs),
        "place_brand": any(place in quote.text for place in quote.document.places),
    }
    return Verdict(True, tuple(name for name, held in types.items() if held), "quoted parallel")


def _is_place_brand(quote: Quote) -> bool:
    return any(
        quote.text.endswith(place) and quote.words.brand.match(quote.text.removesuffix(place))
        for place in quote.document.places
    )


def _place(quote: Quote) -> Verdict | None:
    """健康罗湖 is a brand; 罗湖模式 a template; an i罗湖 a service."""
    for place in quote.document.places:
        head, found, tail = quote.text.partition(place)
        if not found:
            continue
        if re.search(r"[A-Za-z]", quote.text):
            return _NO
        if not tail and quote.words.brand.match(head):
            return Verdict(True, ("place_brand",), "quoted place brand")
        if not head and quote.words.template.match(tail):
            return Verdict(False, ("place_brand",), "place with a template word")
        if len(quote.text) >= 5 and _CLAUSE.search(quote.text.replace(place, "")):
            return Verdict(True, ("place_brand", "saying"), "quoted saying with the place")
        if not tail and re.fullmatch(f"(?:{HAN}{{2}}){{1,3}}", head):
            return Verdict(True, ("place_brand",), "quoted place brand")
        if len(quote.text) > _LONG_POSITION and quote.words.aim.search(quote.text):
            return Verdict(True, ("positioning",), "quoted position")
        return Verdict(False, ("place_brand",), "quoted with the place's name")
    return None


def _label(quote: Quote) -> bool:
    """Ends in 先行区, 之城, 高地 and the like, or names itself 世界…, 全球…."""
    text = quote.text
    named = quote.words.position.search(text) or _WORLD.match(text)
    return bool(named) and len(text) >= 4 and not _RANKED.search(text)


def _position(quote: Quote) -> Verdict | None:
    return Verdict(True, ("positioning",), "quoted position") if _label(quote) else None


def _orientation(quote: Quote) -> Verdict | None:
    """What stands behind says: a spirit, idea, goal, strategy."""
    if len(quote.text) < 2 or not quote.words.orientation_after.match(quote.after):
        return None
    spirit = quote.after.startswith("精神")
    return Verdict(True, ("spirit",) if spirit else ("saying",), "before a word for an orientation")


def _saying(quote: Quote) -> Verdict | None:
    """A clause of five characters or more used like a name, or a method in four."""
    text = quote.text
    if _PROVIDED.match(text):
        return Verdict(True, ("borrowed_variant",), "substituted formula")
    if _METHOD.match(text):
        return Verdict(True, ("policy_name",), "quoted clause")
    held = _STANCE.search(quote.before) or _MIND.match(quote.after)
    if held and 5 <= len(text) <= 16 and _CLAUSE.search(text) and not _PERSON.search(text):
        return Verdict(True, ("saying",), "quoted clause")
    return None


def _doubled(quote: Quote) -> Verdict | None:
    """秒报秒批, 楼上创新楼下创业: halves that echo each other."""
    text = quote.text
    half = len(text) // 2
    same = sum(text[i] == text[i + half] for i in range(half))
    if len(text) in (4, 6, 8, 10, 12) and 3 * same >= half:
        return Verdict(True, ("parallel",), "halves that echo")
    return None


def _shorthand(quote: Quote) -> Verdict | None:
    """个转企, 瓶改管: a change of policy in three or four characters."""
    if _SHORTHAND.match(quote.text):
        return Verdict(True, ("policy_name",), "shorthand of a change")
    return None


def _programme(quote: Quote) -> Verdict | None:
    words = quote.words
    if words.programme.search(quote.text) or words.programme_after.match(quote.after):
        return Verdict(False, ("policy_name",), "programme name")
    return None


def _method(quote: Quote) -> Verdict | None:
    if len(quote.text) >= 4 and quote.words.method_after.match(quote.after):
        return Verdict(True, ("policy_name",), "before a word for a method")
    return None


_RULES: tuple[Callable[[Quote], Verdict | None], ...] = (
    _no_formula,
    _known,
    _plan,
    _common_word,
    _prize,
    _targets,
    _numeral,
    _plus,
    _name,
    _parallel,
    _place,
    _shorthand,
    _programme,
    _orientation,
    _position,
    _doubled,
    _saying,
    _method,
)

_NEIGHBOURS = re.compile(r"(?:[、和及]?“[^“”]*”)+")
_BETWEEN = ("”“", "”、“", "”和“", "”及“")
_ROWS = ("shorthand of a change", "known formula", "beside a like one", "substituted formula")


def quoted_mentions(document: SloganDocument, lexicon: Lexicon) -> Iterator[Mention]:
    """The slogans among the quoted spans of a document."""
    verdicts = [judge(_quote(document, *span, lexicon)) for span in document.quotes]
    for (start, end), verdict in zip(document.quotes, _in_rows(document, verdicts), strict=True):
        if verdict.core is not None:
            yield mention_at(
                document,
                (start, end),
                verdict.types,
                verdict.rule,
                core=verdict.core,
                basis="lexicon" if verdict.evidence else "sentence",
                level=verdict.level,
                level_basis="lexicon" if verdict.level else "unknown",
                level_evidence=verdict.evidence,
            )


def _in_rows(document: SloganDocument, verdicts: list[Verdict]) -> list[Verdict]:
    """In a row (“个转企”“小升规”“规做精”) what no rule claims is what its neighbour is."""
    settled, spans = list(verdicts), document.quotes
    pairs = [
        (first, first + 1)
        for first, (one, two) in enumerate(pairwise(spans))
        if one[1] - one[0] == two[1] - two[0] and document.text[one[1] : two[0]] in _BETWEEN
    ]
    for beside, own in [*pairs, *((own, beside) for beside, own in reversed(pairs))]:
        if settled[own] == UNCLAIMED and settled[beside].rule in _ROWS:
            settled[own] = settled[beside]._replace(rule="beside a like one", level=None)
    return settled


def _quote(document: SloganDocument, start: int, end: int, lexicon: Lexicon) -> Quote:
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
