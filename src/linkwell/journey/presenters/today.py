"""The Today page of a link worker in words."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse

from linkwell.casework.presenters import next_words
from linkwell.casework.presenters.common import load_words
from linkwell.casework.presenters.interpreters import interpreter_line
from linkwell.casework.queries import DueStep
from linkwell.casework.rows import AppointmentRow, CaseRow, Load
from linkwell.core.addresses import address
from linkwell.hospital.queries.arrivals import ArrivalRow
from linkwell.journey.presenters.places import person_url, write_up_url
from linkwell.journey.queries import LastTry, VisitCard, WorkerDay
from linkwell.kernel import clock, words
from linkwell.onward import presenters as onward
from linkwell.tasks import presenters as tasks
from linkwell.workforce import presenters as workforce

BLOCKS = ("appointments", "answers", "calls")
MOST_TASKS = 6
MOST_SILENT = 8
MOST_STEPS = 8
FACE_TO_FACE = frozenset({"home", "face"})
TRIED = {
    "tried": "No answer",
    "missed": "Did not attend",
    "not_brought": "Was not brought",
    "talked": "Last talked",
}


def worker(day: WorkerDay, now: dt.datetime, first: str = "") -> dict[str, Any]:
    """Everything the template of a link worker's day names. `first`: the block they chose to see first."""
    return {
        "order": sorted(BLOCKS, key=lambda block: block != first),
        "date": words.written_date(day.today),
        "appointments": [
            {
                **_appointment(row, day.cards.get(row.person_id), now),
                "cover": day.covered.get(row.worker_id, ""),
            }
            for row in day.appointments
        ],
        "not_written_up": [_earlier(row) for row in day.not_written_up],
        "calls": [_call(row, day.cards.get(row.person_id), day.last_tries.get(row.id), day.today) for row in day.due],
        "more_calls": day.more_due,
        "answers": [onward.line(row) for row in day.answers],
        "since": f"{day.answers_since:%A}",
        "tasks": [tasks.line(row, day.today) for row in day.to_do],
        "more_tasks": day.to_do.has_next,
        "silent": [_silent(row, now) for row in day.silent[:MOST_SILENT]],
        "more_silent": len(day.silent) > MOST_SILENT,
        "week": _week(day),
        "load": load(day.load) if day.load else None,
        "steps": [_step(row, day.today) for row in day.steps[:MOST_STEPS]],
        "more_steps": len(day.steps) > MOST_STEPS,
        "my_visit": workforce.visit(day.on_visit, now) if day.on_visit else None,
        # What is sure needs nobody to do anything.
        "interpreters": [interpreter_line(row) for row in day.interpreters if not row.sure],
        "at_hospital": [_arrival(row, now) for row in day.at_hospital],
        "nothing": not (day.appointments or day.due or day.not_written_up or day.interpreters or day.at_hospital),
    }


def _arrival(row: ArrivalRow, now: dt.datetime) -> dict[str, str]:
    """The site and since when: why, and where in it, is the hospital's."""
    return {
        "name": row.name,
        "url": person_url(row.person_id),
        "what": f"At {row.site}, arrived {words.ago(row.arrived_at, now)}",
    }


def load(row: Load) -> dict[str, Any]:
    """How full one worker is, with the list behind it."""
    return {
        "name": row.name,
        "used": row.weight,
        "full": row.full,
        "words": load_words(row),
        "people": words.counted(row.cases, "person", "people"),
        "url": f"{reverse('casework:caseload')}?worker={row.worker_id}",
    }


def _appointment(row: AppointmentRow, card: VisitCard | None, now: dt.datetime) -> dict[str, Any]:
    ends = row.starts_at + dt.timedelta(minutes=row.minutes)
    return {
        "id": row.id,
        "time": words.written_time(row.starts_at),
        "until": words.written_time(ends),
        "begun": row.starts_at <= now,
        "name": row.person_name,
        "url": person_url(row.person_id),
        "kind": row.kind_words,
        "place": _place(row, card),
        "agreed": row.agreed_with_person,
        "visit_url": address("workforce:visit_start_for", row.id) if row.kind in FACE_TO_FACE else "",
        "getting_in": address("people:home_access", row.person_id) if row.kind == "home" else "",
        **_ways_of(row),
        "move_url": address("casework:move", row.id),
        **_card(card),
    }


def _place(row: AppointmentRow, card: VisitCard | None) -> str:
    """Where to go. A restricted person's place is never on a list, not even their own worker's."""
    if row.kind not in FACE_TO_FACE:
        return ""
    if card is None or card.restricted:
        return "Open the record to see where"
    if row.kind == "home":
        return ", ".join(part for part in (row.place, card.address if card.address not in row.place else "") if part)
    return row.place


