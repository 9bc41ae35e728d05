"""The chooser: place or author, word, slogan or target, and the page shows rates and passages."""

import json
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from policytext import terms
from policytext.corpus.corpus import Corpus, describe
from policytext.lexicon.lexicon import Lexicon
from policytext.numbers.quantities import find_quantities
from policytext.numbers.targets import find_targets
from policytext.reading.labels import check_language, in_language, labels, render, save_page
from policytext.reading.marked import Block, MarkedText, marked, marked_style
from policytext.slogans.find import find_slogans
from policytext.words.segment import segment

# What a browser opens within two seconds; of a longer corpus the first texts are taken.
MAX_CHARACTERS = 1_000_000
MAX_WORDS = 500  # that are offered; any other may be typed
MAX_GROUPS = 60  # of a column by which texts can be chosen
_GROUPS = ("place", "author", "office", "year", "kind", "label")
# The length of a word as one character, in base 36; a longer one has several.
_LENGTHS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LONGEST = len(_LENGTHS) - 1

# Document, block, offset in the block, length.
Hit = tuple[int, int, int, int]


@dataclass(frozen=True, eq=False)
class Explorer:
    """The chooser as a page; a notebook shows it, ``save`` writes it. ``left``: texts cut off."""

    html: str = field(repr=False)
    texts: int
    left: int

    def save(self, path: str | Path) -> Path:
        """Write the page as one .html file that asks nothing of any network.

        Raises:
            ValueError: The file has another ending.
        """
        return save_page(path, self.html)

    def _repr_html_(self) -> str:
        page = b64encode(self.html.encode()).decode()
        # Of a notebook that is not trusted yet JupyterLab leaves out the frame and keeps its words.
        run = in_language("both", labels()["explore"]["run"])
        return (
            f'<iframe src="data:text/html;charset=utf-8;base64,{page}" title="policytext"'
            f' style="width:100%;height:48em;border:1px solid #8886">{run}</iframe>'
        )


def explore(corpus: Corpus, lexicon: Lexicon | None = None, language: str = "both") -> Explorer:
    """Make a page to explore a corpus: choose texts and a word, a slogan or a target.

    Args:
        corpus: Any corpus; of one with more than a million characters the first texts are
            taken, which the page says.
        lexicon: For the finders; the default if None.
        language: Of what is said about the texts: ``"zh"``, ``"en"`` or ``"both"``.

    Returns:
        An `Explorer`. For what is chosen the page shows how often it stands in each group of
        texts, per 1,000 characters with a 95% interval (Poisson, by Byar's approximation), each
        hit in context, and, where one is opened, its text with all marks.

    Raises:
        ValueError: Another language.

    >>> from policytext import read_corpus
    >>> page = explore(read_corpus("data/wenzhou-2021").select(["ouhai"]), language="zh")
    >>> page.texts, page.left, '<html lang="zh">' in page.html
    (1, 0, True)
    """
    check_language(language)
    table = describe(corpus)
    # The first text is taken whatever its length.
    fits = (table["characters"].cumsum() <= MAX_CHARACTERS) | (np.arange(len(table)) == 0)
    table = table[fits]
    held = corpus.select(table["doc"])
    names = {key: in_language(language, name) for key, name in labels()["explore"].items()}
    left = len(corpus.documents) - len(table)
    data = json.dumps(_data(held, table, lexicon, language) | {"names": names}, ensure_ascii=False)
    page = render(
        "explore.html.j2",
        language="en" if language == "en" else "zh",
        names=names,
        layers={key: in_language(language, name) for key, name in labels()["layers"].items()},
        data=data.replace("<", "\\u003c"),  # no text of the corpus can end the script
        style=marked_style(),
        cut=f"{names['cut']}: {len(table)} / {len(corpus.documents)}" if left else "",
    )
    return Explorer(page, len(table), left)


