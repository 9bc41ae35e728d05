"""Guess what a document is: title, author, office, place, level, date and kind."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from policytext.corpus.days import DAY, day_of, in_our_era, last_year
from policytext.corpus.importing.fields import labels_of
from policytext.corpus.importing.issuers import (
    HEAD,
    MAX_TITLE,
    STOP,
    Context,
    Guess,
    bodies,
    folder_place,
    issuer,
    other_place,
    place_of,
    short_place,
    signatures,
)
from policytext.corpus.importing.places import related
from policytext.corpus.metadata import guess_kind
from policytext.lexicon.lexicon import Lexicon
from policytext.text.clean import simplified
from policytext.text.dates import arabic, iso_of
from policytext.text.patterns import any_word

_TOP, _FOOT, _MAX_SIGNATURE = 3, 3, 24
_ASIDE = re.compile(r"[（(【—\-–]|\d{4}年\d{1,2}月\d{1,2}日")
# 国办发〔2026〕15号, and with other brackets.
_NUMBERED = re.compile(r"[〔\[【（(]\s*((?:19|20)\d{2})\s*[〕\]】）)]\s*第?\s*\d+\s*号")
# A line with the document's own number; a line that names another's says more, or begins 附件.
_NUMBER = re.compile(
    rf"""(?!附件|根据|依据|按照|参照)
    (?: .*文件 | (?:发?文|编)字?号 [：:] | .*(?<!》)(?=[（(]) | .*[ \u3000] )?  # stands before it
    [\s（(]* ( [\u4e00-\u9fffA-Za-z]{{2,20}} \s* {_NUMBERED.pattern} ) [\s）)]*
    (?:签发.*)?""",
    re.VERBOSE,
)
# The head of a journal: 第6卷第3期, Vol. 6, and 2019年6月 with words in Latin letters.
_MASTHEAD = re.compile(r"第\d+卷|第\d+期|Vol\. ?\d|^\d{4}年\d{1,2}月.*[A-Za-z]{3}")
# 2021 of 2021—2025; not of what lies far ahead (2035年远景目标, 到2035年), nor of a day that is
# none (2021-13-45), nor a number (2000万元).
_YEAR = re.compile(
    r"""(?<![\d到至]) ((?:19|20)\d{2})
    (?! \d | 年?远景 | [-./]\d{1,2}[-./]\d | [万亿余多] | 元(?!旦) )
    (?: 年? \s* [-—–~～至] \s* (?:19|20)\d{2} )?  # the end of a span""",
    re.VERBOSE,
)
_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_SALUTATION = re.compile(r"(?<=\S)\s*(?=(?:各位代表|各位委员|同志们|尊敬的.{2,12})[：:！])")
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
_MONTH = re.compile(r"[（(]?(?:19|20)\d{2}年\d{1,2}月[）)]?")
_NAME = r"([\u4e00-\u9fff](?:[ \u3000]{0,3}[\u4e00-\u9fff]){1,3})"
_HAN, _LATIN = re.compile("[\u4e00-\u9fff]"), re.compile("[A-Za-z]+")
_NARROW = str.maketrans("０１２３４５６７８９", "0123456789")
_LONE = re.compile(r"(?:\S[ \u3000]+)+\S")


_PAIRS = (("“", "”"), ("‘", "’"), ("《", "》"), ("「", "」"), ("『", "』"))
# What no title ends with: the next line goes on.
_GOES_ON = re.compile("[、的和与及暨]$|(?:推进|加快|关于|对于|通过)$")


class _Words(NamedTuple):
    """Expressions for the end of a title, what follows its bodies, who reports and who signs.

    ``person``: a name with a surname of the lexicon.
    """

    document: re.Pattern[str]
    joint: re.Pattern[str]
    behind: re.Pattern[str]
    reporting: re.Pattern[str]
    signed: tuple[re.Pattern[str], ...]
    byline: re.Pattern[str]
    editor: re.Pattern[str]
    person: re.Pattern[str]
    untitled: re.Pattern[str]


