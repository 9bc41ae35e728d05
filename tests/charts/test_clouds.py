"""A word cloud shows the words that are surely more frequent, each as large as its log ratio."""

from collections.abc import Iterator, Sequence
from itertools import product

import pandas as pd
import pytest
from matplotlib.colors import same_color
from matplotlib.text import Annotation

from drawings import SMALLEST, faults
from policytext.charts.page import INK
from policytext.charts.saving import Chart
from policytext.charts.terms import PALE, clouds

ATTRS = {
    "target": "甲区", "reference": "rest", "measure": "g2", "correction": "tarone-holm",
    "alpha": 0.05, "words_tested": 9, "alpha0": 100, "min_count": 5,
}  # fmt: skip
COLUMNS = ["target", "term", "log_ratio", "lrc", "f1", "f2", "score", "null_score", "n1", "n2"]
ROWS = [
    ("甲区", "海洋", 6.0, 2.0, 12, 0, 30.0, 4.0),
    ("甲区", "产业链", 4.0, 1.0, 9, 1, 20.0, 1.0),
    ("甲区", "码头", 2.0, 0.5, 12, 3, 15.0, 18.0),
    ("甲区", "发展", 0.5, 0.0, 9, 9, 3.0, 1.0),
    ("乙县", "改革", 6.0, 2.0, 12, 0, 30.0, 4.0),
    ("丙市", "建设", 0.9, 0.0, 8, 6, 2.0, 1.0),
]


def keys(rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    table = pd.DataFrame([(*row, 1000, 1000) for row in rows], columns=COLUMNS)
    table.attrs = ATTRS
    return table


def drawn(chart: Chart | None, width: str = "170 mm") -> Iterator[Annotation]:
    assert chart is not None
    for ax in chart.drawn(width).axes:
        yield from (text for text in ax.texts if isinstance(text, Annotation))


def test_words_above_zero_are_text_as_large_as_their_log_ratio() -> None:
    chart = clouds(keys(ROWS))
    sizes = {text.get_text(): float(text.get_fontsize()) for text in drawn(chart)}
    assert list(sizes) == ["海洋", "产业链", "码头", "改革"]
    assert sizes["海洋"] == sizes["改革"] > sizes["码头"] >= SMALLEST
    assert sizes["产业链"] == pytest.approx((sizes["海洋"] + sizes["码头"]) / 2, abs=0.5)
    assert chart is not None and "Groups without such a word: 1." in chart.caption_en


def test_a_word_of_one_passage_is_lighter() -> None:
    pale = [
        text.get_text() for text in drawn(clouds(keys(ROWS))) if same_color(_colour(text), PALE)
    ]
    assert pale == ["码头"]
    assert all(same_color(_colour(t), INK) for t in drawn(clouds(keys(ROWS[:2]))))


def _colour(text: Annotation) -> str:
    return str(text.get_color())


@pytest.mark.parametrize("width", ["170 mm", "85 mm"])
def test_many_long_words_all_find_room(width: str) -> None:
    """Most are among the largest, which then are smaller; a seventh group is not drawn."""
    words = ["".join(pair) for pair in product(("海洋", "数字化", "现代服务业"), "区县市镇乡")]
    rows = [
        (f"第{group}组", word, 6 - number % 3, 1.0, 9, 0, 30.0 - number, 4.0)
        for group in range(1, 8 if width == "170 mm" else 3)
        for number, word in enumerate(words)
    ]
    chart = clouds(keys(rows))
    assert len(list(drawn(chart, width))) == len(words) * (6 if width == "170 mm" else 2)
    assert chart is not None and not list(faults(chart.drawn(width)))


def test_no_word_no_cloud_and_one_word_one() -> None:
    assert clouds(keys(ROWS[-1:])) is None and clouds(keys([])) is None
    assert [text.get_text() for text in drawn(clouds(keys(ROWS[:1])))] == ["海洋"]
