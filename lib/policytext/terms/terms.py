"""Select the words that count, and count them in each group of documents."""

import warnings
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from policytext.corpus.corpus import Corpus
from policytext.corpus.issues import SelectionError
from policytext.corpus.locate import locate
from policytext.corpus.selection import document_column
from policytext.lexicon.check import SHOWN, first_of
from policytext.lexicon.files import Rows
from policytext.lexicon.lexicon import Lexicon, default_lexicon
from policytext.lexicon.schema import LexiconWarning
from policytext.showing import Table, corpus_of, tabled
from policytext.terms.matrix import TermMatrix, group_codes, term_matrix
from policytext.text.clean import fold
from policytext.words.segment import COLUMNS, segment

_BATCH = 4096  # sentences


# Sentences of a run. Tried on stretches of 40 sentences of work reports, with words frequent
# there: runs of 5 miss the rate of the whole report in 21 % of the cases, of 10 in 24 %, single
# ones in 27 %.
BLOCK = 5
_FEW = 5  # of fewer occurrences the count stands alone


class Bootstrap(NamedTuple):
    """The parameters of `count_terms` for its intervals."""

    confidence: float = 0.95
    n_resamples: int = 1000
    seed: int = 2021


def ring_weights(length: int, block: int, n_resamples: int, rng: np.random.Generator) -> np.ndarray:
    """Draw how often each sentence of a text is in each resample, resamples by sentences.

    Runs of ``block`` sentences are resampled, the text taken as a ring (circular block bootstrap,
    Politis & Romano 1992): words come in bursts, so that resampling single sentences would make
    the interval too short. A text of fewer than four runs is cut into four.

    >>> ring_weights(6, 2, 3, np.random.default_rng(1)).sum(axis=1).tolist()
    [6, 6, 6]
    """
    run = max(1, min(block, -(-length // 4)))
    starts = rng.multinomial(-(-length // run), np.full(length, 1 / length), size=n_resamples)
    ring = np.hstack([starts[:, length - run + 1 :], starts])
    sums = np.cumsum(np.hstack([np.zeros((n_resamples, 1), int), ring]), axis=1)
    return sums[:, run:] - sums[:, :-run]


def rate_intervals(
    counts: sparse.csr_array, words: np.ndarray, lengths: np.ndarray, draw: Bootstrap
) -> tuple[np.ndarray, np.ndarray]:
    """Percentile interval of count/words for each column of ``counts``, as fractions of one.

    ``counts`` has sentences by terms, the sentences of a text one after the other; ``words`` the
    words of each sentence, ``lengths`` the sentences of each text.
    """
    rng = np.random.default_rng(draw.seed)
    hits = np.zeros((draw.n_resamples, counts.shape[1]))
    size = np.zeros((draw.n_resamples, 1))
    at = 0
    # Texts are resampled together: adding up the table once for each of 12,000 is slow.
    borders = np.flatnonzero(np.diff(np.cumsum(lengths) // _BATCH)) + 1
    for texts in np.split(lengths, borders):
        weights = np.hstack([ring_weights(n, BLOCK, draw.n_resamples, rng) for n in texts])
        end = at + weights.shape[1]
        hits += weights @ counts[at:end]
        size[:, 0] += weights @ words[at:end]
        at = end
    tails = [(1 - draw.confidence) / 2, (1 + draw.confidence) / 2]
    low, high = np.quantile(hits / size, tails, axis=0)
    return low, high


# Tags of the PKU set that carry content; adverbs, numerals, measures and times do not. jieba
# writes the morphemes Ng, Vg, Ag small.
CONTENT_TAGS = tuple("n nr ns nt nz nx Ng ng s v vn vd Vg vg a ad an Ag ag i j l b z".split())
TEXT_PARTS = ("heading", "lead", "body")
UNIT = "unit"


def select_terms(
    tokens: pd.DataFrame | Corpus,
    corpus: Corpus | None = None,
    tags: Iterable[str] | None = CONTENT_TAGS,
    stopwords: Rows | None = None,
    extra_stopwords: Rows | None = None,
    synonyms: Rows | None = None,
    parts: Iterable[str] | None = TEXT_PARTS,
    with_tag: bool = False,
    lexicon: Lexicon | None = None,
) -> pd.DataFrame:
    """Select the terms: which tags count, which words do not, which phrases are one unit.

    Args:
        tokens: The table of `policytext.segment`, which makes phrases one term each by its
            ``units``, or one of your own (doc, start, end, text, tag). Tokens of documents that
            the corpus does not hold are left out: ``corpus.select`` narrows the count. Or the
            corpus alone, which is segmented.
        corpus: The corpus of the tokens; left out where they know it.
        tags: Tags that count; None for all.
        stopwords: Words that do not count, a list or a file with one a line; by default those
            of the lexicon, ``()`` for none.
        extra_stopwords: More of them.
        synonyms: Words that are counted as another, ``{"GDP": "地区生产总值"}`` or a file; by
            default those of the lexicon, ``()`` for none.
        parts: Parts of a document that count: title, heading, lead, body, glossary; None for
            all. Titles are left out by default, since a newspaper's byline stands in them.
        with_tag: Count 发展/v and 发展/vn apart.
        lexicon: Where the stop words are; by default that of the collection.

    Returns:
        A span table of all words of these parts, punctuation left out: doc, start, end, text,
        tag ("unit" for a phrase), sentence (row of ``corpus.sentences``), paragraph, term (the
        text folded and in simplified characters, or what it is counted as), counted (bool). Words
        with ``counted`` false still belong to the length of the text, on which the rates stand.
        The choices made are in ``attrs["selection"]``.

    Warns:
        LexiconWarning: A stop word or synonym that you give stands nowhere in the texts, or never
            as a word.

    Raises:
        SelectionError: Nothing is left, or the tokens are of another corpus.
        LexiconError: A list or file of yours cannot be read.

    >>> import policytext as pt
    >>> corpus = pt.read_corpus("data/wenzhou-2021").select(["ouhai", "dongtou"])
    >>> words = select_terms(pt.segment(corpus), corpus, tags=["n", "vn"])
    >>> set(words["tag"][words["counted"]]) == {"n", "vn"}, words.attrs["selection"]["tags"]
    (True, 'n vn')
    """
    lexicon = lexicon or default_lexicon()
    tokens, corpus = _with_tokens(tokens, corpus, lexicon)
    own = lexicon
    lists = (("stopwords", stopwords), ("synonyms", synonyms), ("stopwords", extra_stopwords))
    for table, rows in lists:
        if rows is not None:
            own = own.with_rows(table, rows, replacing=rows is not extra_stopwords)
    stops = {word.casefold() for word in own.words("stopwords", "word")}
    names = {name.casefold(): name for name in own["synonyms"]["counted_as"]}
    names |= {row.word.casefold(): row.counted_as for row in own["synonyms"].itertuples()}
    _warn_of_unmatched(own, lexicon, tokens, corpus)
    wanted = None if tags is None else frozenset(tags)
    words = _words(tokens, corpus, parts)
    printed = words["text"].map(fold)
    if corpus.traditional:
        printed = pd.Series(map(corpus.read, words["doc"], words["text"]), words.index, "str")
    terms = printed.map(lambda word: names.get(word.casefold(), word))
    counts = ~(terms.str.casefold().isin(stops) | printed.str.casefold().isin(stops))
    counts &= True if wanted is None else words["tag"].isin(wanted)
    if with_tag:
        terms = terms + "/" + words["tag"]
    words = words.assign(term=terms, counted=counts | (words["tag"] == UNIT))
    words = Table.of(words, corpus)
    if not words["counted"].any():
        raise SelectionError(
            "no word is left to count; choose more tags (tags=None for all), parts or documents"
        )
    words.attrs["selection"] = {
        "tags": "all" if wanted is None else " ".join(sorted(wanted)),
        "stopwords": len(stops),
        "units": int((words["tag"] == UNIT).sum()),
        "parts": "all" if parts is None else " ".join(parts),
        "with_tag": with_tag,
        "lexicon": lexicon.hash,
        "engine": tokens.attrs.get("engine", "not said"),
        "dictionary": tokens.attrs.get("dictionary", "not said"),
    }
    return words


def _warn_of_unmatched(
    own: Lexicon, lexicon: Lexicon, tokens: pd.DataFrame, corpus: Corpus
) -> None:
    """Warn of added words that never match: they stand in the texts cut, or not at all."""
    columns = (("stopwords", "word"), ("synonyms", "word"), ("synonyms", "counted_as"))
    added = {word for at in columns for word in own.words(*at) - lexicon.words(*at)}
    if not added:
        return
    cut = {fold(text).casefold() for text in tokens["text"].unique()}
    words = {word for word in added if word.casefold() not in cut}
    read = map(corpus.read, corpus.sentences["doc"], corpus.sentences["text"])
    text = "\n".join(read).casefold()
    counts = Counter({word: text.count(word.casefold()) for word in sorted(words)})
    found = [(word, count) for word, count in counts.most_common(SHOWN) if count]
    if found:
        shown = ", ".join(f"{word} ({count})" for word, count in found)
        said = f"in the texts, but never as one word: {shown}; "
        said += f"segment with lexicon.with_words({[word for word, _ in found]})"
        warnings.warn(said, LexiconWarning, stacklevel=3)
    names = own.words("synonyms", "counted_as")  # a text need not have it
    if missing := [word for word, count in counts.items() if not count and word not in names]:
        said = f"nowhere in the texts: {first_of(missing)}"
        said += "; see whether these rows are spelt as the texts are"
        warnings.warn(said, LexiconWarning, stacklevel=3)


def _words(tokens: pd.DataFrame, corpus: Corpus, parts: Iterable[str] | None) -> pd.DataFrame:
    held = tokens[tokens["doc"].isin(corpus.documents["doc"])]
    if held.empty:
        raise SelectionError("no token is of a document of the corpus; segment this corpus")
    table = held.assign(sentence=locate(held, corpus))[COLUMNS]
    rows = table["sentence"].to_numpy()
    table = table.assign(paragraph=corpus.sentences["paragraph"].to_numpy()[rows])
    # Punctuation is no word, if no list makes it one.
    unique = table["text"].unique()
    keep = table["text"].isin([text for text in unique if any(map(str.isalnum, text))])
    keep |= table["tag"].isin(CONTENT_TAGS)
    if parts is not None:
        keep &= corpus.sentences["part"].isin(list(parts)).to_numpy()[rows]
    return table[keep].reset_index(drop=True)


def _with_tokens(
    tokens: pd.DataFrame | Corpus, corpus: object, lexicon: Lexicon | None = None
) -> tuple[pd.DataFrame, Corpus]:
    if isinstance(tokens, Corpus) and corpus is None:
        return segment(tokens, lexicon), tokens
    corpus = corpus_of(tokens) if corpus is None else corpus
    if isinstance(tokens, Corpus) or not isinstance(corpus, Corpus):
        raise SelectionError(
            "these words do not know their texts; give (words, corpus, …), and what else you ask "
            "for by its name, as in keyness(words, target=…)"
        )
    return tokens, corpus


def selected(
    words: pd.DataFrame | Corpus, corpus: object, **selection: Any
) -> tuple[pd.DataFrame, Corpus]:
    """A table of `select_terms` as it is, or what it selects of tokens or a corpus.

    Raises:
        SelectionError: The words are selected already, or do not know their texts.
    """
    table, corpus = _with_tokens(words, corpus, selection.get("lexicon"))
    if "counted" not in table:
        return select_terms(table, corpus, **selection), corpus
    if selection:
        raise SelectionError(
            f"these words are selected already; give {', '.join(selection)} to select_terms"
        )
    return table, corpus


def groups_with_terms(words: pd.DataFrame, corpus: Corpus, by: str) -> list[Hashable]:
    """The groups that have words left after the selection, in the order of the corpus.

    Raises:
        SelectionError: The documents have no such column.
    """
    kept = corpus.documents["doc"].isin(words.loc[words["counted"], "doc"])
    return list(document_column(corpus.documents, by)[kept].dropna().unique())


@tabled
def count_terms(
    words: pd.DataFrame | Corpus,
    corpus: Corpus | None = None,
    by: str | None = "author",
    terms: Sequence[str] | None = None,
    confidence: float = 0.95,
    n_resamples: int = 1000,
    seed: int = 2021,
    **selection: Any,
) -> pd.DataFrame:
    """Count each term in each group of documents and say how far its rate can be trusted.

    Args:
        words: A table of `select_terms`; of tokens or a corpus alone the default selection.
        corpus: The corpus of the words.
        by: A column of ``corpus.documents``, for instance author, place, level, kind, doc;
            documents without a value are left out. None for the corpus as one group.
        terms: Only these terms, each in every group, zeros included. By default every term of
            a group that stands in it.
        confidence: Coverage of the interval and of the bound.
        n_resamples: Draws of the bootstrap.
        seed: Of the generator; the same seed gives the same interval.
        selection: Of words not yet selected, what `select_terms` takes: ``extra_stopwords`` …

    Returns:
        A row per group and term, by rank in each group: group, term, tag (its most frequent
        one), count, tokens (words of the group, stop words and other tags included), rate (per
        1,000 words), low, high (per 1,000), interval (``block bootstrap``, ``count alone`` under
        five occurrences, or at zero ``exact upper bound``), documents and paragraphs in which it
        stands, rank (1 is the most frequent; equals share the better rank). ``attrs`` holds the
        parameters.

        The bootstrap draws runs of sentences inside each text: it is the variation *inside
        these texts*, and says nothing of other texts by the same hand.

    Raises:
        SelectionError: No such column, or nothing to count.

    >>> import policytext as pt
    >>> corpus = pt.read_corpus("data/wenzhou-2021").select(["ouhai", "dongtou"])
    >>> counts = count_terms(pt.segment(corpus), corpus, by="place", terms=["海洋"])
    >>> counts[["group", "count", "interval"]].to_numpy().tolist()
    [['瓯海区', 0, 'exact upper bound'], ['洞头区', 11, 'block bootstrap']]
    """
    words, corpus = selected(words, corpus, **selection)
    draw = Bootstrap(confidence, n_resamples, seed)
    matrix = term_matrix(words)
    codes, groups = group_codes(matrix.sentences["doc"], corpus, by)
    tables = []
    for number, group in enumerate(groups):
        part = matrix.only(codes == number)
        tables.append(_with_intervals(_group_table(group, part, terms), part, draw))
    columns = "group term tag count tokens rate low high interval documents paragraphs rank"
    result = pd.concat(tables, ignore_index=True)[columns.split()]
    interval = "variation inside these texts, block bootstrap over runs of sentences"
    selection = words.attrs.get("selection", {})
    result.attrs = {"by": by, "block": BLOCK, "interval_min_count": _FEW, "interval": interval}
    result.attrs |= draw._asdict() | {"selection": selection}
    return result


def _group_table(group: Hashable, part: TermMatrix, terms: Sequence[str] | None) -> pd.DataFrame:
    total, (documents, paragraphs) = int(part.words.sum()), part.ranges()
    table = part.terms.assign(
        group=group,
        column=np.arange(len(part.terms)),
        count=np.asarray(part.counts.sum(axis=0)),
        documents=documents,
        paragraphs=paragraphs,
    )
    table["rank"] = table["count"].rank(method="min", ascending=False).astype(int)
    table = table[table["count"] > 0] if terms is None else _named(table, group, terms)
    table = table.sort_values(["rank", "term"]).reset_index(drop=True)
    return table.assign(tokens=total, rate=1000 * table["count"] / total)


def _named(table: pd.DataFrame, group: Hashable, terms: Iterable[str]) -> pd.DataFrame:
    """The rows of the named terms; one that stands nowhere has the count 0 and the last rank."""
    rows = table.set_index("term").reindex(pd.unique(pd.Series(list(terms), dtype=object)))
    empty = {"group": group, "column": -1, "count": 0, "documents": 0, "paragraphs": 0}
    rows = rows.fillna({**empty, "rank": 1 + int((table["count"] > 0).sum())})
    integers = ["column", "count", "documents", "paragraphs", "rank"]
    return rows.astype(dict.fromkeys(integers, int)).reset_index(names="term")


def _with_intervals(table: pd.DataFrame, part: TermMatrix, draw: Bootstrap) -> pd.DataFrame:
    zero, often = table["count"] == 0, table["count"] >= _FEW
    low, high = np.full(len(table), np.nan), np.full(len(table), np.nan)
    low[zero] = 0.0
    # Exact one-sided upper bound of a rate of which nothing was seen in so many words (Clopper &
    # Pearson 1934); near 3/n at 95 % ("rule of three").
    high[zero] = 1 - (1 - draw.confidence) ** (1 / table["tokens"][zero].astype(float))
    if often.any():
        counts = part.counts[:, table["column"][often].to_numpy()]
        lengths = np.bincount(part.parts("document"))
        low[often], high[often] = rate_intervals(counts, part.words, lengths, draw)
    method = np.select([zero, often], ["exact upper bound", "block bootstrap"], "count alone")
    return table.assign(low=1000 * low, high=1000 * high, interval=method)
