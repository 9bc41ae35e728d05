"""Which body issued a text, where it sits, and of what level it is."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from policytext.corpus.days import DAY
from policytext.corpus.places import (
    Place,
    by_former_name,
    by_name,
    by_short,
    meant,
    named_in,
    places,
    speaker_of,
    speaks_of,
)
from policytext.lexicon.lexicon import Lexicon, expressions
from policytext.lexicon.schema import LEVELS
from policytext.text.clean import HAN
from policytext.text.patterns import any_word

# A title, who speaks and when stand in the first lines.
HEAD, MAX_TITLE = 12, 60
STOP = re.compile("[。；！？：:]")
# The words of the lexicon that titles end with, and a remark behind them.
TITLE_END = "{document | rules}(?:[（(].{0,12}[）)])?$"
_MIN_MENTIONS, _MIN_OURS = 5, 3
# The levels of what districts, counties and cities lie in.
_UPPER = LEVELS[1:3]
# Of all characters; reports of one place name it three to five times in a thousand.
_MIN_RATE = 0.0015
# Above a date: the bodies that sign, a line each.
_MAX_SIGNING = 4
_BETWEEN = re.compile(r"[\s、]+")
# What may stand around the date of a signature.
_AROUND = re.compile(r"^[\s（(]+|[\s日）)]*(?:印发)?[\s）)]*$")
# 贵州省人民政府令第310号, 安吉县人民政府文件
_LETTERHEAD = re.compile(r"(?:令(?:[（(]?第.{1,6}号[)）]?)?|文件)$")


class Guess(NamedTuple):
    """A value, the words that it rests on, and how sure it is.

    ``stated``: the file or the text says it where such things are said (a field, a title, a
    signature); ``inferred``: a rule concludes it from words that say something else; ``unsure``:
    for want of better.
    """

    value: str
    basis: str
    confidence: str = "stated"


class Names(NamedTuple):
    """Expressions for the name of a body, of a national one, of a zone and of a township.

    ``title``: the bodies that a title begins with. ``meeting``: who meets or reports. ``has``: what
    follows the short name of a place that has it. ``unlisted``: a place and, right behind it, one
    that could be below it, perhaps with what follows the name of a place. ``former``: the name of
    then of a place that became a city or a district.
    """

    body: re.Pattern[str]
    title: re.Pattern[str]
    national: re.Pattern[str]
    meeting: re.Pattern[str]
    zone: re.Pattern[str]
    township: re.Pattern[str]
    short: re.Pattern[str]
    has: re.Pattern[str]
    unlisted: re.Pattern[str]
    former: re.Pattern[str]


@cache
def _names(lexicon: Lexicon) -> Names:
    fill, names = expressions(lexicon).filled, by_name(lexicon)
    # A name of two characters begins a word: 沛县.
    place = any_word(name for name in names if len(name) > 2)
    place += f"|(?<!{HAN})(?:{any_word(name for name in names if len(name) == 2)})"
    short = any_word(row.short for row in places(lexicon) if row.level != LEVELS[-1])
    zone = fill(f"(?:{{named zone}}|(?:{place}|{short}){HAN}{{0,6}}?{{zone}})")
    no_word = _not_behind(lexicon, "no body")
    # 转发, 关于 and their like end a body's name, however far its last word is.
    within = fill(f"(?:(?!{{behind a body}}){HAN})")
    body, nation = fill(f"{{body}}{no_word}"), fill("{before a body}?{national body}")
    whole = (
        fill(f"(?:{{before a body}}?(?:{zone}|{place}){within}{{0,24}}?{body}")
        + f"|{nation}(?:{within}{{0,16}}?{body})?)"
    )
    return Names(
        re.compile(whole),
        re.compile(
            rf"""
            ( {whole} (?: [\s、]+ {whole} )* )              # one body, or several
            ( 等 {HAN}{{0,4}} (?:部门|单位) )? \s*           # and others
            {fill("{behind a body}")}
            """,
            re.VERBOSE,
        ),
        re.compile(nation),
        re.compile(fill("(?:在|代表).{0,8}{national body}")),
        re.compile(zone),
        re.compile(
            fill(
                rf"""
                (?: {place} )
                ( {HAN}{{2,4}}? {{township}} {no_word} )     # the township
                (?= \d | 第 | $ | {HAN}{{0,2}} {{body}} )     # a number or a body of it
                """
            ),
            re.VERBOSE,
        ),
        re.compile(short),
        re.compile(fill("{behind a place}")),
        _unlisted(lexicon),
        re.compile(
            rf"""
            (?: (?<!{HAN}) | (?<=[省市州年]) | (?<=中共) )   # no name begins within a word
            (?: {any_word(by_former_name(lexicon))} )
            (?!长)                                           # 代县长
            {fill("(?!{longer than a place})")}
            """,
            re.VERBOSE,
        ),
    )


def _not_behind(lexicon: Lexicon, *roles: str) -> str:
    """No word with one of these roles ends here."""
    words = (lexicon.words("document_words", "word", role=role) for role in roles)
    return "".join(f"(?<!{word})" for word in sorted(frozenset().union(*words)))


@cache
def _unlisted(lexicon: Lexicon) -> re.Pattern[str]:
    """A place of the upper levels, and right behind it a name that is none of the lexicon's."""
    upper = [row for row in places(lexicon) if row.level in _UPPER]
    listed = (name for row in places(lexicon) if row.level != LEVELS[-1] for name in row.names)
    behind = "{behind a body | behind a place}"
    template = rf"""
        (?: {any_word(name for row in upper for name in row.names)}  # 北京市
        | (?<!{HAN}) (?:{any_word(row.short for row in upper)}) )   # 北京, at the beginning
        (?! {any_word(listed)} )
        (?P<name>
            (?: (?!{behind}) (?![省市区县旗州盟]) {HAN} ){{2,4}}
            (?! {{longer than a place}} ) [市区县旗]             # not 市场
            {_not_behind(lexicon, "zone", "noun and place", "no place")} )  # not 示范区
        (?P<has> (?= $ | (?!{HAN}). | [第委] | {behind} | {HAN}{{0,4}}{{body}} ) )?
    """
    return re.compile(expressions(lexicon).filled(template), re.VERBOSE)


