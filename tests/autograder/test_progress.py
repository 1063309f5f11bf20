"""What a self-learner sees of the way so far."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from judging import verdict_on
from own_files import square

from autograder.check import check
from autograder.exercises import EXERCISES, find
from autograder.exercises.beside import about_text, registry_beside
from autograder.exercises.registry import Own
from autograder.inside.asking import put_question
from autograder.judge.draw import draw_inputs
from autograder.judge.judge import Verdict, judge
from autograder.progress import in_a_learners_notebook, progress, record
from autograder.progress_file import progress_path, read_notes, write_notes


def forward(x: float, z: float) -> dict[str, float]:
    return find("quiz1.forward").answer()(x=x, z=z)


def forward_with_a_wrong_end(x: float, z: float) -> dict[str, float]:
    return {**forward(x, z), "y": 1e6}


def verdict_of(right: bool) -> Verdict:
    exercise = find("quiz1.forward")
    drawn = draw_inputs(exercise, (1,))
    answer = forward if right else forward_with_a_wrong_end
    return judge(exercise, drawn, [put_question(exercise.ask, answer, x) for x in drawn])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "progress.json"


def test_a_new_learner_has_everything_ahead(file: Path) -> None:
    found = progress(file)
    assert sum(row.exercises for row in found.units) == len(EXERCISES)
    assert all(row.passed == 0 for row in (*found.units, *found.objectives))
    assert {row.name for row in found.objectives} >= {f"O{i}" for i in range(1, 9)}


def test_an_objective_is_told_in_words(file: Path) -> None:
    found = progress(file)
    words = " ".join(str(found).split("Objectives")[1].split())
    assert "O2 0 of 13 0 of 33 carry out backpropagation on an arbitrary graph O3" in words
    assert "apply empirical risk minimisation" in found._repr_html_()
    assert max(map(len, str(found).splitlines())) <= 82


def test_somebody_elses_objective_of_the_same_short_name_has_no_words_of_ours(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = replace(find("quiz1.forward"), id="motion.speed", objectives=("O1",))
    monkeypatch.setattr("autograder.progress.exercises_here", lambda _: {theirs.id: theirs})
    (row,) = progress(file).objectives
    assert (row.name, row.words) == ("O1", "")


def test_a_right_answer_counts_for_its_unit_and_its_objectives(file: Path) -> None:
    exercise = find("quiz1.forward")
    record(verdict_of(right=True), file)
    found = progress(file)
    (unit,) = [row for row in found.units if row.name == exercise.unit]
    assert (unit.passed, unit.points) == (1, exercise.points)
    for row in found.objectives:
        assert row.passed == (row.name in exercise.objectives)


def test_the_best_attempt_counts(file: Path) -> None:
    exercise = find("quiz1.forward")
    for right in (False, True, False):
        record(verdict_of(right), file)
    (unit,) = [row for row in progress(file).units if row.name == exercise.unit]
    assert unit.passed == 1


def test_a_wrong_answer_is_tried_and_not_passed(file: Path) -> None:
    exercise = find("quiz1.forward")
    record(verdict_of(right=False), file)
    (unit,) = [row for row in progress(file).units if row.name == exercise.unit]
    assert (unit.passed, unit.tried) == (0, 1)


@pytest.mark.parametrize("content", ["", "[1]", '{"quiz1.forward": 3}', '{"no.such": {"best": 1}}'])
def test_a_damaged_file_counts_as_none(file: Path, content: str) -> None:
    file.parent.mkdir()
    file.write_text(content)
    assert all(row.tried == 0 for row in progress(file).units)


def test_a_folder_that_cannot_be_written_to_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    record(verdict_of(right=True), tmp_path / "file" / "progress.json")


def test_it_shows_itself_as_text_and_as_a_table(file: Path) -> None:
    record(verdict_of(right=True), file)
    found = progress(file)
    assert "1 of" in str(found)
    assert "<th scope='row'" in found._repr_html_()


def test_outside_a_notebook_nothing_is_written(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_BP_PROGRESS_FILE", str(file))
    assert progress_path() == file
    assert not in_a_learners_notebook()
    assert check("quiz1.forward", forward).score > 0
    assert not file.exists()


def test_notes_on_other_things_stay(file: Path) -> None:
    write_notes(file, {"practice": {"a name": {"made": 1, "right_since": 0}}})
    record(verdict_of(right=True), file)
    assert read_notes(file)["practice"] == {"a name": {"made": 1, "right_since": 0}}


def test_exercises_beside_the_notebook_are_counted_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, file = tmp_path / "w1", tmp_path / "progress.json"
    (home / "exercises").mkdir(parents=True)
    (home / "exercises" / "square.py").write_text(square())
    own = Own("", {}, {"square.value": "w1"})
    (home / "exercises" / "exercises.json").write_text(about_text(own, ()))
    monkeypatch.chdir(home)
    exercise = registry_beside(home, EXERCISES)["square.value"]
    record(verdict_on(exercise, lambda x: exercise.answer()(x=x)), file)
    monkeypatch.chdir(tmp_path)
    record(verdict_of(True), file)
    assert "w1" not in {row.name for row in progress(file).units}
    monkeypatch.chdir(home)
    (row,) = [row for row in progress(file).units if row.name == "w1"]
    assert (row.passed, row.exercises, row.points) == (1, 1, 2)
