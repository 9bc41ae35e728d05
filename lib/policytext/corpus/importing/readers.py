"""Which reader a file needs, and what is said of a file that cannot be read."""

from collections.abc import Callable

from policytext.corpus.encoding import decode
from policytext.corpus.importing.files import Draft, Item, Line
from policytext.corpus.importing.pdf import read_pdf
from policytext.corpus.importing.web import read_html
from policytext.corpus.importing.word import read_docx
from policytext.corpus.issues import CorpusError


def read_text(item: Item) -> Draft:
    """A .txt or .md file, line by line."""
    decoded = decode(item.data, item.name)
    texts = enumerate(decoded.text.splitlines(), start=1)
    lines = [Line(number, text.strip()) for number, text in texts]
    guessed = f"read as {decoded.encoding}; if characters look wrong, save the file as UTF-8"
    return Draft(lines, remarks=[guessed] if decoded.guessed else [])


# Also what is saved from a web page as plain text.
WEB = (".txt", ".md", ".html", ".htm")
READERS: dict[str, Callable[[Item], Draft]] = {
    ".txt": read_text,
    ".md": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".docx": read_docx,
    ".pdf": read_pdf,
}


def read_item(item: Item) -> Draft:
    """The lines of a file of one of the kinds in ``READERS``.

    Raises:
        CorpusError: The file is damaged or has no text, or the library for it is not installed.
    """
    try:
        return READERS[item.kind](item)
    except CorpusError:
        raise
    except ModuleNotFoundError as error:
        raise ImportError(
            f"{item.name}: no {error.name} to read it with; pip install -e .[import]"
        ) from None
    except Exception as error:
        # The libraries raise whatever a damaged file makes them stumble over.
        what = " ".join(str(error).split())[:200] or type(error).__name__
        raise CorpusError(
            f"{item.name}: cannot be read as {item.kind} ({what}); open it and save it again"
        ) from error
