"""Submissions with wrong answers that try to be paid for right ones."""

# ruff: noqa: E501 - a line of hostile code is easier to read whole.
from __future__ import annotations

from typing import Any

import numpy as np
from workflows.attacks.notebook import (
    BACKWARD,
    FORWARD,
    FORWARD_POINTS,
    ZERO_BACKWARD,
    Attack,
    Notebook,
    cell,
    code_cell,
    submission,
)

from autograder.exercises import find
from autograder.judge.draw import PUBLIC_SEED, draw_inputs

VERDICT = "application/vnd.course-bp.verdict+json"


def _inside(line: str) -> str:
    """The zero answer with a line of its own at the beginning of the function."""
    head, _, rest = ZERO_BACKWARD.strip().partition("\n")
    return f"{head}\n    {line}\n{rest}"


def _returning(expression: str) -> str:
    return f"def quiz2_backward(x, alpha1, alpha2, beta):\n    return {expression}\n"


def _metadata(grade_id: str, **changes: Any) -> Any:
    def change(notebook: Notebook) -> None:
        cell(notebook, grade_id)["metadata"].update(changes)

    return change


def _points(notebook: Notebook) -> None:
    cell(notebook, "quiz2-backward-check")["metadata"]["nbgrader"]["points"] = 100


def _extra_test(notebook: Notebook) -> None:
    mark = {
        "grade": True, "grade_id": "bonus", "points": 100, "locked": True, "solution": False,
        "schema_version": 3, "task": False, "cell_type": "code",
    }  # fmt: skip
    notebook["cells"].append(code_cell("100.0", nbgrader=mark))


def _own_test(notebook: Notebook) -> None:
    cell(notebook, "quiz2-backward-check")["source"] = "2.0"


def _twice(notebook: Notebook) -> None:
    original = cell(notebook, "quiz2-backward-check")
    notebook["cells"].append({**original, "source": "2.0"})


