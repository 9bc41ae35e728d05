"""Every place in which a report says a formula, listed by the slogan finder or not."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

import numpy as np
import pandas as pd

from policytext.corpus.corpus import Corpus
from policytext.corpus.document import uncollected
from policytext.corpus.issues import SelectionError
from policytext.lexicon.lexicon import Lexicon, default_lexicon
from policytext.showing import tabled
from policytext.slogans.document import SloganDocument, documents
from policytext.slogans.find import find_slogans
from policytext.slogans.reference import Formula, FormulaIndex, formula_index
from policytext.text.clean import Span, wording
from policytext.text.patterns import TextIndex, Words
from policytext.words.cutting import Engine, engine
from policytext.years.repetition import repeated_passages
from policytext.years.reports import reports_of

FOUND = "doc start end text form differs place level year quoted copied inside".split()
YEARS = "form place level year doc start end mentions quoted copied".split()

# Characters that a repeated run has beside the formula: a long name alone is no copied sentence.
_BESIDE = 8
# Two digits (九五) and what the lexicon has of two characters (三保) are formulae from its year on,
# or from that in which a report quotes them.
_SHORT = 2
_TRIED = 5  # years before the lexicon's in which a count is tried out under the same name
_AROUND = 6  # characters before and behind, among which a longer word is looked for
_NUMERAL = "0-9０-９〇零一二三四五六七八九十百千万两"
_JOINED = re.compile("[“”‘’\"'\\s]+")
# 改革、开放 is 改革开放, “六稳”、“六保” is 六稳六保; 三、农 is no 三农, and other commas divide.
_DIVIDED = re.compile("[,，]|^.?、|、.?$")
_LAST_WORDS, _NEXT_WORDS = re.compile(r"\w*\Z"), re.compile(r"\w*")
_COUNTS, _DIGITS = re.compile(f"[{_NUMERAL}]"), re.compile(f"[{_NUMERAL}]+")
_GOES_ON = re.compile(rf"[{_NUMERAL}第][{_NUMERAL}]|[A-Za-z0-9]{{2}}")


class _Form(NamedTuple):
    """A formula that is looked for: its name, and what the lexicon knows of it."""

    name: str
    known: Formula | None


@tabled
def attestations(
    corpus: Corpus,
    forms: Iterable[str] | None = None,
    slogans: pd.DataFrame | None = None,
    lexicon: Lexicon | None = None,
) -> pd.DataFrame:
    """Find where each formula stands, whether the slogan finder lists it there or not.

    A formula stands where its words do, marks, blanks and quotation marks aside, and no longer
    word of the dictionary crosses its edges: 新发展理念 is not in 创新发展理念, nor 三个代表 in
    三个代表团. Two digits, and what the lexicon has of two characters, count from its year on or
    from that in which a report quotes them. Glossaries explain and do not use. Where the finder
    groups other words under a formula, as its variants, it stands as well.

    Args:
        corpus: Reports with place and date.
        forms: Which formulae; those of the lexicon and the core slogans of the corpus if None.
        slogans: The table of `find_slogans`, where it is there already.
        lexicon: Formulae, dictionary and places; the default lexicon if None.

    Returns:
        A span table: doc, start, end, text, form, differs (the characters in which a variant
        differs), place, level, year (of the report, as `reports_of` has them), quoted (whether the
        whole formula is), copied (whether it stands in a sentence that is taken over from the
        report of the year before, with 8 characters or more beside it), inside (a longer formula
        that it is a part of). A count or code that is older than the one of the lexicon is another
        one and is named so: 两个大局（2019年以前）. Homonyms that the finder tells apart by
        their items or place keep the names that it gives them.

    Raises:
        SelectionError: ``forms`` is one string or names no formula.

    >>> from policytext import read_corpus
    >>> table = attestations(read_corpus("data/wenzhou-2021"), ["十四五", "共同富裕"])
    >>> table.groupby("form")["quoted"].agg(["size", "sum"]).to_numpy().tolist()
    [[4, 0], [8, 7]]
    """
    lexicon = lexicon or default_lexicon()
    reports = reports_of(corpus, lexicon)
    slogans = find_slogans(corpus, lexicon) if slogans is None else slogans
    wanted = _wanted(forms, slogans, lexicon)
    cutter, apart = engine("jieba", lexicon), _told_apart(slogans)
    looked_for, known = Words(wanted), set(reports["doc"])
    rows: list[tuple[object, ...]] = []
    with uncollected():
        for document in documents(corpus, lexicon):
            if document.doc in known:
                rows += _in_document(document, looked_for, wanted, cutter, apart)
    table = pd.DataFrame(rows, columns=[*FOUND[:6], "quoted", "in_marks", "known"])
    table = pd.concat([table, _variants(slogans, wanted)]).drop_duplicates(["doc", "start", "form"])
    table = table.merge(reports[["doc", "place", "level", "year"]], on="doc")
    table = table.astype({"start": "int64", "end": "int64", "quoted": bool, "in_marks": bool})
    table = _older_ones_apart(_known_short_ones(table))
    table["inside"] = _inside(table)
    table["copied"] = _copied(table, repeated_passages(corpus))
    table = table.sort_values(["doc", "start", "end"], ignore_index=True)[FOUND]
    table.attrs["notes"] = reports.attrs["notes"]
    return table


def by_year(found: pd.DataFrame) -> pd.DataFrame:
    """Count the attestations of each formula by place and year.

    Args:
        found: The table of `attestations`.

    Returns:
        A row per formula, place and year in which it stands: form, place, level, year; doc, start
        and end of its first mention; mentions, quoted and copied (how many of them).
    """
    table = found.sort_values(["form", "place", "year", "doc", "start"])
    groups = table.groupby(["form", "place", "level", "year"], sort=False)
    first = groups[["doc", "start", "end"]].first()
    counts = groups.agg(
        mentions=("doc", "size"), quoted=("quoted", "sum"), copied=("copied", "sum")
    )
    return first.join(counts).reset_index()[YEARS]


# --- what is looked for ---------------------------------------------------------------------------


def _wanted(
    forms: Iterable[str] | None, slogans: pd.DataFrame, lexicon: Lexicon
) -> dict[str, _Form]:
    """What is looked for, by wording: 科教兴国、人才强国 is also 科教兴国和人才强国."""
    if isinstance(forms, str):
        raise SelectionError(f"forms={forms!r} is one string; write [{forms!r}]")
    listed = formula_index(lexicon).by_wording
    if forms is None:
        core = slogans.loc[slogans["core"], "canonical"].dropna().map(_base)
        forms = [*(formula.formula for formula in listed.values()), *core]
    names = list(dict.fromkeys(name.strip() for name in forms if wording(name)))
    if not names:
        raise SelectionError("forms names no formula; write for example ['科学发展观']")
    index = FormulaIndex(Formula(name, "", "", 0, True, (), (), "") for name in names)
    return {words: _Form(one.formula, listed.get(words)) for words, one in index.by_wording.items()}


def _base(canonical: str) -> str:
    """A formula without what tells it apart: 十大行动（甲县） is 十大行动."""
    return canonical.partition("（")[0]


def _told_apart(slogans: pd.DataFrame) -> dict[str, dict[int, str]]:
    """By document and start, the names of homonyms that the finder tells apart."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    parted = slogans[slogans["canonical"].str.contains("（", regex=False, na=False)]
    for doc, start, name in zip(parted["doc"], parted["start"], parted["canonical"], strict=True):
        found[doc][start] = name
    return found


