"""All scores in one table: finders against coded tables, on the page or on texts of your own.

``make score`` prints these tables. The page was read by one model-assisted coder and the rules
were developed on it: its figures are development scores.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import combinations

import pandas as pd

from policytext.corpus.corpus import Corpus, read_corpus
from policytext.corpus.locate import locate
from policytext.evaluation import segmentation as words
from policytext.evaluation.gold import read_coded, read_gold, read_reports, shared_folder
from policytext.evaluation.metrics import (
    F1,
    Row,
    Score,
    bootstrap,
    cells_of,
    f1_row,
    inside,
    match,
    precision_row,
    share_row,
    summed,
    table_of,
    wilson,
)
from policytext.lexicon.lexicon import Lexicon, default_lexicon
from policytext.numbers.quantities import find_quantities, measured
from policytext.numbers.targets import find_targets
from policytext.paths import HOME
from policytext.slogans.find import find_slogans
from policytext.words.segment import segment

_ARTICLES = (
    *("", "ouhai", "dongtou", "policy-research", "reform-office", "poetry-prize"),
    *("pingyang-mortgage", "cangnan-water", "yueqing-village"),
)
_KEY = ["doc", "start", "end"]


def coded_quantities() -> pd.DataFrame:
    """The coded mentions of the page's articles, with ``doc``."""
    table = read_gold("quantities.jsonl")
    table["doc"] = table["article"].map(lambda a: _ARTICLES[int(a[1:])])
    return table[table["doc"] != ""].reset_index(drop=True)


