import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_bp import explore
from course_bp.explore.ideas.checkpoint_memory import checkpoint_scene, cost, schedule


@settings(max_examples=30)
@given(st.integers(2, 36), st.integers(1, 36))
def test_every_step_goes_forward_once_and_backward_once_with_what_it_needs(steps, segments):
    events = list(schedule(steps, min(segments, steps)))
    for what in ("forward", "backward"):
        done = [event.step for event in events if event.what == what]
        assert sorted(done) == list(range(steps))
    for event in events:
        if event.what == "backward":
            assert event.step in event.kept
        if event.what == "again":
            assert {event.step - 1, event.step} <= event.kept


@pytest.mark.parametrize(("steps", "length"), [(6, 3), (36, 6), (12, 1), (30, 30), (35, 5)])
def test_the_counts_are_those_of_the_unit(steps, length):
    segments = steps // length
    events = list(schedule(steps, segments))
    assert max(len(event.kept) for event in events) == segments + length - 1
    assert sum(event.what == "again" for event in events) == segments * (length - 1)


def test_the_question_asks_for_the_peak():
    scene = checkpoint_scene(16, 4)
    (question,) = [frame.question for frame in scene.frames if frame.question]
    assert question.answer == max(int(row[3]) for row in scene.rows())


def test_fewer_values_in_memory_are_paid_for_with_recomputation():
    everything, some = cost(16, 1), cost(16, 4)
    assert (everything.memory, everything.again) == (16, 15)
    assert (cost(16, 16).memory, cost(16, 16).again) == (16, 0)
    assert (some.memory, some.again) == (7, 12)


def test_the_scene_counts_what_is_computed_again():
    scene = checkpoint_scene(16, 4)
    assert scene.rows()[-1][-1] == str(cost(16, 4).again)
    assert [frame.part for frame in scene.frames if frame.part] == [
        "Forward pass", "Backward pass"
    ]  # fmt: skip


def test_a_chain_out_of_bounds_is_refused():
    with pytest.raises(ValueError, match="2 to 36"):
        explore.checkpoint_memory(1)


@pytest.mark.parametrize("segments", [0, 17])
def test_more_segments_than_steps_are_refused(segments):
    with pytest.raises(ValueError, match="16 steps make 1 to 16 segments"):
        explore.checkpoint_memory(16, segments)


def test_a_control_shows_the_segments_that_the_picture_has():
    player = explore.checkpoint_memory(16, 4)
    player.set(segments=30)
    assert "in 16 segments" in player.current.description
    assert player.values["segments"] == 16
