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
from typing import Any

_HOMES = {
    "ideas.activation_curves": ["activations"],
    "ideas.gradient_depth": ["depth"],
    "ideas.loss_surfaces": ["loss_surface"],
    "graphs.shown": ["draw", "export", "latex", "step", "table"],
    "ideas.chain_rule_paths": ["paths"],
    "ideas.memory_schedule": ["checkpoint_memory"],
    "ideas.four_ways_race": ["race"],
    "ideas.loss_matching_quiz": ["loss_quiz"],
    "ideas.two_modes": ["forward_and_reverse"],
    "ideas.network_playground": ["playground"],
    "ideas.step_size_curve": ["step_size"],
}  # fmt: skip
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME_OF)


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"course_bp.explore has no {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME_OF})
