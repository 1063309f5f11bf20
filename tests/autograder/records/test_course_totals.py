from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workflows.gradebook_rows import Row, write_gradebook

from autograder.course.arrangements import Arrangement, What, write_arrangements
from autograder.course.folder import CONFIG_FILE, ConfigError, Course
from autograder.records.course_totals import (
    UnitScore,
    Why,
    course_totals,
    drop_lowest,
    without_lowest,
)

UNITS = ("one", "two", "three")
SCORES = st.lists(
    st.builds(
        lambda share, points: UnitScore("u", round(share * points, 2), points),
        st.floats(0, 1),
        st.integers(1, 20).map(float),
    ),
    min_size=1,
    max_size=7,
)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Three units of 10 points: Ada has 9, 4, 1; Bob 5 in the first; Eve's third failed."""
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
    course = Course.at(tmp_path)
    scores: dict[str, dict[str, float | None]] = {
        "one": {"ada": 9, "bob": 5, "eve": 6},
        "two": {"ada": 4},
        "three": {"ada": 1, "eve": None},
    }
    for unit, those in scores.items():
        write_gradebook(
            course,
            unit,
            [Row("cell", 10, source="assert f(1)")],
            {name: {"cell": score} for name, score in those.items()},
        )
    return course


def totals(course: Course) -> dict[str, tuple[float, float, str]]:
    found = course_totals(Course.at(course.root), UNITS, ("ada", "bob", "eve"))
    return {
        one.student: (one.earned, one.possible, " ".join(str(u.why) or "+" for u in one.units))
        for one in found
    }


def test_everything_counts_and_what_is_missing_is_0(course: Course) -> None:
    assert totals(course)["ada"] == (14.0, 30.0, "+ + +")
    assert totals(course)["bob"] == (5.0, 30.0, "+ missing missing")


def test_nobody_has_a_total_whose_work_could_not_be_graded(course: Course) -> None:
    (_, _, eve) = course_totals(course, UNITS, ("ada", "bob", "eve"))
    assert [one.why for one in eve.units] == [Why.COUNTS, Why.MISSING, Why.NOT_GRADED]
    assert not eve.complete
    write_arrangements(course, [Arrangement("eve", "three", What.EXCUSED)])
    assert totals(course)["eve"] == (6.0, 20.0, "+ missing excused")


def test_excused_and_dropped_units_are_not_added_up(course: Course) -> None:
    write_arrangements(
        course,
        [Arrangement("bob", "two", What.EXCUSED), Arrangement("ada", "one", What.DROPPED)],
    )
    assert totals(course)["ada"] == (5.0, 20.0, "dropped + +")
    assert totals(course)["bob"] == (5.0, 20.0, "+ excused missing")


def test_the_lowest_are_dropped_after_what_is_excused(course: Course) -> None:
    (course.root / CONFIG_FILE).write_text("c = get_config()\nc.CourseTotal.drop_lowest = 1\n")
    write_arrangements(course, [Arrangement("bob", "two", What.EXCUSED)])
    assert totals(course)["ada"] == (13.0, 20.0, "+ + lowest")
    assert totals(course)["bob"] == (5.0, 10.0, "+ excused lowest")


@pytest.mark.parametrize("setting", ["drop_lowest = -1", "drop_lowest = 1.0", "drop_lowest = True",
                                     "lowest = 1"])  # fmt: skip
def test_another_setting_is_refused(course: Course, setting: str) -> None:
    (course.root / CONFIG_FILE).write_text(f"c = get_config()\nc.CourseTotal.{setting}\n")
    with pytest.raises(ConfigError, match="drop_lowest"):
        drop_lowest(Course.at(course.root))


@given(SCORES, st.integers(0, 8))
def test_no_other_choice_leaves_a_larger_share(scores: list[UnitScore], number: int) -> None:
    kept = [one for one in without_lowest(scores, number) if one.counts]
    size = max(1, len(scores) - number)
    best = max(
        sum(one.score or 0 for one in some) / sum(one.points for one in some)
        for some in combinations(scores, size)
    )
    assert len(kept) == size
    share = sum(one.score or 0 for one in kept) / sum(one.points for one in kept)
    assert share == pytest.approx(best, abs=1e-9)


def test_a_large_unit_may_count_although_its_share_is_the_lowest() -> None:
    """With 50 of 60, 9 of 10 and 10 of 100, nobody is helped by keeping the last."""
    scores = [UnitScore("a", 50, 60), UnitScore("b", 9, 10), UnitScore("c", 10, 100)]
    assert [one.why for one in without_lowest(scores, 1)] == [Why.COUNTS, Why.COUNTS, Why.LOWEST]
    # 80 of 100 and 20 of 100, or 80 of 100 and 1 of 20: the second share is lower, but costs less.
    scores = [UnitScore("a", 80, 100), UnitScore("b", 20, 100), UnitScore("c", 1, 20)]
    assert [one.why for one in without_lowest(scores, 1)] == [Why.COUNTS, Why.LOWEST, Why.COUNTS]


def test_a_bonus_counts_on_top_and_is_never_the_lowest(course: Course) -> None:
    (course.root / "course.toml").write_text("[unit.two]\nbonus = true\n")
    assert totals(Course.at(course.root))["bob"] == (5.0, 20.0, "+ missing missing")
    scores = [UnitScore("a", 9, 10), UnitScore("b", 1, 10, bonus=True), UnitScore("c", 5, 10)]
    assert [one.why for one in without_lowest(scores, 1)] == ["", "", Why.LOWEST]
