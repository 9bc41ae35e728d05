"""Reading a folder or a table: offsets hold, and bad input is named with its fix."""

import gzip
import json
import warnings
from pathlib import Path

import pandas as pd
import pytest

import policytext as pt
from policytext import text as tx
from policytext.text.clean import clean


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


def test_sentences_keep_their_widths(tmp_path: Path) -> None:
    """The page has no full-width letters: what folds them would go unseen there."""
    text = "２０２１年，ＧＤＰ增长８％！\n第二句：甲；“Ａ＋”，\n（乙）。"
    corpus = pt.read_corpus(folder(tmp_path, a__txt=text))
    assert list(corpus.sentences["text"]) == [
        "２０２１年，ＧＤＰ增长８％！",
        "第二句：甲；“Ａ＋”，（乙）。",
    ]
    test_every_sentence_slices_out_of_its_source(corpus)


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


ROWS = [
    {"标题": "一", "正文": "甲。", "GDP": "3"},
    {"标题": "二", "正文": "乙，\n丙。", "GDP": "4"},
]


def write_table(path: Path) -> None:
    table = pd.DataFrame(ROWS)
    if path.suffix in (".csv", ".tsv"):
        table.to_csv(path, index=False, sep="\t" if path.suffix == ".tsv" else ",")
    elif path.suffix == ".xlsx":
        table.to_excel(path, index=False)
    elif path.suffix == ".parquet":
        table.to_parquet(path)
    else:
        content = "\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS).encode()
        path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx", ".jsonl", ".jsonl.gz", ".parquet"])
