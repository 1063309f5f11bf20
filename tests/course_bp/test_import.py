"""What importing the package costs, and that its names are found, old ones too."""

from __future__ import annotations

import subprocess
import sys

import pytest

import course_bp


def in_a_new_python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_a_node_has_its_operators_at_once() -> None:
    assert in_a_new_python("from course_bp import Node; print((3 * Node(2.0)).value)") == "6.0"


def test_importing_the_package_imports_no_picture_and_no_notebook() -> None:
    loaded = in_a_new_python("import course_bp, sys; print(*sys.modules)").split()
    assert not {"matplotlib", "IPython", "ipywidgets", "autograder"} & set(loaded)


@pytest.mark.parametrize("name", course_bp.__all__)
def test_every_public_name_is_there_with_its_words(name: str) -> None:
    assert getattr(course_bp, name).__doc__ or name.isupper()


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="course_bp has no 'gard'"):
        course_bp.gard  # noqa: B018


def test_a_notebook_from_before_the_modules_moved_finds_them_by_their_old_names() -> None:
    code = (
        "from course_bp.mlp import MLP; from course_bp import losses; import course_bp.optimizers; "
        "import course_bp.network.mlp as new; import course_bp as bp; "
        "print(MLP is new.MLP is bp.MLP, losses.hinge is bp.hinge, bp.optimizers.SGD is bp.SGD)"
    )
    assert in_a_new_python(code) == "True True True"
