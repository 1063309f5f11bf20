"""The catalogue against the course: a mistake is in the bank of every exercise that it concerns.

The rows and the exercises that they name are those of the table of mistakes that the course was
planned with. Where a mistake cannot occur in one of them, the reason stands here.
"""

from __future__ import annotations

from functools import cache

import pytest

from autograder.bank.run import applicable
from autograder.exercises import EXERCISES
from autograder.judge.answer_key import AnswerKey
from autograder.judge.catalogue import CATALOGUE
from autograder.judge.draw import draw_inputs

# The planned exercises, by number, and what they have become.
BECAME = {
    0: ("rosetta.shapes",),
    1: ("quiz1.forward", "quiz1.graph"),
    2: ("j.paths",),
    3: ("quiz1.backward",),
    4: ("accumulate.forward", "accumulate.reverse", "accumulate.passes"),
    5: ("circuit.gates", "circuit.sigmoid"),
    6: ("engine.local", "engine.backward", "engine.deep", "engine.broadcast"),
    7: ("activations.values", "activations.backward"),
    8: ("checker.difference", "checker.sweep", "checker.verdict"),
    9: ("case1.forward", "case1.backward", "case1.batch"),
    10: ("case2.forward", "case2.backward"),
    11: (
        "bp.output_error",
        "bp.hidden_error",
        "bp.parameters",
        "bp.five_steps",
        "bp.rows",
        "bp.batch",
    ),
    12: ("quiz2.forward", "quiz2.backward"),
    13: ("softmax.forward", "softmax.jacobian", "softmax.backward"),
    14: ("twenty_lines.gradients", "twenty_lines.train"),
    15: ("l2.gradient", "sgd.epoch"),
    16: ("xor.train", "losses.matching", "erm.digits"),
    17: ("naumann.jacobian", "fibonacci.memo"),
    18: ("kinks.slopes", "derivative.costs"),
    19: ("slides.corrected", "suspects.named"),
}
# Mistake → numbers of the exercises where people make it.
TABLE = {
    "M1": (2, 5, 9, 10, 11, 12, 13, 14),
    "M2": (8, 11, 14, 15),
    "M3": (11, 13, 14, 15),
    "M4": (11, 12, 13, 14),
    "M5": (9, 10, 11, 12, 13, 14),
    "M6": (7, 10, 11, 12),
    "M7": (9, 10, 13),
    "M8": (7,),
    "M9": (5, 6, 7),
    "M10": (7, 8),
    "M11": (11, 12, 13, 14),
    "M12": (11, 14),
    "M13": (10, 11, 12, 13, 14),
    "M14": (11, 15),
    "M15": (1, 2, 3, 4, 5, 6),
    "M16": (6,),
    "M17": (6, 15),
    "M18": (2, 6),
    "M19": (6, 11),
    "M20": (11, 14),
    "M21": (9, 14),
    "M22": (15,),
    "M23": (13,),
    "M24": (13,),
    "M25": (7, 9, 13),
    "M26": (3, 8),
    "M28": (11, 15),
    "M29": (10,),
    "M30": (4, 5),
    "M31": (3,),
    "M32": (11, 15),
    "M33": (8,),
}
# M27, an input changed in place, is no value but something done: the judge sees it in every
# exercise where an array comes in (test_memory_of_answers).
DONE_AND_NOT_RETURNED = {"M27"}

