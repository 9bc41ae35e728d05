"""What sets one group of texts apart: from the rest, from another group, or from a list."""

from collections.abc import Hashable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from policytext.corpus.corpus import Corpus
from policytext.corpus.issues import SelectionError
from policytext.corpus.selection import group_named
from policytext.showing import corpus_of, tabled
from policytext.tables import rounded
from policytext.terms import measures
from policytext.terms.dispersion import dp_norm
from policytext.terms.matrix import (
    Side,
    check_option,
    frequent_terms,
    halves,
    ranked,
    sides,
    term_matrix,
)
from policytext.terms.measures import Array
from policytext.terms.terms import groups_with_terms, selected

ALPHA = 0.05  # the level of Tarone's choice of words and of the conservative log ratio


@tabled
def keyness(
    words: pd.DataFrame | Corpus,
    corpus: Corpus | Hashable = None,
    target: Hashable = None,
    reference: Hashable | pd.DataFrame = "rest",
    by: str | None = None,
    measure: str = "g2",
    correction: str = "tarone-holm",
    alpha0: float = 100.0,
    min_count: int = 5,
    **selection: Any,
) -> pd.DataFrame:
    """Rank the words that stand more, or less, often in one group than in a reference.

    Args:
        words: A table of `select_terms`; of tokens or a corpus alone the default selection.
        corpus: The corpus of the words; left out where ``words`` is it, or knows it.
        target: The name of an author, a place, a text, a kind …, as one writes it: 瓯海 is 瓯海区.
        reference: ``"rest"`` for all other groups, another value of ``by``, or a table of
            `read_reference`. Against a list only the words of the target are scored, since a
            list does not say which of its words the selection would have kept.
        by: A column of ``corpus.documents``; None for the first in which the target stands;
            documents without a value are left out.
        measure: ``"g2"`` (4 terms, Dunning 1993) or ``"ll2"`` (2 terms, Rayson & Garside 2000).
        correction: ``"tarone-holm"``, ``"holm"``, ``"benjamini-hochberg"`` or ``"none"``, of
            Fisher's exact p.
        alpha0: How many words the prior of Fightin' Words weighs as much as; it is shared out
            by the rates of both sides together.
        min_count: The fewest occurrences, both sides together, of a word that is scored.
        selection: Of words not yet selected, what `select_terms` takes: ``extra_stopwords`` …

    Returns:
        A row per word, highest score first: rank, term, tag; of the target f1, n1 (words), rate1
        (per 1,000), documents1 and paragraphs1 with the word, texts1 (its documents); the same
        of the reference with 2 (no ranges for a list); score (signed), p_exact, p_adjusted,
        log_ratio, lrc, percent_diff, bic, fw_z; dp_norm of a word in the target over its
        dp_parts documents or, for a single text, paragraphs (missing under ``min_count``
        occurrences); of the same-text null null_score (the strongest contrast of this word
        within one text), null_f1, null_n1, null_f2, null_n2, null_text, and null_reached (in how
        many of the null_contrasts *some* word reaches the score of this row); target, reference,
        measure, exact_test, correction, alpha, prior, alpha0, min_count. ``attrs`` holds all
        parameters; `policytext.charts.terms.method_line` puts them into a caption.

        Scores and p only rank. They treat words as independent draws, so of single texts they
        cannot show that two authors differ: look at the null beside them, and mind that halves
        are shorter than texts, which keeps the null low. With several texts a side see
        `text_test`.

    Raises:
        SelectionError: Unknown column, group or option, nothing to contrast, or a list that is
            no reference list.

    >>> import policytext as pt
    >>> corpus = pt.read_corpus("data/wenzhou-2021")
    >>> table = keyness(corpus, "瓯海", "洞头", by="place")
    >>> sea = table[table["term"] == "海洋"]
    >>> sea[["f1", "f2", "null_f1", "null_f2"]].astype(int).to_numpy().tolist()
    [[0, 11, 11, 0]]
    """
    check_option("measure", measure, tuple(measures.SCORES))
    check_option("correction", correction, measures.CORRECTIONS)
    if corpus_of(words) and corpus is not None and not isinstance(corpus, Corpus):
        # Words that know their corpus, or it alone: what follows is the target.
        corpus, target, reference = None, corpus, reference if target is None else target
    words, corpus = selected(words, corpus, **selection)
    by, target = group_named(corpus.documents, target, by)
    one, two = sides(term_matrix(words), corpus, by, target, reference)
    columns = frequent_terms(one, two, min_count)
    scores = _scores(one, two, columns, measure, correction, alpha0)
    parts = [
        one.matrix.terms.iloc[columns].reset_index(drop=True),
        _counts(one, columns, "1"),
        _counts(two, columns, "2"),
        scores,
        _spread(one, columns, min_count),
        _same_text_null(one, two, columns, measure, scores["score"].to_numpy()),
    ]
    named: dict[str, object] = {"target": one.name, "reference": two.name, "measure": measure}
    named |= {"exact_test": "fisher", "correction": correction, "alpha": ALPHA}
    named |= {"prior": "pooled", "alpha0": alpha0, "min_count": min_count}
    table = pd.concat(parts, axis=1).assign(**named)
    table = ranked(table, "score", "term")[KEYNESS_COLUMNS]
    selection = words.attrs.get("selection", {})
    table.attrs = {"by": by} | named | {"words_tested": len(table), "selection": selection}
    return table


