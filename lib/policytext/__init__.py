"""Read Chinese local-policy prose: words, slogans and stated targets, each with its passage."""

import pandas as pd

from policytext.abbreviations import find_abbreviations
from policytext.aligned import Concordance
from policytext.coding_sheet import coding_sheet
from policytext.collocations import collocations
from policytext.comparison import adoption_matrix, place_in_text, profile
from policytext.concordance import concordance
from policytext.corpus import Corpus, CorpusError, read_corpus
from policytext.dispersion import dispersion
from policytext.diversity import diversity
from policytext.exports import save_table
from policytext.importing import import_files
from policytext.keyness import keyness
from policytext.lexicon import Lexicon, LexiconError, default_lexicon, read_lexicon
from policytext.methodline import method_line
from policytext.numeral_check import check_numerals
from policytext.origin import level_shares, not_used
from policytext.overview import broken, describe, findings, leading_kind
from policytext.parallel import find_parallel_runs
from policytext.problems import CorpusWarning
from policytext.quantities import find_quantities
from policytext.referencelist import read_reference
from policytext.sharing import shared_by_pairs
from policytext.sheet_agreement import coder_agreement
from policytext.sheet_score import score
from policytext.slogans import find_slogans
from policytext.spanlookup import SelectionError
from policytext.tables import in_sentence, show
from policytext.targets import find_targets
from policytext.terms import CONTENT_TAGS, count_terms, select_terms
from policytext.texttest import text_test
from policytext.timing import adoption_over_time, first_attested
from policytext.tokens import segment
from policytext.wordshift import word_shift

# Where pyarrow is installed, pandas keeps text in it and matches with its regular expressions,
# which know fewer characters than Python's: results would differ from one machine to the next.
pd.set_option("mode.string_storage", "python")

__all__ = [
    "CONTENT_TAGS",
    "Concordance",
    "Corpus",
    "CorpusError",
    "CorpusWarning",
    "Lexicon",
    "LexiconError",
    "SelectionError",
    "adoption_matrix",
    "adoption_over_time",
    "broken",
    "check_numerals",
    "coder_agreement",
    "coding_sheet",
    "collocations",
    "concordance",
    "count_terms",
    "default_lexicon",
    "describe",
    "dispersion",
    "diversity",
    "find_abbreviations",
    "find_parallel_runs",
    "find_quantities",
    "find_slogans",
    "find_targets",
    "findings",
    "first_attested",
    "import_files",
    "in_sentence",
    "keyness",
    "leading_kind",
    "level_shares",
    "method_line",
    "not_used",
    "place_in_text",
    "profile",
    "read_corpus",
    "read_lexicon",
    "read_reference",
    "save_table",
    "score",
    "segment",
    "select_terms",
    "shared_by_pairs",
    "show",
    "text_test",
    "word_shift",
]
