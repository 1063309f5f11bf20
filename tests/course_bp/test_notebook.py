"""Figures with words, and cells that run on while an exercise is not complete."""

from __future__ import annotations

import math

import numpy as np
import pytest

from course_bp import Node
from course_bp.notebook import attempt, on_nodes, picture


def a_figure():
    from matplotlib.figure import Figure

    figure = Figure(figsize=(1, 1))
    figure.add_subplot().plot([0, 1])
    return figure


def test_a_picture_carries_its_words_in_html_and_in_plain_text() -> None:
    bundle = picture(a_figure(), 'rises "from" 0 & ends at <1>')._repr_mimebundle_()
    assert 'alt="rises &quot;from&quot; 0 &amp; ends at &lt;1&gt;"' in bundle["text/html"]
    assert 'src="data:image/png;base64,iVBORw0KGgo' in bundle["text/html"]
    assert bundle["text/plain"] == 'Picture: rises "from" 0 & ends at <1>'


def test_a_picture_is_closed_and_not_shown_a_second_time() -> None:
    import matplotlib.pyplot as plt

    figure = plt.figure()
    picture(figure, "empty")
    assert not plt.fignum_exists(figure.number)


def test_a_picture_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="needs words"):
        picture(a_figure(), " ")


def backward(x: float) -> dict[str, object]:
    return {"dx": 2 * x, "dW": [[x, 0], [0, x]], "note": "mine"}


def test_named_entries_come_back_as_floats_and_arrays() -> None:
    found = attempt(backward, 3, numbers=["dx"], shapes={"dW": (2, None)})
    assert list(found) == ["dx", "dW"]
    assert found["dx"] == 6
    assert isinstance(found["dx"], float)
    np.testing.assert_array_equal(found["dW"], [[3.0, 0.0], [0.0, 3.0]])


def test_without_names_the_answer_comes_back_as_it_is() -> None:
    assert attempt(lambda: ("any", "thing")) == ("any", "thing")


def unfinished(x: float) -> None:
    raise NotImplementedError


def broken(x: float) -> None:
    raise AttributeError("no attribute 'grad'")


@pytest.mark.parametrize(
    ("answer", "wanted", "words"),
    [
        (unfinished, {}, "Your answer is not complete yet: see its check, then come back"),
        (broken, {}, "not complete yet (AttributeError: no attribute 'grad'): see its check"),
        (
            backward,
            {"numbers": ["dz"]},
            "not complete yet (it gives no number 'dz'): see its check",
        ),
        (backward, {"numbers": ["note"]}, "(it gives no number 'note')"),
        (backward, {"numbers": ["dW"]}, "(it gives no number 'dW')"),
        (backward, {"shapes": {"dW": (3, None)}}, "(it gives no 'dW' of shape (3, any))"),
        (lambda x: None, {"numbers": ["dx"]}, "(it gives no number 'dx')"),
    ],
)
def test_an_incomplete_answer_prints_a_line_and_gives_none(
    capsys: pytest.CaptureFixture[str], answer, wanted, words: str
) -> None:
    assert attempt(answer, 1.0, **wanted) is None
    printed = capsys.readouterr().out
    assert words in printed
    assert printed.count("\n") == 1


def test_nodes_go_through_the_students_own_lines() -> None:
    assert on_nodes(lambda f: f(Node(3.0)).value, lambda x: x * x, broken) == 9.0


def test_where_nodes_cannot_go_through_the_librarys_lines_are_shown_and_this_is_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shown = on_nodes(lambda f: f(Node(0.0)), lambda x: math.exp(x), lambda x: x + 1.0)
    assert shown.value == 1.0
    printed = capsys.readouterr().out
    assert "cannot go through your lines (TypeError: float()" in printed
    assert "no less right" in printed
