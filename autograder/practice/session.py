"""`practice(…)`: what a learner calls, and the question that is then in hand."""

from __future__ import annotations

from collections.abc import Callable, Collection
from numbers import Integral
from typing import Any

import numpy as np

from autograder.check import fingerprint
from autograder.feedback.next_hint import Hint, HintsInTurn
from autograder.feedback.words import named_mistakes
from autograder.inside.asking import put_question
from autograder.inside.permitted import only
from autograder.judge.draw import PUBLIC_SEED, draw_inputs
from autograder.judge.judge import judge
from autograder.judge.verdict import PartVerdict, Status, Verdict
from autograder.practice.by_hand import DIGITS, judge_numbers
from autograder.practice.given import NotAsked
from autograder.practice.learner import Learner
from autograder.practice.question import LEVELS, TOPICS, Question, draw_question
from autograder.practice.record import Record
from autograder.practice.result import Judged, Unread, nothing_judged
from autograder.practice.shown import Shown, shown_question, shown_solution
from autograder.progress import in_a_learners_notebook

_NEXT_HINT = "hint() of this task"
_LAST_HINT = "This is the last hint. solution() shows all values and the backward pass as code."


class Practice:
    """A question, and all that can be done with it.

    Args:
        topic: what it is about, see `practice`.
        level: 1, 2 or 3.
        rng: draws the questions.
        learner: whose record is kept.
        repeats: whether the questions are rather those in which the learner's mistakes can be made
            again.
    """

    def __init__(
        self,
        topic: str,
        level: int,
        rng: np.random.Generator,
        learner: Learner,
        repeats: bool = True,
    ) -> None:
        self.topic, self.level = topic, level
        self._rng, self._learner, self._repeats = rng, learner, repeats
        self._begin()

    def _begin(self) -> None:
        owed = self._learner.record.owed if self._repeats else {}
        self.question: Question = draw_question(self._rng, self.topic, self.level, owed)
        self._in_turn: HintsInTurn | None = None
        self._made: set[str] = set()
        self._unnamed = False
        self._settled = False

    @property
    def inputs(self) -> dict[str, Any]:
        """The inputs at which numbers are asked for."""
        return dict(self.question.inputs)

    @property
    def asked(self) -> list[str]:
        """The names of what is asked for."""
        return self.question.asked

    @property
    def forward(self) -> Any:
        """The function itself, to be called with numbers."""
        return self.question.program.forward

    def answer(self, /, *unnamed: Any, **numbers: Any) -> Judged:
        """Judges numbers that you worked out by hand at the inputs shown.

        Args:
            *unnamed: nothing; each number needs its name.
            **numbers: by name, to three digits, such as da=1.31; arrays as nested lists.

        Returns:
            Part by part what is right, and what the others look like. If the numbers cannot be
            read, it says what to do.
        """
        exercise = self.question.exercise
        try:
            verdict = judge_numbers(exercise, self.question.inputs, numbers, unnamed)
        except NotAsked as problem:
            return Unread(exercise, str(problem))
        return self._judged(verdict, repr(sorted(numbers.items())), numbers)

    def check(self, function: Any) -> Judged:
        """Judges a function that returns the derivatives in a dict, on many inputs.

        Args:
            function: takes the inputs in their order.

        Returns:
            The same as `check` of the notebooks.
        """
        exercise = self.question.exercise
        drawn = draw_inputs(exercise, PUBLIC_SEED)
        with only(exercise.may_use):
            responses = [put_question(exercise.ask, function, x, exercise.asked) for x in drawn]
        verdict = judge(exercise, drawn, responses)
        return self._judged(verdict, fingerprint(responses), exercise.asked)

    def _judged(self, verdict: Verdict, attempt: str, given: Collection[str]) -> Judged:
        self._in_turn = self._hints.after(verdict, attempt)
        new = set(named_mistakes(verdict)) - self._made
        if new:
            self._made |= new
            self._learner.record = self._learner.record.with_mistakes(sorted(new))
        self._unnamed |= any(_is_unnamed(part) for part in verdict.parts)
        whole = set(self.asked) <= set(given)
        if verdict.full and whole and not self._settled:
            self._settled = True
            # What was made in this very question is not settled by its correction, and what has no
            # name may be any of them.
            if not self._unnamed:
                others = self.question.possible - self._made
                self._learner.record = self._learner.record.with_right(others)
        return Judged(verdict, next_hint=_NEXT_HINT)

    def hint(self) -> Hint:
        """Gives the next hint: about your last answer, or before it about the whole function."""
        return self._hints.next()

    @property
    def _hints(self) -> HintsInTurn:
        """The hints for the last answer; before the first one, those of the whole function."""
        if self._in_turn is None:
            nothing = nothing_judged(self.question.exercise, "")
            self._in_turn = HintsInTurn(nothing, "", waits=False, last=_LAST_HINT)
        return self._in_turn

    def solution(self) -> Shown:
        """Shows all values and derivatives, and the backward pass as code."""
        self._settled = True
        return shown_solution(self.question)

    def next(self) -> Practice:
        """Draws the next question: without a seed, rather one for the mistakes that you make."""
        self._begin()
        return self

    def record(self) -> Record:
        """Your record: each mistake, how many times you made it, and right answers since."""
        return self._learner.record

    def form(self, redraw: Callable[[], Any] = lambda: None) -> Any:
        """A form with a field for each derivative; None where there are no widgets.

        Args:
            redraw: shows the question anew when the form has drawn another one.
        """
        try:
            from autograder.practice.form import Form
        except ImportError:
            return None
        return Form(self, redraw)

    def _ipython_display_(self) -> None:
        from IPython.display import display

        place = display(shown_question(self.question), display_id=True)  # type: ignore[no-untyped-call]
        form = None
        if in_a_learners_notebook():
            form = self.form(lambda: place.update(shown_question(self.question)))
        if form is not None:
            display(form)  # type: ignore[no-untyped-call]

    def __repr__(self) -> str:
        return shown_question(self.question).text

    def _repr_html_(self) -> str:
        return shown_question(self.question).markup


