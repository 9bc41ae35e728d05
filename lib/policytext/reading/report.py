"""A report about a corpus: a page, or a Word file of the same content."""

from base64 import b64encode
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd

from policytext.charts.fonts import font_subset
from policytext.charts.saving import inline_svg
from policytext.corpus.corpus import Corpus
from policytext.paths import write_whole
from policytext.reading.content import MAX_LINKS, Content, content_of
from policytext.reading.labels import check_language, render
from policytext.reading.marked import marked_style

ENDINGS = (".html", ".htm", ".docx")


@dataclass(frozen=True, eq=False)
class Report:
    """A report about a corpus. ``findings``: a table of kind, sentence, passages."""

    findings: pd.DataFrame
    content: Content = field(repr=False)

    @cached_property
    def html(self) -> str:
        """The report as one page that asks nothing of any network."""
        return _page(self.content)

    def save(self, path: str | Path) -> Path:
        """Write the report as an .html page or a Word file (.docx).

        The Word file has headings, numbered captions, tables whose first row is repeated on each
        page, figures at 300 dpi with their alternative texts, and the marked texts, to which the
        findings lead as they do on the page.

        Raises:
            ValueError: The file has another ending.
        """
        path = Path(path)
        if path.suffix not in ENDINGS:
            raise ValueError(f"{path.name}: no report; give the file the ending .html or .docx")
        if path.suffix == ".docx":
            from policytext.reading.word import to_word

            write_whole(path, to_word(self.content))
        else:
            write_whole(path, self.html)
        return path


def report(
    corpus: Corpus, by: str | None = None, language: str = "both", title: str | None = None
) -> Report:
    """Make a report about a corpus: findings, figures, tables, methods, marked texts.

    Args:
        corpus: Any corpus.
        by: The column of its documents to compare by; one that fits if None.
        language: Of what is said about the texts: ``"zh"``, ``"en"`` or ``"both"``.
        title: Of the report; by default how many texts of which places.

    Returns:
        A `Report`. Each finding states its counts, an interval where it is a share, and links to
        its passages. Of more than 40 texts the first 40 are shown with their marks, and the
        tables hold 1,000 rows at most (in Word 200); both is said there.

    Raises:
        CorpusError: No document has anything in the column ``by``.
        ValueError: Another language.

    >>> from policytext import read_corpus
    >>> made = report(read_corpus("data/wenzhou-2021"), by="label", language="en")
    >>> print(made.findings.query("kind == 'promises'")["sentence"].iloc[0])
    11 of 101 quantities, ranks and dates are promises that can be checked: 10.9% (95% interval \
6.2% to 18.5%).
    """
    check_language(language)
    content = content_of(corpus, by, language, title)
    rows = [
        (one.kind, " ".join(one.said.values()), sum(map(len, one.passages.values())))
        for one in content.findings
    ]
    return Report(pd.DataFrame(rows, columns=["kind", "sentence", "passages"]), content)


def _page(content: Content) -> str:
    drawings = [
        (inline_svg(drawing.chart, f"f{number}-", content.language), drawing.caption)
        for number, drawing in enumerate(content.drawings, start=1)
    ]
    texts = content.texts.items()
    return render(
        "report.html.j2",
        content=content,
        most=MAX_LINKS,
        drawings=drawings,
        font=b64encode(font_subset("".join(drawing for drawing, _ in drawings))).decode(),
        style=marked_style(),
        texts={prefix: (text.title, text.to_part(prefix)) for prefix, text in texts},
    )
