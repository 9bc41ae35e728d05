"""Every numeric mention of a corpus: value, unit, bound, date, and what it is there for."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import accumulate, chain

import pandas as pd

from policytext.corpus.corpus import Corpus, LeftOut, check_corpus
from policytext.corpus.document import Document, each_document
from policytext.lexicon.abbreviations import abbreviations_in
from policytext.lexicon.lexicon import Lexicon, default_lexicon, expressions, signed
from policytext.numbers.baselines import with_baselines
from policytext.numbers.comparators import NumberMention, bound_of, share_bounds, without_limits
from policytext.numbers.context import MentionContext, Reading, Verdict, contexts, read
from policytext.numbers.coordination import phrases_of
from policytext.numbers.mentions import Mention, find_mentions, of_form, times
from policytext.numbers.non_quantities import is_identifier, lexical_reason, slogan_reason
from policytext.numbers.phrases import Phrase
from policytext.numbers.predicates import NOTHING
from policytext.numbers.status import judge
from policytext.numbers.units import below_line, convert, tidy
from policytext.showing import Table
from policytext.text.clean import Span
from policytext.text.dates import MONTH, RELATIVE_YEARS, YEAR, arabic, iso_of
from policytext.text.patterns import any_word

_YEAR = re.compile(r"(?:19|20)\d\d")
# Time words that can be a promise themselves: 年底前建成, 年内竣工.
_PERIOD_ENDS = re.compile("[年月](?:底|末|内)|年中")
_CODE = re.compile(r"\d{3,6}|[\dN][\d+NXMS\s]*\+[\d+NXMSV\s]*")
_NUMERAL = re.compile("[一二三四五六七八九十两百千万]")
_NO_LIST = "[一二三四五六七八九]五(?!位) | {numeral without a list}"
# Without one of these a sentence holds no abbreviation.
_CANDIDATE = re.compile(r"[一二三四五六七八九十两双]|\d\s?\+|[“‘]\d")
_RELATIVE = re.compile(f"([{''.join(RELATIVE_YEARS)}])年的?$")
_AND = "[、和及至与]"
_MONTHS_BEFORE = re.compile(rf"(?P<year>{YEAR})年{MONTH}月(?:{_AND}{MONTH}月)*{_AND}$")
_SCALE = re.compile("[万亿]+$")  # 120、80、60亿元
_LIST = re.compile(" ?[、,/和] ?")
# The forms whose status is the form itself, and those that have a name of their own for it.
_BY_FORM = {name: name for name in ("vague", "identifier")} | {"some": "vague", "era": "period"}
_BY_FORM |= {"code": "slogan_number", "deictic": "time_deictic", "marker": "list_marker"}
_WORD_FORMS = {"deictic": "deictic", "deictic_date": "date", "vague": "vague"}
_OWN_KIND = frozenset({"lexical", "identifier", "list_marker", "time_deictic"})
_FORM_KINDS = {name: name for name in ("code", "percentage", "ordinal", "date", "ratio")}
_FORM_KINDS |= {"year": "date", "deictic": "date", "plan": "period", "vague": "rank_phrase"}
_FORM_KINDS |= {"era": "period", "rank": "ordinal", "fraction": "percentage"}
_KINDS = {"money": "money", "ratio": "percentage", "point": "percentage", "time": "duration"}


def mentions_of(reading: Reading) -> list[NumberMention]:
    """All mentions of one document, in order."""
    words = reading.lexicon.words("numeral_words", "word")
    formulae = (match.span() for match in _known(reading.lexicon).finditer(reading.text))
    abbreviations = sorted([*_abbreviations(reading), *formulae])
    abbreviated = {position for span in abbreviations for position in range(*span)}
    found = []
    for context in contexts(reading, _merged(reading, abbreviations)):
        verdict = _verdict(context, context.mention.start in abbreviated, words)
        context.take(_trimmed(context, verdict))
        bound = bound_of(context, verdict.status)
        found.append(
            NumberMention(context.mention, context, verdict, _kind(context, verdict.status), bound)
        )
    return share_bounds(without_limits(with_baselines(found)))


@lru_cache(maxsize=4)
def _known(lexicon: Lexicon) -> re.Pattern[str]:
    """The formulae of the lexicon that hold a numeral, plans aside: 八项规定, 两个维护."""
    formulae = lexicon["formulae"]["formula"]
    plans = expressions(lexicon)[_NO_LIST]
    return re.compile(any_word(f for f in formulae if _NUMERAL.search(f) and not plans.search(f)))


def _abbreviations(reading: Reading) -> Iterator[Span]:
    """`abbreviations_in` the sentences that can hold one: half of a report, half the time."""
    text = reading.text
    lines = [
        line for line in reading.document.sentences if _CANDIDATE.search(text, line.start, line.end)
    ]
    starts = list(accumulate((line.end - line.start + 1 for line in lines), initial=0))
    joined = "\n".join(text[line.start : line.end] for line in lines)
    for start, end in abbreviations_in(joined, reading.lexicon):
        number = bisect_right(starts, start) - 1
        shift = lines[number].start - starts[number]
        yield start + shift, end + shift


def _merged(reading: Reading, abbreviations: list[Span]) -> Iterator[Mention]:
    """Mentions with a numeral, codes as one, and the time and rank words of the cue table."""
    text, forms = reading.text, _word_forms(reading.lexicon)
    codes = [of_form("code", span) for span in abbreviations if _CODE.fullmatch(text, *span)]
    words = [
        of_form(forms[word], (start, start + len(word)))
        for start, word in zip(reading.cues.starts, reading.cues.words, strict=True)
        if word in forms
    ]
    numbers = _shared_units(text, list(find_mentions(text, reading.lexicon)))
    ordered = [*codes, *words, *numbers]
    # A code before its numbers, and 今年6月 before the 今年 in it.
    ordered.sort(key=lambda one: (one.start, one.form not in ("code", "vague"), -one.end))
    end = -1
    for mention in ordered:
        if mention.start >= end:
            yield mention
            end = mention.end


@lru_cache(maxsize=4)
def _word_forms(lexicon: Lexicon) -> dict[str, str]:
    """The cue words that are mentions themselves: times and ranks without a numeral."""
    rows = lexicon["cues"].itertuples()
    return {row.cue: _WORD_FORMS[row.role] for row in rows if row.role in _WORD_FORMS}


def _shared_units(text: str, mentions: list[Mention]) -> list[Mention]:
    """Numbers of a list take the unit of its last: 10、20家, 14、16号线; a bare 2021 is a year."""
    scale = None
    for index in range(len(mentions) - 1, -1, -1):
        mention = mentions[index]
        if mention.form != "number" or mention.unit is not None:
            scale = _SCALE.search(text, mention.num_start, mention.num_end)
            continue
        after = mentions[index + 1] if index + 1 < len(mentions) else mention
        counted = after.form == "number" and after.unit
        if counted and _LIST.fullmatch(text, mention.end, after.start):
            if text[mention.start].isdigit():
                own = _SCALE.search(text, mention.start, mention.num_end)
                value = times(mention.value, scale[0]) if scale and not own else mention.value
                mentions[index] = mention._replace(unit=after.unit, value=value)
        elif _YEAR.fullmatch(text, mention.start, mention.end):
            mentions[index] = mention._replace(form="year", value=None)
    return mentions


def _trimmed(context: MentionContext, verdict: Verdict) -> Mention:
    """A word's numeral alone: 一 in 一批; the name of a ranking without 强."""
    mention, named = context.mention, context.dimension == "name"
    shorter = ("lexical", "slogan_number", "identifier") if named else ("lexical",)
    if mention.form != "number" or verdict.status not in shorter:
        return mention
    return mention._replace(end=mention.num_end, unit=None, more=None)


