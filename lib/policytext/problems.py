"""What can be wrong with texts that are read, and what was guessed about them, in plain words."""

import warnings
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd


class CorpusError(ValueError):
    """A corpus cannot be read; the message names file, row and mend."""


class CorpusWarning(UserWarning):
    """A corpus was read, but something in it wants to be looked at; `Corpus.report` has all."""


class Note(NamedTuple):
    """One row of `Corpus.report`.

    ``weight`` is guess (the library chose; check it) or warning (something looks wrong);
    ``what`` names the matter in a word or two, ``found`` what was found, ``mend`` what to do.
    """

    file: str
    doc: str | None
    weight: str
    what: str
    found: str
    mend: str


def report(notes: Iterable[Note]) -> pd.DataFrame:
    """The notes as a table, columns ``file, doc, weight, what, found, mend``."""
    return pd.DataFrame(list(notes), columns=Note._fields, dtype=object)


def warn(notes: Iterable[Note], stacklevel: int = 3) -> None:
    """Warn once for each matter, with its first case in full and the number of the others."""
    matters: dict[str, list[Note]] = {}
    for note in notes:
        if note.weight == "warning":
            matters.setdefault(note.what, []).append(note)
    for what, cases in matters.items():
        first = cases[0]
        more = f" ({len(cases) - 1} more like this in corpus.report)" if len(cases) > 1 else ""
        sentence = f"{what}: {first.doc or first.file}: {first.found}; {first.mend}{more}"
        warnings.warn(sentence, CorpusWarning, stacklevel=stacklevel)
