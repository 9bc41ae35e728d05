"""Expressions of the finders, written around words that the lexicon lists."""

import re
from functools import lru_cache

from policytext.lexicon.lexicon import Lexicon
from policytext.text.clean import HAN
from policytext.text.patterns import alternatives

SLOT = re.compile(r"\{(?P<role>[A-Za-z][A-Za-z_ |]*?)(?: from (?P<minimum>\d) characters)?\}")
_NOTHING = "(?!)"
# What makes an expression of a cell, and not words; and what a verbose expression leaves out.
_EXPRESSION = re.compile(r"[][(){}?*+.^$\\]")
_BLANK = re.compile("[ #]")


class Expressions(dict[str, re.Pattern[str]]):
    """The expressions of one lexicon by template, each compiled when it is first asked for.

    A template is a verbose expression. ``{role}`` in it stands for any of the words that have the
    role in the lexicon's tables ``context_words`` or ``slogan_words``, ``{HAN}`` for one Chinese
    character, ``{one | another}`` for the words of several roles, which is faster than an
    alternative of slots, and ``{role from 2 characters}`` leaves shorter words out.

    >>> from policytext import default_lexicon
    >>> expressions(default_lexicon())["全部{completion}$"].search("今年全部投产")[0]
    '全部投产'
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._patterns = lexicon["context_words"]
        self._words = lexicon["slogan_words"]

    def __missing__(self, template: str) -> re.Pattern[str]:
        self[template] = re.compile(SLOT.sub(self._filled, template), re.VERBOSE)
        return self[template]

    def words(self, role: str) -> frozenset[str]:
        """The words of a role, without its expressions."""
        return frozenset(self._by_role(role)[0])

    def _by_role(self, role: str) -> tuple[set[str], list[str]]:
        """The words and the expressions of a role."""
        words = set(self._words[self._words["kind"] == role]["word"])
        patterns = []
        for cell in self._patterns[self._patterns["role"] == role]["pattern"]:
            if _EXPRESSION.search(cell):
                patterns.append(_BLANK.sub(r"\\\g<0>", cell))
            else:
                words.update(cell.split("|"))
        return words, patterns

    def _filled(self, slot: re.Match[str]) -> str:
        minimum = int(slot["minimum"] or 1)
        if slot["role"] == "HAN":
            return HAN
        branches = []
        for role in slot["role"].split("|"):
            words, patterns = self._by_role(role.strip())
            # Longer ones first: of two that begin alike the longer is meant.
            patterns.sort(key=len, reverse=True)
            branches += patterns
            branches.append(alternatives(word for word in words if len(word) >= minimum))
        return f"(?:{'|'.join(filter(None, branches)) or _NOTHING})"


@lru_cache(maxsize=8)
def expressions(lexicon: Lexicon) -> Expressions:
    """The expressions of a lexicon, shared by all that ask."""
    return Expressions(lexicon)
