"""What was promised for a year, and what the next report says became of it."""

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from policytext.lexicon.lexicon import Lexicon, default_lexicon
from policytext.showing import tabled
from policytext.years.facts import OUTCOME_FACT_COLUMNS, Scale, scales
from policytext.years.facts import interval_of as target_interval
from policytext.years.intervals import Interval, exact

LEDGER_COLUMNS = """
    place level parent year indicator_name unit promised low high comparator commitment span
    delivered outcome_low outcome_high basis verdict verdict_strict how gap_low gap_high
    said said_gap said_holds admitted flag doc start end outcome_doc outcome_start outcome_end
    said_start said_end
""".split()
VERDICTS = (
    "exceeded", "met", "under", "within tolerance", "missed",
    "not reported", "not comparable", "not joinable",
)  # fmt: skip
# Where an outcome and a promise were both found, and can be laid side by side.
DECIDED = VERDICTS[:5]
Cells = dict[str, Any]


@tabled
def ledger_of(
    targets: pd.DataFrame, outcomes: pd.DataFrame, lexicon: Lexicon | None = None
) -> pd.DataFrame:
    """Lay each promise of a report beside what the next report of the place says was delivered.

    Args:
        targets: What `target_facts` or `read_facts` returns: headlines of a year, and goals of a
            plan, which are laid beside the report that follows its last year.
        outcomes: What `outcome_facts` returns, or a table with its columns.
        lexicon: Its table ``indicator_scales``; the default if None.

    Returns:
        A row a promise, columns ``LEDGER_COLUMNS``. ``verdict``: exceeded, met, under (a ceiling
        that was not reached), within tolerance (of 左右, by the table), missed; not reported,
        and ``how``: nothing, words only, level only (or change only, one year only,
        another unit), several
        years together, part of a year; not
        comparable, and ``how``; not joinable where there is no next report. ``verdict_strict``
        allows 左右 nothing. ``gap_low`` and ``gap_high``: delivered less promised, of a range both
        ends, infinite where an end is open. ``said`` is the text's own verdict, ``said_holds``
        whether it agrees with the numbers, ``admitted`` whether it owns to a shortfall. Passages:
        ``doc, start, end`` of the promise, and the same of the outcome and of the own verdict.

    >>> import pandas as pd
    >>> promise = {"place": "全国", "year": 2022, "indicator_name": "GDP", "unit": "%", "low": 5.5,
    ...     "high": 5.5, "comparator": "≈", "commitment": "none", "role": "headline",
    ...     "kind": "value", "measure": "change", "doc": "a", "wording": "5.5%左右"}
    >>> delivered = {"place": "全国", "report": 2023, "year": 2022, "indicator_name": "GDP",
    ...     "unit": "%", "measure": "change", "low": 3.0, "high": 3.0, "span": "year", "doc": "b",
    ...     "wording": "3%"}
    >>> table = ledger_of(pd.DataFrame([promise]), pd.DataFrame([delivered]))
    >>> table[["verdict", "gap_low"]].values.tolist()
    [['missed', -2.5]]
    """
    lexicon = lexicon or default_lexicon()
    book = _Book(outcomes, targets)
    wanted = targets[targets["role"].isin(("headline", "plan"))].to_dict("records")
    rows = [_entry(fact, book, lexicon) for fact in _first_of_each(wanted)]
    table = pd.DataFrame(rows, columns=LEDGER_COLUMNS)
    return table.sort_values(
        ["place", "indicator_name", "year", "span"], kind="stable"
    ).reset_index(drop=True)


class _Book:
    """Outcomes by place, indicator and year; and which reports there are."""

    def __init__(self, outcomes: pd.DataFrame, targets: pd.DataFrame) -> None:
        self.rows: dict[tuple[object, ...], list[Cells]] = {}
        table = outcomes.reindex(columns=OUTCOME_FACT_COLUMNS)
        for row in table.to_dict("records"):
            key = row["place"], row["indicator_name"], row["report"]
            self.rows.setdefault(key, []).append(row)
        there = targets[targets["role"] != "left out"]
        pairs = [*zip(there["place"], there["year"], strict=True)]
        pairs += zip(outcomes["place"], outcomes["report"], strict=True)
        self.reports = {(place, int(year)) for place, year in pairs}

    def of(self, place: str, indicator: str, year: int) -> list[Cells]:
        """What the report that follows a year says of an indicator in that year."""
        rows = self.rows.get((place, indicator, year + 1), [])
        return [row for row in rows if row["year"] == year]


def _first_of_each(facts: list[Cells]) -> Iterator[Cells]:
    """One promise for each place, indicator and year; a second report of the year is named."""
    seen: dict[tuple[object, ...], Cells] = {}
    for fact in facts:
        fact["last"] = _last_year(fact)
        key = fact["place"], fact["indicator_name"], fact["role"], fact["year"], fact["last"]
        if key not in seen:
            seen[key] = fact
        elif seen[key]["doc"] != fact["doc"]:
            seen[key]["flag"] = f"another report of the year: {fact['doc']}"
    yield from seen.values()


