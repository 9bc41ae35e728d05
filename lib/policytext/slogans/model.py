"""Weigh the features of a candidate: a sum of the weights of a table, as a probability.

The weights are those of two logistic regressions, one of quoted and one of bare candidates, that
``scripts/train_slogans.py`` fits on the coded passages. Here nothing is learned: the score is
``1 / (1 + exp(-sum))``.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import zip_longest
from math import exp, fsum, log
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from policytext.paths import HOME
from policytext.slogans.candidates import Candidate

WEIGHTS = HOME / "data" / "slogan-model" / "weights.csv"
SIDES = ("quoted", "bare")
EVERY = "every candidate"
# The score from which a mention is core, which gives the highest F1 in cross-validation, of quoted
# and of bare candidates alike. It lies far below one half since much of what is not core is
# extended, which is no error.
THRESHOLD = 0.25
_REASONS = 3
# Between quotations in a row stand their marks, and at most one character: ”“, ”、“.
_NEXT = (2, 3)
# Below this a probability is none.
_LEAST = 1e-12
# Weights are summed as whole numbers of this part of one: exactly, so that neither the order of the
# features nor what is summed before shows in the last digit of a score.
_PARTS = 1 << 80
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
KEPT = {"numeral", "plan", "core formula", "extended formula"}
KEPT |= {"core numeral formula", "extended numeral formula"}


class Weighed(NamedTuple):
    """Some features of a candidate, the sum of their weights in `_PARTS` of one, the heaviest.

    ``heaviest`` has ranks among all features.
    """

    names: Sequence[str]
    total: int
    heaviest: Sequence[int] = ()


class Scored(NamedTuple):
    """A candidate with its score, 0 to 1, and its features."""

    candidate: Candidate
    score: float
    features: Sequence[Weighed] = ()


class Side:
    """The weights of the features of quoted candidates, or of bare ones."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights = weights
        self._heaviest = sorted(weights, key=lambda name: (-abs(weights[name]), name))
        self._known = {
            name: (int(weights[name] * _PARTS), rank) for rank, name in enumerate(self._heaviest)
        }
        self._every = self.weighed([EVERY]).total

    def weighed(self, names: Sequence[str]) -> Weighed:
        """Features with the sum of their weights; one that the table does not have weighs nothing.

        >>> Side({"a": 0.5}).weighed(["a", "b"]).total * 2 == _PARTS
        True
        """
        found = [known for known in map(self._known.get, names) if known]
        ranks = sorted([rank for _, rank in found])[:_REASONS]
        return Weighed(names, sum([weight for weight, _ in found]), ranks)

    def score(self, features: Iterable[Weighed]) -> float:
        """The probability that a sum of weights is."""
        total = sum([part.total for part in features], self._every)
        return 1 / (1 + exp(-(total / _PARTS)))

    def reasons(self, features: Iterable[Weighed]) -> str:
        """The three features that weigh most, with their weights.

        >>> side = Side({"a": 2.0, "b": -0.5})
        >>> side.reasons([side.weighed(["b", "c", "a"])])
        'a +2.0; b -0.5'
        """
        ranks = sorted({rank for part in features for rank in part.heaviest})[:_REASONS]
        return "; ".join([self._said[rank] for rank in ranks])

    @cached_property
    def _said(self) -> list[str]:
        """The features with their weights as ``why`` names them, the heaviest first."""
        return [f"{_in_words(name)} {self.weights[name]:+.1f}" for name in self._heaviest]


class Weights(NamedTuple):
    """The weight of each feature, for quoted candidates and for bare ones."""

    quoted: Side
    bare: Side

    def side(self, candidate: Candidate) -> Side:
        """The weights that count for a candidate."""
        return self.quoted if "quoted" in candidate.kinds else self.bare


