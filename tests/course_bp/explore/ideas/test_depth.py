import pytest

from course_bp import explore
from course_bp.explore.ideas.depth import depth_scene, gradient_sizes


def test_the_sigmoids_gradient_vanishes_and_tanhs_holds_longer():
    sigmoid, tanh = (gradient_sizes(name, 10, 1.0) for name in ("sigmoid", "tanh"))
    assert sigmoid[0] < 1e-5 * sigmoid[-1]
    assert tanh[0] > 1e-3 * tanh[-1]


def test_larger_weights_make_the_relus_gradient_explode():
    assert gradient_sizes("relu", 10, 3.0)[0] > 100 * gradient_sizes("relu", 10, 3.0)[-1]


def test_the_frames_go_from_the_last_layer_to_the_first():
    scene = depth_scene(6)
    assert [frame.row[0] for frame in scene.frames] == ["6", "5", "4", "3", "2", "1"]
    (question,) = [frame.question for frame in scene.frames if frame.question]
    assert question.answer == "sigmoid"


def test_layers_out_of_bounds_are_refused():
    with pytest.raises(ValueError, match="2 to 30"):
        explore.depth(1)
