"""Whether a part is right on one set of inputs."""

from __future__ import annotations

from autograder.exercise import Part
from autograder.inside.asking import Response
from autograder.judge.answer_key import AnswerKey
from autograder.judge.compare import close, form_fault
from autograder.judge.forms import read_forms


def is_right(
    key: AnswerKey, part: Part, probe: int, response: Response, any_form: bool = False
) -> bool:
    """Whether a part is right on one set of inputs.

    Args:
        key: what was asked.
        part: the part.
        probe: the number of the set.
        response: what came back for it.
        any_form: whether other forms than lists and arrays count too, such as single precision.
    """
    if part.name not in response.values:
        return False
    value, right = response.values[part.name], key.right(probe)
    if part.accept is not None:
        return part.accepts(value, right)
    wanted, tolerance = getattr(right, part.name), key.exercise.tolerance
    fault = form_fault(value, wanted)
    if fault is None:
        return close(value, wanted, tolerance)
    if not (any_form or fault.kind == "list"):
        return False
    read = read_forms([value], [wanted])
    return read is not None and read.agrees([wanted], tolerance)


def is_right_on(key: AnswerKey, probe: int, response: Response) -> bool:
    """Whether all parts of what came back for one set of inputs are right.

    Args:
        key: what was asked.
        probe: the number of the set.
        response: what came back for it.
    """
    return not response.fault and all(
        is_right(key, part, probe, response) for part in key.exercise.parts
    )
