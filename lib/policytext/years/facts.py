"""Tables of facts found in texts: what each report set for its year, and what it delivered."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd

from policytext.corpus.corpus import Corpus
from policytext.corpus.days import day_of
from policytext.lexicon.lexicon import Lexicon, default_lexicon
from policytext.numbers.targets import find_targets
from policytext.paths import HOME
from policytext.showing import tabled
from policytext.text.dates import plan_years
from policytext.years.intervals import BOUNDS, Interval, exact
from policytext.years.outcomes import find_outcomes
from policytext.years.places import cities_near, seat_of

FACT_COLUMNS = """
    place level parent year date date_basis indicator_name measure unit low high comparator wording
    commitment kind role flag horizon_end doc start end source
""".split()
OUTCOME_FACT_COLUMNS = """
    place level parent report indicator_name measure unit low high comparator wording year span
    basis price said said_gap said_start said_end doc start end
""".split()
SHIPPED = HOME / "data" / "reference" / "target-facts.csv"
# 政府工作报告 ——2025年1月15日在…会议上
_HEAD = 200
_OVER_WHOM = re.compile(r"(?:[高快好优]于|领先)[^,，.。;；、]{1,8}$")
# What a fact is to its report; a report without facts has one row of one of the last two.
ROLES = ("headline", "again", "stretch", "other", "plan", "none", "left out")
NOTHING = ROLES[-2:]
KINDS = ("value", "reference")
COMMITMENTS = ("ensure", "strive", "plan", "forecast", "none")
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
    return Interval(exact(low), exact(high), fact["comparator"], fact["commitment"])


# --- from texts -----------------------------------------------------------------------------------


@tabled
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
        ``year`` and ``date`` of the report, and what its date rests on; ``indicator_name``,
        ``measure``, ``unit``; ``low`` and ``high`` as printed (an end is missing where 以上 or
        以内 leaves it open, both where the target has no number), ``comparator``, ``wording`` (as
        printed), ``commitment``; ``kind`` (value or reference); ``role``: headline (the report's
        target for its year), again (the same once more), stretch (力争 beside it), other, plan (for
        another year), none (the row of a report in which nothing was found); ``flag``, why it is
        doubtful; ``horizon_end``.

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
    known = targets[targets["indicator_name"].notna() & targets["target_kind"].isin(KINDS)]
    years = {doc: report["year"] for doc, report in reports.items()}
    found = [
        _within_plan(_as_reference(target, corpus), years[target["doc"]], corpus)
        for target in known.to_dict("records")
        if target["doc"] in years
    ]
    rows = [fact for target in found for fact in _facts(target, reports, lexicon)]
    with_roles(rows)
    told = {row["doc"] for row in rows}
    rows += [{**report, "role": "none"} for doc, report in reports.items() if doc not in told]
    rows.sort(key=lambda row: (list(reports).index(row["doc"]), row.get("start", 0)))
    facts = target_table(rows)
    facts.attrs["missing"] = "" if reports else _NO_PLACES
    return facts


_NO_PLACES = (
    "没有文本写明地方和年份：在 documents.csv 填 place 和 date。 "
    "no document has a place and a year; fill place and date of documents.csv"
)


def report_places(corpus: Corpus, lexicon: Lexicon) -> dict[str, Cells]:
    """Place and time of each report, by document; without one that has no place or no year."""
    table = corpus.documents
    table = table[table["place"].notna() & table["year"].notna()]
    near = cities_near(set(table["place"]), lexicon)
    reports = {}
    for row in table.to_dict("records"):
        seat = seat_of(row["place"], row["level"], lexicon, near)
        reports[row["doc"]] = {
            **{"place": seat.name, "level": seat.level, "parent": seat.parent},
            **{"year": int(row["year"]), "doc": row["doc"], "flag": seat.problem},
            **_day(row, corpus),
        }
    return reports


def _day(row: Cells, corpus: Corpus) -> Cells:
    """The date of a report; of one that has a year alone the day that is named at its head."""
    date = str(row["date"])
    named = day_of(corpus.source(row["doc"])[:_HEAD]) if len(date) == 4 else None
    if named and named.startswith(date):
        return {"date": named, "date_basis": "head of the text"}
    return {
        "date": date,
        "date_basis": "the corpus" if pd.isna(row["date_basis"]) else row["date_basis"],
    }


def _as_reference(target: Cells, corpus: Corpus) -> Cells:
    """A target that is measured by another place's, 高于全省0.5个百分点, as a reference."""
    if not str(target["unit"]).endswith("百分点"):
        return target
    before = corpus.source(target["doc"])[: target["start"]][-_HEAD:]
    if not (over := _OVER_WHOM.search(before)):
        return target
    words = {"text": over[0] + target["text"], "start": target["start"] - len(over[0])}
    return {**target, **words, "target_kind": "reference", "unit": None}


def _within_plan(target: Cells, year: int, corpus: Corpus) -> Cells:
    """A target for 今后五年 as one of the plan that its report opens, where that is named before.

    A report of 2006 on the plan 十一五 means the years 2006 to 2010. Where no plan is named near
    by, the five years may well be those that follow, and are left as they are.
    """
    is_five = re.search("[五5]年", str(target["horizon_text"]))
    if not is_five or target["horizon_end"] != f"{year + 5}-12-31":
        return target
    before = corpus.source(target["doc"])[: target["start"]][-_HEAD:]
    if (year, year + 4) not in map(plan_years, _PLAN.findall(before)):
        return target
    return {**target, "horizon_start": f"{year}-01-01", "horizon_end": f"{year + 4}-12-31"}


