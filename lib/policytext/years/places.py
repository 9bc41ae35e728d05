"""Which place a report speaks for, and which stands above it."""

from collections.abc import Collection
from typing import NamedTuple

from policytext.corpus.places import Place, by_name, by_short
from policytext.lexicon.lexicon import Lexicon
from policytext.lexicon.schema import LEVELS

NATION = "全国"
# What corpora call the nation where its government speaks.
_NATION_NAMES = {NATION, "中国", "国家", "中央", "国务院", "中华人民共和国"}


class Seat(NamedTuple):
    """A place by its full name, its level, the place above it, or why that is not known."""

    name: str
    level: str
    parent: str
    problem: str = ""


def seat_of(name: str, level: str | None, lexicon: Lexicon, near: Collection[str] = ()) -> Seat:
    """Find a place by a full or a short name.

    Args:
        name: As a corpus or a table has it: 广东, 广东省, 福州市鼓楼区.
        level: Of several places of the name those of this level are meant.
        lexicon: Its table ``places``.
        near: Other places of the corpus, as they are named there: of two districts of one name
            the one is meant whose city is among them.

    Returns:
        The place; where none or several are possible as it was named, with a ``problem``.

    >>> from policytext import default_lexicon
    >>> seat_of("深圳", None, default_lexicon())
    Seat(name='深圳市', level='prefectural', parent='广东省', problem='')
    >>> seat_of("龙华区", "county", default_lexicon(), near=["深圳"]).parent
    '深圳市'
    """
    if name in _NATION_NAMES or level == LEVELS[0]:
        return Seat(NATION, LEVELS[0], "")
    found = list(by_name(lexicon).get(name) or by_short(lexicon).get(name, ()))
    found = [one for one in found if one.level == level] or found
    if len(found) > 1:
        found = [one for one in found if _is_near(one, near)] or found
    if len({(one.name, one.parent) for one in found}) > 1:
        several = "、".join(sorted(one.parent + one.name for one in found))
        return Seat(name, level or "", "", f"{name} may be {several}")
    if not found:
        return Seat(name, level or "", "", f"{name} is not among the places of the lexicon")
    place = found[0]
    return Seat(place.name, place.level, place.parent or NATION)


def cities_near(names: Collection[str], lexicon: Lexicon) -> set[str]:
    """The places of a corpus and those above them, where they are certain.

    >>> from policytext import default_lexicon
    >>> sorted(cities_near(["罗湖区", "龙华区"], default_lexicon()))
    ['深圳市', '罗湖区', '龙华区']
    """
    seats = [seat_of(name, None, lexicon) for name in names]
    return {*names, *(seat.parent for seat in seats)} - {""}


def _is_near(place: Place, near: Collection[str]) -> bool:
    """Whether the place above is among some names, by its full or its short one."""
    return any(name and place.parent.startswith(name) for name in near)