def bodies(line: str, lexicon: Lexicon) -> list[str]:
    """The bodies of which a line consists, none where it says anything else.

    >>> from policytext import default_lexicon
    >>> bodies("中共瑞安市委 瑞安市人民政府", default_lexicon())
    ['中共瑞安市委', '瑞安市人民政府']
    >>> bodies("瑞安市开创新格局", default_lexicon())
    []
    """
    parts = [part for part in _BETWEEN.split(line) if part] if len(line) <= MAX_TITLE else []
    return parts if all(map(_names(lexicon).body.fullmatch, parts)) else []


def issuer(title: str, lines: Sequence[str], lexicon: Lexicon) -> Guess | None:
    """The bodies that a title begins with, or that stand in a letterhead or a signature.

    >>> from policytext import default_lexicon
    >>> lines = ["特此通知。", "瑞安市人民政府", "2021年2月3日"]
    >>> issuer("关于绿化的通知", lines, default_lexicon())
    Guess(value='瑞安市人民政府', basis='瑞安市人民政府 2021年2月3日', confidence='stated')
    """
    found = _names(lexicon).title.match(title)
    if found and not found[2]:
        return Guess("、".join(_BETWEEN.split(found[1])), title, "inferred")
    for named, line in signatures(lines, lexicon):
        return Guess("、".join(named), line if named[0] in line else f"{' '.join(named)} {line}")
    if found:
        return Guess("、".join(_BETWEEN.split(found[1])) + found[2], title, "inferred")
    for line in lines[:HEAD]:
        if _LETTERHEAD.search(line) and (named := bodies(_LETTERHEAD.sub("", line), lexicon)):
            return Guess("、".join(named), line)
    alone = ((bodies(line, lexicon), line) for line in lines[:HEAD])
    return next((Guess("、".join(named), line) for named, line in alone if named), None)


def signatures(lines: Sequence[str], lexicon: Lexicon) -> Iterator[tuple[list[str], str]]:
    """Bodies with the line of the date that stands below or behind them, a printer's last."""
    printed: list[tuple[list[str], str]] = []
    for at, line in enumerate(lines):
        date = DAY.search(line) if len(line) <= MAX_TITLE else None
        if not date:
            continue
        rest = _AROUND.sub("", _AROUND.sub("", line[: date.start()]) + line[date.end() :])
        above = lines[max(0, at - _MAX_SIGNING) : at]
        named = bodies(rest, lexicon) if rest else _signing(above[::-1], lexicon)
        if named and "印发" in line:
            printed.append((named, line))
        elif named:
            yield named, line
    yield from printed


