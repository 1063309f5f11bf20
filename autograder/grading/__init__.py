"""One submission: read, rebuilt, run in the sandbox, judged here."""
