"""Every exercise asks at the edge of what its statement allows, or says why not."""

from __future__ import annotations

from judging import exercises

from autograder.exercise import Exercise


@exercises
def test_the_edge_of_the_domain_is_asked_or_there_is_a_reason_why_not(exercise: Exercise) -> None:
    # Other numbers of the first sizes, and the first inputs again, come by themselves.
    own = [
        probe
        for probe in exercise.probes
        if probe.corner and not probe.repeats and not probe.name.endswith("with other numbers")
    ]
    assert bool(own) != bool(exercise.no_domain)
