"""What each way of writing a number says: how a match of the scan becomes a mention."""

import re
from collections.abc import Callable
from typing import NamedTuple

from policytext.numerals import folded_value

_EITHER = re.compile("[一二两三四五六七八九]{2}[十百千万亿]*")


class Mention(NamedTuple):
    """One numeric mention in a folded text without breaks.

    ``form`` is the way it is written: identifier, plan, date, ordinal, percentage, fraction,
    number, zero, breakthrough, fold, marker or word. ``value`` has 万 and 亿 multiplied out;
    ``more`` is the 多, 余 or 几 inside the span; ``unit`` is as printed.
    """

    start: int
    end: int
    num_start: int
    num_end: int
    form: str
    value: float | None = None
    value_max: float | None = None
    unit: str | None = None
    more: str | None = None


def as_is(match: re.Match[str]) -> Mention:
    """A mention whose form alone is known: a date, an identifier, a word."""
    return Mention(*match.span(), *match.span(), match.lastgroup or "")


def _number(match: re.Match[str]) -> Mention:
    if match["part"] or match["part2"] or match["under"]:
        return _fraction(match)
    first, second = folded_value(match["n1"]), None
    unit, more = match["u2"], match["more"] or match["more2"]
    num_end = match.end("n1")
    if match["n2"]:
        first, second = _range(match["n1"], match["n2"])
        num_end = match.end("n2")
    elif _EITHER.fullmatch(match["n1"]):
        first, second = _either(match["n1"], first, unit)
    if match["sign"] and first is not None:
        first = -first
    if unit:
        unit = unit.strip()
        if unit[0] == "成":
            first, unit = _tenths(first, unit), "成"
    return Mention(*match.span(), match.start(), num_end, "number", first, second, unit, more)


def _either(
    numeral: str, value: float | None, unit: str | None
) -> tuple[float | None, float | None]:
    """二三十 is 20 to 30, 七八个 7 to 8; 二三 without a unit is no number of things."""
    scale = folded_value("一" + numeral[2:]) or 1
    low, high = folded_value(numeral[0]) or 0, folded_value(numeral[1]) or 0
    close = high - low in (1, 2) and (unit or len(numeral) > 2)
    return (low * scale, high * scale) if close else (value, None)


def _tenths(value: float | None, unit: str) -> float | None:
    """七成六 is 7.6 tenths, 三成半 3.5."""
    rest = unit[1:].strip()
    tail = 0.5 if rest == "半" else (folded_value(rest) or 0) / 10 if rest else 0
    return None if value is None else value + tail


def _range(low: str, high: str) -> tuple[float | None, float | None]:
    """Both ends; 万 or 亿 after the second end holds for the first: 10-20万."""
    first, second = folded_value(low), folded_value(high)
    scale = re.search("[万亿]+$", high)
    if scale and first is not None and not re.search("[万亿]", low):
        first *= folded_value("1" + scale[0]) or 1
    return first, second


def _ordinal(match: re.Match[str]) -> Mention:
    group = "nth"
    return Mention(
        *match.span(),
        match.start(),
        match.end(group),
        "ordinal",
        folded_value(match[group]),
        None,
        match["what"],
    )


def _first(match: re.Match[str]) -> Mention:
    return Mention(
        *match.span(), match.start(), match.start() + 1, "ordinal", 1, None, match["what1"]
    )


_SCALES = {"百": 1, "佰": 1, "千": 0.1, "仟": 0.1, "万": 0.01, "萬": 0.01}


def _percentage(match: re.Match[str]) -> Mention:
    scale = _SCALES[match["of"]] * (1000 if match["kilo"] else 1)
    low, high = (folded_value(match[name] or "") for name in ("p1", "p2"))
    if high is None and _EITHER.fullmatch(match["p1"]):
        low, high = _either(match["p1"], low, "%")
    first = None if low is None else low * scale
    second = None if high is None else high * scale
    return Mention(*match.span(), *match.span(), "percentage", first, second, "%")


def _fraction(match: re.Match[str]) -> Mention:
    """Part over whole, with whole ones before it; two signs make none."""
    ones, part, whole = 0.0, match["part"], match["n1"]
    if match["part2"]:
        ones, part, whole = folded_value(match["n1"]) or 0, match["part2"], match["whole"]
    elif match["over"]:
        ones, part, whole = folded_value(match["n1"]) or 0, match["over"], match["under"]
    elif match["under"]:
        part, whole = match["n1"], match["under"]
    above, below = folded_value(part), folded_value(whole)
    value = ones + above / below if below and above is not None else None
    if value is not None and match["sign"] and not re.search("[负負]", match[0][1:]):
        value = -value
    return Mention(*match.span(), *match.span(), "fraction", value)


def _fold(match: re.Match[str]) -> Mention:
    """翻一番 is twice, 翻两番 four times; 翻番 and 翻倍 are twice."""
    times = match["times"]
    count = folded_value(times[0]) or 1
    value = 2.0**count if times.endswith("番") else count + (0 if times[0] != "倍" else 1)
    return Mention(*match.span(), *match.span(), "fold", value, None, "倍")


def _breakthrough(match: re.Match[str]) -> Mention:
    return Mention(*match.span(), match.start(), match.start() + 1, "breakthrough", 1)


def _zero(match: re.Match[str]) -> Mention:
    return Mention(*match.span(), match.start(), match.start() + 1, "zero", 0)


READERS: dict[str, Callable[[re.Match[str]], Mention]] = {
    "number": _number,
    "ordinal": _ordinal,
    "first": _first,
    "percentage": _percentage,
    "fold": _fold,
    "breakthrough": _breakthrough,
    "zero": _zero,
}
