"""Where else the words of the lexicon and of the code stand, if the Wenzhou page has them.

A word that the page alone has was taken from the page: a rule made of it would not hold elsewhere.
``python tests/attestation.py SHARED`` counts again and writes ``tests/cases/attestation.csv``.
"""

import ast
import gzip
import importlib
import json
import pkgutil
import re
import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from math import prod
from pathlib import Path
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import jieba
import pandas as pd

import policytext as pt
from policytext.lexicon.lexicon import Lexicon
from policytext.lexicon.schema import TABLES
from policytext.paths import HOME
from policytext.text.clean import fold, wording

TABLE = HOME / "tests" / "cases" / "attestation.csv"
PAGE = HOME / "data" / "wenzhou-2021" / "page.txt"
ENOUGH = 10  # so many documents are as good as more
_MOST = 5000
_HAN = "[\u4e00-\u9fff]"
_WORD = re.compile(r"[\u4e00-\u9fff0-9A-Za-z+]{2,}")
_GAP = "\0"
Member = tuple[str, ...]


def members(expression: str, flags: int = 0) -> set[Member]:
    """What an expression can match, each wording in the pieces that it is put together from.

    What is no list of characters (any, a repetition) is a gap. An expression of very many wordings
    gives its pieces one by one.

    >>> sorted("".join(member) for member in members("(?:科技|人才)强?国"))
    ['人才国', '人才强国', '科技国', '科技强国']
    """
    slots = [_options(str(op), value) for op, value in _parser.parse(expression, flags)]
    if prod(map(len, slots)) > _MOST:
        return {(piece,) for slot in slots for piece in slot}
    return set(product(*slots))


def _joined(tree: Iterable[tuple[Any, Any]]) -> set[str]:
    slots = [_options(str(op), value) for op, value in tree]
    if prod(map(len, slots)) > _MOST:
        return {_GAP + piece + _GAP for slot in slots for piece in slot}
    return {"".join(pieces) for pieces in product(*slots)}


def _options(op: str, value: Any) -> set[str]:
    """The pieces that one part of an expression offers."""
    match op:
        case "LITERAL":
            return {chr(value)}
        case "IN":
            return _characters(value)
        case "BRANCH":
            return set().union(*map(_joined, value[1]))
        case "SUBPATTERN":
            return _joined(value[3])
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            once = _joined(value[2])
            more = {piece + _GAP for piece in once} if value[1] > 1 else once
            return more | ({""} if value[0] == 0 else set())
        case "ASSERT" | "ASSERT_NOT":
            return {""} | {_GAP + piece + _GAP for piece in _joined(value[1])}
        case "AT":
            return {""}
    return {_GAP}


def _characters(parts: Iterable[tuple[Any, Any]]) -> set[str]:
    parts = list(parts)
    if all(str(op) == "LITERAL" for op, _ in parts):
        return {chr(value) for _, value in parts}
    return {_GAP}


def expressions() -> Iterator[tuple[str, int]]:
    """Every string of the code as written and as put together, with the flags it is read by."""
    for path in sorted((HOME / "lib").rglob("*.py")):
        for text in _literals(ast.parse(path.read_text(encoding="utf-8"))):
            yield text, re.VERBOSE if "\n" in text else 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for found in pkgutil.walk_packages(pt.__path__, "policytext."):
            if not found.name.endswith("__main__"):
                yield from _values(vars(importlib.import_module(found.name)))


def _literals(tree: ast.AST) -> Iterator[str]:
    """The string constants of a file; docstrings quote the page as examples."""
    shown = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and node.body
        if isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in shown:
            yield node.value


def _values(names: Mapping[str, object]) -> Iterator[tuple[str, int]]:
    for name, value in names.items():
        if not name.startswith("__"):
            yield from _strings(value)


def _strings(value: object) -> Iterator[tuple[str, int]]:
    """The strings and expressions in a value, through tables and lists."""
    if isinstance(value, str):
        yield value, 0
    elif isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value.pattern, value.flags & re.VERBOSE
    elif isinstance(value, dict):
        for pair in value.items():
            yield from _strings(pair)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for part in value:
            yield from _strings(part)


def code_words() -> dict[str, list[set[Member]]]:
    """Words of two characters or more in the code, with the expressions that can match them."""
    words: dict[str, list[set[Member]]] = {}
    for text, flags in {pair for pair in expressions() if re.search(_HAN, pair[0])}:
        try:
            found = members(text, flags)
        except re.error:  # a part of an expression
            found = {(text,)}
        for word in {word for member in found for word in _WORD.findall("".join(member))}:
            if re.search(_HAN, word):
                words.setdefault(word, []).append(found)
    return words


