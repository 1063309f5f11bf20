"""The `Exercise`: one entry that the check, the grade, the diagnosis, the hints and the tests read.

An exercise is a short list of *steps*, each a named quantity computed from the inputs and from
earlier steps, in the deck's notation. Some steps are graded *parts* that the student returns; the
others, such as forward values, only feed them. A *mistake* is the same list with a step or two
computed wrongly, so every mistake can be run, and what it does downstream follows by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from autograder.inside.asking import Ask, call_with_inputs
from autograder.inside.permitted import SEEN, usual_library
from autograder.lines import Lines
from autograder.probe import Inputs as Inputs
from autograder.probe import Probe as Probe
from autograder.probe import once_more
from autograder.solving import Step as Step
from autograder.solving import solve_steps

Acceptance = Callable[[Any, SimpleNamespace], str | None]
ForStudent = Callable[[str, str], "Exercise"]
Reading = Callable[[Inputs, Mapping[str, Any]], Mapping[str, Any]]


@dataclass(frozen=True)
class Part:
    """One graded quantity of an exercise.

    Args:
        name: the key under which the student returns it, and the name of its step.
        points: what it is worth.
        label: how feedback speaks of it, in the deck's notation (default: the name).
        accept: for answers that are not arrays of numbers, or that have many right forms:
            takes the student's value and the right values, and returns None when the answer
            is right and otherwise a sentence that says what is wrong. Without it the value is
            compared as a number or array with the step's.
        entries: what each entry of the array is, in a few words, for given inputs, if its position
            does not say so. An empty list if there are too many to list.
        plural: whether the name reads as more than one thing, as "losses" does; feedback then
            speaks of the entry of that name, which is one.
        follows: with `accept`, for a part that is made from an earlier one: takes the student's
            value and all that came back with it, by part, and says whether the one follows from
            the others, right or wrong as they are.
    """

    name: str
    points: float
    label: str = ""
    accept: Acceptance | None = None
    entries: Callable[[Inputs], Sequence[str]] | None = field(default=None, kw_only=True)
    plural: bool = field(default=False, kw_only=True)
    follows: Callable[[Any, Mapping[str, Any]], bool] | None = field(default=None, kw_only=True)

    def accepts(self, value: Any, right: SimpleNamespace) -> bool:
        """Whether `accept` takes a value; one that it cannot read is not taken.

        Args:
            value: what the student returned.
            right: the right values.
        """
        assert self.accept is not None
        try:
            return self.accept(value, right) is None
        except Exception:
            return False

    @property
    def spoken(self) -> str:
        """The part's name, with the deck's notation where it differs."""
        return f"{self.name} ({self.label})" if self.label else self.name

    @property
    def as_subject(self) -> str:
        """The part's name as a sentence speaks of it, with a verb in the singular."""
        return f"entry {self.name}" if self.plural else self.name


@dataclass(frozen=True)
class Mistake:
    """A wrong way to do an exercise that people really take, as steps that can be run.

    Args:
        id: the row of the catalogue it belongs to, such as "M15" (see `judge.catalogue`).
        slug: a short name, unique within the exercise.
        wrong: the steps that are computed wrongly; all other steps stay right.
        evidence: what in the student's numbers shows it, in one sentence; `{part}` stands for
            the part's name. It must not state the right value.
        name: a name that fits this exercise better than the catalogue's.
        question: one question that leads on (default: the first hint).
        hints: nudge, pointer, worked idea, where the catalogue's do not fit.
        once: whether it is one slip of thought, although several parts show it: it costs points
            only in the first of them. Several such mistakes with the same name count as one.
        together: whether its name speaks of all the parts that it changes, as "left and right are
            swapped" does: it is named only if all of them show it, and then before others.
        here: the name with the variables of this exercise, which a person reads, where `name` is
            the same in all exercises so that it can be counted.
    """

    id: str
    slug: str
    wrong: Mapping[str, Step]
    evidence: str
    name: str = ""
    question: str = ""
    hints: tuple[str, str, str] | None = None
    once: bool = False
    together: bool = False
    here: str = ""


