"""Other ways to write a whole answer: other names, types, prints, wrappers, callable objects."""

from __future__ import annotations

import ast
import builtins
import copy
from collections.abc import Iterator

from autograder.bank.places import Changed

# What may stand after an answer called {name}, whose parameters are {parameters}. `_plain` is the
# answer as it was.
_CALLED = {
    "a decorator with wraps": """\
@functools.wraps(_plain)
def {name}(*inputs, **named):
    return _plain(*inputs, **named)
""",
    "a decorator that prints": """\
def _telling(function):
    @functools.wraps(function)
    def wrapper(*inputs):
        print("calling", function.__name__)
        return function(*inputs)
    return wrapper
{name} = _telling(_plain)
""",
    "a decorator without wraps": """\
def {name}({parameters}):
    return _plain({parameters})
""",
    "a lambda": "{name} = lambda *inputs: _plain(*inputs)\n",
    "a lambda with names": "{name} = lambda {parameters}: _plain({parameters})\n",
    "a partial": "{name} = functools.partial(_plain)\n",
    "a partial of a longer one": """\
def _longer(_factor{comma}{parameters}):
    return _plain({parameters})
{name} = functools.partial(_longer, 1.0)
""",
    "a partial with a name": """\
def _longer({parameters}{comma}_verbose=True):
    return _plain({parameters})
{name} = functools.partial(_longer, _verbose=False)
""",
    "a further parameter": """\
def {name}({parameters}{comma}verbose=False):
    return _plain({parameters})
""",
    "further named parameters": """\
def {name}({parameters}{comma}*, eps=1e-8, **options):
    return _plain({parameters})
""",
    "a callable object": """\
class _Answer:
    def __call__(self{comma}{parameters}):
        return _plain({parameters})
{name} = _Answer()
""",
    "an object that takes anything": """\
class _Answer:
    def __call__(self, *inputs):
        return _plain(*inputs)
{name} = _Answer()
""",
    "a method": """\
class _Answer:
    def solve(self{comma}{parameters}):
        self.kept = _plain({parameters})
        return self.kept
{name} = _Answer().solve
""",
    "a static method": """\
class _Answer:
    @staticmethod
    def solve({parameters}):
        return _plain({parameters})
{name} = _Answer.solve
""",
    "a class method": """\
class _Answer:
    @classmethod
    def solve(cls{comma}{parameters}):
        return _plain({parameters})
{name} = _Answer().solve
""",
    "made by a function": """\
def _make(kept):
    def inside({parameters}):
        return kept({parameters})
    return inside
{name} = _make(_plain)
""",
    "a dataclass that is called": """\
@dataclasses.dataclass(frozen=True)
class _Answer:
    scale: float = 1.0
    def __call__(self{comma}{parameters}):
        return _plain({parameters})
{name} = _Answer()
""",
}
# What may stand in front of the first line of an answer.
_BEGINNINGS = {
    "a print": "print('computing')",
    "an assertion": "assert True, 'never'",
    "an import": "import numpy as np",
    "a local function": "def _unused(u):\n    return u",
    "a random number": "_noise = np.random.default_rng(0).normal()",
    "a warning filtered": "import warnings\nwarnings.simplefilter('ignore')",
    "error states": "np.seterr(all='ignore')",
}


def rewrites_of_answer(text: str, name: str) -> Iterator[Changed]:
    """Other ways to write a whole answer.

    Args:
        text: Python source that defines the answer, as a function or a class.
        name: the answer's name.

    Yields:
        The rewrites.
    """
    tree = ast.parse(text)
    for variable in _variables(tree):
        yield Changed(f"{variable} renamed", _renamed(tree, {variable: f"{variable}_"}))
    short = {variable: f"v{k}" for k, variable in enumerate(_variables(tree))}
    yield Changed("all names changed", _renamed(tree, short))
    answer = next(
        (one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name == name), None
    )
    if answer is None:
        yield from _of_class(text, name)
        return
    for what, beginning in _BEGINNINGS.items():
        yield Changed(what, _begun(tree, name, ast.parse(beginning).body))
    yield from _of_body(tree, name)
    names = [one.arg for one in answer.args.args]
    parameters, comma = ", ".join(names), ", " if names else ""
    for what, template in _CALLED.items():
        after = template.format(name=name, parameters=parameters, comma=comma)
        yield Changed(what, f"import dataclasses, functools\n{text}\n_plain = {name}\n{after}")


