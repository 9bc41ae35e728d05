"""Which mentions are the same slogan: identity of wording, scope of codes, the name for reading."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache, partial

from policytext import text as tx
from policytext.lexicon.abbreviations import counts_things
from policytext.lexicon.lexicon import Lexicon, default_lexicon, expressions
from policytext.slogans.document import Mention, Reading, SloganDocument, short_name
from policytext.slogans.parallel import Run, closes_quote
from policytext.slogans.reference import Formula
from policytext.text.clean import wording

# Who can have issued a formula, by the level of the office.
_OFFICE = """
    (?P<central> {central office} ) | (?P<provincial> {provincial office} )
    | (?P<prefectural> {prefectural office} ) | (?P<county> {county office} )
    """
_SAYS = "{says}"
_REACH = 30
_CLAUSES = re.compile(r"[。；;！？\n]")
_ADJACENT = 4
UPPER = {"central": 0, "provincial": 1, "prefectural": 2, "county": 3, "township": 4}


def stated_level(document: SloganDocument, mention: Mention) -> tuple[str, str] | None:
    """The level of the office that the same clause names as the author, and the words as printed.

    The office stands right before the mention (市委“六比争先”) or with a verb of saying between
    (市委吹响了“…”的集结号).
    """
    start = mention.start - (document.text[mention.start - 1 : mention.start] == "“")
    before = _CLAUSES.split(document.text[max(0, start - _REACH) : start])[-1]
    offices = list(document.expressions[_OFFICE].finditer(before))
    if not offices:
        return _own_place(document, mention, start, before)
    office = offices[-1]
    between = before[office.end() :]
    # What stands behind a comma is no longer what the office said.
    says = document.expressions[_SAYS].search(between)
    if len(between) > _ADJACENT and (re.search("[,，]", between) or not says):
        return None
    level = str(office.lastgroup)
    own_city = document.level == "county" and (document.place or "").endswith("市")
    if level == "prefectural" and own_city:
        level = "county"
    return level, document.passage(start - len(before) + office.start(), mention.end)


def _own_place(
    document: SloganDocument, mention: Mention, start: int, before: str
) -> tuple[str, str] | None:
    """The place above right before the mention: 温州“五大新坐标”, written by a district."""
    for place in document.places[1:2] if document.level == "county" else ():
        if before.endswith(place):
            return "prefectural", document.passage(start - len(place), mention.end)
    return None


_SPLIT = re.compile(r"[、，,;；\s]+")
# A counting word between numeral and noun. Before one character it can be a word of its own, 四个新
# and 四新 are two lists, but for a suffix: 八个化 and 八化.
_COUNT = r"([一二三四五六七八九十两双]+ | \d+) {counts a slogan} (?= .. | [化性度])"
# What is left must be more than the numeral: 五大要求 is no 五大举措.
_BEHIND = "(?<= ..) {behind a name} $"
# Things that any place counts, with what kind of them in two characters: 三条红线, 十项民生工程.
_THINGS = r"""
    (?: [一二三四五六七八九十两双]+ | \d+ ) {counts a slogan}? (?: {HAN}{2} )?
    (?: {counted anywhere from 2 characters} | {counted in many lists} )
    $
    """
_CODE = re.compile(r"[\dNXMSV+\s]+")
_OWN = re.compile("（[^（）]+）$")


@dataclass(eq=False)
class Group:
    """One slogan: its wordings and where they were read."""

    canonical: str
    limbs: tuple[str, ...]
    types: tuple[str, ...]
    core: bool
    scopes: set[str] = field(default_factory=set)
    wordings: set[str] = field(default_factory=set)
    formula: Formula | None = None


def identity(document: SloganDocument, mention: Mention) -> str:
    """The wording by which mentions are the same slogan.

    Counting words between numeral and noun do not matter (十大新局面, 十个新局面). A code or a
    numeral that any place could use (1+N, 十大行动) is this place's own, unless the lexicon
    knows it.
    """
    words = _uncounted(wording(mention.canonical or mention.text), document.lexicon)
    if not _is_local(document, words, mention) or mention.level_basis == "lexicon":
        return words
    stated = mention.level_basis == "stated"
    return f"{words} {_above(document) if stated else short_name(document.place or '')}"


def words_alone(canonical: str, lexicon: Lexicon | None = None) -> str:
    """The wording of a canonical form without what tells it from others of its words.

    >>> words_alone("七个坚持（玉山）") == words_alone("七大坚持")
    True
    """
    return _uncounted(words_counted(canonical), lexicon or default_lexicon())


@lru_cache(maxsize=1 << 14)
def words_counted(canonical: str) -> str:
    """The same with its counting word, as a reference lists it: 两个维护.

    >>> words_counted("七个坚持（玉山）")
    '七个坚持'
    """
    return wording(_OWN.sub("", canonical))


@lru_cache(maxsize=1 << 14)
def _uncounted(words: str, lexicon: Lexicon) -> str:
    numeral = expressions(lexicon)[_COUNT].match(words)
    words = numeral[1] + words[numeral.end() :] if numeral else words
    return expressions(lexicon)[_BEHIND].sub("", words)


def _is_local(document: SloganDocument, words: str, mention: Mention) -> bool:
    """Whether another place could have another list under the same words."""
    counted = wording(mention.canonical or mention.text)
    return bool(_CODE.fullmatch(words)) or counts_things(counted, document.lexicon)


def identities(readings: Sequence[Reading]) -> list[list[str]]:
    """The identity of each mention, by document.

    Where a wording stands for lists that have no item in common, each list is a slogan of its own.
    """
    listed: dict[tuple[str, Set[str]], str] = {}
    keys = [list(_by_count(document, mentions, listed)) for document, mentions in readings]
    lists: dict[str, list[set[str]]] = defaultdict(list)
    firsts: set[str] = set()
    for (_, mentions), own in zip(readings, keys, strict=True):
        for mention, key in zip(mentions, own, strict=True):
            if mention.items and mention.level_basis != "lexicon":
                _add(lists[key], set(mention.items))
                firsts.add(mention.items[0])
    names = {
        key: {item: min(one & firsts) for one in found for item in one}
        for key, found in lists.items()
        if len(found) > 1
    }
    return [
        list(_by_list(mentions, own, names))
        for (_, mentions), own in zip(readings, keys, strict=True)
    ]


def _by_count(
    document: SloganDocument, mentions: list[Mention], listed: dict[tuple[str, Set[str]], str]
) -> Iterator[str]:
    """Identities of a document, with the counting word where any place has such things.

    三道红线 and 三条红线 are other lines, unless one text has both or ``listed`` the same list.
    """
    own: dict[str, str] = {}
    for mention in mentions:
        key, items = identity(document, mention), frozenset(mention.items)
        counted = wording(mention.canonical or mention.text)
        if mention.level_basis == "lexicon" or not _are_things(counted, document.lexicon):
            yield key
            continue
        named = own.setdefault(key, listed.get((key, items), counted))
        if items:
            listed.setdefault((key, items), named)
        yield " ".join([named, *key.split(" ")[1:]])


def _are_things(words: str, lexicon: Lexicon) -> bool:
    """Whether a wording counts things of which others have as many: 三条红线."""
    return expressions(lexicon)[_THINGS].match(words) is not None


def _add(lists: list[set[str]], items: set[str]) -> None:
    """Add the items to the lists that have one of them, which then are one list.

    图书馆 and 区图书馆 are one item.
    """
    for other in [one for one in lists if any(a in b or b in a for a in one for b in items)]:
        lists.remove(other)
        items |= other
    lists.append(items)


def _by_list(
    mentions: list[Mention], keys: list[str], names: Mapping[str, Mapping[str, str]]
) -> Iterator[str]:
    """Identities of a document, each with an item of its list: its own, the last before, the next.

    A list of which the document has none is that of no other document.
    """
    pairs = list(zip(keys, mentions, strict=True))
    items = {key: mention.items for key, mention in reversed(pairs) if mention.items}
    for key, mention in pairs:
        items |= {key: mention.items} if mention.items else {}
        named = names.get(key, {})
        name = next((named[item] for item in items.get(key, ()) if item in named), None)
        # The second part of an identity is its place.
        yield f"{key if ' ' in key else key + ' '} {name}" if name else key


def with_stated_codes(readings: Sequence[Reading]) -> list[Reading]:
    """Mark the codes that one document says the place above has issued (市委“1+10+10”).

    Then all places under it use one slogan, and not each its own.
    """
    stated: dict[tuple[str, str], tuple[str, str]] = {}
    for document, mentions in readings:
        for mention in mentions:
            found = _can_be_stated(document, mention) and stated_level(document, mention)
            if found and UPPER[found[0]] < UPPER.get(document.level or "", 0):
                stated[_above(document), wording(mention.text)] = found
    return [
        (doc, [_marked(doc, m, stated.get((_above(doc), wording(m.text)))) for m in mentions])
        for doc, mentions in readings
    ]


def _can_be_stated(document: SloganDocument, mention: Mention) -> bool:
    return not mention.level and _is_local(document, wording(mention.text), mention)


def _above(document: SloganDocument) -> str:
    return "/".join(document.places[1:2])


def _marked(document: SloganDocument, mention: Mention, stated: tuple[str, str] | None) -> Mention:
    if stated is None or not _can_be_stated(document, mention):
        return mention
    level, words = stated
    return mention._replace(level=level, level_basis="stated", level_evidence=words)


@lru_cache(maxsize=1 << 15)
def limbs_of(text: str) -> tuple[str, ...]:
    """The wordings of the limbs of a parallel formula; one limb for anything else."""
    return tuple(filter(None, map(wording, _SPLIT.split(text))))


def groups_of(readings: Sequence[Reading], keys: Iterable[Iterable[str]]) -> dict[str, Group]:
    """The slogans of the corpus by identity; the commonest, then first, wording names it.

    ``keys`` has the identity of each mention, by document.
    """
    texts: dict[str, Counter[str]] = defaultdict(Counter)
    groups: dict[str, Group] = {}
    for (document, mentions), own in zip(readings, keys, strict=True):
        for mention, key in zip(mentions, own, strict=True):
            texts[key][_display(mention.canonical or mention.text)] += 1
            group = groups.setdefault(key, Group("", (), mention.types, False))
            group.core = group.core or mention.core
            group.wordings.add(wording(mention.text if mention.echo == "exact" else key))
            group.scopes |= document.own_scopes
    lexicon = readings[0][0].lexicon
    for key, group in groups.items():
        group.canonical = max(texts[key], key=texts[key].__getitem__)  # the first of the commonest
        group.limbs = limbs_of(group.canonical)
        group.wordings |= {o for word in group.wordings for o in _recounted(word, lexicon)}
    _tell_apart(groups)
    return groups


def _recounted(words: str, lexicon: Lexicon) -> set[str]:
    """A numeral with the other common counting words: 十大新局面, 十个新局面."""
    numeral = None if _are_things(words, lexicon) else expressions(lexicon)[_COUNT].match(words)
    rest = words[numeral.end() :] if numeral else ""
    return {f"{numeral[1]}{word}{rest}" for word in "大个"} if numeral and len(rest) > 2 else set()


def _tell_apart(groups: dict[str, Group]) -> None:
    """Name the place or the list of codes and counts that are several slogans."""
    names = Counter(group.canonical for group in groups.values())
    for key, group in groups.items():
        _, *own = filter(None, key.split(" "))
        if own and names[group.canonical] > 1:
            group.canonical = f"{group.canonical}（{'、'.join(own)}）"


@lru_cache(maxsize=1 << 14)
def _display(form: str) -> str:
    """The form for reading: blanks that stand for 、 written so, quotation marks left out."""
    text = re.sub("[“”‘’]", "", form)
    return re.sub(r"(?<=[\u4e00-\u9fff])[\s,，]+(?=[\u4e00-\u9fff])", "、", text)


VARIED = 6  # characters that a formula needs to be known in other words
# 科学化、精细化: limbs of manner and measure are everybody's.
MANNER = "suffix of manner"
_EDGE = 3
_SHARED = 0.6


def pairs_of(limbs: Iterable[str]) -> set[str]:
    """The pairs of neighbouring characters of some limbs."""
    return {limb[i : i + 2] for limb in limbs for i in range(len(limb) - 1)}


def from_lexicon(mention: Mention, formula: Formula) -> Mention:
    """A mention as a variant of an upper-level formula."""
    types = tuple(dict.fromkeys((*mention.types, "borrowed_variant")))
    return mention._replace(
        canonical=formula.formula,
        echo="variant",
        types=types,
        level=formula.level,
        level_basis="lexicon",
        level_evidence=formula.source,
    )


def varies(limbs: Sequence[str], group: Group, manner: Set[str]) -> bool:
    """Whether each limb has its own counterpart and shares with it, in order, enough characters.

    ``manner``: how limbs end that any text has.
    """
    if len(limbs) > len(group.limbs) or any(len(x) < 3 or x[-1] in manner for x in limbs):
        return False
    if len(limbs) == 1:
        return len(group.limbs) == 1 and _echoes(limbs[0], group.limbs[0])
    free = list(group.limbs)
    total = longer = 0
    for limb in limbs:
        other = max(free, key=partial(_in_order, limb))
        shared = _in_order(limb, other)
        if shared < 2:
            return False
        free.remove(other)
        total += shared
        longer += max(len(limb), len(other))
    return total >= _SHARED * sum(map(len, limbs)) and 2 * total >= longer


def _echoes(one: str, two: str) -> bool:
    """碧海蓝天也是金山银山: a saying of the same length that ends or begins as the other does."""
    same_edge = one[-_EDGE:] == two[-_EDGE:] or one[:_EDGE] == two[:_EDGE]
    alike = len(one) == len(two) >= VARIED
    return alike and same_edge and 2 * _in_order(one, two) >= len(one)


def fitted(text: str, run: Run, group: Group) -> tx.Span:
    """Cut a run to begin and end where the formula's limbs that it varies do."""
    (start, first_end), (last_start, end) = run.limbs[0], run.limbs[-1]
    first, last = (
        max(group.limbs, key=partial(_in_order, wording(limb)))
        for limb in (text[start:first_end], text[last_start:end])
    )
    head = text.find(first[0], start, first_end)
    tail = text.rfind(last[-1], last_start, end)
    start, end = max(start, head), tail + 1 if tail >= 0 else end
    if start > run.start and text[start - 1] == "“":
        start -= 1
    return start, end + closes_quote(text, start, end)


@lru_cache(maxsize=1 << 16)
def _in_order(one: str, two: str) -> int:
    """Length of the longest common subsequence."""
    row = [0] * (len(two) + 1)
    for a in one:
        last = 0
        for j, b in enumerate(two, start=1):
            last, row[j] = row[j], last + 1 if a == b else max(row[j], row[j - 1])
    return row[-1]
