"""A sample to code by hand, blind to what the library found, and the key to score it by."""

import json
import re
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from policytext.corpus.corpus import Corpus
from policytext.corpus.locate import locate
from policytext.evaluation.metrics import SPAN, paired
from policytext.lexicon.lexicon import Lexicon, default_lexicon
from policytext.numbers.quantities import find_quantities
from policytext.numbers.targets import find_targets
from policytext.slogans.document import documents
from policytext.slogans.find import find_slogans
from policytext.tables import save_table
from policytext.text.clean import around, clean, positions

_NUMERAL = re.compile(r"[0-9０-９.%％一二三四五六七八九十百千万亿两零半]+")

FOUND, DOUBTFUL, REJECTED = "found", "found as something else", "rejected"


def candidates(corpus: Corpus, what: str, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """Candidate spans: those that a finder took, and those that it looked at and did not take.

    ``what`` is ``"slogans"``, ``"targets"`` or ``"quantities"``.

    Returns:
        doc, start, end, stratum, label. The stratum is *found* (core slogans; targets that can
        be checked; numbers), *found as something else* (extended slogans; targets that are ranks)
        or *rejected* (other quoted spans; other numbers; other numerals), and then no span that
        cuts into one of the others. The label is the finder's own: types of a slogan, status of
        a number.

    Raises:
        ValueError: Another ``what``.

    >>> from policytext import read_corpus
    >>> table = candidates(read_corpus("data/wenzhou-2021").select(["cangnan-water"]), "targets")
    >>> sorted(set(table["stratum"]))
    ['found', 'rejected']
    """
    if what not in _ABOUT:
        raise ValueError(f"what is {what!r}; use one of {', '.join(_ABOUT)}")
    taken, sure, looked_at = _looked_at(corpus, what, lexicon or default_lexicon())
    taken = taken.assign(stratum=np.where(sure, FOUND, DOUBTFUL), label=taken[_ABOUT[what].label])
    rejected = _untouched(looked_at, taken).assign(stratum=REJECTED, label=None)
    table = pd.concat([taken, rejected], ignore_index=True)
    return table.sort_values(SPAN, kind="stable", ignore_index=True)[[*SPAN, "stratum", "label"]]


def _looked_at(
    corpus: Corpus, what: str, lexicon: Lexicon
) -> tuple[pd.DataFrame, pd.Series, pd.DataFrame]:
    """Spans taken, which of them count as found, and all spans that the finder looked at."""
    if what == "slogans":
        taken = find_slogans(corpus, lexicon)
        quoted = [
            (document.doc, *document.span(*quote))
            for document in documents(corpus, lexicon)
            for quote in document.quotes
            if quote[1] <= document.glossary_start
        ]
        return taken, taken["core"], pd.DataFrame(quoted, columns=SPAN)
    numbers = find_quantities(corpus, lexicon)
    if what == "targets":
        taken = find_targets(corpus, lexicon)
        return taken, taken["is_target"], numbers[SPAN]
    numerals = [
        (doc.doc, *match.span())
        for doc in corpus.documents.itertuples()
        for match in _NUMERAL.finditer(corpus.source(doc.doc), doc.start, doc.end)
    ]
    return numbers, numbers["start"].notna(), pd.DataFrame(numerals, columns=SPAN)


def _untouched(looked_at: pd.DataFrame, taken: pd.DataFrame) -> pd.DataFrame:
    covered = {
        doc: {at for a, b in zip(rows["start"], rows["end"], strict=True) for at in range(a, b)}
        for doc, rows in taken.groupby("doc")
    }
    spans = looked_at.itertuples(index=False, name=None)
    free = [covered.get(doc, set()).isdisjoint(range(a, b)) for doc, a, b in spans]
    return looked_at[pd.Series(free, index=looked_at.index, dtype=bool)]


SHEET_COLUMNS = "id kind document passage question answer span label mentions note".split()
KEY_COLUMNS = "id kind what stratum population weight doc start end label spans".split()
OPEN, CLOSE = "【", "】"
# Half of the rows are sentences: only they can show what no rule looked at.
_CANDIDATES = 0.5
_FEWEST = 5


class _About(NamedTuple):
    question: str  # about a candidate
    label: str  # what the coder labels it by, a column of the finder's table
    listed: tuple[str, str]  # in a sentence, Chinese and English


_ABOUT = {
    "slogans": _About(
        "【】里是提法吗？填 core、extended 或 no。"
        " core, extended or no: is what stands in 【】 a slogan?",
        "types",
        ("核心提法", "core slogan of the passage"),
    ),
    "targets": _About(
        "【】里是可以核对的承诺的数或日期吗？填 yes 或 no。"
        " yes or no: does 【】 give the value or date of a promise that can be checked?",
        "status",
        ("承诺的数或日期", "value or date promised here"),
    ),
    "quantities": _About(
        "【】里是数字吗？填 yes 或 no。 yes or no: is 【】 a numeric mention?",
        "status",
        ("数字", "numeric mention"),
    ),
}
_ASK = (
    "{0} 【】标错的，正确的文字填 span；{1} 填 label。"
    " The right wording into span if the marks stand wrong; its {1} into label."
)
_LIST = (
    "本段每个{}填入 mentions，用 | 分开，没有填 -。"
    " List every {} in mentions, parted by |, or - for none."
)


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

    Candidates show how often the finder is right and what it turned down wrongly. Sentences show
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
    >>> len(sheet.rows), sorted(sheet.rows["kind"].unique())
    (60, ['candidate', 'sentence'])
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
    """Path of the key of a sheet.

    >>> key_path("out/sheet.xlsx").name
    'sheet.key.csv'
    """
    return Path(path).with_suffix(".key.csv")


def _sentences(corpus: Corpus, pool: pd.DataFrame) -> pd.DataFrame:
    """The sentences as members of two strata, each with the candidates that start in it."""
    table = corpus.sentences[corpus.sentences["part"] != "glossary"].copy()
    inside = dict(iter(pool.groupby(locate(pool, corpus))))
    spans = [_spans(row, inside.get(row.Index), corpus) for row in table.itertuples()]
    with_any = [
        "sentence with candidates" if one else "sentence without candidates" for one in spans
    ]
    cells = {"stratum": with_any, "spans": list(map(json.dumps, spans)), "kind": "sentence"}
    return table[SPAN].assign(**cells, label=None)


def _spans(row, inside: pd.DataFrame | None, corpus: Corpus) -> list[list[object]]:  # type: ignore[no-untyped-def]
    """Start, end and stratum of candidates, counted in the text of their sentence."""
    if inside is None:
        return []
    at = positions(corpus.source(row.doc), row.start, max(row.end, inside["end"].max()))
    edges = np.searchsorted(at, inside[["start", "end"]].to_numpy()).tolist()
    return [[*edge, stratum] for edge, stratum in zip(edges, inside["stratum"], strict=True)]


def _draw(pool: pd.DataFrame, n: int, rng: np.random.Generator) -> pd.DataFrame:
    """A simple random sample of each stratum, with its size and weight, in random order."""
    sizes = _share_out(pool["stratum"].value_counts(), n)
    # A text in which nothing was looked at has sentences to code, and no candidates.
    parts = [pool[:0].assign(population=0, weight=0.0)]
    for stratum, size in sizes.items():
        rows = pool[pool["stratum"] == stratum]
        chosen = rows.iloc[np.sort(rng.choice(len(rows), size, replace=False))]
        parts.append(chosen.assign(population=len(rows), weight=len(rows) / size))
    drawn = pd.concat(parts).assign(kind=pool.get("kind", "candidate"))
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
    label, about = corpus.documents.set_index("doc").loc[row.doc, "label"], _ABOUT[what]
    if row.kind == "sentence":
        passage = clean(corpus.source(row.doc)[row.start : row.end])
        question = _LIST.format(*about.listed)
    else:
        passage, question = _marked(row, corpus), _ASK.format(about.question, about.label)
    return dict(zip(SHEET_COLUMNS, (row.id, row.kind, label, passage, question), strict=False))


def _marked(row, corpus: Corpus) -> str:  # type: ignore[no-untyped-def]
    near = corpus.sentences[corpus.sentences["doc"] == row.doc]
    near = near[(near["start"] < row.end) & (near["end"] > row.start)]
    source, start, end = corpus.source(row.doc), near["start"].min(), near["end"].max()
    before, inside, after = around(source, (start, end), (row.start, row.end))
    return f"{before}{OPEN}{inside}{CLOSE}{after}"


def filled(sheet: Sheet, coded: pd.DataFrame, corpus: Corpus) -> Sheet:
    """Answer a sheet as the coder of a table would have.

    Args:
        sheet: A sheet of `coding_sheet`.
        coded: doc, start, end; ``core`` (all true by default) and ``label`` if there is one.
        corpus: What the sheet was drawn from.

    >>> from policytext import find_slogans, read_corpus
    >>> from policytext.evaluation.coding_sheet import coding_sheet
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
    for row in sheet.key[sheet.key["kind"] == "sentence"].itertuples():
        answers[row.id] = {"mentions": _listed(row, core, corpus)}
    given = pd.DataFrame.from_dict(answers, orient="index").rename_axis("id").reset_index()
    rows = sheet.rows.drop(columns=["answer", "span", "label", "mentions"])
    return Sheet(rows.merge(given, on="id", how="left"), sheet.key)


def _answer(mark: pd.Series, other: pd.Series, corpus: Corpus) -> dict[str, str]:
    same = mark[SPAN].equals(other[SPAN])
    wording = clean(corpus.source(other["doc"])[other["start"] : other["end"]])
    answer = "core" if other["core"] else "extended"
    return {"answer": answer, "span": "" if same else wording, "label": other["label"]}


def _listed(row, core: pd.DataFrame, corpus: Corpus) -> str:  # type: ignore[no-untyped-def]
    here = core[(core["doc"] == row.doc) & core["start"].between(row.start, row.end - 1)]
    here = here[here["end"] <= row.end].sort_values(["start", "end"])
    source = corpus.source(row.doc)
    wordings = [clean(source[a:b]) for a, b in zip(here["start"], here["end"], strict=True)]
    return " | ".join(wordings) or "-"
