"""Look up who else says a formula: the lexicon, or reports of a reference corpus, and how many."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from policytext.corpus.corpus import Corpus
from policytext.lexicon.abbreviations import SHORT_WORDING, is_distinct
from policytext.lexicon.lexicon import Lexicon, default_lexicon
from policytext.lexicon.schema import LEVELS
from policytext.paths import HOME
from policytext.slogans.document import SloganDocument, documents
from policytext.text.clean import HAN, wording
from policytext.text.patterns import TextIndex, Words

TABLE = HOME / "data" / "reference" / "formulae-in-reports.csv"
_STATED, _SHORTEST, _LONGEST = 3, 4, 24
_MOSTLY = 0.5
# A text copies another if so many of its lines of so many characters stand there.
_LINE, _COPIED = 15, 0.5
_STOP = re.compile("[。！？!?]")
# Digits and letters alone (510, 1+3) stand in any text by chance: there only quoted ones count.
_HAN = re.compile(f".*{HAN}").match


class Formula(NamedTuple):
    """One row of the lexicon's table of formulae."""

    formula: str
    level: str
    place: str
    year: int
    core: bool
    types: tuple[str, ...]
    items: tuple[str, ...]
    source: str


def _forms(formula: str) -> list[str]:
    """The wordings of a formula: as it stands, and with 和 or 与 before its last limb."""
    body, mark, last = formula.rpartition("、")
    joints = ["", "和", "与"] if mark else [""]
    return [wording(body + joint + last) for joint in joints]


class FormulaIndex:
    """The lexicon's formulae by wording."""

    def __init__(self, formulae: Iterable[Formula]) -> None:
        self.by_wording = {
            form: formula for formula in formulae for form in _forms(formula.formula)
        }
        self.words = Words(self.by_wording)

    def known(self, passage: str, province: str | None, year: int | None) -> Formula | None:
        """The formula that a passage is word for word, if it can have reached the text."""
        formula = self.by_wording.get(wording(passage))
        return formula if formula and applies(formula, province, year) else None


def applies(formula: Formula, province: str | None, year: int | None) -> bool:
    """Whether a formula can stand behind a text: not issued later.

    A numeral or code of another province is another list (1+3); a saying travels (最多跑一次).
    """
    if year and formula.year > year:
        return False
    if not formula.place or formula.place == province:
        return True
    numeral = {"numeral", "code"} & set(formula.types)
    return not numeral or (province is None and len(wording(formula.formula)) > SHORT_WORDING)


@lru_cache(maxsize=8)
def formula_index(lexicon: Lexicon) -> FormulaIndex:
    """The index of one lexicon's formulae, built once."""
    rows = lexicon["formulae"].itertuples(index=False)
    return FormulaIndex(
        Formula(
            row.formula,
            row.level,
            row.place,
            int(row.year or 0),
            row.core == "yes",
            tuple(filter(None, row.types.split("|"))),
            tuple(filter(None, row.items.split("|"))),
            row.source,
        )
        for row in rows
    )


class Counts(NamedTuple):
    """In how many documents a wording stands in quotation marks, and in how many at all.

    ``documents`` is None where nobody looked for it: then all that is known is that no document
    quotes it. ``central_doc`` is the first national document that has it, of the year
    ``first_central``.
    """

    quoted: int
    documents: int | None
    first_central: int | None = None
    central_doc: str | None = None


NOT_COUNTED = Counts(0, None)


