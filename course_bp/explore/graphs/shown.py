"""Draw a graph, step through it, read it as a table or a formula, and write a page of HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ...finite_differences import finite_difference
from ...graph import Node
from ...recording import parameter_names
from ...symbolic import formula
from ..stage.scene import Control, Scene
from ..stage.still import Still
from .graph_picture import make_groups
from .graph_reading import ReadGraph, read_graph
from .walkthrough import input_controls, walkthrough

if TYPE_CHECKING:
    from ..stage.player import Player

Names = Mapping[str, Any] | None
MOST_NAMES = 20


def draw(result: Any, names: Names = None, title: str = "") -> Still:
    """A picture of the graph that ends in a node, with values and gradients.

    Args:
        result: a Node, or a node of an engine of your own with `value` and `parents` (and, to be
            followed backward, `local` or a known `operation`).
        names: names for nodes that have none, such as `globals()`.
        title: what to call the picture.

    Returns:
        A picture that shows itself in a notebook, with title and description; `.svg` is its text
        and `.save("graph.svg")` writes it.

    Raises:
        TypeError: if it is not a node, or one of its parents is none.
        ValueError: if a node comes before itself, or has not a local derivative for each parent.

    Source: D0, D2, "computation graph".
    """
    scene = graph_scene(read_graph(result, names), title=title)
    return Still(scene.svg(), scene.description, scene.title)


def table(result: Any, names: Names = None) -> str:
    """Both passes over a graph as a table in plain text, a row for each step.

    Arguments and errors as `draw`.

    Source: D0, "Reverse-mode differentiation" (forward and backward in two columns).
    """
    return graph_scene(read_graph(result, names)).text()


def latex(result: Any, by: str | None = None) -> str:
    """The formula of a node, or of its derivative with respect to a named input, as LaTeX.

    Args:
        result: a Node whose inputs have names, or a node of an engine with known operations.
        by: the name of the input to differentiate with respect to.

    Raises:
        TypeError, ValueError: as `formula` and its `derivative` do.
    """
    found = formula(read_graph(result).result)
    return (found if by is None else found.derivative(by)).latex()


def step(
    what: Any,
    *at: float,
    engine: Callable[[float], Any] = Node,
    names: Names = None,
    groups: Mapping[str, Any] | None = None,
    yours: Mapping[str, Any] | None = None,
    title: str = "",
    predict: bool = False,
) -> Player:
    """Step through a graph forward and backward, in a notebook.

    Args:
        what: a node, as for `draw`; or a function, called with a node for each number of `at`. A
            function may return a dict of named nodes, the result last.
        at: for a function, where to evaluate it.
        engine: for a function, what makes a node of a number: Node, or a class of your own.
        names: names for nodes that have none, such as `globals()`.
        groups: layers to fold: for each label the node, or nodes, that end the layer.
        yours: for a node, gradients that you found yourself, by the names of nodes; each is
            compared with the pass's own until an input is changed.
        title: what to call it.
        predict: whether to ask for each number before it shows.

    Returns:
        The player: shows itself, `.export("page.html")` writes a page that needs no server,
        `.set(x=3.0)` changes an input. Changed inputs run the function again; for a node the
        recorded operations are followed.

    Raises:
        TypeError: if `what` is neither, or the function returns no node, or what goes with the
            one is given for the other.

    Source: D0, the reverse-mode algorithm; D4, upstream × local.
    """
    from ..stage.player import Player

    for what_for, given in (("names", names), ("groups", groups), ("yours", yours)):
        if given is not None and not isinstance(given, Mapping):
            raise TypeError(f"{what_for} is a dict, such as {{'a': …}}, not {type(given).__name__}")
    if callable(what) and not hasattr(what, "parents"):
        if yours:
            raise TypeError("gradients of your own go with a node; a function is run many times")
        run = _Function(what, at, engine, names)
        return Player(lambda values: run.scene(values, groups or {}, title, predict))
    if at:
        raise TypeError("numbers to evaluate at go with a function; a node has its values already")
    if engine is not Node:
        raise TypeError("an engine goes with a function; a node has been made already")
    graph = read_graph(what, names).beside(yours or {})
    said = _on_what_is_not_there(graph, yours or {})
    return Player(
        lambda values: graph_scene(_changed(graph, values), groups or {}, title, predict, said)
    )


def export(path: str | Path, *shown: Any, title: str = "") -> Path:
    """Write what was shown as one HTML file that needs no server and fetches nothing.

    Args:
        path: of the file, such as "page.html".
        shown: what `step`, `draw` and the explorations gave, or nodes, one below the other; if
            there are none, the exploration or step-through that was made last.
        title: of the page.

    Returns:
        The path.

    Raises:
        ValueError: if nothing is given, and nothing was made yet.
        TypeError: if one is nothing that can be shown.
    """
    from ..stage.page import write_page
    from ..stage.player import Player

    if not shown and Player.latest is None:
        raise ValueError('there is nothing to export yet: explore.export("page.html", node)')
    parts = [x if isinstance(x, Player | Still) else step(x) for x in shown or (Player.latest,)]
    return write_page(path, [x if isinstance(x, Still) else x.recorded() for x in parts], title)


def _on_what_is_not_there(graph: ReadGraph, yours: Mapping[str, Any]) -> str:
    """A sentence about your own gradients that do not belong to any node, if there are any."""
    there = graph.names.values()
    missing = [name for name in yours if name not in there]
    if not missing:
        return ""
    some = f"; there are {', '.join(there)}" if len(there) <= MOST_NAMES else ""
    return f"You gave a gradient of {', '.join(missing)}, but no node has that name{some}."


def graph_scene(
    graph: ReadGraph,
    groups: Mapping[str, Any] = {},
    title: str = "",
    predict: bool = False,
    said: str = "",
) -> Scene:
    """The scene of both passes, with controls where the inputs can be changed.

    Args:
        graph: as `read_graph` gives it.
        groups, title, predict: as for `step`.
        said: a sentence to say beside the controls.
    """
    controls, _ = input_controls(graph)
    note = ""
    if not graph.can_replay:
        controls = ()
        note = (
            "The inputs cannot be changed here, since an operation of this engine is not known. "
            "Give step the function and its arguments instead of the node."
        )
    elif not controls:
        note = "There are too many inputs to change them one by one here."
    note = " ".join(filter(None, (said, _on_what_is_stuck(graph), note)))
    return walkthrough(graph, title, make_groups(graph, groups), controls, note, predict)


def _on_what_is_stuck(graph: ReadGraph) -> str:
    """A sentence on the nodes through which nothing goes back, if there are any."""
    if not graph.stuck:
        return ""
    several = ", ".join(graph.names[node] for node in graph.stuck[:5])
    return (
        f"Nothing goes back through {several}, because the numbers do not tell which operation it "
        'is. Give your nodes operation, such as "mul", or local, the derivatives with respect '
        "to their parents."
    )


def _changed(graph: ReadGraph, values: Mapping[str, Any]) -> ReadGraph:
    """The same graph recorded again for other inputs."""
    _, where = input_controls(graph)
    if not values or not where:
        return graph
    arrays = {leaf: np.array(leaf.value) for leaf in graph.leaves}
    for key, value in values.items():
        leaf, i = where[key]
        arrays[leaf].flat[i] = value
    return graph.recorded_anew({leaf: x if x.ndim else x.item() for leaf, x in arrays.items()})


class _Function:
    """A function that is run again for every change of its arguments."""

    def __init__(
        self,
        function: Callable[..., Any],
        at: tuple[float, ...],
        engine: Callable[[float], Any],
        names: Names,
    ) -> None:
        self.function, self.at, self.engine, self.names = function, at, engine, names
        if not at:
            raise TypeError("a function needs the numbers to evaluate it at: explore.step(f, 2.0)")
        if any(np.ndim(getattr(x, "value", x)) for x in at):
            raise TypeError(
                "a function is evaluated at numbers; of arrays make nodes, such as "
                "Node(x, 'x'), and give step the node that the function returns for them"
            )
        self.labels = parameter_names(function, len(at))

    def scene(
        self, values: Mapping[str, Any], groups: Mapping[str, Any], title: str, predict: bool
    ) -> Scene:
        """The scene for these arguments."""
        now = [values.get(label, x) for label, x in zip(self.labels, self.at, strict=True)]
        given = [self.engine(float(x)) for x in now]
        found = self.function(*given)
        inner = found if isinstance(found, Mapping) else {}
        result = list(inner.values())[-1] if inner else found
        named = dict(zip(self.labels, given, strict=True))
        graph = read_graph(result, {**(self.names or {}), **inner, **named})
        controls = tuple(
            Control(label, label, float(x)) for label, x in zip(self.labels, now, strict=True)
        )
        measured = None
        if not graph.can_replay:
            slopes = finite_difference(self._plain, range(len(now)))(*map(float, now))
            pairs = zip(given, slopes, strict=True)
            measured = {graph.ours(x): d for x, d in pairs if x in graph.node_of}
        title = title or f"The graph of {getattr(self.function, '__name__', 'f').strip('<>')}"
        return walkthrough(
            graph, title, make_groups(graph, groups), controls, _on_what_is_stuck(graph), predict,
            measured,
        )  # fmt: skip

    def _plain(self, *numbers: float) -> Any:
        return self.function(*[self.engine(float(x)) for x in numbers]).value
