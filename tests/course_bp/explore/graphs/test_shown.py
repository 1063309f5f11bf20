import json
from xml.etree import ElementTree

import numpy as np
import pytest

from course_bp import MLP, Node, cos, exp, explore, grad, log, sigmoid, sin, sum, tanh, trace
from course_bp.explore.graphs.graph_reading import read_graph
from course_bp.explore.graphs.shown import graph_scene

SVG = "{http://www.w3.org/2000/svg}"


def quiz1(x, z):
    b = exp(x * z)
    return b + x * z / log(x) + sin(log(x)) / b


def texts(svg):
    return [e.text or "" for e in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def shown(scene, name, what, frame=-1):
    """What stands in a node's box after a frame."""
    boxes = scene.still(frame=frame).iter("g")
    box = next(g for g in boxes if g[0].text == name or g[0].text.startswith(f"{name} = "))
    return next(e.text or "" for e in box if e.get("data-key", "").endswith(f".{what}"))


def test_a_drawing_holds_the_numbers_of_the_engine_and_says_what_it_is():
    x, z = Node(2.0, "x"), Node(3.0, "z")
    still = explore.draw(quiz1(x, z))
    dx, dz = grad(quiz1, (0, 1))(2.0, 3.0)
    assert {f"∂ {dx:.6g}", f"∂ {dz:.6g}", "= 412.087"} <= set(texts(still.svg))
    root = ElementTree.fromstring(still.svg)
    assert root.find(f"{SVG}title").text == "The graph of y"
    assert "Inputs: x = 2, z = 3" in root.find(f"{SVG}desc").text
    assert root.get("role") == "img"


def test_drawing_leaves_the_graph_alone():
    x = Node(2.0)
    explore.draw(x * x)
    assert x.grad is None


def test_names_cannot_break_the_picture_or_the_page(tmp_path):
    x = Node(2.0, "</script><b>&")
    player = explore.step(x * x)
    ElementTree.fromstring(player.current.svg())
    page = player.export(tmp_path / "page.html").read_text("utf-8")
    assert page.count("</script>") == 1
    assert "<b>&" not in page


def test_the_steps_are_those_of_the_trace():
    x, z = Node(2.0, "x"), Node(3.0, "z")
    y = quiz1(x, z)
    scene = graph_scene(read_graph(y))
    steps = trace(y)
    backward = [f for f in scene.frames if f.row[1] == "backward"][1:]
    assert [f.row[3] for f in backward] == [repr(s.contribution) for s in steps]
    assert [f.row[4] for f in backward] == [repr(s.total) for s in steps]


def test_a_backward_step_shows_upstream_local_contribution_and_the_sum():
    x, z = Node(2.0, "x"), Node(3.0, "z")
    frame = graph_scene(read_graph(x * z + sin(x))).frames[-2]
    assert frame.formula == "∂y/∂x += ∂y/∂v1 × z = 1 × 3 = 3; so far −0.416147 + 3 = 2.58385"
    assert frame.say == (
        "Backward, from v1 to x: upstream 1 times local 3 is 3, which makes 2.58385 in all."
    )


def test_a_gradient_is_complete_only_when_all_has_arrived():
    x = Node(2.0, "x")
    scene = graph_scene(read_graph(x * x))
    assert shown(scene, "x", "grad", -2) == "∂ 2"
    assert shown(scene, "x", "measured", -2) == "1 more to come"
    assert shown(scene, "x", "grad") == "∂ 4"
    assert shown(scene, "x", "measured") == "✓ measured 4"


def test_a_matrix_products_step_says_the_rule_the_contribution_and_what_g_is():
    W, x = Node(np.array([[1.0, 2.0], [3.0, -1.0]]), "W"), Node(np.array([[0.5], [2.0]]), "x")
    frames = graph_scene(read_graph((W @ x).sum())).frames
    step = next(frame for frame in frames if frame.formula.startswith("∂y/∂x"))
    assert step.formula == "∂y/∂x += W.T @ g = [4; 1], where g = ∂y/∂v1 = [1; 1]"
    assert step.say == (
        "Backward, from v1 to x: the upstream gradient pulled back through matmul is [4; 1]."
    )


def test_the_students_own_gradient_is_compared():
    class Value:
        def __init__(self, value, parents=(), local=()):
            self.value, self.parents, self.local, self.grad = value, parents, local, 0.0

    a = Value(3.0)
    square = Value(9.0, (a, a), (3.0, 3.0))
    square.grad, a.grad = 1.0, 3.0  # the second arrow overwrote the first
    scene = graph_scene(read_graph(square, {"a": a}))
    assert shown(scene, "a", "own") == "≠ your grad 3"
    assert shown(scene, "a", "measured") == "✓ measured 6"
    a.grad = 6.0
    scene = graph_scene(read_graph(square, {"a": a}))
    assert shown(scene, "a", "own") == "✓ your grad 6"


def test_gradients_found_by_other_means_stand_beside_the_passs_and_are_spoken_of():
    x, w = Node(2.0, "x"), Node(3.0, "w")
    player = explore.step(x * w, yours={"x": 3.0, "w": -2.0})
    assert {"✓ your grad 3", "≠ your grad −2"} <= set(texts(player.current.svg()))
    said = " ".join(frame.say for frame in player.current.frames)
    assert "to x: upstream 1 times local 3 is 3. Your own agrees." in said
    assert "to w: upstream 1 times local 2 is 2. Your own is −2." in said


def test_gradients_of_ones_own_are_put_away_when_an_input_is_changed():
    x, w = Node(2.0, "x"), Node(3.0, "w")
    player = explore.step(x * w, yours={"x": 3.0})
    assert "✓ your grad 3" in texts(player.current.svg())
    player.set(w=5.0)
    assert not any("your grad" in text for text in texts(player.current.svg()))


def test_gradients_of_ones_own_go_with_a_node():
    with pytest.raises(TypeError, match="go with a node"):
        explore.step(quiz1, 2.0, 3.0, yours={"x": 1.0})


def test_questions_ask_for_the_number_of_the_step_and_do_not_tell_it():
    scene = graph_scene(read_graph(quiz1(Node(2.0, "x"), Node(3.0, "z"))))
    asked = [f for f in scene.frames if f.question]
    assert len(asked) == len(scene.frames) - 2
    for frame in asked:
        assert frame.question.pending.endswith("= ?")
        assert frame.formula.startswith(frame.question.pending[:-1])


def test_changing_an_input_gives_the_scene_of_the_changed_input():
    player = explore.step(quiz1, 2.0, 3.0)
    player.set(x=1.5)
    expected = grad(quiz1)(1.5, 3.0)
    assert shown(player.current, "x", "grad") == f"∂ {expected:.6g}"
    assert player.scene == player.current.data()


def test_changing_an_entry_of_an_array_of_a_recorded_graph():
    w = Node(np.array([1.0, 2.0]), "w")
    player = explore.step(sum(w * w))
    player.set(**{"w[1]": 5.0})
    assert shown(player.current, "w", "grad") == "∂ [2, 10]"
    assert w.value[1] == 2.0


def test_a_function_may_name_its_steps():
    def forward(u, v):
        p = u * v
        return {"p": p, "w": p + u}

    player = explore.step(forward, 2.0, 3.0)
    assert "Then p = u · v; w = p + u." in player.current.description


def test_the_students_own_class_is_stepped_through_and_changed():
    class Value:
        def __init__(self, value, parents=(), local=()):
            self.value, self.parents, self.local, self.grad = value, parents, local, 0.0

        def __mul__(self, other):
            return Value(self.value * other.value, (self, other), (other.value, self.value))

        def odd(self):
            return Value(self.value**3 + 1.0, (self,), (3.0 * self.value**2,))

    player = explore.step(lambda a, b: a.odd() * b, 2.0, 5.0, engine=Value)
    assert shown(player.current, "a", "grad") == "∂ 60"
    assert shown(player.current, "a", "measured") == "✓ measured 60"
    player.set(a=1.0)
    assert shown(player.current, "a", "grad") == "∂ 15"


def test_a_function_runs_again_with_its_branches():
    def branch(x):
        return x * x if x.value < 1 else cos(x)

    player = explore.step(branch, 0.5)
    player.set(x=2.0)
    assert "cos(x)" in player.current.description


def test_a_value_that_does_not_work_is_told_and_changes_nothing():
    player = explore.step(quiz1, 2.0, 3.0)
    before = player.scene
    player.set(x="two")
    assert player.problem == "x must be a number."
    assert player.scene == before
    player.set(x=2.5)
    assert player.problem == ""


def test_a_function_that_stops_says_why_below_the_controls():
    def branch(x):
        return x * x if x.value < 1 else x.cube()

    player = explore.step(branch, 0.5)
    before = player.scene
    player.set(x=2.0)
    assert player.problem == "AttributeError: 'Node' object has no attribute 'cube'"
    assert player.scene == before
    player.set(x=0.25)
    assert player.problem == ""


def test_a_control_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="no control w; there are: x, z"):
        explore.step(quiz1, 2.0, 3.0).set(w=1.0)


