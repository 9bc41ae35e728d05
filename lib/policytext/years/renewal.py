"""What is new this year: what leaves and what enters from one report of a place to the next."""

from typing import Any

import pandas as pd

from policytext.corpus.corpus import Corpus
from policytext.corpus.issues import SelectionError
from policytext.numbers.targets import find_targets
from policytext.showing import tabled
from policytext.terms.keyness import keyness
from policytext.terms.measures import log_ratio_interval
from policytext.terms.terms import select_terms
from policytext.words.segment import segment
from policytext.years.attestations import attestations
from policytext.years.reports import reports_of

NEW = "kind what change before after ratio low high said_before said_after".split()
NEW += "doc start end earlier earlier_start earlier_end".split()
_ALPHA, _CORRECTION = 0.05, "benjamini-hochberg"  # of what is listed, one in twenty may be chance
_TYPES: dict[str, type] = {
    **dict.fromkeys(("kind", "change", "what", "doc", "earlier"), str),
    **dict.fromkeys(("before", "after", "start", "end"), int),
    **dict.fromkeys(("ratio", "low", "high"), float),
}
_KINDS, _ORDER = ["slogan", "target", "term"], ["enters", "rises", "leaves", "falls", "stays"]
_CHANGES = {(False, True): "enters", (True, False): "leaves", (True, True): "stays"}


@tabled
def renewal(
    corpus: Corpus, place: str | None = None, year: int | None = None, earlier: int | None = None
) -> pd.DataFrame:
    """Say what a report has that its place's report of the year before had not, and what it drops.

    Three things are compared: slogans and named formulae (as `attestations` finds them), targets
    with a value, by the name of their indicator, and words that stand significantly more or less
    often (`keyness`, Fisher's exact test; of those listed one in twenty may be chance).

    Args:
        corpus: Reports with place and date.
        place: Whose report, by its full name; may be left out where there is one place alone.
        year: Of which year; the place's last if None.
        earlier: The year it is laid beside; the one before if None.

    Returns:
        A row per slogan, indicator or word: kind (slogan, target, term), what, change (enters,
        leaves, stays; of words rises, falls), before and after (mentions in both reports), ratio,
        low and high (of words: the log2 of the ratio of the rates with its 95 % interval; of a
        word that one side lacks one end is infinite), said_before and said_after (of targets: the
        values as printed); doc, start, end of the first mention in the later report, or, of what
        leaves, in the earlier one; earlier, earlier_start, earlier_end of that in the earlier one.
        What enters comes first, then what leaves; by count within these.

    Raises:
        SelectionError: There is no such place or report; the message says which there are.
    """
    reports = reports_of(corpus)
    place, year, earlier = _chosen(reports, place, year, earlier)
    own = reports[reports["place"] == place]
    sides = {when: own.loc[own["year"] == when, "doc"].tolist() for when in (earlier, year)}
    both = corpus.select([doc for docs in sides.values() for doc in docs])
    tables = [
        _compared("slogan", attestations(both).assign(what=lambda t: t["form"]), sides),
        _compared("target", _targets(both), sides),
        _words(both, sides),
    ]
    # Whole numbers beside texts: a side that has nothing in a row is missing, not a broken number.
    listed = [one.astype(object) for one in tables if len(one)] or [pd.DataFrame(dtype=object)]
    table = pd.concat(listed, ignore_index=True).reindex(columns=NEW)
    gone = table["doc"].isna()
    table.loc[gone, NEW[-6:-3]] = table.loc[gone, NEW[-3:]].to_numpy()
    table["most"] = -table[["before", "after"]].max(axis=1)
    for name, order in (("kind", _KINDS), ("change", _ORDER)):
        table[name] = pd.Categorical(table[name], order, ordered=True)
    table = table.sort_values(["kind", "change", "most"], kind="stable", ignore_index=True)
    table = table[NEW].astype(_TYPES)
    table.attrs = {"place": place, "year": year, "earlier": earlier}
    return table


