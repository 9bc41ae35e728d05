"""Every span is a passage of its document, and every printed column has its characters untouched.

Texts are made of what the finders look for, with full-width and other variants mixed in and with
line ends in the middle of words. ``make test`` tries 150 of them for each finder; ``make
test-slow`` 5,000. Texts that once broke the rule are kept in cases/offsets.jsonl.
"""

import csv
import json
import re
import unicodedata
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import policytext as pt
from hostile import FINDERS
from policytext import text as tx
from policytext.comparison.numeral_check import check_numerals
from policytext.evaluation import coding_sheet
from policytext.lexicon.abbreviations import abbreviations_in
from policytext.slogans.parallel import find_parallel_runs

CASES = Path(__file__).parent / "cases" / "offsets.jsonl"
LINE_ENDS = ["\n", "\r\n", "\n\n", "\r", "\f", "\v", "\u2028", "\u2029", "\x85"]
BLANKS = [" ", "\u3000", "\t", "\u00a0", "\u2003", "  \n\u3000\u3000", "\u3000\r\n\t"]
# Zero width, soft hyphen, BOM, direction mark, NUL, combining marks, private use, beyond the BMP.
ODD = ["\u200b", "\u00ad", "\ufeff", "\u202e", "\x00", "\u0301", "\u20dd", "\ue000", "\U00020000"]
# Kangxi and CJK radicals, compatibility ideographs, half-width kana, signs that NFKC takes apart.
COMPATIBLE = [
    "⼀",
    "⼆",
    "⼈",
    "⺠",
    "豈",
    "ｶ",
    "㎡",
    "㎞",
    "①",
    "Ⅲ",
    "½",
    "￥",
    "℃",
    "㈠",
    "‰",
    "…",
]
MARKS = [*"“”‘’「」『』《》（）()。！？；;，,、：:—-+%·\"'", "——"]
NUMERALS = [*"一二三四五六七八九十百千万亿两零半多余几N第", "2021", "3.5", "15", "10", "1,200"]
FRAMES = [
    "市委“{}、{}”", "{}区“{}”", "力争{}达到{}", "到{}年，{}", "一、{}\n{}", "“{}+{}”",
    "建设{}之城，{}",
    "三大{}：{}、创新、开放。", "“{}、{}、{}”，", "增长{}%以上，{}", "今年的目标是：{}，{}。",
    "打造{}示范区、{}高地", "{}、{}、{}，",
    "二、2022年工作安排\n力争{}增长6.5%以上，新增{}30个{}。",
    "到2025年，{}达到1,200{}左右，确保{}。", "今年要建成{}15{}以上、{}20公里，",
]  # fmt: skip


def words_of(table: str, column: str) -> st.SearchStrategy[str]:
    """What the finders look for, of one table of the lexicon."""
    return st.sampled_from(pt.read_lexicon()[table][column].drop_duplicates().tolist())


