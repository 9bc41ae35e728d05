"""A coding sheet filled in from a table that is coded already, to try the method out."""

import pandas as pd

from policytext.agreement import paired
from policytext.coding_sheet import Sheet
from policytext.corpus import Corpus
from policytext.text import clean


def filled(sheet: Sheet, coded: pd.DataFrame, corpus: Corpus) -> Sheet:
    """Answer a sheet as the coder of a table would have.

    Args:
        sheet: A sheet of `coding_sheet`.
        coded: doc, start, end; ``core`` (all true by default) and ``label`` if there is one.
        corpus: What the sheet was drawn from.

    >>> from policytext import coding_sheet, find_slogans, read_corpus
    >>> corpus = read_corpus("data/wenzhou-2021").select(["ouhai"])
    >>> coder = find_slogans(corpus)
    >>> answers = filled(coding_sheet(corpus, n=30), coder, corpus).rows["answer"]
    >>> set(answers.dropna()) <= {"core", "extended", "no"}
    True
    """
    table = coded.assign(core=coded.get("core", True), label=coded.get("label", ""))
    marked = sheet.key[sheet.key["kind"] == "candidate"].reset_index(drop=True)
    answers = {number: {"answer": "no"} for number in marked["id"]}
    for at, other in paired(marked, table):
        answers[marked["id"][at]] = _answer(marked.iloc[at], table.iloc[other], corpus)
    core = table[table["core"].astype(bool)]
    listed = sheet.key[sheet.key["kind"] == "sentence"]
    answers |= {row.id: {"mentions": _listed(row, core, corpus)} for row in listed.itertuples()}
    given = pd.DataFrame([{"id": number} | cells for number, cells in answers.items()])
    rows = sheet.rows.drop(columns=["answer", "span", "label", "mentions"])
    return Sheet(rows.merge(given, on="id", how="left"), sheet.key)


def _answer(mark: pd.Series, other: pd.Series, corpus: Corpus) -> dict[str, str]:
    same = (mark["start"], mark["end"]) == (other["start"], other["end"])
    wording = clean(corpus.source(other["doc"])[other["start"] : other["end"]])
    return {
        "answer": "core" if other["core"] else "extended",
        "span": "" if same else wording,
        "label": other["label"],
    }


def _listed(row, core: pd.DataFrame, corpus: Corpus) -> str:  # type: ignore[no-untyped-def]
    here = core[(core["doc"] == row.doc) & core["start"].between(row.start, row.end - 1)]
    here = here[here["end"] <= row.end].sort_values(["start", "end"])
    source = corpus.source(row.doc)
    wordings = [clean(source[a:b]) for a, b in zip(here["start"], here["end"], strict=True)]
    return " | ".join(wordings) or "-"
