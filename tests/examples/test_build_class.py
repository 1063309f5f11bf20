"""The example class is made from notebooks that nbgrader's own generate step released."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import jupytext
import nbformat
import pytest
from nbformat import NotebookNode

REPOSITORY = Path(__file__).parents[2]
SCRIPT = REPOSITORY / "examples" / "build_class.py"
UNIT = "02-computation-graphs"
EXERCISES = ("quiz1.forward", "quiz1.graph", "quiz1.backward", "circuit.gates", "circuit.sigmoid")

CELLS_OF_AN_EXERCISE = """
# %% [markdown]
# ## {id}

# %% nbgrader={{"schema_version": 3, "grade_id": "{place}", "grade": false, "solution": true, "locked": false}}
def {function}(*inputs):
    ### BEGIN SOLUTION
    return dict(secret=inputs)
    ### END SOLUTION

# %% nbgrader={{"schema_version": 3, "grade_id": "{place}-check", "grade": true, "solution": false, "locked": true, "points": 1}}
check("{id}", {function})
"""  # noqa: E501


@pytest.fixture(scope="session")
def notebooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course folder's notebooks/, released by nbgrader."""
    course = tmp_path_factory.mktemp("course")
    text = "# %%\nfrom autograder.check import check\n" + "".join(
        CELLS_OF_AN_EXERCISE.format(
            id=id, place=id.replace(".", "-"), function=id.replace(".", "_")
        )
        for id in EXERCISES
    )
    source = course / "solutions" / UNIT / f"{UNIT}.ipynb"
    source.parent.mkdir(parents=True)
    jupytext.write(jupytext.reads(text, fmt="py:percent"), source)
    # nbgrader calls alembic by its name alone.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    subprocess.run(
        [
            *(sys.executable, "-m", "nbgrader", "generate_assignment", UNIT),
            "--CourseDirectory.source_directory=solutions",
            "--CourseDirectory.release_directory=notebooks",
        ],
        cwd=course,
        check=True,
        capture_output=True,
        env=os.environ | {"PATH": path},
    )
    return course / "notebooks"


@pytest.fixture(scope="session")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_class", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def students(tmp_path: Path) -> Path:
    """One student with an answer, cells of their own before and after it, and nothing more."""
    text = tmp_path / "students" / "sefa" / f"{UNIT}.py"
    text.parent.mkdir(parents=True)
    text.write_text(
        "# %% [markdown]\n# My plan: α first.\n\n"
        "# %%\nimport math\n\n"
        '# %% solution="quiz1.graph"\ndef quiz1_graph():\n    return {}\n\n'
        "# %%\nquiz1_graph()\n",
        encoding="utf-8",
    )
    return tmp_path / "students"


@pytest.fixture
def built(script: ModuleType, notebooks: Path, students: Path, tmp_path: Path) -> Path:
    """The submission of that student."""
    assert run(script, notebooks, tmp_path / "submitted", students) == 0
    return tmp_path / "submitted" / "sefa" / UNIT / f"{UNIT}.ipynb"


def run(script: ModuleType, notebooks: Path, into: Path, students: Path, *more: str) -> int:
    folders = ["--notebooks", notebooks, "--into", into, "--students", students]
    return int(script.main([str(argument) for argument in [*folders, *more]]))


def read(path: Path) -> NotebookNode:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return notebook


def released(notebooks: Path) -> NotebookNode:
    return read(notebooks / UNIT / f"{UNIT}.ipynb")


