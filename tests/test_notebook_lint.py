"""The units' notebooks are in order: headings, figures with words, stubs that say what is asked."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from autograder.course.folder import Course
from autograder.course.graded_cells import exercises_in
from autograder.course.sources import read_source
from autograder.exercises import EXERCISES, find
from course_bp import primitives

REPOSITORY = Path(__file__).parents[1]
COURSE = Course.at(REPOSITORY)
UNITS = COURSE.units()
OPENING = ("**You will be able to**", "**Time:**", "**You need:**", "**From the lectures:**")
KINDS = re.compile(
    r"shapes?|floats?|ints?\b|whole numbers?|numbers?|strings?|lists?|dicts?|functions?|\d\.\d"
)
SOLUTION = re.compile(r"^( *)### BEGIN SOLUTION.*?### END SOLUTION", re.DOTALL | re.MULTILINE)
each_unit = pytest.mark.parametrize("unit", UNITS)


@cache
def notebook(unit: str) -> Any:
    """The source notebook as a build makes it."""
    return read_source(COURSE.solutions / unit / f"{unit}.py", EXERCISES)


def texts(unit: str) -> list[str]:
    return [cell.source for cell in notebook(unit).cells if cell.cell_type == "markdown"]


def code(unit: str) -> list[str]:
    return [cell.source for cell in notebook(unit).cells if cell.cell_type == "code"]


def headings(unit: str) -> list[tuple[int, str]]:
    """Level and words of each heading, without what only looks like one inside a code block."""
    prose = re.sub(r"^```.*?^```", "", "\n".join(texts(unit)), flags=re.DOTALL | re.MULTILINE)
    return [(len(marks), words) for marks, words in re.findall(r"^(#+) +(.+)$", prose, re.M)]


def calls(source: str, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            function = node.func
            if name in (getattr(function, "id", ""), getattr(function, "attr", "")):
                yield node


def grade_ids(unit: str) -> list[str]:
    marks = (cell.metadata.get("nbgrader", {}) for cell in notebook(unit).cells)
    return [mark["grade_id"] for mark in marks if mark]


@each_unit
def test_one_title_first_and_no_level_skipped(unit: str) -> None:
    levels = [level for level, _ in headings(unit)]
    assert texts(unit)[0].startswith("# ")
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


@each_unit
def test_no_two_headings_of_a_unit_are_the_same(unit: str) -> None:
    twice = [words for (_, words), count in Counter(headings(unit)).items() if count > 1]
    assert twice == []


@each_unit
def test_a_unit_opens_with_what_a_reader_has_to_know(unit: str) -> None:
    assert [words for words in OPENING if words not in texts(unit)[0]] == []


@each_unit
def test_a_unit_has_the_parts_that_every_unit_has(unit: str) -> None:
    found = " / ".join(words.lower() for _, words in headings(unit))
    parts = ["a question to begin with", "summary", "further reading"]
    parts += [] if "elective" in unit else ["reflection"]
    assert [part for part in parts if part not in found] == []
    assert "orked" in "\n".join(texts(unit)), "a worked example"


@each_unit
def test_every_figure_has_alternative_text_and_a_sentence_that_says_the_same(unit: str) -> None:
    cells = notebook(unit).cells
    for place, cell in enumerate(cells):
        if cell.cell_type != "code":
            continue
        drawn = [*calls(cell.source, "figure"), *calls(cell.source, "subplots")]
        shown = list(calls(cell.source, "picture"))
        assert len(drawn) == len(shown), (
            f"each figure is shown by picture(figure, alt):\n{cell.source}"
        )
        assert not [*calls(cell.source, "show"), *calls(cell.source, "savefig")], cell.source
        if shown:
            after = [one.source for one in cells[place + 1 : place + 4]]
            assert any("*The picture in words:*" in text for text in after), cell.source


@each_unit
def test_no_picture_in_the_text_is_without_alternative_text(unit: str) -> None:
    prose = "\n".join(texts(unit))
    assert re.findall(r"!\[\s*\]\(", prose) == []
    assert [
        tag for tag in re.findall(r"<img[^>]*>", prose) if not re.search(r'alt="[^"]+', tag)
    ] == []


@each_unit
def test_sources_hold_no_outputs(unit: str) -> None:
    for cell in notebook(unit).cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


@each_unit
def test_a_cells_id_stays_when_other_cells_come_go_and_change(unit: str, tmp_path: Path) -> None:
    text = (COURSE.solutions / unit / f"{unit}.py").read_text("utf-8")
    assert [cell.id for cell in read_again(text, unit, tmp_path).cells] == [
        cell.id for cell in notebook(unit).cells
    ]
    grown = text + "\n# %% [markdown]\n# One more.\n\n# %%\n1 + 1\n"
    first, rest = grown.split("\n# %%", 1)
    changed = read_again(f"{first} And a word more.\n\n# %%{rest}", unit, tmp_path)
    kept = {cell.id for cell in notebook(unit).cells[1:]}
    assert kept <= {cell.id for cell in changed.cells}


def read_again(text: str, unit: str, folder: Path) -> Any:
    (folder / unit).mkdir(exist_ok=True)
    path = folder / unit / f"{unit}.py"
    path.write_text(text, "utf-8")
    return read_source(path, EXERCISES)


def test_grade_ids_are_unique_over_the_course() -> None:
    counted = Counter(name for unit in UNITS for name in grade_ids(unit))
    assert [name for name, count in counted.items() if count > 1 and name != "imports"] == []


def test_the_points_on_the_check_cells_sum_to_a_hundred() -> None:
    points = [
        cell.metadata["nbgrader"]["points"]
        for unit in UNITS
        if "elective" not in unit
        for cell in notebook(unit).cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    ]
    assert sum(points) == pytest.approx(100)


@each_unit
def test_an_exercise_is_announced_set_and_checked_in_this_order(unit: str) -> None:
    announced = [re.fullmatch(r"Exercise: `(.+)`", words) for _, words in headings(unit)]
    ids = [found[1].replace(".", "-").replace("_", "-") for found in announced if found]
    expected = [name for one in ids for name in (one, f"{one}-check")]
    assert [name for name in grade_ids(unit) if name != "imports"] == expected


@each_unit
def test_an_exercise_that_builds_on_another_comes_after_it(unit: str) -> None:
    asked = [exercise.id for exercise in exercises_in(notebook(unit), Path(unit), EXERCISES)]
    for place, id in enumerate(asked):
        assert find(id).builds_on in ("", *asked[:place])


def stubs(unit: str) -> list[ast.FunctionDef | ast.ClassDef]:
    """The top-level definitions of the students' cells."""
    found = []
    for cell in notebook(unit).cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            given = re.sub(
                r"^( *)### BEGIN SOLUTION.*?### END SOLUTION", r"\1raise NotImplementedError",
                cell.source, flags=re.DOTALL | re.MULTILINE,
            )  # fmt: skip
            body = ast.parse(given).body
            found += [node for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    return found


def sections(docstring: str) -> dict[str, str]:
    """Google-style sections: title → text."""
    pieces = re.split(r"^(Args|Returns|Raises|Example):\n", docstring, flags=re.MULTILINE)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


@each_unit
def test_every_stub_says_what_comes_in_what_goes_out_and_gives_an_example(unit: str) -> None:
    for stub in stubs(unit):
        functions = [node for node in ast.walk(stub) if isinstance(node, ast.FunctionDef)]
        documented = [
            ast.get_docstring(node) or "" for node in {stub: 0, **dict.fromkeys(functions)}
        ]
        assert all(documented), stub.name
        assert any(re.search(r"^Example:\n +\S", text, re.M) for text in documented), stub.name
        for function in functions:
            if function is stub or "Returns:" in (ast.get_docstring(function) or ""):
                assert_described(function)


def assert_described(function: ast.FunctionDef) -> None:
    """Every argument and the result are there, each with its kind or its shape."""
    found = sections(ast.get_docstring(function) or "")
    arguments = [argument.arg for argument in function.args.args if argument.arg != "self"]
    described = dict(re.findall(r"^ {4}(\w+): ((?:.|\n {5,})+)", found.get("Args", ""), re.M))
    assert list(described) == arguments, function.name
    for name, words in {**described, "what it returns": found["Returns"]}.items():
        told = KINDS.search(words) or words.strip().startswith("None")
        assert told, f"{function.name}: say the kind or the shape of {name}"
        assert "rray" not in words or "shape" in words, f"{function.name}: the shape of {name}?"


@each_unit
def test_no_hint_opens_before_it_is_asked_for(unit: str) -> None:
    assert [source for source in code(unit) if any(calls(source, "hint"))] == []


@each_unit
def test_what_compares_with_an_answer_is_not_run_when_grading(unit: str) -> None:
    for cell in notebook(unit).cells:
        if cell.cell_type == "code" and any(calls(cell.source, "attempt")):
            assert "explore" in cell.metadata.get("tags", []), cell.source


def explorations(source: str) -> set[str]:
    """The names of what a cell calls of `explore`."""
    return {
        node.func.attr
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and getattr(node.func.value, "id", "") == "explore"
    }


@each_unit
def test_what_moves_is_not_made_when_grading(unit: str) -> None:
    for cell in notebook(unit).cells:
        if cell.cell_type == "code" and explorations(cell.source):
            assert "explore" in cell.metadata.get("tags", []), cell.source


@each_unit
def test_a_students_own_sine_gets_in_the_way_of_no_cell(unit: str) -> None:
    cells = [cell for cell in notebook(unit).cells if cell.cell_type == "code"]
    first = next(i for i, cell in enumerate(cells) if "BEGIN SOLUTION" in cell.source)
    imported = {
        alias.asname or alias.name
        for node in ast.walk(ast.parse("\n".join(cell.source for cell in cells[:first])))
        if isinstance(node, ast.ImportFrom) and node.module == "course_bp"
        for alias in node.names
        if hasattr(primitives, alias.name)
    }
    for cell in cells[first:]:
        if "BEGIN SOLUTION" not in cell.source:
            used = {n.id for n in ast.walk(ast.parse(cell.source)) if isinstance(n, ast.Name)}
            assert used & imported == set(), f"say course_bp.…:\n{cell.source}"


@pytest.mark.slow
@each_unit
@pytest.mark.parametrize("filled", [True, False], ids=["solved", "untouched"])
def test_every_cell_runs_even_those_that_only_explore(
    unit: str,
    filled: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("MPLBACKEND", "Agg")
    space: dict[str, Any] = {}
    for source in code(unit):
        if not filled:
            source = SOLUTION.sub(r"\1raise NotImplementedError()", source)
        exec(source, space)
    assert not filled or "not complete yet" not in capsys.readouterr().out