def _data(
    corpus: Corpus, documents: pd.DataFrame, lexicon: Lexicon | None, language: str
) -> dict[str, Any]:
    tokens = segment(corpus, lexicon=lexicon)
    slogans, quantities = find_slogans(corpus, lexicon), find_quantities(corpus, lexicon)
    targets = find_targets(corpus, lexicon, quantities=quantities)
    texts = [
        marked(corpus, doc, slogans, targets, quantities, language=language)
        for doc in documents["doc"]
    ]
    words = dict(list(tokens.groupby("doc", sort=False)))
    rows = zip(documents.to_dict("records"), texts, strict=True)
    promises = targets[targets["is_target"]]
    return {
        "docs": [_document(row, text, words.get(text.doc)) for row, text in rows],
        "by": _groups(documents, language),
        "words": _offered(tokens, corpus),
        "slogans": _hits(slogans, slogans["canonical"], texts),
        "targets": _hits(promises, promises["indicator"].fillna(promises["text"]), texts),
    }


def _groups(documents: pd.DataFrame, language: str) -> dict[str, str]:
    """The columns by which texts can be chosen, with their names."""
    counts = {name: documents[name].nunique() for name in _GROUPS if name in documents}
    return {
        name: in_language(language, labels()["heads"][name])
        for name, count in counts.items()
        if name == "label" or 1 < count <= MAX_GROUPS
    }


def _offered(tokens: pd.DataFrame, corpus: Corpus) -> list[str]:
    """The most frequent words that count, as they are printed."""
    counted = terms.select_terms(tokens, corpus).query("counted")["text"]
    return counted.value_counts().head(MAX_WORDS).index.tolist()


def _document(row: dict[str, Any], text: MarkedText, tokens: pd.DataFrame | None) -> dict[str, Any]:
    groups = {name: "" if pd.isna(row.get(name)) else str(row[name]) for name in _GROUPS}
    starts = np.array([] if tokens is None else tokens["start"], np.int64)
    ends = np.array([] if tokens is None else tokens["end"], np.int64)
    blocks = [
        {"tag": block.tag, "cuts": _cuts(block, starts, ends), "pieces": list(_pieces(block))}
        for block in text.blocks
    ]
    return {"title": text.title, "groups": groups, "size": row["characters"], "blocks": blocks}


def _pieces(block: Block) -> Iterator[list[object]]:
    return ([piece.text, piece.tags, piece.words] for piece in block.pieces)


def _cuts(block: Block, starts: np.ndarray, ends: np.ndarray) -> str:
    """The lengths of the words of a block, one character each; what lies between is one, too."""
    if not len(block.at):
        return ""
    inside = (starts >= block.at[0]) & (ends <= block.at[-1] + 1)
    edges = np.searchsorted(block.at, np.concatenate([starts[inside], ends[inside]]))
    lengths = np.diff(np.unique([0, *edges.tolist(), len(block.at)]))
    return "".join(_LENGTHS[-1] * (n // _LONGEST) + _LENGTHS[n % _LONGEST] for n in lengths)


def _hits(
    table: pd.DataFrame, names: pd.Series, texts: Iterable[MarkedText]
) -> dict[str, list[Hit]]:
    """The places of each name, the most frequent name first."""
    found: dict[str, list[Hit]] = defaultdict(list)
    blocks = {text.doc: (number, text.blocks) for number, text in enumerate(texts)}
    rows = zip(names, table["doc"], table["start"], table["end"], strict=True)
    for name, doc, start, end in rows:
        number, of_doc = blocks[doc]
        if place := _place(of_doc, start, end):
            found[name].append((number, *place))
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))


def _place(blocks: list[Block], start: int, end: int) -> tuple[int, int, int] | None:
    """The block of a passage, where it begins in it, and its length."""
    for number, block in enumerate(blocks):
        if len(block.at) and block.at[0] <= start <= block.at[-1]:
            first, last = np.searchsorted(block.at, (start, end)).tolist()
            return number, first, last - first
    return None
