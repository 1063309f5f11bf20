"""Names that a course folder of an earlier version may still use, and what they are now."""

from __future__ import annotations

MOVED = {
    "autograder.nbgrader_glue.preprocessors": "autograder.nbgrader_plugins.autograde",
    "autograder.nbgrader_glue.safe_timestamps": "autograder.nbgrader_plugins.safe_timestamps",
    "autograder.nbgrader_glue.student_page": "autograder.nbgrader_plugins.student_page",
    "autograder.collecting": "autograder.nbgrader_plugins.zip_extractor",
}


def renamed(text: str) -> str:
    """What to change in a text that uses earlier names.

    Args:
        text: such as the text of nbgrader_config.py.

    Returns:
        A sentence that gives each earlier name with its new one; "" if there is none.
    """
    found = [f"{old} is now {new}" for old, new in MOVED.items() if old in text]
    return f"it uses names of an earlier version: {'; '.join(found)}." if found else ""
