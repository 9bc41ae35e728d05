"""Words and tags against the thirty coded sentences, beside what jieba does out of the box."""

from functools import cache
from typing import Any

import pandas as pd

from policytext.corpus.corpus import SENTENCE_COLUMNS, Corpus
from policytext.corpus.locate import locate
from policytext.evaluation.gold import GOLD
from policytext.evaluation.metrics import (
    SPAN,
    by_cluster,
    f1_row,
    hits,
    joined,
    share_row,
    table_of,
)
from policytext.lexicon.lexicon import Lexicon, default_lexicon
from policytext.paths import cache_folder
from policytext.words.segment import segment
from policytext.words.tag_model import quiet_jieba


def side_by_side(
    corpus: Corpus,
    first: pd.DataFrame,
    second: pd.DataFrame,
    max_rows: int = 3,
    max_length: int = 60,
) -> pd.DataFrame:
    """The sentences that two segmentations cut most differently, blanks between the words.

    Args:
        corpus: The corpus that both cut.
        first: A token table.
        second: Another one.
        max_rows: How many sentences.
        max_length: Only sentences of at most so many characters.

    Returns:
        A row per sentence: doc, start, end, first, second, differences (words of either table
        that the other has not), most differences first.
    """
    alone = joined(first[SPAN], second[SPAN]).query("_merge != 'both'")
    differences = alone.groupby(locate(alone, corpus)).size()
    rows = corpus.sentences[SPAN].assign(
        first=_joined_words(corpus, first),
        second=_joined_words(corpus, second),
        differences=differences.reindex(corpus.sentences.index, fill_value=0),
    )
    rows = rows[corpus.sentences["text"].str.len() <= max_length]
    return rows.nlargest(max_rows, "differences").reset_index(drop=True)


def _joined_words(corpus: Corpus, tokens: pd.DataFrame) -> pd.Series:
    marked = (tokens["text"] + "/" + tokens["tag"].astype(str)).groupby(locate(tokens, corpus))
    return marked.agg(" ".join).reindex(corpus.sentences.index, fill_value="")


def changed_counts(first: pd.DataFrame, second: pd.DataFrame, max_rows: int = 20) -> pd.DataFrame:
    """The words whose counts differ most between two segmentations.

    Returns:
        word, first, second (counts), change (second less first), largest changes first; no row
        for a word that is counted alike.
    """
    sides = {"first": first["text"].value_counts(), "second": second["text"].value_counts()}
    table = pd.DataFrame(sides).fillna(0).astype(int).rename_axis("word").reset_index()
    changed = table.assign(change=table["second"] - table["first"]).query("change != 0")
    largest = changed.sort_values("change", key=abs, ascending=False, kind="stable")
    return largest.head(max_rows).reset_index(drop=True)


# The tables of names, and the one of words: what each adds is measured by leaving it out.
NAME_TABLES = ("places", "offices", "surnames", "titles")


def coded_words() -> pd.DataFrame:
    """The coded words: doc (one per sentence), start, end, text, tag.

    >>> coded_words().head(3)["text"].tolist()
    ['勇', '争先', '强']
    """
    rows = []
    for number, line in enumerate((GOLD / "segmentation.txt").read_text("utf-8").splitlines()):
        at = 0
        for word, tag in (token.rsplit("/", 1) for token in line.split()):
            rows.append((f"s{number:02}", at, at + len(word), word, tag))
            at += len(word)
    return pd.DataFrame(rows, columns=["doc", "start", "end", "text", "tag"])


def coded_corpus(words: pd.DataFrame | None = None) -> Corpus:
    """The coded sentences as a corpus of one document each.

    Args:
        words: Those of `coded_words` if None.

    >>> len(coded_corpus().sentences)
    30
    """
    words = coded_words() if words is None else words
    texts = words.groupby("doc")["text"].agg("".join)
    rows = [(doc, 0, len(t), "body", None, None, 0, t) for doc, t in texts.items()]
    sentences = pd.DataFrame(rows, columns=SENTENCE_COLUMNS)
    return Corpus(sentences[SPAN], sentences, texts.to_dict())


