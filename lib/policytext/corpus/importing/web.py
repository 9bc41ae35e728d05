"""Read web pages: the lines of the text, without menus, and what the page's head says."""

import re
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from itertools import dropwhile, groupby, islice, takewhile
from typing import Any

from policytext.corpus.days import day_of
from policytext.corpus.encoding import decode
from policytext.corpus.importing.files import BESIDE, Draft, Item, Line, raised, without_margin
from policytext.corpus.importing.titles import ANY_SITE, SITE, without_site
from policytext.corpus.issues import CorpusError
from policytext.text.sentences import HEADING_MARK

_INVISIBLE = {"script", "style", "noscript", "template", "head", "svg", "iframe", "object"}
_FRAME = {"nav", "header", "footer", "aside", "button", "select", "textarea", "menu"}
_HEADINGS = ("h1", "h2", "h3", "h4")
# As sites and extractors name the box below a text.
_COMMENTS = re.compile(r"(?:^|[\s_-])comments?(?:$|[\s_-])", re.IGNORECASE)
_INLINE = frozenset(
    "a abbr b bdi bdo big cite code del em font i ins label mark q rb rp rt ruby s small span "
    "strike strong sub sup time u wbr".split()
)
_ASIDE = {"del": "struck out", "s": "struck out", "strike": "struck out"}
_ASIDE |= dict.fromkeys(("rt", "rp"), "how a character is read")
_UNREAD = {"hidden", *_ASIDE.values()}
# Names that Chinese government sites must give their pages, then those of everyone.
_TITLES = ("articletitle", "og:title")
_AUTHORS = ("author", "article:author", "contentsource")
_DATES = ("pubdate", "firstpublishedtime", "publishdate", "article:published_time", "dateupdate")
_SITES = ("og:site_name", "sitename", "application-name")
# A link with more characters leads to a text.
_LONGEST_CHANNEL = 8
_HAN = "\u3400-\u9fff，。、；：！？“”（）《》"
# Source line ends between two characters are no blank.
_SOURCE_BREAK = re.compile(rf"(?<=[{_HAN}])[ \t]*[\r\n]\s*(?=[{_HAN}])")
# An included head may end the page before its text; null characters end it too.
_ENDS = re.compile(r"</(?:body|html)\s*>|\x00", re.IGNORECASE)
# Its line ends are those of the text.
_SET = re.compile(r"<pre\b(?:(?!</?pre).)*</pre", re.IGNORECASE | re.DOTALL)
# Divides the cells of a row until its blanks are set; no page can hold it.
_CELL = "\x00"
_SPANNED = "data-spanned"  # of an empty cell that one of a row above reaches into
_LONGEST_CELL, _MOST_LINES = 200, 5
_LONGEST_TITLE, _SHORTEST_HEADING = 60, 5
# How far below its title a page states when it was published.
_NEAR = 8
# So many lines are a text in whatever script, without a stop that is known.
_MANY = 8
# A line of fewer characters may stand in a menu and in the text.
_CERTAIN = 10
# A day alone or a table that begins in one of the lines below a text belongs to it.
_SIGNATURE = 3
_DAY = re.compile(r".{4}\s*年.{1,4}月.{1,5}日")
_DAY_OF_LINK = re.compile(
    r"""\W*
    (?: (?:20)? \d\d [年./-] \d{1,2} [月./-] \d{1,2} | \d{1,2} [月/-] \d{1,2} ) 日?  # 2021-02-03
    (?: \W+ \d{1,2} (?: :\d\d ){1,2} )?                                           # 10:30
    \W*""",
    re.VERBOSE,
)
# Nothing but numbers and the marks and units of a day.
_PIECE = re.compile(r"[\d年月日号\s:./-]+")
_LEAF = re.compile(
    r"""
      (?<!\d) (?P<y>20\d\d) \W{0,2} (?P<m>[01]\d) \W (?P<d>[0-3]\d) (?!\d)             # 202103/05
    | (?<!\d) (?P<day>[0-3]\d) \W{0,2} (?P<year>20\d\d) \W (?P<month>[01]\d) (?!\d)  # 05 2021-03
    """,
    re.VERBOSE,
)
_PART = re.compile(rf"[—－-]|{HEADING_MARK.pattern}", re.VERBOSE)  # a heading of no text
_PROSE = re.compile("[。；！？]")
_CONTENT = re.compile(r"[。；！？\t]|[.!?](?:\s|$)")


