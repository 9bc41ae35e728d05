"""``make figures CORPUS=path/to/texts``: the notebooks on another corpus, into ``out/<name>/``.

The notebooks themselves stay as they are: papermill runs copies, in which the cell tagged
``parameters`` is followed by one that names the corpus.
"""

import argparse
import os
import shutil
import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import papermill
from nbclient.exceptions import DeadKernelError
from tqdm import tqdm

from policytext.corpus import Corpus, read_corpus
from policytext.exports import save_table
from policytext.lexicon import HOME
from policytext.problems import CorpusError
from policytext.quantities import find_quantities
from policytext.slogans import find_slogans
from policytext.targets import find_targets

# 00 is the table of contents; 06 on are about the coded page and about the tools.
NOTEBOOKS = "0[1-5]-*.ipynb"
_GROUPS = ("place", "author", "office", "organ", "kind", "date", "year")
_FEW, _MANY = 12, 40
_FINDERS = {
    "quantities": find_quantities,
    "targets": find_targets,
    "slogans": find_slogans,
}


def run(
    path: str | Path,
    out: str | Path | None = None,
    notebooks: Iterable[Path] | None = None,
    **parameters: str,
) -> list[str]:
    """Run the notebooks on a corpus and write what was found as tables.

    Args:
        path: What `read_corpus` takes.
        out: Where to: the notebooks, ``figures/`` (each with its table and caption) and
            ``tables/``. By default ``out/<name of the corpus>`` in the project's folder, where
            what an earlier run left is taken away first.
        notebooks: Which; 01 to 05 by default.
        parameters: Other parameters of the notebooks. ``GROUP`` is the column of documents by
            which they compare; without it `grouping` chooses.

    Returns:
        The names of the notebooks in which a cell stopped with an error; the others ran.

    Raises:
        CorpusError: The corpus cannot be read; nothing was written.
    """
    path = Path(path).resolve()
    corpus = read_corpus(path)
    folder = Path(out).resolve() if out else _fresh(HOME / "out" / path.name.split(".")[0])
    (folder / "tables").mkdir(parents=True, exist_ok=True)
    values = {"CORPUS": str(path), "GROUP": grouping(corpus.documents), **parameters}
    print(f"compared by {values['GROUP']}; GROUP=… on the command line chooses another column")
    chosen = notebooks or sorted((HOME / "notebooks").glob(NOTEBOOKS))
    _write_tables(corpus, folder / "tables")
    with _figures_in(folder / "figures"):
        return [one.stem for one in chosen if not _execute(one, folder / one.name, values)]


def grouping(documents: pd.DataFrame) -> str:
    """The column by which to compare: label while there are few documents, else what groups them.

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


def _fresh(folder: Path) -> Path:
    if folder.exists():
        shutil.rmtree(folder)
    return folder


@contextmanager
def _figures_in(folder: Path) -> Iterator[None]:
    """Kernels that are started here inherit where their figures go."""
    before = dict(os.environ)
    os.environ["POLICYTEXT_FIGURES"] = str(folder)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _execute(notebook: Path, target: Path, values: Mapping[str, str]) -> bool:
    """Run one notebook into ``target``; whether all its cells came to their ends."""
    known = papermill.inspect_notebook(notebook)
    try:
        papermill.execute_notebook(
            notebook,
            target,
            {name: value for name, value in values.items() if name in known},
            progress_bar={"desc": notebook.stem, "file": sys.stdout},
            cwd=notebook.parent,
            # A kernel that says on every start that it is not encrypted hides the progress.
            extra_arguments=["--IPKernelApp.log_level=50"],
            # What one cell cannot draw of this corpus, the cells after it may.
            allow_errors=True,
        )
    except papermill.PapermillExecutionError as error:
        why = f"{error.ename}: {error.evalue}"
    except DeadKernelError:
        why = "Python was stopped, as happens where memory runs out; try fewer documents"
    else:
        return True
    tqdm.write(f"{notebook.stem}: {why}", file=sys.stdout)
    return False


def _write_tables(corpus: Corpus, folder: Path) -> None:
    save_table(corpus.documents, folder / "documents.csv")
    for name, find in tqdm(_FINDERS.items(), desc="tables", file=sys.stdout):
        try:
            save_table(find(corpus), folder / f"{name}.csv")
        except CorpusError as error:
            tqdm.write(f"{name}: {error}", file=sys.stderr)
    # Last: a finder adds the documents that it leaves out.
    save_table(corpus.report, folder / "report.csv")


@contextmanager
def _plain_warnings() -> Iterator[None]:
    """Say what is left out and what looks wrong without the line of code that warns of it."""
    with warnings.catch_warnings():
        warnings.showwarning = lambda message, *_, **__: tqdm.write(str(message), file=sys.stderr)
        yield


def main(arguments: list[str] | None = None) -> int:
    """What ``make figures CORPUS=…`` calls."""
    parser = argparse.ArgumentParser(prog="make figures CORPUS=…", description=__doc__)
    parser.add_argument("corpus")
    parser.add_argument("--set", nargs=2, action="append", default=[], metavar=("NAME", "VALUE"))
    told = parser.parse_args(arguments)
    try:
        with _plain_warnings():
            failed = run(told.corpus, **dict(told.set))
    except CorpusError as error:
        print(error, file=sys.stderr)
        return 2
    for name in failed:
        print(
            f"{name}: a cell stopped with an error; open the notebook and look for it",
            file=sys.stderr,
        )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
