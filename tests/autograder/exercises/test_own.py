from __future__ import annotations

from pathlib import Path

import pytest
from own_files import square

from autograder.exercises import EXERCISES
from autograder.exercises.own import read_files, registry_with
from autograder.exercises.registry import Own, Registry

HELPED = square().replace("import numpy as np\n", "from .helpers import TITLE\n")
HELPED = HELPED.replace('"A square"', "TITLE")


def made(where: str = "/course/exercises", **more: object) -> Registry:
    return registry_with(Own(where, **more), EXERCISES)  # type: ignore[arg-type]


def test_own_exercises_are_found_like_the_packages() -> None:
    found = made(files={"square.py": square()}, units={"square.value": "w1"})
    assert found.find("square.value").title == "A square"
    assert [one.id for one in found.of_unit("w1")] == ["square.value"]
    assert set(found) == {*EXERCISES, "square.value"}
    assert found["quiz1.forward"] is EXERCISES["quiz1.forward"]


def test_the_packages_registry_stays_as_it_was() -> None:
    before = dict(EXERCISES)
    made(files={"square.py": square("another.value")})
    assert dict(EXERCISES) == before


def test_two_courses_with_files_of_the_same_name_do_not_mix() -> None:
    one = made("/one", files={"square.py": square()})
    other = made("/other", files={"square.py": square(title="A cube", power=3)})
    assert (one["square.value"].title, other["square.value"].title) == ("A square", "A cube")
    assert one["square.value"].solve({"x": 2.0}).y == 4
    assert other["square.value"].solve({"x": 2.0}).y == 8
    assert one["square.value"].version != other["square.value"].version


def test_the_same_content_is_loaded_once() -> None:
    assert made(files={"square.py": square()}) is made(files={"square.py": square()})


def test_a_tuple_of_exercises_is_taken_too() -> None:
    text = square() + f"\n{square('cube.value', power=3)}\nEXERCISES = (square,)\ndel square\n"
    text = text.replace("\nEXERCISES", "\nfirst = square\nEXERCISES")
    assert "cube.value" in made(files={"square.py": text})


def test_a_file_may_use_one_beside_it_and_follows_its_changes() -> None:
    files = {"helpers.py": 'TITLE = "With help"\n', "square.py": HELPED}
    found = made(files=files)["square.value"]
    changed = made(files={**files, "helpers.py": 'TITLE = "With other help"\n'})["square.value"]
    assert (found.title, changed.title) == ("With help", "With other help")
    assert found.version != changed.version


def test_a_change_in_a_file_that_an_exercise_does_not_use_leaves_its_version() -> None:
    files = {"square.py": square(), "cube.py": square("cube.value", power=3)}
    before = made(files=files)
    after = made(files={**files, "cube.py": files["cube.py"] + "# More.\n"})
    assert before["square.value"].version == after["square.value"].version
    assert before["cube.value"].version != after["cube.value"].version


def fault(id: str, **more: object) -> str:
    """Why an exercise cannot be used; it is none of the registry's."""
    found = made(**more)
    assert id not in found
    with pytest.raises(ValueError, match="cannot be used: ") as refused:
        found.find(id)
    return str(refused.value)


def test_an_id_that_a_second_file_has_is_refused_with_both_names() -> None:
    said = fault("square.value", files={"another.py": square(), "square.py": square()})
    assert "/another.py and /course/exercises/square.py both have" in said


def test_an_id_that_one_file_has_twice_is_refused() -> None:
    twice = square() + square().replace("square = ", "again = ")
    assert "square.py has two exercises" in fault("square.value", files={"square.py": twice})


def test_an_id_of_the_package_is_refused_with_both_names_and_the_way_out() -> None:
    said = fault("quiz1.forward", files={"mine.py": square("quiz1.forward")})
    for words in ("/course/exercises/mine.py", "quiz1_forward.py", 'replaces = ["quiz1.forward"]'):
        assert words in said


@pytest.mark.parametrize(
    "broken", ["1 / 0\n", "x = (\n", 'from .lost import x\n"cube.value"\n', "x = '\udce9'\n"]
)
def test_a_broken_file_leaves_the_exercises_of_the_others(broken: str) -> None:
    text = square("cube.value") + broken
    found = made(files={"cube.py": text, "square.py": square()})
    assert found["square.value"].solve({"x": 2.0}).y == 4
    assert "/course/exercises/cube.py" in fault("cube.value", files={"cube.py": text})
    assert len(found.faults) == 1


def test_a_file_that_two_others_need_is_named_once() -> None:
    using = square("a.value").replace("import numpy as np\n", "from .helpers import TITLE\n")
    files = {"a.py": using, "b.py": using.replace("a.value", "b.value"), "helpers.py": "1 / 0\n"}
    found = made(files=files)
    assert ["helpers.py, line 1" in one.message for one in found.faults] == [True]
    assert {"a.value", "b.value"} <= found.faults[0].ids


def test_a_package_exercise_is_not_asked_in_the_place_of_one_that_is_broken() -> None:
    files = {"mine.py": square("quiz1.forward") + "1 / 0\n"}
    assert "mine.py" in fault("quiz1.forward", files=files, replaces=("quiz1.forward",))


def test_a_package_exercise_that_a_broken_file_only_names_stays() -> None:
    text = 'from autograder.exercises import EXERCISES\nx = EXERCISES["quiz1.forward"]\n1 / 0\n'
    assert made(files={"mine.py": text})["quiz1.forward"] is EXERCISES["quiz1.forward"]


def test_an_exercise_of_the_package_is_replaced_if_the_course_says_so() -> None:
    found = made(files={"mine.py": square("quiz1.forward")}, replaces=("quiz1.forward",))
    assert found["quiz1.forward"].title == "A square"
    assert EXERCISES["quiz1.forward"].title != "A square"


def test_an_exercise_that_is_imported_from_the_package_is_not_another_one() -> None:
    text = square() + "from autograder.exercises import EXERCISES as all_of_them\n"
    text += 'ours = all_of_them["quiz1.forward"]\n'
    assert made(files={"square.py": text})["quiz1.forward"] is EXERCISES["quiz1.forward"]


def test_a_file_without_an_exercise_is_refused_unless_it_only_helps() -> None:
    (found,) = made(files={"empty.py": "x = 1\n"}).faults
    assert "/empty.py has no exercise" in found.message
    assert not made(files={"_empty.py": "x = 1\n", "square.py": square()}).faults


@pytest.mark.parametrize("id", ["", "a b", "../x", "sum..forward", "x-"])
def test_an_id_that_nbgrader_could_not_use_is_refused(id: str) -> None:
    found = made(files={"square.py": square(id)})
    assert "cannot be an exercise's id" in found.faults[0].message
    assert id not in found


def test_other_points_make_another_version() -> None:
    files = {"square.py": square()}
    found = made(files=files, points={"square.value": {"y": 7.0}})["square.value"]
    assert found.points == 7
    assert found.version != made(files=files)["square.value"].version


def test_what_a_course_adds_can_be_written_down_and_read_again() -> None:
    own = Own("/x", {"square.py": square()}, {"square.value": "w1"}, ("quiz1.forward",))
    assert Own.of_data(own.as_data()) == own


def test_files_are_read_whatever_their_bytes(tmp_path: Path) -> None:
    (tmp_path / "latin.py").write_bytes(b"x = '\xe9'\n")
    (tmp_path / "square.py").write_text(square())
    found = made(str(tmp_path), files=read_files(tmp_path))
    assert "latin.py is not UTF-8" in found.faults[0].message
    assert "square.value" in found
