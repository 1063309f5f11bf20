"""What build says, to a person and to a program."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from rich.console import Console

from autograder.cli import tables
from autograder.course.folder import CONFIG_FILE

UNIT = "06-logistic-to-network"
REPOSITORY = Path(__file__).parents[3]
Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def text(folder: Path) -> Path:
    """The text of one unit, in a course folder with nothing built."""
    shutil.copy(REPOSITORY / CONFIG_FILE, folder)
    source = REPOSITORY / "solutions" / UNIT / f"{UNIT}.py"
    target = folder / source.relative_to(REPOSITORY)
    target.parent.mkdir(parents=True)
    return Path(shutil.copy(source, target))


def test_a_dry_run_names_the_notebooks_and_writes_none(
    text: Path, folder: Path, call: Call
) -> None:
    before = sorted(folder.rglob("*"))
    assert call("build", "--dry-run")[:2] == (0, f"would write notebooks/{UNIT}/{UNIT}.ipynb\n")
    told = json.loads(call("build", "--dry-run", "--sources-only", "--json")[1])
    assert told == {"written": [], "planned": [f"solutions/{UNIT}/{UNIT}.ipynb"]}
    assert sorted(folder.rglob("*")) == before


def test_a_dry_run_finds_a_text_that_will_not_do(text: Path, call: Call) -> None:
    wrong = text.read_text("utf-8").replace('check="quiz2.forward"', 'check="quiz2.forwards"')
    text.write_text(wrong)
    status, _, err = call("build", "--dry-run")
    assert (status, "quiz2.forwards" in err) == (2, True)


@pytest.mark.slow
@pytest.mark.parametrize("words", [(), ("06",), ("--dry-run",)])
@pytest.mark.parametrize("built", [False, True])
def test_a_folder_whose_text_has_another_name_is_not_passed_over(
    text: Path, folder: Path, call: Call, words: tuple[str, ...], built: bool
) -> None:
    if built:
        assert call("build")[0] == 0
    text.parent.rename(text.parent.with_name("06-logistic"))
    (status, out, err), notebook = call("build", *words), f" and {UNIT}.ipynb to 06-logistic.ipynb"
    assert (status, out) == (2, "")
    assert "solutions/06-logistic has no text of its own name, so it is not a unit: " in err
    assert f"rename {UNIT}.py to 06-logistic.py{notebook * built} in that folder, or give" in err
    assert not (folder / "notebooks" / "06-logistic").exists()


def test_an_exercise_that_a_text_leaves_out_is_named(text: Path, call: Call) -> None:
    text.write_text(text.read_text("utf-8").replace(' check="quiz2.forward"', ""))
    status, _, err = call("build", "--dry-run")
    assert (status, f"{UNIT} leaves out quiz2.forward" in " ".join(err.split())) == (0, True)


def test_json_names_what_was_written(text: Path, folder: Path, call: Call) -> None:
    status, out, _ = call("build", "--sources-only", "--json")
    assert status == 0
    (written,) = json.loads(out)["written"]
    assert json.loads((folder / written).read_bytes())["cells"]


def test_a_bar_goes_a_step_a_notebook(
    text: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[object] = []

    @contextmanager
    def bar(console: Console, label: str, total: int) -> Iterator[Callable[[str], None]]:
        steps.append((console.stderr, total))
        yield steps.append

    monkeypatch.setattr(tables, "progress_bar", bar)
    assert call("build", "--sources-only", "--json")[0] == 0
    assert steps == [(True, 1), UNIT]
