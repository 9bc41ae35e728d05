"""Run notebooks in kernels of their own, as they are or on another corpus."""