KEYNESS_COLUMNS = (
    "rank term tag f1 n1 rate1 documents1 paragraphs1 texts1 "
    "f2 n2 rate2 documents2 paragraphs2 texts2 "
    "score p_exact p_adjusted log_ratio lrc percent_diff bic fw_z dp_norm dp_parts "
    "null_score null_f1 null_n1 null_f2 null_n2 null_text null_reached null_contrasts "
    "target reference measure exact_test correction alpha prior alpha0 min_count"
).split()


@tabled
def keyness_by_group(
    words: pd.DataFrame | Corpus,
    corpus: Corpus | None = None,
    by: str = "author",
    max_groups: int = 6,
    **selection: Any,
) -> pd.DataFrame:
    """Score the words of each group against all others.

    Args:
        words: A table of `select_terms`; of tokens or a corpus alone the default selection.
        corpus: The corpus of the words.
        by: A column of ``corpus.documents``.
        max_groups: How many groups, the first of the corpus that have words.
        selection: Of words not yet selected, what `select_terms` takes: ``extra_stopwords`` …

    Returns:
        The rows of `keyness` with a positive score, group below group; ``attrs`` are those of the
        first. Of a group without rows (it is the only one, no term is frequent enough or stands
        more often in it, or it is not among the first) ``attrs["left_out"]`` says why.

    >>> import policytext as pt
    >>> corpus = pt.read_corpus("data/wenzhou-2021").select(["ouhai"])
    >>> keyness_by_group(pt.segment(corpus), corpus, by="label").attrs["left_out"]
    {'瓯海': "'瓯海' is the only group in label; choose another column, or give a reference \
list (read_reference)"}
    """
    words, corpus = selected(words, corpus, **selection)
    tables, left_out = [], {}
    groups = groups_with_terms(words, corpus, by)
    for group in groups[:max_groups]:
        try:
            tables.append(_characteristic(keyness(words, corpus, group, by=by)))
        except SelectionError as error:
            left_out[str(group)] = str(error)
    for group in groups[max_groups:]:
        left_out[str(group)] = f"not among the first {max_groups} groups"
    tables = tables or [pd.DataFrame(columns=KEYNESS_COLUMNS)]
    table = pd.concat(tables, ignore_index=True)
    table.attrs = tables[0].attrs | {"left_out": left_out}
    return table


def first_term(
    words: pd.DataFrame | Corpus,
    corpus: Corpus | None = None,
    target: Hashable = None,
    by: str | None = None,
    column: str = "score",
    **options: Any,
) -> str:
    """Name the word that is most characteristic of a group by one column of `keyness`.

    Args:
        words: A table of `select_terms`; of tokens or a corpus alone the default selection.
        corpus: The corpus of the words.
        target: The name of a group, as in `keyness`.
        by: A column of ``corpus.documents``; None for the first in which the target stands.
        column: What ranks the words: score, log_ratio, fw_z …
        options: Others of `keyness`; of words not yet selected also those of `select_terms`.

    Raises:
        SelectionError: As `keyness`, or no word stands more often in the group than elsewhere.

    >>> import policytext as pt
    >>> corpus = pt.read_corpus("data/wenzhou-2021")
    >>> first_term(corpus, target="洞头", column="log_ratio")
    '洞头'
    """
    table = _characteristic(keyness(words, corpus, target, by=by, **options))
    table = table.sort_values(column, ascending=False, kind="stable", key=rounded)
    return str(table["term"].iloc[0])


