"""Why a file of exercises could not be loaded, by the line of its author's that is to blame."""

from __future__ import annotations

import os
import traceback
from collections.abc import Mapping
from itertools import pairwise

from autograder.derived import not_derivable
from autograder.derived.not_derivable import NotDerivable, line_in_call

# Where the functions lie that an author calls.
_DERIVED = os.path.dirname(os.path.abspath(not_derivable.__file__)) + os.sep


def why_not_loaded(
    error: BaseException, files: Mapping[str, str], where: str, package: str, name: str
) -> str:
    """Which line of which file stopped, with what, and what to do.

    Args:
        error: what stopped it.
        files: the texts of all files, by name.
        where: their folder.
        package: what they were loaded as.
        name: the name of the file that stopped.
    """
    own = {os.path.join(where, each): text for each, text in files.items()}
    place, line, whole_call = _where(error, own)
    place = place or os.path.join(where, name)
    kind = "" if isinstance(error, NotDerivable) else f"{type(error).__name__}: "
    words = error.msg if isinstance(error, SyntaxError) else str(error)
    words = "; ".join([words.rstrip(".: "), *getattr(error, "__notes__", ())])
    stopped = f"{place}{f', line {line}' if line else ''}: {kind}{words}"
    missing = str(error.name) if isinstance(error, ModuleNotFoundError) else ""
    if f"{missing}.py" in files:
        return f"{stopped}. To import a file beside it, write: from .{missing} import …"
    if missing.startswith(package):
        return f"{stopped.replace(package + '.', '')}. There is no such file in {where}."
    if missing:
        return f"{stopped}. Install the package, or take the import out."
    advice = "Change what this call is given." if whole_call else "Fix that line."
    return f"{stopped}{'' if stopped.endswith('?') else '.'} {advice}"


def _where(error: BaseException, own: Mapping[str, str]) -> tuple[str, int, bool]:
    """Which of the author's own lines an error is about.

    Args:
        error: what stopped a file.
        own: the author's files, as paths, and their texts.

    Returns:
        The file and the line, and whether it is only the beginning of a call in which something is
        wrong. No file if none of them is to blame.
    """
    place, line, whole_call = "", 0, False
    for frame, called in pairwise([*traceback.extract_tb(error.__traceback__), None]):
        if frame is not None and frame.filename in own:
            place, line = frame.filename, frame.lineno or 0
            ours = called is not None and called.filename.startswith(_DERIVED)
            whole_call = ours or (called is None and (frame.end_lineno or line) > line)
    if isinstance(error, SyntaxError) and error.filename in own:
        return str(error.filename), error.lineno or 0, False
    if isinstance(error, NotDerivable) and error.at is not None and error.at[0] in own:
        return *error.at, False
    if isinstance(error, NotDerivable) and error.argument and place:
        return place, line_in_call(own[place], line, error.argument, error.key), False
    return place, line, whole_call
