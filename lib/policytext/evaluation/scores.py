"""All scores in one table, on the page or on texts of your own, and the errors behind them.

``make score`` prints these tables. The page was read by one model-assisted coder and the rules
were developed on it: its figures are development scores.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pandas as pd

from policytext.corpus.corpus import Corpus
from policytext.corpus.locate import locate
from policytext.evaluation.gold import coded_texts
from policytext.evaluation.metrics import (
    SPAN,
    Row,
    Score,
    by_cluster,
    f1_row,
    hits,
    inside,
    joined,
    overlap,
    precision_row,
    score_row,
    share_row,
    table_of,
    wilson,
)
from policytext.evaluation.segmentation import coded_corpus, coded_words, score_words, without
from policytext.lexicon.lexicon import Lexicon, default_lexicon
from policytext.numbers.quantities import NOT_MEASURED, find_quantities, measured
from policytext.numbers.targets import find_targets
from policytext.slogans.find import find_slogans
from policytext.text.clean import clean
from policytext.words.segment import segment

_PAIR = ["doc", "doc_other"]
_PARAGRAPHS, _STRETCHES = "paragraphs", "stretches of 400 characters"


def quantity_tables(texts: str) -> tuple[Corpus, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Corpus, quantities found, targets found and mentions coded of `coded_texts`."""
    corpus, coded, within = coded_texts("quantities", texts)
    found = find_quantities(corpus)
    targets = find_targets(corpus, quantities=found)
    return corpus, inside(found, within), inside(targets, within), coded


def slogan_tables(texts: str) -> tuple[Corpus, pd.DataFrame, pd.DataFrame]:
    """Corpus, mentions found and mentions coded of `coded_texts`."""
    corpus, coded, within = coded_texts("slogans", texts)
    return corpus, inside(find_slogans(corpus), within), coded


def agreement(joined: pd.DataFrame, part: str) -> pd.Series:
    """Mark the hits that agree in a part: numbers, where coded, to one in a thousand."""
    both = hits(joined)
    ours, theirs = both[f"{part}_found"], both[f"{part}_coded"]
    if part == "norm_unit":
        theirs = theirs.str.replace(r"^count:.*", "count", regex=True)
    if part == "baseline":
        return (ours == theirs) | (ours.isna() & theirs.isna())
    if part == "norm_value":
        return ((ours - theirs).abs() <= theirs.abs() * 1e-3)[theirs.notna()]
    return ours.fillna("").astype(str) == theirs.fillna("").astype(str)


def alike(ours: object, theirs: object) -> bool:
    """Return True if half the characters of the shorter wording are in the other one.

    Coders abbreviate.
    """
    if not isinstance(ours, str) or not isinstance(theirs, str):
        return False
    short, long = sorted((ours, theirs), key=len)
    return 2 * sum(character in long for character in short) >= len(short)


