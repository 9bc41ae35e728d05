from .facts import read_facts as read_facts
from .facts import target_facts as target_facts
from .intervals import Interval as Interval
from .intervals import compare as compare
from .ladder import amplification as amplification
from .ladder import amplification_by as amplification_by
from .outcomes import find_outcomes as find_outcomes

__all__ = [
    "Interval",
    "amplification",
    "amplification_by",
    "compare",
    "find_outcomes",
    "read_facts",
    "target_facts",
]
