"""Keyness: published values, what the table says, and what it says when it cannot be made."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2

import policytext as pt
from handmade import handmade
from policytext.charts.terms import method_line
from policytext.corpus.issues import SelectionError
from policytext.terms import count_terms, keyness, read_reference, select_terms, word_shift
from policytext.terms import measures as correction
from policytext.terms import measures as effect
from policytext.terms.keyness import text_test
from policytext.terms.matrix import term_matrix
from policytext.terms.measures import jensen_shannon, permutation_p, welch

# R package corpora (Evert), documentation of keyness(): n1 = 1177, n2 = 341805, m = 20109.
EVERT = [
    (2, 1, 18.8900037674, 8.9182703357, 0),
    (3, 1, 29.5640581565, 9.4036971629, 0.9883640903),
    (8, 0, 90.8496587770, 12.2687675828, 6.0208520252),
    (94, 749, 489.7631983573, 5.1937624978, 4.3819287138),
    (411, 13, 4711.9164991754, 13.1111658598, 11.5305513000),
    (770, 56155, 1402.6122546488, 1.9938161781, 1.7392721556),
]


@pytest.mark.parametrize(("f1", "f2", "g2", "log_ratio", "lrc"), EVERT)
def test_the_values_of_the_corpora_package(
    f1: int, f2: int, g2: float, log_ratio: float, lrc: float
) -> None:
    cells = (f1, 1177, f2, 341805)
    assert effect.g2(*cells) == pytest.approx(g2, abs=1e-9)
    assert effect.log_ratio(*cells) == pytest.approx(log_ratio, abs=1e-9)
    assert effect.lrc(*cells, tests=20109) == pytest.approx(lrc, abs=1e-9)


def test_dunnings_table() -> None:
    # Dunning 1993, p. 72: the cells 10, 0, 3, 31764.
    assert effect.g2(10, 10, 3, 31767).round(2) == 167.23


def test_the_ucrel_wizard() -> None:
    # UCREL log-likelihood calculator: 52 in 50,000 against 57 in 75,000.
    cells = (52, 50_000, 57, 75_000)
    assert effect.ll2(*cells).round(5) == 2.65171
    assert effect.g2(*cells).round(5) == 2.65406
    assert effect.bic(effect.ll2(*cells), 50_000, 75_000).round(2) == -9.08


def test_percent_diff_of_gabrielatos_and_marchi() -> None:
    assert effect.percent_diff(206523, 959641, 178174, 1562358).round(1) == 88.7
    assert effect.percent_diff(3, 100, 0, 100) == np.inf
    assert np.isnan(effect.percent_diff(0, 100, 0, 100))


# quanteda's toy of two documents: d1 has b 7 and a 3 times, d2 a 7 and b 2 times.
def test_quantedas_toy() -> None:
    g2 = effect.g2(7, 10, 2, 9)
    assert g2.round(7) == 4.5349393
    assert chi2.sf(g2, 1) == pytest.approx(0.0332096, abs=1e-7)
    # Fisher: the tables no more probable, 0, 1, 2, 7, 8 and 9 of the nine b in d1.
    p, _ = correction.exact_p([7], 10, [2], 9)
    assert p[0] == pytest.approx((1 + 90 + 1620 + 4320 + 405 + 10) / 92378)
    assert p[0] == pytest.approx(0.0697786, abs=1e-7)


def test_a_vocabulary_of_one_word_has_no_odds() -> None:
    assert np.isnan(effect.fightin_words([3], 3, [2], 2, alpha=1, alpha0=1)).all()


def test_fightin_words_on_quantedas_toy() -> None:
    flat = effect.fightin_words([7, 3], 10, [2, 7], 9, alpha=0.01, alpha0=0.02)
    assert flat.round(7).tolist() == [2.6179117, -3.0395523]
    pooled = 10 * np.array([9, 10]) / 19
    informed = effect.fightin_words([7, 3], 10, [2, 7], 9, alpha=pooled, alpha0=10)
    assert informed.round(7).tolist() == [1.9652625, -2.1106304]


def test_tarone_pays_only_for_words_that_could_pass() -> None:
    # Three words could reach .05/3, so the first p is multiplied by 3 and not by 5. Without it
    # two could reach .05/2; without these two, one could reach .05.
    p = [0.001, 0.02, 0.4, 0.3, 0.2]
    least = [0.0005, 0.01, 0.015, 0.2, 0.2]
    adjusted = correction.tarone_holm(p, least)
    assert adjusted.round(4).tolist() == [0.003, 0.04, 0.4, 0.3, 0.2]
    assert correction.adjust(p, p, "holm").round(4).tolist() == [0.005, 0.08, 0.6, 0.6, 0.6]


def test_the_least_p_is_that_of_the_most_extreme_table() -> None:
    # Three occurrences, sides of 10 and 10: at best all on one side, p = 2·C(10,3)/C(20,3).
    _, least = correction.exact_p([2], 10, [1], 10)
    assert least[0] == pytest.approx(2 * 120 / 1140)


ESSAYS = {
    "甲一": "海洋/n 海洋/n 海洋/n 经济/n 。/w\n改革/n 发展/n 发展/n 经济/n 。/w",
    "甲二": "海洋/n 海洋/n 改革/n 发展/n 。/w\n海洋/n 改革/n 经济/n 。/w",
    "乙一": "山水/n 山水/n 改革/n 发展/n 。/w\n山水/n 山水/n 经济/n 改革/n 。/w",
    "乙二": "山水/n 发展/n 改革/n 。/w\n经济/n 发展/n 改革/n 山水/n 。/w",
}
Made = tuple[pt.Corpus, pd.DataFrame]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return handmade(tmp_path, ESSAYS, place=["甲", "甲", "乙", "乙"])


def test_a_table_carries_counts_sizes_ranges_and_method(made: Made) -> None:
    corpus, tokens = made
    table = keyness(tokens, corpus, "甲", by="place", min_count=1, alpha0=20)
    sea = table.iloc[0]
    assert sea["term"] == "海洋"
    assert sea[["f1", "n1", "f2", "n2"]].tolist() == [6, 15, 0, 15]
    assert sea[["documents1", "paragraphs1", "texts1", "documents2"]].tolist() == [2, 3, 2, 0]
    assert sea["score"] == pytest.approx(effect.g2(6, 15, 0, 15))
    assert sea["rate1"] == 400
    assert (sea["measure"], sea["correction"], sea["alpha0"]) == ("g2", "tarone-holm", 20)
    assert (sea["target"], sea["reference"]) == ("甲", "rest")
    assert table["term"].iloc[-1] == "山水"
    assert table.attrs["words_tested"] == len(table)


def test_a_group_is_meant_by_its_name_as_one_writes_it(made: Made) -> None:
    corpus, tokens = made
    asked = keyness(tokens, corpus, "甲", by="place", min_count=1)
    found = keyness(tokens, corpus, target="甲", min_count=1)
    assert found.attrs["by"] == "place" and found.equals(asked)
    assert keyness(tokens, corpus, target="乙二", min_count=1).attrs["by"] == "author"
    page = pt.read_corpus("data/wenzhou-2021")
    ouhai = keyness(page, "瓯海", "洞头区", by="place")
    assert ouhai.equals(keyness(page, target="瓯海", reference="洞头", by="place"))
    assert ouhai.equals(keyness(pt.segment(page), page, "瓯海区", "洞头区", by="place"))
    assert ouhai[["target", "reference"]].iloc[0].tolist() == ["瓯海区", "洞头区"]


def test_words_without_their_corpus_say_what_is_missing(made: Made) -> None:
    corpus, tokens = made
    with pytest.raises(SelectionError, match=r"words do not know their texts; .*target="):
        keyness(tokens, target="甲")
    with pytest.raises(SelectionError, match="no group '丙' in any column; use one of 甲一"):
        keyness(tokens, corpus, target="丙")


def test_words_that_know_their_corpus_need_no_other(made: Made) -> None:
    corpus, tokens = made
    own = pt.segment(corpus, segmenter=tokens)
    asked = keyness(tokens, corpus, "甲", by="place", min_count=1)
    assert keyness(own, target="甲", min_count=1).equals(asked)
    assert keyness(own, "甲", by="place", min_count=1).equals(asked)
    assert keyness(select_terms(own), "甲", by="place", min_count=1).equals(asked)


def test_stop_words_are_added_where_the_words_are_asked_for(made: Made) -> None:
    corpus, tokens = made
    first = keyness(tokens, corpus, "甲", min_count=1)["term"].iloc[0]
    fewer = keyness(tokens, corpus, "甲", min_count=1, extra_stopwords=[first])
    assert first not in set(fewer["term"]) and len(fewer)
    assert first not in set(count_terms(tokens, corpus, extra_stopwords=[first])["term"])
    with pytest.raises(SelectionError, match="selected already; give extra_stopwords to select_"):
        count_terms(select_terms(tokens, corpus), corpus, extra_stopwords=[first])


def test_the_options_change_the_columns_they_name(made: Made) -> None:
    corpus, tokens = made
    plain = keyness(tokens, corpus, "甲", by="place", min_count=1)
    other = keyness(
        *(tokens, corpus, "甲", "乙"),
        by="place",
        min_count=1,
        measure="ll2",
        correction="none",
        alpha0=10,
    )
    assert other["score"].iloc[0] == pytest.approx(effect.ll2(6, 15, 0, 15))
    assert (other["p_adjusted"] == other["p_exact"]).all()
    assert (other["fw_z"] != plain["fw_z"]).any()
    assert set(other["alpha0"]) == {10}


def test_the_same_text_null_is_the_strongest_contrast_within_one_text(made: Made) -> None:
    corpus, tokens = made
    table = keyness(tokens, corpus, "甲", by="place", min_count=1)
    sea = table.set_index("term").loc["海洋"]
    assert (sea["null_text"], sea["null_f1"], sea["null_f2"]) == ("甲一", 3, 0)
    assert sea["null_score"] == pytest.approx(effect.g2(3, 4, 0, 4))
    assert sea["null_contrasts"] == 4
    assert sea["null_reached"] == 0


def test_a_word_of_one_half_is_as_key_inside_its_text_as_between_texts(tmp_path: Path) -> None:
    # The trap of one text a side: 11 to 0 between two essays, and 11 to 0 inside one of them.
    burst = "\n".join(["海洋/n 经济/n 工作/n 。/w"] * 11 + ["改革/n 发展/n 工作/n 。/w"] * 11)
    other = "\n".join(["改革/n 经济/n 工作/n 。/w"] * 11)
    corpus, tokens = handmade(tmp_path, {"甲": burst, "乙": other})
    sea = keyness(tokens, corpus, "甲").set_index("term").loc["海洋"]
    assert (sea["f1"], sea["f2"], sea["null_f1"], sea["null_f2"]) == (11, 0, 11, 0)
    assert abs(sea["null_score"]) >= abs(sea["score"])
    assert sea["null_reached"] == 1


def test_the_sea_stands_between_two_essays_as_within_one() -> None:
    corpus = pt.read_corpus("data/wenzhou-2021")
    table = keyness(pt.segment(corpus), corpus, "洞头区", "瓯海区", by="place")
    sea = table.set_index("term").loc["海洋"]
    assert (sea["f1"], sea["f2"], sea["p_adjusted"] < 0.05) == (11, 0, True)
    assert (sea["null_f1"], sea["null_f2"], sea["null_text"]) == (11, 0, "dongtou")


def test_words_pass_between_blocks_of_one_report(shared: Path) -> None:
    # Why no p of single texts is called significant: the blocks are of one text, and yet.
    reports = pt.read_corpus(shared / "corpora" / "shenzhen-districts")
    corpus = reports.select(["baoan-2019"])
    matrix = term_matrix(select_terms(pt.segment(corpus), corpus))
    counts, words = matrix.grouped(np.arange(len(matrix.words)) // 40)
    passing = 0
    for at in range(len(words) - 2):  # but the last block, which is not full
        f1, f2 = (counts[[row]].toarray()[0] for row in (at, at + 1))
        p, least = correction.exact_p(f1, words[at], f2, words[at + 1])
        passing += bool(np.min(correction.tarone_holm(p, least)) < 0.05)
    assert passing > (len(words) - 2) / 3


def test_a_reference_list_of_the_users(made: Made, tmp_path: Path) -> None:
    corpus, tokens = made
    path = tmp_path / "list.csv"
    path.write_text("term,frequency\n海洋,1\n改革,50\n其他,949\n", encoding="utf-8")
    table = keyness(tokens, corpus, "甲", read_reference(path), by="place", min_count=1)
    sea = table.iloc[0]
    assert sea[["term", "f2", "n2", "texts2"]].tolist() == ["海洋", 1, 1000, 0]
    assert np.isnan(sea["documents2"])
    assert set(table["reference"]) == {"list.csv"}
    assert "山水" not in set(table["term"])
    assert set(table["null_contrasts"]) == {2}


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("word,frequency\n海洋,1\n", "no column 'term'; name the columns term, frequency"),
        ("term,count\n海洋,1\n", "no column 'frequency'"),
        ("term,frequency\n海洋,1\n改革,-3\n", "row 3: the frequency is '-3'; write a whole"),
        ("term,frequency\n海洋,many\n", "row 2: the frequency is 'many'"),
        ("term,frequency\n海洋,1.5\n", "row 2: the frequency is '1.5'"),
        ("term,frequency\n海洋,1\n海洋,2\n", "'海洋' has two rows; add them up"),
        ("term,frequency\n海洋,0\n", "add up to 0"),
        ("", "save it as one"),
    ],
)
def test_a_wrong_reference_list_gets_one_sentence(
    tmp_path: Path, written: str, message: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(SelectionError, match=message):
        read_reference(path)


def test_errors_say_what_to_do(made: Made) -> None:
    corpus, tokens = made
    for target, reference, message in [
        ("丙", "rest", "no group '丙' in place; use one of 甲, 乙"),
        ("甲", "丙", "no group '丙' in place"),
        ("甲", "甲", "name two groups"),
    ]:
        with pytest.raises(SelectionError, match=message):
            keyness(tokens, corpus, target, reference, by="place")
    with pytest.raises(SelectionError, match="'甲' is the only group in place"):
        keyness(tokens, corpus.select(["甲一", "甲二"]), "甲", by="place")
    with pytest.raises(SelectionError, match="give a lower min_count"):
        keyness(tokens, corpus, "甲", by="place", min_count=99)
    with pytest.raises(SelectionError, match="measure is 'chi2'; use one of g2, ll2"):
        keyness(tokens, corpus, "甲", by="place", measure="chi2")
    with pytest.raises(SelectionError, match="no such file"):
        read_reference("nowhere.csv")


def test_with_several_texts_a_side_the_texts_are_tested(made: Made) -> None:
    corpus, tokens = made
    table = text_test(tokens, corpus, "甲", "乙", by="place", min_count=1).set_index("term")
    sea = table.loc["海洋"]
    assert sea["mean1"] == pytest.approx(1000 * (3 / 8 + 3 / 7) / 2)
    assert (sea["texts1"], sea["documents1"], sea["documents2"]) == (2, 2, 0)
    # Two of four texts can be chosen in six ways, and each choice has its mirror image.
    assert (sea["ways"], sea["p_floor"], sea["p_permutation"]) == (6, 2 / 6, 2 / 6)


def test_the_method_goes_into_the_caption(made: Made) -> None:
    corpus, tokens = made
    table = keyness(tokens, corpus, "甲", by="place", min_count=1, alpha0=20)
    line = method_line(table.head(2))
    for part in ("G²", "甲与其余各组相比", "Tarone–Holm", "先验共 20 次", "at least 1", "halves"):
        assert part in line
    over_texts = method_line(text_test(tokens, corpus, "甲", by="place", min_count=1))
    assert "permutation (6 ways), Welch; Holm" in over_texts
    with pytest.raises(ValueError, match="before merging or saving"):
        method_line(pd.DataFrame(table.to_dict("list")))


def test_a_test_over_texts_needs_two_texts_a_side(made: Made) -> None:
    corpus, tokens = made
    with pytest.raises(SelectionError, match="has 1 text, and a test over texts needs two"):
        text_test(tokens, corpus, "甲一", by="author")
    with pytest.raises(SelectionError, match="give a lower min_count"):
        text_test(tokens, corpus, "甲", by="place", min_count=99)
    with pytest.raises(SelectionError, match="use one of holm, benjamini-hochberg, none"):
        text_test(tokens, corpus, "甲", by="place", correction="tarone-holm")


def test_the_smallest_permutation_p_is_one_in_all_choices() -> None:
    rates = np.arange(7.0)[:, None] ** 2
    side = np.arange(7) >= 5
    p, floor, ways, every = permutation_p(rates, side)
    assert (p[0], floor, ways, every) == (1 / 21, 1 / 21, 21, True)


def test_drawn_permutations_come_near_to_all_of_them() -> None:
    rates = np.random.default_rng(5).gamma(2, size=(12, 3))
    side = np.arange(12) < 4
    exact, *_ = permutation_p(rates, side)
    drawn, floor, ways, every = permutation_p(rates, side, n_resamples=400)
    assert (floor, ways, every) == (1 / 400, 400, False)
    assert np.abs(drawn - exact).max() < 0.1


def test_welch_of_rates_that_do_not_vary_is_missing() -> None:
    t, _, p = welch(np.array([[1.0], [1.0]]), np.array([[1.0], [1.0]]))
    assert np.isnan(t[0])
    assert np.isnan(p[0])
    # No more is known where two means differ: two equal texts a side are no proof.
    _, df, p = welch(np.array([[1.0], [1.0]]), np.array([[2.0], [2.0]]))
    assert np.isnan([df[0], p[0]]).all()


def test_the_word_shift_adds_up_to_the_divergence(made: Made) -> None:
    corpus, tokens = made
    shift = word_shift(tokens, corpus, "甲", "乙", by="place")
    p = np.array([6, 3, 3, 3, 0]) / 15
    q = np.array([0, 2, 4, 3, 6]) / 15
    middle = (p + q) / 2
    entropy = [-sum(x * np.log2(x) for x in law if x) for law in (p, q, middle)]
    total = entropy[2] - (entropy[0] + entropy[1]) / 2
    assert shift["contribution"].sum() == pytest.approx(total)
    assert shift["total"].iloc[0] == pytest.approx(total)
    assert shift["percent"].sum() == pytest.approx(100)
    assert shift.set_index("term")["higher_in"].to_dict()["山水"] == "乙"


def test_a_side_without_a_word_is_refused(tmp_path: Path) -> None:
    corpus, tokens = handmade(tmp_path, {"甲": "改革/n 。/w", "乙": "的/u 。/w"})
    with pytest.raises(pt.SelectionError, match="no word of 乙 is left to count; choose another"):
        word_shift(tokens, corpus, "甲", "乙")


def test_the_word_shift_is_measured_against_halves_of_the_same_length(made: Made) -> None:
    corpus, tokens = made
    shift = word_shift(tokens, corpus, "甲", "乙", by="place").iloc[0]
    # 甲一: 海洋 海洋 海洋 经济 | 改革 发展 发展 经济
    assert shift["null_total"] == pytest.approx(jensen_shannon([3, 1, 0, 0], [0, 1, 1, 2]).sum())
    assert shift["cross_total"] > 0