# --- where it stands ------------------------------------------------------------------------------


def _in_document(
    document: SloganDocument,
    looked_for: Words,
    wanted: Mapping[str, _Form],
    cutter: Engine,
    apart: Mapping[str, Mapping[int, str]],
) -> Iterator[tuple[object, ...]]:
    view = document.without_marks
    for words, places in TextIndex(view.text).places(looked_for):
        form = wanted[words]
        if _foreign(form.known, document):
            continue
        for span in (view.source_span(at, at + len(words)) for at in places):
            if span[0] < document.glossary_start and _stands(document, span, form.name, cutter):
                start, end = document.span(*span)
                name = apart.get(document.doc, {}).get(start, form.name)
                name = name if _base(name) == form.name else form.name
                how = document.quoting(span)
                passage = document.passage(*span)
                row = (document.doc, start, end, passage, name, None)
                yield (*row, how == "full", how != "none", form.known)


def _foreign(formula: Formula | None, document: SloganDocument) -> bool:
    """Whether it is a count or code of another province (1+3); a saying travels."""
    if formula is None or not formula.place or formula.place == document.province:
        return False
    return bool({"numeral", "code"} & set(formula.types))


def _stands(document: SloganDocument, span: Span, name: str, cutter: Engine) -> bool:
    """Whether a formula stands at a span: no mark divides it, no longer word crosses its edges."""
    start, end = span
    passage = _JOINED.sub("", document.text[start:end])
    if _DIVIDED.search(passage) and wording(name) == name:
        return False
    left = _LAST_WORDS.search(document.text[max(0, start - _AROUND) : start])[0]  # type: ignore[index]
    right = _NEXT_WORDS.match(document.text[end : end + _AROUND])[0]  # type: ignore[index]
    if _goes_on(left[-1:] + passage[0]) or _goes_on(passage[-1] + right[:1]):
        return False
    return not _crossed(left, passage, right, cutter)


