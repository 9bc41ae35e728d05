from .attestations import attestations as attestations
from .attestations import by_year as by_year
from .fact_tables import read_facts as read_facts
from .fact_tables import read_outcomes as read_outcomes
from .facts import outcome_facts as outcome_facts
from .facts import target_facts as target_facts
from .intervals import Interval as Interval
from .intervals import compare as compare
from .kept import ledger_of_corpus as ledger_of_corpus
from .kept import vanished as vanished
from .kept import verdicts_by as verdicts_by
from .kept import what_is_missing as what_is_missing
from .ladder import amplification as amplification
from .ladder import amplification_by as amplification_by
from .ladder import with_superiors as with_superiors
from .ledger import ledger_of as ledger_of
from .lifelines import first_users as first_users
from .lifelines import lifelines as lifelines
from .lifelines import strips as strips
from .outcomes import find_outcomes as find_outcomes
from .renewal import renewal as renewal
from .repetition import repeated_passages as repeated_passages
from .repetition import repetition as repetition
from .reports import reports_of as reports_of
from .survival import survival as survival

__all__ = [
    "Interval",
    "amplification",
    "amplification_by",
    "attestations",
    "by_year",
    "compare",
    "find_outcomes",
    "first_users",
    "ledger_of",
    "ledger_of_corpus",
    "lifelines",
    "outcome_facts",
    "read_facts",
    "read_outcomes",
    "renewal",
    "repeated_passages",
    "repetition",
    "reports_of",
    "strips",
    "survival",
    "target_facts",
    "vanished",
    "verdicts_by",
    "what_is_missing",
    "with_superiors",
]
