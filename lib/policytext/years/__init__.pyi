from .attestations import attestations as attestations
from .attestations import by_year as by_year
from .facts import read_facts as read_facts
from .facts import target_facts as target_facts
from .intervals import Interval as Interval
from .intervals import compare as compare
from .ladder import amplification as amplification
from .ladder import amplification_by as amplification_by
from .lifelines import first_users as first_users
from .lifelines import lifelines as lifelines
from .lifelines import strips as strips
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
    "first_users",
    "lifelines",
    "read_facts",
    "renewal",
    "repeated_passages",
    "repetition",
    "reports_of",
    "strips",
    "survival",
    "target_facts",
]
