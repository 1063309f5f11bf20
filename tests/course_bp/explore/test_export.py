"""What a player is where there is no kernel: in a document, and in a page."""

import json
import re

import nbformat
from nbconvert import HTMLExporter

from course_bp import Node, explore, sin


def square_plus_sine(x):
    return x * x + sin(x)


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
    data = re.search(r"showRecording\(.*?, (\{.*\})\);\n</script>", page, re.DOTALL)[1]
    assert json.loads(data) == json.loads(json.dumps(player.scene))
    addresses = set(re.findall(r"https?://[^\"'\s<>\\]+", page))
    assert addresses == {"http://www.w3.org/2000/svg"}  # the name of a language, not fetched


def test_a_still_is_html_and_svg_and_words(tmp_path):
    still = explore.draw(square_plus_sine(Node(2.0, "x")))
    bundle = still._repr_mimebundle_()
    assert set(bundle) == {"text/html", "image/svg+xml", "text/plain"}
    assert bundle["text/plain"].startswith("A computation graph. Inputs: x = 2.")
    assert still.save(tmp_path / "graph.svg").read_text("utf-8") == still.svg


def test_the_script_fetches_and_imports_nothing():
    from course_bp.explore.svg import script

    assert not re.search(
        r"\bimport\b|\bfetch\(|XMLHttpRequest|https?://|innerHTML|eval\(", script()
    )
