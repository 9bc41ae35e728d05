"""Reading a folder or a table: offsets hold, and bad input is named with its mend."""

import gzip
import json
from pathlib import Path

import pytest

import policytext as pt
from policytext.text import clean


def folder(tmp_path: Path, **files: str) -> Path:
    for name, content in files.items():
        path = tmp_path / name.replace("__", ".")
        path.write_text(content, encoding="utf-8", newline="")
    return tmp_path


def test_the_page_is_eight_pieces_of_one_file(corpus: pt.Corpus) -> None:
    assert len(corpus.documents) == 8
    assert set(corpus.documents["file"]) == {"page.txt"}
    assert set(corpus.documents["kind"]) == {"essay", "news"}


def test_every_sentence_slices_out_of_its_source(corpus: pt.Corpus) -> None:
    for row in corpus.sentences.itertuples():
        assert clean(corpus.source(row.doc)[row.start : row.end]) == row.text


def test_nothing_but_white_space_lies_between_sentences(corpus: pt.Corpus) -> None:
    for doc in corpus.documents.itertuples():
        rows = corpus.sentences[corpus.sentences["doc"] == doc.doc]
        bounds = [doc.start, *rows[["start", "end"]].to_numpy().ravel(), doc.end]
        source = corpus.source(doc.doc)
        assert not "".join(
            source[a:b] for a, b in zip(bounds[::2], bounds[1::2], strict=True)
        ).strip()


def test_a_column_break_is_joined_for_reading_and_kept_in_the_source(corpus: pt.Corpus) -> None:
    broken = corpus.sentences[corpus.sentences["text"].str.contains("海洋经济看洞头")].iloc[0]
    assert "海洋经\n\n济看洞头" in corpus.source("dongtou")[broken.start : broken.end]


def test_parts_and_headings(corpus: pt.Corpus) -> None:
    essay = corpus.sentences[corpus.sentences["doc"] == "dongtou"]
    assert list(essay["part"].unique()) == ["title", "lead", "heading", "body"]
    assert essay["heading"].iloc[-1] == "六、制度激励赋能干部担当。"
    news = corpus.sentences[corpus.sentences["doc"] == "cangnan-water"]
    assert list(news["part"].unique()) == ["title", "body"]


def test_a_folder_without_a_list_is_read_file_by_file(tmp_path: Path) -> None:
    corpus = pt.read_corpus(folder(tmp_path, b__txt="乙。", a__txt="甲一。\r\n甲二。"))
    assert list(corpus.documents["doc"]) == ["a", "b"]
    assert list(corpus.sentences["text"]) == ["甲一。", "甲二。", "乙。"]
    assert corpus.source("a") == "甲一。\r\n甲二。"


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz", ".csv"])
def test_a_table_is_read_row_by_row(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"news{suffix}"
    rows = [{"title": "一", "text": "甲。"}, {"title": "二", "text": "乙，\n丙。"}]
    if suffix == ".csv":
        path.write_text('title,text\n一,甲。\n二,"乙，\n丙。"\n', encoding="utf-8")
    else:
        content = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
        path.write_bytes(gzip.compress(content) if suffix.endswith("gz") else content)
    corpus = pt.read_corpus(path)
    assert list(corpus.documents["doc"]) == ["news-1", "news-2"]
    assert list(corpus.documents["title"]) == ["一", "二"]
    assert corpus.source("news-2") == "乙，\n丙。"


@pytest.mark.parametrize(
    ("listing", "message"),
    [
        ("doc\na\n", "documents.csv: no column 'file'"),
        ("file\nmissing.txt\n", "documents.csv names missing.txt"),
        ("file\n../out.txt\n", "lies outside"),
        ("file,start,end\na.txt,0,99\n", "row 2: 0–99 is no stretch of a.txt"),
        ("file,start,end\na.txt,x,\n", "row 2: start and end must be whole numbers"),
        ("file,title\na.txt,一,二\n", "row 2: not as many cells as headings"),
        ("file,doc\na.txt,x\nb.txt,x\n", "two documents are called x"),
    ],
)
def test_a_bad_list_is_named_with_its_row(tmp_path: Path, listing: str, message: str) -> None:
    path = folder(tmp_path, documents__csv=listing, a__txt="甲。", b__txt="乙。")
    with pytest.raises(pt.CorpusError, match=message):
        pt.read_corpus(path)


def test_other_bad_input(tmp_path: Path) -> None:
    with pytest.raises(pt.CorpusError, match="no such folder or table"):
        pt.read_corpus(tmp_path / "nowhere")
    with pytest.raises(pt.CorpusError, match=r"no \.txt file"):
        pt.read_corpus(tmp_path)
    (tmp_path / "gb.txt").write_bytes("温州".encode("gb18030"))
    with pytest.raises(pt.CorpusError, match=r"gb\.txt: byte 0 is not UTF-8"):
        pt.read_corpus(tmp_path)
    (tmp_path / "t.csv").write_text("title\n一\n", encoding="utf-8")
    with pytest.raises(pt.CorpusError, match="no column 'text'"):
        pt.read_corpus(tmp_path / "t.csv")


def test_an_unknown_document_is_named(corpus: pt.Corpus) -> None:
    with pytest.raises(KeyError, match="no document 'x'"):
        corpus.source("x")
