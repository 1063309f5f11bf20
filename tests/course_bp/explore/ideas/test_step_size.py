import numpy as np

from course_bp import exp, explore, sin
from course_bp.explore.ideas.step_size import STEPS, step_size_scene


def test_the_errors_fall_and_rise_again():
    scene = step_size_scene(sin, "sin", 1.0)
    central = np.array([float(row[2].replace("−", "-")) for row in scene.rows()])
    best = int(np.argmin(central))
    assert 5 < best < 18
    assert central[0] > 1e3 * central[best]
    assert central[-1] > 1e3 * central[best]


def test_the_dots_stand_on_the_curves():
    scene = step_size_scene(exp, "exp", 0.5)
    frame = scene.frames[10]
    assert {key for key, *_ in frame.changes} == set(frame.now)
    assert len(scene.frames) == len(STEPS)


def test_the_questions_have_the_answers_that_the_errors_give():
    for question in (f.question for f in step_size_scene(sin, "sin", 1.0).frames if f.question):
        assert question.answer in question.choices
    answers = [f.question.answer for f in step_size_scene(sin, "sin", 1.0).frames if f.question]
    assert answers[0] == "It falls"


def test_a_function_of_ones_own():
    def mine(x):
        return x * sin(x)

    player = explore.step_size(mine, 2.0)
    assert "mine at x = 2" in player.current.description
    player.set(x=3.0)
    assert "mine at x = 3" in player.current.description
