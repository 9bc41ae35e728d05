"""Read and check the tables of ``data/lexicon``: what is known about the world."""
