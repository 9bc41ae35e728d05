"""How often the tables are wrong."""

from policytext.evaluation.agreement import coder_agreement
from policytext.evaluation.coding_sheet import coding_sheet
from policytext.evaluation.robustness import leader, robustness
from policytext.evaluation.sheet_score import score

__all__ = ["coder_agreement", "coding_sheet", "leader", "robustness", "score"]
