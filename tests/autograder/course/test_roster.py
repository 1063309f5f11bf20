"""The class list, as people write it and as Canvas, Moodle and Gradescope export it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from autograder.course.folder import CONFIG_FILE, Course, CourseError
from autograder.course.roster import Roster, Student, read_roster, require_roster

CANVAS = """\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Unit 02 (4711),Current Score\r
,,,,,Manual Posting,\r
    Points Possible,,,,,14,(read only)\r
"Smith Jr., Robert, III",1002,0007,rob,CS-A and CS-HON,,\r
"王, 小明",1003,0008,ming,CS-B,9,64.29\r
Madonna,1004,,mad@u.example,CS-B,,\r
"Student, Test",1099,,4f3c2a9b,CS-A,0,0\r
"""
CANVAS_STUDENTS = [
    Student("rob", "Robert, III", "Smith Jr.", "", "1002", "rob", "0007", "CS-A and CS-HON"),
    Student("ming", "小明", "王", "", "1003", "ming", "0008", "CS-B"),
    Student("mad@u.example", "Madonna", "", "mad@u.example", "1004", "mad@u.example", "", "CS-B"),
]
NAMES_APART = """LastName,FirstName,ID,SIS User ID,SIS Login ID,Root Account,Section,Unit 02 (4711)
    Points Possible,,,,,,,14