def _is_unnamed(part: PartVerdict) -> bool:
    """Whether a part is wrong, and nobody knows by which mistake."""
    if part.holds or part.credited or part.status is Status.NOT_ASKED or part.kind == DIGITS:
        return False
    return not (part.finding and part.finding.name)


class _PracticeCall:
    """`practice(topic)` draws a question; `practice.record()` shows the record."""

    def __init__(self) -> None:
        self._learner = Learner()

    def __call__(self, topic: str = "", level: int = 2, seed: int | None = None) -> Practice:
        """Draws a question to practise on.

        Args:
            topic: "graphs" for functions of a few numbers with fan-outs, "layers" for small
                networks, "losses" for losses and their reductions.
            level: 1, 2 or 3: how large it is.
            seed: for the same questions again, whatever your record; without one, they are rather
                those in which you can make your mistakes again.

        Returns:
            The question. It shows itself; `answer`, `check`, `hint`, `solution` and `next` are
            what you do with it.

        Raises:
            ValueError: if there is no such topic or level, or the seed is not a whole number.
        """
        if topic not in TOPICS:
            found = f"There is no topic {topic!r}" if topic else "Name a topic"
            raise ValueError(f"{found}. The topics are: {', '.join(TOPICS)}.")
        if level not in LEVELS:
            raise ValueError(f"There is no level {level!r}. The levels are 1, 2 and 3.")
        if seed is not None and not (isinstance(seed, Integral) and seed >= 0):
            raise ValueError(f"The seed {seed!r} is not a whole number from 0 on, such as 8.")
        rng = np.random.default_rng(seed)
        return Practice(topic, level, rng, self._learner, repeats=seed is None)

    def record(self) -> Record:
        """Your record: each mistake, how many times you made it, and right answers since."""
        return self._learner.record


practice = _PracticeCall()
