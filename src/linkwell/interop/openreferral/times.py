"""When a service is open: schedules of Open Referral UK 3.0 and of the older layouts."""

from __future__ import annotations

import re
from dataclasses import replace

from linkwell.interop.openreferral.records import ScheduleRecord
from linkwell.interop.openreferral.values import Raw, Reader

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY_WORDS = {
    word: code
    for code, words in zip(
        DAYS,
        (
            "monday mon mo 1",
            "tuesday tue tues tu 2",
            "wednesday wed weds we 3",
            "thursday thu thur thurs th 4",
            "friday fri fr 5",
            "saturday sat sa 6",
            "sunday sun su 7",
        ),
        strict=True,
    )
    for word in words.split()
}
_BYDAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")


def schedules(read: Reader, service: Raw) -> tuple[ScheduleRecord, ...]:
    """Times of the whole service, then times of each of its places; what is said twice counts once."""
    found = [_schedule(read, each, "") for each in _given(read, service)]
    for _, link in read.parts(service, "service_at_locations", "service_at_location"):
        for _, place in read.parts(link, "location"):
            where = read.line(place, "id")
            found += [_schedule(read, each, where) for each in (*_given(read, link), *_given(read, place))]
    blank = ScheduleRecord("")
    return _once([each for each in found if _without_id(each) != blank])


def _once(found: list[ScheduleRecord]) -> tuple[ScheduleRecord, ...]:
    """A time under two identifiers is one time, and one that belongs to a place need not be said of the service too."""
    kept: dict[ScheduleRecord, ScheduleRecord] = {}
    for each in found:
        kept.setdefault(replace(each, id=""), each)
    placed = {replace(each, location_id="") for each in kept if each.location_id}
    return tuple(each for bare, each in kept.items() if bare.location_id or bare not in placed)


def _given(read: Reader, raw: Raw) -> list[Raw]:
    return [each for _, each in read.parts(raw, "schedules", "regular_schedules", "regular_schedule")]


def _without_id(schedule: ScheduleRecord) -> ScheduleRecord:
    return ScheduleRecord(
        "",
        schedule.freq,
        None,
        schedule.byday,
        schedule.bymonthday,
        schedule.opens_at,
        schedule.closes_at,
        schedule.valid_from,
        schedule.valid_to,
        schedule.description,
        schedule.notes,
        schedule.attending_type,
    )


def _schedule(read: Reader, raw: Raw, location_id: str) -> ScheduleRecord:
    freq = read.line(raw, "freq").upper()
    if freq and freq not in _FREQUENCIES:
        read.note("freq", "freq should be DAILY, WEEKLY, MONTHLY or YEARLY, and was left out.")
        freq = ""
    return ScheduleRecord(
        id=read.line(raw, "id"),
        freq=freq,
        interval=read.whole(raw, "interval", 1, 366),
        byday=_byday(read, raw),
        bymonthday=_bymonthday(read, raw),
        opens_at=read.time(raw, "opens_at"),
        closes_at=read.time(raw, "closes_at"),
        valid_from=read.date(raw, "valid_from", "dtstart"),
        valid_to=read.date(raw, "valid_to", "until"),
        description=read.plain(raw, "description"),
        notes=read.plain(raw, "notes"),
        attending_type=read.line(raw, "attending_type"),
        location_id=location_id,
    )


def _byday(read: Reader, raw: Raw) -> tuple[str, ...]:
    """Days in the order of the week. The first layout gave one `weekday`, as a word or a number."""
    said = [part.strip() for name in ("byday", "weekday") for line in read.lines(raw, name) for part in line.split(",")]
    found: list[str] = []
    for part in filter(None, said):
        code = _DAY_WORDS.get(part.lower(), part.upper())
        if _BYDAY.fullmatch(code):
            found.append(code.removeprefix("+"))
        else:
            read.note("byday", "A day should be MO, TU, WE, TH, FR, SA or SU; one that was not was left out.")
    return tuple(sorted(set(found), key=lambda code: (DAYS.index(code[-2:]), code)))


def _bymonthday(read: Reader, raw: Raw) -> tuple[int, ...]:
    found = set()
    for line in read.lines(raw, "bymonthday"):
        for part in line.split(","):
            day = read.whole({"bymonthday": part.strip()}, "bymonthday", -31, 31)
            if day:
                found.add(day)
    return tuple(sorted(found))
