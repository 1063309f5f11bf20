"""The objectives of the ten units in words, by the short names that exercises carry.

They are those of deck D0; solutions/inventory.toml lists them for the coverage page.
"""

from __future__ import annotations

OBJECTIVES = {
    "O1": "construct a computation graph from an algorithm",
    "O2": "carry out backpropagation on an arbitrary graph",
    "O3": "construct the graph of a network, naming given and intermediate quantities",
    "O4": "instantiate backpropagation for a network",
    "O5": "instantiate SGD and a regulariser over several parameter matrices",
    "O6": "apply empirical risk minimisation",
    "O7": "use finite differences to evaluate a gradient",
    "O8": "say when a gradient can be computed at all, and when efficiently",
}
