from .outcomes import find_outcomes as find_outcomes

__all__ = ["find_outcomes"]
