"""Parallel runs: limbs of one length in a row, 善谋划、能创新、敢攻坚."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import chain, islice
from statistics import median_low
from typing import NamedTuple

import pandas as pd

from policytext import text as tx
from policytext.corpus.corpus import Corpus, LeftOut
from policytext.corpus.document import Document, each_document
from policytext.text.clean import HAN, unmarked

_CLAUSE = re.compile(r"[^，,。；;：:！？!?\n（）()《》]+")
# A quotation of several limbs is a stretch of its own; a word in quotation marks is part of a limb.
# Possessive: a quotation that is never closed is gone through once.
_QUOTED_RUN = re.compile(r"“[^“”\n、，,]*+[、，,][^“”\n]*+”")
_EDGE = "“”‘’ "
_EDGES = re.compile(f"[{_EDGE}]")
_SHORTEST, _LONGEST = 2, 12
# Limbs in a row, whatever marks part them. It begins where the characters do: tried from each of
# them, a text without marks would be gone through from each to its end.
_ROW = re.compile(rf"(?<!{HAN}){HAN}{{3,}}+(?:[，,、]{HAN}{{3,}}+){{2,}}+")
LIMB = re.compile(rf"{HAN}+")
# What a limb at the edge of a row carries on, and what carries it on.
_CARRIED = re.compile(r"[”’》\dA-Za-z]"), re.compile(r"[“‘《\dA-Za-z]")
_LIMB_LENGTHS = range(3, 11)
# Longer limbs are cut where a verb or a particle says so alone, or they begin in mid-word.
_FREELY_CUT = 5


class Run(NamedTuple):
    """A parallel run and the spans of its limbs."""

    start: int
    end: int
    limbs: tuple[tx.Span, ...]


def parallel_runs(text: str) -> Iterator[Run]:
    """The parallel runs of a text that has no column breaks.

    Limbs are parted by 、. Those in the middle give the length; the first is cut out of what
    stands before it, the last out of what follows. Two limbs alone must be equally long or end
    in the same character.

    >>> text = "坚持善谋划、能创新、敢攻坚。产业、人才、资金要素。"
    >>> [text[run.start:run.end] for run in parallel_runs(text)]
    ['善谋划、能创新、敢攻坚', '产业、人才、资金']
    """
    for start, end in stretches(text):
        yield from runs_in(text, start, end)


def runs_in(text: str, start: int, end: int) -> Iterator[Run]:
    """The parallel runs of one stretch of `stretches`."""
    limbs = tx.between(text, start, end, "、")
    if len(limbs) > 1:
        yield from _runs(text, limbs)


def stretches(text: str) -> Iterator[tx.Span]:
    """Clauses with 、 in them, cut where a quotation of several limbs begins and ends."""
    at = 0
    for quote in _QUOTED_RUN.finditer(text):
        yield from _clauses(text, at, quote.start())
        yield from _clauses(text, quote.start() + 1, quote.end() - 1)
        at = quote.end()
    yield from _clauses(text, at, len(text))


def _clauses(text: str, start: int, end: int) -> Iterator[tx.Span]:
    for match in _CLAUSE.finditer(text, start, end):
        if "、" in match[0]:
            yield match.span()


def _runs(text: str, limbs: list[tx.Span]) -> Iterator[Run]:
    """Cut a row of limbs where the length jumps; the long limb ends one run, begins the next."""
    marked = _EDGES.search(text, limbs[0][0], limbs[-1][1])
    lengths = [len(unmarked(text[a:b])) if marked else b - a for a, b in limbs]
    first = 0
    if len(limbs) == 2 and min(lengths) > _LONGEST:
        return
    while first < len(limbs) - 1:
        last = first + 1
        while last < len(limbs) - 1 and _even(lengths[first + 1], lengths[last]):
            last += 1
        run = _run(text, limbs[first : last + 1], lengths[first : last + 1])
        if run:
            yield run
        first = last


def _even(one: int, two: int) -> bool:
    return abs(one - two) <= (1 if one < 6 else 2)


def _run(text: str, limbs: list[tx.Span], lengths: list[int]) -> Run | None:
    inner = lengths[1:-1]
    if not inner:
        return _pair(text, *limbs)
    length = median_low(inner)
    if not _SHORTEST <= length <= _LONGEST:
        return None
    slack = 1 if length < 6 else 2
    return _cut(text, limbs, length, slack)


def _cut(text: str, limbs: Sequence[tx.Span], length: int, slack: int) -> Run | None:
    """Limbs as a run, the first and the last of them cut to a length."""
    first = _limb_of(text, limbs[0], length, slack, last=True)
    last = _limb_of(text, limbs[-1], length, slack, last=False)
    return Run(first[0], last[1], (first, *limbs[1:-1], last)) if first and last else None


def _pair(text: str, left: tx.Span, right: tx.Span) -> Run | None:
    """Two limbs alone: as many characters either side as repeat half of them in place."""
    one, two = unmarked(text[slice(*left)]), unmarked(text[slice(*right)])
    if len(one) == len(two) and len(one) in (3, 4, 5):
        return Run(left[0], right[1], (left, right))
    for length in range(min(len(one), len(two), 8), 2, -1):
        same = sum(a == b for a, b in zip(one[-length:], two[:length], strict=True))
        if 2 * same >= length:
            return _cut(text, (left, right), length, 0)
    return None


def _limb_of(text: str, limb: tx.Span, length: int, slack: int, last: bool) -> tx.Span | None:
    """The last or the first characters of a stretch, as many as a limb has.

    A quotation mark beside them is taken in where the other one of the pair is among them.
    """
    start, end = limb
    words = len(unmarked(text[start:end]))
    if words <= length + slack:
        return limb if words >= length - slack else None
    places = range(end - 1, start - 1, -1) if last else range(start, end)
    counted = (at for at in places if text[at] not in _EDGE and not text[at].isspace())
    at = next(islice(counted, length - 1, None))
    if last:
        opened = at and text[at - 1] in "“‘" and text[at - 1 : end].count("”") == 1
        return at - bool(opened), end
    return start, at + 1 + closes_quote(text, start, at + 1)


def closes_quote(text: str, start: int, end: int) -> bool:
    """Whether a quotation that opens inside a span closes right behind it."""
    inside = text[start:end]
    return inside.count("“") > inside.count("”") and text[end : end + 1] == "”"


def loose_pair(text: str, start: int, end: int) -> Run | None:
    """Two limbs of a stretch of which one is whole and gives the other its length.

    Nothing says that such a pair is parallel; a reader who knows a formula may see it varied.

    >>> text = "以奋斗者的姿态开局抢跑、起步冲刺"
    >>> pair = loose_pair(text, 0, len(text))
    >>> text[pair.start:pair.end]
    '开局抢跑、起步冲刺'
    """
    limbs = tx.between(text, start, end, "、")
    if len(limbs) != 2:
        return None
    length = min(len(unmarked(text[a:b])) for a, b in limbs)
    return _cut(text, limbs, length, 0) if _SHORTEST < length <= _LONGEST else None


def even_rows(text: str, begins: Set[int]) -> Iterator[tx.Span]:
    """Rows of limbs of one length, whatever marks part them, and limbs alone.

    Where at least two limbs give the length, the one before them is cut out of what stands before
    it, and the one behind them out of what follows.

    Args:
        text: A text without column breaks.
        begins: Where a longer limb can be cut.
    """
    for match in _ROW.finditer(text):
        spans = _whole_limbs(text, [limb.span() for limb in LIMB.finditer(text, *match.span())])
        for stretch in _stretches(text, spans):
            yield _widened(text, spans, *stretch, begins)


def _whole_limbs(text: str, spans: list[tx.Span]) -> list[tx.Span]:
    """Limbs without one at either edge that a comma parts and that is part of more.

    In 稳中求进、先立后破，全面落实“六稳” the last is a verb with its object.
    """
    (start, first_end), (last, end) = spans[0], spans[-1]
    before, after = (side.match for side in _CARRIED)
    leads = text[first_end] != "、" and before(text, max(0, start - 1))
    goes_on = text[last - 1] != "、" and after(text, end)
    return spans[bool(leads) : len(spans) - bool(goes_on)]


def _widened(
    text: str, spans: list[tx.Span], first: int, last: int, length: int, begins: Set[int]
) -> tx.Span:
    """A stretch of limbs of one length with the ends of its neighbours that 、 joins to it."""
    start, end = spans[first][0], spans[last][1]
    several = last > first
    left = start - 1 - length
    joined = first and text[start - 1] == "、" and left >= spans[first - 1][0]
    free = several and length <= _FREELY_CUT
    if joined and (free or left in begins):
        start, several = left, True
    right = end + 1 + length
    free = several and (length <= _FREELY_CUT or text[right : right + 1] in ("的", "等"))
    if free and last + 1 < len(spans) and text[end] == "、" and right <= spans[last + 1][1]:
        end = right
    return start, end


def _stretches(text: str, spans: list[tx.Span]) -> Iterable[tuple[int, int, int]]:
    """The stretches of limbs of one length, and those of them that 、 alone joins.

    Each is given by its first limb, its last one and the length.
    """
    lengths = [end - start for start, end in spans]
    parted = {at for at in range(1, len(spans)) if text[spans[at][0] - 1] != "、"}
    whole = _equal(lengths, set())
    return dict.fromkeys([*whole, *_equal(lengths, parted)]) if parted else whole


def _equal(lengths: list[int], parted: set[int]) -> Iterator[tuple[int, int, int]]:
    first = 0
    for at in range(1, len(lengths) + 1):
        if at == len(lengths) or lengths[at] != lengths[first] or at in parted:
            if lengths[first] in _LIMB_LENGTHS:
                yield first, at - 1, lengths[first]
            first = at


def find_parallel_runs(corpus: Corpus) -> pd.DataFrame:
    """The parallel runs of a corpus: doc, start, end, text, limbs (how many).

    >>> from policytext.corpus.corpus import read_corpus
    >>> runs = find_parallel_runs(read_corpus("data/wenzhou-2021"))
    >>> "干就干最好、争就争第一、当就当标杆" in set(runs["text"])
    True
    """
    left = LeftOut("find_parallel_runs")

    def rows_of(document: Document) -> list[tuple[object, ...]]:
        runs = [(run.start, run.end, len(run.limbs)) for run in parallel_runs(document.text)]
        return [
            (document.doc, *document.span(start, end), document.passage(start, end), limbs)
            for start, end, limbs in runs
        ]

    rows = chain.from_iterable(each_document(corpus, rows_of, left))
    types = {"doc": "str", "start": int, "end": int, "text": "str", "limbs": int}
    return left.record(pd.DataFrame(rows, columns=list(types)).astype(types), corpus)
