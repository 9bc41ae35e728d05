"""Dispersion, diversity and collocations against published values and counts by hand."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import policytext as pt
from handmade import handmade
from policytext.corpus.issues import SelectionError
from policytext.terms import collocations, dispersion, diversity
from policytext.terms.collocations import log_dice, npmi
from policytext.terms.dispersion import (
    dp,
    dp_norm,
    juilland_d,
    mattr,
    yule_k,
)
from policytext.terms.measures import divergence, jensen_shannon

# Gries 2008: five parts of 9, 10, 10, 10 and 11 words.
GRIES = [9, 10, 10, 10, 11]
# Lyne 1985, the word ALLEMAND in ten parts.
LYNE = [2, 0, 1, 1, 3, 0, 3, 0, 0, 0]
LYNE_PARTS = [8143, 8058, 8271, 8125, 7959, 7941, 8146, 8001, 8003, 7930]


def test_gries_rising_word() -> None:
    a = [1, 2, 3, 4, 5]
    assert dp(a, GRIES).round(4) == 0.18
    assert dp_norm(a, GRIES).round(4) == 0.2195
    assert juilland_d(a, GRIES).round(4) == 0.7852


def test_gries_even_word() -> None:
    b = [2, 2, 2, 2, 2]
    assert dp(b, GRIES).round(4) == 0.02
    assert dp_norm(b, GRIES).round(4) == 0.0244
    assert juilland_d(b, GRIES).round(4) == 0.9681


def test_lynes_word() -> None:
    assert juilland_d(LYNE, LYNE_PARTS).round(7) == 0.6038797


def test_a_word_in_one_part_alone_is_as_clumped_as_can_be() -> None:
    alone = [0, 0, 0, 7]
    assert dp_norm(alone, [5, 5, 5, 5]) == pytest.approx(1)
    assert juilland_d(alone, [5, 5, 5, 5]) == pytest.approx(0)


@pytest.mark.parametrize(
    ("measure", "counts", "sizes", "bound"),
    [
        (dp_norm, [7, 0, 0], [222, 234, 225], 1),
        (juilland_d, [0, 7, 0], [153, 142, 143], 0),
    ],
)
def test_at_its_bound_a_measure_does_not_go_beyond(
    measure: Callable[..., np.ndarray], counts: list[int], sizes: list[int], bound: int
) -> None:
    assert measure(counts, sizes) == bound


made_parts = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 400)), min_size=2, max_size=40)


@given(made_parts, st.sampled_from(["as it is", "even", "in one part"]))
def test_what_is_bounded_by_definition_stays_within(
    parts: list[tuple[int, int]], spread: str
) -> None:
    counts, sizes = map(np.array, zip(*parts, strict=True))
    if spread == "even":
        counts = 7 * sizes
    elif spread == "in one part" or not counts.any():
        counts = np.arange(len(sizes)) == np.argmin(sizes)
    for measure in (dp, dp_norm, juilland_d):
        assert 0 <= measure(counts, sizes) <= 1, measure.__name__
    apart = jensen_shannon([*sizes, *(0 * sizes)], [*(0 * sizes), *counts])
    assert (apart >= 0).all() and divergence(apart) <= 1
    total = int(sizes.sum())
    assert np.abs(npmi(sizes, sizes, sizes, total)).max() <= 1
    assert np.abs(npmi(1, sizes, sizes, total * 400)).max() <= 1


def test_many_words_at_once_are_many_words_one_by_one() -> None:
    counts = np.array([[1, 2, 3, 4, 5], [2, 2, 2, 2, 2]])
    for measure in (dp, dp_norm, juilland_d):
        together = measure(counts, GRIES)
        assert together.tolist() == [float(measure(row, GRIES)) for row in counts]


# The Latin text of St John, ch. 1, as quanteda keeps it for its own tests (stjohn_latin.csv): how
# many words occur once, twice and so on. quanteda counts the same 770 words of 329 types and notes
# 129.0943 for 10⁴·Σ i²·V_i/N², without the − N of the definition (quanteda.textstats issue 46).
ST_JOHN = {
    **{1: 211, 2: 48, 3: 24, 4: 16, 5: 5, 6: 5, 7: 6, 8: 4},
    **{11: 2, 13: 2, 14: 1, 16: 1, 17: 1, 21: 2, 61: 1},
}


def test_yules_k_of_a_real_text() -> None:
    counts = [times for times, words in ST_JOHN.items() for _ in range(words)]
    assert (sum(counts), len(counts)) == (770, 329)
    assert yule_k(counts) == pytest.approx(129.0943 - 1e4 / 770, abs=1e-4)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        # The R package koRpus gives these two (quanteda.textstats issue 46).
        ("a b c d d e e f f f", 1000),
        ("a b c d d e e f f f g g g g", 1122.448979591836735),
        # By hand: no word twice; one word alone, 10⁴·(9 − 3)/9.
        ("a b c d", 0),
        ("a a a", 10_000 * 6 / 9),
    ],
)
def test_yules_k_of_a_few_words(words: str, value: float) -> None:
    assert yule_k(pd.Series(words.split()).value_counts()) == pytest.approx(value)


def test_no_words_have_no_k() -> None:
    assert np.isnan(yule_k([]))


@pytest.mark.parametrize(("window", "value"), [(2, 5 / 6), (3, 2 / 3), (4, 1 / 2), (7, 2 / 7)])
def test_mattr_is_the_mean_over_all_windows(window: int, value: float) -> None:
    # The toy of quanteda's own tests.
    assert mattr([["one", "one", "two", "one", "one", "two", "one"]], window) == pytest.approx(
        value
    )


def test_a_text_shorter_than_the_window_has_no_mattr() -> None:
    assert np.isnan(mattr([["one", "two"]], 3))


def test_log_dice_and_npmi_at_their_ends() -> None:
    assert log_dice(7, 7, 7) == 14
    assert log_dice(1, 2, 2) == 13
    assert npmi(5, 5, 5, 5) == 1
    assert npmi(5, 5, 5, 40) == pytest.approx(1)
    assert npmi(1209, 1209, 1209, 2903) == 1
    assert divergence(jensen_shannon([21, 89, 0, 0], [0, 0, 21, 89])) == 1
    assert npmi(2, 10, 20, 100) == pytest.approx(0)


ESSAYS = {
    "甲": "推进/v 改革/n 发展/n 。/w\n推进/v 改革/n ，/w 发展/n 推进/v 。/w",
    "乙": "推进/v 改革/n 。/w\n改革/n 发展/n 。/w\n海洋/n 推进/v 。/w",
}
Made = tuple[pt.Corpus, pd.DataFrame]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return handmade(tmp_path, ESSAYS)


def test_the_table_names_the_parts_it_counts_in(made: Made) -> None:
    corpus, tokens = made
    table = dispersion(tokens, corpus, "paragraph", min_count=1).set_index("term")
    push = table.loc["推进"]
    assert push[["count", "tokens", "range", "parts"]].tolist() == [5, 13, 4, 5]
    assert push["unit"] == "paragraph"
    assert push["dp"] == pytest.approx(dp([1, 2, 1, 0, 1], [3, 4, 2, 2, 2]))
    assert "海洋" not in dispersion(tokens, corpus, "sentence", min_count=2)["term"].tolist()
    one = dispersion(tokens, corpus.select(["乙"]), "sentence", min_count=1)
    assert set(one["tokens"]) == {6}


def test_dispersion_errors_say_what_to_do(made: Made) -> None:
    corpus, tokens = made
    with pytest.raises(SelectionError, match="use one of document, paragraph, sentence"):
        dispersion(tokens, corpus, "chapter")
    with pytest.raises(SelectionError, match="there is one document; choose smaller parts"):
        dispersion(tokens, corpus.select(["甲"]), "document", min_count=1)
    with pytest.raises(SelectionError, match="no term occurs 9 times"):
        dispersion(tokens, corpus, min_count=9)


def test_windows_do_not_cross_from_text_to_text(made: Made) -> None:
    corpus, tokens = made
    table = diversity(tokens, corpus, by=None, window=6).iloc[0]
    assert table[["documents", "tokens", "types"]].tolist() == [2, 13, 4]
    first = [mattr([list(words)], 6) for words in ("推改发推改发", "改发推改发推")]
    assert table["mattr"] == pytest.approx((sum(first) + 4 / 6) / 3)
    assert table["yule_k"] == pytest.approx(1e4 * (5**2 + 4**2 + 3**2 + 1 - 13) / 13**2)
    with pytest.raises(SelectionError, match="give 2 words or more"):
        diversity(tokens, corpus, window=1)


def test_company_is_counted_in_sentences(made: Made) -> None:
    corpus, tokens = made
    table = collocations(tokens, corpus, min_count=2).set_index(["first", "second"])
    pair = table.loc[("推进", "改革")]
    assert pair[["count", "count1", "count2", "total", "documents"]].tolist() == [3, 4, 4, 5, 2]
    assert pair["log_dice"] == pytest.approx(14 + np.log2(6 / 8))
    assert pair["npmi"] == pytest.approx(np.log(3 * 5 / 16) / -np.log(3 / 5))


def test_neighbours_are_in_order_and_a_comma_parts_them(made: Made) -> None:
    corpus, tokens = made
    table = collocations(tokens, corpus, "adjacent", min_count=1)
    pairs = table.set_index(["first", "second"])["count"].to_dict()
    assert pairs == {
        **{("推进", "改革"): 3, ("改革", "发展"): 2, ("发展", "推进"): 1, ("海洋", "推进"): 1}
    }
    node = collocations(tokens, corpus, "adjacent", min_count=1, node="海洋")
    assert node["second"].tolist() == ["推进"]
    with pytest.raises(SelectionError, match="give a lower min_count"):
        collocations(tokens, corpus, min_count=9)
    with pytest.raises(SelectionError, match="use one of sentence, adjacent"):
        collocations(tokens, corpus, "paragraph")
