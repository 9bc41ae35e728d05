"""Words characteristic of a group of texts, against the rest, another group or a list."""

from collections.abc import Hashable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from policytext.corpus.corpus import Corpus
from policytext.corpus.locate import SelectionError
from policytext.tables import rounded
from policytext.terms import measures
from policytext.terms.dispersion import dp_norm, part_counts
from policytext.terms.matrix import (
    Side,
    TermMatrix,
    check_option,
    frequent_terms,
    ranked,
    sides,
    stretches,
    term_matrix,
)
from policytext.terms.terms import groups_with_terms, selected

_ALLOWED = {
    "measure": tuple(measures.SCORES),
    "exact_test": measures.EXACT_TESTS,
    "correction": measures.CORRECTIONS,
    "prior": ("pooled", "uniform"),
}


@dataclass(frozen=True)
class _Method:
    measure: str
    exact_test: str
    correction: str
    alpha: float
    prior: str
    alpha0: float
    min_count: int
    null_block: int | None

    def __post_init__(self) -> None:
        for name, allowed in _ALLOWED.items():
            check_option(name, getattr(self, name), allowed)


def keyness(
    words: pd.DataFrame,
    corpus: Corpus,
    target: Hashable,
    reference: Hashable | pd.DataFrame = "rest",
    by: str = "author",
    measure: str = "g2",
    exact_test: str = "fisher",
    correction: str = "tarone-holm",
    alpha: float = 0.05,
    prior: str = "pooled",
    alpha0: float = 100.0,
    min_count: int = 5,
    null_block: int | None = None,
) -> pd.DataFrame:
    """Rank the words that stand more, or less, often in one group than in a reference.

    Args:
        words: A table of `select_terms`; a bare token table is given the default selection.
        corpus: The corpus of the words.
        target: A value of the column ``by``.
        reference: ``"rest"`` for all other groups, another value of ``by``, or a table of
            `read_reference`. Against a list only the words of the target are scored, since a
            list does not say which of its words the selection would have kept.
        by: A column of ``corpus.documents``; documents without a value are left out.
        measure: ``"g2"`` (4 terms, Dunning 1993) or ``"ll2"`` (2 terms, Rayson & Garside 2000).
        exact_test: ``"fisher"`` or ``"binomial"`` (`policytext.terms.measures.exact_p`).
        correction: ``"tarone-holm"``, ``"holm"``, ``"benjamini-hochberg"`` or ``"none"``.
        alpha: Level of Tarone's choice of words and of the conservative log ratio.
        prior: What α0 of Fightin' Words is shared out by: ``"pooled"``, the rates of both sides
            together, or ``"uniform"``.
        alpha0: How many words the prior weighs as much as.
        min_count: The fewest occurrences, both sides together, of a word that is scored.
        null_block: Sentences of the neighbouring blocks of the same-text null; None for halves.

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
        SelectionError: Unknown column, group or option, nothing to contrast, or a reference
            list that lacks a column or holds a negative count.

    >>> import policytext as pt
    >>> corpus = pt.read_corpus("data/wenzhou-2021")
    >>> table = keyness(pt.segment(corpus), corpus, "瓯海区", "洞头区", by="place")
    >>> sea = table[table["term"] == "海洋"]
    >>> sea[["f1", "f2", "null_f1", "null_f2"]].astype(int).to_numpy().tolist()
    [[0, 11, 11, 0]]
    """
    method = _Method(measure, exact_test, correction, alpha, prior, alpha0, min_count, null_block)
    words = selected(words, corpus)
    one, two = sides(term_matrix(words), corpus, by, target, reference)
    columns = frequent_terms(one, two, min_count)
    scores = _scores(one, two, columns, method)
    table = pd.concat(
        [
            one.matrix.terms.iloc[columns].reset_index(drop=True),
            _counts(one, columns, "1"),
            _counts(two, columns, "2"),
            scores,
            _spread(one, columns, min_count),
            _null(one, two, columns, method, scores["score"].to_numpy()),
        ],
        axis=1,
    )
    named = {"target": one.name, "reference": two.name} | asdict(method)
    table = ranked(table.assign(**named), "score", "term")[KEYNESS_COLUMNS]
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


