from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from autograder.course.arrangements import (
    Arrangement,
    What,
    by_any_name,
    deadline,
    doubts,
    read_arrangements,
    read_on_a_guess,
    remove_arrangements,
    utc,
    write_arrangements,
)
from autograder.course.folder import CONFIG_FILE, Course, CourseError
from autograder.course.people import People

UNIT = "02-graphs"
HEAD = "student,unit,what,until,reason\n"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
    for unit in (UNIT, "03-chain"):
        (tmp_path / "source" / unit).mkdir(parents=True)
        (tmp_path / "source" / unit / f"{unit}.py").touch()
    return Course.at(tmp_path)


@pytest.fixture(autouse=True)
def _own_zone_again(monkeypatch: pytest.MonkeyPatch) -> object:
    yield
    monkeypatch.undo()
    time.tzset()
    return None


def write(course: Course, text: str, encoding: str = "utf-8") -> None:
    (course.root / "arrangements.csv").write_bytes(text.encode(encoding))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-20", datetime(2026, 11, 20, 22, 59, 59)),
        ("2026-07-20", datetime(2026, 7, 20, 21, 59, 59)),
        ("2026-11-20 18:00", datetime(2026, 11, 20, 17)),
        ("2026-11-20T18:00", datetime(2026, 11, 20, 17)),
        ("2026-11-20 18:00 UTC", datetime(2026, 11, 20, 18)),
        ("2026-11-20T18:00:00Z", datetime(2026, 11, 20, 18)),
        (" 2026-11-20 18:00-05:00 ", datetime(2026, 11, 20, 23)),
    ],
)
def test_a_day_ends_at_midnight_and_a_time_without_a_zone_is_local(
    course: Course, text: str, moment: datetime
) -> None:
    assert utc(deadline(text)) == moment


@pytest.mark.parametrize(
    "text", ["", "soon", "20.11.2026", "11/20/2026", "2026-13-01", "0001-01-01"]
)
def test_what_is_no_date_is_refused(course: Course, text: str) -> None:
    with pytest.raises(CourseError, match="is not a date; write 2026-11-20"):
        deadline(text)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_file_is_read_as_spreadsheets_write_it(
    course: Course, separator: str, encoding: str, end: str
) -> None:
    lines = [
        " Student ,UNIT,what,until,reason,mine",
        "zoë, 02 ,Extended,2026-11-20 18:00 UTC,ill,x",
        ",,,,,",
        "bob,03-chain,excused,,,",
    ]
    write(course, end.join(line.replace(",", separator) for line in lines) + end, encoding)
    until = datetime(2026, 11, 20, 18, tzinfo=UTC)
    assert read_arrangements(course) == [
        Arrangement("zoë", UNIT, What.EXTENDED, until, "ill"),
        Arrangement("bob", "03-chain", What.EXCUSED),
    ]


def test_without_a_file_nothing_is_arranged(course: Course) -> None:
    assert read_arrangements(course) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("student,what\n", "no column 'unit'"),
        (HEAD + "ada,02,extended,,\n", "line 2: the column 'until' needs a date"),
        (HEAD + "\nada,02,excused,2026-11-20,\n", "line 3: the column 'until' must be empty"),
        (HEAD + "ada,02,extended,20.11.2026,\n", "line 2: '20.11.2026' is not a date"),
        (HEAD + "ada,02,forgiven,,\n", "'forgiven' is none of extended, excused, dropped"),
        (HEAD + ",02,excused,,\n", "line 2: student and unit must be filled in"),
        (
            HEAD + "ada,02,excused,,\nada,02-graphs,excused,,\n",
            "line 3: ada is excused in .* second",
        ),
    ],
)
def test_a_line_that_cannot_be_understood_is_named(course: Course, text: str, words: str) -> None:
    write(course, text)
    with pytest.raises(CourseError, match=words):
        read_arrangements(course)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r"])
def test_text_in_another_encoding_is_read_as_a_roster_is(
    course: Course, encoding: str, end: str
) -> None:
    text = f"{HEAD}zoë,02,excused,,\n".replace("\n", end)
    (course.root / "arrangements.csv").write_bytes(text.encode(encoding))
    assert read_arrangements(course) == [Arrangement("zoë", UNIT, What.EXCUSED)]
    assert bool(read_on_a_guess(course)) == (encoding == "cp1252")


