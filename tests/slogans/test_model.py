"""Features and weights: what is named, how it is summed, what is chosen and why."""

from math import exp

import pandas as pd
import pytest

import policytext as pt
from handmade import page
from policytext.evaluation.summary import calibration
from policytext.slogans.candidates import Candidate, candidates
from policytext.slogans.document import documents
from policytext.slogans.features import Evidence
from policytext.slogans.model import (
    EVERY,
    WEIGHTS,
    Scored,
    Side,
    Weights,
    choose,
    lifted,
    scored,
    weights,
)
from policytext.slogans.reference import Counts, Reference

NOBODY = Reference({}, 0)


def features_of(
    text: str, candidate: str, reference: Reference = NOBODY, first: bool = False
) -> set[str]:
    """The features of the first or the last place of a candidate."""
    document = next(iter(documents(page(text), pt.default_lexicon())))
    evidence = Evidence(document, reference, weights())
    places = [c for c in candidates(document) if document.text[c.start : c.end] == candidate]
    (names,) = evidence.features([places[0 if first else -1]])
    return set(names)


def test_features_say_what_they_are_about() -> None:
    text = "坚持“敢闯敢试”精神，推进“个转企”“小升规”。"
    assert {
        "length 4",
        "repeats a character",
        "before a word of orientation",
        "in 3-5 other reports",
        "clause of 0-2 behind it",
    } <= features_of(text, "敢闯敢试", Reference({"敢闯敢试": Counts(4, 5)}, 9))
    assert {"beside a quotation of its length"} <= features_of(text, "个转企")


def test_what_stands_around_a_bare_candidate_is_named() -> None:
    text = "第一段。\n\n二、全力打造滨海花园城市\n\n甲乙。推动滨海花园城市建设三年行动。"
    assert {
        "found as label",
        "behind a verb of building",
        "before a stop",
        "in a heading",
        "label in a heading",
        "label before a stop",
    } <= features_of(text, "滨海花园城市", first=True)
    assert {"before 建设", "label in the text"} <= features_of(text, "滨海花园城市")


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("我市荣获“四季花果之都”称号。", "names what is awarded"),  # a title
        ("全县入选全国“四季花果之都”等名单。", "names what is awarded"),
        ("甲乙镇获评省级“四季花果之都”示范镇。", "describes what is awarded"),
        ("荣获“甲乙金奖”“四季花果之都”，入选名单。", "names what is awarded"),  # in a row
        ("我市成功创建省级“四季花果之都”。", "names what is awarded"),
        ("甲乙镇创成“四季花果之都”示范镇。", "describes what is awarded"),
    ],
)
def test_a_title_is_told_from_what_describes_one(text: str, feature: str) -> None:
    awarded = {name for name in features_of(text, "四季花果之都") if "awarded" in name}
    assert awarded == {feature}


def test_a_means_is_no_award() -> None:
    assert not any("awarded" in name for name in features_of("通过“提质”，多做实事。", "提质"))


def test_a_score_is_the_sum_of_its_weights_on_its_side() -> None:
    table = Weights(Side({EVERY: 0.5, "a": 1.0, "b": -2.0}), Side({"a": 3.0}))
    marked, names = Candidate(0, 4, frozenset({"quoted"})), (["a"], ["b", "unknown"])
    features = [table.quoted.weighed(some) for some in names]
    assert scored(marked, features, table).score == pytest.approx(1 / (1 + exp(0.5)))
    assert table.quoted.reasons(features) == "b -2.0; a +1.0"
    bare = Candidate(0, 4, frozenset({"label"}))
    features = [table.bare.weighed(some) for some in names]
    assert scored(bare, features, table).score == pytest.approx(1 / (1 + exp(-3)))


def test_a_common_term_is_not_scored() -> None:
    found = pt.find_slogans(page("推动高质量发展。"))
    row = found[found["text"] == "高质量发展"].iloc[0]
    assert not row["core"]
    assert pd.isna(row["score"])


def of(start: int, end: int, score: float, *kinds: str) -> Scored:
    return Scored(Candidate(start, end, frozenset(kinds)), score)


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
    named = {
        f"{side}: {name}" for side, known in weights()._asdict().items() for name in known.weights
    }
    assert named == set(table["feature"])


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


@pytest.mark.parametrize("wrong", [2, -0.1, float("nan"), "x", None])
def test_a_threshold_that_is_none_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match="give a number from 0 to 1"):
        pt.find_slogans(page("坚持“敢闯敢试”精神。"), threshold=wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("part", ["quoted", "bare"])
def test_of_ten_candidates_coders_call_as_many_core_as_their_score_says(part: str) -> None:
    table = calibration().query("part == @part")
    assert (table["share"] - table["score"]).abs().max() < 0.1


def test_quotations_of_one_wording_are_judged_together() -> None:
    scores = {0: 0.6, 9: 0.4, 18: 0.9}
    found = [Scored(Candidate(at, at + 4, frozenset({"quoted"})), s) for at, s in scores.items()]
    together = lifted(found, ["敢闯敢试", "敢闯敢试", "先行先试"])
    assert [one.score for one in together] == [0.5, 0.5, 0.9]


@pytest.mark.parametrize(
    ("starts", "scores"),
    [
        ((0, 5), (0.5, 0.5)),  # “个转企”“小升规”
        ((0, 6), (0.5, 0.5)),  # “个转企”、“小升规”
        ((0, 12), (0.8, 0.2)),  # far apart
    ],
)
def test_quotations_of_one_length_in_a_row_are_judged_together(
    starts: tuple[int, int], scores: tuple[float, float]
) -> None:
    quoted = frozenset({"quoted"})
    spans = [Candidate(at, at + 3, quoted) for at in starts]
    found = [Scored(one, score) for one, score in zip(spans, (0.8, 0.2), strict=True)]
    judged = lifted(found, ["个转企", "小升规"])
    assert [one.score for one in judged] == pytest.approx(scores)


def test_neighbours_of_another_length_keep_their_scores() -> None:
    found = [
        Scored(Candidate(0, 3, frozenset({"quoted"})), 0.8),
        Scored(Candidate(5, 9, frozenset({"quoted"})), 0.2),
    ]
    assert [one.score for one in lifted(found, ["个转企", "先行先试"])] == [0.8, 0.2]


def test_why_speaks_in_words() -> None:
    side = Side({"found as label": 0.7, "limbs 2": -0.8})
    features = [side.weighed(["found as label", "limbs 2"])]
    assert side.reasons(features) == "limbs 2 -0.8; name for a place +0.7"
