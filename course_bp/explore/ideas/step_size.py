"""The error of a finite difference against its step: a V with round-off on the left side.

Source: D0, "Finite Difference Method" (precision, and the choice of epsilon).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from ...finite_differences import Method, step_size_sweep
from ...primitives import exp, sin
from ...reverse_mode import grad
from ..stage.numbers import short
from ..stage.plot import Axes, note
from ..stage.scene import Control, Frame, Question, Scene, View
from ..stage.svg import picture

if TYPE_CHECKING:
    from ..stage.player import Player

METHODS: tuple[tuple[Method, str, str], ...] = (
    ("forward", "orange", "forward: (f(x + h) − f(x)) / h"),
    ("central", "blue", "central: (f(x + h) − f(x − h)) / 2h"),
    ("richardson", "green", "Richardson: two central ones combined"),
)
FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "sin(x)": sin,
    "exp(x)": exp,
    "x³": lambda x: x * x * x,
    "exp(sin(3x))": lambda x: exp(sin(3.0 * x)),
}
STEPS = np.logspace(0, -12, 25)


def step_size(
    f: Callable[[Any], Any] | None = None, x: float = 1.0, predict: bool = False
) -> Player:
    """Watch the error of finite differences as the step shrinks.

    Args:
        f: a function of one number, written with course_bp's functions; by default there is a
            list to choose from.
        x: where to differentiate it.
        predict: whether to ask questions on the way.

    Source: D0, "Finite Difference Method".
    """
    from ..stage.player import Player

    functions = FUNCTIONS if f is None else {getattr(f, "__name__", "f"): f}

    def build(values: dict[str, Any]) -> Scene:
        name = values.get("function", next(iter(functions)))
        return step_size_scene(functions[name], name, values.get("x", x), tuple(functions), predict)

    return Player(build)


def step_size_scene(
    f: Callable[[Any], Any],
    name: str,
    x: float,
    names: tuple[str, ...] = (),
    predict: bool = False,
) -> Scene:
    """The scene, one frame for each step size, from large to small."""
    exact = grad(f)(float(x))
    sweeps = {
        method: step_size_sweep(f, float(x), exact=exact, method=method, steps=STEPS)
        for method, _, _ in METHODS
    }
    axes = Axes(0, 0, 720, 400, (-12, 0), (-16, 1), f"{name} at x = {short(x)}",
                "step h", "relative error", log_x=True, log_y=True)  # fmt: skip
    drawn = axes.frame()
    for i, (method, colour, words) in enumerate(METHODS):
        errors = sweeps[method].errors.tolist()
        dashes = (None, "8 3", "2 3")[i]
        drawn.append(
            axes.curve(
                STEPS.tolist(),
                np.maximum(errors, 1e-16).tolist(),
                colour,
                dashes=dashes,
            )
        )
        drawn.append(axes.dot(STEPS[0], errors[0], colour, f"dot.{method}"))
        drawn.append(note(words, 80, 415 + 18 * i, colour, dashes))
    best = {m: sweeps[m].best_step for m, _, _ in METHODS}
    description = (
        f"The relative error of three finite differences of {name} at x = {short(x)} for steps h "
        "from 1 down to 1e−12, on logarithmic axes. Each curve falls as h shrinks, since the "
        "Taylor series is cut off later, and rises again when round-off is divided by h. Least: "
        + ", ".join(f"{m} at h = {short(best[m], 2)} ({short(sweeps[m].best_error, 2)})"
                    for m in best)
        + "."
    )  # fmt: skip
    title = "Finite differences: the error against the step"
    frames = []
    for i, h in enumerate(STEPS):
        now = {m: float(sweeps[m].errors[i]) for m, _, _ in METHODS}
        written = {m: short(e, 2) for m, e in now.items()}
        changes = [
            p for m, e in now.items() for p in axes.move(f"dot.{m}", float(h), max(e, 1e-16))
        ]
        frames.append(
            Frame(
                f"Step {short(h, 2)}: " + ", ".join(f"{m} {e}" for m, e in written.items()) + ".",
                f"h = {short(h, 2)}: error " + ", ".join(f"{m} {e}" for m, e in written.items()),
                tuple(f"dot.{m}" for m in now),
                tuple(changes),
                _question(i, sweeps["central"].errors),
                (short(h, 2), *written.values()),
            )
        )
    listed = Control("function", "Function", name, choices=names, recorded=names)
    controls = (listed,) if len(names) > 1 else ()
    return Scene(
        title,
        description,
        (View("curves", picture(720, 470, title, description, *drawn)),),
        tuple(frames),
        ("step h", *(m for m, _, _ in METHODS)),
        (*controls, Control("x", "x", float(x))),
        ("the dots show the step of this frame",),
        predict=predict,
    )


def _question(i: int, errors: Any) -> Question | None:
    """At two places: will a smaller step make the central difference better?"""
    if i not in (4, 20):
        return None
    better = bool(errors[i] < errors[i - 1])
    choices = ("It falls", "It rises")
    reasons = (
        "Here the Taylor series is what limits it: a smaller step cuts off less." if better
        else "Look at which of the two errors is the larger one here.",
        "The numerator has lost its digits, and dividing by a smaller h makes the loss larger."
        if not better else "Round-off is still far below the error of the Taylor series here.",
    )  # fmt: skip
    return Question(
        f"The step shrinks to {short(STEPS[i], 2)}. What does the error of the central "
        "difference do?",
        choices[0] if better else choices[1], choices, reasons, "smaller h: error = ?",
    )  # fmt: skip
