from course_bp.explore.loss_matching_quiz import PAIRINGS, loss_quiz_scene


def test_each_loss_has_its_own_assumption_and_a_reason_for_every_choice():
    questions = [f.question for f in loss_quiz_scene().frames if f.question]
    assert len({q.answer for q in questions}) == len(questions) == 4
    for question in questions:
        assert question.answer in question.choices
        assert len(question.reasons) == len(question.choices)


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
