"""Text becomes words with tags."""
