"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Two workers share two cores: threads inside NumPy would only wait for each other. Before NumPy.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

# The same examples on every machine, and no example fails for a slow one.
settings.register_profile("course", deadline=None, derandomize=True)
settings.load_profile("course")
# What `make fuzz` runs: other examples each time, as many as it is told.
settings.register_profile(
    "fuzz",
    deadline=None,
    max_examples=int(os.environ.get("EXAMPLES", "2000")),
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)

HERE = Path(__file__).parent
# What takes seconds for each test: whole commands, sandboxes, browsers, and loops over all
# exercises. `make quick` leaves it out.
SLOW = (
    "autograder/bank",
    "autograder/cli/test_arranging.py",
    "autograder/cli/test_export.py",
    "autograder/cli/test_lab.py",
    "autograder/cli/test_says_what_it_wrote.py",
    "autograder/cli/test_totals.py",
    "autograder/course/test_configuration_places.py",
    "autograder/course/test_doctor.py",
    "autograder/course/test_drift.py",
    "autograder/course/test_into_text.py",
    "autograder/course/test_registration.py",
    "autograder/course/test_release.py",
    "autograder/course/test_secret_record.py",
    "autograder/exercises",
    "autograder/exports/gradescope/test_run.py",
    "autograder/exports/test_lms_files.py",
    "autograder/grading/test_lent_functions.py",
    "autograder/grading/test_own_values.py",
    "autograder/grading/test_plain_tests_in_the_sandbox.py",
    "autograder/grading/test_shown.py",
    "autograder/grading/test_whole_notebook.py",
    "autograder/inside/test_wipe.py",
    "autograder/judge/test_answer_key.py",
    "autograder/judge/test_as_before.py",
    "autograder/judge/test_catalogue.py",
    "autograder/judge/test_chosen_values.py",
    "autograder/judge/test_finite_differences.py",
    "autograder/judge/test_memory_of_answers.py",
    "autograder/judge/test_odd_forms.py",
    "autograder/judge/test_own_values.py",
    "autograder/judge/test_stops.py",
    "autograder/judge/test_ties.py",
    "autograder/judge/test_true_names.py",
    "autograder/judge/test_what_follows.py",
    "autograder/nbgrader_plugins/test_safe_release.py",
    "autograder/practice/test_picture.py",
    "autograder/practice/test_session.py",
    "autograder/records/test_late.py",
    "autograder/report/test_page.py",
    "autograder/report/test_similar.py",
    "autograder/runner",
    "browser",
    "course_bp/gradient_check",
    "course_bp/network/test_training.py",
    "course_bp/primitives/test_table.py",
    "course_bp/test_conformance.py",
    "course_bp/test_special_values.py",
    "course_bp/test_types.py",
    "examples",
    "fuzz",
    "workflows",
)


@pytest.fixture(autouse=True, scope="session")
def _no_test_writes_notes_of_whoever_runs_it(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """What `practice` notes goes into a folder of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        file = tmp_path_factory.mktemp("notes") / "progress.json"
        patch.setenv("COURSE_BP_PROGRESS_FILE", str(file))
        yield


@pytest.fixture(autouse=True)
def _numpy_warns_as_before() -> Iterator[None]:
    """No test leaves the next one with other warnings of NumPy."""
    before = np.geterr()
    yield
    assert np.geterr() == before


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the slow ones."""
    for item in items:
        if any(item.path.is_relative_to(HERE / slow) for slow in SLOW):
            item.add_marker("slow")