def _stored_outputs(notebook: Notebook) -> None:
    data = {"text/plain": "2.0", VERDICT: {"score": 2, "exercise": "quiz2.backward"}}
    output = {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": 1}
    cell(notebook, "quiz2-backward-check")["outputs"] = [output]


def _role_swapped(notebook: Notebook) -> None:
    """The check cell declared a solution, with an answer of the student's."""
    check = cell(notebook, "quiz2-backward-check")
    check["metadata"]["nbgrader"] |= {"solution": True, "grade": True, "locked": False}
    check["source"] = "2.0"


def _answer_moved(notebook: Notebook) -> None:
    """The other exercise's id on a cell, to be asked in its place."""
    cell(notebook, "quiz2-backward")["metadata"]["nbgrader"]["grade_id"] = "quiz2-forward-check"


def _public_answers() -> dict[tuple[float, ...], dict[str, Any]]:
    """What the check accepts at home, looked up instead of computed."""
    exercise = find("quiz2.backward")
    return {
        tuple(inputs["x"].tolist()): {
            name: np.asarray(value).tolist() for name, value in exercise.answer()(**inputs).items()
        }
        for inputs in draw_inputs(exercise, PUBLIC_SEED)
    }


BY_CODE = {
    "prints the full score": "print(2.0)\n2.0",
    "shows a verdict of its own": (
        f"from IPython.display import display\n"
        f"display({{'{VERDICT}': {{'score': 2}}, 'text/plain': '2.0'}}, raw=True)"
    ),
    "replaces check and its result": (
        "class Full:\n    score = 2.0\n    def __repr__(self): return '2.0'\n"
        "check = lambda *a: Full()\n"
        "import autograder.check\nautograder.check.check = check"
    ),
    "replaces kernel.do_execute": (
        "k = getattr(get_ipython(), 'kernel', None)\n"
        "if k: k.do_execute = lambda *a, **b: {'status': 'ok'}"
    ),
    "replaces run_cell of the shell": (
        "shell = get_ipython()\ntype(shell).run_cell = lambda *a, **b: None\n"
        "shell.run_cell = lambda *a, **b: None"
    ),
    "an input transformer that drops everything": (
        "get_ipython().input_transformers_post.append(lambda lines: ['pass\\n'])"
    ),
    "a syntax tree transformer that drops asserts and calls": (
        "import ast\n"
        "class Drop(ast.NodeTransformer):\n"
        "    def visit_Assert(self, node): return ast.Pass()\n"
        "    def visit_Call(self, node): return ast.Constant(2.0)\n"
        "get_ipython().ast_transformers.append(Drop())"
    ),
    "patches numpy.testing": (
        "import numpy.testing as t\n"
        "for n in dir(t):\n    if n.startswith('assert'): setattr(t, n, lambda *a, **b: None)"
    ),
    "patches np.allclose and its relatives": (
        "for n in ('allclose', 'isclose', 'array_equal', 'all', 'isfinite'):\n"
        "    setattr(np, n, lambda *a, **b: True)"
    ),
    "patches builtins": (
        "import builtins\n"
        "builtins.all = builtins.any = builtins.isinstance = lambda *a: True\n"
        "builtins.abs = lambda x: 0.0"
    ),
    "an import hook": (
        "import builtins\nold = builtins.__import__\n"
        "def hook(name, *a, **b):\n    return old(name, *a, **b)\n"
        "builtins.__import__ = hook\nbuiltins.eval = lambda *a: (lambda *b: {})"
    ),
    "patches autograder.inside.asking": (
        "import autograder.inside.asking as a\n"
        "a.put_question = lambda ask, answer, inputs: a.Response(values={})\n"
        "a.changed_inputs = lambda *b: ()\na.call_with_inputs = lambda *b: {}"
    ),
    "patches the wire": (
        "import autograder.inside.framing as f, autograder.inside.wire as w\n"
        "w.encode = lambda value, blob: {'float': 'nan'}\n"
        "f.pack = lambda message, blob=b'': b'\\xff' * 64"
    ),
    "patches course_bp": (
        "import course_bp, course_bp.graph\n"
        "course_bp.grad = lambda f: (lambda *a: 0.0)\ncourse_bp.graph.Node = None"
    ),
    "replaces modules in sys.modules": (
        "import sys, types\n"
        "for n in list(sys.modules):\n"
        "    if n.startswith('autograder'): sys.modules[n] = types.ModuleType(n)"
    ),
    "forges frames on every pipe": (
        "import os, json, struct\n"
        "text = json.dumps({'event': 'end', 'step': 9, 'status': 'ok', 'score': 2}).encode()\n"
        "for fd in range(3, 256):\n"
        "    try: os.write(fd, struct.pack('!II', len(text), 0) + text)\n"
        "    except OSError: pass"
    ),
    "announces a frame of four gigabytes": (
        "import os\n"
        "for fd in range(3, 256):\n"
        "    try: os.write(fd, b'\\xff' * 8)\n"
        "    except OSError: pass"
    ),
    "says that all is done": (
        "import os, json, struct\n"
        "text = json.dumps({'event': 'done', 'why': ''}).encode()\n"
        "for fd in range(3, 256):\n"
        "    try: os.write(fd, struct.pack('!II', len(text), 0) + text)\n"
        "    except OSError: pass"
    ),
    "patches fork, pipe and wait": (
        "import os\nos.fork = lambda: 0\nos.wait4 = lambda *a: (0, 0, None)\nos._exit = lambda c: None"
    ),
    "hooks into forked children": (
        "import os\n"
        "def patch():\n    import autograder.inside.asking as a\n    a.put_question = lambda *b: None\n"
        "os.register_at_fork(after_in_child=patch)"
    ),
    "traces every frame for expected values": (
        "import sys\nseen = []\n"
        "def trace(frame, event, arg):\n"
        "    seen.append([v for k, v in frame.f_locals.items() if k in ('truth', 'right')])\n"
        "    return trace\n"
        "sys.settrace(trace); sys.setprofile(trace)"
    ),
    "a thread that patches on": (
        "import threading, time\n"
        "def spoil():\n"
        "    while True:\n"
        "        import autograder.inside.asking as a\n"
        "        a.put_question = lambda *b: None\n"
        "        time.sleep(0.001)\n"
        "threading.Thread(target=spoil, daemon=True).start()"
    ),
    "says that the grader is at fault": (
        "import autograder.inside.session as s\nrun = s._run_cell\n"
        "s._run_cell = lambda *a: (run(*a), 'internal')[1]"
    ),
    "branches on being graded": (
        "import os\nGRADED = bool(os.environ.get('NBGRADER_EXECUTION')) or os.getpid() < 100"
    ),
    "reads the shell's history": "list(get_ipython().history_manager.get_range())",
}

BY_ANSWER = {
    "sys.displayhook inside the function": _inside("import sys; sys.displayhook('x')"),
    "NaN for every part": _returning("dict.fromkeys(['db','dbeta','da2','dalpha2','da1'], np.nan)"),
    "infinity for every part": _returning("dict.fromkeys(['db', 'dbeta', 'da2'], np.inf)"),
    "a negative number for an answer": _returning("-1.0"),
    "returns the full score": _returning("2.0"),
    "an object equal to everything": (
        "class Equal:\n    def __eq__(self, o): return True\n"
        "    def __float__(self): return 1.0\n    __hash__ = None\n"
        + _returning("dict.fromkeys(['db', 'dbeta', 'da2', 'dalpha2', 'da1', 'dalpha1'], Equal())")
    ),
    "an ndarray subclass equal to everything": (
        "class Array(np.ndarray):\n    def __eq__(self, o): return np.True_\n"
        "    def __sub__(self, o): return np.zeros(1)\n    __rsub__ = __sub__\n"
        + _returning("{'db': np.zeros(()).view(Array), 'dbeta': np.zeros(beta.shape).view(Array)}")
    ),
    "an object with __array_ufunc__": (
        "class Zero:\n    def __array_ufunc__(self, *a, **b): return np.zeros(1)\n"
        "    def __array__(self, *a, **b): return np.zeros(1)\n"
        + _returning("dict.fromkeys(['db', 'dbeta', 'da2', 'dalpha2', 'da1', 'dalpha1'], Zero())")
    ),
    "a float subclass": (
        "class Float(float):\n    def __sub__(self, o): return 0.0\n    __rsub__ = __sub__\n"
        "    def __eq__(self, o): return True\n    __hash__ = float.__hash__\n"
        + _returning("{'db': Float(0)}")
    ),
    "a mapping that answers anything": (
        "class Anything(dict):\n    def get(self, *a): return 0.0\n"
        "    def __getitem__(self, k): return 0.0\n    def __contains__(self, k): return True\n"
        + _returning("Anything()")
    ),
    "a mapping without an end": (
        "from collections.abc import Mapping\n"
        "class Endless(Mapping):\n    def __getitem__(self, k): return 0.0\n"
        "    def __len__(self): return 2**40\n"
        "    def __iter__(self):\n        n = 0\n        while True:\n            n += 1\n            yield n\n"
        + _returning("Endless()")
    ),
    "an object that pickles as a command": (
        "import os\nclass Bomb:\n"
        "    def __reduce__(self): return (os.system, ('touch /tmp/pwned',))\n"
        + _returning("{'db': Bomb(), 'dbeta': Bomb()}")
    ),
    "an object that lies about its class": (
        "class Liar:\n    __class__ = np.ndarray\n    dtype = np.dtype('f8')\n    shape = ()\n"
        + _returning("{'db': Liar(), 'dbeta': Liar()}")
    ),
    "a type with a hostile name": (
        "Evil = type('<script>alert(1)</script>' * 9, (), {})\n" + _returning("{'db': Evil()}")
    ),
    "an object array": _returning("{'db': np.array(None), 'dbeta': np.array([None] * len(beta))}"),
    "values nested without end": (
        "deep = []\nfor _ in range(400): deep = [deep]\n" + _returning("{'db': deep}")
    ),
    "a list that contains itself": "loop = []\nloop.append(loop)\n" + _returning("{'db': loop}"),
    "a very large whole number": _returning("{'db': 10 ** 100000}"),
    "an error message with a script": (
        "def quiz2_backward(*a):\n    raise ValueError('<script>alert(1)</script>')\n"
    ),
    "looks through all frames": (
        "import sys\n"
        "def quiz2_backward(x, alpha1, alpha2, beta):\n"
        "    frame = sys._getframe()\n"
        "    while frame:\n"
        "        for v in frame.f_locals.values():\n"
        "            if isinstance(v, dict) and 'dalpha1' in v: return v\n"
        "            if hasattr(v, 'dalpha1'): return vars(v)\n"
        "        frame = frame.f_back\n"
        "    return {}\n"
    ),
    "looks through all objects of the process": (
        "import gc\n"
        "def quiz2_backward(x, alpha1, alpha2, beta):\n"
        "    for o in gc.get_objects():\n"
        "        if type(o).__name__ in ('Exercise', 'Verdict', 'Mistake'):\n"
        "            return o.solve(dict(x=x, alpha1=alpha1, alpha2=alpha2, beta=beta)).__dict__\n"
        "        if type(o) is dict and 'dalpha1' in o and 'da1' in o: return o\n"
        "    return {}\n"
    ),
    "imports the reference": (
        "def quiz2_backward(*inputs):\n"
        "    from autograder.exercises import find\n"
        "    return find('quiz2.backward').answer()(*inputs)\n"
    ),
    "imports the real check": (
        "def quiz2_backward(x, alpha1, alpha2, beta):\n"
        "    import autograder.check as c\n"
        "    return c.find('quiz2.backward').answer()(x, alpha1, alpha2, beta)\n"
    ),
    "says that all is done when asked": (
        "def quiz2_backward(*a):\n"
        "    import os, json, struct\n"
        "    text = json.dumps({'event': 'done', 'why': ''}).encode()\n"
        "    for fd in range(3, 256):\n"
        "        try: os.write(fd, struct.pack('!II', len(text), 0) + text)\n"
        "        except OSError: pass\n"
        "    while True: pass\n"
    ),
    "goes on with the notebook in a second process": (
        "def quiz2_backward(*a):\n    import os\n    os.fork()\n    return {}\n"
    ),
    "patches getpid and forks when asked": (
        "import os\nos.getpid = lambda: 2\ndef quiz2_backward(*a):\n    os.fork()\n    return {}\n"
    ),
    "finds its answers' judge in the frames of the asking": (
        "import sys\n"
        "def quiz2_backward(x, alpha1, alpha2, beta):\n"
        "    frame = sys._getframe()\n"
        "    while frame:\n"
        "        frame.f_locals.clear()\n"
        "        for n in ('step', 'blob', 'job', 'status', 'frames'):\n"
        "            if n in frame.f_locals: return frame.f_locals[n]\n"
        "        frame = frame.f_back\n"
    ),
    "looks for solutions on the disk": (
        "import os, json\n"
        "def quiz2_backward(x, alpha1, alpha2, beta):\n"
        "    for top, dirs, files in os.walk('/'):\n"
        "        dirs[:] = [d for d in dirs if d not in ('proc', 'usr', 'site-packages', 'lib')]\n"
        "        for name in files:\n"
        "            text = open(os.path.join(top, name), errors='replace').read(10**6)\n"
        "            if 'dalpha1' in text:\n"
        "                exec(json.loads(text)['cells'][0]['source'], globals())\n"
        "                raise SystemExit('found ' + name)\n"
        "    return {}\n"
    ),
    "answers only for the public inputs": (
        f"KNOWN = {_public_answers()}\n"
        "def quiz2_backward(x, alpha1, alpha2, beta):\n"
        "    found = KNOWN.get(tuple(x), dict.fromkeys(['db', 'dbeta', 'da2'], 0.0))\n"
        "    return {name: np.array(value) for name, value in found.items()}\n"
    ),
}

# By finite differences: of b instead of y, as if σ′ had been left out at the output alone.
BY_DIFFERENCES = """
def quiz2_backward(x, alpha1, alpha2, beta):
    s = lambda t: 1 / (1 + np.exp(-t))
    def slope(f, at, h=1e-5):
        found = np.zeros(at.shape)
        for i in np.ndindex(at.shape):
            e = np.zeros(at.shape); e[i] = h
            found[i] = (f(at + e) - f(at - e)) / (2 * h)
        return found
    a1 = alpha1 @ x; a2 = alpha2 @ s(a1)
    return {"db": 1.0, "dbeta": slope(lambda t: t @ s(a2), beta),
            "da2": slope(lambda t: beta @ s(t), a2),
            "dalpha2": slope(lambda t: beta @ s(t @ s(a1)), alpha2),
            "da1": slope(lambda t: beta @ s(alpha2 @ s(t)), a1),
            "dalpha1": slope(lambda t: beta @ s(alpha2 @ s(t @ x)), alpha1)}
"""
BY_A_TURN = """
def quiz2_backward(x, alpha1, alpha2, beta):
    s = lambda t: 1 / (1 + np.exp(-t))
    def slope(f, at):
        found = np.zeros(at.shape)
        for i in np.ndindex(at.shape):
            e = np.zeros(at.shape, complex); e[i] = 1e-30j
            found[i] = (-1j * f(at + e)).real * 1e30
        return found
    a1 = alpha1 @ x; a2 = alpha2 @ s(a1); b = np.array(beta @ s(a2))
    return {"db": float(slope(s, b)), "dbeta": slope(lambda t: s(t @ s(a2)), beta),
            "da2": slope(lambda t: s(beta @ s(t)), a2),
            "dalpha2": slope(lambda t: s(beta @ s(t @ s(a1))), alpha2),
            "da1": slope(lambda t: s(beta @ s(alpha2 @ s(t))), a1),
            "dalpha1": slope(lambda t: s(beta @ s(alpha2 @ s(t @ x))), alpha1)}
"""


def _with_one_unit(code: str) -> str:
    """The same where there is one unit in the second layer; it stops on all other inputs."""
    head, _, rest = code.strip().partition("\n")
    return f"{head}\n    if len(beta) > 1: raise ValueError\n{rest}\n"


FORGING: tuple[Attack, ...] = (
    *(submission(name, own=code) for name, code in BY_CODE.items()),
    *(submission(name, backward=code) for name, code in BY_ANSWER.items()),
    submission("tag skip-execution", change=_metadata("quiz2-backward-check", tags=["skip-execution"])),
    submission("tag explore", change=_metadata("quiz2-backward-check", tags=["explore"])),
    submission("points raised in the metadata", change=_points),
    submission("an extra test cell", change=_extra_test, remark="unknown id"),
    submission("the test cell rewritten", change=_own_test, remark="was edited"),
    submission("the test cell twice", change=_twice, remark="more than once"),
    submission("outputs stored in advance", change=_stored_outputs),
    submission("the test cell declared a solution", change=_role_swapped, remark="was edited"),
    submission("a solution under the test cell's id", change=_answer_moved, remark="more than once"),
    submission(
        "hides that it changes its inputs",
        own=(
            "import autograder.inside.asking as a\n"
            "a._same = lambda *b: True\na.changed_inputs = lambda *b: ()"
        ),
        forward=FORWARD.replace("return {", "r = {") + "    x *= 2\n    return r\n",
        earns=FORWARD_POINTS / 2,
    ),
    submission(
        "right answers and a stolen grade",
        own=(
            "import glob, sqlite3\n"
            "for p in glob.glob('/**/gradebook.db', recursive=True):\n"
            "    sqlite3.connect(p).execute('UPDATE grade SET manual_score = 99')"
        ),
        forward=FORWARD,
        backward=BACKWARD,
        earns=3.0,
    ),
    submission("finite differences behind a known mistake", backward=BY_DIFFERENCES, earns=0.85),
    submission("a complex step that ends with a real part", backward=BY_A_TURN, earns=1.0),
    submission(
        "stops on all but the simplest inputs",
        forward=_with_one_unit(FORWARD),
        backward=_with_one_unit(BACKWARD),
        earns=1.15,
    ),
)  # fmt: skip