def _last_year(fact: Cells) -> int:
    """The last year that a promise is for."""
    end = fact.get("horizon_end")
    is_plan = fact["role"] == "plan" and isinstance(end, str) and end
    return int(str(end)[:4]) if is_plan else int(fact["year"])


# --- one row ---------------------------------------------------------------------------------


def _entry(fact: Cells, book: _Book, lexicon: Lexicon) -> Cells:
    """A promise with its outcome, its verdict and the reason where there is none."""
    last, span = fact["last"], _span(fact)
    row = {name: fact.get(name) for name in LEDGER_COLUMNS}
    row |= {"promised": fact["wording"], "span": span, "year": last, "how": ""}
    row |= {"said": None, "said_gap": None, "said_start": None, "said_end": None}
    promise = target_interval(fact)
    told = book.of(fact["place"], fact["indicator_name"], last)
    outcome, others = _best(told, fact, span)
    row |= _own_verdict(told, outcome)
    row["admitted"] = True if _is_worse(row["said"], _down(fact, promise, lexicon)) else None
    if outcome is not None:
        row |= _outcome_cells(outcome, others, row["flag"])
    if (fact["place"], last + 1) not in book.reports:
        return row | _no_verdict("not joinable", f"no report of {last + 1}")
    if promise is None:
        return row | _no_verdict("not comparable", "no number was promised")
    if outcome is None:
        return row | _no_verdict("not reported", _how_not(told, fact))
    if why := _not_alike(outcome, fact, lexicon):
        return row | _no_verdict("not comparable", why)
    return row | _judged(row, promise, outcome, fact, lexicon)


def _span(fact: Cells) -> str:
    """Of which years an outcome is to be: of a plan its last for a level, else all of them."""
    if fact["role"] != "plan":
        return "year"
    if fact["measure"] == "level":
        return "last year"
    # Of a rate the average of a plan's years was promised, of new jobs their sum.
    return "average of years" if fact["unit"] == "%" else "several years"


def _scale(fact: Cells, lexicon: Lexicon) -> Scale | None:
    return scales(lexicon).get((fact["indicator_name"], fact["unit"]))


def _down(fact: Cells, promise: Interval | None, lexicon: Lexicon) -> bool:
    """Whether less is better: under a ceiling always, above a floor never, else by the table."""
    bound, scale = promise.bound if promise else "", _scale(fact, lexicon)
    by_table = scale is not None and scale.polarity == "down"
    return bound == "ceiling" or (by_table and bound != "floor")


def _no_verdict(verdict: str, how: str) -> Cells:
    return {"verdict": verdict, "verdict_strict": verdict, "how": how}


def _best(told: list[Cells], fact: Cells, span: str) -> tuple[Cells | None, list[str]]:
    """The first outcome of the same span, measure and unit; and what else the report has."""
    fit = [
        one
        for one in told
        if one["span"] == ("year" if span == "last year" else span)
        and one["unit"] == fact["unit"]
        and one["measure"] == fact["measure"]
        and not (pd.isna(one["low"]) and pd.isna(one["high"]))
    ]
    if not fit:
        return None, []
    others = {one["wording"]: None for one in fit if _ends(one) != _ends(fit[0])}
    return fit[0], list(others)


def _outcome_cells(outcome: Cells, others: list[str], flag: object) -> Cells:
    names = {"low": "outcome_low", "high": "outcome_high", "wording": "delivered"}
    names |= {"doc": "outcome_doc", "start": "outcome_start", "end": "outcome_end"}
    cells = {new: outcome[old] for old, new in names.items()} | {"basis": outcome["basis"]}
    notes = [str(flag)] if flag and not pd.isna(flag) else []
    notes += [f"the report also has {'、'.join(others)}"] if others else []
    return cells | {"flag": "; ".join(notes)}


def _own_verdict(told: list[Cells], outcome: Cells | None) -> Cells:
    """What the text says of the goal: beside the outcome, else anywhere in the report."""
    said = [one for one in told if isinstance(one["said"], str) and one["span"] == "year"]
    beside = [
        one for one in said if outcome is not None and one["said_start"] == outcome["said_start"]
    ]
    found = next(iter([*beside, *said]), None)
    return {name: found[name] for name in _SAID} if found else {}


_SAID = ("said", "said_gap", "said_start", "said_end")


def _how_not(told: list[Cells], fact: Cells) -> str:
    """How an outcome is not reported: what the next report has in its place."""
    numbers = [one for one in told if not (pd.isna(one["low"]) and pd.isna(one["high"]))]
    if not numbers:
        return "words only" if told else "nothing"
    alike = {one["span"] for one in numbers if one["unit"] == fact["unit"]}
    # Where no number has the unit, those of others tell: a level of the year, or of several.
    spans = alike or {one["span"] for one in numbers}
    if "year" in spans and not alike:
        return "level only" if fact["measure"] == "change" else "another unit"
    if spans & {"average of years", "several years"}:
        return "several years together"
    if "part of a year" in spans:
        return "part of a year"
    return "one year only" if fact["role"] == "plan" else "change only"