def test_what_was_read_on_a_guess_is_not_written_back(course: Course) -> None:
    write(course, HEAD + "zoë,02,excused,,\n", "cp1252")
    before = (course.root / "arrangements.csv").read_bytes()
    for change in (
        lambda: write_arrangements(course, [Arrangement("bob", UNIT, What.EXCUSED)]),
        lambda: remove_arrangements(course, UNIT, ["zoë"], What.EXCUSED),
    ):
        with pytest.raises(CourseError, match=r"arrangements.csv: .* Windows-1252.* as UTF-8\. N"):
            change()
    assert (course.root / "arrangements.csv").read_bytes() == before


def test_a_line_that_is_no_csv_is_named_and_not_left_out(course: Course) -> None:
    write(course, HEAD + 'ada,02,excused,,"x"y\nbob,02,excused,,\n')
    with pytest.raises(CourseError, match=r"arrangements.csv, line 2: it is not CSV"):
        read_arrangements(course)


def test_a_new_extension_replaces_the_old_one_and_nothing_else(course: Course) -> None:
    write(course, "mine;student;unit;what;until\nx;ada;02;extended;2026-11-20\ny;bob;02;dropped;\n")
    until = datetime(2026, 11, 27, 12, tzinfo=timezone(timedelta(hours=2)))
    write_arrangements(
        course, [Arrangement("ada", UNIT, What.EXTENDED, until, 'said "ill", twice')]
    )
    assert read_arrangements(course) == [
        Arrangement("bob", UNIT, What.DROPPED),
        Arrangement("ada", UNIT, What.EXTENDED, until, 'said "ill", twice'),
    ]
    assert (course.root / "arrangements.csv").read_text("utf-8").splitlines()[:2] == [
        "mine,student,unit,what,until,reason",
        "y,bob,02,dropped,,",
    ]


def test_what_is_taken_back_is_gone(course: Course) -> None:
    write_arrangements(
        course, [Arrangement("ada", UNIT, what) for what in (What.EXCUSED, What.DROPPED)]
    )
    assert remove_arrangements(course, UNIT, ["ada", "bob"], What.EXCUSED) == ["ada"]
    assert read_arrangements(course) == [Arrangement("ada", UNIT, What.DROPPED)]
    assert remove_arrangements(course, UNIT, ["ada"], What.EXCUSED) == []


def test_names_that_reach_nobody_are_said(course: Course) -> None:
    found = [
        Arrangement("ada", UNIT, What.EXCUSED),
        Arrangement("ADA", UNIT, What.DROPPED),
        Arrangement("adda", UNIT, What.EXCUSED),
        Arrangement("ada", "2-graphs", What.DROPPED),
    ]
    told = doubts(found, [UNIT], People(folders=frozenset({"ada"})))
    assert [words.split(" says that ")[1] for words in told] == [
        f"adda is excused in {UNIT}, but nobody of this name is in roster.csv or handed in.",
        "ada is dropped in 2-graphs, but there is no such unit.",
    ]


@pytest.mark.parametrize("roster", ["", "id,email\nada,al@example.org\n"])
def test_an_arrangement_reaches_the_folder_whatever_its_case(course: Course, roster: str) -> None:
    (course.root / "roster.csv").write_text(roster)
    (course.root / "submitted" / "Ada" / UNIT).mkdir(parents=True)
    excused = Arrangement("ADA", UNIT, What.EXCUSED)
    assert by_any_name(course, [excused], UNIT, What.EXCUSED)["Ada"] == excused


def test_one_student_has_one_line_under_whatever_name(course: Course) -> None:
    (course.root / "roster.csv").write_text("id,email\nada,al@example.org\n")
    write(course, HEAD + "al@example.org,02,excused,,\nADA,02,excused,,\n")
    with pytest.raises(CourseError, match=f"line 3: ADA is excused in {UNIT} a second time"):
        read_arrangements(course)
    write(course, HEAD + "AL@example.org,02,excused,,\n")
    write_arrangements(course, [Arrangement("ada", UNIT, What.EXCUSED, reason="ill")])
    assert read_arrangements(course) == [Arrangement("ada", UNIT, What.EXCUSED, reason="ill")]
    assert remove_arrangements(course, UNIT, ["AL"], What.EXCUSED) == ["AL"]
    assert read_arrangements(course) == []


def test_the_beginning_of_an_assignments_name_without_a_text_is_enough(course: Course) -> None:
    project = course.root / "source" / "10-project" / "part.ipynb"
    project.parent.mkdir()
    project.write_text("{}")
    write(course, HEAD + "ada,10,excused,,\n")
    assert read_arrangements(course)[0].unit == "10-project"
