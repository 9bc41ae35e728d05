"""What cuts the text between the numbers: jieba, or its Rust twin with the same dictionary."""

import logging
import warnings
from functools import lru_cache
from importlib.metadata import version
from typing import Protocol

from policytext.dictionary import TOTAL, Dictionary, dictionary, frequencies
from policytext.lexicon import Lexicon

with warnings.catch_warnings():  # jieba's own, on every first import
    warnings.simplefilter("ignore")
    import jieba

jieba.setLogLevel(logging.ERROR)


class Engine(Protocol):
    """Cuts a text into words that join back to it."""

    name: str

    def cut(self, text: str) -> list[str]:
        """The words of a text."""


class JiebaEngine:
    """A private `jieba.Tokenizer` over counts of our own; jieba's hidden Markov model stays off."""

    def __init__(self, words: Dictionary) -> None:
        self.name = f"jieba {version('jieba')}"
        self._tokenizer = jieba.Tokenizer()
        self._tokenizer.FREQ = frequencies(words)
        self._tokenizer.total = TOTAL
        self._tokenizer.initialized = True  # nothing is read from, or left in, the temp folder

    def cut(self, text: str) -> list[str]:
        """The words of the most probable path."""
        return list(self._tokenizer.cut(text, HMM=False))


class RjiebaEngine:
    """jieba's Rust twin. It has jieba's dictionary built in and takes each change by itself.

    A count of 0 makes a path through the word impossible, as leaving it out does in jieba. Adding
    a word that exists changes its count but not its tag; tags are ours, so that does not matter.
    """

    def __init__(self, words: Dictionary) -> None:
        import rjieba

        self.name = f"rjieba {version('rjieba')}"
        self._tokenizer = rjieba.Jieba()
        for word, count in words.changed.items():
            self._tokenizer.add_word(word, count, None)

    def cut(self, text: str) -> list[str]:
        """The words of the most probable path."""
        return self._tokenizer.cut(text, hmm=False)


_ENGINES: dict[str, type[JiebaEngine] | type[RjiebaEngine]] = {
    "jieba": JiebaEngine,
    "rjieba": RjiebaEngine,
}


@lru_cache(maxsize=4)
def engine(name: str, lexicon: Lexicon) -> Engine:
    """The engine of that name over the lexicon's dictionary.

    Raises:
        ValueError: No such engine.
        ImportError: rjieba is not installed; the message says how to install it.
    """
    if name not in _ENGINES:
        raise ValueError(f"no engine {name!r}; use one of {', '.join(_ENGINES)}")
    try:
        return _ENGINES[name](dictionary(lexicon))
    except ImportError:
        raise ImportError(
            f"{name} is not installed; pip install policytext[{name}], or use engine='jieba'"
        ) from None
