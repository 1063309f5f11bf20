from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from roster_course import Make, course_with_roster


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A course with this roster, whose gradebook holds these scores."""
    return partial(course_with_roster, tmp_path)
