"""How unit 05 asks about objectives: it differentiates what the student wrote, numerically."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.inside.asking import CannotAsk, call_with_inputs


def ask_for_matches(answer: Any, inputs: dict[str, Any]) -> Mapping[str, Any]:
    """Turns the student's objectives into gradients by w, and says which ones are parallel.

    Args:
        answer: a function of the inputs that returns a dict of objectives (numbers), "lam",
            "ratio" and "choice".
        inputs: "w" of shape (D,) first, then whatever else the function takes.

    Returns:
        For each objective its gradient by w, measured by a central difference of fourth order
        (an array that already exists is left as it is); "lam" and "ratio" as they are; for
        "choice" the letter, provided that the student's own gradients are parallel for at least
        two of the pairs that this letter makes, and otherwise a sentence that says so.

    Raises:
        CannotAsk: as `call_with_inputs`.
    """
    found = dict(call_with_inputs(answer, inputs))
    w = inputs["w"]

    def number(name: str, at: Any) -> float:
        value = answer(at, *list(inputs.values())[1:])[name]
        if np.size(value) != 1 or isinstance(value, str) or not np.all(np.isreal(value)):
            raise CannotAsk(f"{name} should be one number for all examples together.")
        return float(np.ravel(value)[0])

    def gradient(name: str) -> Any:
        slopes = np.zeros(len(w))
        for k in range(len(w)):
            step = np.zeros(len(w))
            step[k] = 1e-3 * max(1.0, abs(w[k]))
            near = number(name, w + step) - number(name, w - step)
            far = number(name, w + 2 * step) - number(name, w - 2 * step)
            slopes[k] = (8 * near - far) / (12 * step[k])
        return slopes

    # The quiz's numbers: 1 to 4 are objectives, 5, 6 and 8 probabilities, 7 is a margin.
    columns: dict[str, str] = {
        "1": "squared_error",
        "2": "penalised",
        "3": "cross_entropy",
        "4": "hinge",
        "5": "bernoulli",
        "6": "posterior",
        "8": "gaussian",
    }

    for name in columns.values():
        if name in found and np.shape(found[name]) != np.shape(w):
            found[name] = gradient(name)

    letters = {
        "A": "15 27 36 48",
        "B": "15 27 38 46",
        "C": "17 25 35 47",
        "D": "17 25 36 48",
        "E": "18 26 35 47",
        "F": "18 26 38 48",
    }
    choice = found.get("choice")
    if not isinstance(choice, str) or choice not in letters:
        return found
    parallel = 0
    for numbers in letters[choice].split():
        pair: list[Any] = [found.get(columns.get(number, "")) for number in numbers]
        parallel += all(np.shape(g) == np.shape(w) for g in pair) and _parallel(*pair)
    first, other = found.get("squared_error"), found.get("cross_entropy")
    if parallel < 2 or (len(w) > 1 and _parallel(first, other)):
        # Gradients that are all alike, such as w for each, are not those of these objectives.
        found["choice"] = f"{choice} is not supported"
    return found


def _parallel(first: Any, second: Any) -> bool:
    if np.shape(first) != np.shape(second) or np.ndim(first) != 1:
        return False
    lengths = float(np.linalg.norm(first) * np.linalg.norm(second))
    return bool(lengths) and abs(float(np.dot(first, second))) > (1 - 1e-6) * lengths
