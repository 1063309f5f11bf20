"""Which secret a course is graded with, so that nobody grades it with another by mistake.

With another secret, all hidden inputs are others, and the whole class would be graded again. So the
course folder keeps the fingerprint of the one that it is graded with, and who first used it; on
another machine, or as another user, grading without that secret stops and says so.
"""

from __future__ import annotations

import json
import os
import platform
from pathlib import Path

from autograder.course.folder import Course
from autograder.course.secret import VARIABLE, BadSecret, fingerprint, load_secret, secret_path
from autograder.files import clean
from autograder.files.ledger import replace_file
from autograder.files.sharing import user_name


def course_secret(course: Course, new: bool = False) -> bytes:
    """The secret that a course is graded with; the first grading makes it.

    Args:
        course: the course, which keeps the fingerprint.
        new: use the secret that is here, or a new one, whatever the course was graded with before.

    Returns:
        32 bytes.

    Raises:
        BadSecret: if the course was graded with another one, or this one cannot be used.
    """
    if not new and (why := why_not_this_secret(course)):
        raise BadSecret(f"{why} Nothing was graded.")
    secret = load_secret(course.course_id, course.groupshared)
    about = {"fingerprint": fingerprint(secret), "user": user_name(os.geteuid())}
    if new or not _recorded(course):
        place = {"machine": platform.node(), "file": str(secret_path(course.course_id))}
        replace_file(record_path(course), json.dumps({**about, **place}) + "\n")
    return secret


def record_path(course: Course) -> Path:
    """Where a course keeps the fingerprint of its secret, and who first graded with it."""
    return course.state / "secret.json"


def why_not_this_secret(course: Course) -> str:
    """Why the secret of this user on this machine is not the one to grade a course with, or "".

    Nothing is made.
    """
    path, known = secret_path(course.course_id), _recorded(course)
    try:
        path.stat()
    except FileNotFoundError:
        if known:
            return _lacking(path, known, f"{path} does not exist")
        if _was_graded(course):
            return _lacking(path, {}, f"{path} does not exist")
        return ""
    except OSError:
        return ""  # Whoever reads it says what is wrong with it.
    secret = load_secret(course.course_id, course.groupshared)
    if known and known.get("fingerprint") != fingerprint(secret):
        return _lacking(path, known, f"the one in {path} is another")
    return ""


def _lacking(path: Path, known: dict[str, str], here: str) -> str:
    user, machine, file = (
        clean.line(str(known.get(name, "?")), 300) for name in ("user", "machine", "file")
    )
    elsewhere = f"or name a file that you may read in {VARIABLE}."
    if machine == platform.node() and file == str(path):
        way = f"It was made here, by {user}: put {path} back from a backup, {elsewhere}"
    else:
        whose = f" of {user} on {machine}, in {file}" if known else ", which made the hidden inputs"
        way = f"Get the secret{whose}; copy it to {path} and run chmod 600 {path}, {elsewhere}"
    return (
        f"this course was graded with a secret that is not here: {here}. With another "
        f"secret the whole class would be graded again, on other inputs. {way} "
        "Only if it is lost: course-bp grade UNIT --new-secret."
    )


def _recorded(course: Course) -> dict[str, str]:
    """What is known of the secret that a course is graded with; nothing before the first time."""
    path = record_path(course)
    try:
        known = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        known = None
    if not isinstance(known, dict) or "fingerprint" not in known:
        raise BadSecret(
            f"{path}, which says with what secret the course is graded, cannot be read. Restore "
            "it, or remove it if you are sure to have the right secret."
        )
    return known


def _was_graded(course: Course) -> bool:
    """Whether a unit has scores already, as in a gradebook that other course folders share."""
    from nbgrader.api import Assignment, Grade, SubmittedAssignment, SubmittedNotebook

    if course.gradebook_file is not None and not course.gradebook_file.exists():
        return False
    with course.gradebook() as gradebook:
        scores = gradebook.db.query(Grade.id).filter(Grade.auto_score.is_not(None))
        scores = scores.join(SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id)
        scores = scores.join(
            SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id
        ).join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        return scores.filter(Assignment.name.in_(course.units())).first() is not None
