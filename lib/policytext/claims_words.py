"""The claims about words of notebooks 02 and 03, and the choices they rest on."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import replace
from functools import partial

import pandas as pd

from policytext.choices import Answer, Choices, Claim
from policytext.corpus import Corpus
from policytext.keyness import keyness, keyness_by_group
from policytext.lexicon import Lexicon, default_lexicon
from policytext.scoring import words as scoring
from policytext.terms import count_terms, select_terms
from policytext.tokens import segment

_LISTS = (*scoring.NAME_TABLES, "words")


def word_claims(corpus: Corpus, by: str, most: int) -> Iterator[Claim]:
    """The first keyword of each group, and whether its interval lies above that of the others."""
    tokens = _segmentations(corpus)
    ours = tokens["ours"]
    terms = {name: select_terms(table, corpus) for name, table in tokens.items()}
    terms["all tags"] = select_terms(ours, corpus, tags=None)
    terms["no stop words"] = select_terms(ours, corpus, stopwords=())
    for group in keyness_by_group(terms["ours"], corpus, by, most)["target"].unique():
        claim = f"the word most characteristic of {group}"
        yield "03", claim, _first_words(terms, corpus, by, group)
        yield "03", f"{claim}: interval above the others'", _apart(terms["ours"], corpus, by, group)


def _segmentations(corpus: Corpus) -> dict[str, pd.DataFrame]:
    bare = scoring.without(default_lexicon(), *_LISTS)
    return {
        "ours": segment(corpus),
        "ours without word lists": segment(corpus, bare),
        "jieba, HMM on": segment(corpus, segmenter=scoring.default_jieba),
        "jieba, HMM off": segment(corpus, segmenter=partial(scoring.default_jieba, hmm=False)),
    }


def _first_words(
    terms: Mapping[str, pd.DataFrame], corpus: Corpus, by: str, group: Hashable
) -> Choices:
    def first(name: str = "ours", column: str = "score", **options: object) -> Answer:
        table = keyness(terms[name], corpus, group, by=by, **options)  # type: ignore[arg-type]
        row = table.sort_values(column, ascending=False, kind="stable").iloc[0]
        return Answer(row["term"], f"{row['term']} {row['f1']}:{row['f2']}")

    prior = {
        ("measure", f"Fightin' Words, α0 {alpha0}"): partial(first, column="fw_z", alpha0=alpha0)
        for alpha0 in (10, 100, 1000)
    }
    return {
        ("measure", "G²"): first,
        ("measure", "LL, 2 terms"): partial(first, measure="ll2"),
        ("measure", "log ratio"): partial(first, column="log_ratio"),
        **prior,
        ("words", "all tags"): partial(first, "all tags"),
        ("words", "stop words kept"): partial(first, "no stop words"),
        **{
            ("segmentation", name): partial(first, name)
            for name in ("ours without word lists", "jieba, HMM on", "jieba, HMM off")
        },
    }


def _apart(words: pd.DataFrame, corpus: Corpus, by: str, group: Hashable) -> Choices:
    term = keyness(words, corpus, group, by=by)["term"].iloc[0]
    sides = corpus.documents[by].eq(group).map({True: "here", False: "elsewhere"})
    two = replace(corpus, documents=corpus.documents.assign(_side=sides))

    def compared(block: int) -> Answer:
        counts = count_terms(words, two, by="_side", terms=[term], block=block)
        rows = counts.set_index("group")
        here, there = rows.loc["here"], rows.loc["elsewhere"]
        apart = bool(here["low"] > there["high"])
        bounds = f"{term} {_bounds(here)} : {_bounds(there)}"
        return Answer(apart, f"{'apart' if apart else 'not apart'}, {bounds}")

    mean = max(2, round(len(corpus.sentences) / _paragraphs(corpus)))
    return {
        ("bootstrap", "runs of 5 sentences"): partial(compared, 5),
        ("bootstrap", "single sentences"): partial(compared, 1),
        ("bootstrap", f"runs of {mean} sentences, a mean paragraph"): partial(compared, mean),
        ("bootstrap", "runs of 10 sentences"): partial(compared, 10),
    }


def _bounds(row: pd.Series) -> str:
    """The interval per 1,000 words, where there are enough occurrences for one."""
    if pd.isna(row["low"]):
        return f"{row['count']} times"
    return f"{row['low']:.1f}–{row['high']:.1f}"


def _paragraphs(corpus: Corpus) -> int:
    return len(corpus.sentences[["doc", "paragraph"]].drop_duplicates())


def word_score_claim() -> Claim:
    """Words cut better than jieba cuts them, with less and less of the lexicon."""
    coded, corpus = scoring.coded_words(), scoring.coded_corpus()

    def f1(table: pd.DataFrame) -> float:
        return scoring.measure(table, coded)["f1"]

    peers = {
        hmm: f1(segment(corpus, segmenter=partial(scoring.default_jieba, hmm=hmm)))
        for hmm in (True, False)
    }

    def better(lexicon: Lexicon, hmm: bool = True) -> Answer:
        ours = f1(segment(corpus, lexicon))
        return Answer(ours > peers[hmm], f"{ours:.3f} : {peers[hmm]:.3f}")

    full = default_lexicon()
    return (
        "02",
        "words are cut better than jieba cuts them as it comes (F1)",
        {
            ("lexicon", "full, jieba with HMM"): partial(better, full),
            ("HMM", "jieba without HMM"): partial(better, full, hmm=False),
            ("lexicon", "without names"): partial(
                better, scoring.without(full, *scoring.NAME_TABLES)
            ),
            ("lexicon", "without word lists"): partial(better, scoring.without(full, *_LISTS)),
        },
    )
