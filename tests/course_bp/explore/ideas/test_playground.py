import numpy as np
import pytest

from course_bp import explore, grad
from course_bp.explore.ideas._network_picture import NetworkPicture, weight_key
from course_bp.explore.ideas._network_training import EPOCHS_A_FRAME, Settings, Training
from course_bp.network.training import fit


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


def test_the_view_of_the_gradients_shows_those_of_the_library():
    training = Training(Settings(hidden=(3,)))
    training.advance(2)
    found = NetworkPicture(training).frame(2)
    parameters, _ = training.history[2]
    slopes = grad(training.net.cost)(parameters, training.X, training.y)
    shown = {key: value for key, what, value in found.changes if what == "data-sign"}
    widths = {key: value for key, what, value in found.changes if what == "style"}
    largest = max(np.abs(layer["W"]).max() for layer in slopes)
    for layer, values in enumerate(slopes):
        for (j, k), slope in np.ndenumerate(values["W"]):
            key = f"∂{weight_key(layer, j, k)}"
            assert shown[key] == ("below" if slope < 0 else "above")
            assert widths[key] == f"stroke-width:{0.6 + 8 * abs(slope) / largest:.1f}"


def test_the_formula_is_the_next_step_of_the_steepest_weight():
    training = Training(Settings(hidden=(), rate=0.5))
    formula = NetworkPicture(training).frame(0).formula
    weights = training.history[0][0][0]["W"]
    slopes = grad(training.net.cost)(training.history[0][0], training.X, training.y)[0]["W"]
    j = int(np.argmax(np.abs(slopes)))
    after = float(weights[j, 0] - 0.5 * slopes[j, 0])
    assert f"{weight_key(0, j, 0)} = " in formula
    assert formula.endswith(f"= {after:.4g}".replace("-", "−"))


def test_data_of_ones_own_are_what_is_learned():
    X, y = np.array([[0.0, 1.0], [2.0, -1.0], [1.0, 1.5]]), [0, 1, 0]
    player = explore.playground((X, y), hidden="2", frames=3)
    assert "trained on 3 points of your own" in player.current.description
    X[:] = 9.0  # what is learned is a copy
    player.set(data="moons")
    player.set(data="your own")
    assert "trained on 3 points of your own" in player.current.description
    assert player.current.views[0].picture.findall(".//circle[@class='bp-one']")


@pytest.mark.parametrize(
    ("X", "y", "words"),
    [
        ([[0.0, 1.0]], [1], "2 to 500 rows"),
        ([[0.0], [1.0]], [0, 1], "2 to 500 rows"),
        ([[0.0, 1.0], [1.0, 1.0]], [0, 1, 1], "2 to 500 rows"),
        ([[0.0, 1.0], [np.inf, 1.0]], [0, 1], "finite"),
        ([[0.0, 1.0], [1.0, 1.0]], [0, 2], "classes 0 or 1"),
    ],
)
def test_data_that_are_no_points_of_two_classes_are_refused(X, y, words):
    with pytest.raises(ValueError, match=words):
        explore.playground((X, y))


def test_a_choice_that_is_none_is_refused():
    with pytest.raises(ValueError, match="XOR, moons, rings"):
        explore.playground("spiral")


def test_a_single_point_is_refused():
    with pytest.raises(ValueError, match="the same point again and again"):
        explore.playground((np.zeros((4, 2)), [0, 1, 0, 1]))
