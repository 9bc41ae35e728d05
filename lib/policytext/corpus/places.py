"""The places of the lexicon by every name that texts give them, and which of several is meant."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import islice
from typing import Any, NamedTuple

from policytext.corpus.issues import Issue
from policytext.lexicon.lexicon import Lexicon, expressions
from policytext.lexicon.schema import LEVELS

_SPEAKS_FOR = re.compile("代表(?:自治)?([省市州盟县旗区])(?=人民|人大|委|政)")
_MIN_OURS = 3


class Place(NamedTuple):
    """A row of places.csv; ``short`` is the name itself where it has no shorter one."""

    name: str
    level: str
    parent: str
    short: str

    @property
    def names(self) -> set[str]:
        """Its name and, of an autonomous one, those without the nationalities: 延边州, 景宁县."""
        if "自治" not in self.name or self.level == "provincial" or self.short == self.name:
            return {self.name}
        unit = self.name[-1]
        return {self.name, self.short + unit, f"{self.short}自治{unit}"}


@cache
def places(lexicon: Lexicon) -> tuple[Place, ...]:
    """The places but districts whose name is a word (城区, 郊区)."""
    table = lexicon["places"]
    # The list has 东莞市 as a city, and again as what stands below it.
    table = table[(table["name"] != table["parent"])]
    table = table[(table["name"].str.len() > 2) | table["name"].str.endswith("县")]
    short = table["short"].where(table["short"] != "", table["name"])
    columns = (table["name"], table["level"], table["parent"], short)
    return tuple(Place(*row) for row in zip(*columns, strict=True))


@cache
def by_name(lexicon: Lexicon) -> Mapping[str, tuple[Place, ...]]:
    """The places of each full name, the lowest level first; also behind the one above them."""
    named = [(name, place) for place in places(lexicon) for name in place.names]
    longer = [(place.parent + name, place) for name, place in named if place.parent]
    return _grouped([*named, *longer])


def unique_name(place: Place, lexicon: Lexicon) -> str:
    """The name of a place, behind the one above it where others have the same: 福州市鼓楼区.

    >>> from policytext import default_lexicon
    >>> lexicon = default_lexicon()
    >>> [unique_name(by_name(lexicon)[name][0], lexicon) for name in ("福州市鼓楼区", "瑞安市")]
    ['福州市鼓楼区', '瑞安市']
    """
    shared = len(by_name(lexicon)[place.name]) > 1
    return f"{place.parent}{place.name}" if shared else place.name


@cache
def by_short(lexicon: Lexicon) -> Mapping[str, tuple[Place, ...]]:
    """The places of each short name; a township's only where it is no other place's."""
    found = _grouped((place.short, place) for place in places(lexicon))
    return {
        short: tuple(one for one in rows if one.level != LEVELS[-1]) or rows
        for short, rows in found.items()
    }


@cache
def by_former_name(lexicon: Lexicon) -> Mapping[str, tuple[Place, ...]]:
    """Places by a name that they had: as listed, or of a county that became a city or a district.

    The level is that of then; a place that is no more, its area being others', stands for itself.

    >>> from policytext import default_lexicon
    >>> former = by_former_name(default_lexicon())
    >>> [former[name][0][:2] for name in ("洞头县", "襄樊市", "闸北区")]
    [('洞头区', 'county'), ('襄阳市', 'prefectural'), ('闸北区', 'county')]
    """
    named, nouns = by_name(lexicon), lexicon.words("document_words", "word", role="noun and place")
    table = lexicon["former_places"]
    listed = {
        row.name: Place(row.now or row.name, row.level, row.parent, row.now or row.name)
        for row in table.itertuples(index=False)
    }
    then = {"市": "县", "区": "县市"}
    became = (row for row in places(lexicon) if row.level == "county" and row.name not in nouns)
    by_rule = ((row.short + unit, row) for row in became for unit in then.get(row.name[-1], ""))
    former = (pair for pair in by_rule if len(pair[0]) > 2 and pair[0] not in listed)
    return _grouped(pair for pair in (*listed.items(), *former) if pair[0] not in named)


def _grouped(named: Iterable[tuple[str, Place]]) -> dict[str, tuple[Place, ...]]:
    found: dict[str, list[Place]] = {}
    for name, place in named:
        found.setdefault(name, []).append(place)
    lowest = -len(LEVELS)
    return {
        name: tuple(sorted(rows, key=lambda row: lowest - LEVELS.index(row.level)))
        for name, rows in found.items()
    }


def named_in(text: str, lexicon: Lexicon) -> list[str]:
    """The full names of places that stand in a text, lower levels before higher ones."""
    named = by_name(lexicon)
    found = [name for name in named if name in text and _apart(name, text, lexicon)]
    # Of 大连山区 and 连山区 the longer stands there.
    found = [name for name in found if not any(name != other and name in other for other in found)]
    return sorted(found, key=lambda name: (-LEVELS.index(named[name][0].level), text.index(name)))


def _apart(name: str, text: str, lexicon: Lexicon) -> bool:
    """Whether a name stands in a text as one, and not in a longer word: 朝阳市场, 新区域.

    One of two characters, or one that is a noun too (新城区), must follow its city's name; or else
    begin a word (沛县), or have a body (新城区人民政府).
    """
    nouns = lexicon.words("document_words", "word", role="noun and place")
    if len(name) > 2 and name not in nouns:
        return re.search(f"{name[:-1]}{_not_longer(lexicon)}{name[-1]}", text) is not None
    higher = [up for row in by_name(lexicon)[name] for up in above(row, lexicon)[:1]]
    after = "|".join(re.escape(name) for up in higher for name in (up.name, up.short))
    # 代县长 is somebody's post, and not one in 代县.
    alone = rf"(?<![\u4e00-\u9fff]){name}(?!长)"
    alone = alone if name not in nouns else rf"{name}(?=人民|政府|[委\d])"
    return re.search(rf"{alone}|(?:{after}){name}", text) is not None


@cache
def _not_longer(lexicon: Lexicon) -> str:
    """Where no longer word begins with the last character of a name."""
    return expressions(lexicon).filled("(?!{longer than a place})")


def above(place: Place, lexicon: Lexicon) -> list[Place]:
    """The places that a place lies in, the nearest first."""
    found: list[Place] = []
    while place.parent and (rows := by_name(lexicon).get(place.parent)):
        place = rows[-1]
        found.append(place)
    return found


def related(one: str, other: str, lexicon: Lexicon) -> bool:
    """Whether one place lies in the other, or one of them is none of the lexicon's."""
    named = by_name(lexicon)
    if not (one in named and other in named):
        return True
    chains = [{row.name, *(up.name for up in above(row, lexicon))} for row in named[one]]
    others = [{row.name, *(up.name for up in above(row, lexicon))} for row in named[other]]
    return any(one in chain for chain in others) or any(other in chain for chain in chains)


