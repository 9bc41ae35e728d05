"""Guess what a document is: title, author, office, place, level, date and kind."""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from policytext.corpus.days import (
    DAY,
    as_iso,
    day_of,
    days_named,
    in_our_era,
    last_year,
    named_date,
    years_in,
)
from policytext.corpus.importing.titles import NUMBERED, title_of
from policytext.corpus.issuers import (
    HEAD,
    MAX_TITLE,
    STOP,
    Context,
    Guess,
    folder_place,
    is_unlisted,
    issuer,
    other_place,
    place_of,
    short_place,
    signatures,
)
from policytext.corpus.metadata import guess_kind
from policytext.corpus.places import related
from policytext.lexicon.lexicon import Expressions, Lexicon, expressions
from policytext.text.clean import simplified
from policytext.text.dates import arabic

_TOP, _FOOT, _MAX_SIGNATURE = 3, 3, 24
# Where the words stand that a name is not.
_OF_WORDS = (
    ("words", "word"),
    ("document_words", "word"),
    ("dictionary_delta", "word"),
    ("places", "name"),
    ("places", "short"),
)
# A line with the document's own number; a line that names another's says more, or begins 附件.
_NUMBER = re.compile(
    rf"""(?!附件|根据|依据|按照|参照)
    (?: .*文件 | (?:发?文|编)字?号 [：:] | .*(?<!》)(?=[（(]) | .*[ \u3000] )?  # stands before it
    [\s（(]* ( [\u4e00-\u9fffA-Za-z]{{2,20}} \s* {NUMBERED.pattern} ) [\s）)]*
    (?:签发.*)?""",
    re.VERBOSE,
)
# 2021 of 2021—2025; not of what lies far ahead (2035年远景目标, 到2035年), nor of a day that is
# none (2021-13-45), nor a number (2000万元).
_YEAR = re.compile(
    r"""(?<![\d到至]) ((?:19|20)\d{2})
    (?! \d | 年?远景 | [-./]\d{1,2}[-./]\d | [万亿余多] | 元(?!旦) )
    (?: 年? \s* [-—–~～至] \s* (?:19|20)\d{2} )?  # the end of a span""",
    re.VERBOSE,
)
# Between a title, the day and the meeting, and who speaks.
_JOINT = re.compile(
    r"""
      (?=——) | (?=[（(] \s* (?:19|20|二)) | (?<=[）)])  # ——2021年2月3日…, （2021年2月3日…）
    | [ \u3000]+ (?=\d{4}) | (?<=[上日]) [ \u3000]+   # 2021年2月3日, 在…会议上 市长
    """,
    re.VERBOSE,
)
# A date alone, in brackets, or of a meeting where something was said or passed.
_DATED = re.compile(r"[\s（(—\-–]*D日?(?:\s*[）)]?|.*(?:会议|大会).{0,6}[上过准][）)]?)")
_SPACED = re.compile(r"\d \d \d \d *年[\d 月]*日?")
# A month or a year alone, or before the name of a journal in Latin letters.
_MONTH = re.compile(
    r"""[（(]? ((?:19|20)\d{2}(?:年(?:\d{1,2}月)?|[./-]\d{1,2}))  # 2021年3月, 2021/3
    (?: [）)] | \s*[A-Z][A-Za-z\d .]+ )?""",
    re.VERBOSE,
)
# The day from which a rule holds, or until which, is not the one on which it was made.
_IN_FORCE = re.compile(
    rf"(?:自|从|有效期[至到]?) \s* (?:{DAY.pattern}) (?:日?起)? | (?:{DAY.pattern}) 日?起",
    re.VERBOSE,
)
# （2021年1月20日…会议通过 2021年3月2日…会议批准） may be longer than a title.
_PASSED = re.compile(rf"[（(]\s*(?:{DAY.pattern})[^。]+[）)]?", re.VERBOSE)
_NAME = r"([\u4e00-\u9fff](?:[ \u3000]{0,3}[\u4e00-\u9fff]){1,3})"
# Digits and blanks of other widths.
_NARROW = str.maketrans("０１２３４５６７８９\xa0\u2002\u2003", "0123456789   ")