@dataclass(frozen=True)
class Exercise:
    """All that is known about one exercise.

    Args:
        id: "quiz1.backward": the quiz or topic, then what is asked.
        unit: the folder of its notebook, such as "02-computation-graphs". One of a course's own
            needs none: it follows from the unit that checks it.
        title: what a person calls it.
        objectives: the objectives of deck D0 that it serves, such as ("O2",).
        deck: where it comes from, such as "D0, Differentiation Quiz #1".
        steps: the right answer: name → function of the namespace of inputs and earlier steps,
            in the order of computation. Every part has its step.
        parts: the graded quantities, in the order in which they feed each other.
        probes: how inputs are drawn; an answer must be right on all of them.
        ask: how to call the student's answer and name what comes back; it runs beside student
            code, so it holds no expected value.
        read: what the parts are, from the inputs and what came back, where an answer hands in
            evidence of a part's value and not the value (default: just what came back).
        output: the step whose gradient the parts are, when they are one; with `leaves` it lets
            the judge compare the reference with finite differences.
        leaves: part → the input that the part is the derivative with respect to.
        derivatives: the parts that are to be derived by the chain rule, so that a finite
            difference is not an answer (default: those that come after `output`).
        gradients: further parts that feedback may speak of as derivatives: they are some, or
            are made with them, as trained weights are.
        differences_earn: the share of such a part's points that a finite difference earns when it
            is as exact as the tolerance asks.
        mistakes: wrong ways to do it, most specific first.
        further: makes mistakes that are less likely, and too many to list: they are run only when
            nothing else explains an answer.
        lines: makes the lines of a right answer as small steps, with the slips that can be made in
            each, which are run when nothing else explains an answer; None where it cannot.
        variants: name → a whole right answer that is written otherwise than the reference.
        builds_on: the id of an exercise before, whose parts are steps here on inputs of the same
            kind: a mistake that was found there costs nothing here.
        tolerance: largest accepted difference, relative to the entry.
        why_tolerance: the reason for it.
        library: the modules of course_bp that the answer may call, out of `library.SEEN`
            (default: what `library.usual_library` says of the unit).
        also: names of further values that `ask` hands on, which are not graded and which what is
            graded may follow from.
        symbols: names of steps that feedback may speak of besides parts and short ones.
        batch: the input whose first axis is the batch, if there is one (for sum against mean).
        no_domain: why there are no corner probes, if there are none.
        costly: whether computing the steps takes so long that it is not done again and again, as
            in a search for the name of a mistake.
        again: whether the first inputs are asked for once more at the end, after others of the
            same sizes, so that an answer that remembers earlier calls shows it.
        hints: three levels for the exercise as a whole: nudge, pointer, worked idea.
        derived_from: what the exercise was derived from, if `derived.author.exercise` made it; its
            texts are written from it.
        version: a digest of the file, and of the points in course.toml, that a course's own
            exercise was made from; the registry sets it.
        for_student: if each student has an own variant of the exercise: from the course and the
            student's id to it.
    """

    id: str
    unit: str = field(default="", kw_only=True)
    title: str
    objectives: tuple[str, ...] = field(default=(), kw_only=True)
    deck: str = field(default="", kw_only=True)
    steps: Mapping[str, Step]
    parts: tuple[Part, ...]
    probes: tuple[Probe, ...]
    ask: Ask = call_with_inputs
    read: Reading = lambda inputs, values: values
    output: str = ""
    leaves: Mapping[str, str] = field(default_factory=dict)
    derivatives: tuple[str, ...] = ()
    gradients: tuple[str, ...] = ()
    differences_earn: float = 0.5
    builds_on: str = ""
    mistakes: tuple[Mistake, ...] = ()
    further: Callable[[], Iterable[Mistake]] | None = None
    lines: Callable[[], Lines | None] | None = None
    variants: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    tolerance: float = 1e-10
    why_tolerance: str = "float64 round-off of a dozen operations stays far below it"
    library: tuple[str, ...] | None = None
    also: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    batch: str = ""
    no_domain: str = ""
    costly: bool = False
    again: bool = True
    hints: tuple[str, str, str] = ("", "", "")
    derived_from: Any = field(default=None, repr=False, compare=False)
    version: str = field(default="", kw_only=True)
    for_student: ForStudent | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.derivatives:
            names = list(self.steps)
            after = names[names.index(self.output) + 1 :] if self.output in names else []
            found = tuple(part.name for part in self.parts if part.name in after)
            object.__setattr__(self, "derivatives", found)
        if self.again and not any(probe.repeats for probe in self.probes):
            object.__setattr__(self, "probes", (*self.probes, *once_more(self.probes)))
        for part in self.parts:
            if part.name not in self.steps:
                raise ValueError(f"{self.id}: part {part.name!r} has no step")
        for mistake in self.mistakes:
            if unknown := set(mistake.wrong) - set(self.steps):
                raise ValueError(f"{self.id}: mistake {mistake.slug!r} changes no step: {unknown}")
        if unknown := set(self.may_use) - set(SEEN):
            raise ValueError(f"{self.id}: the sandbox does not have course_bp's {unknown}")

    def is_gradient(self, part: str) -> bool:
        """Whether feedback may speak of a part as a derivative."""
        return part in self.derivatives or part in self.gradients

    @property
    def ordinary(self) -> list[int]:
        """The numbers of the probes that an answer is diagnosed on."""
        return [i for i, probe in enumerate(self.probes) if not (probe.ties or probe.corner)]

    @property
    def corners(self) -> list[int]:
        """The numbers of the probes at the edge of what the statement allows."""
        return [i for i, probe in enumerate(self.probes) if probe.corner]

    @property
    def may_use(self) -> tuple[str, ...]:
        """The modules of course_bp that the answer may call."""
        return usual_library(self.unit) if self.library is None else self.library

    @property
    def asked(self) -> list[str]:
        """The names of the values that come back: the parts, and what they may follow from."""
        return [*(part.name for part in self.parts), *self.also]

    @property
    def points(self) -> float:
        """The points of all parts together."""
        return round(float(sum(part.points for part in self.parts)), 6)

    def solve(
        self,
        inputs: Inputs,
        wrong: Mapping[str, Step] | None = None,
        own: Mapping[str, Any] | None = None,
        last: str = "",
    ) -> SimpleNamespace:
        """Computes every step for given inputs.

        Args:
            inputs: the inputs by name.
            wrong: steps to compute in another way, such as a mistake's.
            own: values to take as they are instead of computing their step (a student's own).
            last: the step after which nothing more is needed (default: the last of all).

        Returns:
            A namespace of the inputs and the steps.
        """
        return solve_steps(self.steps, inputs, wrong, own, last)

    def answer(self, wrong: Mapping[str, Step] | None = None) -> Callable[..., dict[str, Any]]:
        """The reference, or one of its mistakes, as a function that a student could hand in."""

        def answer(**inputs: Any) -> dict[str, Any]:
            values = self.solve(inputs, wrong)
            return {part.name: getattr(values, part.name) for part in self.parts}

        return answer
