"""Right answers as texts that can be run anew after a change, for a limited time."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from autograder.inside.asking import Response, put_question
from autograder.judge.answer_key import AnswerKey

# Shows how far something is: takes what is being done and how many steps there are, and gives, for
# as long as it lasts, what is called after each step with its name.
Shown = Callable[[str, int], contextlib.AbstractContextManager[Callable[[str], None]]]


def unseen(what: str, steps: int) -> contextlib.AbstractContextManager[Callable[[str], None]]:
    """A `Shown` that shows nothing."""
    return contextlib.nullcontext(lambda name: None)


@dataclass(frozen=True)
class RightAnswer:
    """The text of a right answer that can be run anew after a change.

    Args:
        name: the text's name for the answer, which the check is given.
        text: the source.
        before: what the source needs: modules, helpers, earlier answers.
        seconds: how much processor time a changed text may take for one set of inputs.
        cells: the sources of the cells before it, or None if it is not from a notebook.
    """

    name: str
    text: str
    before: dict[str, Any]
    seconds: float = 60.0
    cells: tuple[str, ...] | None = None

    def run(self, text: str) -> Any:
        """The answer as a changed text defines it.

        Args:
            text: the source, changed.

        Returns:
            The function or class.
        """
        names = dict(self.before)
        exec(compile(text, "<mutant>", "exec"), names)
        return names[self.name]


def responses(key: AnswerKey, right: RightAnswer, text: str) -> Iterator[Response]:
    """What a text gives for each set of inputs.

    Args:
        key: what is asked, and on what.
        right: the answer that the text was made from.
        text: the source, changed or not.

    Yields:
        One response per set; none where the text cannot be run.
    """
    exercise = key.exercise
    answer = None
    with limited(right.seconds):
        answer = right.run(text)
    for inputs in key.drawn if answer is not None else ():
        response = Response(fault="error")
        with limited(right.seconds):
            response = put_question(exercise.ask, answer, inputs, exercise.asked)
        yield response


class _TooLong(BaseException):
    pass


@contextlib.contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Ends a block that takes too long or fails.

    Args:
        seconds: processor time that it may take.
    """

    def stop(*_: Any) -> None:
        raise _TooLong

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, 0.1)
    try:
        yield
    except (Exception, _TooLong):
        pass
    finally:
        for _ in range(3):
            with contextlib.suppress(_TooLong):
                signal.setitimer(signal.ITIMER_PROF, 0)
                break
