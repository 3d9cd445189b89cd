"""What got in the way of coming; the calendar file, and how it may be given."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from linkwell.casework import actions, presenters, queries
from linkwell.casework.forms import GotInTheWayForm
from linkwell.casework.rows import AppointmentRow
from linkwell.casework.views.common import about_person, opened_case
from linkwell.casework.views.own_time import as_file
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import add_findings, posted, status_of
from linkwell.kernel import clock, words
from linkwell.kernel.errors import Invalid, InvalidMove
from linkwell.people import queries as people


def in_the_way(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """Asked after missed appointments, before the next is booked."""
    case, page = opened_case(request, case_id)
    form = GotInTheWayForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_what_got_in_the_way(scope=request.scope, case_id=case_id, details=form.details())
        except Invalid as error:
            add_findings(form, error)
        else:
            messages.success(request, "Noted. Now agree a time that suits them.")
            return redirect("casework:book", case_id=case_id)
    found = queries.missing(request.scope, case_id)
    page |= {"form": form, "missing": found, "may_ask": case.is_open, "asked": presenters.asked_why(found)}
    return render(request, "casework/in_the_way.jinja", page, status=status_of(form))


def give(request: ScopedRequest, appointment_id: UUID) -> HttpResponse:
    """The calendar file, and in which ways it may be given to the person."""
    row = queries.appointment(request.scope, appointment_id)
    if request.method == "POST":
        return _send(request, row)
    scope, ahead = request.scope, row.state == "booked" and row.starts_at > clock.now()
    decided_for_them = people.contact_is_decided_for_them(scope, row.person_id)
    ways = queries.ways_to_write(scope, row.person_id)
    page = {
        **about_person(request, row.person_id),
        "row": row,
        "when": words.written_datetime(row.starts_at),
        "advice": presenters.how_to_give(ways, decided_for_them=decided_for_them),
        "may_send": ahead and queries.may_be_shown(scope, row.person_id),
        "to_adults": decided_for_them,
    }
    return render(request, "casework/give.jinja", page)


def _send(request: ScopedRequest, row: AppointmentRow) -> HttpResponse:
    try:
        actions.send_time(scope=request.scope, appointment_id=row.id)
    except InvalidMove as error:
        messages.warning(request, error.message)
    else:
        messages.success(request, "The time is sent to them, in a way they said is safe.")
    return redirect("casework:case", case_id=row.case_id)


def calendar(request: ScopedRequest, appointment_id: UUID) -> HttpResponse:
    """The file itself, as the person gets it."""
    return as_file(queries.calendar_entry(request.scope, appointment_id))
