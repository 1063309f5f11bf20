"""What student code can see and do inside, and what happens where there is no bubblewrap."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from workflows.attacks.marked_memory import EVERYTHING, NOTES, NOTHING, THIEF

import autograder
from autograder.exercises import find
from autograder.runner import sandbox
from autograder.runner.client import Runner
from autograder.runner.job import AskExercise, RunCell
from autograder.runner.limits import Limits
from autograder.runner.outcome import Outcome, responses

Cells = Callable[..., Outcome]
FILES = {"my/helper.py": b"def double(x): return 2 * x", "data.txt": b"21"}


def said(outcome: Outcome) -> str:
    return "".join(
        output.get("text", output.get("evalue", ""))
        for step in outcome.steps
        for output in step.outputs
    )


@pytest.mark.parametrize(
    "module",
    ["exercise", "exercises", "judge", "feedback", "grading", "course", "batch", "records", "files",
     "runner.client", "runner.sandbox", "nbgrader_plugins", "bank", "cli", "progress", "practice",
     "derived", "random_functions"],
)  # fmt: skip
def test_the_grader_is_not_inside(run: Cells, module: str) -> None:
    assert "No module named" in said(run(f"import autograder.{module}"))


def test_what_a_notebook_needs_is_inside(run: Cells) -> None:
    cells = (
        "import numpy, matplotlib.pyplot, course_bp, ipywidgets",
        "from autograder.check import check, hint",
        "check('quiz1.backward', None), hint('quiz1.backward')",
        "from autograder.variant import variant\nvariant('quiz1', 'ada', course='ml-2026')",
        "matplotlib.pyplot.plot([1, 2]); matplotlib.pyplot.show()",
        "%matplotlib inline",
    )
    outcome = run(*cells)
    assert [step.status for step in outcome.steps] == ["ok"] * 6, said(outcome)


def test_the_course_is_not_inside(run: Cells) -> None:
    here = Path(autograder.__file__).parents[1]
    code = f"import os\nprint(os.path.exists({str(here / 'pyproject.toml')!r}))"
    assert said(run(code)) == "False\n"
    found = "import glob\nprint(glob.glob('/**/gradebook.db') + glob.glob('/*/solutions'))"
    assert said(run(found)) == "[]\n"


def test_a_folder_to_hide_is_hidden_even_inside_the_system() -> None:
    hidden = Path(json.__file__).parent.resolve()
    with Runner(hide=[hidden.with_name("idlelib")]) as runner:
        outcome = runner.run([RunCell(f"import os\nprint(os.listdir('{hidden.parent}/idlelib'))")])
        assert said(outcome) == "[]\n"


def test_there_is_no_network(run: Cells) -> None:
    outcome = run("import socket\nsocket.create_connection(('192.0.2.1', 80), timeout=3)")
    assert "unreachable" in said(outcome)


def test_there_is_nobody_else(run: Cells) -> None:
    code = "import os\nprint(sorted(int(n) for n in os.listdir('/proc') if n.isdigit())[0])"
    assert said(run(code)) == "1\n"
    outcome = run("import os\nfor s in (2, 9, 15): os.kill(1, s)", "print('alive')")
    assert said(outcome).endswith("alive\n")


def test_the_system_cannot_be_written(run: Cells) -> None:
    for path in ("/usr/x", "/x", "/course/library/x", "/etc/x", "/dev/x"):
        assert run(f"open({path!r}, 'w')").steps[0].status == "error", path


def test_student_code_is_nobody_in_particular(run: Cells) -> None:
    code = "import os\nprint(os.getuid() == 0, os.getgroups(), os.access('/proc/1/mem', os.R_OK))"
    assert said(run(code)).startswith("False")
    assert "Permission denied" in said(run("open('/proc/1/environ').read()"))


def test_student_code_has_no_privileges(run: Cells) -> None:
    code = "print([l.split()[1] for l in open('/proc/self/status') if l[:6] in KINDS])"
    kinds = "KINDS = ('CapInh', 'CapPrm', 'CapEff', 'CapAmb', 'NoNewP', 'Seccom')"
    assert said(run(f"{kinds}\n{code}")) == f"{['0' * 16] * 4 + ['1', '2', '1']}\n"


def test_nothing_of_one_submission_reaches_the_next(run: Cells) -> None:
    run(
        "import os, builtins, numpy\nopen('/tmp/left', 'w'); os.chmod('.', 0)\n"
        "builtins.leak = numpy.leak = 1\n"
        "import ctypes; ctypes.CDLL(None).shmget(4711, 4096, 0o1666)",
        "import subprocess; subprocess.Popen(['sleep', '1000'], start_new_session=True)",
    )
    code = (
        "import os, builtins, numpy\n"
        "print(os.listdir('/tmp'), hasattr(builtins, 'leak'), hasattr(numpy, 'leak'))\n"
        "print(len(open('/proc/sysvipc/shm').readlines()))\n"
        "print([n for n in os.listdir('/proc') if n.isdigit() and 'sleep' in "
        "open(f'/proc/{n}/comm').read()])"
    )
    assert said(run(code)) == "[] False False\n1\n[]\n"


def test_nothing_of_one_submission_is_in_the_memory_of_the_next(run: Cells) -> None:
    assert said(run(NOTES, THIEF)) == EVERYTHING
    assert said(run(THIEF)) == NOTHING


def test_where_namespaces_are_refused_a_sandbox_serves_one_submission(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def command(*given: Any) -> tuple[list[str], dict[str, str]]:
        words, environment = allowed(*given)
        place = words.index("CAP_SYS_ADMIN")
        return [*words[: place - 1], *words[place + 1 :]], environment

    allowed = sandbox.command
    monkeypatch.setattr(sandbox, "command", command)
    with Runner() as runner:
        assert not runner._serves_many
        assert said(runner.run([RunCell(NOTES), RunCell(THIEF)])) == EVERYTHING
        assert runner._process is None
        assert said(runner.run([RunCell(THIEF)])) == NOTHING
        assert said(runner.run([RunCell("import os; os._exit(0)"), RunCell("print(2)")])) == "2\n"


def test_every_submission_starts_from_the_same_random_state(run: Cells) -> None:
    code = (
        "import numpy, random\n"
        "print(numpy.random.rand(), random.random(), list({str(n) for n in range(50)}))"
    )
    assert said(run(code)) == said(run(code))


def test_a_sandbox_that_was_killed_is_replaced(runner: Runner) -> None:
    runner.start()
    assert runner._process is not None
    runner._process.kill()
    runner._process.wait()
    assert said(runner.run([RunCell("print(1)")])) == "1\n"


def test_a_sandbox_that_is_killed_at_work_costs_that_submission_alone(runner: Runner) -> None:
    runner.start()
    assert runner._process is not None
    killed = threading.Timer(0.5, runner._process.kill)
    killed.start()
    first = runner.run([RunCell("import time\ntime.sleep(3)")])
    killed.join()
    assert "the runner failed" in first.failure
    assert said(runner.run([RunCell("print(2)")])) == "2\n"


def test_without_bubblewrap_there_is_one_line_that_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(sandbox.NoSandbox) as refusal:
        Runner().start()
    assert "apt-get install bubblewrap" in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_bubblewrap_that_does_not_work_is_explained(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "bwrap"
    broken.write_text(
        "#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n"
    )
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(sandbox.NoSandbox, match="No permissions to create new namespace"):
        Runner().start()


def test_a_warm_process_that_cannot_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sandbox.ENVIRONMENT, "MPLBACKEND", "no such thing")
    with pytest.raises(sandbox.NoSandbox, match="no such thing"):
        Runner().start()


def test_trusted_submissions_run_without_walls(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with Runner(Limits(cell_seconds=2.0), trusted=True) as runner:
        assert list(tmp_path.iterdir())
        outcome = runner.run(
            [
                RunCell("print(1)"),
                RunCell("import os; os._exit(0)"),
                RunCell("while True: pass"),
                RunCell("2"),
            ]
        )
        assert [step.status for step in outcome.steps] == ["ok", "exit", "wall time", "ok"]
    assert list(tmp_path.iterdir()) == []


def test_what_answers_may_not_use_of_the_library_is_not_inside(run: Cells) -> None:
    cells = (
        "from course_bp import grad, Node, exp, sigmoid\nfrom course_bp.network.mlp import MLP",
        "from course_bp.mlp import MLP",
        "print(sigmoid(0.0))",
        "print(len(open('/course/library/course_bp/reverse_mode.py').read()) < 2000)",
        "from pathlib import Path\nimport sys\n"
        "roots = [Path(p) for p in sys.path if 'packages' in p]\n"
        "print([p for root in roots for p in (root / 'course_bp').glob('**/*.py')])",
    )
    assert said(run(*cells)) == "0.5\nTrue\n[]\n"


@pytest.mark.parametrize(
    "use",
    [
        "course_bp.grad(abs)",
        "course_bp.MLP([1, 2])",
        "__import__('course_bp.mlp').mlp.MLP([1, 2])",
        "(course_bp.exp(course_bp.Node(1.0)) * 2).backward()",
        "course_bp.primitives.TABLE['sigmoid'].vjps[0](1.0, 0.5, 0.0)",
        "import course_bp.symbolic as s; s.derivative",
    ],
)
def test_using_it_says_why_it_is_not_there(run: Cells, use: str) -> None:
    outcome = run(f"import course_bp\n{use}()" if "symbolic" in use else f"import course_bp\n{use}")
    assert outcome.steps[0].status == "error"
    assert "own work" in said(outcome).lower()


def test_a_reference_from_a_cell_is_refused_when_asked(runner: Runner) -> None:
    cell = (
        "from course_bp.finite_differences import finite_difference as captured\n"
        "inner = captured(lambda t: t * t)\n"
        "def f(x): return {'y': inner(x)}"
    )
    drawn = [{"x": 3.0}]
    outcome = runner.run([RunCell(cell), AskExercise(find("quiz1.forward"), "f", drawn)])
    (response,) = responses(outcome.steps[1], drawn)
    assert response.fault == "call"
    assert "own work" in response.message.lower()


def test_files_beside_the_notebook_can_be_imported_and_read(runner: Runner) -> None:
    cell = "from my.helper import double\nprint(double(int(open('data.txt').read())))"
    assert said(runner.run([RunCell(cell)], FILES)) == "42\n"
    assert said(runner.run([RunCell("import os; print(os.listdir())")])) == "[]\n"


def test_a_submission_whose_files_do_not_fit_is_not_run_without_them(runner: Runner) -> None:
    files = {"big": bytes(runner.limits.file_bytes + 1), "small": b"x"}
    outcome = runner.run([RunCell("print(1)")], files)
    assert "'big'" in outcome.failure
    assert [step.status for step in outcome.steps] == ["not run"]
    assert said(runner.run([RunCell("print(2)")])) == "2\n"


def test_files_are_there_again_when_the_rest_is_run_again(runner: Runner) -> None:
    spoil = "import os\nos.remove('data.txt'); os.mkdir('data.txt'); os.chmod('.', 0)\nos._exit(0)"
    outcome = runner.run([RunCell(spoil), RunCell("print(open('data.txt').read())")], FILES)
    assert [step.status for step in outcome.steps] == ["exit", "ok"]
    assert said(outcome) == "21\n"


def test_the_times_of_devices_cannot_be_changed_and_the_devices_work(run: Cells) -> None:
    touch = (
        "import os\ntouched = []\n"
        "for folder in ('/dev', '/dev/pts'):\n"
        "    for name in os.listdir(folder):\n"
        "        try: os.utime(os.path.join(folder, name), follow_symlinks=False)\n"
        "        except OSError: continue\n"
        "        touched.append(name)\nprint(touched)"
    )
    use = "open('/dev/null', 'w').write('x'), len(open('/dev/urandom', 'rb').read(8)), os.openpty()"
    first, second = run(touch, use).steps
    assert first.outputs[0]["text"] == "[]\n"
    assert second.status == "ok"
