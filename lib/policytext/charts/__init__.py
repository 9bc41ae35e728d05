"""A table becomes a figure, saved with its data and caption."""
