"""Expressions of the finders are filled with the words of the lexicon."""

import ast
import shutil
from pathlib import Path

import pytest

import policytext as pt
from policytext.lexicon.lexicon import SLOT, Lexicon, expressions
from policytext.lexicon.schema import FOLDER, TABLES
from policytext.paths import HOME


def with_rows(folder: Path, rows: str) -> Lexicon:
    shutil.copytree(FOLDER, folder, dirs_exist_ok=True)
    (folder / "context_words.csv").write_text("pattern,role,gloss\n" + rows, encoding="utf-8")
    return pt.read_lexicon(folder)


@pytest.mark.parametrize(
    ("template", "text", "found"),
    [
        ("{completion}", "项目建成投用", "建成投用"),  # of two that begin alike the longer
        ("{completion} $", "项目投用", "投用"),
        ("{HAN}{2} {completion}", "项目建成", "项目建成"),
        ("{past} A", "of it #A", "of it #A"),  # blanks of a cell are characters
        ("{past}", "超额完成", "超额"),
        ("{ahead}", "今后", None),  # no rows: nothing is found
    ],
)
def test_a_slot_stands_for_the_words_of_a_role(
    template: str, text: str, found: str | None, tmp_path: Path
) -> None:
    rows = "建成|投用,completion,done\n建成投用,completion,done\nof it #,past,x\n超额?,past,x\n"
    match = expressions(with_rows(tmp_path, rows))[template].search(text)
    assert (match[0] if match else None) == found


def test_every_slot_of_the_code_names_a_role() -> None:
    roles = {*TABLES["context_words"].column("role").allowed, "HAN"}
    kinds = set(TABLES["slogan_words"].column("kind").allowed)
    lexicon = pt.default_lexicon()
    kinds |= set(lexicon["document_words"]["role"])
    kinds |= {"office", "surname", "any field", "any title", "n"}  # n: of an example
    kinds |= {f"label of {column}" for column in lexicon["page_fields"]["column"]}
    kinds |= {f"document that is a {kind}" for kind in lexicon["document_words"]["kind"]}
    sources = (HOME / "lib" / "policytext" / folder for folder in ("numbers", "slogans", "corpus"))
    trees = (ast.parse(p.read_text(encoding="utf-8")) for s in sources for p in s.rglob("*.py"))
    nodes = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    named = (slot["role"] for node in nodes for slot in SLOT.finditer(str(node.value)))
    slots = {role.strip() for roles_named in named for role in roles_named.split("|")}
    assert slots - roles - kinds == set()
    assert len(slots) > 20
