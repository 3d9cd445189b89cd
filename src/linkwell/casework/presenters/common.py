"""From loaded rows to the words of every casework page. Never asks the database."""

import datetime as dt
from typing import Any
from uuid import UUID

from linkwell.casework.offers import Offer
from linkwell.casework.queries import LastChange
from linkwell.casework.rows import AppointmentRow, CaseRow, InteractionRow, Load
from linkwell.core.addresses import address
from linkwell.kernel import clock, words

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def case_title(case: CaseRow) -> str:
    """ "Support from 3 March 2026 to 2 June 2026", or "Support since 3 March 2026"."""
    start = words.short_date(case.opened_at)
    return f"Support from {start} to {words.short_date(case.closed_at)}" if case.closed_at else f"Support since {start}"


def next_words(case: CaseRow, today: dt.date) -> str:
    """What comes next and by when; says so when the day has gone."""
    if case.next_date is None:
        return ""
    late = (today - case.next_date).days
    when = f"by {words.written_date(case.next_date)}"
    if late > 0:
        when += f" ({words.counted(late, 'day')} ago)"
    return f"{case.next_step}, {when}" if case.next_step else when[0].upper() + when[1:]


def overdue(case: CaseRow, today: dt.date) -> bool:
    return case.next_date is not None and case.next_date < today


def case_line(case: CaseRow, today: dt.date, offer: Offer | None = None) -> dict[str, Any]:
    """One line of a caseload or waiting list."""
    return {
        "case": case,
        "url": address("casework:case", case.id),
        "next": next_words(case, today),
        "overdue": overdue(case, today),
        "since": words.waiting((today - clock.london(case.opened_at).date()).days),
        "offer": offer,
        "last": words.ago(case.last_contact_at) if case.last_contact_at else "not spoken yet",
    }


def load_words(load: Load) -> str:
    """ "31 of 56: room for about 25 more", "58 of 56: over full", and what of it is cover."""
    room = load.full - load.weight
    if load.full <= 0:
        fits = "away"
    else:
        fits = f"room for about {room} more" if room > 0 else "full" if room == 0 else "over full"
    unspoken = f", {load.not_yet_spoken} not spoken to yet" if load.not_yet_spoken else ""
    return f"{load.weight} of {load.full}: {fits}{unspoken}{_cover_words(load)}"


def _cover_words(load: Load) -> str:
    taken = f", {load.covering} of them for {words.joined(load.covering_for)}" if load.covering else ""
    return taken + (f", {load.covered} covered by others" if load.covered else "")


def away_words(load: Load) -> str:
    """ "Away 3 March to 10 March"; empty when they are there for the coming weeks."""
    days = [
        words.written_date(first) if first == last else f"{words.written_date(first)} to {words.written_date(last)}"
        for first, last in load.away
    ]
    return f"Away {words.joined(days)}" if days else ""


def worker_line(load: Load) -> dict[str, Any]:
    """One worker to choose, with what a lead weighs."""
    days = ", ".join(DAYS[day] for day in sorted(load.working_days))
    return {
        "id": load.worker_id,
        "name": load.name,
        "load": load,
        "load_words": load_words(load),
        "days": f"Works {days}" if days else "Working days not said",
        "languages": ", ".join(load.languages) or "English",
        "away": away_words(load),
    }


def worker_hints(loads: list[Load]) -> dict[str, str]:
    """The hint below each worker in a form."""
    lines = {str(load.worker_id): worker_line(load) for load in loads}
    return {
        key: f"{line['load_words']}. {line['days']}. Speaks {line['languages']}."
        + (f" {line['away']}." if line["away"] else "")
        for key, line in lines.items()
    }


def by_room(loads: dict[UUID, Load]) -> list[Load]:
    """Whoever has most room first."""
    return sorted(loads.values(), key=lambda load: (load.weight / load.full if load.full else 1, load.name.casefold()))


def changed_by(change: LastChange | None) -> tuple[str, str]:
    """Who was first and when, for the page of whoever came second."""
    if change is None:
        return "Somebody", "a moment ago"
    return change.who, f"at {words.written_time(change.at)}"


def appointment_line(row: AppointmentRow, now: dt.datetime) -> dict[str, Any]:
    return {
        "row": row,
        "when": words.written_datetime(row.starts_at),
        "until": words.written_time(row.ends_at),
        "gone": row.starts_at <= now,
        "agreed": "" if row.agreed_with_person else "not agreed with them yet",
    }


def past_choices(rows: tuple[AppointmentRow, ...], now: dt.datetime) -> list[tuple[str, str]]:
    """Booked appointments whose time has come, to choose from in a write-up."""
    return [
        (str(row.id), f"{words.written_datetime(row.starts_at)}, {row.kind_words.lower()}")
        for row in rows
        if row.starts_at <= now and row.agreed_with_person
    ]


def conversation_entry(row: InteractionRow) -> dict[str, Any]:
    """One conversation on a line of time."""
    corrected = " (corrected)" if row.corrections else ""
    return {
        "when": words.written_datetime(row.happened_at),
        "kind": row.kind_words,
        "title": f"{row.outcome_words}{corrected}",
        "url": address("casework:conversation", row.id),
        "body": row.newest_note,
        "who": row.by,
    }
