"""Weigh the features of a candidate: a sum of the weights of a table, as a probability.

The weights are those of two logistic regressions, one of quoted and one of bare candidates, that
``scripts/train_slogans.py`` fits on the coded passages. Here nothing is learned: the score is
``1 / (1 + exp(-sum))``.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import repeat
from math import exp, fsum
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from policytext.paths import HOME
from policytext.slogans.candidates import Candidate

WEIGHTS = HOME / "data" / "slogan-model" / "weights.csv"
SIDES = ("quoted", "bare")
EVERY = "every candidate"
# The score from which a mention is core, which gives the highest F1 in cross-validation, of quoted
# and of bare candidates alike. It lies below one half since much of what is not core is extended,
# which is no error: of ten that score .3 coders call three core, three extended, four no slogan.
THRESHOLD = 0.3
_REASONS = 3
# What the kinds of candidates mean, where their name alone does not say it to a reader of ``why``.
_IN_WORDS = {
    "again": "wording that is quoted elsewhere in the text",
    "built": "thing that is built",
    "held": "words that are held to",
    "label": "name for a place",
    "limb": "limb of a quotation",
    "repeated": "repeated candidate",
    "stated": "wording that other reports quote",
    "substituted": "national formula with a word put in",
}
_NAMED = re.compile(f"^(?:found as )?({'|'.join(_IN_WORDS)})(?= |$)")
_KEPT = {"numeral", "plan", "core formula", "extended formula"}
_KEPT |= {"core numeral formula", "extended numeral formula"}


class Scored(NamedTuple):
    """A candidate with its score, 0 to 1, and its features."""

    candidate: Candidate
    score: float
    features: list[str]


Weights = dict[str, dict[str, float]]


@lru_cache(maxsize=4)
def weights(path: Path = WEIGHTS) -> Weights:
    """The weight of each feature, for quoted candidates and for bare ones."""
    table = pd.read_csv(path, encoding="utf-8-sig", dtype={"feature": str})
    found: Weights = {side: {} for side in SIDES}
    for feature, weight in zip(table["feature"], table["weight"].astype(float), strict=True):
        side, _, name = feature.partition(": ")
        found[side][name] = weight
    return found


def side_of(candidate: Candidate) -> str:
    """Whether a candidate stands in quotation marks: quoted or bare."""
    return SIDES["quoted" not in candidate.kinds]


def scored(candidate: Candidate, features: list[str], table: Weights) -> Scored:
    """Score a candidate by its features.

    >>> one = Candidate(0, 4, frozenset({"quoted"}))
    >>> table = {"quoted": {"a": 2.0, "b": -0.5, EVERY: 0.0}, "bare": {}}
    >>> scored(one, ["a", "b"], table)
    Scored(candidate=..., score=0.817..., features=['a', 'b'])
    """
    if candidate.is_term:
        return Scored(candidate, 0.0, [])
    known = table[side_of(candidate)]
    # Exact, so that the order of the features does not show in the last digit.
    total = fsum(map(known.get, (EVERY, *features), repeat(0.0)))
    return Scored(candidate, 1 / (1 + exp(-total)), features)


def reasons(one: Scored, table: Weights) -> str:
    """The three features of a candidate that weighed most, with their weights.

    >>> one = Scored(Candidate(0, 4, frozenset({"quoted"})), 0.8, ["a", "b"])
    >>> reasons(one, {"quoted": {"a": 2.0, "b": -0.5}})
    'a +2.0; b -0.5'
    """
    known = table[side_of(one.candidate)]
    named = known.keys() & one.features
    heaviest = sorted([(-abs(known[name]), name) for name in named])[:_REASONS]
    return "; ".join(f"{_in_words(name)} {known[name]:+.1f}" for _, name in heaviest)


@lru_cache(maxsize=1 << 12)
def _in_words(feature: str) -> str:
    return _NAMED.sub(lambda kind: _IN_WORDS[kind[1]], feature, count=1)


def lifted(found: Sequence[Scored], wordings: Sequence[str]) -> list[Scored]:
    """Judge what a text says twice once: one score for a quotation, and a lift for it bare.

    Quotations of one wording have the mean of their scores; what stands bare has the mean of its
    own and that one, if it is higher and the quotation is a slogan.

    >>> found = [Scored(Candidate(at, at + 4, kinds), score, [])
    ...     for at, kinds, score in ((0, frozenset({"quoted"}), 0.9), (9, frozenset(), 0.1))]
    >>> lifted(found, ["敢闯敢试", "敢闯敢试"])[1].score
    0.5
    """
    scores: dict[str, list[float]] = defaultdict(list)
    for one, words in zip(found, wordings, strict=True):
        if side_of(one.candidate) == "quoted":
            scores[words].append(one.score)
    means = {words: fsum(several) / len(several) for words, several in scores.items()}
    return [
        _beside(one, means[words]) if words in means else one
        for one, words in zip(found, wordings, strict=True)
    ]


def _beside(one: Scored, mean: float) -> Scored:
    """A candidate whose wording has a mean score in quotation marks."""
    score = mean
    if side_of(one.candidate) != "quoted":
        score = max(one.score, (one.score + mean) / 2) if mean >= THRESHOLD else one.score
    return one if score == one.score else one._replace(score=score)


def choose(found: Iterable[Scored], minimum: float) -> list[Scored]:
    """Keep the quoted candidates, and of bare ones that overlap the one with the highest score.

    A bare one may lie around a quotation, but not within one that is kept.

    Args:
        found: The scored candidates of one document.
        minimum: The score below which none is kept but formulae of the lexicon and numerals.
    """
    kept = [one for one in found if one.score >= minimum or one.candidate.kinds & _KEPT]
    chosen = [one for one in kept if "quoted" in one.candidate.kinds]
    bare = (one for one in kept if "quoted" not in one.candidate.kinds)
    quoted = {at for one in chosen for at in range(one.candidate.start, one.candidate.end)}
    taken: set[int] = set()
    for one in sorted(bare, key=lambda one: (-one.score, one.candidate.start)):
        characters = range(one.candidate.start, one.candidate.end)
        if taken.isdisjoint(characters) and not quoted.issuperset(characters):
            taken.update(characters)
            chosen.append(one)
    return sorted(chosen, key=lambda one: (one.candidate.start, -one.candidate.end))
