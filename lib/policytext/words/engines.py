"""Cut the text between the numbers with jieba's path search, or with its Rust twin.

Both take jieba's most probable path through the same dictionary; jieba's hidden Markov model
stays off in both.
"""

from collections.abc import Callable
from functools import lru_cache
from importlib.metadata import version
from typing import Any

from policytext.lexicon.lexicon import Lexicon
from policytext.words.dictionary import TOTAL, Dictionary, counts, dictionary, weights
from policytext.words.jieba_data import quiet_jieba

_MARKS_IN_WORDS = frozenset("+#&._%-")  # at other marks jieba cuts before it looks for words


class JiebaEngine:
    """jieba's path search, over the weights of our dictionary.

    `jieba.Tokenizer` takes a logarithm at every arc of every text; taken once, in the cache, the
    search is more than twice as fast. `tokenizer` gives jieba's own; a test holds the two to the
    same words.
    """

    def __init__(self, words: Dictionary) -> None:
        self.name = f"jieba {version('jieba')}"
        self._weight = weights(words).get

    def cut(self, text: str) -> list[str]:
        """The words of the most probable path."""
        stops = _search(text, self._weight)
        words, at = [], 0
        while at < len(text):
            words.append(text[at : stops[at]])
            at = stops[at]
        return words


def _search(text: str, weight: Callable[[str], float | None]) -> list[int]:
    """Find the most probable segmentation by dynamic programming, right to left.

    Returns where the best word ends that begins at each character. ``weight`` is 0 for what only
    begins words, None for what does not even that. Among equals jieba takes the longest. A mark
    restarts the sum, as jieba cuts the text at marks first.
    """
    length = len(text)
    best, stops = [0.0] * (length + 1), list(range(1, length + 1))
    alone = weight("") or 0.0
    for start in range(length - 1, -1, -1):
        found = weight(text[start])
        if found is None:
            if text[start] not in _MARKS_IN_WORDS and not "\u4e00" <= text[start] <= "\u9fd5":
                continue
            found = 0.0
        stop = start + 1
        top, is_word = (found or alone) + best[stop], bool(found)
        while stop < length:
            stop += 1
            found = weight(text[start:stop])
            if found is None:
                break
            if found and (found + best[stop] >= top or not is_word):
                top, stops[start], is_word = found + best[stop], stop, True
        best[start] = top
    return stops


def tokenizer(words: Dictionary) -> Any:
    """A private `jieba.Tokenizer` over the same dictionary, to compare with.

    It reads nothing from, and leaves nothing in, the temp folder.
    """
    own = quiet_jieba().Tokenizer()
    own.FREQ, own.total, own.initialized = counts(words.changed), TOTAL, True
    return own


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


# Each cuts a text, from which letters and digits were taken out, into words that join back to it.
Engine = JiebaEngine | RjiebaEngine
_ENGINES: dict[str, type[Engine]] = {"jieba": JiebaEngine, "rjieba": RjiebaEngine}


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