def read_html(item: Item) -> Draft:
    """The lines of a web page, with title, author and date as the page states them.

    readability says where the text begins and ends, and every line between stays; htmldate says
    when it was published. A row of a table is a line. Its bytes say which encoding a page is in,
    since its head is often wrong.

    Raises:
        CorpusError: The page has no text of its own, only frames for others.

    >>> page = "<nav>首页</nav><h1>报告</h1><p>全年增长<b>6%</b>。</p><p><a href='x'>更多</a></p>"
    >>> draft = read_html(Item("a.html", page.encode()))
    >>> [(line.text, line.why) for line in draft.lines]
    [('首页', 'menu: <nav>'), ('报告', None), ('全年增长6%。', None), ('更多', 'menu: only links')]
    """
    source = _ENDS.sub("", decode(item.data, item.name).text)
    page = _parsed(source)
    if framed := [tag.get("src", "") for tag in page.iter("frame")]:
        raise CorpusError(f"{item.name}: only shows others in frames; save {', '.join(framed)}")
    draft = Draft(list(_lines(page)))
    draft.meta = _meta(page, [line for line in draft.lines if line.why not in _UNREAD])
    _mark_beside(draft, source)
    draft.meta |= _date(draft, page, source) if not draft.meta["date"] else {}
    return draft


def lines_of(source: str) -> list[Line]:
    """The lines of a piece of HTML, cells parted by tabs.

    >>> [line.text for line in lines_of("<tr><td>甲<td>增长<b>6%</b></tr>乙<br>丙")]
    ['甲\\t增长6%', '乙', '丙']
    """
    return list(_lines(_parsed(source)))


def _parsed(source: str) -> Any:
    from lxml import html

    source = _SET.sub(lambda match: match[0].replace("\n", "<br>"), source)
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    return html.document_fromstring(source.encode(errors="replace"), parser=parser)


def _lines(page: Any) -> Iterator[Line]:
    _spread(page)
    _raise(page)
    _join_headings(page)
    number = 0
    for _, run in groupby(_pieces(page, False, None, False), key=lambda piece: piece is None):
        pieces = [piece for piece in run if piece]
        # What is hidden within a line is a line of its own.
        for frame in sorted({piece[2] or "" for piece in pieces}):
            line = _line(number + 1, [piece for piece in pieces if (piece[2] or "") == frame])
            number += bool(line.text)
            yield from [line] if line.text else []


Piece = tuple[str, bool, str | None]


def _pieces(node: Any, linked: bool, frame: str | None, row: bool) -> Iterator[Piece | None]:
    """Runs of text with whether they are links and in which frame; None where a line ends."""
    yield node.text or "", linked, frame
    for child in node:
        if isinstance(child.tag, str) and child.tag not in _INVISIBLE:
            yield from _around(child, row)
            within = linked or (child.tag == "a" and _leads(child))
            inside = frame or _frame(child)
            yield from _pieces(child, within, inside, row or _is_row(child))
            yield from _around(child, row)[:1] if child.tag not in ("td", "th") else ()
        yield child.tail or "", linked, frame


def _leads(anchor: Any) -> bool:
    """Whether an anchor leads somewhere, by a script perhaps, and is not where a link leads to."""
    return "href" in anchor.attrib or not {"name", "id"}.intersection(anchor.attrib)


def _around(tag: Any, row: bool) -> list[Piece | None]:
    """What a tag puts before and behind its text: a line end, within a row a cell's or a blank."""
    if tag.tag in _INLINE:
        return []
    if not row:
        return [None]
    first = tag.tag in ("td", "th") and tag.getprevious() is not None
    return [(_CELL if first else " ", False, None)]


