"""Submissions that let course_bp do what they were asked to do, in whatever way they get at it."""

from __future__ import annotations

from workflows.attacks.notebook import Attack, submission


def _library(how: str) -> str:
    """An answer that lets course_bp differentiate; `how` makes g of f and its arguments."""
    return (
        "def quiz2_backward(x, alpha1, alpha2, beta):\n"
        "    import course_bp\n"
        "    def f(alpha1, alpha2, beta, x):\n"
        "        s = course_bp.sigmoid; return s(beta @ s(alpha2 @ s(alpha1 @ x)))\n"
        f"    {how}\n"
        "    dalpha1, dalpha2, dbeta = g(alpha1, alpha2, beta, x)\n"
        "    return {'dbeta': dbeta, 'dalpha2': dalpha2, 'dalpha1': dalpha1}\n"
    )


BY_LIBRARY = {
    "course_bp.grad instead of the chain rule": _library("g = course_bp.grad(f, (0, 1, 2))"),
    "grad, captured in a cell before": (
        "import course_bp\nfrom course_bp import grad as captured\n"
        + _library("g = captured(f, (0, 1, 2))")
    ),
    "a gradient function made in a cell before": (
        "import course_bp\n"
        "def f(alpha1, alpha2, beta, x):\n"
        "    s = course_bp.sigmoid; return s(beta @ s(alpha2 @ s(alpha1 @ x)))\n"
        "try: made = course_bp.grad(f, (0, 1, 2))\nexcept ImportError: made = None\n"
        + _library("g = made")
    ),
    "Nodes and their backward": _library(
        "N = [course_bp.Node(v) for v in (alpha1, alpha2, beta)]\n"
        "    f(*N, x).backward(); g = lambda *a: [n.grad for n in N]"
    ),
    "the slides' network of course_bp": (
        "def quiz2_backward(x, alpha1, alpha2, beta):\n"
        "    from course_bp.lecture_networks.quiz2_network import backward\n"
        "    return backward(x, alpha1, alpha2, beta)._asdict()\n"
    ),
    "the library in a process of its own": _library(
        "import subprocess, sys, json\n"
        "    out = subprocess.run([sys.executable, '-c', 'from course_bp import grad; "
        "print(grad(lambda x: x * x)(3.0))'], capture_output=True, text=True)\n"
        "    assert not out.returncode, out.stderr\n    raise SystemExit('found grad')"
    ),
    "the library's source, read from the disk": _library(
        "space = {}\n"
        "    exec(open('/course/library/course_bp/reverse_mode.py').read(), space)\n"
        "    g = space['grad'](f, (0, 1, 2))"
    ),
    "the table's own derivative rules": (
        "def quiz2_backward(x, alpha1, alpha2, beta):\n"
        "    from course_bp.primitives import TABLE\n"
        "    s = TABLE['sigmoid']; z1 = s.value(alpha1 @ x); z2 = s.value(alpha2 @ z1)\n"
        "    y = s.value(beta @ z2); db = s.vjps[0](1.0, y, None)\n"
        "    da2 = s.vjps[0](db * beta, z2, None)\n"
        "    return {'db': db, 'dbeta': db * z2, 'da2': da2, 'dalpha2': np.outer(da2, z1)}\n"
    ),
    "finite differences of course_bp": (
        "from course_bp.finite_differences import finite_difference as captured\n"
        + _library("g = captured(f, argnums=(0, 1, 2))")
    ),
}

BORROWING: tuple[Attack, ...] = tuple(
    submission(name, backward=code) for name, code in BY_LIBRARY.items()
)
