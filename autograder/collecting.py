"""Taking in archives of an LMS through `nbgrader zip_collect`, with limits on what is in them.

nbgrader's own extractor unpacks whatever it is given. This one unpacks zip files only, and leaves
out what would leave its folder, what is a link, and what grows beyond all measure, each with a
line in the log; the rest of the archive is still collected. nbgrader_config.py names it as
`c.ZipCollectApp.extractor_plugin`.
"""

from __future__ import annotations

import shutil
import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from nbgrader.plugins import ExtractorPlugin
from traitlets import Int

MIB = 2**20
PIECE = 1 << 16


class ArchiveRefused(Exception):
    """An archive is damaged or too large; the message says which limit it reached."""


@dataclass
class _Budget:
    """What an archive and those inside it may still use."""

    files: int
    bytes: int


class SafeExtractor(ExtractorPlugin):  # type: ignore[misc]
    """nbgrader's extractor with limits."""

    max_files = Int(20_000, help="Files in one archive, those of archives in it included.").tag(
        config=True
    )
    max_bytes = Int(2048 * MIB, help="Bytes of one archive unpacked.").tag(config=True)
    max_file_bytes = Int(64 * MIB, help="Bytes of one file unpacked.").tag(config=True)
    max_depth = Int(2, help="How deep archives may lie in archives.").tag(config=True)

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
                except ArchiveRefused as problem:
                    self.log.error("Stopped unpacking %s: %s", path, problem)
            else:
                shutil.copyfile(path, folder / path.name)

    def _unpack(self, path: Path, folder: Path, budget: _Budget, depth: int) -> None:
        if depth > self.max_depth:
            raise ArchiveRefused("archives lie too deep in one another.")
        folder.mkdir(parents=True, exist_ok=True)
        try:
            with zipfile.ZipFile(path) as archive:
                for about in archive.infolist():
                    if not about.is_dir():
                        self._take(archive, about, folder, budget, depth)
        except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
            raise ArchiveRefused(f"it is damaged or encrypted ({error}).") from None

    def _take(
        self,
        archive: zipfile.ZipFile,
        about: zipfile.ZipInfo,
        folder: Path,
        budget: _Budget,
        depth: int,
    ) -> None:
        if reason := _unsafe(about):
            self.log.error("Left out %r of %s: %s", about.filename, archive.filename, reason)
            return
        budget.files -= 1
        if budget.files < 0:
            raise ArchiveRefused(f"it holds more than {self.max_files} files.")
        target = folder / PurePosixPath(about.filename)
        target.parent.mkdir(parents=True, exist_ok=True)
        self._copy(archive, about, target, budget)
        if target.suffix.lower() == ".zip":
            try:
                self._unpack(target, target.with_suffix(""), budget, depth + 1)
            finally:
                target.unlink()

    def _copy(
        self, archive: zipfile.ZipFile, about: zipfile.ZipInfo, target: Path, budget: _Budget
    ) -> None:
        """Counts what really comes out; the sizes that an archive declares may be lies."""
        written = 0
        with archive.open(about) as packed, target.open("wb") as file:
            while piece := packed.read(PIECE):
                written += len(piece)
                budget.bytes -= len(piece)
                if written > self.max_file_bytes or budget.bytes < 0:
                    file.close()
                    target.unlink()
                    raise ArchiveRefused(
                        f"{about.filename!r} brings it beyond the limit of "
                        f"{self.max_file_bytes // MIB} MiB a file, {self.max_bytes // MIB} in all."
                    )
                file.write(piece)


def _unsafe(about: zipfile.ZipInfo) -> str:
    """Why a member of an archive must not be unpacked, or ""."""
    path = PurePosixPath(about.filename)
    if stat.S_ISLNK(about.external_attr >> 16):
        return "it is a link."
    if path.is_absolute() or ".." in path.parts or "\\" in about.filename or ":" in about.filename:
        return "it would leave its folder."
    if not path.parts:
        return "it has no name."
    return ""
