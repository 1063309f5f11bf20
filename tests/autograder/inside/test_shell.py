"""What the shell leaves to IPython, and what it need not."""

from __future__ import annotations

import pytest
from IPython.core.inputtransformer2 import TransformerManager

from autograder.inside.shell import _Transformers

CELLS = [
    "x = 1\nprint(x != 2)\n",
    "rest = 7 % 3; print('%.2f' % rest)\n",
    "!ls\n",
    "files = !ls\n",
    "here = %pwd\n",
    "    %time 1\n",
    "len?\n",
    "x = 1\n  /len x\n",
    ",print a b\n",
    ";print a b\n",
    "%%time\n1\n",
    "def f(:\n",
    'x = """\n!ls\n"""\n',
    "",
]


@pytest.mark.parametrize("cell", CELLS)
def test_a_cell_becomes_what_ipython_makes_of_it(cell: str) -> None:
    ours, theirs = _Transformers(), TransformerManager()
    assert ours.transform_cell(cell) == theirs.transform_cell(cell)
