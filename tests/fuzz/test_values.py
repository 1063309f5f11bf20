"""Values of any type, shape and size come back instead of right ones: a verdict each time."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np
from fuzz.bounded import bounded, require_clean
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.exercises import EXERCISES
from autograder.feedback.result import CheckResult
from autograder.grading.grader import _judge
from autograder.inside import framing, wire
from autograder.inside.asking import Response
from autograder.judge.answer_key import AnswerKey
from autograder.judge.draw import draw_inputs
from autograder.judge.earlier import NOTHING_EARLIER

ASKED = (
    "quiz1.forward", "quiz1.backward", "quiz2.backward", "case2.backward", "bp.batch",
    "engine.backward", "checker.verdict", "suspects.named", "softmax.jacobian", "xor.train",
)  # fmt: skip
FOUND = [name for name in ASKED if name in EXERCISES]
EXTREME = st.sampled_from(
    [math.nan, math.inf, -math.inf, 0.0, -0.0, 5e-324, 1.7976931348623157e308, 1e-308, 2**53 + 1,
     2**1023, 10**300, -(2**63), True, None, "", "x" * 2_000, "\x1b[2J", "\ud800", 1j,
     complex("nan")]
)  # fmt: skip
ARRAYS = hnp.arrays(
    st.sampled_from(
        ["f8", "f4", "f2", "i8", "u1", "?", "c16", "c8", "longdouble", "M8[s]", "U3", "O"]
    ),
    hnp.array_shapes(min_dims=0, max_dims=5, min_side=0, max_side=4),
)
VALUES = st.recursive(
    EXTREME | ARRAYS | st.floats() | st.integers() | st.builds(object),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=3) | st.integers(), inner, max_size=3)
    ),
    max_leaves=5,
)


@cache
def right(name: str) -> tuple[AnswerKey, list[dict[str, Any]]]:
    """The answer key of an exercise, and all right values on each of its inputs."""
    exercise = EXERCISES[name]
    key = AnswerKey(exercise, draw_inputs(exercise, (1,)))
    parts = [part.name for part in exercise.parts]
    probes = range(len(key.drawn))
    return key, [{part: getattr(key.right(i), part) for part in parts} for i in probes]


def sent(value: Any) -> Any:
    """A value as it comes out of the sandbox; what cannot come out is None."""
    blob = bytearray()
    try:
        return wire.decode(wire.encode(value, blob), bytes(blob))
    except framing.WireError:
        return None


def twisted(value: Any, how: str) -> Any:
    """A right value in another form."""
    array = np.asarray(value) if not isinstance(value, str | list | dict) else np.zeros(2)
    with np.errstate(all="ignore"):
        return {
            "strided": lambda: np.repeat(array, 2, axis=-1)[..., ::2] if array.ndim else array,
            "reversed": lambda: array[::-1] if array.ndim else array,
            "transposed": lambda: array.T,
            "one more axis": lambda: array[None],
            "fewer digits": lambda: array.astype("f4") if array.dtype.kind in "fiub" else array,
            "complex": lambda: array.astype(complex) if array.dtype.kind in "fiub" else array,
            "times much": lambda: array * 1e308 if array.dtype.kind in "fiub" else array,
            "a list": lambda: array.tolist(),
            "nothing of it": lambda: array[:0] if array.ndim else None,
            "broadcast": lambda: np.broadcast_to(array, (3, *array.shape)),
        }[how]()


FORMS = ("strided", "reversed", "transposed", "one more axis", "fewer digits", "complex",
         "times much", "a list", "nothing of it", "broadcast")  # fmt: skip


def check(name: str, changed: dict[str, Any], everywhere: bool) -> None:
    exercise, (key, values) = EXERCISES[name], right(name)
    answers = [
        {**own, **changed} if everywhere or not number else own for number, own in enumerate(values)
    ]
    found = [
        Response(sent(answer) or {}, after=inputs)
        for answer, inputs in zip(answers, key.drawn, strict=True)
    ]
    with bounded():
        verdict = _judge(key, found, NOTHING_EARLIER)
        result = CheckResult(verdict)
        data = result._repr_mimebundle_()
    assert 0 <= verdict.score <= exercise.points
    require_clean([data, str(result), result._repr_html_()])
    assert len(str(result)) < 20_000


@given(st.sampled_from(FOUND), st.data(), st.booleans())
def test_any_value_gets_a_verdict(name: str, data: st.DataObject, everywhere: bool) -> None:
    parts = [part.name for part in EXERCISES[name].parts]
    changed = data.draw(st.dictionaries(st.sampled_from(parts), VALUES, min_size=1, max_size=3))
    check(name, changed, everywhere)


@given(st.sampled_from(FOUND), st.data(), st.sampled_from(FORMS), st.booleans())
@example("quiz1.backward", None, "times much", True)
def test_a_right_value_in_another_form_gets_a_verdict(
    name: str, data: Any, form: str, everywhere: bool
) -> None:
    parts = [part.name for part in EXERCISES[name].parts]
    chosen = data.draw(st.sampled_from(parts)) if data else parts[0]
    check(name, {chosen: twisted(right(name)[1][0][chosen], form)}, everywhere)
