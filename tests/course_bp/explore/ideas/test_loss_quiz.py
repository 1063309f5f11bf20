import re

from course_bp.explore.ideas.loss_quiz import ASSUMPTIONS, PAIRINGS, loss_quiz_scene


def test_each_loss_has_its_own_assumption_and_a_reason_for_every_choice():
    questions = [f.question for f in loss_quiz_scene().frames if f.question]
    assert len({q.answer for q in questions}) == len(questions) == 4
    for question in questions:
        assert question.answer in question.choices
        assert len(question.reasons) == len(question.choices)


def test_the_place_of_an_answer_does_not_give_it_away():
    questions = [f.question for f in loss_quiz_scene().frames if f.question]
    places = [q.choices.index(q.answer) for q in questions]
    assert all(place != number for number, place in enumerate(places))
    assert places != sorted(places)
    for question, pairing in zip(questions, PAIRINGS, strict=True):
        reason = question.reasons[question.choices.index(question.answer)]
        assert reason == pairing.reasons[ASSUMPTIONS.index(pairing.answer)]


def test_the_squared_error_is_drawn_as_its_formula_says():
    svg = loss_quiz_scene().svg()
    curves = {
        name: re.search(rf'd="M([^"]*)" class="bp-curve" data-key="{name}"', svg).group(1)
        for name in ("squared", "hinge")
    }
    at_0 = {name: curve.split("L")[-61] for name, curve in curves.items()}  # of −3 to 3 by 0.05
    assert at_0["squared"] == at_0["hinge"]  # (0 − 1)² and 1 − 0


def test_the_pairs_are_those_of_the_deck():
    found = {p.loss: p.answer.split(";")[0] for p in PAIRINGS}
    assert "Gaussian noise" in found["the sum of squared errors"]
    assert "Gaussian around 0" in found["the sum of squared errors plus ‖w‖²"]
    assert "probability that the output says" in found["the cross-entropy"]
    assert "margin" in found["the hinge loss"]


def test_the_question_comes_before_the_answer():
    scene = loss_quiz_scene()
    assert scene.predict
    assert scene.opening == 0
    assert scene.frames[0].question is None