def _verdict(context: MentionContext, abbreviated: bool, words: frozenset[str]) -> Verdict:
    mention, printed = context.mention, context.words
    if _PERIOD_ENDS.fullmatch(printed) and judge(context).status == "project_target":
        return judge(context)
    if mention.form in _BY_FORM:
        return Verdict(_BY_FORM[mention.form], mention.form)
    if mention.form == "plan":
        return judge(context)
    if mention.form == "date" and "·" in printed:
        return Verdict("event", "day of an event")
    if slogan := "abbreviation" if abbreviated else slogan_reason(context):
        return Verdict("slogan_number", slogan)
    if reason := lexical_reason(context, words):
        return Verdict("lexical", reason)
    if is_identifier(context):
        return Verdict("identifier", "number of a thing")
    if context.dimension == "name" and mention.form != "rank":
        return Verdict("slogan_number", "name of a ranking")
    return judge(context)


def _kind(context: MentionContext, status: str) -> str:
    mention = context.mention
    if status in _OWN_KIND:
        return status
    if mention.form in _FORM_KINDS:
        return _FORM_KINDS[mention.form]
    if mention.value_max is not None:
        return "range"
    measure = _KINDS.get(context.counted_dimension or "", "cardinal")
    return "ordinal" if mention.unit == "期" else measure


