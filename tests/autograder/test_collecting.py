"""Archives of an LMS: honest ones are unpacked, bombs, traversal and links are not."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import pytest

from autograder.collecting import MIB, SafeExtractor


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "archive").mkdir()
    return tmp_path / "archive", tmp_path / "extracted"


def pack(members: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return content.getvalue()


def unpacked(folders: tuple[Path, Path], content: bytes, **limits: int) -> dict[str, bytes]:
    source, target = folders
    (source / "lms.zip").write_bytes(content)
    SafeExtractor(**limits).extract(str(source), str(target))
    everything = [path for path in target.rglob("*") if path.is_file()]
    return {str(path.relative_to(target)): path.read_bytes() for path in everything}


def test_an_archive_with_archives_in_it_is_unpacked(folders: tuple[Path, Path]) -> None:
    inner = pack({"unit.ipynb": b"bob"})
    (folders[0] / "plain.ipynb").write_bytes(b"plain")
    assert unpacked(folders, pack({"ada/unit.ipynb": b"ada", "bob.zip": inner})) == {
        "lms/ada/unit.ipynb": b"ada",
        "lms/bob/unit.ipynb": b"bob",
        "plain.ipynb": b"plain",
    }


@pytest.mark.parametrize("name", ["../out", "a/../../out", "/etc/out", "..\\out", "C:out"])
def test_what_would_leave_the_folder_stays_packed(folders: tuple[Path, Path], name: str) -> None:
    assert unpacked(folders, pack({name: b"x", "ada.ipynb": b"ada"})) == {"lms/ada.ipynb": b"ada"}
    assert not list(folders[0].parent.rglob("out"))


def test_a_link_stays_packed_and_a_link_beside_is_not_followed(
    folders: tuple[Path, Path], tmp_path: Path
) -> None:
    (tmp_path / "gradebook").write_text("secret")
    (folders[0] / "beside.ipynb").symlink_to(tmp_path / "gradebook")
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        link = zipfile.ZipInfo("link.ipynb")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, str(tmp_path / "gradebook"))
        archive.writestr("ada.ipynb", b"ada")
    assert unpacked(folders, content.getvalue()) == {"lms/ada.ipynb": b"ada"}


def test_a_bomb_stops_at_the_limit(folders: tuple[Path, Path]) -> None:
    bomb = pack({"ada.ipynb": b"ada", "bomb": bytes(8 * MIB), "never": b"x"})
    assert len(bomb) < MIB
    assert unpacked(folders, bomb, max_file_bytes=MIB) == {"lms/ada.ipynb": b"ada"}


@pytest.mark.parametrize(
    "limits", [{"max_bytes": 3 * MIB}, {"max_files": 3}, {"max_depth": 1}], ids=str
)
def test_many_small_things_stop_at_the_limit_too(
    folders: tuple[Path, Path], limits: dict[str, int]
) -> None:
    layer = pack({f"{number}": bytes(MIB) for number in range(4)})
    found = unpacked(folders, pack({"a.zip": layer, "b.zip": layer}), **limits)
    assert sum(map(len, found.values())) <= 3 * MIB
    assert len(found) <= 3


def test_a_damaged_archive_does_not_stop_the_others(folders: tuple[Path, Path]) -> None:
    (folders[0] / "first.zip").write_bytes(b"PK no archive")
    assert unpacked(folders, pack({"ada.ipynb": b"ada"})) == {"lms/ada.ipynb": b"ada"}
