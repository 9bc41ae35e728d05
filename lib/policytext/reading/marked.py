"""The running text of a document with what was found in it marked, each mark explained."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count, pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from policytext import text as tx
from policytext.corpus.corpus import Corpus
from policytext.corpus.selection import doc_named
from policytext.kwic import concordance
from policytext.lexicon.lexicon import Lexicon
from policytext.numbers.quantities import NOT_MEASURED, find_quantities
from policytext.numbers.targets import find_targets
from policytext.paths import write_whole
from policytext.reading.labels import (
    check_language,
    in_cell,
    in_language,
    labels,
    render,
    save_page,
)
from policytext.slogans.find import find_slogans
from policytext.text.clean import Numbers, positions

# One visual channel a layer: tint, line, dots, ink. Each tag means something without a style
# sheet, too: a notebook that is not trusted loses styles, classes and ids.
TAGS = {"word": "dfn", "slogan": "mark", "target": "u", "number": "b"}
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s]+')
_LONGEST_NAME = 60  # characters; of Chinese 180 bytes, of 255 that a name may have
SPAN = ["doc", "start", "end", "text"]
MARK_COLUMNS = ["mark", "layer", "start", "end", "text", "words"]
_PARTS = {"heading": "h2", "title": "p", "glossary": "p"}


@dataclass(frozen=True, eq=False)
class MarkedText:
    """A document with its marks; a notebook shows it, `save` writes it as a page of its own.

    ``table``: one row a mark in the order of the text, columns ``MARK_COLUMNS``: ``mark`` is its
    anchor in the page (``s3``: the third slogan), ``layer`` slogan, target, number or word,
    ``words`` what was found. ``about``: author, place and date.
    """

    doc: str
    title: str
    about: str
    table: pd.DataFrame
    blocks: list["Block"]
    language: str

    def __repr__(self) -> str:
        names, counts = labels()["layers"], self.counts().items()
        said = [f"{in_language(self.language, names[name])} {count}" for name, count in counts]
        return f"{self.title}\n{'；'.join(said)}"

    def to_html(self) -> str:
        """One page that asks nothing of any network, light or dark as the reader's screen is."""
        return self._rendered("page", prefix="")

    def to_part(self, prefix: str) -> str:
        """The passage for a page that has the style of `marked_style` and other texts.

        Args:
            prefix: What stands before the name of a mark in its anchor.
        """
        return self._rendered("part", prefix)

    def _repr_html_(self) -> str:
        # Several texts of one notebook are one page: an anchor bears the document's name there.
        return f"{marked_style()}{self.to_part(f'{self.doc}-')}"

    def save(self, path: str | Path) -> Path:
        """Write the page as one .html file.

        Raises:
            ValueError: The file has another ending.

        >>> import tempfile
        >>> from policytext import read_corpus
        >>> corpus = read_corpus("data/wenzhou-2021")
        >>> page = marked(corpus, "洞头").save(tempfile.mkdtemp() + "/dongtou.html")
        >>> page.read_text("utf-8").count('<html lang="zh">')
        1
        """
        return save_page(path, self.to_html())

    def counts(self) -> dict[str, int]:
        """How many marks each layer has."""
        return {layer: int((self.table["layer"] == layer).sum()) for layer in labels()["layers"]}

    def _rendered(self, form: str, prefix: str) -> str:
        names = labels()["layers"]
        layers = [
            {"name": layer, "tag": TAGS[layer], "label": in_language(self.language, names[layer])}
            | {"count": count}
            for layer, count in self.counts().items()
            if count
        ]
        heads = {key: in_language(self.language, name) for key, name in labels()["page"].items()}
        given = {"form": form, "prefix": prefix, "layers": layers, "blocks": self.blocks}
        marks = self.table.to_dict("records")
        return render(
            "marked.html.j2", title=self.title, about=self.about, marks=marks, words=heads, **given
        )


def marked_style() -> str:
    """The style of marked texts, once a page."""
    layers = [{"name": layer, "tag": tag} for layer, tag in TAGS.items()]
    return render("marked.html.j2", form="style", layers=layers)


class Piece(NamedTuple):
    """A stretch of text under the same marks."""

    text: str
    tags: list[str]
    starts: list[str]
    words: str
    described: str


class Block(NamedTuple):
    """A paragraph, a heading or a line above the text: its HTML tag and class, and its pieces.

    ``at`` says where each of its characters stands in the source.
    """

    tag: str
    kind: str
    pieces: list[Piece]
    at: Numbers


