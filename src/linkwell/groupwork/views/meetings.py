"""Meetings about people."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linkwell.accounts import queries as accounts
from linkwell.core.paging import page_number
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import posted
from linkwell.groupwork import actions, presenters, queries
from linkwell.groupwork.forms import CancelForm, ItemForm, MeetingForm, MeetingWriteUpForm, next_hour
from linkwell.groupwork.views.common import form_page, searched
from linkwell.people import queries as people


def meetings(request: ScopedRequest) -> HttpResponse:
    past = request.GET.get("show") == "past"
    page = queries.meetings(request.scope, page_number(request), past=past)
    return render(request, "groupwork/meetings.jinja", {"page": page.map(presenters.meeting_line), "past": past})


def plan(request: ScopedRequest) -> HttpResponse:
    form = MeetingForm(posted(request), initial=next_hour())

    def act() -> tuple[str, str]:
        return "Noted.", _page(actions.plan_meeting(scope=request.scope, details=form.details()))

    return form_page(request, "groupwork/plan_meeting.jinja", {}, form, act)


def meeting(request: ScopedRequest, meeting_id: UUID) -> HttpResponse:
    """One meeting: who was there, and whom it was about."""
    line = presenters.meeting_line(queries.meeting(request.scope, meeting_id))
    return render(request, "groupwork/meeting.jinja", {"line": line, **searched(request)})


def add(request: ScopedRequest, meeting_id: UUID, person_id: UUID) -> HttpResponse:
    """One person discussed."""
    row = queries.meeting(request.scope, meeting_id)
    team = accounts.my_team(request.scope)
    workers = accounts.team_workers(request.scope, team.id) if team else ()
    form = ItemForm(posted(request), workers=[(str(each.user_id), each.name) for each in workers])

    def act() -> tuple[str, str]:
        actions.add_item(scope=request.scope, meeting_id=meeting_id, person_id=person_id, details=form.details())
        return "Noted, on their own timeline.", _page(meeting_id)

    page = {"line": presenters.meeting_line(row), "name": people.open_record(request.scope, person_id)}
    return form_page(request, "groupwork/add_item.jinja", page, form, act)


def item(request: ScopedRequest, item_id: UUID) -> HttpResponse:
    """What was said about one person, and about nobody else."""
    row = queries.meeting_item(request.scope, item_id)
    return render(request, "groupwork/item.jinja", {"line": presenters.item_line(row)})


def write_up(request: ScopedRequest, meeting_id: UUID) -> HttpResponse:
    row = queries.meeting(request.scope, meeting_id)
    form = MeetingWriteUpForm(posted(request), initial={"version": row.version})

    def act() -> tuple[str, str]:
        given = form.cleaned_data
        actions.write_up_meeting(
            scope=request.scope,
            meeting_id=meeting_id,
            expected_version=given["version"],
            attended=given["attended"],
        )
        return "Noted.", _page(meeting_id)

    page = {"line": presenters.meeting_line(row)}
    return form_page(request, "groupwork/write_up_meeting.jinja", page, form, act)


def cancel(request: ScopedRequest, meeting_id: UUID) -> HttpResponse:
    row = queries.meeting(request.scope, meeting_id)
    form = CancelForm(posted(request), initial={"version": row.version})

    def act() -> tuple[str, str]:
        actions.cancel_meeting(scope=request.scope, meeting_id=meeting_id, **form.given())
        return "Cancelled. What was noted about people stays with them.", _page(meeting_id)

    page = {"title": "Cancel this meeting", "what": presenters.meeting_line(row)["when"]}
    return form_page(request, "groupwork/cancel.jinja", page, form, act)


def _page(meeting_id: UUID) -> str:
    return reverse("groupwork:meeting", args=[meeting_id])
