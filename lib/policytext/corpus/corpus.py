"""Read a folder of texts or a table into documents and sentences, and say how long they are."""

import os
import re
import traceback
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, takewhile
from pathlib import Path
from typing import Any

import pandas as pd

from policytext import text as tx
from policytext.corpus.days import year
from policytext.corpus.file_names import from_names, tell_apart
from policytext.corpus.issues import (
    CLOSED,
    CorpusError,
    Issue,
    SelectionError,
    check,
    none_left,
    report,
    warn,
)
from policytext.corpus.layout import parts
from policytext.corpus.metadata import DOCUMENT_COLUMNS, guess_kind, labels
from policytext.corpus.places import former_names, with_level
from policytext.corpus.readers import read_folder, read_table
from policytext.corpus.repeats import find_repeats
from policytext.corpus.selection import docs_with
from policytext.lexicon.lexicon import Lexicon, coded, default_lexicon
from policytext.lexicon.schema import LexiconError
from policytext.paths import HOME
from policytext.text.clean import converter, is_traditional, readable, simplified

# Set to 1, an error in one document is raised as it is: for tests, and to find its cause.
RAISE = "POLICYTEXT_RAISE"


class LeftOut:
    """The documents at which a task stopped with an error that nobody foresaw.

    One text in ten thousand must not stop the others: it is left out, named and recorded.
    """

    def __init__(self, task: str) -> None:
        self.task = task
        self.notes: list[Issue] = []

    @property
    def docs(self) -> set[str | None]:
        """Their names."""
        return {note.doc for note in self.notes}

    @contextmanager
    def on_error(self, file: str, doc: str) -> Iterator[None]:
        """Leave a document out where the block stops with an error.

        Errors of the lexicon and libraries that are missing concern all documents alike.
        """
        try:
            yield
        except (LexiconError, ImportError):
            raise
        except Exception as error:
            if os.environ.get(RAISE):
                raise
            last = traceback.extract_tb(error.__traceback__)[-1]
            what = " ".join(f"{type(error).__name__} {error}".split())[:200]
            line = f"{Path(last.filename).name}, line {last.lineno}"
            found = f"{self.task} stopped at it: {what} ({line})"
            self.notes.append(Issue(file, doc, "warning", "left out", found, _FIX))

    def record(self, table: pd.DataFrame, corpus: "Corpus") -> pd.DataFrame:
        """The table, without rows of these documents; they go into its attrs and the report.

        Raises:
            CorpusError: No document is left.
        """
        if not self.notes:
            return table
        if self.docs >= set(corpus.documents["doc"]):
            raise none_left(self.task, self.notes)
        table = table[~table["doc"].isin(self.docs)].reset_index(drop=True)
        table.attrs["left_out"] = [note._asdict() for note in self.notes]
        known = set(corpus.report.itertuples(index=False, name=None))
        for note in (note for note in self.notes if tuple(note) not in known):
            corpus.report.loc[len(corpus.report)] = list(note)
        warn(self.notes, stacklevel=4)
        return table


_FIX = f"please report it with the text; {RAISE}=1 shows the whole error"

_SHOWN = 8
SENTENCE_COLUMNS = ["doc", "start", "end", "part", "heading", "chapter", "paragraph", "text"]


