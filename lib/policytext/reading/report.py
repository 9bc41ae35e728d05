"""One page that says what a corpus holds: findings first, each with the passages that show it."""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from policytext import charts, comparison, terms
from policytext.charts.fonts import font_subset
from policytext.charts.saving import Chart, inline_svg, versions
from policytext.charts.terms import bursty, method_line
from policytext.corpus.corpus import Corpus, describe
from policytext.corpus.locate import in_sentence
from policytext.evaluation.metrics import wilson
from policytext.lexicon.lexicon import default_lexicon
from policytext.numbers.quantities import find_quantities, measured
from policytext.numbers.targets import find_targets
from policytext.paths import HOME
from policytext.reading.labels import (
    check_language,
    in_cell,
    in_language,
    in_words,
    labels,
    render,
    save_page,
)
from policytext.reading.marked import MarkedText, marked, marked_style
from policytext.runs import chosen_group
from policytext.slogans.find import find_slogans
from policytext.words.segment import segment

# What one page can hold and a reader can use; what is cut is said there.
MAX_TEXTS, MAX_ROWS, MAX_GROUPS, MAX_SHARED = 40, 1000, 8, 6
HELD_OUT = HOME / "data" / "held-out-scores.csv"
_TABLES = {
    "targets": "label actor action indicator text comparator horizon_text horizon_end "
    "commitment_text strength sentence",
    "slogans": "label text canonical level level_basis core score sentence",
    "keys": "target term f1 f2 rate1 rate2 log_ratio lrc null_score",
    "documents": "label title author place level kind date characters",
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
        tables = (self.slogans, self.targets, self.quantities, self.tops["term"], self.words)
        return {
            f"d{number}-": marked(self.corpus, doc, *tables, language=self.language)
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


@dataclass(frozen=True)
class Finding:
    """A sentence with its numbers, and the anchors of the passages that it rests on."""

    kind: str
    sentence: str
    links: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class Report:
    """A page about a corpus. ``findings``: a table of kind, sentence, passages."""

    findings: pd.DataFrame
    html: str = field(repr=False)

    def save(self, path: str | Path) -> Path:
        """Write the page as one .html file that asks nothing of any network.

        Raises:
            ValueError: The file has another ending.
        """
        return save_page(path, self.html)


def report(
    corpus: Corpus, by: str | None = None, language: str = "both", title: str | None = None
) -> Report:
    """Make one page about a corpus: findings, figures, tables, marked texts, methods.

    Args:
        corpus: Any corpus.
        by: The column of its documents to compare by; one that fits if None.
        language: Of what is said about the texts: ``"zh"``, ``"en"`` or ``"both"``.
        title: Of the page; by default how many texts of which places.

    Returns:
        A `Report`. Each finding states its counts, an interval where it is a share, and links to
        its passages. Of more than 40 texts the first 40 are shown with their marks, and the
        tables hold 1,000 rows at most; both is said on the page.

    Raises:
        CorpusError: No document has anything in the column ``by``.
        ValueError: Another language.

    >>> from policytext import read_corpus
    >>> page = report(read_corpus("data/wenzhou-2021"), by="label", language="en")
    >>> print(page.findings.query("kind == 'promises'")["sentence"].iloc[0])
    11 of 101 quantities, ranks and dates are promises that can be checked: 10.9% (95% interval \
6.2% to 18.5%).
    """
    check_language(language)
    found = _Results(corpus, chosen_group(corpus.documents, by), language)
    findings = [*_promises(found), *_shared(found), *_words(found)]
    figures = [
        (inline_svg(chart, f"f{number}-", language), _caption(chart, language))
        for number, chart in enumerate(_charts(found), start=1)
    ]
    page = render(
        "report.html.j2",
        title=title or _title(found),
        names={key: in_language(language, name) for key, name in labels()["report"].items()},
        lines=repr(corpus).splitlines(),
        findings=findings,
        figures=figures,
        font=b64encode(font_subset("".join(drawing for drawing, _ in figures))).decode(),
        tables=dict(_tables(found)),
        style=marked_style(),
        texts={prefix: (text.title, text.to_part(prefix)) for prefix, text in found.texts.items()},
        left=max(0, len(corpus.documents) - MAX_TEXTS),
        methods=list(_methods(found)),
        accuracy=_accuracy(),
    )
    rows = [(one.kind, one.sentence, len(one.links)) for one in findings]
    return Report(pd.DataFrame(rows, columns=["kind", "sentence", "passages"]), page)


def _title(found: _Results) -> str:
    places = found.corpus.documents["place"].dropna().unique()
    return in_language(
        found.language,
        {
            "zh": f"{len(found.corpus.documents)} 篇文本:{'、'.join(places[:4])}",
            "en": f"{len(found.corpus.documents)} texts",
        },
    )


# --- findings: a sentence each, with the passages -------------------------------------------------


def _said(found: _Results, sentence: str, coded: Sequence[str] = (), /, **values: object) -> str:
    """A sentence of words.toml with the values put in, those ``coded`` in words of its language."""
    said = {}
    for language, text in labels()["findings"][sentence].items():
        words = {name: in_words(values[name], language) for name in coded}
        said[language] = text.format(**values | words)
    return in_language(found.language, said)


def _links(
    found: _Results, rows: Iterable[tuple[str, int]], layer: str
) -> Iterator[tuple[str, str]]:
    """The passages among the marked texts, named by document."""
    names = found.corpus.documents.set_index("doc")["label"]
    for doc, start in rows:
        if anchor := found.anchors.get((doc, start, layer)):
            yield str(names[doc]), anchor


def _promises(found: _Results) -> Iterator[Finding]:
    promises, numbers = found.promises, measured(found.quantities)
    if numbers.empty:
        return
    share = _share(len(promises), len(numbers))
    links = list(_links(found, promises[["doc", "start"]].to_numpy().tolist(), "target"))
    yield Finding("promises", _said(found, "promises", **share), links)
    if promises.empty:
        return
    hard = promises[promises["strength"] == "hard"]
    share = _share(len(hard), len(promises))
    links = list(_links(found, hard[["doc", "start"]].to_numpy().tolist(), "target"))
    yield Finding("firmness", _said(found, "firmness", **share), links)
    counts = promises["doc"].map(found.groups).value_counts(sort=True).head(MAX_GROUPS)
    listed = ", ".join(f"{group} {count}" for group, count in counts.items())
    yield Finding("promises by group", _said(found, "by_group", listed=listed))


def _share(hits: int, of: int) -> dict[str, object]:
    low, high = wilson(hits, of)
    return {"hits": hits, "of": of, "share": hits / of, "low": low, "high": high}


def _shared(found: _Results) -> Iterator[Finding]:
    """The formulae that most groups use, those of the same words first."""
    order = ["groups", "same_words", "canonical"]
    rows = found.matrix[found.matrix["groups"] > 1].sort_values(
        order, ascending=[False, False, True]
    )
    total = found.groups.nunique()
    for name, uses in list(rows.groupby("canonical", sort=False))[:MAX_SHARED]:
        first = uses.iloc[0]
        level = first["level"] if pd.notna(first["level"]) else "unknown"
        given = {"name": name, "groups": first["groups"], "total": total, "level": level}
        passages = [(doc, start) for row in uses["passages"] for doc, start, _ in row[:1]]
        coded = ("level", "basis")
        sentence = _said(found, "shared", coded, **given, basis=first["level_basis"])
        yield Finding("shared", sentence, list(_links(found, passages, "slogan")))


def _words(found: _Results) -> Iterator[Finding]:
    """The most characteristic word of each group, with what one text alone would give."""
    for row, is_bursty in zip(found.tops.itertuples(), bursty(found.tops), strict=True):
        hits = found.words[found.words["term"] == row.term]
        hits = hits[hits["doc"].map(found.groups) == row.target].head(MAX_GROUPS)
        given = row._asdict() | {"group": row.target}
        sentence = _said(found, "bursty_word" if is_bursty else "word", **given)
        places = _links(found, hits[["doc", "start"]].to_numpy().tolist(), "word")
        yield Finding("words", sentence, list(places))


# --- figures, tables, methods ---------------------------------------------------------------------


def _charts(found: _Results) -> Iterator[Chart]:
    documents = found.corpus.documents
    made = (
        charts.targets.timeline(found.targets),
        charts.slogans.adoption(found.matrix, documents[found.by]),
        charts.terms.keywords(found.keys) if len(found.keys) else None,
    )
    return (chart for chart in made if chart is not None)


def _caption(chart: Chart, language: str) -> str:
    return in_language(language, {"zh": chart.caption, "en": chart.caption_en})


def _tables(found: _Results) -> Iterator[tuple[str, dict[str, Any]]]:
    """The tables of the page: heads, rows with the anchor of their passage, and how many more."""
    corpus = found.corpus
    tables = {
        "targets": (in_sentence(found.promises, corpus), "target"),
        "slogans": (in_sentence(found.slogans, corpus), "slogan"),
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
        yield name, {"heads": heads, "rows": rows, "more": len(table) - len(shown)}


def _cell(column: str, value: Any, language: str) -> tuple[str, str]:
    """A cell as it is read, and the number that it is sorted by, if it is one."""
    if pd.isna(value):
        return "", ""
    if isinstance(value, bool | str):
        return in_cell(column, value, language), ""
    return f"{float(value):,.10g}" if float(value).is_integer() else f"{value:.2f}", str(value)


def _methods(found: _Results) -> Iterator[str]:
    yield ", ".join(f"{name} {number}" for name, number in versions().items())
    yield f"lexicon {default_lexicon().hash}"
    yield f"{in_language(found.language, labels()['report']['by'])}: {found.by}"
    if len(found.keys):
        yield method_line(found.keys)


def _accuracy() -> list[str]:
    """How often the finders were right on texts that no rule had seen."""
    table = pd.read_csv(HELD_OUT)
    whole = table[table["by"].isna() & table["f1"].notna()]
    return [
        f"{row.task}, {row.what}: F1 {row.f1:.2f} ({row.low:.2f}–{row.high:.2f})"
        for row in whole.itertuples()
    ]
