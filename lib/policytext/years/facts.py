"""A table of target facts: what each report set for its year, found in texts or given in a file."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from policytext.corpus.corpus import Corpus
from policytext.corpus.days import day_of, is_date
from policytext.corpus.issues import CorpusError
from policytext.corpus.rows import read_rows
from policytext.lexicon.lexicon import Lexicon, default_lexicon
from policytext.lexicon.schema import LEVELS
from policytext.numbers.targets import find_targets
from policytext.paths import HOME
from policytext.years.intervals import BOUNDS, DECIMALS, Interval
from policytext.years.places import cities_near, seat_of

FACT_COLUMNS = """
    place level parent year date indicator_name measure unit low high comparator wording commitment
    kind role flag horizon_end doc start end source
""".split()
SHIPPED = HOME / "data" / "reference" / "target-facts.csv"
# 政府工作报告 ——2025年1月15日在…会议上
_HEAD = 200
_OVER_WHOM = re.compile(r"(?:[高快好优]于|领先)[^,，.。;；、]{1,8}$")
# What a fact is to its report; a report without facts has one row of one of the last two.
ROLES = ("headline", "again", "stretch", "other", "plan", "none", "left out")
NOTHING = ROLES[-2:]
_KINDS = ("value", "reference")
_COMMITMENTS = ("ensure", "strive", "plan", "forecast", "none")
# A price index of 103 is a rise of 3 %.
_INDEX, _BASE = "指数", 100
# 增长5%以上、力争5.5%: what stands so near the headline is its stretch goal.
_NEAR = 60
Cells = dict[str, Any]


class Scale(NamedTuple):
    """How an indicator is compared: a row of the lexicon's table ``indicator_scales``."""

    measure: str
    polarity: str
    tolerance: float
    most: float
    price: str = ""
    beyond: str = "exceeded"


@lru_cache(maxsize=4)
def scales(lexicon: Lexicon) -> dict[tuple[str, str], Scale]:
    """The headline indicators by name and unit, in the table's order.

    >>> from policytext import default_lexicon
    >>> scales(default_lexicon())["GDP", "%"].polarity
    'up'
    """
    return {
        (row.indicator, row.unit): Scale(
            *(row.measure, row.polarity, float(row.tolerance or 0), float(row.most)),
            *(row.price, row.beyond),
        )
        for row in lexicon["indicator_scales"].itertuples()
    }


def interval_of(fact: Mapping[str, Any]) -> Interval | None:
    """The interval of a fact; None where it has no number of its own.

    >>> interval_of({"low": 5.0, "high": float("nan"), "comparator": ">=", "commitment": "none"})
    Interval(low=5.0, high=5.0, comparator='>=', commitment='none')
    """
    low, high = fact["low"], fact["high"]
    if math.isnan(low) and math.isnan(high):
        return None
    low, high = (high if math.isnan(low) else low), (low if math.isnan(high) else high)
    return Interval(low, high, fact["comparator"], fact["commitment"])


# --- from texts -----------------------------------------------------------------------------------


