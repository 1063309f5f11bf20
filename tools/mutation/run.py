"""Mutation testing: makes small changes to the judge and the gradient checker, and runs tests.

Run it with the environment that has cosmic-ray (see requirements.txt), from a clean checkout:
cosmic-ray changes the files in place, one change at a time, and puts them back.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
from pathlib import Path

from cosmic_ray.work_db import use_db

HERE = Path(__file__).parent
COSMIC_RAY = Path(sys.executable).with_name("cosmic-ray")
# Changes that cannot be seen or that Python does not evaluate: annotations read as unions.
UNSEEN = ("BinaryOperator_BitOr",)


def run(config: Path, count: int, seed: int) -> None:
    """Runs one configuration on a sample of its mutants and reports those that survive."""
    session = Path(f"{config.stem}.sqlite")
    session.unlink(missing_ok=True)
    subprocess.run([COSMIC_RAY, "init", str(config), str(session)], check=True)
    _sample(session, count, seed)
    subprocess.run([COSMIC_RAY, "exec", str(config), str(session)], check=True)
    _report(session)


def _sample(session: Path, count: int, seed: int) -> None:
    """Leaves so many mutants, drawn with a fixed seed; 0 leaves all."""
    with use_db(session) as database:
        items = sorted(
            (item for item in database.work_items),
            key=lambda item: [
                (str(m.module_path), m.start_pos, m.operator_name, m.occurrence)
                for m in item.mutations
            ],
        )
        seen = [
            item
            for item in items
            if not any(word in m.operator_name for m in item.mutations for word in UNSEEN)
        ]
        kept = random.Random(seed).sample(seen, min(count, len(seen))) if count else seen
        database.clear()
        database.add_work_items(kept)
        print(f"{session.stem}: {len(kept)} of {len(seen)} mutants", flush=True)


def _report(session: Path) -> None:
    with use_db(session) as database:
        results = list(database.completed_work_items)
    survived = [
        (item, result) for item, result in results if result.test_outcome.value == "survived"
    ]
    print(f"{session.stem}: {len(results) - len(survived)} of {len(results)} killed")
    for item, result in survived:
        mutation = item.mutations[0]
        print(f"\n{mutation.module_path}:{mutation.start_pos[0]} {mutation.operator_name}")
        changed = [line for line in (result.diff or "").splitlines() if line[:1] in "+-"]
        print("\n".join(line for line in changed if not line.startswith(("+++", "---"))))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=0, help="mutants a configuration; 0 is all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("only", nargs="*", help="names of configurations: judge, gradient_check")
    options = parser.parse_args()
    for path in sorted(HERE.glob("*.toml")):
        if not options.only or path.stem in options.only:
            run(path, options.sample, options.seed)
