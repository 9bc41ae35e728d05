"""What enters and what leaves from one report to the next, each with both passages."""

from pathlib import Path

import pandas as pd
import pytest

import policytext as pt
from handmade import reports
from policytext.years.renewal import NEW as NEW_COLUMNS
from policytext.years.renewal import renewal

OLD = "坚持“共同富裕”。今年经济增长目标为6%左右，新增就业20万人。" + "企业搬迁顺利。" * 30
NEW = (
    "落实“四个全面”，坚持“共同富裕”。今年经济增长目标为5%左右，粮食产量达到30万吨。"
    + "学校扩建顺利。" * 30
)


@pytest.fixture
def corpus(tmp_path: Path) -> pt.Corpus:
    return reports(
        tmp_path,
        ("甲县", "county", 2021, OLD),
        ("甲县", "county", 2022, NEW),
        ("乙县", "county", 2022, "修桥两座。"),
    )


def test_each_kind_enters_and_leaves(corpus: pt.Corpus) -> None:
    table = renewal(corpus, "甲县")
    changes = dict(zip(table["what"], table["change"], strict=True))
    assert changes["四个全面"] == "enters"
    assert changes["共同富裕"] == changes["GDP"] == "stays"
    assert (changes["粮食产量"], changes["城镇新增就业"]) == ("enters", "leaves")
    assert (changes["学校"], changes["企业"]) == ("rises", "falls")
    assert table.attrs == {"place": "甲县", "year": 2022, "earlier": 2021}


def test_both_passages_and_values_are_there(corpus: pt.Corpus) -> None:
    table = renewal(corpus, "甲县").set_index("what")
    growth = table.loc["GDP"]
    assert (growth["said_before"], growth["said_after"]) == ("6%", "5%")
    assert corpus.source("d1")[int(growth["start"]) : int(growth["end"])] == "5%"
    assert corpus.source("d0")[int(growth["earlier_start"]) : int(growth["earlier_end"])] == "6%"
    assert pd.isna(table.loc["四个全面", "earlier"])


def test_ratios_have_their_interval(corpus: pt.Corpus) -> None:
    school = renewal(corpus, "甲县").set_index("what").loc["学校"]
    assert (school["before"], school["after"]) == (0, 30)
    assert school["low"] < school["ratio"] < school["high"] == float("inf")


def test_a_report_may_have_all_that_was_said_before_and_more(tmp_path: Path) -> None:
    more = "坚持“共同富裕”。今年经济增长目标为6%左右，粮食产量达到30万吨。"
    texts = ("今年经济增长目标为6%左右。", more)
    two = reports(tmp_path, *(("甲县", "county", 2021 + at, text) for at, text in enumerate(texts)))
    table = renewal(two).set_index("what")["change"]
    assert table.to_dict() == {"共同富裕": "enters", "粮食产量": "enters", "GDP": "stays"}


def test_where_neither_report_has_anything_no_row_is_left(tmp_path: Path) -> None:
    two = reports(tmp_path, *(("甲县", "county", year, f"{year}年修桥。") for year in (2021, 2022)))
    table = renewal(two)
    assert list(table.columns) == NEW_COLUMNS and table.empty


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({}, "name one of 乙县, 甲县"),
        ({"place": "丙县"}, "no report of '丙县'"),
        ({"place": "甲县", "year": 2021}, "甲县: no report of 2020; there are those of 2021, 2022"),
        ({"place": "乙县"}, "no report of 2021"),
    ],
)
def test_what_is_missing_is_named(corpus: pt.Corpus, asked: dict, message: str) -> None:
    with pytest.raises(pt.SelectionError, match=message):
        renewal(corpus, **asked)
