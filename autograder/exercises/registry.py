"""A set of exercises that is looked up by name, and never changes.

The package's own is `autograder.exercises.EXERCISES`. A course folder with exercises of its own has
another, which holds both (`own.registry_with`); whoever works for a course asks the course's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from difflib import get_close_matches
from typing import Any

from autograder.exercise import Exercise


@dataclass(frozen=True)
class Own:
    """What a course adds to the package's exercises.

    Args:
        where: the folder of the files, for messages.
        files: a file's name → its text.
        units: exercise's id → the unit that checks it.
        replaces: ids of the package's exercises that the course's own take the place of.
        points: exercise's id → part → points, where they are not the exercise's.
    """

    where: str
    files: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    replaces: tuple[str, ...] = ()
    points: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """All of it, as JSON can hold it."""
        return asdict(self)

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> Own:
        """What `as_data` gave."""
        return cls(**{**data, "replaces": tuple(data["replaces"])})


@dataclass(frozen=True)
class Fault:
    """Something of a course's own exercises that cannot be used; all others can.

    Args:
        message: one line that names the file, and says what to do.
        ids: the exercises that there are not because of it, as far as can be told.
    """

    message: str
    ids: frozenset[str] = frozenset()


class Registry(Mapping[str, Exercise]):
    """Exercises by id, in order of unit and id.

    Args:
        exercises: the exercises.
        places: exercise's id → the file that it is written in, for messages.
        own: what a course adds, if this is a course's.
        faults: what of it cannot be used.
    """

    def __init__(
        self,
        exercises: Iterable[Exercise],
        places: Mapping[str, str],
        own: Own | None = None,
        faults: Iterable[Fault] = (),
    ) -> None:
        in_order = sorted(exercises, key=lambda each: (each.unit, each.id))
        self._exercises = {each.id: each for each in in_order}
        self.places, self.own, self.faults = dict(places), own or Own(""), tuple(faults)

    # It never changes, and so it may be a key and a default.
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def __getitem__(self, exercise_id: str) -> Exercise:
        return self._exercises[exercise_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._exercises)

    def __len__(self) -> int:
        return len(self._exercises)

    def knows(self, exercise_id: str) -> bool:
        """Whether `find` finds it: one of these, or one that each student has a variant of."""
        return exercise_id in self._exercises or _variant_base(exercise_id) is not None

    def find(self, exercise_id: str) -> Exercise:
        """Looks up an exercise.

        Args:
            exercise_id: such as "quiz1.backward".

        Returns:
            The exercise.

        Raises:
            ValueError: if there is none of this name, or it cannot be used; the message lists what
                is near, or says what to do.
        """
        if exercise := self._exercises.get(exercise_id) or _variant_base(exercise_id):
            return exercise
        if fault := self.fault_of(exercise_id):
            raise ValueError(f"{exercise_id} cannot be used: {fault.message}")
        near = get_close_matches(str(exercise_id), self, n=1, cutoff=0.5)
        advice = f"Did you mean {near[0]!r}?" if near else f"The exercises are: {', '.join(self)}."
        raise ValueError(f"There is no exercise {exercise_id!r}. {advice}")

    def fault_of(self, exercise_id: str) -> Fault | None:
        """Why an exercise that the course has is not among these."""
        if exercise_id in self._exercises:
            return None
        return next((fault for fault in self.faults if exercise_id in fault.ids), None)

    def without(self, faults: Iterable[Fault]) -> Registry:
        """The same without the exercises that some further faults name."""
        further = tuple(faults)
        out = {id for fault in further for id in fault.ids}
        kept = [exercise for id, exercise in self.items() if id not in out]
        return Registry(kept, self.places, self.own, (*self.faults, *further))

    def file_of(self, exercise_id: str) -> str:
        """The name of the file of one of the course's own exercises; "" for the package's."""
        folder, _, name = self.places[exercise_id].rpartition("/")
        return name if self.own.files and folder == self.own.where else ""

    def of_unit(self, unit: str) -> list[Exercise]:
        """The exercises of one unit, by id.

        Args:
            unit: such as "02-computation-graphs".

        Returns:
            The exercises; an empty list for a unit without any.
        """
        return [exercise for exercise in self.values() if exercise.unit == unit]

    def building_on(self, exercise_id: str) -> list[Exercise]:
        """The exercises that begin with what was computed in one before.

        Args:
            exercise_id: the one before, such as "quiz1.forward".

        Returns:
            The exercises; its answer is asked for their inputs too.
        """
        return [exercise for exercise in self.values() if exercise.builds_on == exercise_id]


def _variant_base(exercise_id: str) -> Exercise | None:
    # Every check imports this module, and few ask for what is imported here.
    from autograder.random_functions.variants import variant_base

    return variant_base(exercise_id)
