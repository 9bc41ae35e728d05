"""The level that a text itself states: 市委“六比争先”, 市委吹响了“…”的集结号."""

import re

from policytext.slogan_document import Document, Mention

_OFFICE = re.compile(
    r"(?P<central>党中央|中共中央|国务院|习近平总书记|总书记|中央(?!商务|公园|广场|大道|活力|城)|国家(?:提出|部署))"
    r"|(?P<provincial>省委|省政府|自治区党委|省第.{1,3}次党代会)"
    r"|(?P<prefectural>市委(?!书记|常委|政研|改革)|市政府|市第.{1,3}次党代会)"
    r"|(?P<county>区委(?!书记|常委)|县委(?!书记|常委)|区政府|县政府|[区县](?:第?.{1,3}次)?党代会)"
)
_SAID = re.compile("提出|部署|确定|要求|决策|作出|吹响|号召|聚焦|发出|描绘|明确")
_REACH = 30
_CLAUSES = re.compile(r"[。；;！？\n]")
_ADJACENT = 4
UPPER = {"central": 0, "provincial": 1, "prefectural": 2, "county": 3, "township": 4}


def stated_level(document: Document, mention: Mention) -> tuple[str, str] | None:
    """The level of the office that the same clause names as the author, and the words as printed.

    The office stands right before the mention (市委“六比争先”) or with a verb of saying between
    (市委吹响了“…”的集结号).
    """
    start = mention.start - (document.text[mention.start - 1 : mention.start] == "“")
    before = _CLAUSES.split(document.text[max(0, start - _REACH) : start])[-1]
    offices = list(_OFFICE.finditer(before))
    if not offices:
        return _own_place(document, mention, start, before)
    office = offices[-1]
    between = before[office.end() :]
    if len(between) > _ADJACENT and not (_SAID.search(between) and "，" not in _comma(between)):
        return None
    level = str(office.lastgroup)
    own_city = document.level == "county" and (document.place or "").endswith("市")
    if level == "prefectural" and own_city:
        level = "county"
    return level, document.passage(start - len(before) + office.start(), mention.end)


def _comma(between: str) -> str:
    """Commas as one kind: what stands behind one is no longer what the office said."""
    return between.replace(",", "，")


def _own_place(
    document: Document, mention: Mention, start: int, before: str
) -> tuple[str, str] | None:
    """The place above right before the mention: 温州“五大新坐标”, written by a district."""
    for place in document.places[1:2]:
        if before.endswith(place) and document.level == "county":
            return "prefectural", document.passage(start - len(place), mention.end)
    return None
