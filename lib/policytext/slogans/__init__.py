"""Text becomes slogans (提法), which are then linked over the corpus."""

from policytext.slogans.find import find_slogans
from policytext.slogans.parallel import find_parallel_runs
from policytext.slogans.reference import read_reference, reference_table

__all__ = ["find_parallel_runs", "find_slogans", "read_reference", "reference_table"]