@cache
def _words(lexicon: Lexicon) -> _Words:
    def words(*roles: str) -> str:
        listed = (lexicon.words("document_words", "word", role=role) for role in roles)
        return any_word(word for words in listed for word in words)

    authors = any_word(labels_of("author", lexicon))
    titled = sorted(lexicon.words("document_words", "word", role="document"))
    titles = lexicon["titles"]
    office = any_word(titles["word"][titles["side"].isin(["before", "both"])])
    person = f"(?:{any_word(lexicon['surnames']['surname'])})[\u4e00-\u9fff]{{1,2}}"
    return _Words(
        re.compile(rf"(?:{words('document', 'rules')})(?:[（(].{{0,12}}[)）])?$"),
        re.compile(
            _JOINT.pattern + "".join(rf"|(?<={word})[ \u3000]+" for word in titled), re.VERBOSE
        ),
        re.compile(words("behind a body")),
        re.compile(rf"代表.{{2,24}}?(?:{words('reporting body')})"),
        (
            re.compile(rf"(?:{office})(?:[ \u3000]*[：:][ \u3000]*|[ \u3000]+){_NAME}[）)]?$"),
            re.compile(rf"(?:{office}){_NAME}同?志?在.{{2,40}}(?:会议|大会)上"),
            # Not who is asked: 访市长王小明.
            re.compile(rf"^[^访]{{0,12}}(?:{office})({person})[）)]?$"),
        ),
        re.compile(
            rf"""
            (?: ^ | (?<=[\s（(|/]) ) (?:{authors})
            (?: \s*[：:/]\s* | \s+ | (?<=[\u4e00-\u9fff]{{2}}) )  # 文/李大明; not 文成县
            ( {person} (?: [、，,/\s]+ {person} (?![\u4e00-\u9fff]) )* )  # 李大明 王小红
            (?= $ | [\s、，,/）)|；;] )
            """,
            re.VERBOSE,
        ),
        re.compile(rf"(?:{any_word(labels_of('editor', lexicon))})\s*[：:]"),
        re.compile(person),
        re.compile(rf"(?:{words('untitled')})?[\s\d（）()\-_.]*", re.IGNORECASE),
    )


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
    lines = [line for line in lines if line]
    lines = [*_parted(lines[:_TOP], _words(lexicon).joint), *lines[_TOP:]]
    words, said = _words(lexicon), _said(fields or {})
    title = said.get("title") or _title(lines, meta, stem, lexicon)
    office = said.get("office") or issuer(title.value, lines, lexicon)
    kind, shape = guess_kind([title.value], "\n".join(lines), lexicon)
    found = {
        "title": title,
        "author": _author(lines, meta, words),
        "office": office,
        "date": said.get("date")
        or _date(lines, meta, title.value, stem, lexicon)
        or _folder_date(folders),
        "kind": Guess(kind, str(shape), "inferred") if kind else None,
    }
    shown = title.basis if title.confidence == "unsure" else "the title"
    naming = [title.value, *_naming(lines, words.reporting), stem]
    # A name is too short for what tells texts in traditional characters.
    naming += [plain for text in naming if (plain := simplified(text)) != text]
    if number := _number(lines):
        found["document_number"] = Guess(number[1], number[0])
    context = Context(
        "\n".join([*naming, office.basis if office else "", *folders]), "".join(lines)
    )
    place = (
        place_of(office, naming, context, lexicon)
        or short_place(title.value, words.document, shown, context, lexicon)
        or short_place(stem, words.document, "the file's name", context, lexicon)
        or folder_place(folders, words.document, context, lexicon)
        or other_place(lines, meta.get("site", ""), context, lexicon)
    )
    return {key: value for key, value in found.items() if value} | place


def _folder_date(folders: Sequence[str]) -> Guess | None:
    """The day or the one year that the nearest folder is called after."""
    for folder in reversed(folders):
        years = set(_ANY_YEAR.findall(folder))
        day = day_of(folder) or (years.pop() if len(years) == 1 else "9999")
        if int(day[:4]) <= last_year():
            return Guess(day, f"the folder {folder}", "unsure")
    return None


