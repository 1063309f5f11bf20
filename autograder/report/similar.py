"""Near-copies: pairs of submissions whose code overlaps more than chance and the task explain.

Fingerprints are those of winnowing (Schleimer, Wilkerson & Aiken, "Winnowing: local algorithms for
document fingerprinting", SIGMOD 2003), by the library copydetect, which also reads names of
variables and functions as the same, so that renaming does not hide a copy. What the notebook gave,
and what many students wrote, is not a sign of copying and is left out, as in MOSS.

A pair is a reason to read both, not a verdict.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from autograder.course.folder import Course
from autograder.course.notebooks import released_notebooks, source_notebooks
from autograder.grading.graded_notebook import read_graded_all
from autograder.records.graded import graded_of

# Characters of filtered code that must agree in a row to count at all.
NOISE = 25
# Every fingerprint is kept (a window of one). copydetect hashes with Python's own salted hash, and
# a larger window would choose others in each run, so that the figures would not repeat.
WINDOW = 1
# Sixteen honest answers to one unit reach 0.57 at most, a copy with other names 1.0.
THRESHOLD = 0.8
# What more students than this wrote comes from the task or the lecture (as MOSS's option -m).
COMMON = 3
# With fewer distinctive characters there is too little to say anything.
LITTLE = 100
MAX_PASSAGE = 600
# Stands for a student whose work is the course's own solution; no folder has this name.
INSTRUCTOR = "the instructor's solution"


@dataclass(frozen=True)
class Pair:
    """Submissions that overlap: two, or all those of the same code.

    Args:
        students: their ids, in order; `INSTRUCTOR` among them is the course's own solution.
        similarity: the share of the distinctive code of the one that has less, found in the other.
        shared: characters of filtered code that agree.
        passages: the agreeing passages as the first of them wrote them, longest first.
    """

    unit: str
    students: tuple[str, ...]
    similarity: float
    shared: int
    passages: tuple[str, ...]


def near_copies(
    course: Course, unit: str, threshold: float = THRESHOLD, common: int = COMMON
) -> list[Pair]:
    """Looks for near-copies among the graded submissions of a unit.

    Args:
        threshold: the similarity from which a pair is reported, between 0 and 1.
        common: what more students than this wrote does not count.

    Returns:
        Pairs, the most similar first.
    """
    given = read_graded_all(released_notebooks(course, unit)).answers
    answers = {}
    for student in course.students(unit):
        found = graded_of(course, unit, student).answers
        answers[student] = "\n\n".join(found[name] for name in given if name in found)
    own = read_graded_all(source_notebooks(course, unit)).answers
    solution = "\n\n".join(own[name] for name in given if name in own)
    return pairs_of(unit, answers, "\n\n".join(given.values()), threshold, common, solution)


def pairs_of(
    unit: str,
    answers: Mapping[str, str],
    given: str = "",
    threshold: float = THRESHOLD,
    common: int = COMMON,
    solution: str = "",
) -> list[Pair]:
    """Compares the code of students pair by pair, and with the instructor's.

    Args:
        unit: the unit, for the pairs.
        answers: student → code.
        given: what the notebook gave, which does not count.
        threshold: the similarity from which a pair is reported, between 0 and 1.
        common: what more students than this wrote does not count.
        solution: the instructor's code, if there is any.

    Returns:
        Pairs, the most similar first.
    """
    import numpy as np
    from copydetect import compare_files

    boilerplate = _hashes(_fingerprint(given, ()).hashes)
    if solution:
        answers = {**answers, INSTRUCTOR: solution}
    same: dict[str, list[str]] = {}
    for student, code in answers.items():
        one = _fingerprint(code, boilerplate)
        if one.token_coverage >= LITTLE:
            same.setdefault(one.filtered_code, []).append(student)
    groups = {min(students): tuple(sorted(students)) for students in same.values()}
    found = [_identical(unit, group, answers) for group in groups.values() if len(group) > 1]
    spread = Counter(
        value
        for student in groups
        if student != INSTRUCTOR
        for value in _fingerprint(answers[student], ()).hashes
    )
    ignored = {value for value, many in spread.items() if many > common}
    taken = np.union1d(boilerplate, _hashes(ignored))
    prints = {student: _fingerprint(answers[student], taken) for student in groups}
    known = {student: one for student, one in prints.items() if one.token_coverage >= LITTLE}
    for first, second in combinations(sorted(known), 2):
        if known[first].hashes & known[second].hashes:
            shared, shares, slices = compare_files(known[first], known[second])
            if max(shares) >= threshold:
                similarity = min(1.0, float(max(shares)))
                passages = _passages(known[first], slices[0])
                found.append(Pair(unit, (first, second), similarity, int(shared), passages))
    return sorted(found, key=lambda pair: (-pair.similarity, -pair.shared, pair.students))


def _identical(unit: str, group: tuple[str, ...], answers: Mapping[str, str]) -> Pair:
    code = answers[group[0]]
    length = len(_fingerprint(code, ()).filtered_code)
    return Pair(unit, group, 1.0, length, (code.strip()[:MAX_PASSAGE],))


def _passages(one: Any, slices: Any) -> tuple[str, ...]:
    """The three longest passages, as they were written."""
    texts = [one.raw_code[int(a) : int(b)].strip() for a, b in zip(*slices, strict=True)]
    return tuple(text[:MAX_PASSAGE] for text in sorted(texts, key=len, reverse=True)[:3])


def _hashes(values: Iterable[int]) -> Any:
    import numpy as np

    return np.array(sorted(values), dtype=np.int64)


def _fingerprint(code: str, boilerplate: Any) -> Any:
    from copydetect import CodeFingerprint

    return CodeFingerprint(
        "answer.py", NOISE, WINDOW, boilerplate, language="python", fp=io.StringIO(code)
    )
