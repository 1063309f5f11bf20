"""NumPy's functions on Nodes: its value and a derivative that all ways agree on, or a refusal."""

import re
from pathlib import Path

import pytest
from conformance import AGREED, NEITHER, PAGE, REFUSED, counts
from conformance_moves import TABLE

from course_bp.primitives import TABLE as PRIMITIVES
from course_bp.primitives.numpy_functions import ANSWERS
from course_bp.primitives.numpy_table import ANSWERED_PLAINLY, METHODS

DOCUMENT = Path(__file__).parents[2] / "docs/numpy-conformance.md"
ROW = re.compile(r"\| `(.*)` \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|")


@pytest.fixture(scope="module")
def rows():
    text = DOCUMENT.read_text(encoding="utf-8")
    return {m[1]: tuple(map(int, m.groups()[1:])) for m in ROW.finditer(text)}


@pytest.mark.parametrize("name", TABLE)
def test_each_case_agrees_or_is_refused_in_words_and_the_page_says_how_many(name, rows):
    found = counts(name)
    assert set(found) <= {AGREED, REFUSED, NEITHER}
    total = found.total()
    assert rows[name] == (total, found[AGREED], found[REFUSED], found[NEITHER], 0)


def test_the_page_has_every_line_and_no_other(rows):
    assert list(rows) == list(TABLE)
    total = sum(row[0] for row in rows.values())
    text = DOCUMENT.read_text(encoding="utf-8")
    assert text.startswith(PAGE.format(total=f"{total:,}"))


def test_every_function_of_numpy_that_a_node_answers_to_is_tried():
    tried = " ".join(TABLE)
    for function in (*ANSWERS, *ANSWERED_PLAINLY):
        if function.__name__ not in LEFT_OUT:
            assert re.search(rf"\b{function.__name__}\b", tried), function
    for method in METHODS:
        assert re.search(rf"\b{method}\b", tried), method


# Not tried here, and why.
LEFT_OUT = {
    "real": "x itself",
    "amax": "max",
    "allclose": "takes two arrays and answers plainly",
    "argpartition": "likewise",
    "array_equal": "likewise",
    "array_equiv": "likewise",
    "isclose": "likewise",
    "iscomplexobj": "likewise",
    "may_share_memory": "likewise",
    "result_type": "likewise",
    "searchsorted": "likewise",
    "shares_memory": "likewise",
}


def test_every_primitive_can_be_printed_and_drawn():
    for primitive in PRIMITIVES.values():
        assert primitive.source is not None or primitive.name in EXPLAINED_BY_OTHERS
        assert primitive.latex


EXPLAINED_BY_OTHERS = {"logsumexp", "softmax", "log_softmax"}