QUANTITY_COLUMNS = """
    doc start end text kind status value value_max unit norm_value norm_unit comparator
    comparator_text comparator_at counted evidence iso
""".split()
# Named: a table without rows would have none, and could not be filtered, joined or added to.
QUANTITY_TYPES = {"doc": "str", "start": int, "end": int, "text": "str"}
QUANTITY_TYPES |= dict.fromkeys(("value", "value_max", "norm_value"), float)
# Statuses of mentions that measure nothing: 六比争先, 一、, 一体化, a telephone number, 今年.
NOT_MEASURED = ("slogan_number", "list_marker", "lexical", "identifier", "time_deictic", "vague")
_NO_VALUE = frozenset(
    "relative date lexical identifier code time_deictic rank_phrase period".split()
)
_NO_PRODUCT = re.compile("十百|百千|千百")  # 百千万工程 names three sizes
# From here on a number without a unit counts something that the words around name.
_ROUND = 1e4
_COUNTING = ("cardinal", "range")
_RANK_UNITS = (None, "位", "名", "强")


def find_quantities(corpus: Corpus, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """Every numeric mention of every document.

    Args:
        corpus: The documents.
        lexicon: Units, cue words and common words with a numeral; the default lexicon if None.

    Returns:
        A span table, columns ``QUANTITY_COLUMNS``. ``text``, ``comparator_text`` and ``counted``
        are as printed, without breaks; ``unit`` and the words in ``evidence`` have folded widths.
        ``kind`` is how it is written (money, percentage, cardinal, ordinal, duration, date, range,
        period, time_deictic, rank_phrase, ratio, code, identifier, list_marker, lexical);
        ``status`` what it is there for (target, project_target, project_param, work_item,
        achievement, baseline, rule, event, period, slogan_number, list_marker, lexical, identifier,
        vague, time_deictic). ``value`` has 万 and 亿 multiplied out; ``norm_value`` is in
        ``norm_unit`` (CNY, m2, m, kg, person, day, %, count …). ``comparator`` is one of
        = > >= < <= ≈ range, ``comparator_at`` the offsets ``start:end`` of its word.
        ``iso`` is the date of dates and periods. ``evidence`` says what the status rests on.

    >>> from policytext import read_corpus
    >>> table = find_quantities(read_corpus("data/wenzhou-2021").select(["cangnan-water"]))
    >>> table.loc[table["kind"] == "money", ["text", "norm_value", "comparator"]].values.tolist()
    [['4.7亿元', 470000000.0, '≈']]
    """
    check_corpus(corpus)
    return table_of(
        corpus,
        lexicon or default_lexicon(),
        LeftOut("find_quantities"),
        _rows,
        QUANTITY_COLUMNS,
    )


def _rows(reading: Reading) -> Iterator[tuple[object, ...]]:
    mentions = mentions_of(reading)
    phrases = phrases_of(mentions, _counts)
    return (quantity_row(found, phrases.get(found.mention.start)) for found in mentions)


def _counts(found: NumberMention) -> bool:
    """Whether a number counts things: the only ones that have ``counted``."""
    return found.kind in _COUNTING and _amount(found)[-1] == "count"


def table_of(
    corpus: Corpus,
    lexicon: Lexicon,
    left: LeftOut,
    rows_of: Callable[[Reading], Iterable[tuple[object, ...]]],
    columns: list[str],
) -> pd.DataFrame:
    """The rows of all documents as a table; a document that cannot be read is left out."""

    def work(document: Document) -> list[tuple[object, ...]]:
        return list(rows_of(read(document, lexicon)))

    rows = chain.from_iterable(each_document(corpus, work, left))
    table = pd.DataFrame(rows, columns=columns).astype(QUANTITY_TYPES)
    return Table.of(left.record(signed(table, lexicon), corpus), corpus)


def measured(quantities: pd.DataFrame) -> pd.DataFrame:
    """Keep the mentions that are quantities, ranks or dates.

    Left out are numerals of slogans, list marks, words that hold a numeral (长三角), identifiers,
    words for a time without a date (今年) and vague ranks: what is counted as a number of a text.

    >>> from policytext import read_corpus
    >>> table = find_quantities(read_corpus("data/wenzhou-2021"))
    >>> len(table), len(measured(table))
    (270, 101)
    """
    return quantities[~quantities["status"].isin(NOT_MEASURED)]


@lru_cache(maxsize=4)
def _omitted_units(lexicon: Lexicon) -> tuple[re.Pattern[str], dict[str, str]]:
    """Words that imply a unit left out, as one pattern, and the unit of each."""
    rows = lexicon["omitted_units"]
    units = dict(zip(rows["word"], rows["norm_unit"], strict=True))
    return re.compile(any_word(units)), units


def quantity_row(found: NumberMention, phrase: Phrase | None) -> tuple[object, ...]:
    """One row of the table."""
    mention, bound, reading = found.mention, found.bound, found.context.reading
    document, span = reading.document, (mention.start, mention.end)
    where = (document.doc, *document.span(*span), document.passage(*span))
    amount = _amount(found)
    said = (bound.start, bound.end)
    limit = (bound.comparator, reading.passage(*said), at_of(reading, said))
    counted = phrase.counted if phrase and amount[-1] == "count" else NOTHING
    dated = found.kind in ("date", "period", "time_deictic")
    iso = iso_of(found.context.words, _day_of(found)) if dated else None
    status, evidence = found.verdict
    return (*where, found.kind, status, *amount, *limit, reading.passage(*counted), evidence, iso)


def _amount(
    found: NumberMention,
) -> tuple[float | None, float | None, str | None, float | None, str | None]:
    """Value, its upper end and unit as printed, value and unit as normal."""
    mention = found.mention
    values = (mention.value, mention.value_max, mention.unit)
    none = found.kind in _NO_VALUE or _NO_PRODUCT.match(found.context.words)
    value, top, unit = (None, None, None) if none else values
    if value and unit == "%" and found.context.search_before("负增长[为约近]?$"):
        value = -abs(value)  # also of a table of quantities, where it is negative already
    return value, top, unit, *_normal(found, value, unit)


def at_of(reading: Reading, span: Span) -> str | None:
    """Offsets in the source as ``start:end``; None for a span of nothing."""
    return "{}:{}".format(*reading.document.span(*span)) if span[1] else None


def _day_of(found: NumberMention) -> int | str | None:
    """The date that another is counted from: the document's, or the year of 去年的 before it.

    In a list of months it is that of the first: 2019年5月、8月.
    """
    if listed := _MONTHS_BEFORE.search(found.context.before):
        return int(arabic(listed["year"] + "年")[:4])
    document = found.context.reading.document
    named = _RELATIVE.search(found.context.before[-3:])
    return document.year + RELATIVE_YEARS[named[1]] if document.year and named else document.date


def _normal(
    found: NumberMention, value: float | None, unit: str | None
) -> tuple[float | None, str | None]:
    """The value in its normal unit; a unit left out is filled in from the words around."""
    if found.kind == "date":
        return None, None if found.verdict.status == "period" else "date"
    if value is None:
        return None, None
    if found.kind == "ordinal":
        named = found.verdict.status in ("event", "work_item") or unit not in _RANK_UNITS
        band = found.context.is_unit("band of a ranking")
        return value, "rank_band" if band else "ordinal" if named else "rank"
    if found.mention.form in ("zero", "breakthrough"):
        return value, "%" if found.context.words.endswith("增长") else "count"
    if unit in (None, "级") and value >= _ROUND:
        return value, _omitted(found)
    norm, norm_unit = convert(value, unit, found.context.reading.units)
    shares = unit == "倍" or found.mention.form == "fraction"
    if shares and norm and found.context.search_before("{change}[了近约超]?$"):
        # 增长一倍, 减少三分之一; 翻一番, 是…的2倍 and 占三分之一 stay multiples
        return round(100 * norm, 9), "%"
    per_person = norm_unit == "CNY" and found.context.search_before("{per person}", 20)
    if norm_unit not in _RATED or norm is None:
        return norm, norm_unit
    factor, per = _per(found.context)
    if per_person and "/person" not in per:
        per = f"/person{per}"
    return tidy(norm / factor), f"{norm_unit}{per}"


# 每人每月不低于, also where another value stands between: 每人每月600元、
_EACH = r"""
    (?P<each> (?: 每 (?: 学年 | 公里 | [\u4e00-\u9fff] ) )+ ) (?: 人均 | 平均 )?
    (?: {bounds each}? \d[\d.]* [万亿]? 元 (?: [、和] | (?:以上)? {change} (?:到|至|为) ) )*
    {bounds each}? $
"""
# 亩均税收, 每平方公里产出
_EACH_AHEAD = r"(?: 每 | (?=亩均) ) (?P<each> {unit of a rate} ) [^,;:、每\d]{1,14} $"
_RATED = ("CNY", "count", "person")


def _per(context: MentionContext) -> tuple[float, str]:
    """What a number is for, where that stands before it, and how large that is.

    每人每月 is (1, "/person/month"), 每亩 as many square metres; 户 and 村 stay as printed.
    """
    each, factor, symbols = context.search_before(_EACH), 1.0, ""
    words = each["each"].split("每")[1:] if each else []
    if not each and context.dimension == "money" and (ahead := context.search_before(_EACH_AHEAD)):
        words = [ahead["each"]]
    for word in words:
        table = context.reading.units
        row = below_line(word, table) or table.get(f"个{word}") or table.get(word[-1])
        measures = row if row and row.dimension not in ("count", "person") else None
        person = context.reading.expressions["{person of a rate}"].fullmatch(word)
        symbols += f"/{'person' if person else measures.norm if measures else word}"
        factor *= measures.factor if measures else 1
    return factor, symbols


def _omitted(found: NumberMention) -> str | None:
    """The unit that the words of the clause imply: 千亿GDP is money, 人才超20万 is persons."""
    pattern, names = _omitted_units(found.context.reading.lexicon)
    behind = pattern.search(re.split("[、和]", found.context.after[:8])[0])
    ahead = list(pattern.finditer(found.context.before[-10:]))
    direct = behind is not None and behind.start() <= 4
    if behind and (direct or not ahead):
        return names[behind[0]]
    return names[ahead[-1][0]] if ahead else None
