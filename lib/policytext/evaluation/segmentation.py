"""Words and tags against the thirty coded sentences, beside what jieba does out of the box."""

from collections.abc import Callable, Hashable, Mapping
from functools import cache
from typing import Any

import pandas as pd

from policytext.corpus.corpus import SENTENCE_COLUMNS, Corpus
from policytext.corpus.locate import locate
from policytext.evaluation.gold import GOLD
from policytext.evaluation.metrics import Score, bootstrap
from policytext.lexicon.lexicon import Lexicon, default_lexicon
from policytext.paths import cache_folder
from policytext.words.jieba_data import quiet_jieba
from policytext.words.segment import segment


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
    keys = ["doc", "start", "end"]
    rows = corpus.sentences[keys].assign(
        first=_joined(corpus, first),
        second=_joined(corpus, second),
        differences=_only(corpus, first, second, keys) + _only(corpus, second, first, keys),
    )
    rows = rows[corpus.sentences["text"].str.len() <= max_length]
    return rows.nlargest(max_rows, "differences").reset_index(drop=True)


def _joined(corpus: Corpus, tokens: pd.DataFrame) -> pd.Series:
    marked = (tokens["text"] + "/" + tokens["tag"].astype(str)).groupby(locate(tokens, corpus))
    return marked.agg(" ".join).reindex(corpus.sentences.index, fill_value="")


def _only(corpus: Corpus, tokens: pd.DataFrame, others: pd.DataFrame, keys: list[str]) -> pd.Series:
    """In each sentence, how many words of one table the other has not."""
    merged = tokens[keys].merge(others[keys], how="left", on=keys, indicator=True)
    alone = (merged["_merge"] == "left_only").groupby(locate(tokens, corpus)).sum()
    return alone.reindex(corpus.sentences.index, fill_value=0)


def changed_counts(first: pd.DataFrame, second: pd.DataFrame, max_rows: int = 20) -> pd.DataFrame:
    """The words whose counts differ most between two segmentations.

    Returns:
        word, first, second (counts), change (second less first), largest changes first; no row
        for a word that is counted alike.
    """
    counts = pd.DataFrame(
        {"first": first["text"].value_counts(), "second": second["text"].value_counts()}
    )
    table = counts.fillna(0).astype(int).rename_axis("word").reset_index()
    table["change"] = table["second"] - table["first"]
    order = table["change"].abs().sort_values(ascending=False, kind="stable").index
    changed = table.loc[order].query("change != 0")
    return changed.head(max_rows).reset_index(drop=True)


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


def coded_corpus() -> Corpus:
    """The coded sentences as a corpus of one document each.

    >>> len(coded_corpus().sentences)
    30
    """
    texts = coded_words().groupby("doc")["text"].agg("".join)
    rows = [(doc, 0, len(t), "body", None, None, 0, t) for doc, t in texts.items()]
    sentences = pd.DataFrame(rows, columns=SENTENCE_COLUMNS)
    return Corpus(sentences[["doc", "start", "end"]], sentences, texts.to_dict())


def default_jieba(text: str, hmm: bool = True) -> list[tuple[str, str]]:
    """What ``jieba.posseg`` finds as it comes, its tags mapped to PKU's by the tagset table.

    Args:
        text: Any text.
        hmm: Whether its hidden Markov model makes words that its dictionary lacks.

    >>> default_jieba("推进科学决策")
    [('推进', 'v'), ('科学决策', 'n')]
    """
    tags, cutter = _posseg()
    return [(word, tags.get(tag, tag)) for word, tag in cutter(text, hmm)]


@cache
def jieba_tagger() -> Any:
    """Jieba's own tagger over a tokenizer of its own, with nothing of ours in it."""
    posseg = quiet_jieba("jieba.posseg")
    tokenizer = quiet_jieba().Tokenizer()
    cache_folder().mkdir(parents=True, exist_ok=True)
    tokenizer.tmp_dir = str(cache_folder())  # jieba would use the machine's temp folder
    return posseg.POSTokenizer(tokenizer)


@cache
def _posseg() -> tuple[dict[str, str], Callable[[str, bool], list[tuple[str, str]]]]:
    tagger, tagset = jieba_tagger(), default_lexicon()["tagset"]
    tags = {name: row.tag for row in tagset.itertuples() for name in row.jieba.split()}
    return tags, lambda text, hmm: [(pair.word, pair.flag) for pair in tagger.cut(text, HMM=hmm)]


def word_scores(found: pd.DataFrame, coded: pd.DataFrame) -> dict[Hashable, Score]:
    """Words found against words coded, sentence by sentence; a hit has both edges right."""
    pairs = found.merge(coded, on=["doc", "start", "end"])
    hits, ours = pairs.groupby("doc").size(), found.groupby("doc").size()
    return {
        doc: Score(int(hits.get(doc, 0)), int(ours.get(doc, 0)), int(n))
        for doc, n in coded.groupby("doc").size().items()
    }


def tag_scores(
    found: pd.DataFrame, coded: pd.DataFrame, coarse: bool = False
) -> dict[Hashable, Score]:
    """Right tags among the words whose edges are right; coarse: the tag's first letter."""
    pairs = found.merge(coded, on=["doc", "start", "end"], suffixes=("", "_coded"))
    ours, theirs = pairs["tag"].astype(str), pairs["tag_coded"].astype(str)
    if coarse:
        ours, theirs = ours.str[:1].str.lower(), theirs.str[:1].str.lower()
    right = (ours == theirs).groupby(pairs["doc"])
    hits, words = right.sum(), right.size()
    return {doc: Score(int(hits[doc]), int(words[doc]), int(words[doc])) for doc in words.index}


def measure(found: pd.DataFrame, coded: pd.DataFrame | None = None) -> dict[str, float]:
    """Precision, recall and F1 of words, tag accuracy fine and coarse, each with its interval.

    Intervals are percentiles over resampled sentences, so they say how far thirty sentences of
    one page carry, and nothing about other texts.
    """
    coded = coded_words() if coded is None else coded
    scores = word_scores(found, coded)
    fine, coarse = tag_scores(found, coded), tag_scores(found, coded, coarse=True)
    total = _total(scores)
    row = {"precision": total.precision, "recall": total.recall}
    row |= _with_interval("f1", scores, lambda score: score.f1)
    row |= _with_interval("fine", fine, lambda score: score.precision)
    return row | _with_interval("coarse", coarse, lambda score: score.precision)


def _with_interval(
    name: str, scores: Mapping[Hashable, Score], value: Callable[[Score], float]
) -> dict[str, float]:
    low, high = bootstrap(scores, value)
    return {name: value(_total(scores)), f"{name}_low": low, f"{name}_high": high}


def _total(scores: Mapping[Hashable, Score]) -> Score:
    return Score(*(sum(column) for column in zip(*scores.values(), strict=True)))


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
    return pd.DataFrame([{"system": name} | measure(found) for name, found in systems.items()])
