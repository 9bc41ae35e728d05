from .repetition import repeated_passages as repeated_passages
from .repetition import repetition as repetition
from .reports import reports_of as reports_of

__all__ = [
    "repeated_passages",
    "repetition",
    "reports_of",
]
