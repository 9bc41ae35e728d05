"""The grammar of Chinese numbers: `FORMS` says how they are written, `read_numeral` what they mean.

``NUMERAL`` is the expression of one number, made of the forms. A number is read as a value, as a
range (十七八), with a bound (20多万) or as vague (数十), which has no value.
"""

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from policytext.text.clean import fold

_DIGITS = "〇一二三四五六七八九"


def chinese(number: int) -> str:
    """A number below a hundred as 一, 十二, 二十.

    >>> [chinese(number) for number in (1, 10, 12, 20, 35)]
    ['一', '十', '十二', '二十', '三十五']
    """
    tens, ones = divmod(number, 10)
    if number >= 100:
        return str(number)
    ten = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return ten + (_DIGITS[ones] if ones or not tens else "")


# Variants of one sign: financial, traditional and spoken ones, each beside the plain one.
_VARIANTS = """
    零〇○ 一壹弌 二贰貳两兩俩倆弍 三叁參叄弎 四肆 五伍 六陆陸 七柒 八捌 九玖
    十拾 百佰 千仟 万萬 亿億 多余餘 几幾 点點 负負 .·
"""
_PLAIN = str.maketrans(
    {sign: signs[0] for signs in _VARIANTS.split() for sign in signs[1:]}
    | {"廿": "二十", "卅": "三十", "卌": "四十"}
    | dict.fromkeys(",、 ")
)
_DIGIT = {digit: n for n, digit in enumerate("零一二三四五六七八九")}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8, "兆": 10**12}
# What one character counts in dates and abbreviations: 三季度, 十四五, 双创.
UP_TO_TEN = _DIGIT | {"十": 10, "〇": 0, "两": 2, "双": 2}


def _and_variants(signs: str) -> str:
    """Plain signs with all their variants, for a class of characters."""
    return signs + "".join(chr(code) for code, to in _PLAIN.items() if to and to in signs)


_H, _L = _and_variants("".join(_DIGIT)), _and_variants("万亿兆")
_S, _T, _K = _and_variants("十百"), _and_variants("千"), "廿卅卌"
_MORE, _SOME = _and_variants("多"), _and_variants("几")
# Before a unit of its own 千 and 兆 are part of it: 19万千瓦 is 190,000 千瓦, 20兆瓦 20,000 kW.
_PREFIXED = "(?![瓦伏帕焦卡克米赫字比升])"
# 兆 is a million of something, but for 兆元: 千兆光网, 100兆宽带.
_M = (
    f"(?:[{_S}](?!分[点點位])|[{_T}]{_PREFIXED}|[{_L.replace('兆', '')}]"
    rf"|兆(?=[{_H}\d元美日韩,。;、)十]|$))"
)
# One of these alone is a word more often than a number: 陆地, 收拾, 队伍.
BANKER = "肆伍陆陸柒捌玖拾佰仟俩倆弌弍弎"
# 数 behind one of these is a noun: 人数, 总数.
_NO_COUNT = "人总户指倍系分件个次家位天岁度参函奇偶多少大半无点常变整小负基级段名房量篇字张"