def _variables(tree: ast.Module) -> list[str]:
    """The names that a text binds inside its functions and that nothing else goes by."""
    bound: dict[str, None] = {}
    fixed = set(dir(builtins)) | {"self"}
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            bound[node.arg] = None
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            bound[node.id] = None
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            fixed.add(node.name)
        elif isinstance(node, ast.Nonlocal | ast.Global):
            fixed.update(node.names)
    return [name for name in bound if name not in fixed]


def _renamed(tree: ast.Module, names: dict[str, str]) -> str:
    tree = copy.deepcopy(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            node.arg = names.get(node.arg, node.arg)
        elif isinstance(node, ast.Name):
            node.id = names.get(node.id, node.id)
    return ast.unparse(tree)


def _function(tree: ast.Module, name: str) -> ast.FunctionDef:
    return next(one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name == name)


def _begun(tree: ast.Module, name: str, lines: list[ast.stmt]) -> str:
    tree = copy.deepcopy(tree)
    function = _function(tree, name)
    first = 1 if ast.get_docstring(function) else 0
    function.body[first:first] = lines
    return ast.unparse(ast.fix_missing_locations(tree))


def _of_body(tree: ast.Module, name: str) -> Iterator[Changed]:
    """The body without a docstring, in an inner function, under a `with`; types at its head."""

    def changed(body: list[ast.stmt], keep_arguments: bool = True) -> str:
        other = copy.deepcopy(tree)
        function = _function(other, name)
        function.body = body
        function.returns = None
        if not keep_arguments:
            for one in function.args.args:
                one.annotation = ast.parse("'np.ndarray | float'", mode="eval").body
            function.returns = ast.parse("dict[str, object]", mode="eval").body
        return ast.unparse(ast.fix_missing_locations(other))

    function = _function(copy.deepcopy(tree), name)
    body = function.body[1 if ast.get_docstring(function) else 0 :]
    words = ast.Expr(ast.Constant("What was asked for."))
    yield Changed("another docstring", changed([words, *body]))
    yield Changed("no docstring", changed(body))
    yield Changed("types", changed(body, keep_arguments=False))
    inner = ast.parse("def _solve():\n    pass\nreturn _solve()").body
    if not any(isinstance(one, ast.Name) and _stored(one) for one in _parameters_used(function)):
        inner[0].body = body  # type: ignore[attr-defined]
        yield Changed("an inner function", changed(inner))
    silent = ast.parse("with np.errstate(all='ignore'):\n    pass").body
    silent[0].body = body  # type: ignore[attr-defined]
    yield Changed("np.errstate", changed(silent))
    given = ", ".join(one.arg for one in function.args.args)
    if given:
        copied = ast.parse(f"import copy\n{given}, = copy.deepcopy(({given},))").body
        yield Changed("copies of the inputs", changed([*copied, *body]))
    if len(body) == 1 and isinstance(body[0], ast.Return) and body[0].value is not None:
        bare = ", ".join(one.arg for one in function.args.args)
        yield Changed("a lambda", f"{name} = lambda {bare}: ({ast.unparse(body[0].value)})\n")


def _parameters_used(function: ast.FunctionDef) -> list[ast.Name]:
    names = {one.arg for one in function.args.args}
    return [one for one in ast.walk(function) if isinstance(one, ast.Name) and one.id in names]


def _stored(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Store)


def _of_class(text: str, name: str) -> Iterator[Changed]:
    derived = {
        "a derived class": f"class {name}({name}):\n    pass\n",
        "another name for the class": (
            f"_Plain = {name}\nclass Mine(_Plain):\n    pass\n{name} = Mine\n"
        ),
        "a class that can be shown": (
            f"class {name}({name}):\n    def __repr__(self):\n"
            "        return f'Node({self.value})'\n"
        ),
        "further attributes": (
            f"class {name}({name}):\n    def __init__(self, *inputs, **named):\n"
            "        super().__init__(*inputs, **named)\n        self.label = ''\n"
        ),
        "no further attributes": f"class {name}({name}):\n    __slots__ = ()\n",
        "a metaclass": f"import abc\nclass {name}({name}, metaclass=abc.ABCMeta):\n    pass\n",
    }
    for what, after in derived.items():
        yield Changed(what, f"{text}\n{after}")
