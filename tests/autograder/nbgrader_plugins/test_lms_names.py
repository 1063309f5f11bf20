"""Whose file it is, by the names of Canvas and Moodle."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbgrader.apps import ZipCollectApp
from nbgrader.coursedir import CourseDirectory

from autograder.course.folder import CONFIG_FILE, Course
from autograder.nbgrader_plugins.lms_names import LmsNames
from autograder.records.said_late import said_late

ROSTER = """Student,ID,SIS User ID,SIS Login ID,Section,Email
"Lovelace, Ada",1001,0001,ada,A,ada@uni.example
"Müller, Jürgen",1002,0002,jur,A,jur@uni.example
"Ng, X",1003,0003,ng1,A,ng1@uni.example
"Ng, X",1004,0004,ng2,A,ng2@uni.example
"""


@pytest.fixture
def app(tmp_path: Path) -> ZipCollectApp:
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
    (tmp_path / "roster.csv").write_text(ROSTER, "utf-8")
    app = ZipCollectApp()
    app.coursedir = CourseDirectory(parent=app, root=str(tmp_path), assignment_id="02")
    return app


def collected(app: ZipCollectApp, *names: str) -> list[tuple[str, str] | None]:
    """Student and name of each file that was unpacked."""
    root = Path(app._format_collect_path(app.extracted_directory))
    plugin = LmsNames(parent=app)
    found = [plugin.collect(str(root / name)) for name in names]
    return [(one["student_id"], one["file_id"]) if one else None for one in found]


@pytest.mark.parametrize(
    ("name", "student", "file"),
    [
        # Canvas, with and without a folder for the archive.
        ("submissions/lovelaceada_1001_55501_02.ipynb", "ada", "02.ipynb"),
        ("lovelaceada_1001_55501_02.ipynb", "ada", "02.ipynb"),
        ("submissions/lovelaceada_LATE_1001_55501_02-1.ipynb", "ada", "02-1.ipynb"),
        ("submissions/müllerjürgen_1002_55502_Mein Name.IPYNB", "jur", "Mein Name.IPYNB"),
        ("submissions/lovelaceada_1001_55503_data.csv", "ada", "data.csv"),
        ("submissions/lovelaceada_1001_55501_work/src/02.ipynb", "ada", "src/02.ipynb"),
        ("submissions/strangerx_1999_55504_02.ipynb", "1999", "02.ipynb"),
        ("submissions/anon_Ab3dE_55505_02.ipynb", "anon_Ab3dE", "02.ipynb"),
        ("submissions/LATE_anon_Ab3dE_55505_77_02.ipynb", "anon_Ab3dE", "77_02.ipynb"),
        # What the student typed does not make it somebody else's.
        (
            "submissions/lovelaceada_1001_55501_ng_1003_55509_02.ipynb",
            "ada",
            "ng_1003_55509_02.ipynb",
        ),
        (
            "submissions/lovelaceada_1001_5_work/ng_1003_55509_02.ipynb",
            "ada",
            "ng_1003_55509_02.ipynb",
        ),
        (
            "cs/Ada Lovelace_77_assignsubmission_file_/ngx_1003_55_02.ipynb",
            "ada",
            "ngx_1003_55_02.ipynb",
        ),
        # A zip that somebody gave a name with numbers is nobody's work; one of a student's is.
        ("unit_02_11_late/lovelaceada_1001_55501_02.ipynb", "ada", "02.ipynb"),
        ("lovelaceada_1001_55501_work/ngx_1003_55509_02.ipynb", "ada", "ngx_1003_55509_02.ipynb"),
        # Moodle, with folders and without.
        ("cs/Ada Lovelace_77_assignsubmission_file_/02.ipynb", "ada", "02.ipynb"),
        ("cs/Ada Lovelace_77_assignsubmission_file_/src/a.py", "ada", "src/a.py"),
        ("cs/Ada Lovelace_77_assignsubmission_file_02.ipynb", "ada", "02.ipynb"),
        ("cs/Ju\u0308rgen Mu\u0308ller_78_assignsubmission_file_/02.ipynb", "jur", "02.ipynb"),
        ("cs/X Ng_79_assignsubmission_file_/02.ipynb", "X Ng_79", "02.ipynb"),
    ],
)
def test_a_file_belongs_to_whom_the_system_says(
    app: ZipCollectApp, name: str, student: str, file: str
) -> None:
    assert collected(app, name) == [(student, file)]


@pytest.mark.parametrize(
    "name",
    [
        "submissions/notes.ipynb",
        "2026_11_30.ipynb",
        "submissions/lovelaceada_1001_text.html",
        "cs/Ada Lovelace_77_assignsubmission_onlinetext_/onlinetext.html",
        "submissions/lovelaceada_1001_55501_timestamp.txt",
        "cs/Ada Lovelace_77_assignsubmission_file_/submission_secret.txt",
        "cs/Ada Lovelace_77_assignsubmission_file_/.git/config",
    ],
)
def test_what_is_nobodys_work_is_left(app: ZipCollectApp, name: str) -> None:
    assert collected(app, name) == [None]


def test_moodles_worksheet_tells_students_of_one_name_apart(
    app: ZipCollectApp, tmp_path: Path
) -> None:
    archive = tmp_path / "downloaded" / "02" / "archive"
    archive.mkdir(parents=True)
    (archive / "Grades-CS-02.csv").write_text(
        "\ufeffIdentifier,Full name,Email address,Status\n"
        "Participant 79,X Ng,ng2@uni.example,Submitted\nParticipant 80,X Ng,ng1@uni.example,-\n"
    )
    names = [f"cs/X Ng_{number}_assignsubmission_file_/02.ipynb" for number in (79, 80)]
    assert collected(app, *names) == [("ng2", "02.ipynb"), ("ng1", "02.ipynb")]


def test_no_two_files_of_a_student_get_one_name(app: ZipCollectApp) -> None:
    """nbgrader would stop the whole collection over them."""
    names = [f"{folder}/lovelaceada_1001_5550{n}_02.ipynb" for n, folder in enumerate("ab")]
    names += ["a/lovelaceada_1001_55507_x", "a/lovelaceada_1001_55508_work/x/y.py"]
    files = [one[1] for one in collected(app, *names) if one]
    assert files == ["02.ipynb", "02 (2).ipynb", "x", "x (2)/y.py"]


def test_late_work_and_strangers_are_named_once(
    app: ZipCollectApp, caplog: pytest.LogCaptureFixture
) -> None:
    app.log.propagate = True
    names = [f"s/lovelaceada_LATE_1001_5550{n}_{n}.ipynb" for n in range(3)]
    collected(app, *names, "s/strangerx_1999_1_a.ipynb", "s/strangerx_1999_2_b.ipynb")
    late, stranger = caplog.messages
    assert "Canvas marks the work of ada as late" in late
    assert stranger == "strangerx (1999) is not in roster.csv; the folder is called 1999."


def test_who_is_late_is_kept_until_an_archive_says_otherwise(
    app: ZipCollectApp, tmp_path: Path
) -> None:
    course = Course.at(tmp_path)
    collected(app, "s/lovelaceada_LATE_1001_55501_02.ipynb", "s/ngx_1003_55502_02.ipynb")
    assert said_late(course, "02", ["ada", "ng1"]) == {"ada"}
    assert said_late(course, "06", ["ada"]) == set()
    collected(app, "s/lovelaceada_1001_55503_02.ipynb")
    assert said_late(course, "02", ["ada", "ng1"]) == set()


def test_a_pattern_of_the_courses_own_counts_instead(app: ZipCollectApp) -> None:
    app.config.FileNameCollectorPlugin.named_regexp = r".*/(?P<student_id>\w+)-(?P<file_id>[^/]+)$"
    assert collected(app, "s/zoe-02.ipynb", "s/lovelaceada_1001_55501_02.ipynb") == [
        ("zoe", "02.ipynb"),
        None,
    ]


def test_one_system_alone_can_be_asked_for(app: ZipCollectApp) -> None:
    app.config.LmsNames.lms = "moodle"
    assert collected(app, "s/lovelaceada_1001_55501_02.ipynb") == [None]
