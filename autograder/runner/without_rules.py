"""Removes the derivatives from the table of primitives: the sandbox gets the rest of it.

The values are elementary functions, which answers may call. The rules are the answer to most
exercises. Refusing them is not enough, because they could be imported under another name.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping

# The functions that add an operation to the table. They take its value first, then its rules.
_ENTERING = ("elementwise", "primitive", "_reduction")
# Keyword arguments that contain rules.
_OF_RULES = ("reach",)


def without_rules(sources: Mapping[str, str]) -> dict[str, str]:
    """Removes the rules from the modules of the table, and everything that only rules need.

    Args:
        sources: file name → source, for each module.

    Returns:
        The same file names, with sources that contain no derivative.
    """
    trees = {name: ast.parse(source) for name, source in sources.items()}
    for tree in trees.values():
        _Forgetting().visit(tree)
    modules = [tree for name, tree in trees.items() if not name.endswith("__init__.py")]
    changed = True
    while changed:
        imported = {name for tree in trees.values() for name in _imported(tree)}
        changed = sum(_drop_unused(tree, imported) for tree in modules) > 0
    return {name: ast.unparse(ast.fix_missing_locations(tree)) for name, tree in trees.items()}


class _Forgetting(ast.NodeTransformer):
    """Replaces every rule by nothing."""

    def visit_Call(self, call: ast.Call) -> ast.AST:
        """Removes the rules from a call that adds an operation."""
        self.generic_visit(call)
        if not isinstance(call.func, ast.Name) or call.func.id not in _ENTERING:
            return call
        if call.func.id == "primitive":
            call.args[1:] = [ast.Tuple([], ast.Load()), ast.Tuple([], ast.Load())]
        else:
            # Rules are functions; what else stands there says how the operation is printed.
            rules = (ast.Lambda, ast.Name)
            rest = call.args[1:]
            call.args[1:] = [ast.Constant(None) if isinstance(a, rules) else a for a in rest]
        call.keywords = [word for word in call.keywords if word.arg not in _OF_RULES]
        return call


def _used(tree: ast.Module) -> set[str]:
    """The names that a module uses or exports."""
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    found = {node.id for node in nodes if isinstance(node.ctx, ast.Load)}
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and _targets(statement) == ["__all__"]:
            found |= {"__all__", *ast.literal_eval(statement.value)}
    return found


def _drop_unused(tree: ast.Module, imported: set[str]) -> bool:
    """Drops unused definitions and imports; returns whether there were any."""
    own = _used(tree)
    kept, changed = [], False
    for statement in tree.body:
        if isinstance(statement, ast.ImportFrom) and statement.module != "__future__":
            before = len(statement.names)
            statement.names = [one for one in statement.names if (one.asname or one.name) in own]
            changed |= len(statement.names) < before
            if not statement.names:
                continue
        names = _targets(statement)
        # A decorator may enter the function in the table.
        if (
            names
            and not getattr(statement, "decorator_list", ())
            and not (own | imported) & {*names}
        ):
            continue
        kept.append(statement)
    changed |= len(kept) < len(tree.body)
    tree.body = kept
    return changed


def _imported(tree: ast.Module) -> set[str]:
    """The names of other modules that a module may use, imported or after a dot."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
    return found


def _targets(statement: ast.stmt) -> list[str]:
    """The names that a top-level statement defines, if it does nothing else."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return [statement.name]
    if isinstance(statement, ast.Assign):
        return [target.id for target in statement.targets if isinstance(target, ast.Name)]
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return [statement.target.id]
    return []
