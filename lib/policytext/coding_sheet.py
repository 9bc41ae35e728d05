"""A sample to code by hand, blind to what the library found, and the key to score it by."""

import json
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from policytext.corpus import Corpus
from policytext.exports import save_table
from policytext.lexicon import Lexicon
from policytext.sheet_candidates import FOUND, candidates
from policytext.spanlookup import locate
from policytext.text import around, clean
from policytext.wordtable import positions

SHEET_COLUMNS = [
    *("id", "kind", "document", "passage", "question", "answer", "span", "label", "mentions"),
    "note",
]
KEY_COLUMNS = [
    *("id", "kind", "what", "stratum", "population", "weight", "doc", "start", "end", "label"),
    "spans",
]
OPEN, CLOSE = "【", "】"
# Half of the rows are sentences: only they can show what no rule looked at.
_CANDIDATES = 0.5
_FEWEST = 5

QUESTIONS = {
    "slogans": "core, extended or no: is what stands in 【】 a slogan? The right wording into "
    "span if the marks stand wrong; its types into label.",
    "targets": "yes or no: does 【】 give the value or date of a promise that can be checked? "
    "The right wording into span if the marks stand wrong; its status into label.",
    "quantities": "yes or no: is 【】 a numeric mention? The right wording into span if the marks "
    "stand wrong; its status into label.",
}
LISTING = {
    "slogans": "List every core slogan of the passage in mentions, parted by |, or - for none.",
    "targets": "List every value or date promised here in mentions, parted by |, or - for none.",
    "quantities": "List every numeric mention in mentions, parted by |, or - for none.",
}


class Sheet(NamedTuple):
    """``rows`` for the coder, columns ``SHEET_COLUMNS``; ``key``, columns ``KEY_COLUMNS``."""

    rows: pd.DataFrame
    key: pd.DataFrame


def coding_sheet(
    corpus: Corpus,
    n: int = 60,
    seed: int = 2021,
    what: str = "slogans",
    path: str | Path | None = None,
    lexicon: Lexicon | None = None,
) -> Sheet:
    """Draw passages to code by hand: candidates found and rejected, and random sentences.

    Candidates tell how often the finder is right and what it turned down wrongly. Sentences tell
    what no rule ever looked at; without them recall cannot be estimated. Both are drawn at random
    within strata, so `score` can weight each answer by what it stands for. The rows do not say
    what the library found; sentences come first, so that no mark gives an answer away.

    Args:
        corpus: The documents.
        n: How many rows, as far as there are so many: half of them candidates.
        seed: Of the draw; the same seed gives the same sheet.
        what: ``"slogans"``, ``"targets"`` or ``"quantities"``.
        path: Where to write the sheet, .xlsx (what Excel opens as it is) or .csv; the key goes
            beside it as ``….key.csv``.
            Give a coder the sheet alone.
        lexicon: The default lexicon if None.

    Returns:
        The sheet and its key. The coder fills in answer, and if need be span and label, for
        candidates (the passage has them in 【】), and mentions for sentences; ``question`` says
        how. The key has for each row its stratum, how many members the stratum has
        (``population``) and for how many of them the row stands (``weight``).

    Raises:
        ValueError: Another ``what``, or fewer than ten rows asked for.

    >>> from policytext import read_corpus
    >>> sheet = coding_sheet(read_corpus("data/wenzhou-2021"), n=60)
    >>> sheet.rows["kind"].value_counts().to_dict()
    {'sentence': 30, 'candidate': 30}
    >>> sorted(set(sheet.key["stratum"]))[:3]
    ['found', 'found as something else', 'rejected']
    """
    if n < 2 * _FEWEST:
        raise ValueError(f"n is {n}; ask for {2 * _FEWEST} rows at least, better for 60")
    rng = np.random.default_rng(seed)
    pool = candidates(corpus, what, lexicon)
    sentences = _sentences(corpus, pool)
    drawn = _draw(pool, round(n * _CANDIDATES), rng)
    read = _draw(sentences, n - len(drawn), rng)
    key = pd.concat([read, drawn], ignore_index=True)
    key = key.assign(id=np.arange(1, len(key) + 1), what=what)
    rows = pd.DataFrame([_row(row, corpus, what) for row in key.itertuples()])
    sheet = Sheet(rows.reindex(columns=SHEET_COLUMNS), key.reindex(columns=KEY_COLUMNS))
    if path is not None:
        save_table(sheet.rows, path)
        save_table(sheet.key, key_path(path))
    return sheet


