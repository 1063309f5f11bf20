"""The primitive operations by family, one table entry each; see `table` for what an entry holds.

Importing this package gives `Node` and `Dual` their operators, methods and NumPy's functions.
"""

from typing import TYPE_CHECKING

from . import (
    arithmetic,
    comparisons,
    einstein,
    elementary,
    exponentials,
    joining,
    linear_algebra,
    matrices,
    normalisation,
    powers,
    reductions,
    rounding,
    scans,
    selection,
    shapes,
    sorting,
    trigonometry,
)
from . import numpy_functions as numpy_functions
from .arithmetic import *
from .comparisons import *
from .einstein import *
from .elementary import *
from .exponentials import *
from .joining import *
from .linear_algebra import *
from .matrices import *
from .normalisation import *
from .powers import *
from .reductions import *
from .rounding import *
from .scans import *
from .selection import *
from .shapes import *
from .sorting import *
from .table import TABLE as TABLE
from .table import Primitive as Primitive
from .trigonometry import *

_FAMILIES = (
    arithmetic,
    comparisons,
    einstein,
    elementary,
    exponentials,
    joining,
    linear_algebra,
    matrices,
    normalisation,
    powers,
    reductions,
    rounding,
    scans,
    selection,
    shapes,
    sorting,
    trigonometry,
)
PUBLIC = ["TABLE", "Primitive", *(name for family in _FAMILIES for name in family.__all__)]
# Type checkers know it from the imports above; they cannot read a list that is put together.
if not TYPE_CHECKING:
    __all__ = PUBLIC
