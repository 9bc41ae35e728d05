"""A table of words becomes counts and statistics."""