class Reference:
    """What other texts have of a wording, and how many texts those are.

    ``texts`` names them by their fingerprints; ``often`` are the wordings that many of them may
    quote, all if None.
    """

    def __init__(
        self,
        counts: Mapping[str, Counts],
        size: int,
        texts: Mapping[str, str] | None = None,
        often: Iterable[str] | None = None,
    ) -> None:
        self._counts, self.size, self._texts = counts, size, texts or {}
        self._often = [
            words
            for words in (counts if often is None else often)
            if counts[words].quoted >= _STATED and len(words) >= _SHORTEST
        ]
        self._stated: dict[Lexicon, Words] = {}

    def counts(self, words: str) -> Counts:
        """The counts of a wording; ``NOT_COUNTED`` where the table does not have it."""
        return self._counts.get(words, NOT_COUNTED)

    def without(self, texts: Iterable[SloganDocument]) -> "Reference":
        """What is left of the reference without some documents: who else says it, but they?

        A first national text that is one of them attests nothing any more; which one would be
        the next the table does not know.
        """
        # One text may lie in two files.
        own = {self._texts.get(text.fingerprint): text for text in texts} if self._texts else {}
        own.pop(None, None)
        if not own:
            return self
        counts = dict(self._counts)  # copied in less time than two layers are gone through
        for name, text in own.items():
            quoted = set(map(wording, _quoted(text)))
            for words in quoted | text.held(self._looked_for):
                counts[words] = self._one_less(
                    counts.get(words, NOT_COUNTED), words in quoted, name
                )
        # Counts only fall: what the whole does not quote often no part of it does.
        return Reference(counts, self.size - len(own), self._texts, self._often)

    @staticmethod
    def _one_less(counts: Counts, quoted: bool, doc: str | None) -> Counts:
        """Counts without a document that holds the words."""
        counts = counts._replace(
            quoted=max(0, counts.quoted - quoted),
            documents=counts.documents and counts.documents - 1,
        )
        own = counts.central_doc == doc
        return counts._replace(first_central=None, central_doc=None) if own else counts

    @cached_property
    def _looked_for(self) -> Words:
        return Words(filter(_HAN, self._counts))

    def attested(self, words: str, year: int | None) -> Counts | None:
        """The counts of a wording that a national document has by a year: no later one proves it.

        Short words stand in any report by chance.
        """
        counts = self.counts(words)
        by_then = counts.first_central and year and counts.first_central <= year
        return counts if by_then and len(words) >= _SHORTEST else None

    def stated_forms(self, lexicon: Lexicon) -> Words:
        """Wordings that three texts have in quotation marks, and most that have them."""
        if lexicon not in self._stated:
            self._stated[lexicon] = Words(
                words
                for words in self._often
                if self.counts(words).quoted >= _MOSTLY * (self.counts(words).documents or 0)
                and is_distinct(words, lexicon)
            )
        return self._stated[lexicon]


