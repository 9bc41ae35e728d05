"""The level of a slogan: stated, from the lexicon, used in one place only, or unknown."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import policytext as pt
from handmade import page
from policytext.comparison import level_shares
from policytext.comparison.origin import origin
from policytext.slogans.document import documents

Places = list[tuple[str, str]]


@pytest.fixture
def read(tmp_path: Path) -> Callable[[Places], pt.Corpus]:
    """A corpus of county texts, each with its place."""

    def corpus(texts: Places) -> pt.Corpus:
        rows = [
            {"doc": f"d{i}", "place": place, "level": "county", "date": "2021", "text": text}
            for i, (place, text) in enumerate(texts)
        ]
        pd.DataFrame(rows).to_csv(tmp_path / "texts.csv", index=False)
        return pt.read_corpus(tmp_path / "texts.csv")

    return corpus


def levels(corpus: pt.Corpus, text: str = "四治四美") -> list[list[object]]:
    found = pt.find_slogans(corpus)
    rows = found[found["text"] == text]
    assert len(rows)
    cells = rows[["level", "level_basis", "level_evidence"]]
    table = cells.assign(side=origin(rows, corpus)).astype(object)
    return table.where(table.notna(), None).to_numpy().tolist()


SLOGAN, OTHER = "全面落实“四治四美”工作要求。", "努力建设美好家园。"


def test_used_in_one_place_is_no_more_than_that(read: Callable[[Places], pt.Corpus]) -> None:
    corpus = read([("甲县", SLOGAN), ("甲县", OTHER), ("乙县", OTHER), ("丙县", OTHER)])
    said = "in 1 of 2 texts of 甲县, in none of 2 of other places, quoted in none of 238"
    said = f"{said} other reports"
    assert levels(corpus) == [["county", "only_here", said, "only_here"]]


@pytest.mark.parametrize(
    "texts",
    [
        [("甲县", SLOGAN)],
        [("甲县", SLOGAN), ("甲县", OTHER)],
        [("甲县", SLOGAN), ("乙县", SLOGAN)],
        [("", SLOGAN), ("", OTHER)],
        [("甲县", SLOGAN), ("", OTHER)],
    ],
    ids=["alone", "no other place", "two places", "no place", "the other has no place"],
)
def test_the_level_is_unknown_where_nothing_speaks_for_it(
    read: Callable[[Places], pt.Corpus], texts: Places
) -> None:
    for row in levels(read(texts)):
        assert row == [None, "unknown", None, None]


def test_what_a_text_states_of_its_own_place_is_its_own(
    read: Callable[[Places], pt.Corpus],
) -> None:
    corpus = read([("甲县", "落实县委“四治四美”要求。"), ("乙县", OTHER)])
    ((level, basis, words, side),) = levels(corpus)
    assert (level, basis, side) == ("county", "stated", "own")
    assert str(words).startswith("县委“四治四美")


def test_what_a_text_states_of_the_city_is_from_above_for_all(
    read: Callable[[Places], pt.Corpus],
) -> None:
    corpus = read([("甲县", "落实市委“四治四美”要求。"), ("乙县", SLOGAN)])
    assert [row[:2] + row[3:] for row in levels(corpus)] == [["prefectural", "stated", "upper"]] * 2


def test_the_lexicon_names_its_source(read: Callable[[Places], pt.Corpus]) -> None:
    corpus = read([("甲县", "统筹推进“四个全面”战略布局。"), ("乙县", OTHER)])
    ((level, basis, source, side),) = levels(corpus, "四个全面")
    assert (level, basis, side) == ("central", "lexicon", "upper")
    assert source


def test_without_a_level_nothing_is_from_above_and_nothing_zero(tmp_path: Path) -> None:
    rows = [
        {"doc": f"d{i}", "place": p, "text": f"落实“四治{p}”，坚持“双碳”。"}
        for i, p in enumerate("甲乙")
    ]
    pd.DataFrame(rows).to_csv(tmp_path / "t.csv", index=False)
    corpus = pt.read_corpus(tmp_path / "t.csv")
    slogans = pt.find_slogans(corpus)
    assert (slogans.loc[slogans["text"].str.startswith("四治"), "level_basis"] == "only_here").all()
    shares = level_shares(slogans, corpus, by="place")
    assert shares[["upper_core", "own_core"]].isna().all(axis=None)
    assert (shares["only_here_core"] > 0).all()


def test_words_that_two_places_have_are_no_ones_alone(read: Callable[[Places], pt.Corpus]) -> None:
    corpus = read([("甲山县", "坚持“七个坚持”。"), ("乙水县", "落实“七个坚持”。"), ("丙", "好。")])
    slogans = pt.find_slogans(corpus)
    assert slogans["canonical"].nunique() == 2
    assert set(slogans["level_basis"]) == {"unknown"}


@pytest.mark.parametrize(
    ("place", "level", "places", "province"),
    [
        ("中山", "prefectural", ("中山", "广东"), "广东省"),
        ("中山市", "prefectural", ("中山", "广东"), "广东省"),
        ("恩施", "prefectural", ("恩施", "湖北"), "湖北省"),
        ("吉林", "provincial", ("吉林",), "吉林省"),
        ("宁夏回族自治区", "provincial", ("宁夏",), "宁夏回族自治区"),
    ],
)
def test_a_place_is_known_by_its_full_name_and_its_short_one(
    place: str, level: str, places: tuple[str, ...], province: str
) -> None:
    corpus = page("努力建设美好家园。", place=place, level=level)
    document = next(iter(documents(corpus, pt.default_lexicon())))
    assert (document.places, document.province) == (places, province)
