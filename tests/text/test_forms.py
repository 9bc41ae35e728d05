"""Any number spelt in any form is read back, as a value, a range or a bound; a word is none."""

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policytext.numbers.mentions import find_mentions
from policytext.text.numerals import NUMERAL, read_numeral

PLAIN, FINANCIAL = "零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
PLACES, FINANCIAL_PLACES = ("", "十", "百", "千"), ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")
WHOLE = st.integers(min_value=0, max_value=10**16 - 1)


def han(value: int, digits: str = PLAIN, places: tuple[str, ...] = PLACES) -> str:
    """A number in Chinese: groups of four places, 零 for what is left out."""
    if not value:
        return digits[0]
    spelt = ""
    for power in range(3, -1, -1):
        group = value // 10 ** (4 * power) % 10**4
        if not group:
            continue
        gap = digits[0] if spelt and (group < 1000 or spelt.endswith(digits[0])) else ""
        spelt += gap + _group(group, digits, places) + GROUPS[power]
    # 万亿 and 亿 side by side are one sum: 三万零五亿.
    return re.sub("万亿(?=.+(?<!万)亿)", "万", spelt)


def _group(group: int, digits: str, places: tuple[str, ...]) -> str:
    spelt, gap = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit:
            spelt += (digits[0] if gap and spelt else "") + digits[digit] + places[place]
        gap = not digit
    return spelt


def read(numeral: str) -> Decimal | None:
    assert re.fullmatch(NUMERAL, numeral), numeral
    found = read_numeral(numeral)
    return found and found.value


@given(WHOLE)
def test_whole_numbers(value: int) -> None:
    spelt = {str(value), f"{value:,}", han(value)}
    # One financial digit alone is a word: 陆地, 队伍.
    spelt |= {han(value, FINANCIAL, FINANCIAL_PLACES)} if value > 9 else set()
    assert {read(numeral) for numeral in spelt} == {value}
    wide = str(value).translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"})
    found = read_numeral(wide)
    assert found and found.value == value


@given(st.integers(1, 9999), st.sampled_from(["万", "亿", "万亿"]), st.integers(0, 99))
def test_decimals_before_a_magnitude(ones: int, scale: str, hundredths: int) -> None:
    value = (ones + Decimal(hundredths) / 100) * {"万": 10**4, "亿": 10**8, "万亿": 10**12}[scale]
    decimals = f"{hundredths:02}"
    assert {read(f"{ones}.{decimals}{scale}"), read(f"{ones}点{decimals}{scale}")} == {value}
    spoken = "".join(PLAIN[int(digit)] for digit in decimals)
    assert read(f"{han(ones)}点{spoken}{scale}") == value


@given(st.integers(1, 9), st.sampled_from(["百", "千", "万", "亿"]), st.integers(1, 9))
def test_a_digit_alone_is_of_the_next_place(first: int, scale: str, next_one: int) -> None:
    size = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}[scale]
    value = first * size + next_one * size // 10
    assert read(f"{first}{scale}{next_one}") == value
    assert read(f"{PLAIN[first]}{scale}{PLAIN[next_one]}") == value


@given(
    st.integers(1, 8), st.integers(0, 9), st.sampled_from(["十", "百", "千", "万", "十万", "亿"])
)
def test_digits_side_by_side_are_a_range(low: int, above: int, scale: str) -> None:
    size = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "亿": 10**8}[scale]
    leads = above and scale in ("十", "百", "千")
    larger = PLAIN[above] + "百千万"["十百千".index(scale)] if leads else ""
    base = above * size * 10 if leads else 0
    both = (base + low * size, base + (low + 1) * size, "range")
    spelt = [f"{larger}{PLAIN[low]}{PLAIN[low + 1]}{scale}"]
    spelt += [f"{above}{larger[1:]}{PLAIN[low]}{PLAIN[low + 1]}{scale}"] if leads else []
    spelt += [f"{low}、{low + 1}{scale}"] if not leads and scale[0] in "十百千" else []
    for numeral in spelt:
        assert re.fullmatch(NUMERAL, numeral), numeral
        assert read_numeral(numeral) == both


@given(WHOLE.filter(lambda value: value >= 10**4), st.sampled_from([4, 8]))
def test_arabic_before_a_magnitude_and_chinese_behind_it(value: int, power: int) -> None:
    above, below = divmod(value, 10**power)
    gap = "零" if below and below < 10 ** (power - 1) else ""
    spelt = f"{above}{ {4: '万', 8: '亿'}[power] }{gap}{han(below) if below else ''}"
    assert read(spelt) == value


