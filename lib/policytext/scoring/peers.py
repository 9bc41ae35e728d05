"""Other tools and simple patterns on the same text, measured as ours is.

JioNLP and cn2an are an optional extra (``pip install policytext[peers]``); what they reached is
kept in ``data/peers.csv``, and ``python -m policytext.scoring.peers`` measures it anew.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import pandas as pd

from policytext.agreement import overlap
from policytext.exports import save_csv
from policytext.lexicon import HOME
from policytext.numerals import value_of
from policytext.scoring import quantities as numbers
from policytext.scoring import slogans as formulae
from policytext.scoring import words
from policytext.scoring.core import Score, wilson
from policytext.scoring.peer_tools import (
    CUES,
    PATTERNS,
    Span,
    Spans,
    cn2an_value,
    jionlp_spans,
    keyword_extractors,
    matches,
    occurrences,
    quoted,
    tagged,
)
from policytext.tokens import segment

PEER_COLUMNS = [
    *("task", "system", "version", "hits", "found", "coded", "precision", "recall", "f1"),
    *("low", "high", "half"),
]
STORED = HOME / "data" / "peers.csv"
_KINDS = ("money", "date", "duration", "period")
_SPAN = ["doc", "start", "end"]


def comparison() -> pd.DataFrame:
    """Ours, patterns, jieba, and as stored JioNLP and cn2an, on the coded page.

    Returns:
        A row per task and system: task (words, slogans, quantities, targets, values), system,
        version, hits, found, coded, precision, recall, f1, low and high (f1 at 95 %, Wilson as if
        mentions were independent), half (recall where half of the longer span is enough).

        *slogans*: core spans of the four essays. *quantities*: numbers and dates of all eight
        pieces; what a system finds of list marks, slogan numbers and the like counts neither for
        nor against. *money and times*: those of them that JioNLP looks for. *targets*: values and
        dates promised. *values*: what a numeral is worth, given where it stands, ordinals and
        ranges left out. A keyword extractor is asked for its 50 best of each essay, and every
        place where one of them stands counts.

    >>> table = comparison()
    >>> bool(table.query("system == 'policytext'")["f1"].min() > 0.8)
    True
    """
    rows = [*_words(), *_slogans(), *_quantities(), *_targets(), *_values()]
    return _table([*rows, *stored().to_dict("records")])


def stored() -> pd.DataFrame:
    """What the optional tools reached when they were last measured."""
    return pd.read_csv(STORED, dtype={"version": str})


def optional() -> pd.DataFrame:
    """Measure JioNLP and cn2an.

    Raises:
        ImportError: One of them is not installed; says how to install it.
    """
    page, _, _, coded = numbers.tables("page")
    row = _row("money and times", "JioNLP", jionlp_spans(page), *_of_kinds(coded))
    return _table([row, *_value_rows("cn2an", cn2an_value)])


def _table(rows: Iterable[dict[str, Any]]) -> pd.DataFrame:
    table = pd.DataFrame(list(rows)).reindex(columns=PEER_COLUMNS)
    order = ["words", "slogans", "quantities", "money and times", "targets", "values"]
    rank = table["task"].map(order.index)
    table = table.assign(rank=rank).sort_values(["rank", "f1"], ascending=[True, False])
    return table.drop(columns="rank").reset_index(drop=True)


def _row(
    task: str,
    system: str,
    found: Spans,
    coded: Spans,
    neutral: Iterable[Span] = (),
    package: str = "",
) -> dict[str, Any]:
    """Spans found against spans coded; those over a neutral span are left out."""
    ours = {span for span in found if span in coded or not any(overlap(span, n) for n in neutral)}
    score = Score(len(ours & set(coded)), len(ours), len(coded))
    near = sum(any(overlap(one, two) >= 0.5 for two in ours) for one in coded)
    return _scored(task, system, score, package) | {"half": near / len(coded)}


def _scored(task: str, system: str, score: Score, package: str = "") -> dict[str, Any]:
    # F1 is hits in the mean of found and coded.
    low, high = wilson(score.hits, round((score.found + score.coded) / 2))
    shares = {"precision": score.precision, "recall": score.recall, "f1": score.f1}
    names = {"task": task, "system": system, "version": _version(package or system)}
    return {**names, **score._asdict(), **shares, "low": low, "high": high}


def _version(package: str) -> str:
    try:
        return version(package.lower())
    except PackageNotFoundError:
        return ""


def _spans(table: pd.DataFrame) -> Spans:
    return list(table[_SPAN].itertuples(index=False, name=None))


def _words() -> Iterator[dict[str, Any]]:
    coded = words.coded_words()
    corpus = words.coded_corpus()
    tables = {
        ("policytext", "policytext"): segment(corpus),
        ("jieba.posseg as it comes", "jieba"): segment(corpus, segmenter=words.default_jieba),
    }
    for (system, name), table in tables.items():
        scores = words.word_scores(table, coded).values()
        total = Score(*(sum(score[part] for score in scores) for part in range(3)))
        yield _scored("words", system, total, name)


def _slogans() -> Iterator[dict[str, Any]]:
    corpus, found, coded = formulae.tables("page")
    essays = corpus.select(sorted(coded["doc"].unique()))
    core, extended = (_spans(coded[coded["core"] == side]) for side in (True, False))
    systems = {
        "policytext": _spans(found[found["core"]]),
        "every quoted span": quoted(essays),
        **{name: matches(essays, pattern) for name, pattern in PATTERNS["slogans"].items()},
    }
    for name, spans in systems.items():
        yield _row("slogans", name, spans, core, extended)
    for name, extract in keyword_extractors().items():
        spans = occurrences(essays, extract)
        yield _row("slogans", f"jieba {name} keywords", spans, core, extended, "jieba")


def _quantities() -> Iterator[dict[str, Any]]:
    page, found, _, coded = numbers.tables("page")
    ours = found[found["tier"] == "A"]
    yield _row("money and times", "policytext", _spans(found), *_of_kinds(coded))
    real, neutral = _real(coded)
    yield _row("quantities", "policytext", _spans(ours), real, neutral)
    for name, pattern in PATTERNS["quantities"].items():
        yield _row("quantities", name, matches(page, pattern), real, neutral)
    spans = tagged(page, ("m", "mq", "t"))
    yield _row("quantities", "jieba.posseg tags m, t", spans, real, neutral, "jieba")


def _real(coded: pd.DataFrame) -> tuple[Spans, Spans]:
    real = coded["tier"] == "A"
    return _spans(coded[real]), _spans(coded[~real])


def _of_kinds(coded: pd.DataFrame) -> tuple[Spans, Spans]:
    kept = (coded["tier"] == "A") & coded["kind"].isin(_KINDS)
    return _spans(coded[kept]), _spans(coded[~kept])


def _targets() -> Iterator[dict[str, Any]]:
    page, _, targets, coded = numbers.tables("page")
    strict = _spans(coded[coded["is_target_strict"]])
    yield _row("targets", "policytext", _spans(targets[targets["is_target"]]), strict)
    pattern = PATTERNS["quantities"]["regex: digits or numerals, and a unit"]
    cued = matches(page, pattern, CUES)
    yield _row("targets", "regex: such a number in a sentence with a cue", cued, strict)


def _values() -> Iterator[dict[str, Any]]:
    yield from _value_rows("policytext", value_of)


def _value_rows(system: str, value: Callable[[str], float | None]) -> Iterator[dict[str, Any]]:
    coded = numbers.coded_page()
    coded = coded[(coded["tier"] == "A") & coded["value"].notna()]
    coded = coded[~coded["kind"].isin(["ordinal", "range"])]
    given = [value(numeral.rstrip("%％")) for numeral in coded["num_text"]]
    truth = coded["literal_value"].fillna(coded["value"])
    right = sum(
        ours is not None and abs(ours - true) <= 1e-3 * abs(true)
        for ours, true in zip(given, truth, strict=True)
    )
    known = sum(ours is not None for ours in given)
    yield _scored("values", system, Score(right, known, len(coded)))


def lines() -> Iterator[str]:
    """A line per task and system."""
    for row in comparison().itertuples():
        yield (
            f"{row.task}: {row.system} P {row.precision:.3f} R {row.recall:.3f} F1 {row.f1:.3f} "
            f"[{row.low:.3f}, {row.high:.3f}] hits {row.hits} found {row.found} coded {row.coded}"
        )


def main() -> None:
    """Measure the optional tools and store what they reach."""
    try:
        save_csv(optional(), STORED, digits=6)
    except ImportError as error:
        sys.exit(f"left out: {error}")
    print(stored().to_string(index=False))


if __name__ == "__main__":
    main()
