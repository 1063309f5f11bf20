"""What the class misunderstood: named mistakes by frequency, and the hardest parts by objective.

Both are read from the verdicts in the graded notebooks. An example is what a student wrote in the
cell, never an input that was drawn or a right value.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from autograder.exercises.registry import Registry
from autograder.grading.graded_notebook import StoredNotebook, answer_of
from autograder.judge.verdict import Status

MAX_EXAMPLE_LINES = 24


@dataclass(frozen=True)
class NamedMistake:
    """A mistake over the class.

    Args:
        name: what feedback says after "looks like".
        students: how many made it, in whatever exercise.
        exercises: exercise id → how many made it there, the most frequent first.
        example_exercise: the exercise that the example answers.
        example: what one of them wrote there.
    """

    name: str
    students: int
    exercises: dict[str, int]
    example_exercise: str
    example: str


@dataclass(frozen=True)
class PartNumbers:
    """One part of an exercise over the class.

    Args:
        objective: an objective of deck D0, "O1" to "O8"; a part counts for each of its exercise's.
        exercise: the exercise's id.
        part: the part's name.
        asked: how many answers were judged on it.
        earned: how many of them were right in it.
    """

    objective: str
    exercise: str
    part: str
    asked: int
    earned: int

    @property
    def lost_share(self) -> float:
        """The share that did not earn its points."""
        return 1 - self.earned / self.asked if self.asked else 0.0


def named_mistakes(graded: Mapping[str, StoredNotebook]) -> list[NamedMistake]:
    """Counts the named mistakes of a class.

    Args:
        graded: student → graded notebook.

    Returns:
        The mistakes, the most frequent first.
    """
    made: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for student, notebook in graded.items():
        for id, verdict in notebook.verdicts.items():
            for name in verdict["mistakes"]:
                made[name][id].append(student)
    found = []
    for name, places in made.items():
        counts = Counter({id: len(students) for id, students in places.items()})
        id, example = _example(name, places, graded)
        students = {student for there in places.values() for student in there}
        ordered = dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
        found.append(NamedMistake(name, len(students), ordered, id, example))
    return sorted(found, key=lambda mistake: (-mistake.students, mistake.name))


# An exercise of a course's own need not name objectives.
UNSAID = "–"
# A mistake that has cost an earlier part is still one, and a form is not.
_HOLDS = {status.value for status in (Status.RIGHT, Status.FOLLOWS, Status.FORM)}


def part_numbers(exercises: Registry, graded: Mapping[str, StoredNotebook]) -> list[PartNumbers]:
    """Counts who earned which part, by objective.

    Args:
        exercises: the course's.
        graded: student → graded notebook.

    Returns:
        Within each objective, the hardest part first.
    """
    asked: Counter[tuple[str, str]] = Counter()
    earned: Counter[tuple[str, str]] = Counter()
    for notebook in graded.values():
        for verdict in notebook.verdicts.values():
            id = str(verdict["exercise"])
            for part in verdict.get("parts", ()):
                asked[id, part["name"]] += 1
                earned[id, part["name"]] += part["status"] in _HOLDS
    rows = [
        PartNumbers(objective, exercise.id, part.name, asked[key], earned[key])
        for exercise in exercises.values()
        for part in exercise.parts
        for objective in exercise.objectives or (UNSAID,)
        if asked[key := (exercise.id, part.name)]
    ]
    return sorted(rows, key=lambda row: (row.objective, -row.lost_share, row.exercise))


def _example(
    name: str, places: Mapping[str, list[str]], graded: Mapping[str, StoredNotebook]
) -> tuple[str, str]:
    """The clearest example: of one who made no other mistake there, the shortest."""
    candidates = [
        (len(verdict["mistakes"]), source.count("\n"), str(verdict["exercise"]), source)
        for id, students in places.items()
        for student in students
        if (verdict := graded[student].verdicts[id])
        and (
            source := graded[student].answers.get(answer_of(str(verdict["exercise"]), id), "")
        ).strip()
    ]
    if not candidates:
        return "", ""
    _, _, exercise, source = min(candidates)
    lines = source.strip("\n").splitlines()
    if len(lines) > MAX_EXAMPLE_LINES:
        lines = [*lines[:MAX_EXAMPLE_LINES], "# …"]
    return exercise, "\n".join(lines)
