"""What a report reviews: which years a number is of, and what the text says of its own goals."""

from pathlib import Path

import pandas as pd
import pytest

import policytext as pt
from made_cases import cases
from policytext.years.facts import outcome_facts
from policytext.years.outcomes import find_outcomes


def outcomes(folder: Path, *paragraphs: str) -> pd.DataFrame:
    """The outcomes of a made report of 2024."""
    (folder / "a.txt").write_text("\n".join(("政府工作报告", *paragraphs)), encoding="utf-8")
    header = "file,kind,date,place,level\na.txt,report,2024,某市,prefectural\n"
    (folder / "documents.csv").write_text(header, encoding="utf-8")
    return find_outcomes(pt.read_corpus(folder))


@pytest.mark.parametrize(("text", "expected"), cases("outcomes"))
def test_the_last_outcome_of_a_review(tmp_path: Path, text: str, expected: str) -> None:
    row = outcomes(tmp_path, "一、2023年工作回顾", text).iloc[-1]
    for column, wanted in (cell.split("=", 1) for cell in expected.split(";")):
        found = row[column]
        assert wanted == (
            "" if pd.isna(found) else f"{found:g}" if isinstance(found, float) else str(found)
        ), column


@pytest.mark.parametrize(
    ("told", "values"),
    [
        ("城镇登记失业率由3.9%降至3.1%", ["3.1%"]),
        ("居民消费价格涨幅从3.3%收窄到2.1%", ["2.1%"]),
        ("固定资产投资增速由去年的4%左右提高到11%", ["11%"]),
        ("2023年确定的地区生产总值增长9%的目标未能实现，实际增长7.4%", ["7.4%"]),
        ("全国生产总值增长6%，我市地区生产总值增长9%", ["9%"]),
        ("全市生产总值增长9%，全省生产总值5万亿元，增长7%", ["9%"]),
    ],
)
def test_neither_start_nor_goal_nor_another_place_is_an_outcome(
    tmp_path: Path, told: str, values: list[str]
) -> None:
    found = outcomes(tmp_path, "一、2023年工作回顾", told + "。").dropna(subset="value")
    assert found["text"].tolist() == values


@pytest.mark.parametrize(
    ("told", "price"),
    [
        ("社会消费品零售总额实际增长7.4%", "real"),
        ("零售总额增长9%的目标未能实现，社会消费品零售总额实际增长7.4%", None),
    ],
)
def test_behind_a_goal_the_word_for_real_is_no_price(
    tmp_path: Path, told: str, price: str | None
) -> None:
    found = outcomes(tmp_path, "一、2023年工作回顾", told + "。").dropna(subset="value")
    assert found["price"].tolist() == [price]


def test_offsets_give_the_passage(tmp_path: Path) -> None:
    text = "地区生产总值增长8.4%，高出预期目标0.4个百分点。"
    row = outcomes(tmp_path, "一、2023年工作回顾", text).iloc[0]
    source = (tmp_path / "a.txt").read_text(encoding="utf-8")
    assert source[row["start"] : row["end"]] == "8.4%"
    assert source[row["said_start"] : row["said_end"]] == "高出预期目标0.4个百分点"


@pytest.mark.parametrize(
    "plan",
    [
        "今年主要预期目标是：地区生产总值增长6%左右。",
        "确保实现地区生产总值年度目标。",
        "目标定为：地区生产总值比上年增长6%，居民消费价格指数102%。",
        "要超额完成固定资产投资年度目标。",
    ],
)
def test_what_is_planned_is_no_outcome(tmp_path: Path, plan: str) -> None:
    review = ("一、2023年工作回顾", "地区生产总值增长5%。")
    found = outcomes(tmp_path, *review, "二、2024年工作安排", plan)
    assert list(found["text"]) == ["5%"]


def test_last_year_in_the_chapter_that_plans_is_an_outcome(tmp_path: Path) -> None:
    plan = "今年意义重大。过去一年，成绩很大。地区生产总值增长7.1%，城镇新增就业2万人。"
    goal = "今年主要预期目标是：地区生产总值增长6%。"
    review = ("一、过去五年工作回顾", "五年来，地区生产总值年均增长8%。")
    found = outcomes(tmp_path, *review, "二、今年工作安排", plan, goal)
    of_a_year = found[found["span"] == "year"]
    assert list(of_a_year["text"]) == ["7.1%", "2万人"]


@pytest.mark.parametrize(
    ("told", "wording"),
    [
        ("地区生产总值增长5%左右", "5%左右"),
        ("城镇新增就业超过12万人", "超过12万人"),
        ("城镇登记失业率在3%以下", "3%以下"),
        ("地区生产总值增速达到5%", "5%"),  # says how much, and bounds nothing
        ("居民消费价格涨幅控制在2.6%", "2.6%"),
    ],
)
def test_a_fact_has_its_bound_beside_the_number(tmp_path: Path, told: str, wording: str) -> None:
    outcomes(tmp_path, "一、2023年工作回顾", told + "。")
    facts = outcome_facts(pt.read_corpus(tmp_path))
    assert facts["wording"].tolist() == [wording]


@pytest.mark.parametrize(
    ("between", "jobs"),
    [
        ("人民生活持续改善。", "several years"),
        ("2023年是极不平凡的一年，各项工作取得进展。", "year"),
    ],
)
def test_sums_below_a_paragraph_of_five_years_are_of_all_five(
    tmp_path: Path, between: str, jobs: str
) -> None:
    """Not levels, which are reached in the last of them."""
    review = ("一、工作回顾", "五年来，经济总量迈上新台阶。", between)
    told = "全市城镇新增就业30万人，全社会研发投入占地区生产总值比重达3.2%。"
    found = outcomes(tmp_path, *review, told).dropna(subset="value")
    assert found["span"].tolist() == [jobs, "year"]
