"""The facts of notebook 10: what a reader knows of the first reports, and what was read."""

import pandas as pd
import pytest

from policytext import years

FOLDER = "data/reference/"
# The first report of the State Council, looked up in the texts by a plain search and by eye.
FIRST = {
    "四个现代化": 1978,
    "社会主义市场经济": 1993,
    "科教兴国": 1997,
    "三个代表": 2001,
    "西部大开发": 2001,
    "三农": 2003,
    "科学发展观": 2004,
    "和谐社会": 2005,
    "节能减排": 2007,
    "中国梦": 2014,
    "一带一路": 2015,
    "新常态": 2015,
    "脱贫攻坚": 2016,
    "新发展理念": 2016,  # in 2013 only in 创新发展理念
    "乡村振兴": 2018,
    "高质量发展": 2018,
    "两个大局（2019年以前）": 2000,
    "双碳": None,
    "新质生产力": 2024,
    "两重": 2025,
}


@pytest.fixture(scope="module")
def counts() -> pd.DataFrame:
    return pd.read_csv(f"{FOLDER}slogan-years.csv")


@pytest.mark.parametrize(("form", "year"), FIRST.items())
def test_the_first_national_report_is_right(
    counts: pd.DataFrame, form: str, year: int | None
) -> None:
    own = counts[(counts["form"] == form) & (counts["place"] == "全国")]
    assert (own["year"].min() if len(own) else None) == year


def test_what_was_read_is_what_the_table_says(counts: pd.DataFrame) -> None:
    read = pd.read_csv(f"{FOLDER}first-attestations-read.csv")
    first = counts.groupby(["form", "place"])["year"].min()
    assert len(read) == 40
    assert (read["verdict"] == "right").mean() >= 0.95
    assert [
        first[form, place] for form, place in zip(read["form"], read["place"], strict=True)
    ] == (read["year"].tolist())


def test_every_count_has_its_report_and_no_report_is_left_out_silently(
    counts: pd.DataFrame,
) -> None:
    reports = pd.read_csv(f"{FOLDER}slogan-reports.csv")
    used = reports[reports["left_out"].isna()]
    assert set(counts["doc"]) <= set(used["doc"])
    assert len(years.lifelines(counts, used)) > 9000
    national = set(used.loc[used["place"] == "全国", "year"])
    assert set(range(1978, 2026)) - national == {1989, 1990, 1991, 1996, 2020}


def test_shares_agree_with_the_first_count_by_hand() -> None:
    table = pd.read_csv(f"{FOLDER}repetition.csv").query("lag == 1 and width == 12")
    nation = table[table["place"] == "全国"].set_index("year")["share"]
    parts = [nation.loc[a:b].mean() for a, b in ((1979, 1988), (1992, 2003), (2004, 2018))]
    parts.append(nation.loc[2019:].mean())
    assert [round(100 * part) for part in parts] == [1, 6, 8, 14]
    shenzhen = table.loc[table["place"] == "深圳市", "share"].dropna()
    assert (round(100 * shenzhen.min()), round(100 * shenzhen.max())) == (3, 13)
