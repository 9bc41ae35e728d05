"""Find numeral abbreviations and codes: 六比争先, 一区五岛两示范, 1+5+2, 10+N, “3433”.

Their numerals count the items of a list that is spelled out elsewhere or nowhere. They are not
quantities; slogans and quantities both ask this module.
"""

import re
from collections.abc import Collection, Iterator

from policytext.lexicon.lexicon import Lexicon, expressions
from policytext.text.clean import HAN, Span
from policytext.text.patterns import any_of
from policytext.text.sentences import quotations

SHORT_WORDING = 3
# Words that count what a numeral stands before: 三个争先, 五大坐标.
COUNTING = "大个项张重种条"
_N = "一二三四五六七八九十两双"
_COUNT_OF_THINGS = rf"(?:[{_N}]+|\d+)[大个项张条]?{{counted anywhere}}$"


def counts_things(words: str, lexicon: Lexicon) -> bool:
    """Whether a wording is a numeral with a noun that any place could use: 十大行动.

    The same words need not be the same list.
    """
    return expressions(lexicon)[_COUNT_OF_THINGS].match(words) is not None


def is_distinct(words: str, lexicon: Lexicon) -> bool:
    """Whether a wording can be known again without quotation marks.

    >>> from policytext import default_lexicon
    >>> [is_distinct(words, default_lexicon()) for words in ("五城五高地", "十大行动", "15条")]
    [True, False, False]
    """
    short = len(words) < SHORT_WORDING or words[0].isdigit()
    return not short and not counts_things(words, lexicon)


# What an abbreviation may have between its numeral and its noun: 三个争先, 三好城市.
_SOFT = f"{COUNTING}位维好新"
# What follows the numeral of a date, an ordinal or a plain amount, never that of an abbreviation.
_AMOUNT = "{measured by a numeral}"

# A blank within the line: \s would reach into the next sentence.
_GAP = r"[^\S\n]?"
_CODE = re.compile(
    rf"""
    [\dN](?<![\d.+A-Za-z].)(?:(?<=\d)\d{{0,2}})            # up to three digits, or N
    (?:{_GAP}\+{_GAP}(?:\d{{1,3}}|[NXMSV](?![a-z])))+  # +5, +N
    """,
    re.VERBOSE,
)
_CODE_STOP = re.compile(r"\s?[+\d.%>=]|[”’]?[所家个座名亿万]|[A-Za-z]")
_BARE_DIGITS = r"\d{3,6} (?= {named by digits}? $)"
_SERVICE = re.compile(r"(?:19|20)\d\d$|1[12][09]$")
# After the closing mark of digits that are a year or a telephone service.
_DIGITS_STOP = re.compile(r"[”’](?:[年月]|.{0,6}(?:热线|平台|服务|电话|投诉))")
_PAIR = re.compile(rf"[{_N.replace('十', '')}]{{2}}{HAN}{{2}}$")

_REST = rf"(?!{_AMOUNT})(?![{_N}\d是无合个了到至])大?(?:{{part of a chain}}|{HAN})"
# The look behind comes after the first character, which the search can skip to.
_CHAIN = rf"[{_N}多](?<![第独{_N}百千万\d].){_REST}(?:[{_N}多]{_REST}){{1,5}}"
_HEADED = rf"""
    [三四五六七八九十](?<![第{_N}百千万\d之].)  # a numeral of its own
    (?!{_AMOUNT}|[大个项条张是届中{_N}]){HAN}
    {{counted by one character}}
    """
_PAIRED = re.compile(rf"[{_N}多]{HAN}")
_DISTRIBUTIVE = re.compile(rf"一{HAN}一{HAN}")
_PLAN = re.compile(r"十?[一二三四五六七八九]五(?!\S)")
_ORDINAL = re.compile(rf"[第{_N}百千万\d]")
_PIECE = re.compile(r"(?:[^、,;·]|(?<=\d)·(?=\d))+")

_NUMBER = rf"(?:[{_N}]|\d{{1,2}}(?![\d%年月日]))"
_QUOTED = rf"{_NUMBER}(?!{_AMOUNT})[{_SOFT}]?\S{{1,9}}$"
_COUNTED = re.compile(
    rf"""
      (?:[{_N}]|\d{{1,3}})[个大](?:{HAN}|\d{{2,3}}%).*   # seven times one, six times 100%
    | {HAN}{{2}}[{_N}]法                                  # eight methods of something
    """,
    re.VERBOSE,
)
_MAX_LIMB_LENGTH = 10