def _spread(page: Any) -> None:
    """Give each row an empty cell wherever another cell spans its place, so that columns agree."""
    for _, section in groupby(page.iter("tr"), key=lambda row: row.getparent()):
        until: dict[int, int] = {}  # the row before which a cell that spans a column ends
        for number, row in enumerate(section):
            column = 0
            for cell in list(row.iterchildren("td", "th")):
                while until.get(column, 0) > number:
                    cell.addprevious(cell.makeelement("td", {_SPANNED: ""}))
                    column += 1
                columns, rows = _span(cell, "colspan"), _span(cell, "rowspan")
                for _ in range(columns - 1):
                    cell.addnext(cell.makeelement("td"))
                until |= dict.fromkeys(range(column, column + columns), number + rows)
                column += columns


def _span(cell: Any, name: str) -> int:
    stated = re.fullmatch(r"\s*0*([1-9]\d{0,2})\s*", cell.get(name, ""))
    return int(stated[1]) if stated else 1


def _join_headings(page: Any) -> None:
    """Make a heading that is broken for looks one line; a day below it stays apart."""
    for heading in (tag for tag in page.iter(*_HEADINGS) if tag.find(".//br") is not None):
        text = heading.text_content()
        if len(text) <= _LONGEST_TITLE and not day_of(text) and not _PROSE.search(text):
            for end in list(heading.iter("br")):
                end.tag = "wbr"


def _raise(page: Any) -> None:
    for tag in page.iter("sup"):
        tag.text = raised(tag.text or "")


def _is_row(tag: Any) -> bool:
    """Whether a tag is a row of a table of data, not of one that lays out a page."""
    if tag.tag != "tr" or tag.find(".//table") is not None:
        return False
    cells = list(tag.iterchildren("td", "th"))
    lengths = [len(_bare(cell.text_content())) for cell in cells]
    lines = (len(list(cell.iter("p", "div", "li", "br"))) for cell in cells)
    filled = sum(map(bool, lengths)) + any(_SPANNED in cell.attrib for cell in cells)
    return filled > 1 and max(lengths) <= _LONGEST_CELL and max(lines) <= _MOST_LINES


def _frame(tag: Any) -> str | None:
    style = "".join(tag.get("style", "").split()).lower()
    if "display:none" in style or "hidden" in tag.attrib:
        return "hidden"
    if tag.tag in _ASIDE or "line-through" in style:
        return _ASIDE.get(tag.tag, "struck out")
    if _COMMENTS.search(f"{tag.get('class')} {tag.get('id')}") and tag.find(".//h1") is None:
        return "comments of readers"
    # The head of an article is not the head of the site.
    if tag.tag in _FRAME and next(tag.iterancestors("article", "main"), None) is None:
        return f"menu: <{tag.tag}>"
    return None


def _line(number: int, pieces: list[Piece]) -> Line:
    cells = _SOURCE_BREAK.sub("", "".join(run for run, _, _ in pieces)).split(_CELL)
    text = without_margin("\t".join(" ".join(cell.split()) for cell in cells))
    frame = next((frame for run, _, frame in pieces if frame and run.strip()), None)
    if text and not frame and _only_links(pieces):
        frame = "menu: only links"
    return Line(number, text, why=frame)


def _only_links(pieces: list[Piece]) -> bool:
    """Whether a line is nothing but links, or a link with its day in a list."""
    rest = "".join(run for run, linked, _ in pieces if not linked).replace(_CELL, " ").strip()
    links = any(linked and run.strip() for run, linked, _ in pieces)
    return links and (not rest or bool(_DAY_OF_LINK.fullmatch(rest)))


def _mark_beside(draft: Draft, source: str) -> None:
    """Mark what stands before and behind the text that readability finds, its title aside.

    Where it leaves out more sentences and rows than it takes, nothing is marked.
    """
    lines = draft.lines
    first, last = _text(lines, _bare(draft.meta["title"]), _found(source))
    beside = [line for line in lines[:first] + lines[last + 1 :] if not line.why]
    text = lines[first : last + 1]
    certain = _content(text) or len(text) > _MANY
    if not certain or _content(beside) > _content(text):
        return
    draft.meta["extractor"] = f"readability-lxml {version('readability-lxml')}"
    for line in beside:
        line.why = f"{BESIDE}: {draft.meta['extractor']}"


