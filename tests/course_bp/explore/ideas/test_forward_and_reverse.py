import pytest

from course_bp import explore, grad, jvp
from course_bp.explore.ideas.forward_and_reverse import s, two_modes_scene


def test_the_sweeps_give_what_the_pass_back_gives():
    frames = two_modes_scene(s, ["x", "y"], [0.5, 4.2]).frames
    expected = grad(s, (0, 1))(0.5, 4.2)
    for label, derivative in zip("xy", expected, strict=True):
        ends = [f for f in frames if f.row[1] == f"tangents by {label}"]
        assert ends[-1].question.answer == derivative
    assert frames[-1].say.endswith("forward mode took 2 sweeps for.")


def test_every_tangent_is_that_of_forward_mode():
    def f(x):
        t = x * x
        return t * x

    frames = two_modes_scene(f, ["x"], [3.0]).frames
    answers = [f.question.answer for f in frames if f.row[1] == "tangents by x" and f.question]
    assert answers == [6.0, jvp(f, (3.0,), (1.0,))[1]]


def test_the_steps_are_numbered_through():
    frames = two_modes_scene(s, ["x", "y"], [0.5, 4.2]).frames
    assert [frame.row[0] for frame in frames] == [str(i) for i in range(len(frames))]


def test_the_point_can_be_changed():
    player = explore.forward_and_reverse()
    player.set(x=2.0)
    assert f"= {s(2.0, 4.2):.6g}" in player.current.svg()
    with pytest.raises(AttributeError):
        explore.no_such_exploration  # noqa: B018


def test_one_can_go_to_each_sweep_and_to_the_pass_back():
    frames = two_modes_scene(s, ["x", "y"], [0.5, 4.2]).frames
    assert [frame.part for frame in frames if frame.part] == [
        "Values", "Forward mode by x", "Forward mode by y", "Reverse mode"
    ]  # fmt: skip
