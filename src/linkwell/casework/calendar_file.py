"""The calendar file of one appointment. It says that there is an appointment and when: nothing else can leak from it.

No name, need, service or place, and not who made the file: calendars are shared in families and shown on locked
screens. The address at which somebody finds their own time is signed, so that nobody can make one up, and kept nowhere.
"""

import binascii
import datetime as dt
from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from icalendar import Calendar, Event, vCalAddress

from linkwell.casework.queries.calendars import CalendarEntry
from linkwell.kernel.tongue import say

FILE_NAME = "appointment.ics"
CONTENT_TYPE = "text/calendar; charset=utf-8"
# A name of its own for each entry is needed, and an organiser; neither leads anywhere.
_NOWHERE = "appointment.invalid"


def calendar_file(entry: CalendarEntry, now: dt.datetime) -> bytes:
    """RFC 5545, changed and taken back by the same file again as RFC 5546 (4.1.2, 4.1.3) says, in the language spoken.

    Times are in UTC, so that they stand by the clock on the wall on either side of a clock change.
    """
    event = Event()
    event.add("uid", f"{entry.first_id}@{_NOWHERE}")
    event.add("organizer", vCalAddress(f"mailto:nobody@{_NOWHERE}"))
    event.add("dtstamp", now.astimezone(dt.UTC))
    event.add("dtstart", entry.now.starts_at.astimezone(dt.UTC))
    event.add("dtend", entry.now.ends_at.astimezone(dt.UTC))
    event.add("summary", say("Appointment"))
    event.add("sequence", entry.changes)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("description", _description(entry))
    calendar = Calendar()
    calendar.add("prodid", "-//Appointments//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if entry.cancelled else "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _description(entry: CalendarEntry) -> str:
    who = say("With %(staff)s.") % {"staff": entry.now.staff}
    if not entry.now.phone:
        return who
    change = say("To change it, phone %(phone)s.") % {"phone": entry.now.phone}
    return f"{who} {change}"


def own_address(organisation_id: UUID, entry: CalendarEntry) -> str:
    """The whole address of the page with this time; the same however often it moves."""
    token = _signer().sign(urlsafe_b64encode(organisation_id.bytes + entry.first_id.bytes).decode().rstrip("="))
    return f"{settings.ADDRESS}{reverse('time:own', args=[token])}"


def opened(token: str) -> tuple[UUID, UUID] | None:
    """The organisation and the appointment of a token that we made; None for any other."""
    try:
        both = urlsafe_b64decode(f"{_signer().unsign(token)}=")
    except (BadSignature, binascii.Error, ValueError):
        return None
    return (UUID(bytes=both[:16]), UUID(bytes=both[16:])) if len(both) == 32 else None


def _signer() -> Signer:
    return Signer(salt="linkwell.time", sep=".")
