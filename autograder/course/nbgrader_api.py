"""Starts nbgrader's own Python API."""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path
from typing import Any


class Refused(Exception):
    """nbgrader refuses a setting; the message is nbgrader's."""


def started(config: Any) -> Any:
    """nbgrader's API with a configuration.

    Args:
        config: a traitlets Config.

    Returns:
        An NbGraderAPI.

    Raises:
        Refused: if nbgrader refuses a setting.
    """
    # nbgrader starts `alembic` and kernels by name; they lie beside this interpreter, which
    # is on the PATH only in an activated environment.
    os.environ["PATH"] = os.pathsep.join(
        [str(Path(sys.executable).parent), os.environ.get("PATH", "")]
    )
    # Harmless notes of SQLAlchemy about nbgrader's own session handling.
    warnings.filterwarnings("ignore", message="Object of type", module="nbgrader")
    # Importing it builds 38 grammars of internationalised addresses, two thirds of nbgrader's
    # own start; jsonschema does without, and no notebook holds such an address.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    from nbgrader.apps import NbGraderAPI
    from traitlets import TraitError

    try:
        return NbGraderAPI(config=config)
    except TraitError as error:
        raise Refused(str(error)) from None
