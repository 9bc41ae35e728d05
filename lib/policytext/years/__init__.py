"""Compare places between levels and over years: targets, what became of them, what is repeated."""

import lazy_loader

# What is named in __init__.pyi is imported when it is first used.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