def _text(lines: list[Line], title: str, found: str) -> tuple[int, int]:
    """Where the text begins and ends, with title and signature; (0, -1) where nothing is found."""
    taken = [not line.why and _bare(line.text) in found for line in lines]
    certain = [at for at, line in enumerate(lines) if taken[at] and len(line.text) >= _CERTAIN]
    if not certain:
        return 0, -1
    first, last = certain[0], certain[-1]
    titles = [at for at in range(first) if _bare(lines[at].text) == title]
    while not titles and first and taken[first - 1]:
        first -= 1
    while last + 1 < len(lines) and taken[last + 1]:
        last += 1
    return max(titles, default=first), _end(lines, last)


def _end(lines: list[Line], last: int) -> int:
    """The last line of a signature's day or of a table that begins near the end of the text."""
    at = last + 1
    while at < min(last + 1 + _SIGNATURE, len(lines)):
        if not lines[at].why and ("\t" in lines[at].text or _DAY.fullmatch(lines[at].text)):
            last = at
        at += 1
    return last


def _found(source: str) -> str:
    """What readability takes for the text of a page, without its blanks."""
    from lxml import etree, html
    from readability import Document
    from readability.readability import Unparseable

    try:
        text = html.fromstring(Document(source).summary())
    except Unparseable:
        return ""
    etree.strip_elements(text, *_ASIDE, with_tail=False)
    _raise(text)
    return _bare(text.text_content())


def _content(lines: Iterable[Line]) -> int:
    """The characters of sentences and of rows of tables."""
    return sum(len(line.text) for line in lines if not line.why and _CONTENT.search(line.text))


def _bare(text: str) -> str:
    return "".join(text.split())


def _meta(page: Any, lines: list[Line]) -> dict[str, str]:
    named = {
        str(tag.get("name") or tag.get("property") or tag.get("itemprop")).lower(): text
        for tag in reversed(list(page.iter("meta")))
        if (text := " ".join(tag.get("content", "").split()))
    }
    window = " ".join(page.findtext(".//title", "").split())
    author = next((named[name] for name in _AUTHORS if name in named), "")
    sites = [named[name] for name in _SITES if name in named]
    stated = [named[name] for name in _TITLES if name in named]
    own = _own(page, sites)
    heading = _heading(stated, without_site(window, own.__contains__), page, lines)
    # The number of an editor, an address, or the name of the site.
    if author.isdigit() or "@" in author or author in window.replace(heading, "", 1):
        author = ""
    date = next((named[name] for name in _DATES if name in named), "")
    meta = {"heading": heading, "title": heading, "author": author, "date": date}
    meta["nearest"] = _nearest(page, lines, window)
    # What else a window names is the site: 甲县人民政府 - 领导讲话
    site = (sites or [window.replace(heading, "")])[0]
    window = "" if heading else without_site((stated or [window])[0], own.__contains__)
    return meta | {"window": window, "site": site}


def _own(page: Any, sites: list[str]) -> set[str]:
    """What a page calls its site and its channels: in its head, and in short links."""
    links = (" ".join(link.text_content().split()) for link in page.iter("a"))
    return {*sites, *(link for link in links if 2 < len(link) <= _LONGEST_CHANNEL)}


def _heading(stated: list[str], window: str, page: Any, lines: list[Line]) -> str:
    """The title that a page states, as it stands above the text; "" where it stands nowhere."""
    standing = {_bare(line.text) for line in lines}
    found = _standing(window, standing)
    if stated:
        text = _standing(stated[0], standing, 1)
        # A mark within it ends what the head states too early.
        return found if found.startswith(text) else text
    alone = [" ".join(head.text_content().split()) for head in page.iter("h1")]
    head = alone[0] if len(alone) == 1 and not SITE.search(alone[0]) else ""
    if head and (not found or (head not in window and len(head) > len(found))):
        return head
    title = found or SITE.split(window)[0]
    shown = [line.text for line in lines if line.why != "menu: only links"]
    dated = re.compile(rf"20\d\d年?{re.escape(title)}")
    if title in shown or any(map(dated.fullmatch, shown)):
        return next(filter(dated.fullmatch, shown), title)
    above = _above_day([line.text for line in lines if not line.why])
    above = above or ("" if found else _nearest(page, lines, title))
    return found if _bare(above) in _bare(window) else above