@dataclass(frozen=True, eq=False)
class Corpus:
    """Documents, their sentences, and the source texts that both point back to.

    ``documents``: one row per document, columns ``DOCUMENT_COLUMNS`` and any of the user's;
    ``label`` (the user's, else made of place, author or title) names it in charts, ``year`` is
    that of its date (text, as all that names a group; `where` counts with it), ``kind_basis`` says
    whether the kind is set or guessed from title or shape. A level or kind that no finder knows
    stays in its cell, to group by, and counts as missing everywhere else; a warning names it.
    ``sentences``: a span table, columns ``SENTENCE_COLUMNS``; ``part`` is title (the lines above
    the text: kicker, title, byline), heading, lead, body or glossary; ``heading`` is the text of
    the nearest heading above, ``chapter`` that of the nearest heading of the highest rank;
    ``paragraph`` counts from 0 within the document.
    ``report``: what was guessed, what looks wrong and what was left out, columns ``file, doc,
    severity {guess, warning}, problem, detail, fix``. A finder that leaves out a document adds it.
    """

    documents: pd.DataFrame
    sentences: pd.DataFrame
    sources: Mapping[str, str]
    report: pd.DataFrame = field(default_factory=lambda: report([]))

    def source(self, doc: str) -> str:
        """The whole decoded source file (or table cell) of a document; offsets count in it."""
        if doc not in self.sources:
            raise KeyError(f"no document {doc!r}; corpus.documents lists {len(self.sources)}")
        return self.sources[doc]

    @cached_property
    def traditional(self) -> frozenset[str]:
        """The documents that are read in simplified characters, for which there is an extra."""
        found = (doc for doc, source in self.sources.items() if is_traditional(source))
        return frozenset(found if converter() else ())

    def read(self, doc: str, passage: str) -> str:
        """A passage of a document as it is matched: folded, and in simplified characters."""
        return tx.fold(simplified(passage) if doc in self.traditional else passage)

    def __len__(self) -> int:
        """How many documents there are."""
        return len(self.documents)

    def __repr__(self) -> str:
        return "\n".join(_overview(self))

    def where(self, *names: str, **wanted: object) -> "Corpus":
        """The documents that have the wanted value in each of the named columns.

        Args:
            names: Of authors, places or texts, any of which is enough: ``where("瓯海")``.
            wanted: A column of ``documents`` and a value as a reader writes it (瓯海 for 瓯海区,
                文章 for essay, ``date="2021"`` or ``"2021-03"`` for all days of it), a list of
                values, any of which is enough, or, of years and dates, ``(2019, 2021)`` or
                ``"2019-2021"``, both ends included.

        Raises:
            SelectionError: There is no such column or value; the message says which there are.

        >>> corpus = read_corpus("data/wenzhou-2021")
        >>> list(corpus.where(place=["瓯海", "洞头"], kind="essay").documents["author"])
        ['王振勇', '林霞']
        """
        return self.select(docs_with(self.documents, wanted, names))

    def select(self, docs: Iterable[str]) -> "Corpus":
        """The corpus of the named documents alone.

        >>> corpus = read_corpus("data/wenzhou-2021")
        >>> list(corpus.select(["ouhai", "dongtou"]).documents["place"])
        ['瓯海区', '洞头区']
        """
        keep = list(docs)
        unknown = [doc for doc in keep if doc not in self.sources]
        if unknown:
            raise KeyError(f"no document {unknown[0]!r}; corpus.documents lists the names")
        return Corpus(
            self.documents[self.documents["doc"].isin(keep)].reset_index(drop=True),
            self.sentences[self.sentences["doc"].isin(keep)].reset_index(drop=True),
            {doc: self.sources[doc] for doc in keep},
            self.report[self.report["doc"].isin([*keep, None])].reset_index(drop=True),
        )


def read_corpus(
    path: str | Path,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    lexicon: Lexicon | None = None,
) -> Corpus:
    """Read a folder of .txt files, or one table with a text column.

    A document that cannot be read is left out with a warning, and the others are read.

    Args:
        path: A folder. Where it holds a ``documents.csv``, that table names the documents:
            ``file`` and, where one file holds several documents, their ``start`` and ``end`` in
            code points; then any of the columns of ``DOCUMENT_COLUMNS`` and the user's own.
            Without it every .txt file is a document. Or a .csv, .tsv, .xlsx, .xls, .jsonl,
            .jsonl.gz or .parquet table with a text column, one document a row, or a folder of
            such tables; without a column for place or date they are those that file or folder are
            called after (瓯海区/2021.csv). A relative path that is not found where Python was
            started is looked for in the project's folder.
        columns: What the table calls our columns, where that is not recognised or not rightly:
            ``{"text": "正文（定稿）"}``. Names in Chinese and English are recognised by
            ``column_names.csv`` of the lexicon, also in the sheets and tables that have no column
            of the name that is given; other columns are kept under their own names.
            What no column has and is the same of all is said with ``=``: ``{"level": "=county"}``.
        encoding: Of every text (or of the table); detected where it is not named, and then
            reported. A column ``encoding`` of documents.csv goes before.
        lexicon: Which lexicon to recognise columns and headings by.

    Returns:
        A `Corpus`. What was guessed and what looks wrong is in its ``report``.

    Raises:
        CorpusError: The listing, the table or every document is at fault; with file, row and fix
            in its message.

    Warns:
        CorpusWarning: Something in the texts wants to be looked at, such as a text read twice.

    >>> corpus = read_corpus("data/wenzhou-2021")
    >>> len(corpus.documents)
    8
    >>> row = corpus.sentences.iloc[0]
    >>> tx.clean(corpus.source(row.doc)[row.start:row.end]) == row.text
    True
    """
    given = Path(path)
    path = next((one for one in (given, HOME / given) if one.exists()), given)
    if path.is_dir():
        found = read_folder(path, columns, encoding, lexicon)
    elif path.is_file():
        found = read_table(path, columns, encoding, lexicon)
    else:
        raise CorpusError(f"{path.absolute()}: no such folder or table; check the path")
    fixed = _of_all(columns or {}, lexicon)
    left = LeftOut("read_corpus")
    lexicon = lexicon or default_lexicon()
    sentences: dict[str, list[tuple[object, ...]]] = {}
    for row in found.rows:
        row |= {name: value for name, value in fixed.items() if not row.get(name)}
        with left.on_error(row["file"], row["doc"]):
            source = found.sources[row["doc"]]
            sentences[row["doc"]] = list(_sentences(row, source, lexicon))
            row |= _kind(row, sentences[row["doc"]], source[row["start"] : row["end"]], lexicon)
    if not sentences:
        raise none_left(path, left.notes)
    rows = [row for row in found.rows if row["doc"] in sentences]
    named = [*from_names(rows, found.sources, lexicon), *tell_apart(rows, found.sources, lexicon)]
    looked_up = [*with_level(rows, lexicon), *former_names(rows, lexicon)]
    notes = [*found.notes, *named, *looked_up, *left.notes, *check(rows, found.sources)]
    notes += find_repeats(rows, found.sources)
    warn(notes)
    return Corpus(
        _documents(rows),
        pd.DataFrame(chain.from_iterable(sentences.values()), columns=SENTENCE_COLUMNS),
        {doc: found.sources[doc] for doc in sentences},
        report(notes),
    )


