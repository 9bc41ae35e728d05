"""Traditional characters: which texts are written in them, and the same in simplified ones."""

import re
from collections.abc import Callable
from functools import cache

# Of the Chinese characters, and of how many of them at most.
_MIN_HAN, _MAX_OF_THE_OTHER, _READ = 50, 0.05, 20_000
_HAN = re.compile(r"[\u3400-\u9fff]+")
_WORDS = re.compile(r"(\W+)")


def scripts(text: str) -> tuple[int, int, int]:
    """How many Chinese characters a text begins with, and how many are not simplified, not old.

    No list is needed: each of the two old standards has the characters of one script.

    >>> scripts("全年經濟穩定增长")
    (8, 3, 1)
    """
    han = "".join(_HAN.findall(text, 0, _READ))
    kept = [len(han.encode(name, "ignore").decode(name)) for name in ("gb2312", "big5")]
    return len(han), len(han) - kept[0], len(han) - kept[1]


def is_traditional(text: str) -> bool:
    """Whether traditional characters are no exception in a text, alone or among simplified ones."""
    han, traditional, _ = scripts(text)
    return han >= _MIN_HAN and is_no_exception(traditional, han)


def is_no_exception(characters: int, han: int) -> bool:
    """Whether so many of ``han`` characters are more than a name or a quotation in another script.

    >>> is_no_exception(6, 100), is_no_exception(5, 100)
    (True, False)
    """
    return characters > _MAX_OF_THE_OTHER * han


def hints_of_tradition(text: str) -> int:
    """How many traditional characters a text has that is too short to tell its script by.

    A name may have one that no list of simplified ones knows (喆); two are a hint.

    >>> hints_of_tradition("臺灣經濟發展"), hints_of_tradition("王喆发言")
    (5, 0)
    """
    han = "".join(_HAN.findall(text, 0, _READ))
    simplified_ones = han.encode("gb2312", "ignore").decode("gb2312")
    old = [c for c in han if c not in simplified_ones and c.encode("big5", "ignore")]
    enough = len(old) > max(1, _MAX_OF_THE_OTHER * len(han))
    return len(old) if enough and len(han) < _MIN_HAN else 0


@cache
def converter() -> Callable[[str], str] | None:
    """What turns traditional into simplified characters, None without the extra ``opencc``."""
    try:
        from opencc import OpenCC
    except ImportError:
        return None
    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


def simplified(text: str) -> str:
    """A text in simplified characters, one for one; without the extra ``opencc`` as it is.

    >>> simplified("全年增长6%")
    '全年增长6%'
    """
    convert = converter()
    if convert is None or text.isascii():
        return text
    whole = convert(text)
    if len(whole) == len(text):
        return whole
    if len(text) == 1:
        return text
    # Of a phrase that would change its length each character is converted alone.
    pieces = _WORDS.split(text)
    return "".join(map(simplified, list(text) if text in pieces else pieces))


def readable(text: str) -> str:
    """A text as the finders read it: a traditional one in simplified characters."""
    return simplified(text) if converter() and is_traditional(text) else text
