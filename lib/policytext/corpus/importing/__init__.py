"""Word, PDF and web pages become a folder of texts."""
