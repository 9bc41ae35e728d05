"""The chooser: what its script is given is what the finders found, and no text is markup."""

import json
import re
from importlib import import_module
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest

import policytext as pt
from policytext.reading.explore import Explorer


def data_of(page: Explorer) -> dict[str, Any]:
    [data] = re.findall(
        r'<script type="application/json" id="data">(.*?)</script>', page.html, re.DOTALL
    )
    loaded = json.loads(data)
    for block in (block for doc in loaded["docs"] for block in doc["blocks"]):
        block["text"] = "".join(piece[0] for piece in block["pieces"])
    return loaded


def words_of(block: dict[str, Any]) -> list[str]:
    ends = list(accumulate(int(length, 36) for length in block["cuts"]))
    return [block["text"][a:b] for a, b in zip([0, *ends], ends, strict=False)]


@pytest.fixture(scope="module")
def corpus() -> pt.Corpus:
    return pt.read_corpus("data/wenzhou-2021")


@pytest.fixture(scope="module")
def data(corpus: pt.Corpus) -> dict[str, Any]:
    return data_of(pt.explore(corpus))


def test_every_hit_is_a_row_of_its_finder(corpus: pt.Corpus, data: dict[str, Any]) -> None:
    promises = pt.find_targets(corpus).query("is_target")
    for kind, table in (("slogans", pt.find_slogans(corpus)), ("targets", promises)):
        hits = [hit for hits in data[kind].values() for hit in hits]
        shown = [
            data["docs"][doc]["blocks"][block]["text"][at : at + length]
            for doc, block, at, length in hits
        ]
        assert sorted(shown) == sorted(table["text"])


def test_words_are_those_of_the_table(corpus: pt.Corpus, data: dict[str, Any]) -> None:
    tokens = pt.segment(corpus)
    shown = [word for doc in data["docs"] for block in doc["blocks"] for word in words_of(block)]
    for word in ("改革", "数字化", "温州"):
        assert shown.count(word) == (tokens["text"] == word).sum() > 0
    assert "的" not in data["words"]
    assert set(data["by"]) == {"place", "author", "office", "kind", "label"}


def test_a_text_cannot_be_markup_and_rare_letters_count_once(tmp_path: Path) -> None:
    text = "# 题</script><b>\n\n力争𠮷祥企业达到50家。" + "a" * 80 + " <img src=x>\n"
    (tmp_path / "甲.txt").write_text(text, "utf-8")
    page = pt.explore(pt.read_corpus(tmp_path), language="en")
    assert page.html.count("</script>") == 2
    assert "<img" not in page.html
    assert '<html lang="en">' in page.html
    loaded = data_of(page)
    [[hit]] = loaded["targets"].values()
    body = loaded["docs"][0]["blocks"][hit[1]]
    assert body["text"][hit[2] : hit[2] + hit[3]] == "50家"
    assert "".join(words_of(body)) == body["text"]


def test_of_a_large_corpus_the_first_texts_are_taken(
    corpus: pt.Corpus, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    module = import_module("policytext.reading.explore")  # the folder has the function by this name
    monkeypatch.setattr(module, "MAX_CHARACTERS", 2000)
    page = pt.explore(corpus, language="zh")
    assert (page.texts, page.left) == (1, 7)
    assert "文本太多，只收前面的: 1 / 8" in page.html
    assert page.save(tmp_path / "e.html").read_text("utf-8") == page.html
    with pytest.raises(ValueError, match="none of zh, en, both"):
        pt.explore(corpus, language="fr")


def test_a_viewer_that_leaves_out_the_frame_is_told_what_to_do(corpus: pt.Corpus) -> None:
    html = pt.explore(corpus.select(["cangnan-water"]))._repr_html_()
    left = re.sub("<[^>]*>", "", html)
    assert left == "运行这一格，这里就打开选读页 run this cell, and the page opens here"
