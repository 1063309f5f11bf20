"""Grades a class by course-bp and by stock nbgrader in the same run, and prints the ratio.

    python benchmarks/grading_speed.py                          100 submissions, ratio to nbgrader
    python benchmarks/grading_speed.py --students 2000 --kill   killed in the middle and resumed

A submission is the notebook of two units in one, 12 exercises. The class is the example class of
sixteen, most of whom made a mistake or two, under many names, and three in a hundred hang,
crash or eat memory. Stock nbgrader executes each notebook in a kernel without a sandbox; it
grades a sample, since it takes seconds for each. Both are measured whole, process start included,
without feedback pages, in a course whose gradebook is there.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from process_memory import MemoryWatch

REPOSITORY = Path(__file__).resolve().parents[1]
PARTS = ("02-computation-graphs", "06-logistic-to-network")
UNIT = "20-two-units"
HOSTILE = ["while True: pass", "import os; os._exit(0)", "hog = bytearray(2 ** 40)"]
COMMAND = [sys.executable, "-c", "from autograder.cli.main import main; main()"]
NBGRADER = [sys.executable, "-m", "nbgrader"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, default=100)
    parser.add_argument("--sample", type=int, default=8, help="how many stock nbgrader grades")
    parser.add_argument("--kill", action="store_true", help="kill the batch once, and resume it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        os.environ["COURSE_BP_SECRET_FILE"] = str(root / "secret")
        os.environ["PYTHONPATH"] = str(REPOSITORY)
        bin = str(Path(sys.executable).parent)
        os.environ["PATH"] = os.pathsep.join([bin, os.environ["PATH"]])
        course = new_course(root / "course", options.students)
        stock = stock_course(course, root / "stock", options.sample)
        if options.kill:
            killed_and_resumed(course, options.students)
            return
        ours, cpu = grade(course)
        per_minute = 60 * options.students / ours
        print(
            f"course-bp: {options.students} submissions in {ours:.1f} s, {per_minute:.0f} a minute,"
        )
        hostile = [f"--student={name(number)}" for number in hostile_ones(options.students)]
        _, beside = grade(course, "--force", *hostile)
        ordinary = (cpu - beside) / (options.students - len(hostile))
        print(f"  {cpu:.1f} s of processor time, of which {beside:.1f} s are the start and the")
        print(f"  {len(hostile)} hostile ones; {ordinary:.3f} s an ordinary submission")
        began = time.monotonic()
        run([*NBGRADER, "autograde", UNIT], stock)
        seconds = time.monotonic() - began
        print(f"nbgrader:  {options.sample} submissions in {seconds:.1f} s, ", end="")
        print(f"{60 * options.sample / seconds:.1f} a minute")
        print(f"ratio:     {per_minute / (60 * options.sample / seconds):.1f}")
        same = all(scores(course, who) == scores(stock, who) for who in students(stock))
        print(f"scores of the sample identical: {same}")


def copy_course(course: Path) -> None:
    """The course's texts, examples and configuration, in a folder of their own."""
    shutil.copytree(REPOSITORY / "solutions", course / "solutions")
    shutil.copytree(REPOSITORY / "examples", course / "examples")
    shutil.copy(REPOSITORY / "nbgrader_config.py", course)


def hand_in(course: Path, unit: str, count: int) -> None:
    """Releases a unit, and hands in what the example class did, again and again."""
    run([*COMMAND, "build", unit], course)
    run([*NBGRADER, "generate_assignment", "--force", unit], course)
    made = ["--unit", unit, "--into", str(course / "some")]
    run([sys.executable, "examples/build_class.py", *made], course)
    examples = sorted(course.glob(f"some/*/{unit}/{unit}.ipynb"))
    for number in range(count):
        path = course / "submitted" / name(number) / unit / f"{unit}.ipynb"
        path.parent.mkdir(parents=True)
        shutil.copy(examples[number % len(examples)], path)


def new_course(course: Path, count: int) -> Path:
    copy_course(course)
    with (course / "nbgrader_config.py").open("a") as config:
        config.write('c.GradeInSandbox.limits = {"cell_seconds": 5.0}\n')
    two_units_in_one(course)
    hand_in(course, UNIT, count)
    for which, number in enumerate(hostile_ones(count)):
        path = course / "submitted" / name(number) / UNIT / f"{UNIT}.ipynb"
        add_cell(path, HOSTILE[which % len(HOSTILE)])
    return course


def name(number: int) -> str:
    return f"s{number:04}"


def hostile_ones(count: int) -> range:
    return range(min(32, count - 1), count, 33)


