"""What cuts the text between the numbers: jieba, or its Rust twin with the same dictionary."""

import logging
import warnings
from collections.abc import Mapping
from importlib.metadata import version
from typing import Protocol

with warnings.catch_warnings():  # jieba's own, on every first import
    warnings.simplefilter("ignore")
    import jieba

jieba.setLogLevel(logging.ERROR)


class Engine(Protocol):
    """Cuts a text into words that join back to it."""

    name: str
    version: str

    def cut(self, text: str) -> list[str]:
        """The words of a text."""


class JiebaEngine:
    """A private `jieba.Tokenizer` over frequencies of our own; jieba's HMM stays off."""

    name = "jieba"

    def __init__(self, frequencies: Mapping[str, int], total: int) -> None:
        self.version = version("jieba")
        self._tokenizer = jieba.Tokenizer()
        self._tokenizer.FREQ = frequencies
        self._tokenizer.total = total
        self._tokenizer.initialized = True  # nothing is read from, or left in, the temp folder

    def cut(self, text: str) -> list[str]:
        """The words of a text, of jieba's most probable path."""
        return list(self._tokenizer.cut(text, HMM=False))
