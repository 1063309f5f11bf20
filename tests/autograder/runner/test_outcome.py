"""What the submission's process reports is a stranger's word."""

from __future__ import annotations

import base64
import json
from typing import Any

import numpy as np
import pytest

from autograder.exercises import find
from autograder.inside import framing
from autograder.runner.job import AskExercise
from autograder.runner.outcome import LARGE, StepOutcome, read_outcome, responses


def png(width: int, height: int) -> str:
    """The beginning of a picture, as far as anybody looks at it here."""
    sizes = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    return base64.b64encode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + sizes).decode()


PNG = png(640, 480)
NO_PNG = base64.b64encode(b"\x89PNG" * 9).decode()


def outputs(*found: Any) -> list[dict[str, Any]]:
    return read_outcome({"steps": [{"status": "ok", "outputs": list(found)}]}, b"").steps[0].outputs


def test_only_text_and_pictures_are_kept() -> None:
    data = {
        "text/plain": "x", "image/png": PNG, "text/html": "<b>", "text/latex": "$",
        "image/svg+xml": "<svg>", "application/javascript": "alert()",
    }  # fmt: skip
    (output,) = outputs({"output_type": "execute_result", "data": data})
    assert output == {
        "output_type": "execute_result",
        "data": {"text/plain": "x", "image/png": PNG},
        "metadata": {},
    }


@pytest.mark.parametrize(
    "output",
    [None, 3, {}, {"output_type": "update"}, {"output_type": "display_data", "data": 1},
     {"output_type": "display_data", "data": {"image/png": '"><script>'}},
     {"output_type": "display_data", "data": {"image/png": base64.b64encode(b"GIF").decode()}},
     {"output_type": "display_data", "data": {"image/png": NO_PNG}}],
)  # fmt: skip
def test_what_is_no_output_is_dropped(output: Any) -> None:
    assert outputs(output) == []


@pytest.mark.parametrize("size", [(2**31 - 1, 2**31 - 1), (100_000, 30_000), (0, 5)])
def test_a_picture_that_no_browser_could_draw_is_left_out(size: tuple[int, int]) -> None:
    found = outputs({"output_type": "display_data", "data": {"image/png": png(*size)}})
    assert [output["data"] for output in found] == ([{"text/plain": LARGE}] if all(size) else [])


def test_all_pictures_of_a_notebook_have_one_budget() -> None:
    large = {"output_type": "display_data", "data": {"image/png": png(8_000, 5_000)}}
    kinds = [list(output["data"]) for output in outputs(large, large, large)]
    assert kinds == [["image/png"], ["image/png"], ["text/plain"]]


def test_text_can_be_written_as_utf8() -> None:
    (stream, error) = outputs(
        {"output_type": "stream", "name": "evil", "text": "\ud800"},
        {"output_type": "error", "ename": 3, "evalue": "\udfff", "traceback": "no list"},
    )
    json.dumps([stream, error], ensure_ascii=False).encode()
    assert stream["name"] == "stdout"
    assert error["traceback"] == []


@pytest.mark.parametrize("status", ["score", None, 3, ["ok"]])
def test_an_unknown_status_is_internal(status: Any) -> None:
    report = {"status": status, "cpu": "much", "wall": -1, "sizes": [99], "bytes": 3}
    (step,) = read_outcome({"steps": [report]}, b"abc").steps
    assert (step.status, step.cpu, step.wall, step.frames) == ("internal", 0.0, 0.0, ())


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"\xff" * 20,
        framing.pack([]),
        framing.pack({"fault": "right", "message": ""}),
        framing.pack({"fault": "", "values": {"list": []}, "after": {"dict": []}}),
        framing.pack({"fault": "", "values": {"dict": []}}),
        framing.pack({"fault": "", "values": {"array": ["<f8", [9], 0]}, "after": {"dict": []}}),
    ],
)
def test_an_unreadable_response_is_a_fault(frame: bytes) -> None:
    (response,) = responses(StepOutcome("ok", frames=(frame,)), [{"x": 1.0}])
    assert response.fault == "error"
    assert response.values == {}


def test_a_missing_response_says_how_the_run_ended() -> None:
    (response,) = responses(StepOutcome("wall time"), [{"x": 1.0}])
    assert response.message == "Your code took too long and was stopped."


def test_inputs_that_do_not_come_back_count_as_changed() -> None:
    frame = framing.pack(
        {"fault": "", "message": "", "values": {"dict": []}, "after": {"dict": []}}
    )
    (response,) = responses(StepOutcome("ok", frames=(frame,)), [{"x": 1.0}])
    assert response.mutated == ("x",)


def came_back(after: Any, content: bytes) -> tuple[str, ...]:
    """Which of two inputs count as changed when this comes back of them."""
    drawn = [{"x": np.array([1.0, 2.0]), "n": 3}]
    sent = AskExercise(find("quiz1.forward"), "f", drawn).sent
    values = {"dict": [["y", {"array": ["<f8", [1], 16]}]]}
    frame = framing.pack({"fault": "", "values": values, "after": after}, content)
    (response,) = responses(StepOutcome("ok", frames=(frame,)), drawn, sent)
    assert response.fault == ""
    assert response.values["y"].tolist() == [7.0]
    # What the call left is told just where it is not what came in.
    assert bool(response.after) == bool(response.mutated)
    return response.mutated


@pytest.mark.parametrize(
    ("x", "n", "bytes", "mutated"),
    [
        ({"array": ["<f8", [2], 0]}, 3, [1.0, 2.0, 7.0], ()),
        ({"array": ["<f8", [2], 0]}, 3, [1.0, 2.5, 7.0], ("x",)),
        ({"array": ["<f8", [1, 2], 0]}, 3, [1.0, 2.0, 7.0], ("x",)),
        ({"array": ["<f8", [2], 24]}, 3, [0.0, 0.0, 7.0, 1.0, 2.0], ()),
        ({"array": ["<f8", [2], 0]}, 4, [1.0, 2.0, 7.0], ("n",)),
        ({"object": "x"}, None, [1.0, 2.0, 7.0], ("x", "n")),
    ],
)
def test_inputs_are_compared_with_what_was_sent(
    x: Any, n: Any, bytes: list[float], mutated: tuple[str, ...]
) -> None:
    assert came_back({"dict": [["x", x], ["n", n]]}, np.array(bytes).tobytes()) == mutated


@pytest.mark.parametrize(
    ("told", "read"),
    [
        (["long doubles", "complex numbers"], ("complex numbers", "long doubles")),
        (["<b>", 3, ["complex numbers"]], ()),
        ("complex numbers", ()),
        ({"complex numbers": 1}, ()),
        (None, ()),
    ],
)
def test_of_the_numbers_that_an_answer_uses_only_known_kinds_are_read(
    told: Any, read: tuple[str, ...]
) -> None:
    empty = {"dict": []}
    frame = framing.pack({"fault": "", "values": empty, "after": empty, "beyond": told})
    (response,) = responses(StepOutcome("ok", frames=(frame,)), [{}])
    assert response.beyond == read
