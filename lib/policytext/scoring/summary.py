"""All scores in one table: finders against coded tables, on the page or on texts of your own.

``make score`` prints these tables. The page was read by one model-assisted coder and the rules
were developed on it: its figures are development scores.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

import pandas as pd

from policytext.corpus import Corpus
from policytext.lexicon import Lexicon, default_lexicon
from policytext.quantities import find_quantities, measured
from policytext.scoring import quantities as numbers
from policytext.scoring import slogans as formulae
from policytext.scoring import words
from policytext.scoring.core import bootstrap, inside, match, read_gold, wilson
from policytext.scoring.rows import (
    F1,
    Row,
    cells_of,
    f1_row,
    precision_row,
    share_row,
    summed,
    table_of,
)
from policytext.slogans import find_slogans
from policytext.targets import find_targets
from policytext.tokens import segment

_SPAN = ["doc", "start", "end"]
_PARAGRAPHS, _STRETCHES, _SENTENCES = "paragraphs", "stretches of 400 characters", "sentences"


def development_scores(texts: str = "page") -> pd.DataFrame:
    """Score every finder on texts that its rules were developed on.

    Args:
        texts: ``"page"``, the coded Wenzhou page; or ``"reports"``, coded passages of Shenzhen
            reports, numbers and slogans only.

    Returns:
        A row per figure: room (words, quantities, targets, slogans), what, by and part (which
        group, type, rule, status, quotation or lexicon it is about; None for all), hits, found,
        coded, precision, recall, f1; or share, how many of hits/coded agree in one part; low and
        high at 95 %, and of which figure and by which method (interval).

    Raises:
        FileNotFoundError: The reports are not at hand.

    >>> table = development_scores()
    >>> row = table[(table["room"] == "slogans") & table["by"].isna()].iloc[0]
    >>> bool(row["low"] <= row["f1"] <= row["high"])
    True
    """
    corpus, *_, coded = numbers.tables(texts)
    essays, _, mentions = formulae.tables(texts)
    essays = essays.select(sorted(mentions["doc"].unique()))
    within = dict.fromkeys(("quantities", "slogans"))
    if texts == "reports":
        within = {name: read_gold(f"shenzhen-{name}-passages.csv") for name in within}
    bare = formulae.without_formulae(default_lexicon())
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
    coded, found, targets = (numbers.placed(table, corpus, within) for table in tables)
    rows = table_of("quantities", _quantities(corpus, found, coded))
    strict, ours = coded[coded["is_target_strict"]], targets[targets["is_target"]]
    return pd.concat([rows, table_of("targets", _targets(corpus, ours, strict))], ignore_index=True)


def _quantities(corpus: Corpus, found: pd.DataFrame, coded: pd.DataFrame) -> Iterator[Row]:
    yield _spans("mentions", found, coded)
    yield from _groups(corpus, partial(_spans, "mentions"), found, coded)
    real = measured(coded)
    yield _spans("quantities and dates", measured(found), real)
    both = numbers.joined(measured(found), real)
    yield from _parts(both, ("norm_value", "norm_unit", "comparator", "status"))
    yield from _statuses(numbers.joined(found, coded))


def _targets(corpus: Corpus, found: pd.DataFrame, coded: pd.DataFrame) -> Iterator[Row]:
    yield _spans("strict targets", found, coded)
    yield from _groups(corpus, partial(_spans, "strict targets"), found, coded)
    yield from _target_parts(numbers.joined(found, coded))


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
    joined = formulae.hits(found if within is None else inside(found, within), coded)
    return table_of("slogans", _slogans(corpus, joined))


def _slogans(corpus: Corpus, joined: pd.DataFrame) -> Iterator[Row]:
    yield _stretch("core spans", joined)
    yield from _groups(corpus, lambda rows, _: _stretch("core spans", rows), joined, joined)
    for by, part, rows in _slogan_parts(joined):
        yield _stretch("core spans", rows) | {"by": by, "part": part}
    for rule, score in formulae.by_rule(joined).items():
        yield precision_row("core spans", score) | {"by": "rule", "part": rule}
    yield share_row("distinct slogans reached", *formulae.distinct(joined)[::2])
    yield from _links(joined)
    yield share_row("echo", *formulae.agreement(joined, "echo_found", "echo_coded")[:2])


def _slogan_parts(joined: pd.DataFrame) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """The quoted and the unquoted, and each type; the coder's word goes before the finder's."""
    quoted = joined["quoted_coded"].fillna(joined["quoted_found"]).eq("full")
    yield "quotation", "quoted", joined[quoted]
    yield "quotation", "unquoted", joined[~quoted]
    types = joined["types_coded"].fillna(joined["types_found"]).str.split("|")
    for name in sorted({name for row in types for name in row}):
        yield "type", name, joined[[name in row for row in types]]


def _links(joined: pd.DataFrame) -> Iterator[Row]:
    """Links across documents, where there are any; too few to draw anew."""
    score = formulae.links(joined)
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
    low, high = formulae.interval(joined)
    bounds = {"low": low, "high": high, "interval": F1.format(_STRETCHES)}
    return {"what": what, **cells_of(formulae.score(joined)), **bounds}


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
            yield share_row(name, *numbers.agreement(both, name))


def _statuses(both: pd.DataFrame) -> Iterator[Row]:
    """Status by coded status, and by the rule that gave it."""
    rules = both["evidence"].str.replace(r": [^;]*", "", regex=True)
    for by, keys in (("status", both["status"]), ("rule", rules)):
        for part, rows in both.groupby(keys):
            yield share_row("status", *numbers.agreement(rows, "status")) | {"by": by, "part": part}


def _target_parts(hits: pd.DataFrame) -> Iterator[Row]:
    coded = hits.assign(strength=hits["strength"].fillna("none"))
    yield from _parts(coded, ("norm_value", "norm_unit", "comparator", "horizon_end", "strength"))
    if "commitment_found" in hits:
        cues = hits.assign(commitment_found=hits["commitment_text"])
        yield share_row("commitment cue", *numbers.agreement(cues, "commitment"))
    if "indicator_found" in hits:
        alike = sum(map(numbers.alike, hits["indicator_found"], hits["indicator"]))
        yield share_row("indicator, half its characters", alike, len(hits))
