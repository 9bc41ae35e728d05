"""Files and tables become documents and sentences."""
