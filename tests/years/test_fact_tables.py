"""Tables of facts given as files: what they may hold, and how a wrong cell is named."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from policytext.corpus.days import last_year
from policytext.corpus.issues import CorpusError
from policytext.years import read_facts, read_outcomes
from policytext.years.facts import interval_of
from policytext.years.intervals import Interval

TARGET = {
    "place": "广东", "parent": "", "level": "", "year": "2024", "indicator": "GDP", "low": "5",
    "high": "5", "unit": "", "measure": "", "comparator": "", "commitment": "", "kind": "",
    "role": "", "wording": "5%左右", "date": "2024-01-23", "start": "10", "end": "14",
    "horizon_end": "", "doc": "a",
}  # fmt: skip
OUTCOME = {
    "place": "广东", "parent": "", "level": "", "report": "2024", "year": "2023",
    "indicator_name": "地区生产总值", "unit": "%", "measure": "change", "low": "4.8", "high": "4.8",
    "span": "year", "comparator": "=", "basis": "final", "price": "", "said": "", "said_gap": "",
    "said_start": "", "said_end": "", "wording": "4.8%", "start": "10", "end": "14", "doc": "b",
}  # fmt: skip
NEXT_YEAR = f"{last_year()}-12-31"
READERS: dict[str, tuple[Callable[..., pd.DataFrame], dict[str, str]]] = {
    "targets": (read_facts, TARGET),
    "outcomes": (read_outcomes, OUTCOME),
}


def read(reader: str, folder: Path, *changes: dict[str, str | None]) -> pd.DataFrame:
    """What a reader makes of a file whose rows differ from a right one by some cells."""
    function, right = READERS[reader]
    rows = [{k: v for k, v in (right | change).items() if v is not None} for change in changes]
    pd.DataFrame(rows).to_csv(folder / "facts.csv", index=False)
    return function(folder / "facts.csv")


@pytest.mark.parametrize("reader", READERS)
def test_a_right_row_is_read_and_places_have_their_full_name(tmp_path: Path, reader: str) -> None:
    row = read(reader, tmp_path, {}).iloc[0]
    assert row[["place", "level", "parent", "indicator_name", "unit"]].tolist() == [
        "广东省", "provincial", "全国", "GDP", "%",
    ]  # fmt: skip
    assert (row["start"], row["end"]) == (10, 14)


BOTH = [
    ("place", "", "the cell is empty; write the name of the place"),
    ("place", "甲州", "'甲州' cannot be used; 甲州 is not among the places"),
    ("level", "county", "'county' cannot be used; 广东省 is provincial; write that"),
    ("parent", "湖南省", "'湖南省' cannot be used; 广东省 is in 全国; write that"),
    ("level", "nation", "'nation' cannot be used; write one of central"),
    ("year", "", "the cell is empty; write its four digits: 2021"),
    ("year", "24", "'24' cannot be used; write its four digits: 2021"),
    ("year", "2020.5", "'2020.5' cannot be used; write its four digits: 2021"),
    ("year", "2199", "'2199' cannot be used; it lies ahead"),
    ("low", "five", "'five' cannot be used; write digits with a point"),
    ("low", "inf", "'inf' cannot be used; write digits with a point"),
    ("high", "-inf", "'-inf' cannot be used; write digits with a point"),
    ("low", "6", "'6' cannot be used; it is greater than high"),
    ("unit", "percent", "'percent' cannot be used; write %"),
    ("measure", "rate", "'rate' cannot be used; write one of change, level"),
    ("comparator", "=>", "'=>' cannot be used; write one of =, ≈"),
    ("start", "10.5", "'10.5' cannot be used; write a whole number"),
    ("start", "-1", "'-1' cannot be used; write a whole number"),
    ("start", "", "the cell is empty; write a whole number"),
    ("end", "9", "'9' cannot be used; write an offset from start on"),
]
AGAINST_WORDING: list[tuple[dict[str, Any], str]] = [
    ({"low": "0.05", "high": "0.05"}, "low: '0.05' cannot be used; the wording is 5%左右"),
    ({"high": "9"}, "high: '9' cannot be used; the wording is 5%左右; write its figure"),
    ({"high": "", "wording": "5%以内"}, "low: '5' cannot be used; the wording 5%以内 says at most"),
    (
        {"low": "", "wording": "5%以上"},
        "high: '5' cannot be used; the wording 5%以上 says at least",
    ),
    (
        {"comparator": ">=", "wording": "控制在5%以内"},
        "comparator: '>=' cannot be used; the wording 控制在5%以内 says at most",
    ),
    (
        {"indicator": "居民消费价格指数", "low": "104", "high": "104", "wording": "104左右"},
        "low: '104' cannot be used; of an index write what it changes by: 4 for 104",
    ),
    ({"date": "2021-01-23"}, "date: '2021-01-23' cannot be used; the row is of 2024"),
    (
        {"place": "广冬省", "parent": "全国", "level": "provincial"},
        "place: '广冬省' cannot be used; 广冬省 is not among the places",
    ),
]
WRONG = [
    *[(reader, *cell) for reader in READERS for cell in BOTH],
    ("targets", "indicator", "幸福", "'幸福' cannot be used; write a name of indicators.csv"),
    ("targets", "indicator", "", "the cell is empty; write a name of indicators.csv"),
    ("targets", "date", "去年", "'去年' cannot be used; write 2021, 2021-03 or 2021-03-05"),
    ("targets", "date", NEXT_YEAR, f"'{NEXT_YEAR}' cannot be used; it lies ahead"),
    ("targets", "horizon_end", "五年", "'五年' cannot be used; write the day"),
    ("targets", "role", "main", "'main' cannot be used; write one of headline"),
    ("targets", "kind", "number", "'number' cannot be used; write one of value"),
    ("targets", "commitment", "hope", "'hope' cannot be used; write one of ensure"),
    ("outcomes", "indicator_name", "幸福", "'幸福' cannot be used; write a name of indicators.csv"),
    ("outcomes", "report", "2024.5", "'2024.5' cannot be used; write its four digits: 2021"),
    ("outcomes", "span", "decade", "'decade' cannot be used; write one of year"),
    ("outcomes", "span", "", "the cell is empty; write one of year"),
    ("outcomes", "unit", "", "the cell is empty; write % or a unit"),
    ("outcomes", "measure", "", "the cell is empty; write change or level"),
    ("outcomes", "basis", "guess", "'guess' cannot be used; write one of final"),
    ("outcomes", "price", "fair", "'fair' cannot be used; write one of real"),
    ("outcomes", "said", "good", "'good' cannot be used; write one of above"),
    ("outcomes", "said_gap", "inf", "'inf' cannot be used; write digits"),
]


@pytest.mark.parametrize(("reader", "column", "cell", "message"), WRONG)
def test_a_wrong_cell_is_named_with_file_row_column_and_fix(
    tmp_path: Path, reader: str, column: str, cell: str, message: str
) -> None:
    named = {"indicator_name": "indicator"}.get(column, column)
    with pytest.raises(CorpusError) as error:
        read(reader, tmp_path, {}, {column: cell, "doc": "c"})
    assert str(error.value).startswith(f"facts.csv, row 3, {named}: {message}")


@pytest.mark.parametrize(("cells", "message"), AGAINST_WORDING)
def test_a_cell_that_contradicts_its_row_is_named(
    tmp_path: Path, cells: dict[str, Any], message: str
) -> None:
    with pytest.raises(CorpusError) as error:
        read("targets", tmp_path, cells)
    assert str(error.value).startswith(f"facts.csv, row 2, {message}")


@pytest.mark.parametrize(
    "cells",
    [
        {"low": "5", "high": "", "wording": "不低于5%"},
        {"low": "4", "high": "4", "indicator": "居民消费价格指数", "wording": "104左右"},
        {"low": "5.5", "high": "5.5", "wording": "5．5％左右"},
        {"low": "-5", "high": "-5", "wording": "下降5%"},
        {"date": "2023-12-28"},
    ],
)
def test_a_cell_that_says_the_same_otherwise_is_read(tmp_path: Path, cells: dict[str, Any]) -> None:
    assert len(read("targets", tmp_path, cells)) == 1


def test_a_target_without_a_figure_says_what_it_is_measured_by(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="row 2, low: the cell is empty; write the figure"):
        read("targets", tmp_path, {"low": "", "high": "", "wording": ""})


@pytest.mark.parametrize(("reader", "column"), [("targets", "high"), ("outcomes", "span")])
def test_a_missing_column_is_named(tmp_path: Path, reader: str, column: str) -> None:
    with pytest.raises(CorpusError, match=f"facts.csv: no column {column}; add it"):
        read(reader, tmp_path, {column: None})


def test_two_targets_of_one_year_are_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="rows 2 and 3: two targets of 广东省"):
        read("targets", tmp_path, {}, {"low": "6", "high": "6", "wording": "6%"})


def test_whole_numbers_may_be_written_as_programs_write_them(tmp_path: Path) -> None:
    row = read("targets", tmp_path, {"year": "2024.0", "start": "10.0"}).iloc[0]
    assert (row["year"], row["start"]) == (2024, 10)


def test_a_table_of_facts_is_read_by_its_wording(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"place": "全国"},
        {"low": "6", "high": "", "wording": "力争6%以上"},
        {"place": "北京", "low": "", "high": "", "wording": "与全国同步"},
    ]
    facts = read("targets", tmp_path, *rows)
    assert facts["place"].tolist() == ["全国", "广东省", "北京市"]
    assert [interval_of(row) for row in facts.to_dict("records")] == [
        Interval(5, 5, "≈"), Interval(6, 6, ">=", "strive"), None,
    ]  # fmt: skip
