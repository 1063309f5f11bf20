"""A course folder: its paths, texts, releases, roster and secret."""
