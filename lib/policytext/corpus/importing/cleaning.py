"""Rules that take running heads, page numbers and menus out of imported lines, and fix words."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set
from functools import cache
from html import unescape

from policytext import text as tx
from policytext.corpus.importing.files import Draft, Line
from policytext.lexicon.lexicon import Lexicon
from policytext.text.numerals import value_of
from policytext.text.patterns import any_word

_DIGITS = re.compile(r"\d+|[〇零一二三四五六七八九十百]+")
# How many lines at the top and bottom of a page can be running heads or feet.
_EDGE = 3
_MIN_PAGES = 3
_STRIP = 24  # points; running heads stand at one place
_BARE_NUMBER = re.compile(
    r"""[\s\-–—―─·.~]*
    (?: 第 \s* )? \d{1,4} (?: \s* 页 )?  # 3, or page 3
    [\s\-–—―─·.~]*""",
    re.VERBOSE,
)
_PAGE_NUMBER = re.compile(
    r"""[\s　]*(?:
      [\-–—―─·~]+ \s* \d{1,4} \s* [\-–—―─·~]+                   # - 3 -
    | 第 \s* \d{1,4} \s* 页 (?: [\s,，/]* 共 \s* \d{1,4} \s* 页 )?  # page 3, of 20
    | \d{1,4} \s* / \s* \d{1,4}                                 # 3/20
    | (?: Page | PAGE | page ) \s* \d{1,4} (?: \s* of \s* \d{1,4} )?
    )[\s　]*""",
    re.VERBOSE,
)
# A sentence, or a long stretch of one.
_PROSE = re.compile("[。；！？]|.{10}[，,].{10}|[：:]$")
_MAX_FURNITURE = 60
_MIN_MENU_LINES = 8
_ITEM = re.compile(r"[^：:\t]{1,8}[：:][^：:]+$")
_LEAST_INTRODUCTION = 8
# A phrase of so many characters is no part of a longer one.
_SURE = 4
_BREADCRUMBS = re.compile(
    r"""
      .{0,20} 首页 \s* [>＞»›/|｜-] .*                            # 网站首页 / 政务公开
    | [^>＞»›\d]{2,20} (?: \s* [>＞»›]+ \s* [^>＞»›\d]{2,60} ){2,}  # 政务公开 > 通知公告 > 正文
    """,
    re.VERBOSE,
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# Between digits it is a dash, 2014\u00ad2020, and at a line's end the hyphen of a divided word.
_SOFT_DASH = re.compile(r"(?<=\d)\u00ad(?=\d)|\u00ad$")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
# &ldquo; where a page was escaped twice.
_NAMED = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,6}|#x[0-9A-Fa-f]{2,5});")
_HAN = "\u3400-\u9fff"
_SPACED = re.compile(rf"(?<=[{_HAN}])[ \u3000]+(?=[{_HAN}])")
_TOUCHING = re.compile(rf"(?<=[{_HAN}])(?=[{_HAN}])")
# A hyphen at a line's end divides a Latin word, and between two characters nothing at all.
_HYPHEN = re.compile(
    rf"""(?:
      (?<= [a-z] ) [-‐‑] (?= \n[a-z] )          # infra-structure
    | (?<= [{_HAN}] ) [-‐‑] (?= \n[{_HAN}] )  # between two characters
    )""",
    re.VERBOSE,
)
_DECIMAL = re.compile(r"\d{1,2}(?:\.\d{1,2})*[ \u3000]")  # 3.2, before a heading
_LATIN_STOP = re.compile(r"[a-z][,.;:)]$")
# The same with the line end behind it.
_HYPHEN_AND_END = re.compile(_HYPHEN.pattern + r"\n", re.VERBOSE)


def clean_lines(draft: Draft, lexicon: Lexicon, web: bool) -> None:
    """Give every line that is no part of the text the rule that says so, in ``line.why``.

    ``web``: the lines may come from a web page, and are searched for its menus as well.
    """
    for line in draft.kept():
        if _PAGE_NUMBER.fullmatch(line.text):
            line.why = "page number"
    _running_lines(draft)
    if web:
        _furniture(draft, lexicon)
        if "extractor" not in draft.meta:
            _menu_blocks(draft, lexicon.words("document_words", "word", role="document"))


def _furniture(draft: Draft, lexicon: Lexicon) -> None:
    """Mark breadcrumbs, buttons and imprints; headings that speak of such things stay.

    Between its first and its last sentence a text has sources and organisers of its own.
    """
    kept = draft.kept()
    prose = [at for at, line in enumerate(kept) if "。" in line.text] or [len(kept)]
    anywhere, beside, buttons = _phrases(lexicon)
    listed = set(_listed(kept, lexicon))
    for at, line in enumerate(kept):
        outside = not prose[0] < at < prose[-1]
        # A long line that says two such things is the foot of a site.
        is_foot = outside and len(set(beside.findall(line.text))) > 1
        if at in listed or "。" in line.text or _is_heading(line.text):
            continue
        if len(line.text) > _MAX_FURNITURE and not is_foot:
            continue
        own = outside and (beside.search(line.text) or buttons.fullmatch(line.text))
        if own or anywhere.search(line.text):
            line.why = "phrase of a web page"
        elif _BREADCRUMBS.fullmatch(line.text):
            line.why = "menu: the way to the page"


def introduces(text: str, lexicon: Lexicon) -> bool:
    """Whether a line begins a list: 登记表应当包括下列内容：; no 您当前的位置：."""
    is_long = len(text) >= _LEAST_INTRODUCTION and text.endswith(("：", ":"))
    return is_long and not any(phrase.search(text) for phrase in _phrases(lexicon)[:2])


def _listed(lines: Sequence[Line], lexicon: Lexicon) -> Iterator[int]:
    """The places of what a form asks for, below the line that says so: 来源：资金来源."""
    inside = False
    for at, line in enumerate(lines):
        if inside and _ITEM.match(line.text):
            yield at
        elif not (inside and _is_heading(line.text)):  # 1.申请表
            inside = introduces(line.text, lexicon)


def _is_heading(text: str) -> bool:
    return bool(tx.HEADING_MARK.match(text)) and "\t" not in text


@cache
def _phrases(lexicon: Lexicon) -> tuple[re.Pattern[str], ...]:
    """What is no text wherever it stands, what is none beside a text, and lines of buttons.

    政务公开 alone is a button, in 深化政务公开 it is none.
    """

    def phrases(*kinds: str) -> set[str]:
        return {
            word for what in kinds for word in lexicon.words("page_furniture", "phrase", what=what)
        }

    whole = any_word(phrases("button", "search", "navigation"))
    imprint = phrases("imprint")
    # 资金来源： is no 来源：.
    short = {phrase for phrase in imprint if len(phrase) < _SURE}
    ends = any_word(imprint - short | phrases("footer"))
    # Only behind a character does another one go on with the word: 来源：县志办.
    stops = rf"(?!(?<=[{_HAN}])[{_HAN}])"
    starts = rf"(?:(?<![{_HAN}])|(?=[^{_HAN}]))"
    editors = any_word(phrases("editor"))
    return (
        re.compile(rf"{starts}(?:{whole}){stops}|(?:{editors})\s*[:：]"),
        re.compile(rf"{starts}(?:{any_word(short)})|(?:{ends}){stops}"),
        re.compile(rf"[^\w\t]*(?:(?:{any_word(phrases('sign'))})[^\w\t]*)+"),
    )


def _running_lines(draft: Draft) -> None:
    """Mark the lines at the edge of a page that come back at their place on a third of the pages.

    Even and odd pages have heads of their own.
    """
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in draft.kept():
        if line.page is not None:
            pages[line.page].append(line)
    edges = [edge for lines in pages.values() for edge in _edges(lines)]
    # A page counts once.
    counts = Counter(
        shape
        for lines in pages.values()
        for shape in {key for _, edge in _edges(lines) for line in edge for key in _shapes(line)}
    )
    enough = max(_MIN_PAGES, len(pages) / 3)
    taken: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for place, lines in edges:
        for line in lines:
            if _BARE_NUMBER.fullmatch(line.text):
                line.why = "page number"
            elif any(counts[shape] >= enough for shape in _shapes(line)):
                line.why = f"running {place}"
                taken[line.why, _DIGITS.sub("0", line.text)].append(line)
            else:
                break
    for (why, _), found in taken.items():
        draft.remarks.append(f"{why} {found[0].text!r} taken out, {len(found)} times")


def _edges(lines: list[Line]) -> Iterator[tuple[str, list[Line]]]:
    """The first and last lines of a page, each from the edge inwards."""
    edge = min(_EDGE, len(lines) // 2)
    yield "head", lines[:edge]
    yield "foot", lines[::-1][:edge]


def _shapes(line: Line) -> Iterator[tuple[str, int, int]]:
    """A line as it is, and with one of its numbers counted from that of the page, at its place.

    So a page number is the same on all pages, and the numbers of a list or table are not.
    """
    text = "".join(line.text.split())
    texts = [text]
    mark = tx.HEADING_MARK.match(text)
    # The number of a heading, 三、保障措施, is none of a page.
    behind = mark.end() if mark and mark.end() < len(text) else 0
    for number in _DIGITS.finditer(text, behind):
        value = value_of(number[0]) or 0
        texts.append(f"{text[: number.start()]}{value - (line.page or 0):+}{text[number.end() :]}")
    # Two strips of the page, as one ends between two lines that are as good as level.
    for key in texts:
        yield from ((key, half, int(line.top / _STRIP + half / 2)) for half in (0, 1))


def _menu_blocks(draft: Draft, documents: Set[str]) -> None:
    """Mark long runs of lines above the first prose or heading, or below the last prose.

    ``documents``: what documents are called; such a line below a menu is the title.
    """
    kept = [line for line in draft.kept() if line.text]
    prose = [at for at, line in enumerate(kept) if _PROSE.search(line.text)]
    heads = [at for at, line in enumerate(kept) if tx.HEADING_MARK.match(line.text)]
    first = min([*prose, *heads], default=len(kept)) if prose else len(kept)
    last = max(prose, default=first - 1) + 1
    above = kept[:first]
    # The title and what stands between it and the prose stay.
    titles = (
        at
        for at in range(max(0, first - _EDGE - 2), first)
        if len(kept[at].text) <= _MAX_FURNITURE and any(word in kept[at].text for word in documents)
    )
    if prose:
        above = above[: next(titles, first)]
    for block in (above, kept[last:]):
        if len(block) >= _MIN_MENU_LINES:
            for line in block:
                line.why = "menu: many lines without a sentence"


def fix(text: str) -> tuple[str, str | None]:
    """A line without invisible or named characters, radicals and letter-spacing, and the change.

    >>> fix("政 府 工 作 报 告")
    ('政府工作报告', 'letter-spaced line')
    """
    named = _NAMED.sub(lambda match: unescape(match[0]), text)
    plain = _CONTROL.sub("", _INVISIBLE.sub("", _SOFT_DASH.sub("-", named)))
    rule = "names of characters" if named != text else None
    if plain != named:
        rule = "invisible characters"
    if (plain := tx.standard(text := plain)) != text:
        rule = "radicals for characters"
    if len(_SPACED.findall(plain)) > max(2, len(_TOUCHING.findall(plain))):
        return _SPACED.sub("", plain), "letter-spaced line"
    return plain, rule


def join_hyphens(text: str) -> tuple[str, list[str]]:
    """Take out the hyphens that divide words at line ends, and the line ends with them.

    >>> join_hyphens("smart infra-\\nstructure,经-\\n济")
    ('smart infrastructure,经济', ['infra-', '经-'])
    """
    broken = [_last_word(text, match.end()) for match in _HYPHEN.finditer(text)]
    return _HYPHEN_AND_END.sub("", text), broken


def _last_word(text: str, end: int) -> str:
    match = re.search(rf"(?:[A-Za-z]+|[{_HAN}]{{1,4}})[-‐‑]$", text[max(0, end - 40) : end])
    return match[0] if match else "-"


def paragraphs(lines: list[Line]) -> list[Line]:
    """Join the lines of a PDF into paragraphs: a full line runs on into one not indented."""
    set_in = any(line.indented for line in lines)
    joined: list[Line] = []
    above: Line | None = None
    for line in lines:
        if above is not None and _runs_on(above, line, set_in):
            joined[-1] = Line(joined[-1].number, _glue(joined[-1].text, line.text), joined[-1].page)
        else:
            joined.append(line)
        above = line
    return joined


def _runs_on(above: Line, below: Line, set_in: bool) -> bool:
    if not above.full or below.indented or tx.HEADING_MARK.match(below.text):
        return False
    if above.is_note != below.is_note:
        return False
    if _DECIMAL.match(below.text) and above.text.endswith(("。", ".")):
        return False
    # Where no paragraph is set in, a full line that ends in a stop may end its paragraph.
    return set_in or not above.text.endswith(("。", "！", "？", "”"))


def _glue(above: str, below: str) -> str:
    if above.endswith(("-", "‐", "‑")) and _HYPHEN.search(f"{above}\n{below[:1]}"):
        return above + "\n" + below  # for join_hyphens to see and to report
    if _LATIN_STOP.search(above) and below[:1].isascii() and below[:1].isalpha():
        return f"{above} {below}"
    return above + tx.clean(f"{above[-1:]}\n{below}")[1:]
