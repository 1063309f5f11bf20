"""How fast the explorations are: steps a second on a graph of 500 nodes, and XOR's training.

    python benchmarks/explore.py

Needs Chromium and the development packages; it is no part of the tests.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, sync_playwright

from course_bp import Node, explore, tanh
from course_bp.explore.ideas._network_picture import NetworkPicture
from course_bp.explore.ideas._network_training import EPOCHS_A_FRAME, Settings, Training
from course_bp.explore.stage.page import write_page
from course_bp.explore.stage.player import Player

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
# As many steps as the screen shows: each waits for the frame of the one before to be painted.
STEPS = """(count) => new Promise((done) => {
  const step = [...document.querySelectorAll('.bp-bar button')]
    .find((b) => b.textContent.includes('Step'));
  const start = performance.now();
  const next = (left) => {
    if (!left) { done((performance.now() - start) / count); return; }
    step.click();
    requestAnimationFrame(() => next(left - 1));
  };
  requestAnimationFrame(() => next(count));
})"""
WORK = """(count) => {
  const step = [...document.querySelectorAll('.bp-bar button')]
    .find((b) => b.textContent.includes('Step'));
  const start = performance.now();
  for (let i = 0; i < count; i++) { step.click(); document.body.getBoundingClientRect(); }
  return (performance.now() - start) / count;
}"""


def network_graph(nodes: int) -> Node:
    """A network of scalars with about so many nodes."""
    rng = np.random.default_rng(0)
    values: list[Node] = [Node(float(x), f"x{i}") for i, x in enumerate(rng.normal(size=4))]
    count, layer = len(values), 0
    while count < nodes:
        layer += 1
        new = []
        for unit in range(4):
            total: Node | None = None
            for i, value in enumerate(values):
                product = Node(float(rng.normal()), f"w{layer}_{unit}{i}") * value
                total = product if total is None else total + product
            assert total is not None
            new.append(tanh(total))
            count += 3 * len(values)
        values = new
    return values[0] + values[1] + values[2] + values[3]


def stepper(nodes: int, chromium: str) -> None:
    """Print what a step of the forward and of the backward pass takes."""
    start = time.perf_counter()
    player = explore.step(network_graph(nodes))
    made = time.perf_counter() - start
    print(f"graph of {nodes} nodes, {len(player.current.frames)} frames: made in {made:.2f} s")
    with shown(player, chromium) as page:
        for name in ("Forward pass", "Backward pass"):
            go = page.get_by_role("button", name=name)
            go.click()
            spent = page.evaluate(STEPS, 200)
            go.click()
            work = page.evaluate(WORK, 200)
            print(
                f"  {name}: {1000 / spent:.0f} steps a second on the screen ({spent:.1f} ms each), "
                f"{work:.2f} ms of work, layout included"
            )


def playground(chromium: str) -> None:
    """Print how fast XOR trains, with everything that is shown, and how fast it is shown."""
    training = Training(Settings())
    picture = NetworkPicture(training)
    start = time.perf_counter()
    while not training.stopped:
        training.advance(1)
        picture.frame(len(training.history) - 1)
    spent = time.perf_counter() - start
    frames = len(training.history) - 1
    print(
        f"playground, XOR with 3 hidden units: {frames} frames of {EPOCHS_A_FRAME} epochs in "
        f"{spent:.2f} s, {frames / spent:.0f} a second, until {training.stopped}"
    )
    with shown(explore.playground(frames=100), chromium) as page:
        page.get_by_role("button", name="Reset").click()
        spent = page.evaluate(STEPS, frames)
    print(f"  {1000 / spent:.0f} frames a second on the screen ({spent:.1f} ms each)")


@contextmanager
def shown(player: Player, chromium: str) -> Iterator[Page]:
    """The player on a page of its own."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = write_page(Path(folder) / "page.html", [[({}, player.current)]])
        browser = playwright.chromium.launch(executable_path=chromium, headless=True, args=FLAGS)
        page = browser.new_page(viewport={"width": 1300, "height": 900})
        page.goto(file.as_uri())
        page.locator(".bp-player svg").wait_for()
        yield page
        browser.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, default=500)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    arguments = parser.parse_args()
    stepper(arguments.nodes, arguments.chromium)
    playground(arguments.chromium)
