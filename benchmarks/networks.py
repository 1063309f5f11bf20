"""Three small networks, one step of forward and backward, in every library.

The 20-line network of D4 (64 examples, 1000 → 100 → 10, sigmoid, summed squared error), a ReLU
network with softmax cross-entropy (128 examples, 784 → 256 → 10), and XOR (4 × 2 → 3 → 1).
Each maker returns {library: step}; a step returns (loss, gradients), so that `agree` can check
that all contenders compute the same.
"""

from __future__ import annotations

from typing import Any

import autograd
import autograd.numpy as anp
import mygrad
import numpy as np
import torch

import course_bp as bp

Steps = dict[str, Any]


def torch_step(loss: Any, params: list[Any]) -> Any:
    tensors = [torch.tensor(p, requires_grad=True) for p in params]

    def step() -> Any:
        for t in tensors:
            t.grad = None
        y = loss(*tensors)
        y.backward()
        return y.item(), [t.grad for t in tensors]

    return step


def mygrad_step(loss: Any, params: list[Any]) -> Any:
    tensors = [mygrad.tensor(p) for p in params]

    def step() -> Any:
        y = loss(*tensors)
        y.backward()
        return y.item(), [t.grad for t in tensors]

    return step


def autograd_step(loss: Any, params: list[Any]) -> Any:
    both = autograd.value_and_grad(loss, tuple(range(len(params))))
    return lambda: both(*params)


def course_steps(loss: Any, params: list[Any]) -> Steps:
    both = bp.value_and_grad(loss, range(len(params)))
    compiled = bp.compile_gradient(loss, *params)
    return {
        "course_bp graph": lambda: both(*params),
        "course_bp compiled": lambda: compiled(*params),
    }


def twenty_lines() -> Steps:
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(64, 1000)), rng.normal(size=(64, 10))
    w1, w2 = rng.normal(size=(1000, 100)), rng.normal(size=(100, 10))

    def hand() -> Any:
        h = 1 / (1 + np.exp(-(x @ w1)))
        residual = h @ w2 - y
        loss = np.square(residual).sum()
        d_pred = 2.0 * residual
        d_w2 = h.T @ d_pred
        d_h = d_pred @ w2.T
        d_w1 = x.T @ (d_h * h * (1 - h))
        return loss, [d_w1, d_w2]

    def matmuls() -> Any:
        h = x @ w1
        p = h @ w2
        return h.T @ p, p @ w2.T, x.T @ h

    def course(w1: Any, w2: Any) -> Any:
        return bp.sum(bp.square(bp.sigmoid(x @ w1) @ w2 - y))

    def hips(w1: Any, w2: Any) -> Any:
        return anp.sum(anp.square(1 / (1 + anp.exp(-(x @ w1))) @ w2 - y))

    tx, ty = torch.tensor(x), torch.tensor(y)
    params = [w1, w2]
    return {
        "hand-written NumPy": hand,
        "matmuls alone": matmuls,
        **course_steps(course, params),
        "PyTorch": torch_step(lambda a, b: (torch.sigmoid(tx @ a) @ b - ty).square().sum(), params),
        "HIPS autograd": autograd_step(hips, params),
        "MyGrad": mygrad_step(
            lambda a, b: mygrad.sum(mygrad.square(mygrad.nnet.activations.sigmoid(x @ a) @ b - y)),
            params,
        ),
    }


