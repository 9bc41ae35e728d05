from .facts import read_facts as read_facts
from .facts import target_facts as target_facts
from .intervals import Interval as Interval
from .intervals import compare as compare
from .kept import ledger_of_corpus as ledger_of_corpus
from .kept import vanished as vanished
from .kept import verdicts_by as verdicts_by
from .kept import what_is_missing as what_is_missing
from .ladder import amplification as amplification
from .ladder import amplification_by as amplification_by
from .ledger import ledger_of as ledger_of
from .outcome_table import outcome_facts as outcome_facts
from .outcome_table import read_outcomes as read_outcomes
from .outcomes import find_outcomes as find_outcomes

__all__ = [
    "Interval",
    "amplification",
    "amplification_by",
    "compare",
    "find_outcomes",
    "ledger_of",
    "ledger_of_corpus",
    "outcome_facts",
    "read_facts",
    "read_outcomes",
    "target_facts",
    "vanished",
    "verdicts_by",
    "what_is_missing",
]
