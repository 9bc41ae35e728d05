"""Texts built to break the finders: nothing raises.

They are made of what the finders look for: every cue word, formula, unit and numeral of the
lexicon, brackets and quotation marks that do not close, headings and line ends; whole or cut,
once or again and again. ``make test`` tries some of them, ``make test-slow`` thousands. Texts
that once raised are kept in cases/hostile.jsonl.
"""

import json
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import policytext as pt
from hostile import ABOUT, FINDERS, TABLES, corpus_of, looked_for
from policytext import text as tx
from policytext.comparison import (
    adoption_matrix,
    adoption_over_time,
    check_numerals,
    first_attested,
    level_shares,
    not_used,
    place_in_text,
    profile,
    shared_by_pairs,
)
from policytext.corpus import count_by_document, describe, in_sentence
from policytext.evaluation import coding_sheet
from policytext.lexicon.abbreviations import abbreviations_in
from policytext.terms import (
    collocations,
    count_terms,
    dispersion,
    diversity,
    keyness,
    text_test,
    word_shift,
)
from policytext.text.clean import fold

CASES = Path(__file__).parent / "cases" / "hostile.jsonl"
QUOTES = [
    "“",
    "”",
    "‘",
    "’",
    "「",
    "」",
    "《",
    "》",
    "（",
    "）",
    "(",
    ")",
    '"',
    "'",
    "““",
    "’”",
    "【",
]
MARKS = [
    *"。！？；，、：·…—-+%‰/.,;:!?=*#$\\<>&@_",
    "——",
    "\n",
    "\n\n",
    "\r\n",
    "\u2028",
    "\u3000",
    " ",
]
HEADS = [
    "# ",
    "一、",
    "（一）",
    "1.",
    "第一章",
    "名词解释",
    "附件1：",
    "[1]",
    "十一、",
    "---",
    "- ",
]
NUMERALS = [
    *"一二三四五六七八九十百千万亿零〇两双半多余几约点第首翻负廿壹俩",
    *("1", "10", "2021", "2025年", "3.5", "1,234", "１２", "N", "1+N", "百分之", "分之", "十四五"),
    *("三年", "5G", "三大", "四个", "一是", "3-5", "10%", "倍", "2021-1-1", "1e999", "九" * 350),
]
WORDS = [
    *("GDP", "smart", "é", "\U00020000", "a@b.cn", "www.", "<b>", "好", "甲", "乙", "的", "了"),
    *("争先", "行动", "精神", "高地", "建设", "打造", "目标", "等", "和", "即", "包括", "分别"),
]

PIECES = st.one_of(
    *(st.sampled_from(looked_for(table)) for table in TABLES),
    *(st.sampled_from(some) for some in (QUOTES, QUOTES, MARKS, MARKS, HEADS, NUMERALS, WORDS)),
    st.text(max_size=2),
)
CUT = st.tuples(PIECES, st.integers(1, 3)).map(lambda cut: cut[0][: cut[1]])
ONCE = st.lists(st.one_of(PIECES, PIECES, CUT), min_size=1, max_size=20).map("".join)
AGAIN = st.tuples(st.lists(PIECES, min_size=1, max_size=4), st.integers(2, 30)).map(
    lambda again: "".join(again[0]) * again[1]
)
TEXTS = st.one_of(ONCE, AGAIN, st.tuples(ONCE, AGAIN).map("".join)).filter(str.strip)
SOME = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
MANY = settings(SOME, max_examples=3000)
CORPORA = st.lists(TEXTS, min_size=1, max_size=3)


def run_all(corpus: pt.Corpus) -> None:
    """Everything that takes a corpus; only what a text does not allow may be refused."""
    words, _, targets, slogans, _ = (find(corpus) for find in FINDERS)
    for answer in _answers(corpus, words, slogans, targets):
        try:
            answer()
        except (pt.CorpusError, pt.SelectionError) as refused:
            assert ";" in str(refused) or ":" in str(refused), "says what to do instead"


def _answers(corpus: pt.Corpus, words, slogans, targets) -> Iterator[Callable]:  # type: ignore[no-untyped-def]
    source, place = corpus.source("d0"), ABOUT["place"]
    yield lambda: abbreviations_in(tx.fold(source), pt.default_lexicon())
    yield lambda: check_numerals(slogans, corpus)
    yield lambda: pt.segment(corpus, units=slogans)
    for compare in (
        adoption_matrix,
        level_shares,
        not_used,
        profile,
        first_attested,
    ):
        yield lambda compare=compare: compare(slogans, corpus, by="place")
    yield lambda: adoption_over_time(slogans, corpus, by="place")
    yield lambda: shared_by_pairs(slogans, corpus, by="place")
    yield lambda: place_in_text(slogans, corpus)
    yield lambda: describe(corpus)
    yield lambda: count_by_document(corpus, slogans=slogans, targets=targets)
    yield lambda: in_sentence(slogans, corpus)
    yield lambda: pt.show(slogans)._repr_html_()
    yield lambda: pt.concordance(corpus, fold(source.strip()[:2]))._repr_html_()
    yield lambda: coding_sheet(corpus, n=10, what="slogans")
    yield lambda: coding_sheet(corpus, n=10, what="targets")
    yield lambda: count_terms(words, corpus, by="place")
    yield lambda: diversity(words, corpus, by="place")
    yield lambda: dispersion(words, corpus, min_count=1)
    yield lambda: collocations(words, corpus, min_count=1)
    yield lambda: keyness(words, corpus, place, by="place", min_count=1)
    yield lambda: text_test(words, corpus, place, by="place", min_count=1)
    yield lambda: word_shift(words, corpus, place, by="place")


@SOME
@given(texts=CORPORA)
def test_nothing_raises(tmp_path: Path, texts: list[str]) -> None:
    run_all(corpus_of(tmp_path, texts))


@pytest.mark.slow
@MANY
@given(texts=CORPORA)
def test_nothing_raises_in_3000(tmp_path: Path, texts: list[str]) -> None:
    run_all(corpus_of(tmp_path, texts))


@SOME
@given(text=TEXTS)
def test_any_text_can_be_imported(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("import")
    import_text(text, folder)


# A text may have no prose, or so many control characters that it is no text.
REFUSALS = ("all its lines are taken out", "it has no text", "too many null and control characters")


def import_text(text: str, folder: Path) -> None:
    """Through the cleaning of files, which may find no prose in it."""
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text(text, encoding="utf-8", newline="")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pt.CorpusWarning)
        try:
            pt.import_files(folder / "in", folder / "out")
        except pt.CorpusError as refused:
            assert any(reason in str(refused) for reason in REFUSALS)


def kept_cases() -> list[dict]:
    """Texts that once raised, each with where."""
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", kept_cases(), ids=lambda case: case["fault"])
def test_a_kept_case(tmp_path: Path, case: dict) -> None:
    corpus = corpus_of(tmp_path, case["texts"], ABOUT | case.get("about", {}))
    run_all(corpus)
