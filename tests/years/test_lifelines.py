"""Lines of years: edges known or not, gaps that are no absence, who had it first."""

from collections.abc import Mapping

import pandas as pd
import pytest

import policytext as pt
from policytext.years.lifelines import first_users, lifelines, strips
from policytext.years.survival import survival


def reports(**years: list[str]) -> pd.DataFrame:
    """The reports of places that begin with the letter of their level: n, p, c."""
    levels = {"n": "central", "p": "provincial", "c": "prefectural"}
    rows = [
        (f"{place}{date}", place, levels[place[0]], int(date[:4]), date)
        for place, dates in years.items()
        for date in dates
    ]
    return pd.DataFrame(rows, columns=["doc", "place", "level", "year", "date"])


def counts(table: pd.DataFrame, said: Mapping[str, tuple[int, int]]) -> pd.DataFrame:
    """What ``by_year`` gives where the named reports have (mentions, copied) of one formula."""
    rows = table[table["doc"].isin(said)].assign(form="甲乙丙丁", start=3, end=7, quoted=0)
    rows["mentions"] = [said[doc][0] for doc in rows["doc"]]
    rows["copied"] = [said[doc][1] for doc in rows["doc"]]
    return rows.drop(columns="date").reset_index(drop=True)


def test_edges_and_gaps() -> None:
    table = reports(n=["2000", "2001", "2003", "2004", "2006", "2007"])
    (line,) = lifelines(counts(table, {"n2001": (2, 0), "n2004": (1, 1)}), table).itertuples()
    assert (line.first, line.last, line.reports) == (2001, 2004, 2)
    assert (line.after, line.began) == (2000, "known")
    assert (line.before, line.ended) == (2006, "gap")
    assert (line.absent, line.missing) == ("2003", "2002")
    assert (line.copied, line.only_copied) == (1 / 3, 1)


def test_what_the_first_and_last_reports_say_is_censored() -> None:
    table = reports(n=["2000", "2001"])
    (line,) = lifelines(counts(table, {"n2000": (1, 0), "n2001": (1, 0)}), table).itertuples()
    assert (line.began, line.ended) == ("censored", "censored")
    assert pd.isna(line.after)
    assert pd.isna(line.before)


def test_a_strip_has_a_state_for_every_year_and_place() -> None:
    table = reports(n=["2000", "2001", "2003"], c=["2003", "2004"])
    found = strips(counts(table, {"n2000": (2, 0), "n2001": (1, 1)}), table)
    states = found.groupby("place", sort=False)["state"].agg(list).to_dict()
    assert states == {
        "n": ["said", "copied", "no report", "not said"],
        "c": ["not said", "not said"],
    }


def test_lags_are_as_near_as_dates_and_gaps_allow() -> None:
    table = reports(
        n=["2000-03", "2001-03"], p=["2000", "2001", "2002"], c=["2000-01", "2002-01"], c2=["2001"]
    )
    said = dict.fromkeys(["n2001-03", "p2002", "c2002-01", "c22001"], (1, 0))
    found = first_users(lifelines(counts(table, said), table), table).set_index("level")
    assert found.loc["central", ["order", "lag_low", "lag_high"]].tolist() == [1, 0, 0]
    # Of 2002, in whichever month.
    assert found.loc["provincial", ["order", "lag_low", "lag_high"]].tolist() == [3, 10, 21]
    # c2 says it in its first report: it may be older there.
    city = found.loc["prefectural"]
    assert city["place"] == "c2"
    assert city["censored"]
    assert pd.isna(city["lag_low"])
    assert city["lag_high"] == 9


def test_a_place_whose_reports_begin_later_may_have_been_first() -> None:
    table = reports(n=["2012", "2015"], c=["2012", "2013"], c2=["2014"])
    said = dict.fromkeys(["n2015", "c2013", "c22014"], (1, 0))
    city = first_users(lifelines(counts(table, said), table), table).set_index("level")
    assert city.loc["prefectural", "place"] == "c"
    assert city.loc["prefectural", "censored"]
    assert pd.isna(city.loc["prefectural", "lag_low"])


def test_a_count_without_its_report_is_named() -> None:
    table = reports(n=["2000"])
    row = counts(table, {"n2000": (1, 0)}).assign(year=1999)
    with pytest.raises(pt.SelectionError, match="n 1999"):
        lifelines(row, table)
    with pytest.raises(pt.SelectionError, match="row 0: year '二〇'"):
        strips(row.assign(year="二〇"), table)
    with pytest.raises(pt.SelectionError, match="没有"):
        strips(counts(table, {"n2000": (1, 0)}), table, ["没有"])


def test_survival_by_hand() -> None:
    """Of four lines one goes after 1 year, one after 2, one lives on; one has no known beginning.

    S(1) = 2/3, S(2) = 2/3 · 1/2, and the third is censored at 3 years.
    """
    table = reports(n=[str(year) for year in range(2000, 2006)])
    lives = {"一": [2001], "二": [2001, 2002], "三": [2003, 2004, 2005], "四": [2000, 2001]}
    rows = [
        counts(table, {f"n{year}": (1, 0)}).assign(form=form)
        for form, years in lives.items()
        for year in years
    ]
    lines = lifelines(pd.concat(rows, ignore_index=True), table)
    curve = survival(lines, table, few=3)
    assert curve["years"].tolist() == [0, 1, 2, 3]
    assert curve["at_risk"].tolist() == [3, 3, 2, 1]
    assert curve["share"].tolist() == pytest.approx([1, 2 / 3, 1 / 3, 1 / 3])
    assert (curve["low"] <= curve["share"]).all()
    assert "1 lines begin" in curve.attrs["notes"][0]
    assert survival(lines, table).attrs["notes"][1] == "central: 3 lines, too few for a curve"
    # One report that lacks it is not enough to say that it has gone.
    assert survival(lines, table, patience=5, few=3)["gone"].sum() == 0
