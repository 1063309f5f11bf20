"""Whose variant a notebook is asked for, and whether it answers the variant of somebody else."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from autograder.exercise import Exercise
from autograder.grading.remarks import Kind, Remark
from autograder.inside.asking import Response
from autograder.judge.answer_key import AnswerKey
from autograder.judge.compare import close
from autograder.judge.verdict import PartVerdict, Status, Verdict
from autograder.random_functions.variants import same_id
from autograder.variant import no_id_yet

# What a notebook calls to see its variant.
CALL = "variant"
BORROWED = "borrowed"
# So many ids of one notebook are looked at.
_MOST_IDS = 3
# Longer ones are nobody's.
_LONGEST_ID = 120


@dataclass(frozen=True)
class Author:
    """Whose work a notebook is.

    Args:
        student: the id of the submission; "" where a notebook is checked without one.
        course: what the released notebook calls the course, "" if nothing.
        typed: the ids that are typed in the notebook.
    """

    student: str = ""
    course: str = ""
    typed: tuple[str, ...] = ()

    @property
    def counts(self) -> str:
        """The id whose variants are asked for."""
        return self.student or (self.typed[0] if self.typed else "")

    @property
    def others(self) -> list[str]:
        """The ids that are typed in the notebook and are not the submission's."""
        return [one for one in self.typed if not same_id(one, self.counts)][:_MOST_IDS]


# Of a notebook without variants, or one that is checked where nobody hands anything in.
UNKNOWN = Author()


def author_of(released: Iterable[Any], handed_in: Iterable[Any], student: str) -> Author:
    """Reads the course from the released notebook and the ids from the one that was handed in.

    Args:
        released: its cells.
        handed_in: its cells.
        student: the id of the submission.
    """
    courses = [course for _, course in _calls(released) if course]
    ids = [id for id, _ in _calls(handed_in)]
    typed = dict.fromkeys(id for id in ids if id.strip() and len(id) <= _LONGEST_ID)
    return Author(student, courses[0] if courses else "", tuple(typed))


def own_exercise(exercise: Exercise, author: Author) -> Exercise:
    """The author's variant of an exercise; any other exercise as it is.

    What the variants of other ids that the notebook names would return is asked for too.

    Args:
        exercise: as it is found by its id.
        author: whose work the notebook is.
    """
    if exercise.for_student is None:
        return exercise
    own = exercise.for_student(author.course, author.counts)
    known = {part.name for part in own.parts}
    others = [exercise.for_student(author.course, one) for one in author.others]
    names = dict.fromkeys(part.name for other in others for part in other.parts)
    return replace(own, also=tuple(name for name in names if name not in known))


def without_borrowed(
    verdict: Verdict, key: AnswerKey, found: Sequence[Response], author: Author
) -> Verdict:
    """The verdict on an answer, which earns nothing if it is right for somebody else's variant.

    Args:
        verdict: what the judge says of it.
        key: the answer key of the author's variant.
        found: what came back.
        author: whose work the notebook is.
    """
    exercise = key.exercise
    if exercise.for_student is None:
        return verdict
    if not author.counts:
        return no_id_yet(exercise)
    if verdict.full:
        return verdict
    for other in author.others:
        if _answers(exercise.for_student(author.course, other), key, found):
            parts = tuple(PartVerdict(part, Status.NOT_ASKED) for part in exercise.parts)
            message = (
                f"This is the answer to the variant of {other!r}, the id typed in the notebook. "
                f"The notebook was handed in by {author.student!r}, whose function is another one."
            )
            return Verdict(exercise, parts, BORROWED, message)
    return verdict


def about_another_id(exercise: Exercise, author: Author, cell: str) -> list[Remark]:
    """That an id is typed in the notebook that is not the submission's.

    Args:
        exercise: which was asked.
        author: whose work the notebook is.
        cell: nbgrader's id of the graded cell.
    """
    if exercise.for_student is None or not author.others:
        return []
    text = (
        f"The notebook asks for the variant of {author.others[0]!r}, but {author.counts!r} handed "
        f"it in; {exercise.id} counts for the variant of {author.counts!r}."
    )
    return [Remark(Kind.ANOTHER_ID, text, cell)]


def _answers(other: Exercise, key: AnswerKey, found: Sequence[Response]) -> bool:
    """Whether every part of another variant is right on all ordinary inputs."""
    try:
        return all(
            close(
                found[i].values[part.name],
                getattr(other.solve(key.drawn[i]), part.name),
                other.tolerance,
            )
            for i in key.exercise.ordinary
            for part in other.parts
        )
    except Exception:
        return False  # Something is missing, or its function does not take these inputs.


def _calls(cells: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """The id and the course, as far as they can be read, of each call in code cells."""
    texts: dict[str, str] = {}
    for cell in cells:
        try:
            nodes = list(ast.walk(ast.parse(cell.source)))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for node in nodes:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                names = [one.id for one in node.targets if isinstance(one, ast.Name)]
                texts.update(dict.fromkeys(names, str(node.value.value)))
        for node in nodes:
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == CALL:
                given = {one.arg: one.value for one in node.keywords}
                given |= dict(zip(("family", "student", "course"), node.args, strict=False))
                yield _text(given.get("student"), texts), _text(given.get("course"), texts)


def _text(node: ast.expr | None, texts: dict[str, str]) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    return texts.get(node.id, "") if isinstance(node, ast.Name) else ""
