"""Cutting and tagging: what every pitfall of the guide does, on sentences of our own."""

import random
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import policytext as pt
from build_dictionary_delta import dropped
from policytext import text as tx
from policytext.corpus.corpus import SENTENCE_COLUMNS
from policytext.evaluation import segmentation as scoring
from policytext.lexicon.check import faults
from policytext.lexicon.lexicon import Lexicon
from policytext.lexicon.schema import TABLES, Sheet
from policytext.words.cutting import JiebaEngine, mask
from policytext.words.dictionary import TOTAL, counts, dictionary, weights
from policytext.words.tag_model import published, quiet_jieba

COLUMNS = ["doc", "start", "end", "sentence", "text", "tag"]


def one(text: str) -> pt.Corpus:
    """A corpus of one sentence."""
    rows = [("a", 0, len(text), "body", None, None, 0, tx.clean(text))]
    sentences = pd.DataFrame(rows, columns=SENTENCE_COLUMNS)
    return pt.Corpus(sentences[["doc", "start", "end"]], sentences, {"a": text})


def cut(text: str, **options: Any) -> str:
    return " ".join(pt.segment(one(text), **options)["text"])


def tagged(text: str, **options: Any) -> str:
    table = pt.segment(one(text), **options)
    return " ".join(f"{word}/{tag}" for word, tag in zip(table["text"], table["tag"], strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Grain: phrases apart, words in one piece.
        ("推进科学决策", "推进 科学 决策"),
        ("实现高质量发展", "实现 高 质量 发展"),
        ("走向共同富裕", "走向 共同 富裕"),
        ("三年行动", "三 年 行动"),
        ("一批十大项目", "一 批 十 大 项目"),
        ("区委书记带头", "区委 书记 带头"),
        ("能级跃升提速", "能级 跃升 提速"),
        ("“十四五”规划", "“ 十四五 ” 规划"),
        # What jieba's hidden Markov model glues across function words.
        ("区域竞争上开新局", "区域 竞争 上 开 新 局"),
        ("科技和科研", "科技 和 科研"),
        # Numbers, dates, codes, Latin words.
        ("2021年9月30日", "2021年 9月 30日"),
        ("二〇二一年", "二〇二一年"),
        ("奖励20万元", "奖励 20万 元"),
        ("增长8.5%左右", "增长 8.5% 左右"),
        ("用3-5年时间", "用 3 - 5 年 时间"),
        ("构建“1+5+2”体系", "构建 “ 1+5+2 ” 体系"),
        ("完善10+N机制", "完善 10+N 机制"),
        ("人均GDP突破10万元", "人均 GDP 突破 10万 元"),
        ("1,200.5亿元", "1,200.5亿 元"),
        ("算力160EFlops", "算 力 160EFlops"),
        ("装机8.5GW、20万kW", "装机 8.5GW 、 20万 kW"),
        ("三百二十个", "三百二十 个"),
        ("三分之一以上", "三分之一 以上"),
        ("第五届", "第五 届"),
        # Full-width letters and digits.
        ("２０２１年ＧＤＰ增长８％", "２０２１年 ＧＤＰ 增长 ８％"),
        # Marks that no dictionary entry can hold.
        ("“以勇争先”、“一·二”", "“ 以 勇 争先 ” 、 “ 一 · 二 ”"),
        # The head of a place, and what only begins so.
        ("云和县长期发展", "云和县 长期 发展"),
        # Derived words and numeral abbreviations.
        ("建设先行区", "建设 先行区"),
        ("推动“六比争先”", "推动 “ 六比 争先 ”"),
    ],
)
def test_words_have_the_size_of_the_corpus(text: str, expected: str) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("永嘉和乐清", "永嘉/ns 和/c 乐清/ns"),
        ("推进鹿城农贸市场建设", "推进/v 鹿城/ns 农贸市场/n 建设/vn"),
        ("内蒙古、景宁、德清", "内蒙古/ns 、/w 景宁/ns 、/w 德清/ns"),
        ("柳市镇和石帆街道", "柳市镇/ns 和/c 石帆/ns 街道/n"),
        ("打开大门", "打开/v 大门/n"),
        ("大门镇", "大门镇/ns"),
        ("省发改委", "省/n 发改委/j"),
        ("记者陈建国通讯员林小玲", "记者/n 陈建国/nr 通讯员/n 林小玲/nr"),
        ("市长欧阳建国表示", "市长/n 欧阳建国/nr 表示/v"),
        ("实现发展质量新高", "实现/v 发展/vn 质量/n 新高/n"),
        ("促进经济发展", "促进/v 经济/n 发展/vn"),
        ("正在发展经济", "正在/d 发展/v 经济/n"),
        ("全面推进改革", "全面/ad 推进/v 改革/vn"),
        ("把任务落实好", "把/p 任务/n 落实/v 好/a"),
        ("2021年增长3成", "2021年/t 增长/v 3/m 成/q"),
        # A numeral as a given name before a title; the head of a place.
        ("张三同志主持会议", "张三/nr 同志/n 主持/v 会议/n"),
        ("云和县长李建国", "云和/ns 县长/n 李建国/nr"),
        # Places abroad and regions.
        ("访问首尔、冲绳", "访问/v 首尔/ns 、/w 冲绳/ns"),
        ("推进粤港澳大湾区建设", "推进/v 粤港澳大湾区/ns 建设/vn"),
    ],
)
def test_names_and_tags_in_context(text: str, expected: str) -> None:
    assert tagged(text) == expected


