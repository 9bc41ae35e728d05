"""Cue words where they stand: verbs, bounds, time words, words of commitment."""

import re
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from policytext.lexicon import Lexicon

Roles = dict[str, dict[str, str]]


class Cue(NamedTuple):
    """A cue word where it stands, with what it says in each role it can have."""

    start: int
    end: int
    word: str
    roles: dict[str, str]


class Cues:
    """The cue words of a text in order.

    Kept as two flat lists: a report has thousands of cues, and few are ever looked at.
    """

    __slots__ = ("roles", "starts", "words")

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        pattern, self.roles = cue_table(lexicon)
        self.starts: list[int] = []
        self.words: list[str] = []
        for match in pattern.finditer(text):
            self.starts.append(match.start())
            self.words.append(match[0])

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, index: int) -> Cue:
        start, word = self.starts[index], self.words[index]
        return Cue(start, start + len(word), word, self.roles[word])

    def first_from(self, at: int, low: int = 0) -> int:
        """The index of the first cue that begins at or behind a character."""
        return bisect_left(self.starts, at, low)

    def at(self, start: int) -> Cue | None:
        """The cue that begins at a character."""
        index = self.first_from(start)
        found = index < len(self.starts) and self.starts[index] == start
        return self[index] if found else None

    def last(self, role: str, first: int, end: int, since: int) -> Cue | None:
        """The last cue with a role among ``[first, end)`` that begins at ``since`` or behind."""
        for index in range(end - 1, first - 1, -1):
            if self.starts[index] < since:
                return None
            if role in self.roles[self.words[index]]:
                return self[index]
        return None


@lru_cache(maxsize=4)
def cue_table(lexicon: Lexicon) -> tuple[re.Pattern[str], Roles]:
    """One pattern of all cue words, longest first, and the roles of each.

    The guards of a word (``followed_by``, ``not_before``, ``not_after``: alternatives) hold in
    all its roles.
    """
    roles: Roles = {}
    guarded: dict[str, str] = {}
    for row in lexicon["cues"].itertuples():
        roles.setdefault(row.cue, {})[row.role] = row.value
        # Behind the word, so that every alternative begins with a character to look for.
        before = (re.escape(word + row.cue) for word in row.not_after.split("|") if word)
        guard = "".join(f"(?<!{words})" for words in before)
        guard += f"(?={_any_of(row.followed_by)})" if row.followed_by else ""
        guard += f"(?!{_any_of(row.not_before)})" if row.not_before else ""
        if guard or row.cue not in guarded:
            guarded[row.cue] = guard
    return re.compile(_by_first(guarded) or "(?!)"), roles


def _any_of(cell: str) -> str:
    return "|".join(map(re.escape, cell.split("|")))


def _by_first(guards: dict[str, str]) -> str:
    """Alternatives grouped by their first character, longest first: fewer to try at each place."""
    groups: dict[str, list[str]] = {}
    for cue in sorted(guards, key=len, reverse=True):
        groups.setdefault(re.escape(cue[0]), []).append(re.escape(cue[1:]) + guards[cue])
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in groups.items())