def wide(text: str) -> str:
    """The same in full width."""
    shifted = (chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    return "".join(shifted).replace(" ", "\u3000")


PLAIN = st.one_of(
    words_of("cues", "cue"),
    words_of("units", "unit"),
    words_of("slogan_words", "word"),
    words_of("numeral_words", "word"),
    words_of("formulae", "formula"),
    words_of("indicators", "name"),
    words_of("places", "name"),
    st.sampled_from(NUMERALS),
    st.sampled_from(MARKS),
    st.sampled_from(
        ["smart", "city", "GDP", "5G", "甲乙区", "甲乙", "争先", "开新局", "共富", "行动"]
    ),
)
STRANGE = st.one_of(
    st.sampled_from(LINE_ENDS), st.sampled_from(BLANKS), st.sampled_from(ODD + COMPATIBLE)
)


@st.composite
def pieces(draw: st.DrawFn) -> str:
    """A word as it is, in full width, decomposed, or with something strange in the middle."""
    word = draw(PLAIN)
    change = draw(st.sampled_from(["none", "none", "wide", "decomposed", "divided"]))
    if change == "wide":
        return wide(word)
    if change == "decomposed":
        return unicodedata.normalize("NFKD", word)
    if change == "divided":
        at = draw(st.integers(0, len(word)))
        return word[:at] + draw(STRANGE) + word[at:]
    return word


@st.composite
def framed(draw: st.DrawFn) -> str:
    frame = draw(st.sampled_from(FRAMES))
    frame = wide(frame) if draw(st.booleans()) else frame
    holes = re.split("{}|｛｝", frame)
    filled = [hole + draw(pieces()) for hole in holes[:-1]]
    return "".join([*filled, holes[-1]])


TEXTS = (
    st.lists(st.one_of(pieces(), framed(), STRANGE, st.text(max_size=3)), min_size=1, max_size=14)
    .map("".join)
    .filter(str.strip)
)
CORPORA = st.tuples(
    st.sampled_from(["rows", "cells", "page"]), st.lists(TEXTS, min_size=1, max_size=3)
)
SOME = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
FEW = settings(SOME, max_examples=60)
MANY = settings(SOME, max_examples=5000)


def corpus_of(folder: Path, form: str, texts: list[str]) -> pt.Corpus:
    """Texts as rows of a JSON Lines file, as cells of a spreadsheet, or as pieces of one page."""
    about = {"place": "甲乙区", "level": "county", "date": "2022", "kind": "report"}
    rows = [{"doc": f"d{i}", **about} for i in range(len(texts))]
    for old in folder.iterdir():
        old.unlink()
    path = folder / {"rows": "t.jsonl", "cells": "t.csv", "page": "documents.csv"}[form]
    if form == "rows":
        lines = (json.dumps(row | {"text": text}) for row, text in zip(rows, texts, strict=True))
        path.write_text("\n".join(lines), encoding="utf-8")
    elif form == "cells":
        _write(path, [row | {"text": text} for row, text in zip(rows, texts, strict=True)])
    else:
        source, ends = "", []
        for text in texts:
            source += f"{text}\r\n\r\n"
            ends.append(len(source) - 4)
        starts = [end - len(text) for end, text in zip(ends, texts, strict=True)]
        # A mark of its own, since a first U+FEFF is taken for one.
        (folder / "page.txt").write_bytes(source.encode("utf-8-sig"))
        spans = zip(rows, starts, ends, strict=True)
        _write(path, [row | {"file": "page.txt", "start": a, "end": b} for row, a, b in spans])
        path = folder
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pt.CorpusWarning)
        return pt.read_corpus(path)


