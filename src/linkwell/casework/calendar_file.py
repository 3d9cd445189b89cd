"""The calendar file of one appointment. It says that there is an appointment and when: nothing else can leak from it.

No name, need, service or place: calendars are shared in families and shown on locked screens.
"""

import datetime as dt
from uuid import UUID

from icalendar import Calendar, Event

TITLE = "Appointment"


def calendar_file(
    *,
    appointment_id: UUID,
    starts_at: dt.datetime,
    minutes: int,
    staff: str,
    phone: str,
    version: int,
    now: dt.datetime,
) -> bytes:
    """RFC 5545. Times are in UTC, so that they stand by the clock on the wall on either side of a clock change."""
    event = Event()
    event.add("uid", f"{appointment_id}@linkwell.invalid")
    event.add("dtstamp", now.astimezone(dt.UTC))
    event.add("dtstart", starts_at.astimezone(dt.UTC))
    event.add("dtend", (starts_at + dt.timedelta(minutes=minutes)).astimezone(dt.UTC))
    event.add("summary", TITLE)
    event.add("sequence", version)
    event.add("class", "PRIVATE")
    event.add("description", f"With {staff}. To change it, phone {phone}." if phone else f"With {staff}.")
    calendar = Calendar()
    calendar.add("prodid", "-//Linkwell//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
