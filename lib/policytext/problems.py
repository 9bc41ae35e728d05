"""What can be wrong with texts that are read, and what was guessed about them, in plain words."""

import os
import traceback
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from policytext.lexicon import LexiconError

if TYPE_CHECKING:
    from policytext.corpus import Corpus

# Set to 1, an error in one document is raised as it is: for tests, and to find its cause.
RAISE = "POLICYTEXT_RAISE"
_NAMED = 5


class CorpusError(ValueError):
    """A corpus cannot be read; the message names file, row and mend."""


class CorpusWarning(UserWarning):
    """A corpus was read, but something in it wants to be looked at; `Corpus.report` has all."""


class DocumentError(CorpusError):
    """One document cannot be read; where there are others it is left out, with a warning."""

    def __init__(self, file: str, found: str, mend: str) -> None:
        super().__init__(f"{file}: {found}; {mend}")
        self.note = Note(file, None, "warning", "left out", found, mend)


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


def warn(notes: Iterable[Note], stacklevel: int = 3, where: str = "corpus.report") -> None:
    """Warn once for each matter, with its first case in full, then the next ones' names.

    ``where`` are all of them.
    """
    matters: dict[str, list[Note]] = {}
    for note in notes:
        if note.weight == "warning":
            matters.setdefault(note.what, []).append(note)
    for what, cases in matters.items():
        first, *others = cases
        more = _more(others, "" if where in first.mend else where)
        sentence = f"{what}: {first.doc or first.file}: {first.found}; {first.mend}{more}"
        warnings.warn(sentence, CorpusWarning, stacklevel=stacklevel)


def _more(others: list[Note], where: str) -> str:
    if not others:
        return ""
    names = ", ".join(dict.fromkeys(note.doc or note.file for note in others[:_NAMED]))
    rest = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
    return f" (also {names}{rest}" + (f"; see {where})" if where else ")")


def none_left(where: object, notes: list[Note]) -> CorpusError:
    """The error where every document had to be left out: there is nothing to go on with."""
    first = notes[0]
    count = f"none of {len(notes)} documents can be read; the first: " if len(notes) > 1 else ""
    name = f"{where}: {count}" if count else ""
    return CorpusError(f"{name}{first.doc or first.file}: {first.found}; {first.mend}")


class LeftOut:
    """The documents at which a task stopped with an error that nobody foresaw.

    One text in ten thousand must not stop the others: it is left out, named and recorded.
    """

    def __init__(self, task: str) -> None:
        self.task = task
        self.notes: list[Note] = []

    @property
    def docs(self) -> set[str | None]:
        """Their names."""
        return {note.doc for note in self.notes}

    @contextmanager
    def on_error(self, file: str, doc: str) -> Iterator[None]:
        """Leave a document out where the block stops with an error.

        Errors of the lexicon and libraries that are missing concern all documents alike.
        """
        try:
            yield
        except (LexiconError, ImportError):
            raise
        except Exception as error:
            if os.environ.get(RAISE):
                raise
            self.notes.append(Note(file, doc, "warning", "left out", self._found(error), _MEND))

    def _found(self, error: Exception) -> str:
        last = traceback.extract_tb(error.__traceback__)[-1]
        what = " ".join(f"{type(error).__name__} {error}".split())[:200]
        return f"{self.task} stopped at it: {what} ({Path(last.filename).name}, line {last.lineno})"

    def record(self, table: pd.DataFrame, corpus: "Corpus") -> pd.DataFrame:
        """The table, without rows of these documents; they go into its attrs and the report.

        Raises:
            CorpusError: No document is left.
        """
        if not self.notes:
            return table
        if self.docs >= set(corpus.documents["doc"]):
            raise none_left(self.task, self.notes)
        table = table[~table["doc"].isin(self.docs)].reset_index(drop=True)
        table.attrs["left_out"] = [note._asdict() for note in self.notes]
        known = set(corpus.report.itertuples(index=False, name=None))
        for note in (note for note in self.notes if tuple(note) not in known):
            corpus.report.loc[len(corpus.report)] = list(note)
        warn(self.notes, stacklevel=4)
        return table


_MEND = f"please report it with the text; {RAISE}=1 shows the whole error"
