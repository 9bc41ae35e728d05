"""Notebooks 01 to 05 on other corpora: no error, no word of the page, no claim without its rows."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import policytext as pt
from made import reports
from policytext.scoring.core import read_gold
from policytext.tables import Shown

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("0[1-5]-*.ipynb"))
FINDING = "finding"


@dataclass
class Run:
    """A notebook as it came out: its names, the values of its cells, and all that it shows."""

    names: dict[str, Any] = field(default_factory=dict)
    values: list[Any] = field(default_factory=list)
    text: str = ""


def run(path: Path, **parameters: str) -> Run:
    """Run the cells of a notebook that are for every corpus, in this process."""
    result = Run()
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        source, tags = "".join(cell["source"]), cell["metadata"].get("tags", [])
        if FINDING in tags:
            continue
        if cell["cell_type"] == "markdown":
            result.text += source + "\n"
            continue
        value = evaluate(source, result.names)
        if "parameters" in tags:
            known = {name: parameters[name] for name in parameters if name in result.names}
            result.names.update(known)
        result.values.append(value)
        result.text += shown(value) + "\n"
    return result


def evaluate(source: str, names: dict[str, Any]) -> Any:
    """Run a cell as a notebook does: the value of its last line, if that is an expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    if not isinstance(last, ast.Expr):
        return None
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names)


def shown(value: Any) -> str:
    """What a notebook shows of a value, in every form."""
    forms = ("_repr_html_", "_repr_markdown_", "__repr__")
    return "\n".join(
        getattr(value, form)() or "" for form in forms if value is not None and hasattr(value, form)
    )


def words_of_the_page() -> set[str]:
    """Names and slogans that only this page has, and phrases that speak of it."""
    page = pt.read_corpus(ROOT / "data" / "wenzhou-2021").documents
    names = set(page["label"]) | set(page["author"].dropna()) | set(page["place"].str[:2])
    inventory = json.loads((ROOT / "data" / "gold" / "slogan_inventory.json").read_text("utf-8"))
    known = set(pt.default_lexicon()["formulae"]["formula"])
    slogans = {row["canonical"] for row in inventory.values()} - known
    phrases = {"this page", "the page", "the paper", "one meeting", "four short", "two districts"}
    return {word for word in names | slogans | phrases if len(word) > 1}


WORDS = words_of_the_page()


def corpora(folder: Path) -> dict[str, tuple[Path, str]]:
    """Two reports; forty places; three places, one of them without a word; two single sentences."""
    places = pt.default_lexicon()["places"]
    names = [name for name in places["name"] if name.endswith("县") and name[:2] not in WORDS]
    for name in ("two", "forty", "empty", "tiny"):
        (folder / name).mkdir()
    empty = reports(folder / "empty", names[:3], (2021, 2022))
    table = pd.read_csv(empty, dtype=str)
    lone = table["place"] == names[2]
    table.loc[lone, "text"] = "（略）"
    table.to_csv(empty, index=False)
    tiny = pd.DataFrame({"doc": ["a", "b"], "text": ["今天开会。", "明天放假，后天上班。"]})
    tiny.to_csv(folder / "tiny" / "texts.csv", index=False)
    return {
        "tiny": (folder / "tiny" / "texts.csv", "label"),
        "two": (reports(folder / "two", names[:1], (2021, 2022)), "label"),
        "forty": (reports(folder / "forty", names[:40], (2022,)), "place"),
        "empty": (empty, "place"),
    }


@pytest.fixture(scope="module", params=["two", "forty", "empty", "tiny"])
def runs(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Run]]:
    folder = tmp_path_factory.mktemp("corpora")
    path, group = corpora(folder)[request.param]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POLICYTEXT_FIGURES", str(folder / "figures"))
        made = {p.stem[:2]: run(p, CORPUS=str(path), GROUP=group) for p in NOTEBOOKS}
    plt.close("all")
    files = [p for p in (folder / "figures").glob("*") if p.suffix in {".csv", ".json", ".md"}]
    made["figures"] = Run(text="\n".join(p.read_text(encoding="utf-8") for p in files))
    yield made


def test_nothing_of_the_page_is_printed(runs: dict[str, Run]) -> None:
    for name, made in runs.items():
        assert made.text
        found = sorted(word for word in WORDS if word in made.text)
        assert not found, f"{name}: {found}"


def test_a_claim_has_its_rows(runs: dict[str, Run]) -> None:
    """What 05 says of who promises most is the first row of the table above it."""
    names = runs["05"].names
    promised = names["promised"]
    best = promised["targets"].max() if len(promised) else 0
    said = re.search(r"states most targets\*\*: (.+?) (\d+) of (\d+)", runs["05"].text)
    if said:
        assert promised.loc[said[1], "targets"] == best == int(said[2])
        assert promised["targets"].sum() == int(said[3])
    table = next(value for value in runs["05"].values if isinstance(value, Shown))
    assert len(repr(table))


def test_named_groups_are_in_the_tables(runs: dict[str, Run]) -> None:
    """A group that a sentence names is one that the corpus has text of."""
    for name in ("03", "04", "05"):
        names = runs[name].names
        groups = set(names["corpus"].documents[names["GROUP"]].dropna().astype(str))
        for value in runs[name].values:
            if not hasattr(value, "_repr_markdown_"):
                continue
            sentences = value._repr_markdown_()
            for bold in re.findall(r"\*\*(.+?)\*\*", sentences):
                known = bold in groups or any(word in bold for word in ("the ", "two "))
                assert known, f"{name}: {bold}"


def test_the_page_has_words_to_look_for() -> None:
    assert {"瓯海", "洞头", "王振勇", "六比争先", "八化方法"} <= WORDS
    gold = read_gold("slogans.jsonl")
    assert len(WORDS) > 80 and len(gold) > 100