def test_words_join_back_and_offsets_are_contiguous(corpus: pt.Corpus) -> None:
    table = pt.segment(corpus)
    assert list(table.columns) == COLUMNS
    for row in table.itertuples():
        assert tx.clean(corpus.source(row.doc)[row.start : row.end]) == row.text
    joined = table.groupby("sentence")["text"].agg("".join)
    whole = corpus.sentences["text"].str.replace(r"\s", "", regex=True)
    assert (joined == whole).all()


def test_a_word_cut_by_a_column_break_is_one_word() -> None:
    table = pt.segment(one("发展海洋经\n\n济"))
    row = table.iloc[-1]
    assert (row["text"], row["start"], row["end"]) == ("经济", 4, 8)


def test_a_sentence_is_cut_alike_alone_and_among_others(corpus: pt.Corpus) -> None:
    whole = pt.segment(corpus)
    alone = pt.segment(corpus.select(["dongtou"]))
    among = whole[whole["doc"] == "dongtou"]
    columns = ["start", "end", "text", "tag"]
    assert (among[columns].to_numpy() == alone[columns].to_numpy()).all()


def test_nothing_that_happened_before_changes_a_word(corpus: pt.Corpus) -> None:
    before = pt.segment(corpus)
    import jieba

    jieba.add_word("科学决策", 10**6)
    jieba.add_word("共同", 0)  # a frequency of 0 leaks into every tokenizer's last step
    try:
        pd.testing.assert_frame_equal(before, pt.segment(corpus))
    finally:
        jieba.dt.FREQ.pop("科学决策", None)
        jieba.finalseg.Force_Split_Words.discard("共同")


