"""Read Chinese local-policy prose: words, slogans and stated targets, each with its passage."""

import pandas as pd

from policytext.charts.terms import method_line
from policytext.comparison.adoption import (
    adoption_matrix,
    adoption_over_time,
    first_attested,
    place_in_text,
    profile,
)
from policytext.comparison.numeral_check import check_numerals
from policytext.comparison.origin import level_shares, not_used
from policytext.comparison.sharing import shared_by_pairs
from policytext.concordance import Concordance, concordance
from policytext.corpus.corpus import Corpus, read_corpus
from policytext.corpus.describe import broken, describe, findings, leading_kind
from policytext.corpus.importing.importing import import_files
from policytext.corpus.issues import CorpusError, CorpusWarning
from policytext.corpus.locate import SelectionError, in_sentence
from policytext.evaluation.agreement import coder_agreement
from policytext.evaluation.coding_sheet import coding_sheet
from policytext.evaluation.sheet_score import score
from policytext.lexicon.lexicon import Lexicon, LexiconError, default_lexicon, read_lexicon
from policytext.numbers.quantities import find_quantities
from policytext.numbers.targets import find_targets
from policytext.slogans.find import find_slogans
from policytext.slogans.parallel import find_parallel_runs
from policytext.tables import save_table, show
from policytext.terms.collocations import collocations
from policytext.terms.dispersion import dispersion
from policytext.terms.diversity import diversity
from policytext.terms.keyness import keyness
from policytext.terms.matrix import read_reference
from policytext.terms.terms import CONTENT_TAGS, count_terms, select_terms
from policytext.terms.text_test import text_test
from policytext.terms.word_shift import word_shift
from policytext.words.segment import segment

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