def marked(
    corpus: Corpus,
    doc: str | None = None,
    slogans: pd.DataFrame | None = None,
    targets: pd.DataFrame | None = None,
    quantities: pd.DataFrame | None = None,
    words: Iterable[str] = (),
    tokens: pd.DataFrame | None = None,
    lexicon: Lexicon | None = None,
    language: str = "both",
) -> MarkedText:
    """Mark slogans, targets, numbers and chosen words in the running text of a document.

    A slogan is tinted, a target's value and indicator underlined, any other number that measures
    something dotted, a chosen word set in another ink; where marks overlap all are seen. Hovering
    over a mark, a tap or the tabulator key shows its row in words.

    Args:
        corpus: The corpus of the tables.
        doc: The document: its name, label, title, or its author or place if they have one text;
            None where the corpus has one text.
        slogans: Rows of `find_slogans`, found if None; a table without rows leaves the layer out.
        targets: Rows of `find_targets`, likewise.
        quantities: Rows of `find_quantities`, likewise.
        words: What else to mark, for instance a column of the lexicon's places or the terms of
            `keyness`.
        tokens: The table of `segment`: ``words`` are then whole words; without it strings.
        lexicon: For finders that run here; the default if None.
        language: Of the explanations: ``"zh"``, ``"en"`` or ``"both"``.

    Returns:
        A `MarkedText`; ``.table`` lists the marks, ``.save("text.html")`` writes the page.

    Raises:
        SelectionError: No document has this name, several have it, or none is named of several.
        ValueError: Another language.

    >>> from policytext import read_corpus
    >>> text = marked(read_corpus("data/wenzhou-2021"), "王振勇", words=["改革"])
    >>> text.table.loc[text.table["mark"] == "t1", ["layer", "text"]].values.tolist()
    [['target', '千亿']]
    """
    check_language(language)
    only = corpus.documents["doc"]
    doc = only.iloc[0] if doc is None and len(only) == 1 else doc_named(corpus.documents, doc)
    alone = corpus.select([doc])
    if slogans is None:
        slogans = find_slogans(corpus, lexicon)
    if quantities is None:
        quantities = find_quantities(alone, lexicon)
    if targets is None:
        targets = find_targets(alone, lexicon, quantities=quantities)
    targets = targets[targets["is_target"]]
    tables = {
        "slogan": slogans,
        "target": targets,
        "number": _measured(quantities, targets),
        "word": _chosen(alone, words, tokens),
    }
    marks = list(_marks({name: table[table["doc"] == doc] for name, table in tables.items()}))
    shown = [mark._replace(words=_row_in_words(mark, language)) for mark in marks]
    [title] = alone.documents["title"].fillna(alone.documents["label"])
    known = alone.documents[["author", "place", "date"]].iloc[0].dropna()
    blocks = list(_blocks(alone, shown))
    return MarkedText(doc, title, " · ".join(known), _table(shown, corpus), blocks, language)


def save_marked_texts(corpus: Corpus, folder: Path, language: str = "both") -> list[Path]:
    """Write a page for each document, and ``index.html``, which lists them with their counts.

    Args:
        corpus: The documents; slogans are found over all of them.
        folder: Where to; it is made if it is not there.
        language: As in `marked`.

    Returns:
        The pages, one a document. A file is called as its document is, with ``_`` for what file
        names cannot hold.
    """
    folder.mkdir(parents=True, exist_ok=True)
    slogans, quantities = find_slogans(corpus), find_quantities(corpus)
    targets = find_targets(corpus, quantities=quantities)
    docs = corpus.documents["doc"]
    texts = {
        name: marked(corpus, doc, slogans, targets, quantities, language=language)
        for doc, name in zip(docs, _page_names(docs), strict=True)
    }
    pages = [text.save(folder / name) for name, text in texts.items()]
    there = {name for text in texts.values() for name in text.table["layer"]}
    names = labels()["layers"].items()
    layers = {layer: in_language(language, name) for layer, name in names if layer in there}
    write_whole(folder / "index.html", render("marked-index.html.j2", layers=layers, texts=texts))
    return pages


def _page_names(docs: Iterable[str]) -> Iterator[str]:
    """A file name a document; what file names cannot hold is _, and no two are alike."""
    used = {"index"}
    for doc in docs:
        name = base = _NOT_IN_NAMES.sub("_", doc)[:_LONGEST_NAME]
        numbers = count(2)
        while name.casefold() in used:
            name = f"{base}-{next(numbers)}"
        used.add(name.casefold())
        yield f"{name}.html"


