"""The title of a document: what its page or its first lines say, without what stands around it."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from policytext import text as tx
from policytext.corpus.days import DAY
from policytext.corpus.issuers import HEAD, MAX_TITLE, STOP, TITLE_END, Guess, bodies
from policytext.corpus.places import by_name, by_short
from policytext.lexicon.lexicon import Expressions, Lexicon, expressions
from policytext.text.clean import HAN

_ASIDE = re.compile(r"[（(【—\-–]|\d{4}年\d{1,2}月\d{1,2}日")
# 国办发〔2026〕15号, and with other brackets.
NUMBERED = re.compile(
    r"""
    [〔\[【（(] \s* ( (?:19|20) \d{2} ) \s* [〕\]】）)]   # the year in brackets
    \s* 第? \s* \d+ \s* 号                               # the number
    """,
    re.VERBOSE,
)
# The head of a journal or a paper: 第6卷第3期, Vol. 6, and 2019年6月 with words in Latin letters;
# 第A02版.
_MASTHEAD = re.compile(
    r"第\d+卷|第\d+期|第[A-Z]?\d{1,3}版|Vol\. ?\d|^\d{4}年\d{1,2}月.*[A-Za-z]{3}"
)
# 附件1： before a title, or above it.
_ANNEX = re.compile(r"附[件录](?:\s*[\d一二三四五六七八九十]+)?(?:\s*[：:.、]\s*|\s+|$)")
# A meeting may stand above the title, or where there is none.
_MEETING = re.compile(rf"[—－（(\s-]* (?:{DAY.pattern}) .* 上 [）)]?", re.VERBOSE)
# A day or a remark in brackets alone, above a title: 2021年1月20日, （审议稿）
_ABOVE = re.compile(
    rf"[（(]? (?: {DAY.pattern} ) 日? [)）]? | [（(【\[] [^（）()【】\[\]]{{1,8}} [)）】\]]",
    re.VERBOSE,
)
_HAN, _LATIN = re.compile(HAN), re.compile("[A-Za-z]+")
_WORD = re.compile(r"[^\W\d_]")
_LONE = re.compile(r"(?:\S[ \u3000]+)+\S")
_PAIRS = (("“", "”"), ("‘", "’"), ("《", "》"), ("「", "」"), ("『", "』"))
# A headline with a mark in it; what stands before a colon is no more than a name.
_HEADLINE = re.compile(
    r"""
      [^。；：:]{2,20} [：:] [^。；：:]{4,}           # 甲县：三问发展
    | [^。；：:]{4,} [？！] (?: [^。；：:]{2,} )?      # 谁来种地？怎样种好地？
    """,
    re.VERBOSE,
)
# 政府工作报告 stands alone; ——在甲县第三次党代会上的报告 belongs to the line above it.
_SUBTITLE = re.compile("[—－-]{2}在.*")
# What begins no title but goes on with the line above: 和二〇三五年远景目标的建议.
_JOINED = re.compile("[和与及暨]")
_SHORTEST_LIMB = 5
_YEAR, _LONGEST_CHANNEL = re.compile(r"^\d{4}年"), 6
# What divides a page's title from the name of its site or channel, and what may.
SITE = re.compile(r"\s*[_|｜－]\s*|\s+[-–—]+\s*|\s*[-–—]{2,}\s*")
ANY_SITE = re.compile(rf"{SITE.pattern}|[-–—]|\s+")

# Filled with words of the lexicon: what follows the bodies of a title, half a phrase, no title, who
# is addressed, a field, and lines above a title.
_BEHIND = "{behind a body}"
_GOES_ON = "(?:、|{goes on})$"
_UNTITLED = r"(?i:{untitled})?(?:[\d（）()\-_.]|副本)*"
_ADDRESSED = "{salutation}"
_BYLINE = r"{label of author}[\s：:/]*{surname}{HAN}{1,2}$"
_LABEL = r"(?:{any field}|{any title})\s*[：:]"
_SPEAKER = r".{0,16}{office}\s+{HAN}\s*.{1,3}"
_SITE_ALONE = "{HAN}{0,12}{site}"
_NAME_OF_SITE = "(?:{site | channel}|{HAN}{medium})$"
_NUMBER = r"\s*[（(之]?[\d一二三四五六七八九十]*[)）]?"
_ABOVE_TITLE = rf"{{above a title}}{_NUMBER}"
# 甲县第三次代表大会 会议文件（四）
_PAPER = rf".*(?:会议|大会)\s*(?:文件|{{above a title}}){_NUMBER}"
# □ 本报记者 李大明
_REPORTED = r"\W*{HAN}{0,12}?{label of author}[\s：:/]*{surname}{HAN}{1,2}(?!{HAN})"
_NO_TITLES = (_SPEAKER, _ABOVE_TITLE, _SITE_ALONE)


class _Top(NamedTuple):
    """A line that may be the title or part of it; ``begins``: nothing above it belongs to it."""

    text: str
    begins: bool


def title_of(
    lines: Sequence[str],
    meta: Mapping[str, str],
    stem: str,
    lexicon: Lexicon,
    apart: Collection[str] = (),
) -> Guess:
    """The title that the page states, the file's properties or the first lines; else the file name.

    ``apart``: the lines with a blank one above them.

    >>> from policytext import default_lexicon
    >>> lines = ["附件1", "关于推进", "节水工作的通知", "各县市：", "现将有关事项通知如下。"]
    >>> title_of(lines, {}, "a", default_lexicon()).value
    '关于推进节水工作的通知'
    """
    words = expressions(lexicon)
    heading, window = meta.get("heading") or "", _of_window(meta.get("window") or "", lexicon)
    if bodies(heading, lexicon) or (meta.get("nearest") and _is_site(heading, lexicon)):
        heading = meta.get("nearest") or ""
    for stated, confidence in ((heading, "stated"), (window, "inferred")):
        if not (_is_untitled(stated, words) or words[_SITE_ALONE].fullmatch(stated)):
            return Guess(stated, "the page's head", confidence)
    top = list(_top(lines, lexicon, apart))
    named = _bare(meta.get("title") or "")
    named = "" if _is_untitled(named, words) else named
    for text in (named, *_endings(top, words[TITLE_END])):
        if words[TITLE_END].search(text):
            return Guess(text, "the file's properties" if text == named else text)
    if decreed := _decreed(lines):
        return Guess(decreed, f"《{decreed}》")
    if top:
        subtitle = _subtitle(lines, words[TITLE_END])
        title = _bare(_limbs(top, words, bool(subtitle)) or _whole(top, words)) + subtitle
        return Guess(title, "the first line", "inferred")
    return Guess(stem, "the file's name" if stem else "a program named its file", "unsure")


def without_site(title: str, is_site: Callable[[str], bool]) -> str:
    """A page's title without the names of its site and channels at either end.

    >>> without_site("要闻_春耕-夏种一起抓-甲网", ["要闻", "甲网"].__contains__)
    '春耕-夏种一起抓'
    """
    ends = [match.span() for match in ANY_SITE.finditer(title)]
    while ends and is_site(title[ends[-1][1] :]):
        title = title[: ends.pop()[0]]
    while ends and is_site(title[: ends[0][0]]):
        cut = ends.pop(0)[1]
        title, ends = title[cut:], [(begin - cut, end - cut) for begin, end in ends]
    return title


def _of_window(title: str, lexicon: Lexicon) -> str:
    """The title in a page's head that stands nowhere in the page; of several parts the first.

    What is as short as the name of a channel, 领导讲话, is one.
    """
    title = SITE.split(without_site(title, lambda part: _is_site(part, lexicon)))[0]
    return "" if len(title) <= _LONGEST_CHANNEL or _is_site(title, lexicon) else title


def _is_site(name: str, lexicon: Lexicon) -> bool:
    """Whether a name is one of a site, a channel or an office."""
    named = expressions(lexicon)[_NAME_OF_SITE].search(name)
    return named is not None or bool(bodies(name, lexicon))


def given_names(names: Sequence[str], lexicon: Lexicon) -> list[str]:
    """The names of files and folders, "" for one that a program gave: it says nothing of a text.

    >>> from policytext import default_lexicon
    >>> given_names(["新建 文本文档 (2)", "Document1", "新建区", "2021"], default_lexicon())
    ['', '', '新建区', '2021']
    """
    words = expressions(lexicon)
    return [
        "" if re.search(r"[^\W\d]", name) and _is_untitled(name, words) else name for name in names
    ]


def _is_untitled(name: str, words: Expressions) -> bool:
    return words[_UNTITLED].fullmatch("".join(name.split())) is not None


def _top(lines: Sequence[str], lexicon: Lexicon, apart: Collection[str]) -> list[_Top]:
    """The lines above the first sentence, without letterhead and the head of a journal."""
    words = expressions(lexicon)
    top: list[_Top] = []
    for line in lines[:HEAD]:
        if len(line) <= MAX_TITLE and (NUMBERED.search(line) or _MASTHEAD.search(line)):
            titled = any(words[TITLE_END].search(above.text) for above in top)
            if titled and not _MASTHEAD.search(line):
                break
            top = []  # above it: who writes, or the journal
            continue
        is_apart = line in apart
        if not (line := _ANNEX.sub("", line) if _ANNEX.match(line) else line):
            continue
        if not top and any(
            one.fullmatch(line) for one in (_MEETING, _ABOVE, *map(words.__getitem__, _NO_TITLES))
        ):
            continue
        if words[_PAPER].fullmatch(f"{top[-1].text if top else ''}{line}"):
            top = []
            continue
        if not _may_be_title(line, not top, words) or (
            top and (_ASIDE.match(line) or words[_REPORTED].match(line))
        ):
            break
        if words[_BEHIND].match(line) and all(bodies(above.text, lexicon) for above in top):
            top = []
        bare = line.lstrip("#").strip()
        bare = "".join(bare.split()) if _LONE.fullmatch(bare) else bare
        if top and _is_joined(bare, lexicon):
            top[-1] = top[-1]._replace(text=top[-1].text + bare)
            continue
        above = top[-1].text if top else ""
        has_place = bool(top) and _names_place(bare, above, words, lexicon)
        begins = is_apart or has_place
        # A title with its own place needs no office above it.
        goes_on = _goes_on(above, words, lexicon) or (not has_place and bodies(above, lexicon))
        top.append(_Top(bare, line.startswith("#") or bool(begins and not goes_on)))
    return top


def _goes_on(above: str, words: Expressions, lexicon: Lexicon) -> bool:
    """Whether a line goes on below a blank one: a place, a year or half of a phrase alone."""
    opens = above.endswith(("年", "年度", *by_name(lexicon)))
    return opens or words[_GOES_ON].search(above) is not None


def _names_place(line: str, above: str, words: Expressions, lexicon: Lexicon) -> bool:
    """Whether a line is a title with the place that it is of, and needs none of the line above."""
    named = _YEAR.sub("", line).startswith(tuple(by_name(lexicon)))
    return named and "关于" not in above and words[TITLE_END].search(line) is not None


def _is_joined(line: str, lexicon: Lexicon) -> bool:
    """Whether a line begins with a conjunction, and not with a place such as 和平区."""
    places = (*by_name(lexicon), *by_short(lexicon)) if _JOINED.match(line) else ("",)
    return not line.startswith(places)


def _decreed(lines: Sequence[str]) -> str:
    """What an order above it publishes: 《甲县养犬办法》已经…通过, and 甲县养犬办法 below."""
    head = lines[:HEAD]
    named = (title for line in head for title in re.findall("《([^《》]{4,})》", line))
    return next((title for title in named if title in head), "")


def _subtitle(lines: Sequence[str], document: re.Pattern[str]) -> str:
    found = (line for line in lines[:HEAD] if _SUBTITLE.fullmatch(line) and document.search(line))
    return next(found, "")


def _may_be_title(line: str, first: bool, words: Expressions) -> bool:
    """Whether a line is short and no sentence; a Latin word counts as a character.

    Only the ``first`` may have a colon or ask: 甲县：三问发展; not a field, nor who is addressed.
    """
    latin = not _HAN.search(line)
    if len(_LATIN.sub("a", line)) > MAX_TITLE:
        return False
    headline = first and _HEADLINE.fullmatch(line)
    if headline and not (words[_ADDRESSED].match(line) or words[_LABEL].match(line)):
        return True
    return latin or not STOP.search(line)


def _limbs(top: Sequence[_Top], words: Expressions, titled: bool) -> str:
    """A title of two lines of one length, or of all that stand above its subtitle; else "".

    Lines of one length are the limbs of a pair and keep a blank between them.
    """
    first, second = (*top, *top)[:2]
    is_byline = tx.HEADING_MARK.match(second.text) or any(
        words[who].search(second.text) for who in (_BYLINE, _SPEAKER + "$")
    )
    alike = len(first.text) == len(second.text) >= _SHORTEST_LIMB and not is_byline
    if len(top) == 2 and alike and (titled or not second.begins):
        return f"{first.text} {second.text}"
    joined = "".join(line.text for line in top)
    return joined if titled and len(joined) <= MAX_TITLE else ""


def _whole(top: Sequence[_Top], words: Expressions) -> str:
    """The first line, with the next one where it ends within a phrase or a quotation."""
    title = top[0].text
    for line, _ in top[1:]:
        opened = any(title.count(first) > title.count(last) for first, last in _PAIRS)
        if not (opened or words[_GOES_ON].search(title)) or len(title + line) > MAX_TITLE:
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


def _endings(top: Sequence[_Top], document: re.Pattern[str]) -> Iterator[str]:
    """Lines that end as titles do, each with those before it that belong to it, the last first."""
    for end in range(len(top), 0, -1):
        if document.search(_bare(top[end - 1].text)):
            first = max((at for at in range(end) if top[at].begins), default=0)
            joined = "".join(line.text for line in top[first:end])
            yield _bare(joined if len(joined) <= MAX_TITLE else top[end - 1].text)
