"""Facts of targets: which of a report is its headline, what is doubtful, what a file may hold."""

from pathlib import Path

import pandas as pd
import pytest

import policytext as pt
from policytext.years import outcome_facts, target_facts

HEAD = "政府工作报告\n一、上年工作回顾\n{review}\n二、今年工作安排\n{plan}\n"
PLAN = "今年主要预期目标是：{goals}。"


def facts_of(tmp_path: Path, *reports: tuple[str, str, str, str]) -> pd.DataFrame:
    """The facts of invented reports: place, level, year, goals."""
    rows = [
        {"doc": f"r{n}", "place": place, "level": level, "date": year, "kind": "report",
         "text": HEAD.format(review="全市生产总值增长9.1%。", plan=PLAN.format(goals=goals))}
        for n, (place, level, year, goals) in enumerate(reports)
    ]  # fmt: skip
    pd.DataFrame(rows).to_csv(tmp_path / "reports.csv", index=False)
    return target_facts(pt.read_corpus(tmp_path / "reports.csv"))


HEADLINES = [
    # goals, indicator, low, high, comparator, role of each of its facts
    ("地区生产总值增长6%左右", "GDP", 6, 6, "≈", ["headline"]),
    ("地区生产总值增长6%以上", "GDP", 6, None, ">=", ["headline"]),
    ("地区生产总值增长5%至6%", "GDP", 5, 6, "range", ["headline"]),
    ("地区生产总值增长6%以上，力争达到7%", "GDP", 6, None, ">=", ["headline", "stretch"]),
    ("地区生产总值力争增长7%，确保增长6%", "GDP", 6, 6, "=", ["stretch", "headline"]),
    ("居民消费价格涨幅3%以内", "居民消费价格指数", None, 3, "<=", ["headline"]),
    ("居民消费价格指数控制在103%左右", "居民消费价格指数", 3, 3, "≈", ["headline"]),
    ("居民收入增长与经济增长同步", "居民人均可支配收入", None, None, "", ["headline"]),
]


@pytest.mark.parametrize(("goals", "name", "low", "high", "comparator", "roles"), HEADLINES)
def test_the_headline_of_a_report(
    tmp_path: Path, goals: str, name: str, low: float, high: float, comparator: str, roles: list
) -> None:
    facts = facts_of(tmp_path, ("甲市", "prefectural", "2023", goals))
    facts = facts[facts["indicator_name"] == name]
    assert sorted(facts["role"]) == sorted(roles)
    row = facts[facts["role"] == "headline"].iloc[0]
    assert [None if pd.isna(row[end]) else row[end] for end in ("low", "high")] == [low, high]
    assert row["comparator"] == comparator


def test_a_report_in_which_nothing_is_found_has_a_row(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, ("浙江省", "provincial", "2023", "稳中求进"))
    assert facts[["place", "parent", "year", "role"]].values.tolist() == [
        ["浙江省", "全国", 2023, "none"]
    ]


def test_of_two_districts_of_one_name_the_one_of_the_corpus_is_meant(tmp_path: Path) -> None:
    goals, others = "地区生产总值增长6%", "地区生产总值增长7%"
    facts = facts_of(
        tmp_path, ("龙华区", "county", "2023", goals), ("罗湖区", "county", "2023", others)
    )
    assert set(facts["parent"]) == {"深圳市"}
    alone = facts_of(tmp_path, ("龙华区", "county", "2023", goals))
    assert "海口市龙华区" in alone["flag"][0]
    assert alone["role"].tolist() == ["headline"]


def test_an_implausible_number_is_flagged_and_no_headline(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, ("甲市", "prefectural", "2023", "地区生产总值增长60%"))
    assert facts["role"].tolist() == ["other"]
    assert facts["flag"][0].startswith("implausible; 甲市 is not among the places")


@pytest.mark.parametrize(
    ("year", "goals", "end"),
    [
        ("2006", "“十一五”时期要加快发展，今后五年地区生产总值年均增长7%", "2010-12-31"),
        ("2011", "“十二五”规划提出，今后5年地区生产总值年均增长7%", "2015-12-31"),
        ("2006", "今后五年地区生产总值年均增长7%", "2011-12-31"),  # which five is not said
        ("2007", "“十一五”规划提出，今后五年地区生产总值年均增长7%", "2012-12-31"),
    ],
)
def test_five_years_are_those_of_the_plan_that_is_named(
    tmp_path: Path, year: str, goals: str, end: str
) -> None:
    facts = facts_of(tmp_path, ("浙江省", "provincial", year, goals))
    assert facts[["role", "horizon_end"]].values.tolist() == [["plan", end]]


def test_what_a_date_rests_on_is_said(tmp_path: Path) -> None:
    text = "政府工作报告\n——2023年1月12日\n" + PLAN.format(goals="地区生产总值增长6%")
    rows = [{"doc": "a", "place": "浙江省", "level": "provincial", "date": "2023", "text": text}]
    pd.DataFrame(rows).to_csv(tmp_path / "reports.csv", index=False)
    facts = target_facts(pt.read_corpus(tmp_path / "reports.csv"))
    assert facts[["date", "date_basis"]].values.tolist() == [["2023-01-12", "head of the text"]]


def test_without_a_place_and_a_year_it_is_said_what_is_missing(tmp_path: Path) -> None:
    pd.DataFrame([{"doc": "a", "text": "地区生产总值增长6%。"}]).to_csv(tmp_path / "a.csv")
    corpus = pt.read_corpus(tmp_path / "a.csv")
    for table in (target_facts(corpus), outcome_facts(corpus)):
        assert table.empty and "no document has a place" in table.attrs["missing"]