def _write(path: Path, rows: list[dict]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def check(corpus: pt.Corpus, table: pd.DataFrame) -> None:
    """Each row is a passage of one sentence of its document, and says so of each part."""
    documents = corpus.documents.set_index("doc")
    for row in table.itertuples():
        document, source = documents.loc[row.doc], corpus.source(row.doc)
        assert document.start <= row.start < row.end <= document.end
        assert row.text == tx.clean(source[row.start : row.end])
        assert row.text == row.text.strip() != ""
        sentences = corpus.sentences[corpus.sentences["doc"] == row.doc]
        around = sentences[(sentences["start"] <= row.start) & (sentences["end"] >= row.end)]
        assert len(around) == 1, "in no one sentence"
        for name, passage in _parts(row, source):
            assert passage in around["text"].iloc[0], name
        if isinstance(getattr(row, "parent", None), str):
            start, end = map(int, row.parent.split("-"))
            assert start <= row.start < row.end <= end


def _parts(row, source: str) -> Iterator[tuple[str, str]]:  # type: ignore[no-untyped-def]
    """What stands in the same sentence as the row; offsets of a part are checked on the way."""
    for name in ("comparator_text", "counted", "commitment_text"):
        if isinstance(getattr(row, name, None), str):
            yield name, getattr(row, name)
    for part in ("comparator", "commitment", "horizon"):
        at = getattr(row, f"{part}_at", None)
        if isinstance(at, str):
            start, end = map(int, at.split(":"))
            assert getattr(row, f"{part}_text") == tx.clean(source[start:end]), part


def check_found(find: Callable, corpus: pt.Corpus) -> pd.DataFrame:
    """What a finder finds, checked."""
    found = find(corpus)
    check(corpus, found)
    check_elsewhere(corpus, found)
    return found


def check_elsewhere(corpus: pt.Corpus, table: pd.DataFrame) -> None:
    """What a row takes from another sentence is printed there, character for character."""
    printed = corpus.sentences["text"].tolist()
    for row in table.to_dict("records"):
        if row.get("level_basis") == "stated":
            assert any(row["level_evidence"] in sentence for sentence in printed)
        if isinstance(row.get("horizon_text"), str):
            assert any(row["horizon_text"] in sentence for sentence in printed)


@pytest.mark.parametrize("find", FINDERS)
@SOME
@given(texts=CORPORA)
def test_a_span_is_its_passage(tmp_path: Path, find: Callable, texts: tuple) -> None:
    check_found(find, corpus_of(tmp_path, *texts))


@pytest.mark.slow
@pytest.mark.parametrize("find", FINDERS)
@MANY
@given(texts=CORPORA)
def test_a_span_is_its_passage_in_5000(tmp_path: Path, find: Callable, texts: tuple) -> None:
    check_found(find, corpus_of(tmp_path, *texts))


def kept_cases() -> list[dict]:
    """Texts that once broke the rule, each with what was wrong."""
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", kept_cases(), ids=lambda case: case["fault"])
@pytest.mark.parametrize("find", FINDERS)
def test_a_kept_case(tmp_path: Path, find: Callable, case: dict) -> None:
    corpus = corpus_of(tmp_path, case["form"], case["texts"])
    found = check_found(find, corpus)
    if find.__name__ in case:
        assert found["text"].tolist() == case[find.__name__]
    if find is pt.find_slogans and "level_evidence" in case:
        assert found["level_evidence"].tolist() == case["level_evidence"]


@FEW
@given(texts=CORPORA)
@example(texts=("rows", ["落实“三大方法”：Ａ法、Ｂ法、Ｃ法。"]))
@example(texts=("rows", ["落实“三大方法”： 甲法、 乙法 、丙法 。"]))
@example(texts=("rows", ["推进 甲工程、 乙工程 、丙工程和 丁工程 “四大工程”。"]))
@example(texts=("rows", ["落实“三大方法”。\n一、 甲方法 \n二、乙方法\n三、 丙方法 \n"]))
def test_runs_lists_and_units_are_passages(tmp_path: Path, texts: tuple) -> None:
    corpus = corpus_of(tmp_path, *texts)
    check(corpus, find_parallel_runs(corpus))
    slogans = pt.find_slogans(corpus)
    for row in check_numerals(slogans, corpus).dropna(subset=["list_doc"]).itertuples():
        listed = tx.clean(corpus.source(row.list_doc)[int(row.list_start) : int(row.list_end)])
        assert all(item in listed and item == item.strip() != "" for item in row.items)
    words = pt.segment(corpus, units=slogans)
    check(corpus, words[words["tag"] != "unit"])
    for source in corpus.sources.values():
        found = abbreviations_in(tx.fold(source), pt.default_lexicon())
        ends = [0, *(end for span in found for end in span), len(source)]
        assert ends == sorted(ends)


@FEW
@given(texts=CORPORA, data=st.data())
def test_a_hit_with_its_context_is_the_paragraph(
    tmp_path: Path, texts: tuple, data: st.DataObject
) -> None:
    corpus = corpus_of(tmp_path, *texts)
    words = pt.segment(corpus)
    if words.empty:
        return
    word = data.draw(st.sampled_from(words["text"].tolist()))
    table = pt.concordance(corpus, word, context=10_000).table
    assert len(table)
    check(corpus, table)
    spans = corpus.sentences.groupby(["doc", "paragraph"]).agg(a=("start", "min"), b=("end", "max"))
    for row in table.itertuples():
        start, end = spans.loc[(row.doc, row.paragraph)]
        assert row.left + row.text + row.right == tx.clean(corpus.source(row.doc)[start:end])


@FEW
@given(texts=CORPORA, what=st.sampled_from(["slogans", "quantities"]))
def test_a_coding_sheet_shows_what_is_printed(tmp_path: Path, texts: tuple, what: str) -> None:
    corpus = corpus_of(tmp_path, *texts)
    rows, key = coding_sheet(corpus, n=10, what=what)
    for row, at in zip(rows.itertuples(), key.itertuples(), strict=True):
        printed = tx.clean(corpus.source(at.doc)[at.start : at.end])
        if row.kind == "candidate":
            before, inside, behind = re.split("[【】]", row.passage)
            assert inside == printed
            assert before + inside + behind in "".join(corpus.sentences["text"])
        else:
            assert row.passage == printed
            for start, end, _ in json.loads(at.spans):
                assert 0 <= start < end <= len(printed)