def _nearest(page: Any, lines: list[Line], window: str) -> str:
    """The last heading above the first sentence, "" where there is none that is a line.

    Nor where it has the title of the window in it, with a remark: 原创.
    """
    above = takewhile(lambda line: not _PROSE.search(line.text), lines)
    standing = {_bare(line.text): line.text for line in above if not line.why}
    heads = (standing.get(_bare(head.text_content()), "") for head in page.iter(*_HEADINGS))
    own = (head for head in reversed(list(heads)) if len(head) > _SHORTEST_HEADING)
    head = next((head for head in own if not _PART.match(head)), "")
    return "" if len(window) > _LONGEST_CHANNEL and _bare(window) in _bare(head) else head


def _above_day(shown: list[str]) -> str:
    """The line above the one that says when a text was published, "" where there is none."""
    for above, stamp, *below in zip(shown, shown[1:], shown[2:], shown[3:], strict=False):
        short = _SHORTEST_HEADING < len(above) <= _LONGEST_TITLE >= len(
            stamp
        ) and not _PROSE.search(stamp)
        if short and day_of(stamp) and not day_of(above) and _PROSE.search("".join(below)):
            return above
    return ""


def _standing(title: str, lines: set[str], begins: int | None = None) -> str:
    """The longest part of a page's title that is a line of the page, from its beginning if any."""
    cuts = [0, *(at for match in ANY_SITE.finditer(title) for at in match.span()), len(title)]
    for begin in cuts[:begins]:
        for end in reversed(cuts):
            part = title[begin:end].strip()
            if len(part) > (3 if begin == 0 else 5) and _bare(part) in lines:
                return part
    return ""


def _date(draft: Draft, page: Any, source: str) -> dict[str, str]:
    """The day between title and text, or the one of publishing that htmldate finds.

    Days in a list of links are those of other pages; one that the page writes nowhere is none.
    """
    from htmldate import find_date

    title = _bare(draft.meta["title"])
    below = dropwhile(lambda line: _bare(line.text) != title, draft.lines)
    above = takewhile(lambda line: not _PROSE.search(line.text), islice(below, 1, _NEAR))
    near = [line.text for line in above] or _above_text(draft.lines)
    if stamp := next(filter(day_of, near), "") or _day_in_pieces(near):
        return {"date": stamp}
    for item in list(page.iter("li", "dd", "tr")):
        if item.find(".//a") is not None and item.find(".//table") is None:
            item.clear(keep_tail=True)
    day = find_date(page, original_date=True, extensive_search=True) or ""
    # 2022年11月 names no first of January.
    apart = r"\D{1,3}0?".join(part.lstrip("0") for part in day.split("-"))
    known = day and re.search(rf"(?:{apart}|{day.replace('-', '')})(?!\d)", source)
    return {"date": day, "date_by": f"htmldate {version('htmldate')}"} if known else {}


def _above_text(lines: list[Line]) -> list[str]:
    """The last lines above the first sentence, links aside; none where there is no sentence."""
    shown = [line.text for line in lines if line.why != "menu: only links"]
    first = next((at for at, text in enumerate(shown) if _PROSE.search(text)), 0)
    return shown[max(0, first - _NEAR) : first]


def _day_in_pieces(lines: Iterable[str]) -> str:
    """The day that a page sets in pieces, as on the leaf of a calendar: 05 above 2021-03."""
    pieces = list(filter(_PIECE.fullmatch, lines))
    if day := day_of("".join(pieces)):
        return day
    leaf = _LEAF.search("-".join(pieces))
    return "-".join(filter(None, leaf.group("y", "year", "m", "month", "d", "day"))) if leaf else ""
