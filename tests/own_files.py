"""Small files of exercises, as an instructor would write them."""

from __future__ import annotations

from pathlib import Path

SQUARE = """\
import numpy as np

from autograder.exercise import Exercise, Part, Probe

square = Exercise(
    id="{id}",
    title="{title}",
    steps={{"y": lambda v: v.x**{power}}},
    parts=(Part("y", 2),),
    probes=(
        Probe("three", lambda rng: {{"x": rng.uniform(1, 2, size=3)}}),
        Probe("four", lambda rng: {{"x": rng.uniform(1, 2, size=4)}}),
    ),
)
"""


def square(id: str = "square.value", title: str = "A square", power: int = 2) -> str:
    """A file with one exercise."""
    return SQUARE.format(id=id, title=title, power=power)


def course_with(
    root: Path, files: dict[str, str], said: str = "", units: dict[str, str] | None = None
) -> Path:
    """A course folder with files of exercises, a course.toml and texts that check exercises.

    Args:
        root: the folder to make.
        files: name → content of a file in exercises/.
        said: the content of course.toml.
        units: unit → the exercise that its text checks.
    """
    (root / "exercises").mkdir(parents=True)
    (root / "nbgrader_config.py").write_text(
        'c = get_config()\nc.CourseDirectory.source_directory = "solutions"\n'
        'c.CourseDirectory.release_directory = "notebooks"\n'
    )
    for name, text in files.items():
        (root / "exercises" / name).write_text(text, "utf-8")
    if said:
        (root / "course.toml").write_text(said, "utf-8")
    for unit, id in (units or {}).items():
        text = root / "solutions" / unit / f"{unit}.py"
        text.parent.mkdir(parents=True)
        text.write_text(
            f'# %% solution="{id}"\ndef answer(x):\n    ### BEGIN SOLUTION\n    return x * x\n'
            f'    ### END SOLUTION\n\n# %% check="{id}"\ncheck("{id}", answer)\n'
        )
    return root
