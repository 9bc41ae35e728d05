"""A claim under several choices: what each of them makes of it."""

from collections.abc import Callable, Hashable, Mapping
from typing import NamedTuple


class Answer(NamedTuple):
    """What a claim says under one choice; ``flips`` compares ``key``, a reader sees ``told``."""

    key: Hashable
    told: str


# The choice and its value, and what gives the answer; the first is the notebook's.
Choices = Mapping[tuple[str, str], Callable[[], Answer]]
# Notebook, claim, choices.
Claim = tuple[str, str, Choices]
