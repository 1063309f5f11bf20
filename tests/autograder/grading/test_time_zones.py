"""What the name of a time zone means."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from traitlets.config import Config

from autograder.grading.time_zones import home_zone, offset_of

SUMMER, WINTER = datetime(2026, 7, 1, 10), datetime(2026, 11, 22, 10)
TWICE = datetime(2026, 10, 25, 2, 30)


@pytest.mark.parametrize(
    ("name", "moment", "home", "hours"),
    [
        ("Europe/Berlin", WINTER, "", 1),
        ("EST", WINTER, "", -5),
        ("CST", WINTER, "", None),
        ("CST", WINTER, "Asia/Shanghai", 8),
        ("PST", WINTER, "America/Los_Angeles", -8),
        ("EST", WINTER, "Europe/Berlin", -5),
        ("EDT", SUMMER, "", -4),
        ("EDT", WINTER, "", None),
        ("PST", SUMMER, "", None),
        ("EST", WINTER, "no/such", -5),
        ("CEST", TWICE, "Europe/Berlin", 2),
        ("CET", TWICE, "Europe/Berlin", 1),
        ("../etc/localtime", WINTER, "", None),
    ],
)
def test_a_name_with_one_meaning_has_an_offset(
    name: str, moment: datetime, home: str, hours: int | None
) -> None:
    meant = None if hours is None else timedelta(hours=hours)
    assert offset_of(name, moment, home) == meant


def test_the_course_names_its_zone_as_nbgraders_exchange_does() -> None:
    assert home_zone(Config()) == ""
    assert home_zone(Config({"Exchange": {"timezone": "Europe/Berlin"}})) == "Europe/Berlin"
