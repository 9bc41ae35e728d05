"""A folder of texts or a table becomes documents and sentences."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from policytext import text as tx
from policytext.layout import parts
from policytext.lexicon import HOME

DOCUMENT_COLUMNS = [
    *("doc", "file", "start", "end", "title", "author", "office", "place"),
    *("level", "organ", "kind", "date", "date_basis"),
]
SENTENCE_COLUMNS = ["doc", "start", "end", "part", "heading", "chapter", "paragraph", "text"]


class CorpusError(ValueError):
    """A corpus cannot be read; the message names file, row and mend."""


@dataclass(frozen=True, eq=False)
class Corpus:
    """Documents, their sentences, and the source texts that both point back to.

    ``documents``: one row per document, columns ``DOCUMENT_COLUMNS`` and any of the user's.
    ``sentences``: a span table, columns ``SENTENCE_COLUMNS``; ``part`` is title (the lines above
    the text: kicker, title, byline), heading, lead, body or glossary; ``heading`` is the text of
    the nearest heading above, ``chapter`` that of the nearest heading of the highest rank;
    ``paragraph`` counts from 0 within the document.
    """

    documents: pd.DataFrame
    sentences: pd.DataFrame
    sources: Mapping[str, str]

    def source(self, doc: str) -> str:
        """The whole decoded source file (or table cell) of a document; offsets count in it."""
        if doc not in self.sources:
            raise KeyError(f"no document {doc!r}; corpus.documents lists {len(self.sources)}")
        return self.sources[doc]

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
        )


def read_corpus(path: str | Path) -> Corpus:
    """Read a folder of .txt files, or one table with a text column.

    Args:
        path: A folder. Where it holds a ``documents.csv``, that table names the documents:
            ``file`` and, where one file holds several documents, their ``start`` and ``end`` in
            code points; then any of the columns of ``DOCUMENT_COLUMNS`` and the user's own.
            Without it every .txt file is a document. Or a .csv, .jsonl, .jsonl.gz or .parquet
            table with a ``text`` column, one document a row. A relative path that is not found
            where Python was started is looked for in the project's folder.

    Returns:
        A `Corpus`.

    Raises:
        CorpusError: With file, row and mend in its message.

    >>> corpus = read_corpus("data/wenzhou-2021")
    >>> len(corpus.documents)
    8
    >>> row = corpus.sentences.iloc[0]
    >>> tx.clean(corpus.source(row.doc)[row.start:row.end]) == row.text
    True
    """
    path = Path(path) if Path(path).exists() else HOME / path
    if path.is_dir():
        documents, sources = _read_folder(path)
    elif path.is_file():
        documents, sources = _read_table(path)
    else:
        raise CorpusError(f"{path}: no such folder or table; check the path")
    return Corpus(documents, _sentence_table(documents, sources), sources)


def _read_folder(folder: Path) -> tuple[pd.DataFrame, dict[str, str]]:
    listing = folder / "documents.csv"
    rows = _listed(listing) if listing.is_file() else [{"file": p.name} for p in _texts(folder)]
    if not rows:
        raise CorpusError(f"{folder}: no .txt file and no documents.csv; put texts into the folder")
    texts = {name: _read_text(folder, name) for name in dict.fromkeys(r["file"] for r in rows)}
    documents = _documents(rows, texts)
    return documents, {row.doc: texts[row.file] for row in documents.itertuples()}


def _texts(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.txt"))


def _listed(listing: Path) -> list[dict[str, str]]:
    with listing.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if "file" not in (reader.fieldnames or []):
            raise CorpusError("documents.csv: no column 'file'; add one with the texts' names")
        rows = []
        for row in reader:
            if None in row or None in row.values():
                raise CorpusError(
                    f"documents.csv, row {reader.line_num}: not as many cells as headings; "
                    "put a cell that holds a comma in double quotes"
                )
            rows.append(row)
        return rows


def _read_text(folder: Path, name: str) -> str:
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise CorpusError(f"documents.csv: {name} lies outside {folder}; move it into the folder")
    if not path.is_file():
        raise CorpusError(
            f"documents.csv names {name}, but {folder} has no such file; mend the row"
        )
    try:
        # newline="": offsets count the line ends as they stand in the file.
        with path.open(encoding="utf-8-sig", newline="") as file:
            return file.read()
    except UnicodeDecodeError as error:
        raise CorpusError(
            f"{name}: byte {error.start} is not UTF-8; save the file as UTF-8 text"
        ) from None


def _documents(rows: list[dict[str, str]], texts: Mapping[str, str]) -> pd.DataFrame:
    """The documents table, with the whole file as span and the file's stem as name by default."""
    pieces = {name: sum(row["file"] == name for row in rows) for name in texts}
    seen: dict[str, int] = dict.fromkeys(texts, 0)
    spans = []
    for number, row in enumerate(rows, start=2):
        name = row["file"]
        seen[name] += 1
        stem = Path(name).stem + (f"-{seen[name]}" if pieces[name] > 1 else "")
        row["doc"] = row.get("doc") or stem
        spans.append(_span(row, number, len(texts[name])))
    table = pd.DataFrame(rows).assign(**pd.DataFrame(spans))
    repeated = table["doc"][table["doc"].duplicated()]
    if len(repeated):
        raise CorpusError(f"documents.csv: two documents are called {repeated.iloc[0]}; rename one")
    extra = [name for name in table if name not in DOCUMENT_COLUMNS]
    table = table.reindex(columns=[*DOCUMENT_COLUMNS, *extra])
    return table.replace("", None)


