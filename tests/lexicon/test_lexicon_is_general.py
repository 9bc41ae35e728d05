"""Nothing that only the page says is in the lexicon or the code: it would not hold elsewhere."""

from pathlib import Path

import pandas as pd
import pytest

import policytext as pt
from attestation import (
    ENOUGH,
    Texts,
    attestation,
    code_words,
    is_combined,
    known_otherwise,
    members,
    on_the_page,
    stored,
)


def test_every_word_of_lexicon_and_code_that_the_page_has_was_counted_elsewhere() -> None:
    """Where this fails: python tests/attestation.py SHARED, and look at the rows of count 0."""
    assert sorted(set(on_the_page(code_words())) - set(stored()["word"])) == []


def test_no_word_is_known_from_the_page_alone() -> None:
    table = stored()
    alone = table[table["documents"].eq(0) & table["combined"].eq("")]
    assert sorted(set(alone["word"]) - known_otherwise(pt.default_lexicon())) == []


def test_the_counts_are_those_of_the_texts(shared: Path) -> None:
    pd.testing.assert_frame_equal(attestation(shared), stored())


def test_no_formula_is_of_a_prefecture_or_below() -> None:
    formulae = pt.default_lexicon()["formulae"]
    assert set(formulae["level"]) == {"central", "provincial"}
    assert formulae["source"].str.len().gt(0).all() and formulae["year"].str.len().eq(4).all()


@pytest.mark.parametrize(
    ("expression", "wordings"),
    [
        ("建成|建设", {"建成", "建设"}),
        ("勇?争先", {"勇争先", "争先"}),
        ("(?:科|文)[技化]兴海(?!域)", {"科技兴海", "科化兴海", "文技兴海", "文化兴海"}),
        (r"每[首人]?[^,]{0,2}$", {"每首", "每人"}),
        ("(?x) 建成 | 投用  # completed, in use", {"建成", "投用"}),
    ],
)
def test_an_expression_is_read_as_the_words_that_it_matches(
    expression: str, wordings: set[str]
) -> None:
    found = {"".join(member).replace("\0", "") for member in members(expression)}
    assert wordings <= found


def test_a_word_put_together_is_told_from_one_spelled_out() -> None:
    other = Texts(["科技强国。", "人才兴海。", "开新局。"])
    assert is_combined("人才强国", [members("(?:科技|人才)(?:强国|兴海)")], other)
    assert not is_combined("勇争先", [members("开新局|勇争先")], other)
    assert not is_combined("开局", [members("开新?局"), members("开(?:新局|局)")], other)


def test_counting_stops_where_it_is_enough() -> None:
    texts = Texts(["推进 “三个\n争先”，争先。"] * (ENOUGH + 1))
    assert texts.count("争先") == ENOUGH
    assert texts.count("三个争先”、争先") == 0
    assert texts.count("三个争先、争先", formula=True) == ENOUGH
