"""Column names in Chinese or English become the names that the library uses."""

from collections.abc import Iterable, Mapping

from policytext import text as tx
from policytext.lexicon import Lexicon, default_lexicon
from policytext.problems import CorpusError, Note


def recognise(
    header: Iterable[str],
    file: str,
    columns: Mapping[str, str] | None = None,
    lexicon: Lexicon | None = None,
) -> tuple[dict[str, str], list[Note]]:
    """Which column of a table is which.

    Args:
        header: The table's column names.
        file: What messages call the table.
        columns: From our names to the table's, for those that are not to be guessed.
        lexicon: ``column_names.csv`` lists the names that are known.

    Returns:
        From the table's names to ours, for the columns that were recognised, and a note for each
        that changes its name. Of two columns with one meaning the name that stands first in
        ``column_names.csv`` is taken; the other stays as it is.

    Raises:
        CorpusError: A column that ``columns`` names is not there, or a name stands twice.

    >>> recognise(["标题", "正文", "GDP"], "a.csv")[0]
    {'正文': 'text', '标题': 'title'}
    """
    header, chosen = list(header), dict(columns or {})
    _check(header, file, chosen)
    found = {theirs: ours for ours, theirs in chosen.items()}
    known = (lexicon or default_lexicon())["column_names"]
    plain = {_plain(name): name for name in header}
    for name, ours in zip(known["name"], known["column"], strict=True):
        theirs = plain.get(_plain(name))
        # A column that has one of our own names by right is not taken for another's synonym.
        if theirs and theirs not in found and ours not in found.values():
            found[theirs] = ours
    return found, [_note(file, theirs, ours) for theirs, ours in found.items() if theirs != ours]


def _check(header: list[str], file: str, chosen: Mapping[str, str]) -> None:
    for name in header:
        if header.count(name) > 1:
            raise CorpusError(f"{file}: two columns are called {name!r}; rename one")
    for ours, theirs in chosen.items():
        if theirs not in header:
            raise CorpusError(
                f"{file}: no column {theirs!r} to be read as {ours}; it has {', '.join(header)}"
            )


def _plain(name: str) -> str:
    return "".join(tx.fold(name).split()).casefold()


def _note(file: str, theirs: str, ours: str) -> Note:
    mend = f'if it is not, name the right one: columns={{"{ours}": "…"}}'
    return Note(file, None, "guess", "column", f"{theirs} is read as {ours}", mend)
