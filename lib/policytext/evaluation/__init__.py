"""How often the tables are wrong."""

from policytext.evaluation.coding_sheet import coding_sheet
from policytext.evaluation.office_variation import leader, robustness
from policytext.evaluation.sheet_score import coder_agreement, score

__all__ = ["coder_agreement", "coding_sheet", "leader", "robustness", "score"]
