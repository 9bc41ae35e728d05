"""How to cite policytext: CITATION.cff as plain text or BibTeX."""

from collections.abc import Mapping
from typing import Any

from policytext.paths import HOME
from policytext.tables import latex_escape

CITATION = HOME / "CITATION.cff"
FORMS = ("text", "bibtex")


def citation(form: str = "text") -> str:
    """How to cite policytext.

    Args:
        form: ``"text"``, a line for a list of references (APA), or ``"bibtex"``, an entry.

    Raises:
        ValueError: Another form.

    >>> citation().split(". ")[0]
    'The policytext authors (2026)'
    """
    if form not in FORMS:
        raise ValueError(f"form {form!r}: none of {', '.join(FORMS)}")
    import yaml  # only a citation needs it

    entry = yaml.safe_load(CITATION.read_text("utf-8"))
    return _text(entry) if form == "text" else _bibtex(entry)


def _text(entry: Mapping[str, Any]) -> str:
    authors = ", ".join(_name(author) for author in entry["authors"])
    return (
        f"{authors} ({_year(entry)}). {entry['title']} (Version {entry['version']}) "
        f"[Computer software]. {entry['license']} licence."
    )


def _bibtex(entry: Mapping[str, Any]) -> str:
    fields = {
        # Braces keep the name of a body in one piece, and the capitals of a title.
        "author": " and ".join(
            f"{{{latex_escape(_name(author))}}}"
            if "name" in author
            else latex_escape(_name(author))
            for author in entry["authors"]
        ),
        "title": f"{{{latex_escape(entry['title'])}}}",
        "year": _year(entry),
        "version": str(entry["version"]),
        "note": f"Computer software, {entry['license']} licence",
    }
    lines = (f"  {name} = {{{value}}}," for name, value in fields.items())
    return "\n".join(["@software{policytext,", *lines, "}"])


def _name(author: Mapping[str, str]) -> str:
    return author.get("name") or f"{author['family-names']}, {author['given-names']}"


def _year(entry: Mapping[str, Any]) -> str:
    return str(entry["date-released"])[:4]
