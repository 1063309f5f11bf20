from __future__ import annotations

import numpy as np
from judging import named_when


def test_two_parts_swapped_have_one_name() -> None:
    names = named_when("quiz1.forward", b=lambda r, _: r["d"], d=lambda r, _: r["b"])
    assert names == ["b and d swapped"] * 2


def test_a_part_that_holds_another_alone_is_no_exchange() -> None:
    assert named_when("quiz1.forward", b=lambda r, _: r["d"]) == ["the value of d"]


def test_another_quantity_may_have_the_other_sign() -> None:
    assert named_when("quiz1.forward", b=lambda r, _: -r["d"]) == ["the value of −d"]


def test_an_input_in_place_of_the_result_is_named() -> None:
    assert named_when("circuit.gates", dx0=lambda r, given: given["x0"]) == ["the value of x0"]


def test_inputs_swapped_are_named() -> None:
    def turned(found: object, given: dict[str, float]) -> float:
        s = given["x0"] * given["w0"] + given["w2"] * given["x1"] + given["w1"]
        n = np.exp(-s)
        return float(-1 / (1 + n) ** 2)

    assert named_when("circuit.gates", dt=turned) == ["w1 and w2 swapped"]
