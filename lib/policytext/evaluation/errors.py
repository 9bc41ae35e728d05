"""What is missed and what is found wrongly on the coded page, with its passage and a reason.

Shown, not repaired: a rule made for one sentence would raise the figure and help no other text. The
reason is a plain comparison of what was found with what was coded, not a reading of the passage.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from policytext.corpus.corpus import Corpus
from policytext.corpus.locate import locate
from policytext.evaluation import scores as formulae
from policytext.evaluation import scores as numbers
from policytext.evaluation.metrics import overlap
from policytext.numbers.quantities import NOT_MEASURED
from policytext.text.clean import clean

ERROR_COLUMNS = [
    *("task", "error", "reason", "doc", "start", "end", "text", "found", "coded", "passage"),
]
_COLUMNS = [name for name in ERROR_COLUMNS if name not in ("text", "passage")]
_SPAN = ["doc", "start", "end"]

Row = Mapping[Any, Any]
Span = tuple[str, int, int]


def errors() -> pd.DataFrame:
    """Every error of numbers, targets and slogans on the coded page.

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
    page, found, targets, coded = numbers.quantity_tables("page")
    _, slogans, mentions = formulae.slogan_tables("page")
    rows = [
        *_of_quantities(found, coded),
        *_of_targets(targets[targets["is_target"]], coded),
        *_of_slogans(slogans, mentions),
    ]
    table = pd.DataFrame(rows, columns=_COLUMNS)
    table = table.sort_values(["task", "doc", "start"], kind="stable", ignore_index=True)
    return _for_reading(table, page)[ERROR_COLUMNS]


def by_reason(table: pd.DataFrame) -> pd.DataFrame:
    """How many errors of each reason: task, error, reason, errors, first (an example)."""
    groups = table.groupby(["task", "error", "reason"], sort=False)
    counts = groups.agg(errors=("text", "size"), first=("text", "first")).reset_index()
    return counts.sort_values(
        ["task", "errors"], ascending=[True, False], kind="stable", ignore_index=True
    )


def _for_reading(table: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Add the wording and the sentence; a span among the cells becomes its wording."""

    def wording(span: Span) -> str:
        return clean(corpus.source(span[0])[span[1] : span[2]])

    texts = [wording(span) for span in _spans(table)]
    sides = {
        side: [wording(cell) if isinstance(cell, tuple) else cell for cell in table[side]]
        for side in ("found", "coded")
    }
    sentences = corpus.sentences["text"].to_numpy()[locate(table, corpus)]
    return table.assign(text=texts, passage=sentences, **sides)


def _spans(table: pd.DataFrame) -> list[Span]:
    return list(table[_SPAN].itertuples(index=False, name=None))


def _of_quantities(found: pd.DataFrame, coded: pd.DataFrame) -> Iterator[Row]:
    yield from _unmatched("quantities", found, coded, "not seen by one side")
    both = numbers.joined(found, coded)
    for row in both[both["status_found"] != both["status"]].to_dict("records"):
        reason = _status_reason(row["status_found"], row["status"])
        yield _row("quantities", "wrong label", reason, row, row["status_found"], row["status"])


def _status_reason(found: str, coded: str) -> str:
    ours, theirs = found not in NOT_MEASURED, coded not in NOT_MEASURED
    if ours == theirs:
        return "wrong status"
    return "seen as a quantity" if ours else "seen as no quantity"


def _of_targets(found: pd.DataFrame, coded: pd.DataFrame) -> Iterator[Row]:
    strict = coded[coded["is_target_strict"]]
    statuses = dict(zip(_spans(coded), coded["status"], strict=True))
    for row in _unmatched("targets", found, strict, "wrong status"):
        said = row["coded"] or statuses.get((row["doc"], row["start"], row["end"]))
        yield {**row, "coded": said}
    both = numbers.joined(found, strict)
    ours, theirs = (both[name].fillna("") for name in ("horizon_end_found", "horizon_end"))
    for row in both[ours != theirs].to_dict("records"):
        cells = (row["horizon_end_found"], row["horizon_end"])
        yield _row("targets", "wrong label", "wrong horizon", row, *cells)


def _unmatched(
    task: str, found: pd.DataFrame, coded: pd.DataFrame, otherwise: str
) -> Iterator[Row]:
    """Rows that the other table lacks; of two that overlap only the coded one."""
    ours, theirs = set(_spans(found)), set(_spans(coded))
    missed, more = theirs - ours, ours - theirs
    for row in coded.to_dict("records"):
        span = (row["doc"], row["start"], row["end"])
        if span in missed:
            other = _over(span, ours)
            reason = "wrong boundary" if other else otherwise
            yield _row(task, "missed", reason, row, other, span if other else row["status"])
    for row in found.to_dict("records"):
        span = (row["doc"], row["start"], row["end"])
        if span in more and not _over(span, missed):
            yield _row(task, "found wrongly", otherwise, row, row["status"], None)


def _of_slogans(found: pd.DataFrame, coded: pd.DataFrame) -> Iterator[Row]:
    joined = formulae.hits(found, coded)
    missed = set(_spans(joined[joined["_merge"] == "right_only"]))
    for row in joined.to_dict("records"):
        span = (row["doc"], row["start"], row["end"])
        if row["_merge"] == "right_only":
            reason, other = _slogan_reason(span, row["quoted_coded"], found)
            yield _row("slogans", "missed", reason, row, other, row["types_coded"])
        elif row["_merge"] == "left_only" and not _over(span, missed):
            reason, other = _slogan_reason(span, row["quoted_found"], coded)
            yield _row("slogans", "found wrongly", reason, row, row["rule"], other)
        elif row["_merge"] == "both" and row["echo_found"] != row["echo_coded"]:
            cells = (row["echo_found"], row["echo_coded"])
            yield _row("slogans", "wrong label", "wrong echo", row, *cells)


def _slogan_reason(span: Span, quoted: str, others: pd.DataFrame) -> tuple[str, Span | str | None]:
    """Why one side has a slogan and the other not, and what the other side has instead."""
    cores = dict(zip(_spans(others), others["core"], strict=True))
    if span in cores:
        return "core or extended", "core" if cores[span] else "extended"
    other = _over(span, set(cores))
    if other:
        return "wrong boundary", other
    return "quoted" if quoted == "full" else "unquoted", None


def _over(span: Span, others: set[Span]) -> Span | None:
    """The other span that shares most with one."""
    shares = [(overlap(span, other), other) for other in others]
    best = max(shares, default=(0.0, None), key=lambda pair: (pair[0], str(pair[1])))
    return best[1] if best[0] > 0 else None


def _row(
    task: str, error: str, reason: str, row: Row, found: object, coded: object
) -> dict[str, object]:
    cells = (task, error, reason, row["doc"], row["start"], row["end"], found, coded)
    return dict(zip(_COLUMNS, cells, strict=True))
