"""Taking in archives of an LMS through `nbgrader zip_collect`, with limits on what is in them.

nbgrader's own extractor unpacks whatever it is given. This one unpacks zip files only, and leaves
out, each with a line in the log, what would leave its folder, what is a link, damaged, encrypted or
badly named, what another file is already called, and what grows beyond all measure; the rest of the
archive is still collected. Each student has a budget, so that one cannot use up another's. Archives
in an archive are what students packed themselves: they use up their student's, and nothing in them
may be named as if somebody else had handed it in. nbgrader_config.py names it as
`c.ZipCollectApp.extractor_plugin`.
"""

from __future__ import annotations

import errno
import lzma
import shutil
import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO
from unicodedata import category

from nbgrader.plugins import ExtractorPlugin
from traitlets import Int

from autograder.files import clean
from autograder.nbgrader_plugins.lms_names import LmsNames

MIB = 2**20
PIECE = 1 << 16
ENCRYPTED = 0x1
# Its end, its end for large sizes before that, and a comment after it, as the format has them.
END = struct.Struct("<4s4H2LH")
END_MARK = b"PK\5\6"
LOCATOR_BYTES = 20
MAX_COMMENT = 65_535
# With a name of the length that a path may have.
BYTES_OF_ENTRY = 4_096
# More folders in one another are there to use up a disk's entries.
MAX_PARTS = 20
# What zipfile and the libraries under it raise on archives that are not what they say. A file that
# was packed by LZMA says itself how much memory unpacking it takes, up to 4 GiB.
DAMAGED = (
    zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, OverflowError,
    struct.error, zlib.error, lzma.LZMAError, MemoryError,
)  # fmt: skip


class _TooLarge(Exception):
    """One file is larger than a file may be."""


class ArchiveRefused(Exception):
    """An archive is damaged or too large; the message says which limit it reached."""


class _UsedUp(Exception):
    """A student has no more room; the message says of what."""


@dataclass
class _Budget:
    """What the files of one student may still use, in an archive and in those inside it."""

    files: int
    bytes: int

    def spend(self, files: int = 0, bytes: int = 0) -> None:
        self.files -= files
        self.bytes -= bytes
        if self.files < 0:
            raise _UsedUp("it holds too many files.")
        if self.bytes < 0:
            raise _UsedUp("it grows beyond the limit.")


