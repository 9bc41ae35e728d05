"""``policytext run path/to/texts``: the notebooks on another corpus, into ``out/<name>/``.

The notebooks themselves stay as they are: copies run, in which the cell tagged ``parameters`` is
followed by one that names the corpus, and without the cells tagged ``finding``, which speak of the
page that the project was made for.
"""

import shutil
import sys
import time
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

import pandas as pd

from policytext.corpus.corpus import Corpus, read_corpus
from policytext.corpus.issues import CorpusError
from policytext.corpus.rows import KINDS
from policytext.numbers.quantities import find_quantities
from policytext.numbers.targets import find_targets
from policytext.paths import HOME
from policytext.runs.notebooks import Outcome, Task, report
from policytext.slogans.find import find_slogans
from policytext.tables import save_table

# 00 is the table of contents; 06 on are about the coded page and about the tools.
NOTEBOOKS = "0[1-5]-*.ipynb"
OUT = HOME / "out"
_GROUPS = ("place", "author", "office", "organ", "kind", "date", "year")
_FEW, _MANY = 12, 40
_FINDERS = {"quantities": find_quantities, "targets": find_targets, "slogans": find_slogans}


def run(
    path: str | Path,
    out: str | Path | None = None,
    notebooks: Iterable[Path] | None = None,
    group: str | None = None,
    workers: int = 1,
    columns: Mapping[str, str] | None = None,
) -> list[str]:
    """Run the notebooks on a corpus and write what was found as tables.

    Args:
        path: What `read_corpus` takes.
        out: Where to: the notebooks, ``figures/`` (each with its table and caption) and
            ``tables/``. By default `folder_for` the corpus, where what an earlier run left is
            taken away first.
        notebooks: Which; 01 to 05 by default.
        group: The column of documents by which they compare; without it `grouping` chooses.
        workers: How many notebooks run at a time.
        columns: What the table calls our columns, as `read_corpus` takes it.

    Returns:
        The names of the notebooks in which a cell stopped with an error; the others ran.

    Raises:
        CorpusError: The corpus cannot be read, or has no such column; nothing was written.
    """
    path = Path(path).resolve()
    corpus = read_corpus(path, columns)
    values: dict[str, object] = {
        "CORPUS": str(path),
        "GROUP": chosen_group(corpus.documents, group),
    }
    values |= {"COLUMNS": dict(columns)} if columns else {}
    folder = Path(out).resolve() if out else emptied(folder_for(path), path)
    (folder / "tables").mkdir(parents=True, exist_ok=True)
    print(f"compared by {values['GROUP']}; --group (GROUP=… with make) chooses another column")
    print(f"results go to {folder}")
    _write_tables(corpus, folder / "tables")
    sources = notebooks or sorted((HOME / "notebooks").glob(NOTEBOOKS))
    task = partial(
        Task,
        parameters=values,
        left_out="finding",
        keep_going=True,
        environment={"POLICYTEXT_FIGURES": str(folder / "figures")},
        cell_seconds=None,  # a cell may take hours where there are many documents
    )
    return report([task(source, folder / source.name) for source in sources], workers)


def grouping(documents: pd.DataFrame) -> str:
    """Choose the column to compare by: label for few documents, else what groups them.

    Of place, author, office, organ, kind, date and year the first that every document has and that
    makes groups, neither one alone nor more than a chart can show.

    >>> grouping(pd.DataFrame({"label": range(30), "place": ["甲县", "乙县"] * 15}))
    'place'
    """
    if documents["label"].nunique() <= _FEW:
        return "label"
    for column in (name for name in _GROUPS if name in documents):
        if documents[column].notna().all() and 2 <= documents[column].nunique() <= _MANY:
            return column
    return "label"


def chosen_group(documents: pd.DataFrame, group: str | None) -> str:
    """Check the column that is asked for, or choose one by `grouping`.

    Raises:
        CorpusError: No document has a value in such a column; names those that exist.
    """
    # Where a text begins in its file, and what a guess rests on, groups nothing.
    names = [n for n in documents if n not in ("start", "end") and not n.endswith("_basis")]
    filled = [str(name) for name in names if documents[name].notna().any()]
    if group and group not in filled:
        raise CorpusError(
            f"GROUP={group}: no document has anything in such a column; choose one of "
            f"{', '.join(filled)}"
        )
    return group or grouping(documents)


def folder_for(path: Path) -> Path:
    """The folder of ``out/`` for a corpus: a folder's whole name, a table's without its ending.

    >>> folder_for(Path("报告.2020")).name, folder_for(Path("articles.2021.jsonl.gz")).name
    ('报告.2020', 'articles.2021')
    """
    name = path.name
    if not path.is_dir():
        stem = name.removesuffix(".gz")
        name = stem.rpartition(".")[0] if stem.rpartition(".")[2].lower() in KINDS else name
    return OUT / (name or "corpus")


def emptied(folder: Path, corpus: Path) -> Path:
    """Delete what an earlier run left in a folder of ``out/``.

    Raises:
        CorpusError: The corpus itself lies in it.
    """
    if folder.parent != OUT or folder.name in ("", ".", ".."):
        raise ValueError(f"{folder}: not a folder of {OUT}")
    if corpus.is_relative_to(folder.resolve()):
        raise CorpusError(
            f"{corpus}: {folder.relative_to(HOME)} is where the results would go, and is emptied "
            "first; move the corpus to another folder"
        )
    if folder.is_symlink() or folder.is_file():
        folder.unlink()  # what a link points to lies elsewhere and stays
    elif folder.is_dir():
        shutil.rmtree(folder)
    return folder


def _write_tables(corpus: Corpus, folder: Path) -> None:
    start = time.monotonic()
    save_table(corpus.documents, folder / "documents.csv")
    for name, find in _FINDERS.items():
        try:
            save_table(find(corpus), folder / f"{name}.csv")
        except CorpusError as error:
            print(f"{name}: {error}", file=sys.stderr)
    # Last: a finder adds the documents that it leaves out.
    save_table(corpus.report, folder / "report.csv")
    print(Outcome("tables", time.monotonic() - start), flush=True)
