"""Which offset from UTC the name of a time zone means, if it means just one."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

HALF_A_YEAR = timedelta(weeks=26)


def offset_of(name: str, moment: datetime, home: str = "") -> timedelta | None:
    """Looks a name up in the time zone database.

    Args:
        name: a place such as Europe/Berlin, or an abbreviation such as CEST.
        moment: the time there, without its zone.
        home: the place whose time the course uses; an abbreviation means there what it means there.

    Returns:
        The offset from UTC, or None if nobody uses the name at that time, or not everybody in
        the same sense: CST is Chicago's and Shanghai's.
    """
    if home in zone_names() and (ours := _abbreviated(name, moment, home)):
        return ours.pop() if len(ours) == 1 else None
    meant = {_zone(name).utcoffset(moment)} if name in zone_names() else set()
    at_other_times: set[timedelta | None] = set()
    for place in zone_names():
        meant |= _abbreviated(name, moment, place)
        for other in (moment - HALF_A_YEAR, moment + HALF_A_YEAR):
            at_other_times |= _abbreviated(name, other, place)
    # In summer PST is used in Manila alone, and still somebody in California may write it.
    return meant.pop() if len(meant) == len(meant | at_other_times) == 1 else None


def home_zone(config: Any) -> str:
    """The place whose time nbgrader's exchange writes into timestamp.txt, or "" if none is set."""
    exchange = config.Exchange
    return str(exchange.timezone) if "timezone" in exchange else ""


@cache
def zone_names() -> frozenset[str]:
    """The names of places in the time zone database."""
    return frozenset(available_timezones())


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _abbreviated(name: str, moment: datetime, place: str) -> set[timedelta | None]:
    """What the abbreviation means there; two things in the hour that comes twice in autumn."""
    times = [moment.replace(tzinfo=_zone(place), fold=fold) for fold in (0, 1)]
    return {time.utcoffset() for time in times if time.tzname() == name}