_PLAN = re.compile('(?:十[一二三四五六]?|[六七八九])五(?=[”’"]?(?:时期|期间|规划|计划))')


def _facts(target: Cells, reports: Mapping[str, Cells], lexicon: Lexicon) -> Iterator[Cells]:
    """The facts of one target: one for each headline indicator that it is of."""
    report = reports[target["doc"]]
    for name in target["indicator_name"].split("|"):
        unit = _unit(name, target, lexicon)
        if scale := scales(lexicon).get((name, unit)):
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
    value, top = (exact(target[name] - off) for name in ("value", "value_max"))
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


def _wording(row: Cells) -> str:
    """Number and bound as printed, in the order of the text: 5%左右, 超过3%."""
    bound, bounds = row["comparator_text"], row["comparator"] != "="
    if not (bounds and isinstance(bound, str)) or bound in row["text"]:
        return str(row["text"])
    before = int(row["comparator_at"].split(":")[0]) < row["start"]
    return bound + row["text"] if before else row["text"] + bound


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
    if same_figures(row, headline):
        return "again"
    near = abs(row["start"] - headline["start"]) < _NEAR
    return "stretch" if near and row["commitment"] == "strive" else "other"


def same_figures(one: Cells, other: Cells) -> bool:
    """Whether two facts say the same: the same ends (both open, both missing) of one kind."""
    return one["kind"] == other["kind"] and _printed(one) == _printed(other)


def _printed(row: Cells) -> tuple[float | None, float | None]:
    """Both ends as printed; None for one that is missing."""
    low, high = (None if pd.isna(row[name]) else exact(row[name]) for name in ("low", "high"))
    return low, high


def target_table(rows: list[Cells]) -> pd.DataFrame:
    """A table of facts with its columns in order; years and offsets whole numbers."""
    table = pd.DataFrame(rows, columns=FACT_COLUMNS)
    numbers = ("low", "high")
    table[list(numbers)] = table[list(numbers)].astype(float)
    table = table.astype({"year": int, "start": "Int64", "end": "Int64"})
    texts = [name for name in FACT_COLUMNS if name not in (*numbers, "year", "start", "end")]
    table[texts] = table[texts].astype(object).where(table[texts].notna(), "")
    return table


# --- outcomes ---


def outcome_facts(
    corpus: Corpus, outcomes: pd.DataFrame | None = None, lexicon: Lexicon | None = None
) -> pd.DataFrame:
    """What each report says of the headline indicators, as a table that needs no text.

    Args:
        corpus: Reports with place and year.
        outcomes: What `find_outcomes` found in it; found again if None.
        lexicon: Its tables ``indicator_scales`` and ``places``; the default if None.

    Returns:
        A span table, columns ``OUTCOME_FACT_COLUMNS``: place, level and parent by their full
        names; ``report``, the year of the report; ``low`` and ``high`` as printed (an end is
        missing where 以上 leaves it open, both where no number stands), an index less 100;
        ``wording`` as printed, with its bound; the ``year`` of the outcome and the rest as
        `find_outcomes` has it. Without rows, and with what is missing in ``attrs["missing"]``,
        where no document has a place and a year.
    """
    lexicon = lexicon or default_lexicon()
    outcomes = find_outcomes(corpus, lexicon) if outcomes is None else outcomes
    reports = report_places(corpus, lexicon)
    known = {name for name, _ in scales(lexicon)}
    rows = [
        _outcome_fact(row, reports[row["doc"]])
        for row in outcomes.to_dict("records")
        if row["doc"] in reports and row["indicator_name"] in known
    ]
    table = outcome_table(rows)
    table.attrs["missing"] = "" if reports else _NO_PLACES
    return table


def _outcome_fact(row: Cells, report: Mapping[str, Any]) -> Cells:
    """A row of `find_outcomes` with its place; a price index of 103 is a rise of 3 %."""
    value, top, comparator = row["value"], row["value_max"], row["comparator"]
    is_index = row["indicator_name"].endswith(_INDEX)
    off = _BASE if is_index and not pd.isna(value) and value > _BASE / 2 else 0
    ends = value, (value if pd.isna(top) else top)
    low, high = (exact(end - off) for end in ends)
    return {
        **{name: report[name] for name in ("place", "level", "parent")},
        **{name: row[name] for name in OUTCOME_FACT_COLUMNS if name in row},
        **{"report": report["year"], "wording": _wording(row)},
        **{"measure": "change" if is_index else row["measure"]},
        **{"unit": "%" if is_index else row["unit"]},
        **{"low": math.nan if comparator in ("<", "<=") else low},
        **{"high": math.nan if comparator in (">", ">=") else high},
    }


_WHOLE = ("report", "year", "said_start", "said_end", "start", "end")


def outcome_table(rows: Iterable[Cells]) -> pd.DataFrame:
    """A table of outcomes with its columns in order; what is not said is missing."""
    table = pd.DataFrame(rows, columns=OUTCOME_FACT_COLUMNS).replace({"": None})
    return table.astype(dict.fromkeys(_WHOLE, "Int64"))
