from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.files.sharing import (
    group_name,
    open_to_group,
    share_what_is_written,
    user_name,
)


@pytest.fixture(autouse=True)
def umask() -> Iterator[None]:
    """A closed umask, which is put back afterwards."""
    before = os.umask(0o077)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_only_the_group_is_let_in(tmp_path: Path) -> None:
    share_what_is_written()
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "file").touch()
    assert mode(tmp_path / "folder") == 0o770
    assert mode(tmp_path / "folder" / "file") == 0o660


def test_what_is_there_is_opened_and_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for name in ("file", "target"):
        (tmp_path / name).touch()
    (tmp_path / "link").symlink_to("target")
    names = ("folder", "file", "link", "nothing")
    open_to_group(tmp_path / name for name in names)
    assert mode(tmp_path / "folder") == 0o2770
    assert (mode(tmp_path / "file"), mode(tmp_path / "target")) == (0o660, 0o600)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to somebody else")
def test_files_of_others_stay_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    os.chown(file, 64_199, 64_199)
    open_to_group([file])
    assert mode(file) == 0o600


def test_who_has_no_name_is_a_number() -> None:
    assert (user_name(0), group_name(0)) == ("root", "root")
    assert (user_name(64_199), group_name(64_199)) == ("64199", "64199")