def _chosen(
    reports: pd.DataFrame, place: str | None, year: int | None, earlier: int | None
) -> tuple[str, int, int]:
    """The place and the two years, or which there are."""
    places = reports["place"].unique().tolist()
    if place is None and len(places) > 1:
        raise SelectionError(f"reports of {len(places)} places; name one of {_listed(places)}")
    place = places[0] if place is None else place
    if place not in places:
        raise SelectionError(f"no report of {place!r}; there are those of {_listed(places)}")
    years = sorted(set(reports.loc[reports["place"] == place, "year"].tolist()))
    year = years[-1] if year is None else year
    earlier = year - 1 if earlier is None else earlier
    for one in (year, earlier):
        if one not in years:
            raise SelectionError(
                f"{place}: no report of {one}; there are those of {_listed(years)}"
            )
    return place, int(year), int(earlier)


def _listed(names: list[Any]) -> str:
    return ", ".join(map(str, names[:12])) + (" …" if len(names) > 12 else "")


def _targets(corpus: Corpus) -> pd.DataFrame:
    """The targets with a value of their own whose indicator has a name."""
    table = find_targets(corpus)
    table = table[table["is_target"] & table["indicator_name"].notna()]
    return table[table["target_kind"] == "value"].assign(what=lambda rows: rows["indicator_name"])


def _compared(kind: str, table: pd.DataFrame, sides: dict[int, list[str]]) -> pd.DataFrame:
    """What each report has of a span table with a column ``what``."""
    old, new = (
        table[table["doc"].isin(docs)].groupby("what", sort=False) for docs in sides.values()
    )
    names = list(dict.fromkeys([*new.groups, *old.groups]))
    rows = [_row(kind, name, _rows(old, name), _rows(new, name)) for name in names]
    return pd.DataFrame(rows)


def _rows(groups: Any, name: str) -> pd.DataFrame | None:
    return groups.get_group(name) if name in groups.groups else None


def _row(
    kind: str, name: str, old: pd.DataFrame | None, new: pd.DataFrame | None
) -> dict[str, object]:
    row: dict[str, object] = {"kind": kind, "what": name}
    row["change"] = _CHANGES[old is not None, new is not None]
    row |= {"before": 0 if old is None else len(old), "after": 0 if new is None else len(new)}
    for rows, names, said in (
        (old, ("earlier", "earlier_start", "earlier_end"), "said_before"),
        (new, ("doc", "start", "end"), "said_after"),
    ):
        if rows is not None:
            row |= dict(zip(names, rows.iloc[0][["doc", "start", "end"]], strict=True))
            row[said] = "、".join(dict.fromkeys(rows["text"])) if kind == "target" else None
    return row


def _words(corpus: Corpus, sides: dict[int, list[str]]) -> pd.DataFrame:
    """Words that stand significantly more or less often in the later report."""
    tokens = segment(corpus)
    old, new = sides
    words = select_terms(tokens, corpus)
    try:
        table = keyness(words, corpus, str(new), str(old), by="year", correction=_CORRECTION)
    except SelectionError:  # no word is frequent enough, or one report has none
        return pd.DataFrame(columns=NEW)
    table = table[table["p_adjusted"] < _ALPHA]
    low, high = log_ratio_interval(table["f1"], table["n1"], table["f2"], table["n2"])
    rows = pd.DataFrame(
        {
            **{"kind": "term", "what": table["term"], "before": table["f2"], "after": table["f1"]},
            "change": [("rises" if score > 0 else "falls") for score in table["score"]],
            **{"ratio": table["log_ratio"], "low": low, "high": high},
        }
    )
    counted = words[words["counted"]]
    first = {
        when: counted[counted["doc"].isin(docs)].drop_duplicates("term").set_index("term")
        for when, docs in sides.items()
    }
    for when, names in ((new, NEW[-6:-3]), (old, NEW[-3:])):
        found = first[when].reindex(rows["what"])[["doc", "start", "end"]]
        rows[names] = found.to_numpy()
    return rows
