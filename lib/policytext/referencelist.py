"""A reference list that the user brings: how often each term stands elsewhere."""

from pathlib import Path

import pandas as pd

from policytext.spanlookup import SelectionError
from policytext.text import fold


def read_reference(path: str | Path) -> pd.DataFrame:
    """Read a list of terms and their frequencies in a corpus of your own.

    Args:
        path: A CSV file in UTF-8 with the columns ``term`` and ``frequency`` (whole numbers).
            The frequencies must add up to the words of that corpus, so give all its words, not
            the frequent ones alone. Cut it with the segmenter that cut your texts: a list of
            words of another size makes every difference of size a keyword.

    Returns:
        term (full-width letters made narrow), frequency; the file's name is in
        ``attrs["name"]``.

    Raises:
        SelectionError: The file is missing or empty, lacks a column, repeats a term, or holds a
            frequency that is no whole number from 0 up.
    """
    path = Path(path)
    if not path.is_file():
        raise SelectionError(f"{path}: no such file; check the path of the reference list")
    try:
        table = pd.read_csv(path, dtype=str, encoding="utf-8-sig", keep_default_na=False)
    except (UnicodeDecodeError, pd.errors.EmptyDataError, pd.errors.ParserError):
        raise SelectionError(f"{path.name}: no CSV table in UTF-8; save it as one") from None
    return check_reference(table, path.name)


def check_reference(table: pd.DataFrame, name: str = "reference list") -> pd.DataFrame:
    """A reference list as `read_reference` returns it, from any table with the two columns."""
    missing = [column for column in ("term", "frequency") if column not in table]
    if missing:
        raise SelectionError(f"{name}: no column {missing[0]!r}; name the columns term, frequency")
    numbers = pd.to_numeric(table["frequency"], errors="coerce")
    wrong = numbers.isna() | (numbers < 0) | (numbers % 1 != 0)
    if wrong.any():
        row = int(wrong.to_numpy().argmax())
        raise SelectionError(
            f"{name}, row {row + 2}: the frequency is {str(table['frequency'].iloc[row])!r}; "
            "write a whole number, 0 or more"
        )
    clean = pd.DataFrame(
        {"term": table["term"].map(str).map(fold), "frequency": numbers.astype(int)}
    )
    repeated = clean["term"].duplicated()
    if repeated.any():
        term = clean["term"][repeated].iloc[0]
        raise SelectionError(f"{name}: {term!r} has two rows; add them up into one")
    if not clean["frequency"].sum():
        raise SelectionError(f"{name}: the frequencies add up to 0; give counts of a corpus")
    clean.attrs["name"] = name
    return clean