def test_layers_fold_to_a_box_each():
    net = MLP([2, 3, 1], seed=1)
    x = Node(np.array([[0.5, -1.0]]), "x")
    _, a = net.forward(x)
    player = explore.step(a[3], groups={"layer 1": a[2], "layer 2": a[3]})
    assert [v.label for v in player.current.views] == [
        "everything", "layers only", "inside layer 1", "inside layer 2",
    ]  # fmt: skip
    boxes = [e.text for e in player.current.still(view=1).iter("g") for e in e if e.tag == "title"]
    assert boxes == ["layer 1", "layer 2"]


def folded_boxes(player):
    """Title → texts of each box in the view where every layer is folded, after the last step."""
    boxes = [g for g in player.current.still(view=1, frame=-1).iter("g") if g[0].tag == "title"]
    return {g[0].text: [e.text or "" for e in g if e.tag == "text"] for g in boxes}


def test_a_folded_layer_shows_the_value_and_the_gradient_of_its_end():
    x = Node(2.0, "x")
    inner = x * x
    player = explore.step(3.0 * inner + 1.0, groups={"inner": inner}, names={"u": inner})
    assert folded_boxes(player)["inner"] == ["inner", "2 nodes up to u", "= 4", "∂ 3"]


def test_what_several_layers_are_given_stays_outside():
    x = Node(2.0, "x")
    one, two = x * 3.0, x * x
    player = explore.step(one + two, groups={"one": one, "two": two})
    boxes = folded_boxes(player)
    assert list(boxes) == ["x", "one", "two", "y = v1 + v2"]
    assert boxes["x"][2] == "∂ 7"