def _parted(lines: Iterable[str], joint: re.Pattern[str]) -> Iterator[str]:
    """Lines in which title, date and speaker run on to the salutation, in their parts."""
    for line in lines:
        begins = _SALUTATION.search(line)
        above = line[: begins.start()] if begins else "。"
        if begins is None or "。" in above:
            yield line
            continue
        yield from (part.strip() for part in joint.split(above) if part.strip())
        yield line[begins.start() :].strip()


def at_odds(
    found: Mapping[str, Guess], stem: str, folders: Sequence[str], lexicon: Lexicon
) -> Iterator[str]:
    """Remarks on a place or a year of which file name or folders say otherwise."""
    nothing = Guess("", "")
    guesses = (found.get(key) or nothing for key in ("place", "date"))
    place, date = (nothing if one.confidence == "corrected" else one for one in guesses)
    for where, text in (("the file's name", stem), *(("the folder", name) for name in folders)):
        context = Context(f"{stem} {' '.join(folders)}", "")
        other = folder_place([text], _words(lexicon).document, context, lexicon).get("place")
        if other and place.value and not related(other.value, place.value, lexicon):
            found_in = f"{where} {text} names {other.value}, and {place.basis} {place.value}"
            yield f"two places: {found_in}; see which is right"
        years, year = set(_ANY_YEAR.findall(text)), date.value[:4]
        # A report on a year is often of the next one.
        known = {year, str(int(year or 0) - 1), *_years(found["title"].value)}
        if len(years) == 1 and year and not years & known:
            said = f"{where} {text} names {years.pop()}, and {date.basis} {date.value}"
            yield f"two years: {said}; see which is right"


def _together(spaced: re.Match[str]) -> str:
    return spaced[0].replace(" ", "")


def _said(fields: Mapping[str, str]) -> dict[str, Guess]:
    """What the fields above a text say of it; the day when it was written before that of issue."""
    said = {
        key: Guess(fields[key], "the page's field") for key in ("title", "office") if key in fields
    }
    days = (day_of(fields.get(key, "")) for key in ("date", "published"))
    if day := next(filter(None, days), None):
        said["date"] = Guess(day, "the page's field")
    return said


def _title(lines: Sequence[str], meta: Mapping[str, str], stem: str, lexicon: Lexicon) -> Guess:
    document, untitled = _words(lexicon).document, _words(lexicon).untitled
    heading = meta.get("heading") or ""
    if not untitled.fullmatch(heading):
        return Guess(heading, "the page's head")
    top = _top(lines, lexicon)
    named = _bare(meta.get("title") or "")
    named = "" if untitled.fullmatch(named) else named
    for text in (named, *_endings(top, document)):
        if document.search(text):
            return Guess(text, "the file's properties" if text == named else text)
    if top:
        return Guess(_bare(_whole(top)), "the first line", "inferred")
    return Guess(stem, "the file's name", "unsure")


def _top(lines: Sequence[str], lexicon: Lexicon) -> list[str]:
    """The lines above the first sentence, without letterhead and the head of a journal."""
    top: list[str] = []
    for line in lines[:HEAD]:
        if len(line) <= MAX_TITLE and (_NUMBERED.search(line) or _MASTHEAD.search(line)):
            if any(map(_words(lexicon).document.search, top)) and not _MASTHEAD.search(line):
                break
            top = []  # above it: who writes, or the journal
            continue
        if not _may_be_title(line) or (top and _ASIDE.match(line)):
            break
        if _words(lexicon).behind.match(line) and all(bodies(above, lexicon) for above in top):
            top = []
        bare = line.lstrip("#").strip()
        top.append("".join(bare.split()) if _LONE.fullmatch(bare) else bare)
    return top


def _whole(top: Sequence[str]) -> str:
    """The first line, with the next one where it ends within a phrase or a quotation."""
    title = top[0]
    for line in top[1:]:
        opened = any(title.count(first) > title.count(last) for first, last in _PAIRS)
        if not (opened or _GOES_ON.search(title)) or len(title + line) > MAX_TITLE:
            break
        title += line
    return title


