"""Which time words govern a target: of its sentence, of a goal before it, of a heading."""

import re

from policytext.annotate import Found
from policytext.dates import plan_years
from policytext.horizons import Horizon, heading_horizon, horizons
from policytext.reading import Line, Reading
from policytext.verbs import governor

# A goal names its time near the beginning of its sentence.
_GOAL_SPAN = 40
_SENTENCES_BACK = 40


def horizon_of(found: Found, reading: Reading) -> tuple[Horizon | None, str | None]:
    """The time words of the sentence, else of a goal before it, else of a heading."""
    text, year, line, mention = reading.text, reading.year, found.place.line, found.mention
    if found.kind == "date":
        own = next(horizons(text, year, mention.start, mention.end), None)
        return (own, "sentence") if own else (None, None)
    stated = [
        h
        for h in horizons(text, year, found.place.sentence, found.place.clause_end)
        if _ahead(h, year) and _reaches(h, found)
    ]
    before = [h for h in stated if h.start < mention.start]
    if stated:
        return _in_plan((before or stated)[-1], line), "sentence"
    goal = _goal_before(reading, line)
    if goal:
        return _in_plan(goal, line), "previous"
    for heading in (line.heading, line.chapter):
        named = heading_horizon(heading, year) if heading else None
        if named:
            return named, "heading"
    return None, None


def _reaches(horizon: Horizon, found: Found) -> bool:
    """A month or quarter dates its own clause, and what has no verb of its own behind it."""
    short = re.search("月|季度|半年", horizon.text) is not None
    return not short or horizon.start >= found.place.clause or governor(found.place) is None


def _goal_before(reading: Reading, line: Line) -> Horizon | None:
    """A goal stated for a time in an earlier sentence of the paragraph: 未来五年,…目标:."""
    number = reading.line_of(line.start) - 1
    last = max(0, number - _SENTENCES_BACK)
    while number >= last and reading.lines[number].paragraph == line.paragraph:
        above = reading.lines[number]
        opening = reading.text[above.start : min(above.end, above.start + _GOAL_SPAN)]
        if "目标" in opening or re.match("(?:力争)?到", opening):
            named = [h for h in horizons(opening, reading.year) if _ahead(h, reading.year)]
            if named:
                at = above.start
                return named[0]._replace(start=at + named[0].start, end=at + named[0].end)
        number -= 1
    return None


def _in_plan(horizon: Horizon, line: Line) -> Horizon:
    """未来五年 in a chapter on a five-year plan ends with that plan."""
    years = plan_years(line.chapter or "") if "五年" in horizon.text else None
    if years and re.search("十[一二三四五六七八九]五", line.chapter or ""):
        return horizon._replace(first=f"{years[0]}-01-01", last=f"{years[1]}-12-31")
    return horizon


def _ahead(horizon: Horizon, year: int | None) -> bool:
    return year is None or int(horizon.last[:4]) >= year