def _card(card: VisitCard | None) -> dict[str, Any]:
    """What to know before calling or knocking."""
    if card is None:
        return {"safety": (), "needs": (), "phone": None, "reach": "", "restricted": False, "may_ring": True}
    first = next(iter(card.numbers), None)
    return {
        "safety": card.instructions,
        "needs": card.needs,
        "restricted": card.restricted,
        "phone": {"shown": first.shown, "url": f"tel:{first.value}", "source": first.source} if first else None,
        "reach": _reach(card),
        "may_ring": card.may_ring,
    }


def _reach(card: VisitCard) -> str:
    voicemail = "voicemail is fine" if card.voicemail else "leave no voicemail"
    return ", ".join(part for part in (voicemail, card.best_times and f"best times: {card.best_times}") if part)


def _ways(case_id: UUID, appointment_id: UUID | None = None, *, brought: bool = False) -> dict[str, str]:
    return {
        "missed_words": "Was not brought" if brought else "Did not attend",
        "talked_url": write_up_url(case_id, "talked", appointment_id),
        "tried_url": write_up_url(case_id, "tried", appointment_id),
        "missed_url": write_up_url(case_id, "not_brought" if brought else "missed", appointment_id),
    }


def _ways_of(row: AppointmentRow) -> dict[str, str]:
    """Only a time agreed with the person can be missed."""
    ways = _ways(row.case_id, row.id, brought=row.brought)
    return ways if row.agreed_with_person else ways | {"missed_words": ""}


def _earlier(row: AppointmentRow) -> dict[str, Any]:
    return {
        "name": row.person_name,
        "url": person_url(row.person_id),
        "when": f"{row.kind_words}, {words.written_datetime(row.starts_at)}",
        "move_url": address("casework:move", row.id),
        **_ways_of(row),
    }


def _call(row: CaseRow, card: VisitCard | None, last: LastTry | None, today: dt.date) -> dict[str, Any]:
    late = (today - row.next_date).days if row.next_date else 0
    return {
        "name": row.person_name,
        "url": person_url(row.person_id),
        "why": row.next_step or "Next conversation",
        "late": f"{words.counted(late, 'day')} late" if late > 0 else "",
        "last": f"{TRIED[last.outcome]} {words.ago(last.at)}" if last else "Not spoken yet",
        "first": row.first_spoken_at is None,
        "book_url": address("casework:book", row.id),
        **_ways(row.id),
        **_card(card),
    }


def _step(row: DueStep, today: dt.date) -> dict[str, Any]:
    late = (today - row.due_on).days
    return {
        "words": row.words,
        "who": row.who,
        "name": row.person_name,
        "url": address("casework:plan", row.case_id),
        "late": f"{words.counted(late, 'day')} late" if late > 0 else "",
    }


def _silent(row: CaseRow, now: dt.datetime) -> dict[str, Any]:
    last = f"last reached {words.ago(row.last_contact_at, now)}" if row.last_contact_at else "not reached yet"
    return {"name": row.person_name, "url": person_url(row.person_id), "last": last}


def _week(day: WorkerDay) -> dict[str, Any]:
    """How full the coming days are: a line a day, and one sentence for all."""
    days: dict[dt.date, list[AppointmentRow]] = {}
    for row in (*day.appointments, *day.ahead):
        days.setdefault(clock.london(row.starts_at).date(), []).append(row)
    return {
        "words": _hours(row for rows in days.values() for row in rows),
        "days": [{"day": f"{on:%A}", "who": _who(rows)} for on, rows in sorted(days.items()) if on != day.today],
    }


def _hours(rows: Iterable[AppointmentRow]) -> str:
    listed = list(rows)
    hours = round(sum(row.minutes for row in listed) / 60)
    if not listed:
        return "no appointments"
    took = f"about {words.counted(hours, 'hour')}" if hours else "under an hour"
    return f"{words.counted(len(listed), 'appointment')}, {took}"


def _who(rows: Iterable[AppointmentRow]) -> str:
    return words.joined([f"{words.written_time(row.starts_at)} {row.person_name}" for row in rows])


def overdue_line(row: CaseRow, today: dt.date) -> dict[str, str]:
    return {
        "name": row.person_name,
        "url": person_url(row.person_id),
        "next": next_words(row, today),
        "worker": row.worker_name or "Waiting for a link worker",
    }
