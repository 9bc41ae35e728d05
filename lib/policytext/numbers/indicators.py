"""The canonical name of an indicator: GDP for 地区生产总值, 全省生产总值 and 经济总量."""

import re
from functools import lru_cache

from policytext.lexicon.lexicon import Lexicon
from policytext.lexicon.templates import Expressions, expressions
from policytext.text.clean import fold

_REMARK = re.compile(r"\([^()]*\)|[ “”‘’的]")
# The place of the whole document says nothing of what is measured; 海洋 does.
_SCOPE = "(?: {before an indicator} | 主要 )+"
_RATE = "(?: 的? {rate of change} ) $"


@lru_cache(maxsize=4)
def indicator_names(lexicon: Lexicon) -> dict[str, str]:
    """The indicator of each of its names, the table ``indicators``."""
    table = lexicon["indicators"]
    return dict(zip(table["name"], table["indicator"], strict=True))


def indicator_name(indicator: str | None, action: str | None, lexicon: Lexicon) -> str | None:
    """Look an indicator up in the lexicon's table ``indicators``.

    Args:
        indicator: The noun phrase as printed.
        action: Its verb: 新增 belongs to the name of 新增城镇就业, 增长 to that of 经济增长.
        lexicon: The lexicon.

    Returns:
        The canonical name; None where the table has none. A longer phrase is another indicator
        (海洋生产总值 is no GDP), unless it is longer by the place of the whole document alone.

    >>> from policytext import default_lexicon
    >>> lexicon = default_lexicon()
    >>> [indicator_name(phrase, None, lexicon) for phrase in ("全省生产总值", "海洋生产总值")]
    ['GDP', None]
    """
    if not indicator:
        return None
    return _looked_up(_REMARK.sub("", fold(indicator)), action or "", lexicon)


@lru_cache(maxsize=4096)
def _looked_up(phrase: str, action: str, lexicon: Lexicon) -> str | None:
    names, words = indicator_names(lexicon), expressions(lexicon)
    return next((names[form] for form in _forms(phrase, action, words) if form in names), None)


def _forms(phrase: str, action: str, words: Expressions) -> list[str]:
    """The forms of a phrase to look up, the closest first."""
    bare = words[_SCOPE].match(phrase)
    forms = [phrase] if bare is None else [phrase, phrase[bare.end() :]]
    forms = [action + form for form in forms] + [form + action for form in forms] + forms
    return [*forms, *(words[_RATE].sub("", form) for form in forms)]
