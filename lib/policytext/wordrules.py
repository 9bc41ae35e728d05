"""Words whose shape says what they are: numbers, dates, percentages, codes, Latin words."""

import re
from typing import NamedTuple

# Alternatives in order: the longest reading of a numeral comes first. All runs on folded text.
# Every one begins with a set of characters, by which the search skips what cannot begin any; what
# stands before is asked one character later. Runs are bounded or possessive (++): a search that
# fails must not have looked at all of a long run, since it is repeated from the next character.
_SHAPES = {
    "space": r"\s+",
    # A year has four digits; 30日均 and 9月均 are averages.
    "date": r"\d{4}年(?!度)|\d{1,2}月份?(?![均供])|\d{1,2}日(?![均供报])"
    r"|[〇零一二三四五六七八九]{4}年(?!度)"
    r"|[一二三四五六七八九十\d](?<=月.)[一二三四五六七八九十\d]{0,2}[日号]",
    "address": r"[A-Za-z0-9][\w.+-]{0,63}+@[A-Za-z0-9.-]*[A-Za-z0-9]"
    r"|[hw](?:ttps?://|ww\.)[\w./?=&%#-]*[\w/]",
    "code": r"(?=[A-Za-z]*+\d)[A-Za-z0-9]++(?:\+[A-Za-z0-9]+)+\+?",
    "number": r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?[百千万亿]*[%‰]?"
    r"|\d+(?:\.\d+)?(?:[百千万亿]+|[%‰])?(?![A-Za-z])",
    "latin": r"[A-Za-z0-9][A-Za-z0-9&'.]*[A-Za-z0-9]|[A-Za-z]",
    "fraction": r"[零〇一二三四五六七八九十百千万两]{1,40}+分之"
    r"[零〇一二三四五六七八九十百千万两点]+",
    "ordinal": r"第[零〇一二三四五六七八九十百千两\d]+",
    "mark": r"—+|…+|-+",
}
_TAGS = {
    "date": "t",
    "code": "m",
    "number": "m",
    "latin": "nx",
    "address": "nx",
    "mark": "w",
    "space": "",
}
_TAGS |= {"fraction": "m", "ordinal": "m"}
_BEGINNINGS = r"[\sA-Za-z\d零〇一二三四五六七八九十百千万两第—…-]"
_PATTERN = re.compile(
    f"(?={_BEGINNINGS})(?:{'|'.join(f'(?P<{name}>{shape})' for name, shape in _SHAPES.items())})"
)


class Shaped(NamedTuple):
    """A word found by its shape; ``tag`` is empty for blanks, which are no words."""

    text: str
    tag: str


def mask(folded: str) -> tuple[str, list[Shaped]]:
    """Put one line end in the place of every word that its shape gives away.

    What is left is cut by the dictionary; `unmask` puts the words back.

    >>> mask("到2021年增长8.5%")
    ('到\\n增长\\n', [Shaped(text='2021年', tag='t'), Shaped(text='8.5%', tag='m')])
    """
    found: list[Shaped] = []

    def _keep(match: re.Match[str]) -> str:
        found.append(Shaped(match[0], _TAGS[match.lastgroup or "space"]))
        return "\n"

    return _PATTERN.sub(_keep, folded), found
