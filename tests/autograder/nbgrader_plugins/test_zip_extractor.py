"""Archives of an LMS: honest ones are unpacked, bombs, traversal and links are not."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest
from nbgrader.apps import ZipCollectApp
from nbgrader.plugins import FileNameCollectorPlugin

from autograder.nbgrader_plugins.zip_extractor import MIB, SafeExtractor, directory_bytes


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


def unpacked(folders: tuple[Path, Path], content: bytes, **limits: Any) -> dict[str, bytes]:
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


def test_a_bomb_stops_at_the_limit_and_costs_nobody_else_anything(
    folders: tuple[Path, Path],
) -> None:
    bomb = pack({"ada.ipynb": b"ada", "bomb": bytes(8 * MIB), "zoe.ipynb": b"zoe"})
    assert len(bomb) < MIB
    found = unpacked(folders, bomb, max_file_bytes=MIB)
    assert found == {"lms/ada.ipynb": b"ada", "lms/zoe.ipynb": b"zoe"}


@pytest.mark.parametrize(
    "limits",
    [{"max_student_bytes": MIB}, {"max_student_files": 2}, {"max_depth": 1}],
    ids=str,
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


@pytest.mark.parametrize(
    "inner",
    [
        b"PK no archive",
        pack({str(number): b"x" for number in range(20)}),
        pack({"large": bytes(2 * MIB)}),
        pack({"deeper.zip": pack({"deepest.zip": pack({"x": b"x"})})}),
    ],
    ids=["damaged", "many", "large", "deep"],
)
def test_what_one_student_packed_costs_nobody_else_anything(
    folders: tuple[Path, Path], inner: bytes
) -> None:
    archive = pack({"eve.zip": inner, "zoe.ipynb": b"zoe"})
    found = unpacked(folders, archive, max_student_files=5, max_student_bytes=MIB)
    assert found.pop("lms/zoe.ipynb") == b"zoe"
    assert len(found) <= 5
    assert sum(map(len, found.values())) <= MIB


def test_what_one_student_handed_in_unpacked_costs_nobody_else_anything(
    folders: tuple[Path, Path],
) -> None:
    flood = {f"eve_1/{number}.dat": bytes(MIB) for number in range(9)}
    archive = pack({**flood, "zoe_2/unit.ipynb": b"zoe"})
    found = unpacked(folders, archive, max_student_files=7, max_student_bytes=3 * MIB)
    assert found.pop("lms/zoe_2/unit.ipynb") == b"zoe"
    assert set(map(len, found.values())) == {MIB}
    assert len(found) == 3


def test_one_who_hands_in_more_files_than_an_archive_should_have_crowds_nobody_out(
    folders: tuple[Path, Path], caplog: pytest.LogCaptureFixture
) -> None:
    flood = {f"eve_1/{number}.dat": b"" for number in range(50)}
    archive = pack({**flood, "zoe_2/unit.ipynb": b"zoe"})
    found = unpacked(folders, archive, max_files=20, max_student_files=7)
    assert found.pop("lms/zoe_2/unit.ipynb") == b"zoe"
    assert len(found) == 7
    assert len(caplog.messages) == 1


def test_names_that_cannot_be_used_fill_no_log(
    folders: tuple[Path, Path], caplog: pytest.LogCaptureFixture
) -> None:
    flood = {f"../{number}": b"" for number in range(50)}
    found = unpacked(folders, pack({**flood, "/": b"", "zoe": b"zoe"}), max_student_files=7)
    assert found == {"lms/zoe": b"zoe"}
    assert len(caplog.messages) == 8


def test_any_number_of_students_use_their_budgets(folders: tuple[Path, Path]) -> None:
    archive = pack({f"s{number}/unit.ipynb": bytes(MIB) for number in range(20)})
    assert len(unpacked(folders, archive, max_student_files=1, max_student_bytes=MIB)) == 20


def test_a_list_of_files_without_end_is_not_read(folders: tuple[Path, Path]) -> None:
    many = pack({f"{'n' * 200}{number}": b"" for number in range(3_000)})
    (folders[0].parent / "many.zip").write_bytes(many)
    assert directory_bytes(folders[0].parent / "many.zip") > 3_000 * 200
    found = unpacked(folders, pack({"eve.zip": many, "zoe.ipynb": b"zoe"}), max_student_files=100)
    assert found == {"lms/zoe.ipynb": b"zoe"}


def test_a_log_shows_names_that_it_can_show(
    folders: tuple[Path, Path], caplog: pytest.LogCaptureFixture
) -> None:
    unpacked(folders, pack({"../\x1b[2J\u202e\n": b"x"}))
    assert caplog.messages
    assert all(message.isprintable() for message in caplog.messages)


def test_nobody_hands_in_for_somebody_else(folders: tuple[Path, Path]) -> None:
    names = r".*/(?P<student_id>\w+?)_attempt_(?P<file_id>\w+)"
    application = ZipCollectApp()
    application.config.FileNameCollectorPlugin.named_regexp = names
    application.collector_plugin_inst = FileNameCollectorPlugin(parent=application)
    mine = pack({"ada_attempt_unit.ipynb": b"eve's", "unit.ipynb": b"eve", "x/eve_attempt_2": b"2"})
    content = pack({"eve_attempt_work.zip": mine, "ada_attempt_unit.ipynb": b"ada"})
    assert unpacked(folders, content, parent=application) == {
        "lms/eve_attempt_work/unit.ipynb": b"eve",
        "lms/eve_attempt_work/x/eve_attempt_2": b"2",
        "lms/ada_attempt_unit.ipynb": b"ada",
    }


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_no_file_takes_the_place_of_another(folders: tuple[Path, Path]) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in (("ada", b"first"), ("ada", b"second"), ("ada/x", b"x"), ("bob", b"bob")):
            archive.writestr(name, data)
    assert unpacked(folders, content.getvalue()) == {"lms/ada": b"first", "lms/bob": b"bob"}


@pytest.mark.parametrize(
    "name",
    ["a\nb", "a\x1b[2J", "x" * 300, "/".join("d" * 40), "__MACOSX/._unit.ipynb"],
    ids=["newline", "escape", "long", "deep", "macos"],
)
def test_what_has_no_proper_name_stays_packed(folders: tuple[Path, Path], name: str) -> None:
    found = unpacked(folders, pack({name: b"x", "ada.ipynb": b"ada"}))
    assert found == {"lms/ada.ipynb": b"ada"}


@pytest.mark.parametrize("where", ["stored", "deflated", "encrypted", "size"])
def test_a_damaged_file_costs_nobody_else_anything(folders: tuple[Path, Path], where: str) -> None:
    content = bytearray(pack({"eve.ipynb": b"eve" * 1000, "zoe.ipynb": b"zoe"}))
    entry = content.find(b"PK\x01\x02")
    if where == "stored":
        content[entry + 10] = 0  # The compression method: what is there is no such content.
    elif where == "deflated":
        content[content.find(b"eve.ipynb") + 10] ^= 0xFF
    elif where == "encrypted":
        content[entry + 8] |= 1
    else:
        content[entry + 24 : entry + 28] = b"\xff\xff\xff\x7f"  # The size unpacked: a lie.
    found = unpacked(folders, bytes(content))
    assert found.pop("lms/zoe.ipynb") == b"zoe"
    assert found in ({}, {"lms/eve.ipynb": b"eve" * 1000})


def test_an_archive_of_very_many_entries_stops(folders: tuple[Path, Path]) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for number in range(100_000):
            archive.writestr(zipfile.ZipInfo(f"../{number}" if number % 2 else str(number)), b"")
    assert len(unpacked(folders, content.getvalue(), max_files=1000)) == 0


def test_a_file_that_takes_too_much_memory_costs_nobody_else_anything(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = zipfile.ZipExtFile.read

    def short_of_memory(file: zipfile.ZipExtFile, size: int | None = -1) -> bytes:
        if file.name == "large.ipynb":
            raise MemoryError
        return read(file, size)

    monkeypatch.setattr(zipfile.ZipExtFile, "read", short_of_memory)
    content = pack({"ada.zip": pack({"large.ipynb": b"x"}), "bob.ipynb": b"bob"})
    assert unpacked(folders, content) == {"lms/bob.ipynb": b"bob"}