def target_facts(
    corpus: Corpus, targets: pd.DataFrame | None = None, lexicon: Lexicon | None = None
) -> pd.DataFrame:
    """What each report of a corpus set for its year, of the lexicon's headline indicators.

    Args:
        corpus: Reports with place and year.
        targets: What `find_targets` found in it; found again if None.
        lexicon: Its tables ``indicator_scales`` and ``places``; the default if None.

    Returns:
        A span table, columns ``FACT_COLUMNS``: ``place`` (full name), ``level``, ``parent``,
        ``year`` and ``date`` of the report; ``indicator_name``, ``measure``, ``unit``; ``low`` and
        ``high`` as printed (an end is missing where 以上 or 以内 leaves it open, both where the
        target has no number), ``comparator``, ``wording`` (as printed), ``commitment``; ``kind``
        (value or reference); ``role``: headline (the report's target for its year), again (the
        same once more), stretch (力争 beside it), other, plan (for another year), none (the row of
        a report in which nothing was found); ``flag``, why it is doubtful; ``horizon_end``.

        Without rows, and with what is missing in ``attrs["missing"]``, where no document has a
        place and a year.

    >>> import policytext as pt
    >>> corpus = pt.read_corpus("data/wenzhou-2021").select(["ouhai"])
    >>> target_facts(corpus)[["place", "parent", "year", "role"]].values.tolist()
    [['瓯海区', '温州市', 2021, 'none']]
    """
    lexicon = lexicon or default_lexicon()
    targets = find_targets(corpus, lexicon) if targets is None else targets
    reports = report_places(corpus, lexicon)
    known = targets[targets["indicator_name"].notna() & targets["target_kind"].isin(_KINDS)]
    found = [_as_reference(target, corpus) for target in known.to_dict("records")]
    rows = [fact for target in found for fact in _facts(target, reports, lexicon)]
    with_roles(rows)
    told = {row["doc"] for row in rows}
    rows += [{**report, "role": "none"} for doc, report in reports.items() if doc not in told]
    rows.sort(key=lambda row: (list(reports).index(row["doc"]), row.get("start", 0)))
    facts = _typed(rows)
    facts.attrs["missing"] = "" if reports else _NO_PLACES
    return facts


_NO_PLACES = (
    "没有文本写明地方和年份：在 documents.csv 填 place 和 date。 "
    "no document has a place and a year; fill place and date of documents.csv"
)


def report_places(corpus: Corpus, lexicon: Lexicon) -> dict[str, Cells]:
    """Place and time of each report, by document.

    Raises:
        CorpusError: No document has a place and a year.
    """
    table = corpus.documents
    table = table[table["place"].notna() & table["year"].notna()]
    near = cities_near(set(table["place"]), lexicon)
    reports = {}
    for row in table.to_dict("records"):
        seat = seat_of(row["place"], row["level"], lexicon, near)
        reports[row["doc"]] = {
            **{"place": seat.name, "level": seat.level, "parent": seat.parent},
            **{"year": int(row["year"]), "date": _day(row, corpus), "doc": row["doc"]},
            **{"flag": seat.problem},
        }
    return reports


def _day(row: Cells, corpus: Corpus) -> str:
    """The date of a report; of one that has a year alone the day that is named at its head."""
    date = str(row["date"])
    named = day_of(corpus.source(row["doc"])[:_HEAD]) if len(date) == 4 else None
    return named if named and named.startswith(date) else date


def _as_reference(target: Cells, corpus: Corpus) -> Cells:
    """A target that is measured by another place's, 高于全省0.5个百分点, as a reference."""
    if not str(target["unit"]).endswith("百分点"):
        return target
    before = corpus.source(target["doc"])[: target["start"]][-_HEAD:]
    if not (over := _OVER_WHOM.search(before)):
        return target
    words = {"text": over[0] + target["text"], "start": target["start"] - len(over[0])}
    return {**target, **words, "target_kind": "reference", "unit": None}


def _facts(target: Cells, reports: Mapping[str, Cells], lexicon: Lexicon) -> Iterator[Cells]:
    """The facts of one target: one for each headline indicator that it is of."""
    report = reports.get(target["doc"])
    for name in target["indicator_name"].split("|") if report else ():
        unit = _unit(name, target, lexicon)
        if report and (scale := scales(lexicon).get((name, unit))):
            # 力争达到8% is a level by its verb; a rate of growth is a change all the same.
            fact = {"indicator_name": name, "unit": unit, "measure": scale.measure}
            off = _BASE if name.endswith(_INDEX) and target["value"] > _BASE / 2 else 0
            amount = _amount(target, off)
            yield {**report, **fact, **amount, **_standing(target, report, scale, off)}


