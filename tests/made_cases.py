"""Cases as data: ``tests/cases/*.csv`` with text, expected, gloss and comment."""

from pathlib import Path

import pandas as pd
import pytest

FOLDER = Path(__file__).parent / "cases"


def cases(name: str) -> list:
    """A parameter set of text and expected for each row; the gloss is its id.

    What a row of ``known-failures.csv`` names fails, and has to: once it passes, the row goes.
    """
    known = pd.read_csv(FOLDER / "known-failures.csv", dtype=str).query("cases == @name")
    reasons = dict(zip(known["text"], known["reason"], strict=True))
    rows = pd.read_csv(FOLDER / f"{name}.csv", dtype=str, keep_default_na=False)
    return [
        pytest.param(
            *(row.text, row.expected),
            id=row.gloss or row.text,
            marks=[pytest.mark.xfail(reason=reasons[row.text], strict=True)]
            if row.text in reasons
            else [],
        )
        for row in rows.itertuples()
    ]
