"""Features and weights: what is named, how it is summed, what is chosen and why."""

from math import exp

import pandas as pd
import pytest

import policytext as pt
from handmade import page
from policytext.slogans.candidates import Candidate, candidates
from policytext.slogans.document import documents
from policytext.slogans.features import Evidence
from policytext.slogans.model import WEIGHTS, Scored, choose, scored, weights
from policytext.slogans.reference import Counts, Reference

NOBODY = Reference({}, 0)


def features_of(text: str, candidate: str, reference: Reference = NOBODY) -> set[str]:
    document = next(iter(documents(page(text), pt.default_lexicon())))
    evidence = Evidence(document, reference)
    found = {document.text[c.start : c.end]: c for c in candidates(document)}
    return set(evidence.features(found[candidate]))


def test_features_say_what_they_are_about() -> None:
    text = "坚持“敢闯敢试”精神，推进“个转企”“小升规”。"
    assert {
        "quoted: length 4",
        "quoted: repeats a character",
        "quoted: before a word of orientation",
        "quoted: quoted in 3-5 other reports",
        "quoted: mostly quoted elsewhere",
    } <= features_of(text, "敢闯敢试", Reference({"敢闯敢试": Counts(4, 5)}, 9))
    assert {"quoted: beside a quotation of its length"} <= features_of(text, "个转企")


def test_quoted_and_bare_features_are_apart() -> None:
    text = "弘扬“敢闯敢试”，坚持敢闯敢试。"
    document = next(iter(documents(page(text), pt.default_lexicon())))
    evidence = Evidence(document, NOBODY)
    sides = [{f.partition(":")[0] for f in evidence.features(c)} for c in candidates(document)]
    assert {"quoted"} in sides
    assert {"bare"} in sides
    assert all(len(side) == 1 for side in sides)


def test_a_score_is_the_sum_of_its_weights() -> None:
    one = Candidate(0, 4, frozenset({"quoted"}))
    table = {"quoted: every candidate": 0.5, "quoted: a": 1.0, "quoted: b": -2.0}
    result = scored(one, ["quoted: a", "quoted: b", "quoted: unknown"], table)
    assert result.score == pytest.approx(1 / (1 + exp(0.5)))
    assert result.why == "b -2.0; a +1.0"


def of(start: int, end: int, score: float, *kinds: str) -> Scored:
    return Scored(Candidate(start, end, frozenset(kinds)), score, "")


def test_of_bare_ones_that_overlap_the_best_is_chosen() -> None:
    found = [of(0, 8, 0.4, "label"), of(4, 8, 0.6, "label"), of(9, 12, 0.1, "label")]
    assert [one.candidate[:2] for one in choose(found, 0.2)] == [(4, 8)]


def test_a_bare_one_may_hold_a_quotation_and_not_lie_in_one() -> None:
    found = [of(3, 6, 0.9, "quoted"), of(0, 9, 0.5, "heading"), of(4, 6, 0.8, "limb")]
    assert [one.candidate[:2] for one in choose(found, 0.2)] == [(0, 9), (3, 6)]


def test_formulae_of_the_lexicon_are_kept_whatever_their_score() -> None:
    assert choose([of(0, 5, 0.01, "extended formula")], 0.2)


def test_every_weight_is_of_a_feature_that_is_named_so() -> None:
    table = pd.read_csv(WEIGHTS)
    assert table["feature"].is_unique
    assert table["feature"].str.startswith(("quoted: ", "bare: ")).all()
    assert (table["count"] >= 3).all()
    assert set(weights()) == set(table["feature"])


def test_a_higher_threshold_finds_fewer() -> None:
    corpus = pt.read_corpus("data/wenzhou-2021")
    counts = [pt.find_slogans(corpus, threshold=t)["core"].sum() for t in (0.3, 0.5, 0.8)]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1]


def test_a_row_says_its_score_and_why() -> None:
    found = pt.find_slogans(page("坚持“敢闯敢试”精神。"))
    row = found[found["text"] == "敢闯敢试"].iloc[0]
    assert 0 <= row["score"] <= 1
    assert row["why"].count(";") == 2
