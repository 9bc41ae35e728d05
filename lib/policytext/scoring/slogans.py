"""Slogans found against the coded ones: spans, distinct slogans, links, by type and by quotation.

Extended mentions are neutral: one found where the coder has an extended span counts neither for
nor against. Scored on the four essays of the Wenzhou page and, where the reports are at hand, on
coded passages of two Shenzhen districts.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations

import pandas as pd

from policytext.corpus import Corpus, read_corpus
from policytext.lexicon import HOME, Lexicon, default_lexicon
from policytext.scoring.core import Score, bootstrap, inside, read_gold, wilson
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


def interval(joined: pd.DataFrame, width: int = 400) -> tuple[float, float]:
    """Interval of F1 over stretches of the text drawn anew."""
    stretch = joined["doc"] + " " + (joined["start"] // width).astype(str)
    return bootstrap({key: score(rows) for key, rows in joined.groupby(stretch)})


def by_type(joined: pd.DataFrame) -> dict[str, Score]:
    """Scores by the coder's types; what is found beside them has the finder's types."""
    types = joined["types_coded"].fillna(joined["types_found"]).str.split("|")
    names = sorted({name for row in types for name in row})
    return {name: score(joined[[name in row for row in types]]) for name in names}


def by_quotation(joined: pd.DataFrame) -> dict[str, Score]:
    """Scores of what stands in quotation marks and what does not."""
    quoted = joined["quoted_coded"].fillna(joined["quoted_found"]) == "full"
    return {"quoted": score(joined[quoted]), "unquoted": score(joined[~quoted])}


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


def lines() -> Iterator[str]:
    """The figures, one line each: with the lexicon's formulae, and without."""
    yield from _of("page", "four essays")
    try:
        yield from _of("reports", "Shenzhen passages")
    except FileNotFoundError as error:
        yield f"Shenzhen passages left out: {error}"


def _of(name: str, label: str) -> Iterator[str]:
    _, found, coded = tables(name)
    joined = hits(found, coded)
    low, high = interval(joined)
    yield f"{label}: core spans {_text(score(joined))} [{low:.2f}, {high:.2f}]"
    bare = hits(tables(name, without_formulae(default_lexicon()))[1], coded)
    yield f"{label}: core spans without the formulae {_text(score(bare))}"
    reached = distinct(joined)
    low, high = wilson(reached.hits, reached.coded)
    part = f"{reached.hits} of {reached.coded}, {reached.recall:.3f} [{low:.2f}, {high:.2f}]"
    yield f"{label}: distinct core slogans {part}"
    if name == "page":
        yield f"{label}: links {_text(links(joined))}"
        yield f"{label}: links without the formulae {_text(links(bare))}"
    yield f"{label}: echo agrees in {_share(agreement(joined, 'echo_found', 'echo_coded'))}"
    parts: list[tuple[str, Callable[[pd.DataFrame], dict[str, Score]]]] = [
        ("", by_quotation),
        ("type ", by_type),
    ]
    for prefix, split in parts:
        for part, figure in split(joined).items():
            yield f"{label}: {prefix}{part} {_text(figure)}"
    for rule, figure in by_rule(joined).items():
        yield f"{label}: rule {rule}: {figure.hits} of {figure.found} right"


def _text(figure: Score) -> str:
    parts = f"P {figure.precision:.3f} R {figure.recall:.3f} F1 {figure.f1:.3f}"
    return f"{parts} ({figure.hits} of {figure.found} found, {figure.coded} coded)"


def _share(figure: Score) -> str:
    return f"{figure.hits} of {figure.found}, {figure.precision:.3f}"
