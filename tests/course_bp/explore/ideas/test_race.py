import pytest

from course_bp import compare_four_ways, explore
from course_bp.explore.ideas.race import FUNCTIONS, race_scene


def test_for_a_product_of_many_inputs_reverse_mode_wins():
    question = race_scene("product of all", 8).frames[1].question
    assert question.answer == "reverse mode"


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("inputs", [1, 5])
def test_it_is_asked_only_when_one_way_alone_wins(name, inputs):
    scene = race_scene(name, inputs)
    counts = {
        reason.split(" takes ")[0]: int(reason.split(" takes ")[1].split()[0])
        for frame in scene.frames if frame.question for reason in frame.question.reasons
    }  # fmt: skip
    if counts:
        fewest = min(counts.values())
        assert [way for way, n in counts.items() if n == fewest] == [
            scene.frames[1].question.answer
        ]


def test_the_bars_end_at_the_counts_of_the_library():
    scene = race_scene("product of all", 5)
    found = compare_four_ways(
        FUNCTIONS["product of all"], *[0.4, 0.625, 0.85, 1.075, 1.3], argnums=tuple(range(5))
    )
    last = {key: value for key, what, value in scene.frames[-1].changes if what == "text"}
    assert list(last.values()) == [f"✓ {way.operations} operations" for way in found]


def test_forward_mode_falls_behind_with_every_input():
    def costs(inputs):
        last = race_scene("product of all", inputs).frames[-1].changes
        return [int(words.split()[1]) for _, what, words in last if what == "text"]

    few, many = costs(2), costs(10)
    assert many[2] / few[2] > 2 * many[3] / few[3]


def test_too_many_inputs_are_refused():
    with pytest.raises(ValueError, match="1 to 12"):
        explore.race(13)
