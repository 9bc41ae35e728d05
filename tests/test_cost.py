"""Nothing is quadratic: four times the text costs about four times the time, whatever its shape.

Shapes are what a reader and the finders look for, again and again; words never seen before in a
frame; marks that open for half of the text. ``make test`` tries some, ``make test-slow`` all.
"""

import random
import time
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

import policytext as pt
from hostile import FINDERS, TABLES, corpus_of, looked_for
from policytext.comparison import check_numerals
from policytext.corpus.locate import in_sentence
from policytext.evaluation import coding_sheet
from timing import seconds

# What grows with the square costs sixteen times as much for four times the text.
SHORT, TIMES, BOUND = 4000, 4, 8
# Seconds below which it is not the length that costs.
FLOOR = 0.02


class Shape(NamedTuple):
    """A way to make a text of any length."""

    kind: str
    unit: str
    start: str = ""


# Of these a finder once was quadratic.
ONCE_DEAR = [
    Shape("again", "“三个争先”：甲乙、"),
    Shape("again", "“五岛共兴”"),
    Shape("again", "“五岛共兴”\r\n、"),
    Shape("again", "1"),
    Shape("again", "1,"),
    Shape("again", "九万"),
    Shape("again", "“甲、"),
    Shape("again", "10、"),
    Shape("again", "年底前建成"),
    Shape("again", "打造甲乙高地、", "总体目标"),
    Shape("again", "甲乙丙、", "“三大甲乙”：甲乙丙。"),
    Shape("again", "\u3000", "甲"),
    Shape("again", " \n", "甲"),
    Shape("halves", "“六大赋能”。\n|一、甲赋能\n"),
    Shape("varied", "三大a：a、b和c。\n"),
    Shape("varied", "“六大a”。\n一、b\n"),
    Shape("varied", "“勇争先锋、a”"),
]
AGAIN = [
    *("一", "万", "1.", "1+", "1-", "百分之一", "甲", "甲乙、", "“", "”", "“甲", "甲”", "‘", '"'),
    *(
        "「甲",
        "《",
        "（",
        "(",
        "、",
        "，",
        "。",
        "：",
        "\n甲",
        "#",
        "第",
        "第一章\n",
        "一、甲\n",
    ),
    *(
        "名词解释\n",
        "[1]甲：乙。\n",
        "建设",
        "弘扬",
        "半",
        "翻一番",
        "一区五岛",
        "建设甲乙丙丁戊",
        "a@",
    ),
    *("5至", "2021", "2021-1-1", "王振勇、", "力争达到5%以上", "目标是高于全市，", "www.", "a.-"),
    *("—", "-", "甲，\r\n", "a1+", "三个、", "市委提出“", "增长5%", "，增长5%"),
]
VARIED = [
    *(
        "“a”",
        "“a、b”",
        "“a、b、c”，",
        "“三大a”：a、b、c。",
        "“三大ab”。",
        "一、ab\n",
        "a、",
        "三个a、",
    ),
    *("打造a高地、", "“a”b。\n", "“ab”ab，", "建设“a”之城，", "市委提出“a、b”，", "a增长5%，"),
]
HALVES = ["“|”", "“‘|’”", "（|）", "“（|）”", "《|》", "“甲|乙”", "“a|a”"]
SHAPES = [
    *ONCE_DEAR,
    *(Shape("again", unit) for unit in AGAIN),
    *(Shape("varied", unit) for unit in VARIED),
    *(Shape("halves", unit) for unit in HALVES),
    *(Shape("table", table) for table in TABLES),
]


def made(shape: Shape, length: int) -> str:
    """A text of this shape, about as long."""
    if shape.kind == "varied":
        return "".join(varied(shape.unit, length))
    if shape.kind == "halves":
        each = length // len(shape.unit)
        return "".join(half * each for half in shape.unit.split("|"))
    unit = "".join(looked_for(shape.unit)) if shape.kind == "table" else shape.unit
    return shape.start + (unit * (length // len(unit) + 1))[:length]


def varied(frame: str, length: int) -> Iterator[str]:
    """The frame again and again, its letters replaced by words that did not occur before."""
    for number in range(0, 3 * length // len(frame), 3):
        words = {ord(letter): word(number + at) for at, letter in enumerate("abc")}
        yield frame.translate(words)


def word(number: int) -> str:
    """A made word of two characters, another for each number."""
    return chr(0x4E00 + number * 7919 % 20000) + chr(0x4E00 + number * 104729 % 20000)


def import_text(text: str, folder: Path) -> None:
    """Through the cleaning of a file."""
    begin = Path(folder / f"{time.monotonic_ns()}")
    (begin / "in").mkdir(parents=True)
    (begin / "in" / "a.txt").write_text(text, encoding="utf-8", newline="")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pt.CorpusWarning)
        try:
            pt.import_files(begin / "in", begin / "out")
        except pt.CorpusError:
            return


def steps(text: str, folder: Path) -> dict[str, Callable[[], object]]:
    """All that is done with a text, from the file to what is found."""
    corpus = corpus_of(folder, [text])
    slogans = pt.find_slogans(corpus)
    works: dict[str, Callable[[], object]] = {
        "import": partial(import_text, text, folder),
        "read": partial(corpus_of, folder, [text]),
        "check_numerals": partial(check_numerals, slogans, corpus),
        "concordance": partial(pt.concordance, corpus, spans=slogans),
        "search": partial(pt.concordance, corpus, "甲"),
        "coding_sheet": partial(coding_sheet, corpus, 10),
        "in_sentence": partial(in_sentence, slogans, corpus),
    }
    return works | {find.__name__: partial(find, corpus) for find in FINDERS}


def too_dear(shape: Shape, folder: Path) -> dict[str, float]:
    """The steps that seem to cost more than four times the length explains, with the factor."""
    short, long = (steps(made(shape, length), folder) for length in (SHORT, TIMES * SHORT))
    factors = {name: seconds(long[name]) / max(seconds(short[name]), FLOOR) for name in short}
    return {name: round(factor, 1) for name, factor in factors.items() if factor > BOUND}


def always_too_dear(shape: Shape, folder: Path) -> set[str]:
    """What is too dear each time that it is measured: a pause of the machine passes."""
    dear = set(too_dear(shape, folder))
    for _ in range(4 if dear else 0):
        dear &= set(too_dear(shape, folder))
    return dear


def check_cost(shape: Shape, folder: Path) -> None:
    assert not always_too_dear(shape, folder)


def test_what_is_quadratic_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def find_pairs(corpus: pt.Corpus) -> int:
        letters = corpus.source("d0")[::6]
        return sum(one == other for one in letters for other in letters)

    monkeypatch.setitem(globals(), "FINDERS", [find_pairs])
    assert always_too_dear(Shape("again", "甲乙"), tmp_path) == {"find_pairs"}


@pytest.mark.parametrize(
    "shape", [*ONCE_DEAR, *random.Random(0).sample(SHAPES[len(ONCE_DEAR) :], 6)]
)
def test_four_times_the_text_costs_about_four_times(tmp_path: Path, shape: Shape) -> None:
    check_cost(shape, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_any_shape_costs_about_four_times(tmp_path: Path, shape: Shape) -> None:
    check_cost(shape, tmp_path)