def _measured(quantities: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """The numbers that measure something and are no target."""
    spans = pd.MultiIndex.from_frame(quantities[["doc", "start", "end"]])
    promised = spans.isin(pd.MultiIndex.from_frame(targets[["doc", "start", "end"]]))
    return quantities[~quantities["status"].isin(NOT_MEASURED) & ~promised]


def _chosen(corpus: Corpus, words: Iterable[str], tokens: pd.DataFrame | None) -> pd.DataFrame:
    found = [concordance(corpus, word, tokens).table for word in dict.fromkeys(words)]
    return pd.concat([pd.DataFrame(columns=SPAN), *(table[SPAN] for table in found)])


# --- from tables to marks -------------------------------------------------------------------------


class Mark(NamedTuple):
    """A row of a finder's table, and the spans that it marks, its own first."""

    name: str
    layer: str
    doc: str
    spans: list[tuple[int, int]]
    row: Mapping[str, Any]
    words: str = ""


def _marks(tables: Mapping[str, pd.DataFrame]) -> Iterator[Mark]:
    """The marks of each layer, numbered in the order of the text."""
    for layer, table in tables.items():
        ordered = table.sort_values(["start", "end"]).to_dict("records")
        for number, row in enumerate(ordered, start=1):
            spans = [(int(row["start"]), int(row["end"])), *_other_spans(row)]
            yield Mark(f"{layer[0]}{number}", layer, row["doc"], spans, row)


def _other_spans(row: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
    """Where a target's indicator stands."""
    at = row.get("indicator_at")
    if isinstance(at, str):
        start, end = map(int, at.split(":"))
        yield start, end


def _row_in_words(mark: Mark, language: str) -> str:
    columns = labels()["columns"][mark.layer]
    given = {name: mark.row.get(name) for name in columns}
    colon, semicolon = ("：", "；") if language == "zh" else (": ", "; ")
    lines = (
        f"{in_language(language, columns[name])}{colon}{in_cell(name, value, language)}"
        for name, value in given.items()
        if not pd.isna(value)
    )
    layer = in_language(language, labels()["layers"][mark.layer])
    return f"{layer} {mark.name}\n" + semicolon.join(lines)


def _table(marks: Iterable[Mark], corpus: Corpus) -> pd.DataFrame:
    rows = (
        (mark.name, mark.layer, *mark.spans[0], _passage(mark, corpus), mark.words)
        for mark in marks
    )
    table = pd.DataFrame(rows, columns=MARK_COLUMNS)
    return table.sort_values(["start", "end"], kind="stable", ignore_index=True)


def _passage(mark: Mark, corpus: Corpus) -> str:
    start, end = mark.spans[0]
    return tx.clean(corpus.source(mark.doc)[start:end])


# --- from marks to paragraphs ---------------------------------------------------------------------


# Start and end of a span, its mark, and whether it is the span of the row itself.
Placed = tuple[int, int, Mark, bool]


def _blocks(corpus: Corpus, marks: Iterable[Mark]) -> Iterator[Block]:
    """The paragraphs of the only document, each cut wherever a mark begins or ends.

    A paragraph that a column or a page breaks is one: it is cleaned as its sentences are.
    """
    placed = [(*span, mark, span is mark.spans[0]) for mark in marks for span in mark.spans]
    [source] = corpus.sources.values()
    # A heading that its text follows on the same line is a block of its own.
    sentences = corpus.sentences.assign(heading_line=corpus.sentences["part"] == "heading")
    for _, rows in sentences.groupby(["paragraph", "heading_line"], sort=False):
        start, end = int(rows["start"].min()), int(rows["end"].max())
        inside = [span for span in placed if span[0] < end and span[1] > start]
        yield _block(rows.iloc[0], source, (start, end), inside)


def _block(first: pd.Series, source: str, span: tuple[int, int], placed: Iterable[Placed]) -> Block:
    text, at = tx.clean(source[slice(*span)]), positions(source, *span)
    begin = len(text) - len(text.lstrip("# ")) if first["part"] in ("title", "heading") else 0
    found = [(*np.searchsorted(at, (a, b)).tolist(), *of) for a, b, *of in placed]
    edges = {begin, len(text), *(edge for a, b, *_ in found for edge in (a, b) if edge > begin)}
    pieces = [
        _piece(text[a:b], a, [there for there in found if there[0] < b and there[1] > a])
        for a, b in pairwise(sorted(edges))
    ]
    return Block(*_tag(first, source[span[0] :]), pieces, at[begin:])


def _tag(first: pd.Series, line: str) -> tuple[str, str]:
    """The tag and class of a paragraph; # before a line of the title makes it the headline."""
    part = first["part"]
    if part == "title" and line.startswith("#"):
        return "h1", ""
    if part == "heading" and first["heading"] != first["chapter"]:
        return "h3", ""
    return _PARTS.get(part, "p"), "above" if part in ("title", "glossary") else ""


def _piece(text: str, at: int, found: list[Placed]) -> Piece:
    layers = {mark.layer for *_, mark, _ in found}
    tags = [tag for layer, tag in TAGS.items() if layer in layers]
    once = {mark.name: mark for *_, mark, _ in found}
    # A target's indicator is marked as its value is; the anchor stands at the value.
    starts = [mark.name for start, _, mark, is_own in found if start == at and is_own]
    words = "\n\n".join(mark.words for mark in once.values())
    return Piece(text, tags, starts, words, " ".join(f"row-{name}" for name in once))
