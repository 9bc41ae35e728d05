"""Notebooks on other corpora: no error, no word of the page, no claim without its rows."""

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
from IPython.core.formatters import DisplayFormatter

import policytext as pt
from made import reports
from policytext.comparison import shared_by_pairs
from policytext.evaluation.gold import read_gold
from policytext.runs import NOTEBOOKS as RUN_ON_OTHERS
from policytext.runs import Task, prepared
from policytext.showing import Shown

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("0[1-5]-*.ipynb"))
FINDING = "finding"
# What speaks of the reports that we collected; on others it is false.
COLLECTION = ("本仓库", "this repository", "个省", "provinces in", "八个地方", "-check.csv")


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
    """What a notebook shows of a value, in every form; a picture's own letters say nothing."""
    forms = {} if value is None else DisplayFormatter().format(value)[0]
    return re.sub("[A-Za-z0-9+/]{200,}", "", "\n".join(forms.values()))


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
    """Two reports; forty places; one empty text; two sentences; none with a level; one nowhere."""
    places = pt.default_lexicon()["places"]
    names = [name for name in places["name"] if name.endswith("县") and name[:2] not in WORDS]
    for name in ("two", "forty", "empty", "tiny", "levelless", "nowhere"):
        (folder / name).mkdir()
    empty = reports(folder / "empty", names[:3], (2021, 2022))
    table = pd.read_csv(empty, dtype=str)
    lone = table["place"] == names[2]
    table.loc[lone, "text"] = "（略）"
    table.to_csv(empty, index=False)
    levelless = reports(folder / "levelless", names[:2], (2021,))
    table = pd.read_csv(levelless, dtype=str).drop(columns="level")
    table.to_csv(levelless, index=False)
    nowhere = reports(folder / "nowhere", names[:3], (2021,))
    table = pd.read_csv(nowhere, dtype=str)
    table.loc[table["place"] == names[1], ["place", "level"]] = None
    table.to_csv(nowhere, index=False)
    tiny = pd.DataFrame({"doc": ["a", "b"], "text": ["今天开会。", "明天放假，后天上班。"]})
    tiny.to_csv(folder / "tiny" / "texts.csv", index=False)
    return {
        "tiny": (folder / "tiny" / "texts.csv", "label"),
        "two": (reports(folder / "two", names[:1], (2021, 2022)), "label"),
        "forty": (reports(folder / "forty", names[:40], (2022,)), "place"),
        "empty": (empty, "place"),
        "levelless": (levelless, "place"),
        "nowhere": (nowhere, "place"),
    }


@pytest.fixture(scope="module", params=["two", "forty", "empty", "tiny", "levelless", "nowhere"])
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


def test_nothing_of_the_collection_is_said_of_other_texts() -> None:
    paths = [p for p in (ROOT / "notebooks").glob("*.ipynb") if RUN_ON_OTHERS.match(p.name)]
    for path in paths:
        cells = prepared(Task(path, path, left_out=FINDING)).cells
        said = "".join(cell.source for cell in cells if cell.cell_type == "markdown")
        assert not [word for word in COLLECTION if word in said], path.name
    assert len(paths) == 8


def test_a_claim_has_its_rows(runs: dict[str, Run]) -> None:
    """Who promises most in 05 is first in the table above it, alone or level with others."""
    promised, choices = (runs["05"].names[name] for name in ("promised", "choices"))
    best = promised["targets"].max() if len(promised) else 0
    first = promised.index[promised["targets"] == best]
    named = choices["数或日期 a value or a date"]()
    assert set(named.split(" = ")) == (set(map(str, first)) or {"none"})
    assert isinstance(next(value for value in runs["05"].values if isinstance(value, Shown)), Shown)


def test_a_characteristic_word_stands_more_often_in_its_group(runs: dict[str, Run]) -> None:
    keys = runs["03"].names["keys"]
    assert (keys["rate1"] > keys["rate2"]).all()
    named = set(keys["target"]) | set(keys.attrs["left_out"])
    corpus, group = runs["03"].names["corpus"], runs["03"].names["GROUP"]
    assert named <= set(corpus.documents[group].astype(str))


def test_no_group_leads_without_a_value(runs: dict[str, Run]) -> None:
    names = runs["04"].names
    for answer in (names["densest"], names["closest"]):
        for rows in names["tables"].values():
            assert (answer(rows) == "none") == (not _values(answer, rows, names))


def _values(answer: Any, rows: pd.DataFrame, names: dict[str, Any]) -> bool:
    """Whether there is anything to lead by: a slogan, or one that two groups share."""
    if answer is names["densest"]:
        return len(rows) > 0
    pairs = shared_by_pairs(rows, names["corpus"], by=names["GROUP"])
    return bool((pairs["core"] + pairs["extended"]).sum())


def test_the_page_has_words_to_look_for() -> None:
    assert {"瓯海", "洞头", "王振勇", "六比争先", "八化方法"} <= WORDS
    gold = read_gold("slogans.jsonl")
    assert len(WORDS) > 80 and len(gold) > 100
