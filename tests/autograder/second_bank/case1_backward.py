# ruff: noqa: E501, RUF059
"""case1.backward: a second bank. In each docstring: [wrong: …; follows: …] names entries of the
returned dict; "wrong" is the place of the mistake, "follows" inherits the numbers from it."""

import numpy as np


def _forward(theta, x, y_star):
    a = theta[0] + theta[1:] @ x
    y = 1 / (1 + np.exp(-a))
    return a, y


def wrong_sign_of_the_slides(theta, x, y_star):
    """I took dJ/dy from the slide, of the log-likelihood. [wrong: dy; follows: da, dtheta, dx]"""
    a, y = _forward(theta, x, y_star)
    dy = y_star / y + (1 - y_star) / (y - 1)
    da = dy * y * (1 - y)
    return {"dy": dy, "da": da, "dtheta": da * np.r_[1.0, x], "dx": da * theta[1:]}


def wrong_slope_left_out(theta, x, y_star):
    """I passed dy straight on to a, without the sigmoid. [wrong: da; follows: dtheta, dx]"""
    a, y = _forward(theta, x, y_star)
    dy = -y_star / y + (1 - y_star) / (1 - y)
    da = dy
    return {"dy": dy, "da": da, "dtheta": da * np.r_[1.0, x], "dx": da * theta[1:]}


def wrong_slope_from_a(theta, x, y_star):
    """s(1 - s), and I put in a, the number before the sigmoid. [wrong: da; follows: dtheta, dx]"""
    a, y = _forward(theta, x, y_star)
    dy = -y_star / y + (1 - y_star) / (1 - y)
    da = dy * a * (1 - a)
    return {"dy": dy, "da": da, "dtheta": da * np.r_[1.0, x], "dx": da * theta[1:]}


def wrong_slope_twice(theta, x, y_star):
    """I knew da = y - y_star and multiplied by the slope again. [wrong: da; follows: dtheta, dx]"""
    a, y = _forward(theta, x, y_star)
    dy = (y - y_star) / (y * (1 - y))
    da = (y - y_star) * y * (1 - y)
    return {"dy": dy, "da": da, "dtheta": da * np.r_[1.0, x], "dx": da * theta[1:]}


def wrong_squared_error(theta, x, y_star):
    """I copied the worked example's first row. [wrong: dy; follows: da, dtheta, dx]"""
    a, y = _forward(theta, x, y_star)
    dy = y - y_star
    da = dy * y * (1 - y)
    return {"dy": dy, "da": da, "dtheta": da * np.r_[1.0, x], "dx": da * theta[1:]}


def wrong_only_class_one(theta, x, y_star):
    """The loss is minus log y, so dy = -1/y; right for class 1 only. [wrong: dy; follows: da, dtheta, dx]"""
    a, y = _forward(theta, x, y_star)
    dy = -1 / y
    da = dy * y * (1 - y)
    return {"dy": dy, "da": da, "dtheta": da * np.r_[1.0, x], "dx": da * theta[1:]}


def wrong_second_sign(theta, x, y_star):
    """I forgot the inner derivative -1 of 1 - y; wrong for class 0 only. [wrong: dy; follows: da, dtheta, dx]"""
    a, y = _forward(theta, x, y_star)
    dy = -(y_star / y + (1 - y_star) / (1 - y))
    da = dy * y * (1 - y)
    return {"dy": dy, "da": da, "dtheta": da * np.r_[1.0, x], "dx": da * theta[1:]}


def wrong_denominators_swapped(theta, x, y_star):
    """I mixed up which class stands over which. [wrong: dy; follows: da, dtheta, dx]"""
    a, y = _forward(theta, x, y_star)
    dy = -y_star / (1 - y) + (1 - y_star) / y
    da = dy * y * (1 - y)
    return {"dy": dy, "da": da, "dtheta": da * np.r_[1.0, x], "dx": da * theta[1:]}


def wrong_dy_is_da(theta, x, y_star):
    """I know dJ/da = y - y_star by heart and returned it for dy as well. [wrong: dy]"""
    a, y = _forward(theta, x, y_star)
    da = y - y_star
    return {"dy": da, "da": da, "dtheta": da * np.r_[1.0, x], "dx": da * theta[1:]}


def wrong_own_factor(theta, x, y_star):
    """In the products I gave each factor itself, not the other one. [wrong: dtheta, dx]"""
    a, y = _forward(theta, x, y_star)
    da = y - y_star
    return {"dy": da / (y * (1 - y)), "da": da, "dtheta": da * theta, "dx": da * x}


def wrong_bias_by_its_weight(theta, x, y_star):
    """theta_0 stands alone in the sum, so I gave it theta_0 as local derivative. [wrong: dtheta]"""
    a, y = _forward(theta, x, y_star)
    da = y - y_star
    dtheta = da * np.r_[theta[0], x]
    return {"dy": da / (y * (1 - y)), "da": da, "dtheta": dtheta, "dx": da * theta[1:]}


def wrong_bias_gets_nothing(theta, x, y_star):
    """x_0 is a constant, so I thought that the bias gets 0. [wrong: dtheta]"""
    a, y = _forward(theta, x, y_star)
    da = y - y_star
    dtheta = np.zeros_like(theta)
    dtheta[1:] = da * x
    return {"dy": da / (y * (1 - y)), "da": da, "dtheta": dtheta, "dx": da * theta[1:]}


def wrong_bias_last(theta, x, y_star):
    """I appended the 1 at the end of x, not at the front. [wrong: dtheta]"""
    a, y = _forward(theta, x, y_star)
    da = y - y_star
    dtheta = da * np.append(x, 1.0)
    return {"dy": da / (y * (1 - y)), "da": da, "dtheta": dtheta, "dx": da * theta[1:]}


