"""Look each formula of the lexicon up in the reports, and write down where it is attested.

``python scripts/check_formulae.py SHARED`` reads the reports and writes
``data/reference/formulae-checked.csv``: what the stated year and level of a formula rest on. A
formula of the nation is attested by a national document of the stated year or later, one of a
province by a report of that province or a national one. Being used elsewhere proves use and not
origin; a national document before the stated year says the words earlier, in this sense or in
another one, which a reader has to decide.
"""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from count_formulae import SETS
from policytext.corpus.corpus import read_corpus
from policytext.evaluation.gold import shared_folder
from policytext.lexicon.lexicon import Lexicon, default_lexicon
from policytext.paths import HOME
from policytext.slogans.document import SloganDocument, documents
from policytext.slogans.reference import Formula, formula_index
from policytext.tables import save_csv
from policytext.text.clean import wording

TABLE = HOME / "data" / "reference" / "formulae-checked.csv"
COLUMNS = "formula level place year verdict attested_in earlier documents".split()
# Shorter words, and digits, stand in texts by chance: only in quotation marks are they the formula.
_SHORTEST = 3


class _Text(NamedTuple):
    """What is looked up in one document."""

    doc: str
    level: str | None
    province: str | None
    year: int
    words: str
    quoted: frozenset[str]


def _text(document: SloganDocument) -> _Text:
    quoted = frozenset(wording(document.text[a:b]) for a, b in document.quotes)
    year, words = document.year or 0, document.without_marks.text
    return _Text(document.doc, document.level, document.province, year, words, quoted)


def checked(texts: Iterable[_Text], lexicon: Lexicon) -> pd.DataFrame:
    """Say of each formula what the texts have of it.

    Returns:
        formula, level, place and year as the lexicon states them; verdict: attested, used (by
        others alone) or not found; attested_in, the first document that attests it, or uses it;
        earlier, the first national document before the stated year; documents, how many have it.
    """
    ordered = sorted(texts, key=lambda text: (text.year, text.doc))
    forms: dict[Formula, list[str]] = {}
    for form, formula in formula_index(lexicon).by_wording.items():
        forms.setdefault(formula, []).append(form)
    rows = [_row(formula, forms[formula], ordered) for formula in forms]
    table = pd.DataFrame(rows, columns=COLUMNS).sort_values(["level", "formula"], ignore_index=True)
    return table.astype({"year": "Int64"})


def _row(formula: Formula, forms: list[str], texts: list[_Text]) -> tuple[object, ...]:
    having = [text for text in texts if any(_has(text, form) for form in forms)]
    later = [text for text in having if text.year >= formula.year]
    speaks = [t for t in later if t.level == "central" or formula.place in {t.province} - {None}]
    earlier = (t.doc for t in having if t.level == "central" and t.year < formula.year)
    verdict = "attested" if speaks else "used" if having else "not found"
    first = next(iter(speaks or later or having), None)
    stated = (formula.formula, formula.level, formula.place, formula.year or None)
    return (*stated, verdict, first and first.doc, next(earlier, None), len(having))


def _has(text: _Text, form: str) -> bool:
    by_chance = len(form) < _SHORTEST or form.isascii()
    return form in text.quoted if by_chance else form in text.words


def main() -> None:
    """Check the formulae of the default lexicon, write the table and print how many are what."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else shared_folder()
    lexicon = default_lexicon()
    corpora = (read_corpus(shared / "corpora" / "reports" / f"{name}.jsonl.gz") for name in SETS)
    texts = {text.words: text for c in corpora for text in map(_text, documents(c, lexicon))}
    table = checked(texts.values(), lexicon)
    save_csv(table, TABLE)
    print(table.groupby(["level", "verdict"]).size().unstack(fill_value=0))


if __name__ == "__main__":
    main()
