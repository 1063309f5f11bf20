from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course.folder import CONFIG_FILE, Course, CourseError
from autograder.course.texts import misnamed_in, units_in

MARKED = '# %% check="quiz1.forward"\n'


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A unit with a helper and an older text, a renamed unit, and an assignment with a module."""
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
    source = tmp_path / "source"
    for name, text in (
        ("01-one/01-one.py", MARKED),
        ("01-one/helper.py", "# %% [markdown]\nx = 1\n"),
        ("01-one/01-old.py", MARKED),
        ("02-renamed/02-two.py", "# %% [markdown]\n# Title\n# %% Sum nbgrader={}\n"),
        ("03-project/part.ipynb", "{}"),
        ("03-project/tools.py", "# %%\ncheck = 1\n"),
    ):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text)
    return source


def test_a_folder_without_a_text_of_its_own_name_is_named(source: Path) -> None:
    assert units_in(source) == ["01-one"]
    (one,) = misnamed_in(source)
    assert str(one) == (
        "source/02-renamed has no text of its own name, so it is not a unit: rename 02-two.py to "
        "02-renamed.py in that folder, or give the folder the name 02-two."
    )


def test_asking_for_it_says_so(source: Path) -> None:
    course = Course.at(source.parent)
    with pytest.raises(CourseError, match=r"rename 02-two.py to 02-renamed.py"):
        course.require_unit("02")
    with pytest.raises(CourseError, match=r"there is no unit '04'. The units are: 01-one, 03-pro"):
        course.require_unit("04")
    assert [one.folder for one in course.misnamed("02-two")] == ["02-renamed"]
    assert course.misnamed("01-one") == []


def test_students_never_get_a_text_that_lies_in_another_folder(source: Path) -> None:
    assert "02-two.py" in Course.at(source.parent).config.CourseDirectory.ignore
