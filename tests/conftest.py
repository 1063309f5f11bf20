"""What all tests share."""

from hypothesis import settings

# The same examples on every machine, and no example fails for a slow one.
settings.register_profile("course", deadline=None, derandomize=True)
settings.load_profile("course")
