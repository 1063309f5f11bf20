import pytest

from course_bp import explore
from course_bp.explore.ideas.activations import DERIVATIVES, activations_scene
from course_bp.finite_differences import finite_difference
from course_bp.network.activations import ACTIVATIONS


@pytest.mark.parametrize("name", DERIVATIVES)
def test_the_derivative_asked_for_is_the_slope(name):
    for frame in activations_scene(name).frames:
        z = float(frame.row[0].replace("−", "-"))
        if name == "relu" and z == 0.0:
            continue  # a kink
        measured = finite_difference(ACTIVATIONS[name])(z)
        assert frame.question.answer == pytest.approx(measured, abs=1e-8)


def test_another_activation_can_be_chosen():
    player = explore.activations("tanh")
    player.set(Activation="relu")
    assert player.current.title == "relu and its derivative"
    player.set(activation="step")
    assert player.current.title == "relu and its derivative"


def test_an_unknown_activation_is_refused():
    with pytest.raises(ValueError, match="sigmoid, tanh, relu, softplus"):
        explore.activations("swish")
