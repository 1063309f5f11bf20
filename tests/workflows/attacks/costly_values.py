"""Answers, described as they are sent, that would cost far more than they weigh.

The text of this file is run inside the sandbox too, so that it imports nothing.
"""

MIB = 2**20
# What is tried → the description of a value and its bytes, and how often it is sent.
COSTLY_VALUES = {
    "many arrays on the same bytes": (
        lambda: ({"list": [{"array": ["|u1", [10 * MIB], 0]}] * 250}, bytes(10 * MIB)),
        1,
    ),
    "keys that collide": (
        lambda: ({"dict": [[number * (2**61 - 1), 0] for number in range(100_000)]}, b""),
        1,
    ),
    "empty lists": (lambda: ({"list": [{"list": []}] * 150_000}, b""), 5),
    "keys without end": (lambda: ({"dict": [[f"k{n}", 0] for n in range(90_000)]}, b""), 3),
    "a long word": (lambda: ("x" * (2 * MIB - 200), b""), 8),
    "long words": (lambda: ({"list": ["x" * 900] * 2_000}, b""), 8),
    "types without end": (
        lambda: ({"list": [{"object": f"T{n}"} for n in range(90_000)]}, b""),
        4,
    ),
    "values of one type": (lambda: ({"list": [{"object": "T"}] * 120_000}, b""), 4),
    "an array of nothing times much": (lambda: ({"array": ["<f8", [0, 2**39], 0]}, b""), 1),
    "a type with a long name": (lambda: ({"array": ["f8," * 200_000, [1], 0]}, b""), 1),
    "digits without end": (lambda: ({"int": "f" * 1_000_000}, b""), 1),
    "more JSON than any answer": (lambda: ({"list": [[]] * 4_000_000}, b""), 1),
}
