"""What nouns of a row have in common: a head, a modifier, the measure of a class."""

import re

from policytext.lexicon.lexicon import Expressions
from policytext.numbers.context import Reading
from policytext.numbers.predicates import NOTHING, known_names, separators
from policytext.numbers.sizes import SIZE_CLASS
from policytext.text.clean import Span
from policytext.text.numerals import NUMERAL

# 国家级 of 国家级企业8家、省级30家
GRADE = re.compile("[\u4e00-\u9fff]{1,3}级(?:及?以上)?")
# 集体收益80万元以上的村: what is measured, the limit and what is of that size
_CLASS = re.compile(
    rf"""
    (?P<whose> [\u4e00-\u9fff]*? )                                # what is measured
    [超过]? {NUMERAL} [万亿]* [元亩人户]? {SIZE_CLASS}?            # the limit
    (?P<head> 的? .+ )                                            # what is of that size
    """,
    re.VERBOSE,
)


def items_of(text: str, start: int, end: int) -> list[Span]:
    """The items of a list of nouns."""
    return between(separators(text, start, end), start, end)


def between(marks: list[Span], start: int, end: int) -> list[Span]:
    """What stands before, between and behind the marks of a list."""
    return list(zip([start, *(b for _, b in marks)], [*(a for a, _ in marks), end], strict=True))


def graded_head(text: str, noun: Span, above: Span) -> Span | None:
    """The head that a grade alone shares with the noun before: 省级企业8家、市级30家."""
    grade = GRADE.match(text, *above)
    alone = GRADE.fullmatch(text, *noun) is not None
    return (grade.end(), above[1]) if alone and grade and grade.end() < above[1] else None


def shared_modifier(reading: Reading, noun: Span, above: Span) -> Span:
    """What a known name shares with the noun before: 粮食播种面积630万亩、产量52亿斤."""
    names, (text, start) = known_names(reading.lexicon), (reading.text, above[0])
    # One character is no word: not the 进 of 进口额 before 出口额.
    spans = ((start, end) for end in range(above[1] - 1, start + 1, -1))
    return next((one for one in spans if text[slice(*one)] + text[slice(*noun)] in names), NOTHING)


def owner(reading: Reading, noun: Span, above: Span, counts: bool) -> Span:
    """Whose a bare measure is: 肉牛饲养量12万头、年出栏5万头, 项目50个、总投资150亿元."""
    words, text = reading.expressions, reading.text
    if not words["{bare measure}"].fullmatch(text, *noun):
        return NOTHING
    measure = words["{measured noun}$"].search(text[slice(*above)], 1)
    if measure:
        return above[0], above[0] + measure.start()
    return above if counts else NOTHING


def measure_of_sector(words: Expressions, text: str, above: Span) -> Span:
    """What is measured of two sectors: 汽车制造营收增长9%、生物医药增长6%."""
    measure = words["{measured noun}$"].search(text[slice(*above)], 1)
    end = above[0] + measure.start() if measure else above[0]
    sector = words["{HAN}*{names a sector}"].fullmatch(text, above[0], end)
    return (end, above[1]) if sector else NOTHING


def shared_head(reading: Reading, one: Span, last: Span, spread: bool) -> Span:
    """The head that an item shares with the last one: 城镇 and 农村居民人均可支配收入.

    It makes a known name; or, where 分别 deals the items out, it follows what they are alike in
    (高中、初中入学率) or whose it is (个人、小微企业贷款额度), or is what is measured of both.
    """
    names, words = known_names(reading.lexicon), reading.expressions
    item, text = reading.text[slice(*one)], reading.text[slice(*last)]
    at = next((at for at in range(1, len(text)) if item + text[at:] in names), None)
    if at is None and spread and (item in names or words["{ends a measure}$"].search(item)):
        share = text.find("占") if "占" not in item else -1
        at = share if share > 0 else None  # 工业投资、技改投资占固定资产投资比重
    elif at is None and spread and item[-1] != text[-1]:
        place, who = words["{kind of place}"], words["{HAN}{0,5}?{who has a measure}"]
        own = (place.match(text) if place.fullmatch(item) else None) or who.match(text)
        measure = words["{measured noun}$"].search(text, 1)
        alike = 0 if own else text.find(item[-1], 1) + 1
        ends = [own.end() if own else alike, measure.start() if measure else 0]
        at = next((end for end in ends if 0 < end < len(text) - 1), None)
    return NOTHING if at is None else (last[0] + at, last[1])


def class_modifier(text: str, noun: Span, above: Span) -> Span | None:
    """What is measured of two classes: 收益80万元以上的村30个、40万元以上的村50个."""
    first, one = _CLASS.fullmatch(text, *above), _CLASS.fullmatch(text, *noun)
    if first is None or one is None or one["whose"] or first["head"] != one["head"]:
        return None
    return first.span("whose") if first["whose"] else None
