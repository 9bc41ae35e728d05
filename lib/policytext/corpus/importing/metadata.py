"""Guess title, author, place and date from the beginning of a document."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from policytext.corpus.metadata import guess_kind
from policytext.lexicon.lexicon import Lexicon
from policytext.lexicon.schema import LEVELS
from policytext.text.dates import iso_of
from policytext.text.patterns import any_word

# A title, who speaks and when stand in the first lines; a signature with its date in the last.
_HEAD, _FOOT = 12, 3
_MIN_MENTIONS = 5
# Of all characters; reports of one place name it three to five times in a thousand.
_MIN_RATE = 0.0015
_MAX_TITLE, _MAX_SIGNATURE = 60, 24
_STOP = re.compile("[。；！？：:]")
_ASIDE = re.compile(r"[（(【—\-–]|\d{4}年\d{1,2}月\d{1,2}日")
_N = "一二三四五六七八九"
_DAY = re.compile(
    rf"""
      \d{{4}} \s* [年./-] \s* \d{{1,2}} \s* [月./-] \s* \d{{1,2}} (?!\d)  # 2021年2月3日, 2021-2-3
    | [〇○零{_N}]{{4}} 年 [{_N}十]{{1,2}} 月 [{_N}十]{{1,3}} (?=日)        # 二〇二一年二月三日
    """,
    re.VERBOSE,
)
# 国办发〔2026〕15号, and with other brackets.
_NUMBERED = re.compile(r"[〔\[【（(]\s*(?:19|20)\d{2}\s*[〕\]】）)]\s*第?\s*\d+\s*号")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_NAME = r"([\u4e00-\u9fff](?:[ \u3000]{0,3}[\u4e00-\u9fff]){1,3})"


class Guess(NamedTuple):
    """A value, the words that it rests on, and how sure it is.

    ``stated``: the file or the text says it where such things are said (a field, a title, a
    signature); ``inferred``: a rule concludes it from words that say something else; ``unsure``:
    for want of better.
    """

    value: str
    basis: str
    confidence: str = "stated"


def guess(
    lines: Sequence[str],
    meta: Mapping[str, str],
    stem: str,
    lexicon: Lexicon,
    fields: Mapping[str, str] | None = None,
) -> dict[str, Guess]:
    """Title, author, office, place, level and date, as far as anything speaks for one.

    Args:
        lines: The document's lines.
        meta: title, author, date as the file names them in its properties or page head, and
            heading, the title that a web page states of its text.
        stem: The file's name without ending.
        lexicon: Where the names of places and offices come from.
        fields: What a government's page says above its text, which goes before every guess.

    >>> from policytext import default_lexicon
    >>> lines = ["2021年瑞安市", "政府工作报告", "（2021年2月3日）", "市长 王小明", "各位代表："]
    >>> {key: found.value for key, found in guess(lines, {}, "a", default_lexicon()).items()}
    {'title': '2021年瑞安市政府工作报告', 'author': '王小明', 'date': '2021-02-03', \
'kind': 'report', 'place': '瑞安市', 'level': 'county'}
    """
    lines = [line for line in lines if line.strip()]
    document, reporting, signed, speaking = _expressions(lexicon)
    said = _said(fields or {})
    title = said.get("title") or _title(lines, meta, stem, document)
    found = {
        "title": title,
        "author": _author(lines, meta, signed, speaking),
        "office": said.get("office"),
        "date": said.get("date") or _date(lines, meta, title.value, stem),
    }
    naming = [title.value, *_naming(lines, reporting), stem]
    place = (
        _place(naming, lexicon)
        or _of_file(stem, document, lexicon)
        or _most_named(lines, lexicon)
        or _place([meta.get("site", "")], lexicon)
    )
    kind, shape = guess_kind([title.value], "\n".join(lines), lexicon)
    if kind:
        found["kind"] = Guess(kind, str(shape), "inferred")
    return {key: value for key, value in found.items() if value} | place


def _said(fields: Mapping[str, str]) -> dict[str, Guess]:
    """What the fields above a text say of it; the day when it was written before that of issue."""
    said = {
        key: Guess(fields[key], "the page's field") for key in ("title", "office") if key in fields
    }
    days = (day_of(fields.get(key, "")) for key in ("date", "published"))
    if day := next(filter(None, days), None):
        said["date"] = Guess(day, "the page's field")
    return said


@cache
def _expressions(lexicon: Lexicon) -> tuple[re.Pattern[str], ...]:
    """Expressions for the end of a title, who reports, who signs, and who speaks."""

    def words(*roles: str) -> str:
        listed = (lexicon.words("document_words", "word", role=role) for role in roles)
        return any_word(word for words in listed for word in words)

    titles = lexicon["titles"]
    office = any_word(titles["word"][titles["side"].isin(["before", "both"])])
    return (
        re.compile(rf"(?:{words('document', 'rules')})(?:[（(].{{0,12}}[)）])?$"),
        re.compile(rf"代表.{{2,24}}?(?:{words('reporting body')})"),
        re.compile(rf"(?:{office})(?:[ \u3000]*[：:][ \u3000]*|[ \u3000]+){_NAME}[）)]?$"),
        re.compile(rf"(?:{office}){_NAME}同?志?在.{{2,40}}(?:会议|大会)上"),
    )


def _title(
    lines: Sequence[str], meta: Mapping[str, str], stem: str, document: re.Pattern[str]
) -> Guess:
    if heading := meta.get("heading"):
        return Guess(heading, "the page's head")
    for text in (meta.get("title") or "", *_title_lines(lines, document)):
        if document.search(text):
            return Guess(text, "the file's properties" if text == meta.get("title") else text)
    if lines and len(lines[0]) <= _MAX_TITLE and not _STOP.search(lines[0]):
        return Guess(_bare(lines[0]), "line 1", "inferred")
    return Guess(stem, "the file's name", "unsure")


def _title_lines(lines: Sequence[str], document: re.Pattern[str]) -> Iterator[str]:
    """Lines above the first sentence, each alone and with the ones before it, longest first."""
    top: list[str] = []
    for line in lines[:_HEAD]:
        if _NUMBERED.search(line) and len(line) <= _MAX_TITLE:
            top = []  # a letterhead: who writes, and the number of the document
            continue
        if _STOP.search(line) or len(line) > _MAX_TITLE or (top and _ASIDE.match(line)):
            break
        top.append(_bare(line))
    for end in range(len(top), 0, -1):
        if document.search(top[end - 1]):
            joined = "".join(top[:end])
            yield joined if len(joined) <= _MAX_TITLE else top[end - 1]


def _bare(line: str) -> str:
    return line.lstrip("#").strip()


def _author(
    lines: Sequence[str],
    meta: Mapping[str, str],
    signed: re.Pattern[str],
    speaking: re.Pattern[str],
) -> Guess | None:
    """The name after an office or 作者 in a line of its own, or before 在…上 in the title."""
    for line in (*lines[:_HEAD], *lines[_HEAD:][-_FOOT:]):
        short = len(line) <= _MAX_TITLE and "，" not in line
        match = (short and signed.search(line)) or speaking.search(line)
        if match:
            return Guess("".join(match[1].split()), line[:_MAX_TITLE])
    named = meta.get("author") or ""
    return Guess(named, "the file's properties") if named else None


def _date(lines: Sequence[str], meta: Mapping[str, str], title: str, stem: str) -> Guess | None:
    feet = ("".join(line.split()) for line in lines[-_FOOT:])
    signed = [line for line in feet if len(line) <= _MAX_SIGNATURE]
    for line in (*lines[:_HEAD], *signed):
        if len(line) <= _MAX_TITLE and (day := day_of(line)):
            return Guess(day, line)
    if day := day_of(meta.get("date") or ""):
        by = meta.get("date_by")
        return Guess(day, by or "the page's head", "inferred" if by else "stated")
    for text, basis in ((title, "the title"), (stem, "the file's name")):
        if year := _YEAR.search(text):
            return Guess(year[1], basis, "inferred")
    return None


def day_of(text: str) -> str | None:
    """The first day that is named in a text, as an ISO date."""
    match = _DAY.search(text)
    if not match:
        return None
    year, month, day = filter(None, re.split(r"[年月./\s-]+", match[0]))
    return iso_of(f"{year}年{month}月{day}日", None)


def _naming(lines: Sequence[str], reporting: re.Pattern[str]) -> Iterator[str]:
    """The short lines at the top, and of the first long ones what says who reports."""
    for line in lines[:_HEAD]:
        if len(line) <= _MAX_TITLE and not _STOP.search(line):
            yield line
        elif match := reporting.search(line):
            yield match[0]


def _place(texts: Sequence[str], lexicon: Lexicon) -> dict[str, Guess]:
    """The lowest place that the first of the texts with any place names, and its level."""
    for text in texts:
        named = [row for row in _places(lexicon) if row[0] in text]
        if named:
            name, level, _ = min(named, key=lambda row: (-LEVELS.index(row[1]), text.index(row[0])))
            return _placed(name, level, text[:_MAX_TITLE], "stated")
    return {}


def _placed(name: str, level: str, basis: str, confidence: str) -> dict[str, Guess]:
    return {
        "place": Guess(name, basis, confidence),
        "level": Guess(level, name, "unsure" if confidence == "unsure" else "inferred"),
    }


def _of_file(stem: str, document: re.Pattern[str], lexicon: Lexicon) -> dict[str, Guess]:
    """The place whose short name the file's name begins with: 济南.docx, 济南政府工作报告.pdf."""
    begins = re.match(r"[\d\W_]*([\u4e00-\u9fff]{2,})", stem)
    if not begins:
        return {}
    text = begins[1]
    rows = [row for row in _places(lexicon) if text.startswith(row[2])]
    # Of 吉林 and 吉林市, 海南 and 海南州 the higher.
    rows.sort(key=lambda row: (-len(row[2]), LEVELS.index(row[1])))
    for name, level, short in rows:
        if text == short or document.search(text):
            return _placed(name, level, "the file's name", "inferred")
    return {}


def _most_named(lines: Sequence[str], lexicon: Lexicon) -> dict[str, Guess]:
    """The place that a text keeps naming, by its short name too, far oftener than any other.

    National texts name many places, and an article names where its authors work.
    """
    text = "".join(lines)
    named = (row for row in _places(lexicon) if row[0] in text)
    counted = sorted(((text.count(short), name, level) for name, level, short in named))[::-1]
    if not counted:
        return {}
    count, name, level = counted[0]
    next_best = counted[1][0] if len(counted) > 1 else 0
    if count < max(_MIN_MENTIONS, _MIN_RATE * len(text), 2 * next_best):
        return {}
    return _placed(name, level, f"named {count} times", "unsure")


@cache
def _places(lexicon: Lexicon) -> tuple[tuple[str, str, str], ...]:
    """Name, level and short name of each place; names of two characters stand in other words."""
    table = lexicon["places"]
    table = table[table["name"].str.len() > 2]
    short = table["short"].where(table["short"] != "", table["name"])
    return tuple(zip(table["name"], table["level"], short, strict=True))