def _goes_on(edge: str) -> bool:
    """Whether a numeral, or a word of Latin letters, goes on over an edge: 一九|八五, 第|三产."""
    return _GOES_ON.fullmatch(edge) is not None


def _crossed(left: str, passage: str, right: str, cutter: Engine) -> bool:
    """Whether a word of the most probable cut crosses an edge of a passage.

    It does not if more single characters are left over beside the passage then than if the
    passage is one word: 双控|制度 leaves none, 双|控制|度 one; 创|新发展理念 leaves one,
    创新|发展|理念 none.
    """
    at, begins, ends = 0, len(left), len(left + passage)
    alone, crosses = 0, False
    for word in cutter.cut(left + passage + right):
        stop = at + len(word)
        alone += len(word) == 1 and not begins <= at < ends
        over = at < begins < stop < ends or at < begins < ends == stop
        # 五保户 begins with the whole of 五保.
        whole = at == begins and stop == ends + 1
        over |= begins <= at < ends < stop and not (
            whole or _goes_with(passage, ends - at, stop - ends)
        )
        crosses |= over and (at, stop) != (begins, ends)
        at = stop
    beside = [*cutter.cut(left), *cutter.cut(right)] if crosses else []
    return crosses and sum(len(word) == 1 for word in beside) >= alone


def _goes_with(passage: str, inside: int, behind: int) -> bool:
    """Whether a word goes on from the last one of a formula by one character: 脱贫攻坚|战.

    Where a numeral counts, the longer word is what it counts: 三个代表团.
    """
    return inside > 1 and behind == 1 and not _COUNTS.match(passage)


# --- what the table says of each ------------------------------------------------------------------


def _variants(slogans: pd.DataFrame, wanted: Mapping[str, _Form]) -> pd.DataFrame:
    """What the finder groups under a formula in other words, with the characters that differ."""
    table = slogans[slogans["echo"].eq("variant") & slogans["canonical"].notna()]
    forms = table["canonical"].map(lambda name: wanted.get(wording(_base(name))))
    table = table.assign(found=forms)[forms.notna()]
    quoted = table["quoted"]
    return pd.DataFrame(
        {
            **{name: table[name] for name in FOUND[:4]},
            "form": table["canonical"],
            "differs": [
                differing(name, text)
                for name, text in zip(table["canonical"], table["text"], strict=True)
            ],
            "quoted": quoted == "full",
            "in_marks": quoted != "none",
            "known": [form.known for form in table["found"]],
        }
    )