def quantity_tables(name: str) -> tuple[Corpus, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Corpus, quantities found, targets found and mentions coded of ``page`` or ``reports``.

    Raises:
        FileNotFoundError: Where the reports are not at hand.
    """
    if name == "page":
        corpus = read_corpus(HOME / "data" / "wenzhou-2021")
        coded, within = coded_quantities(), None
    else:
        coded = read_coded("quantities")
        corpus = read_reports(shared_folder()).select(sorted(coded["doc"].unique()))
        within = read_gold("shenzhen-quantities-passages.csv")
    quantity_tables = find_quantities(corpus), find_targets(corpus), coded
    return (corpus, *(placed(table, corpus, within) for table in quantity_tables))


def placed(table: pd.DataFrame, corpus: Corpus, within: pd.DataFrame | None) -> pd.DataFrame:
    """The rows in the passages, each with its paragraph as the cluster of intervals."""
    kept = table if within is None else inside(table, within)
    paragraphs = corpus.sentences["paragraph"].to_numpy()[locate(kept, corpus)]
    return kept.assign(cluster=kept["doc"] + ":" + pd.Series(paragraphs, kept.index).astype(str))


def joined(found: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """Coded rows that were found, with the found columns under the suffix ``_found``."""
    return coded.merge(found, on=_KEY, suffixes=("", "_found"))


def quantity_agreement(both: pd.DataFrame, part: str) -> tuple[int, int]:
    """How many joined rows agree in a part, of how many: numbers to one in a thousand."""
    ours, theirs = both[f"{part}_found"], both[part]
    if part == "norm_value":
        known = theirs.notna()
        close = (ours - theirs).abs() <= theirs.abs() * 1e-3
        return int((close & known).sum()), int(known.sum())
    same = ours.fillna("").astype(str) == theirs.fillna("").astype(str)
    return int(same.sum()), len(both)


def alike(ours: object, theirs: object) -> bool:
    """Whether half the characters of the shorter wording are in the other: coders abbreviate."""
    if not isinstance(ours, str) or not isinstance(theirs, str):
        return False
    short, long = sorted((ours, theirs), key=len)
    return 2 * sum(character in long for character in short) >= len(short)


_ESSAYS = {
    "A1": "ouhai",
    "A2": "dongtou",
    "A3": "policy-research",
    "A4": "reform-office",
}
_SPAN = ["doc", "start", "end"]


def coded_slogans() -> pd.DataFrame:
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
    slogan_tables = {name: lexicon[name] for name in lexicon}
    slogan_tables["formulae"] = slogan_tables["formulae"].iloc[:0]
    return Lexicon(slogan_tables, f"{lexicon.hash}-without-formulae")


def slogan_tables(
    name: str, lexicon: Lexicon | None = None
) -> tuple[Corpus, pd.DataFrame, pd.DataFrame]:
    """Corpus, mentions found and mentions coded of ``page`` or ``reports``.

    Raises:
        FileNotFoundError: Where the reports are not at hand.
    """
    if name == "page":
        corpus, coded = read_corpus(HOME / "data" / "wenzhou-2021"), coded_slogans()
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
    ours = _found_links(joined[joined["_merge"] != "right_only"], "canonical_found")
    theirs = _found_links(joined[joined["_merge"] != "left_only"], "name")
    agreed = _pairs(both)
    right = [link for link in ours if link in agreed.values()]
    reached = [link for link in theirs if link in agreed]
    return Score(len(right), len(ours), 0)._replace(
        coded=len(theirs), hits=min(len(right), len(reached))
    )


def _found_links(table: pd.DataFrame, name: str) -> set[tuple[str, str, str]]:
    docs = table.groupby(name)["doc"].unique()
    return {(key, a, b) for key, where in docs.items() for a, b in combinations(sorted(where), 2)}


def _pairs(both: pd.DataFrame) -> Mapping[tuple[str, str, str], tuple[str, str, str]]:
    """Links that coder and finder agree on: the coder's, with the finder's."""
    found: dict[tuple[str, str, str], tuple[str, str, str]] = {}
    for (name, canonical), rows in both.groupby(["name", "canonical_found"]):
        for a, b in combinations(sorted(rows["doc"].unique()), 2):
            found[(str(name), a, b)] = (str(canonical), a, b)
    return found


def slogan_agreement(joined: pd.DataFrame, one: str, two: str) -> Score:
    """How many hits have the same value in two columns."""
    both = joined[joined["_merge"] == "both"]
    same = int((both[one].fillna("") == both[two].fillna("")).sum())
    return Score(same, len(both), len(both))


_PARAGRAPHS, _STRETCHES, _SENTENCES = "paragraphs", "stretches of 400 characters", "sentences"


def development_scores(texts: str = "page") -> pd.DataFrame:
    """Score every finder on texts that its rules were developed on.

    Args:
        texts: ``"page"``, the coded Wenzhou page; or ``"reports"``, coded passages of Shenzhen
            reports, numbers and slogans only.

    Returns:
        A row per figure: task (words, quantities, targets, slogans), what, by and part (which
        group, type, rule, status, quotation or lexicon it is about; None for all), hits, found,
        coded, precision, recall, f1; or share, how many of hits/coded agree in one part; low and
        high at 95 %, and of which figure and by which method (interval).

    Raises:
        FileNotFoundError: The reports are not at hand.

    >>> table = development_scores()
    >>> row = table[(table["task"] == "slogans") & table["by"].isna()].iloc[0]
    >>> bool(row["low"] <= row["f1"] <= row["high"])
    True
    """
    corpus, *_, coded = quantity_tables(texts)
    essays, _, mentions = slogan_tables(texts)
    essays = essays.select(sorted(mentions["doc"].unique()))
    within = dict.fromkeys(("quantities", "slogans"))
    if texts == "reports":
        within = {name: read_gold(f"shenzhen-{name}-passages.csv") for name in within}
    bare = without_formulae(default_lexicon())
    without = score_slogans(essays, mentions, within["slogans"], bare)
    without = without[without["by"].isna()].assign(by="lexicon", part="without formulae")
    tables = [
        score_quantities(corpus, coded, within["quantities"]),
        score_slogans(essays, mentions, within["slogans"]),
        without,
    ]
    if texts == "page":
        tables.insert(0, score_words(segment(words.coded_corpus()), words.coded_words()))
    return pd.concat(tables, ignore_index=True)


def score_words(found: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """Words and tags of the sentences coded.

    Args:
        found: The table of `policytext.segment`.
        coded: doc, start, end, tag of every word; a document per sentence.

    Returns:
        Rows of `development_scores`.
    """
    spans = words.word_scores(found, coded)
    tags = {
        name: words.tag_scores(found, coded, coarse)
        for name, coarse in (("tag", False), ("tag, first letter", True))
    }
    rows = [f1_row("boundaries", spans, _SENTENCES)]
    for name, scores in tags.items():
        whole, (low, high) = summed(scores), bootstrap(scores, lambda score: score.precision)
        how = f"share, {_SENTENCES} resampled"
        cells = {"hits": whole.hits, "coded": whole.found, "share": whole.precision}
        rows.append({"what": name, **cells, "low": low, "high": high, "interval": how})
    return table_of("words", rows)


def score_quantities(
    corpus: Corpus,
    coded: pd.DataFrame,
    within: pd.DataFrame | None = None,
    lexicon: Lexicon | None = None,
) -> pd.DataFrame:
    """Numbers and targets against a coded table.

    Args:
        corpus: The documents.
        coded: doc, start, end and status of every numeric mention, ``is_target_strict``; and
            those of norm_value, norm_unit, comparator, horizon_end, strength, commitment and
            indicator that were coded (as in ``data/gold/README.md``).
        within: doc, start, end of the passages coded; None for whole documents.
        lexicon: The default lexicon if None.

    Returns:
        Rows of `development_scores`.
    """
    tables = coded, find_quantities(corpus, lexicon), find_targets(corpus, lexicon)
    coded, found, targets = (placed(table, corpus, within) for table in tables)
    rows = table_of("quantities", _quantities(corpus, found, coded))
    strict, ours = coded[coded["is_target_strict"]], targets[targets["is_target"]]
    return pd.concat([rows, table_of("targets", _targets(corpus, ours, strict))], ignore_index=True)


def _quantities(corpus: Corpus, found: pd.DataFrame, coded: pd.DataFrame) -> Iterator[Row]:
    yield _spans("mentions", found, coded)
    yield from _groups(corpus, partial(_spans, "mentions"), found, coded)
    real = measured(coded)
    yield _spans("quantities and dates", measured(found), real)
    both = joined(measured(found), real)
    yield from _parts(both, ("norm_value", "norm_unit", "comparator", "status"))
    yield from _statuses(joined(found, coded))


def _targets(corpus: Corpus, found: pd.DataFrame, coded: pd.DataFrame) -> Iterator[Row]:
    yield _spans("strict targets", found, coded)
    yield from _groups(corpus, partial(_spans, "strict targets"), found, coded)
    yield from _target_parts(joined(found, coded))


def score_slogans(
    corpus: Corpus,
    coded: pd.DataFrame,
    within: pd.DataFrame | None = None,
    lexicon: Lexicon | None = None,
) -> pd.DataFrame:
    """Slogans against a coded table; extended mentions are neutral.

    Args:
        corpus: The documents.
        coded: doc, start, end, core, types (joined by a bar), echo, quoted, and name: which
            slogan a mention is one of.
        within: doc, start, end of the passages coded; None for whole documents.
        lexicon: The default lexicon if None.

    Returns:
        Rows of `development_scores`.
    """
    found = find_slogans(corpus, lexicon)
    coded = coded.assign(canonical=coded["name"])
    joined = hits(found if within is None else inside(found, within), coded)
    return table_of("slogans", _slogans(corpus, joined))


def _slogans(corpus: Corpus, joined: pd.DataFrame) -> Iterator[Row]:
    yield _stretch("core spans", joined)
    yield from _groups(corpus, lambda rows, _: _stretch("core spans", rows), joined, joined)
    for by, part, rows in _slogan_parts(joined):
        yield _stretch("core spans", rows) | {"by": by, "part": part}
    for rule, score in by_rule(joined).items():
        yield precision_row("core spans", score) | {"by": "rule", "part": rule}
    yield share_row("distinct slogans reached", *distinct(joined)[::2])
    yield from _links(joined)
    yield share_row("echo", *slogan_agreement(joined, "echo_found", "echo_coded")[:2])


def _slogan_parts(joined: pd.DataFrame) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """The quoted and the unquoted, and each type; the coder's word goes before the finder's."""
    quoted = joined["quoted_coded"].fillna(joined["quoted_found"]).eq("full")
    yield "quotation", "quoted", joined[quoted]
    yield "quotation", "unquoted", joined[~quoted]
    types = joined["types_coded"].fillna(joined["types_found"]).str.split("|")
    for name in sorted({name for row in types for name in row}):
        yield "type", name, joined[[name in row for row in types]]


def _links(joined: pd.DataFrame) -> Iterator[Row]:
    """Links across documents, where there are any; too few to resample."""
    score = links(joined)
    if score.coded or score.found:
        low, high = wilson(score.hits, max(score.found, score.coded))
        bounds = {"low": low, "high": high, "interval": "hits of the larger side, Wilson"}
        yield {"what": "links across documents", **cells_of(score), **bounds}


def _spans(what: str, found: pd.DataFrame, coded: pd.DataFrame) -> Row:
    groups = sorted(set(found["cluster"]) | set(coded["cluster"]))
    scores = {
        g: match(found[found["cluster"] == g], coded[coded["cluster"] == g], _SPAN) for g in groups
    }
    return f1_row(what, scores, _PARAGRAPHS)


def _stretch(what: str, joined: pd.DataFrame) -> Row:
    low, high = interval(joined)
    bounds = {"low": low, "high": high, "interval": F1.format(_STRETCHES)}
    return {"what": what, **cells_of(score(joined)), **bounds}


def _groups(
    corpus: Corpus,
    row: Callable[[pd.DataFrame, pd.DataFrame], Row],
    found: pd.DataFrame,
    coded: pd.DataFrame,
) -> Iterator[Row]:
    """The same figure for each document that has any."""
    labels = corpus.documents.set_index("doc")["label"]
    for doc in labels.index:
        ours, theirs = found[found["doc"] == doc], coded[coded["doc"] == doc]
        if len(ours) or len(theirs):
            yield row(ours, theirs) | {"by": "document", "part": labels[doc]}


def _parts(both: pd.DataFrame, names: Iterable[str]) -> Iterator[Row]:
    """How many of the rows found agree in each part that was coded."""
    units = both["norm_unit"].str.replace(r"^count:.*", "count", regex=True)
    both = both.assign(norm_unit=units)
    for name in names:
        if f"{name}_found" in both:
            yield share_row(name, *quantity_agreement(both, name))


def _statuses(both: pd.DataFrame) -> Iterator[Row]:
    """Status by coded status, and by the rule that gave it."""
    rules = both["evidence"].str.replace(r": [^;]*", "", regex=True)
    for by, keys in (("status", both["status"]), ("rule", rules)):
        for part, rows in both.groupby(keys):
            yield share_row("status", *quantity_agreement(rows, "status")) | {
                "by": by,
                "part": part,
            }


def _target_parts(hits: pd.DataFrame) -> Iterator[Row]:
    coded = hits.assign(strength=hits["strength"].fillna("none"))
    yield from _parts(coded, ("norm_value", "norm_unit", "comparator", "horizon_end", "strength"))
    if "commitment_found" in hits:
        cues = hits.assign(commitment_found=hits["commitment_text"])
        yield share_row("commitment cue", *quantity_agreement(cues, "commitment"))
    if "indicator_found" in hits:
        agreeing = sum(map(alike, hits["indicator_found"], hits["indicator"]))
        yield share_row("indicator, half its characters", agreeing, len(hits))
