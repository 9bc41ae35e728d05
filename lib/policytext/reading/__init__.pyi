from .explore import Explorer as Explorer
from .explore import explore as explore
from .fact_sheet import FactSheet as FactSheet
from .fact_sheet import fact_sheet as fact_sheet
from .marked import MarkedText as MarkedText
from .marked import marked as marked
from .report import Report as Report
from .report import report as report

__all__ = [
    "Explorer",
    "FactSheet",
    "MarkedText",
    "Report",
    "explore",
    "fact_sheet",
    "marked",
    "report",
]
