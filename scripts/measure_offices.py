"""Count slogans, targets and numbers in work reports of five Shenzhen districts.

``python scripts/measure_offices.py SHARED`` writes ``data/shenzhen-rates.csv``; SHARED is the
folder with ``corpora/shenzhen-districts``.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from policytext.corpus.corpus import Corpus, describe
from policytext.evaluation import office_variation
from policytext.evaluation.gold import read_reports, shared_folder
from policytext.evaluation.office_variation import MEASURES, deviations, median_index_of_dispersion
from policytext.numbers.quantities import find_quantities
from policytext.numbers.targets import find_targets
from policytext.slogans.find import find_slogans
from policytext.tables import save_csv
from policytext.words.segment import segment

STRETCH = 1000
_NO_REPORT = ("pingshan-2021a",)  # the menu of a website


def measure(shared: Path) -> pd.DataFrame:
    """Count in every report.

    Raises:
        FileNotFoundError: The reports are not there.
    """
    corpus = read_reports(shared)
    kept = [doc for doc in corpus.documents["doc"] if doc not in _NO_REPORT]
    return count(corpus.select(kept))


def count(corpus: Corpus) -> pd.DataFrame:
    """The table of `rates` for a corpus.

    >>> from policytext import read_corpus
    >>> table = count(read_corpus("data/wenzhou-2021").select(["ouhai"]))
    >>> bool(table["slogans_core_rate"].iloc[0] > 20)
    True
    """
    slogans, targets = find_slogans(corpus), find_targets(corpus)
    found = {
        "slogans_core": slogans[slogans["core"]],
        "slogans_extended": slogans[~slogans["core"]],
        "targets": targets[targets["is_target"]],
        "quantities": find_quantities(corpus),
    }
    words = segment(corpus).query("tag != 'w'")["doc"].value_counts()
    table = describe(corpus)[["doc", "place", "date", "characters"]]
    table = table.assign(words=table["doc"].map(words).fillna(0).astype(int))
    for name, spans in found.items():
        table[name] = table["doc"].map(spans["doc"].value_counts()).fillna(0).astype(int)
        table[f"{name}_rate"] = (1000 * table[name] / table["characters"]).round(3)
        indices = [index_of_dispersion(spans, row) for row in corpus.documents.itertuples()]
        table[f"{name}_index_of_dispersion"] = np.round(indices, 3)
    return table


def index_of_dispersion(spans: pd.DataFrame, document) -> float:  # type: ignore[no-untyped-def]
    """Variance over mean of the counts in stretches of a document; nan below three of them."""
    starts = spans.loc[spans["doc"] == document.doc, "start"]
    edges = np.arange(document.start, document.end + 1, STRETCH)
    counts = np.histogram(starts, edges)[0] if len(edges) > 3 else np.array([])
    return float(counts.var(ddof=1) / counts.mean()) if counts.sum() else float("nan")


def lines(table: pd.DataFrame) -> Iterator[str]:
    """One line per count: the mean rate, and the spread between texts of one office."""
    for name in MEASURES:
        spread = float(np.exp(deviations(table, name).std()))
        mean = 1000 * table[name].sum() / table["characters"].sum()
        indices = median_index_of_dispersion(table, name)
        yield (
            f"{name}: {mean:.2f} per 1,000 characters; texts of one office differ by a factor "
            f"of {spread:.2f} (one standard deviation); index of dispersion {indices:.2f}"
        )


def main() -> None:
    """Count the reports again, write the table and print what it says."""
    try:
        table = measure(Path(sys.argv[1]) if sys.argv[1:] else shared_folder())
    except FileNotFoundError as error:
        sys.exit(str(error))
    save_csv(table, office_variation.TABLE)
    for line in lines(office_variation.rates()):
        print(line)


if __name__ == "__main__":
    main()
