"""What the finders look for, and corpora of it, for test_hostile and test_cost."""

import json
import warnings
from pathlib import Path

import policytext as pt
from policytext.slogans import find_parallel_runs

FINDERS = [*(pt.segment, pt.find_quantities, pt.find_targets, pt.find_slogans, find_parallel_runs)]
# Tables of the lexicon with what a finder looks for, and the column that has it.
TABLES = {
    "cues": "cue",
    "formulae": "formula",
    "slogan_words": "word",
    "units": "unit",
    "numeral_words": "word",
    "places": "name",
    "offices": "name",
    "titles": "word",
    "relative_targets": "anchor",
    "indicators": "name",
    "affixes": "affix",
}
ABOUT = {"place": "甲乙区", "level": "county", "date": "2022", "kind": "report"}


def looked_for(table: str) -> list[str]:
    """What the finders look for, of one table of the lexicon."""
    cells = pt.default_lexicon()[table][TABLES[table]].astype(str).unique()
    return [part for cell in cells for part in cell.split("|")]


def corpus_of(folder: Path, texts: list[str], about: dict[str, str] = ABOUT) -> pt.Corpus:
    """The texts as rows of one table, each of a place of its own."""
    rows = [about | {"text": text, "doc": f"d{number}"} for number, text in enumerate(texts)]
    for row in rows[1:]:
        row["place"] = f"第{row['doc']}县"
    path = folder / "t.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pt.CorpusWarning)
        return pt.read_corpus(path)
