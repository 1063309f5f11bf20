"""BP1 and BP2, one at a time, for one example.

Notation of decks D1 and D3 (and Nielsen): z before the sigmoid, a after it, δ = ∂C/∂z, and
w_jk is the weight into unit j from unit k, so that z = W a + b. C = ½ Σ (a − y)².
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.domain import Real, corners
from autograder.exercise import Exercise, Inputs, Mistake, Part, Probe
from autograder.exercises.layers_and_batches import four_equations_mistakes
from autograder.exercises.layers_and_batches.formulas import UNIT, sigmoid, slope


def _output_layer(units: int) -> Any:
    def draw(rng: np.random.Generator) -> Inputs:
        return {"z": rng.normal(size=units), "y": rng.uniform(0.1, 0.9, size=units)}

    return draw


OUTPUT_ERROR_EXERCISE = Exercise(
    id="bp.output_error",
    unit=UNIT,
    title="BP1, the error of the output layer",
    objectives=("O4",),
    deck="D1 and D3, four equations, BP1",
    steps={
        "a": lambda v: sigmoid(v.z),
        "C": lambda v: 0.5 * np.sum((v.a - v.y) ** 2),
        "nabla": lambda v: v.a - v.y,
        "delta": lambda v: v.nabla * slope(v.a),
    },
    parts=(Part("nabla", 0.4, "∇_a C"), Part("delta", 0.6, "δ^L")),
    probes=(
        Probe("five outputs", _output_layer(5)),
        Probe("three outputs", _output_layer(3)),
        *corners(z=Real("n", largest=6.0), y=Real("n")),
    ),
    output="C",
    leaves={"delta": "z"},
    tolerance=1e-9,
    why_tolerance="1 − a loses digits where a sigmoid is close to 1",
    mistakes=(
        Mistake(
            "M1",
            "y − a",
            {"nabla": lambda v: v.y - v.a},
            "your {part} points from the output to the target, which is the way down. A gradient "
            "points uphill.",
        ),
        Mistake(
            "M2",
            "cost without ½",
            {"nabla": lambda v: 2 * (v.a - v.y)},
            "your {part} is twice as large as it should be for this cost, on every input.",
            name="a factor of 2, as if the cost had no ½",
        ),
        Mistake(
            "M3",
            "mean over the outputs",
            {"nabla": lambda v: (v.a - v.y) / len(v.y)},
            "your {part} is too small by a factor that equals the number of outputs.",
            name="a mean over the outputs instead of a sum",
            question="Does ½ Σ (a − y)² divide by anything besides the 2?",
        ),
        Mistake(
            "M6",
            "z for a",
            {"nabla": lambda v: v.z - v.y},
            "your {part} compares the targets with z, the values before the sigmoid.",
        ),
        Mistake(
            "M36",
            "σ′ in ∇_a C",
            {"nabla": lambda v: (v.a - v.y) * slope(v.a)},
            "your {part} contains σ′, which belongs to the step from a to z.",
        ),
        Mistake(
            "M5",
            "σ′ left out",
            {"delta": lambda v: v.nabla},
            "your {part} is ∇_a C itself; the step from a to z is missing.",
        ),
        Mistake(
            "M6",
            "σ′ at a",
            {"delta": lambda v: v.nabla * slope(sigmoid(v.a))},
            "your {part} evaluates σ′ at a, which is already the output of a sigmoid.",
        ),
        Mistake(
            "M6",
            "z(1 − z)",
            {"delta": lambda v: v.nabla * slope(v.z)},
            "your {part} uses z(1 − z) with the values before the sigmoid.",
        ),
        Mistake(
            "M9",
            "slope alone",
            {"delta": lambda v: slope(v.a)},
            "your {part} does not contain ∇_a C.",
        ),
        Mistake(
            "M12",
            "dot product for ⊙",
            {"delta": lambda v: v.nabla @ slope(v.a)},
            "your {part} is a single number, because the products were added up.",
        ),
        *four_equations_mistakes.OUTPUT,
    ),
    variants={
        "loop over units": lambda z, y: _output_error_by_loop(z, y),
        "slope from e^−z": lambda z, y: {
            "nabla": -(y - sigmoid(z)),
            "delta": (sigmoid(z) - y) * np.exp(-z) / (1 + np.exp(-z)) ** 2,
        },
        "Jacobian of the sigmoids": lambda z, y: {
            "nabla": np.add(sigmoid(z), -y),
            "delta": np.diag(slope(sigmoid(z))) @ (sigmoid(z) - y),
        },
    },
    hints=(
        "C depends on z only through a. Which two factors does the chain rule multiply?",
        "∇_a C is the derivative of ½(a − y)² in each entry. The step from a to z is σ′, also in "
        "each entry.",
        "With one output, C = ½(a − y)² and a = σ(z). So dC/da is the difference of a and y, and "
        "dC/dz is that times a(1 − a). With K outputs, do this K times, side by side.",
    ),
)


def _output_error_by_loop(z: Any, y: Any) -> dict[str, Any]:
    nabla, delta = np.zeros(len(z)), np.zeros(len(z))
    for j, (pre, target) in enumerate(zip(z, y, strict=True)):
        unit = (np.tanh(pre / 2) + 1) / 2
        nabla[j] = unit - target
        delta[j] = nabla[j] * (unit - unit**2)
    return {"nabla": nabla, "delta": delta}


def _hidden_layer(above: int, here: int) -> Any:
    def draw(rng: np.random.Generator) -> Inputs:
        return {
            "W_next": rng.normal(size=(above, here)),
            "delta_next": rng.normal(size=above),
            "z": rng.normal(size=here),
        }

    return draw


HIDDEN_ERROR_EXERCISE = Exercise(
    id="bp.hidden_error",
    unit=UNIT,
    title="BP2, the error one layer below",
    objectives=("O4",),
    deck="D1 and D3, four equations, BP2",
    steps={
        "a": lambda v: sigmoid(v.z),
        # Any cost whose error in the next layer is delta_next has the same derivatives here.
        "C": lambda v: v.delta_next @ (v.W_next @ v.a),
        "nabla": lambda v: v.W_next.T @ v.delta_next,
        "delta": lambda v: v.nabla * slope(v.a),
    },
    parts=(Part("nabla", 0.5, "∂C/∂a^l"), Part("delta", 0.5, "δ^l")),
    probes=(
        Probe("7 units below 3", _hidden_layer(3, 7)),
        Probe("4 units below 4", _hidden_layer(4, 4)),
        Probe("2 units below 5", _hidden_layer(5, 2)),
        *corners(W_next=Real("m", "n"), delta_next=Real("m"), z=Real("n", largest=6.0)),
    ),
    output="C",
    leaves={"delta": "z"},
    tolerance=1e-9,
    why_tolerance="1 − a loses digits where a sigmoid is close to 1",
    mistakes=(
        Mistake(
            "M11",
            "W where Wᵀ belongs",
            {"nabla": lambda v: v.W_next @ v.delta_next},
            "your {part} uses W without a transpose, as the forward pass does. That runs only if "
            "two layers have the same size, and then it sums over the wrong index.",
            name="a missing transpose on the way back",
        ),
        Mistake(
            "M3",
            "average for sum",
            {"nabla": lambda v: v.W_next.T @ v.delta_next / len(v.delta_next)},
            "your {part} is too small by a factor that equals the number of units above.",
            name="an average instead of a weighted sum",
            question="If a unit fed one more unit above, should its other contributions shrink?",
        ),
        Mistake(
            "M15",
            "overwritten in the loop over j",
            {"nabla": lambda v: v.W_next[-1] * v.delta_next[-1]},
            "your {part} holds only the contribution of the last unit of the layer above.",
            question="How many units above does each unit feed, and does your line use = or += ?",
        ),
        Mistake(
            "M29",
            "sums first",
            {"nabla": lambda v: v.W_next.sum(axis=0) * v.delta_next.sum()},
            "your {part} adds up the weights and the errors first, and then multiplies the sums.",
        ),
        Mistake(
            "M9",
            "errors above dropped",
            {"nabla": lambda v: v.W_next.sum(axis=0)},
            "your {part} does not depend on the errors of the layer above.",
        ),
        Mistake(
            "M1",
            "sign",
            {"nabla": lambda v: -v.W_next.T @ v.delta_next},
            "your {part} has the right size but the opposite sign, on every input.",
        ),
        Mistake(
            "M36",
            "σ′ in ∂C/∂a",
            {"nabla": lambda v: (v.W_next.T @ v.delta_next) * slope(v.a)},
            "your {part} contains σ′, which belongs to the step from a to z.",
        ),
        Mistake(
            "M5",
            "σ′ left out",
            {"delta": lambda v: v.nabla},
            "your {part} is the gradient at a; the step from a to z is missing.",
        ),
        Mistake(
            "M6",
            "σ′ at a",
            {"delta": lambda v: v.nabla * slope(sigmoid(v.a))},
            "your {part} evaluates σ′ at a, which is already the output of a sigmoid.",
        ),
        Mistake(
            "M6",
            "z(1 − z)",
            {"delta": lambda v: v.nabla * slope(v.z)},
            "your {part} uses z(1 − z) with the values before the sigmoid.",
        ),
        Mistake(
            "M12",
            "dot product for ⊙",
            {"delta": lambda v: v.nabla @ slope(v.a)},
            "your {part} is a single number, because the products were added up.",
        ),
        *four_equations_mistakes.HIDDEN,
    ),
    variants={
        "double loop": lambda W_next, delta_next, z: _hidden_error_by_loops(W_next, delta_next, z),
        "row times matrix": lambda W_next, delta_next, z: {
            "nabla": delta_next @ W_next,
            "delta": (delta_next @ W_next) * sigmoid(z) * sigmoid(-z),
        },
        "einsum": lambda W_next, delta_next, z: {
            "nabla": np.einsum("jk,j->k", W_next, delta_next),
            "delta": np.einsum("jk,j,k->k", W_next, delta_next, slope(sigmoid(z))),
        },
    },
    hints=(
        "A hidden unit reaches the cost through every unit of the layer above. What do you do "
        "with several paths?",
        "Unit k feeds unit j above with the weight W_next[j, k]. Its ∂C/∂a_k is a sum over all "
        "j, that is, over the rows: the error of unit j times that weight. Then σ′ leads from a "
        "to z.",
        "With two units above, ∂C/∂a_k = w_1k δ_1 + w_2k δ_2. The index j that you sum over is "
        "the first index of W. But a product with a vector sums over the second index, so W must "
        "be transposed first.",
    ),
)


def _hidden_error_by_loops(W_next: Any, delta_next: Any, z: Any) -> dict[str, Any]:
    nabla = np.zeros(len(z))
    for k in range(len(z)):
        for j in range(len(delta_next)):
            nabla[k] += W_next[j, k] * delta_next[j]
    return {"nabla": nabla, "delta": nabla * np.exp(z) / (1 + np.exp(z)) ** 2}


EXERCISES = (OUTPUT_ERROR_EXERCISE, HIDDEN_ERROR_EXERCISE)
