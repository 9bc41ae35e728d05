"""Slogans found against the coded ones: spans, distinct slogans, links, by type and by quotation.

Extended mentions are neutral: one found where the coder has an extended span counts neither for
nor against. Scored on the four essays of the Wenzhou page and, where the reports are at hand, on
coded passages of two Shenzhen districts.
"""

from collections.abc import Mapping
from itertools import combinations

import pandas as pd

from policytext.corpus import Corpus, read_corpus
from policytext.lexicon import HOME, Lexicon
from policytext.scoring.core import Score, bootstrap, inside, read_gold
from policytext.scoring.join import read_coded, read_reports
from policytext.scoring.quantities import shared_folder
from policytext.slogans import find_slogans

_ESSAYS = {
    "A1": "ouhai",
    "A2": "dongtou",
    "A3": "policy-research",
    "A4": "reform-office",
}
_SPAN = ["doc", "start", "end"]


def coded_page() -> pd.DataFrame:
    """The coded mentions of the four essays, with ``doc``; ``name`` says which slogan it is."""
    table = read_gold("slogans.jsonl")
    table = table[table["article"].isin(_ESSAYS)]
    return table.assign(
        doc=table["article"].map(_ESSAYS),
        name=table["slogan_id"],
        types=table["types"].str.join("|"),
    ).reset_index(drop=True)


def coded_reports() -> pd.DataFrame:
    """The coded mentions of the Shenzhen passages; ``name`` is where the canonical form stands."""
    table = read_coded("slogans")
    canonical = table["canonical_start"].fillna(table["start"]).astype(int).astype(str)
    return table.assign(name=table["doc"] + " " + canonical)


def without_formulae(lexicon: Lexicon) -> Lexicon:
    """The lexicon without its table of upper-level formulae."""
    tables = {name: lexicon[name] for name in lexicon}
    tables["formulae"] = tables["formulae"].iloc[:0]
    return Lexicon(tables, f"{lexicon.hash}-without-formulae")


def tables(name: str, lexicon: Lexicon | None = None) -> tuple[Corpus, pd.DataFrame, pd.DataFrame]:
    """Corpus, mentions found and mentions coded of ``page`` or ``reports``.

    Raises:
        FileNotFoundError: Where the reports are not at hand.
    """
    if name == "page":
        corpus, coded = read_corpus(HOME / "data" / "wenzhou-2021"), coded_page()
        found = find_slogans(corpus, lexicon)
        return corpus, found[found["doc"].isin(coded["doc"])].reset_index(drop=True), coded
    coded = coded_reports()
    corpus = read_reports(shared_folder()).select(sorted(coded["doc"].unique()))
    within = read_gold("shenzhen-slogans-passages.csv")
    return corpus, inside(find_slogans(corpus, lexicon), within), coded


def neutral(found: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """The core mentions found, without those that are extended to the coder."""
    extended = coded.loc[~coded["core"], _SPAN]
    core = found[found["core"]].merge(extended, on=_SPAN, how="left", indicator="_side")
    return core[core["_side"] == "left_only"].drop(columns="_side").reset_index(drop=True)


def hits(found: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """Core mentions coded and found, joined on the exact span; ``_merge`` says which has it.

    The columns of both tables carry the suffixes ``_found`` and ``_coded``.
    """
    ours, theirs = neutral(found, coded), coded[coded["core"]]
    return ours.merge(theirs, on=_SPAN, how="outer", suffixes=("_found", "_coded"), indicator=True)


def score(joined: pd.DataFrame) -> Score:
    """Hits, found and coded of a table of `hits`."""
    sides = joined["_merge"].value_counts()
    both = int(sides.get("both", 0))
    return Score(
        both, both + int(sides.get("left_only", 0)), both + int(sides.get("right_only", 0))
    )


def interval(joined: pd.DataFrame) -> tuple[float, float]:
    """Interval of F1, stretches of the text resampled."""
    return bootstrap({key: score(rows) for key, rows in joined.groupby(stretches(joined))})


def stretches(spans: pd.DataFrame, width: int = 400) -> pd.Series:
    """In which stretch of so many characters each span starts: the cluster of intervals."""
    return spans["doc"] + " " + (spans["start"] // width).astype(str)


def by_rule(joined: pd.DataFrame) -> dict[str, Score]:
    """Hits and found of each rule; no rule has a recall of its own."""
    found = joined[joined["_merge"] != "right_only"]
    return {
        str(rule): Score(int((rows["_merge"] == "both").sum()), len(rows), 0)
        for rule, rows in found.groupby("rule")
    }


def distinct(joined: pd.DataFrame) -> Score:
    """Distinct core slogans coded of which at least one mention is found."""
    coded = joined[joined["_merge"] != "left_only"]
    seen = coded.groupby("name")["_merge"].agg(lambda sides: (sides == "both").any())
    return Score(int(seen.sum()), int(seen.sum()), len(seen))


def links(joined: pd.DataFrame) -> Score:
    """The same canonical form in two texts, found against coded.

    A link found is right where the two texts have a mention of it each that the coder gives to
    one slogan.
    """
    both = joined[joined["_merge"] == "both"]
    ours = _links(joined[joined["_merge"] != "right_only"], "canonical_found")
    theirs = _links(joined[joined["_merge"] != "left_only"], "name")
    agreed = _pairs(both)
    right = [link for link in ours if link in agreed.values()]
    reached = [link for link in theirs if link in agreed]
    return Score(len(right), len(ours), 0)._replace(
        coded=len(theirs), hits=min(len(right), len(reached))
    )


def _links(table: pd.DataFrame, name: str) -> set[tuple[str, str, str]]:
    docs = table.groupby(name)["doc"].unique()
    return {(key, a, b) for key, where in docs.items() for a, b in combinations(sorted(where), 2)}


def _pairs(both: pd.DataFrame) -> Mapping[tuple[str, str, str], tuple[str, str, str]]:
    """Links that coder and finder agree on: the coder's, with the finder's."""
    found: dict[tuple[str, str, str], tuple[str, str, str]] = {}
    for (name, canonical), rows in both.groupby(["name", "canonical_found"]):
        for a, b in combinations(sorted(rows["doc"].unique()), 2):
            found[(str(name), a, b)] = (str(canonical), a, b)
    return found


def agreement(joined: pd.DataFrame, one: str, two: str) -> Score:
    """How many hits have the same value in two columns."""
    both = joined[joined["_merge"] == "both"]
    same = int((both[one].fillna("") == both[two].fillna("")).sum())
    return Score(same, len(both), len(both))
