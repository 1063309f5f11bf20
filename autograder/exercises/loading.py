"""Runs the files of a course's own exercises, as the modules of a package of their own.

Each content gets a package of another name, so that two courses, or two versions of one, may have
files of the same name. Within it, `from .shapes import rows` finds shapes.py. Nothing is compiled
into the folder.
"""

from __future__ import annotations

import ast
import hashlib
import importlib
import importlib.abc
import importlib.machinery
import json
import os
import sys
from collections.abc import Mapping, Sequence
from importlib.util import spec_from_file_location
from types import ModuleType

PACKAGE = "course_exercises_"


class _Failed(Exception):
    """A file cannot be run at all; the message says what to do."""


class _Files(importlib.abc.MetaPathFinder, importlib.abc.ExecutionLoader):
    """Finds and loads the modules of one package, from texts that were read before."""

    def __init__(self, package: str, files: Mapping[str, str], where: str) -> None:
        self.package, self.where = package, where
        self.texts = {f"{package}.{os.path.splitext(name)[0]}": files[name] for name in files}

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name == self.package:
            return spec_from_file_location(
                name, self.get_filename(name), loader=self, submodule_search_locations=[]
            )
        if name in self.texts:
            return spec_from_file_location(name, self.get_filename(name), loader=self)
        return None

    def get_filename(self, name: str) -> str:
        return os.path.join(
            self.where, f"{name.rpartition('.')[2]}.py" if name in self.texts else ""
        )

    def get_source(self, name: str) -> str:
        return self.texts.get(name, "")

    def is_package(self, name: str) -> bool:
        return name == self.package


def load(files: Mapping[str, str], where: str) -> tuple[dict[str, ModuleType], dict[str, str]]:
    """Runs files. One that stops with an error does not keep the others from running.

    Args:
        files: a file's name → its text.
        where: their folder, for messages and tracebacks.

    Returns:
        A file's name → its module, in the order given; and for those that stopped, the name → a
        line that says where, and what to do.
    """
    digest = hashlib.sha256(json.dumps([where, files], sort_keys=True).encode()).hexdigest()
    finder = _Files(f"{PACKAGE}{digest[:16]}", files, where)
    found: dict[str, ModuleType] = {}
    failed: dict[str, str] = {}
    sys.meta_path.insert(0, finder)
    try:
        for name in files:
            try:
                _require_python(name, files[name], where)
                module = f"{finder.package}.{os.path.splitext(name)[0]}"
                found[name] = importlib.import_module(module)
            except _Failed as problem:
                failed[name] = str(problem)
            except (Exception, SystemExit) as error:
                # It knows about derived exercises, which few courses have.
                from autograder.derived.why_not_loaded import why_not_loaded

                failed[name] = why_not_loaded(error, files, where, finder.package, name)
    finally:
        sys.meta_path.remove(finder)
    return found, failed


def _require_python(name: str, text: str, where: str) -> None:
    if not os.path.splitext(name)[0].isidentifier():
        raise _Failed(
            f"{where}/{name} cannot be imported: name it with letters, digits and _ only."
        )
    try:
        text.encode()
    except UnicodeEncodeError:  # Bytes that were no UTF-8.
        raise _Failed(f"{where}/{name} is not UTF-8; save it as UTF-8.") from None


def needed(files: Mapping[str, str], name: str) -> list[str]:
    """A file and those beside it that it imports, directly or not.

    Args:
        files: a file's name → its text.
        name: the file.

    Returns:
        Their names, in order. What is not Python imports nothing.
    """
    found, waiting = set(), [name]
    while waiting:
        one = waiting.pop()
        if one in found:
            continue
        found.add(one)
        try:
            tree = ast.parse(files[one])
        except (SyntaxError, ValueError):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.level:
                names = [node.module] if node.module else [alias.name for alias in node.names]
                beside = [f"{each.partition('.')[0]}.py" for each in names]
                waiting += [each for each in beside if each in files]
    return sorted(found)
