"""Other forms in which the same values can come back: other dicts, scalars, layouts of arrays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from autograder.bank.places import Changed
from autograder.judge.verdict import Status


@dataclass(frozen=True)
class Form:
    """A form of values.

    Args:
        source: Python for a function `_form` of one value that is not a dict, list or tuple.
        price: what may be found of a part in this form, if it is not what was asked for: that it
            has another form, or that it may be an approximation.
    """

    source: str
    price: frozenset[Status] = frozenset()


_ARRAYS = "    if not isinstance(value, np.ndarray) or not value.ndim: return value\n"
_NUMBERS = "    if not isinstance(value, (float, np.floating)): return value\n"
_WHOLE = (
    "    if isinstance(value, bool) or not isinstance(value, (int, np.integer)): return value\n"
)

VALUES = {
    "np.float64": Form(_NUMBERS + "    return np.float64(value)"),
    "float": Form(_NUMBERS + "    return float(value)"),
    "an array without axes": Form(_NUMBERS + "    return np.array(value)"),
    "an int where it is whole": Form(
        _NUMBERS + "    return int(value) if value == int(value) else value"
    ),
    "a class of floats": Form(
        _NUMBERS + "    class Number(float):\n        pass\n    return Number(value)"
    ),
    "np.int64": Form(_WHOLE + "    return np.int64(value)"),
    "np.int32": Form(_WHOLE + "    return np.int32(value)"),
    "np.uint8": Form(_WHOLE + "    return np.uint8(value) if 0 <= value < 256 else value"),
    "a float for an int": Form(_WHOLE + "    return float(value)"),
    "np.bool_": Form("    return np.bool_(value) if isinstance(value, bool) else value"),
    "np.str_": Form("    return np.str_(value) if isinstance(value, str) else value"),
    "Fortran order": Form(_ARRAYS + "    return np.asfortranarray(value)"),
    "every other entry": Form(
        _ARRAYS + "    return np.repeat(value, 2, axis=0)[::2] if len(value) else value"
    ),
    "turned round": Form(_ARRAYS + "    return np.ascontiguousarray(value[::-1])[::-1]"),
    "read only": Form(
        _ARRAYS + "    value = value.copy()\n    value.flags.writeable = False\n    return value"
    ),
    "a view of a larger one": Form(
        _ARRAYS + "    return np.pad(value, 1)[tuple(slice(1, -1) for _ in value.shape)]"
    ),
    "bytes in the other order": Form(
        _ARRAYS + "    return value.astype(value.dtype.newbyteorder('>'))"
    ),
    "a class of arrays": Form(
        _ARRAYS + "    class Tensor(np.ndarray):\n        pass\n    return value.view(Tensor)"
    ),
    "broadcast": Form(_ARRAYS + "    return np.broadcast_to(value, value.shape)"),
    "-0.0": Form("    return value - 0.0 if isinstance(value, float) else value"),
    "np.float32": Form(
        "    if isinstance(value, np.ndarray) and value.dtype == float:\n"
        "        return value.astype(np.float32)\n" + _NUMBERS + "    return np.float32(value)",
        price=frozenset((Status.FORM, Status.NUMERIC)),
    ),
    "an axis of length 1": Form(
        "    if not isinstance(value, (float, np.ndarray)): return value\n"
        "    return np.asarray(value)[..., None] if np.ndim(value) < 3 else value",
        price=frozenset((Status.FORM,)),
    ),
    "a list": Form(_ARRAYS + "    return value.tolist()"),
    "a tuple": Form(
        "    if not isinstance(value, np.ndarray) or value.ndim != 1: return value\n"
        "    return tuple(value.tolist())",
    ),
}

# Python for a dict of the returned entries `found`, each a form that the statement allows.
DICTS = {
    "OrderedDict": "collections.OrderedDict(found)",
    "defaultdict": "collections.defaultdict(float, found)",
    "a class of dicts": "type('Gradients', (dict,), {'__getattr__': dict.get})(found)",
    "MappingProxyType": "types.MappingProxyType(found)",
    "UserDict": "collections.UserDict(found)",
    "ChainMap": "collections.ChainMap(found)",
    "another order": "dict(reversed(list(found.items())))",
    "further numbers": "{**found, 'extra': 1.0, 'cache': np.zeros(3), 'note': 'hello'}",
    "further objects": "{**found, 'function': np.sin, 'none': None, 'nested': {'a': [1], 3: {4}}}",
    "further keys": "{**found, 1: 2.0, (0, 1): 3.0, None: 4.0}",
    "keys of NumPy": "{np.str_(name): value for name, value in found.items()}",
    "names that are an Enum": "_enumerated(found)",
    "a copy": "copy.deepcopy(dict(found))",
}
# The same for tuples and lists inside of it.
SEQUENCES = {
    "a named tuple": (
        "collections.namedtuple('Row', [f'f{k}' for k in range(len(value))])(*value)"
        " if isinstance(value, tuple) else value"
    ),
    "a class of tuples": (
        "type('Shape', (tuple,), {})(value) if isinstance(value, tuple) else value"
    ),
    "a class of lists": "type('Names', (list,), {})(value) if isinstance(value, list) else value",
    "a tuple for a list": "tuple(value)",
}

_HEAD = "import collections, copy, enum, functools, types\nimport numpy as np\n"
_ENUMERATED = """
def _enumerated(found):
    names = enum.Enum('names', {str(name): str(name) for name in found}, type=str)
    return {names[str(name)]: value for name, value in found.items()}
"""
_WALK = """
def _sequence(value):
    return {sequence}
def _form(value):
{form}
def _walk(value):
    if isinstance(value, collections.abc.Mapping):
        return {{name: _walk(one) for name, one in value.items()}}
    if isinstance(value, (list, tuple)):
        return _sequence(type(value)(_walk(one) for one in value))
    return _form(value)
_plain = {name}
@functools.wraps(_plain)
def {name}(*inputs):
    found = _plain(*inputs)
    return {result}
"""


def other_forms(text: str, name: str) -> Iterator[tuple[Changed, frozenset[Status]]]:
    """An answer whose values come back in other forms.

    Args:
        text: Python source that defines a function.
        name: the function's name.

    Yields:
        The changed answers, and the price of the form.
    """

    def changed(what: str, form: str, sequence: str, result: str) -> Changed:
        after = _WALK.format(name=name, form=form, sequence=sequence, result=result)
        return Changed(what, f"{_HEAD}{text}\n{_ENUMERATED}{after}")

    for what, form in VALUES.items():
        yield changed(what, form.source, "value", "_walk(found)"), form.price
    same = "    return value"
    for what, sequence in SEQUENCES.items():
        yield changed(what, same, sequence, "_walk(found)"), frozenset()
    for what, result in DICTS.items():
        of_dicts = f"{result} if isinstance(found, dict) else found"
        yield changed(what, same, "value", of_dicts), frozenset()
