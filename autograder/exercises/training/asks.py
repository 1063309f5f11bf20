"""How unit 08 asks: parameters in dicts towards the student, one named value a tensor back."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.inside.asking import CannotAsk, call_with_inputs


def ask_gradients(answer: Any, inputs: dict[str, Any]) -> Mapping[str, Any]:
    """Calls the regulariser's function and names each gradient: `dW1` for "W1", and so on.

    Args:
        answer: the student's function.
        inputs: parameters, gradients and lam.

    Returns:
        "penalty", and the entries of "gradients" with a d before their names.

    Raises:
        CannotAsk: as `call_with_inputs`, or if "gradients" is not a dict.
    """
    returned = dict(call_with_inputs(answer, inputs))
    if "gradients" not in returned:
        return returned
    gradients = returned.pop("gradients")
    if not isinstance(gradients, Mapping):
        raise CannotAsk('The entry "gradients" should be a dict with the names of the parameters.')
    return {**returned, **{f"d{name}": value for name, value in gradients.items()}}


def ask_xor(answer: Any, inputs: dict[str, Any]) -> Mapping[str, Any]:
    """Calls a training function on XOR's four examples, and once more with half the learning rate.

    Args:
        answer: the student's function.
        inputs: the examples, where to start (W, c, w, b) and the learning rate.

    Returns:
        "first_losses", the losses of the first five steps, and "trained", the parameters at
        the end; with them the same losses once more, as "losses", and the parameters at the end
        with half the rate, as "slower".

    Raises:
        CannotAsk: as `call_with_inputs`, or if fewer than five losses come back.
    """
    half = {**copy.deepcopy(inputs), "learning_rate": inputs["learning_rate"] / 2}
    returned = call_with_inputs(answer, inputs)
    if "losses" not in returned:
        return returned
    losses = np.asarray(returned["losses"])
    if losses.ndim != 1 or losses.size < 5:
        raise CannotAsk(
            'The entry "losses" should hold one loss per step, at least five of them; its shape '
            f"is {losses.shape}."
        )
    trained = _parameters(returned)
    slower = _parameters(call_with_inputs(answer, half))
    told = {**trained, "losses": losses[:5], "slower": slower}
    return {"first_losses": losses[:5], "trained": told if trained else trained}


def _parameters(returned: Mapping[str, Any]) -> dict[str, Any]:
    return {name: returned[name] for name in ("W", "c", "w", "b") if name in returned}
