"""Backpropagation through a network of layers, written out by hand in the two textbook ways.

`backprop` is the four equations BP1–BP4 for a batch, one example per row; `algorithm_6_4` is
Goodfellow's loop for one example, a column. Neither uses the graph: they show what it does. Only
what belongs to no layer is looked up, σ′ and the loss's own derivative.

The same quantity, four times (the input is Nielsen's layer 1 and Goodfellow's layer 0, so that
k = l − 1; * is ⊙):

    here, rows             Nielsen (D1, D3)       Goodfellow (D1)        CMU (D0, D2)
    a[l−1]   (N, n_in)     a^{l−1}                h^(k−1)                x, z
    W        (n_in, n_out) (w^l)ᵀ                 W^(k)ᵀ                 αᵀ
    z[l] = a[l−1] W + b    z^l = w^l a^{l−1} + b  a^(k) = b + W h^(k−1)  a, b
    a[l] = σ(z[l])         a^l                    h^(k)                  z, y
    delta[l]               δ^l                    g after the ⊙          dJ/da, dJ/db

    BP1  delta[L] = ∇_a C * σ′(z[L])
    BP2  delta[l] = (delta[l+1] W[l+1]ᵀ) * σ′(z[l])      δ^l = ((w^{l+1})ᵀ δ^{l+1}) ⊙ σ′(z^l)
    BP3  db[l] = the column sums of delta[l]             ∂C/∂b^l = δ^l
    BP4  dW[l] = a[l−1]ᵀ delta[l]                        ∂C/∂w^l = δ^l (a^{l−1})ᵀ

In rows a transpose moves to the other side of every product, and the sum over examples, which a
column needs to be told, is part of the product in BP4 and the column sum in BP3. The 1/N of a mean
loss enters once, in ∇_a C.

Source: D1, BP1–BP4 (whose slide prints BP4 twice and BP3 without its label); D3, 4 Fundamental
Equations for Back Propagation (of its two orientations only w a fits BP-2); Nielsen, Neural
Networks and Deep Learning, chapter 2; Goodfellow, Bengio and Courville, Deep Learning,
Algorithms 6.3 and 6.4.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..reverse_mode import value_and_grad
from .activations import Activation, activation_derivative
from .optimizers import l2_gradient, l2_penalty

FloatArray: TypeAlias = NDArray[np.float64]
Layer: TypeAlias = dict[str, Any]
Loss: TypeAlias = Callable[[Any, Any], Any]

__all__ = ["Algorithm64", "Backprop", "algorithm_6_4", "backprop", "feedforward"]


@dataclass(frozen=True)
class Backprop:
    """All that `backprop` computed. Layers are numbered as by Nielsen: 1 is the input, L the last.

    Attributes:
        C: the cost.
        z: z[l] for l = 2 … L, what enters the activation, shape (N, n_l).
        a: a[l] for l = 1 … L, what leaves it; a[1] is the input.
        nabla_a_C: ∂C/∂a[L], shape (N, n_L).
        sigma_prime: σ′(z[l]) for l = 2 … L.
        delta: δ[l] = ∂C/∂z[l] for l = 2 … L.
        dW: ∂C/∂W for l = 2 … L, shape (n_{l−1}, n_l).
        db: ∂C/∂b for l = 2 … L, shape (n_l,).
    """

    C: float
    z: dict[int, FloatArray]
    a: dict[int, FloatArray]
    nabla_a_C: FloatArray
    sigma_prime: dict[int, FloatArray]
    delta: dict[int, FloatArray]
    dW: dict[int, FloatArray]
    db: dict[int, FloatArray]

    @property
    def gradients(self) -> list[dict[str, FloatArray]]:
        """The gradients nested as the parameters, ready for `SGD.step`."""
        return [{"W": self.dW[layer], "b": self.db[layer]} for layer in sorted(self.dW)]


def feedforward(
    parameters: Sequence[Layer], activations: Sequence[Activation], x: Any
) -> tuple[dict[int, Any], dict[int, Any]]:
    """The forward pass of a batch, everything on the way kept.

    Args:
        parameters: for each layer {"W": shape (n_in, n_out), "b": shape (n_out,)}; arrays or Nodes.
        activations: for each layer its function.
        x: inputs, shape (N, n_in of the first layer); array or Node.

    Returns:
        z and a by layer number: a[1] is x, z[2] = a[1] W + b, a[2] = σ(z[2]), and so on.
    """
    z, a = {}, {1: x}
    for layer, (p, sigma) in enumerate(zip(parameters, activations, strict=True), start=2):
        z[layer] = a[layer - 1] @ p["W"] + p["b"]
        a[layer] = sigma(z[layer])
    return z, a


def backprop(
    parameters: Sequence[Layer],
    activations: Sequence[Activation],
    loss: Loss,
    x: ArrayLike,
    y: ArrayLike,
) -> Backprop:
    """BP1–BP4 for a batch.

    Args:
        parameters: for each layer {"W": shape (n_in, n_out), "b": shape (n_out,)}.
        activations: for each layer its function.
        loss: from (outputs, targets) to a scalar.
        x: inputs, shape (N, n_in of the first layer).
        y: targets, as the loss wants them.

    Returns:
        Every intermediate by name.
    """
    W = {layer: p["W"] for layer, p in enumerate(parameters, start=2)}
    sigma = dict(enumerate(activations, start=2))
    last = len(parameters) + 1

    z, a = feedforward(parameters, activations, np.asarray(x, dtype=np.float64))
    C, nabla_a_C = value_and_grad(loss)(a[last], y)

    sigma_prime = {layer: activation_derivative(sigma[layer], z[layer]) for layer in z}
    delta = {last: nabla_a_C * sigma_prime[last]}  # BP1
    for layer in range(last - 1, 1, -1):
        delta[layer] = delta[layer + 1] @ W[layer + 1].T * sigma_prime[layer]  # BP2
    db = {layer: delta[layer].sum(axis=0) for layer in delta}  # BP3
    dW = {layer: a[layer - 1].T @ delta[layer] for layer in delta}  # BP4
    return Backprop(C, z, a, nabla_a_C, sigma_prime, delta, dW, db)


@dataclass(frozen=True)
class Algorithm64:
    """All that `algorithm_6_4` computed. Layers are numbered as in the book: 1 … l, input 0.

    Attributes:
        J: the cost, L + λΩ.
        a: a[k] for k = 1 … l, what enters the activation, shape (n_k,).
        h: h[k] for k = 0 … l, what leaves it; h[0] is the input, h[l] is ŷ.
        grad_h: ∂J/∂h[k] for k = 0 … l; grad_h[0] belongs to the input.
        grad_a: ∂J/∂a[k] for k = 1 … l.
        grad_W: ∂J/∂W[k] for k = 1 … l, the regulariser included, shape (n_k, n_{k−1}).
        grad_b: ∂J/∂b[k] for k = 1 … l, shape (n_k,).
    """

    J: float
    a: dict[int, FloatArray]
    h: dict[int, FloatArray]
    grad_h: dict[int, FloatArray]
    grad_a: dict[int, FloatArray]
    grad_W: dict[int, FloatArray]
    grad_b: dict[int, FloatArray]


def algorithm_6_4(
    weights: Sequence[FloatArray],
    biases: Sequence[FloatArray],
    activations: Sequence[Activation],
    loss: Loss,
    x: ArrayLike,
    y: ArrayLike,
    weight_decay: float = 0.0,
) -> Algorithm64:
    """Goodfellow's Algorithms 6.3 (forward) and 6.4 (backward) for one example.

    Args:
        weights: W[1] … W[l] as the book has them, shape (n_k, n_{k−1}): W h, not h W.
        biases: b[1] … b[l], shape (n_k,).
        activations: for each layer its function.
        loss: L(ŷ, y), from one output and one target to a scalar.
        x: the input, shape (n_0,).
        y: the target, as the loss wants it.
        weight_decay: λ; Ω is half the sum of the squared weights, biases exempt.

    Returns:
        Every intermediate by name.
    """
    W = dict(enumerate(weights, start=1))
    b = dict(enumerate(biases, start=1))
    f = dict(enumerate(activations, start=1))
    depth = len(W)

    h, a = {0: np.asarray(x, dtype=np.float64)}, {}
    for k in range(1, depth + 1):
        a[k] = b[k] + W[k] @ h[k - 1]
        h[k] = f[k](a[k])
    L, g = value_and_grad(loss)(h[depth], y)

    penalty = l2_gradient({"W": W}, weight_decay)["W"]
    grad_h, grad_a, grad_W, grad_b = {depth: g}, {}, {}, {}
    for k in range(depth, 0, -1):
        g = g * activation_derivative(f[k], a[k])
        grad_a[k] = g
        grad_b[k] = g  # no λ∇Ω: biases are exempt
        grad_W[k] = np.outer(g, h[k - 1]) + penalty[k]
        g = W[k].T @ g
        grad_h[k - 1] = g
    J = L + l2_penalty({"W": W}, weight_decay)
    return Algorithm64(J, a, h, grad_h, grad_a, grad_W, grad_b)
