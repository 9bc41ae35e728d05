"""A document that cannot be read is named, recorded and left out; the others go on."""

import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest

import policytext as pt
from policytext.corpus.corpus import RAISE
from policytext.runs import run
from policytext.slogans import find_parallel_runs

GOOD = "坚持“三个争先”：勇争先、强执行、开新局。力争增长6%以上。"
BAD = "坚持“两个先行”：敢担当、善作为、争一流。力争增长7%。"
# A step of each finder that reads one document.
STEPS = {
    pt.segment: "policytext.words.segment._table",
    pt.find_quantities: "policytext.numbers.quantities.read",
    pt.find_targets: "policytext.numbers.quantities.read",
    pt.find_slogans: "policytext.slogans.find.read_slogans",
    find_parallel_runs: "policytext.slogans.parallel.parallel_runs",
}


@pytest.fixture(autouse=True)
def as_for_a_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the setting by which the other tests let errors through."""
    monkeypatch.delenv(RAISE)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "t.jsonl"
    texts = {"a": GOOD, "bad": BAD, "c": f"{GOOD}好。"}
    rows = [{"doc": doc, "text": text} for doc, text in texts.items()]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def stop_at_bad(monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Let a step fail for every text that has BAD in it."""
    path, _, name = step.rpartition(".")
    module = import_module(path)
    work = getattr(module, name)

    def failing(*given: object) -> object:
        if any("两个先行" in _text(one) for one in given):
            raise ZeroDivisionError("made for a test")
        return work(*given)

    monkeypatch.setattr(module, name, failing)


def _text(given: object) -> str:
    if isinstance(given, pd.DataFrame):
        return "".join(given["text"])
    return given if isinstance(given, str) else getattr(given, "text", "")


def check_told(corpus: pt.Corpus, task: str) -> None:
    """The report names the document, what happened and what to do."""
    row = corpus.report[corpus.report["problem"] == "left out"].iloc[0]
    assert (row["doc"], row["severity"]) == ("bad", "warning")
    assert row["detail"].startswith(f"{task} stopped at it: ZeroDivisionError made for a test (")
    assert "report it" in row["fix"]
    assert RAISE in row["fix"]


@pytest.mark.parametrize("find", STEPS)
def test_a_finder_leaves_out_the_document_at_which_it_stops(
    path: Path, monkeypatch: pytest.MonkeyPatch, find: Callable
) -> None:
    corpus = pt.read_corpus(path)
    whole = find(corpus)
    stop_at_bad(monkeypatch, STEPS[find])
    with pytest.warns(pt.CorpusWarning, match=f"left out: bad: {find.__name__} stopped at it"):
        found = find(corpus)
    others = whole[whole["doc"] != "bad"].reset_index(drop=True)
    assert len(others) < len(whole)
    pd.testing.assert_frame_equal(found[["doc", "start", "end"]], others[["doc", "start", "end"]])
    assert [note["doc"] for note in found.attrs["left_out"]] == ["bad"]
    check_told(corpus, find.__name__)


@pytest.mark.parametrize("find", STEPS)
def test_with_the_setting_the_error_itself_is_raised(
    path: Path, monkeypatch: pytest.MonkeyPatch, find: Callable
) -> None:
    corpus = pt.read_corpus(path)
    stop_at_bad(monkeypatch, STEPS[find])
    monkeypatch.setenv(RAISE, "1")
    with pytest.raises(ZeroDivisionError):
        find(corpus)


def test_a_document_that_cannot_be_divided_is_left_out(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_at_bad(monkeypatch, "policytext.corpus.corpus._sentences")
    with pytest.warns(pt.CorpusWarning, match="left out: bad: read_corpus stopped at it"):
        corpus = pt.read_corpus(path)
    assert list(corpus.documents["doc"]) == ["a", "c"]
    assert set(corpus.sources) == {"a", "c"}
    check_told(corpus, "read_corpus")


def test_a_mention_that_cannot_be_linked_costs_its_document_alone(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second pass sees all documents at once; it begins again without the one."""
    corpus = pt.read_corpus(path)
    whole = pt.find_slogans(corpus)
    from policytext.slogans import find as slogans

    def link(readings: list) -> list:
        if any("两个先行" in document.text for document, _ in readings):
            raise ZeroDivisionError("made for a test")
        return work(readings)

    work = slogans.link
    monkeypatch.setattr(slogans, "link", link)
    with pytest.warns(pt.CorpusWarning, match="left out: bad"):
        found = pt.find_slogans(corpus)
    assert list(found["text"]) == list(whole[whole["doc"] != "bad"]["text"])


def test_where_all_are_left_out_that_is_the_error(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = pt.read_corpus(path).select(["bad"])
    stop_at_bad(monkeypatch, STEPS[pt.find_quantities])
    with pytest.raises(pt.CorpusError, match="bad: find_quantities stopped at it: ZeroDivision"):
        pt.find_quantities(corpus)


def test_a_run_on_another_corpus_writes_what_was_left_out(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_at_bad(monkeypatch, STEPS[pt.find_slogans])
    with pytest.warns(pt.CorpusWarning):
        assert run(path, tmp_path / "out", []) == []
    tables = {
        name: pd.read_csv(tmp_path / "out" / "tables" / f"{name}.csv")
        for name in ("report", "slogans", "targets")
    }
    left = tables["report"][tables["report"]["problem"] == "left out"]
    assert list(left["doc"]) == ["bad"]
    assert set(tables["slogans"]["doc"]) == {"a", "c"}
    assert set(tables["targets"]["doc"]) == {"a", "bad", "c"}
