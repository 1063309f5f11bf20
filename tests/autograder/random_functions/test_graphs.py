from __future__ import annotations

import numpy as np
import pytest
from drawn_programs import drawn

from autograder.random_functions.bounds import are_in_bounds
from autograder.random_functions.graphs import LEVELS, NoneFound, point, random_graph

levels = pytest.mark.parametrize("level", LEVELS)
SEEDS = range(30)


@levels
def test_every_input_and_line_is_used(level: int) -> None:
    for seed in SEEDS:
        program = random_graph(np.random.default_rng(seed), level)
        named = [*program.inputs, *(line.name for line in program.lines[:-1])]
        assert set(named) == set(program.uses)


@levels
def test_a_graph_has_the_size_that_was_asked_for(level: int) -> None:
    for seed in SEEDS:
        program = random_graph(np.random.default_rng(seed), level)
        assert len(program.lines) == LEVELS[level].lines + 1
        assert len(program.inputs) == LEVELS[level].inputs
        assert len(program.fan_outs) >= LEVELS[level].fan_outs


@levels
def test_no_name_is_taken_for_an_article_a_derivative_or_an_operand_of_feedback(level: int) -> None:
    for seed in SEEDS:
        program = random_graph(np.random.default_rng(seed), level)
        assert not {line.name for line in program.lines} & set("aduvw")


def test_what_is_only_added_up_at_the_end_is_not_asked_for() -> None:
    for seed in SEEDS:
        program = drawn("graphs", seed)
        ends = set(program.lines[-1].operands)
        elsewhere = {name for line in program.lines[:-1] for name in line.operands}
        assert set(program.asked) == (ends | elsewhere) - (ends - elsewhere)


def test_every_graph_stays_in_its_bounds() -> None:
    assert all(are_in_bounds(drawn("graphs", seed)) for seed in SEEDS)


def test_seeds_give_different_graphs_and_the_same_seed_the_same() -> None:
    found = [drawn("graphs", seed) for seed in SEEDS]
    assert len({program.source for program in found}) == len(found)
    assert [drawn("graphs", seed).source for seed in SEEDS] == [one.source for one in found]


def test_a_point_has_one_digit_and_lies_inside() -> None:
    rng = np.random.default_rng(0)
    for seed in SEEDS:
        program = drawn("graphs", seed)
        for name, value in point(rng, program).items():
            domain = program.inputs[name]
            assert domain.above < value < domain.below  # type: ignore[union-attr]
            assert value == round(value, 1)


def test_a_graph_that_there_is_not_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.random_functions.graphs.is_fit", lambda *_: False)
    with pytest.raises(NoneFound, match="level 1"):
        random_graph(np.random.default_rng(0), 1)
