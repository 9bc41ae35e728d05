"""One tag for every word in its context: the most probable sequence of tags.

Most words have one reading. What is left are runs of words with several, between words that have
one; all runs of a text are searched at once (Viterbi's algorithm, vectorised over runs), which
makes it cheap enough to tag a hundred thousand words in a tenth of a second.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from policytext.context import weigh
from policytext.dictionary import Dictionary, dictionary
from policytext.lexicon import Lexicon
from policytext.tagmodel import STATES, shown
from policytext.wordclasses import HEAD

Numbers = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]

_NONE = -1e9  # the weight of a reading that is not there
_PLACE = STATES.index("ns")
_BEFORE_HEAD = 6.0  # 和平 before 新区 or 镇 is a place


class Model(NamedTuple):
    """Readings of every class of words, padded to the same number, and the bits of the class."""

    states: Numbers  # class × reading: number of the tag
    weights: Weights  # class × reading
    counts: Numbers  # class: how many readings
    bits: Numbers  # class
    follows: Weights  # state + 1 × state, a state being tag·2 + (single character)
    tags: npt.NDArray[np.object_]  # number of the tag → PKU tag


@lru_cache(maxsize=4)
def model(lexicon: Lexicon) -> Model:
    """The tag model as arrays."""
    return _arrays(dictionary(lexicon))


def _arrays(words: Dictionary) -> Model:
    number = {name: i for i, name in enumerate(STATES)}
    most = max(len(readings) for readings, _ in words.table)
    states = np.zeros((len(words.table), most), dtype=np.int64)
    weights = np.full(states.shape, _NONE)
    for row, (readings, _) in enumerate(words.table):
        for column, (name, weight) in enumerate(readings):
            states[row, column] = number[name]
            weights[row, column] = weight
    bits = np.array([bits for _, bits in words.table], dtype=np.int64)
    counts = np.array([len(readings) for readings, _ in words.table], dtype=np.int64)
    tags = np.array([shown(name) for name in STATES], dtype=object)
    return Model(states, weights, counts, bits, np.array(words.follows), tags)


def tag(model: Model, classes: Numbers, single: Numbers, ends: npt.NDArray[np.bool_]) -> Numbers:
    """Numbers of the tags of a text.

    Args:
        model: The tag model.
        classes: The class of each word.
        single: 1 where the word is one character, else 0.
        ends: True where the word is a blank or the end of a sentence; it has no tag.
    """
    weights = adjusted(model, classes)
    states = model.states[classes]
    chosen = states[np.arange(len(classes)), weights.argmax(axis=1)]
    text = _Text(2 * states + single[:, None], weights, single, ends, model.follows)
    for starts, length in _runs((model.counts[classes] > 1) & ~ends):
        _search(text, chosen, starts, length)
    return chosen


def adjusted(model: Model, classes: Numbers) -> Weights:
    """Weights of the readings of each word, with what its neighbours say."""
    weights = model.weights[classes]
    headed = np.zeros(len(classes), dtype=bool)
    headed[:-1] = (model.bits[classes[1:]] & HEAD) > 0
    named = headed[:, None] & (model.states[classes] == _PLACE) & (weights > _NONE)
    weights[named] += _BEFORE_HEAD
    weigh(model.states[classes], weights, model.bits[classes])
    return weights


def _runs(open_: npt.NDArray[np.bool_]) -> Iterator[tuple[Numbers, int]]:
    """Runs of words with several readings: where those of one length start, and the length."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], open_, [False])).astype(np.int8)))
    starts, lengths = edges[::2], edges[1::2] - edges[::2]
    for length in np.unique(lengths):
        yield starts[lengths == length], int(length)


def _search(text: "_Text", chosen: Numbers, starts: Numbers, length: int) -> None:
    """Choose the best tags of all runs of one length, between neighbours that are settled."""
    states = text.states[starts[:, None] + np.arange(length)]
    weights = text.weights[starts[:, None] + np.arange(length)]
    score = weights[:, 0] + text.follows[text.before(starts, chosen)[:, None], states[:, 0]]
    back = []
    for at in range(1, length):
        paths = (
            score[:, :, None] + text.follows[1 + states[:, at - 1, :, None], states[:, at, None]]
        )
        back.append(paths.argmax(axis=1))
        score = paths.max(axis=1) + weights[:, at]
    score = score + text.after(starts + length, states[:, -1], chosen)
    best, rows = score.argmax(axis=1), np.arange(len(starts))
    for at in range(length - 1, -1, -1):
        chosen[starts + at] = states[rows, at, best] // 2
        if at:
            best = back[at - 1][rows, best]


class _Text(NamedTuple):
    """The words of a text as arrays; states are tag·2 + (single character)."""

    states: Numbers
    weights: Weights
    single: Numbers
    ends: npt.NDArray[np.bool_]
    follows: Weights

    def before(self, starts: Numbers, chosen: Numbers) -> Numbers:
        """Rows of ``follows`` for the words left of the runs; 0 is the beginning of a sentence."""
        left = np.maximum(starts - 1, 0)
        begins = (starts == 0) | self.ends[left]
        return np.where(begins, 0, 1 + 2 * chosen[left] + self.single[left])

    def after(self, stops: Numbers, last: Numbers, chosen: Numbers) -> Weights:
        """What the word right of each run adds to each last state."""
        right = np.minimum(stops, len(chosen) - 1)
        over = (stops >= len(chosen)) | self.ends[right]
        ahead = 2 * chosen[right] + self.single[right]
        return np.where(over[:, None], 0.0, self.follows[1 + last, ahead[:, None]])
