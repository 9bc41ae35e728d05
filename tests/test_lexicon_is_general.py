"""Nothing that only the page says is in the lexicon: such a row would not hold elsewhere."""

import gzip
import json
from pathlib import Path

import pytest

import policytext as pt
from policytext.lexicon import TABLES

# Names, formulae with a source of their own, and what is dropped from jieba's dictionary are known
# from elsewhere.
SOURCED = {"places", "offices", "surnames", "titles", "formulae", "tagset", "dictionary_delta"}


@pytest.fixture(scope="module")
def elsewhere(shared: Path) -> str:
    reports = (shared / "corpora" / "shenzhen-districts" / "texts").glob("*.txt")
    path = shared / "corpora" / "xinwen-lianbo-2012.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        news = [json.loads(line)["text"] for line in file]
    return "\n".join([*(report.read_text(encoding="utf-8") for report in reports), *news])


@pytest.mark.parametrize("name", sorted(set(TABLES) - SOURCED))
def test_a_word_of_the_page_stands_in_other_texts_too(
    name: str, elsewhere: str, corpus: pt.Corpus
) -> None:
    page = corpus.source("ouhai").replace("\n", "")
    words = [word for word in pt.default_lexicon()[name].iloc[:, 0] if len(word) > 1]
    assert [word for word in words if word in page and word not in elsewhere] == []
