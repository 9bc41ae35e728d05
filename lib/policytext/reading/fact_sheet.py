"""One promise on a card: its passage, its parts, and why each was read so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from policytext import text as tx
from policytext.corpus.corpus import Corpus
from policytext.corpus.issues import SelectionError
from policytext.corpus.locate import locate
from policytext.numbers.targets import find_targets
from policytext.reading.labels import (
    check_language,
    in_language,
    in_words,
    labels,
    reasons,
    render,
)
from policytext.showing import amount, corpus_of
from policytext.text.clean import positions

# The parts of a promise that its passage shows, by the column that says where they stand.
_PARTS = "indicator_at action_at comparator_at baseline_at actor_at speaker_at".split()
_PARTS += ["commitment_at", "horizon_at"]


@dataclass(frozen=True, eq=False)
class FactSheet:
    """A promise on a card, which a notebook shows.

    ``table``: a row a question (who, what, how much, by when, how firmly, why a target), columns
    ``question``, ``answer``, ``basis``. ``passage``: its sentence. ``where``: document and offsets.
    """

    table: pd.DataFrame
    passage: str
    where: str
    pieces: list[tuple[str, str]]

    def __repr__(self) -> str:
        rows = self.table.itertuples(index=False)
        lines = [
            f"{row.question}: {row.answer}" + f" [{row.basis}]" * bool(row.basis) for row in rows
        ]
        return "\n".join([self.passage, self.where, *lines])

    def _repr_html_(self) -> str:
        rows = self.table.to_dict("records")
        return render("fact_sheet.html.j2", pieces=self.pieces, where=self.where, rows=rows)


def fact_sheet(
    corpus: Corpus | pd.DataFrame | pd.Series,
    target: pd.Series | int | str | None = None,
    language: str = "both",
) -> FactSheet:
    """Put one promise on a card: passage, who, what, how much, by when, how firmly, and why.

    Args:
        corpus: The table of `find_targets`, or the corpus in which it was found; a row of the
            table that knows its corpus, alone.
        target: A row of the table, its number, from 0, or where the promise stands, as a card or
            a line of a concordance says: ``"ouhai:603–605"``.
        language: Of the questions: ``"zh"``, ``"en"`` or ``"both"``.

    Raises:
        SelectionError: The row is of another corpus, there is none, or one of both is missing.
        ValueError: It is no row of `find_targets`, or another language.

    >>> from policytext import find_targets, read_corpus
    >>> corpus = read_corpus("data/wenzhou-2021")
    >>> card = fact_sheet(find_targets(corpus).query("indicator == 'GDP'"), 0)
    >>> card.table["answer"].tolist()[:3]
    ['瓯海区', '实现 GDP', '千亿；≥ 1000亿元']
    """
    check_language(language)
    corpus, target = _row_of(corpus, target)
    if not isinstance(target, pd.Series) or "horizon_at" not in target:
        raise ValueError("this is no row of find_targets; take one with targets.iloc[0]")
    whole = target.astype(object).where(target.notna(), None).to_dict()
    sentence = corpus.sentences.iloc[locate(target.to_frame().T, corpus)[0]]
    row = target.dropna().to_dict()
    questions = labels()["fact_sheet"]
    answers = zip(questions.values(), _answers(row, whole, language), strict=True)
    unstated = in_words("none", language)
    rows = [
        (in_language(language, name), is_ or unstated, why if is_ else "")
        for name, (is_, why) in answers
    ]
    table = pd.DataFrame(rows, columns=["question", "answer", "basis"])
    pieces = list(_pieces(corpus.source(target["doc"]), sentence, row))
    return FactSheet(table, sentence["text"], _place(target), pieces)


def _row_of(
    given: Corpus | pd.DataFrame | pd.Series, target: pd.Series | int | str | None
) -> tuple[Corpus, pd.Series]:
    """The corpus and the row that are meant."""
    corpus = corpus_of(given)
    target = given if isinstance(given, pd.Series) and target is None else target
    if corpus is None or target is None:
        raise SelectionError(
            "a card needs a promise and its corpus: fact_sheet(corpus, targets.iloc[0])"
        )
    if isinstance(target, pd.Series):
        return corpus, target
    table = given if isinstance(given, pd.DataFrame) else find_targets(corpus)
    is_number = isinstance(target, int)
    numbers = list(range(len(table)) if is_number else map(_place, table.iloc))
    if (wanted := target if is_number else str(target).replace("-", "–")) not in numbers:
        raise SelectionError(f"no row {target!r}; pt.show(targets, max_rows=None) has them all")
    return corpus, table.iloc[numbers.index(wanted)]


def _place(row: pd.Series) -> str:
    return f"{row['doc']}:{row['start']}–{row['end']}"


def _answers(
    row: Mapping[str, Any], target: Mapping[str, Any], language: str
) -> Iterator[tuple[str, str]]:
    """An answer and what it rests on, question by question as ``words.toml`` has them."""

    def basis(*names: str) -> str:
        return "；".join(in_words(row[name], language) for name in names if name in row)

    yield row.get("actor", ""), basis("actor_basis", "speaker")
    noun = row.get("indicator", "")
    name = row.get("indicator_name", noun)
    yield f"{row.get('action', '')} {noun}".strip(), "" if name == noun else f"= {name}"
    yield (
        "；".join(dict.fromkeys((row["text"], amount(target)))),
        basis("bound", "comparator_text", "measure"),
    )
    yield row.get("baseline_text", ""), basis("baseline_date")
    ends = "–".join(row[name] for name in ("horizon_start", "horizon_end") if name in row)
    yield f"{row.get('horizon_text', '')} {ends}".strip(), basis("horizon_source")
    yield in_words(row["strength"], language), basis("commitment_text", "commitment")
    yield in_words(row["status"], language), reasons(row.get("evidence", ""), language)


def _pieces(source: str, sentence: pd.Series, row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The sentence cut where a part begins or ends, each piece with the tag that shows it."""
    start, end = sentence["start"], sentence["end"]
    text, at = tx.clean(source[start:end]), positions(source, start, end)
    spans = [list(map(int, row[name].split(":"))) for name in _PARTS if name in row]
    marks = [("mark", [row["start"], row["end"]]), *(("u", span) for span in spans)]
    placed = [(tag, *np.searchsorted(at, span).tolist()) for tag, span in marks]
    edges = {0, len(text), *(edge for _, *ends in placed for edge in ends)}
    for first, last in pairwise(sorted(edges)):
        tags = [tag for tag, begin, stop in placed if begin < last and stop > first]
        yield text[first:last], tags[0] if tags else ""
