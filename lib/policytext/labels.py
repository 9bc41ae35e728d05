"""A short name for each document, for charts and tables."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

# Longer ones are cut; a title of forty characters labels no bar.
_LONGEST = 16
_SOURCES = ("place", "author", "title", "doc")


def labels(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """One label a document: the user's, else one that no other document has.

    The place, else author, title or name; then, where several share it, with the year, the whole
    date, a number. A ``label`` of the user's stays as it is: it may be a group's.

    >>> labels([{"place": "宝安区", "date": "2019"}, {"place": "宝安区", "date": "2020-02-01"},
    ...         {"place": "光明区", "date": "2019"}])
    ['宝安区 2019', '宝安区 2020', '光明区']
    """
    rows = list(rows)
    names = [str(row.get("label") or _short(row)) for row in rows]
    for longer in (_with_year, _with_date, _with_number):
        counts, seen = Counter(names), Counter[str]()
        for at, row in enumerate(rows):
            name = names[at]
            seen[name] += 1
            if counts[name] > 1 and not row.get("label"):
                names[at] = longer(name, row, seen[name])
    return names


def _short(row: Mapping[str, Any]) -> str:
    name = next(str(row[key]) for key in _SOURCES if row.get(key))
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


def year(row: Mapping[str, Any]) -> str | None:
    """The year of a document's date, however the date is written.

    >>> year({"date": "2021年2月"}), year({"date": "20120702"}), year({"date": None})
    ('2021', '2012', None)
    """
    found = re.search(r"(?:19|20)\d{2}", str(row.get("date") or ""))
    return found[0] if found else None


def _with_year(name: str, row: Mapping[str, Any], number: int) -> str:
    return f"{name} {year(row) or ''}".strip()


def _with_date(name: str, row: Mapping[str, Any], number: int) -> str:
    date = str(row.get("date") or "")
    return f"{name}{date[4:]}" if name.endswith(f" {date[:4]}") else name


def _with_number(name: str, row: Mapping[str, Any], number: int) -> str:
    return f"{name} ({number})"