def default_jieba(text: str, hmm: bool = True) -> list[tuple[str, str]]:
    """Segment and tag with ``jieba.posseg`` as it comes; its tags become PKU's.

    Args:
        text: Any text.
        hmm: Whether its hidden Markov model makes words that its dictionary lacks.

    >>> default_jieba("推进科学决策")
    [('推进', 'v'), ('科学决策', 'n')]
    """
    pairs, tags = jieba_tagger().cut(text, HMM=hmm), _tags_by_jieba_tag()
    return [(pair.word, tags.get(pair.flag, pair.flag)) for pair in pairs]


@cache
def jieba_tagger() -> Any:
    """Jieba's tagger over a private tokenizer, with nothing of ours in it."""
    posseg = quiet_jieba("jieba.posseg")
    tokenizer = quiet_jieba().Tokenizer()
    cache_folder().mkdir(parents=True, exist_ok=True)
    tokenizer.tmp_dir = str(cache_folder())  # jieba would use the machine's temp folder
    return posseg.POSTokenizer(tokenizer)


@cache
def _tags_by_jieba_tag() -> dict[str, str]:
    rows = default_lexicon()["tagset"].itertuples()
    return {name: row.tag for row in rows for name in row.jieba.split()}


def score_words(found: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """Score words and tags of the sentences coded.

    Intervals are percentiles over resampled sentences, so they say how far thirty sentences of
    one page carry, and nothing about other texts.

    ``found`` is a table of `policytext.segment`, ``coded`` has doc (one a sentence), start, end and
    tag of every word.

    Returns:
        Rows of `policytext.evaluation.scores.development_scores`: *boundaries*, of which a hit has
        both edges right; of the hits *tag*, and *tag, first letter*.
    """
    both = joined(found.astype({"tag": str}), coded)
    same = hits(both)
    ours, theirs = same["tag_found"], same["tag_coded"]
    first = ours.str[:1].str.lower(), theirs.str[:1].str.lower()
    rows = [f1_row("boundaries", by_cluster(both, "doc"), "sentences")]
    for what, right in {"tag": ours == theirs, "tag, first letter": first[0] == first[1]}.items():
        rows.append(share_row(what, right, same["doc"], "sentences"))
    return table_of("words", rows)


def without(lexicon: Lexicon, *names: str) -> Lexicon:
    """The lexicon with some of its tables empty."""
    tables = {name: lexicon[name].iloc[: 0 if name in names else None] for name in lexicon}
    return Lexicon(tables, f"{lexicon.hash}-{'-'.join(names)}")


def comparison() -> pd.DataFrame:
    """One row per system: jieba as it comes, ours, and ours without parts of the lexicon.

    Returns:
        system, precision, recall, then f1, fine, coarse each with ``_low`` and ``_high``.
    """
    corpus, lexicon = coded_corpus(), default_lexicon()
    systems = {
        "jieba.posseg as it comes": segment(corpus, segmenter=default_jieba),
        "policytext": segment(corpus),
        "without names": segment(corpus, without(lexicon, *NAME_TABLES)),
        "without any word list": segment(corpus, without(lexicon, *NAME_TABLES, "words")),
    }
    tables = {name: score_words(found, coded_words()) for name, found in systems.items()}
    return pd.DataFrame([{"system": name, **_one_row(table)} for name, table in tables.items()])


def _one_row(scores: pd.DataFrame) -> dict[str, float]:
    words = scores.iloc[0]
    cells = {"precision": words["precision"], "recall": words["recall"]}
    figures, rows = scores["f1"].fillna(scores["share"]), scores.itertuples()
    for name, figure, row in zip(("f1", "fine", "coarse"), figures, rows, strict=True):
        cells |= {name: figure, f"{name}_low": row.low, f"{name}_high": row.high}
    return cells