def _unit(name: str, target: Cells, lexicon: Lexicon) -> str:
    """The unit of a target; of a reference or an index that in which its indicator is read."""
    if isinstance(target["unit"], str):
        return target["unit"]
    unstated = target["target_kind"] == "reference" or name.endswith(_INDEX)
    return next((unit for known, unit in scales(lexicon) if unstated and known == name), "")


def _amount(target: Cells, off: int) -> Cells:
    """The number as printed, its open ends missing; of an index less its base."""
    value, top = (round(target[name] - off, DECIMALS) for name in ("value", "value_max"))
    comparator = target["comparator"] if isinstance(target["comparator"], str) else "="
    bound = BOUNDS[comparator]
    nothing = target["target_kind"] == "reference"
    return {
        "low": math.nan if nothing or bound == "ceiling" else value,
        "high": math.nan if nothing or bound == "floor" else top if bound == "range" else value,
        "comparator": "" if nothing else comparator,
        "wording": _wording(target),
        "kind": target["target_kind"],
        **{name: target[name] for name in ("commitment", "horizon_end", "start", "end")},
    }


def _wording(target: Cells) -> str:
    """Number and bound as printed, in the order of the text."""
    bound = target["comparator_text"]
    if not isinstance(bound, str) or bound in target["text"]:
        return str(target["text"])
    before = int(target["comparator_at"].split(":")[0]) < target["start"]
    return bound + target["text"] if before else target["text"] + bound


def _standing(target: Cells, report: Cells, scale: Scale, off: int) -> Cells:
    """What a target is to its report, before it is laid beside the others; and what is doubtful."""
    year, end = report["year"], target["horizon_end"]
    end_year = int(end[:4]) if isinstance(end, str) else year
    start = target["horizon_start"]
    one_year = not isinstance(start, str) or start[:4] == str(end_year)
    notes = [*filter(None, [report["flag"]]), *(["an index, less 100"] if off else [])]
    flags = []
    if end_year < year:
        flags.append("for a year before the report's")
    if target["target_kind"] == "value" and abs(target["value"] - off) > scale.most:
        flags.append("implausible")
    own = end_year == year and one_year and not flags
    return {
        "role": "" if own else "plan" if end_year > year or not one_year else "other",
        "flag": "; ".join([*flags, *notes]),
        # A year that is carried over from the sentence before is the weakest sign.
        "carried": target["horizon_source"] == "previous",
    }


def with_roles(rows: Iterable[Cells]) -> None:
    """Choose the headline among the facts of one report and indicator; name what the others are."""
    groups: dict[tuple[Any, ...], list[Cells]] = {}
    for row in rows:
        if row["role"] == "":
            groups.setdefault((row["doc"], row["indicator_name"]), []).append(row)
    for group in groups.values():
        first = min(group, key=_rank)
        for row in group:
            row["role"] = "headline" if row is first else _beside(row, first)


def _rank(row: Cells) -> tuple[bool, bool, bool, int]:
    """Facts with a number come first, 力争 last; of equal ones what stands first."""
    return row["kind"] != "value", row["carried"], row["commitment"] == "strive", row["start"]


def _beside(row: Cells, headline: Cells) -> str:
    """What another fact of the report is beside its headline."""
    if _same(row, headline):
        return "again"
    near = abs(row["start"] - headline["start"]) < _NEAR
    return "stretch" if near and row["commitment"] == "strive" else "other"


def _same(one: Cells, other: Cells) -> bool:
    """Whether two facts say the same: the same ends (both open, both missing) of one kind."""
    ends = [(one[name], other[name]) for name in ("low", "high")]
    alike = all(left == right or (left != left and right != right) for left, right in ends)
    return alike and one["kind"] == other["kind"]