def _characteristic(table: pd.DataFrame) -> pd.DataFrame:
    rows = table[table["score"] > 0]
    if rows.empty:
        raise SelectionError(
            f"no term stands more often in {table['target'].iloc[0]} than elsewhere; give a lower "
            "min_count or another group"
        )
    return rows


def _counts(side: Side, columns: np.ndarray, end: str) -> pd.DataFrame:
    documents, paragraphs = (ranges[columns] for ranges in side.ranges())
    rate = 1000 * side.counts[columns] / side.size
    return side.columns(columns, end, rate=rate, documents=documents, paragraphs=paragraphs)


def _scores(
    one: Side, two: Side, columns: np.ndarray, measure: str, correction: str, alpha0: float
) -> pd.DataFrame:
    cells = (one.counts[columns], one.size, two.counts[columns], two.size)
    score = measures.SCORES[measure](*cells)
    p, minimal_p = measures.exact_p(*cells)
    # What the prior adds to each word: α0 times its share of the background.
    alpha = alpha0 * (one.counts + two.counts)[columns] / (one.size + two.size)
    return pd.DataFrame(
        {
            "score": score,
            "p_exact": p,
            "p_adjusted": measures.adjust(p, minimal_p, correction, ALPHA),
            "log_ratio": measures.log_ratio(*cells),
            "lrc": measures.lrc(*cells, tests=len(columns), alpha=ALPHA),
            "percent_diff": measures.percent_diff(*cells),
            "bic": measures.bic(score, one.size, two.size),
            "fw_z": measures.fightin_words(*cells, alpha=alpha, alpha0=alpha0),
        }
    )


def _spread(one: Side, columns: np.ndarray, min_count: int) -> pd.DataFrame:
    """Dispersion in the target, over its documents or the paragraphs of a single one."""
    unit = "document" if one.texts > 1 else "paragraph"
    part = one.matrix.only(one.kept)
    counts, sizes = part.grouped(part.parts(unit))
    enough = (one.counts[columns] >= max(min_count, 1)) & (len(sizes) > 1)
    values = np.full(len(columns), np.nan)
    values[enough] = dp_norm(counts[:, columns[enough]].toarray().T, sizes)
    return pd.DataFrame({"dp_norm": values, "dp_parts": f"{len(sizes)} {unit}s"})


def _same_text_null(
    one: Side, two: Side, columns: np.ndarray, measure: str, score: np.ndarray
) -> pd.DataFrame:
    """The strongest contrast of each word between the two halves of one text, of either side.

    Words come in bursts. A word that stands eleven times in one essay and never in another may
    also stand eleven times in one half of its essay and never in the other half; then the score
    says how words come, not how two texts differ.
    """
    found = halves(one.matrix.only(one.kept | two.kept))
    counts, words = found.counts[:, columns], found.words
    names = ["null_score", "null_f1", "null_n1", "null_f2", "null_n2", "null_text"]
    best = pd.DataFrame(np.nan, range(len(columns)), names).astype({"null_text": object})
    tops = []  # of each contrast the score furthest from 0 that any word reaches
    for at in range(0, len(words), 2):
        f1, f2 = (counts[[row]].toarray()[0] for row in (at, at + 1))
        inside = measures.SCORES[measure](f1, words[at], f2, words[at + 1])
        tops.append(np.abs(inside).max(initial=0.0))
        better = ~(np.abs(inside) <= np.abs(best["null_score"]))
        cells = (inside, f1, words[at], f2, words[at + 1], found.texts[at])
        for name, values in zip(names, cells, strict=True):
            best[name] = np.where(better, values, best[name])
    reached = len(tops) - np.searchsorted(np.sort(tops), np.abs(score), side="left")
    return best.assign(null_reached=reached, null_contrasts=len(tops))


# --- the text as the draw -------------------------------------------------------------------------


