"""The hint button without a browser; tests/browser presses it in one."""

from autograder.feedback.hint_widget import HintButton
from autograder.feedback.next_hint import Hint


def press(button: HintButton) -> str:
    """What a click in the browser comes to."""
    button._handle_custom_msg({}, [])
    return button.said


def test_the_button_says_which_exercise_it_is_for_and_nothing_yet() -> None:
    button = HintButton("quiz1.forward", lambda exercise_id: Hint(exercise_id))
    assert button.label == "Next hint for quiz1.forward"
    assert button.said == ""


def test_the_button_gives_one_hint_after_the_other() -> None:
    given = {"quiz1.forward": [Hint("second"), Hint("first & foremost")]}
    button = HintButton("quiz1.forward", lambda exercise_id: given[exercise_id].pop())
    assert press(button) == "first & foremost"
    assert press(button) == "second"
