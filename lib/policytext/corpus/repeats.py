"""Texts that stand twice: in one document, or nearly the same in two."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple

from policytext.corpus.issues import Issue

# What stands twice is compared by its clauses, however it is broken into lines.
_CLAUSE = re.compile(r"[^，。；！？：、\n]+")
# Shorter clauses are common words; a passage has more characters than a refrain, but for one of
# whole lines, as a news item is.
_MIN_CLAUSE, _MIN_PASSAGE, _MIN_LINES = 6, 300, 80
# What may stand between the last clause of a line and its end.
_CLOSES = re.compile(r"[，。；！？：、”’）)\s]*?(?:\n|\Z)")
# Two documents are compared in full where they share half of the shorter one.
_CANDIDATE, _NEARLY = 0.5, 0.99
# Of a short text one changed word is more than a hundredth.
_MIN_TEXT, _FEW = 80, 8
# A changed character takes out the sequences that it stands in, not its neighbours.
_GRAM = 8
# Of clauses that many share the first holders are compared.
_MAX_HOLDERS = 4


Row = Mapping[str, Any]


class _Clause(NamedTuple):
    wording: int  # its hash: thousands of texts are held
    start: int
    end: int
    opens: bool  # its line, and the document's first
    closes: bool


class Repeat(NamedTuple):
    """A passage at ``start`` to ``end`` that stands at ``first`` to ``first_end`` already."""

    first: int
    first_end: int
    start: int
    end: int


def find_repeats(rows: Iterable[Row], sources: Mapping[str, str]) -> Iterator[Issue]:
    """Notes on documents with a passage that they hold twice, or that are nearly the same.

    Args:
        rows: doc, file, start and end of each document.
        sources: The text that a document's offsets count in.

    >>> text = "".join(f"第{n}条任务由各部门分头落实到位。" for n in range(30))
    >>> rows = [{"doc": "a", "file": "a.txt", "start": 0, "end": 2 * len(text)}]
    >>> [note.detail for note in find_repeats(rows, {"a": text * 2})]
    ['49.9 % of it is a repetition, the longest passage at 500–999, and before at 0–499']
    """
    whole: dict[str, Row] = {}
    texts: dict[str, str] = {}
    seen: dict[str, Row] = {}
    groups: dict[str, list[str]] = {}
    holders: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        doc = row["doc"]
        texts[doc] = "".join(sources[doc][row["start"] : row["end"]].split())
        clauses = list(_clauses(row, sources))
        yield from _within(row, clauses)
        same = whole.setdefault(texts[doc], row)
        if same is not row:
            yield _note(row, "same text twice", f"has the same text as {same['doc']}")
            continue
        near = [
            pair
            for other, size in _shared(doc, clauses, holders).items()
            if size >= _CANDIDATE * min(len(texts[doc]), len(texts[other]))
            if (pair := _nearly(row, seen[other], texts))
        ]
        if near:
            yield _note(row, "nearly the same text", _said(near, groups, texts, sources))
        for pair in near:
            _join(pair, groups)
        seen[doc] = row


def _note(row: Row, problem: str, found: str) -> Issue:
    fix = "take one out, or its words are counted twice"
    return Issue(row["file"], row["doc"], "warning", problem, found, fix)


def _clauses(row: Row, sources: Mapping[str, str]) -> Iterator[_Clause]:
    source = sources[row["doc"]]
    for match in _CLAUSE.finditer(source, row["start"], row["end"]):
        wording = "".join(match[0].split())
        if len(wording) >= _MIN_CLAUSE:
            start, end = match.span()
            opens = start == row["start"] or source[start - 1] == "\n"
            closes = end == row["end"] or _CLOSES.match(source, end) is not None
            yield _Clause(hash(wording), start, end, opens, closes)


def _within(row: Row, clauses: list[_Clause]) -> Iterator[Issue]:
    found = list(passages(clauses))
    if found:
        share = sum(one.end - one.start for one in found) / (row["end"] - row["start"])
        first, first_end, start, end = max(found, key=lambda one: one.end - one.start)
        where = f"the longest passage at {start}–{end}, and before at {first}–{first_end}"
        yield _note(row, "passage twice", f"{100 * share:.1f} % of it is a repetition, {where}")


def passages(clauses: list[_Clause]) -> Iterator[Repeat]:
    """The long stretches of clauses that stand in the same order further above."""
    first: dict[int, int] = {}
    at = 0
    while at < len(clauses):
        above, length = first.get(clauses[at].wording), 1
        if above is not None:
            length = _in_step(clauses, above, at)
            last, last_above = clauses[at + length - 1], clauses[above + length - 1]
            whole = clauses[at].opens and last.closes
            if last.end - clauses[at].start >= (_MIN_LINES if whole else _MIN_PASSAGE):
                yield Repeat(clauses[above].start, last_above.end, clauses[at].start, last.end)
        for number in range(at, at + length):
            first.setdefault(clauses[number].wording, number)
        at += length


def _in_step(clauses: list[_Clause], above: int, at: int) -> int:
    """How many clauses from two places on are the same, those from above up to the lower place."""
    length = 0
    for earlier, later in zip(range(above, at), range(at, len(clauses)), strict=False):
        if clauses[earlier].wording != clauses[later].wording:
            break
        length += 1
    return length


def _shared(doc: str, clauses: list[_Clause], holders: dict[int, list[str]]) -> Counter[str]:
    """How much of its clauses documents before it hold; then it is a holder as well."""
    shared: Counter[str] = Counter()
    for clause in {clause.wording: clause for clause in clauses}.values():
        held = holders[clause.wording]
        for other in held:
            shared[other] += clause.end - clause.start
        if len(held) < _MAX_HOLDERS:
            held.append(doc)
    return shared


class _Pair(NamedTuple):
    """Two documents: the stretches of one that stand in the other, and how much of it does not."""

    part: Row
    whole: Row
    covered: list[tuple[int, int]]
    missing: int


def _nearly(row: Row, other: Row, texts: Mapping[str, str]) -> _Pair | None:
    """The pair where nearly all of the shorter document stands in the longer one."""
    part, whole = sorted((row, other), key=lambda one: len(texts[one["doc"]]))
    text, among = texts[part["doc"]], texts[whole["doc"]]
    covered = _covered(text, among) if len(text) >= _MIN_TEXT else []
    missing = len(text) - sum(end - start for start, end in covered)
    few = missing <= max((1 - _NEARLY) * len(text), _FEW)
    return _Pair(part, whole, covered, missing) if covered and few else None


def _said(
    near: list[_Pair],
    groups: Mapping[str, list[str]],
    texts: Mapping[str, str],
    sources: Mapping[str, str],
) -> str:
    """What is to be said of a document: its nearest partner, and which others are in the group."""
    part, whole, covered, missing = min(near, key=lambda pair: pair.missing)
    text, among = texts[part["doc"]], texts[whole["doc"]]
    start, end = max(covered, key=lambda span: span[1] - span[0])
    at, until = _offset(part, start, sources), _offset(part, end - 1, sources) + 1
    there = _offset(whole, among.find(text[start : start + _GRAM]), sources)
    found = f"{_percent(missing, text)} of {part['doc']} stands in {whole['doc']}, "
    found += f"the longest passage at {at}–{until}, and there from {there} on"
    if missing:
        found += f"; characters that do not: {missing:,} of {len(text):,}"
    elif more := len(among) - len(text):
        found += f"; characters that only {whole['doc']} has: {more:,}"
    partners = [row["doc"] for pair in near for row in (pair.part, pair.whole)]
    named = {part["doc"], whole["doc"]}
    others = {doc for one in partners for doc in groups.get(one, [one])} - named
    if others:
        found += f"; nearly the same as these or each other: {len(others)} more, "
        found += ", ".join(doc for doc in texts if doc in others)
    return found


def _join(pair: _Pair, groups: dict[str, list[str]]) -> None:
    """Put two documents and all that are near to one of them into one group."""
    one, other = (groups.setdefault(row["doc"], [row["doc"]]) for row in (pair.part, pair.whole))
    if one is not other:
        one += other
        groups |= dict.fromkeys(other, one)


def _percent(missing: int, text: str) -> str:
    """How much of a text is not missing, rounded down: 100 % is all of it."""
    return f"{(1000 * (len(text) - missing)) // len(text) / 10} %"


def _offset(row: Row, character: int, sources: Mapping[str, str]) -> int:
    """Where in the source a character of the text without blanks stands."""
    written = re.finditer(r"\S", sources[row["doc"]][row["start"] : row["end"]])
    return int(row["start"]) + next(islice(written, character, None)).start()


def _covered(part: str, whole: str) -> list[tuple[int, int]]:
    """The spans of a text whose sequences of a few characters stand in another one."""
    grams = {whole[at : at + _GRAM] for at in range(len(whole) - _GRAM + 1)}
    spans: list[tuple[int, int]] = []
    for at in range(len(part) - _GRAM + 1):
        if part[at : at + _GRAM] in grams:
            begin = spans.pop()[0] if spans and spans[-1][1] >= at else at
            spans.append((begin, at + _GRAM))
    return spans
