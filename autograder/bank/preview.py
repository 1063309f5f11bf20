"""The feedback that wrong answers get, for an author to read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from autograder.course.folder import CourseError
from autograder.exercise import Exercise
from autograder.feedback.words import feedback
from autograder.files.clean import html
from autograder.inside.asking import put_question
from autograder.judge.draw import PUBLIC_SEED, draw_inputs
from autograder.judge.judge import judge


def feedback_of_mistakes(exercise: Exercise) -> list[tuple[str, str]]:
    """What each known mistake of an exercise is told.

    Args:
        exercise: the exercise.

    Returns:
        The mistake's name and the feedback in HTML, for each.
    """
    inputs = list(draw_inputs(exercise, PUBLIC_SEED)[0])

    def positional(wrong: Any) -> Any:
        return lambda *given: exercise.answer(wrong)(**dict(zip(inputs, given, strict=True)))

    return [
        (mistake.name or mistake.slug, _feedback(exercise, positional(mistake.wrong)))
        for mistake in exercise.mistakes
    ]


def feedback_of_file(exercise: Exercise, path: Path) -> list[tuple[str, str]]:
    """What an answer in a file is told.

    Args:
        exercise: the exercise.
        path: a Python file of the author; its last function is the answer.

    Returns:
        The file's name and the feedback in HTML.

    Raises:
        CourseError: if it cannot be run, or has no function.
    """
    scope: dict[str, Any] = {"np": np, "__name__": "answer"}
    try:
        exec(compile(path.read_text("utf-8"), str(path), "exec"), scope)
    except Exception as error:
        raise CourseError(f"{path} stops with {type(error).__name__}: {error}") from None
    functions = [one for one in scope.values() if getattr(one, "__module__", "") == "answer"]
    if not functions:
        raise CourseError(f"{path} has no function.")
    return [(path.name, _feedback(exercise, functions[-1]))]


def _feedback(exercise: Exercise, answer: Any) -> str:
    drawn = draw_inputs(exercise, PUBLIC_SEED)
    given = [put_question(exercise.ask, answer, inputs, exercise.asked) for inputs in drawn]
    return feedback(judge(exercise, drawn, given)).html


def preview_page(title: str, shown: Sequence[tuple[str, str]]) -> str:
    """A page with feedback, readable on light and dark backgrounds.

    Args:
        title: its heading.
        shown: for each answer a heading as text, and its feedback in HTML.
    """
    body = "\n".join(f"<h2>{html(heading)}</h2>\n{text}" for heading, text in shown)
    return _PAGE.format(title=html(title), body=body)


_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 16px/1.45 system-ui, sans-serif; max-width: 56em; margin: 2em auto; padding: 0 1em; }}
h2 {{ font-size: 1rem; margin: 2em 0 0.4em; }}
</style></head><body><h1>{title}</h1>
{body}
</body></html>
"""