# Filled with words of the lexicon: who is addressed, who reports, who signs.
_SALUTATION = r"(?<=\S)\s*(?={salutation}.{0,12}[：:！])"
_REPORTING = "代表.{2,24}?{reporting body}"
_PERSON = "{surname}[\u4e00-\u9fff]{1,2}"
_NAMED = rf"(?:{_PERSON}|[\u4e00-\u9fff]{{1,7}}·[\u4e00-\u9fff]{{1,8}})"  # 古丽·买买提
_PAPER = "[\u4e00-\u9fff]{2,12}{medium}"
_POSTED = rf"^[^访]{{0,12}}{{office}}({_PERSON})[）)]?$"  # not who is asked: 访市长王小明
_SIGNED = (
    rf"{{office}}(?:[ \u3000]*[：:][ \u3000]*|[ \u3000]+){_NAME}[）)]?$",
    rf"{{office}}{_NAME}同?志?在.{{2,40}}(?:会议|大会)上",
    _POSTED,
    rf"^({_PERSON})同志在",
    rf"^({_PERSON})\s*[/／|·]\s*{_PAPER}$",  # 王小明/新城日报, and the other way round
    rf"^{_PAPER}\s*[/／|·]\s*({_PERSON})$",
)
_BYLINE = rf"""
    (?! .*摄\W*$ )                                           # who took a picture
    (?: (?: ^ | (?<=[\s（(|/□■]) ) {{label of author}} | [\u4e00-\u9fff]{{0,12}}? {{reporter}} )
    (?: \s*[：:/]\s* | \s+ | (?<=[\u4e00-\u9fff]{{2}}) )  # 文/李大明; not 文成县
    ( {_NAMED} (?: [、，,/\s]+ {_NAMED} (?![\u4e00-\u9fff]) )* )  # 李大明 王小红
    (?= $ | [\s、，,/（）()|；;] | 报道 | {{reporter}} )
"""
_EDITOR = r"{label of editor}\s*[：:]|摄\W*$"


@cache
def _joint(lexicon: Lexicon) -> re.Pattern[str]:
    """What parts a title from what follows it on its line."""
    titled = sorted(lexicon.words("document_words", "word", role="document"))
    behind = "".join(rf"|(?<={word})[ \u3000]+" for word in titled)
    return re.compile(_JOINT.pattern + behind, re.VERBOSE)


def guess(
    lines: Sequence[str],
    meta: Mapping[str, str],
    stem: str,
    lexicon: Lexicon,
    fields: Mapping[str, str] | None = None,
    folders: Sequence[str] = (),
) -> dict[str, Guess]:
    """Title, author, office, place, level, date and kind, as far as anything speaks for one.

    Args:
        lines: The document's lines.
        meta: title, author, date as the file names them in its properties or page head, and
            heading, the title that a web page states of its text.
        stem: The file's name without ending.
        lexicon: Where the names of places and offices come from.
        fields: What a government's page says above its text, which goes before every guess.
        folders: The names of the folders that it lies in, from the outermost in.

    Returns:
        What was guessed; a value that is empty has its reason for a basis.

    >>> from policytext import default_lexicon
    >>> lines = ["2021年瑞安市", "政府工作报告", "（2021年2月3日）", "市长 王小明", "各位代表："]
    >>> {key: found.value for key, found in guess(lines, {}, "a", default_lexicon()).items()}
    {'title': '2021年瑞安市政府工作报告', 'author': '王小明', 'date': '2021-02-03', \
'kind': 'report', 'place': '瑞安市', 'level': 'county'}
    """
    lines = [_SPACED.sub(_together, line.translate(_NARROW).strip()) for line in lines]
    apart = {line for above, line in itertools.pairwise(lines) if not above}
    lines = [line for line in lines if line]
    lines = [*_parted(lines[:_TOP], lexicon), *lines[_TOP:]]
    words, said = expressions(lexicon), _said(fields or {})
    title = said.get("title") or title_of(lines, meta, stem, lexicon, apart)
    office = said.get("office") or issuer(title.value, lines, lexicon)
    author = _author(lines, meta, words, title.value) or _below_title(lines, words, lexicon)
    kind, shape = guess_kind([title.value], "\n".join(lines), lexicon)
    found = {
        "title": title,
        "author": author,
        "office": office,
        "date": said.get("date")
        or _date(lines, {**meta, **_posted(fields or {})}, title.value, stem, lexicon)
        or _folder_date(folders),
        "kind": Guess(kind, str(shape), "inferred") if kind else None,
    }
    shown = title.basis if title.confidence == "unsure" else "the title"
    naming = [*_post(author), title.value, *_naming(lines, words[_REPORTING]), stem]
    # A name is too short for what tells texts in traditional characters.
    naming += [plain for text in naming if (plain := simplified(text)) != text]
    if number := _number(lines):
        found["document_number"] = Guess(number[1], number[0])
    near = "\n".join([*naming, office.basis if office else "", *folders])
    context = Context(near, "".join(lines), lexicon)
    place = (
        place_of(office, naming, context)
        or short_place(title.value, shown, context)
        or short_place(stem, "the file's name", context)
        or folder_place(folders, context)
        or other_place(lines, meta.get("site", ""), context)
    )
    return {key: value for key, value in found.items() if value} | place