def core_slogans(found: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """Core mentions found and coded, `joined`; what is extended to the coder is left out."""
    extended = pd.MultiIndex.from_frame(coded.loc[~coded["core"], SPAN])
    neutral = pd.MultiIndex.from_frame(found[SPAN]).isin(extended)
    core = coded[coded["core"]].assign(canonical=coded["name"])
    return joined(found[found["core"] & ~neutral], core)


def paragraphs(spans: pd.DataFrame, corpus: Corpus) -> pd.Series:
    """The paragraph that each span stands in: the cluster of intervals."""
    numbers = corpus.sentences["paragraph"].to_numpy()[locate(spans, corpus)]
    return spans["doc"] + ":" + pd.Series(numbers, spans.index).astype(str)


def stretches(spans: pd.DataFrame) -> pd.Series:
    """Number of the stretch of 400 characters that each span starts in: another cluster."""
    return spans["doc"] + " " + (spans["start"] // 400).astype(str)


def distinct(joined: pd.DataFrame) -> pd.Series:
    """Mark the distinct slogans coded of which at least one mention is found."""
    return (joined["_merge"] == "both").groupby(joined["canonical_coded"]).any()


def links(joined: pd.DataFrame) -> Score:
    """Score links: the same canonical form in two texts, found against coded.

    A link found is right where the two texts have a mention of it each that the coder gives to
    one slogan.
    """
    agreed = _links(hits(joined), ["canonical_coded", "canonical_found"])
    agreed = agreed.groupby(["canonical_coded", *_PAIR])["canonical_found"].max().reset_index()
    right = agreed[["canonical_found", *_PAIR]].drop_duplicates()
    sides = (len(_links(joined, [f"canonical_{side}"])) for side in ("found", "coded"))
    return Score(len(right), *sides)


def _links(table: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    rows = table[[*keys, "doc"]].dropna().drop_duplicates()
    return rows.merge(rows, on=keys, suffixes=("", "_other")).query("doc < doc_other")


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
    numbers, slogans = (coded_texts(task, texts) for task in ("quantities", "slogans"))
    bare = score_slogans(*slogans, without(default_lexicon(), "formulae"))
    bare = bare[bare["by"].isna()].assign(by="lexicon", part="without formulae")
    tables = [score_quantities(*numbers), score_slogans(*slogans), bare]
    if texts == "page":
        tables.insert(0, score_words(segment(coded_corpus()), coded_words()))
    return pd.concat(tables, ignore_index=True)


def score_quantities(
    corpus: Corpus,
    coded: pd.DataFrame,
    within: pd.DataFrame | None = None,
    lexicon: Lexicon | None = None,
) -> pd.DataFrame:
    """Score numbers and targets against a coded table.

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
    numbers = find_quantities(corpus, lexicon)
    tables = coded, numbers, find_targets(corpus, lexicon, numbers)
    coded, found, targets = (inside(table, within) for table in tables)
    coded = coded.fillna({"strength": "none"})
    promised = joined(targets[targets["is_target"]], coded[coded["is_target_strict"]])
    rows = [
        table_of("quantities", _quantities(corpus, found, coded)),
        table_of("targets", _targets(corpus, promised)),
    ]
    return pd.concat(rows, ignore_index=True)


def _quantities(corpus: Corpus, found: pd.DataFrame, coded: pd.DataFrame) -> Iterator[Row]:
    both = _by_paragraph(joined(found, coded), corpus)
    yield from _spans("mentions", corpus, both, _PARAGRAPHS)
    real = _by_paragraph(joined(measured(found), measured(coded)), corpus)
    yield f1_row("quantities and dates", by_cluster(real), _PARAGRAPHS)
    yield from agreement_rows(real, "norm_value norm_unit comparator status".split())
    rules = both["evidence"].str.replace(r": [^;]*", "", regex=True)
    for by, keys in (("status", both["status_coded"]), ("rule", rules)):
        for part, rows in hits(both).groupby(keys):
            yield share_row("status", agreement(rows, "status")) | {"by": by, "part": part}


def _targets(corpus: Corpus, both: pd.DataFrame) -> Iterator[Row]:
    yield from _spans("strict targets", corpus, _by_paragraph(both, corpus), _PARAGRAPHS)
    yield from agreement_rows(both, "norm_value norm_unit comparator horizon_end strength".split())
    if "commitment_coded" in both:
        cues = both.assign(commitment_found=both["commitment_text"])
        yield share_row("commitment cue", agreement(cues, "commitment"))
    if "actor_coded" in both:
        yield share_row("actor", agreement(both, "actor"))
    if "indicator_coded" in both:
        same = [_is_alike(row) for row in hits(both).itertuples()]
        yield share_row("indicator, half its characters", pd.Series(same))


def _is_alike(row: Any) -> bool:
    """Compare with a coder's words the printed noun, its name, and the noun with its verb."""
    phrase = "".join(word for word in (row.action, row.indicator_found) if isinstance(word, str))
    ours = (row.indicator_found, row.indicator_name, phrase)
    return any(alike(words, row.indicator_coded) for words in ours)


def _by_paragraph(spans: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    return spans.assign(cluster=paragraphs(spans, corpus))


def agreement_rows(both: pd.DataFrame, names: Iterable[str]) -> Iterator[Row]:
    """The share of hits that agree in each of these parts, where it was coded."""
    for name in names:
        if f"{name}_coded" in both:
            yield share_row(name, agreement(both, name))


def _spans(what: str, corpus: Corpus, both: pd.DataFrame, resampled: str) -> Iterator[Row]:
    """F1 of all, and of each document that has any."""
    yield f1_row(what, by_cluster(both), resampled)
    for doc, label in zip(corpus.documents["doc"], corpus.documents["label"], strict=True):
        rows = both[both["doc"] == doc]
        if len(rows):
            row = f1_row(what, by_cluster(rows), resampled)
            yield row | {"by": "document", "part": label}


def score_slogans(
    corpus: Corpus,
    coded: pd.DataFrame,
    within: pd.DataFrame | None = None,
    lexicon: Lexicon | None = None,
) -> pd.DataFrame:
    """Score slogans against a coded table; extended mentions are neutral.

    Args:
        corpus: The documents.
        coded: doc, start, end, core, types (joined by a bar), echo, quoted, and name: which
            slogan a mention is one of.
        within: doc, start, end of the passages coded; None for whole documents.
        lexicon: The default lexicon if None.

    Returns:
        Rows of `development_scores`.
    """
    found = inside(find_slogans(corpus, lexicon), within)
    both = core_slogans(found, coded)
    return table_of("slogans", _slogans(corpus, both.assign(cluster=stretches(both))))


def _slogans(corpus: Corpus, both: pd.DataFrame) -> Iterator[Row]:
    yield from _spans("core spans", corpus, both, _STRETCHES)
    for by, part, rows in _slogan_parts(both):
        yield f1_row("core spans", by_cluster(rows), _STRETCHES) | {"by": by, "part": part}
    for rule, rows in both[both["_merge"] != "right_only"].groupby("rule"):
        yield precision_row("core spans", len(hits(rows)), len(rows)) | {"by": "rule", "part": rule}
    yield share_row("distinct slogans reached", distinct(both))
    score = links(both)
    if score.coded or score.found:  # too few to resample
        bounds = wilson(score.hits, max(score.found, score.coded))
        yield score_row("links across documents", score, bounds, "hits of the larger side, Wilson")
    yield share_row("echo", agreement(both, "echo"))


def _slogan_parts(joined: pd.DataFrame) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """The quoted and the unquoted, and each type; the coder's word goes before the finder's."""
    quoted = joined["quoted_coded"].fillna(joined["quoted_found"]).eq("full")
    yield "quotation", "quoted", joined[quoted]
    yield "quotation", "unquoted", joined[~quoted]
    types = joined["types_coded"].fillna(joined["types_found"]).str.split("|")
    for name in sorted({name for row in types for name in row}):
        yield "type", name, joined[[name in row for row in types]]


# --- errors, with passage and reason --------------------------------------------------------------

# Shown, not repaired: a rule made for one sentence would raise the figure and help no other text.
# The reason is a plain comparison of what was found with what was coded, not a reading.
ERROR_COLUMNS = "task error reason doc start end text found coded passage".split()
_COLUMNS = [name for name in ERROR_COLUMNS if name not in ("text", "passage")]

Span = tuple[str, int, int]
_Error = tuple[object, ...]  # _COLUMNS


def errors() -> pd.DataFrame:
    """List every error of numbers, targets and slogans on the coded page.

    Returns:
        A span table: task (quantities, targets, slogans), error (missed, found wrongly, wrong
        label), reason, doc, start, end, text, found and coded (what each side says of the
        passage), passage (its sentence). A span found with wrong edges is one row, *missed*, with
        both wordings. The reason is one of *wrong boundary*; *core or extended* (the other side
        has this slogan on the other side of that border); *seen as no quantity* and *seen as a
        quantity* (the border to slogan numbers, list marks and words); *wrong status*, *wrong
        horizon*, *wrong echo*; of slogans that one side has not at all *quoted* and *unquoted*;
        of numbers *not seen by one side*.

    >>> table = errors()
    >>> set(table["error"]) <= {"missed", "found wrongly", "wrong label"}
    True
    """
    page, found, targets, coded = quantity_tables("page")
    _, slogans, mentions = slogan_tables("page")
    numbers = joined(found, coded)
    promised = joined(targets[targets["is_target"]], coded[coded["is_target_strict"]])
    cores = core_slogans(slogans, mentions)
    rows = [
        *_of_numbers("quantities", numbers, coded, "not seen by one side"),
        *_wrong_labels("quantities", numbers, "status", status_reason),
        *_of_numbers("targets", promised, coded, "wrong status"),
        *_wrong_labels("targets", promised, "horizon_end", lambda *_: "wrong horizon"),
        *_of_slogans(cores, slogans, mentions),
        *_wrong_labels("slogans", cores, "echo", lambda *_: "wrong echo"),
    ]
    table = pd.DataFrame(rows, columns=_COLUMNS)
    table = table.sort_values(["task", "doc", "start"], kind="stable", ignore_index=True)
    return _for_reading(table, page)[ERROR_COLUMNS]


def by_reason(table: pd.DataFrame) -> pd.DataFrame:
    """Count errors by reason: task, error, reason, errors, first (an example)."""
    groups = table.groupby(["task", "error", "reason"], sort=False)
    counts = groups.agg(errors=("text", "size"), first=("text", "first")).reset_index()
    return counts.sort_values(
        ["task", "errors"], ascending=[True, False], kind="stable", ignore_index=True
    )


def _for_reading(table: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Add the wording and the sentence; a span among the cells becomes its wording."""

    def wording(cell: object) -> object:
        return clean(corpus.source(cell[0])[cell[1] : cell[2]]) if isinstance(cell, tuple) else cell

    cells = {"text": _span_list(table), "found": table["found"], "coded": table["coded"]}
    sentences = corpus.sentences["text"].to_numpy()[locate(table, corpus)]
    words = {name: list(map(wording, column)) for name, column in cells.items()}
    return table.assign(passage=sentences, **words)


def _span_list(table: pd.DataFrame) -> list[Span]:
    return list(table[SPAN].itertuples(index=False, name=None))


def _wrong_labels(
    task: str, both: pd.DataFrame, label: str, reason: Callable[[Any, Any], str]
) -> Iterator[_Error]:
    rows = hits(both)
    ours, theirs = rows[f"{label}_found"], rows[f"{label}_coded"]
    differ = ours.fillna("") != theirs.fillna("")
    for span, one, two in zip(_span_list(rows[differ]), ours[differ], theirs[differ], strict=True):
        yield task, "wrong label", reason(one, two), *span, one, two


def status_reason(found: str, coded: str) -> str:
    """Name the kind of a wrong status: across the border to what is no quantity, or not."""
    ours, theirs = found not in NOT_MEASURED, coded not in NOT_MEASURED
    if ours == theirs:
        return "wrong status"
    return "seen as a quantity" if ours else "seen as no quantity"


def _unmatched(both: pd.DataFrame) -> Iterator[tuple[Span, dict[str, Any]]]:
    """Rows that one side lacks; of two that overlap only the coded one."""
    missed = _span_list(both[both["_merge"] == "right_only"])
    rows = both[both["_merge"] != "both"].sort_values("_merge", ascending=False, kind="stable")
    for span, row in zip(_span_list(rows), rows.to_dict("records"), strict=True):
        if row["_merge"] == "right_only" or not best_overlap(span, missed):
            yield span, row


def _of_numbers(
    task: str, both: pd.DataFrame, coded: pd.DataFrame, otherwise: str
) -> Iterator[_Error]:
    found = _span_list(both[both["_merge"] != "right_only"])
    statuses = dict(zip(_span_list(coded), coded["status"], strict=True))
    for span, row in _unmatched(both):
        if row["_merge"] == "left_only":
            yield task, "found wrongly", otherwise, *span, row["status_found"], statuses.get(span)
        elif other := best_overlap(span, found):
            yield task, "missed", "wrong boundary", *span, other, span
        else:
            yield task, "missed", otherwise, *span, None, row["status_coded"]


def _of_slogans(both: pd.DataFrame, found: pd.DataFrame, coded: pd.DataFrame) -> Iterator[_Error]:
    for span, row in _unmatched(both):
        if row["_merge"] == "right_only":
            reason, other = slogan_reason(span, row["quoted_coded"], found)
            yield "slogans", "missed", reason, *span, other, row["types_coded"]
        else:
            reason, other = slogan_reason(span, row["quoted_found"], coded)
            yield "slogans", "found wrongly", reason, *span, row["rule"], other


def slogan_reason(span: Span, quoted: str, others: pd.DataFrame) -> tuple[str, Span | str | None]:
    """Reason why only one side has a slogan, with what the other side has instead."""
    cores = dict(zip(_span_list(others), others["core"], strict=True))
    if span in cores:
        return "core or extended", "core" if cores[span] else "extended"
    if other := best_overlap(span, cores):
        return "wrong boundary", other
    return "quoted" if quoted == "full" else "unquoted", None


def best_overlap(span: Span, others: Iterable[Span]) -> Span | None:
    """The other span that shares most with one."""
    shares = [(overlap(span, other), str(other), other) for other in others]
    share, _, best = max(shares, default=(0.0, "", None))
    return best if share else None
