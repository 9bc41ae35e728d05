"""Corpora made of one hazard each: through ladder, ledger and life-lines nothing goes wrong unsaid.

``tests/cases/hazards.json``: the reports (place, level, date, text), what the ladder and the ledger
are to say of a place and year, where a formula stands, what the corpus itself reports, and why.
"""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from handmade import reports
from made_cases import FOLDER
from policytext.years import amplification, attestations, ledger_of, outcome_facts, target_facts

HAZARDS = json.loads((FOLDER / "hazards.json").read_text(encoding="utf-8"))


def said(table: pd.DataFrame, *columns: str) -> dict[str, str]:
    """What a table has in some columns, by place and year."""
    return {
        f"{row['place']} {row['year']}": ": ".join(filter(None, (row[name] for name in columns)))
        for row in table.to_dict("records")
    }


@pytest.mark.filterwarnings("ignore::policytext.corpus.issues.CorpusWarning")
@pytest.mark.parametrize("case", HAZARDS, ids=[case["hazard"] for case in HAZARDS])
def test_a_hazard_is_met_or_named(tmp_path: Path, case: dict[str, Any]) -> None:
    corpus = reports(tmp_path, *map(tuple, case["reports"]))
    facts = target_facts(corpus)
    ladder = amplification(facts, superior=facts[:0])
    ledger = ledger_of(facts, outcome_facts(corpus))
    found = {
        "ladder": said(ladder, "verdict", "reason"),
        "public": said(ladder, "superior_public"),
        "ledger": said(ledger, "verdict", "how"),
        "flag": said(ledger, "flag"),
    }
    for table, rows in found.items():
        wanted = case.get(table, {})
        assert {key: rows[key] for key in wanted} == wanted, (table, case["why"])
    for form, years in case.get("forms", {}).items():
        assert attestations(corpus, [form])["year"].astype(str).tolist() == years
    assert case.get("report", "") in " ".join(corpus.report["detail"].dropna())
