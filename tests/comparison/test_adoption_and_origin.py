"""The comparison tables, on the page whose tables were made by hand."""

from pathlib import Path

import pandas as pd
import pytest

import policytext as pt
from handmade import handmade
from policytext.comparison import (
    adoption_matrix,
    adoption_over_time,
    check_numerals,
    first_attested,
    level_shares,
    not_used,
    profile,
    shared_by_pairs,
)
from policytext.comparison.origin import origin

ESSAYS = ["ouhai", "dongtou", "policy-research", "reform-office"]


@pytest.fixture(scope="module")
def slogans() -> pd.DataFrame:
    return pt.find_slogans(pt.read_corpus("data/wenzhou-2021"))


def cell(table: pd.DataFrame, canonical: str, group: str) -> list[int]:
    row = table[(table["canonical"] == canonical) & (table["group"] == group)]
    return row[["exact", "variant", "member", "expansion"]].iloc[0].tolist() if len(row) else []


@pytest.mark.parametrize(
    ("canonical", "group", "counts"),
    [
        ("勇争先、强执行、开新局", "ouhai", [2, 1, 11, 0]),
        ("勇争先、强执行、开新局", "dongtou", [3, 1, 0, 0]),
        ("六比争先", "dongtou", [3, 0, 0, 0]),
        ("八化方法", "ouhai", [1, 0, 0, 1]),
        ("八化方法", "policy-research", [0, 1, 0, 0]),
        ("五大新坐标", "policy-research", [1, 0, 0, 0]),
        ("五大新坐标", "dongtou", []),
        ("十四五", "ouhai", [3, 0, 0, 0]),
    ],
)
def test_adoption_as_coded_by_hand(
    corpus: pt.Corpus, slogans: pd.DataFrame, canonical: str, group: str, counts: list[int]
) -> None:
    assert cell(adoption_matrix(slogans, corpus), canonical, group) == counts


def test_passages_lead_back_to_the_text(corpus: pt.Corpus, slogans: pd.DataFrame) -> None:
    table = adoption_matrix(slogans, corpus, by="place")
    row = table[table["canonical"] == "六比争先"].iloc[0]
    texts = [corpus.source(doc)[start:end] for doc, start, end in row["passages"]]
    assert set(texts) == {"六比争先"}
    assert len(texts) == row["mentions"]


def test_an_unknown_column_is_named(corpus: pt.Corpus, slogans: pd.DataFrame) -> None:
    with pytest.raises(pt.SelectionError, match="no column 'province'"):
        adoption_matrix(slogans, corpus, by="province")


def test_characters_are_those_of_title_and_text(corpus: pt.Corpus, slogans: pd.DataFrame) -> None:
    table = profile(slogans, corpus).set_index("group")
    assert table.loc[ESSAYS, "characters"].tolist() == [1635, 1582, 981, 962]


def test_only_whole_quotations_count_as_quoted(corpus: pt.Corpus, slogans: pd.DataFrame) -> None:
    core = slogans[slogans["core"] & slogans["doc"].eq("reform-office")]
    assert "inside" in set(core["quoted"])
    table = profile(slogans, corpus).set_index("group")
    assert table.loc["reform-office", "quoted"] == core["quoted"].eq("full").mean()


def test_shared_strings_as_counted_by_hand(corpus: pt.Corpus, slogans: pd.DataFrame) -> None:
    pairs = shared_by_pairs(slogans, corpus).set_index(["group_a", "group_b"])
    figures = pairs.loc[("ouhai", "dongtou"), ["grams", "strings", "core", "longest"]]
    assert figures.tolist() == [34, 23, 6, "勇争先强执行开新局"]
    assert pairs.loc[("policy-research", "reform-office"), "grams"] == 15


def test_no_share_counts_as_own_what_nobody_states(
    corpus: pt.Corpus, slogans: pd.DataFrame
) -> None:
    shares = level_shares(slogans, corpus).set_index("group")
    assert (shares[["own_core", "own_all"]] == 0).all(axis=None)
    assert shares.loc["dongtou", "only_here_core"] > shares.loc["ouhai", "only_here_core"] > 0
    assert (shares["upper_all"] >= shares["upper_core"] - 0.02).all()
    known = slogans[slogans["level_basis"].isin(["stated", "lexicon"])]
    sides = origin(slogans, corpus)
    assert set(sides[known.index].dropna()) == {"upper"}
    assert (sides[slogans["level_basis"] == "only_here"] == "only_here").all()


