"""What a report says of a corpus, whether a page or a Word file shows it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from policytext import charts, comparison, terms
from policytext.charts.page import words as chart_words
from policytext.charts.saving import Chart, versions
from policytext.charts.terms import bursty, method_line
from policytext.corpus.corpus import Corpus, describe, main_kind
from policytext.corpus.selection import chosen_group
from policytext.evaluation.metrics import wilson
from policytext.kwic import concordance
from policytext.lexicon.lexicon import default_lexicon
from policytext.numbers.quantities import find_quantities, measured
from policytext.numbers.targets import find_targets
from policytext.paths import HOME
from policytext.reading.citation import FORMS, citation
from policytext.reading.labels import in_cell, in_each, in_language, in_words, labels
from policytext.reading.marked import MarkedText, marked
from policytext.slogans.find import find_slogans
from policytext.words.segment import segment

# What one page can hold and a reader can use; what is cut is said there.
MAX_TEXTS, MAX_ROWS, MAX_GROUPS, MAX_SHARED = 40, 1000, 8, 6
MAX_LINKS = 24  # of a finding, to the passages of one text
CONTEXT = 30  # characters on each side of a passage
HELD_OUT = HOME / "data" / "held-out-scores.csv"
_TABLES = {
    "targets": "label actor action indicator text comparator horizon_text horizon_end "
    "commitment_text strength context",
    "slogans": "label text canonical level level_basis core score context",
    "keys": "target term f1 f2 rate1 rate2 log_ratio lrc null_score",
    "documents": "label title author place level kind kind_basis date date_basis characters",
    "remarks": "file problem detail fix",
}


@dataclass(frozen=True, eq=False)
class _Results:
    """What was found in a corpus, each table made once."""

    corpus: Corpus
    by: str
    language: str

    @cached_property
    def words(self) -> pd.DataFrame:
        return terms.select_terms(segment(self.corpus), self.corpus)

    @cached_property
    def keys(self) -> pd.DataFrame:
        return terms.keyness_by_group(self.words, self.corpus, by=self.by)

    @cached_property
    def tops(self) -> pd.DataFrame:
        """The most characteristic word of each group but its name, its log ratio surely above 0."""
        named = [term in str(group) for term, group in self.keys[["term", "target"]].to_numpy()]
        other = self.keys[~pd.array(named, dtype=bool) & (self.keys["lrc"] > 0)]
        return other.groupby("target", sort=False).head(1)

    @cached_property
    def slogans(self) -> pd.DataFrame:
        return find_slogans(self.corpus)

    @cached_property
    def matrix(self) -> pd.DataFrame:
        return comparison.adoption_matrix(self.slogans, self.corpus, by=self.by)

    @cached_property
    def quantities(self) -> pd.DataFrame:
        return find_quantities(self.corpus)

    @cached_property
    def targets(self) -> pd.DataFrame:
        return find_targets(self.corpus, quantities=self.quantities)

    @cached_property
    def promises(self) -> pd.DataFrame:
        return self.targets[self.targets["is_target"]]

    @cached_property
    def groups(self) -> pd.Series:
        """The group of each document."""
        return self.corpus.documents.set_index("doc")[self.by]

    @cached_property
    def texts(self) -> dict[str, MarkedText]:
        """The marked texts by the beginning of their anchors, with the words of the findings."""
        docs = self.corpus.documents["doc"].head(MAX_TEXTS)
        tables = (self.slogans, self.targets, self.quantities, self.tops["term"])
        words = dict(list(self.words.groupby("doc")))  # each term is looked for in each text
        return {
            f"d{number}-": marked(
                self.corpus,
                doc,
                *tables,
                words.get(doc, self.words.head(0)),
                language=self.language,
            )
            for number, doc in enumerate(docs, start=1)
        }

    @cached_property
    def anchors(self) -> dict[tuple[str, int, str], str]:
        """The anchor of each mark, by its document, start and layer."""
        return {
            (text.doc, row.start, row.layer): f"{prefix}{row.mark}"
            for prefix, text in self.texts.items()
            for row in text.table.itertuples()
        }


class Finding(NamedTuple):
    """A sentence with its numbers, by language, and the anchors of its passages, by document."""

    kind: str
    said: dict[str, str]
    passages: Mapping[str, Sequence[str]] = {}


class Drawing(NamedTuple):
    """A figure and its caption by language."""

    chart: Chart
    caption: dict[str, str]


class Cell(NamedTuple):
    """A cell as it is read, and the number that it is sorted by, if it is one."""

    text: str
    number: str = ""


class Sheet(NamedTuple):
    """A table of the report: its heads, its rows with the anchor of their passage, what is cut."""

    heads: list[str]
    rows: list[tuple[str | None, list[Cell]]]
    more: int


@dataclass(frozen=True, eq=False)
class Content:
    """A report before it is a page or a Word file.

    ``texts`` are the marked texts by the beginning of their anchors; ``left`` is how many more
    there are.
    """

    language: str
    title: str
    about: list[str]
    findings: list[Finding]
    drawings: list[Drawing]
    sheets: dict[str, Sheet]
    texts: dict[str, MarkedText]
    left: int
    methods: list[str]
    accuracy: list[str]
    citations: dict[str, str]

    def name(self, key: str) -> str:
        """What a part of the report is called."""
        return in_language(self.language, labels()["report"][key])

    def counted(self, key: str, number: int) -> str:
        """What something is called, and how much of it there is."""
        return f"{self.name(key)}{'：' if self.language == 'zh' else ': '}{number}"


def content_of(corpus: Corpus, by: str | None, language: str, title: str | None) -> Content:
    """Find in a corpus what `report` tells of it, and put it into words.

    Raises:
        CorpusError: No document has anything in the column ``by``.
    """
    found = _Results(corpus, chosen_group(corpus.documents, by), language)
    return Content(
        language=language,
        title=title or _title(found),
        about=[_in_one(line, language) for line in repr(corpus).splitlines()],
        findings=[*_kinds(found), *_promises(found), *_shared(found), *_words(found)],
        drawings=[Drawing(chart, _caption(chart, language)) for chart in _charts(found)],
        sheets=dict(_sheets(found)),
        texts=found.texts,
        left=max(0, len(corpus.documents) - MAX_TEXTS),
        methods=list(_methods(found)),
        accuracy=_accuracy(language),
        citations={form: citation(form) for form in FORMS},
    )


def _in_one(line: str, language: str) -> str:
    """A line of what a corpus says of itself, Chinese and English side by side, in the language.

    >>> _in_one("8 篇 | 8 texts", "en"), _in_one("地方 places: 瓯海区；未知 unknown (1)", "zh")
    ('8 texts', '地方：瓯海区；未知 (1)')
    >>> _in_one("说明 3 条，见 corpus.report | 3 remarks in corpus.report", "zh")
    '说明 3 条，见“猜测与提醒”'
    """
    remarks = labels()["report"]["remarks"]  # where the page has that table
    line = line.replace("见 corpus.report", f"见“{remarks['zh']}”")
    line = line.replace("in corpus.report", f"in “{remarks['en']}”")
    if language == "both":
        return line
    at = ("zh", "en").index(language)
    if " | " in line:
        return line.split(" | ")[at]
    head, _, named = line.partition(": ")
    return f"{head.split()[at]}{('：', ': ')[at]}" + named.replace(*_UNKNOWN[at])


_UNKNOWN = (("未知 unknown", "未知"), ("未知 unknown", "unknown"))


def _title(found: _Results) -> str:
    places = found.corpus.documents["place"].dropna().unique()
    number = len(found.corpus.documents)
    names = {
        "zh": f"{number} 篇文本：{'、'.join(places[:4])}{'等' * (len(places) > 4)}".rstrip("："),
        "en": f"{number} texts",
    }
    return in_language(found.language, names)


# --- findings: a sentence each, with the passages -------------------------------------------------


def _said(
    found: _Results, sentence: str, coded: Sequence[str] = (), /, **values: object
) -> dict[str, str]:
    """A sentence of words.toml with the values put in, those ``coded`` in words of its language."""
    return {
        language: text.format(**values | {name: in_words(values[name], language) for name in coded})
        for language, text in in_each(found.language, labels()["findings"][sentence]).items()
    }


def _passages(found: _Results, rows: Iterable[tuple[str, int]], layer: str) -> dict[str, list[str]]:
    """The anchors of the passages among the marked texts, by the name of the document."""
    names = found.corpus.documents.set_index("doc")["label"]
    anchors: dict[str, list[str]] = {}
    for doc, start in rows:
        if anchor := found.anchors.get((doc, start, layer)):
            anchors.setdefault(str(names[doc]), []).append(anchor)
    return anchors


def _kinds(found: _Results) -> Iterator[Finding]:
    """That texts of several kinds are compared, and the kind that the notebooks keep to."""
    kinds = found.corpus.documents["kind"].value_counts()
    if len(kinds) > 1:
        main = main_kind(found.corpus)
        pairs = list(kinds.items())
        listed = "、".join(f"{in_words(kind, 'zh')} {count} 篇" for kind, count in pairs)
        listed_en = ", ".join(f"{in_words(kind, 'en')}: {count}" for kind, count in pairs)
        given = {"texts": len(found.corpus), "main": len(main)}
        yield Finding("kinds", _said(found, "kinds", listed=listed, listed_en=listed_en, **given))


def _promises(found: _Results) -> Iterator[Finding]:
    promises, numbers = found.promises, measured(found.quantities)
    if numbers.empty:
        return
    share = _share(len(promises), len(numbers))
    passages = _passages(found, _places(promises), "target")
    yield Finding("promises", _said(found, "promises", **share), passages)
    if promises.empty:
        return
    hard = promises[promises["strength"] == "hard"]
    share = _share(len(hard), len(promises))
    passages = _passages(found, _places(hard), "target")
    yield Finding("firmness", _said(found, "firmness", **share), passages)
    counts = promises["doc"].map(found.groups).value_counts(sort=True).head(MAX_GROUPS)
    # A group may end in a year, which a bare number behind it would be read with.
    listed = "、".join(f"{group} {count} 个" for group, count in counts.items())
    listed_en = ", ".join(f"{group}: {count}" for group, count in counts.items())
    said = _said(found, "by_group", listed=listed, listed_en=listed_en)
    yield Finding("promises by group", said)


def _places(rows: pd.DataFrame) -> list[tuple[str, int]]:
    return list(zip(rows["doc"], rows["start"], strict=True))


def _share(hits: int, of: int) -> dict[str, object]:
    low, high = wilson(hits, of)
    return {"hits": hits, "of": of, "share": hits / of, "low": low, "high": high}


def _shared(found: _Results) -> Iterator[Finding]:
    """The formulae that most groups use, those of the same words first."""
    order = ["groups", "same_words", "canonical"]
    rows = found.matrix[found.matrix["groups"] > 1].sort_values(
        order, ascending=[False, False, True]
    )
    total, shared = found.groups.nunique(), list(rows.groupby("canonical", sort=False))
    # Two texts of one place are two groups, but a reader takes groups for places.
    is_text = found.by in ("label", "doc")
    unit = (
        {"group": "篇", "group_en": "texts"} if is_text else {"group": "组", "group_en": "groups"}
    )
    for name, uses in shared[:MAX_SHARED]:
        first = uses.iloc[0]
        groups = first["groups"]
        level = first["level"] if pd.notna(first["level"]) else "unknown"
        given = {"name": name, "groups": groups, "total": total, "level": level} | unit
        passages = [(doc, start) for row in uses["passages"] for doc, start, _ in row[:1]]
        coded = ("level", "basis")
        said = _said(found, "shared", coded, **given, basis=first["level_basis"])
        yield Finding("shared", said, _passages(found, passages, "slogan"))
    if tied := [name for name, uses in shared[MAX_SHARED:] if uses.iloc[0]["groups"] == groups]:
        yield Finding("shared", _said(found, "tied", number=len(tied), groups=groups, **unit))


def _words(found: _Results) -> Iterator[Finding]:
    """The most characteristic word of each group, with what one text alone would give."""
    for row, is_bursty in zip(found.tops.itertuples(), bursty(found.tops), strict=True):
        hits = found.words[found.words["term"] == row.term]
        hits = hits[hits["doc"].map(found.groups) == row.target].head(MAX_GROUPS)
        given = row._asdict() | {"group": row.target}
        given["null"] = abs(row.null_score)
        name = "bursty_word" if is_bursty else "word" if pd.isna(row.null_score) else "tested_word"
        yield Finding("words", _said(found, name, **given), _passages(found, _places(hits), "word"))
    without = [
        str(one) for one in found.groups.dropna().unique() if one not in set(found.tops["target"])
    ]
    if without and len(found.groups.dropna().unique()) > 1:
        listed = {"listed": "、".join(without), "listed_en": ", ".join(without)}
        yield Finding("without words", _said(found, "without_words", **listed))


# --- figures, tables, methods ---------------------------------------------------------------------


def _charts(found: _Results) -> Iterator[Chart]:
    documents = found.corpus.documents
    made = (
        charts.targets.timeline(found.targets),
        charts.slogans.adoption(found.matrix, documents[found.by]),
        charts.terms.keywords(found.keys) if len(found.keys) else None,
    )
    return (chart for chart in made if chart is not None)


def _caption(chart: Chart, language: str) -> dict[str, str]:
    return in_each(language, {"zh": chart.caption, "en": chart.caption_en})


def _sheets(found: _Results) -> Iterator[tuple[str, Sheet]]:
    corpus = found.corpus
    tables = {
        "targets": (_in_context(found.promises, found), "target"),
        "slogans": (_in_context(found.slogans, found), "slogan"),
        "keys": (found.keys, None),
        "documents": (describe(corpus), None),
        "remarks": (corpus.report, None),
    }
    for name, (table, layer) in tables.items():
        columns = _TABLES[name].split()
        shown = table.head(MAX_ROWS)
        rows = [
            (
                found.anchors.get((row["doc"], row["start"], layer)) if layer else None,
                [_cell(column, row[column], found.language) for column in columns],
            )
            for row in shown.to_dict("records")
        ]
        heads = [in_language(found.language, labels()["heads"][column]) for column in columns]
        yield name, Sheet(heads, rows, len(table) - len(shown))


def _in_context(table: pd.DataFrame, found: _Results) -> pd.DataFrame:
    """A table, each row with the words around it and the name of its document.

    The marked text has the whole sentence, which may be half a page long.
    """
    hits = concordance(found.corpus, spans=table, context=CONTEXT).table
    names = found.corpus.documents.set_index("doc")["label"]
    around = hits["left"] + hits["text"] + hits["right"]
    return table.assign(context=around.to_numpy(), label=table["doc"].map(names))


def _cell(column: str, value: Any, language: str) -> Cell:
    if pd.isna(value):
        return Cell("")
    if isinstance(value, bool | str):
        return Cell(in_cell(column, value, language))
    whole = float(value).is_integer()
    return Cell(f"{float(value):,.10g}" if whole else f"{value:.2f}", str(value))


def _methods(found: _Results) -> Iterator[str]:
    yield ", ".join(f"{name} {number}" for name, number in versions().items())
    names, heads = labels()["report"], labels()["heads"]
    colon = ": " if found.language == "en" else "："
    yield f"{in_language(found.language, names['lexicon'])} {default_lexicon().hash}"
    by = in_language(found.language, heads[found.by]) if found.by in heads else found.by
    yield f"{in_language(found.language, names['by'])}{colon}{by}"
    if len(found.keys):
        yield method_line(found.keys, found.language)


def _accuracy(language: str) -> list[str]:
    """How often the finders were right on texts that no rule had seen.

    Slogans also apart by their quotation marks: the whole hides how few of the others are found.
    """
    table = pd.read_csv(HELD_OUT)
    whole = table[(table["by"].isna() | table["by"].eq("quotation")) & table["f1"].notna()]
    return [
        f"{_scored(row, language)}: F1 {row.f1:.2f} ({row.low:.2f}–{row.high:.2f})"
        for row in whole.itertuples()
    ]


def _scored(row: Any, language: str) -> str:
    """What a row of the scores measures."""
    names, tasks = chart_words()["labels"]["scores"], chart_words()["labels"]["score_tasks"]
    pairs = [tasks.get(row.task, [row.task] * 2), names.get(row.what, [row.what] * 2)]
    if not pd.isna(row.part):
        pairs.append(labels()["quotation"][row.part])
    said = ("，".join(zh for zh, _ in pairs), ", ".join(en for _, en in pairs))
    return in_language(language, dict(zip(("zh", "en"), said, strict=True)))
