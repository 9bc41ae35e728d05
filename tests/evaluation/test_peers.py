"""Other tools on the same text: the table, and that optional ones are skipped with a message."""

import importlib.util

import pandas as pd
import pytest

import measure_peers
from policytext.evaluation import segmentation as words
from policytext.evaluation.metrics import Score
from policytext.evaluation.summary import peer_scores


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return peer_scores()


def test_every_task_has_ours_and_another(table: pd.DataFrame) -> None:
    assert list(table.columns) == measure_peers.COLUMNS
    systems = table.groupby("task")["system"].agg(set)
    assert all("policytext" in found and len(found) > 1 for found in systems)
    assert (table["low"] <= table["f1"]).all() and (table["f1"] <= table["high"]).all()
    assert table["hits"].le(table[["found", "coded"]].min(axis=1)).all()


def test_ours_is_what_make_score_prints(table: pd.DataFrame) -> None:
    ours = table.query("task == 'words' and system == 'policytext'").iloc[0]
    printed = words.comparison().set_index("system").loc["policytext"]
    assert ours["f1"] == pytest.approx(printed["f1"])


OPTIONAL = ["JioNLP", "cn2an"]


def test_stored_rows_follow_from_their_counts_and_name_versions() -> None:
    stored = peer_scores().set_index("system")
    assert stored.loc[OPTIONAL, "version"].ne("").all()
    for row in stored.itertuples():
        assert row.f1 == pytest.approx(Score(row.hits, row.found, row.coded).f1, abs=1e-5)


def test_stored_rows_are_what_is_measured() -> None:
    stored = peer_scores()
    expected = stored[~stored["system"].isin(OPTIONAL)].reset_index(drop=True)
    measured = measure_peers.table_of(measure_peers.installed())
    pd.testing.assert_frame_equal(measured, expected, check_dtype=False, rtol=1e-5)


def test_stored_rows_are_what_the_optional_tools_reach_where_they_are() -> None:
    absent = [name for name in ("jionlp", "cn2an") if not importlib.util.find_spec(name)]
    if absent:
        pytest.skip(f"not installed: {', '.join(absent)}; pip install policytext[peers]")
    stored, measured = peer_scores(), measure_peers.table_of(measure_peers.optional())
    expected = stored[stored["system"].isin(OPTIONAL)].reset_index(drop=True)
    pd.testing.assert_frame_equal(measured, expected, check_dtype=False, rtol=1e-5)


def test_an_absent_tool_is_named_with_its_fix() -> None:
    with pytest.raises(ImportError, match=r"pip install policytext\[peers\]"):
        measure_peers.tool("no_such_tool")
