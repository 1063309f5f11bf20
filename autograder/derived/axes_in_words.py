"""What an operation that joins entries goes over, in words: the rows (axis 0), all entries."""

from __future__ import annotations

from dataclasses import replace

from autograder.derived.blocks import arrays_of, rules_of
from autograder.derived.wrong_rules.operation import Operation, WrongRule
from course_bp.graph import Node
from course_bp.primitives.axes import Axis, numbered
from course_bp.printing.expressions import Expression

# The first setting of these is an axis, or several.
_JOINING = frozenset(
    ("sum", "mean", "max", "min", "prod", "logsumexp", "softmax", "log_softmax")
) | {"cumsum", "cumprod"}
_COUNT = "the number of entries"


def over_which(expression: Expression) -> str:
    """What stands below a formula's sign: "rows (axis 0)"; "" where there is nothing to say.

    Args:
        expression: an operation of a formula.
    """
    if expression.primitive is None or expression.primitive.name not in _JOINING:
        return ""
    return _over(expression.operands[0].shape, expression.operands[1])


def with_axis(row: Operation, node: Node) -> Operation:
    """A row of the table of wrong rules that says what this operation goes over.

    Args:
        row: the operation's row.
        node: what it made.
    """
    if rules_of(node).name not in _JOINING:
        return row
    (operand,), axis = arrays_of(node), node.operands[1]
    words = _over(operand.shape, axis)
    if not words:
        return row
    the = "" if words.startswith("all") else "the "
    count = f"the number of {words}" if the else _COUNT

    def counted(text: str) -> str:
        return text.replace(_COUNT, count)

    def written(wrong: WrongRule) -> WrongRule:
        return replace(wrong, written=counted(wrong.written))

    return replace(
        row,
        form=f"{row.form} over {the}{words}",
        called=row.form,
        right=tuple(map(counted, row.right)),
        wrong=tuple(tuple(map(written, each)) for each in row.wrong),
    )


def _over(shape: tuple[int, ...], axis: Axis) -> str:
    axes = numbered(axis, len(shape))
    if not axes:
        return ""
    if len(axes) == len(shape):
        return "all entries"
    if len(shape) == 2:
        return f"{('rows', 'columns')[axes[0]]} (axis {axes[0]})"
    return f"axis {axes[0]}" if len(axes) == 1 else f"axes {', '.join(map(str, axes))}"
