"""Read web pages: the lines of the text, without menus, and what the page's head says."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from policytext.corpus.encoding import decode
from policytext.corpus.importing.files import Draft, Item, Line

_INVISIBLE = {"script", "style", "noscript", "template", "head", "svg", "iframe", "object"}
_FRAME = {"nav", "header", "footer", "aside", "button", "select", "textarea", "menu"}
_INLINE = frozenset(
    "a abbr b bdi bdo big cite code em font i ins label mark q s small span strong sub sup time u "
    "wbr".split()
)
# Names that Chinese government sites must give their pages, then those of everyone.
_TITLES = ("articletitle", "heading", "og:title", "title")
_AUTHORS = ("author", "article:author", "contentsource")
_DATES = (
    *("pubdate", "article:published_time", "og:release_date", "apub:time", "publishdate"),
    *("publish_time", "datepublished", "date", "time", "stamp"),
)
# Where a page that names no date in its head shows the minute when it was published.
_STAMP = re.compile(
    r"""20\d\d \s* [年./-] \s* \d{1,2} \s* [月./-] \s* \d{1,2} \s* 日?  # 2021-02-03
    (?= [ T\u00a0\u3000]* \d{1,2}:\d\d )                            # 10:30""",
    re.VERBOSE,
)
_JSON_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]+)"')
# What divides a page's title from the name of its site.
_SITE = re.compile(r"\s*[_|｜－]\s*|\s+[-–—]+\s*|\s*[-–—]{2,}\s*")
_HAN = "\u3400-\u9fff，。、；：！？“”（）《》"
# Source line ends between two characters are no blank.
_SOURCE_BREAK = re.compile(rf"(?<=[{_HAN}])[ \t]*[\r\n]\s*(?=[{_HAN}])")


def read_html(item: Item) -> Draft:
    """The lines of a web page, with title, author and date as its head gives them.

    Its bytes say which encoding it is in, since its head is often wrong.

    >>> page = "<nav>首页</nav><h1>报告</h1><p>全年增长<b>6%</b>。</p><p><a href='x'>更多</a></p>"
    >>> [(line.text, line.why) for line in read_html(Item("a.html", page.encode())).lines]
    [('首页', 'menu: <nav>'), ('报告', None), ('全年增长6%。', None), ('更多', 'menu: only links')]
    """
    from bs4 import BeautifulSoup

    page = BeautifulSoup(decode(item.data, item.name).text, "html.parser")
    draft = Draft([], _meta(page))
    for _, run in groupby(_pieces(page.body or page, False, None), key=lambda piece: piece is None):
        line = _line(len(draft.lines) + 1, [piece for piece in run if piece])
        if line.text:
            draft.lines.append(line)
    return draft


Piece = tuple[str, bool, str | None]


def _pieces(node: Any, linked: bool, frame: str | None) -> Iterator[Piece | None]:
    """Runs of text with whether they are links and in which frame; None where a line ends."""
    from bs4 import Comment, Doctype, NavigableString

    for child in node.children:
        if isinstance(child, NavigableString):
            if not isinstance(child, Comment | Doctype):
                yield str(child), linked, frame
            continue
        if child.name in _INVISIBLE:
            continue
        ends = [] if child.name in _INLINE else [None]
        yield from ends
        yield from _pieces(child, linked or child.name == "a", frame or _frame(child))
        yield from ends


def _frame(tag: Any) -> str | None:
    style = "".join(str(tag.get("style") or "").split()).lower()
    if "display:none" in style or tag.has_attr("hidden"):
        return "hidden"
    # The head of an article is not the head of the site.
    if tag.name in _FRAME and not tag.find_parent(["article", "main"]):
        return f"menu: <{tag.name}>"
    return None


def _line(number: int, pieces: list[Piece]) -> Line:
    text = " ".join(_SOURCE_BREAK.sub("", "".join(run for run, _, _ in pieces)).split())
    frame = next((frame for run, _, frame in pieces if frame and run.strip()), None)
    only_links = all(linked for run, linked, _ in pieces if run.strip())
    return Line(number, text, why=frame or ("menu: only links" if text and only_links else None))


def _meta(page: Any) -> dict[str, str]:
    named = {
        str(tag.get("name") or tag.get("property") or tag.get("itemprop")).lower(): text
        for tag in reversed(page.find_all("meta"))
        if (text := " ".join(str(tag.get("content") or "").split()))
    }
    named |= _shown(page)
    meta = {
        key: next((named[name] for name in names if named.get(name)), "")
        for key, names in (("heading", _TITLES), ("author", _AUTHORS), ("date", _DATES))
    }
    if meta["author"].isdigit():
        meta["author"] = ""  # the number of an editor
    return meta | {"title": meta["heading"]}


def _shown(page: Any) -> dict[str, str]:
    """The heading and the date that a page shows where its head names none."""
    whole = " ".join(page.title.get_text().split()) if page.title else ""
    heads = [" ".join(head.get_text().split()) for head in page.find_all(["h1", "h2"])]
    # A site's own name can be a heading too; the window's title begins with the text's.
    head = next((head for head in heads if len(head) > 3 and whole.startswith(head)), "")
    alone = [" ".join(head.get_text().split()) for head in page.find_all("h1")]
    stamp = _STAMP.search(page.get_text(" "))
    data = _JSON_DATE.search("".join(tag.get_text() for tag in page.find_all("script")))
    time = page.find("time", datetime=True)
    shown = {
        "heading": head or (alone[0] if len(alone) == 1 else ""),
        "title": _SITE.split(whole)[0],
        "datepublished": data[1] if data else "",
        "time": str(time["datetime"]) if time else "",
        "stamp": stamp[0] if stamp else "",
    }
    return {name: text for name, text in shown.items() if text}
