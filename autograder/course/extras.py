"""The optional parts of an installation, and what to say if one is missing."""

from __future__ import annotations

from importlib.util import find_spec

from autograder.course.folder import CourseError

# Extra of pyproject.toml → the modules that its packages bring.
EXTRAS = {
    "grading": ("copydetect", "jupytext", "latex2mathml", "nbgrader"),
    "cluster": ("distributed",),
    "postgresql": ("psycopg2",),
}


def missing(extra: str) -> list[str]:
    """The modules of an extra that are not installed; none of them is imported."""
    return [name for name in EXTRAS[extra] if find_spec(name) is None]


def require(extra: str, what: str) -> None:
    """Makes sure that an extra is installed.

    Args:
        extra: a key of EXTRAS.
        what: what needs it, such as "course-bp grade".

    Raises:
        CourseError: if a module of it is missing; the message says what to install.
    """
    if missing(extra):
        raise CourseError(f"{what} needs packages that are not installed here: {install(extra)}")


def extra_of(module: str | None) -> str:
    """The extra that brings a module, or a submodule of it; "" if none does."""
    top = (module or "").partition(".")[0]
    return next((extra for extra, modules in EXTRAS.items() if top in modules), "")


def install(extra: str) -> str:
    """The command that adds an extra to an installation."""
    return f'pip install "course-bp[{extra}]"'
