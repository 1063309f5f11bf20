"""What people get wrong in a line as it is typed: an operator, or a pair of brackets.

Brackets stay where they are, so an operator that binds otherwise regroups what is around it.
"""

from __future__ import annotations

import ast
import io
import token
import tokenize
from collections.abc import Iterator, Mapping

from autograder.derived.line_phrases import SYMBOLS, written_for
from autograder.derived.line_slips import BRACKETS, OPERATOR, OTHERS
from autograder.derived.line_values import formula
from autograder.lines import LineSlip

_TYPED = {"−": "-"}
_OTHERS = {
    _TYPED.get(SYMBOLS[right], SYMBOLS[right]): tuple(SYMBOLS[one] for one in others)
    for right, others in OTHERS.items()
}


def text_slips(node: ast.expr, end: int, named: Mapping[str, int]) -> Iterator[LineSlip]:
    """The slips in the text of a line that regroup what it computes.

    Args:
        node: what the line computes.
        end: the number of its last step.
        named: the variables that have a value there, with the numbers of their steps.
    """
    text = ast.unparse(node)
    seen = {ast.dump(node)}
    for kind, words, changed in _changed_texts(text):
        try:
            tree = ast.parse(changed, mode="eval").body
            value = formula(tree, named)
        except (SyntaxError, NotImplementedError):
            continue
        if ast.dump(tree) not in seen:
            seen.add(ast.dump(tree))
            yield LineSlip(end, value, kind, words)


def _changed_texts(text: str) -> Iterator[tuple[str, str, str]]:
    tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    opened: list[tuple[int, bool]] = []
    for before, one in zip([None, *tokens], tokens, strict=False):
        start, end = one.start[1], one.end[1]
        called = before is not None and (before.type == token.NAME or before.string in ")]")
        if one.string in _OTHERS and (called or (before and before.type == token.NUMBER)):
            for other in _OTHERS[one.string]:
                typed = _TYPED.get(other, other)
                words = written_for(other, one.string.replace("-", "−"))
                yield OPERATOR, words, f"{text[:start]}{typed}{text[end:]}"
        elif one.string == "(":
            opened.append((start, called))
        elif one.string == ")":
            first, is_call = opened.pop()
            if not is_call:
                inner = f"{text[:first]}{text[first + 1 : start]}{text[end:]}"
                yield BRACKETS, "a pair of brackets is left out", inner
