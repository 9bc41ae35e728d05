from .facts import read_facts as read_facts
from .facts import target_facts as target_facts
from .intervals import Interval as Interval
from .intervals import compare as compare
from .ladder import amplification as amplification
from .ladder import amplification_by as amplification_by

__all__ = [
    "Interval",
    "amplification",
    "amplification_by",
    "compare",
    "read_facts",
    "target_facts",
]
