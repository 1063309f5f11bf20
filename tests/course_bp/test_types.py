"""What type checkers and editors are told is what the package does."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import course_bp
from course_bp.primitives import PUBLIC

SOURCE = Path(str(course_bp.__file__))


def imported_for_type_checkers() -> dict[str, str]:
    """Public name → module, as the block for type checkers has them."""
    tree = ast.parse(SOURCE.read_text("utf-8"))
    block = next(
        node for node in tree.body if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node)
    )
    return {
        name: str(node.module)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        for name in (PUBLIC if alias.name == "*" else [str(alias.asname)])
    }


def test_type_checkers_are_told_where_every_public_name_is() -> None:
    assert imported_for_type_checkers() == course_bp._HOME_OF


def test_a_gradient_function_has_its_type(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "from course_bp import Node, arctan, grad\n"
        "reveal_type(grad)\nreveal_type(arctan)\nNode(1.0).vlaue\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-incremental", str(program)],
        capture_output=True, text=True,
    )  # fmt: skip
    assert "def (f: def (*Any, **Any) -> Any, argnums: int | " in done.stdout
    assert "def (x: Any) -> Any" in done.stdout
    assert '"Node" has no attribute "vlaue"' in done.stdout