def test_everything_the_player_gets_is_plain_data():
    player = explore.step(quiz1, 2.0, 3.0, predict=True)
    assert json.loads(json.dumps(player.get_state(["scene"])["scene"])) is not None
    assert player.scene["predict"] is True


def test_in_a_document_the_player_is_a_picture_and_a_table():
    data = explore.step(quiz1, 2.0, 3.0)._repr_mimebundle_()
    bundle = data[0] if isinstance(data, tuple) else data
    assert "<svg" in bundle["text/html"]
    assert "∂y/∂x" in bundle["text/plain"]


def test_an_array_operation_is_written_as_its_pull_back():
    x, w = Node(np.ones((4, 3)), "x"), Node(np.ones((3, 2)), "w")
    scene = graph_scene(read_graph(sum(sigmoid(x @ w))))
    (formula,) = (f.formula for f in scene.frames if f.formula.startswith("∂y/∂w"))
    assert formula.startswith("∂y/∂w += x.T @ g = 3×2, norm ")
    assert formula.endswith(", where g = ∂y/∂v1 = 4×2, norm 0.1278")


def test_what_is_picked_out_of_an_array_is_written_as_in_python():
    w, x = Node(np.array([0.5, -1.0, 2.0]), "w"), Node(np.array([3.0, 1.0]), "x")
    formulas = [f.formula for f in graph_scene(read_graph(w[0] + w[1:] @ x)).frames]
    assert "v2 = w[1:] = [0.5, −1, 2][1:] = [−1, 2]" in formulas
    assert "∂y/∂w += g at [1:], 0 elsewhere = [0, 3, 1], where g = ∂y/∂v2 = [3, 1]" in formulas


