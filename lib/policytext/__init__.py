"""Read Chinese local-policy prose: words, slogans and stated targets, each with its passage."""

from importlib.metadata import version

import lazy_loader

# What is named in __init__.pyi is imported when it is first used.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
__version__ = version("policytext")
