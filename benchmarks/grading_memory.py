"""Does grading a large class take more and more memory? Every process, every 100 submissions.

    .venv/bin/python benchmarks/grading_memory.py --students 2000

The class hands in the example class's notebooks of one unit, again and again under other names.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from grading_speed import COMMAND, REPOSITORY, copy_course, graded_so_far, hand_in
from process_memory import MemoryWatch

UNIT = "02-computation-graphs"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, default=2000)
    parser.add_argument("--every", type=int, default=100)
    parser.add_argument("--pages", action="store_true", help="write the students' pages too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COURSE_BP_SECRET_FILE"] = str(Path(folder, "secret"))
        os.environ["PYTHONPATH"] = str(REPOSITORY)
        bin = str(Path(sys.executable).parent)
        os.environ["PATH"] = os.pathsep.join([bin, os.environ["PATH"]])
        course = new_course(Path(folder, "course"), options.students)
        ledger = course / ".course-bp" / "graded.jsonl"
        command = [*COMMAND, "grade", UNIT, *([] if options.pages else ["--no-pages"])]
        began = time.monotonic()
        batch = subprocess.Popen(command, cwd=course, stdout=subprocess.DEVNULL)
        memory = MemoryWatch(batch.pid, lambda: graded_so_far(ledger))
        memory.start()
        if batch.wait():
            raise SystemExit(f"{' '.join(command)} failed")
        memory.stop()
        print(f"{options.students} submissions in {time.monotonic() - began:.0f} s; MiB held:")
        print(*memory.table(options.every), sep="\n")


def new_course(course: Path, count: int) -> Path:
    copy_course(course)
    hand_in(course, UNIT, count)
    return course


if __name__ == "__main__":
    main()