def _span(row: Mapping[str, str], number: int, length: int) -> dict[str, int]:
    try:
        start, end = int(row.get("start") or 0), int(row.get("end") or length)
    except ValueError:
        raise CorpusError(
            f"documents.csv, row {number}: start and end must be whole numbers or empty"
        ) from None
    if not 0 <= start < end <= length:
        raise CorpusError(
            f"documents.csv, row {number}: {start}–{end} is no stretch of {row['file']}, "
            f"which has {length} code points; mend start and end"
        )
    return {"start": start, "end": end}


def _read_table(path: Path) -> tuple[pd.DataFrame, dict[str, str]]:
    readers: dict[str, Callable[[Path], pd.DataFrame]] = {
        ".csv": lambda p: pd.read_csv(p, dtype=str, encoding="utf-8-sig", keep_default_na=False),
        ".jsonl": lambda p: pd.read_json(p, lines=True, dtype=False),
        ".parquet": pd.read_parquet,
    }
    kind = path.name.removesuffix(".gz")[len(path.stem.removesuffix(".jsonl")) :]
    if kind not in readers:
        raise CorpusError(f"{path.name}: not .csv, .jsonl, .jsonl.gz or .parquet; save it as one")
    table = readers[kind](path)
    if "text" not in table:
        raise CorpusError(f"{path.name}: no column 'text'; name the column that holds the texts so")
    return _from_rows(path.name, table)


def _from_rows(name: str, table: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, str]]:
    stem = name.split(".")[0]
    sources, rows = {}, []
    for number, row in enumerate(table.to_dict("records"), start=1):
        source = str(row.pop("text") or "")
        if not source.strip():
            raise CorpusError(f"{name}, row {number}: the text is empty; fill it in or delete it")
        row |= {"file": name, "start": 0, "end": len(source)}
        row["doc"] = row.get("doc") or f"{stem}-{number}"
        sources[row["doc"]] = source
        rows.append(row)
    documents = pd.DataFrame(rows)
    extra = [column for column in documents if column not in DOCUMENT_COLUMNS]
    return documents.reindex(columns=[*DOCUMENT_COLUMNS, *extra]), sources


def _sentence_table(documents: pd.DataFrame, sources: Mapping[str, str]) -> pd.DataFrame:
    rows = [row for doc in documents.itertuples() for row in _sentences(doc, sources[doc.doc])]
    return pd.DataFrame(rows, columns=SENTENCE_COLUMNS)


def _sentences(doc, source: str) -> Iterator[tuple]:  # type: ignore[no-untyped-def]
    for part in parts(source, doc.start, doc.end):
        passage = tx.clean(source[part.start : part.end])
        row = (part.name, part.heading, part.chapter, part.paragraph, passage)
        yield (doc.doc, part.start, part.end, *row)
