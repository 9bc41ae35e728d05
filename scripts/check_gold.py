"""Lay the coded offset tables beside the texts they point into.

``python scripts/check_gold.py SHARED`` prints every coded passage of the Shenzhen reports with its
labels and says which offsets do not fit; SHARED is the folder with ``corpora/shenzhen-districts``.
Of the held-out tables it only checks the offsets: who develops rules must not read those passages.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from policytext.corpus.corpus import Corpus
from policytext.evaluation.gold import read_coded, read_gold, read_reports, shared_folder
from policytext.text.clean import clean

# A coded table, the table of its passages (None: the whole documents), the labels to print.
TABLES = {
    "quantities": ("shenzhen-quantities-passages.csv", ["status", "value", "comparator"]),
    "slogans": ("shenzhen-slogans-passages.csv", ["core", "types", "echo", "level_assigned"]),
    "quotes": ("shenzhen-slogans-passages.csv", ["label", "reason"]),
    "gdp-targets": (None, ["indicator", "value", "value_max", "bound"]),
}
HELD_OUT = ("quantities", "slogans")
SPANS = [
    *(("start", "end"), ("num_start", "num_end"), ("comparator_start", "comparator_end")),
    *(("horizon_start_offset", "horizon_end_offset"), ("commitment_start", "commitment_end")),
    ("canonical_start", "canonical_end"),
]


def join(table: pd.DataFrame, corpus: Corpus, around: int = 0) -> pd.DataFrame:
    """Add ``text``, ``before`` and ``after`` to rows of ``doc, start, end``.

    Args:
        table: A span table; rows without a start are left out.
        corpus: The documents it points into.
        around: How many characters of context to give on each side.

    >>> from policytext import read_corpus
    >>> corpus = read_corpus("data/wenzhou-2021")
    >>> row = join(pd.DataFrame({"doc": ["ouhai"], "start": [603], "end": [605]}), corpus, 3)
    >>> row[["before", "text", "after"]].values.tolist()
    [['实现“', '千亿', 'GDP']]
    """
    found = table.dropna(subset=["start"]).astype({"start": int, "end": int})
    rows = list(zip(found["doc"], found["start"], found["end"], strict=True))
    sources = {doc: corpus.source(doc) for doc in found["doc"].unique()}
    return found.assign(
        before=[clean(sources[doc][max(0, a - around) : a]) for doc, a, _ in rows],
        text=[clean(sources[doc][a:b]) for doc, a, b in rows],
        after=[clean(sources[doc][b : b + around]) for doc, _, b in rows],
    )


def faults(table: pd.DataFrame, corpus: Corpus) -> Iterator[str]:
    """Every pair of offsets that is not a passage of its document, in words.

    >>> from policytext import read_corpus
    >>> corpus = read_corpus("data/wenzhou-2021")
    >>> list(faults(pd.DataFrame({"doc": ["ouhai"], "start": [9], "end": [9]}), corpus))
    ['row 0: ouhai start 9, end 9 is no passage of 8355 characters']
    """
    for first, last in SPANS:
        if first not in table:
            continue
        given = table.dropna(subset=[first])
        for row, doc, start, end in zip(
            given.index, given["doc"], given[first], given[last], strict=True
        ):
            length = len(corpus.source(doc))
            if not 0 <= start < end <= length:
                yield (
                    f"row {row}: {doc} {first} {start:.0f}, {last} {end:.0f} "
                    f"is no passage of {length} characters"
                )


def lines(shared: Path) -> Iterator[str]:
    """The coded passages with their labels, then what does not fit."""
    corpus = read_reports(shared)
    for name, (passages, labels) in TABLES.items():
        table = read_coded(name)
        rows = join(table, corpus, around=12)
        for doc, start, end in _stretches(passages, rows):
            yield f"# {name}: {doc} {start}–{end}"
            inside = (rows["doc"] == doc) & rows["start"].ge(start) & rows["end"].le(end)
            yield from (_line(row, labels) for row in rows[inside].to_dict("records"))
        yield from _verdict(name, table, corpus)
    for name in HELD_OUT:
        yield from _verdict(f"heldout-{name}", read_coded(name, "heldout"), corpus)


def _verdict(name: str, table: pd.DataFrame, corpus: Corpus) -> Iterator[str]:
    bad = list(faults(table, corpus))
    yield from bad
    yield f"# {name}: {len(table)} rows, {len(bad)} offsets that do not fit"


def _stretches(passages: str | None, rows: pd.DataFrame) -> list[tuple[str, int, int]]:
    if passages is None:
        spans = rows.groupby("doc", sort=False).agg({"start": "min", "end": "max"}).reset_index()
    else:
        spans = read_gold(passages)
    return list(spans[["doc", "start", "end"]].itertuples(index=False, name=None))


def _line(row: dict[str, object], labels: list[str]) -> str:
    given = [row[label] for label in labels if pd.notna(row[label])]
    said = [f"{value:,.12g}" if isinstance(value, float) else str(value) for value in given]
    return f"{row['start']:>6} {row['before']}【{row['text']}】{row['after']}  {' · '.join(said)}"


def main() -> None:
    """Print the joined tables for the folder named on the command line or in SHARED."""
    try:
        for line in lines(Path(sys.argv[1]) if sys.argv[1:] else shared_folder()):
            print(line)
    except FileNotFoundError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