def test_not_used_names_only_earlier_formulae(corpus: pt.Corpus, slogans: pd.DataFrame) -> None:
    table = not_used(slogans, corpus)
    assert (table["since"].dropna() <= 2021).all()
    row = table[(table["group"] == "dongtou") & (table["canonical"] == "五大新坐标")].iloc[0]
    assert row["others"] == 3


def test_the_numeral_check_of_the_page(corpus: pt.Corpus, slogans: pd.DataFrame) -> None:
    """Seven abbreviations have a list, on the page or in the lexicon, as long as they say."""
    table = check_numerals(slogans, corpus).drop_duplicates(["text", "listed"])
    listed = table[table["listed"].notna()].set_index("text")
    assert listed["listed"].to_dict() == {
        **{"八化方法": 8, "八个化": 8, "六大赋能": 6, "五岛共兴": 5, "工作五法": 5},
        **{"三牛精神": 3, "两个健康": 2},
    }
    assert set(listed["verdict"]) == {"agrees"}
    assert listed.loc["工作五法", "items"][0] == "一线破难"
    others = table[table["listed"].isna()]
    assert set(others["verdict"]) == {"no list found"}
    assert "五城五高地" in set(others["text"])


def test_dates_are_needed_for_what_came_first(corpus: pt.Corpus, slogans: pd.DataFrame) -> None:
    assert first_attested(slogans, corpus).empty
    assert adoption_over_time(slogans, corpus).empty
    years = corpus.documents.assign(date=[str(2014 + i) for i in range(8)])
    dated = pt.Corpus(years, corpus.sentences, corpus.sources)
    first = first_attested(slogans, dated, by="doc")
    rows = first[first["canonical"] == "五大新坐标"].set_index("group")
    assert rows["order"].to_dict() == {"ouhai": 1, "policy-research": 2, "reform-office": 3}
    time = adoption_over_time(slogans, dated)
    assert time.loc[time["canonical"] == "五大新坐标", "users"].tolist() == [1, 0, 1, 1, 0, 0, 0, 0]


def test_words_that_are_no_slogan_are_dated_where_they_stand(
    corpus: pt.Corpus, slogans: pd.DataFrame
) -> None:
    table = first_attested(slogans, corpus, "海洋", by="doc")
    assert table["mentions"].sum() == len(pt.concordance(corpus, "海洋"))
    assert set(table["order"]) == {1}  # one page of one day
    dates = [None, None, *corpus.documents["date"][2:]]
    partly = pt.Corpus(corpus.documents.assign(date=dates), corpus.sentences, corpus.sources)
    undated = first_attested(partly, formula="海洋", by="doc")  # who says it is known, not when
    assert undated["order"].isna().tolist() == sorted(undated["order"].isna())
    assert undated["order"].isna().any()
    assert undated["group"].isin(corpus.documents["doc"][:2]).equals(undated["order"].isna())
    assert sorted(undated["group"]) == sorted(table["group"])
    with pytest.raises(pt.SelectionError, match=r"has '浦东'; see concordance\(corpus, '浦东'\)"):
        first_attested(slogans, corpus, "浦东")


def test_what_is_told_apart_by_place_is_attested_in_no_text_alone(tmp_path: Path) -> None:
    """Each place could have its own 七个坚持; yet three texts have the words, and one 海上花园."""
    names = ["玉山", "白坪", "黑谷"]
    texts = {name: f"{name}落实“七个坚持”，久久为功。/w\n" for name in names}
    texts["玉山"] += "玉山打造“海上花园、山中明珠”。/w\n"
    corpus, _ = handmade(tmp_path, texts, place=[f"{name}区" for name in names])
    matrix = adoption_matrix(pt.find_slogans(corpus), corpus)
    local = matrix[matrix["canonical"].str.startswith("七个坚持")]
    assert sorted(local["canonical"]) == sorted(f"七个坚持（{name}）" for name in names)
    assert set(local["groups"]) == {1}
    assert set(local["same_words"]) == {3}
    alone = " ".join(matrix.loc[matrix["same_words"] == 1, "canonical"])
    assert "七个坚持" not in alone
    assert "海上花园" in alone


def test_what_stands_there_in_the_same_words_is_not_missing(tmp_path: Path) -> None:
    texts = {"玉山": "落实市委“七个坚持”，久久为功。/w\n", "白坪": "落实“七个坚持”，久久为功。/w\n"}
    corpus, _ = handmade(tmp_path, texts, place=["玉山区", "白坪区"], level=["county"] * 2)
    slogans = pt.find_slogans(corpus)
    slogans["canonical"] = ["七个坚持（上城）", "七个坚持（白坪）"]
    unused = not_used(slogans, corpus)
    assert not unused["canonical"].str.startswith("七个坚持").any()
