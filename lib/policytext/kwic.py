"""Every hit in its context: the lines behind a claim."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from fnmatch import translate
from functools import lru_cache, partial
from html import escape
from typing import Any

import numpy as np
import pandas as pd

from policytext import text as tx
from policytext.corpus.corpus import Corpus
from policytext.corpus.issues import SelectionError
from policytext.corpus.locate import SHARED, locate
from policytext.corpus.selection import docs_named
from policytext.showing import corpus_of
from policytext.tables import NO_ROW, padded
from policytext.text.clean import Numbers, positions, simplified

# In each cell: JupyterLab lets the cells of a table wrap whatever the table says.
_STYLES = {
    "left": "text-align:right;white-space:nowrap",
    "text": "text-align:center;font-weight:bold;white-space:nowrap",
    "right": "text-align:left;white-space:nowrap",
}

_LINES = 60  # so many are shown of themselves
_OPEN = 20  # so many stand open in a notebook; more roll in a box
_ROLLS = "其余在框内滚动 scroll in the box for the rest"
_ALL = "全部 all: .to_text(), .table"


@dataclass(frozen=True, eq=False)
class Concordance:
    """Hits in context; ``table`` holds them, printing counts and aligns them.

    ``table``: a span table with doc, start, end, text, left, right, author, place, part,
    paragraph, sentence. ``found``: how many hits there are, of which the table may hold the first.
    ``near``: where there is none, what does occur. ``whole_words``: a string inside of a longer
    word was no hit.
    """

    table: pd.DataFrame
    found: int
    near: str = ""
    whole_words: bool = False

    def __len__(self) -> int:
        return len(self.table)

    def sort(self, *by: str) -> "Concordance":
        """Sort the lines.

        Args:
            by: One or more columns of the table, the first the most important. ``"right"``
                sorts by what follows the hit, ``"left"`` by what stands before it, nearest
                character first; equals keep their order. Chinese sorts by code point.

        Raises:
            SelectionError: The table has no such column.
        """
        unknown = [name for name in by if name not in self.table]
        if unknown or not by:
            names = ", ".join(self.table.columns)
            raise SelectionError(f"cannot sort by {', '.join(unknown)!r}; use one of {names}")
        ordered = self.table.sort_values(list(by), kind="stable", key=_sort_key, ignore_index=True)
        return replace(self, table=ordered)

    def head(self, lines: int = 10) -> "Concordance":
        """The first lines."""
        return replace(self, table=self.table.head(lines))

    def to_text(self) -> str:
        """Print one line a hit, the hits under each other in a font of fixed width."""
        columns = [padded(self.table[name], name == "left") for name in _STYLES]
        lines = zip(*columns, map(_place, self.table.to_dict("records")), strict=True)
        return "\n".join([self._count(), *("  ".join(line).rstrip() for line in lines)])

    def to_html(self) -> str:
        """A table of which every cell is escaped; ``left`` is set flush to the hit.

        Where a hit stands opens its sentence.
        """
        rows = "".join(map(_html_line, self.table.to_dict("records")))
        table = f"<table>{rows}</table>" if rows else ""
        return f"<p>{escape(self._count())}</p>{table}"

    def _count(self) -> str:
        """How many hits there are and how many are shown, or that there is none."""
        if not self.found:
            return f"{NO_ROW} {self.near}".strip()
        texts = self.table["doc"].nunique()
        if len(self) < self.found:
            return (
                f"前 {len(self)} 处，共 {self.found} 处 the first {len(self)} of {self.found} hits"
            )
        hits = f"{self.found} hit{'s' * (self.found > 1)}"
        said = f"{self.found} 处，{texts} 篇 {hits} in {texts} text{'s' * (texts > 1)}"
        return f"{said}（整词 whole words）" if self.whole_words else said

    def __repr__(self) -> str:
        return self.head(_LINES).to_text() + f"\n{_ALL}" * (len(self) > _LINES)

    def _repr_html_(self) -> str:
        # It scrolls sideways, or the lines would not stand under each other.
        rolls = len(self) > _OPEN
        style = "overflow:auto" + ";max-height:50em;border-bottom:1px solid #8886" * rolls
        shown = f'<div style="{style}">{self.head(_LINES).to_html()}</div>'
        notes = [_ROLLS] * rolls + [_ALL] * (len(self) > _LINES)
        return shown + "".join(f"<p>{escape(note)}</p>" for note in notes)


def _html_line(row: dict[str, Any]) -> str:
    cells = (f'<td style="{style}">{escape(row[name])}</td>' for name, style in _STYLES.items())
    passage = (
        f'<div style="white-space:normal;color:#333">{escape(row["sentence"].lstrip("# "))}</div>'
    )
    place = f"<details><summary>{escape(_place(row))}</summary>{passage}</details>"
    return f'<tr>{"".join(cells)}<td style="text-align:left;color:#666">{place}</td></tr>'


def _sort_key(column: pd.Series) -> pd.Series:
    return column.map(lambda text: text[::-1]) if column.name == "left" else column


def _place(row: dict[str, Any]) -> str:
    names = [row[name] for name in ("author", "place") if isinstance(row[name], str)]
    return " ".join([*names, f"{row['doc']}:{row['start']}–{row['end']}"])


COLUMNS = ["doc", "start", "end", "text", "left", "right", "author", "place", "part", "paragraph"]
_NEAR = 5  # so many words are offered where there is no hit
_LONGEST_QUERY = 40  # whose parts are looked for


def concordance(
    corpus: Corpus | pd.DataFrame,
    query: str | Iterable[str] | re.Pattern[str] | pd.Series | pd.DataFrame | None = None,
    tokens: pd.DataFrame | None = None,
    regex: bool = False,
    spans: pd.DataFrame | None = None,
    context: int = 20,
    in_: str | Iterable[str] | None = None,
    sort: str | Iterable[str] | None = None,
) -> Concordance:
    """Find a term, a tag sequence, a regular expression or given spans, each hit in context.

    Args:
        corpus: Where to look; the ``tokens`` alone, where they know their corpus.
        query: What to look for, sentence by sentence; one string, several, of which each hit is
            one, or a compiled pattern. A row of a table is looked for by its wordings (a
            slogan's as printed and in its canonical form, a key word), or else is the hit; a
            table is as ``spans``. Without ``tokens`` a string, full-width
            letters and column breaks ignored, or with ``regex`` a regular expression over the
            cleaned sentence. With ``tokens`` a sequence of words, blanks between them, each
            ``word``, ``word/tag`` or ``/tag``, with ``*`` and ``?`` as wild cards: ``推进``
            finds the word and not 推进器, ``推进/v /n*`` a verb and any kind of noun.
        tokens: The table of `policytext.segment`; with that of `select_terms` a term finds all
            words that are counted as it. With and without them a word of a traditional text is
            found in either script.
        regex: Read ``query`` as a regular expression.
        spans: In place of a query, a span table of the corpus, for instance of
            `find_slogans` or of a part of it.
        context: Characters on each side; the context ends with the paragraph.
        in_: Look only in these texts: names of authors, places or texts, one or several
            (``in`` itself is a word of Python's).
        sort: ``"left"``, ``"right"`` or other columns to sort by, as `Concordance.sort` does.

    Returns:
        A `Concordance`. Its ``table`` is a span table, one row a hit in the order of the
        texts: doc, start, end, text (the hit), left, right (context), author, place, part,
        paragraph, sentence. Printed or shown in a notebook its columns stand under each other
        below a line that counts them; where there is no hit, it offers words that do occur.

    Raises:
        SelectionError: Neither or both of query and spans, a regular expression that cannot be
            read, a context below 0, or a name in ``in_`` or ``sort`` that there is not.

    >>> from policytext import read_corpus
    >>> corpus = read_corpus("data/wenzhou-2021").select(["cangnan-water"])
    >>> concordance(corpus, "一网水", context=5)
    2 处，1 篇 2 hits in 1 text
    共饮同质“  一网水  ”    林思远 苍南县 cangnan-water:7303–7306
    喝上同质“  一网水  ”。  林思远 苍南县 cangnan-water:7412–7415
    """
    if isinstance(corpus, pd.DataFrame) and tokens is None:
        corpus, tokens = corpus_of(corpus) or corpus, corpus
    if not isinstance(corpus, Corpus):
        raise SelectionError("the corpus comes first: concordance(corpus, query, tokens)")
    if context < 0:
        raise SelectionError(f"context={context} is no number of characters; write 0 or more")
    if isinstance(query, pd.Series):
        query = _wordings(query) or query.to_frame().T
    if isinstance(query, pd.DataFrame):
        query, spans = None, query
    if (query is None) == (spans is None):
        raise SelectionError("give either a query or a table of spans")
    corpus = corpus if in_ is None else corpus.select(docs_named(corpus.documents, in_))
    near, whole_words = "", False
    if spans is None:
        queries = [query] if isinstance(query, str | re.Pattern) else _listed(query)
        # A pattern runs over the characters of a sentence, whatever its words are.
        whole_words = tokens is not None and all(isinstance(one, str) for one in queries)
        found = [_found(corpus, one, tokens, regex) for one in queries]
        spans = pd.concat(found).drop_duplicates(ignore_index=True)
        if len(queries) > 1:
            order = corpus.documents["doc"].tolist()
            spans = spans.sort_values(["doc", "start"], key=partial(_in_order, order))
        if spans.empty and not regex:
            near = _nearest(corpus, [one for one in queries if isinstance(one, str)], tokens)
    spans = spans[spans["doc"].isin(corpus.documents["doc"])] if in_ is not None else spans
    lines = Concordance(_in_context(spans, corpus, context), len(spans), near, whole_words)
    return lines if sort is None else lines.sort(*([sort] if isinstance(sort, str) else sort))


def _wordings(row: pd.Series) -> list[str]:
    """What a row of a table stands for where it is not this passage alone."""
    names = ("text", "canonical") if "canonical" in row else ("term",)
    return list(dict.fromkeys(row[name] for name in names if name in row))


def _listed(query: Any) -> list[Any]:
    """Several queries, each a string or a pattern."""
    queries = list(query) if isinstance(query, Iterable) else [query]
    if wrong := next((one for one in queries if not isinstance(one, str | re.Pattern)), None):
        raise SelectionError(f"{wrong!r} is no query; write a string, several, or a pattern")
    if not queries:
        raise SelectionError("the query is empty; write a word or a pattern")
    return queries


def _in_order(docs: list[str], column: pd.Series) -> pd.Series:
    return column.map(docs.index) if column.name == "doc" else column


def _nearest(corpus: Corpus, queries: list[str], tokens: pd.DataFrame | None) -> str:
    """What does occur, with its count: the query as a pattern, words like it, parts of it."""
    text = "\n".join(corpus.read(row.doc, row.text) for row in corpus.sentences.itertuples())
    if meant := [one for one in queries if _as_pattern(one, text)]:
        return f"作为正则表达式则有 as a regular expression it occurs: {meant[0]!r}, regex=True"
    words = [] if tokens is None else tokens["text"].unique().tolist()
    forms = [form for one in queries for form in _in_both_scripts(one)]
    near = [word for form in forms for word in get_close_matches(form, words, _NEAR, 0.5)]
    near = near or _parts(forms, text) or _one_off(forms, text)
    counts = {word: len(_found(corpus, word, tokens, False)) for word in near}
    there = [f"{word} ({count})" for word, count in counts.items() if count]
    shown = "、".join(there[:_NEAR])
    return f"相近 near: {shown}" if shown else ""


def _as_pattern(query: str, text: str) -> bool:
    """Whether a query that no text has is a regular expression that one fits."""
    try:
        return query != re.escape(query) and re.search(f"(?:{query})(?<=.)", text) is not None
    except re.error:
        return False


def _one_off(queries: list[str], text: str) -> list[str]:
    """The most frequent Han strings that are a query but for one character: 改革 for 改各."""
    found: Counter[str] = Counter()
    for query in (tx.fold(one) for one in queries if 1 < len(one) <= _LONGEST_QUERY):
        for at in range(len(query)):
            left, right = re.escape(query[:at]), re.escape(query[at + 1 :])
            found.update(re.findall(f"{left}[一-鿿]{right}", text))
    return [word for word, _ in found.most_common(_NEAR)]


def _parts(queries: list[str], text: str) -> list[str]:
    """The longest parts, of two characters or more, of each query that stand in the text."""
    found = []
    for query in (tx.fold(one) for one in queries if len(one) <= _LONGEST_QUERY):
        for size in range(len(query) - 1, 1, -1):
            parts = (query[at : at + size] for at in range(len(query) - size + 1))
            there = [part for part in parts if part in text]
            if there:
                found += there
                break
    return found


def _found(
    corpus: Corpus, query: str | re.Pattern[str], tokens: pd.DataFrame | None, regex: bool
) -> pd.DataFrame:
    if isinstance(query, re.Pattern):
        return _matches(corpus, query, folded=False)
    if not query.strip():
        raise SelectionError("the query is empty; write a word or a pattern")
    if tokens is not None:
        whole = tx.fold(query.strip())
        is_word = any(
            names.isin(_in_both_scripts(whole)).any() for names in _names(tokens, corpus)
        )  # as Edu Trust认证 may be
        return _token_hits(corpus, tokens, [whole] if is_word else query.split())
    try:
        pattern = re.compile(query if regex else "|".join(map(re.escape, _in_both_scripts(query))))
    except re.error as error:
        raise SelectionError(f"{query!r} is no regular expression: {error}; fix it") from None
    return _matches(corpus, pattern, folded=not regex)


def _in_both_scripts(query: str) -> list[str]:
    """A query as it is typed and, where it is of traditional characters, as it is read."""
    return list(dict.fromkeys((tx.fold(query), tx.fold(simplified(query)))))


def _matches(corpus: Corpus, pattern: re.Pattern[str], folded: bool) -> pd.DataFrame:
    hits = list(_string_hits(corpus, pattern, folded))
    return pd.DataFrame(hits, columns=["doc", "start", "end"])


def _string_hits(
    corpus: Corpus, pattern: re.Pattern[str], folded: bool
) -> Iterator[tuple[str, int, int]]:
    for row in corpus.sentences[["doc", "start", "end", "text"]].itertuples(index=False):
        texts = [tx.fold(row.text) if folded else row.text]  # as printed, and as it is read
        if row.doc in corpus.traditional:
            texts.append(corpus.read(row.doc, row.text) if folded else simplified(row.text))
        hits = sorted({hit.span() for text in texts for hit in pattern.finditer(text)})
        if hits:
            at = positions(corpus.source(row.doc), row.start, row.end)
        for start, end in hits:
            if end > start:
                yield row.doc, at[start], at[end - 1] + 1


def _token_hits(corpus: Corpus, tokens: pd.DataFrame, query: Sequence[str]) -> pd.DataFrame:
    held = tokens[tokens["doc"].isin(corpus.documents["doc"])].reset_index(drop=True)
    sentence = locate(held, corpus)
    count = max(len(held) - len(query) + 1, 0)
    fits = sentence[:count] == sentence[len(held) - count :]
    names = _names(held, corpus)
    for step, item in enumerate(query):
        fits &= _fits(held, names, item)[step : step + count]
    first = np.flatnonzero(fits)
    last = held["end"].to_numpy()[first + len(query) - 1]
    return held.loc[first, ["doc", "start"]].assign(end=last)


def _names(tokens: pd.DataFrame, corpus: Corpus) -> list[pd.Series]:
    """The words as printed, as they are read, and as what `select_terms` counts them."""
    names = [tokens[name].map(tx.fold) for name in ("text", "term") if name in tokens]
    if corpus.traditional:
        read = map(corpus.read, tokens["doc"], tokens["text"])
        names.append(pd.Series(read, tokens.index, "str"))
    return names


def _fits(tokens: pd.DataFrame, names: list[pd.Series], item: str) -> np.ndarray:
    as_it_is = np.any([values.isin(_in_both_scripts(item)) for values in names], axis=0)
    if as_it_is.any():  # A/B测试: its marks are no wild cards
        return as_it_is
    word, slash, tag = item.rpartition("/")
    if not slash:
        word, tag = tag, ""
    forms = _in_both_scripts(word)
    named = np.any([_like(values, form) for values in names for form in forms], axis=0)
    return named & _like(tokens["tag"], tag)


def _like(values: pd.Series, wanted: str) -> np.ndarray:
    """Which values are like a pattern with wild cards; all of them where none is given."""
    like = re.compile(translate(wanted or "*"))
    return values.isin([value for value in values.unique() if like.match(value)]).to_numpy()


def _in_context(spans: pd.DataFrame, corpus: Corpus, context: int) -> pd.DataFrame:
    """Add left and right context, author, place and part to a span table."""
    rows = locate(spans, corpus)
    paragraphs = corpus.sentences.groupby(["doc", "paragraph"], sort=False)
    starts = paragraphs["start"].transform("min").to_numpy()
    ends = paragraphs["end"].transform("max").to_numpy()
    # A paragraph is cleaned once, however many hits it has.
    cleaned = lru_cache(maxsize=None)(partial(_cleaned, corpus))
    pieces = []
    held = spans[COLUMNS[:3]].itertuples(index=False)
    for (doc, start, end), row in zip(held, rows, strict=True):
        text, at = cleaned(doc, starts[row], max(ends[row], end))
        left, right = np.searchsorted(at, (start, end))
        around = (text[max(0, left - context) : left], text[right : right + context])
        pieces.append((doc, start, end, tx.clean(corpus.source(doc)[start:end]), *around))
    table = pd.DataFrame(pieces, columns=COLUMNS[:6])
    people = corpus.documents.set_index("doc").reindex(table["doc"])[["author", "place"]]
    where = corpus.sentences[["part", "paragraph"]].iloc[rows]
    # A long sentence with many hits is held once: a column of Arrow's would copy it for each.
    sentences = pd.array(corpus.sentences["text"].to_numpy(object)[rows], SHARED)
    where = where.assign(sentence=sentences)
    parts = (part.reset_index(drop=True) for part in (table, people, where))
    return pd.concat(parts, axis=1)


def _cleaned(corpus: Corpus, doc: str, start: int, end: int) -> tuple[str, Numbers]:
    """A stretch of a document without breaks, and where its characters stand in the source."""
    source = corpus.source(doc)
    mark = re.match(r"#+\s*", source[start:end])  # of a heading in Markdown
    start += mark.end() if mark else 0
    return tx.clean(source[start:end]), positions(source, start, end)
