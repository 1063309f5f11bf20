"""`variant`: what a student calls to see the function that is hers alone."""

from __future__ import annotations

from autograder.derived.statement import DerivedFrom, aligned_formula
from autograder.exercise import Exercise
from autograder.feedback.next_hint import Hint
from autograder.files.clean import html
from autograder.judge.verdict import PartVerdict, Status, Verdict
from autograder.random_functions.program import Program
from autograder.random_functions.variants import family_named, variant_exercise, variant_program

# Exercise → course and id that were typed last; `check` asks for that variant.
_typed: dict[str, tuple[str, str]] = {}


class Variant:
    """A student's function, shown with its formula, its code and a function to fill in.

    Args:
        exercise: of its backward pass.
        program: the function.
        student: whose it is.
    """

    def __init__(self, exercise: Exercise, program: Program, student: str) -> None:
        self.exercise, self.program, self.student = exercise, program, student

    @property
    def stub(self) -> str:
        """The function to fill in."""
        names = ", ".join(f'"{part.name}": …' for part in self.exercise.parts)
        return f"def {self.program.name}({', '.join(self.program.inputs)}):\n    return {{{names}}}"

    def __repr__(self) -> str:
        return f"{self._head}\n\n{self.program.source}\n\n{self._task}\n\n{self.stub}"

    def _repr_html_(self) -> str:
        about = self.exercise.derived_from
        assert isinstance(about, DerivedFrom)
        formula = f"$${aligned_formula(about.derivation)}$$"
        return (
            "<div class='course-bp-variant' style='max-width:60em;line-height:1.45'>"
            f"<p>{html(self._head)}</p><p>{html(formula)}</p>"
            f"<pre>{html(self.program.source)}</pre><p>{html(self._task)}</p>"
            f"<pre>{html(self.stub)}</pre></div>"
        )

    @property
    def _head(self) -> str:
        return (
            f"The function of {self.student}. Another id has another function, and only the one "
            "of the id that you hand in under earns points."
        )

    @property
    def _task(self) -> str:
        output = self.program.output
        return (
            f"Write its backward pass by hand: da stands for ∂{output}/∂a. Return a dict with "
            "these names:"
        )


def variant(family: str, student: str, course: str = "") -> Variant | Hint:
    """Shows a student's own function, and has `check` ask for it.

    Args:
        family: "quiz1" for Quiz 1 arranged anew, "network" for a small network with its loss.
        student: the id that you hand in under.
        course: what your instructor wrote here; the same for the whole course.

    Returns:
        The function, which shows itself; as long as the id is empty, what to do.

    Raises:
        ValueError: if there is no such family.
    """
    about = family_named(family)
    if not str(student).strip():
        return Hint(f'Type the id that you hand in under, as in variant("{family}", "ada").')
    exercise = variant_exercise(family, course, str(student))
    _typed[about.id] = (course, str(student))
    return Variant(exercise, variant_program(family, course, str(student)), str(student))


def no_id_yet(exercise: Exercise) -> Verdict:
    """The verdict on an answer of nobody knows whom.

    Args:
        exercise: one of which each student has a variant.
    """
    parts = tuple(PartVerdict(part, Status.NOT_ASKED) for part in exercise.parts)
    message = "Each student has a function of their own here. Run variant(…) with your id first."
    return Verdict(exercise, parts, "absent", message)


def typed_variant(exercise: Exercise) -> Exercise | None:
    """The variant of the id that was typed last.

    Args:
        exercise: one of which each student has a variant.

    Returns:
        The variant; None if no id was typed yet.
    """
    assert exercise.for_student is not None
    return exercise.for_student(*_typed[exercise.id]) if exercise.id in _typed else None
