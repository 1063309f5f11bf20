"""Pictures and step-throughs of computation graphs and of what networks do.

    from course_bp import explore

    explore.draw(y)                 # a picture of the graph that ends in y
    explore.step(y)                 # a step-through of both passes, in a notebook
    explore.step(f, 2.0, 3.0)       # of a function at a point
    explore.export("page.html")     # a page that needs no server, of what was made last

Python computes all that is shown; the player only shows it. Imported only when asked for, so that
`import course_bp` stays light.
"""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from . import ideas

# The module of each name. An exploration is the function of the same name as its module in `ideas`.
_HOME_OF = dict.fromkeys(("draw", "export", "latex", "step", "table"), "graphs.shown")
_HOME_OF |= {name: f"ideas.{name}" for _, name, _ in iter_modules(ideas.__path__) if name[0] != "_"}

__all__ = sorted(_HOME_OF)


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"course_bp.explore has no {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME_OF})
