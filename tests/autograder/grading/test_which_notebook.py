"""The notebook that counts, among those that were handed in."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.grading.grade_submission import NotGraded
from autograder.grading.submission import Unreadable
from autograder.grading.unit_of_notebook import Expected
from autograder.grading.which_notebook import HandedInNotebook, find_notebook
from autograder.records.standing import Kind, Standing

UNIT, OTHER = "02-graphs", "06-network"
STUB = "def {}(x):\n    raise NotImplementedError"


def unit(name: str, questions: int = 3, first: str = "q") -> Any:
    """A released notebook."""
    cells = [
        new_markdown_cell(f"# {name}"),
        new_code_cell("import numpy as np", metadata=mark("imports")),
    ]
    for number in range(questions):
        one = f"{first}{number}"
        cells += [
            new_markdown_cell(f"What is {one} of {name}?"),
            new_code_cell(STUB.format(one), metadata=mark(one, solution=True)),
            new_code_cell(
                f"assert {one}(1) == {name!r}", metadata=mark(f"{one}-check", grade=True)
            ),
        ]
    return new_notebook(cells=cells)


def mark(grade_id: str, **kinds: bool) -> dict[str, Any]:
    base = {"grade": False, "solution": False, "task": False, "schema_version": 3}
    return {"nbgrader": {"grade_id": grade_id, **base, **kinds}}


RELEASED = {UNIT: unit(UNIT), OTHER: unit(OTHER, 5), "07-essay": unit("07-essay", 2, "e")}


def worked(name: str = UNIT, answer: str = "return x", answers: int = 3) -> Any:
    """A copy with answers."""
    notebook = deepcopy(RELEASED[name])
    solutions = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("solution")]
    for cell in solutions[:answers]:
        cell.source = cell.source.replace("raise NotImplementedError", answer)
    return notebook


BLANK = RELEASED[UNIT]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "ada" / UNIT
    made.mkdir(parents=True)
    return made


def hand_in(folder: Path, notebooks: dict[str, Any]) -> HandedInNotebook:
    for name, notebook in notebooks.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = notebook if isinstance(notebook, str) else nbformat.writes(notebook)  # type: ignore[no-untyped-call]
        path.write_text(text, "utf-8")
    others = {name: released for name, released in RELEASED.items() if name != UNIT}
    expected = Expected(UNIT, RELEASED[UNIT], lambda: others)
    return find_notebook(folder / f"{UNIT}.ipynb", folder.parents[1], expected)


def refused(folder: Path, notebooks: dict[str, Any]) -> str:
    with pytest.raises(Unreadable) as problem:
        hand_in(folder, notebooks)
    return str(problem.value)


def test_the_notebook_of_the_units_name_counts_without_a_word(folder: Path) -> None:
    one = hand_in(folder, {f"{UNIT}.ipynb": worked()})
    assert (one.path.name, one.remarks) == (f"{UNIT}.ipynb", ())


@pytest.mark.parametrize(
    "name",
    [
        f"{UNIT} (1).ipynb",
        f"{UNIT}-Copy1.ipynb",
        f"{UNIT}-1.ipynb",
        f"{UNIT.upper()}.ipynb",
        f"{UNIT}.IPYNB",
        f"{UNIT}.ipynb.txt",
        f"{UNIT}.ipynb.json",
        f" {UNIT} .ipynb",
        "Übung zwei final FINAL.ipynb",
        f"{OTHER}.ipynb",
        f"homework/{UNIT}.ipynb",
    ],
)
def test_the_only_notebook_counts_whatever_its_name(folder: Path, name: str) -> None:
    one = hand_in(folder, {name: worked()})
    assert one.path == folder / name
    assert "return x" in one.cells[3].source
    if "/" not in name:
        assert one.remarks[0].startswith(f"It was handed in as `{name}`")


def test_another_name_is_remarked_on(folder: Path) -> None:
    one = hand_in(folder, {"final.ipynb": worked()})
    assert one.remarks == (
        "It was handed in as `final.ipynb`; the only notebook counts, whatever its name.",
    )


def test_another_units_notebook_is_refused_by_that_units_name(folder: Path) -> None:
    words = refused(folder, {f"{UNIT}.ipynb": worked(OTHER)})
    assert words == f"`{UNIT}.ipynb` is the notebook of {OTHER}, not of {UNIT}."


def test_another_units_notebook_is_told_though_it_has_the_same_ids(folder: Path) -> None:
    # All ids of this unit are also in the other; only what it asks tells them apart.
    assert f"notebook of {OTHER}" in refused(folder, {"x.ipynb": RELEASED[OTHER]})


def test_another_units_notebook_beside_does_not_matter(folder: Path) -> None:
    one = hand_in(folder, {"a.ipynb": worked(OTHER), "b.ipynb": worked(), "c.ipynb": "{}"})
    assert one.path.name == "b.ipynb"
    assert "of 3 notebooks" in one.remarks[0]


def test_a_notebook_of_nothing_is_refused(folder: Path) -> None:
    assert "not a copy of the unit" in refused(folder, {"x.ipynb": new_notebook()})


def test_only_the_answers_of_a_unit_are_its_notebook(folder: Path) -> None:
    mine = worked()
    mine.cells = [mine.cells[3]]
    assert len(hand_in(folder, {f"{UNIT}.ipynb": mine}).cells) == 1


def tried() -> Any:
    """A copy without answers in which something was tried."""
    notebook = deepcopy(BLANK)
    notebook.cells.append(new_code_cell("print(1)"))
    return notebook


@pytest.mark.parametrize("name", [f"{UNIT}-Copy1.ipynb", "final.ipynb"])
@pytest.mark.parametrize("blank", [BLANK, tried()], ids=["blank", "tried"])
def test_a_blank_beside_a_worked_copy_is_no_zero(folder: Path, name: str, blank: Any) -> None:
    one = hand_in(folder, {f"{UNIT}.ipynb": blank, name: worked()})
    assert one.path.name == name
    assert one.remarks == (f"`{UNIT}.ipynb` holds no answers; `{name}` beside it was graded.",)


def test_hidden_tests_do_not_make_a_blank_a_worked_copy(folder: Path) -> None:
    given = deepcopy(BLANK)
    given.cells[4].source += "\n### BEGIN HIDDEN TESTS\nassert q0(2)\n### END HIDDEN TESTS"
    for name, notebook in ((f"{UNIT}.ipynb", BLANK), ("mine.ipynb", worked())):
        (folder / name).write_text(nbformat.writes(notebook), "utf-8")  # type: ignore[no-untyped-call]
    one = find_notebook(folder / f"{UNIT}.ipynb", folder.parents[1], Expected(UNIT, given))
    assert one.path.name == "mine.ipynb"


def test_a_broken_notebook_beside_a_worked_copy_is_no_zero(folder: Path) -> None:
    one = hand_in(folder, {f"{UNIT}.ipynb": "", "final.ipynb": worked()})
    assert one.path.name == "final.ipynb"
    assert one.remarks[0].startswith(f"`{UNIT}.ipynb` cannot be used ({UNIT}.ipynb is empty)")


def test_a_blank_beside_a_broken_notebook_is_no_zero(folder: Path) -> None:
    words = refused(folder, {f"{UNIT}.ipynb": BLANK, "final.ipynb": "broken"})
    assert "final.ipynb is not a notebook" in words
    assert "holds no answers" in words


def test_of_several_worked_copies_the_one_of_the_units_name_counts(folder: Path) -> None:
    other = worked(answer="return -x")
    one = hand_in(folder, {f"{UNIT}.ipynb": worked(), "draft.ipynb": other})
    assert one.path.name == f"{UNIT}.ipynb"
    assert one.remarks == (
        f"`draft.ipynb` beside it holds other answers; only `{UNIT}.ipynb` was graded.",
    )


def test_of_several_worked_copies_the_likeliest_is_named(folder: Path) -> None:
    draft = worked(answer="return -x", answers=1)
    words = refused(folder, {"final.ipynb": worked(), "a.ipynb": draft, "b.ipynb": BLANK})
    assert "more than one notebook" in words
    assert "The likeliest is `final.ipynb`, with 3 answers." in words


def test_a_blank_of_the_units_name_does_not_decide_between_others(folder: Path) -> None:
    draft = worked(answer="return -x", answers=1)
    words = refused(folder, {f"{UNIT}.ipynb": BLANK, "final.ipynb": worked(), "draft.ipynb": draft})
    assert words.startswith(f"`{UNIT}.ipynb` holds no answers, and more than one")


def test_answers_in_cells_of_the_students_own_are_work(folder: Path) -> None:
    one = hand_in(folder, {f"{UNIT}.ipynb": BLANK, "mine.ipynb": tried()})
    assert one.path.name == "mine.ipynb"


def test_copies_of_the_same_work_are_one(folder: Path) -> None:
    one = hand_in(folder, {"a.ipynb": worked(), "a (1).ipynb": worked()})
    assert one.path.name == "a (1).ipynb"


def test_an_untouched_notebook_alone_is_graded(folder: Path) -> None:
    assert hand_in(folder, {f"{UNIT}.ipynb": BLANK}).remarks == ()
    assert len(hand_in(folder, {"copy.ipynb": BLANK}).remarks) == 0


def test_checkpoints_and_hidden_files_do_not_count(folder: Path) -> None:
    old = worked(answer="return 0")
    notebooks = {f".ipynb_checkpoints/{UNIT}-checkpoint.ipynb": old, "._x.ipynb": "x"}
    assert hand_in(folder, {**notebooks, "x.ipynb": worked()}).path.name == "x.ipynb"


def test_no_notebook_at_all_is_said(folder: Path) -> None:
    assert "it does not hold a notebook" in refused(folder, {"notes.txt": "x"})


def test_a_link_is_not_followed(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "bob.ipynb"
    target.write_text(nbformat.writes(worked()), "utf-8")  # type: ignore[no-untyped-call]
    (folder / "mine.ipynb").symlink_to(target)
    assert "links are not followed" in refused(folder, {})


def test_the_name_to_give_is_not_cut_off(folder: Path) -> None:
    drafts = {f"{UNIT}-{'of-the-second-try-' * 5}{n}.ipynb": worked(answer=f"{n}") for n in "1234"}
    words = refused(folder, drafts)
    assert len(words) > 400
    assert NotGraded(words).why == words
    assert Standing("ada", Kind.NOT_GRADED, words).words.endswith(f"the name `{UNIT}.ipynb`.")