def _bare(title: str) -> str:
    """A title without the apostrophe of a spreadsheet and without half a pair of marks around it.

    >>> _bare("'-关于节水的通知"), _bare("关于节水的通知”"), _bare("“双减”在行动")
    ('-关于节水的通知', '关于节水的通知', '“双减”在行动')
    """
    title = re.sub(r"^'(?=[=+\-@])", "", title)
    for first, last in _PAIRS:
        if title.count(first) > title.count(last):
            title = title.removeprefix(first)
        elif title.count(first) < title.count(last):
            title = title.removesuffix(last)
    for mark in "\"'":
        title = title.strip(mark) if title.count(mark) == 1 else title
    return title


def _may_be_title(line: str) -> bool:
    """Whether a line is short and no sentence; a Latin word counts as a character."""
    latin = not _HAN.search(line)
    return len(_LATIN.sub("a", line)) <= MAX_TITLE and (latin or not STOP.search(line))


def _endings(top: Sequence[str], document: re.Pattern[str]) -> Iterator[str]:
    """Lines that end as titles do, each with the ones before it, the longest first."""
    for end in range(len(top), 0, -1):
        if document.search(_bare(top[end - 1])):
            joined = "".join(top[:end])
            yield _bare(joined if len(joined) <= MAX_TITLE else top[end - 1])


def _author(lines: Sequence[str], meta: Mapping[str, str], words: _Words) -> Guess | None:
    """Who is named in a byline, signs below the title or the text, or is the file's author."""
    for line in (meta.get("bylines") or "").split("\n"):
        if names := _names(line, words):
            return Guess(names, line)
    for at, line in enumerate(lines):
        if HEAD <= at < len(lines) - _FOOT or words.editor.search(line):
            continue
        short = len(line) <= MAX_TITLE and "，" not in line
        signs = (pattern.search(line) for pattern in words.signed) if short else ()
        if match := next(filter(None, signs), None):
            return Guess("".join(match[1].split()), line[:MAX_TITLE])
        if names := _names(line[:MAX_TITLE], words):
            return Guess(names, line[:MAX_TITLE])
        below = lines[at + 1] if 0 < at < len(lines) - 1 else ""
        if below.endswith(("：", ":")) and words.person.fullmatch("".join(line.split())):
            return Guess("".join(line.split()), f"{line} {below}", "inferred")
    # What pages name as their author is often a paper or an office.
    named = (meta.get("author") or "").partition("/")[0]
    if words.person.fullmatch(named) or re.fullmatch(r"[A-Z][\w. -]+", named):
        return Guess(named, "the file's properties")
    return None


def _names(line: str, words: _Words) -> str:
    """The persons that stand behind the first label of an author, as the reporter's."""
    found = words.byline.search(line)
    return re.sub(r"[、，,/\s]+", "、", found[1]) if found else ""


def _date(
    lines: Sequence[str], meta: Mapping[str, str], title: str, stem: str, lexicon: Lexicon
) -> Guess | None:
    """The day of a meeting or signature, then any in head or foot, then that of page or file."""
    lines = [in_our_era(line) for line in lines]
    # What stands above the title that a page states is the site's, as a clock.
    begins = lines.index(title) if meta.get("heading") and title in lines[:HEAD] else 0
    head = [line for line in lines[begins:HEAD] if len(line) <= MAX_TITLE and "印发" not in line]
    stated = [line for line in head if _DATED.fullmatch(DAY.sub("D", line))]
    signed = [line for _, line in signatures(lines, lexicon)]
    by = meta.get("date_by", "")
    # Below a page's text may stand the days of others, which are not written out.
    own = "" if by or not meta.get("date") else "年"
    feet = [line for line in lines[-_FOOT:] if len(line) <= _MAX_SIGNATURE and own in line]
    for line in (*stated, *signed, *head, *feet):
        if DAY.search(line) and (day := day_of(line)):
            return Guess(day, line, "stated" if line in (*stated, *signed) else "inferred")
    page = (meta.get("date") or "", by or "the page's head", "inferred" if by else "stated")
    for text, basis, confidence in (page, (stem, "the file's name", "stated")):
        if day := day_of(text):
            return Guess(day, basis, confidence)
    for line in (*head, *feet):
        if _MONTH.fullmatch(arabic(line)):
            return Guess(str(iso_of(line.strip("（()）"), None)), line)
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