def relu_network() -> Steps:
    rng = np.random.default_rng(1)
    x = rng.normal(size=(128, 784))
    labels = rng.integers(10, size=128)
    y = np.eye(10)[labels]
    params = [
        rng.normal(size=(784, 256)) / 28,
        np.zeros(256),
        rng.normal(size=(256, 10)) / 16,
        np.zeros(10),
    ]
    w1, b1, w2, b2 = params

    def hand() -> Any:
        z = x @ w1 + b1
        h = np.maximum(z, 0)
        logits = h @ w2 + b2
        logits -= logits.max(axis=1, keepdims=True)
        p = np.exp(logits)
        total = p.sum(axis=1, keepdims=True)
        p /= total
        loss = -np.sum(y * (logits - np.log(total))) / 128
        d_logits = (p - y) / 128
        d_w2 = h.T @ d_logits
        d_b2 = d_logits.sum(axis=0)
        d_z = (d_logits @ w2.T) * (z > 0)
        return loss, [x.T @ d_z, d_z.sum(axis=0), d_w2, d_b2]

    def course(w1: Any, b1: Any, w2: Any, b2: Any) -> Any:
        logits = bp.relu(x @ w1 + b1) @ w2 + b2
        return -bp.sum(y * bp.log_softmax(logits)) / 128

    def hips(w1: Any, b1: Any, w2: Any, b2: Any) -> Any:
        logits = anp.maximum(x @ w1 + b1, 0) @ w2 + b2
        top = anp.max(logits, axis=1, keepdims=True)
        norm = anp.log(anp.sum(anp.exp(logits - top), axis=1, keepdims=True)) + top
        return -anp.sum(y * (logits - norm)) / 128

    tx, labels_t = torch.tensor(x), torch.tensor(labels)

    def of_torch(w1: Any, b1: Any, w2: Any, b2: Any) -> Any:
        logits = torch.relu(tx @ w1 + b1) @ w2 + b2
        return torch.nn.functional.cross_entropy(logits, labels_t)

    def of_mygrad(w1: Any, b1: Any, w2: Any, b2: Any) -> Any:
        logits = mygrad.nnet.activations.relu(x @ w1 + b1) @ w2 + b2
        return mygrad.nnet.losses.softmax_crossentropy(logits, labels)

    return {
        "hand-written NumPy": hand,
        **course_steps(course, params),
        "PyTorch": torch_step(of_torch, params),
        "HIPS autograd": autograd_step(hips, params),
        "MyGrad": mygrad_step(of_mygrad, params),
    }


def xor() -> Steps:
    rng = np.random.default_rng(2)
    x = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    y = np.array([[0.0], [1.0], [1.0], [0.0]])
    params = [rng.normal(size=(2, 3)), rng.normal(size=3), rng.normal(size=(3, 1)), np.zeros(1)]
    w1, b1, w2, b2 = params

    def hand() -> Any:
        h = 1 / (1 + np.exp(-(x @ w1 + b1)))
        p = 1 / (1 + np.exp(-(h @ w2 + b2)))
        residual = p - y
        loss = np.square(residual).sum() / 4
        d_a = residual * p * (1 - p) * 0.5
        d_w2 = h.T @ d_a
        d_b2 = d_a.sum(axis=0)
        d_z = (d_a @ w2.T) * h * (1 - h)
        return loss, [x.T @ d_z, d_z.sum(axis=0), d_w2, d_b2]

    def course(w1: Any, b1: Any, w2: Any, b2: Any) -> Any:
        p = bp.sigmoid(bp.sigmoid(x @ w1 + b1) @ w2 + b2)
        return bp.mean(bp.square(p - y))

    def hips(w1: Any, b1: Any, w2: Any, b2: Any) -> Any:
        h = 1 / (1 + anp.exp(-(x @ w1 + b1)))
        return anp.mean(anp.square(1 / (1 + anp.exp(-(h @ w2 + b2))) - y))

    tx, ty = torch.tensor(x), torch.tensor(y)

    def of_torch(w1: Any, b1: Any, w2: Any, b2: Any) -> Any:
        p = torch.sigmoid(torch.sigmoid(tx @ w1 + b1) @ w2 + b2)
        return (p - ty).square().mean()

    def of_mygrad(w1: Any, b1: Any, w2: Any, b2: Any) -> Any:
        s = mygrad.nnet.activations.sigmoid
        return mygrad.mean(mygrad.square(s(s(x @ w1 + b1) @ w2 + b2) - y))

    return {
        "hand-written NumPy": hand,
        **course_steps(course, params),
        "PyTorch": torch_step(of_torch, params),
        "HIPS autograd": autograd_step(hips, params),
        "MyGrad": mygrad_step(of_mygrad, params),
    }


def agree(steps: Steps) -> None:
    """Raise AssertionError unless all contenders give the same loss and gradients."""
    loss, gradients = steps["hand-written NumPy"]()
    for name, step in steps.items():
        if name == "matmuls alone":
            continue
        other, theirs = step()
        np.testing.assert_allclose(float(other), loss, rtol=1e-10, err_msg=name)
        for a, b in zip(theirs, gradients, strict=True):
            np.testing.assert_allclose(np.asarray(a), b, rtol=1e-8, atol=1e-12, err_msg=name)
