from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from autograder.grading import submission
from autograder.grading.submission import Unreadable, parse_submission, read_submission

GOOD: dict[str, Any] = {"cells": [{"cell_type": "code", "source": ["a", "b"], "metadata": {}}]}


def file(folder: Path, content: bytes = json.dumps(GOOD).encode()) -> Path:
    path = folder / "ada" / "01" / "01.ipynb"
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    return path


def test_a_notebook_is_read(tmp_path: Path) -> None:
    (cell,) = read_submission(file(tmp_path), tmp_path)
    assert (cell.kind, cell.source) == ("code", "ab")


@pytest.mark.parametrize("what", ["file", "folder"])
def test_links_are_not_followed(tmp_path: Path, what: str) -> None:
    original = file(tmp_path)
    linked = tmp_path / "bob" / "01" / "01.ipynb"
    if what == "file":
        linked.parent.mkdir(parents=True)
        linked.symlink_to(original)
    else:
        (tmp_path / "bob").symlink_to(original.parents[1])
    with pytest.raises(Unreadable, match="is a link"):
        read_submission(linked, tmp_path)


def test_a_link_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    link = file(tmp_path)
    link.unlink()
    link.symlink_to("/nowhere")
    with pytest.raises(Unreadable, match="is a link"):
        read_submission(link, tmp_path)


def test_a_folder_in_place_of_a_notebook_is_refused(tmp_path: Path) -> None:
    path = file(tmp_path)
    path.unlink()
    path.mkdir()
    with pytest.raises(Unreadable, match="is not a file"):
        read_submission(path, tmp_path)


def test_a_missing_notebook_names_what_is_there(tmp_path: Path) -> None:
    path = file(tmp_path)
    path.rename(path.with_name("homework.ipynb"))
    with pytest.raises(Unreadable, match=r"it holds homework\.ipynb"):
        read_submission(path, tmp_path)


def test_a_huge_file_is_not_even_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submission, "MAX_BYTES", 10)
    with pytest.raises(Unreadable, match="too large"):
        read_submission(file(tmp_path), tmp_path)


def test_a_cell_that_is_none_does_no_harm() -> None:
    cells = [3, {}, {"cell_type": "x", "source": 7, "metadata": []}, *GOOD["cells"]]
    read = parse_submission(json.dumps({"cells": cells}).encode(), "x")
    assert [(cell.kind, cell.source) for cell in read][-1] == ("code", "ab")


def test_a_cell_beyond_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submission, "MAX_SOURCE", 1)
    with pytest.raises(Unreadable, match="more than 1 characters"):
        parse_submission(json.dumps(GOOD).encode(), "x")


def test_text_that_is_no_unicode_is_replaced() -> None:
    content = b'{"cells": [{"cell_type": "code", "source": "\\ud800"}]}'
    assert parse_submission(content, "x")[0].source == "?"


def test_the_format_before_2015_is_read_as_todays() -> None:
    old = [
        {"cell_type": "heading", "level": 2, "source": ["Quiz", " 1"]},
        {"cell_type": "html", "source": "<b>x</b>"},
        {"cell_type": "code", "input": ["a", "b"], "metadata": {"nbgrader": {"grade_id": "f"}}},
    ]
    notebook = {"nbformat": 3, "worksheets": [{"cells": old[:1]}, 7, {"cells": [*old[1:], None]}]}
    heading, text, code = parse_submission(json.dumps(notebook).encode(), "x")
    assert (heading.kind, heading.source) == ("markdown", "## Quiz 1")
    assert (text.kind, text.source) == ("markdown", "<b>x</b>")
    assert (code.kind, code.source, code.grade_id) == ("code", "ab", "f")


@pytest.mark.parametrize("level", [10**9, -1, 2.0, "2", None, True])
def test_a_heading_of_no_level_is_one_of_the_first(level: Any) -> None:
    cells = [{"cell_type": "heading", "level": level, "source": "x"}]
    (cell,) = parse_submission(json.dumps({"worksheets": [{"cells": cells}]}).encode(), "x")
    assert cell.source == "# x"


def test_no_schema_is_asked_about_an_old_notebook(monkeypatch: pytest.MonkeyPatch) -> None:
    import nbformat

    def stop(*_: Any, **__: Any) -> Any:
        raise AssertionError("it compares each tag with every other")

    monkeypatch.setattr(nbformat, "convert", stop)
    assert parse_submission(b'{"worksheets": [{"cells": []}]}', "x") == []
