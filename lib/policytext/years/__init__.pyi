from .facts import read_facts as read_facts
from .facts import target_facts as target_facts
from .intervals import Interval as Interval
from .intervals import compare as compare
from .ladder import amplification as amplification
from .ladder import amplification_by as amplification_by
from .ledger import ledger_of as ledger_of
from .ledger import outcome_facts as outcome_facts
from .ledger import read_outcomes as read_outcomes
from .ledger import vanished as vanished
from .ledger import verdicts_by as verdicts_by
from .outcomes import find_outcomes as find_outcomes

__all__ = [
    "Interval",
    "amplification",
    "amplification_by",
    "compare",
    "find_outcomes",
    "ledger_of",
    "outcome_facts",
    "read_facts",
    "read_outcomes",
    "target_facts",
    "vanished",
    "verdicts_by",
]