def _signing(above: Iterable[str], lexicon: Lexicon) -> list[str]:
    """The bodies in the lines right above a date, from the last line up."""
    signing: list[str] = []
    for line in above:
        if not (named := bodies(line, lexicon)):
            break
        signing = named + signing
    return signing


class Context(NamedTuple):
    """What tells places of one name apart: ``near`` are title, head, file and folders."""

    near: str
    text: str
    lexicon: Lexicon


Found = dict[str, Guess]  # of place and level what is known


def place_of(office: Guess | None, naming: Sequence[str], context: Context) -> Found:
    """The place and level of a text: of its issuer, else of what its head names.

    Args:
        office: Who issued it, if that is known.
        naming: Title and head lines, and the file's name, in the order in which they are asked.
        context: What tells places of one name apart, and the lexicon with their names.

    A national text has a level and no place; a zone is no administrative division and has a
    place and no level; a name that several places have is none, and its basis names them; one that
    the lexicon has not is given behind the place it lies in.
    """
    names = _names(context.lexicon)
    if office:
        if found := _lowest(office.value, office, context):
            return found
        if names.national.match(office.value):
            return {"level": Guess(LEVELS[0], office.value, "inferred")}
    for text in naming:
        if found := _lowest(text, Guess("", text[:MAX_TITLE]), context):
            return found
        if names.meeting.search(text) or names.national.match(text):
            return {"level": Guess(LEVELS[0], text[:MAX_TITLE], "inferred")}
    return {}


def _lowest(text: str, on: Guess, context: Context) -> Found:
    """The zone, the township or the lowest place that a text names, with its level.

    ``on``: what it rests on, with how sure it is.
    """
    names, named = _names(context.lexicon), by_name(context.lexicon)
    if (zone := names.zone.search(text)) and not zone[0].endswith(tuple(named)):
        return {"place": on._replace(value=zone[0])}
    if township := names.township.search(text):
        return _placed(township[1], LEVELS[-1], on)
    if former := names.former.search(text):
        rows = by_former_name(context.lexicon)[former[0]]
        now = rows[0].name
        basis = on.basis if now == former[0] else f"{former[0]} → {now}: {on.basis}"
        on = on._replace(basis=basis, confidence=_inferred(on))
        return _meant(former[0], rows, on, context)
    if found := _below_listed(text, on, context):
        return found
    for name in named_in(text, context.lexicon)[:1]:
        return _meant(name, named[name], on, context)
    return {}


def _below_listed(text: str, on: Guess, context: Context) -> Found:
    """A place that the lexicon has not, behind the one it lies in: never that one itself.

    What follows must be what places have, or the text keep naming it. A 市 right below a province
    may be of two levels and is left without.
    """
    listed = named_in(text, context.lexicon)[:1]
    lowest = [by_name(context.lexicon)[name][0].level for name in listed]
    if any(level not in _UPPER for level in lowest):
        return {}
    for found in _names(context.lexicon).unlisted.finditer(text):
        if found["has"] is not None or context.text.count(found["name"]) >= _MIN_OURS:
            guessed = _placed(found[0], "county", on._replace(confidence=_inferred(on)))
            if found[0].endswith("市") and lowest != [_UPPER[1]]:
                del guessed["level"]
            return guessed
    return {}


def is_unlisted(place: str, lexicon: Lexicon) -> bool:
    """Whether a place is one behind a place of the lexicon that the lexicon has not.

    >>> from policytext import default_lexicon
    >>> [is_unlisted(place, default_lexicon()) for place in ("北京市云岫区", "北京市海淀区")]
    [True, False]
    """
    return _names(lexicon).unlisted.fullmatch(place) is not None


