from __future__ import annotations

import stat
from pathlib import Path

import pytest

from autograder.course.secret import (
    VARIABLE,
    BadSecret,
    fingerprint,
    hidden_seed,
    load_secret,
    secret_path,
)


@pytest.fixture(autouse=True)
def path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "deep" / "course.secret"))
    return tmp_path / "deep" / "course.secret"


def test_it_is_made_once_and_only_its_owner_can_read_it(path: Path) -> None:
    first = load_secret("course")
    assert len(first) == 32
    assert load_secret("course") == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [other.name for other in path.parent.iterdir()] == [path.name]


def test_two_courses_have_files_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE)
    assert secret_path("one") != secret_path("two")
    assert secret_path("../evil/name").name == ".._evil_name.secret"


def test_a_secret_that_others_can_read_is_refused(path: Path) -> None:
    load_secret("course")
    path.chmod(0o644)
    with pytest.raises(BadSecret, match="chmod 600"):
        load_secret("course")


@pytest.mark.parametrize("content", ["", "abc", "zz" * 32, "00" * 31])
def test_what_is_no_secret_is_refused(path: Path, content: str) -> None:
    path.parent.mkdir()
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(BadSecret, match="Remove it"):
        load_secret("course")


def test_seeds_differ_by_exercise_and_secret() -> None:
    seeds = {hidden_seed(bytes([n]) * 32, name) for n in (0, 1) for name in ("a", "b")}
    assert len(seeds) == 4
    assert hidden_seed(b"x" * 32, "a") == hidden_seed(b"x" * 32, "a")
    assert fingerprint(b"x" * 32) != fingerprint(b"y" * 32)
