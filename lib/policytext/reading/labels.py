"""The words and the pages of marked texts and fact sheets, in Chinese, English or both."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from policytext.paths import write_whole
from policytext.showing import SIGNS
from policytext.tables import EVIDENCE, REMARKS, remark_in_chinese, words
from policytext.tables import reasons as reasons_in_each

LANGUAGES = ("zh", "en", "both")
# Columns whose values are words of the tables and not of the texts.
_CODED = frozenset("level level_basis core score bound strength status kind kind_basis".split())


# Control characters, which neither a page nor a Word file may hold.
_NO_MARKUP = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


def check_language(language: str) -> None:
    """Raise a ValueError that names the languages where this is none of them."""
    if language not in LANGUAGES:
        raise ValueError(f"language {language!r}: none of {', '.join(LANGUAGES)}")


@cache
def labels() -> dict[str, Any]:
    """What ``words.toml`` holds."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


def in_language(language: str, names: Mapping[str, str]) -> str:
    """A name in Chinese, English or both, one after the other.

    >>> in_language("both", {"zh": "目标", "en": "targets"})
    '目标 targets'
    """
    return " ".join(dict.fromkeys(in_each(language, names).values()))


def in_each(language: str, names: Mapping[str, str]) -> dict[str, str]:
    """A name by language, in the one or the two that are asked for, Chinese first."""
    return {each: names[each] for each in ("zh", "en") if language in (each, "both")}


def in_words(value: object, language: str, column: str = "") -> str:
    """A value of a table, or of a column, as it is said: a word of the tables also in Chinese.

    >>> in_words("only_here", "both"), in_words("力争", "both"), in_words(0.5, "en")
    ('他处未见 only here', '力争', '0.50')
    """
    if isinstance(value, float):
        return f"{value:.2f}"
    name = str(value)
    said = words()["values_of"].get(column, {}).get(name) or words()["values"].get(name)
    return in_language(language, {"en": name.replace("_", " ")} | said) if said else name


def in_cell(column: str, value: object, language: str) -> str:
    """A cell as it is read; what the texts say themselves stays as it is.

    >>> in_cell("strength", "soft", "zh"), in_cell("title", "soft", "zh")
    ('软', 'soft')
    >>> in_cell("detail", "标题 is read as title", "zh")
    '标题读作标题'
    """
    if column in EVIDENCE:
        return reasons(str(value), language)
    if column in REMARKS:
        return in_language(language, {"zh": remark_in_chinese(str(value)), "en": str(value)})
    if column == "comparator":
        return SIGNS.get(str(value), str(value)).strip()
    return in_words(value, language, column) if column in _CODED else str(value)


def reasons(why: str, language: str) -> str:
    """The reasons of a finder, parted by semicolons, as they are said.

    >>> reasons("sentence: 力争; result verb: 实现", "zh")
    '句中：力争；表结果的动词：实现'
    """
    return in_language(language, reasons_in_each(why))


def save_page(path: str | Path, html: str) -> Path:
    """Write a page as one .html file.

    Raises:
        ValueError: The file has another ending.
    """
    path = Path(path)
    if path.suffix not in (".html", ".htm"):
        raise ValueError(f"{path.name}: this is a page; give the file the ending .html")
    write_whole(path, html)
    return path


def printable(text: str) -> str:
    """A text with a replacement sign for each character that no page may hold.

    >>> printable("50\\x0c家")
    '50\ufffd家'
    """
    return _NO_MARKUP.sub("\ufffd", text)


def render(template: str, **values: object) -> str:
    """A template of this folder with the values put in, each escaped."""
    return printable(_environment().get_template(template).render(**values))


@cache
def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader  # takes longer than all else here

    return Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
