"""Whatever lies around a notebook: names, kinds, modes, sizes and times of any sort."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fuzz.bounded import bounded, require_clean
from fuzz.test_notebooks import released
from hypothesis import example, given
from hypothesis import strategies as st

from autograder.batch.handing_back import SECRET_NAME, STAMP_NAME, beside_graded, beside_page
from autograder.course.folder import CONFIG_FILE, Course
from autograder.files.handed_in import why_no_id
from autograder.files.ledger import digest, replace_file
from autograder.grading.companions import MAX_BYTES, MAX_FILES, companion_paths, read_companions
from autograder.grading.hand_in_time import read_hand_in_time
from autograder.grading.submission import Unreadable, read_submission
from autograder.grading.unit_of_notebook import Expected
from autograder.grading.which_notebook import find_notebook

UNIT = "02-computation-graphs"
NAMES = st.sampled_from(
    [b"a.txt", b"data", b"\xe9", "\u202ex.py".encode(), b"\x1b[2J", b"`<b>`", b"n" * 255,
     b"x.ipynb", b"Y.IPYNB", STAMP_NAME.encode(), SECRET_NAME.encode(),
     f"{UNIT}.ipynb".encode(), f"{UNIT}.html".encode(),
     b"own.csv", b".git", b"__pycache__", b"-rf", b"=1+1", b"\n"]
) | st.binary(min_size=1, max_size=6)  # fmt: skip
KINDS = st.sampled_from(["file", "file", "folder", "link", "loop", "pipe", "sparse", "closed"])
TREE = st.lists(
    st.tuples(st.lists(NAMES, min_size=1, max_size=3), KINDS, st.binary(max_size=40)), max_size=8
)


@contextmanager
def a_course(tree: list[tuple[list[bytes], str, bytes]]) -> Iterator[tuple[Course, Path]]:
    """A course with one submission that holds such a tree."""
    root = Path(tempfile.mkdtemp())
    try:
        (root / CONFIG_FILE).write_text("c = get_config()\n")
        own = root / "source" / UNIT
        own.mkdir(parents=True)
        (own / "own.csv").write_text("1")
        folder = root / "submitted" / "ada" / UNIT
        folder.mkdir(parents=True)
        for names, kind, content in tree:
            # Some names are none, or are taken by something of another kind.
            with contextlib.suppress(OSError, ValueError):
                _put(folder, names, kind, content)
        yield Course(root), folder
    finally:
        for path in root.rglob("*"):
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o700)
        shutil.rmtree(root)


def _put(folder: Path, names: list[bytes], kind: str, content: bytes) -> None:
    names = [name.replace(b"/", b"_") for name in names]
    path = folder.joinpath(*map(os.fsdecode, names))
    if any(name in (b".", b"..") for name in names):
        raise ValueError
    path.parent.mkdir(parents=True, exist_ok=True)
    match kind:
        case "folder":
            path.mkdir()
        case "link":
            path.symlink_to("/dev/zero")
        case "loop":
            path.symlink_to(folder)
        case "pipe":
            os.mkfifo(path)
        case _:
            with path.open("xb") as file:  # Writing into a pipe would wait.
                file.write(content)
            if kind == "sparse":
                os.truncate(path, 2**36)
            if kind == "closed":
                path.chmod(0)


@given(TREE)
@example([([b"n" * 255], "file", b"x")])
@example([([f"{UNIT}.html".encode(), b"x"], "file", b"x")])
@example([([b"own.csv", b"x"], "file", b"x")])
@example([([STAMP_NAME.encode(), b"x"], "file", b"x"), ([SECRET_NAME.encode(), b"x"], "link", b"")])
@example([([f"{UNIT}.ipynb".encode()], "pipe", b"")])
def test_any_folder_is_read_and_handed_back(tree: list[tuple[list[bytes], str, bytes]]) -> None:
    with a_course(tree) as (course, folder), bounded():
        found = read_companions(folder)
        assert sum(map(len, found.files.values())) <= MAX_BYTES
        assert len(found.files) <= MAX_FILES
        require_clean([*found.files, *found.remarks])
        assert digest(companion_paths(folder)) == digest(companion_paths(folder))
        expected = Expected(UNIT, released())
        try:
            one = find_notebook(folder / f"{UNIT}.ipynb", course.root / "submitted", expected)
            require_clean([*one.remarks])
        except Unreadable as problem:
            require_clean(str(problem))
        beside_graded(course, UNIT, "ada", bytes(32), found)
        replace_file(course.root / "feedback" / "ada" / UNIT / f"{UNIT}.html", "the page")
        beside_page(course, UNIT, "ada")
        graded = course.root / "autograded" / "ada" / UNIT
        assert {STAMP_NAME, SECRET_NAME, "own.csv"} <= set(os.listdir(graded))
        beside_graded(course, UNIT, "ada", bytes(32))


@given(
    st.binary(max_size=60) | st.text(max_size=40).map(lambda text: text.encode("utf-8", "replace"))
)
@example(b"9" * 20 + b"-01-01 00:00:00 UTC")
@example(b"2026-10-01 10:00:00 ../../etc/passwd")
@example(b"2026-10-01 10:00:00 UTC\x00")
@example(b"0001-01-01 00:00:00 +1400")
@example("２０２６-10-01 10:00:00 UTC".encode())
@example(b"2026-10-01T10:00:00+99:99")
@example(b"1e999 Jan 2026")
def test_any_timestamp_is_a_time_or_none(content: bytes) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        (folder / STAMP_NAME).write_bytes(content)
        with bounded():
            found = read_hand_in_time(folder)
        assert (found.moment is None) == bool(found.remark)
        assert found.moment is None or 1970 <= found.moment.year < 2200
    finally:
        shutil.rmtree(folder)


@given(st.binary(min_size=1, max_size=140))
def test_any_name_of_a_folder_is_an_id_or_not(name: bytes) -> None:
    text = os.fsdecode(name)
    if why := why_no_id(text):
        require_clean(why)
    else:
        require_clean(text)


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with bounded():
        assert read_companions(tmp_path).files == {}
        with pytest.raises(Unreadable):
            read_submission(tmp_path / "a", tmp_path)