def check_corpus(corpus: object) -> None:
    """Raise a SelectionError that says what to write where this is no corpus.

    >>> check_corpus("my-texts")
    Traceback (most recent call last):
    policytext.corpus.issues.SelectionError: 'my-texts' is no corpus; write read_corpus('my-texts')
    """
    if not isinstance(corpus, Corpus):
        given = repr(corpus) if isinstance(corpus, str | Path) else type(corpus).__name__
        how = given if isinstance(corpus, str | Path) else "folder"
        raise SelectionError(f"{given} is no corpus; write read_corpus({how})")


def _of_all(columns: Mapping[str, str], lexicon: Lexicon | None) -> dict[str, str]:
    """What ``columns`` says to be the same of all documents."""
    fixed = {
        name: coded(name, given[1:], lexicon)
        for name, given in columns.items()
        if given.startswith("=")
    }
    for name, allowed in CLOSED.items():
        if fixed.get(name, allowed[0]) not in allowed:
            raise CorpusError(
                f"{name} {fixed[name]!r}: none of {', '.join(allowed)}; name one of them, or the "
                "like in Chinese (县级, 报告)"
            )
    return fixed


def _kind(
    row: Mapping[str, Any], sentences: list[tuple[object, ...]], text: str, lexicon: Lexicon | None
) -> dict[str, str | None]:
    """The kind that is set, else the one that title or shape speak for."""
    if row.get("kind") and row["kind"] == row["kind"]:
        return {"kind_basis": "set"}
    top = takewhile(lambda sentence: sentence[-5] == "title", sentences)
    above = (str(line) for *_, line in top)
    titles = [str(row["title"])] if row.get("title") else above
    kind, basis = guess_kind(map(simplified, titles), readable(text), lexicon)
    return {"kind": kind, "kind_basis": basis}


def _documents(rows: list[dict[str, Any]]) -> pd.DataFrame:
    for row, label in zip(rows, labels(rows), strict=True):
        row["label"] = label
        row["year"] = row.get("year") or year(row)
    table = pd.DataFrame(rows)
    extra = [name for name in table if name not in DOCUMENT_COLUMNS]
    table = table.reindex(columns=[*DOCUMENT_COLUMNS, *extra])
    # Text also where every cell is missing: pandas would make numbers of such a column.
    return table.astype({name: "str" for name in DOCUMENT_COLUMNS if name not in ("start", "end")})


def _sentences(
    document: Mapping[str, Any], source: str, lexicon: Lexicon | None = None
) -> Iterator[tuple[object, ...]]:
    for part in parts(source, document["start"], document["end"], lexicon):
        passage = tx.clean(source[part.start : part.end])
        row = (part.name, part.heading, part.chapter, part.paragraph, passage)
        yield (document["doc"], part.start, part.end, *row)


# --- what a corpus holds, in five lines -----------------------------------------------------------


def _overview(corpus: Corpus) -> Iterator[str]:
    """How much there is, of which places, authors and years, and what is left out."""
    texts, characters = len(corpus), sum(map(len, counted_text(corpus).values()))
    yield f"{texts} 篇，{characters:,} 字 | {texts} texts, {characters:,} characters"
    for zh, en, name in (("地方", "places", "place"), ("作者", "authors", "author")):
        yield f"{zh} {en}: {_most_frequent(corpus.documents[name])}"
    yield f"年份 years: {_most_frequent(corpus.documents['year'].sort_values())}"
    left = int(corpus.report["problem"].eq("left out").sum())
    yield (
        f"未读入 {left} 篇，说明 {len(corpus.report)} 条，见 corpus.report | "
        f"{left} texts left out, {len(corpus.report)} remarks in corpus.report"
    )


