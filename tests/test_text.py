"""Widths, column breaks, sentence ends: what each trap of a printed page does."""

import pytest

from policytext import text as tx


def cut(passage: str) -> list[str]:
    return [passage[a:b] for a, b in tx.sentences(passage)]


def test_folding_keeps_length_and_leaves_ideographic_marks() -> None:
    wide = "２０２１年　ＧＤＰ，８％、。“"
    assert tx.fold(wide) == "2021年 GDP,8%、。“"
    assert len(tx.fold(wide)) == len(wide)


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("先破。后立！再问？完", ["先破。", "后立！", "再问？", "完"]),
        ("喊出“先破。后立”的口号。好。", ["喊出“先破。后立”的口号。", "好。"]),
        ("他说，“跑一次。”大家笑了。", ["他说，“跑一次。”", "大家笑了。"]),
        ("按照“加油干！”的要求办。", ["按照“加油干！”的要求办。"]),
        ("便民一件事”改革。打响品牌。", ["便民一件事”改革。", "打响品牌。"]),
        ("抓“牛鼻子工作。稳住。抓“大项目”。", ["抓“牛鼻子工作。", "稳住。", "抓“大项目”。"]),
        ("（见附件。）下一句……好。", ["（见附件。）下一句……", "好。"]),
    ],
)
def test_sentences_end_at_stops_but_not_inside_quotation_marks(
    passage: str, expected: list[str]
) -> None:
    assert cut(passage) == expected


def test_a_line_cut_in_mid_sentence_runs_on_and_a_heading_does_not() -> None:
    text = "推进改革，打造高\n\n地。\n\n一、稳中求进，提质增效\n\n全年增长。"
    assert [tx.clean(text[a:b]) for a, b in tx.paragraphs(text)] == [
        "推进改革，打造高地。",
        "一、稳中求进，提质增效",
        "全年增长。",
    ]


def test_half_pairs_pair_with_nothing() -> None:
    text = "一件事”改革，“大综合、一体化”，打造“高地"
    assert [text[a:b] for a, b in tx.pairs(text)] == ["“大综合、一体化”"]
