from __future__ import annotations

from autograder.derived.long_lines import shortened

LINE = "p = z - z.max(axis=1) - np.log(np.exp(z - z.max(axis=1)).sum(axis=1))"


def test_what_a_long_line_has_twice_gets_a_line() -> None:
    assert shortened([LINE], 40, {"z", "p"}) == [
        "shifted = z - z.max(axis=1)",
        "p = shifted - np.log(np.exp(shifted).sum(axis=1))",
    ]


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert shortened([LINE], 40, {"z", "p", "shifted"})[0].startswith("shifted2 = ")


def test_short_lines_and_lines_without_repetition_stay() -> None:
    assert shortened([LINE], 100, set()) == [LINE]
    alone = "p = np.log(np.exp(z.sum(axis=1))) + np.sqrt(np.abs(w))"
    assert shortened([alone], 20, set()) == [alone]
