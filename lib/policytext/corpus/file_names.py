"""What files and folders are called after, and places of one name told apart."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from policytext.corpus.days import named_date
from policytext.corpus.issuers import Context, place_named
from policytext.corpus.issues import Issue
from policytext.corpus.places import by_name, meant, unique_name
from policytext.lexicon.lexicon import Lexicon

Row = dict[str, Any]
_BESIDE = re.compile(r"[\d\W_年]+")  # beside a place in a name: 瓯海区_2021


def from_names(
    rows: Iterable[Row], sources: Mapping[str, str], lexicon: Lexicon
) -> Iterator[Issue]:
    """Fill place and date from sheet, file or folder where no column has them; notes on it.

    Only a name that is a place's, but for a year beside it: 各县报告 names none.

    >>> from policytext import default_lexicon
    >>> row = {"doc": "a", "file": "瓯海区/2021.csv"}
    >>> [note.detail for note in from_names([row], {"a": "…"}, default_lexicon())]
    ['place 瓯海区, from the name 瓯海区', 'date 2021, from the name 2021']
    >>> row["place"], row["date"], row["date_basis"]
    ('瓯海区', '2021', 'the name 2021')
    """
    said: set[tuple[str, str, str]] = set()
    for row in rows:
        parts = (str(row.get("sheet") or ""), *PurePosixPath(row["file"]).parts[::-1])
        names = [name.split(".")[0] for name in parts if name]
        near = Context(" ".join(names), sources[row["doc"]], lexicon)
        for column, value_of in (("place", partial(_place, near=near)), ("date", named_date)):
            values = ((value_of(name), name) for name in names)
            value, name = next((pair for pair in values if pair[0]), ("", ""))
            if not value or column in row or (column == "date" and row.get("year")):
                continue
            row[column] = value
            row |= {"date_basis": f"the name {name}"} if column == "date" else {}
            if (row["file"], column, value) not in said:
                detail = f"{column} {value}, from the name {name}"
                fix = f"if it is not, add a column {column}"
                yield Issue(row["file"], None, "guess", column, detail, fix)
            said.add((row["file"], column, value))


def _place(name: str, near: Context) -> str:
    found = place_named(_BESIDE.sub("", name), near).get("place")
    return found.value if found else ""


def tell_apart(rows: list[Row], sources: Mapping[str, str], lexicon: Lexicon) -> Iterator[Issue]:
    """Write places of one name behind the ones above them, where documents are of several.

    The other cells, the file's name or the text must say which place is meant: 鼓楼区 of a row
    with 福州市 in it, and of one with 南京市.
    """
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if len(by_name(lexicon).get(str(row.get("place")), ())) > 1:
            groups[row["place"]].append(row)
    for name, group in groups.items():
        found = {row["doc"]: _meant(row, sources[row["doc"]], lexicon) for row in group}
        if len({one for one in found.values() if one}) < 2:
            continue
        for row in group:
            row["place"] = found[row["doc"]] or name
        shown = ", ".join(dict.fromkeys(row["place"] for row in group))
        detail = f"{name} is the name of several places, and read as {shown}"
        fix = "if that is wrong, write each behind the one that it lies in"
        yield Issue(group[0]["file"], group[0]["doc"], "guess", "place", detail, fix)


def _meant(row: Row, text: str, lexicon: Lexicon) -> str | None:
    cells = (cell for key, cell in row.items() if key != "place" and isinstance(cell, str))
    possible = meant(by_name(lexicon)[row["place"]], " ".join(cells), text, lexicon)
    return unique_name(possible[0], lexicon) if len(possible) == 1 else None
