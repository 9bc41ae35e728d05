"""How long formulae live: Kaplan-Meier curves by level, with intervals and numbers at risk."""

import warnings

import pandas as pd

from policytext.lexicon.schema import LEVELS
from policytext.showing import tabled

CURVE = "level years at_risk gone censored share low high formulae".split()
FEW = 30  # lines of fewer formulae make no curve


@tabled
def survival(
    lines: pd.DataFrame, reports: pd.DataFrame, patience: int = 2, few: int = FEW
) -> pd.DataFrame:
    """Estimate which share of formulae is still said so many years after the first time.

    A formula of a place has gone after the year in which it is said for the last time, if the
    place has as many reports after it as ``patience`` says; if not, all that is known is that it
    lived until its last year (censored). What a place's first report says already has no known
    beginning and is left out. Estimated by Kaplan and Meier (1958), intervals of 95 % by
    Greenwood's formula on the scale of log(-log).

    Args:
        lines: The table of `lifelines`.
        reports: The table of `reports_of`.
        patience: How many reports must lack a formula before it counts as gone.
        few: A level with fewer lines gets no curve.

    Returns:
        A row per level and number of years after which one has gone: level, years, at_risk (lines
        that lived so long), gone and censored (of them, at that age), share (still said), low,
        high, formulae (lines of the curve). Each curve begins with a row of 0 years.
        ``attrs["notes"]`` says how many lines are left out and which levels have too few.
    """
    after = _reports_after(lines, reports)
    known = lines["began"] != "censored"
    table = lines.assign(years=lines["last"] - lines["first"] + 1, gone=after >= patience)[known]
    notes = [f"{int((~known).sum())} lines begin with the first report of their place: left out"]
    curves = []
    for level in LEVELS:
        own = table[table["level"] == level]
        if len(own) >= few:
            curves.append(_curve(level, own))
        elif len(own):
            notes.append(f"{level}: {len(own)} lines, too few for a curve")
    curve = pd.concat(curves, ignore_index=True) if curves else pd.DataFrame(columns=CURVE)
    curve.attrs |= {"notes": notes, "patience": patience, "method": "Kaplan-Meier, log(-log)"}
    return curve


def _reports_after(lines: pd.DataFrame, reports: pd.DataFrame) -> pd.Series:
    """How many years of the place have a report after the last one that says it."""
    years = {place: set(own) for place, own in reports.groupby("place")["year"]}
    pairs = zip(lines["place"], lines["last"], strict=True)
    return pd.Series([sum(y > last for y in years[place]) for place, last in pairs], lines.index)


def _curve(level: str, own: pd.DataFrame) -> pd.DataFrame:
    from scipy import stats  # here, since it takes a second to import

    gone, lived = own.loc[own["gone"], "years"], own.loc[~own["gone"], "years"]
    data = stats.CensoredData(uncensored=gone.to_numpy(), right=lived.to_numpy())
    function = stats.ecdf(data).sf
    with warnings.catch_warnings():
        # At shares of 1 and 0 there is none, and the cell stays empty.
        warnings.simplefilter("ignore", RuntimeWarning)
        interval = function.confidence_interval(method="log-log")
    ages = function.quantiles.astype(int)
    table = pd.DataFrame(
        {
            "level": level,
            "years": ages,
            "at_risk": [int((own["years"] >= age).sum()) for age in ages],
            "gone": [int((gone == age).sum()) for age in ages],
            "censored": [int((lived == age).sum()) for age in ages],
            "share": function.probabilities,
            "low": interval.low.probabilities,
            "high": interval.high.probabilities,
        }
    )
    begin = {"level": level, "years": 0, "at_risk": len(own), "gone": 0, "censored": 0}
    begin |= {"share": 1.0, "low": 1.0, "high": 1.0}
    whole = pd.concat([pd.DataFrame([begin]), table], ignore_index=True)
    return whole.assign(formulae=len(own))[CURVE]
