"""Which documents are meant, as a reader writes it, and by which column they are compared."""

import re
from collections.abc import Hashable, Iterable, Mapping
from difflib import get_close_matches

import pandas as pd

from policytext import text as tx
from policytext.corpus.days import as_iso, is_date
from policytext.corpus.issues import CorpusError, SelectionError
from policytext.lexicon.lexicon import coded
from policytext.tables import in_both, words

_SHOWN = 12
# What may name a group of documents, the surest first.
_GROUPS = ("author", "label", "place", "office", "doc", "title", "kind", "level", "year")
# What may name one document, the surest first.
_NAMES = ("doc", "label", "title", "author", "place", "office", "file")
# What many documents are compared by, the first that fits; few are compared one by one.
_COMPARED = ("place", "author", "office", "organ", "kind", "date", "year")
_FEW, _MANY = 12, 40


def docs_with(
    documents: pd.DataFrame, wanted: Mapping[str, object], names: Iterable[str] = ()
) -> list[str]:
    """The documents of which each named column has the wanted value; see `Corpus.where`."""
    if not wanted and not names:
        raise SelectionError("no column is named; write for example where(place=…)")
    fits = (
        documents["doc"].isin(docs_named(documents, names)) if names else documents["doc"].notna()
    )
    for column, value in wanted.items():
        fits &= _fits(document_column(documents, column), column, value)
    if not fits.any():
        named = [repr(name) for name in names]
        asked = ", ".join([*named, *(f"{column}={value!r}" for column, value in wanted.items())])
        raise SelectionError(f"no document has {asked} together; leave one of them out")
    return documents.loc[fits, "doc"].tolist()


def doc_named(documents: pd.DataFrame, name: str | None) -> str:
    """The document that a reader means by its name, label, title, author, place or office.

    >>> from policytext import read_corpus
    >>> documents = read_corpus("data/wenzhou-2021").documents
    >>> doc_named(documents, "王振勇"), doc_named(documents, "洞头")
    ('ouhai', 'dongtou')

    Raises:
        SelectionError: No document has this name, or several have it; says which there are.
    """
    if not isinstance(name, str) or not name.strip():
        asked = "no document is named" if name is None else f"{name!r} names no document"
        raise SelectionError(f"{asked}; {_offered('', documents['label'])}")
    for column in _NAMES:
        if column == "label" and documents["place"].eq(name).sum() > 1:
            continue  # one of several texts of a place may have its name alone
        found = documents.loc[_like(documents[column], name), "doc"]
        if len(found) == 1:
            return str(found.iloc[0])
        if len(found):
            raise SelectionError(
                f"{len(found)} documents have the {column} {name!r}; name one of " + _listed(found)
            )
    names = documents[["doc", "label"]].stack()
    raise SelectionError(f"no document is called {name!r}; {_offered(name, names)}")


def group_named(
    documents: pd.DataFrame, name: Hashable, by: str | None = None
) -> tuple[str, Hashable]:
    """The column and the value that a reader means by the name of a group of documents.

    >>> from policytext import read_corpus
    >>> documents = read_corpus("data/wenzhou-2021").documents
    >>> group_named(documents, "王振勇"), group_named(documents, "洞头", by="place")
    (('author', '王振勇'), ('place', '洞头区'))

    Raises:
        SelectionError: No group has this name, or several have; says which there are.
    """
    columns = [by] if by else [column for column in _GROUPS if column in documents]
    names = documents[columns if by else ["author", "label", "place"]].stack()
    if name is None:
        offered = _offered("", names).replace("there are", "name one of", 1)
        raise SelectionError(f"no group is named, as in target=…; {offered}")
    if not by and _like(documents["place"], str(name)).sum() > 1:
        columns.remove("label")  # one of several texts of a place may have its name alone
    for is_it in (lambda values: values.eq(name), lambda values: _like(values, str(name))):
        for column in columns:
            values = document_column(documents, column)
            found = values[is_it(values)].unique()
            if len(found) == 1:
                return column, found[0]
    offered = _offered(str(name), names).replace("there are", "use one of", 1)
    raise SelectionError(f"no group {name!r} in {by or 'any column'}; {offered}")


def docs_named(documents: pd.DataFrame, names: str | Iterable[str]) -> list[str]:
    """The documents that a reader means by one name or several: of authors, places, texts.

    >>> from policytext import read_corpus
    >>> docs_named(read_corpus("data/wenzhou-2021").documents, ["王振勇", "洞头"])
    ['ouhai', 'dongtou']
    """
    several = [names] if isinstance(names, str) else names
    groups = [group_named(documents, name) for name in several]
    meant = [documents[column].eq(value) for column, value in groups]
    return documents.loc[pd.concat(meant, axis=1).any(axis=1), "doc"].tolist()