@tabled
def text_test(
    words: pd.DataFrame | Corpus,
    corpus: Corpus | None = None,
    target: Hashable = None,
    reference: Hashable = "rest",
    by: str | None = None,
    min_count: int = 5,
    correction: str = "holm",
    n_resamples: int = 10_000,
    seed: int = 2021,
) -> pd.DataFrame:
    """Compare the rates of the texts of two groups; the text is what is drawn, not the word.

    Args:
        words: A table of `select_terms`; of tokens or a corpus alone the default selection.
        corpus: The corpus of the words.
        target: The name of a group, as in `keyness`.
        reference: ``"rest"`` or another value.
        by: A column of ``corpus.documents``; None for the first in which the target stands.
        min_count: The fewest occurrences, both sides together, of a word that is tested.
        correction: Of the permutation p: ``"holm"``, ``"benjamini-hochberg"`` or ``"none"``.
        n_resamples: Ways to share out the texts that are looked at; more are drawn at random.
        seed: Of that draw.

    Returns:
        A row per word, by difference: rank, term, tag, f1, n1, texts1, documents1 (texts with
        the word), mean1 (mean rate of the texts, per 1,000 words), the same with 2, difference
        (of the means), p_permutation, p_floor (the smallest p that so few texts allow), ways,
        exact (whether these are all ways), p_adjusted, correction, welch_t, welch_df, p_welch,
        target, reference. Both tests take the texts as independent draws: reports of one office
        in several years are not quite that, since they copy each other.

    Raises:
        SelectionError: A side has fewer than two texts, no term is frequent enough, or an
            unknown column, group or correction.

    >>> import policytext as pt
    >>> corpus = pt.read_corpus("data/wenzhou-2021")
    >>> table = text_test(pt.segment(corpus), corpus, "essay", "news")
    >>> table[["texts1", "texts2", "ways", "p_floor"]].iloc[0].round(4).tolist()
    [4.0, 4.0, 70.0, 0.0286]
    """
    check_option("correction", correction, measures.CORRECTIONS[1:])
    words, corpus = selected(words, corpus)
    by, target = group_named(corpus.documents, target, by)
    one, two = sides(term_matrix(words), corpus, by, target, reference)
    for side in (one, two):
        if side.texts < 2:
            raise SelectionError(
                f"{side.name} has {side.texts} text, and a test over texts needs two a side; "
                "use keyness, with the same-text null beside its score"
            )
    kept = frequent_terms(one, two, min_count)
    rates, first = _rates_of_texts(one, two, kept)
    both = rates[first], rates[~first]
    p, floor, ways, every = measures.permutation_p(rates, first, n_resamples, seed)
    t, df, p_welch = measures.welch(*both)
    tests = {
        "difference": both[0].mean(axis=0) - both[1].mean(axis=0),
        "p_permutation": p,
        "p_floor": floor,
        "ways": ways,
        "exact": every,
        "welch_t": t,
        "welch_df": df,
        "p_welch": p_welch,
        "p_adjusted": measures.adjust(p, p, correction),
    }
    named = {"correction": correction, "target": one.name, "reference": two.name}
    parts = [one.matrix.terms.iloc[kept].reset_index(drop=True)]
    for side, part, end in zip((one, two), both, "12", strict=True):
        documents, mean = (part > 0).sum(axis=0), part.mean(axis=0)
        parts.append(side.columns(kept, end, documents=documents, mean=mean))
    table = pd.concat([*parts, pd.DataFrame(tests | named)], axis=1)
    table = ranked(table, "difference", "term")
    table.attrs = {"by": by} | named | {"min_count": min_count, "seed": seed, "ways": ways}
    table.attrs |= {"exact": every, "p_floor": floor, "words_tested": len(table)}
    table.attrs["selection"] = words.attrs.get("selection", {})
    return table


def _rates_of_texts(one: Side, two: Side, kept: np.ndarray) -> tuple[Array, NDArray[np.bool_]]:
    """Rates per 1,000 words, texts by terms, and which texts are on the first side."""
    part = one.matrix.only(one.kept | two.kept)
    docs = part.parts("document")
    counts, sizes = part.grouped(docs)
    first = np.zeros(len(sizes), dtype=bool)
    first[docs[one.kept[one.kept | two.kept]]] = True
    return 1000 * counts[:, kept].toarray() / sizes[:, None], first
