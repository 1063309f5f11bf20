"""The feedback that wrong answers get, for an author to read."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from autograder.course.folder import Course, CourseError
from autograder.exercise import Exercise, Mistake
from autograder.feedback.words import feedback
from autograder.files.clean import html
from autograder.files.ledger import replace_file
from autograder.inside.asking import put_question
from autograder.judge.answer_key import AnswerKey
from autograder.judge.compare import close
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


def first_parts(exercise: Exercise) -> dict[str, str]:
    """The part in which each mistake shows first, on ordinary inputs.

    Args:
        exercise: the exercise.

    Returns:
        Slug → name of the part; "answer" if it shows in none, or cannot be told.
    """
    key = AnswerKey(exercise, draw_inputs(exercise, PUBLIC_SEED))
    return {mistake.slug: _first_part(key, mistake) for mistake in exercise.mistakes}


def _first_part(key: AnswerKey, mistake: Mistake) -> str:
    with contextlib.suppress(Exception):  # Not every value can be compared with every other.
        for i in key.exercise.ordinary:
            made = key.wrong(i, mistake)
            for part in key.exercise.parts if made else ():
                value, wanted = getattr(made, part.name), getattr(key.right(i), part.name)
                same = value == wanted if part.accept else close(value, wanted, 1e-9, True)
                if not same:
                    return part.name
    return "answer"


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


def preview_place(course: Course, exercise: Exercise, into: Path | None) -> Path:
    """Where a preview goes.

    Args:
        course: the course folder.
        exercise: the exercise.
        into: a file or a folder that the author chose, if any.

    Returns:
        The file; by default in the folder of what course-bp keeps, where nothing else of this name
        can be.

    Raises:
        CourseError: if the folder does not exist.
    """
    name = f"{exercise.id}.html"
    if into is None:
        return course.state / "previews" / name
    page = into / name if into.is_dir() else into
    if not page.parent.is_dir():
        raise CourseError(f"The folder {page.parent} does not exist. Make it first.")
    return page.absolute()


def write_preview(page: Path, text: str) -> bool:
    """Writes a preview where nothing is, or an earlier preview.

    Args:
        page: the file.
        text: what `preview_page` gave.

    Returns:
        Whether it took the place of an earlier one.

    Raises:
        CourseError: if something else is there.
    """
    there = page.exists()
    if there and not (page.is_file() and _MARK in page.read_text("utf-8", "replace")):
        raise CourseError(
            f"{page} already exists and is not a preview. Remove it, or choose another place with "
            "--into."
        )
    replace_file(page, text)
    return there


def preview_page(title: str, shown: Sequence[tuple[str, str]]) -> str:
    """A page with feedback, readable on light and dark backgrounds.

    Args:
        title: its heading.
        shown: for each answer a heading as text, and its feedback in HTML.
    """
    body = "\n".join(f"<h2>{html(heading)}</h2>\n{text}" for heading, text in shown)
    return _PAGE.format(title=html(title), body=body, mark=_MARK)


# By this an earlier preview is known.
_MARK = '<meta name="generator" content="course-bp exercise preview">'


_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
{mark}
<meta name="viewport" content="width=device-width"><title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 16px/1.45 system-ui, sans-serif; max-width: 56em; margin: 2em auto; padding: 0 1em; }}
h2 {{ font-size: 1rem; margin: 2em 0 0.4em; }}
</style></head><body><h1>{title}</h1>
{body}
</body></html>
"""
