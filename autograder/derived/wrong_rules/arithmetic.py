"""Arithmetic: sums, products, quotients, powers and roots."""

from __future__ import annotations

from autograder.derived.wrong_rules.operation import (
    Operation,
    WrongRule,
    one_operand,
    operand_instead,
    slope,
)

OPERATIONS: dict[str, Operation] = {
    "add": Operation("u + v", ("1", "1"), ((), ()), linear=True),
    "subtract": Operation(
        "u − v",
        ("1", "−1"),
        ((), (WrongRule("M1", "the minus of a difference lost", "1", lambda g, y, u, v: g),)),
        linear=True,
    ),
    "negative": one_operand(
        "−u",
        "−1",
        WrongRule("M1", "a minus sign lost", "1", lambda g, y, u: g),
        linear=True,
    ),
    "multiply": Operation(
        "u·v",
        ("v", "u"),
        (
            (operand_instead("the operands of a product mixed up", "u", 0),),
            (operand_instead("the operands of a product mixed up", "v", 1),),
        ),
    ),
    "divide": Operation(
        "u/v",
        ("1/v", "−u/v²"),
        (
            (
                slope("a quotient differentiated as a product", "v", lambda y, u, v: v),
                slope("a square too many in the quotient rule", "1/v²", lambda y, u, v: 1 / v**2),
            ),
            (
                slope(
                    "the wrong sign for the denominator of a quotient",
                    "u/v²",
                    lambda y, u, v: u / v**2,
                    "M1",
                ),
                slope("the quotient rule without its square", "−u/v", lambda y, u, v: -u / v),
                slope(
                    "the numerator missing in the quotient rule",
                    "−1/v²",
                    lambda y, u, v: -1 / v**2,
                ),
                slope("a denominator differentiated as a numerator", "1/v", lambda y, u, v: 1 / v),
                slope(
                    "numerator and denominator swapped", "−v/u²", lambda y, u, v: -v / u**2, "M30"
                ),
            ),
        ),
    ),
    "power": Operation(
        "uⁿ",
        ("n·uⁿ⁻¹",),
        (
            (
                slope(
                    "the exponent missing in the power rule", "uⁿ⁻¹", lambda y, u, n: u ** (n - 1)
                ),
                slope("the exponent not lowered in the power rule", "n·uⁿ", lambda y, u, n: n * y),
                slope(
                    "the exponent lowered twice",
                    "(n−1)·uⁿ⁻¹",
                    lambda y, u, n: (n - 1) * u ** (n - 1),
                ),
            ),
        ),
    ),
    "square": one_operand(
        "u²",
        "2·u",
        slope("a factor of 2 missing in the derivative of a square", "u", lambda y, u: u, "M2"),
        slope("the exponent not lowered in the power rule", "2·u²", lambda y, u: 2 * y),
        slope("the operand missing in the derivative of a square", "2", lambda y, u: 2.0 + 0 * u),
    ),
    "sqrt": one_operand(
        "√u",
        "1/(2·√u)",
        slope(
            "a factor of ½ missing in the derivative of a root", "1/√u", lambda y, u: 1 / y, "M2"
        ),
        slope("the root missing in its own derivative", "1/(2·u)", lambda y, u: 1 / (2 * u)),
        slope("a root differentiated as if it stood below", "√u/2", lambda y, u: y / 2),
        slope("the wrong power in the derivative of a root", "½·u^(−3/2)", lambda y, u: 0.5 / y**3),
    ),
}
