"""How many submissions a second the one process that writes can record, whoever grades them.

    python benchmarks/gradebook_writer.py                        SQLite
    python benchmarks/gradebook_writer.py --db-url postgresql+psycopg2://USER@HOST/DATABASE

One submission is graded for real; its marks are then handed to the writer for every student of an
invented class, as fast as it takes them. The writer is `course-bp grade`'s own: gradebook, audit
trail and ledger, with everything on disk as it would be. The bound of a cluster of any size.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from concurrent.futures import Future
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPOSITORY))

from autograder.batch import run  # noqa: E402
from autograder.batch.run import Options, grade_unit  # noqa: E402
from autograder.batch.task import Done  # noqa: E402
from autograder.course.folder import Course  # noqa: E402
from autograder.course.notebooks import released_notebooks  # noqa: E402
from autograder.course.release import release  # noqa: E402

UNIT = "06-logistic-to-network"


class AlreadyGraded:
    """A pool in which every task is done when it is submitted, with the same marks."""

    def __init__(self, done: Done, *_: Any) -> None:
        self.done = done

    def __enter__(self) -> AlreadyGraded:
        return self

    def __exit__(self, *exception: object) -> None:
        pass

    def submit(self, function: Any, task: Any) -> Future[Done]:
        future: Future[Done] = Future()
        future.set_result(self.done)
        return future

    def shutdown(self, **options: bool) -> None:
        pass


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, nargs="+", default=[500, 2000])
    parser.add_argument("--db-url", default="")
    parser.add_argument("--in", type=Path, dest="folder", help="where the course goes: its disk")
    options = parser.parse_args()
    for students in options.students:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            os.environ["COURSE_BP_SECRET_FILE"] = f"{folder}/secret"
            wall, cpu = record(Path(folder) / "course", students, options.db_url)
        print(
            f"{students} submissions: {wall:.1f} s, {students / wall:.0f} a second; "
            f"{1000 * cpu / students:.2f} ms of this process's time each"
        )


def record(root: Path, students: int, db_url: str) -> tuple[float, float]:
    """Seconds and processor seconds of the writer."""
    shutil.copytree(REPOSITORY / "solutions" / UNIT, root / "solutions" / UNIT)
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    with (root / "nbgrader_config.py").open("a") as config:
        config.write(f'c.CourseDirectory.db_url = "{db_url}"\n' if db_url else "")
    course = Course.at(root)
    list(release(course, [UNIT]))
    (notebook,) = released_notebooks(course, UNIT).values()
    for number in range(students):
        folder = root / "submitted" / f"s{number:06}" / UNIT
        folder.mkdir(parents=True)
        shutil.copy(notebook, folder)
    done = graded_once(course)
    pool, run.ProcessPoolExecutor = run.ProcessPoolExecutor, lambda *a, **k: AlreadyGraded(done)
    try:
        wall, cpu = time.perf_counter(), time.process_time()
        results = grade_unit(course, UNIT, Options(pages=False))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    finally:
        run.ProcessPoolExecutor = pool
    assert len(results) == students
    assert not any(result.failure or result.unchanged for result in results)
    return wall, cpu


def graded_once(course: Course) -> Done:
    """The marks of one submission, graded for real; with them all is registered and warm."""
    taken: list[Done] = []
    finish = run._Batch._finish

    def keep(self: Any, graded: Any) -> None:
        taken.extend(done for _, done in graded)
        finish(self, graded)

    run._Batch._finish = keep
    try:
        grade_unit(course, UNIT, Options(pages=False, workers=1), course.students(UNIT)[:1])
    finally:
        run._Batch._finish = finish
    (course.state / "graded.jsonl").unlink()
    return taken[0]


if __name__ == "__main__":
    main()