def document_column(documents: pd.DataFrame, name: str) -> pd.Series:
    """A column of ``corpus.documents``, or the message that there is none of that name."""
    if name not in documents:
        columns = documents.dropna(axis="columns", how="all").columns
        raise SelectionError(f"no column {name!r} in corpus.documents; {_offered(name, columns)}")
    return documents[name]


def _fits(values: pd.Series, column: str, wanted: object) -> pd.Series:
    """Which cells are the value, one of a list, or in a range of numbers."""
    wanted = _years(wanted) if column in ("year", "date") else wanted
    if isinstance(wanted, range):
        dates = values.astype("str").fillna("").map(as_iso).str[:4] if column == "date" else values
        numbers = pd.to_numeric(dates, errors="coerce")
        fits = numbers.isin(list(wanted))
        if not fits.any():
            raise SelectionError(f"no {column} in {wanted}; {_offered('', values)}")
        return fits
    if isinstance(wanted, Iterable) and not isinstance(wanted, str):
        several = [_fits(values, column, one) for one in wanted]
        if not several:
            raise SelectionError(f"no {column} is named; {_offered('', values)}")
        return pd.concat(several, axis=1).any(axis=1)
    wanted = coded(column, str(wanted))  # 县级 is county
    fits = _within(values, wanted) if column == "date" else _like(values, wanted)
    if not fits.any():
        raise SelectionError(f"no {column} {wanted!r}; {_offered(str(wanted), values)}")
    return fits


_FROM_TO = re.compile(r"(\d{4})年?\s*[-–—~～至到]\s*(\d{4})年?")


def _years(wanted: object) -> object:
    """The years of ``(2020, 2022)`` or 2020-2022, both ends of them; all else as it is.

    >>> _years((2020, 2022)), _years("2020至2022年"), _years("2020-03")
    (range(2020, 2023), range(2020, 2023), '2020-03')
    """
    whole = "-".join(map(str, wanted)) if isinstance(wanted, tuple) else wanted
    ends = _FROM_TO.fullmatch(tx.fold(whole).strip()) if isinstance(whole, str) else None
    return range(int(ends[1]), int(ends[2]) + 1) if ends else wanted


def _within(values: pd.Series, wanted: str) -> pd.Series:
    """Which dates are the day, or lie in the month or the year: 2021 is all of it."""
    time = as_iso(wanted.strip()).removesuffix("年")
    dates = values.astype("str").fillna("").map(as_iso)
    return dates.str.startswith(time) if is_date(time) else _like(values, wanted)


def _like(values: pd.Series, wanted: str) -> pd.Series:
    """Cells that are the string, or else such as begin with it, or else such as hold it.

    瓯海 is 瓯海区 and not 温州市瓯海中学, where both occur.
    """
    texts, sought = values.astype("str").fillna("").map(tx.fold), tx.fold(wanted).strip()
    tests = (
        texts.eq(sought),
        texts.str.startswith(sought),
        texts.str.contains(sought, regex=False),
    )
    if not sought:
        return tests[0]
    fits = next((fits for fits in tests if fits.any()), tests[0])
    if not fits.any() and values.name in words()["coded"]:  # 文章 or 文章 essay, as tables show it
        said = texts.map(lambda cell: in_both(cell, values.name))
        return _like(said.rename(None), wanted)
    return fits


def _offered(name: str, values: Iterable[object]) -> str:
    """The values there are, those like the wanted one first."""
    there = list(dict.fromkeys(str(value) for value in values if not pd.isna(value)))
    if not there:
        return "no document has one"
    near = get_close_matches(name, there, n=3, cutoff=0.4)
    return "there are " + _listed([*near, *(value for value in there if value not in near)])


def _listed(values: Iterable[object]) -> str:
    texts = [str(value) for value in values]
    more = f" and {len(texts) - _SHOWN} more" if len(texts) > _SHOWN else ""
    return ", ".join(texts[:_SHOWN]) + more


def grouping(documents: pd.DataFrame) -> str:
    """Choose the column to compare by: label for few documents, else what groups them.

    Of place, author, office, organ, kind, date and year the first that every document has and that
    makes groups, neither one alone nor more than a chart can show.

    >>> grouping(pd.DataFrame({"label": range(30), "place": ["甲县", "乙县"] * 15}))
    'place'
    """
    if documents["label"].nunique() <= _FEW:
        return "label"
    for column in (name for name in _COMPARED if name in documents):
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
        fix = f"fill {group} in documents.csv beside the texts, or " if group in names else ""
        raise CorpusError(
            f"GROUP={group}: no document has anything in such a column; {fix}choose one of "
            f"{', '.join(filled)}"
        )
    return group or grouping(documents)
