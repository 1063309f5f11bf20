import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_bp import Node, explore, sin
from course_bp.checkpointing import checkpoint_sequential
from course_bp.explore.memory_schedule import checkpoint_scene, schedule


@settings(max_examples=30)
@given(st.integers(2, 36), st.integers(1, 36))
def test_every_step_goes_forward_once_and_backward_once_with_what_it_needs(steps, segments):
    events = list(schedule(steps, min(segments, steps)))
    for what in ("forward", "backward"):
        done = [event.step for event in events if event.what == what]
        assert sorted(done) == list(range(1, steps + 1))
    for event in events:
        if event.what == "backward":
            assert {event.step, event.step - 1} <= event.kept
        else:
            assert event.step - 1 in event.kept


def test_the_root_of_the_length_keeps_about_twice_the_root():
    peak = max(len(event.kept) for event in schedule(36, 6))
    assert peak <= 2 * math.isqrt(36) + 1
    assert max(len(event.kept) for event in schedule(36, 1)) == 37


def test_as_many_steps_are_repeated_as_the_library_repeats_at_most():
    calls = 0

    def counted(x):
        nonlocal calls
        calls += 1
        return sin(x)

    x = Node(0.3)
    checkpoint_sequential([counted] * 16, x, 4).backward()
    again = sum(event.what == "again" for event in schedule(16, 4))
    assert calls == 32
    # the library repeats the last segment too, and each segment's last value
    assert again == 32 - 16 - 4 - 3


def test_the_question_asks_for_the_peak():
    scene = checkpoint_scene(16, 4)
    (question,) = [frame.question for frame in scene.frames if frame.question]
    assert question.answer == max(int(row[3]) for row in scene.rows())


def test_a_chain_out_of_bounds_is_refused():
    with pytest.raises(ValueError, match="2 to 36"):
        explore.checkpoint_memory(1)
