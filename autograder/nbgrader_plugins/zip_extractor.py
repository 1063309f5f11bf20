"""Taking in archives of an LMS through `nbgrader zip_collect`, with limits on what is in them.

nbgrader's own extractor unpacks whatever it is given. This one unpacks zip files only, and leaves
out, each with a line in the log, what would leave its folder, what is a link, damaged, encrypted or
badly named, what another file is already called, and what grows beyond all measure; the rest of the
archive is still collected. Archives in an archive are what students packed themselves: they have
limits of their own, so that one cannot use up the others', and nothing in them may be named as if
somebody else had handed it in. nbgrader_config.py names it as `c.ZipCollectApp.extractor_plugin`.
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

MIB = 2**20
PIECE = 1 << 16
ENCRYPTED = 0x1
# More folders in one another are there to use up a disk's entries.
MAX_PARTS = 20
# What zipfile and the libraries under it raise on archives that are not what they say.
DAMAGED = (
    zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, OverflowError,
    struct.error, zlib.error, lzma.LZMAError,
)  # fmt: skip


class _TooLarge(Exception):
    """One file is larger than a file may be."""


class ArchiveRefused(Exception):
    """An archive is damaged or too large; the message says which limit it reached."""


@dataclass
class _Budget:
    """What an archive and those inside it may still use."""

    files: int
    bytes: int


class SafeExtractor(ExtractorPlugin):  # type: ignore[misc]
    """nbgrader's extractor with limits."""

    max_files = Int(20_000, help="Files in one archive, including those of archives in it.").tag(
        config=True
    )
    max_bytes = Int(2048 * MIB, help="Bytes of one archive unpacked.").tag(config=True)
    max_file_bytes = Int(64 * MIB, help="Bytes of one file unpacked.").tag(config=True)
    max_inner_files = Int(500, help="Files in an archive inside an archive.").tag(config=True)
    max_inner_bytes = Int(256 * MIB, help="Bytes of an archive inside an archive.").tag(config=True)
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
                    self.log.error("Left out %s: it is a link.", path)
                continue
            folder = target / path.parent.relative_to(source)
            folder.mkdir(parents=True, exist_ok=True)
            if path.suffix.lower() == ".zip":
                budget = _Budget(self.max_files, self.max_bytes)
                try:
                    self._unpack(path, folder / path.stem, budget, 1)
                except (ArchiveRefused, FileExistsError) as problem:
                    self.log.error("Stopped unpacking %s: %s", path, problem)
            else:
                shutil.copyfile(path, folder / path.name)

    def _unpack(
        self, path: Path, folder: Path, budget: _Budget, depth: int, owner: str = ""
    ) -> None:
        if depth > self.max_depth:
            raise ArchiveRefused("archives are nested too deeply.")
        folder.mkdir(parents=True, exist_ok=True)
        try:
            with zipfile.ZipFile(path) as archive:
                for about in archive.infolist():
                    if about.is_dir():
                        continue
                    budget.files -= 1
                    if budget.files < 0:
                        raise ArchiveRefused("it holds too many files.")
                    if reason := _unsafe(about) or self._misnamed(about, folder, owner):
                        self._left_out(path, about, reason)
                    else:
                        self._take(archive, about, folder, budget, depth)
        except DAMAGED as error:
            raise ArchiveRefused(f"it is damaged ({error}).") from None

    def _take(
        self,
        archive: zipfile.ZipFile,
        about: zipfile.ZipInfo,
        folder: Path,
        budget: _Budget,
        depth: int,
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
            reason = "it is too large." if isinstance(error, _TooLarge) else f"damaged ({error})."
            self._left_out(packed, about, reason)
            return
        except BaseException:
            target.unlink()
            raise
        if target.suffix.lower() == ".zip":
            self._unpack_inner(target, budget, depth)

    def _unpack_inner(self, path: Path, budget: _Budget, depth: int) -> None:
        """Unpacks what a student packed; whatever is wrong with it costs nobody else anything."""
        own = _Budget(
            min(self.max_inner_files, budget.files), min(self.max_inner_bytes, budget.bytes)
        )
        before = _Budget(own.files, own.bytes)
        try:
            self._unpack(path, path.with_suffix(""), own, depth + 1, self._student_of(path))
        except (ArchiveRefused, OSError) as problem:
            if getattr(problem, "errno", None) == errno.ENOSPC:
                raise
            self.log.error("Stopped unpacking %r: %s", str(path), problem)
        finally:
            path.unlink()
            budget.files -= before.files - own.files
            budget.bytes -= before.bytes - own.bytes

    def _copy(self, content: IO[bytes], file: IO[bytes], budget: _Budget) -> None:
        """Counts what really comes out; the sizes that an archive declares may be lies."""
        written = 0
        while piece := content.read(PIECE):
            written += len(piece)
            budget.bytes -= len(piece)
            if budget.bytes < 0:
                raise ArchiveRefused("it grows beyond the limit.")
            if written > self.max_file_bytes:
                raise _TooLarge
            file.write(piece)

    def _misnamed(self, about: zipfile.ZipInfo, folder: Path, owner: str) -> str:
        """Why a member of a student's own archive must not be unpacked, or ""."""
        if not owner or self._student_of(folder / about.filename) in ("", owner):
            return ""
        return "it is named as if another student had handed it in."

    def _student_of(self, path: Path) -> str:
        """Whose work the collector would take a notebook of that name for, or ""."""
        collector = getattr(self.parent, "collector_plugin_inst", None)
        found = collector.collect(str(path.with_suffix(".ipynb"))) if collector else None
        return str((found or {}).get("student_id", ""))

    def _left_out(self, archive: Path, about: zipfile.ZipInfo, reason: str) -> None:
        self.log.error("Left out %r of %s: %s", about.filename, archive.name, reason)


def _unsafe(about: zipfile.ZipInfo) -> str:
    """Why a member of an archive must not be unpacked, or ""."""
    name, path = about.filename, PurePosixPath(about.filename)
    if stat.S_ISLNK(about.external_attr >> 16):
        return "it is a link."
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
        return "it would leave its folder."
    if "__MACOSX" in path.parts:
        return "it is a macOS metadata file."
    if not path.parts or len(path.parts) > MAX_PARTS or any(category(c) == "Cc" for c in name):
        return "it has no proper name."
    if about.flag_bits & ENCRYPTED:
        return "it is encrypted."
    return ""