def keyness_by_group(
    words: pd.DataFrame, corpus: Corpus, by: str = "author", max_groups: int = 6
) -> pd.DataFrame:
    """Score the words of each group against all others.

    Args:
        words: A table of `select_terms`.
        corpus: The corpus of the words.
        by: A column of ``corpus.documents``.
        max_groups: How many groups, the first of the corpus that have words.

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
    words, tables, left_out = selected(words, corpus), [], {}
    groups = groups_with_terms(words, corpus, by)
    for group in groups[:max_groups]:
        try:
            tables.append(_characteristic(keyness(words, corpus, group, by=by)))
        except SelectionError as error:
            left_out[str(group)] = str(error)
    for group in groups[max_groups:]:
        left_out[str(group)] = f"not among the first {max_groups} groups"
    empty = pd.DataFrame(columns=KEYNESS_COLUMNS)
    table = pd.concat(tables, ignore_index=True) if tables else empty
    table.attrs = (tables or [empty])[0].attrs | {"left_out": left_out}
    return table


def first_term(
    words: pd.DataFrame,
    corpus: Corpus,
    target: Hashable,
    by: str = "author",
    column: str = "score",
    **options: Any,
) -> str:
    """Name the word that is most characteristic of a group by one column of `keyness`.

    Args:
        words: A table of `select_terms`.
        corpus: The corpus of the words.
        target: A value of the column ``by``.
        by: A column of ``corpus.documents``.
        column: What ranks the words: score, log_ratio, fw_z …
        options: Of `keyness`.

    Raises:
        SelectionError: As `keyness`, or no word stands more often in the group than elsewhere.

    >>> import policytext as pt
    >>> corpus = pt.read_corpus("data/wenzhou-2021")
    >>> first_term(pt.segment(corpus), corpus, "洞头区", by="place", column="log_ratio")
    '洞头'
    """
    table = _characteristic(keyness(words, corpus, target, by=by, **options))
    ranked = table.sort_values(column, ascending=False, kind="stable", key=rounded)
    return str(ranked["term"].iloc[0])


def _characteristic(table: pd.DataFrame) -> pd.DataFrame:
    rows = table[table["score"] > 0]
    if rows.empty:
        raise SelectionError(
            f"no term stands more often in {table['target'].iloc[0]} than elsewhere; give a lower "
            "min_count or another group"
        )
    rows.attrs = table.attrs
    return rows


def _counts(side: Side, columns: np.ndarray, end: str) -> pd.DataFrame:
    documents, paragraphs = (ranges[columns] for ranges in side.ranges())
    rate = 1000 * side.counts[columns] / side.size
    return side.columns(columns, end, rate=rate, documents=documents, paragraphs=paragraphs)


def _scores(one: Side, two: Side, columns: np.ndarray, method: _Method) -> pd.DataFrame:
    cells = (one.counts[columns], one.size, two.counts[columns], two.size)
    score = measures.SCORES[method.measure](*cells)
    p, minimal_p = measures.exact_p(*cells, test=method.exact_test)
    both = one.counts + two.counts
    # What the prior adds to each word: α0 times its share of the background.
    alpha = method.alpha0 * both[columns] / (one.size + two.size)
    if method.prior == "uniform":
        alpha = np.full(len(columns), method.alpha0 / (both > 0).sum())
    return pd.DataFrame(
        {
            "score": score,
            "p_exact": p,
            "p_adjusted": measures.adjust(p, minimal_p, method.correction, method.alpha),
            "log_ratio": measures.log_ratio(*cells),
            "lrc": measures.lrc(*cells, tests=len(columns), alpha=method.alpha),
            "percent_diff": measures.percent_diff(*cells),
            "bic": measures.bic(score, one.size, two.size),
            "fw_z": measures.fightin_words(*cells, alpha=alpha, alpha0=method.alpha0),
        }
    )


def _spread(one: Side, columns: np.ndarray, min_count: int) -> pd.DataFrame:
    """Dispersion in the target, over its documents or the paragraphs of a single one."""
    unit = "document" if one.texts > 1 else "paragraph"
    counts, sizes = part_counts(one.matrix.only(one.kept), unit)
    enough = (one.counts[columns] >= max(min_count, 1)) & (len(sizes) > 1)
    values = np.full(len(columns), np.nan)
    values[enough] = dp_norm(counts[:, columns[enough]].toarray().T, sizes)
    return pd.DataFrame({"dp_norm": values, "dp_parts": f"{len(sizes)} {unit}s"})


def _null(
    one: Side, two: Side, columns: np.ndarray, method: _Method, score: np.ndarray
) -> pd.DataFrame:
    """The same-text null of each word, over the texts of both sides."""
    part = one.matrix.only(one.kept | two.kept)
    null, tops = same_text_null(part, columns, method.null_block, method.measure)
    # In how many contrasts some word, whichever, has a score at least this far from 0.
    reached = len(tops) - np.searchsorted(np.sort(tops), np.abs(score), side="left")
    return null.assign(null_reached=reached, null_contrasts=len(tops))


def same_text_null(
    matrix: TermMatrix, columns: np.ndarray, block: int | None = None, measure: str = "g2"
) -> tuple[pd.DataFrame, np.ndarray]:
    """The same-text null: contrast the halves of each text, or neighbouring blocks of it.

    Words come in bursts. A word that stands eleven times in one essay and never in another may
    also stand eleven times in one half of its essay and never in the other half; then the score
    says how words come, not how two texts differ.

    Args:
        matrix: Counts by sentence, of the texts to look into.
        columns: The terms looked at.
        block: Sentences of a block; None for halves, cut at the sentence end that is nearest to
            half of the words. A text of fewer than two stretches gives no contrast, and a last
            block that is not full is left out.
        measure: ``"g2"`` or ``"ll2"``.

    Returns:
        A row per term with its strongest contrast: null_score, null_f1, null_n1, null_f2,
        null_n2, null_text (the document). And for each contrast the score furthest from 0 that
        any term reaches in it.
    """
    found = stretches(matrix, block)
    counts, words = found.counts[:, columns], found.words
    names = ["null_score", "null_f1", "null_n1", "null_f2", "null_n2", "null_text"]
    best = pd.DataFrame(np.nan, range(len(columns)), names).astype({"null_text": object})
    tops = []
    for at in found.first:
        f1, f2 = (counts[[row]].toarray()[0] for row in (at, at + 1))
        score = measures.SCORES[measure](f1, words[at], f2, words[at + 1])
        tops.append(np.abs(score).max(initial=0.0))
        better = ~(np.abs(score) <= np.abs(best["null_score"]))
        cells = (score, f1, words[at], f2, words[at + 1], found.texts[at])
        for name, values in zip(names, cells, strict=True):
            best[name] = np.where(better, values, best[name])
    return best, np.array(tops)
