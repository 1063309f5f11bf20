"""Hints that open one at a time: a further one after the attempt has changed."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.feedback.hints import further_hints, subject_of
from autograder.files import clean
from autograder.judge.verdict import Verdict

_NONE = "This exercise has no hints. Write out a smaller case by hand, or ask somebody."
_WAITS = "For the next hint, change your attempt and run the check again."
_LAST = (
    "This is the last hint. Write out a smaller case by hand, or ask somebody to look at your code."
)


class Hint:
    """One hint, shown as text or HTML."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return (
            "<div class='course-bp-hint' style='border-left:4px solid #56b4e9;padding:4px 0 4px "
            f"12px;max-width:52em;line-height:1.45'>{clean.html(self.text)}</div>"
        )


@dataclass
class HintsInTurn:
    """The hints for what the last check found.

    Args:
        verdict: what it found.
        attempt: what tells this attempt from another.
        waits: whether a further hint waits until the attempt has changed.
        last: what is said when there is no further hint.
    """

    verdict: Verdict
    attempt: str
    waits: bool = True
    last: str = _LAST
    _hinted_attempt: str = ""
    _level: int = 0

    def after(self, verdict: Verdict, attempt: str) -> HintsInTurn:
        """What follows on another check: the same hints go on, others begin anew.

        Args:
            verdict: what it found.
            attempt: what tells its attempt from another.
        """
        if further_hints(self.verdict) != further_hints(verdict):
            return HintsInTurn(verdict, attempt, self.waits, self.last)
        self.verdict, self.attempt = verdict, attempt
        return self

    def next(self) -> Hint:
        """The next hint; the same one again if it waits and the attempt has not changed."""
        if self.verdict.full:
            return Hint("All parts are right; there is nothing left to hint at.")
        hints = further_hints(self.verdict)
        if not hints:
            return Hint(_NONE)
        last = self._level == len(hints)
        again = self._level and self._hinted_attempt == self.attempt and (self.waits or last)
        if not again and not last:
            self._level += 1
        self._hinted_attempt = self.attempt
        about = subject_of(self.verdict)
        text = f"Hint {self._level} of {len(hints)} for {about}: {hints[self._level - 1]}"
        if not again:
            return Hint(text)
        return Hint(f"{text} {self.last if last else _WAITS}")