def abbreviations_in(folded: str, lexicon: Lexicon) -> list[Span]:
    """Spans of the numeral abbreviations and codes of a text, without quotation marks.

    Found: codes (1+5+2, 10+N); in quotation marks, digits alone (“3433”) and any numeral with
    what it counts (“五大新坐标”, “七个一”, “十问”); bare, a chain of numerals (五地五区) and a
    numeral before a noun that it cannot measure (六比争先, 三牛精神); and every later bare use of
    what the same text has in quotation marks. Not found: years, amounts, ordinals, telephone
    services, idioms and common words, five-year plans (they are periods), N大+noun without
    quotation marks (a count of tasks).

    Args:
        folded: A text whose widths are folded and whose lines are whole sentences.
        lexicon: Its ``numeral_words`` are common words with a numeral.

    Returns:
        Spans in order that do not overlap, in code points of the text.

    >>> from policytext import default_lexicon
    >>> text = "加快“1+5+2”体系，紧扣“五地五区”目标，落实“六比争先”，发扬三牛精神，新增3大类300家。"
    >>> [text[a:b] for a, b in abbreviations_in(text, default_lexicon())]
    ['1+5+2', '五地五区', '六比争先', '三牛精神']
    """
    words = lexicon.words("numeral_words", "word")
    quoted = [
        span
        for quotation in quotations(folded)
        for span in _in_quotes(folded, *quotation, lexicon)
        if not _is_common(folded, span, words)
    ]
    bare = [s for s in _bare(folded, words, lexicon) if not _is_common(folded, s, words)]
    forms = {folded[a:b] for a, b in quoted}
    again = _repeats(folded, {form for form in forms if not counts_things(form, lexicon)})
    codes = [m.span() for m in _CODE.finditer(folded) if not _CODE_STOP.match(folded, m.end())]
    return longest_non_overlapping([*codes, *quoted, *bare, *again])


def _in_quotes(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Span]:
    digits = expressions(lexicon)[_BARE_DIGITS].match(text, start, end)
    if digits and not _DIGITS_STOP.match(text, end) and not _SERVICE.match(digits[0]):
        yield digits.span()
    for piece in _PIECE.finditer(text, start, end):
        yield from _limb(text, *piece.span(), expressions(lexicon)[_QUOTED])


def _limb(text: str, start: int, end: int, numeral: re.Pattern[str]) -> Iterator[Span]:
    """The numeral abbreviation that a limb is, or that it ends in after a verb."""
    length = end - start
    if _PLAN.match(text[start:end]):
        return
    if _PAIR.match(text, start, end) or (
        length <= _MAX_LIMB_LENGTH and numeral.match(text, start, end)
    ):
        yield start, end
        return
    for match in _COUNTED.finditer(text, start, end):
        if match.start() - start in (2, 3) and match.end() == end and length <= _MAX_LIMB_LENGTH:
            yield match.span()
        elif match.end() == end and match[0][0] not in _N:
            yield start, end


def _bare(text: str, words: Collection[str], lexicon: Lexicon) -> Iterator[Span]:
    for match in expressions(lexicon)[_CHAIN].finditer(text):
        # 两国双方, 三室一厅: half of the chain are common words.
        pieces = _PAIRED.findall(match[0])
        common = 2 * sum(piece in words for piece in pieces) >= len(pieces)
        if len(match[0]) > 3 and not common and not _DISTRIBUTIVE.fullmatch(match[0]):
            yield match.span()
    for match in expressions(lexicon)[_HEADED].finditer(text):
        yield match.span()


def _is_common(text: str, span: Span, words: Collection[str]) -> bool:
    """Whether the span is, or begins with, an idiom or a common word with a numeral."""
    passage = text[slice(*span)]
    if len(re.findall(f"[{_N}]", passage)) > 1 and passage not in words:
        return passage[:4] in words
    return any(passage[:n] in words for n in range(2, 6))


def _repeats(text: str, forms: set[str]) -> Iterator[Span]:
    """Bare uses of what stands in quotation marks elsewhere; short forms could be a chance."""
    pattern = any_of(form for form in forms if len(form) > 3 and form[0] in _N)
    for match in pattern.finditer(text) if pattern else ():
        if not _ORDINAL.match(text, match.start() - 1, match.start()):
            yield match.span()


def longest_non_overlapping(spans: list[Span]) -> list[Span]:
    """Spans in order; of two that overlap the longer stays."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda s: (s[0], -s[1])):
        if kept and span[0] < kept[-1][1]:
            if span[1] - span[0] > kept[-1][1] - kept[-1][0]:
                kept[-1] = span
        else:
            kept.append(span)
    return kept