_GAP = "[ ]{0,2}"
# The half of the place before: 1亿半; not 一千半导体, 三万半年.
_HALF = "半(?=元|[亩吨人户斤,。;、)]|$)"
# How numbers are written. Atomic and possessive throughout: a long run of digits or of 万 is read
# once and never reconsidered.
FORMS = {
    # 1,200.5, 1 200.5 and 1 2 0 0 . 5: blanks part three digits or all, before 万, 亿 or a unit
    "grouped": r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?",
    "spaced": (
        r"(?=\d{1,3}\.?[ ])(?<![\d.] )(?<!\d)(?:\d{1,3}(?:[ ]\d{3})+(?:\.\d+)?"
        r"|\d(?:[ ]\d)+(?:[ ]?\.(?:[ ]?\d)+)?"
        r"|\d{1,3}(?:[ ]\.[ ]?|\.[ ])\d+)"
        r"(?=[ ]?(?![年月日])[%‰\u4e00-\u9fff])"
    ),
    # 1200.5, 19·5%, 2点8亿; 9点30分 is a time
    "plain": r"\d+(?:\.\d+|[·点]\d+(?=[ ]?(?:[%‰万亿倍]|个百分点)))?",
    "below one": r"(?<![\w.])\.\d+",  # .5
    # 1e6, 10^6 and 10的6次方, behind one of these
    "power": r"(?:[eE][-+]?\d{1,3}(?![0-9A-Za-z_])|\^\d{1,2}|的\d{1,2}次方)?",
    # 万, 亿 with "some" before them, and what is smaller behind: 1.5万, 20多万, 1万2, 3亿零5,
    # 1亿半, 1万五六千
    "scale": rf"""
        (?> (?:{_GAP}(?:好?[{_SOME}]|[{_MORE}来])?{_GAP}{_M})+
            (?: {_GAP}[零〇]?
                (?: \d{{1,4}}(?![\d.,%年月日岁周])
                  | [{_H}]{{1,2}}(?={_M}|(?![{_H}])) | {_HALF} ) (?![年月日岁])
            )?
        )*+
    """,
    # 三、四十, 3、4百: two digits of one place, parted; 三、四季度 and 3、4万 are lists
    "either": rf"""
        (?: (?<!\d) (?<!\d、) (?: {"|".join(f"{n}、{n + 1}" for n in range(1, 9))} ) (?=[十百千])
          | 一、二 (?=[百千万亿])
          | (?: [两二]、三|三、四|四、五|五、六|六、七|七、八|八、九 )
            (?= [{_S}{_T}{_L}] | [个年天家名人条处所座万] )
        ) [{_S}{_T}{_L}]*
    """,
    # 数十, 几百, 几个亿; but 几个亿元级企业
    "vague": rf"""
        (?: [{_SOME}] | (?<![{_NO_COUNT}])数 )
        (?: (?={_M}) | 个(?=万?亿元?(?:[,。;、)的左以]|$)) )
    """,
    # 一千零五, 两万三, 十七八, 一百七八十: digits, multipliers, 零, 几 and 多 between them
    "Chinese": rf"""
        半?(?:[{_H}{_K}]|{_M})
        (?> {_GAP}(?:[{_MORE}{_SOME}来零〇]*|(?<=[百千])把(?=万)){_GAP}{_M}  # a multiplier
          | (?<=[{_S}{_T}{_L}{_K}零〇]){_GAP}[{_H}]             # a digit after a gap
          | [{_H}]
          | (?<=[{_S}{_K}])好?[{_SOME}](?![{_H}{_SOME}])         # 十几, 二十好几
          | (?<=[{_T}{_L}]){_HALF}                          # 一亿半
        )*+
    """,
    # 一点五亿, 十二点三; 两点 is a time
    "decimal": rf"""
        (?: {_GAP}[点點]{_GAP}(?![两兩俩倆])[{_H}](?>[{_H}])*+
            (?> {_GAP}[{_MORE}]?{_GAP}[百千]?[{_L}]{_PREFIXED} )*+ )?
    """,
}
_ARABIC = "(?:(?>{spaced}|{grouped}|{plain}|{below one}){power}{scale})".format(**FORMS)
_CHINESE = (
    rf"(?![{BANKER}](?![{_H}{_S}{_T}{_L}]))"  # alone it is a word, not a number
    "(?:(?:{vague})?(?:{Chinese}{decimal}))".format(**FORMS)
)
# Verbose in itself, so that it may stand in any other expression.
NUMERAL = f"(?x:(?>{FORMS['either']}|{_ARABIC}|{_CHINESE}))"
NUMERAL_START = rf"[\d.{_H}{_L}{_S}{_T}{_K}半]|[{_SOME}数](?=个?[{_S}{_T}{_L}])"

