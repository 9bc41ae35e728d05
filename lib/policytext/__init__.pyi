from .corpus.corpus import Corpus as Corpus
from .corpus.corpus import read_corpus as read_corpus
from .corpus.importing import import_files as import_files
from .corpus.issues import CorpusError as CorpusError
from .corpus.issues import CorpusWarning as CorpusWarning
from .corpus.issues import SelectionError as SelectionError
from .kwic import concordance as concordance
from .lexicon.lexicon import default_lexicon as default_lexicon
from .lexicon.lexicon import read_lexicon as read_lexicon
from .lexicon.schema import LexiconError as LexiconError
from .numbers.quantities import find_quantities as find_quantities
from .numbers.targets import find_targets as find_targets
from .reading.explore import explore as explore
from .reading.fact_sheet import fact_sheet as fact_sheet
from .reading.marked import marked as marked
from .showing import show as show
from .slogans.find import find_slogans as find_slogans
from .tables import save_table as save_table
from .terms.keyness import keyness as keyness
from .words.segment import segment as segment

__all__ = [
    "Corpus",
    "CorpusError",
    "CorpusWarning",
    "LexiconError",
    "SelectionError",
    "concordance",
    "default_lexicon",
    "explore",
    "fact_sheet",
    "find_quantities",
    "find_slogans",
    "find_targets",
    "import_files",
    "keyness",
    "marked",
    "read_corpus",
    "read_lexicon",
    "save_table",
    "segment",
    "show",
]
__version__: str