class SafeExtractor(ExtractorPlugin):  # type: ignore[misc]
    """nbgrader's extractor with limits."""

    max_files = Int(20_000, help="Entries of one archive.").tag(config=True)
    max_file_bytes = Int(64 * MIB, help="Bytes of one file unpacked.").tag(config=True)
    max_student_files = Int(
        500, help="Files of one student, including those of archives in the archive."
    ).tag(config=True)
    max_student_bytes = Int(256 * MIB, help="Bytes of one student's files unpacked.").tag(
        config=True
    )
    max_depth = Int(2, help="How deep archives may be nested.").tag(config=True)

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Unpacks every zip file below a folder, and copies every other file.

        Args:
            archive_path: the folder of what the LMS gave.
            extracted_path: where it is unpacked to.
        """
        source, target = Path(archive_path), Path(extracted_path)
        for path in sorted(source.rglob("*")):
            if path.is_symlink() or not path.is_file():
                if path.is_symlink():
                    self.log.error("Left out %s: it is a link.", clean.name(path))
                continue
            folder = target / path.parent.relative_to(source)
            folder.mkdir(parents=True, exist_ok=True)
            if path.suffix.lower() == ".zip":
                try:
                    self._unpack(path, folder / path.stem, {}, 1)
                except (ArchiveRefused, FileExistsError) as problem:
                    self._stopped(path, problem)
            else:
                shutil.copyfile(path, folder / path.name)

    def _unpack(
        self, path: Path, folder: Path, budgets: dict[str, _Budget], depth: int, owner: str = ""
    ) -> None:
        if depth > self.max_depth:
            raise ArchiveRefused("archives are nested too deeply.")
        # Every entry is read into memory when the archive is opened.
        most = self.max_student_files if owner else self.max_files
        if directory_bytes(path) > most * BYTES_OF_ENTRY:
            raise ArchiveRefused("it holds too many files.")
        folder.mkdir(parents=True, exist_ok=True)
        used_up: set[str] = set()
        try:
            with zipfile.ZipFile(path) as archive:
                entries = archive.infolist()
                # Of the whole class's, each student's budget says how many are looked at.
                for about in entries[:most] if owner else entries:
                    if about.is_dir():
                        continue
                    whose = owner or self._owner(folder, about)
                    if whose in used_up:
                        continue
                    budget = budgets.setdefault(
                        whose, _Budget(self.max_student_files, self.max_student_bytes)
                    )
                    try:
                        budget.spend(files=1)
                        if reason := _unsafe(about) or self._misnamed(about, folder, owner):
                            self._left_out(path, about, reason)
                            continue
                        self._take(archive, about, folder, budget)
                    except _UsedUp as problem:
                        if owner:
                            raise ArchiveRefused(str(problem)) from None
                        used_up.add(whose)
                        self._left_out(path, about, f"{problem} All that follows is left out.")
                        continue
                    target = folder / PurePosixPath(about.filename)
                    if target.suffix.lower() == ".zip" and target.is_file():
                        self._unpack_inner(target, budgets, depth, whose)
                if owner and len(entries) > most:
                    raise ArchiveRefused("it holds too many files.")
        except DAMAGED as error:
            raise ArchiveRefused(f"it is damaged ({_said(error)}).") from None

    def _take(
        self, archive: zipfile.ZipFile, about: zipfile.ZipInfo, folder: Path, budget: _Budget
    ) -> None:
        target = folder / PurePosixPath(about.filename)
        packed = Path(str(archive.filename))
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            file = target.open("xb")
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise
            self._left_out(packed, about, f"a file of that name cannot be made ({error.strerror}).")
            return
        try:
            with file, archive.open(about) as content:
                self._copy(content, file, budget)
        except (*DAMAGED, _TooLarge) as error:
            target.unlink()
            too_large = isinstance(error, _TooLarge)
            reason = "it is too large." if too_large else f"damaged ({_said(error)})."
            self._left_out(packed, about, reason)
        except BaseException:
            target.unlink()
            raise

    def _unpack_inner(
        self, path: Path, budgets: dict[str, _Budget], depth: int, owner: str
    ) -> None:
        """Unpacks what a student packed; whatever is wrong with it costs nobody else anything."""
        try:
            self._unpack(path, path.with_suffix(""), budgets, depth + 1, owner)
        except (ArchiveRefused, OSError) as problem:
            if getattr(problem, "errno", None) == errno.ENOSPC:
                raise
            self._stopped(path, problem)
        finally:
            path.unlink()

    def _copy(self, content: IO[bytes], file: IO[bytes], budget: _Budget) -> None:
        """Counts what really comes out; the sizes that an archive declares may be lies."""
        written = 0
        while piece := content.read(PIECE):
            written += len(piece)
            budget.spend(bytes=len(piece))
            if written > self.max_file_bytes:
                raise _TooLarge
            file.write(piece)

    def _owner(self, folder: Path, about: zipfile.ZipInfo) -> str:
        """Whose budget a member uses up: its student's, or that of the folder it is in."""
        top = PurePosixPath(about.filename).parts[:1]
        return self._student_of(folder / about.filename) or "/".join(("", *top))

    def _misnamed(self, about: zipfile.ZipInfo, folder: Path, owner: str) -> str:
        """Why a member of a student's own archive must not be unpacked, or ""."""
        if not owner or owner.startswith("/"):
            return ""
        if self._student_of(folder / about.filename) in ("", owner):
            return ""
        return "it is named as if another student had handed it in."

    def _student_of(self, path: Path) -> str:
        """Whose work the collector would take a notebook of that name for, or ""."""
        collector = getattr(self.parent, "collector_plugin_inst", None)
        if isinstance(collector, LmsNames):
            return collector.student_of(str(path))
        found = collector.collect(str(path.with_suffix(".ipynb"))) if collector else None
        return str((found or {}).get("student_id", ""))

    def _left_out(self, archive: Path, about: zipfile.ZipInfo, reason: str) -> None:
        names = (clean.name(about.filename), clean.name(archive.name))
        self.log.error("Left out %s of %s: %s", *names, clean.line(reason))

    def _stopped(self, archive: Path, problem: Exception) -> None:
        self.log.error("Stopped unpacking %s: %s", clean.name(archive), clean.line(str(problem)))


def _said(error: Exception) -> str:
    return str(error) or type(error).__name__


def directory_bytes(path: Path) -> int:
    """The length of an archive's list of entries, found as zipfile finds it.

    Raises:
        ArchiveRefused: if it has none.
    """
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - END.size - MAX_COMMENT - LOCATOR_BYTES))
        tail = file.read()
    start = len(tail) - END.size
    if start < 0 or tail[start : start + 4] != END_MARK or tail[-2:] != b"\0\0":
        start = tail.rfind(END_MARK)
    if start < 0 or len(tail) - start < END.size:
        raise ArchiveRefused("it is damaged (there is no list of files).")
    # What has a second end for sizes above 4 GiB may have a list of any length.
    if tail[max(0, start - LOCATOR_BYTES) : start].startswith(b"PK\6\7"):
        return size
    return int(END.unpack_from(tail, start)[5])


def _unsafe(about: zipfile.ZipInfo) -> str:
    """Why a member of an archive must not be unpacked, or ""."""
    name, path = about.filename, PurePosixPath(about.filename)
    if stat.S_ISLNK(about.external_attr >> 16):
        return "it is a link."
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
        return "it would be unpacked outside its folder."
    if "__MACOSX" in path.parts:
        return "it is a macOS metadata file."
    if not path.parts or len(path.parts) > MAX_PARTS or any(category(c) == "Cc" for c in name):
        return "it has no proper name."
    if about.flag_bits & ENCRYPTED:
        return "it is encrypted."
    return ""