def _typed(rows: list[Cells]) -> pd.DataFrame:
    """A table of facts with its columns in order; years and offsets whole numbers."""
    table = pd.DataFrame(rows, columns=FACT_COLUMNS)
    numbers = ("low", "high")
    table[list(numbers)] = table[list(numbers)].astype(float)
    table = table.astype({"year": int, "start": "Int64", "end": "Int64"})
    texts = [name for name in FACT_COLUMNS if name not in (*numbers, "year", "start", "end")]
    table[texts] = table[texts].astype(object).where(table[texts].notna(), "")
    return table


# --- from a file ----------------------------------------------------------------------------------

_NEEDED = ("place", "year", "indicator", "low", "high")
_YEAR = re.compile(r"(?:19|20)\d\d")


def read_facts(path: str | Path = SHIPPED, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """Read and check a table of target facts, such as ``superior_targets.csv``.

    Args:
        path: Nothing for the collection's own table, from reports of four levels; or a table file
            (.csv, .xlsx …) with the columns place, year, indicator (or indicator_name), low, high;
            and, where they are known, parent, level, date, wording, comparator, commitment, unit,
            measure, source, doc, start, end. An end that is open, as of 5%以上, is left empty;
            without ``comparator`` the wording says it (左右, 以上, 力争).
        lexicon: Its tables of places, indicators and cues; the default if None.

    Returns:
        A table with the columns of `target_facts`.

    Raises:
        CorpusError: A column is missing, or a cell cannot be used, or two rows say different
            things of one place, year and indicator; the message names row, column and fix.
    """
    path, lexicon = Path(path), lexicon or default_lexicon()
    table = read_rows(path)
    renamed = {"indicator_name": "indicator"} if "indicator" not in table.header else {}
    header = [renamed.get(name, name) for name in table.header]
    if missing := [name for name in _NEEDED if name not in header]:
        raise CorpusError(f"{path.name}: no column {missing[0]}; add it to the header")
    rows = []
    for number, cells in table.rows.items():
        texts = {renamed.get(name, name): _text(cell) for name, cell in cells.items()}
        rows.append(_given(f"{path.name}, row {number}", texts, lexicon))
    _refuse_doubles(path.name, table.rows, rows)
    return _typed(rows)


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell).strip()


def _given(where: str, cells: Mapping[str, str], lexicon: Lexicon) -> Cells:
    """One row of a file as a fact, checked."""
    get = lambda name: cells.get(name, "")  # noqa: E731
    level, date = get("level"), get("date") or get("year")
    if level and level not in LEVELS:
        raise _wrong(where, "level", level, f"write one of {', '.join(LEVELS)}")
    if get("role") and get("role") not in ROLES:
        raise _wrong(where, "role", get("role"), f"write one of {', '.join(ROLES)}")
    if not _YEAR.fullmatch(get("year")):
        raise _wrong(where, "year", get("year"), "write its four digits: 2021")
    if not is_date(date):
        raise _wrong(where, "date", date, "write 2021, 2021-03 or 2021-03-05")
    seat = seat_of(get("place"), level or None, lexicon)
    if seat.problem and not get("parent"):
        fix = f"{seat.problem}; fill the columns parent and level"
        raise _wrong(where, "place", get("place"), fix)
    row = {
        **{name: get(name) for name in ("wording", "flag", "horizon_end", "doc", "source")},
        **{"place": seat.name, "level": seat.level, "parent": get("parent") or seat.parent},
        **{"year": int(get("year")), "date": date, "role": get("role") or "headline"},
        **{name: int(get(name)) if get(name) else None for name in ("start", "end")},
    }
    # The row of a report in which there is nothing.
    empty = row["role"] in NOTHING
    return row if empty else {**row, **_measured(where, cells, lexicon)}


