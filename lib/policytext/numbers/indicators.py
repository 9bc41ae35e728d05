"""The canonical name of an indicator: GDP for 地区生产总值, 全省生产总值 and 经济总量."""

import re
from functools import lru_cache

from policytext.lexicon.lexicon import Expressions, Lexicon, expressions
from policytext.text.clean import fold
from policytext.text.patterns import SEPARATOR

_REMARK = re.compile(r"\([^()]*\)|[ “”‘’的]")
# The place of the whole document says nothing of what is measured; 海洋 does.
_SCOPE = "(?: {before an indicator} | 主要 )+"
_RATE = "(?: {rate of change} | {sums up indicators} )+ $"


@lru_cache(maxsize=4)
def indicator_names(lexicon: Lexicon) -> dict[str, str]:
    """The indicator of each of its names, the table ``indicators``."""
    table = lexicon["indicators"]
    return dict(zip(table["name"], table["indicator"], strict=True))


def indicator_name(
    indicator: str | None, action: str | None, lexicon: Lexicon, item: tuple[int, int] = (0, 1)
) -> str | None:
    """Look an indicator up in the lexicon's table ``indicators``.

    Args:
        indicator: The noun phrase as printed.
        action: Its verb: 新增 belongs to the name of 新增城镇就业, 增长 to that of 经济增长.
        lexicon: The lexicon.
        item: Which of how many numbers behind the phrase is asked for: of the second of two
            城乡居民收入 is that of the country.

    Returns:
        The canonical name; of several indicators with one number those of all, parted by a bar;
        None where the table lacks one. A longer phrase is another indicator (海洋生产总值 is no
        GDP), unless it is longer by the place of the whole document alone.

    >>> from policytext import default_lexicon
    >>> lexicon = default_lexicon()
    >>> [indicator_name(phrase, None, lexicon) for phrase in ("全省生产总值", "海洋生产总值")]
    ['GDP', '海洋生产总值']
    >>> indicator_name("城镇和农村居民人均可支配收入", "增长", lexicon)
    '城镇居民人均可支配收入|农村居民人均可支配收入'
    """
    if not indicator:
        return None
    return _looked_up(_REMARK.sub("", fold(indicator)), action or "", lexicon, item)


@lru_cache(maxsize=4096)
def _looked_up(phrase: str, action: str, lexicon: Lexicon, item: tuple[int, int]) -> str | None:
    phrase = own_part(phrase, lexicon, item)
    if name := _name(phrase, action, lexicon):
        return name
    pieces = SEPARATOR.split(phrase)
    heads = [pieces[-1][at:] for at in range(1, len(pieces[-1]))]
    names = [_name(piece, action, lexicon) for piece in pieces]
    for number, piece in enumerate(pieces[:-1]):
        with_head = (_name(piece + head, action, lexicon) for head in heads)
        names[number] = names[number] or next(filter(None, with_head), None)
    return "|".join(dict.fromkeys(map(str, names))) if len(names) > 1 and all(names) else None


def own_part(phrase: str, lexicon: Lexicon, item: tuple[int, int]) -> str:
    """Of a short form of several the one that is asked for: 贷款余额 of 存贷款余额.

    >>> from policytext import default_lexicon
    >>> own_part("金融机构存贷款余额", default_lexicon(), (1, 2))
    '金融机构贷款余额'
    """
    for short, parts in _joint_names(lexicon):
        if len(parts) == item[1] > 1:
            phrase = phrase.replace(short, parts[item[0]], 1)
    return phrase


def printed_part(phrase: str, lexicon: Lexicon, item: tuple[int, int]) -> str:
    """The same where each of its characters is printed: 城镇 is not, in 城乡居民收入.

    >>> from policytext import default_lexicon
    >>> phrases = "存贷款余额", "城乡居民收入"
    >>> [printed_part(phrase, default_lexicon(), (0, 2)) for phrase in phrases]
    ['存款余额', '城乡居民收入']
    """
    part, printed = own_part(phrase, lexicon, item), iter(phrase)
    return part if all(character in printed for character in part) else phrase


@lru_cache(maxsize=4)
def _joint_names(lexicon: Lexicon) -> list[tuple[str, list[str]]]:
    """What a short form stands for: 城乡 for 城镇 and 农村, the table ``joint_names``."""
    rows = lexicon["joint_names"].itertuples()
    return [(row.short, row.parts.split("|")) for row in rows]


def _name(phrase: str, action: str, lexicon: Lexicon) -> str | None:
    names, words = indicator_names(lexicon), expressions(lexicon)
    return next((names[form] for form in _forms(phrase, action, words) if form in names), None)


def _forms(phrase: str, action: str, words: Expressions) -> list[str]:
    """The forms of a phrase to look up, the closest first."""
    scope = words[_SCOPE].match(phrase)
    forms = [phrase] if scope is None else [phrase, phrase[scope.end() :]]
    forms = [action + form for form in forms] + [form + action for form in forms] + forms
    bare = [words[_RATE].sub("", form) for form in forms]
    # 经济增长速度 and 经济增速 are that of 经济增长.
    grown = [form + "增长" for form in bare if form not in forms]
    return [*forms, *bare, *grown]
