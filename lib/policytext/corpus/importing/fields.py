"""Take the fields above a government's page out of its text: 发文字号, 成文日期, 主题分类."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise, zip_longest

from policytext.corpus.days import day_of
from policytext.corpus.importing.cleaning import introduces
from policytext.corpus.importing.files import BESIDE, Draft, Line
from policytext.lexicon.lexicon import Lexicon, expressions
from policytext.lexicon.schema import heading
from policytext.text.sentences import HEADING_MARK

# The fields stand above the text, whose first sentence ends them; one label alone may be prose.
_TOP, _MIN_LABELS, _LONGEST_VALUE = 300, 2, 120
_LONGEST_NAME, _BETWEEN_NAMES = 5, re.compile(r"[、/\s]+")
# The last field of a block may be empty, and the next line the title of the text.
_LONGEST_BYLINE = 80
_OFTEN_EMPTY = "keywords"
_DATED = ("published", "effective")
_LABEL_END = ":：】"
_LABEL = re.compile(
    r"""
    (?: ^ | (?<= [\s　|（(] ) )
    ( [^\s：:|（()）]{1,8} )   # the label
    [\s　]* [：:]
    """,
    re.VERBOSE,
)
_SENTENCE = re.compile("[，。；].*。")
# What is said is no value, 记者：今年有哪些打算？, though a title may ask.
_SAID, _TITLE_SAID = re.compile("[。；？！?!…][”』]?$"), re.compile("[。；]$")
# What begins a rule.
_ARTICLE = re.compile(r"第[一二三四五六七八九十百\d]+条")
# 【发文字号】国发〔2019〕5号, as exports of text databases have it.
_BRACKETED = re.compile(r"【([^】]{2,12})】\s*([^【]*)")


def take_fields(draft: Draft, lexicon: Lexicon) -> dict[str, str]:
    """The values of the fields above a text, by column; their lines leave the text.

    A label and its value, which may stand on the line below it, go together, and the report lists
    both. Labels are those of ``page_fields.csv``; fewer than two different ones are left alone.

    >>> from policytext import default_lexicon
    >>> texts = ["索 引 号：", "0001/2019", "发文字号：", "国发〔2019〕5号", "关于监管的意见"]
    >>> draft = Draft([Line(number, text) for number, text in enumerate(texts, start=1)])
    >>> take_fields(draft, default_lexicon())
    {'index_number': '0001/2019', 'document_number': '国发〔2019〕5号'}
    >>> [line.text for line in draft.kept()]
    ['关于监管的意见']
    """
    known = dict(zip(*(lexicon["page_fields"][name] for name in ("label", "column")), strict=True))
    found: list[tuple[str, str, list[Line]]] = []
    for at, line in enumerate(top := _top(draft, known, lexicon)):
        for label, value in _labelled(line.text, known):
            below = top[at + 1 : at + 2]
            lines = [line]
            if value is None and known[label] == "author" and below and _SAID.search(below[0].text):
                continue  # who speaks below
            if value is None and known[label] != _OFTEN_EMPTY and _is_value(below, known):
                value, lines = below[0].text, [line, *below]
            found.append((label, (value or "").strip(), lines))
    if len({label for label, _, _ in found}) < _MIN_LABELS:
        return {}
    fields: dict[str, str] = {}
    for label, value, lines in found:
        for line in lines:
            line.why = f"field: {label}"
        if value:
            day = day_of(value) if known[label] in _DATED else None
            fields.setdefault(known[label], day or value)
    return fields


def bylines(draft: Draft, lexicon: Lexicon) -> list[str]:
    """The short lines, not of a menu, with the label of an author in them.

    >>> from policytext import default_lexicon
    >>> draft = Draft([Line(1, "春耕忙"), Line(2, "2021-03-05 记者 李大明 责编：张三")])
    >>> bylines(draft, default_lexicon())
    ['2021-03-05 记者 李大明 责编：张三']
    """
    label = expressions(lexicon)["{label of author}"]
    open_ = (line for line in draft.lines if (line.why or BESIDE).startswith(BESIDE))
    short = (line.text for line in open_ if len(line.text) <= _LONGEST_BYLINE)
    return [text for text in short if "。" not in text and label.search(text)]


def _top(draft: Draft, known: dict[str, str], lexicon: Lexicon) -> list[Line]:
    """The lines above the text, whose own labels are no fields."""
    # The fields may stand beside what an extractor takes for the text.
    open_ = (line for line in draft.lines if (line.why or BESIDE).startswith(BESIDE))

    def begins(line: Line) -> bool:
        text, labelled = line.text, list(_labelled(line.text, known))
        return (
            (_SENTENCE.search(text) is not None and "【" not in text)
            or _ARTICLE.match(text) is not None
            or (not text.startswith("#") and HEADING_MARK.match(text) is not None)
            or (not labelled and introduces(text, lexicon))
            or (
                "\t" not in text and any(_is_said(known[label], value) for label, value in labelled)
            )
        )

    above = itertools.takewhile(lambda line: not begins(line), filter(lambda one: one.text, open_))
    top = list(itertools.islice(above, _TOP))
    asked = Counter(speaker for line in top if (speaker := _speaker(line.text, known)))
    return list(itertools.takewhile(lambda one: asked[_speaker(one.text, known)] < 2, top))


def _speaker(text: str, known: dict[str, str]) -> str:
    """The label of an author before what is no name: of several lines those of a conversation."""
    label, value = next(_labelled(text, known), ("", ""))
    is_speech = max(map(len, _BETWEEN_NAMES.split(value or ""))) > _LONGEST_NAME
    return label if is_speech and known[label] == "author" else ""


def _is_said(column: str, value: str | None) -> bool:
    """Whether what stands behind a label is a sentence or a question."""
    return bool((_TITLE_SAID if column == "title" else _SAID).search(value or ""))


def _labelled(text: str, known: dict[str, str]) -> Iterator[tuple[str, str | None]]:
    """The labels of a line, each with what stands behind it: in brackets, or one in each cell.

    None where the label stands alone, "" where it has no value on a line with others.
    """
    if bracketed := [pair for pair in _BRACKETED.findall(text) if heading(pair[0]) in known]:
        yield from ((heading(label), value) for label, value in bracketed)
        return
    # Of a label or a value over two columns the second cell is empty.
    filled = (cell.strip() for cell in text.split("\t") if cell.strip())
    cells = [part for cell in filled for part in _parted(cell, known)]
    is_row = "\t" in text or len(cells) > 1
    for cell, behind in zip_longest(cells, cells[1:]):
        label, mark, value = re.sub("：", ":", cell, count=1).partition(":")
        if (label := heading(label)) in known and (mark or is_row):
            empty = "" if is_row else None
            yield label, value or (empty if not behind or _is_label(behind, known) else behind)


def _parted(cell: str, known: dict[str, str]) -> Iterator[str]:
    """A cell cut before each label that a mark follows: 发布时间：2021-03-05 来源：县府办."""
    begins = [
        match.start(1)
        for match in _LABEL.finditer(cell)
        if match.start() == 0 or heading(match[1]) in known
    ]
    for begin, end in pairwise([*(begins or [0]), len(cell)]):
        yield cell[begin:end].strip()


def _is_label(text: str, known: dict[str, str]) -> bool:
    return heading(text.rstrip(_LABEL_END)) in known


def _is_value(below: list[Line], known: dict[str, str]) -> bool:
    """Whether the line below a label is its value: no label, known or with a mark behind it."""
    text = below[0].text if below else ""
    labelled = any(True for _ in _labelled(text, known)) or text.endswith((":", "："))
    short = 0 < len(text) <= _LONGEST_VALUE and not _SAID.search(text)
    return short and not labelled and not _is_label(text, known)