def _measured(where: str, cells: Mapping[str, str], lexicon: Lexicon) -> Cells:
    """What one row of a file says of an indicator, checked."""
    given = cells["indicator"]
    if given not in (names := _names(lexicon)):
        raise _wrong(where, "indicator", given, "write a name of indicators.csv")
    name = names[given]
    unit = cells.get("unit") or next((unit for one, unit in scales(lexicon) if one == name), "")
    scale = scales(lexicon).get((name, unit))
    low, high = (_number(where, column, cells[column]) for column in ("low", "high"))
    if low > high:
        fix = f"it is greater than high ({cells['high']}); turn them round"
        raise _wrong(where, "low", cells["low"], fix)
    return {
        **{"indicator_name": name, "unit": unit, "low": low, "high": high},
        "measure": cells.get("measure") or (scale.measure if scale else ""),
        "comparator": _comparator(where, cells, low, high, lexicon),
        "commitment": _commitment(where, cells, lexicon),
        "kind": cells.get("kind") or ("value" if low == low or high == high else "reference"),
    }


@lru_cache(maxsize=4)
def _names(lexicon: Lexicon) -> dict[str, str]:
    """The canonical name of each name of an indicator."""
    table = lexicon["indicators"]
    return dict(zip(table["name"], table["indicator"], strict=True))


def _wrong(where: str, column: str, cell: str, fix: str) -> CorpusError:
    found = f"{cell!r} cannot be used" if cell else "the cell is empty"
    return CorpusError(f"{where}, {column}: {found}; {fix}")


def _number(where: str, column: str, cell: str) -> float:
    try:
        number = float(cell.removesuffix("%") or "nan")
    except ValueError:
        number = math.inf
    if math.isinf(number):
        raise _wrong(where, column, cell, "write digits with a point, or nothing where it is open")
    return number


def _comparator(
    where: str, cells: Mapping[str, str], low: float, high: float, lexicon: Lexicon
) -> str:
    """The comparator that a row has, or the one of its open ends and its wording."""
    if given := cells.get("comparator", ""):
        if given not in BOUNDS:
            raise _wrong(where, "comparator", given, f"write one of {' '.join(BOUNDS)}")
        return given
    if low != low and high != high:
        return ""
    if low != low or high != high:
        return "<=" if low != low else ">="
    if low < high:
        return "range"
    said = _cues(cells.get("wording", ""), ("before", "after"), lexicon)
    return "≈" if "≈" in said else "="


def _commitment(where: str, cells: Mapping[str, str], lexicon: Lexicon) -> str:
    """The commitment that a row has, or the one of its wording."""
    if given := cells.get("commitment", ""):
        if given not in _COMMITMENTS:
            raise _wrong(where, "commitment", given, f"write one of {' '.join(_COMMITMENTS)}")
        return given
    return next(iter(_cues(cells.get("wording", ""), ("commitment",), lexicon)), "none")


def _cues(wording: str, roles: tuple[str, ...], lexicon: Lexicon) -> list[str]:
    """What the cue words of some roles in a wording say: 左右 says ≈."""
    return [value for cue, value in _cue_words(roles, lexicon) if cue in wording]


@lru_cache(maxsize=8)
def _cue_words(roles: tuple[str, ...], lexicon: Lexicon) -> list[tuple[str, str]]:
    """The cue words of some roles with what they say."""
    table = lexicon["cues"]
    table = table[table["role"].isin(roles)]
    return list(zip(table["cue"], table["value"], strict=True))


_ONE = ("place", "parent", "year", "indicator_name", "unit", "doc")


def _refuse_doubles(file: str, numbers: Iterable[object], rows: list[Cells]) -> None:
    """Two headlines of one place, year and indicator that say different things are an error."""
    seen: dict[tuple[Any, ...], tuple[object, Cells]] = {}
    for number, row in zip(numbers, rows, strict=True):
        if row["role"] != "headline":
            continue
        key = tuple(row[name] for name in _ONE)
        before, other = seen.setdefault(key, (number, row))
        if not _same(row, other):
            raise CorpusError(
                f"{file}, rows {before} and {number}: two targets of {row['place']} for "
                f"{row['indicator_name']} in {row['year']}; keep one, or write another role "
                f"than headline ({', '.join(ROLES)})"
            )