# More digits than a float holds.
_MAX_DIGITS = 300
_PARTS = re.compile(
    r"""
      (?P<arabic> (?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)? )
    | (?P<han> [零一二三四五六七八九]+ )
    | (?P<scale> [十百千万亿兆] )
    """,
    re.VERBOSE,
)
_ONE = "[零一二三四五六七八九]"
_DECIMAL = re.compile(f"(?P<ones>[^点]+)点(?P<decimals>{_ONE}+)(?P<scale>[十百千万亿兆]*)")
# Two digits of one place, the second the next one, or 三五: no more digits may touch.
_EITHER = re.compile(
    f"""
    (?<! {_ONE} | 点 )
    (?: 一二 | 二三 | 三二 | 三四 | 四五 | 五六 | 六七 | 七八 | 八九 | 三五 )
    (?! {_ONE} | 点 )
    """,
    re.VERBOSE,
)
_VAGUE = re.compile("[几数]个?(?=[十百千万亿兆])")
# Without a digit before it these are about as many: 百八十户.
_ROUGHLY = {"百八十": (80, 100), "千八百": (800, 1000), "万八千": (8000, 10000)}
_POWER = re.compile(r"(?<=\d)(?:\^|的)(\d+)(?:次方)?")


class Numeral(NamedTuple):
    """What a numeral means: a value, or both ends of a range, or a bound.

    ``bound`` is None, ``range`` (十七八: 17 to 18), ``>`` (20多万: more than 200,000), ``≈``
    (100来万) or ``vague`` (数十, 几百: no value).
    """

    value: Decimal | None
    value_max: Decimal | None = None
    bound: str | None = None


def read_numeral(numeral: str) -> Numeral | None:
    """What a numeral means, in whatever form it is written; None if it is no numeral.

    Values are decimal, so that 一点五七 is 1.57 and nothing near it.

    >>> float(read_numeral("一点五亿").value), float(read_numeral("1万2").value)
    (150000000.0, 12000.0)
    >>> [(float(n.value), n.value_max and float(n.value_max), n.bound)
    ...  for n in map(read_numeral, ("十七八", "一万六七千", "20多万", "十几万"))]
    [(17.0, 18.0, 'range'), (16000.0, 17000.0, 'range'), (200000.0, None, '>'), \
(100000.0, None, '>')]
    """
    return _read(_plain(fold(numeral)))


# 3、4百 counts as 三四百 does; 2点8亿 is 2.8亿.
_PARTED = re.compile(r"(?<!\d)([1-9])、([1-9])(?=[十百千万亿])")
_POINT = re.compile(r"(?<=\d)[点點](?=\d)")


def _plain(folded: str) -> str:
    """A numeral in plain signs, without what only parts its digits."""
    parted = _PARTED.sub(lambda match: chinese(int(match[1])) + chinese(int(match[2])), folded)
    return _POINT.sub(".", parted).translate(_PLAIN)


@lru_cache(maxsize=1 << 14)
def _read(plain: str) -> Numeral | None:
    if _VAGUE.match(plain):
        return Numeral(None, None, "vague")
    if plain in _ROUGHLY:
        low, high = map(Decimal, _ROUGHLY[plain])
        return Numeral(low, high, "range")
    exact = re.sub("[多几来好把]", "", plain)
    exact = re.sub("(?<=.)半$", "五", exact)  # of the next place, as the 五 of 一亿五
    if either := _EITHER.search(exact):
        first = exact[: either.start() + 1] + exact[either.end() :]
        second = exact[: either.start()] + exact[either.end() - 1 :]
        # 三两天 names the greater first.
        low, high = sorted(_value(end) or Decimal(0) for end in (first, second))
        return Numeral(low, high, "range")
    value = _value(exact)
    bound = None if exact == plain else "≈" if re.search("[来把]", plain) else ">"
    return None if value is None else Numeral(value, None, bound)


