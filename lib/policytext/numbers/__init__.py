"""Text becomes quantities, and quantities become targets."""

from policytext.numbers.quantities import find_quantities, measured
from policytext.numbers.targets import find_targets

__all__ = ["find_quantities", "find_targets", "measured"]
