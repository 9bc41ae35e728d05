"""Read what was found: marked texts, a promise on a card, a corpus to explore, a report."""

import lazy_loader

# A card needs no figures: what is named in __init__.pyi is imported when it is first used.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
