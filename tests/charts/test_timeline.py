"""The line of time writes the words of the text, with the word that bounds a number."""

from pathlib import Path

import pytest

import policytext as pt
from policytext import charts


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("明年，全县生产总值增长6%以上。", "6%以上"),
        ("明年，全县生产总值增长6%左右。", "6%左右"),
        ("明年，全县能耗下降不低于5%。", "不低于5%"),
        ("明年，全县生产总值力争突破900亿元。", "突破 900亿元"),
    ],
)
def test_the_word_that_bounds_stands_beside_its_number(
    tmp_path: Path, sentence: str, words: str
) -> None:
    (tmp_path / "甲县.txt").write_text(sentence, encoding="utf-8")
    chart = charts.targets.timeline(pt.find_targets(pt.read_corpus(tmp_path)))
    assert chart is not None
    written = [text.get_text().replace("\n", " ") for text in chart.figure.axes[0].texts]
    assert any(text.endswith(words) for text in written)
    assert sum(words.split()[0] in text for text in written) == 1


@pytest.mark.parametrize(
    ("actors", "named"),
    [("甲乙", ["乙：GDP", "甲：GDP"]), ("甲甲", ["甲", "GDP", "GDP"])],
)
def test_actors_of_one_target_each_have_no_band(
    tmp_path: Path, actors: str, named: list[str]
) -> None:
    sentences = "明年，全县生产总值增长6%。明年，全县生产总值增长7%以上。"
    (tmp_path / "甲县.txt").write_text(sentences, encoding="utf-8")
    targets = pt.find_targets(pt.read_corpus(tmp_path)).assign(actor=list(actors))
    chart = charts.targets.timeline(targets)
    assert chart is not None
    written = [text.get_text() for text in chart.figure.axes[0].texts]
    assert [text for text in written if "%" not in text] == named
