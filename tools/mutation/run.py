"""Mutation testing: makes small changes to the judge and the gradient checker, and runs tests.

Run it with the environment that has cosmic-ray (see requirements.txt), from a clean checkout:
cosmic-ray changes the files in place, one change at a time, and puts them back. A run leaves a
session, `judge.sqlite` and the like; after new tests, `--survivors` runs what survived there again.
"""

from __future__ import annotations

import argparse
import ast
import random
import re
import shlex
import subprocess
import sys
from collections import Counter
from difflib import unified_diff
from functools import cache
from pathlib import Path
from typing import Any

from cosmic_ray.config import load_config
from cosmic_ray.mutating import mutate_code, use_mutation
from cosmic_ray.plugins import get_operator
from cosmic_ray.util import restore_contents
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec, TestOutcome, WorkerOutcome, WorkItem, WorkResult

Span = tuple[tuple[int, int], tuple[int, int]]
HERE = Path(__file__).parent
# No float can be shifted or masked, so that any test that reaches the line notices; and nobody
# writes `is` for `<`.
UNLIKELY = re.compile(
    r"BinaryOperator_.*_(RShift|LShift|BitAnd|BitOr|BitXor)$|ComparisonOperator_(?!Is).*_Is(Not)?$"
)
COSMIC_RAY = Path(sys.executable).with_name("cosmic-ray")


def run(config: Path, count: int, seed: int, survivors: bool) -> None:
    """Runs one configuration on a sample of its mutants and reports those that survive."""
    session = Path(f"{config.stem}.sqlite")
    if survivors:
        session, first = Path(f"{config.stem}-survivors.sqlite"), session
    session.unlink(missing_ok=True)
    subprocess.run([COSMIC_RAY, "init", str(config), str(session)], check=True)
    with use_db(session) as database:
        every = sorted(filter(_is_telling, database.work_items), key=_place)
        kept = _those_of(first, every) if survivors else every
        # In random order, so that a run that is stopped has been a sample.
        kept = random.Random(seed).sample(kept, min(count or len(kept), len(kept)))
        database.clear()
        database.add_work_items(kept)
    print(f"{session.stem}: {len(kept)} of {len(every)} mutants", flush=True)
    try:
        _test_each(load_config(str(config)), session, kept)
    finally:
        _report(session)


def _test_each(config: Any, session: Path, items: list[WorkItem]) -> None:
    """Makes each change, asks the tests, and writes down whether they noticed."""
    python, _, _, *arguments = shlex.split(config["test-command"])
    command = [python, str(HERE / "forks.py"), *arguments]
    with (
        use_db(session) as database,
        subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        ) as process,
    ):
        if not _passes(process, config["timeout"]):
            raise SystemExit(f"{session.stem}: the tests fail on the code as it is")
        for module in map(Path, config["module-path"]):
            with restore_contents(module):
                module.write_text("raise ImportError", encoding="utf-8")
                if _passes(process, config["timeout"]):
                    raise SystemExit(f"{session.stem}: the tests do not use {module}")
        for item in items:
            mutation = item.mutations[0]
            diff = _diff(mutation)
            operator = get_operator(mutation.operator_name)(**mutation.operator_args)
            with use_mutation(mutation.module_path, operator, mutation.occurrence):
                passed = _passes(process, config["timeout"])
            outcome = TestOutcome.SURVIVED if passed else TestOutcome.KILLED
            result = WorkResult(WorkerOutcome.NORMAL, test_outcome=outcome, diff=diff)
            database.set_result(item.job_id, result)


def _passes(process: subprocess.Popen[str], seconds: float) -> bool:
    process.stdin.write(f"{seconds:.0f}\n")
    process.stdin.flush()
    return {"passed\n": True, "failed\n": False}[process.stdout.readline()]


def _place(item: WorkItem) -> tuple[Any, ...]:
    mutation = item.mutations[0]
    return (
        str(mutation.module_path),
        mutation.start_pos,
        mutation.operator_name,
        mutation.occurrence,
    )


def _is_telling(item: WorkItem) -> bool:
    """Whether a change is one that tests can notice, and do not notice whatever they are."""
    mutation = item.mutations[0]
    if UNLIKELY.search(mutation.operator_name):
        return False
    spans = _annotations(mutation.module_path)
    return not any(start <= mutation.start_pos and mutation.end_pos <= end for start, end in spans)


@cache
def _annotations(module: Path) -> list[Span]:
    """Where a module's type annotations are: Python does not evaluate them."""
    nodes = [
        getattr(node, field, None)
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        for field in ("annotation", "returns")
    ]
    return [((n.lineno, n.col_offset), (n.end_lineno, n.end_col_offset)) for n in nodes if n]


def _those_of(session: Path, items: list[WorkItem]) -> list[WorkItem]:
    """The mutants that change the same words as the survivors of a session, wherever those are."""
    survived: dict[tuple[Path, str], set[str]] = {}
    for item, result in _survivors(session):
        survived.setdefault(_kind(item), set()).add(_changes(result.diff))
    return [
        item
        for item in items
        if _kind(item) in survived and _changes(_diff(item.mutations[0])) in survived[_kind(item)]
    ]


def _kind(item: WorkItem) -> tuple[Path, str]:
    return item.mutations[0].module_path, item.mutations[0].operator_name


def _diff(mutation: MutationSpec) -> str:
    before = mutation.module_path.read_text(encoding="utf-8")
    operator = get_operator(mutation.operator_name)(**mutation.operator_args)
    after = mutate_code(before, operator, mutation.occurrence)
    return "\n".join(unified_diff(before.split("\n"), after.split("\n"), lineterm=""))


def _changes(diff: str) -> str:
    """The changed lines of a diff without what says where they are."""
    lines = [line for line in diff.splitlines() if line[:1] in "+-"]
    return "\n".join(line for line in lines if not line.startswith(("+++", "---")))


def _survivors(session: Path) -> list[tuple[WorkItem, WorkResult]]:
    with use_db(session, WorkDB.Mode.open) as database:
        results = sorted(database.completed_work_items, key=lambda pair: _place(pair[0]))
    return [pair for pair in results if not pair[1].is_killed]


def _report(session: Path) -> None:
    with use_db(session, WorkDB.Mode.open) as database:
        done = [str(item.mutations[0].module_path) for item, _ in database.completed_work_items]
    survivors = _survivors(session)
    for item, result in survivors:
        place = item.mutations[0]
        print(f"\n{place.module_path}:{place.start_pos[0]} {place.operator_name}")
        print(_changes(result.diff))
    print()
    left = Counter(str(item.mutations[0].module_path) for item, _ in survivors)
    for module, count in sorted(Counter(done).items()):
        print(f"{module}: {count - left[module]} of {count} killed")
    print(f"{session.stem}: {len(done) - len(survivors)} of {len(done)} killed")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=0, help="mutants a configuration; 0 is all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--survivors", action="store_true", help="only what survived in the session that is here"
    )
    parser.add_argument("only", nargs="*", help="names of configurations, such as judge")
    options = parser.parse_args()
    for path in sorted(HERE.glob("*.toml")):
        if not options.only or path.stem in options.only:
            run(path, options.sample, options.seed, options.survivors)
