"""Count in which reports each formula stands, and write ``data/reference``.

``python scripts/count_formulae.py SHARED`` reads the reports; for a corpus of your own
``policytext reference`` does the same.
"""

import sys
from pathlib import Path

from policytext.corpus.corpus import read_corpus
from policytext.evaluation.gold import coded_slogans, shared_folder
from policytext.slogans.find import forms_found
from policytext.slogans.reference import TABLE, files_of, reference_table
from policytext.tables import save_csv

SETS = ("cities-2024", "guangdong", "provinces-2025", "shenzhen", "state-council", "party-congress")


def main() -> None:
    """Count the formulae of all sets and of the page."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else shared_folder()
    reports = shared / "corpora" / "reports"
    page = coded_slogans()
    corpora = [read_corpus(reports / f"{name}.jsonl.gz") for name in SETS]
    also = set(page.loc[page["core"], "surface_clean"]).union(*map(forms_found, corpora))
    table = reference_table(corpora, also=sorted(also))
    TABLE.parent.mkdir(exist_ok=True)
    for one, path in files_of(table, TABLE):
        save_csv(one, path)


if __name__ == "__main__":
    main()
