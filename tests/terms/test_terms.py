"""Counts, rates, ranges and intervals, on texts small enough to count by hand."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import policytext as pt
from handmade import handmade
from policytext import text as tx
from policytext.corpus.issues import SelectionError
from policytext.corpus.locate import locate
from policytext.terms.terms import Bootstrap, count_terms, rate_intervals, select_terms

ESSAYS = {
    "甲": "推进/v 改革/vn ，/w 推进/v 发展/vn 。/w\n改革/vn 的/u 海洋/n 很/d 大/a 。/w",
    "乙": "发展/vn 发展/v 海洋/n ，/w 是/v 海洋/n 经济/n 。/w",
}
Made = tuple[pt.Corpus, pd.DataFrame]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return handmade(tmp_path, ESSAYS)


def row(table: pd.DataFrame, group: str, term: str) -> pd.Series:
    return table[(table["group"] == group) & (table["term"] == term)].iloc[0]


def test_a_count_stands_beside_its_rate_range_and_rank(made: Made) -> None:
    corpus, tokens = made
    reform = row(count_terms(select_terms(tokens, corpus), corpus), "甲", "改革")
    assert (reform["count"], reform["tokens"], reform["tag"]) == (2, 9, "vn")
    assert reform["rate"] == pytest.approx(2000 / 9)
    assert (reform["documents"], reform["paragraphs"], reform["rank"]) == (1, 2, 1)


def test_counts_on_the_page_are_those_of_the_tokens() -> None:
    corpus = pt.read_corpus("data/wenzhou-2021")
    words = select_terms(pt.segment(corpus), corpus)
    counts = count_terms(words, corpus, by="doc").set_index(["group", "term"])
    kept = words[words["counted"]]
    assert counts["count"].to_dict() == kept.groupby(["doc", "term"]).size().to_dict()
    assert (
        counts.groupby("group")["tokens"].first().to_dict() == words["doc"].value_counts().to_dict()
    )
    paragraphs = kept.groupby(["doc", "term"])["paragraph"].nunique()
    assert counts["paragraphs"].to_dict() == paragraphs.to_dict()
    for row in words.itertuples():
        assert tx.clean(corpus.source(row.doc)[row.start : row.end]) == row.text


def test_tags_and_stop_words_choose_what_counts_and_leave_the_length_alone(made: Made) -> None:
    corpus, tokens = made
    nouns = count_terms(select_terms(tokens, corpus, tags=["n"]), corpus)
    assert set(nouns["term"]) == {"海洋", "经济"}
    assert set(nouns["tokens"]) == {9, 6}
    everything = select_terms(tokens, corpus, tags=None, stopwords=["发展"])
    assert set(everything["term"][everything["counted"]]) >= {"的", "很", "是"}
    assert not everything["counted"][everything["term"] == "发展"].any()


def test_the_selection_is_written_down(made: Made) -> None:
    corpus, tokens = made
    counts = count_terms(select_terms(tokens, corpus, tags=["n", "v"], stopwords=[]), corpus)
    assert counts.attrs["selection"]["tags"] == "n v"
    assert counts.attrs["selection"]["stopwords"] == 0
    assert (counts.attrs["confidence"], counts.attrs["seed"]) == (0.95, 2021)


def test_a_word_of_two_tags_is_one_term_or_two(made: Made) -> None:
    corpus, tokens = made
    assert row(count_terms(tokens, corpus), "乙", "发展")["count"] == 2
    apart = count_terms(select_terms(tokens, corpus, with_tag=True), corpus)
    assert row(apart, "乙", "发展/v")["count"] == 1


def test_full_width_letters_are_the_same_term(tmp_path: Path) -> None:
    corpus, tokens = handmade(tmp_path, {"甲": "ＧＤＰ/n 增长/v 。/w\nGDP/n 增长/v 。/w"})
    assert row(count_terms(tokens, corpus), "甲", "GDP")["count"] == 2


def test_a_phrase_counts_as_one_term_and_swallows_its_words(made: Made) -> None:
    corpus, tokens = made
    # The second stands inside the first, and so is part of it.
    spans = {"doc": "乙", "start": [7, 8], "end": [12, 12], "text": ["是海洋经济", "海洋经济"]}
    units = pd.DataFrame(spans)
    counts = count_terms(pt.segment(corpus, segmenter=tokens, units=units), corpus)
    assert row(counts, "乙", "是海洋经济")["count"] == 1
    assert row(counts, "乙", "海洋")["count"] == 1
    assert row(counts, "乙", "海洋")["tokens"] == 4
    units = units.assign(canonical="海洋经济")
    named = count_terms(pt.segment(corpus, segmenter=tokens, units=units), corpus)
    assert row(named, "乙", "海洋经济")["tag"] == "unit"


def test_named_terms_stand_in_every_group_with_an_upper_bound_at_zero(made: Made) -> None:
    corpus, tokens = made
    counts = count_terms(tokens, corpus, terms=["经济", "浦东"])
    assert counts["count"].tolist() == [0, 0, 1, 0]
    zero = row(counts, "甲", "浦东")
    assert (zero["low"], zero["interval"]) == (0, "exact upper bound")
    assert zero["high"] == pytest.approx(1000 * (1 - 0.05 ** (1 / 9)))


def test_under_five_occurrences_the_count_stands_alone(made: Made) -> None:
    corpus, tokens = made
    counts = count_terms(tokens, corpus)
    assert set(counts["interval"]) == {"count alone"}
    assert counts[["low", "high"]].isna().all(axis=None)


@pytest.mark.parametrize("words", [1, 30, 900])
def test_at_the_upper_bound_seeing_nothing_has_the_chance_of_the_level(
    tmp_path: Path, words: int
) -> None:
    corpus, tokens = handmade(tmp_path, {"甲": "改革/vn " * words + "。/w"})
    bound = count_terms(tokens, corpus, terms=["浦东"])["high"][0] / 1000
    assert (1 - bound) ** words == pytest.approx(0.05)


def test_the_interval_is_seeded_and_holds_the_rate(tmp_path: Path) -> None:
    line = "改革/vn 发展/vn 。/w\n发展/vn 的/u 海洋/n 。/w"
    corpus, tokens = handmade(tmp_path, {"甲": "\n".join([line] * 12)})
    counts = count_terms(tokens, corpus)
    again = count_terms(tokens, corpus)
    pd.testing.assert_frame_equal(counts, again)
    reform = row(counts, "甲", "改革")
    assert reform["interval"] == "block bootstrap"
    assert reform["low"] <= reform["rate"] <= reform["high"]


def test_a_word_in_one_burst_has_a_wider_interval_than_one_spread_evenly() -> None:
    burst, even = np.zeros((40, 1), int), np.zeros((40, 1), int)
    burst[:8], even[::5] = 1, 1
    words, lengths = np.full(40, 10), np.array([40])
    widths = []
    for counts in (burst, even):
        low, high = rate_intervals(counts, words, lengths, Bootstrap())
        widths.append(float((high - low)[0]))
    assert widths[0] > 3 * widths[1]


def test_documents_without_a_value_are_left_out(tmp_path: Path) -> None:
    corpus, tokens = handmade(tmp_path, ESSAYS, place=["瓯海区", ""])
    assert set(count_terms(tokens, corpus, by="place")["group"]) == {"瓯海区"}
    assert set(count_terms(tokens, corpus, by=None)["group"]) == {"all"}
    assert set(count_terms(tokens, corpus, by="doc")["group"]) == {"甲", "乙"}


def test_a_smaller_corpus_narrows_the_count(made: Made) -> None:
    corpus, tokens = made
    assert set(count_terms(tokens, corpus.select(["乙"]))["group"]) == {"乙"}


def test_titles_are_left_out_unless_asked_for() -> None:
    corpus = pt.read_corpus("data/wenzhou-2021").select(["ouhai"])
    whole = corpus.sentences[["doc", "start", "end", "text"]].assign(tag="n")
    without = select_terms(whole, corpus)
    assert len(without) == (corpus.sentences["part"] != "title").sum()
    assert len(select_terms(whole, corpus, parts=None)) == len(whole)


def test_errors_say_what_to_do(made: Made) -> None:
    corpus, tokens = made
    with pytest.raises(
        SelectionError, match=r"no column 'autor' in corpus.documents; there are author"
    ):
        count_terms(tokens, corpus, by="autor")
    with pytest.raises(SelectionError, match="choose more tags"):
        select_terms(tokens, corpus, tags=["nx"])
    with pytest.raises(SelectionError, match="no document has a value in 'place'"):
        count_terms(tokens, corpus, by="place")
    with pytest.raises(SelectionError, match="segment this corpus"):
        select_terms(tokens.assign(doc="丙"), corpus)
    with pytest.raises(SelectionError, match="make the table from the same corpus"):
        locate(tokens.assign(start=tokens["start"] + 900, end=tokens["end"] + 900), corpus)
