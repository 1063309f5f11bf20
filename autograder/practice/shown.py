"""How a question and its solution are shown: formula, code, picture, numbers."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

from autograder.derived.solution import solution_texts
from autograder.derived.statement import aligned_formula
from autograder.derived.texts import solution
from autograder.feedback.layout import WIDTH
from autograder.files.clean import html
from autograder.practice.given import blank
from autograder.practice.numbers import short
from autograder.practice.picture import picture_of
from autograder.practice.question import Question
from autograder.random_functions.ordinary import passes
from course_bp.explore.stage.scene import aligned


class Shown:
    """Something that shows itself as text and as HTML.

    Args:
        text: for a terminal.
        markup: the same as HTML without script.
    """

    def __init__(self, text: str, markup: str) -> None:
        self.text, self.markup = text, markup

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return self.markup


def shown_question(question: Question) -> Shown:
    """The function with its formula, its graph with the values of the forward pass, and what to do.

    Args:
        question: what is asked.
    """
    program = question.program
    nodes, adjoints = passes(program, question.inputs)
    told = [
        ("Here", program.called),
        ("Inputs", _values(question.inputs)),
        ("Forward pass", _values({name: node.value for name, node in nodes.items()})),
    ]
    task, call, code = _task(question, adjoints)
    text, markup = [program.source], ""
    for title, items in told:
        if items:
            text += ["", f"{title}:", *(f"  {one}" for one in items)]
            listed = "".join(f"<li><code>{html(one)}</code></li>" for one in items)
            markup += f"<p>{html(title)}:</p><ul>{listed}</ul>"
    text += ["", textwrap.fill(task, WIDTH), f"  {call}", textwrap.fill(code, WIDTH)]
    return Shown(
        "\n".join(text),
        f"<div class='course-bp-practice' style='line-height:1.45'>"
        f"<p>{html(_formula(question))}</p><pre>{html(program.source)}</pre>"
        f"{picture_of(question).html()}<div style='max-width:60em'>{markup}"
        f"<p>{html(task)} <code>{html(call)}</code>. {html(code)}</p></div></div>",
    )


def _task(question: Question, adjoints: Mapping[str, Any]) -> tuple[str, str, str]:
    """What to work out, how to give it, and what to do instead."""
    output, names = question.program.output, question.asked
    asked = ", ".join(f"{name} = ∂{output}/∂{name[1:]}" for name in names)
    given = ", ".join(blank(name, adjoints[name[1:]]) for name in names)
    return (
        f"The backward pass begins with d{output} = 1. Work out {asked}, to three "
        "significant digits. A calculator or NumPy is fine for the numbers. Give "
        f"{'it' if len(names) == 1 else 'some of them or all'}:",
        f"answer({given})",
        "Or write a function of the inputs that returns them in a dict, and pass it to check(…).",
    )


def _values(values: Mapping[str, Any]) -> list[str]:
    return [f"{name} = {short(value)}" for name, value in values.items()]


def shown_solution(question: Question) -> Shown:
    """All values and derivatives at the inputs, and the backward pass as code.

    Args:
        question: what is asked.
    """
    nodes, adjoints = passes(question.program, question.inputs)
    rows = [("name", "value", "derivative")]
    values = {name: node.value for name, node in nodes.items()} | question.inputs
    rows += [(name, short(values[name]), short(adjoints[name])) for name in reversed(adjoints)]
    code = _code(question)
    text = "\n".join([*aligned(rows), "", code])
    cell = 'style="text-align:left;padding:1px 14px 1px 0"'
    head, *body = rows
    table = "".join(f"<th scope='col' {cell}>{html(one)}</th>" for one in head) + "</tr>"
    for name, *others in body:
        table += f"<tr><th scope='row' {cell}>{html(name)}</th>"
        table += "".join(f"<td {cell}>{html(one)}</td>" for one in others) + "</tr>"
    return Shown(text, f"<table><tr>{table}</table><pre>{html(code)}</pre>")


def _code(question: Question) -> str:
    """A function that returns what is asked for, as course_bp prints it."""
    program = question.program
    if question.topic == "graphs":
        example, leaves = question.inputs, program.leaves
        body = next(solution_texts(program.forward, example, leaves, question.asked, False))
    else:
        body = solution(question.exercise)
    return f"def backward({', '.join(question.inputs)}):\n{textwrap.indent(body, '    ')}"


def _formula(question: Question) -> str:
    return f"$${aligned_formula(question.derivation)}$$"