def differing(form: str, text: str) -> str:
    """The characters in which a variant differs from its formula.

    >>> differing("稳中求进", "稳中快进"), differing("争先、创优", "争先、创优、领跑")
    ('求→快', '→领跑')
    """
    one, two = wording(_base(form)), wording(text)
    changes = SequenceMatcher(None, one, two, autojunk=False).get_opcodes()
    return "；".join(f"{one[a:b]}→{two[c:d]}" for kind, a, b, c, d in changes if kind != "equal")


def _known_short_ones(table: pd.DataFrame) -> pd.DataFrame:
    """Without short ones that by then neither the lexicon has nor a report quotes."""
    quoted = table[table["in_marks"]].groupby("form")["year"].min()
    listed = [one.year if isinstance(one, Formula) else None for one in table["known"]]
    since = table["form"].map(quoted).combine(pd.Series(listed, table.index, float), np.fmin)
    pairs = zip(table["form"], table["known"], strict=True)
    short = np.array([_needs_a_year(form, known) for form, known in pairs], bool)
    return table[~short | (since <= table["year"])].reset_index(drop=True)


def _needs_a_year(form: str, known: object) -> bool:
    """Whether a form is two digits, or two characters that the lexicon has."""
    brief = len(wording(_base(form))) <= _SHORT
    return brief and (isinstance(known, Formula) or _DIGITS.fullmatch(form) is not None)


def _older_ones_apart(table: pd.DataFrame) -> pd.DataFrame:
    """Name counts and codes apart that are older than the formula of the lexicon.

    One that begins a few years before is the same, tried out somewhere or announced; words of two
    characters and codes are everybody's.
    """
    issued = [_issued(known) for known in table["known"]]
    first = table.groupby("form")["year"].transform("min")
    names = [
        f"{form}（{year}年以前）"
        if year and said < year and (sure or begun < year - _TRIED)
        else form
        for form, said, begun, (year, sure) in zip(
            table["form"], table["year"], first, issued, strict=True
        )
    ]
    return table.assign(form=names)


def _issued(known: object) -> tuple[int, bool]:
    """The year of a count or code of the lexicon, 0 for all else; whether it is everybody's."""
    if not isinstance(known, Formula) or not {"numeral", "code"} & set(known.types):
        return 0, False
    return known.year, "code" in known.types or len(wording(known.formula)) <= _SHORT


def _inside(table: pd.DataFrame) -> list[str | None]:
    """The longer formula around each mention; of several the longest."""
    around: list[str | None] = [None] * len(table)
    for _, rows in table.reset_index(drop=True).groupby("doc"):
        ordered = rows.sort_values(["start", "end"], ascending=[True, False])
        wide: list[tuple[int, int, str]] = []
        for at, start, end, form in ordered[["start", "end", "form"]].itertuples(name=None):
            wide = [one for one in wide if one[1] > start]
            holders = [one for one in wide if one[1] >= end and one[:2] != (start, end)]
            around[at] = max(holders, key=lambda one: one[1] - one[0])[2] if holders else None
            wide.append((start, end, form))
    return around


def _copied(table: pd.DataFrame, runs: pd.DataFrame) -> list[bool]:
    """Whether each mention stands in a run that goes on long enough beside it."""
    spans = {
        doc: rows[["start", "end", "characters"]].to_numpy().tolist()
        for doc, rows in runs.groupby("doc")
    }
    mentions = table[["doc", "start", "end", "text"]].itertuples(index=False, name=None)
    return [
        any(
            a <= start and end <= b and size >= len(wording(text)) + _BESIDE
            for a, b, size in _near(spans.get(doc, []), end)
        )
        for doc, start, end, text in mentions
    ]


def _near(spans: list[list[int]], end: int) -> Iterator[list[int]]:
    """The spans that begin before a place, the last few of them: neighbours overlap a little."""
    last = bisect_left(spans, [end, 0, 0])
    return iter(spans[max(0, last - 3) : last])
