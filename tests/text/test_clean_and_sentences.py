"""Widths, column breaks, sentence ends: what each trap of a printed page does."""

import pytest

from policytext import text as tx


def cut(passage: str) -> list[str]:
    return [passage[a:b] for a, b in tx.sentences(passage)]


def test_folding_keeps_length_and_leaves_ideographic_marks() -> None:
    wide = "２０２１年　ＧＤＰ，８％、。“"
    assert tx.fold(wide) == "2021年 GDP,8%、。“"
    assert len(tx.fold(wide)) == len(wide)


@pytest.mark.parametrize("times", [1, 100])
def test_folding_puts_characters_in_place_of_radicals(times: int) -> None:
    printed = "⼯⽅⼀⽣⻓⺠⼾⻔⾧金更８"
    assert tx.fold(printed * times) == "工方一生长民户门長金更8" * times
    assert tx.standard(printed * times) == "工方一生长民户门長金更８" * times


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("大力弘扬“敢为\n人先、敢\n\n闯敢试”的精神", ["大力弘扬“敢为人先、敢闯敢试”的精神"]),
        ("大力弘扬“敢为\n全年增长", ["大力弘扬“敢为", "全年增长"]),
        ("大力弘扬“敢为\n抓好“三件大事”", ["大力弘扬“敢为", "抓好“三件大事”"]),
        ("一、大力弘扬“敢为\n人先”", ["一、大力弘扬“敢为", "人先”"]),
    ],
)
def test_a_line_that_leaves_a_quotation_open_runs_on_to_where_it_closes(
    text: str, expected: list[str]
) -> None:
    assert [tx.clean(text[a:b]) for a, b in tx.paragraphs(text)] == expected


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


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("海洋经\n\n\u3000\u3000济", "海洋经济"),  # an indented line behind a blank one
        ("海洋经\r\n济\r乡", "海洋经济乡"),
        ("海洋\u00a0\n\u2003经济", "海洋经济"),  # blanks of every kind beside a line end
        ("海\f洋\v经\u2028济\u2029乡\x85镇", "海洋经济乡镇"),  # page, soft and separator line ends
        ("smart\ncity", "smart city"),
        ("smart \r\n city的", "smart city的"),
        ("M\n2增长13\n.6%", "M2增长13.6%"),  # an index, a numeral cut in two
        ("20\n25年", "2025年"),
        ("\n海洋\n", "海洋"),
        (" 海 洋\u3000", " 海 洋\u3000"),  # blanks without a line end are printed
        ("ＧＤＰ８％，\u200b\u00ad\ufeff\x00", "ＧＤＰ８％，\u200b\u00ad\ufeff\x00"),
        ("⼀⺠豈ｶ\u0301\U00020000", "⼀⺠豈ｶ\u0301\U00020000"),
        ("", ""),
    ],
)
def test_cleaning_takes_out_breaks_and_nothing_else(passage: str, expected: str) -> None:
    assert tx.clean(passage) == expected


def test_every_piece_is_where_it_says() -> None:
    passage = "甲\r\n乙 \n\u3000丙 丁\n"
    for at, piece in tx.pieces(passage):
        assert passage[at : at + len(piece)] == piece


def test_what_stands_around_a_span_is_the_stretch() -> None:
    source = "甲。 smart\ncity，乙\n丙。"
    for start in range(3, len(source)):
        for end in range(start + 1, len(source) + 1):
            parts = tx.around(source, (3, len(source)), (start, end))
            assert "".join(parts) == "smart city，乙丙。"
