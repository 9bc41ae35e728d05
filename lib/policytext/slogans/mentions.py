"""Turn a scored candidate into a mention: its types, the kind it is named by, and what is known."""

import re
from collections.abc import Mapping

from policytext import text as tx
from policytext.lexicon.abbreviations import COUNTING
from policytext.slogans.candidates import PLAN, Candidate, limbs
from policytext.slogans.document import Mention, SloganDocument, mention_at
from policytext.slogans.formulae import Formula, formula_index
from policytext.slogans.model import Scored, Weights, reasons
from policytext.text.clean import wording

_CODE = re.compile(r"[\dNnXxMSV+\s]+")
_NUMERAL = re.compile("[一二三四五六七八九十两双]")
# What a candidate found in several ways is named by; the first that applies.
_KINDS = (
    "quoted | plan | core numeral formula | core formula | extended numeral formula | "
    "extended formula | numeral | again | limb | list of a numeral | stated | "
    "brand word and place | brand | spirit | substituted | label | modifier and place | "
    "programme | row of 4 | row of 3 | heading | held | built | repeated | "
    "brand within a clause"
).split(" | ")
_COMMON_WORD = 4
# A numeral with a counting word: 三个, 五大; an ordinal counts nothing.
_COUNT = re.compile(rf"(?<![第\d一二三四五六七八九十百千万])[二三四五六七八九十两]+[{COUNTING}]$")
_COUNT_WIDTH = 8
_BRANDS = {"brand", "brand word and place", "modifier and place"}
_ELSEWHERE = {"again", "limb", "repeated"}


def mention_of(
    document: SloganDocument, scored: Scored, table: Weights, lines: Mapping[str, float]
) -> Mention:
    """The mention that a candidate is, core where its score reaches the line of its side."""
    candidate = scored.candidate
    span, text = (candidate.start, candidate.end), document.text[candidate.start : candidate.end]
    formula = formula_index(document.lexicon).known(text, document.province, document.year)
    rule = next(kind for kind in _KINDS if kind in candidate.kinds)
    more: dict[str, object] = {}
    if not candidate.is_term:
        more = {"score": scored.score, "why": reasons(scored, table)}
    if rule == "quoted":
        more["quoted"] = "full"
        more["canonical"] = _counted(document, span)
    if rule in _ELSEWHERE:
        more["basis"] = "document"
    if formula:
        more |= _of_lexicon(formula.level, formula.source)
    elif PLAN.fullmatch(text):
        more |= _of_lexicon("central", "五年规划 five-year plan")
    types = formula.types if formula else types_of(document, candidate, text)
    # A common term of the lexicon is never more than extended.
    likely = scored.reaches(lines) and (formula is None or formula.core)
    core = likely or _is_sure(formula, text)
    return mention_at(document, span, types, rule, core=core, **more)


def judged_list(
    mention: Mention, scored: Scored | None, table: Weights, lines: Mapping[str, float]
) -> Mention:
    """The list behind a numeral, core where its score reaches the line: projects are none."""
    if scored is None:
        return mention._replace(core=False)
    why = reasons(scored, table)
    return mention._replace(core=scored.reaches(lines), score=scored.score, why=why)


def _counted(document: SloganDocument, span: tx.Span) -> str | None:
    """A quoted wording with what counts it before the mark: 三个“一号工程”."""
    before = document.text[max(0, span[0] - _COUNT_WIDTH) : span[0] - 1]
    count = _COUNT.search(before)
    return count and count[0] + document.text[slice(*span)]


def _is_sure(formula: Formula | None, text: str) -> bool:
    """Whether a wording is core whatever stands around it.

    A five-year plan, and a numeral of the lexicon that is too long to be a common word (八项规定
    is one by now).
    """
    numeral = formula and formula.core and {"numeral", "code"} & set(formula.types)
    return bool(PLAN.fullmatch(text) or (numeral and len(wording(text)) > _COMMON_WORD))


def _of_lexicon(level: str, source: str) -> dict[str, object]:
    return {
        "basis": "lexicon",
        "level": level,
        "level_basis": "lexicon",
        "level_evidence": source,
    }


def types_of(document: SloganDocument, candidate: Candidate, text: str) -> tuple[str, ...]:
    """What a wording is by its shape and by what it was found by; a saying if nothing else."""
    parts, expressions = limbs(text), document.expressions
    tests = {
        "parallel": len(parts) > 1,
        "code": bool(_CODE.fullmatch(text)),
        "numeral": (candidate.start, candidate.end) in document.abbreviations
        or (len(parts) > 1 and all(map(_NUMERAL.match, parts)))
        or bool(PLAN.fullmatch(text)),
        "place_brand": bool(candidate.kinds & _BRANDS)
        or any(place in text for place in document.places),
        "positioning": all(expressions["(?: {position} | {label} ) $"].search(p) for p in parts),
        "spirit": text.endswith("精神") or "spirit" in candidate.kinds,
        "borrowed_variant": "substituted" in candidate.kinds,
        "policy_name": bool(PLAN.fullmatch(text))
        or bool(expressions["(?: {programme} | {method} ) $"].search(text)),
    }
    found = tuple(name for name, holds in tests.items() if holds)
    if "code" in found:
        return tuple(name for name in found if name != "numeral")
    return found if wording(text) and found else ("saying",)
