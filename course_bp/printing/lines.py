"""Expressions as lines of NumPy: what gets a line of its own, what stays within another's.

A line is written for what the student named, and for what is used twice or returned; the rest
is written where it is used, as long as the line stays short.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import numpy as np

from ..primitives.shapes import picks_once
from ..primitives.table import CALL, PRODUCT, SIGN, Primitive
from .expressions import Expression, reachable
from .indices import subscript
from .naming import Names
from .program import Printed, Program

LONGEST = 72
_SILENT = '@np.errstate(over="ignore")  # exp(800) = inf is right in 1 / (1 + inf)'


def write(program: Program, taken: Names) -> Printed:
    """Print the function.

    Args:
        program: what to print.
        taken: names that mean something already; those that are made up are added.
    """
    return _Writer(program, taken).printed()


class _Writer:
    def __init__(self, program: Program, taken: Names) -> None:
        self.program = program
        self.taken = taken
        outputs = [program.value, *(g for _, g in program.gradients)]
        self.live = reachable(outputs)
        self.uses = dict.fromkeys(self.live, 0)
        for used in [*outputs, *(p for e in self.live for p in e.parents)]:
            self.uses[used] += 1
        self.outputs = set(outputs)
        self.array_names = {id(x): name for name, x in program.arrays.items()}
        self.written: dict[Expression, tuple[str, int]] = {}
        self.lined: set[Expression] = set()
        self.lines: list[str] = []
        self.sums: dict[Expression, list[Expression]] = {}
        self.absorbed: set[Expression] = set()
        self.summed: set[Expression] = set()
        for e in reversed(self.live):
            self._find_sum(e)

    def printed(self) -> Printed:
        program = self.program
        unpacking = [
            (str(e.name), access)
            for access, e in program.unpacked
            if e in self.live and e.name != access
        ]
        sections = {"forward": True, "backward": False}
        for title, is_forward in sections.items():
            start = len(self.lines)
            for e in self.live:
                if (e.number < program.forward) is is_forward:
                    self._write(e)
            if is_forward:
                value = self._return_name(program.value, "value", set())
            else:
                returned: set[Expression] = set()
                names = [self._return_name(g, name, returned) for name, g in program.gradients]
            if len(self.lines) > start:
                self.lines.insert(start, f"# {title}")
        head = [f"def {program.name}_and_gradient({', '.join(program.parameters)}):"]
        if any(e.primitive is not None and e.primitive.overflows for e in self.live):
            head.insert(0, _SILENT)
        return Printed(
            head, _explained(program), unpacking, self.lines, value, names, program.arrange
        )

    def _return_name(self, e: Expression, name: str, returned: set[Expression]) -> str:
        """What the return line says for an output, which is to be memory of its own."""
        text = self.written[e][0]
        shares = e in returned or self._shares_memory(e)
        returned.add(e)
        if not e.shape or not shares:
            return text
        own = self.taken.new(name)
        self.lines.append(f"{own} = {text}.copy()")
        return own

    def _shares_memory(self, e: Expression) -> bool:
        """Whether the value of e may lie in an array that something else uses too."""
        if e.primitive is None:
            return True
        if not e.primitive.view:
            return False
        base = e.operands[0]
        return not self._is_inner(base) or self._shares_memory(base)

    def _find_sum(self, e: Expression) -> None:
        """Note an addition of entries put among zeros, to be written as += on one array."""
        if e in self.summed or not e.is_written("sum"):
            return
        terms: list[Expression] = []
        inner = set()
        waiting = [e]
        while waiting:
            t = waiting.pop()
            if t.is_written("sum") and (t is e or self._is_inner(t)):
                inner.add(t)
                waiting += t.operands[::-1]
            else:
                terms.append(t)
        self.summed |= inner
        times = Counter(t for t in terms if t.is_written("entries"))
        put = {t for t, n in times.items() if self.uses[t] == n and t not in self.outputs}
        if put:
            self.sums[e] = terms
            self.absorbed |= put | inner - {e}

    def _is_inner(self, e: Expression) -> bool:
        """Whether e is needed in one place only, inside another expression."""
        return self.uses[e] == 1 and e not in self.outputs

    def _write(self, e: Expression) -> None:
        if e in self.absorbed:
            return
        if e in self.sums or e.is_written("entries"):
            self._write_sum(e)
            return
        if e.primitive is None:
            self.written[e] = (e.name, CALL) if e.name else _number(e.constant)
            return
        text, precedence = self._expression(e)
        needs_line = (
            self.uses[e] > 1
            or e in self.outputs
            or (e.name is not None and e.number < self.program.forward)
        )
        if not needs_line:
            self.written[e] = (text, precedence)
        else:
            self._give_line(e, text)

    def _write_sum(self, e: Expression) -> None:
        """Entries put among zeros, and what is added to them."""
        terms = self.sums.get(e, [e])
        put = Counter(t for t in terms if t is e or t in self.absorbed)
        others = [t for t in terms if t not in put]
        whole = [t for t in others if t.shape == e.shape]
        if len(whole) > 1:
            first, *rest = (self.written[t] for t in whole)
            summands = [first[0], *(x if p >= PRODUCT else f"({x})" for x, p in rest)]
            self._give_line(e, " + ".join(summands))
        elif whole:
            fresh = whole[0].primitive is not None and not self._shares_memory(whole[0])
            text, precedence = self.written[whole[0]]
            copied = text if precedence == CALL else f"({text})"
            self._give_line(e, text if fresh and whole[0] not in self.lined else f"{copied}.copy()")
        else:
            self._give_line(e, f"np.zeros({e.shape[0] if len(e.shape) == 1 else e.shape})")
        for t in others:
            if t.shape != e.shape:
                self.lines.append(f"{e.name} += {self.written[t][0]}")
        for t, times in put.items():
            where = t.operands[1]
            g, precedence = self.written[t.operands[0]]
            if times > 1:
                g = f"{times} * {g if precedence >= SIGN else f'({g})'}"
            if picks_once(where):
                sign = "=" if len(terms) == 1 else "+="
                self.lines.append(f"{e.name}[{subscript(where, self.array_names)}] {sign} {g}")
            else:
                several = where.__class__ is tuple
                at = subscript(where, self.array_names)
                at = f"np.s_[{at}]" if several else at
                self.lines.append(f"np.add.at({e.name}, {at}, {g})")

    def _expression(self, e: Expression) -> tuple[str, int]:
        """The text of an operation; operands that would make it too long get their own lines."""
        primitive = e.primitive
        assert primitive is not None
        text = self._fill(primitive, e)
        inlined = [p for p in e.parents if p.primitive is not None and p not in self.lined]
        for p in sorted(inlined, key=lambda p: -len(self.written[p][0])):
            if len(text) > LONGEST:
                self._give_line(p, self.written[p][0])
                text = self._fill(primitive, e)
        return text, primitive.precedence

    def _fill(self, primitive: Primitive, e: Expression) -> str:
        arrays = len(e.operands) - primitive.settings
        parts = []
        for i, x in enumerate(e.operands[:arrays]):
            text, precedence = self.written[x]
            needed = primitive.binds[i] if i < len(primitive.binds) else 0
            if x.is_number() and not primitive.binds:
                text = _float(x.constant)  # 1.0 and not 1: np.full(shape, 1) would be integers
            parts.append(f"({text})" if precedence < needed else text)
        indexed = primitive.written == "subscript"
        settings = e.operands[arrays:]
        for i, x in enumerate(settings):
            parts.append(subscript(x, self.array_names) if indexed and i == 0 else repr(x))
        source = primitive.source
        if callable(source):
            return source(*parts)
        assert source is not None
        return source.format(*parts)

    def _give_line(self, e: Expression, text: str) -> None:
        if e.name is None:
            e.name = self.taken.new("v1")
        self.lines.append(f"{e.name} = {text}")
        self.written[e] = (e.name, CALL)
        self.lined.add(e)


def _explained(program: Program) -> list[str]:
    """What the arrays from outside are: a line for each that had no name, a comment on the rest."""
    lines, shapes = [], []
    for name, x in program.arrays.items():
        text = f"{name} = {_literal(x)}"
        if name in program.nameless and len(text) <= LONGEST:
            lines.append(text)
        else:
            shapes.append(f"{name} of shape {x.shape}")
    comment = f"# from outside: {', '.join(shapes)}"
    if len(comment) > LONGEST:
        return [*(f"# from outside: {shape}" for shape in shapes), *lines]
    return [comment, *lines] if shapes else lines


def _literal(x: Any) -> str:
    short = str(len(x)) if x.ndim == 1 else repr(x.shape)
    if not x.any() and x.dtype == np.float64:
        return f"np.zeros({short})"
    text = re.sub(r"\b(inf|nan)\b", r"np.\1", str(x.tolist()))
    return f"np.array({text})"


def _float(x: float) -> str:
    """A float as NumPy's users write it."""
    return repr(x) if np.isfinite(x) else {np.inf: "np.inf", -np.inf: "-np.inf"}.get(x, "np.nan")


def _number(x: float) -> tuple[str, int]:
    """A number as a person writes it, and how tightly that binds."""
    whole = abs(x) < 1e6 and x == int(x)
    text = str(int(x)) if whole else _float(x)
    return text, SIGN if text.startswith("-") else CALL
