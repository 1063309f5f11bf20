# ruff: noqa: E501, B905, RUF059
"""l2.gradient: a second bank. In each docstring: [wrong: …] names entries of the returned dict."""

import numpy as np


def _weights(parameters):
    return [name for name in parameters if name.startswith("W")]


def _right(parameters, gradients, lam):
    penalty = lam / 2 * sum(np.sum(parameters[name] ** 2) for name in _weights(parameters))
    whole = {name: np.array(slope, float) for name, slope in gradients.items()}
    for name in _weights(parameters):
        whole[name] = whole[name] + lam * parameters[name]
    return penalty, whole


def wrong_biases_too(parameters, gradients, lam):
    """I regularised everything in the dict, biases as well. [wrong: penalty, gradients of the biases]"""
    penalty = lam / 2 * sum(np.sum(p**2) for p in parameters.values())
    return {
        "penalty": penalty,
        "gradients": {name: gradients[name] + lam * parameters[name] for name in parameters},
    }


def wrong_biases_in_the_gradient(parameters, gradients, lam):
    """The penalty is right, but I added λ times the parameter to every gradient. [wrong: gradients of the biases]"""
    penalty, _ = _right(parameters, gradients, lam)
    return {
        "penalty": penalty,
        "gradients": {name: gradients[name] + lam * parameters[name] for name in parameters},
    }


def wrong_biases_in_the_penalty(parameters, gradients, lam):
    """The gradients are right, my penalty sums over all parameters. [wrong: penalty]"""
    _, whole = _right(parameters, gradients, lam)
    return {"penalty": lam / 2 * sum(np.sum(p**2) for p in parameters.values()), "gradients": whole}


def wrong_two_lambda(parameters, gradients, lam):
    """The square's 2 stays in my gradient: 2λw. [wrong: gradients of the weights]"""
    penalty, whole = _right(parameters, gradients, lam)
    for name in _weights(parameters):
        whole[name] = gradients[name] + 2 * lam * parameters[name]
    return {"penalty": penalty, "gradients": whole}


def wrong_half_lambda(parameters, gradients, lam):
    """(λ/2)·w in the gradient: the ½ taken along. [wrong: gradients of the weights]"""
    penalty, whole = _right(parameters, gradients, lam)
    for name in _weights(parameters):
        whole[name] = gradients[name] + lam / 2 * parameters[name]
    return {"penalty": penalty, "gradients": whole}


def wrong_penalty_without_half(parameters, gradients, lam):
    """λ times the sum of squares. [wrong: penalty]"""
    penalty, whole = _right(parameters, gradients, lam)
    return {"penalty": 2 * penalty, "gradients": whole}


def wrong_penalty_without_lambda(parameters, gradients, lam):
    """I returned Ω, without λ. [wrong: penalty]"""
    _, whole = _right(parameters, gradients, lam)
    return {
        "penalty": 0.5 * sum(np.sum(parameters[n] ** 2) for n in _weights(parameters)),
        "gradients": whole,
    }


def wrong_first_layer_only(parameters, gradients, lam):
    """Only W1 is regularised. [wrong: penalty, gradients of the other weights]"""
    whole = dict(gradients)
    whole["W1"] = gradients["W1"] + lam * parameters["W1"]
    return {"penalty": lam / 2 * np.sum(parameters["W1"] ** 2), "gradients": whole}


def wrong_two_layers_hard_coded(parameters, gradients, lam):
    """W1 and W2 written out; a third layer is left alone. [wrong: penalty, gradients of W3 and later]"""
    penalty, whole = 0.0, dict(gradients)
    for name in ("W1", "W2"):
        if name in parameters:
            penalty += lam / 2 * np.sum(parameters[name] ** 2)
            whole[name] = gradients[name] + lam * parameters[name]
    return {"penalty": penalty, "gradients": whole}


def wrong_penalty_overwritten(parameters, gradients, lam):
    """= for += in the loop: only the last weight's penalty is left. [wrong: penalty]"""
    _, whole = _right(parameters, gradients, lam)
    for name in _weights(parameters):
        penalty = lam / 2 * np.sum(parameters[name] ** 2)
    return {"penalty": penalty, "gradients": whole}


def wrong_data_lost(parameters, gradients, lam):
    """My gradient of the weights is λw alone, the data's is overwritten. [wrong: gradients of the weights]"""
    penalty, whole = _right(parameters, gradients, lam)
    for name in _weights(parameters):
        whole[name] = lam * parameters[name]
    return {"penalty": penalty, "gradients": whole}


def wrong_minus(parameters, gradients, lam):
    """The regulariser pulls down, so I subtracted. [wrong: gradients of the weights]"""
    penalty, whole = _right(parameters, gradients, lam)
    for name in _weights(parameters):
        whole[name] = gradients[name] - lam * parameters[name]
    return {"penalty": penalty, "gradients": whole}


def wrong_sign_of_weight(parameters, gradients, lam):
    """λ·sign(w), that is L1's gradient. [wrong: gradients of the weights]"""
    penalty, whole = _right(parameters, gradients, lam)
    for name in _weights(parameters):
        whole[name] = gradients[name] + lam * np.sign(parameters[name])
    return {"penalty": penalty, "gradients": whole}


def wrong_absolute_penalty(parameters, gradients, lam):
    """λ/2 times the sum of |w| in the penalty. [wrong: penalty]"""
    _, whole = _right(parameters, gradients, lam)
    return {
        "penalty": lam / 2 * sum(np.sum(np.abs(parameters[n])) for n in _weights(parameters)),
        "gradients": whole,
    }


