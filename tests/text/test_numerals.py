"""Numerals are worth what a reader says they are worth, and reading them stays linear."""

import json
import math
from collections.abc import Container, Iterator
from pathlib import Path

import pandas as pd
import pytest

import policytext as pt
from made_cases import cases
from policytext.numbers.mentions import Mention, find_mentions
from policytext.text.clean import fold
from policytext.text.numerals import value_of
from timing import seconds

MODELS = {
    "Number/Chinese/NumberModel.json": None,
    "Number/Chinese/PercentModel.json": ("%", "‰", "成"),
    "NumberWithUnit/Chinese/CurrencyModel.json": "money",
}
# Cases that are not read as the case has it, by their place in the file, and why not.
KNOWN = pd.read_csv(Path(__file__).parents[1] / "cases" / "numbers-known-failures.csv")
# Kinds of case that contradict the coding guide: 折 is a price and 百分点 is not %.
NOT_A_SHARE = ("折", "百分点", "百分點")
# What a value is multiplied with to compare: tenths with percentages, dozens with counts.
SCALE = {"成": 10, "打": 12}


@pytest.mark.parametrize(("numeral", "value"), cases("numerals"))
def test_value(numeral: str, value: str) -> None:
    assert value_of(numeral) == pytest.approx(float(value))


def test_what_is_no_numeral_has_no_value() -> None:
    assert value_of("海洋") is None


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("增长6.5-7%", [("6.5-7%", 6.5, 7.0)]),
        ("10-20万元", [("10-20万元", 100000, 200000)]),
        ("三成以上", [("三成", 3, None)]),
        ("成为三成立", [("三", 3, None)]),
        ("百分之二点五", [("百分之二点五", 2.5, None)]),
        ("千分之三", [("千分之三", 0.3, None)]),
        ("百分之七八", [("百分之七八", 7, 8)]),
        ("百分之二三十", [("百分之二三十", 20, 30)]),
        ("千分之二三", [("千分之二三", 0.2, 0.3)]),
        ("百分之二一", [("百分之二一", 21, None)]),
        ("五分之一", [("五分之一", 0.2, None)]),
        ("产值翻两番", [("翻两番", 4, None)]),
        ("二三十个", [("二三十个", 20, 30)]),
        ("减负582亿元", [("582亿元", 5.82e10, None)]),
        ("负三十二", [("负三十二", -32, None)]),
        ("新增供电19万千瓦", [("19万千瓦", 190000, None)]),
        ("15周年", [("15周年", 15, None)]),
        ("2000元人民币", [("2000元人民币", 2000, None)]),
        ("单项冠军零突破", [("零突破", 1, None)]),
        ("十四五", [("十四五", None, None)]),
        ("2023年底", [("2023年底", None, None)]),
    ],
)
def test_mention(text: str, mentions: list[tuple[str, float | None, float | None]]) -> None:
    found = [(text[m.start : m.end], m.value, m.value_max) for m in find_mentions(text)]
    assert found == [
        (passage, *(end if end is None else pytest.approx(end) for end in (value, top)))
        for passage, value, top in mentions
    ]


@pytest.mark.parametrize("name", MODELS)
def test_public_number_cases(shared: Path, name: str) -> None:
    """Every case has the numbers of its file and no others, or is known to fail, and does."""
    path = shared / "specs" / "recognizers-text" / name
    cases = dict(enumerate(json.loads(path.read_text(encoding="utf-8"))))
    asked = {at: case for at, case in cases.items() if not _is_no_share(case["Input"])}
    assert len(asked) > len(cases) / 2
    failed = [at for at, case in asked.items() if not _agrees(case, MODELS[name])]
    assert failed == KNOWN.loc[KNOWN["model"] == path.stem, "case"].tolist()


def _is_no_share(text: str) -> bool:
    return any(word in text.replace(" ", "") for word in NOT_A_SHARE)


def _agrees(case: dict, units: Container[str | None] | str | None) -> bool:
    """Whether the numbers of the kind asked for are the case's, all of them and no more."""
    if units == "money":
        table = pt.default_lexicon()["units"]
        units = set(table.loc[table["dimension"] == "money", "unit"])
    wanted = [float(value.rstrip("%")) for value in _values(case["Results"])]
    found = _numbers(fold(case["Input"].replace(" ", "")))
    values = [_scaled(m) for m in found if units is None or m.unit in units]
    return len(values) == len(wanted) and all(
        math.isclose(v, w, rel_tol=1e-6, abs_tol=1e-9) for v, w in zip(values, wanted, strict=True)
    )


def _numbers(text: str) -> list[Mention]:
    """Mentions with a value, without what is a word and no number: 一切, 万 alone."""
    words = pt.default_lexicon().words("numeral_words", "word")
    valued = [m for m in find_mentions(text) if m.value is not None]
    return [m for m in valued if not _is_word(m, text, words)]


def _is_word(mention: Mention, text: str, words: frozenset[str]) -> bool:
    if mention.unit is None and not text[mention.start : mention.end].strip("万萬亿億"):
        return True
    short = mention.num_end - mention.start == 1
    return short and any(text[mention.start : mention.start + n] in words for n in (2, 3))


def _values(results: list[dict]) -> Iterator[str]:
    for result in results:
        value = (result["Resolution"] or {}).get("value")
        if value is not None:
            yield value


def _scaled(mention: Mention) -> float:
    return (mention.value or 0) * SCALE.get(mention.unit or "", 1)


@pytest.mark.parametrize(
    "piece",
    ["9", "万", "一", "1,", "1.", "3-", "百分之", "零", "第", "2021年", "“一", "10、", "五分之"],
)
def test_reading_is_linear(piece: str) -> None:
    """Ten times the text takes about ten times as long, whatever is repeated."""

    def cost(times: int) -> float:
        return seconds(lambda: list(find_mentions(piece * times)), times=2)

    assert cost(20000) < 40 * max(cost(2000), 0.001)
