"""Lay the targets of a place beside those of the level above: above, firmer, the same, below.

层层加码, that each level asks for more than the one above it, is described by Li, Liu, Weng and
Zhou (2019), Target Setting in Tournaments, The Economic Journal. Districts and provinces speak
before the nation does in most years, so a verdict says above, and not raised.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
from scipy.stats import binomtest

from policytext.lexicon.lexicon import Lexicon, default_lexicon
from policytext.paths import HOME
from policytext.showing import tabled
from policytext.years.fact_tables import read_facts
from policytext.years.facts import Scale, interval_of, scales
from policytext.years.intervals import Comparison, compare
from policytext.years.places import NATION

SUPERIOR = HOME / "data" / "reference" / "superior-targets.csv"
VERDICTS = ("numeric", "verbal", "same", "softer", "below", "undecidable")
VERDICT_COLUMNS = """
    place level parent superior year indicator_name unit low high comparator commitment wording
    superior_low superior_high superior_comparator superior_commitment superior_wording
    verdict reason gap_low gap_high figures order_of_wording robust superior_public date
    superior_date doc start end superior_doc superior_start superior_end superior_source
""".split()
# Rates compare between a nation and a district, amounts do not.
_RATES = ("%", "‰")
_OVER = ("高于", "快于", "好于", "优于", "领先", "超过")
Cells = dict[str, Any]
_NO_SIDE = dict.fromkeys(("commitment", "wording", "comparator", "date", "doc", "source"), "") | {
    "low": math.nan, "high": math.nan, "start": pd.NA, "end": pd.NA,
}  # fmt: skip


@tabled
def amplification(
    facts: pd.DataFrame,
    superior: pd.DataFrame | None = None,
    *,
    against: str = "parent",
    tolerance: float = 0.0,
    lexicon: Lexicon | None = None,
) -> pd.DataFrame:
    """Lay each target beside that of the level above, for the same year.

    Args:
        facts: The targets, as `target_facts` or `read_facts` returns them.
        superior: Targets of upper levels that ``facts`` does not have, as `read_facts` returns
            them; those of ``data/reference/superior-targets.csv`` if None. What ``facts`` says
            of an upper level itself comes first.
        against: ``parent``, the place above by the lexicon; or the name of one place, such as 全国.
        tolerance: What 左右 allows to both sides; 0 compares the figures as printed.
        lexicon: Its tables ``indicator_scales`` and ``firmness``; the default if None.

    Returns:
        A span table, a row for each place, year and indicator that the place or the one above it
        has a target for, columns ``VERDICT_COLUMNS``: both targets with their wordings, documents
        and offsets; ``verdict``: numeric (its figure demands more), verbal (the same figure, worded
        more firmly), same, softer (the same figure, worded less firmly: 左右 beside 以上), below
        (its figure demands less), undecidable; ``reason``, why it is that; ``gap_low`` and
        ``gap_high``, the bounds of the difference in the unit, an open one infinite; ``figures``
        and ``order_of_wording``, the two comparisons it is made of; ``robust``, whether it stays
        with what the lexicon's table says that 左右 allows;
        ``superior_public``: yes or no, was the upper figure public when the lower one was set;
        unknown where the dates do not tell.

    >>> facts = read_facts(SUPERIOR)
    >>> table = amplification(facts[facts["place"].isin(["全国", "广东省"])])
    >>> table.loc[table["year"].eq(2014) & table["indicator_name"].eq("GDP"), "verdict"].item()
    'numeric'
    """
    lexicon = lexicon or default_lexicon()
    superior = read_facts(SUPERIOR) if superior is None and SUPERIOR.exists() else superior
    upper = _by_key(facts)
    if superior is not None:
        upper = {**_by_key(superior), **upper}
    rows = []
    for one in _asked(facts, upper, against):
        found = upper.get((one["superior"], one["year"], one["indicator_name"], one["unit"]), [])
        other = found[0] if found else _NO_SIDE
        scale = scales(lexicon).get((one["indicator_name"], one["unit"]))
        rows.append(_row(one, other, _verdict(one, found, scale, tolerance, lexicon)))
    return pd.DataFrame(rows, columns=VERDICT_COLUMNS)


def with_superiors(facts: pd.DataFrame, superior: pd.DataFrame | None = None) -> pd.DataFrame:
    """The targets of some places and, of their years, those of the nation and the places above.

    Args:
        facts: The targets, as `target_facts` or `read_facts` returns them.
        superior: Targets of upper levels, as in `amplification`. Of a place and year that
            ``facts`` has a report of none is added.

    Returns:
        The rows of ``facts``, and those added behind them.

    >>> province = read_facts(SUPERIOR).query("place == '广东省' and year == 2025")
    >>> with_superiors(province)["place"].unique().tolist()
    ['广东省', '全国']
    """
    superior = read_facts(SUPERIOR) if superior is None and SUPERIOR.exists() else superior
    if superior is None:
        return facts
    reports = pd.MultiIndex.from_frame(facts[["place", "year"]])
    above = superior["place"].isin({NATION, *facts["parent"]})
    above &= superior["year"].isin(facts["year"])
    above &= ~pd.MultiIndex.from_frame(superior[["place", "year"]]).isin(reports)
    return pd.concat([facts, superior[above]], ignore_index=True)


def _by_key(facts: pd.DataFrame) -> dict[tuple[Any, ...], list[Cells]]:
    """The headlines of a table by place, year, indicator and unit; one of equal ones."""
    found: dict[tuple[Any, ...], list[Cells]] = {}
    for row in facts[facts["role"] == "headline"].to_dict("records"):
        key = tuple(row[name] for name in ("place", "year", "indicator_name", "unit"))
        rows = found.setdefault(key, [])
        if interval_of(row) not in [interval_of(other) for other in rows]:
            rows.append(row)
    return found


def _asked(
    facts: pd.DataFrame, upper: dict[tuple[Any, ...], list[Cells]], against: str
) -> Iterator[Cells]:
    """What is to be compared: each headline, and each that the level above has and a report not."""
    own = _by_key(facts)
    reports = facts.drop_duplicates(["place", "parent", "year"]).to_dict("records")
    for report in reports:
        place, year = report["place"], report["year"]
        superior = report["parent"] if against == "parent" else against
        if place in (NATION, superior):
            continue
        names = [key[2:] for key in own if key[:2] == (place, year)]
        above = [key[2:] for key in upper if key[:2] == (superior, year)]
        names += [(name, unit) for name, unit in above if unit in _RATES]
        # Where neither has a target a row says so.
        for name, unit in dict.fromkeys(names or [("", "")]):
            mine = own.get((place, year, name, unit), [])
            base = mine[0] if mine else {**report, **_NO_SIDE, "doc": report["doc"]}
            asked = {"indicator_name": name, "unit": unit, "superior": superior}
            yield {**base, **asked, "date": report["date"], "given": len(mine)}


def _verdict(
    one: Cells, found: Sequence[Cells], scale: Scale | None, tolerance: float, lexicon: Lexicon
) -> tuple[Comparison, bool]:
    """The comparison of a target with those of the level above, and whether it is robust."""
    if reason := _not_comparable(one, found):
        return _undecided(reason), False
    other, mine = interval_of(found[0]), interval_of(one)
    polarity = scale.polarity if scale else "up"
    if mine is None and other is not None:
        return _relative(one, found[0]["level"]), False
    if mine is None or other is None:
        side = "the upper" if mine else "neither"
        return _undecided(f"{side} target has {'no' if mine else 'a'} number of its own"), False
    verdicts = [
        compare(mine, other, polarity=polarity, tolerance=allowed, lexicon=lexicon)
        for allowed in (tolerance, scale.tolerance if scale else 0)
    ]
    # What 左右 allows does not touch the wording of one and the same figure.
    by_wording = verdicts[0].figures == "same"
    return verdicts[0], by_wording or verdicts[0].verdict == verdicts[1].verdict


def _undecided(reason: str) -> Comparison:
    return Comparison("undecidable", "overlap", "mixed", math.nan, math.nan, reason)


def _not_comparable(one: Cells, found: Sequence[Cells]) -> str:
    """Why two targets cannot be laid side by side at all; empty if they can."""
    if not one["superior"]:
        return one["flag"] or f"{one['place']} has no place above it"
    if one["given"] == 0:
        return one["flag"] if one["role"] == "left out" else "none set"
    if one["given"] > 1:
        return "two reports of the year differ"
    if not found:
        return f"no target of {one['superior']} for {one['year']}"
    if len(found) > 1:
        return f"two reports of {one['superior']} differ"
    if one["unit"] not in _RATES:
        return "an amount, not a rate"
    return ""


# By which words a target names the level that it is measured by.
_WHOLE = {"central": ("全国",), "provincial": ("全省", "全区"), "prefectural": ("全市", "全州")}


def _relative(one: Cells, level: str) -> Comparison:
    """A target that is measured by the level above: 高于全省 lies above, whatever its size.

    与经济增长同步 is measured by something else, and 高于全省 says nothing of the nation.
    """
    if not any(whole in one["wording"] for whole in _WHOLE.get(level, ())):
        return _undecided("measured by something else than the level above")
    if any(word in one["wording"] for word in _OVER):
        return Comparison("numeric", "above", "same", 0.0, math.inf)
    return _undecided("relative to the level above, in words that do not tell the order")


def _row(one: Cells, other: Cells, found: tuple[Comparison, bool]) -> Cells:
    verdict, robust = found
    sides = {f"superior_{name}": other[name] for name in _NO_SIDE}
    return {
        **one,
        **sides,
        **{name: getattr(verdict, name) for name in ("verdict", "reason", "gap_low", "gap_high")},
        **{"figures": verdict.figures, "order_of_wording": verdict.wording, "robust": robust},
        "superior_public": public_before(other["date"], one["date"]),
    }


def public_before(superior: str, date: str) -> str:
    """Whether a figure of one date was public at another: yes, no, or unknown.

    Dates of different precision tell only where they differ in what both have; on the same day
    the order is not known.

    >>> public_before("2024-03-05", "2024-01-23"), public_before("2024", "2024-01-23")
    ('no', 'unknown')
    """
    length = min(len(superior), len(date))
    first, second = superior[:length], date[:length]
    if not length or first == second:
        return "unknown"
    return "yes" if first < second else "no"


@tabled
def amplification_by(
    verdicts: pd.DataFrame, by: Sequence[str] = ("parent", "year"), indicator: str = "GDP"
) -> pd.DataFrame:
    """Count the verdicts of an indicator, by the place above and the year.

    Args:
        verdicts: What `amplification` returned.
        by: Columns of it that make the groups.
        indicator: Which indicator.

    Returns:
        The columns of ``by``; ``targets`` in all, how many are ``numeric``, ``verbal``, ``same``,
        ``softer``, ``below`` and ``undecidable``; ``compared``, those with another verdict than
        undecidable; ``share``, how many of these are numeric, with a 95 % Wilson interval ``low``
        to ``high``;
        ``gap_low`` and ``gap_high``, the medians of the bounds of the gap where they are finite.

    Raises:
        KeyError: There is no column of ``by``.

    >>> facts = read_facts(SUPERIOR)
    >>> table = amplification_by(amplification(facts), by=["superior", "year"])
    >>> table.loc[table["year"] == 2025, ["numeric", "verbal", "below"]].values.tolist()
    [[14, 4, 1]]
    """
    rows = verdicts[verdicts["indicator_name"] == indicator]
    counted = [
        {**dict(zip(by, key, strict=True)), **_counts(group)}
        for key, group in rows.groupby(list(by), sort=True)
    ]
    columns = [*by, "targets", *VERDICTS, "compared", "share", "low", "high", "gap_low", "gap_high"]
    return pd.DataFrame(counted, columns=columns)


def _counts(group: pd.DataFrame) -> Cells:
    counts = {verdict: int(group["verdict"].eq(verdict).sum()) for verdict in VERDICTS}
    compared = len(group) - counts["undecidable"]
    share = low = high = math.nan
    if compared:
        share = counts["numeric"] / compared
        low, high = binomtest(counts["numeric"], compared).proportion_ci(method="wilson")
    finite = group[["gap_low", "gap_high"]].replace([math.inf, -math.inf], math.nan)
    gaps = finite.median().to_dict() if len(finite.dropna(how="all")) else {}
    return {"targets": len(group), **counts, "compared": compared,
            "share": share, "low": low, "high": high, **gaps}  # fmt: skip
