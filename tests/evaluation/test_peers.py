"""Other tools on the same text: the table, and that optional ones are skipped with a message."""

import importlib.util

import pandas as pd
import pytest

from policytext.evaluation import peer_tools, peers
from policytext.evaluation import segmentation as words
from policytext.evaluation.metrics import Score


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return peers.comparison()


def test_every_task_has_ours_and_another(table: pd.DataFrame) -> None:
    assert list(table.columns) == peers.PEER_COLUMNS
    systems = table.groupby("task")["system"].agg(set)
    assert all("policytext" in found and len(found) > 1 for found in systems)
    assert (table["low"] <= table["f1"]).all() and (table["f1"] <= table["high"]).all()
    assert table["hits"].le(table[["found", "coded"]].min(axis=1)).all()


def test_ours_is_what_make_score_prints(table: pd.DataFrame) -> None:
    ours = table.query("task == 'words' and system == 'policytext'").iloc[0]
    printed = words.comparison().set_index("system").loc["policytext"]
    assert ours["f1"] == pytest.approx(printed["f1"])


def test_stored_rows_name_their_versions() -> None:
    stored = peers.stored()
    assert set(stored["system"]) == {"JioNLP", "cn2an"}
    assert stored["version"].notna().all()
    for row in stored.itertuples():
        assert row.f1 == pytest.approx(Score(row.hits, row.found, row.coded).f1, abs=1e-5)


def test_stored_rows_are_what_is_measured_where_the_tools_are() -> None:
    absent = [name for name in ("jionlp", "cn2an") if not importlib.util.find_spec(name)]
    if absent:
        pytest.skip(f"not installed: {', '.join(absent)}; pip install policytext[peers]")
    measured = peers.optional()
    pd.testing.assert_frame_equal(measured, peers.stored(), check_dtype=False, rtol=1e-5)


def test_an_absent_tool_is_named_with_its_mend() -> None:
    with pytest.raises(ImportError, match=r"pip install policytext\[peers\]"):
        peer_tools.tool("no_such_tool")
