import numpy as np
import pytest

from course_bp import explore
from course_bp.explore.network_picture import weight_key
from course_bp.explore.network_training import EPOCHS_A_FRAME, Settings, Training
from course_bp.training import fit


def test_it_trains_as_fit_does():
    training = Training(Settings("moons", (3,), rate=0.3))
    training.advance(4)
    done = fit(
        training.net.cost, training.net.parameters, training.X, training.y,
        training.optimizer, epochs=4 * EPOCHS_A_FRAME,
    )  # fmt: skip
    parameters, loss = training.history[4]
    np.testing.assert_allclose(parameters[0]["W"], done.parameters[0]["W"], rtol=1e-12)
    assert loss == pytest.approx(training.net.cost(done.parameters, training.X, training.y))


def test_a_hidden_layer_learns_xor_and_none_cannot():
    deep, flat = Training(Settings(hidden=(3,))), Training(Settings(hidden=()))
    deep.advance(400)
    flat.advance(400)
    assert deep.accuracy(-1) == 1.0
    assert flat.accuracy(-1) <= 0.75
    assert "below 0.02" in deep.stopped


def test_the_stop_condition_ends_the_frames():
    training = Training(Settings(stop_below=0.5))
    made = training.advance(400)
    assert made < 400
    assert training.history[-1][1] < 0.5 <= training.history[-2][1]
    assert training.advance(5) == 0


def test_a_weight_that_is_set_is_what_the_network_goes_on_with():
    player = explore.playground(frames=6)
    key = weight_key(0, 1, 2)
    player.frame = 3
    before = [frame.fields for frame in player.current.frames]
    player.set(**{key: 4.0})
    after = [frame.fields for frame in player.current.frames]
    assert after[3][key] == 4.0
    assert after[:3] == before[:3]
    others = [k for k in after[3] if k != key]
    assert [after[3][k] for k in others] == [before[3][k] for k in others]
    assert after[4][key] != 4.0


def test_a_setting_begins_anew():
    player = explore.playground(frames=3)
    player.set(data="moons", hidden="3 and 3")
    assert "moons" in player.current.title
    assert player.problem == ""
    assert weight_key(2, 0, 0) in player.current.frames[0].fields


def test_further_frames_come_on_demand():
    player = explore.playground(frames=3)
    sent = []
    player.send = sent.append
    player._message(player, {"frame": 3}, [])
    (message,) = sent
    epochs = [frame["row"][0] for frame in message["frames"]]
    assert epochs[:2] == ["20", "25"]


def test_every_unit_has_its_map_in_every_frame():
    player = explore.playground(frames=2)
    first, second = player.current.frames[:2]
    images = [{key for key, what, _ in f.changes if what == "href"} for f in (first, second)]
    assert images[0] == {"u0.0", "u0.1", "u1.0", "u1.1", "u1.2", "u2.0", "map"}
    assert images[1] == images[0] - {"u0.0", "u0.1"}


def test_a_choice_that_is_none_is_refused():
    with pytest.raises(ValueError, match="XOR, moons, rings"):
        explore.playground("spiral")
