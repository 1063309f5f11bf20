"""The primitive operations by family, one table entry each; see `table` for what an entry holds.

Importing this package gives `Node` and `Dual` their operators, methods and NumPy's functions.
"""

from . import (
    arithmetic,
    elementary,
    joining,
    linear_algebra,
    normalisation,
    powers,
    reductions,
    selection,
    shapes,
)
from . import numpy_functions as numpy_functions
from .arithmetic import *
from .elementary import *
from .joining import *
from .linear_algebra import *
from .normalisation import *
from .powers import *
from .reductions import *
from .selection import *
from .shapes import *
from .table import TABLE, Primitive

__all__ = ["TABLE", "Primitive"]
__all__ += arithmetic.__all__
__all__ += elementary.__all__
__all__ += joining.__all__
__all__ += linear_algebra.__all__
__all__ += normalisation.__all__
__all__ += powers.__all__
__all__ += reductions.__all__
__all__ += selection.__all__
__all__ += shapes.__all__