def _most_frequent(values: pd.Series) -> str:
    counts = values.value_counts(sort=values.name != "year")
    shown = [f"{name} ({count})" if count > 1 else str(name) for name, count in counts.items()]
    more = f" … ({len(shown)})" if len(shown) > _SHOWN else ""
    missing = int(values.isna().sum())
    named = "、".join(shown[:_SHOWN]) + more
    return "；".join(filter(None, [named, f"未知 unknown ({missing})" if missing else ""]))


# --- lengths and counts by document ---------------------------------------------------------------

NOT_COUNTED = re.compile(r"[\W_]")  # marks and blanks; what remains are letters and digits


def counted_text(corpus: Corpus) -> dict[str, str]:
    """The Han characters, letters and digits of each document: its title and its text.

    Every rate per 1,000 characters and every share of a text rests on the length of these.
    Bylines and kickers above the text are left out where ``documents`` has the title, glossaries
    always.

    >>> from policytext import read_corpus
    >>> len(counted_text(read_corpus("data/wenzhou-2021"))["ouhai"])
    1635
    """
    table = corpus.sentences[corpus.sentences["part"] != "glossary"]
    titles = {row.doc: row.title for row in corpus.documents.itertuples()}
    kept = [
        row.part != "title" or _is_title(row.text, titles[row.doc]) for row in table.itertuples()
    ]
    texts = table[pd.array(kept, dtype=bool)].groupby("doc", sort=False)["text"].agg("".join)
    return {str(doc): NOT_COUNTED.sub("", text) for doc, text in texts.items()}


def _is_title(line: str, title: object) -> bool:
    if not isinstance(title, str) or not title:
        return True
    return NOT_COUNTED.sub("", line) in NOT_COUNTED.sub("", title)


def describe(corpus: Corpus) -> pd.DataFrame:
    """Describe each document in a row: what it is and how long.

    Returns:
        The documents table with ``characters`` (those of `counted_text`), ``sentences``,
        ``paragraphs`` and ``headings``.

    >>> from policytext import read_corpus
    >>> table = describe(read_corpus("data/wenzhou-2021"))
    >>> int(table.set_index("doc").loc["ouhai", "sentences"])
    36
    """
    lengths = {doc: len(text) for doc, text in counted_text(corpus).items()}
    characters = corpus.documents["doc"].map(lengths).fillna(0).astype(int)
    rows = corpus.sentences.assign(headings=corpus.sentences["part"] == "heading")
    counts = rows.groupby("doc").agg({"text": "size", "paragraph": "nunique", "headings": "sum"})
    counts.columns = ["sentences", "paragraphs", "headings"]
    table = corpus.documents.assign(characters=characters)
    return table.merge(counts, how="left", left_on="doc", right_index=True)


def main_kind(corpus: Corpus) -> Corpus:
    """The documents of the kind that most of the text is set to; genres are not to be pooled.

    >>> from policytext import read_corpus
    >>> set(main_kind(read_corpus("data/wenzhou-2021")).documents["kind"])
    {'essay'}
    """
    table = describe(corpus)
    table = table[table["kind_basis"] == "set"]
    if table.empty:
        return corpus
    kind = table.groupby("kind")["characters"].sum().idxmax()
    return corpus.select(table.loc[table["kind"] == kind, "doc"])


def sentences_with_breaks(corpus: Corpus) -> pd.DataFrame:
    """The sentences that a column or line break cuts, longest first; ``printed`` as in the file.

    >>> from policytext import read_corpus
    >>> sentences_with_breaks(read_corpus("data/wenzhou-2021")).iloc[0]["printed"].count("\\n")
    2
    """
    rows = corpus.sentences
    stretches = zip(rows["doc"], rows["start"], rows["end"], strict=True)
    rows = rows.assign(printed=[corpus.source(doc)[start:end] for doc, start, end in stretches])
    rows = rows[rows["printed"] != rows["text"]]
    return rows.sort_values("text", key=lambda text: text.str.len(), ascending=False, kind="stable")


def count_by_document(corpus: Corpus, **tables: pd.DataFrame) -> pd.DataFrame:
    """Count the rows of each span table by document, and per 1,000 characters.

    Args:
        corpus: The corpus of the tables.
        tables: Span tables by the name that their column shall have.

    Returns:
        A row per document: doc, label, kind, characters, then for each table its count and, as
        ``name_per_1000``, its rate per 1,000 characters of `counted_text`.
    """
    result = describe(corpus)[["doc", "label", "kind", "characters"]]
    for name, table in tables.items():
        counts = result["doc"].map(table["doc"].value_counts()).fillna(0).astype(int)
        result[name] = counts
        result[f"{name}_per_1000"] = 1000 * counts / result["characters"]
    return result
