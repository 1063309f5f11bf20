"""The progress bar of plain text."""

import io

import pytest

from course_bp.network.progress import ProgressBar


def test_the_last_state_stays_on_the_line():
    file = io.StringIO()
    with ProgressBar(50, file=file) as bar:
        for epoch in range(51):
            bar.update(epoch, f"loss {1 / (epoch + 1):.3f}")
    last = file.getvalue().split("\r")[-1]
    assert last.startswith("epoch 50/50 ")
    assert "loss 0.020" in last
    assert "·" not in last
    assert last.endswith("\n")


def test_a_shorter_line_covers_a_longer_one():
    file = io.StringIO()
    with ProgressBar(10, unit="step", file=file) as bar:
        bar.update(1, "a long remark about this step")
        bar.update(2)
    longer, shorter = file.getvalue().split("\r")[1:]
    assert len(shorter.rstrip("\n")) == len(longer)
    assert shorter.startswith("step 2/10")


def test_it_redraws_far_less_often_than_it_is_updated():
    file = io.StringIO()
    with ProgressBar(10**5, file=file) as bar:
        for step in range(10**5):
            bar.update(step)
    assert file.getvalue().count("\r") < 10**4


def test_an_interrupted_loop_still_ends_its_line():
    file = io.StringIO()

    def interrupted_loop():
        with ProgressBar(10, file=file) as bar:
            bar.update(3)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted_loop()
    assert file.getvalue().endswith("\n")
