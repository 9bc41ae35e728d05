"""Facts of targets: which of a report is its headline, what is doubtful, what a file may hold."""

from pathlib import Path

import pandas as pd
import pytest

import policytext as pt
from policytext.corpus.issues import CorpusError
from policytext.years import read_facts, target_facts
from policytext.years.facts import interval_of
from policytext.years.intervals import Interval

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


def given(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "superior_targets.csv"
    head = "place,parent,level,year,indicator,low,high,wording,date,source"
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    return path


def test_a_table_of_facts_is_read_by_its_wording(tmp_path: Path) -> None:
    path = given(
        tmp_path,
        "全国,,central,2024,GDP,5,5,5%左右,2024-03-05,report",
        "广东,全国,provincial,2024,地区生产总值,6,,力争6%以上,2024-01-23,report",
        "北京,,,2024,GDP,,,与全国同步,2024,report",
    )
    facts = read_facts(path)
    assert facts["place"].tolist() == ["全国", "广东省", "北京市"]
    assert [interval_of(row) for row in facts.to_dict("records")] == [
        Interval(5, 5, "≈"), Interval(6, 6, ">=", "strive"), None,
    ]  # fmt: skip


WRONG = [
    ("全国,,central,2024,GDP,five,5,,,", "row 2, low: 'five' cannot be used; write digits"),
    ("全国,,central,24,GDP,5,5,,,", "row 2, year: '24' cannot be used; write its four digits"),
    ("全国,,nation,2024,GDP,5,5,,,", "row 2, level: 'nation' cannot be used; write one of central"),
    ("全国,,central,2024,幸福,5,5,,,", "row 2, indicator: '幸福' cannot be used"),
    ("全国,,central,2024,GDP,6,5,,,", "row 2, low: '6' cannot be used; it is greater than high"),
    ("全国,,central,2024,GDP,5,5,,去年,", "row 2, date: '去年' cannot be used"),
    ("甲州,,,2024,GDP,5,5,,,", "row 2, place: '甲州' cannot be used; 甲州 is not among the places"),
    ("全国,,,2024,GDP,5,5,,,\n全国,,,2024,GDP,6,6,,,", "rows 2 and 3: two targets of 全国"),
]


@pytest.mark.parametrize(("row", "message"), WRONG)
def test_a_wrong_cell_is_named_with_its_row_and_a_fix(
    tmp_path: Path, row: str, message: str
) -> None:
    with pytest.raises(CorpusError, match=r"superior_targets\.csv") as error:
        read_facts(given(tmp_path, row))
    assert message in str(error.value)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = tmp_path / "targets.csv"
    path.write_text("place,year,indicator,low\n全国,2024,GDP,5\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="no column high; add it"):
        read_facts(path)
