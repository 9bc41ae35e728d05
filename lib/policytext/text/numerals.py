"""The value of numerals: Arabic, Chinese, mixed and full width, exact or with 多, 余, 几.

``NUMERAL`` is the expression of one number, and `value_of` reads it.
"""

import math
import re

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


_WRITTEN = "零〇 一壹 二贰貳两兩俩倆 三叁參 四肆 五伍 六陆陸 七柒 八捌 九玖"
_DIGIT = {digit: n for n, digits in enumerate(_WRITTEN.split()) for digit in digits}
# What one character counts in dates and abbreviations: 三季度, 十四五, 双创.
UP_TO_TEN = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2, "双": 2}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
_H, _L = "".join(_DIGIT), "".join(_LARGE)
# 千 before a unit of its own is part of that unit: 19万千瓦 is 190,000 千瓦.
_S = "(?:[十拾百佰]|[千仟](?![瓦伏帕焦卡克米]))"
_M = f"(?:{_S}|[{_L}])"
_DIGIT_OR_M = f"(?:[{_H}]|{_M})"
# One of these alone is a word more often than a number: 陆地, 收拾, 队伍.
BANKER = "肆伍陆陸柒捌玖拾佰仟俩倆"

# Atomic groups throughout: a long run of digits or of 万 is read once and never reconsidered.
_ARABIC = r"""
    (?: (?>\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?  # 1,200.5
      | (?<![\w.])\.\d+                              # .5
    )
    (?:[eE][-+]?\d{1,3}(?!\w))?                      # 1e6
"""
_GAP = "[ ]{0,2}"
_MIXED = rf"""
    {_ARABIC}
    (?> (?:{_GAP}[余多几幾]?{_GAP}{_M})+                 # multipliers, with "some" before them
        (?: {_GAP}零?                                   # what follows is smaller
            (?:\d{{1,4}}(?![\d.,%年月日])|[{_H}])(?![年月日])
        )?
    )*+
"""
_CHINESE = rf"""
    (?![{BANKER}](?![{_H}十百千万亿拾佰仟萬億兆]))          # alone it is a word, not a number
    半?{_DIGIT_OR_M}
    (?> {_GAP}[余多几幾零]*{_GAP}{_M}                    # a multiplier
      | (?<=[十拾百佰千仟{_L}零]){_GAP}[{_H}]            # a digit after a gap
      | [{_H}]
    )*+
    (?:{_GAP}[点點]{_GAP}(?![两兩俩])[{_H}](?>[{_H}])*+)?  # decimals
"""
# Verbose in itself, so that it may stand in any other expression.
NUMERAL = f"(?x:(?>{_MIXED}|{_CHINESE}))"
NUMERAL_START = rf"[\d.{_H}{_L}十百千拾佰仟半]"

# More digits than a float holds.
_MAX_DIGITS = 300
_FILLERS = re.compile("[ 余多几幾]")
_PARTS = re.compile(
    rf"""
    (\d[\d,]*(?:\.\d+)?(?:[eE][-+]?\d+)?|\.\d+)  # Arabic digits
    | ([{_H}])                                    # a Chinese digit
    | ([{"".join(_SMALL)}])                       # a multiplier up to a thousand
    | ([{_L}])                                    # a greater one
    """,
    re.VERBOSE,
)


def value_of(numeral: str) -> float | None:
    """What a numeral is worth; 多, 余, 几 and blanks are passed over. None if it is no numeral.

    >>> [value_of(n) for n in ("4.7亿", "千亿", "2万多", "一千零五", "两千四百五", "二〇二一")]
    [470000000.0, 100000000000.0, 20000.0, 1005.0, 2450.0, 2021.0]
    """
    return folded_value(fold(numeral))


def folded_value(numeral: str) -> float | None:
    """`value_of` for text whose widths are folded already."""
    if numeral.isascii() and numeral.isdigit() and len(numeral) < _MAX_DIGITS:
        return float(numeral)
    if numeral.isascii():
        return _read(numeral)
    if numeral == "半":
        return 0.5
    whole, _, decimals = _FILLERS.sub("", numeral).replace("點", "点").partition("点")
    if whole.startswith("半"):
        value = _read(whole[1:])
        return None if value is None else value / 2
    value = _read(whole)
    if decimals and value is not None:
        value += float("0." + "".join(str(_DIGIT.get(d, 0)) for d in decimals))
    return value


def _read(numeral: str) -> float | None:
    parts = _PARTS.findall(numeral)
    if not parts:
        return None
    if len(parts) > 1 and all(han for _, han, _, _ in parts):
        digits = "".join(str(_DIGIT[han]) for _, han, _, _ in parts)
        return float(digits) if len(digits) < _MAX_DIGITS else None
    return _add_up(parts)


def _add_up(parts: list[tuple[str, str, str, str]]) -> float | None:
    """Sum a numeral: ``total`` in 万 and 亿, ``section`` below them, ``number`` not yet scaled."""
    total = section = 0.0
    number: float | None = None
    last, largest, zero = 1.0, 0.0, False
    for arabic, han, small, large in parts:
        if arabic:
            number = float(arabic.replace(",", ""))
        elif han:
            digit = _DIGIT[han]
            zero = zero or digit == 0
            # A float: hundreds of digits make an int that no float holds, and an infinite float.
            number = float(digit) if not number else number * 10 + digit
            continue
        elif small:
            last = float(_SMALL[small])
            # A second multiplier in a row scales the first: 十百千 is no number, 五十千 is.
            section += (1 if number is None or (zero and number == 0) else number) * last
            number = None
        else:
            last = float(_LARGE[large])
            pending = section + (number or 0)
            if last > largest and (total or pending):
                total = (total + pending) * last
            elif pending:
                total += pending * last
            else:
                total = (total or 1) * last
            section, number, largest = 0.0, None, max(largest, last)
        zero = False
    if number is not None:
        # 两千四百五 is 2450, 一千零五 is 1005, 3万4000 is 34000.
        short = parts[-1][1] and not zero and number < 10 and last > 1
        section += number * last / 10 if short else number
    value = total + section
    # Ten thousand 万 in a row are no number.
    return value if math.isfinite(value) else None