def two_units_in_one(course: Path) -> None:
    """Joins two units and what the example class wrote for them."""
    source = course / "solutions" / UNIT / f"{UNIT}.py"
    source.parent.mkdir()
    first, second = ((course / "solutions" / part / f"{part}.py").read_text() for part in PARTS)
    source.write_text(f"{first}\n{second.replace('imports', 'imports-2', 1)}")
    for student in (course / "examples" / "students").iterdir():
        if all((student / f"{part}.py").is_file() for part in PARTS):
            texts = [student / f"{part}.py" for part in PARTS]
            (student / f"{UNIT}.py").write_text("\n".join(text.read_text() for text in texts))
            for text in texts:
                text.unlink()


def add_cell(path: Path, source: str) -> None:
    notebook = json.loads(path.read_bytes())
    cell = {"cell_type": "code", "source": source, "metadata": {}, "id": "hostile"}
    notebook["cells"].insert(5, {**cell, "outputs": [], "execution_count": None})
    path.write_text(json.dumps(notebook))


def stock_course(course: Path, stock: Path, sample: int) -> Path:
    """The same course with nbgrader's own preprocessors, and the first few submissions."""
    shutil.copytree(course, stock, ignore=shutil.ignore_patterns("submitted", "autograded"))
    config = (stock / "nbgrader_config.py").read_text()
    start, end = (
        config.index("c.Autograde.sanitize"),
        config.index("]\n", config.index('[\n    "auto')) + 2,
    )
    (stock / "nbgrader_config.py").write_text(config[:start] + config[end:])
    for folder in sorted((course / "submitted").iterdir())[:sample]:
        shutil.copytree(folder, stock / "submitted" / folder.name)
    return stock


def grade(course: Path, *arguments: str) -> tuple[float, float]:
    """Wall seconds and processor seconds of grading, all processes together; prints memory."""
    before = processor_seconds()
    began = time.monotonic()
    ledger = course / ".course-bp" / "graded.jsonl"
    command = [*COMMAND, "grade", UNIT, "--no-pages", *arguments]
    batch = subprocess.Popen(command, cwd=course, stdout=subprocess.DEVNULL)
    memory = MemoryWatch(batch.pid, lambda: graded_so_far(ledger))
    memory.start()
    if batch.wait():
        raise SystemExit(f"{' '.join(command)} failed")
    seconds = time.monotonic() - began
    memory.stop()
    if not arguments:
        print("memory of the largest process of each kind:", *memory.report(), sep="\n")
    return seconds, processor_seconds() - before


def killed_and_resumed(course: Path, count: int) -> None:
    ledger = course / ".course-bp" / "graded.jsonl"
    began = time.monotonic()
    batch = subprocess.Popen(
        [*COMMAND, "grade", UNIT, "--no-pages"], cwd=course, stdout=subprocess.DEVNULL
    )
    while batch.poll() is None and graded_so_far(ledger) < count // 2:
        time.sleep(0.2)
    os.kill(batch.pid, signal.SIGKILL)
    batch.wait()
    at_kill = graded_so_far(ledger)
    print(f"killed after {at_kill} of {count}, at {time.monotonic() - began:.0f} s")
    run([*COMMAND, "grade", UNIT, "--no-pages"], course)
    lines = [json.loads(line)[0] for line in ledger.read_text().splitlines()]
    print(f"resumed and done at {time.monotonic() - began:.0f} s")
    print(f"graded: {len(set(lines))} submissions, {len(lines) - len(set(lines))} of them twice")
    scored = [student for student in students(course) if scores(course, student)]
    print(f"in the gradebook, with a score: {len(scored)}")


def graded_so_far(ledger: Path) -> int:
    return len(ledger.read_text().splitlines()) if ledger.exists() else 0


def students(course: Path) -> list[str]:
    return sorted(path.name for path in (course / "submitted").iterdir())


def scores(course: Path, student: str) -> dict[str, float]:
    import sqlite3

    query = (
        "SELECT base_cell.name, grade.auto_score FROM grade JOIN base_cell ON "
        "grade.cell_id = base_cell.id JOIN submitted_notebook ON grade.notebook_id = "
        "submitted_notebook.id JOIN submitted_assignment ON submitted_notebook.assignment_id = "
        "submitted_assignment.id WHERE student_id = ? AND grade.auto_score IS NOT NULL"
    )
    with sqlite3.connect(course / "gradebook.db") as database:
        return dict(database.execute(query, (student,)).fetchall())


def processor_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def run(command: list[str], course: Path) -> None:
    done = subprocess.run(command, cwd=course, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}\n{done.stderr}")


if __name__ == "__main__":
    main()
