"""The command ``policytext``: import texts, run the notebooks, write reports, print scores."""

import os
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

import policytext as pt
from policytext.lexicon.lexicon import LEXICON


@contextmanager
def _one_line_messages() -> Iterator[None]:
    """Print errors and warnings without the code that they come from; an error ends with 2."""
    with warnings.catch_warnings():
        warnings.showwarning = lambda message, *_, **__: click.echo(message, err=True)
        try:
            yield
        except (pt.CorpusError, pt.LexiconError, pt.SelectionError, ImportError) as error:
            click.echo(" ".join(str(error).split()), err=True)
            raise SystemExit(2) from None
        except OSError as error:  # of what is written: what cannot be read has an error of ours
            click.echo(f"{error.filename}: {error.strerror}; name another place", err=True)
            raise SystemExit(2) from None
        except KeyboardInterrupt:
            click.echo("stopped", err=True)
            raise SystemExit(130) from None


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="policytext")
def main() -> None:
    """Read Chinese local-policy prose: words, slogans and stated targets.

    Example: policytext import my-reports my-texts
    """


def _pairs(_: object, option: object, given: tuple[str, ...]) -> dict[str, str]:
    """``text=正文 date=年份``, also with commas, in one option or several, as a mapping."""
    split = (re.split(r"[\s,，;；]+(?=\w+\s*[=:])", one.strip()) for one in given)
    pairs = [pair.partition("=") for one in split for pair in one]
    if wrong := [name + mark + theirs for name, mark, theirs in pairs if not (name and theirs)]:
        raise click.BadParameter(f"{wrong[0]!r} is no OURS=THEIRS, such as text=正文")
    return {name: theirs for name, _, theirs in pairs}


columns_option = click.option(
    "--columns",
    multiple=True,
    callback=_pairs,
    metavar="OURS=THEIRS",
    help="What the table calls our columns: text=正文.",
)


def _use(_: object, option: object, path: Path | None) -> None:
    """Name the lexicon for this process and for the notebooks that it runs."""
    if path:
        os.environ[LEXICON] = str(path.resolve())


lexicon_option = click.option(
    "--lexicon",
    type=click.Path(path_type=Path),
    callback=_use,
    expose_value=False,
    help="A copy of data/lexicon, or a file of words of your own.",
)


@main.command("import")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("into", type=click.Path(path_type=Path))
@click.option("--ocr", is_flag=True, help="Recognise the text of scanned pages, by the extra ocr.")
@lexicon_option
def import_(folder: Path, into: Path, ocr: bool) -> None:
    """Make a corpus INTO a new folder, of the Word, PDF, web and text files of FOLDER, or one file.

    Example: policytext import my-reports my-texts
    """
    with _one_line_messages():
        pt.import_files(folder, into, ocr=ocr)
    click.echo(f"{into}: look through import-report.html and correct documents.csv")


@main.command()
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option("--group", help="Column to compare by; by default one that fits.")
@click.option("--jobs", type=click.IntRange(min=1), help="Notebooks at a time; by default 1 or 2.")
@click.option("--level", help="Level of documents that have none: county, 县级.")
@columns_option
@lexicon_option
def run(
    corpus: Path, group: str | None, jobs: int | None, level: str | None, columns: dict[str, str]
) -> None:
    """Run notebooks 01 to 05 and 08 to 10 on CORPUS, a folder or a table, into out/.

    Example: policytext run articles.xlsx --group place --columns text=正文（定稿）
    """
    with _one_line_messages():
        from policytext import runs

        pt.default_lexicon()  # its faults are told before anything runs
        workers = jobs or runs.default_workers()
        columns |= {"level": f"={level}"} if level and "level" not in columns else {}
        failed = runs.run(corpus, group=group, workers=workers, columns=columns)
    raise SystemExit(1 if failed else 0)


@main.command()
@click.argument("corpus", type=click.Path(path_type=Path))
@click.argument("into", type=click.Path(path_type=Path))
@click.option("--language", type=click.Choice(["zh", "en", "both"]), default="both")
@columns_option
@lexicon_option
def annotate(corpus: Path, into: Path, language: str, columns: dict[str, str]) -> None:
    """Write each text of CORPUS with its slogans, targets and numbers marked, a page each.

    Example: policytext annotate my-texts my-pages --language zh
    """
    with _one_line_messages():
        from policytext.reading.marked import save_marked_texts

        if into.exists() and any(into.iterdir()):
            raise pt.CorpusError(f"{into}: holds files already; name a new or an empty folder")
        pages = save_marked_texts(pt.read_corpus(corpus, columns), into, language)
    click.echo(f"{into}: pages of {len(pages)} texts, open index.html")


@main.command()
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), default="report.html")
@click.option("--group", help="Column to compare by; by default one that fits.")
@click.option("--language", type=click.Choice(["zh", "en", "both"]), default="both")
@columns_option
@lexicon_option
def report(
    corpus: Path, output: Path, group: str | None, language: str, columns: dict[str, str]
) -> None:
    """Write a page or a Word file about CORPUS: findings with their passages, figures, tables.

    Example: policytext report my-texts -o report.docx --language zh
    """
    with _one_line_messages():
        from policytext.reading.report import ENDINGS
        from policytext.reading.report import report as make_report

        if output.suffix not in ENDINGS:
            raise pt.CorpusError(f"{output}: end the name in .html or .docx")
        make_report(pt.read_corpus(corpus, columns), group, language).save(output)
    click.echo(f"{output}: written; it needs no network")


@main.command()
@click.argument("corpus", type=click.Path(path_type=Path))
@click.argument("into", type=click.Path(path_type=Path))
@columns_option
@lexicon_option
def reference(corpus: Path, into: Path, columns: dict[str, str]) -> None:
    """Count in which texts of CORPUS each formula stands, into the table INTO.

    Example: policytext reference my-reports my-reference.csv
    """
    with _one_line_messages():
        if into.suffix not in (".csv", ".xlsx"):
            raise pt.CorpusError(f"{into}: no name of a table; end it in .csv or .xlsx")
        from policytext.slogans.find import forms_found
        from policytext.slogans.reference import files_of, reference_table

        texts = pt.read_corpus(corpus, columns)
        table = reference_table([texts], also=sorted(forms_found(texts)))
        for one, path in files_of(table, into):
            pt.save_table(one, path)
    click.echo(
        f"{into}: {len(table)} formulae; find_slogans(reference=read_reference(...)) reads it"
    )


@main.command()
@click.option("--format", "form", type=click.Choice(["text", "bibtex"]), default="text")
def cite(form: str) -> None:
    """Print how to cite policytext, as CITATION.cff has it.

    Example: policytext cite --format bibtex
    """
    from policytext.reading.citation import citation

    click.echo(citation(form))


@main.command()
def score() -> None:
    """Print how often each finder is right, against the coded tables.

    Fails where the further texts are at hand, and yet a table cannot be measured on them.

    Example: policytext score
    """
    with _one_line_messages():
        from policytext.evaluation.gold import shared_folder
        from policytext.evaluation.summary import print_scores

        left = print_scores()
    raise SystemExit(1 if left and shared_folder().is_dir() else 0)


if __name__ == "__main__":
    main(prog_name="policytext")
