"""Weigh the features of a candidate: a sum of the weights of a table, as a probability.

The weights are those of two logistic regressions, one of quoted and one of bare candidates, that
``scripts/train_slogans.py`` fits on the coded passages. Here nothing is learned: the score is
``1 / (1 + exp(-sum))``.
"""

from collections.abc import Iterable
from functools import lru_cache
from math import exp, fsum
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from policytext.paths import HOME
from policytext.slogans.candidates import Candidate

WEIGHTS = HOME / "data" / "slogan-model" / "weights.csv"
INTERCEPTS = ("quoted: every candidate", "bare: every candidate")
_REASONS = 3
_KEPT = {"numeral", "plan", "core formula", "extended formula"}
_KEPT |= {"core numeral formula", "extended numeral formula"}


class Scored(NamedTuple):
    """A candidate with its score, 0 to 1, and the features that weighed most."""

    candidate: Candidate
    score: float
    why: str


@lru_cache(maxsize=4)
def weights(path: Path = WEIGHTS) -> dict[str, float]:
    """The weight of each feature."""
    table = pd.read_csv(path, encoding="utf-8-sig", dtype={"feature": str})
    return dict(zip(table["feature"], table["weight"].astype(float), strict=True))


def scored(candidate: Candidate, features: Iterable[str], table: dict[str, float]) -> Scored:
    """Score a candidate by its features.

    >>> one = Candidate(0, 4, frozenset({"quoted"}))
    >>> scored(one, ["quoted: a", "quoted: b"], {"quoted: a": 2.0, "quoted: b": -0.5})
    Scored(candidate=..., score=0.817..., why='a +2.0; b -0.5')
    """
    known = [(table[f], f.partition(": ")[2]) for f in features if f in table]
    side = INTERCEPTS[0] if "quoted" in candidate.kinds else INTERCEPTS[1]
    # Exact, so that the order of the features does not show in the last digit.
    total = fsum([table.get(side, 0.0), *(weight for weight, _ in known)])
    heaviest = sorted(known, key=lambda item: (-abs(item[0]), item[1]))[:_REASONS]
    why = "; ".join(f"{name} {weight:+.1f}" for weight, name in heaviest)
    return Scored(candidate, 1 / (1 + exp(-total)), why)


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
