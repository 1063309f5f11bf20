from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from autograder.domain import Real
from autograder.practice.picture import graph_of_lines, picture_of
from autograder.practice.question import TOPICS, Question, draw_question
from autograder.random_functions.program import Line, Program

topics = pytest.mark.parametrize("topic", TOPICS)
SVG = "{http://www.w3.org/2000/svg}"


def boxes(question: Question) -> list[tuple[str, str, float, list[str]]]:
    """Each box: what it stands for in full, its label, its width, and the texts below."""
    found = []
    for group in ElementTree.fromstring(picture_of(question).svg).iter(f"{SVG}g"):
        title, frame, label, *below = group
        texts = [one.text for one in below if one.text]
        found.append((title.text or "", label.text or "", float(frame.get("width", 0)), texts))
    return found


@topics
@pytest.mark.parametrize("level", [1, 3])
def test_there_is_a_box_for_each_input_and_each_line_and_no_other(topic: str, level: int) -> None:
    question = draw_question(np.random.default_rng(3), topic, level, {})
    program = question.program
    names = [title.split(" = ")[0] for title, *_ in boxes(question)]
    assert names == [*program.inputs, *(line.name for line in program.lines)]


@topics
def test_a_box_says_what_its_line_says(topic: str) -> None:
    question = draw_question(np.random.default_rng(3), topic, 2, {})
    said = [title for title, *_ in boxes(question)][len(question.program.inputs) :]
    written = [f"{line.name} = {line.right_side}" for line in question.program.lines]
    plain = [re.sub("np[.]", "", one).replace(" * ", " · ").replace("-", "−") for one in written]
    assert said == plain


@topics
@pytest.mark.parametrize("seed", range(5))
def test_no_label_is_wider_than_its_box(topic: str, seed: int) -> None:
    question = draw_question(np.random.default_rng(seed), topic, 3, {})
    for title, label, width, below in boxes(question):
        assert label == title or (label.endswith("…") and title.startswith(label[:-1]))
        # A letter is about 8 wide, and the text begins 10 from the left.
        assert max(map(len, [label, *below])) * 8 + 10 <= width


@topics
def test_the_picture_has_values_and_no_gradient(topic: str) -> None:
    question = draw_question(np.random.default_rng(3), topic, 1, {})
    for title, _, _, below in boxes(question):
        assert len(below) == 1, title
        assert re.fullmatch(r"= -?[\d.e+-]+|\d+( × \d+)? numbers", below[0])


def test_a_vectors_length_is_not_taken_for_its_value() -> None:
    lines = (Line("l", "squared error", ("z", "t")), Line("L", "sum", ("l",)))
    program = Program("loss", {"z": Real("N"), "t": Real("N")}, lines, data=("t",))
    inputs = {"z": np.array([1.0, 2.0, 4.0]), "t": np.array([0.5, 0.5, 0.5])}
    question = Question("losses", program, inputs)
    assert [below for *_, below in boxes(question)] == [["3 numbers"]] * 3 + [["= 14.75"]]


def test_arrows_lead_from_operands_to_lines() -> None:
    question = draw_question(np.random.default_rng(3), "layers", 1, {})
    graph = graph_of_lines(question)
    for node, line in zip(
        [one for one in graph.order if one.operation], question.program.lines, strict=True
    ):
        assert [graph.names[parent] for parent in node.parents] == list(line.operands)


def test_a_narrow_page_shrinks_it_before_it_scrolls() -> None:
    question = draw_question(np.random.default_rng(3), "layers", 1, {})
    root = ElementTree.fromstring(picture_of(question).svg)
    least = round(0.7 * float(root.get("width", 0)))
    assert root.get("style") == f"max-width:max(100%, {least}px);height:auto"
