"""The ledger of the reference tables, beside what was read in the reports."""

import pandas as pd
import pytest

from policytext import years
from policytext.paths import HOME

REFERENCE = HOME / "data" / "reference"
# Growth of the nation as the report of the next year gives it; None where it gives none for the
# year alone (1999 and 2007), and no row for 2019, whose next report is not in the set.
GROWTH = {
    **{1994: 11.8, 1997: 8.8, 1998: 7.8, 1999: None, 2003: 9.1, 2004: 9.5, 2005: 9.9, 2006: 10.7},
    **{2007: None, 2008: 9, 2009: 8.7, 2010: 10.3, 2011: 9.2, 2012: 7.8, 2013: 7.7, 2014: 7.4},
    **{2015: 6.9, 2016: 6.7, 2017: 6.9, 2018: 6.6, 2021: 8.1, 2022: 3, 2023: 5.2, 2024: 5},
}
# Also of years for which no goal was found.
OUTCOMES = {1992: 12.8, 1993: 13.4, 1996: 9.7, 1997: 8.8, 2001: 7.3, 2020: 2.3}


@pytest.fixture(scope="module")
def outcomes() -> pd.DataFrame:
    return years.read_outcomes(REFERENCE / "outcome-facts.csv")


@pytest.fixture(scope="module")
def ledger(outcomes: pd.DataFrame) -> pd.DataFrame:
    facts = years.read_facts(REFERENCE / "target-facts.csv")
    return years.ledger_of(facts[facts["place"].isin(outcomes["place"])], outcomes)


def test_growth_of_the_nation_is_complete(ledger: pd.DataFrame) -> None:
    rows = ledger[ledger["place"].eq("全国") & ledger["indicator_name"].eq("GDP")]
    rows = rows[rows["span"].eq("year") & rows["verdict"].ne("not joinable")]
    found = dict(zip(rows["year"], rows["outcome_low"].astype(object), strict=True))
    assert {year: None if pd.isna(value) else value for year, value in found.items()} == GROWTH


def test_outcomes_without_a_goal(outcomes: pd.DataFrame) -> None:
    rows = outcomes[outcomes["place"].eq("全国") & outcomes["indicator_name"].eq("GDP")]
    rows = rows[rows["span"].eq("year") & rows["measure"].eq("change")]
    found = dict(zip(rows["year"], rows["low"], strict=True))
    known = {year: value for year, value in OUTCOMES.items() if year > 1992}  # that is of GNP
    assert {year: found.get(year) for year in known} == known


@pytest.mark.parametrize(
    ("place", "year", "verdict", "gap", "how"),
    [
        ("全国", 2014, "within tolerance", -0.1, ""),
        ("全国", 2016, "met", None, ""),
        ("全国", 2022, "missed", -2.5, ""),
        ("广东省", 2014, "missed", -0.7, ""),
        ("广东省", 2015, "not reported", None, "several years together"),
        ("广东省", 2019, "met", None, ""),
        ("广东省", 2023, "missed", -0.2, ""),
        ("深圳市", 2001, "exceeded", 1.2, ""),
        ("深圳市", 2018, "missed", -0.4, ""),
        ("龙华区", 2024, "exceeded", 0.6, ""),
        ("龙华区", 2023, "not reported", None, "part of a year"),
        ("罗湖区", 2020, "missed", None, ""),
        ("全国", 2019, "not joinable", None, "no report of 2020"),
    ],
)
def test_facts_that_were_read(
    ledger: pd.DataFrame, place: str, year: int, verdict: str, gap: float | None, how: str
) -> None:
    one = ledger["place"].eq(place) & ledger["year"].eq(year) & ledger["indicator_name"].eq("GDP")
    row = ledger[one & ledger["span"].eq("year")].iloc[0]
    assert (row["verdict"], row["how"]) == (verdict, how)
    assert gap is None or row["gap_low"] == gap


def test_own_words_agree_with_the_numbers(ledger: pd.DataFrame) -> None:
    said = ledger.dropna(subset="said_holds")
    assert len(said) >= 8 and said["said_holds"].all()
    said_so = ledger[ledger["said"].eq("not reached") | ledger["admitted"].eq(True)]
    assert {("广东省", 2014), ("全国", 1998), ("罗湖区", 2024)} <= {
        (row.place, row.year) for row in said_so.itertuples()
    }


def test_the_rows_that_were_read(ledger: pd.DataFrame) -> None:
    read = pd.read_csv(REFERENCE / "ledger-check.csv", keep_default_na=False)
    keys = ["place", "indicator_name", "year", "span"]
    both = read.merge(ledger.drop_duplicates(keys), on=keys, suffixes=("", "_found"))
    assert len(both) == len(read) == 180
    same = both["verdict"].eq(both["verdict_found"]) & both["how"].eq(both["how_found"])
    assert same.sum() >= 176
    # Never the wrong way round.
    kept = {"exceeded", "met", "under"}
    turned = both["verdict"].isin(kept) & both["verdict_found"].eq("missed")
    turned |= both["verdict"].eq("missed") & both["verdict_found"].isin(kept)
    assert not turned.any()