def wrong_norm_not_squared(parameters, gradients, lam):
    """The norm of each matrix, I forgot to square it. [wrong: penalty]"""
    _, whole = _right(parameters, gradients, lam)
    return {
        "penalty": lam / 2 * sum(np.linalg.norm(parameters[n]) for n in _weights(parameters)),
        "gradients": whole,
    }


def wrong_mean_of_squares(parameters, gradients, lam):
    """np.mean for np.sum in the penalty. [wrong: penalty]"""
    _, whole = _right(parameters, gradients, lam)
    return {
        "penalty": lam / 2 * sum(np.mean(parameters[n] ** 2) for n in _weights(parameters)),
        "gradients": whole,
    }


def wrong_mean_everywhere(parameters, gradients, lam):
    """Divided by the number of entries, in the penalty and its gradient. [wrong: penalty, gradients of the weights]"""
    penalty, whole = _right(parameters, gradients, lam)
    for name in _weights(parameters):
        whole[name] = gradients[name] + lam * parameters[name] / parameters[name].size
    return {
        "penalty": lam / 2 * sum(np.mean(parameters[n] ** 2) for n in _weights(parameters)),
        "gradients": whole,
    }


def wrong_square_of_the_sum(parameters, gradients, lam):
    """I squared after summing. [wrong: penalty]"""
    _, whole = _right(parameters, gradients, lam)
    return {
        "penalty": lam / 2 * sum(np.sum(parameters[n]) ** 2 for n in _weights(parameters)),
        "gradients": whole,
    }


def wrong_penalty_of_gradients(parameters, gradients, lam):
    """I summed the squares of the gradients by mistake. [wrong: penalty]"""
    _, whole = _right(parameters, gradients, lam)
    return {
        "penalty": lam / 2 * sum(np.sum(gradients[n] ** 2) for n in _weights(parameters)),
        "gradients": whole,
    }


def wrong_gradient_of_gradients(parameters, gradients, lam):
    """I added λ times the gradient, not λ times the weight. [wrong: gradients of the weights]"""
    penalty, whole = _right(parameters, gradients, lam)
    for name in _weights(parameters):
        whole[name] = gradients[name] + lam * gradients[name]
    return {"penalty": penalty, "gradients": whole}


def wrong_biases_missing(parameters, gradients, lam):
    """My dict has the weights only. [wrong: gradients: biases missing]"""
    penalty, whole = _right(parameters, gradients, lam)
    return {"penalty": penalty, "gradients": {n: whole[n] for n in _weights(parameters)}}


def wrong_same_dict(parameters, gradients, lam):
    """Numbers right, but I wrote the new arrays into the dict that was given. [wrong: mutates the dict gradients]"""
    penalty, whole = _right(parameters, gradients, lam)
    for name in _weights(parameters):
        gradients[name] = gradients[name] + lam * parameters[name]
    return {"penalty": penalty, "gradients": gradients}


def wrong_shallow_copy(parameters, gradients, lam):
    """Numbers right; I copied the dict, but += changes the caller's arrays in it. [wrong: mutates the arrays in gradients]"""
    penalty, _ = _right(parameters, gradients, lam)
    whole = dict(gradients)
    for name in _weights(parameters):
        whole[name] += lam * parameters[name]
    return {"penalty": penalty, "gradients": whole}


def right_loop(parameters, gradients, lam):
    """A loop over the names with an if."""
    penalty, whole = 0.0, {}
    for name, value in parameters.items():
        if name[0] == "W":
            penalty += 0.5 * lam * (value**2).sum()
            whole[name] = gradients[name] + lam * value
        else:
            whole[name] = gradients[name].copy()
    return {"penalty": penalty, "gradients": whole}


def right_comprehension(parameters, gradients, lam):
    """A coefficient of λ or 0 for each name."""
    how = {name: lam if name.startswith("W") else 0.0 for name in parameters}
    return {
        "penalty": sum(how[n] * np.vdot(p, p) for n, p in parameters.items()) / 2,
        "gradients": {n: gradients[n] + how[n] * p for n, p in parameters.items()},
    }


def right_norms(parameters, gradients, lam):
    """Squared norms; deep copies first, then += on the copies."""
    whole = {name: np.copy(slope) for name, slope in gradients.items()}
    omega = 0.0
    for name in parameters:
        if not name.startswith("b"):
            omega += np.linalg.norm(parameters[name]) ** 2 / 2
            whole[name] += lam * parameters[name]
    return {"gradients": whole, "penalty": float(lam * omega)}


def right_flat(parameters, gradients, lam):
    """All weights in one long vector; einsum; cut up again at the end."""
    names = [name for name in parameters if "W" in name]
    flat = np.concatenate([parameters[name].ravel() for name in names])
    pull = np.split(lam * flat, np.cumsum([parameters[name].size for name in names])[:-1])
    extra = {n: p.reshape(parameters[n].shape) for n, p in zip(names, pull)}
    return {
        "penalty": lam * np.einsum("i,i->", flat, flat) / 2,
        "gradients": {n: gradients[n] + extra.get(n, 0) for n in gradients},
    }


def right_entry_by_entry(parameters, gradients, lam):
    """Nested loops over layers and entries, numbers only."""
    penalty, whole, layer = 0.0, {}, 1
    while f"W{layer}" in parameters:
        W = parameters[f"W{layer}"]
        G = np.empty(W.shape)
        for j in range(W.shape[0]):
            for k in range(W.shape[1]):
                penalty += lam * W[j, k] * W[j, k] / 2
                G[j, k] = gradients[f"W{layer}"][j, k] + lam * W[j, k]
        whole[f"W{layer}"] = G
        whole[f"b{layer}"] = gradients[f"b{layer}"] + 0.0
        layer += 1
    return {"penalty": float(penalty), "gradients": whole}
