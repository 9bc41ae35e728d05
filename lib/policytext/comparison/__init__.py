"""A table of slogans tells who uses, shares and echoes what."""
