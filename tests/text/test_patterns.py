"""An index finds what a search through the text finds."""

import random
import re

import pytest

from policytext.text.patterns import TextIndex, Words


@pytest.mark.parametrize("seed", range(20))
def test_every_place_of_every_word_is_found(seed: int) -> None:
    made = random.Random(seed)
    text = "".join(made.choices("争先优创𠀀a\uffff", k=made.randrange(80)))
    words = {"".join(made.choices("争先优创𠀀a\uffff", k=made.randrange(7))) for _ in range(60)}
    expected = {
        word: [match.start() for match in re.finditer(f"(?={re.escape(word)})", text)]
        for word in words
        if word and word in text
    }
    assert dict(TextIndex(text).places(Words(words))) == expected


def test_of_words_that_overlap_the_first_and_what_lies_in_it_are_taken() -> None:
    index = TextIndex("敢闯敢试敢为人先")
    words = Words(["敢闯敢试", "敢试", "试敢为", "人先", "为人先", "敢为人先"])
    assert index.spans(words) == [(0, 4), (2, 4), (4, 8), (5, 8), (6, 8)]
    assert TextIndex("").spans(words) == []