def read_reference(path: Path | str = TABLE) -> Reference:
    """The reference of a table of formulae; what was written anew is read anew.

    Args:
        path: A .csv with the columns that `reference_table` makes.

    Raises:
        FileNotFoundError: There is no such file; the message says how to make one.
        ValueError: It is no .csv, or a column is missing; the message names it.

    >>> read_reference().counts("高质量发展").documents > 100
    True
    """
    path = Path(path)
    if not path.is_file():
        raise FileNotFoundError(
            f"{path}: no such table; policytext reference TEXTS {path} makes it"
        )
    return _read_table(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read_table(path: Path, _changed: int) -> Reference:
    try:
        header = pd.read_csv(path, encoding="utf-8-sig", nrows=0).columns
    except (UnicodeDecodeError, pd.errors.ParserError) as error:
        raise ValueError(f"{path}: no .csv in UTF-8; write the reference as .csv") from error
    if missing := [name for name in ("formula", "of", *Counts._fields) if name not in header]:
        raise ValueError(f"{path}: no column {', '.join(missing)}; policytext reference makes it")
    table = pd.read_csv(path, encoding="utf-8-sig", dtype={"formula": str, "central_doc": str})
    table = table.astype({"first_central": "Int64"}).astype(object).where(table.notna(), None)
    rows = table[["formula", *Counts._fields]].itertuples(index=False, name=None)
    counts = {wording(formula): Counts(*row) for formula, *row in rows}
    return Reference(counts, int(table["of"].max()) if len(table) else 0, _read_texts(path))


def _texts_beside(path: Path) -> Path:
    """Where the texts of a reference are named: beside its table."""
    return path.with_name(f"{path.stem}-texts.csv")


def _read_texts(path: Path) -> dict[str, str]:
    """The texts of a reference by their fingerprints; none where its table lies alone."""
    beside = _texts_beside(path)
    if not beside.is_file():
        return {}
    table = pd.read_csv(beside, encoding="utf-8-sig", dtype=str)
    return dict(zip(table["fingerprint"], table["doc"], strict=True))


def files_of(table: pd.DataFrame, path: Path) -> list[tuple[pd.DataFrame, Path]]:
    """The tables that a reference is kept in, each with its file: the counts, and the texts.

    Args:
        table: As `reference_table` makes it.
        path: Where the counts go; the texts go beside them.
    """
    texts = pd.DataFrame(table.attrs["texts"].items(), columns=["fingerprint", "doc"])
    return [(table, path), (texts, _texts_beside(path))]


class _Text(NamedTuple):
    """What is counted of one document."""

    doc: str
    level: str | None
    year: int | None
    words: str


def reference_table(
    corpora: Iterable[Corpus], lexicon: Lexicon | None = None, also: Iterable[str] = ()
) -> pd.DataFrame:
    """Count in which documents of a reference corpus each formula stands.

    A formula is what a document has in quotation marks; what the lexicon lists; and what ``also``
    names. Of texts that copy one another, as a city's file that holds the national report, the one
    of the highest level counts.

    Args:
        corpora: Reports with ``level`` and ``date``.
        lexicon: Whose formulae are counted in any case; the default lexicon if None.
        also: Further formulae to count.

    Returns:
        formula, as it is printed most often; quoted and documents, in how many it stands in
        quotation marks and at all; of, how many documents there are; central, provincial,
        prefectural, county, township, of which level those are; first, the earliest year;
        first_central and central_doc, the year and name of the first national document that has it.
        ``attrs["texts"]`` has the name of the document that each text counts as, by fingerprint;
        `files_of` says where both are kept, so that no text counts among its own "others".
    """
    lexicon = lexicon or default_lexicon()
    texts, names, forms, quoting = _read(corpora, lexicon)
    known = {formula.formula for formula in formula_index(lexicon).by_wording.values()}
    wanted = set(map(wording, [*known, *also]))
    looked_for = Words(filter(_HAN, sorted(quoting.keys() | wanted)))
    having: dict[str, set[str]] = defaultdict(set)
    for text in texts:
        for words, _ in TextIndex(text.words).places(looked_for):
            having[words].add(text.doc)
    rows = []
    for words in sorted(quoting.keys() | wanted):
        docs = quoting[words] | having[words]
        held = [text for text in texts if text.doc in docs]
        rows.append(_row(_printed(words, forms, lexicon), len(quoting[words]), held))
    columns = ["formula", "quoted", "documents", *LEVELS, "first", "first_central", "central_doc"]
    table = pd.DataFrame(rows, columns=columns)
    table.insert(3, "of", len(texts))
    table.attrs["texts"] = names
    return table.astype({"first": "Int64", "first_central": "Int64"})


def _read(
    corpora: Iterable[Corpus], lexicon: Lexicon
) -> tuple[list[_Text], dict[str, str], dict[str, Counter[str]], dict[str, set[str]]]:
    """The texts, their names by fingerprint, and by wording how and by whom it is quoted."""
    texts: list[_Text] = []
    names: dict[str, str] = {}
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    quoting: dict[str, set[str]] = defaultdict(set)
    owner: dict[str, str] = {}
    read = [document for corpus in corpora for document in documents(corpus, lexicon)]
    for document in sorted(read, key=lambda one: LEVELS.index(one.level or LEVELS[-1])):
        text = document.without_marks.text
        lines = {line for line in text.split("\n") if len(line) > _LINE} or {text}
        copied = Counter(owner[line] for line in lines if line in owner)
        original, lines_of_it = max(copied.items(), key=itemgetter(1), default=("", 0))
        copies = lines_of_it > _COPIED * len(lines)
        names[document.fingerprint] = original if copies else document.doc
        if copies:
            continue
        owner |= dict.fromkeys(lines - owner.keys(), document.doc)
        texts.append(_Text(document.doc, document.level, document.year, text))
        for form in _quoted(document):
            forms[wording(form)][form] += 1
            quoting[wording(form)].add(document.doc)
    return texts, names, forms, quoting


def _quoted(document: SloganDocument) -> Iterable[str]:
    """What stands in quotation marks and is no sentence."""
    passages = (document.text[start:end].strip() for start, end in document.quotes)
    short = (passage for passage in passages if len(passage) <= _LONGEST)
    return (p for p in short if len(wording(p)) > 1 and not _STOP.search(p))


def _printed(words: str, forms: Mapping[str, Counter[str]], lexicon: Lexicon) -> str:
    known = formula_index(lexicon).by_wording.get(words)
    if known or not forms[words]:
        return known.formula if known else words
    return max(forms[words].items(), key=lambda item: (item[1], item[0]))[0]


def _row(formula: str, quoted: int, held: list[_Text]) -> tuple[object, ...]:
    levels = Counter(text.level for text in held)
    years = [text.year for text in held if text.year]
    central = min(((t.year, t.doc) for t in held if t.level == LEVELS[0] and t.year), default=None)
    first = min(years, default=None)
    counts = [levels[level] for level in LEVELS]
    return (formula, quoted, len(held), *counts, first, *(central or (None, None)))