def lexicon_words() -> set[str]:
    """Every cell of every table of the lexicon, its parts apart."""
    cells: set[str] = set()
    for name, table in pt.default_lexicon().items():
        for column in table:
            parts = set(table[column].str.split("|").explode()) - {""}
            if TABLES[name].column(column).kind == "expression":
                found = {"".join(member) for cell in table[column] for member in members(cell)}
                parts = {word for text in found for word in _WORD.findall(text)}
            cells |= parts
    return cells


def compact(text: str) -> str:
    """A text without breaks and blanks, in narrow characters."""
    return re.sub(r"\s", "", fold(text))


class Texts:
    """Texts as they are matched: with their marks, and without for formulae."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.marked = [compact(text) for text in texts]
        self.bare = [wording(text) for text in self.marked]

    def count(self, word: str, formula: bool = False) -> int:
        """In how many texts a word stands, ``ENOUGH`` at most."""
        texts, form = (self.bare, wording(word)) if formula else (self.marked, compact(word))
        count = 0
        for text in texts:
            count += form in text
            if count == ENOUGH:
                break
        return count

    def has(self, word: str) -> bool:
        """Whether any text has a word."""
        return any(word in text for text in self.marked)


def elsewhere(shared: Path) -> Iterator[str]:
    """The texts of other places and times: reports of all levels, and news."""
    corpora = shared / "corpora"
    tables = [*sorted((corpora / "reports").glob("*.gz")), corpora / "xinwen-lianbo-2012.jsonl.gz"]
    for path in tables:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            yield from (json.loads(line)["text"] for line in file)
    for path in sorted((corpora / "shenzhen-districts" / "texts").glob("*.txt")):
        yield path.read_text(encoding="utf-8")


def on_the_page(code: Iterable[str]) -> dict[str, bool]:
    """The words of lexicon and code that the page has, and whether each is a formula."""
    page = Texts([PAGE.read_text(encoding="utf-8")])
    formulae = set(pt.default_lexicon()["formulae"]["formula"])
    words = {word for word in lexicon_words() | set(code) if len(wording(word)) > 1}
    return {w: w in formulae for w in sorted(words) if page.count(w, w in formulae)}


def is_combined(word: str, places: Iterable[set[Member]], other: Texts) -> bool:
    """Whether each piece of a word stands in another wording of the expression that others use.

    人才强海 is put together of 人才强国 and 科技兴海. A word that an expression spells out is not.
    """
    for found in places:
        for member in (m for m in found if "".join(m) == word and sum(map(bool, m)) > 1):
            others = [m for m in found if m != member]
            if all(_is_used(at, piece, others, other) for at, piece in enumerate(member)):
                return True
    return False


def _is_used(at: int, piece: str, others: list[Member], texts: Texts) -> bool:
    return any(member[at] == piece and texts.has("".join(member)) for member in others)


def attestation(shared: Path) -> pd.DataFrame:
    """A row per word of the page: in how many other documents, and whether it is put together."""
    other, code = Texts(elsewhere(shared)), code_words()
    rows = []
    for word, formula in on_the_page(code).items():
        documents = other.count(word, formula)
        combined = not documents and is_combined(word, code.get(word, []), other)
        rows.append((word, documents, "yes" if combined else ""))
    return pd.DataFrame(rows, columns=["word", "documents", "combined"])


def stored() -> pd.DataFrame:
    """The counts as they were made last."""
    return pd.read_csv(TABLE, dtype={"word": str, "combined": str}, keep_default_na=False)


def known_otherwise(lexicon: Lexicon) -> set[str]:
    """What is known from elsewhere though no text at hand has it.

    Names of the official list of places; formulae whose source has a day; words of jieba's
    published dictionary.
    """
    places = lexicon["places"]
    listed = places[places["source"].isin(["NBS 2023", "constitution"])]
    formulae = lexicon["formulae"]
    dated = formulae[formulae["source"].str.contains(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日")]
    jieba.setLogLevel(60)
    tokenizer = jieba.Tokenizer()
    with tokenizer.get_dict_file() as file:
        words = {line.decode("utf-8").partition(" ")[0] for line in file}
    return words | set(dated["formula"]) | set(listed[["name", "short", "parent"]].stack())


if __name__ == "__main__":
    TABLE.parent.mkdir(exist_ok=True)
    attestation(Path(sys.argv[1])).to_csv(TABLE, index=False, lineterminator="\n")
