"""What a player is where there is no kernel: in a document, and in a page."""

import json
import re

import nbformat
import numpy as np
import pytest
from nbconvert import HTMLExporter

from course_bp import Node, explore, sin


def square_plus_sine(x):
    return x * x + sin(x)


def recordings(page):
    """The scenes of each player of a page."""
    return [
        json.loads(line.split(", ", 1)[1].removesuffix(");"))
        for line in page.splitlines() if line.startswith("showRecording(")
    ]  # fmt: skip


def test_in_a_document_made_of_a_saved_notebook_stand_the_picture_and_the_table():
    shown = explore.step(square_plus_sine, 2.0)._repr_mimebundle_()
    data = shown[0] if isinstance(shown, tuple) else shown
    output = nbformat.v4.new_output("display_data", data)
    cell = nbformat.v4.new_code_cell("…", outputs=[output])
    body, _ = HTMLExporter().from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))
    assert "<svg" in body
    assert "∂ 3.58385" in body
    assert ">what happens</th>" in body


def test_the_page_holds_the_whole_scene_and_names_no_address(tmp_path):
    player = explore.step(square_plus_sine, 2.0)
    page = player.export(tmp_path / "page.html").read_text("utf-8")
    (only,) = recordings(page)
    assert only == [{"values": {}, "scene": json.loads(json.dumps(player.scene))}]
    addresses = set(re.findall(r"https?://[^\"'\s<>\\]+", page))
    assert addresses == {"http://www.w3.org/2000/svg"}  # the name of a language, not fetched


def test_a_still_is_html_and_svg_and_words(tmp_path):
    still = explore.draw(square_plus_sine(Node(2.0, "x")))
    bundle = still._repr_mimebundle_()
    assert set(bundle) == {"text/html", "image/svg+xml", "text/plain"}
    assert bundle["text/plain"].startswith("A computation graph. Inputs: x = 2.")
    assert still.save(tmp_path / "graph.svg").read_text("utf-8") == still.svg


def test_the_script_fetches_and_imports_nothing():
    from course_bp.explore.stage.svg import script

    assert not re.search(
        r"\bimport\b|\bfetch\(|XMLHttpRequest|https?://|innerHTML|eval\(", script()
    )


def test_an_exploration_is_a_picture_of_its_present_step_and_a_table_too():
    player = explore.checkpoint_memory(4, 2)
    player.frame = 1
    still = player.draw()
    assert still.svg == player.current.svg(frame=1) != player.current.svg()
    assert still.description in still.svg
    lines = player.table().splitlines()
    assert lines[0] == "Checkpointing: memory against recomputation"
    assert len(lines) == 3 + len(player.current.frames)


def test_without_a_word_of_what_the_page_holds_what_was_made_last(tmp_path):
    explore.activations()
    player = explore.step(square_plus_sine, 2.0)
    page = explore.export(tmp_path / "page.html").read_text("utf-8")
    (only,) = recordings(page)
    assert only[0]["scene"] == json.loads(json.dumps(player.scene))
    assert "<h1 data-title-of=" in page


def test_a_page_holds_players_pictures_and_nodes_under_one_title(tmp_path):
    x = Node(2.0, "x")
    still = explore.draw(x * x, title="A square")
    page = explore.export(tmp_path / "page.html", explore.activations(), still, sin(x), title="All")
    text = page.read_text("utf-8")
    assert [len(scenes) for scenes in recordings(text)] == [4, 1]
    assert re.findall(r"<h[12][^>]*>(.*?)</h", text) == [
        "All", "sigmoid and its derivative", "A square", "The graph of y"
    ]  # fmt: skip
    assert text.count(still.svg) == 1


def test_what_cannot_be_shown_is_refused(tmp_path):
    with pytest.raises(TypeError, match="a graph is made of nodes"):
        explore.export(tmp_path / "page.html", 3.0)
    assert not (tmp_path / "page.html").exists()


def test_a_recording_has_a_scene_for_every_combination_of_what_it_offers():
    player = explore.step(lambda x, y: x * y, 2.0, 3.0)
    scenes = list(player.recorded(x=(1, 2), y=(3.0, 5.0, 5.0)))
    assert [values for values, _ in scenes] == [
        {"x": 2.0, "y": 3.0}, {"x": 1.0, "y": 3.0}, {"x": 1.0, "y": 5.0}, {"x": 2.0, "y": 5.0}
    ]  # fmt: skip
    for values, scene in scenes:
        assert scene.frames[1].formula.endswith(f"= {values['x'] * values['y']:g}")
        assert {c.key: c.recorded for c in scene.controls} == {"x": (1.0, 2.0), "y": (3.0, 5.0)}


def test_what_is_shown_is_offered_too():
    player = explore.step(square_plus_sine, 2.0)
    (first, _), *others = player.recorded(x=(1.0,))
    assert first == {"x": 2.0}
    assert [values for values, _ in others] == [{"x": 1.0}]


def test_a_recording_leaves_what_is_shown_alone():
    player = explore.playground(frames=2)
    before, history = player.scene, player.current
    assert len(list(player.recorded(data=("XOR", "moons"), hidden=("3",)))) == 2
    assert player.scene == before
    assert player.current is history


def test_too_many_scenes_are_refused():
    player = explore.step(square_plus_sine, 2.0)
    with pytest.raises(ValueError, match="at most 100 scenes, not 101"):
        list(player.recorded(x=[0.5 * i for i in range(101)]))


def test_only_a_control_can_be_recorded():
    player = explore.step(square_plus_sine, 2.0)
    with pytest.raises(ValueError, match="there is no control z; there are: x"):
        list(player.recorded(z=(1.0,)))


def test_the_values_of_a_control_are_a_list(tmp_path):
    player = explore.step(lambda x: x * x, 2.0)
    with pytest.raises(TypeError, match="a page needs a list of values"):
        player.export(tmp_path / "page.html", x=1.0)
    page = player.export(tmp_path / "page.html", x=np.arange(1, 4))
    assert '"values": {"x": 3.0}' in page.read_text("utf-8")