@lru_cache(maxsize=4)
def weights(path: Path = WEIGHTS) -> Weights:
    """Read the weights of a table."""
    table = pd.read_csv(path, encoding="utf-8-sig", dtype={"feature": str})
    found: dict[str, dict[str, float]] = {side: {} for side in SIDES}
    for feature, weight in zip(table["feature"], table["weight"].astype(float), strict=True):
        side, _, name = feature.partition(": ")
        found[side][name] = weight
    return Weights(*map(Side, found.values()))


def side_of(candidate: Candidate) -> str:
    """Whether a candidate stands in quotation marks: quoted or bare."""
    return SIDES["quoted" not in candidate.kinds]


def scored(candidate: Candidate, features: Sequence[Weighed], table: Weights) -> Scored:
    """Score a candidate by its features.

    >>> table = Weights(Side({"a": 2.0, "b": -0.5}), Side({}))
    >>> features = [table.quoted.weighed(["a", "b"])]
    >>> scored(Candidate(0, 4, frozenset({"quoted"})), features, table).score
    0.817...
    """
    return Scored(candidate, table.side(candidate).score(features), features)


def _in_words(feature: str) -> str:
    return _NAMED.sub(lambda kind: _IN_WORDS[kind[1]], feature, count=1)


def lifted(found: Sequence[Scored], wordings: Sequence[str]) -> list[Scored]:
    """Judge what a text says twice once: one score for a quotation, and a lift for it bare.

    Quotations of one length side by side (“个转企”“小升规”) are first given one score. Those of one
    wording have the mean of their scores; what stands bare has the mean of its own and that one,
    if it is higher and the quotation is a slogan.

    >>> found = [Scored(Candidate(at, at + 4, kinds), score)
    ...     for at, kinds, score in ((0, frozenset({"quoted"}), 0.9), (9, frozenset(), 0.1))]
    >>> lifted(found, ["敢闯敢试", "敢闯敢试"])[1].score
    0.5
    """
    found = _alike_in_rows(found)
    scores: dict[str, list[float]] = defaultdict(list)
    for one, words in zip(found, wordings, strict=True):
        if "quoted" in one.candidate.kinds:
            scores[words].append(one.score)
    means = {words: fsum(several) / len(several) for words, several in scores.items()}
    return [
        _beside(one, means[words]) if words in means else one
        for one, words in zip(found, wordings, strict=True)
    ]


def _alike_in_rows(found: Sequence[Scored]) -> list[Scored]:
    """Give quotations of one length that follow each other the mean of their log odds."""
    mended, row = list(found), list[int]()
    quoted = [at for at, one in enumerate(found) if "quoted" in one.candidate.kinds]
    for at, following in zip_longest(quoted, quoted[1:]):
        row.append(at)
        if following is None or not _follows(found[at].candidate, found[following].candidate):
            if len(row) > 1:
                mean = fsum(_log_odds(found[number].score) for number in row) / len(row)
                for number in row:
                    mended[number] = found[number]._replace(score=1 / (1 + exp(-mean)))
            row = []
    return mended


def _follows(one: Candidate, other: Candidate) -> bool:
    """Whether two of one length are neighbours in a row."""
    return other.start - one.end in _NEXT and one.end - one.start == other.end - other.start


def _log_odds(score: float) -> float:
    return log(max(score, _LEAST) / max(1 - score, _LEAST))


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
    kept = [one for one in found if one.score >= minimum or one.candidate.kinds & KEPT]
    chosen = [one for one in kept if "quoted" in one.candidate.kinds]
    bare = [one for one in kept if "quoted" not in one.candidate.kinds]
    quoted = {at for one in chosen for at in range(one.candidate.start, one.candidate.end)}
    taken: set[int] = set()
    for one in sorted(bare, key=lambda one: (-one.score, one.candidate.start)):
        characters = range(one.candidate.start, one.candidate.end)
        if taken.isdisjoint(characters) and not quoted.issuperset(characters):
            taken.update(characters)
            chosen.append(one)
    return sorted(chosen, key=lambda one: (one.candidate.start, -one.candidate.end))