def _post(author: Guess | None) -> list[str]:
    """What stands before an author's name: the post, whose place goes before one of a title."""
    line = "".join(author.basis.split()) if author else ""
    return [line.partition(author.value)[0]] if author and author.value in line[:MAX_TITLE] else []


def _folder_date(folders: Sequence[str]) -> Guess | None:
    """The day or the one year that the nearest folder is called after."""
    named = ((named_date(folder), folder) for folder in reversed(folders))
    found = ((day, folder) for day, folder in named if day)
    return next((Guess(day, f"the folder {name}", "unsure") for day, name in found), None)


def _parted(lines: Iterable[str], lexicon: Lexicon) -> Iterator[str]:
    """Lines in which title, date and speaker run on to the salutation, in their parts."""
    for line in lines:
        begins = expressions(lexicon)[_SALUTATION].search(line)
        above = line[: begins.start()] if begins else "。"
        if begins is None or "。" in above:
            yield line
            continue
        yield from (part.strip() for part in _joint(lexicon).split(above) if part.strip())
        yield line[begins.start() :].strip()


def at_odds(
    found: Mapping[str, Guess], stem: str, folders: Sequence[str], lexicon: Lexicon
) -> Iterator[str]:
    """Remarks on a date or place to be checked: several days, a new name, two that differ."""
    nothing = Guess("", "")
    guesses = (found.get(key) or nothing for key in ("place", "date"))
    place, date = (nothing if one.confidence == "corrected" else one for one in guesses)
    if days := days_named(stem if date.basis == "the file's name" else date.basis):
        yield f"the date is the first day of {days}; see whether that is right"
    if is_unlisted(place.value, lexicon):
        fix = "see whether it is a place; Lexicon.with_places adds one, as a row of places.csv does"
        yield f"{place.value} is not in places.csv; {fix}"
    for where, text in (("the file's name", stem), *(("the folder", name) for name in folders)):
        context = Context(f"{stem} {' '.join(folders)}", "", lexicon)
        other = folder_place([text], context).get("place")
        if other and place.value and not related(other.value, place.value, lexicon):
            found_in = f"{where} {text} names {other.value}, and {place.basis} {place.value}"
            yield f"two places: {found_in}; see which is right"
        years, year = years_in(text), date.value[:4]
        # A report on a year is often of the next one.
        known = {year, str(int(year or 0) - 1), *_years(found["title"].value)}
        if len(years) == 1 and year and not years & known:
            said = f"{where} {text} names {years.pop()}, and {date.basis} {date.value}"
            yield f"two years: {said}; see which is right"


def _together(spaced: re.Match[str]) -> str:
    return spaced[0].replace(" ", "")


def _said(fields: Mapping[str, str]) -> dict[str, Guess]:
    """What the fields above a text say of it; a day is that of writing, not that of posting."""
    said = {
        key: Guess(fields[key], "the page's field") for key in ("title", "office") if key in fields
    }
    if day := day_of(fields.get("date", "")):
        said["date"] = Guess(day, "the page's field")
    return said


def _posted(fields: Mapping[str, str]) -> dict[str, str]:
    """The day of posting as that of the page: the text's own, where it has one, goes before it."""
    day = day_of(fields.get("published", ""))
    return {"date": day, "date_by": "", "date_basis": "the day of posting"} if day else {}