def meant(rows: Iterable[Place], near: str, text: str, lexicon: Lexicon) -> list[Place]:
    """Which of the places of one name is meant, by what stands near it and how a text speaks.

    Args:
        rows: The places.
        near: Title, head, file name and folders, where a city or province may be named.
        text: The whole text.
        lexicon: The names of places.

    Returns:
        One, or all that are possible.
    """
    possible = list(rows)
    if len(possible) > 1:
        ours = speaks_of(text)
        possible = [one for one in possible if one.name[-1] in ours] or possible
    for where, short in ((near, True), (text, False)):
        for height in (0, 1):
            if len(possible) == 1:
                return possible
            named = [one for one in possible if _lies_in(one, where, height, short, lexicon)]
            possible = named or possible
    # 长沙 is the city, the county within it 长沙县.
    cities = (one for one in possible if one.level == "prefectural")
    whole = (one for one in cities if all(one.name in (row.name, row.parent) for row in possible))
    return list(islice(whole, 1)) or possible


def _lies_in(place: Place, text: str, height: int, short: bool, lexicon: Lexicon) -> bool:
    """Whether a text names what a place lies in, by the full or also by the short name."""
    higher = above(place, lexicon)[height : height + 1]
    # The name of the city itself is no word on where it lies: 吉林市 in 吉林省.
    return any(
        one.name in text or (short and one.short != place.short and one.short in text)
        for one in higher
    )


@lru_cache(maxsize=1 << 12)
def level_of(place: object, lexicon: Lexicon) -> str | None:
    """The level of a place by its full name, or by a short one that all places of one level have.

    >>> from policytext import default_lexicon
    >>> [level_of(name, default_lexicon()) for name in ("瑞安市", "福州市鼓楼区", "长沙", "吉林")]
    ['county', 'county', 'prefectural', None]
    """
    name, table = str(place), lexicon["places"]
    known = (by_name(lexicon), by_short(lexicon), by_former_name(lexicon))
    rows = next((names[name] for names in known if name in names), ())
    levels = {row.level for row in meant(rows, "", "", lexicon)}
    if not levels:  # 城区 and its like, which are words in a text
        levels = set(table["level"][name == table["name"]])
        levels |= set(table["level"][name == table["parent"] + table["name"]])
    return min(levels) if len(levels) == 1 else None


def with_level(rows: list[dict[str, Any]], lexicon: Lexicon) -> Iterator[Issue]:
    """Fill the levels that are missing from the places, and say of how many."""
    filled = [row for row in rows if not row.get("level") and level_of(row.get("place"), lexicon)]
    for row in filled:
        row["level"] = level_of(row["place"], lexicon)
    if filled:
        first = filled[0]
        found = f"the level of {len(filled)} documents is that of their place: "
        found += f"{first['place']} is {first['level']}"
        fix = "if it is not, write the right one into the column level"
        yield Issue(first["file"], None, "guess", "level", found, fix)


def former_names(rows: list[dict[str, Any]], lexicon: Lexicon) -> Iterator[Issue]:
    """A note on each place under a name of before: a comparison over years takes it for another."""
    files = {str(row["place"]): row["file"] for row in reversed(rows) if row.get("place")}
    former = by_former_name(lexicon)
    for place in (place for place in files if place in former):
        now = " or ".join(dict.fromkeys(row.name for row in former[place]))
        found = f"{place} is a former name of {now}"
        fix = "write the name of today where texts before and after it are compared"
        if now == place:
            found, fix = f"{place} is no more, its area is that of others", "nothing to do"
        yield Issue(files[place], None, "guess", "place", found, fix)


def speaker_of(text: str) -> set[str]:
    """The unit of the place in whose name a report is given: 代表县人民政府."""
    return set(_SPEAKS_FOR.findall(text)[:1])


def speaks_of(text: str) -> set[str]:
    """What a text calls the place that it speaks for: the unit of 全市, 我县, 代表县人民政府."""
    counts = {unit: text.count(f"全{unit}") + text.count(f"我{unit}") for unit in "省市州盟县旗区"}
    return speaker_of(text) or {unit for unit, count in counts.items() if count >= _MIN_OURS}
