"""What the documents show is what happens."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from course_bp import explore

REPOSITORY = Path(__file__).parents[1]
PAGES = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").rglob("*.md"))]


def test_the_readmes_examples_print_what_it_says() -> None:
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    done = doctest.testfile(str(REPOSITORY / "README.md"), False, optionflags=flags)
    assert done.attempted > 5
    assert done.failed == 0


def test_the_self_learners_examples_run(capsys: pytest.CaptureFixture[str]) -> None:
    page = (REPOSITORY / "docs" / "self-learner.md").read_text("utf-8")
    lines = 0
    for block in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
        exec(block, {})
        shown = capsys.readouterr().out
        if "print(task)" in block:
            assert shown.startswith("def f(x, z):\n")
        else:
            lines += shown.count("\n")
    assert lines == 3


def test_the_self_learners_answers_to_practice_are_right() -> None:
    page = (REPOSITORY / "docs" / "self-learner.md").read_text("utf-8")
    (block,) = [one for one in re.findall(r"```python\n(.*?)```", page, re.DOTALL) if "task" in one]
    answer, check = (re.search(rf"task\.{name}\(.*?\)", block) for name in ("answer", "check"))
    assert answer
    assert check
    before = block[: answer.start()] + block[answer.end() : check.start()]
    scope: dict[str, object] = {}
    exec(before, scope)
    for call in (answer, check):
        assert eval(call[0], scope).verdict.full  # noqa: S307


@pytest.mark.parametrize("name", explore.__all__)
def test_the_page_of_explorations_lists_all(name: str) -> None:
    page = (REPOSITORY / "docs" / "explore.md").read_text("utf-8")
    assert f"`explore.{name}(" in page


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(REPOSITORY)) for page in PAGES])
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    by_name = re.findall(r"^\[[^\]]+\]: ([^#:\s]+)$", text, re.MULTILINE)
    for target in re.findall(r"\]\(([^)#:]+)\)", text) + by_name:
        assert (page.parent / target).exists(), target