def key_path(path: str | Path) -> Path:
    """Where the key of a sheet lies.

    >>> key_path("out/sheet.xlsx").name
    'sheet.key.csv'
    """
    return Path(path).with_suffix(".key.csv")


def _sentences(corpus: Corpus, pool: pd.DataFrame) -> pd.DataFrame:
    """The sentences as members of two strata, each with the candidates that start in it."""
    table = corpus.sentences[corpus.sentences["part"] != "glossary"].copy()
    of = pd.Series(locate(pool, corpus), index=pool.index)
    inside = {row: pool.loc[rows.index] for row, rows in of.groupby(of)}
    table["spans"] = [
        json.dumps(_spans(row, inside.get(row.Index), corpus)) for row in table.itertuples()
    ]
    bare = ~table.index.isin(list(inside))
    table["stratum"] = np.where(bare, "sentence without candidates", "sentence with candidates")
    return table[["doc", "start", "end", "stratum", "spans"]].assign(kind="sentence", label=None)


def _spans(row, inside: pd.DataFrame | None, corpus: Corpus) -> list[list[object]]:  # type: ignore[no-untyped-def]
    """Start, end and stratum of candidates, counted in the text of their sentence."""
    if inside is None:
        return []
    at = positions(corpus.source(row.doc), row.start, max(row.end, inside["end"].max()))
    edges = np.searchsorted(at, inside[["start", "end"]].to_numpy())
    return [
        [*edge, stratum] for edge, stratum in zip(edges.tolist(), inside["stratum"], strict=True)
    ]


def _draw(pool: pd.DataFrame, n: int, rng: np.random.Generator) -> pd.DataFrame:
    """A simple random sample of each stratum, with its size and weight, in random order."""
    sizes = _share_out(pool["stratum"].value_counts(), n)
    parts = [pool[:0].assign(population=0, weight=0.0)]  # where nothing is to be drawn from
    for stratum, size in sizes.items():
        rows = pool[pool["stratum"] == stratum]
        chosen = rows.iloc[np.sort(rng.choice(len(rows), size, replace=False))]
        parts.append(chosen.assign(population=len(rows), weight=len(rows) / size))
    # A text in which nothing was looked at has sentences to code, and no candidates.
    drawn = pd.concat(parts) if parts else pool.assign(population=0, weight=0.0)
    drawn = drawn.assign(kind=pool.get("kind", "candidate"))
    return drawn.iloc[rng.permutation(len(drawn))]


def _share_out(members: pd.Series, n: int) -> dict[str, int]:
    """Rows of each stratum: the square root of its size, so that small ones are seen too.

    What was found counts double: precision rests on it alone.
    """
    members = members.sort_index()
    sizes = members**0.5 * np.where(members.index == FOUND, 2, 1)
    wanted = (n * sizes / sizes.sum()).round().clip(lower=_FEWEST).astype(int)
    return {str(name): min(int(wanted[name]), int(members[name])) for name in members.index}


def _row(row, corpus: Corpus, what: str) -> dict[str, object]:  # type: ignore[no-untyped-def]
    """What the coder sees of a row of the key."""
    label = corpus.documents.set_index("doc").loc[row.doc, "label"]
    if row.kind == "sentence":
        passage, question = clean(corpus.source(row.doc)[row.start : row.end]), LISTING[what]
    else:
        passage, question = _marked(row, corpus), QUESTIONS[what]
    return {
        **{"id": row.id, "kind": row.kind, "document": label, "passage": passage},
        "question": question,
    }


def _marked(row, corpus: Corpus) -> str:  # type: ignore[no-untyped-def]
    """The sentences around a candidate, with the candidate in marks."""
    near = corpus.sentences[corpus.sentences["doc"] == row.doc]
    near = near[(near["start"] < row.end) & (near["end"] > row.start)]
    source, start, end = corpus.source(row.doc), near["start"].min(), near["end"].max()
    before, inside, behind = around(source, (start, end), (row.start, row.end))
    return f"{before}{OPEN}{inside}{CLOSE}{behind}"