ONE_EXAMPLE = "a single example comes in, so nothing is averaged, copied or reduced over a batch"
FORWARD = "a forward pass, in which no derivative occurs"
NO_MATRIX = "no matrix of weights comes in, and the exercise's own is symmetric or there is none"
GIVEN = "delta or dZ is given, and no activation lies between it and what is asked"
ONE_LAYER = "one layer on its own: nothing of another layer, and no other layer, is at hand"
ONE_PASS = "a single pass that keeps nothing, so nothing earlier can be taken"
LOCAL = "one operation at a time: no pass is made over a graph"
NOT_HERE = {
    ("M2", "checker.verdict"): "yes and no have no size; the factor is M33, divided by h",
    **{("M4", id): ONE_EXAMPLE for id in BECAME[11][:4] + BECAME[12]},
    ("M4", "bp.rows"): "what has been averaged is given; once more is M3 and M20 here",
    ("M4", "softmax.jacobian"): ONE_EXAMPLE,
    ("M4", "twenty_lines.train"): "its loss is a sum, so a mean is one too many: M3",
    ("M5", "bp.parameters"): GIVEN,
    ("M5", "bp.rows"): GIVEN,
    ("M5", "softmax.forward"): FORWARD,
    ("M6", "activations.values"): "one number goes in and one comes out of each function",
    **{("M7", id): FORWARD for id in ("case1.forward", "case2.forward", "softmax.forward")},
    ("M7", "softmax.jacobian"): "there is no cross-entropy",
    ("M9", "engine.local"): LOCAL,
    ("M9", "activations.values"): FORWARD,
    **{("M10", id): "the functions have no ReLU, and corners are skipped" for id in BECAME[8]},
    ("M11", "bp.output_error"): NO_MATRIX,
    ("M11", "softmax.jacobian"): NO_MATRIX,
    ("M12", "twenty_lines.train"): "at its sizes the first step would stop with an error",
    **{("M13", id): ONE_LAYER for id in (*BECAME[11][:3], "bp.rows", "softmax.forward")},
    **{("M14", id): ONE_LAYER for id in (*BECAME[11][:3], "bp.rows")},
    ("M14", "l2.gradient"): "no step is made",
    ("M15", "quiz1.forward"): FORWARD,
    ("M15", "accumulate.passes"): "passes are counted, not made",
    **{("M15", id): "every node of the circuit is used once" for id in BECAME[5]},
    ("M15", "engine.local"): LOCAL,
    ("M16", "engine.local"): LOCAL,
    ("M16", "engine.broadcast"): "only leaves are used twice, and they may come in any order",
    ("M17", "engine.local"): LOCAL,
    ("M17", "l2.gradient"): ONE_PASS,
    **{("M19", id): "nodes hold single numbers" for id in BECAME[6][:3]},
    **{("M19", id): ONE_EXAMPLE for id in BECAME[11][:4]},
    **{("M20", id): "no bias is asked for" for id in BECAME[11][:2]},
    **{("M21", id): ONE_EXAMPLE for id in BECAME[9][:2]},
    **{("M21", id): "outputs and targets are both tables" for id in BECAME[14]},
    **{("M23", id): FORWARD for id in ("softmax.forward",)},
    ("M24", "softmax.jacobian"): ONE_EXAMPLE,
    **{("M25", id): "only ordinary numbers come in; unit 05 has the others" for id in BECAME[9]},
    **{("M26", id): "x holds floats" for id in ("checker.sweep",)},
    **{("M28", id): ONE_PASS for id in (*BECAME[11], "l2.gradient")},
    ("M29", "case2.forward"): FORWARD,
    ("M32", "l2.gradient"): "no step is made",
}


@cache
def banked(exercise_id: str) -> frozenset[str]:
    """The rows of the catalogue that an exercise's bank has, its own ones and derived ones."""
    exercise = EXERCISES[exercise_id]
    key = AnswerKey(exercise, draw_inputs(exercise, (1,)))
    return frozenset(mistake.id for mistake in (*exercise.mistakes, *applicable(key)))


@pytest.mark.parametrize(
    ("row", "exercise"),
    [(row, id) for row, numbers in TABLE.items() for number in numbers for id in BECAME[number]],
)
def test_a_mistake_is_in_the_bank_of_every_exercise_that_it_concerns(
    row: str, exercise: str
) -> None:
    # A reason that has become untrue is to be taken out.
    assert (row in banked(exercise)) != ((row, exercise) in NOT_HERE)


def test_every_row_of_the_catalogue_is_made_somewhere() -> None:
    made = frozenset().union(*(banked(id) for id in EXERCISES))
    assert made | DONE_AND_NOT_RETURNED == set(CATALOGUE)


def test_every_exercise_of_the_course_has_its_number() -> None:
    electives = {id for id, exercise in EXERCISES.items() if "elective" in exercise.unit}
    assert {id for ids in BECAME.values() for id in ids} | electives <= set(EXERCISES)
    assert set(TABLE) | DONE_AND_NOT_RETURNED == {f"M{number}" for number in range(1, 34)}


def test_every_reason_is_about_a_row_of_the_table() -> None:
    concerned = {(row, id) for row in TABLE for number in TABLE[row] for id in BECAME[number]}
    assert set(NOT_HERE) <= concerned
