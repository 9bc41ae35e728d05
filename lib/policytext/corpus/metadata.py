"""Column names in Chinese or English, labels and years of documents."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

import pandas as pd

from policytext.corpus.days import year
from policytext.corpus.headers import AGAIN
from policytext.corpus.issues import CorpusError, Issue
from policytext.lexicon.lexicon import Lexicon, coded, default_lexicon, expressions
from policytext.lexicon.schema import heading

DOCUMENT_COLUMNS = ["doc", "label", "file", "start", "end", "title", "author", "office", "place"]
DOCUMENT_COLUMNS += ["level", "organ", "kind", "kind_basis", "date", "date_basis", "year"]


def recognise(
    header: Iterable[str],
    file: str,
    columns: Mapping[str, str] | None = None,
    lexicon: Lexicon | None = None,
) -> tuple[dict[str, str], list[Issue]]:
    """Map a table's column names to ours.

    Args:
        header: The table's column names.
        file: What messages call the table.
        columns: From our names to the table's, for those that are not to be guessed; ``=`` before
            a value says that no column has it but every document.
        lexicon: ``column_names.csv`` lists the names that are known.

    Returns:
        From the table's names to ours, for the columns that were recognised, and a note for each
        that changes its name. Of two columns with one meaning the name that stands first in
        ``column_names.csv`` is taken; the other stays as it is.

    Raises:
        CorpusError: A column that ``columns`` names is not there, or a name stands twice.

    >>> recognise(["标题", "正文", "GDP"], "a.csv")[0]
    {'正文': 'text', '标题': 'title'}
    """
    header = list(header)
    chosen = {ours: named for ours, named in (columns or {}).items() if not named.startswith("=")}
    for ours, named in chosen.items():
        if named not in header:
            has = ", ".join(header)
            for near in get_close_matches(named, header, 1, _NEAR_NAMED):
                has += f"; is it {near}?"
            raise CorpusError(f"{file}: no column {named!r} to be read as {ours}; it has {has}")
    found = {theirs: ours for ours, theirs in chosen.items()}
    known = (lexicon or default_lexicon())["column_names"]
    plain = {_plain(name): name for name in header}
    for name, ours in zip(known["name"], known["column"], strict=True):
        match = plain.get(_plain(name))
        # A column that has one of our own names by right is not taken for another's synonym.
        if match and match not in found and ours not in found.values():
            found[match] = ours
    notes = [*_nearest(file, header, found, known), *_misspelt(file, columns or {})]
    for theirs, ours in found.items():
        if theirs + AGAIN.format(2) in header:
            raise CorpusError(f"{file}: two columns are called {theirs!r}; rename one")
        if theirs != ours:
            fix = f'if it is not, name the right one: columns={{"{ours}": "…"}}'
            notes.append(Issue(file, None, "guess", "column", f"{theirs} is read as {ours}", fix))
    return found, notes


def meaning(columns: Mapping[str, str] | None, lexicon: Lexicon | None) -> Callable[[str], str]:
    """What gives our name for a table's column, and its own for one that is not known.

    >>> list(map(meaning({"text": "稿子"}, None), ["稿子", "正文", "GDP"]))
    ['text', 'text', 'GDP']
    """
    known = (lexicon or default_lexicon())["column_names"]
    ours = dict(zip(map(_plain, known["name"]), known["column"], strict=True))
    ours |= {_plain(named): name for name, named in (columns or {}).items()}
    return lambda name: ours.get(_plain(name), name)


def code(
    file: str, rows: Iterable[dict[str, Any]], lexicon: Lexicon | None = None
) -> Iterator[Issue]:
    """Write levels and kinds as our values; a note on each name that was read as one."""
    read: dict[tuple[str, str], str] = {}
    for row in rows:
        for column in ("level", "kind"):
            cell = row.get(column)
            if isinstance(cell, str) and (value := coded(column, cell, lexicon)) != cell:
                row[column] = read[column, cell] = value
    for (column, cell), value in read.items():
        fix = f"if it is not, write the right one into the column {column}"
        yield Issue(file, None, "guess", column, f"{cell} is read as {value}", fix)


def _plain(name: str) -> str:
    return heading(name).replace("_", "")


def _nearest(
    file: str, header: list[str], found: Mapping[str, str], known: pd.DataFrame
) -> Iterator[Issue]:
    """A note on each column that nearly has a name that is known, or ends in one: 上报日期."""
    free = known[~known["column"].isin(found.values())].set_index("name")["column"]
    for theirs in (name for name in header if name not in found):
        ends = (name for name in free.index if len(name) > 1 and theirs.endswith(name))
        close = get_close_matches(theirs, list(free.index), 1, _NEAR)
        for near in close or sorted(ends, key=len)[-1:]:
            detail = f"{theirs} is kept as it is; is it {near}, a column that is known"
            fix = f'then say so: columns={{"{free[near]}": "{theirs}"}}'
            yield Issue(file, None, "warning", "column", f"{detail}?", fix)


def _misspelt(file: str, columns: Mapping[str, str]) -> Iterator[Issue]:
    """A note on each name that is given as one of ours and is only nearly one."""
    ours = [*DOCUMENT_COLUMNS, "text"]
    for given in (name for name in columns if name not in ours):
        for near in get_close_matches(given, ours, 1, _NEAR):
            found = f"{given!r} is no name of ours, and so a column of your own"
            fix = f"write {near}={columns[given]} if that is meant"
            yield Issue(file, None, "warning", "column", found, fix)


# One character of two that a person names in full, and what is misspelt.
_NEAR_NAMED, _NEAR = 0.5, 0.7


# Longer ones are cut; a title of forty characters labels no bar.
_MAX_LABEL = 16
_SOURCES = ("place", "author", "title", "doc")


def labels(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """One label a document: the user's, else one that no other document has.

    The place, else author, title or name; then, where several share it, with the year, the whole
    date, a number. A ``label`` of the user's stays as it is: it may be a group's.

    >>> labels([{"place": "宝安区", "date": "2019"}, {"place": "宝安区", "date": "2020-02-01"},
    ...         {"place": "光明区", "date": "2019"}])
    ['宝安区 2019', '宝安区 2020', '光明区']
    """
    rows = list(rows)
    names = [str(row.get("label") or _short(row)) for row in rows]
    for step in ("year", "date", "number"):
        counts, seen = Counter(names), Counter[str]()
        for at, row in enumerate(rows):
            name, date = names[at], str(row.get("date") or "")
            seen[name] += 1
            if counts[name] == 1 or row.get("label"):
                continue
            if step == "year":
                names[at] = f"{name} {year(row) or ''}".strip()
            elif step == "number":
                names[at] = f"{name} ({seen[name]})"
            elif name.endswith(f" {date[:4]}"):
                names[at] = name + date[4:]
    return names


def _short(row: Mapping[str, Any]) -> str:
    name = next(str(row[key]) for key in _SOURCES if row.get(key))
    return name if len(name) <= _MAX_LABEL else name[: _MAX_LABEL - 1] + "…"


# 李克强作政府工作报告 is a headline.
_GIVEN = "(?<!工)作(?=政府|工作|报告)"
_NUMBERED = re.compile(r"^[\d\W_]+")  # of a file that is called so: 15_20210708_
_TITLE_TAIL = re.compile(r"[ \u3000]*(?:全文|[（(][^（）()]*[）)])*(?:[_【|—\-].*)?$")
_HEAD, _MIN_ARTICLES, _LONGEST_TITLE = 600, 3, 300
# Where news says who sent it: at its beginning, below its title, or in its last line.
_LEAD, _SIGNED = 200, 30
_ARTICLE = re.compile(r"^[ \t\u3000]*第[一二三四五六七八九十百\d]+条", re.MULTILINE)
# How texts of a kind begin, in the order in which they are asked.
_REPORTS = re.compile("代表[^。]{2,40}?(?:作|报告)[^。]{0,12}(?:工作|报告)")
# A question and its answer, a paragraph each.
_ASKS = re.compile(
    r"""^[ \t\u3000]{0,9} (?: 本?[报刊台]?记者 | 主持人 | 问 ) [：:] .+  # 记者：今年有哪些打算？
    \n\s{0,9} [\u4e00-\u9fff·]{1,10} [：:]                          # 王小明：
    """,
    re.MULTILINE | re.VERBOSE,
)
_NOTIFIES = re.compile("特此(?:通知|公告|通告|函告)|印发给你们|现(?:通知|公告|通告)如下")


def guess_kind(
    titles: Iterable[str], text: str, lexicon: Lexicon | None = None
) -> tuple[str | None, str | None]:
    """The kind of a document and whether its ``title`` or its ``shape`` speaks for it.

    Args:
        titles: Its title, or the lines above its text.
        text: The text.
        lexicon: ``document_words.csv`` lists the words that end titles, and the kind of each.

    >>> guess_kind(["2021年瑞安市政府工作报告"], "各位代表：…"), guess_kind([], "第一条…")
    (('report', 'title'), (None, None))
    >>> guess_kind(["我国粮食丰收"], "本报北京1月5日讯 去年粮食增产。")
    ('news', 'shape')
    """
    words = expressions(lexicon := lexicon or default_lexicon())
    head = text[:_HEAD]
    if words[_DATELINE].search(head[:_LEAD]) and not _REPORTS.search(head):
        return "news", "shape"
    for title in titles:
        bare = _NUMBERED.sub("", title.strip()[-_LONGEST_TITLE:])
        named = words[_ENDS].search(_TITLE_TAIL.sub("", bare))
        if named and named[0] in _kinds(lexicon) and not words[_TOLD].search(title):
            return _kinds(lexicon)[named[0]], "title"
    kind = _shape(text, head) or ("speech" if words[_ADDRESSED].search(head) else None)
    if not kind and any(map(words[_REPORTER].search, (head[:_LEAD], text.strip()[-_SIGNED:]))):
        kind = "news"
    return kind, "shape" if kind else None


# What begins news, tells of a text, addresses its hearers, or ends a title.
_DATELINE = r"""(?m:^) \W* (?:
      {dateline} [^。，]{0,20} [电讯息]                       # 新华社北京1月5日电
    | [-\w]{1,12} {medium} (?: 快?讯 (?![号息问速])           # 甲县日报讯
        | {HAN}{0,6} (?:\d{1,2}月)? \d{1,2}日 (?: [电讯] | 消息 ) )      # 甲县新闻网3月5日电
    | 据 [^。，]{2,20} 消息 (?=[，：])                        # 据《甲县日报》3月5日消息，
)"""
# Who reports, in a line of its own or before the text, and what a reporter was told.
_REPORTER = r"""
      (?m:^) [^。，：]{0,8} {reporter} [\s：:]* {surname} {HAN}{1,2} (?= (?m:$) | \W | 报道 )
    | {reporter} 从 [^。，]{2,30} {is learned}
"""
_TOLD = f"{_GIVEN}|{{tells of a text}}"
_ADDRESSED = r"(?m:^){salutation}[^。]{0,30}[：:！!，,]"
_ENDS = "{document | rules}$"


@lru_cache(maxsize=8)
def _kinds(lexicon: Lexicon) -> dict[str, str]:
    """The kind of each word that ends titles."""
    words = lexicon["document_words"]
    return {word: kind for word, kind in zip(words["word"], words["kind"], strict=True) if kind}


def _shape(text: str, head: str) -> str | None:
    if _REPORTS.search(head):
        return "report"
    if _ASKS.search(text):
        return "interview"
    if len(_ARTICLE.findall(text)) >= _MIN_ARTICLES:
        return "regulation"
    if _NOTIFIES.search(head) or _NOTIFIES.search(text[-_HEAD:]):
        return "notice"
    return None