def test_a_table_is_read_row_by_row(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"news{suffix}"
    write_table(path)
    corpus = pt.read_corpus(path)
    assert list(corpus.documents["doc"]) == ["news-1", "news-2"]
    assert list(corpus.documents["title"]) == ["一", "二"]
    assert list(corpus.documents["GDP"]) == ["3", "4"]
    assert corpus.source("news-2") == "乙，\n丙。"
    assert list(corpus.report["detail"]) == ["正文 is read as text", "标题 is read as title"]


def test_columns_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("正文,修订稿,编号\n旧。,新。,k7\n", encoding="utf-8")
    corpus = pt.read_corpus(path, columns={"text": "修订稿"})
    assert corpus.source("k7") == "新。"
    assert list(corpus.documents["正文"]) == ["旧。"]
    with pytest.raises(pt.CorpusError, match=r"no column '终稿' to be read as text; it has 正文"):
        pt.read_corpus(path, columns={"text": "终稿"})


def test_a_misspelt_column_is_offered_the_nearest(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("题,正文定稿,编号\n甲,全年增长百分之六。,1\n", encoding="utf-8")
    for named in ("正文", "正文订稿"):
        with pytest.raises(pt.CorpusError, match=r"题, 正文定稿, 编号; is it 正文定稿\?"):
            pt.read_corpus(path, columns={"text": named})
    own = {"text": "正文定稿", "region": "编号"}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert "region" in pt.read_corpus(path, columns=own).documents
    with pytest.warns(pt.CorpusWarning, match="'titel' is no name of ours.*write title=题"):
        pt.read_corpus(path, columns={"text": "正文定稿", "titel": "题"})


def test_of_two_columns_with_one_meaning_the_other_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("正文,年份,日期\n甲。,2020,2021-02-03\n", encoding="utf-8")
    row = pt.read_corpus(path).documents.iloc[0]
    assert (row["date"], row["年份"], row["year"]) == ("2021-02-03", "2020", "2021")


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_csv_may_be_cut_by_other_marks(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f"题目{separator}内容\n一{separator}甲，乙。\n", encoding="utf-8")
    assert pt.read_corpus(path).source("t-1") == "甲，乙。"


PAGE = Path("data/wenzhou-2021/page.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_encodings_are_told_apart_and_offsets_count_in_the_decoded_text(
    tmp_path: Path, encoding: str
) -> None:
    text = PAGE.read_text(encoding="utf-8")
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    corpus = pt.read_corpus(tmp_path)
    assert corpus.source("a") == text
    guessed = encoding in ("gb18030", "utf-16-le")
    assert list(corpus.report["problem"]) == ["encoding"] * guessed


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["乡村振兴", "瓯海区工作报告", "全年增长6.5%。\n"])
def test_a_line_of_utf_16_without_its_mark(tmp_path: Path, text: str, encoding: str) -> None:
    """乡村振兴 is aNQg/ctQ to whoever reads it as UTF-8."""
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert pt.read_corpus(tmp_path).source("a") == text


@pytest.mark.parametrize("text", ["warnings of rain", "GDP", "2021-02-03"])
def test_a_line_of_latin_letters_is_no_chinese(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode())
    assert pt.read_corpus(tmp_path).source("a") == text


def test_big5_is_told_from_gb18030(tmp_path: Path) -> None:
    text = "臺灣與福建兩地的經濟發展，應當重視產業轉型與環境保護。"
    (tmp_path / "a.txt").write_bytes(text.encode("big5"))
    corpus = pt.read_corpus(tmp_path)
    assert corpus.source("a") == text
    assert corpus.report["detail"].to_list()[0] == "read as big5"
    assert corpus.report["problem"].to_list()[1:] == ["script not known"]


def test_an_encoding_can_be_named(tmp_path: Path) -> None:
    listing = "file,encoding\na.txt,gb18030\nb.txt,\n"
    folder(tmp_path, documents__csv=listing, b__txt="乙。")
    (tmp_path / "a.txt").write_bytes("甲。".encode("gb18030"))
    corpus = pt.read_corpus(tmp_path)
    assert [corpus.source(doc) for doc in ("a", "b")] == ["甲。", "乙。"]
    assert corpus.report.empty


def test_labels_tell_documents_apart(corpus: pt.Corpus, tmp_path: Path) -> None:
    assert list(corpus.documents["label"])[:2] == ["瓯海", "洞头"]
    listing = (
        "file,地区,日期,label\na.txt,瑞安市,2021,\nb.txt,瑞安市,2022,\nc.txt,瑞安市,2022,本市\n"
    )
    folder(tmp_path, documents__csv=listing, a__txt="甲。", b__txt="乙。", c__txt="丙。")
    assert list(pt.read_corpus(tmp_path).documents["label"]) == [
        "瑞安市 2021",
        "瑞安市 2022",
        "本市",
    ]


def test_texts_in_subfolders_are_read_and_system_files_are_not(tmp_path: Path) -> None:
    for name in ("2020/a.txt", "2021/b.TXT", ".trash/c.txt", "__MACOSX/._d.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("甲。" + name, encoding="utf-8")
    assert list(pt.read_corpus(tmp_path).documents["file"]) == ["2020/a.txt", "2021/b.TXT"]


def test_a_listing_made_on_windows(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/a.txt").write_text("甲。", encoding="utf-8")
    (tmp_path / "documents.csv").write_bytes("文件名,标题\r\ntexts\\a.txt,题\r\n".encode("gb18030"))
    assert pt.read_corpus(tmp_path).documents["title"].to_list() == ["题"]


@pytest.mark.parametrize(
    ("listing", "message"),
    [
        ("doc\na\n", "documents.csv: no column 'file'"),
        ("file\nmissing.txt\n", "row 2: .* has no file missing.txt; correct the name"),
        ("file\n../out.txt\n", "lies outside"),
        ("file,doc\n,x\n", "row 2: no file"),
        ("file,start,end\na.txt,0,99\n", "row 2: 0–99 is no stretch of a.txt"),
        ("file,start,end\na.txt,x,\n", "row 2: x–None; start and end must be whole numbers"),
        ("file,title\na.txt,一,二\n", "row 2: not as many cells as headings"),
        ("file,doc\na.txt,x\nb.txt,x\n", "row 3: two documents are called x"),
        ("file,title\na.txt,'一\nb.txt,\"二\n", "row 3: unexpected end of data"),
    ],
)
def test_a_bad_list_is_named_with_its_row(tmp_path: Path, listing: str, message: str) -> None:
    path = folder(tmp_path, documents__csv=listing, a__txt="甲。", b__txt="乙。")
    with pytest.raises(pt.CorpusError, match=message):
        pt.read_corpus(path)


def test_an_unknown_document_is_named(corpus: pt.Corpus) -> None:
    with pytest.raises(KeyError, match="no document 'x'"):
        corpus.source("x")


@pytest.mark.parametrize(
    ("strange", "problem"),
    [
        ("\x00", "null characters"),
        ("锟斤拷", "replacement characters"),
        ("\ufffd", "replacement characters"),
        ("建设".encode().decode("cp1252", "ignore"), "wrongly decoded characters"),
        ("中国".encode().decode("latin-1"), "wrongly decoded characters"),
        ("高质量".encode("gbk").decode("latin-1"), "wrongly decoded characters"),
        ("发展，中国。".encode().decode("gbk", "ignore"), "wrongly decoded characters"),
        ("&ldquo;", "names of characters"),
        ("&#8220;", "names of characters"),
        ("2014\u00ad2020", "soft hyphens"),
        ("\uf06c", "private-use characters"),
        ("⼀⻓", "radicals for characters"),
    ],
)
def test_strange_characters_are_named_with_their_line(
    tmp_path: Path, strange: str, problem: str
) -> None:
    (tmp_path / "a.txt").write_text(f"增长6%。\r\n\r\n坚持{strange}目标。", encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pt.CorpusWarning)
        report = pt.read_corpus(tmp_path).report
    note = report.set_index("problem").loc[problem]
    assert "the first in line 3" in note["detail"]


@pytest.mark.parametrize("hidden", ["\u00ad", "\u200b", "\ufeff", "\u2060"])
def test_numbers_and_slogans_are_found_with_a_hidden_character_inside(
    tmp_path: Path, hidden: str
) -> None:
    text = "2021年力X争生产总X值增长6X%。推进“八大工X程”建设。规划期为2014\u00ad2020年。"
    (tmp_path / "a.txt").write_text(text.replace("X", hidden), encoding="utf-8")
    with pytest.warns(pt.CorpusWarning, match="cut in two"):
        corpus = pt.read_corpus(tmp_path)
    target = pt.find_targets(corpus).iloc[0]
    assert (target["text"], target["indicator_name"]) == (f"6{hidden}%", "GDP")
    assert corpus.source("a")[target["start"] : target["end"]] == target["text"]
    assert pt.find_slogans(corpus)["canonical"].to_list() == ["八大工程"]
    assert "2014\u00ad2020年" in pt.find_quantities(corpus)["text"].to_list()


def test_clean_texts_have_no_strange_characters(tmp_path: Path) -> None:
    text = "R&D投入增长6%；AT&T、A&B；à la carte，café、naïve、Ångström；锛刀。¥100±5°"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert "characters" not in " ".join(pt.read_corpus(tmp_path).report["problem"])


def test_radicals_are_read_as_the_characters_that_they_stand_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "⼀、⽬标\n2021年⼒争⽣产总值增⻓6%，坚持⽣产第⼀。\n推进“⼋⼤⼯程”建设。", encoding="utf-8"
    )
    corpus = pt.read_corpus(tmp_path)
    assert corpus.sentences["part"].to_list() == ["heading", "body", "body"]
    target = pt.find_targets(corpus).iloc[0]
    assert (target["indicator_name"], target["commitment"]) == ("GDP", "strive")
    assert corpus.source("a")[target["start"] : target["end"]] == target["text"] == "6%"
    slogan = pt.find_slogans(corpus).iloc[0]
    assert (slogan["text"], slogan["canonical"]) == ("⼋⼤⼯程", "八大工程")
    words = pt.segment(corpus)["text"].map(tx.fold)
    assert list(words).count("生产") == 1


def test_a_selection_keeps_the_report_of_its_documents(tmp_path: Path) -> None:
    folder(tmp_path, a__txt="甲\u200b。", b__txt="乙\u200b。")
    with pytest.warns(
        pt.CorpusWarning, match=r"zero-width characters: a: 1, .*\(also b; see corpus"
    ):
        corpus = pt.read_corpus(tmp_path)
    assert list(corpus.select(["b"]).report["doc"]) == ["b"]


def test_twelve_thousand_news_items_are_read(shared: Path) -> None:
    with pytest.warns(pt.CorpusWarning) as caught:
        news = pt.read_corpus(shared / "corpora/xinwen-lianbo-2012.jsonl.gz")
    assert any("same text twice" in str(one.message) for one in caught)
    assert len(news.documents) == news.documents["label"].nunique() == 12_000


def test_the_shenzhen_folder_is_read_with_four_warnings(shared: Path) -> None:
    with pytest.warns(pt.CorpusWarning) as caught:
        reports = pt.read_corpus(shared / "corpora/shenzhen-districts")
    assert [str(one.message).partition(":")[0] for one in caught] == [
        "private-use characters",
        "little prose",
        "same place and year",
        "passage twice",
    ]
    assert list(reports.report["doc"]) == [
        *["pingshan-2021a"] * 2,
        *(f"{place}-2021a" for place in ("baoan", "longhua", "luohu", "pingshan")),
        "pingshan-2021a",
    ]
