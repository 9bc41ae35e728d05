"""Compare groups of documents by their slogans: who uses, shares and echoes what."""

from policytext.comparison.adoption import (
    adoption_matrix,
    adoption_over_time,
    distinctiveness,
    first_attested,
    place_in_text,
    profile,
    shared_by_pairs,
)
from policytext.comparison.numeral_check import check_numerals
from policytext.comparison.origin import level_shares, not_used

__all__ = [
    "adoption_matrix",
    "adoption_over_time",
    "check_numerals",
    "distinctiveness",
    "first_attested",
    "level_shares",
    "not_used",
    "place_in_text",
    "profile",
    "shared_by_pairs",
]