def _meant(name: str, rows: Sequence[Place], on: Guess, context: Context) -> Found:
    """The one place that a name means here, or none and what it may be."""
    possible = meant(rows, context.near, context.text, context.lexicon)
    if len(possible) == 1 or possible[0].level == LEVELS[-1]:
        return _placed(possible[0].name, possible[0].level, on)
    listed = ", ".join(f"{one.name} ({one.parent})" if one.parent else one.name for one in possible)
    fix = "name the higher one in the file's name or write the place into documents.csv"
    found = {"place": Guess("", f"{name} may be {listed}; {fix}", "unsure")}
    if len({one.level for one in possible}) == 1:
        found["level"] = Guess(possible[0].level, name, "inferred")
    return found


def _placed(name: str, level: str, on: Guess) -> Found:
    return {"place": on._replace(value=name), "level": Guess(level, name, _inferred(on))}


def _inferred(on: Guess) -> str:
    return "unsure" if on.confidence == "unsure" else "inferred"


def short_place(text: str, basis: str, context: Context) -> Found:
    """The place whose short name a title or a file's name begins with: 济南政府工作报告.pdf.

    What follows must be what places have, or the text name the place in full: 平安 and 朝阳 begin
    平安建设方案 and 朝阳产业报告, and 上海 begins the name of an organisation.
    """
    begins = re.match(rf"[\d\W_年]*({HAN}{{2,}})", text)
    if not begins:
        return {}
    named, has = by_short(context.lexicon), _names(context.lexicon).has
    is_title = expressions(context.lexicon)[TITLE_END].search(begins[1])
    shorts = [begins[1][:size] for size in range(len(begins[1]), 1, -1)]
    for short in (short for short in shorts if short in named):
        named_too = any(context.text.count(one.name) >= _MIN_OURS for one in named[short])
        if begins[1] == short or (is_title and (has.match(begins[1], len(short)) or named_too)):
            return _meant(short, named[short], Guess("", basis, "inferred"), context)
    return {}


def place_named(name: str, context: Context) -> Found:
    """The place of just this name, full or short."""
    rows = by_name(context.lexicon).get(name) or by_short(context.lexicon).get(name)
    return _meant(name, rows, Guess("", name, "inferred"), context) if rows else {}


def folder_place(folders: Sequence[str], context: Context) -> Found:
    """The place that the nearest folder is called after: 浙江/温州/2021, 瓯海区2021."""
    for folder in reversed(folders):
        bare, basis = re.sub(r"[\d\W_年]+$", "", folder), f"the folder {folder}"
        found = _lowest(bare, Guess("", basis, "inferred"), context)
        if found := found or short_place(bare, basis, context):
            return found
    return {}


def other_place(lines: Sequence[str], site: str, context: Context) -> Found:
    """The place that a text addresses or names most, or that its web site is called after."""
    return (
        _addressed(lines, context)
        or _most_named(context)
        or _lowest(site, Guess("", site, "unsure"), context)
    )


def _addressed(lines: Sequence[str], context: Context) -> Found:
    """The place that a salutation names: whom the text speaks to may sit elsewhere."""
    for line in lines[:HEAD]:
        if len(line) <= MAX_TITLE and line.endswith(("：", ":")):
            return _lowest(line, Guess("", line, "unsure"), context)
    return {}


def _most_named(context: Context) -> Found:
    """The place that a text keeps naming, by its short name too, far oftener than any other.

    National texts name many places, and an article names where its authors work. What a text
    calls itself (全市, 我县) tells the city from a district of the same short name.
    """
    text, lexicon = context.text, context.lexicon
    counts = Counter(_names(lexicon).short.findall(text))
    speaker, ours = speaker_of(text), speaks_of(text)
    named = sorted(
        (
            (counts[row.short], -LEVELS.index(row.level), row.name, row.short)
            for row in places(lexicon)
            if counts[row.short]
            and row.level != LEVELS[-1]
            and (not ours or row.name[-1] in ours)
            # The short names of counties are words as well: 和平, 新城.
            and (row.name in text or speaker or (ours and row.level != "county"))
        ),
        reverse=True,
    )
    if not named:
        return {}
    count, _, name, short = named[0]
    next_best = next((row[0] for row in named if row[-1] != short), 0)
    if count < max(_MIN_MENTIONS, _MIN_RATE * len(text), 2 * next_best):
        return {}
    on = Guess("", f"named {count} times", "unsure")
    return _meant(name, by_name(lexicon)[name], on, context)
