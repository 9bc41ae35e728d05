"""The ladder: each verdict, each reason why there is none, what was public, and the counts."""

import math
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawn_intervals import figures, intervals, shifted, widened
from policytext.years import amplification, amplification_by, read_facts, with_superiors
from policytext.years.facts import target_table
from policytext.years.intervals import Interval
from policytext.years.ladder import VERDICTS, public_before

HEAD = "place,parent,level,year,indicator,low,high,wording,date,doc,unit,role,flag"
NATION = "全国,,central,2024,GDP,5,5,5%左右,2024-03-05,n,,,"


def ladder(tmp_path: Path, *rows: str, against: str = "parent") -> pd.DataFrame:
    """The verdicts of facts that are given as rows of a file, nothing else beside."""
    path = tmp_path / "facts.csv"
    path.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    facts = read_facts(path)
    return amplification(facts, superior=facts[:0], against=against)


CASES = [
    # the place's row, verdict, reason, gap, public
    ("广东省,,,2024,GDP,5.5,5.5,5.5%左右,2024-01-23,g,,,", "numeric", "", (0.5, 0.5), "no"),
    ("广东省,,,2024,GDP,5,,5%以上,2024,g,,,", "verbal", "", (0, math.inf), "unknown"),
    ("广东省,,,2024,GDP,5,5,5%左右,2024-04-01,g,,,", "same", "", (0, 0), "yes"),
    ("广东省,,,2024,GDP,4.5,4.5,4.5%左右,2024,g,,,", "below", "", (-0.5, -0.5), "unknown"),
    ("广东省,,,2024,GDP,5,6,5%-6%,2024,g,,,", "undecidable", "figures overlap", (0, 1), "unknown"),
    ("广东省,,,2024,GDP,,,高于全国平均水平,2024,g,,,", "numeric", "", (0, math.inf), "unknown"),
    ("广东省,,,2024,GDP,,,高于全省,2024,g,,,", "undecidable", "something else", None, "unknown"),
    ("广东省,,,2023,GDP,5,5,5%,2023,g,,,", "undecidable", "no target of 全国 for 2023", None, None),
    ("广东省,,,2024,,,,,2024,g,,none,", "undecidable", "none set", None, None),
    ("广东省,,,2024,,,,,2024,g,,left out,a menu", "undecidable", "a menu", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("row", "verdict", "reason", "gap", "public"), CASES)
def test_a_verdict_with_its_reason_and_its_gap(
    tmp_path: Path, row: str, verdict: str, reason: str, gap: tuple | None, public: str | None
) -> None:
    found = ladder(tmp_path, NATION, row).iloc[0]
    assert found["verdict"] == verdict
    assert reason in found["reason"] and bool(reason) == bool(found["reason"])
    assert gap is None or (found["gap_low"], found["gap_high"]) == gap
    assert public is None or found["superior_public"] == public


def test_amounts_do_not_compare_between_levels(tmp_path: Path) -> None:
    found = ladder(
        tmp_path,
        "全国,,central,2024,城镇新增就业,12000000,,1200万人以上,2024,n,人,,",
        "广东省,,,2024,城镇新增就业,1100000,,110万人以上,2024,g,人,,",
    )
    assert found[["verdict", "reason"]].values.tolist() == [
        ["undecidable", "an amount, not a rate"]
    ]


def test_two_reports_of_a_year_that_differ_are_not_chosen_from(tmp_path: Path) -> None:
    rows = [f"广东省,,,2024,GDP,{n},{n},{n}%,2024,g{n},,," for n in (5, 6)]
    found = ladder(tmp_path, NATION, *rows)
    assert found["reason"].tolist() == ["two reports of the year differ"]
    again = ladder(tmp_path, NATION, rows[0], rows[0].replace("g5", "g9"))
    assert again["verdict"].tolist() == ["verbal"]


def test_the_nation_may_stand_in_for_the_place_above(tmp_path: Path) -> None:
    city = "深圳市,,,2024,GDP,5.5,5.5,5.5%,2024,s,,,"
    by_parent = ladder(tmp_path, NATION, city).iloc[0]
    assert by_parent["reason"] == "no target of 广东省 for 2024"
    by_nation = ladder(tmp_path, NATION, city, against="全国").iloc[0]
    assert (by_nation["verdict"], by_nation["superior_doc"], by_nation["doc"]) == (
        "numeric",
        "n",
        "s",
    )


def test_a_place_without_a_place_above_says_so(tmp_path: Path) -> None:
    found = ladder(tmp_path, "甲市,乙省,prefectural,2024,GDP,6,6,6%,2024,s,,,")
    assert found["reason"].tolist() == ["no target of 乙省 for 2024"]


def test_where_neither_has_a_target_a_row_says_so(tmp_path: Path) -> None:
    found = ladder(tmp_path, "深圳市,,,2024,,,,,2024,s,,none,")
    assert found[["place", "reason"]].values.tolist() == [["深圳市", "none set"]]


@pytest.mark.parametrize(
    ("superior", "date", "public"),
    [
        ("2024-03-05", "2025", "yes"),
        ("2025", "2024-12", "no"),
        ("2024-03", "2024-03-09", "unknown"),
        ("2024-03-05", "2024-03-05", "unknown"),
        ("", "2024", "unknown"),
    ],
)
def test_what_was_public_when(superior: str, date: str, public: str) -> None:
    assert public_before(superior, date) == public


def test_counts_add_up_and_undecidable_ones_stand_beside(tmp_path: Path) -> None:
    table = ladder(tmp_path, NATION, *[row for row, *_ in CASES[:1]],
                   "江苏省,,,2024,GDP,5,6,5%-6%,2024,j,,,")  # fmt: skip
    counts = amplification_by(table).iloc[0]
    assert counts[list(VERDICTS)].tolist() == [1, 0, 0, 0, 0, 1]
    assert (counts["targets"], counts["compared"], counts["share"]) == (2, 1, 1.0)
    assert 0 < counts["low"] < 1 == counts["high"]


def beside(one: Interval, other: Interval) -> pd.Series:
    """The row of the ladder for a province and the nation, each with one target."""
    rows = [
        {"place": place, "level": level, "parent": parent, "doc": place, "year": 2024,
         "date": "2024", "indicator_name": "GDP", "unit": "%", "kind": "value", "role": "headline",
         "low": math.nan if each.bound == "ceiling" else each.low,
         "high": math.nan if each.bound == "floor" else each.high,
         "comparator": each.comparator, "commitment": each.commitment}
        for each, place, level, parent in (
            (one, "广东省", "provincial", "全国"), (other, "全国", "central", ""),
        )
    ]  # fmt: skip
    facts = target_table(rows)
    return amplification(facts, superior=facts[:0]).iloc[0]


_SAME = ["verdict", "reason", "gap_low", "gap_high", "figures", "order_of_wording", "robust"]


@settings(deadline=None, max_examples=40)
@given(intervals(), intervals(), figures)
def test_shifting_both_changes_no_row_of_the_ladder(
    one: Interval, other: Interval, by: float
) -> None:
    before, after = beside(one, other), beside(shifted(one, by), shifted(other, by))
    assert before[_SAME].tolist() == after[_SAME].tolist()


@settings(deadline=None, max_examples=40)
@given(intervals(), intervals(), st.sampled_from([0.3, 0.5, 1.0]), st.booleans())
def test_a_wider_target_asks_for_no_more_nor_turns_round(
    one: Interval, other: Interval, by: float, upwards: bool
) -> None:
    """Of either side: a range that gets wider comes to overlap, or lies where it lay."""
    wide = widened(one, by * (not upwards), by * upwards)
    pairs = [(beside(one, other), beside(wide, other)), (beside(other, one), beside(other, wide))]
    for before, after in ((left["figures"], right["figures"]) for left, right in pairs):
        assert after in (before, "overlap") or (before, after) == ("overlap", "same")


# What was counted by hand before the ladder was built.
BY_HAND = [
    ({"level": "provincial", "year": 2025}, [14, 4, 10, 0, 1, 1]),
    ({"place": "广东省", "year": 2014}, [1, 0, 0, 0, 0, 0]),
    ({"place": "广东省", "year": 2019}, [0, 0, 1, 0, 0, 0]),
    ({"place": "广东省", "year": 2023}, [0, 1, 0, 0, 0, 0]),
    ({"place": "广东省", "year": 2024}, [0, 1, 0, 0, 0, 0]),
]


@pytest.fixture(scope="module")
def shipped() -> pd.DataFrame:
    facts = read_facts("data/reference/target-facts.csv")
    facts = facts[facts["level"].isin(["central", "provincial"])]
    return amplification(facts, against="全国")


@pytest.mark.parametrize(("where", "counts"), BY_HAND)
def test_the_shipped_facts_give_what_was_counted_by_hand(
    shipped: pd.DataFrame, where: dict, counts: list[int]
) -> None:
    rows = shipped[shipped["indicator_name"] == "GDP"]
    for column, value in where.items():
        rows = rows[rows[column] == value]
    found = rows.drop_duplicates("place")["verdict"].value_counts()
    assert [int(found.get(verdict, 0)) for verdict in VERDICTS] == counts


def test_guangdongs_lead_over_the_nation(shipped: pd.DataFrame) -> None:
    rows = shipped[shipped["place"].eq("广东省") & shipped["indicator_name"].eq("GDP")]
    leads = rows.drop_duplicates("year").set_index("year")["gap_low"]
    assert leads[[2014, 2015, 2017, 2018, 2021, 2022]].tolist() == [1.0, 0.5, 0.5, 0.5, 0, 0]


def test_what_was_read_in_the_texts_is_what_the_table_says() -> None:
    """60 verdicts drawn by lot, each read in both texts: those that were right are still so."""
    read = pd.read_csv("data/reference/ladder-read.csv", keep_default_na=False)
    facts = read_facts("data/reference/target-facts.csv")
    both = [amplification(facts, against="全国"), amplification(facts)]
    key = ["place", "year", "indicator_name", "superior"]
    now = pd.concat(both).drop_duplicates(key).set_index(key)["verdict"]
    right = read[read["right"] == "yes"]
    assert len(read) == 60 and len(right) >= 0.95 * len(read)
    assert [now[tuple(row)] for row in right[key].itertuples(index=False)] == list(right["verdict"])


# The State Council's targets of growth, read in its reports: 2000 and 2002 state none, 2001 that of
# its plan alone; 1996 and 2020 are not in the set.
NATION_BY_YEAR = {
    1994: "9", 1995: "8-9", 1997: "8", 1998: "8", 1999: "7≈", 2003: "7≈", 2004: "7≈", 2005: "8≈",
    2006: "8≈", 2007: "8≈", 2008: "8≈", 2009: "8≈", 2010: "8≈", 2011: "8≈", 2012: "7.5",
    2013: "7.5≈", 2014: "7.5≈", 2015: "7≈", 2016: "6.5-7", 2017: "6.5≈", 2018: "6.5≈",
    2019: "6-6.5", 2021: "6+", 2022: "5.5≈", 2023: "5≈", 2024: "5≈", 2025: "5≈",
}  # fmt: skip


def test_the_targets_of_the_nation_are_complete_and_right() -> None:
    facts = read_facts("data/reference/target-facts.csv")
    rows = facts[facts["place"].eq("全国") & facts["indicator_name"].eq("GDP")]
    rows = rows[rows["role"] == "headline"]
    marks = {"≈": "≈", ">=": "+", "=": ""}
    said = {
        row.year: f"{row.low:g}-{row.high:g}"
        if row.comparator == "range"
        else f"{row.low:g}{marks[row.comparator]}"
        for row in rows.itertuples()
    }
    assert said == NATION_BY_YEAR


def test_a_place_gets_those_above_it_of_its_years_and_keeps_its_own(tmp_path: Path) -> None:
    path = tmp_path / "facts.csv"
    rows = ["广州市,,,2024,GDP,6,6,6%,2024,c,,,", "广东省,,,2023,GDP,5,5,5%,2023,g,,,"]
    upper = ["广东省,,,2024,GDP,5,5,5%,2024,u,,,", "广东省,,,2023,GDP,7,7,7%,2023,u,,,"]
    upper += ["浙江省,,,2024,GDP,5,5,5%,2024,z,,,", NATION, NATION.replace("2024", "2022")]
    path.write_text("\n".join([HEAD, *rows, *upper]), encoding="utf-8")
    facts = read_facts(path)
    made = with_superiors(facts[:2], facts[2:])
    found = made[["place", "year", "doc"]].values.tolist()[2:]
    assert sorted(found) == [["全国", 2024, "n"], ["广东省", 2024, "u"]]