def test_the_same_words_in_threads(corpus: pt.Corpus) -> None:
    expected = pt.segment(corpus)
    found: list[pd.DataFrame] = []
    threads = [threading.Thread(target=lambda: found.append(pt.segment(corpus))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    for table in found:
        pd.testing.assert_frame_equal(expected, table)


def test_another_process_is_silent_and_leaves_nothing_in_the_temp_folder(tmp_path: Path) -> None:
    program = (
        "import hashlib, policytext as pt; t = pt.segment(pt.read_corpus('data/wenzhou-2021'));"
        "print(len(t), hashlib.sha256(t.to_csv().encode()).hexdigest())"
    )
    cache = tmp_path / "cache"
    temp = tmp_path / "temp"
    temp.mkdir()
    environment = {"TMPDIR": str(temp), "POLICYTEXT_CACHE": str(cache), "PATH": ""}
    runs = [
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            env=environment | {"PYTHONHASHSEED": seed},
            check=True,
        )
        for seed in ("1", "2")
    ]
    assert runs[0].stdout == runs[1].stdout
    assert [run.stderr for run in runs] == [b"", b""]
    assert not list(temp.iterdir())
    assert list(cache.iterdir())


def test_the_path_is_the_one_jieba_takes(corpus: pt.Corpus) -> None:
    words = dictionary(pt.default_lexicon())
    own, twin = JiebaEngine(words), quiet_jieba().Tokenizer()
    twin.FREQ, twin.total, twin.initialized = counts(words.changed), TOTAL, True
    for text in corpus.sentences["text"]:
        masked, _ = mask(tx.fold(text))
        assert own.cut(masked) == list(twin.cut(masked, HMM=False))


def test_a_broken_cache_is_built_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYTEXT_CACHE", str(tmp_path))
    words = dictionary(pt.default_lexicon())
    (tmp_path / f"paths-{words.digest}.marshal").write_bytes(b"half a fi")
    assert weights(words)["推进"] < 0


def test_unrelated_words_move_no_line(corpus: pt.Corpus) -> None:
    lexicon = pt.default_lexicon()
    table = lexicon["words"]
    odd = [chr(0x3400 + i // 90) + chr(0x3500 + i % 90) for i in range(5000)]
    more = pd.concat([table, pd.DataFrame({"word": odd, "tags": "n"})], ignore_index=True)
    tables = {name: lexicon[name] for name in lexicon} | {"words": more}
    wider = Lexicon(tables, "with-unrelated-words")
    pd.testing.assert_frame_equal(pt.segment(corpus), pt.segment(corpus, wider))


def test_the_delta_is_what_the_recipe_makes() -> None:
    delta = pt.default_lexicon().words("dictionary_delta", "word")
    assert delta == {word for word, _ in dropped(published(), pt.default_lexicon())}


def test_every_tag_has_its_line_in_the_tagset(corpus: pt.Corpus) -> None:
    tagset = pt.default_lexicon()["tagset"]
    assert set(pt.segment(corpus)["tag"]) <= set(tagset["tag"])
    assert (tagset["coarse"] == tagset["tag"].str[0].str.lower()).all()


def test_attrs_say_what_made_the_table(corpus: pt.Corpus) -> None:
    attrs = pt.segment(corpus).attrs
    assert attrs["engine"].startswith("jieba 0.")
    assert attrs["lexicon"] == pt.default_lexicon().hash
    assert attrs["dictionary"] == dictionary(pt.default_lexicon()).digest


def test_units_take_the_words_of_their_span_and_split_a_word_they_cut() -> None:
    text = "推动“六比争先”，实现共同富裕"
    units = pd.DataFrame(
        [("a", 3, 7, "六比争先"), ("a", 3, 5, "inner"), ("a", 10, 12, None)],
        columns=["doc", "start", "end", "canonical"],
    )
    table = pt.segment(one(text), units=units)
    assert " ".join(f"{r.text}/{r.tag}" for r in table.itertuples()) == (
        "推动/v “/w 六比争先/unit ”/w ，/w 实/v 现共/unit 同/d 富裕/a"
    )
    assert list(table["end"][:-1]) == list(table["start"][1:])


def test_a_corpus_without_sentences_has_an_empty_table_of_the_same_kind(corpus: pt.Corpus) -> None:
    bare = pt.Corpus(corpus.documents, corpus.sentences.iloc[:0], corpus.sources)
    assert (pt.segment(bare).dtypes == pt.segment(corpus).dtypes).all()


def test_a_place_of_the_users_own_is_whole_and_tagged() -> None:
    place = {"name": "云岫镇", "short": "云岫", "level": "township"}
    wider = pt.default_lexicon().with_places([place])
    assert tagged("支持云岫发展", lexicon=wider) == "支持/v 云岫/ns 发展/vn"


OWN = "C++|AI+|5G+|A股|3D打印|G60科创走廊|Edu Trust认证|“双11”|7×24小时|Ⅰ段|大黄䓬虫丸|😀|𫖯水河|5G"
OWN_WORDS = [*OWN.split("|"), "AI", "第二课堂", "數字經濟"]


def with_words(*words: str) -> Lexicon:
    return pt.default_lexicon().with_words([(word, "nz") for word in words])


@pytest.mark.parametrize("around", ["在{}的", "推进{}发展", "，{}，"])
def test_any_characters_make_a_word_of_ones_own(around: str) -> None:
    for word in OWN_WORDS:
        table = pt.segment(one(around.format(word)), lexicon=with_words(*OWN_WORDS))
        assert list(table["tag"][table["text"] == word]) == ["nz"]


def made_strings(number: int) -> set[str]:
    """Strings of common and of any characters, mixed."""
    draw = random.Random(16)
    common = list(
        "的一是在发展人民大会第三百分之年月日十万王张主任化区长，、“”（）AaBbGg0159+-#%.&/ ×·＋ａ"
    )
    anywhere = [chr(c) for c in range(0x21, 0x2FA20) if unicodedata.category(chr(c))[0] not in "CM"]

    def one_string() -> str:
        kinds = draw.choice([[common], [common, anywhere], [anywhere]])
        return "".join(draw.choice(draw.choice(kinds)) for _ in range(draw.randint(1, 12)))

    return {" ".join(one_string().split()) for _ in range(number)} - {""}


def test_any_string_makes_a_word_of_ones_own() -> None:
    """Or the message names its row."""
    strings = sorted(made_strings(600))
    sheets = {word: Sheet([1], {"word": [tx.fold(word)], "tags": ["nz"]}) for word in strings}
    wrong = {word for word, sheet in sheets.items() if list(faults(sheet, TABLES["words"]))}
    taken = [word for word in strings if word not in wrong]
    lexicon = with_words(*{tx.fold(word): word for word in taken}.values())
    assert len(taken) > 400
    for word in taken:
        text = f"，{word}，"
        table = pt.segment(one(text), lexicon=lexicon)
        assert (word, "nz") in list(zip(table["text"], table["tag"], strict=True)), word
        assert (table["start"][1], table["end"][1]) == (1, len(text) - 1)
    with pytest.raises(pt.LexiconError, match="with_words, row 1, word: "):
        with_words(sorted(wrong)[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ＡＩ＋行动", "ＡＩ＋/nz 行动/vn"),
        ("Edu  Trust认证", "Edu  Trust认证/nz"),
        ("1.AI+5G+", "1/m ./w AI+/nz 5G+/nz"),
        # Letters and numerals go on as they began; another case is another word.
        ("MAIN，15G，ai", "MAIN/nx ，/w 15G/nx ，/w ai/nx"),
        ("第二课堂", "第二课堂/nz"),
    ],
)
def test_a_word_of_ones_own_is_found_whole(text: str, expected: str) -> None:
    assert tagged(text, lexicon=with_words(*OWN_WORDS)) == expected


def test_users_bring_words_of_their_own() -> None:
    def letters(text: str) -> Iterable[str]:
        return text

    text = "发展 经\n济"
    table = pt.segment(one(text), segmenter=letters)
    assert list(table["text"]) == ["发", "展", "经", "济"]
    assert [text[a:b] for a, b in zip(table["start"], table["end"], strict=True)] == list(
        table["text"]
    )
    again = pt.segment(one(text), segmenter=table[["doc", "start", "end"]])
    assert list(again["text"]) == list(table["text"])
    pairs = pt.segment(one("发展经济"), segmenter=lambda t: [("发展", "v"), ("经济", "n")])
    assert list(pairs["tag"]) == ["v", "n"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"engine": "nobody"}, "no engine 'nobody'; use one of jieba, rjieba"),
        ({"segmenter": lambda text: ["别的"]}, "must join back"),
        ({"segmenter": pd.DataFrame({"doc": []})}, "lacks end, start"),
        ({"segmenter": pd.DataFrame({"doc": ["a"], "start": [90], "end": [91]})}, "no sentence"),
        ({"units": pd.DataFrame({"doc": []})}, "lacks end, start"),
    ],
)
def test_what_cannot_be_cut_says_why(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        pt.segment(one("发展经济"), **options)


def test_scores_reach_what_the_project_promises() -> None:
    found = pt.segment(scoring.coded_corpus())
    scores = scoring.score_words(found, scoring.coded_words()).set_index("what")
    assert scores.loc["boundaries", "f1"] >= 0.94
    assert scores.loc["tag", "share"] >= 0.88
    assert scores.loc["tag, first letter", "share"] >= 0.94


def test_jieba_itself_scores_what_the_guide_says() -> None:
    found = pt.segment(scoring.coded_corpus(), segmenter=scoring.default_jieba)
    scores = scoring.score_words(found, scoring.coded_words())
    assert round(scores["f1"].iloc[0], 3) == 0.861