def wrong_dx_shifted(theta, x, y_star):
    """I cut off the last entry of theta where the bias had to go. [wrong: dx]"""
    a, y = _forward(theta, x, y_star)
    da = y - y_star
    return {"dy": da / (y * (1 - y)), "da": da, "dtheta": da * np.r_[1.0, x], "dx": da * theta[:-1]}


def wrong_dx_with_the_bias(theta, x, y_star):
    """I gave dx for x_0 too, so it has an entry too many. [wrong: dx]"""
    a, y = _forward(theta, x, y_star)
    da = y - y_star
    return {"dy": da / (y * (1 - y)), "da": da, "dtheta": da * np.r_[1.0, x], "dx": da * theta}


def wrong_dtheta_lost_upstream(theta, x, y_star):
    """a is a sum of theta_j x_j, so dtheta is x: I forgot what comes from above. [wrong: dtheta]"""
    a, y = _forward(theta, x, y_star)
    da = y - y_star
    return {"dy": da / (y * (1 - y)), "da": da, "dtheta": np.r_[1.0, x], "dx": da * theta[1:]}


def wrong_dx_lost_upstream(theta, x, y_star):
    """The input's local derivative is its weight, and there I stopped. [wrong: dx]"""
    a, y = _forward(theta, x, y_star)
    da = y - y_star
    return {
        "dy": da / (y * (1 - y)),
        "da": da,
        "dtheta": da * np.r_[1.0, x],
        "dx": theta[1:].copy(),
    }


def wrong_dtheta_from_dy(theta, x, y_star):
    """For the weights I took the derivative at y instead of that at a. [wrong: dtheta]"""
    a, y = _forward(theta, x, y_star)
    da = y - y_star
    dy = da / (y * (1 - y))
    return {"dy": dy, "da": da, "dtheta": dy * np.r_[1.0, x], "dx": da * theta[1:]}


def wrong_changes_theta(theta, x, y_star):
    """All numbers are right, but my dx is a view of theta and *= changes the caller's theta. [wrong: mutates theta]"""
    a, y = _forward(theta, x, y_star)
    da = y - y_star
    dx = theta[1:]
    dx *= da
    return {"dy": da / (y * (1 - y)), "da": da, "dtheta": da * np.r_[1.0, x], "dx": dx}


def wrong_rough_difference(theta, x, y_star):
    """I moved each number by 0.01 and looked: no backpropagation, and only two or three digits. [wrong: dtheta, dx]"""

    def J(theta, x):
        y = _forward(theta, x, y_star)[1]
        return -(y_star * np.log(y) + (1 - y_star) * np.log(1 - y))

    a, y = _forward(theta, x, y_star)
    da, h = y - y_star, 0.01
    dtheta = np.array([(J(theta + h * e, x) - J(theta, x)) / h for e in np.eye(len(theta))])
    dx = np.array([(J(theta, x + h * e) - J(theta, x)) / h for e in np.eye(len(x))])
    return {"dy": da / (y * (1 - y)), "da": da, "dtheta": dtheta, "dx": dx}


def right_four_rows(theta, x, y_star):
    """The table of the worked example, row by row."""
    a, y = _forward(theta, x, y_star)
    dy = -(y_star / y - (1 - y_star) / (1 - y))
    da = dy * y * (1 - y)
    return {"dy": dy, "da": da, "dtheta": da * np.concatenate([[1.0], x]), "dx": da * theta[1:]}


def right_closed_form(theta, x, y_star):
    """da = y - y_star first, dy from it, in the other order."""
    a, y = _forward(theta, x, y_star)
    da = y - y_star
    dtheta = np.empty(len(x) + 1)
    dtheta[0], dtheta[1:] = da, da * x
    return {"dtheta": dtheta, "dx": da * theta[1:], "da": da, "dy": da / (y - y * y)}


def right_loops(theta, x, y_star):
    """Plain Python numbers and loops."""
    a = float(theta[0])
    for j in range(len(x)):
        a += float(theta[j + 1]) * float(x[j])
    y = 1 / (1 + np.exp(-a))
    dy = -1 / y if y_star == 1 else 1 / (1 - y)
    da = dy * y * (1 - y)
    dtheta, dx = [da], []
    for j in range(len(x)):
        dtheta.append(da * x[j])
        dx.append(da * theta[j + 1])
    return {"dy": dy, "da": da, "dtheta": np.array(dtheta), "dx": np.array(dx)}


def right_tanh(theta, x, y_star):
    """The sigmoid as a shifted tanh; its slope as (1 - t²)/4."""
    t = np.tanh(np.dot(theta, np.r_[1.0, x]) / 2)
    y = (1 + t) / 2
    dy = (y - y_star) / (y * (1 - y))
    da = dy * (1 - t**2) / 4
    both = np.outer(da, np.r_[1.0, x])[0]
    return {"dy": dy, "da": da, "dtheta": both, "dx": (da * theta)[1:]}


def right_logit_sign(theta, x, y_star):
    """With the sign s = ±1 of the class: J = log(1 + exp(-s a))."""
    s = 2 * y_star - 1
    a = theta @ np.insert(x, 0, 1.0)
    p = 1 / (1 + np.exp(-s * a))
    da = -s * (1 - p)
    return {
        "dy": -s / p,
        "da": da,
        "dtheta": np.einsum(",j->j", da, np.insert(x, 0, 1.0)),
        "dx": np.einsum(",j->j", da, theta[1:]),
    }
