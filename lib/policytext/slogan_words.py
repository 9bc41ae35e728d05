"""The lexicon's cue words for slogans, as expressions."""

import re
from functools import lru_cache
from typing import NamedTuple

from policytext.formulae import alternatives
from policytext.lexicon import Lexicon

_HAN = r"[\u4e00-\u9fff]"


class Words(NamedTuple):
    """The lexicon's cue words as expressions."""

    never: frozenset[str]
    award: re.Pattern[str]
    event: re.Pattern[str]
    event_after: re.Pattern[str]
    product_after: re.Pattern[str]
    programme: re.Pattern[str]
    programme_after: re.Pattern[str]
    orientation_after: re.Pattern[str]
    method_after: re.Pattern[str]
    position: re.Pattern[str]
    aim: re.Pattern[str]
    brand: re.Pattern[str]
    template: re.Pattern[str]
    numeral_words: frozenset[str]
    common_spirit: frozenset[str]
    building: re.Pattern[str]
    brands: frozenset[str]
    verbs: frozenset[str]


@lru_cache(maxsize=8)
def cue_words(lexicon: Lexicon) -> Words:
    """Compile the cue words of a lexicon once."""

    def one_of(kind: str, shortest: int = 1) -> str:
        words = lexicon.words("slogan_words", "word", kind=kind)
        return alternatives(word for word in words if len(word) >= shortest) or r"(?!)"

    ends = r"[，,。；;：:“”\s]|建设|上|新征程|新篇章|$"
    places = f"{one_of('aim')}|{one_of('position')}"
    never = lexicon.words("slogan_words", "word", kind="not")
    return Words(
        never | lexicon.words("slogan_words", "word", kind="idiom"),
        re.compile(rf"(?:{one_of('award')})[^，,。；;、]{{0,6}}$"),
        re.compile(rf"(?:{one_of('event')})$"),
        re.compile(rf"(?:等)?(?:系列|主题)?(?:{one_of('event', 2)})"),
        re.compile(rf"(?:等)?(?:{_HAN}{{2,4}})?(?:{one_of('product')}|品牌)"),
        re.compile(rf"(?:{one_of('programme')})$"),
        re.compile(rf"(?:等)?(?:{_HAN}{{2,4}})?(?:{one_of('programme', 2)})"),
        re.compile(rf"(?:的|等)?(?:{one_of('orientation')}|{_HAN}{{2}}(?:理念|精神|战略|目标))"),
        re.compile(rf"(?:的|等)?(?:{one_of('method')})"),
        re.compile(rf"(?:{one_of('position')})$"),
        re.compile(rf"(?:{places})$"),
        re.compile(rf"^(?:{one_of('brand')})$"),
        re.compile(rf"^(?:{one_of('template')})$"),
        lexicon.words("numeral_words", "word"),
        lexicon.words("slogan_words", "word", kind="common_spirit"),
        re.compile(
            # Each further limb is atomic, and a list has at most fifteen: a row of limbs that can
            # be parted in two ways each would else be tried in all combinations.
            rf"(?:打造|建设|建成|创建)(?:成为|成|好)?([^，,。；;：:“”\s]{{0,30}}?(?:{places})"
            rf"(?>[、和与及][^，,。；;：:“”\s、]{{2,24}}(?:{one_of('position')}|地)"
            rf"(?=[、和与及]|{ends})){{0,15}})(?={ends})"
        ),
        lexicon.words("slogan_words", "word", kind="brand"),
        lexicon.words("slogan_words", "word", kind="verb"),
    )
