"""The words of a verdict: earliest wrong part first, what is right, what it looks like, a question.

Feedback never states a right value or the difference to it. The same words serve the notebook
(HTML), the terminal and nbgrader's Validate (plain text), and nbgrader's feedback page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from autograder.feedback.hints import question_of
from autograder.feedback.layout import Feedback
from autograder.feedback.memory import changed_inputs, shared_memory
from autograder.files import clean
from autograder.judge.catalogue import CATALOGUE
from autograder.judge.clues import ON_SOME
from autograder.judge.diagnosis import Finding
from autograder.judge.verdict import PartVerdict, Status, Verdict
from autograder.listed import listed

LONGEST = 3_000

_MARKS = {
    Status.RIGHT: ("✓", "right"),
    Status.FOLLOWS: ("✓", "right for your own earlier parts"),
    Status.NUMERIC: ("✗", "the right digits"),
    Status.FORM: ("✗", "right, in another form"),
    Status.AGAIN: ("✗", "the same mistake again, at no further cost"),
    Status.NARROW: ("✗", "not everywhere"),
    Status.WRONG: ("✗", "not yet"),
    Status.MALFORMED: ("✗", "cannot be compared"),
    Status.MISSING: ("✗", "missing"),
    Status.NOT_ASKED: ("–", "not looked at"),
}

_UNKNOWN = "It does not match any mistake that we know, so we cannot tell what went wrong. "

_FAULTS = {
    "unfinished": "not filled in yet",
    "function": "does not hand in a function",
    "arguments": "takes different arguments",
    "none": "returns nothing",
    "printed": "prints its result and returns nothing",
    "dict": "does not return a dict",
    "absent": "is missing: its cell did not run",
    "call": "does not have the form that was asked for",
    "error": "stops with an error",
    "borrowed": "answers the variant of another id",
}


def feedback(verdict: Verdict, worth: float | None = None, next_hint: str = "") -> Feedback:
    """Puts a verdict in words.

    Args:
        verdict: what the judge found.
        worth: the points of the exercise where it is asked, if they are not its own.
        next_hint: what to call for the next hint (default: `hint` with the exercise's id).

    Returns:
        The feedback, ready to show as text or HTML.
    """
    exercise = verdict.exercise
    most = exercise.points if worth is None else worth
    unit = "point" if most == 1 else "points"
    earned = verdict.score * (most / exercise.points)
    score = f"{format_points(earned)} of {format_points(most)} {unit}"
    headline = f"{exercise.id} · {exercise.title}: {score}"
    if verdict.fault:
        return Feedback(headline, (), _clean(_fault_paragraphs(verdict)))
    rows = tuple(
        (_MARKS[part.status][0], part.part.spoken, clean.line(_row_words(part), LONGEST))
        for part in verdict.parts
    )
    call = next_hint or f'hint("{exercise.id}")'
    return Feedback(headline, rows, _clean(_paragraphs(verdict, call)))


def format_points(points: float) -> str:
    """Points without a trailing ".0": 3, 2.5."""
    return f"{round(points, 4):g}"


def named_mistakes(verdict: Verdict) -> tuple[str, ...]:
    """The names of all mistakes found, the earliest first, each once."""
    names = [part.finding.name for part in verdict.parts if part.finding]
    return tuple(dict.fromkeys(name for name in names if name))


def summary(verdict: Verdict) -> tuple[str, ...]:
    """What went wrong in a few words each, for a table; empty when all is right."""
    if verdict.fault:
        return (_FAULTS[verdict.fault],)
    notes = list(named_mistakes(verdict))
    if verdict.mutated:
        notes.append("changes its input in place")
    if verdict.stopped_on:
        notes.append("stops on some inputs")
    unnamed: dict[str, list[str]] = {}
    for part in verdict.parts:
        if not part.credited and not _name(part):
            unnamed.setdefault(_in_short(part), []).append(part.part.name)
    notes += [f"{listed(names)}: {words}" for words, names in unnamed.items()]
    return _clean(notes)


def _clean(texts: Iterable[str]) -> tuple[str, ...]:
    """Texts that may quote what a student's code said."""
    return tuple(clean.line(text, LONGEST) for text in texts)


def _name(part: PartVerdict) -> str:
    return part.finding.spoken if part.finding else ""


def _in_short(part: PartVerdict) -> str:
    if part.status is Status.MALFORMED:
        known = {"shape": "wrong shape", "nonfinite": "not finite", "list": "wrong type"}
        return known.get(part.kind, f"wrong {part.kind}")
    if part.status in (Status.MISSING, Status.FORM, Status.NARROW):
        return _MARKS[part.status][1]
    return part.message.rstrip(".") or "cannot tell which mistake"


def evidence_of(part: PartVerdict) -> str:
    """The sentence that shows the mistake in the student's numbers."""
    source = part.finding.source if part.finding else None
    if not source:
        return ""
    everywhere = ", on every input" if part.finding and part.finding.everywhere else ""
    evidence = source.evidence.replace("your {part}", f"your {part.part.as_subject}")
    return evidence.format(part=part.part.name, everywhere=everywhere)


def _row_words(part: PartVerdict) -> str:
    words = _MARKS[part.status][1]
    name = _name(part)
    if name:
        return f"{words}: looks like {name}"
    if part.message:
        return f"{words}: {part.message}"
    return words


def _paragraphs(verdict: Verdict, next_hint: str) -> list[str]:
    paragraphs = []
    if verdict.mutated:
        paragraphs.append(changed_inputs(verdict))
    if verdict.stopped_on:
        paragraphs.append(
            f"On some inputs ({_few(verdict.stopped_on)}) your code gave no answer. "
            f"{verdict.message} The parts were judged on the other inputs, and this costs half of "
            "what they earned."
        )
    wrong = verdict.first_wrong
    sharing = shared_memory(verdict, wrong)
    if wrong is None:
        only = f"Your {verdict.parts[0].part.as_subject} is"
        count = {1: only, 2: "Both parts are"}.get(
            len(verdict.parts), f"All {len(verdict.parts)} parts are"
        )
        alone = not (verdict.mutated or verdict.stopped_on)
        return [f"{count} right."] * alone + paragraphs + sharing
    later = "" if _name(wrong) else _later_name(verdict)
    # A part that is wrong in a way that we know is the better place to begin.
    looks = [later, _first_look(verdict, wrong, bool(later))]
    paragraphs += filter(None, looks if _is_unexplained(wrong) else reversed(looks))
    question = question_of(verdict)
    if question:
        paragraphs.append(f"Ask yourself: {question}")
    paragraphs += sharing
    paragraphs.append(f"Stuck? {next_hint} gives you the next hint.")
    return paragraphs


def _later_name(verdict: Verdict) -> str:
    """What is known by name of a later part, where the first wrong part has none."""
    named = next((part for part in verdict.parts if not part.credited and _name(part)), None)
    if named is None:
        return ""
    return f"Your {named.part.as_subject} looks like {_name(named)}: {evidence_of(named)}"


def _is_unexplained(part: PartVerdict) -> bool:
    """Whether a wrong part can be compared, and nothing says what became of it."""
    if part.status in (Status.NARROW, Status.FORM) or part.message or _name(part):
        return False
    return not (part.finding and (part.finding.rivals or part.finding.follows))


def _first_look(verdict: Verdict, wrong: PartVerdict, named_later: bool) -> str:
    sound = [part.part for part in verdict.parts if part.status is Status.RIGHT]
    verb = "is" if len(sound) == 1 and not sound[0].plural else "are"
    right = f"{listed([part.name for part in sound])} {verb} right. " if sound else ""
    many = sum(not part.credited for part in verdict.parts) > 1
    entry = "your entry " if wrong.part.plural else ""
    look = f"Look {'first ' if many else ''}at {entry}{wrong.part.spoken}"
    name = _name(wrong)
    clues = " ".join(wrong.finding.clues) if wrong.finding else ""
    if name:
        form = f": {wrong.message}" if wrong.status is Status.MALFORMED and wrong.message else "."
        return f"{right}{look}{form} It looks like {name}: {evidence_of(wrong)}"
    if wrong.status is Status.NARROW:
        # The first clue says on which inputs it is wrong, and so does the message.
        said = "" if clues.startswith(ON_SOME) and not wrong.kind else f"It is {wrong.message} "
        return (
            f"{right}{look}. {said}{f'{clues} ' if clues else ''}The exercise allows inputs like "
            "this too. You get half of the points for the inputs that you got right."
        )
    if wrong.status is Status.FORM:
        return (
            f"{right}{look}: {wrong.message} The numbers are right; their form costs a tenth of "
            "the points."
        )
    if wrong.message:
        return f"{right}{look}: {wrong.message}"
    if wrong.finding and wrong.finding.rivals:
        return f"{right}{look}. {_rivalry(wrong.finding)}"
    if wrong.finding and wrong.finding.follows:
        return f"{right}{look}: it is what follows from the part before it. Fix that one first."
    start = (
        f"{right}{look}. Its form is fine, but its value does not follow from what goes into it. "
        f"{f'{clues} ' if clues else ''}"
    )
    if wrong.finding and wrong.finding.fix_first:
        return start.rstrip()
    advice = (
        "Compare it with a finite difference, then go through its line of the backward pass term "
        "by term."
        if wrong.part.name in verdict.exercise.derivatives
        else "Work it out by hand for one set of inputs, then go through its line term by term."
    )
    return f"{start}{'' if named_later else _UNKNOWN}{advice}"


def _rivalry(finding: Finding) -> str:
    shared = (
        (f" Either way, it belongs to the kind “{CATALOGUE[finding.id].name}”.")
        if finding.id
        else ""
    )
    return (
        "More than one mistake would give these numbers on every input: "
        f"{' or '.join(finding.rivals)}. So we cannot tell which it is.{shared}"
    )


def _fault_paragraphs(verdict: Verdict) -> tuple[str, ...]:
    if verdict.fault == "unfinished":
        return (
            f"{verdict.message} Fill in the cell above, remove the line that raises "
            "NotImplementedError, run it, and run this check again.",
        )
    return (
        verdict.message,
        ("Nothing has been compared yet. Fix this first, then run the check again."),
    )


def _few(names: Sequence[str]) -> str:
    return listed(names) if len(names) < 4 else f"{'; '.join(names[:2])}; and {len(names) - 2} more"