def value_of(numeral: str) -> float | None:
    """What a numeral is worth; of a range its low end, 多, 余, 几 are passed over.

    >>> [value_of(n) for n in ("4.7亿", "千亿", "2万多", "一千零五", "两千四百五", "二〇二一")]
    [470000000.0, 100000000000.0, 20000.0, 1005.0, 2450.0, 2021.0]
    """
    return folded_value(fold(numeral))


def folded_value(numeral: str) -> float | None:
    """`value_of` for text whose widths are folded already."""
    if numeral.isascii() and numeral.isdigit() and len(numeral) < _MAX_DIGITS:
        return float(numeral)
    read = _read(_plain(numeral))
    return None if read is None or read.value is None else float(read.value)


def _value(plain: str) -> Decimal | None:
    """The value of plain signs: 半, a fraction, or the sum of its places."""
    if "分之" in plain:
        below, _, above = plain.partition("分之")
        part, whole = _value(above), _value(below)
        return None if part is None or not whole else part / whole
    halved = plain.startswith("半")
    if plain == "半":
        return Decimal("0.5")
    if decimal := _DECIMAL.fullmatch(plain):
        return _decimal(decimal)
    power = _POWER.search(plain)
    plain = plain.replace(power[0], "") if power else plain
    value = _sum(plain[1:] if halved else plain)
    if value and power:  # nothing has no power: 0^0
        value = _finite(value ** int(power[1]))
    return value / 2 if value is not None and halved else value


def _decimal(match: re.Match[str]) -> Decimal | None:
    """一点五亿 and 一百二十点五: the decimals belong to the sum before them."""
    ones, scale = _sum(match["ones"]), _sum(match["scale"]) if match["scale"] else 1
    if ones is None or scale is None:
        return None
    return (ones + Decimal("0." + _digits(match["decimals"]))) * scale


def _digits(han: str) -> str:
    return "".join(str(_DIGIT[digit]) for digit in han)


def _sum(plain: str) -> Decimal | None:
    """Sum a numeral: ``total`` in 万 and 亿, ``section`` below them, ``number`` not yet scaled."""
    parts = list(_PARTS.finditer(plain[:_MAX_DIGITS]))
    if not parts or len(plain) > _MAX_DIGITS:
        return None
    total = section = Decimal(0)
    number: Decimal | None = None
    last = largest = Decimal(0)
    for part in parts:
        if not (sign := part["scale"]):
            number = _number(part)
        elif sign in _SMALL:
            last = Decimal(_SMALL[sign])
            # A multiplier without a digit counts one: 百二十 is 120.
            gap = plain.endswith("零", 0, part.start())  # and behind 零 alone: 一百零十
            section += (1 if number is None or gap else number) * last
            number = None
        else:
            last = Decimal(_LARGE[sign])
            named = number is not None or section
            pending = section + (number or 0)
            if last > largest and (total or named):
                total = (total + pending) * last
            elif named:
                total += pending * last
            else:
                total = (total or 1) * last
            section, number, largest = Decimal(0), None, max(largest, last)
    if number is not None:
        section += number * _place(parts, last)
    return _finite(total + section)


def _number(part: re.Match[str]) -> Decimal | None:
    try:
        if part["arabic"]:
            return Decimal(part["arabic"])
        return Decimal(_digits(part["han"]))
    except InvalidOperation:  # an exponent of hundreds of digits
        return None


def _place(parts: list[re.Match[str]], last: Decimal) -> Decimal:
    """两千四百五 is 2450 and 1万2 12,000; 一千零五 is 1005 and 3万4000 34,000."""
    digit = len(parts) > 1 and len(parts[-1][0]) == 1 and parts[-2]["scale"]
    return last / 10 if digit else Decimal(1)


def _finite(value: Decimal) -> Decimal | None:
    """Ten thousand 万 in a row are no number."""
    return value if value.is_finite() and value.adjusted() < _MAX_DIGITS else None
