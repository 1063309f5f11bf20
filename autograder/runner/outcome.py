"""Checks what came back from a run: statuses, outputs, answers and costs."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.exercise import Inputs
from autograder.files import clean
from autograder.inside import framing, wire
from autograder.inside.asking import FAULTS, Response
from autograder.inside.beyond_double import KINDS
from autograder.inside.side_effects import changed_inputs
from autograder.runner.job import Sent
from autograder.runner.limits import STATUSES
from autograder.runner.pictures import png_pixels

MAX_MESSAGE = 1_000
MAX_OUTPUTS = 200
# Bytes of JSON in the answer to one set of inputs; numbers in arrays do not count.
MAX_JSON = 2 * framing.MIB
MAX_LINES = 100
# Characters that all cells of a notebook may show, pictures included.
MAX_SHOWN = 4 * framing.MIB
# Of all pictures of a notebook. A browser takes four bytes for each, and a picture of one colour
# is written with a thousandth of that.
MAX_PIXELS = 100_000_000
CUT = "[the rest of what the notebook shows was cut off]\n"
LARGE = "[a picture was left out: the notebook's pictures are too large]"


@dataclass
class Budget:
    """How much one submission may still send back, over all its steps.

    Args:
        shown: characters of outputs.
        pixels: pixels of pictures.
        decoded: values that answers may still be decoded to.
    """

    shown: int = MAX_SHOWN
    pixels: int = MAX_PIXELS
    decoded: wire.Budget = field(default_factory=wire.Budget)


@dataclass(frozen=True)
class StepOutcome:
    """How one cell or one exercise went.

    Args:
        status: a key of `limits.STATUSES`.
        outputs: nbformat outputs of a cell, as plain dicts.
        cpu: processor seconds.
        wall: seconds.
        peak: bytes of memory that asking took beyond what the cells held.
        signal: the number of the signal that ended asking, or 0.
        frames: what came back from an exercise, one frame per set of inputs, not yet checked.
        budget: values that all answers of the submission together may still be decoded to.
    """

    status: str = "not run"
    outputs: list[dict[str, Any]] = field(default_factory=list)
    cpu: float = 0.0
    wall: float = 0.0
    peak: int = 0
    signal: int = 0
    frames: tuple[bytes, ...] = ()
    budget: wire.Budget = field(default_factory=wire.Budget, compare=False, repr=False)


@dataclass(frozen=True)
class Outcome:
    """How a submission went.

    Args:
        steps: one for each step of the job.
        cpu: processor seconds of everything.
        wall: seconds from the first step to the last.
        peak: bytes of the largest process, or of all processes beyond the warm one, if more.
        replays: how often the rest was run again without a step that hung or crashed.
        failure: why the grader could not run it at all, or "".
    """

    steps: tuple[StepOutcome, ...]
    cpu: float = 0.0
    wall: float = 0.0
    peak: int = 0
    replays: int = 0
    failure: str = ""


def read_outcome(message: Any, content: bytes) -> Outcome:
    """Reads what the warm process reports.

    Args:
        message: its report; the parts that come from the submission are checked here.
        content: the answers' frames.

    Returns:
        The outcome.

    Raises:
        WireError: if it is not a report.
    """
    reports = message.get("steps") if isinstance(message, dict) else None
    if not isinstance(reports, list) or not all(isinstance(one, dict) for one in reports):
        raise framing.WireError("a report is not one")
    budget = Budget()
    steps, start = [], 0
    for report in reports:
        end = start + int(_number(report.get("bytes")))
        steps.append(_read_step(report, content[start:end], budget))
        start = end
    return Outcome(
        tuple(steps),
        cpu=_number(message.get("cpu")),
        wall=_number(message.get("wall")),
        peak=int(_number(message.get("peak"))),
        replays=int(_number(message.get("replays"))),
        failure=_line(message.get("failure"))[:300],
    )


def responses(
    step: StepOutcome, drawn: Sequence[Inputs], sent: Sequence[Sent] = ()
) -> list[Response]:
    """The responses of an exercise, one for each set of inputs, no matter what was sent.

    Args:
        step: how asking it went.
        drawn: the inputs that were sent.
        sent: the same as they were sent; what comes back like that need not be read.

    Returns:
        One response per set of inputs; where no readable answer came, a fault in words.
    """
    found = []
    for number, inputs in enumerate(drawn):
        if number < len(step.frames):
            frame, as_sent = step.frames[number], sent[number] if sent else None
            found.append(_read_response(frame, inputs, as_sent, step.budget))
        else:
            words = STATUSES.get(step.status, STATUSES["internal"])
            found.append(Response(fault="error", message=f"Your code {words}."))
    return found


def _read_step(report: dict[str, Any], content: bytes, budget: Budget) -> StepOutcome:
    status = report.get("status")
    sizes = report.get("sizes")
    frames, start = [], 0
    for size in sizes if isinstance(sizes, list) else []:
        if type(size) is not int or not 0 < size <= len(content) - start:
            break
        frames.append(content[start : start + size])
        start += size
    return StepOutcome(
        status=status if isinstance(status, str) and status in STATUSES else "internal",
        outputs=_read_outputs(report.get("outputs"), budget),
        cpu=_number(report.get("cpu")),
        wall=_number(report.get("wall")),
        peak=int(_number(report.get("peak"))),
        signal=int(_number(report.get("signal"))) % 128,
        frames=tuple(frames),
        budget=budget.decoded,
    )


def _read_response(
    frame: bytes, inputs: Inputs, sent: Sent | None, budget: wire.Budget
) -> Response:
    try:
        message, blob = framing.unpack(frame, MAX_JSON)
        if not isinstance(message, dict) or message.get("fault") not in FAULTS:
            raise framing.WireError("a response is not one")
        if message["fault"]:
            return Response(fault=message["fault"], message=_line(message.get("message")))
        values = wire.decode(message.get("values"), blob, budget)
        told = message.get("after")
        unchanged = sent and told == sent.description and blob.startswith(sent.content)
        after = {} if unchanged else wire.decode(told, blob, budget)
        if not isinstance(values, dict) or not isinstance(after, dict):
            raise framing.WireError("a response holds no values")
    except (framing.WireError, MemoryError, RecursionError) as error:
        return Response(fault="error", message=f"What came back cannot be read: {error}."[:500])
    found = message.get("others")
    named = found[:10] if isinstance(found, list) else []
    others = tuple(_line(name)[: wire.MAX_NAME] for name in named)
    try:
        mutated = () if unchanged else changed_inputs(inputs, after)
    except Exception:  # NumPy refuses to compare some values with some others.
        mutated = tuple(inputs)
    shared = _read_pairs(message.get("shared"))
    told = message.get("beyond")
    beyond = tuple(kind for kind in KINDS if isinstance(told, list) and kind in told)
    return Response(
        values,
        mutated=mutated,
        after=after if mutated else {},
        others=others,
        shared=shared,
        beyond=beyond,
    )


def _read_pairs(found: Any) -> tuple[tuple[str, str], ...]:
    pairs = found[:10] if isinstance(found, list) else []
    return tuple(
        (_line(pair[0])[: wire.MAX_NAME], _line(pair[1])[: wire.MAX_NAME])
        for pair in pairs
        if isinstance(pair, list) and len(pair) == 2
    )


def _length(output: Any) -> int:
    """The characters of all texts in an output, and one for anything else in it."""
    left, total = [output], 0
    while left:
        one = left.pop()
        total += len(one) if isinstance(one, str) else 1
        left += one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
    return total


def _read_outputs(outputs: Any, budget: Budget) -> list[dict[str, Any]]:
    """Keeps plain text and pictures. HTML and scripts would run in the TA's browser.

    Where the room ends, a line says so.
    """
    kept: list[dict[str, Any]] = []
    for output in outputs[:MAX_OUTPUTS] if isinstance(outputs, list) else []:
        if not isinstance(output, dict) or budget.shown < 0:
            continue
        budget.shown -= _length(output)
        if budget.shown < 0:
            kept.append({"output_type": "stream", "name": "stdout", "text": CUT})
            continue
        kind = output.get("output_type")
        if kind == "stream":
            name = "stderr" if output.get("name") == "stderr" else "stdout"
            kept.append({"output_type": kind, "name": name, "text": _text(output.get("text"))})
        elif kind == "error":
            kept.append(_read_error(output))
        elif kind in ("display_data", "execute_result"):
            data = _read_data(output.get("data"), budget)
            if data:
                kept.append({"output_type": kind, "data": data, "metadata": {}})
    return kept


def _read_error(output: dict[str, Any]) -> dict[str, Any]:
    lines = output.get("traceback")
    return {
        "output_type": "error",
        "ename": _line(output.get("ename"))[:200],
        "evalue": _text(output.get("evalue"))[:2000],
        "traceback": [
            _text(line)[:4000] for line in (lines[:MAX_LINES] if isinstance(lines, list) else [])
        ],
    }


def _read_data(data: Any, budget: Budget) -> dict[str, str]:
    kept: dict[str, str] = {}
    if not isinstance(data, dict):
        return kept
    if isinstance(data.get("text/plain"), str):
        kept["text/plain"] = _text(data["text/plain"])
    picture = data.get("image/png")
    if isinstance(picture, str) and len(picture) <= MAX_SHOWN:
        try:
            raw = base64.b64decode(picture, validate=True)
        except (ValueError, binascii.Error):
            raw = b""
        pixels = png_pixels(raw)
        if 0 < pixels <= budget.pixels:
            budget.pixels -= pixels
            kept["image/png"] = base64.b64encode(raw).decode()
        elif pixels:
            kept["text/plain"] = LARGE
    return kept


def _text(value: Any) -> str:
    return clean.block(value, MAX_SHOWN) if isinstance(value, str) else ""


def _line(value: Any) -> str:
    return clean.line(value, MAX_MESSAGE) if isinstance(value, str) else ""


def _number(value: Any) -> float:
    return float(value) if type(value) in (int, float) and 0 <= value < 1e15 else 0.0