def _not_alike(outcome: Cells, fact: Cells, lexicon: Lexicon) -> str:
    """Why an outcome cannot be laid beside a promise; nothing where it can."""
    scale = _scale(fact, lexicon)
    wanted = fact.get("price") or (scale.price if scale else "")
    found = outcome["price"]
    if isinstance(found, str) and wanted and found != wanted:
        return f"{found} against {wanted}"
    return ""


def _judged(row: Cells, promise: Interval, outcome: Cells, fact: Cells, lexicon: Lexicon) -> Cells:
    """Verdict and gap of an outcome, and whether the text's own verdict agrees."""
    scale, down = _scale(fact, lexicon), _down(fact, promise, lexicon)
    tolerance = scale.tolerance if scale else 0.0
    # Nobody promised to be far below a ceiling on what is to grow.
    better = scale.beyond if scale and down == (scale.polarity == "down") else "under"
    ends = _ends(outcome)
    about = "左右" in str(fact["wording"]) or promise.bound == "approximate"
    verdicts = [
        verdict(promise, *ends, down=down, tolerance=allowed if about else 0.0, better=better)
        for allowed in (tolerance, 0.0)
    ]
    gap = exact(ends[0] - promise.high), exact(ends[1] - promise.low)
    cells: Cells = {"verdict": verdicts[0], "verdict_strict": verdicts[1]}
    cells |= {"gap_low": gap[0], "gap_high": gap[1]}
    if verdicts[0] == "not comparable":
        is_open = math.isinf(ends[0]) or math.isinf(ends[1])
        cells["how"] = "the outcome is a bound" if is_open else "figures overlap"
    if verdicts[1] == "missed" and not row["admitted"]:
        cells["admitted"] = False
    return cells | {"said_holds": _holds(row, gap, *verdicts)}


def _ends(outcome: Cells) -> tuple[float, float]:
    """Both ends of an outcome; 10%以上 is open above."""
    low, high = outcome["low"], outcome["high"]
    return (-math.inf if pd.isna(low) else exact(low)), (math.inf if pd.isna(high) else exact(high))


def verdict(
    promise: Interval,
    low: float,
    high: float,
    *,
    down: bool = False,
    tolerance: float = 0.0,
    better: str = "exceeded",
) -> str:
    """Judge an outcome by a promise.

    Args:
        promise: Its figures as printed, and how they bound.
        low: The least that the outcome can be.
        high: The most; the same of an outcome that is one number.
        down: Less is better, as of unemployment.
        tolerance: What may be missing where the promise says 左右.
        better: What an outcome beyond the promise is called: exceeded, or under of a ceiling
            that nobody strives to be far below.

    >>> verdict(Interval(7.5, 7.5, "≈"), 7.4, 7.4, tolerance=0.5)
    'within tolerance'
    >>> verdict(Interval(6.5, 7, "range"), 6.7, 6.7), verdict(Interval(5, 5, ">="), 5.6, 5.6)
    ('met', 'exceeded')
    >>> verdict(Interval(3, 3, "<="), 2, 2, down=True, better="under")
    'under'
    """
    if down:  # the mirror image
        promise = promise._replace(low=-promise.high, high=-promise.low)
        low, high = -high, -low
    worst, best = exact(low - promise.low), exact(high - promise.low)
    if exact(low - promise.high) > 0:
        return better
    strict = promise.comparator in ("<", ">")

    def reached(above: float) -> str:
        if above > 0 or (above == 0 and not strict):
            return "met"
        return "within tolerance" if -above <= tolerance and not strict else "missed"

    # Where its ends decide differently, an outcome decides nothing.
    return reached(worst) if reached(worst) == reached(best) else "not comparable"


def _is_worse(said: object, down: bool) -> bool:
    """Whether a text's own verdict owns to a shortfall."""
    return said == "not reached" or said == ("above" if down else "below")


def _holds(row: Cells, gap: tuple[float, float], found: str, strict: str) -> bool | None:
    """Whether the text's own verdict agrees with the numbers; None where these decide nothing."""
    said, points = row["said"], row["said_gap"]
    if not isinstance(said, str) or "not comparable" in (found, strict):
        return None
    holds = {
        "above": gap[0] > 0,  # the upper end of a range
        "below": gap[1] < 0,  # and the lower one
        "reached": found != "missed",
        "not reached": strict == "missed",
        "better": strict in ("exceeded", "under"),
    }[said]
    if pd.isna(points) or said not in ("above", "below"):
        return holds
    by = gap[0] if said == "above" else -gap[1]
    return holds and abs(by - points) < _ROUNDED


# Figures are printed with one decimal, so that their difference can be off by that much.
_ROUNDED = 0.051
