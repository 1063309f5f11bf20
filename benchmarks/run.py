"""Compare course_bp with its peers: `python benchmarks/run.py [--threads N] [--rounds N]`.

Run it in an environment that has benchmarks/requirements.txt installed and the repository on
its path; `make bench` makes one. Ratios are medians over rounds; smaller is faster.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def import_cost(rounds: int = 9) -> float:
    """Milliseconds that `import course_bp` adds over `import numpy`, best of several processes."""
    code = (
        "import time, numpy; t = time.perf_counter(); import course_bp; {touch}; "
        "print(time.perf_counter() - t)"
    )
    found = []
    for touch in ("course_bp", "course_bp.grad, course_bp.exp"):
        command = [sys.executable, "-c", code.format(touch=touch)]
        times = [
            float(subprocess.run(command, capture_output=True, text=True, cwd=ROOT).stdout)
            for _ in range(rounds)
        ]
        found.append(statistics.median(times) * 1e3)
    print(f"import course_bp adds {found[0]:.1f} ms, with its engine in use {found[1]:.1f} ms\n")
    return found[1]


def chain_memory() -> None:
    """Print the memory that a chain of scalar operations takes, each length in its own process."""
    code = (
        "import resource, course_bp as bp\n"
        "used = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "y = x = bp.Node(1.0); before = used()\n"
        "for _ in range({n}): y = y * 1.0000001\n"
        "y.backward(); print((used() - before) * 1024)"
    )
    for n in (100_000, 1_000_000):
        command = [sys.executable, "-c", code.format(n=n)]
        found = int(subprocess.run(command, capture_output=True, text=True, cwd=ROOT).stdout)
        print(f"a chain of {n:,} operations and its backward pass: {found / n:.0f} bytes each")
    print()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=1, help="of the linear algebra libraries")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--only", help="networks or scalars")
    settings = parser.parse_args()
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = str(settings.threads)
    sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

    import networks
    import numpy as np
    import scalars
    import torch
    from goals import cheap_gradient, report
    from measure import race, table

    torch.set_num_threads(settings.threads)
    print(f"NumPy {np.__version__}, PyTorch {torch.__version__}, {settings.threads} thread(s)\n")
    results = {}
    rounds = settings.rounds
    if settings.only != "scalars":
        for title, make, repeats in (
            ("20-line network 64 × 1000 → 100 → 10", networks.twenty_lines, 20),
            ("ReLU network 128 × 784 → 256 → 10, softmax CE", networks.relu_network, 10),
            ("XOR 4 × 2 → 3 → 1", networks.xor, 200),
        ):
            steps = make()
            networks.agree(steps)
            results[title] = race(steps, rounds, repeats)
            print(table(title, results[title], "hand-written NumPy"), "\n")
    if settings.only != "networks":
        title = "scalar MLP 2-16-16-1, 20 points"
        steps = scalars.perceptron()
        scalars.agree(steps)
        results[title] = race(steps, max(rounds // 2, 3), 3)
        print(table(title, results[title], "course_bp graph"), "\n")
        for length in (100_000, 1_000_000):
            title = f"chain of {length:,} scalar operations"
            steps = scalars.chain(length)
            if length > 100_000:
                steps = {"course_bp graph": steps["course_bp graph"]}
            else:
                scalars.agree(steps)
            results[title] = race(steps, 3, 1)
            print(table(title, results[title], "course_bp graph"), "\n")
    chain_memory()
    cheap_gradient()
    report(results, import_cost())


if __name__ == "__main__":
    main()