@given(st.integers(1, 999), st.sampled_from(["千", "万", "亿"]))
def test_half_of_the_place_before(ones: int, scale: str) -> None:
    size = {"千": 1000, "万": 10**4, "亿": 10**8}[scale]
    first = ones % 9 + 1 if scale == "千" else ones
    assert {read(f"{first}{scale}半"), read(f"{han(first)}{scale}半")} == {first * size + size // 2}


@given(st.integers(1, 9), st.integers(1, 8), st.sampled_from("千万亿"))
def test_a_range_of_the_next_place_is_left_without_it(first: int, low: int, scale: str) -> None:
    size = {"千": 1000, "万": 10**4, "亿": 10**8}[scale]
    both = [first * size + digit * size // 10 for digit in (low, low + 1)]
    for ones in (str(first), PLAIN[first]):
        numeral = f"{ones}{scale}{PLAIN[low]}{PLAIN[low + 1]}"
        assert re.fullmatch(NUMERAL, numeral), numeral
        assert read_numeral(numeral) == (*both, "range")


@given(st.integers(1, 99), st.sampled_from(["多", "余", "好几"]), st.sampled_from(["万", "亿"]))
def test_bounded_from_below(tens: int, more: str, scale: str) -> None:
    size = {"万": 10**4, "亿": 10**8}[scale]
    for numeral in (f"{10 * tens}{more}{scale}", f"{han(10 * tens)}{more}{scale}"):
        assert read_numeral(numeral) == (10 * tens * size, None, ">")


@given(st.integers(1, 99), st.sampled_from(["万", "亿"]))
def test_about_as_much(tens: int, scale: str) -> None:
    size = {"万": 10**4, "亿": 10**8}[scale]
    for numeral in (f"{10 * tens}来{scale}", f"{han(10 * tens)}来{scale}"):
        assert read_numeral(numeral) == (10 * tens * size, None, "≈")


@given(WHOLE.filter(lambda value: value < 10**8), st.lists(st.booleans(), min_size=8, max_size=8))
def test_widths_may_be_mixed(value: int, wide: list[bool]) -> None:
    digits = zip(str(value), wide, strict=False)
    spelt = "".join(chr(ord(digit) + 0xFEE0) if full else digit for digit, full in digits)
    found = read_numeral(f"{spelt}万")
    assert found and found.value == value * 10**4


@settings(deadline=None)  # the first example builds the pattern of all units
@given(st.integers(1, 9999), st.sampled_from(["", "半", "多"]), st.sampled_from(["亿", "万"]))
def test_a_classifier_before_a_magnitude(ones: int, half: str, scale: str) -> None:
    (found,) = find_mentions(f"{ones}个{half}{scale}元。")
    size = {"万": 10**4, "亿": 10**8}[scale]
    assert found.value == (ones + (0.5 if half == "半" else 0)) * size
    assert (found.unit, found.more) == ("元", "多" if half == "多" else None)


@given(st.integers(2, 99), st.integers(2, 9))
def test_powers(base: int, exponent: int) -> None:
    assert {read(f"{base}^{exponent}"), read(f"{base}的{exponent}次方")} == {base**exponent}


@given(st.sampled_from("几数"), st.sampled_from(["十", "百", "千", "万", "十万", "百亿"]))
def test_vague_numbers_have_no_value(word: str, scale: str) -> None:
    assert read_numeral(word + scale) == (None, None, "vague")


@given(st.integers(1, 99), st.integers(2, 99))
def test_fractions(part: int, whole: int) -> None:
    found = read_numeral(f"{han(whole)}分之{han(part)}")
    assert found and found.value == Decimal(part) / whole


@pytest.mark.parametrize("word", ["海洋", "点", "分之", "多", "几", "数", "余", "", "。", "个亿里"])
def test_what_is_no_form_is_not_read(word: str) -> None:
    assert not re.fullmatch(NUMERAL, word)


@given(st.text("一二三四五六七八九十百千万亿点零多几半两0123456789.,^ ", max_size=24))
def test_reading_never_fails(text: str) -> None:
    for match in re.finditer(NUMERAL, text):
        found = read_numeral(match[0])
        assert found is None or found.value is None or found.value.is_finite()