def place(cell: NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def own_cells(notebook: NotebookNode) -> Iterator[NotebookNode]:
    return (cell for cell in notebook.cells if cell.id.startswith("own-"))


def test_an_answer_replaces_the_source_of_its_solution_cell_alone(
    built: Path, notebooks: Path
) -> None:
    handed_in = [cell for cell in read(built).cells if not cell.id.startswith("own-")]
    originals = released(notebooks).cells
    assert len(handed_in) == len(originals)
    for cell, original in zip(handed_in, originals, strict=True):
        if place(cell) == "quiz1-graph":
            assert cell.source == "def quiz1_graph():\n    return {}"
            original.source = cell.source
        assert cell == original


def test_own_cells_stand_before_the_next_solution_cell(built: Path) -> None:
    cells = read(built).cells
    at = [place(cell) for cell in cells].index("quiz1-graph")
    assert [cell.source for cell in cells[at - 2 : at]] == ["My plan: α first.", "import math"]
    assert [cell.cell_type for cell in cells[at - 2 : at]] == ["markdown", "code"]


def test_own_cells_after_the_last_answer_stand_at_the_end(built: Path) -> None:
    assert read(built).cells[-1].source == "quiz1_graph()"


def test_own_cells_carry_no_metadata(built: Path) -> None:
    assert [cell.metadata for cell in own_cells(read(built))] == [{}, {}, {}]


def test_a_submission_is_marked(built: Path) -> None:
    assert read(built).metadata["course_bp"]["example_class"] is True


def test_the_same_input_gives_the_same_bytes(
    script: ModuleType, notebooks: Path, students: Path, built: Path, tmp_path: Path
) -> None:
    assert run(script, notebooks, tmp_path / "elsewhere", students) == 0
    again = tmp_path / "elsewhere" / built.relative_to(tmp_path / "submitted")
    assert again.read_bytes() == built.read_bytes()


def test_an_unchanged_submission_keeps_its_time(
    script: ModuleType, notebooks: Path, students: Path, built: Path, tmp_path: Path
) -> None:
    os.utime(built, (1_000_000, 1_000_000))
    assert run(script, notebooks, tmp_path / "submitted", students) == 0
    assert built.stat().st_mtime == 1_000_000


def test_a_changed_text_changes_the_submission(
    script: ModuleType, notebooks: Path, students: Path, built: Path, tmp_path: Path
) -> None:
    text = students / "sefa" / f"{UNIT}.py"
    text.write_text(text.read_text("utf-8").replace("{}", "{'order': []}"), "utf-8")
    assert run(script, notebooks, tmp_path / "submitted", students) == 0
    assert "'order'" in built.read_text("utf-8")


@pytest.mark.parametrize("content", ["", "no notebook", None])
def test_work_of_others_is_never_overwritten(
    script: ModuleType,
    notebooks: Path,
    students: Path,
    tmp_path: Path,
    content: str | None,
    capsys: pytest.CaptureFixture[str],
) -> None:
    work = tmp_path / "submitted" / "sefa" / UNIT / f"{UNIT}.ipynb"
    work.parent.mkdir(parents=True)
    work.write_text(nbformat.writes(released(notebooks)) if content is None else content, "utf-8")
    before = work.read_bytes()
    # An earlier student of the class must not be written either.
    other = students / "abel" / f"{UNIT}.py"
    other.parent.mkdir()
    other.write_text("# %%\n1 + 1\n", "utf-8")
    assert run(script, notebooks, tmp_path / "submitted", students) == 1
    assert work.read_bytes() == before
    assert not (tmp_path / "submitted" / "abel").exists()
    assert "somebody's work" in capsys.readouterr().err


def test_without_notebooks_the_error_says_how_to_make_them(
    script: ModuleType, students: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(script, tmp_path / "notebooks", tmp_path / "submitted", students) == 1
    assert "run: make notebooks" in capsys.readouterr().err


def test_an_unknown_unit_is_refused_with_the_known_ones(
    script: ModuleType,
    notebooks: Path,
    students: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(script, notebooks, tmp_path / "submitted", students, "--unit", "02") == 1
    assert f"there are {UNIT}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ('# %% solution="quiz9"\npass\n', "no solution cell 'quiz9'"),
        ('# %% solution="quiz1.forward"\npass\n' * 2, "each exercise once"),
        (
            '# %% solution="quiz1.graph"\npass\n# %% solution="quiz1.forward"\npass\n',
            "in this order",
        ),
    ],
)
def test_answers_that_fit_no_cell_are_refused(
    script: ModuleType,
    notebooks: Path,
    students: Path,
    tmp_path: Path,
    cells: str,
    words: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = students / "sefa" / f"{UNIT}.py"
    text.write_text(cells, "utf-8")
    assert run(script, notebooks, tmp_path / "submitted", students) == 1
    error = capsys.readouterr().err
    assert str(text) in error
    assert words in error


def test_a_notebook_of_the_older_format_gets_no_cell_ids(
    script: ModuleType, notebooks: Path, students: Path
) -> None:
    old = released(notebooks)
    old.nbformat_minor = 4
    for cell in old.cells:
        del cell["id"]
    cells = script.read_cells(students / "sefa" / f"{UNIT}.py")
    filled = script.fill_in(old, cells)
    nbformat.validate(filled)
    assert len(filled.cells) == len(old.cells) + 3


def test_the_whole_class_fits_the_notebook(
    script: ModuleType, notebooks: Path, tmp_path: Path
) -> None:
    into = tmp_path / "submitted"
    assert run(script, notebooks, into, script.STUDENTS, "--unit", UNIT) == 0
    texts = sorted(script.STUDENTS.glob(f"*/{UNIT}.py"))
    assert len(texts) == len(list(into.glob("*/*/*.ipynb"))) >= 9
    for text in texts:
        cells = [
            cell.source for cell in read(into / text.parent.name / UNIT / f"{UNIT}.ipynb").cells
        ]
        assert all(cell.source in cells for cell in script.read_cells(text))


def test_help_explains_itself() -> None:
    done = subprocess.run(
        [sys.executable, SCRIPT, "--help"], check=True, capture_output=True, text=True
    )
    assert "--into" in done.stdout
