from __future__ import annotations

import pytest
from own_files import square

from autograder.exercises import EXERCISES
from autograder.exercises.own import Unusable, registry_with
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


def test_an_id_that_a_second_file_has_is_refused_with_both_names() -> None:
    with pytest.raises(Unusable, match=r"square\.py and .*another\.py both|another\.py .*square"):
        made(files={"another.py": square(), "square.py": square()})


def test_an_id_of_the_package_is_refused_with_both_names_and_the_way_out() -> None:
    with pytest.raises(Unusable) as refused:
        made(files={"mine.py": square("quiz1.forward")})
    for words in ("/course/exercises/mine.py", "quiz1_forward.py", 'replaces = ["quiz1.forward"]'):
        assert words in str(refused.value)


def test_an_exercise_of_the_package_is_replaced_if_the_course_says_so() -> None:
    found = made(files={"mine.py": square("quiz1.forward")}, replaces=("quiz1.forward",))
    assert found["quiz1.forward"].title == "A square"
    assert EXERCISES["quiz1.forward"].title != "A square"


def test_an_exercise_that_is_imported_from_the_package_is_not_another_one() -> None:
    text = square() + "from autograder.exercises import EXERCISES as all_of_them\n"
    text += 'ours = all_of_them["quiz1.forward"]\n'
    assert made(files={"square.py": text})["quiz1.forward"] is EXERCISES["quiz1.forward"]


def test_a_file_without_an_exercise_is_refused_unless_it_only_helps() -> None:
    with pytest.raises(Unusable, match=r"/empty\.py has no exercise"):
        made(files={"empty.py": "x = 1\n"})
    made(files={"_empty.py": "x = 1\n", "square.py": square()})


@pytest.mark.parametrize("id", ["", "a b", "../x", "sum..forward", "x-"])
def test_an_id_that_nbgrader_could_not_use_is_refused(id: str) -> None:
    with pytest.raises(Unusable, match="cannot be an exercise's id"):
        made(files={"square.py": square(id)})


def test_other_points_make_another_version() -> None:
    files = {"square.py": square()}
    found = made(files=files, points={"square.value": {"y": 7.0}})["square.value"]
    assert found.points == 7
    assert found.version != made(files=files)["square.value"].version


def test_what_a_course_adds_can_be_written_down_and_read_again() -> None:
    own = Own("/x", {"square.py": square()}, {"square.value": "w1"}, ("quiz1.forward",))
    assert Own.of_data(own.as_data()) == own
