"""Tables go out as files that a spreadsheet shows as they are and never executes."""

import codecs
import re
from pathlib import Path
from typing import Any

import pandas as pd

from policytext.figures import safe_csv
from policytext.reading_tables import EXCEL_CELL

# What an .xlsx file cannot hold.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def save_table(table: pd.DataFrame, path: str | Path) -> Path:
    """Write a table as .csv or .xlsx; a cell that looks like a formula stays text.

    In CSV such a cell gets an apostrophe in front, as spreadsheets do; in .xlsx it is marked as
    text. An .xlsx cell holds at most 32,767 characters and no control characters.

    Raises:
        ValueError: Neither kind, or a text too long for .xlsx; names the row.

    >>> import tempfile
    >>> path = save_table(pd.DataFrame({"text": ["=1+1"]}), tempfile.mkdtemp() + "/a.xlsx")
    >>> pd.read_excel(path)["text"][0]
    '=1+1'
    """
    path = Path(path)
    if path.suffix == ".csv":
        safe_csv(table, path)
        # Without the mark Excel takes Chinese text for the machine's own encoding.
        path.write_bytes(codecs.BOM_UTF8 + path.read_bytes())
    elif path.suffix == ".xlsx":
        _save_xlsx(table, path)
    else:
        raise ValueError(f"{path.name}: neither .csv nor .xlsx; give the file one of these endings")
    return path


def _save_xlsx(table: pd.DataFrame, path: Path) -> None:
    # Here, not above: openpyxl takes a fifth of a second that only its own files are worth.
    from openpyxl import Workbook

    rows: list[list[Any]] = [
        [_value(value, f"{path.name}, row {number}") for value in row]
        for number, row in enumerate(table.astype(object).itertuples(index=False), start=2)
    ]
    book = Workbook()
    sheet = book.active
    for at, cells in enumerate([[str(name) for name in table.columns], *rows], start=1):
        for column, value in enumerate(cells, start=1):
            cell = sheet.cell(at, column, value)
            if cell.data_type == "f":
                cell.data_type = "s"
    book.save(path)


def _value(value: object, where: str) -> object:
    if isinstance(value, str):
        if len(value) > EXCEL_CELL:
            raise ValueError(f"{where}: a text of {len(value)} characters; save the table as .csv")
        return _NO_XML.sub("\ufffd", value)
    if isinstance(value, bool | int | float) or value is None:
        return None if value is None or value != value else value
    return None if pd.api.types.is_scalar(value) and pd.isna(value) else str(value)
