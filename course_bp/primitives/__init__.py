"""The primitive operations by family, one table entry each; see `table` for what an entry holds.

Importing this package gives `Node` and `Dual` their operators, methods and NumPy's functions.
"""

from . import (
    arithmetic,
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
from .table import TABLE, Primitive
from .trigonometry import *

__all__ = ["TABLE", "Primitive"]
__all__ += arithmetic.__all__
__all__ += einstein.__all__
__all__ += elementary.__all__
__all__ += exponentials.__all__
__all__ += joining.__all__
__all__ += linear_algebra.__all__
__all__ += matrices.__all__
__all__ += normalisation.__all__
__all__ += powers.__all__
__all__ += reductions.__all__
__all__ += rounding.__all__
__all__ += scans.__all__
__all__ += selection.__all__
__all__ += shapes.__all__
__all__ += sorting.__all__
__all__ += trigonometry.__all__
