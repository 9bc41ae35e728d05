"""Text becomes slogans (提法), which are then linked over the corpus."""
