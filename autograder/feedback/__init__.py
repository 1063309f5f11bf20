"""The words of a verdict: what a student reads of it, and the hints."""
