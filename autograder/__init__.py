"""Exercises, the judge, and the nbgrader glue of the course."""