def _author(
    lines: Sequence[str], meta: Mapping[str, str], words: Expressions, title: str
) -> Guess | None:
    """Who is named in a byline, signs below the title or the text, or is the file's author."""
    for line in (meta.get("bylines") or "").split("\n"):
        if names := _names(line, words):
            return Guess(names, line)
    for at, line in enumerate(lines):
        if HEAD <= at < len(lines) - _FOOT or words[_EDITOR].search(line):
            continue
        short = len(line) <= MAX_TITLE and "，" not in line
        # 县长谈产业 is a title.
        patterns = [one for one in _SIGNED if not (one == _POSTED and line == title)]
        signs = (words[pattern].search(line) for pattern in patterns) if short else ()
        if names := _names(line[:MAX_TITLE], words):
            return Guess(names, line[:MAX_TITLE])
        if match := next(filter(None, signs), None):
            return Guess("".join(match[1].split()), line[:MAX_TITLE])
        below = lines[at + 1] if 0 < at < len(lines) - 1 else ""
        if below.endswith(("：", ":")) and words[_PERSON].fullmatch("".join(line.split())):
            return Guess("".join(line.split()), f"{line} {below}", "inferred")
    # What pages name as their author is often a paper or an office.
    named = (meta.get("author") or "").partition("/")[0]
    if words[_PERSON].fullmatch(named) or re.fullmatch(r"[A-Z][\w. -]+", named):
        return Guess(named, "the file's properties")
    return None


def _below_title(lines: Sequence[str], words: Expressions, lexicon: Lexicon) -> Guess | None:
    """A line that could be a name, between a title and a day or a paragraph, and is no word."""
    for line, below in itertools.pairwise(lines[1:_TOP]):
        name = "".join(line.split())
        known = any(name in lexicon.words(table, column) for table, column in _OF_WORDS)
        ends = "。" in below or (DAY.search(below) and _DATED.fullmatch(DAY.sub("D", below)))
        if words[_PERSON].fullmatch(name) and ends and not known:
            return Guess(name, line, "unsure")
    return None


def _names(line: str, words: Expressions) -> str:
    """The persons that stand behind the labels of authors: the reporter's, the correspondent's."""
    found = [re.split(r"[、，,/\s]+", match[1]) for match in words[_BYLINE].finditer(line)]
    return "、".join(dict.fromkeys(itertools.chain(*found)))


def _date(
    lines: Sequence[str], meta: Mapping[str, str], title: str, stem: str, lexicon: Lexicon
) -> Guess | None:
    """The day of a meeting or signature, then any in head or foot, then of posting, or the file."""
    lines = [_IN_FORCE.sub("", in_our_era(line)) for line in lines]
    # What stands above the title that a page states is the site's, as a clock.
    begins = lines.index(title) if meta.get("heading") and title in lines[:HEAD] else 0
    short = (line for line in lines[begins:HEAD] if "印发" not in line)
    head = [line for line in short if len(line) <= MAX_TITLE or _PASSED.fullmatch(line)]
    stated = [line for line in head if _DATED.fullmatch(DAY.sub("D", line))]
    signed = [line for _, line in signatures(lines, lexicon)]
    by = meta.get("date_by", "")
    # Below a page's text may stand the days of others, which are not written out.
    own = "" if by or not meta.get("date") else "年"
    feet = [line for line in lines[-_FOOT:] if len(line) <= _MAX_SIGNATURE and own in line]
    for line in (*stated, *signed, *head, *feet):
        if DAY.search(line) and (day := day_of(line)):
            return Guess(day, line, "stated" if line in (*stated, *signed) else "inferred")
    basis = by or meta.get("date_basis") or "the page's head"
    page = (meta.get("date") or "", basis, "inferred" if by else "stated")
    named = ((title, "the title", "stated"), (stem, "the file's name", "stated"))
    for text, basis, confidence in (page, *named):
        if day := day_of(text):
            return Guess(day, basis, confidence)
    for line in (*head, *feet):
        if month := _MONTH.fullmatch(arabic(line)):
            return Guess(as_iso(month[1]).removesuffix("年"), line)
    if number := _number(lines):
        return Guess(number[2], number[1], "inferred")
    for text, basis in ((title, "the title"), (stem, "the file's name")):
        if years := _years(text):
            return Guess(years[-1], basis, "unsure" if len(years) > 1 else "inferred")
    return None


def _number(lines: Sequence[str]) -> re.Match[str] | None:
    """The document's own number, which stands above its text, and the year in it."""
    head = (line for line in lines[:HEAD] if len(line) <= MAX_TITLE and "。" not in line)
    return next(filter(None, map(_NUMBER.fullmatch, head)), None)


def _years(text: str) -> list[str]:
    """The years that a text names and in which it may have been written."""
    return [year for year in _YEAR.findall(arabic(text)) if int(year) <= last_year()]


def _naming(lines: Sequence[str], reporting: re.Pattern[str]) -> Iterator[str]:
    """The short lines at the top, and of the first long ones what says who reports."""
    for line in lines[:HEAD]:
        if len(line) <= MAX_TITLE and not STOP.search(line):
            yield line
        elif match := reporting.search(line):
            yield match[0]
