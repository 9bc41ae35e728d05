from .attestations import attestations as attestations
from .attestations import by_year as by_year
from .lifelines import first_users as first_users
from .lifelines import lifelines as lifelines
from .lifelines import strips as strips
from .renewal import renewal as renewal
from .repetition import repeated_passages as repeated_passages
from .repetition import repetition as repetition
from .reports import reports_of as reports_of
from .survival import survival as survival

__all__ = [
    "attestations",
    "by_year",
    "first_users",
    "lifelines",
    "renewal",
    "repeated_passages",
    "repetition",
    "reports_of",
    "strips",
    "survival",
]
