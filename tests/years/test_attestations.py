"""Where a formula stands and where its words are part of others."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import policytext as pt
from handmade import reports
from policytext.years.attestations import attestations, by_year
from policytext.years.repetition import repetition


@pytest.mark.parametrize(
    ("form", "text", "stands"),
    [
        ("新发展理念", "全县贯彻新发展理念。", True),
        ("新发展理念", "全县树立创新发展理念。", False),
        ("新发展理念", "企业更新发展理念。", False),
        ("三个代表", "学习“三个代表”重要思想。", True),
        ("三个代表", "会议分成三个代表团讨论。", False),
        ("中国梦", "共圆中国梦。", True),
        ("中国梦", "心怀中国梦想。", False),
        ("四个全面", "落实四个“全面”的布局。", True),
        ("科教兴国、人才强国", "实施科教兴国和人才强国战略。", True),
        ("改革开放", "在改革、开放、搞活的条件下。", True),
        ("三农", "分为一、二、三，农业在后。", False),
        ("一带一路", "先通一带，一路随后通车。", False),
        ("十一五", "编制二十一五号文件。", False),
        ("八五", "一九八五年通车。", False),
        ("八五", "“八五”计划完成，八五期间通车。", True),
        ("脱贫攻坚", "打赢脱贫攻坚战。", True),
        ("双控", "完善能源消费双控制度。", True),
        ("六稳六保", "做好“六稳”、“六保”工作。", True),
        ("五保", "关心五保户的生活。", True),
        ("四化", "为四化建设出力。", True),
        ("三通", "第三通过税收调节。", False),
        ("三公", "乡道延长三公里。", False),
    ],
)
def test_a_longer_word_wins(tmp_path: Path, form: str, text: str, stands: bool) -> None:
    found = attestations(reports(tmp_path, ("甲县", "county", "2022", text)), [form])
    assert (len(found) > 0) == stands


def test_two_digits_count_from_the_year_of_its_first_quotation(tmp_path: Path) -> None:
    corpus = reports(
        tmp_path,
        ("甲县", "county", "2001", "写好三篇文章，抓好八七工作。"),
        ("甲县", "county", "2002", "抓好“八七”工作。"),
        ("甲县", "county", "2003", "八七工作不放松。"),
    )
    found = attestations(corpus, ["八七"])
    assert found[["year", "quoted"]].to_numpy().tolist() == [[2002, True], [2003, False]]
    assert [corpus.source(row.doc)[row.start : row.end] for row in found.itertuples()] == [
        "八七"
    ] * 2


def test_a_count_is_another_one_before_its_year(tmp_path: Path) -> None:
    corpus = reports(
        tmp_path,
        ("全国", "central", "2001", "胸怀“两个大局”，东西部共同发展。"),
        ("全国", "central", "2022", "胸怀“两个大局”，做好自己的事。"),
    )
    found = attestations(corpus, ["两个大局"])
    assert found["form"].tolist() == ["两个大局（2019年以前）", "两个大局"]


def test_a_count_that_is_tried_out_before_its_year_is_the_same(tmp_path: Path) -> None:
    corpus = reports(
        tmp_path,
        ("甲县", "county", "2004", "编制“十一五”规划。"),
        ("甲县", "county", "2006", "落实“十一五”规划。"),
    )
    assert attestations(corpus, ["十一五"])["form"].tolist() == ["十一五", "十一五"]


def test_a_copied_sentence_is_told_from_a_long_name(tmp_path: Path) -> None:
    name = "习近平新时代中国特色社会主义思想"
    copied = f"我们坚持用{name}凝心铸魂、指导实践。"
    corpus = reports(
        tmp_path,
        ("甲县", "county", "2020", copied),
        ("甲县", "county", "2021", f"修桥三座。{copied}"),
        ("甲县", "county", "2022", f"干部学习{name}。"),
    )
    assert attestations(corpus, [name])["copied"].tolist() == [False, True, False]


def test_a_part_of_a_longer_formula_says_so(tmp_path: Path) -> None:
    corpus = reports(tmp_path, ("甲县", "county", "2022", "坚持稳字当头、稳中求进。"))
    found = attestations(corpus, ["稳中求进", "稳字当头、稳中求进"]).set_index("form")
    assert found["inside"].fillna("").to_dict() == {
        "稳字当头、稳中求进": "",
        "稳中求进": "稳字当头、稳中求进",
    }


def test_counts_by_year_begin_with_the_first_mention(tmp_path: Path) -> None:
    text = "坚持“共同富裕”。推进共同富裕。"
    (row,) = by_year(
        attestations(reports(tmp_path, ("甲县", "county", "2022", text)), ["共同富裕"])
    ).itertuples()
    assert (row.mentions, row.quoted, row.copied, row.doc) == (2, 1, 0, "d0")
    assert text[row.start : row.end] == "共同富裕"


@pytest.mark.parametrize("forms", ["共同富裕", [], ["，"]])
def test_no_formula_is_an_error_that_says_what_to_write(tmp_path: Path, forms: object) -> None:
    with pytest.raises(pt.SelectionError, match="write"):
        attestations(reports(tmp_path, ("甲县", "county", "2022", "好。")), forms)  # type: ignore[arg-type]


def test_texts_without_a_year_are_named_and_left_out(corpus: pt.Corpus) -> None:
    undated = replace(corpus, documents=corpus.documents.assign(date=None, year=None))
    found = attestations(undated, ["共同富裕"])
    assert found.empty
    assert found.attrs["notes"][0].startswith("8 documents without place or year")
    assert repetition(undated).empty


def test_homonyms_keep_the_names_that_the_finder_gives_them(tmp_path: Path) -> None:
    corpus = reports(
        tmp_path,
        ("甲县", "county", "2021", "实施“三大行动”：治水行动、造林行动、清洁行动。"),
        ("乙县", "county", "2021", "实施“三大行动”：招商行动、育才行动、减负行动。"),
    )
    assert attestations(corpus, ["三大行动"])["form"].tolist() == [
        "三大行动（甲县）",
        "三大行动（乙县）",
    ]


def test_a_variant_stands_with_the_characters_that_differ(tmp_path: Path) -> None:
    corpus = reports(tmp_path, ("甲县", "county", "2021", "坚持稳中快进。"))
    cells = {"doc": "d0", "start": 2, "end": 6, "text": "稳中快进", "canonical": "稳中求进"}
    slogans = pd.DataFrame([cells | {"core": True, "echo": "variant", "quoted": "none"}])
    (row,) = attestations(corpus, ["稳中求进"], slogans).itertuples()
    assert (row.form, row.text, row.differs) == ("稳中求进", "稳中快进", "求→快")


def test_one_document_that_is_left_out_is_one(tmp_path: Path) -> None:
    corpus = reports(tmp_path, ("甲县", "county", 2021, "修桥。"), ("", "", 2022, "修路。"))
    assert attestations(corpus).attrs["notes"][-1] == (
        "1 document without place or year is left out: d1"
    )
