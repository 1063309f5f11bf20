"""Backward passes written out line by line, as a student hands them in."""

from __future__ import annotations

from autograder.random_functions.program import Program

# Operation → the local derivative with respect to each operand; {y} is the line's own name.
_LOCAL = {
    "multiply": ("{1}", "{0}"),
    "divide": ("1 / {1}", "-{0} / {1}**2"),
    "exp": ("{y}",),
    "log": ("1 / {0}",),
    "sin": ("np.cos({0})",),
    "sum of 3": ("1", "1", "1"),
}


def written_pass(program: Program, lost: str = "") -> str:
    """The function that a student writes for Quiz 1 or a variant of it.

    Args:
        program: the forward function.
        lost: a fan-out at which the last path is forgotten.
    """
    names = [*program.inputs, *(line.name for line in program.lines)]
    lines = [f"{line.name} = {line.right_side}" for line in program.lines]
    lines += [f"d{name} = {float(name == program.output)}" for name in names]
    forgotten = bool(lost)
    for line in reversed(program.lines):
        for name, local in zip(line.operands, _LOCAL[line.operation], strict=True):
            if name == lost and forgotten:
                forgotten = False
                continue
            written = local.format(*line.operands, y=line.name)
            lines.append(f"d{name} += d{line.name} * ({written})")
    returned = ", ".join(f'"d{name}": d{name}' for name in program.asked)
    body = "\n".join(f"    {line}" for line in [*lines, f"return {{{returned}}}"])
    return f"import numpy as np\n\n\ndef {program.name}({', '.join(program.inputs)}):\n{body}\n"
