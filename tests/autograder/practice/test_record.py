from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from autograder.practice.record import KEY, SETTLED, Record, read_record, write_record
from autograder.progress_file import read_notes, write_notes

SIGN, PATH = "the wrong sign at u/v", "a path missing at a fan-out"


def test_a_mistake_is_owed_until_it_was_avoided_often_enough() -> None:
    record = Record({}).with_mistakes([SIGN])
    owed = [record.owed.get(SIGN, 0.0)]
    for _ in range(SETTLED):
        record = record.with_right([SIGN])
        owed.append(record.owed.get(SIGN, 0.0))
    assert owed == sorted(owed, reverse=True)
    assert owed[-1] == 0.0
    assert owed[-2] > 0.0


def test_making_it_again_begins_anew() -> None:
    record = Record({}).with_mistakes([SIGN]).with_right([SIGN]).with_mistakes([SIGN])
    assert record.rows[SIGN].made == 2
    assert record.rows[SIGN].right_since == 0


def test_what_was_never_made_is_not_recorded_as_right() -> None:
    assert Record({}).with_right([SIGN]).rows == {}


def test_a_record_is_kept_beside_other_notes(tmp_path: Path) -> None:
    file = tmp_path / "progress.json"
    write_notes(file, {"quiz1.forward": {"best": 1.0}})
    record = Record({}).with_mistakes([SIGN, PATH]).with_right([PATH])
    write_record(record, file)
    assert read_record(file) == record
    assert read_notes(file)["quiz1.forward"] == {"best": 1.0}


@pytest.mark.parametrize(
    "notes",
    [[], 3, {SIGN: 1}, {SIGN: {"made": -1, "right_since": 0}}, {SIGN: {"made": True}}],
)
def test_damaged_notes_count_as_none(tmp_path: Path, notes: Any) -> None:
    file = tmp_path / "progress.json"
    write_notes(file, {KEY: notes})
    assert read_record(file).rows == {}


def test_the_table_begins_with_what_is_owed_most() -> None:
    record = Record({}).with_mistakes([SIGN, PATH]).with_right([PATH])
    lines = str(record).splitlines()
    assert lines[0].split("  ")[0] == "mistake"
    assert [line.split("  ")[0] for line in lines[1:]] == [SIGN, PATH]
    assert record._repr_html_().index(SIGN) < record._repr_html_().index(PATH)


def test_an_empty_record_says_so() -> None:
    assert str(Record({})) == "No mistake so far."