def test_latex_of_a_formula_and_of_its_derivative():
    x = Node(0.7, "x")
    assert explore.latex(sin(x) * x) == r"\sin\left(x\right) \cdot x"
    assert r"\cos\left(x\right)" in explore.latex(sin(x), "x")


def test_numbers_go_with_a_function_only():
    with pytest.raises(TypeError, match="go with a function"):
        explore.step(Node(1.0), 2.0)


def test_what_cannot_be_followed_back_is_said():
    class Value:
        def __init__(self, value, parents=()):
            self.value, self.parents = value, parents

        def __add__(self, other):
            return Value(self.value + other.value, (self, other))

    player = explore.step(lambda a, b: a + b, 2.0, 2.0, engine=Value)  # 2 + 2, 2 · 2 or 2^2
    assert player.current.note.startswith("Nothing goes back through y, because the numbers do not")
    player.set(b=3.0)
    assert player.current.note == ""
    assert shown(player.current, "a", "grad") == "∂ 1"


def test_a_gradient_of_ones_own_that_belongs_to_no_node_is_said():
    x, w = Node(2.0, "x"), Node(3.0, "w")
    player = explore.step(x * w, yours={"dx": 3.0})
    assert player.current.note == (
        "You gave a gradient of dx, but no node has that name; there are x, w, y."
    )


def test_no_question_is_asked_whose_answer_cannot_be_written():
    with np.errstate(over="ignore"):
        scene = explore.step(exp, 1000.0, predict=True).current
    assert not any(frame.question for frame in scene.frames)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"names": ["x"]}, "names is a dict"),
        ({"groups": "x"}, "groups is a dict"),
        ({"groups": {"layer 1": 5}}, "'layer 1' ends in a node, but int is not one"),
        ({"yours": [1.0]}, "yours is a dict"),
        ({"yours": {"x": "three"}}, "gradient of x is not a number: 'three'"),
        ({"engine": float}, "an engine goes with a function"),
    ],
)
def test_what_a_node_cannot_be_given_is_refused_in_words(arguments, words):
    with pytest.raises(TypeError, match=words):
        explore.step(Node(2.0, "x") * 3.0, **arguments)


@pytest.mark.parametrize(
    ("at", "words"), [((), "needs the numbers"), ((np.ones(2),), "evaluated at numbers")]
)
def test_a_function_needs_numbers(at, words):
    with pytest.raises(TypeError, match=words):
        explore.step(lambda x: x * x, *at)


def test_numpys_whole_numbers_are_numbers():
    player = explore.step(lambda x: x * x, 2.0)
    player.set(x=np.int64(3))
    assert player.problem == ""
    assert player.values == {"x": 3.0}
    json.dumps(player.values)


def test_a_layer_may_end_in_a_node_that_was_computed_twice():
    x, w = Node(2.0, "x"), Node(3.0, "w")
    hidden = tanh(w * x)
    again = tanh(w * x)  # as in a dict of results that computes one of them anew
    player = explore.step(hidden * hidden, groups={"layer 1": again, "layer 2": hidden})
    assert player.current.views[1].label == "layers only"
