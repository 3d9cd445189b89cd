"""From loaded rows to words. Never asks the database."""

import datetime as dt
from typing import Any

from linkwell.casework.presenters.common import worker_line
from linkwell.casework.rows import CoverRow
from linkwell.kernel import clock, words
from linkwell.workforce.rows import CaseToGive, Gap, MoveRow, TeamMember, VisitRow


def days(first: dt.date, last: dt.date) -> str:
    """ "Tuesday 3 March to Friday 6 March", or one day alone."""
    return words.written_date(first) if first == last else f"{words.written_date(first)} to {words.written_date(last)}"


def member(row: TeamMember, today: dt.date) -> dict[str, Any]:
    """One worker on the team page."""
    load = row.load
    hours = f"{load.hours_a_week.normalize():f} hours a week" if load.hours_a_week is not None else "Full time"
    started = load.induction_until is not None and load.induction_until >= today
    return {
        **worker_line(load),
        "hours": f"{hours}, getting started until {words.written_date(load.induction_until)}" if started else hours,  # type: ignore[arg-type]
        "covers": [cover(each) for each in row.covered_by],
        "people_a_year": row.people_a_year,
        "people": words.counted(load.cases, "person", "people"),
        "supervised": words.written_date(row.supervised_on) if row.supervised_on else "Not yet",
        "supervision_due": row.supervision_due is not None and row.supervision_due <= today,
        "membership_id": load.membership_id,
    }


def cover(row: CoverRow) -> dict[str, Any]:
    if row.rest:
        who = "everybody else" if row.people else "everybody"
    else:
        who = words.counted(row.people, "person", "people")
    return {
        "row": row,
        "by": row.covered_by_name,
        "for": row.worker_name,
        "who": who,
        "days": days(row.starts_on, row.ends_on),
    }


def gap(row: Gap) -> dict[str, Any]:
    return {"row": row, "name": row.worker_name, "days": days(row.starts_on, row.ends_on)}


def to_give(row: CaseToGive) -> dict[str, Any]:
    """One line of the list that a lead shares out."""
    when = f"{words.written_date(row.next_contact)}: {row.next_words}" if row.next_contact else "No date"
    return {"row": row, "weight": {1: "Low", 2: "Medium", 3: "High"}.get(row.weight, str(row.weight)), "next": when}


def move(row: MoveRow) -> dict[str, Any]:
    if row.undone_at is not None:
        state = f"Taken back {words.written_datetime(row.undone_at)}"
    else:
        state = "" if row.may_undo else "Work has gone on since"
    return {
        "row": row,
        "what": f"{words.counted(row.people, 'person', 'people')} of {row.worker_name} to {words.joined(row.given_to)}",
        "when": words.written_datetime(row.moved_at),
        "state": state,
    }


def visit(row: VisitRow, now: dt.datetime) -> dict[str, Any]:
    late = int((now - row.out_by).total_seconds() // 60)
    return {
        "row": row,
        "who": row.worker_name,
        "about": row.person_name or "A visit",
        "until": words.written_time(clock.london(row.out_by)),
        "since": words.written_time(clock.london(row.started_at)),
        "late": f"{words.counted(late, 'minute')} late" if late > 0 and row.state != "out" else "",
        "state": row.state_words,
        "urgent": row.state == "late",
        "buddy": row.buddy_name or "the duty person",
    }
