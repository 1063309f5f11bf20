"""Wrong orders and wrong counts of arrows in the graph of Quiz 1."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.exercise import Mistake

# y = exp(xz) + xz / log(x) + sin(log x) / exp(xz)
QUIZ1_PARENTS = {
    "a": ("x", "z"),
    "b": ("a",),
    "c": ("x",),
    "d": ("a", "c"),
    "e": ("c",),
    "f": ("e", "b"),
    "y": ("b", "d", "f"),
}
_NODES = ("x", "z", *QUIZ1_PARENTS)


def fan_out(parents: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """How many arrows leave each node of the graph.

    Args:
        parents: what each of its seven nodes is computed from.

    Returns:
        The counts of the inputs and of the nodes.
    """
    return {name: sum(each.count(name) for each in parents.values()) for name in _NODES}


def _paths(at_the_output: int) -> dict[str, int]:
    """How many paths lead from each node to y, and a count for y itself."""
    paths = {"y": 1}
    for name in reversed(_NODES[:-1]):
        # Later nodes are done already: no node comes before its parents.
        users = [node for node, parents in QUIZ1_PARENTS.items() for p in parents if p == name]
        paths[name] = sum(paths[node] for node in users)
    return {**paths, "y": at_the_output}


def _redrawn(slug: str, evidence: str, **parents: tuple[str, ...]) -> Mistake:
    """A graph in which some nodes are computed from others than in the table."""
    return Mistake(
        "M15",
        slug,
        {"fan_out": lambda v: fan_out({**QUIZ1_PARENTS, **parents})},
        evidence,
        name="a quantity that is computed anew instead of taken from its node",
        question="Is there already a node that holds what this line needs?",
        hints=_COUNT_HINTS,
    )


_COUNT_HINTS = (
    "Which right-hand sides of your table contain this name?",
    "Every quantity has one node. Write each node with the names of the nodes just before it, and "
    "count these names.",
    "For p = u·v, q = exp(p), y = q/p: u and v are used once, p twice (in q and in y), q once, "
    "and y not at all.",
)


def _counts(slug: str, name: str, counts: Mapping[str, int], evidence: str, ask: str) -> Mistake:
    return Mistake(
        "M15",
        slug,
        {"fan_out": lambda v: dict(counts)},
        evidence,
        name=name,
        question=ask,
        hints=_COUNT_HINTS,
    )


def _read_from_the_left(slug: str, order: str) -> Mistake:
    return Mistake(
        "M16",
        slug,
        {"order": lambda v: list(order)},
        "your {part} follows the formula from left to right, but d needs c.",
        name="the order in which the formula is read",
        question="Which nodes must be known before d can be computed?",
    )


_RIGHT = fan_out(QUIZ1_PARENTS)
_FAN_IN = {name: len(QUIZ1_PARENTS.get(name, ())) for name in _NODES}

WRONG_GRAPHS = (
    Mistake(
        "M16",
        "reverse order",
        {"order": lambda v: list(reversed(QUIZ1_PARENTS))},
        "your {part} starts at y, which needs all the others.",
        name="the order of the backward pass",
        question="Which nodes can you compute when you know only x and z?",
    ),
    *(
        _read_from_the_left(slug, order)
        for slug, order in {
            "left to right": "abdcefy",
            "left to right, bracket last": "abdcfey",
        }.items()
    ),
    Mistake(
        "M15",
        "fan-in",
        {"fan_out": lambda v: dict(_FAN_IN)},
        "your counts are the numbers of arrows that go into each node.",
        name="fan-in instead of fan-out",
        question="Does an arrow from a to b belong to the fan-out of a or of b?",
    ),
    Mistake(
        "M15",
        "counted in the printed formula",
        {"fan_out": lambda v: {**_RIGHT, "x": 5, "z": 3}},
        "your counts for x and z say how many times each appears in the printed formula.",
        name="uses are counted in the formula instead of the graph",
        question="How many of the seven nodes use x directly?",
    ),
    Mistake(
        "M15",
        "every node used once",
        {"fan_out": lambda v: dict.fromkeys(_NODES, 1)},
        "your counts are all 1, as in a chain.",
        name="a chain where the graph branches",
        question="Which formulas contain c?",
    ),
    *(
        _counts(
            slug,
            "paths to y, or uses in the printed formula, are counted instead of arrows",
            _paths(at_the_output),
            "your counts for x, z and a say by how many paths each of them reaches y.",
            "How many arrows leave a, whatever happens to them further on?",
        )
        for slug, at_the_output in (("paths", 1), ("paths, and none at y", 0))
    ),
    _counts(
        "fan-in and fan-out together",
        "all arrows at a node are counted, also those that go into it",
        {name: _RIGHT[name] + _FAN_IN[name] for name in _NODES},
        "your counts contain the arrows that go into each node, too.",
        "Does an arrow from a to b belong to the fan-out of a or of b?",
    ),
    _counts(
        "y counted as used",
        "the result counts as used",
        {**_RIGHT, "y": 1},
        "your counts are right, except that y is used by no node.",
        "Which of the seven nodes is computed from y?",
    ),
    _counts(
        "nodes counted in the printed formula",
        "uses are counted in the formula instead of the graph",
        {**_RIGHT, "a": 3},
        "your count for a says how many times xz appears in the printed formula.",
        "Which of the seven nodes are computed from a directly?",
    ),
    _counts(
        "one less",
        "the first use is not counted",
        {name: max(count - 1, 0) for name, count in _RIGHT.items()},
        "your counts say how many further nodes use each node, after the first one.",
        "How many nodes use e: none or one?",
    ),
    *(
        _redrawn(slug, f"your counts are those of a graph in which {evidence}.", **parents)
        for slug, evidence, parents in (
            ("e from x", "e starts from x again", {"e": ("x",)}),
            ("d from x", "d takes the logarithm of x again", {"d": ("a", "x")}),
            ("d and e from x", "d and e start from x again", {"d": ("a", "x"), "e": ("x",)}),
            ("d from x and z", "d multiplies x and z again", {"d": ("x", "z", "c")}),
            ("b from x and z", "b multiplies x and z again", {"b": ("x", "z")}),
            ("f from a", "f takes the exponential of a again", {"f": ("e", "a")}),
            ("f from x and z", "f multiplies x and z again", {"f": ("e", "x", "z")}),
            ("f from c", "f takes the sine of c again", {"f": ("c", "b")}),
        )
    ),
)
