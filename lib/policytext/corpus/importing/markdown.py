"""Read Markdown as its reader sees it: words without marks, and tables as rows."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from policytext.corpus.encoding import decode
from policytext.corpus.importing.files import Draft, Item, Line, without_margin
from policytext.corpus.importing.web import lines_of

# A reader of our own, as libraries keep to the letter: by it the marks of **“口号”**建设 stay in
# the text, as does the whole of a table with uneven rows, and [1]: 可比价 is an address.
_HEAD = re.compile(
    r"""---[ \t]*\n
    ( (?: [\w-]+[ \t]*: .*\n | [ \t#-].*\n | \n )+ )  # title: 报告, and lines that go on with it
    (?: --- | \.\.\. )[ \t]*(?:\n|$)
    """,
    re.VERBOSE,
)
_FIELD = re.compile(r"^(title|author|date)[ \t]*:[ \t]*(.*)$", re.MULTILINE | re.IGNORECASE)
# What is one, though it may be written on several lines.
_BLOCK = re.compile(r"<table\b.*?</table>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(r"\s*(?:```|~~~)")
_UNSEEN = {
    "rule": re.compile(r"\s*(?:=+|(?:[-*_]\s*){3,})"),
    "rule of a table": re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?)?\s*"),
    "address of a link": re.compile(r"\s*\[[^\]]+\]:\s*<?(?:\w+:/|[./#]).*"),
}
_BEGINS = re.compile(
    r"""\s*(?: >\s? )*                        # a quotation
    (?: [-*+]\s+ (?: \[[ xX]\]\s+ )? )?  # an item of a list, of a list of tasks
    (?: \[\^[^\]]+\]:\s* )?              # a note
    """,
    re.VERBOSE,
)
_BAR = re.compile(r"(?<!\\)\|")
_LINK = re.compile(
    r"""(!?) \[ ([^\]]*) \]
    (?: \( (?: [^()] | \([^()]*\) )* \)  # (address "title")
    | \[ [^\]]* \] )                     # [name of an address]
    """,
    re.VERBOSE,
)
_NOTE = re.compile(r"(?<=\S)\[\^[^\]]+\]")
_STRUCK = re.compile(r"~~(?=\S)(.+?)~~")
# One star or line within Latin words and numbers is none: 2*3, snake_case.
_MARKS = re.compile(
    r"""(?<!\\) (?:
      (?P<two> \*{2,3} | __ ) (?=[^\s*_]) (?P<strong> .+? ) (?P=two)
    | (?<![0-9A-Za-z*_]) (?P<one> [*_] ) (?=[^\s*_]) (?P<weak> [^*_]+ ) (?P=one) (?![0-9A-Za-z*_])
    | (?P<tick> `+ ) (?P<code> .+? ) (?P=tick)
    )""",
    re.VERBOSE,
)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:[\s/][^<>]*)?>|<!--")


def read_markdown(item: Item) -> Draft:
    """A Markdown file, line by line; a heading keeps its marks, by which it is known for one.

    >>> text = "# 报告\\n全年**增长**[6%](a.htm)。\\n|甲|乙|\\n|--|--|\\n|1|2|"
    >>> [line.text for line in read_markdown(Item("a.md", text.encode())).kept()]
    ['# 报告', '全年增长6%。', '甲\\t乙', '1\\t2']
    """
    decoded = decode(item.data, item.name)
    guessed = f"read as {decoded.encoding}; if characters look wrong, save the file as UTF-8"
    draft = Draft([], remarks=[guessed] if decoded.guessed else [])
    text = "\n".join(decoded.text.splitlines())
    lines = _BLOCK.sub(_on_one_line, text).split("\n")
    in_head = 0
    if head := _HEAD.match(text):
        draft.meta = {key.lower(): value.strip("'\" ") for key, value in _FIELD.findall(head[1])}
        draft.meta["heading"] = draft.meta.get("title", "")
        in_head = head[0].count("\n")
    draft.lines = [
        Line(n, t, why="Markdown: head of the file") for n, t in enumerate(lines[:in_head], 1)
    ]
    draft.lines += _lines(lines[in_head:], in_head + 1)
    return draft


def _on_one_line(block: re.Match[str]) -> str:
    return block[0].replace("\n", " ") + "\n" * block[0].count("\n")


def _lines(texts: list[str], first: int) -> Iterator[Line]:
    in_code = in_table = False
    for number, (text, below) in enumerate(zip_longest(texts, texts[1:], fillvalue=""), first):
        in_table = "|" in text and (in_table or bool(_UNSEEN["rule of a table"].fullmatch(below)))
        if _FENCE.match(text):
            in_code = not in_code
            yield Line(number, text, why="Markdown: code begins or ends")
        elif in_code:
            yield Line(number, text.strip())
        elif why := next((why for why, rule in _UNSEEN.items() if rule.fullmatch(text)), ""):
            yield Line(number, text.strip(), why=f"Markdown: {why}")
        else:
            bare = text.strip()
            is_row = in_table or (len(bare) > 1 and bare[0] == bare[-1] == "|")
            yield from _seen(_cells(bare) if is_row else _BEGINS.sub("", text, count=1), number)


def _cells(row: str) -> str:
    inner = row[row.startswith("|") : len(row) - (row.endswith("|") and not row.endswith("\\|"))]
    return "\t".join(cell.strip() for cell in _BAR.split(inner))


def _seen(text: str, number: int) -> Iterator[Line]:
    """A line without its marks; several where tags of HTML break it or strike words out."""
    text = _NOTE.sub("", _LINK.sub(lambda link: "" if link[1] else link[2], text))
    text = _STRUCK.sub(r"<del>\1</del>", text)
    while (plain := _MARKS.sub(_unmarked, text)) != text:
        text = plain
    text = _ESCAPED.sub(r"\1", text)
    if not _TAG.search(text):
        yield Line(number, without_margin(text))
        return
    for line in lines_of(f"<div>{text}</div>"):
        yield Line(number, line.text, why=line.why)


def _unmarked(marks: re.Match[str]) -> str:
    return marks["strong"] or marks["weak"] or marks["code"]