Lovelace,Ada,1001,0001,ada,uni.example,CS-A,
"""
CANVAS_GROUPS = """name,canvas_user_id,user_id,login_id,sections,group_name,canvas_group_id,group_id
Ada Lovelace,1001,0001,ada,CS-A,Group 3,77,
"""
MOODLE_PARTICIPANTS = """\ufeff"First name","Last name","ID number","Email address",Groups
Ada,Lovelace,0001,ada@uni.example,"A, G1"
"""
MOODLE_OLD = "First name,Surname,Email address\nAda,Lovelace,ada@uni.example\n"
MOODLE_GRADES = (
    "Vorname\tNachname\tID-Nummer\tInstitution\tAbteilung\tE-Mail-Adresse\tAufgabe: 02 (Punkte)\n"
    "Ada\tLovelace\t0001\t\t\tada@uni.example\t-\n"
)
MOODLE_WORKSHEET = """Identifier,Full name,Email address,Status,Grade,Maximum Grade
Participant 4711,Ada Lovelace,ada@uni.example,Submitted for grading,,14.00
"""
GRADESCOPE = """First Name,Last Name,SID,Email,Role,Section
Ada,Lovelace,0001,ada@uni.example,Student,CS-A
Grace,Hopper,,grace@uni.example,Student,CS-B
Alan,Turing,,alan@uni.example,TA,
Kurt,Gödel,,kurt@uni.example,Instructor,
"""
GRADESCOPE_GRADES = """First Name,Last Name,SID,Email,Sections,Total Score,Max Points,Status
Ada,Lovelace,0001,ada@uni.example,CS-A,,14.0,Missing
"""
ADA = Student("0001", "Ada", "Lovelace", "ada@uni.example", sis_user_id="0001")
ADA_OF_CANVAS = Student("ada", "Ada", "Lovelace", "", "1001", "ada", "0001", "CS-A")
GRACE = Student("grace@uni.example", "Grace", "Hopper", "grace@uni.example", section="CS-B")


@pytest.fixture
def course(tmp_path: Path) -> Course:
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
    return Course.at(tmp_path)


def read(course: Course, text: str) -> Roster:
    (course.root / "roster.csv").write_bytes(text.encode())
    return read_roster(course)


def test_a_roster_is_read_in_order_with_what_is_known(course: Course) -> None:
    roster = read(course, "\ufeffid,last_name,first_name\nzoe,Zett,Zoë\nada,,\n")
    assert roster == Roster((Student("zoe", "Zoë", "Zett"), Student("ada")))
    assert [student.sortable_name for student in roster.students] == ["Zett, Zoë", "ada"]


@pytest.mark.parametrize(
    ("text", "students"),
    [
        (CANVAS, CANVAS_STUDENTS),
        (NAMES_APART, [ADA_OF_CANVAS]),
        (
            CANVAS_GROUPS,
            [replace(ADA_OF_CANVAS, first_name="Ada Lovelace", last_name="", group="Group 3")],
        ),
        (MOODLE_PARTICIPANTS, [replace(ADA, group="A, G1")]),
        (MOODLE_OLD, [replace(ADA, id="ada@uni.example", sis_user_id="")]),
        (MOODLE_GRADES, [ADA]),
        (MOODLE_WORKSHEET, [Student("ada@uni.example", "Ada Lovelace", "", "ada@uni.example")]),
        (GRADESCOPE, [replace(ADA, section="CS-A"), GRACE]),
        (GRADESCOPE_GRADES, [replace(ADA, section="CS-A")]),
    ],
    ids=[
        "canvas",
        "apart",
        "groups",
        "moodle",
        "old",
        "grades",
        "worksheet",
        "gradescope",
        "total",
    ],
)
def test_an_export_is_read_as_it_comes(course: Course, text: str, students: list[Student]) -> None:
    assert read(course, text) == Roster(tuple(students))


@pytest.mark.parametrize("head", ["ID, First_Name ,LAST NAME", "id,first name,Last-Name"])
def test_case_and_space_in_a_header_do_not_count(course: Course, head: str) -> None:
    assert read(course, f"{head}\n1,Ada,Lovelace\n").students == (Student("1", "Ada", "Lovelace"),)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (",Ada,,,", "line 2 was left out: nothing tells who it is"),
        ("../evil,Ada,,,", "line 2 was left out: no folder can have its id as a name"),
        ("ada,Lovelace, Ada,a@x,1,CS-A", "line 2 was left out: it has more cells"),
        ('ada,"Ada,,,', "line 2 was left out: it is not CSV"),
    ],
)
def test_a_faulty_line_costs_nobody_else_anything(course: Course, line: str, words: str) -> None:
    roster = read(course, f"id,first_name,last_name,email,lms_user_id\n{line}\nbob,Bob,,,\n")
    assert [student.id for student in roster.students] == ["bob"]
    (remark,) = roster.remarks
    assert words in remark


def test_an_id_of_the_courses_own_is_not_canvass_number(course: Course) -> None:
    roster = read(course, "id,student,section\nada,Ada Lovelace,A\n")
    assert roster.students == (Student("ada", "Ada Lovelace", section="A"),)


def test_a_line_without_an_id_is_known_by_its_address(course: Course) -> None:
    assert read(course, "id,email\n,a@x\n").students == (Student("a@x", email="a@x"),)


def test_a_student_of_two_sections_is_one(course: Course) -> None:
    roster = read(course, "id,email,section,group\nada,a@x,A,1\nada,,B,1\n")
    assert roster == Roster((Student("ada", email="a@x", section="A and B", group="1"),))


def test_of_two_addresses_neither_gets_the_grade(course: Course) -> None:
    roster = read(course, "id,email,lms_user_id\nada,a@x,1\nada,b@x,1\n")
    assert roster.students == (Student("ada", lms_user_id="1"),)
    assert roster.remarks == (
        "ada stands in lines 2 and 3 with different values of email; none of them is used.",
    )


def test_ids_of_another_case_are_others(course: Course) -> None:
    roster = read(course, "id,email\nS001,x@y\ns001,z@y\n")
    assert [roster.find(name).email for name in ("S001", "s001")] == ["x@y", "z@y"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "name", ["zoe\u0308", "zo\u00eb", "ZOË", "0042", "1042", "z.oe@uni.example", "z.oe"]
)
def test_a_folder_may_have_any_name_of_the_student(course: Course, name: str) -> None:
    head = "Student,ID,SIS User ID,SIS Login ID,Section,Email"
    text = f'{head}\n"Zett, Zoë",1042,0042,zoë,A,z.oe@uni.example\nX,1043,0043,x,A,x@uni.example\n'
    found = read(course, text).find(name)
    assert found is not None
    assert found.lms_user_id == "1042"


@pytest.mark.parametrize("name", ["42", "042", "nobody", ""])
def test_a_name_that_is_nobodys_finds_nobody(course: Course, name: str) -> None:
    assert read(course, "id,sis_user_id\nada,0042\nbob,\n").find(name) is None


def test_a_name_that_may_be_two_students_finds_neither(course: Course) -> None:
    roster = read(course, "id,email\n1,ada@x.example\n2,ada@y.example\n")
    assert roster.find("ada") is None
    assert roster.find("1") == Student("1", email="ada@x.example")


def test_a_test_student_with_a_number_of_the_university_is_a_student(course: Course) -> None:
    text = "Student,ID,SIS User ID,SIS Login ID,Section\n"
    text += '"Student, Test",1,0001,test,A\n"Student, Test",2,,4f3c,A\n'
    assert [student.lms_user_id for student in read(course, text).students] == ["1"]


def test_a_roster_without_any_id_is_refused(course: Course) -> None:
    with pytest.raises(CourseError, match="no column 'id'"):
        read(course, "name\nada\n")


def test_a_missing_roster_is_asked_for_with_its_columns(course: Course) -> None:
    with pytest.raises(CourseError, match="id,first_name,last_name,email,lms_user_id"):
        require_roster(course)
