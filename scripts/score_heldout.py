"""The one honest estimate: scores on texts that no rule was developed on.

The texts are not part of the project, so what was reached is kept in ``data/held-out-scores.csv``;
``python scripts/score_heldout.py SHARED`` scores them again where they are at hand. Figures only: a
row that has been looked at is no longer held out.
"""

import gzip
import json
import sys
from pathlib import Path

import pandas as pd

from policytext.corpus.corpus import Corpus
from policytext.evaluation import summary
from policytext.evaluation.gold import coded_texts, read_gold, read_reports, shared_folder
from policytext.evaluation.scores import score_quantities, score_slogans
from policytext.evaluation.segmentation import coded_corpus, default_jieba, score_words
from policytext.tables import save_csv
from policytext.words.segment import segment

_NEWS = "xinwen-lianbo-2012.jsonl.gz"


def score_held_out(shared: Path) -> pd.DataFrame:
    """Score every finder on the held-out passages and sentences.

    Args:
        shared: The folder with ``corpora``.

    Returns:
        Rows of `development_scores`; those of jieba as it comes have by *system*.

    Raises:
        FileNotFoundError: The texts are not there.
    """
    reports = read_reports(shared)
    words, coded = _sentences(shared, reports)
    peer = score_words(segment(words, segmenter=default_jieba), coded)
    tables = [
        score_words(segment(words), coded),
        peer.assign(by="system", part="jieba.posseg as it comes"),
        score_quantities(*coded_texts("quantities", "held out", shared)),
        score_slogans(*coded_texts("slogans", "held out", shared)),
    ]
    return pd.concat(tables, ignore_index=True)


def _sentences(shared: Path, reports: Corpus) -> tuple[Corpus, pd.DataFrame]:
    """The coded sentences, a document each, and their words."""
    table = read_gold("heldout-words.csv")
    news = _news(shared / "corpora" / _NEWS, set(table["source"]))
    reported = {source for source in table["source"] if source not in news}
    texts = news | {name: reports.source(name.removesuffix(".txt")) for name in reported}
    spans = zip(table["source"], table["start"], table["end"], strict=True)
    table["text"] = [texts[source][start:end] for source, start, end in spans]
    table["doc"] = _numbers(table).map("h{:02}".format)
    first = table.groupby("doc")["start"].transform("min")
    coded = table.assign(start=table["start"] - first, end=table["end"] - first)
    return coded_corpus(table), coded[["doc", "start", "end", "text", "tag"]]


def _numbers(table: pd.DataFrame) -> pd.Series:
    """A sentence opens where the words leave a gap, or behind a full stop."""
    gap = table["source"].ne(table["source"].shift()) | table["start"].ne(table["end"].shift())
    return (gap | table["text"].shift().eq("。")).cumsum()


def _news(path: Path, sources: set[str]) -> dict[str, str]:
    """The texts of the news items that are coded, by file and line."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        named = ((f"{path.name}/{number}", line) for number, line in enumerate(file))
        return {name: json.loads(line)["text"] for name, line in named if name in sources}


def main() -> None:
    """Score again, store and print."""
    try:
        table = score_held_out(Path(sys.argv[1]) if sys.argv[1:] else shared_folder())
    except FileNotFoundError as error:
        sys.exit(str(error))
    save_csv(table, summary.HELD_OUT, digits=4)
    print(summary.held_out_scores().to_string(index=False, na_rep=""))


if __name__ == "__main__":
    main()
