"""The numbers that Word writes before headings by itself, and that no run of text holds."""

from collections import defaultdict
from typing import Any

_DIGITS = "〇一二三四五六七八九"
_WORD = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
_LEVEL = "./w:abstractNum[@w:abstractNumId='{}']/w:lvl[@w:ilvl='{}']"
_CHINESE = {
    *("chineseCounting", "chineseCountingThousand", "japaneseCounting"),
    *("taiwaneseCounting", "taiwaneseCountingThousand", "ideographDigital"),
}


def chinese(number: int) -> str:
    """A number below a hundred as 一, 十二, 二十.

    >>> [chinese(number) for number in (1, 10, 12, 20, 35)]
    ['一', '十', '十二', '二十', '三十五']
    """
    tens, ones = divmod(number, 10)
    if number >= 100:
        return str(number)
    ten = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return ten + (_DIGITS[ones] if ones or not tens else "")


class Numbering:
    """Counts the automatically numbered paragraphs of a Word file as Word does."""

    def __init__(self, document: Any) -> None:
        self._counts: dict[str, list[int]] = defaultdict(lambda: [0] * 9)
        try:
            self._part = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            self._part = None

    def of(self, paragraph: Any) -> str:
        """The number before a paragraph, with the marks around it; "" where it has none."""
        named = _find(paragraph._p, "./w:pPr/w:numPr")
        if not named and paragraph.style is not None:
            named = _find(paragraph.style.element, "./w:pPr/w:numPr")
        if self._part is None or not named:
            return ""
        list_id = _value(named[0], "./w:numId/@w:val") or "0"
        level = int(_value(named[0], "./w:ilvl/@w:val") or 0)
        return "" if list_id == "0" else self._next(list_id, level)

    def _next(self, list_id: str, level: int) -> str:
        abstract = _value(self._part, f"./w:num[@w:numId='{list_id}']/w:abstractNumId/@w:val")
        found = _find(self._part, _LEVEL.format(abstract, level))
        if not found or (_value(found[0], "./w:numFmt/@w:val") or "none") in ("bullet", "none"):
            return ""
        counts = self._counts[str(abstract)]
        start = int(_value(found[0], "./w:start/@w:val") or 1)
        counts[level] = counts[level] + 1 if counts[level] else start
        counts[level + 1 :] = [0] * (8 - level)
        return self._written(str(abstract), _value(found[0], "./w:lvlText/@w:val") or "", counts)

    def _written(self, abstract: str, pattern: str, counts: list[int]) -> str:
        for level, count in enumerate(counts):
            kind = _value(self._part, _LEVEL.format(abstract, level) + "/w:numFmt/@w:val")
            number = chinese(count) if kind in _CHINESE else str(count)
            pattern = pattern.replace(f"%{level + 1}", number)
        return pattern


def _find(element: Any, path: str) -> list[Any]:
    # python-docx gives its own elements the prefix w:, and leaves the others without it.
    from lxml import etree

    return etree.XPath(path, namespaces=_WORD)(element)


def _value(element: Any, path: str) -> str | None:
    found = _find(element, path)
    return str(found[0]) if found else None
