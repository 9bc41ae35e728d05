"""Rows of one's own: from lists in Python and from files as people have them."""

import warnings
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import policytext as pt
from policytext.kwic import concordance
from policytext.lexicon.lexicon import Lexicon
from policytext.lexicon.schema import LexiconWarning
from policytext.terms import count_terms, keyness, select_terms

LEXICON = pt.default_lexicon()


def tags_of(lexicon: Lexicon, *words: str) -> list[str]:
    table = lexicon["words"].set_index("word")["tags"]
    return [table[word] for word in words]


@pytest.mark.parametrize(
    "words",
    [
        ["C++", ("AI+", "nz"), {"word": "Edu Trust认证"}],
        {"C++": "n", "AI+": "nz", "Edu Trust认证": "n"},
        pd.DataFrame({"word": ["C++", "AI+", "Edu Trust认证"], "tags": ["n", "nz", None]}),
    ],
)
def test_words_are_given_in_python(words: Any) -> None:
    assert tags_of(LEXICON.with_words(words), "C++", "AI+", "Edu Trust认证") == ["n", "nz", "n"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize(
    "text",
    [
        "# 我的词\n\n低空经济\nＡ股 nz\nedu trust认证\n",
        "低空经济 100 n\nA股 5 nz\nedu trust认证 10\n",
        "低空经济\t100\nA股\t5\tnz\nedu trust认证\n",
        "word,tags\n低空经济,\nA股,nz\nedu trust认证,n\n",
        "tags;word\n;低空经济\nnz;A股\nn;edu trust认证\n",
        "word\r\n低空经济\r\nA股\r\nedu trust认证\r\n",
    ],
)
def test_words_are_given_in_a_file(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "mine.txt"
    path.write_bytes(text.encode(encoding))
    found = tags_of(LEXICON.with_words(path), "低空经济", "A股", "edu trust认证")
    assert found == ["n", "nz" if "nz" in text else "n", "n"]


def test_a_tag_of_jieba_becomes_ours(tmp_path: Path) -> None:
    path = tmp_path / "userdict.txt"
    path.write_text("云岫 3 nrt\nPython 5 eng\n", encoding="utf-8")
    assert tags_of(LEXICON.with_words(path), "云岫", "Python") == ["nr", "nx"]


def test_the_same_rows_make_the_same_lexicon(tmp_path: Path) -> None:
    wider = LEXICON.with_words(["低空经济"])
    assert wider.hash != LEXICON.hash
    for name, table in wider.items():
        table.to_csv(tmp_path / f"{name}.csv", index=False)
    assert pt.read_lexicon(tmp_path) == wider
    assert wider.with_words([("低空经济", "vn")])["words"]["word"].is_unique


def test_a_string_that_is_no_path_is_a_word() -> None:
    assert LEXICON.with_words("低空经济") == LEXICON.with_words(["低空经济"])


@pytest.mark.parametrize(
    ("table", "given", "message"),
    [
        ("words", "低空.csv", "低空.csv: no such file; give a file, or the words as a list: ['低"),
        ("words", [("低空", "vm")], "with_words, row 1, tags: 'vm' is not in the column tag of"),
        ("words", ["低空", "飞\n行"], "with_words, row 2, word: '飞\\n行' has a line break in it"),
        ("words", ["好！世界"], "with_words, row 1, word: a sentence ends inside '好!世界'"),
        ("words", [("低空", "n", "5")], "with_words, row 1: has 3 cells; write word, tags"),
        ("words", [{"词": "低空"}], "with_words, row 1, 词: is no column of the table; use word"),
        ("words", [("", "n")], "with_words, row 1, word: is empty; write the word as texts"),
        ("places", ["云岫镇"], "with_places, row 1, level: is empty; write one of central,"),
        ("formulae", ["三山共进"], "township; in a list give (formula, level), in a file write"),
        (
            "formulae",
            [("三山共进", "city")],
            "row 1, level: 'city' is not one of its values",
        ),
        ("formulae", [("“”、", "county")], "row 1, formula: '“”、' has no word; write its words"),
        ("synonyms", ["GDP"], "with_synonyms, row 1, counted_as: is empty; write the word as"),
        (
            "synonyms",
            {"甲一": "乙二", "乙二": "丙三"},
            "row 1, counted_as: '乙二' is itself",
        ),
        ("synonyms", {"甲一": "甲一"}, "row 1, counted_as: '甲一' is counted as itself; write"),
        ("synonyms", [("Gdp", "甲一"), ("GDP", "乙二")], "row 2, word: 'GDP' is in row 1 already"),
        ("synonyms", [("甲一", None)], "row 1, counted_as: is empty; write the word as texts"),
    ],
)
def test_a_row_that_can_never_match_is_named(table: str, given: Any, message: str) -> None:
    with pytest.raises(pt.LexiconError) as error:
        LEXICON.with_rows(table, given)
    assert message in str(error.value)


def test_a_place_is_given_as_name_and_level_and_a_level_in_chinese() -> None:
    wider = LEXICON.with_places([("云岫镇", "township")]).with_formulae([("三山共进", "县级")])
    assert "云岫镇" in wider.words("places", "name", level="township", short="")
    assert "三山共进" in wider.words("formulae", "formula", level="county", core="yes")


def test_a_fault_of_a_file_has_the_number_of_its_line(tmp_path: Path) -> None:
    path = tmp_path / "userdict.txt"
    path.write_text("# mine\n低空 3 n\n飞行 2 tech\n", encoding="utf-8")
    with pytest.raises(pt.LexiconError, match=r"userdict.txt, row 3, tags: 'tech' is not in"):
        LEXICON.with_words(path)
    path.write_bytes(b"PK\x03\x04rest")
    with pytest.raises(pt.LexiconError, match=r"userdict.txt: is a workbook, whatever its name"):
        LEXICON.with_words(path)


# --- what they do -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> pt.Corpus:
    folder = tmp_path_factory.mktemp("texts")
    one = "甲县推进AI+行动，学习C++和Edu Trust认证。GDP增长，地区生产总值增长，推进😀项目。\n"
    two = "乙县推进改革，生产总值增长，低空经济增长，学习A/B测试和[甲]类产品。\n"
    for name, text in (("a", one), ("b", two)):
        (folder / f"{name}.txt").write_text(text * 6, encoding="utf-8")
    return pt.read_corpus(folder)


@pytest.fixture(scope="module")
def tokens(texts: pt.Corpus) -> pd.DataFrame:
    own = ["AI+", "C++", "Edu Trust认证", "A/B测试", "[甲]类", "😀", "低空经济"]
    return pt.segment(texts, LEXICON.with_words(own))


@pytest.mark.parametrize("query", ["C++", "AI+", "Edu Trust认证", "A/B测试", "[甲]类", "推进 AI+"])
def test_words_of_any_characters_are_found_in_context(
    texts: pt.Corpus, tokens: pd.DataFrame, query: str
) -> None:
    assert len(concordance(texts, query, tokens)) == 6


def test_words_of_any_characters_are_counted(texts: pt.Corpus, tokens: pd.DataFrame) -> None:
    words = select_terms(tokens, texts)
    counts = count_terms(words, texts, by="doc").set_index("term")["count"]
    assert counts[["C++", "Edu Trust认证", "😀", "低空经济"]].tolist() == [6] * 4
    found = keyness(words, texts, target="a", by="doc", min_count=1)
    assert {"C++", "AI+"} <= set(found["term"])


def test_stop_words_are_added_or_replaced(
    texts: pt.Corpus, tokens: pd.DataFrame, tmp_path: Path
) -> None:
    path = tmp_path / "stop.txt"
    path.write_text("推进\n，\n学习\n", encoding="utf-8")
    shipped = set(LEXICON["stopwords"]["word"])
    with pytest.warns(LexiconWarning, match=r"stop.txt: 1 rows are marks \(,"):
        words = select_terms(tokens, texts, extra_stopwords=path)
    assert words.attrs["selection"]["stopwords"] == len(shipped | {"推进", "学习"})
    assert not {"推进", "学习"} & set(words.loc[words["counted"], "term"])
    assert select_terms(tokens, texts, stopwords=["推进"]).attrs["selection"]["stopwords"] == 1


def test_synonyms_are_counted_as_one_and_keep_their_wording(
    texts: pt.Corpus, tokens: pd.DataFrame
) -> None:
    words = select_terms(tokens, texts, synonyms={"GDP": "生产总值"})
    counts = count_terms(words, texts, by=None).set_index("term")["count"]
    assert counts["生产总值"] == 18 and "GDP" not in counts
    assert "GDP" in set(words.loc[words["term"] == "生产总值", "text"])


@pytest.mark.parametrize("mark", [" = ", "＝", "\t", ",", "；", " → ", "=>", "："])
def test_synonyms_are_a_line_each_in_a_file_or_a_list(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "same.txt"
    path.write_text(f"# mine\nGDP{mark}地区生产总值\n", encoding="utf-8")
    for given in (path, [f"GDP{mark}地区生产总值"]):
        wider = LEXICON.with_synonyms(given)
        assert wider.words("synonyms", "counted_as", word="GDP") == {"地区生产总值"}


def test_three_words_of_a_line_are_no_pair(tmp_path: Path) -> None:
    path = tmp_path / "same.txt"
    path.write_text("GDP = 地区生产总值 = 生产总值\n", encoding="utf-8")
    with pytest.raises(pt.LexiconError, match=r"same.txt, row 1: has 3 words; write two a line"):
        LEXICON.with_synonyms(path)


@pytest.mark.parametrize("names", [{"GDP": "地区生产总值"}, {"地区生产总值": "gdp"}])
def test_synonyms_count_as_one_word_from_cutting_to_concordance(
    tmp_path: Path, names: dict[str, str]
) -> None:
    text = "甲县GDP增长，ＧＤＰ居前，gdp总量居前，地区生产总值增长6%。\n"
    (tmp_path / "a.txt").write_text(text * 6, encoding="utf-8")
    corpus, own = pt.read_corpus(tmp_path), LEXICON.with_synonyms(names)
    words = select_terms(pt.segment(corpus, own), corpus, lexicon=own)
    (one,) = names.values()
    assert count_terms(words, corpus, by=None).set_index("term")["count"][one] == 24
    assert len(concordance(corpus, one, words)) == 24


def test_synonyms_of_ones_own_go_before_those_of_the_lexicon() -> None:
    def counted(lexicon: Lexicon) -> dict[str, str]:
        return lexicon["synonyms"].set_index("word")["counted_as"].to_dict()

    assert counted(LEXICON)["R&D"] == "研发"
    assert counted(LEXICON.with_synonyms({"研发": "研究开发"}))["R&D"] == "研究开发"
    turned = counted(LEXICON.with_synonyms({"研发": "R&D"}))
    assert turned["研发"] == "R&D" and "R&D" not in turned


@pytest.mark.parametrize(
    "words",
    [
        ["低空经济", None, float("nan"), " "],
        pd.Series(["低空经济", None]),
        pd.DataFrame({"word": ["低空经济", None], "tags": [None, float("nan")]}),
    ],
)
def test_empty_cells_among_rows_are_left_out_and_named(words: Any) -> None:
    with pytest.warns(LexiconWarning, match="with_words: left out as empty: row 2"):
        assert tags_of(LEXICON.with_words(words), "低空经济") == ["n"]


@pytest.mark.parametrize("text", ["", "# none\n", "word,tags\n", "\n\n"])
def test_a_file_without_a_row_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mine.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.warns(LexiconWarning, match="mine.txt: no row in it, so nothing is added"):
        LEXICON.with_words(path)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("海上花园 abc n", "海上花园 abc"),
        ("海上花园 n 12", "海上花园 n"),
        ("海上花园 vm", "海上花园 vm"),
        ("花园、公园", "花园、公园"),
    ],
)
def test_a_word_that_may_be_two_is_named(tmp_path: Path, line: str, word: str) -> None:
    path = tmp_path / "mine.txt"
    path.write_text(line, encoding="utf-8")
    with pytest.warns(LexiconWarning, match=f"mine.txt: read as one word: '{word}' .row 1.; if"):
        assert tags_of(LEXICON.with_words(path), word) == ["n"]


def test_commas_part_word_count_and_tag(tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("低空经济,3,nz\n飞行汽车，n\nEdu Trust认证\nAI 大模型\n", encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = tags_of(LEXICON.with_words(path), "低空经济", "飞行汽车", "AI 大模型")
    assert found == ["nz", "n", "n"]


def test_a_word_that_stands_nowhere_is_warned_of(texts: pt.Corpus, tokens: pd.DataFrame) -> None:
    with pytest.warns(LexiconWarning, match="nowhere in the texts: 云岫; see whether these rows"):
        select_terms(tokens, texts, extra_stopwords=["推进", "云岫"])


def test_a_word_that_is_cut_is_warned_of(texts: pt.Corpus, tokens: pd.DataFrame) -> None:
    said = r"never as one word: 地区生产总值 \(6\); segment with lexicon.with_words\(\['地区生产"
    with pytest.warns(LexiconWarning, match=said):
        select_terms(tokens, texts, synonyms={"地区生产总值": "GDP"})
