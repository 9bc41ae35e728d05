"""Each kind of number is read right, with the kinds that mirror it: ``tests/cases/numbers.csv``."""

from itertools import zip_longest
from pathlib import Path

import pandas as pd
import pytest

import policytext as pt
from made_cases import cases
from policytext.numbers.quantities import measured


@pytest.fixture
def quantities(tmp_path: Path) -> pd.DataFrame:
    """The quantities of every text of the table, each a report of its own of 2024."""
    table = pd.DataFrame({"text": [case.values[0] for case in cases("numbers")]})
    table = table.assign(doc=[f"d{at}" for at in table.index], kind="report", date="2024-01-20")
    table.to_csv(tmp_path / "texts.csv", index=False)
    return measured(pt.find_quantities(pt.read_corpus(tmp_path / "texts.csv")))


def test_kinds(quantities: pd.DataFrame) -> None:
    wrong = {}
    for at, case in enumerate(cases("numbers")):
        text, expected = case.values
        wanted = [] if expected == "none" else expected.split(" / ")
        rows = quantities[quantities["doc"] == f"d{at}"].to_dict("records")
        found = [_named(row, part) for row, part in zip_longest(rows, wanted, fillvalue="")]
        if found != wanted:
            wrong[text] = found
    assert wrong == {}


def _named(row: dict | str, expected: str) -> str:
    """The cells of a row that a case names, written as it writes them."""
    if isinstance(row, str):
        return "no row"
    wanted = dict(cell.split("=", 1) for cell in expected.partition(": ")[2].split("; ") if cell)
    cells = [f"{name}={_written(row[name], value)}" for name, value in wanted.items()]
    return f"{row['text']}: {'; '.join(cells)}"


def _written(found: object, wanted: str) -> str:
    """A value as the case writes it, if it is the same number."""
    same = isinstance(found, float) and found == pytest.approx(float(wanted), rel=1e-12)
    return wanted if same else str(found)
