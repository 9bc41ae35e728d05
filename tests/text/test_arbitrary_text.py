"""Whatever Unicode comes in: nothing raises, offsets hold, and nothing of the text is lost."""

import csv
import json
import warnings
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import policytext as pt
from policytext import text as tx
from policytext.corpus import describe

# What the readers look for, so that arbitrary text runs into their rules and not past them.
PIECES = (
    *(
        "“",
        "”",
        "‘",
        "’",
        "《",
        "》",
        "（",
        "）",
        "「",
        "」",
        "。",
        "！",
        "？",
        "；",
        "，",
        "、",
        "：",
    ),
    *(
        "\n",
        "\r\n",
        "\n\n",
        "\u3000",
        "\t",
        " ",
        "\u200b",
        "\u202e",
        "\x00",
        "\ufeff",
        "\U00020000",
    ),
    *(
        "一、",
        "（一）",
        "1.",
        "第一章",
        "# ",
        "名词解释",
        "——",
        "…",
        "-",
        "·",
        "=",
        "<b>",
        "$",
        "\\",
    ),
    *(
        "一",
        "二",
        "三",
        "十",
        "百",
        "千",
        "万",
        "亿",
        "零",
        "半",
        "多",
        "余",
        "约",
        "点",
        "1",
        "2021",
    ),
    *(
        "3.5",
        "１２",
        "％",
        "%",
        "元",
        "亿元",
        "公里",
        "个",
        "年",
        "月",
        "日",
        "分之",
        "翻一番",
        "倍",
    ),
    *(
        "增长",
        "力争",
        "确保",
        "达到",
        "左右",
        "以上",
        "不低于",
        "目标",
        "建成",
        "新增",
        "完成",
        "前",
    ),
    *(
        "三个",
        "六大",
        "行动",
        "工程",
        "体系",
        "两山",
        "双碳",
        "高质量",
        "共同富裕",
        "示范区",
        "“一",
    ),
    *(
        "温州市",
        "瓯海区",
        "市委",
        "书记",
        "王振勇",
        "GDP",
        "5G",
        "smart",
        "city",
        "ing",
        "é",
        "臺灣",
    ),
)
TEXTS = st.lists(
    st.one_of(st.sampled_from(PIECES), st.sampled_from(PIECES), st.text(max_size=6)), max_size=40
).map("".join)
READABLE = TEXTS.filter(str.strip)
FEW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
MANY = settings(FEW, max_examples=200)


@pytest.fixture
def read(tmp_path: Path):  # type: ignore[no-untyped-def]
    """Read texts as rows of a table, which takes every character that there is."""

    def rows(*texts: str) -> pt.Corpus:
        path = tmp_path / "t.jsonl"
        path.write_text("\n".join(json.dumps({"text": text}) for text in texts), encoding="utf-8")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", pt.CorpusWarning)
            return pt.read_corpus(path)

    return rows


def check_spans(corpus: pt.Corpus, table: pd.DataFrame, text: str = "text") -> None:
    """Each row lies within its document, and its text is the passage there."""
    for row in table.itertuples():
        source = corpus.source(row.doc)
        assert 0 <= row.start < row.end <= len(source)
        assert getattr(row, text) == tx.clean(source[row.start : row.end])


@MANY
@given(text=READABLE)
def test_sentences_hold_all_of_the_text_once(read, text: str) -> None:  # type: ignore[no-untyped-def]
    corpus = read(text)
    assert corpus.source("t-1") == text
    check_spans(corpus, corpus.sentences)
    bounds = [0, *corpus.sentences[["start", "end"]].to_numpy().ravel(), len(text)]
    assert bounds == sorted(bounds)
    assert not "".join(text[a:b] for a, b in zip(bounds[::2], bounds[1::2], strict=True)).strip()


@MANY
@given(text=TEXTS, encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]))
def test_a_file_is_read_whole_or_refused(tmp_path: Path, text: str, encoding: str) -> None:
    data = text.encode(encoding)
    (tmp_path / "a.txt").write_bytes(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", pt.CorpusWarning)
            corpus = pt.read_corpus(tmp_path)
    except pt.CorpusError:
        return
    marked = encoding in ("utf-8-sig", "utf-16")
    # Without a mark the encoding of a few characters can be mistaken; no byte is lost even then.
    if marked or encoding == "utf-8":
        assert corpus.source("a") == (text if marked else text.removeprefix("\ufeff"))
    else:
        assert corpus.source("a")


@MANY
@given(cells=st.lists(st.tuples(READABLE, TEXTS), min_size=1, max_size=4))
def test_a_spreadsheet_keeps_every_cell(tmp_path: Path, cells: list[tuple[str, str]]) -> None:
    path = tmp_path / "t.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([("正文", "备注"), *cells])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pt.CorpusWarning)
        corpus = pt.read_corpus(path)
    assert [corpus.source(doc) for doc in corpus.documents["doc"]] == [text for text, _ in cells]
    assert list(corpus.documents["备注"].fillna("")) == [note for _, note in cells]


@MANY
@given(text=st.text())
def test_paragraphs_and_pairs_of_any_text(text: str) -> None:
    for spans in (tx.paragraphs(text), tx.pairs(text), tx.sentences(text)):
        assert all(0 <= start < end <= len(text) for start, end in spans)
    assert len(tx.fold(text)) == len(text)


@FEW
@given(text=READABLE)
def test_tokens_join_back_to_the_text(read, text: str) -> None:  # type: ignore[no-untyped-def]
    corpus = read(text)
    tokens = pt.segment(corpus)
    check_spans(corpus, tokens)
    joined = tokens.groupby("sentence")["text"].agg("".join).to_dict()
    for number, sentence in enumerate(corpus.sentences["text"]):
        assert "".join(joined.get(number, "").split()) == "".join(sentence.split())


@FEW
@given(texts=st.lists(READABLE, min_size=1, max_size=3))
@pytest.mark.parametrize("find", [pt.find_quantities, pt.find_targets, pt.find_slogans])
def test_what_is_found_is_in_the_text(read, find, texts: list[str]) -> None:  # type: ignore[no-untyped-def]
    corpus = read(*texts)
    check_spans(corpus, find(corpus))


@FEW
@given(text=READABLE)
@example(text="增长<b>5%</b>。")
def test_describing_and_showing_any_text(read, text: str) -> None:  # type: ignore[no-untyped-def]
    corpus = read(text)
    assert len(describe(corpus)) == 1
    assert "<b>" not in pt.show(corpus.sentences)._repr_html_()
    assert "<b>" not in pt.concordance(corpus, "增长")._repr_html_()
