"""Meetings about people."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from linkwell.accounts import queries as accounts
from linkwell.core.paging import page_number
from linkwell.core.routes import ScopedRequest
from linkwell.groupwork import actions, presenters, queries
from linkwell.groupwork.forms import CancelForm, ItemForm, MeetingForm, MeetingWriteUpForm, add_findings, next_hour
from linkwell.groupwork.views.common import posted, searched, status_of
from linkwell.kernel.errors import Invalid
from linkwell.people import queries as people


def meetings(request: ScopedRequest) -> HttpResponse:
    past = request.GET.get("show") == "past"
    page = queries.meetings(request.scope, page_number(request), past=past)
    return render(request, "groupwork/meetings.jinja", {"page": page.map(presenters.meeting_line), "past": past})


def plan(request: ScopedRequest) -> HttpResponse:
    form = MeetingForm(posted(request), initial=next_hour())
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.plan_meeting(scope=request.scope, details=form.details())
        except Invalid as error:
            add_findings(form, error)
        else:
            messages.success(request, "Noted.")
            return redirect("groupwork:meeting", meeting_id=made)
    return render(request, "groupwork/plan_meeting.jinja", {"form": form}, status=status_of(form))


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
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_item(scope=request.scope, meeting_id=meeting_id, person_id=person_id, details=form.details())
        except Invalid as error:
            add_findings(form, error)
        else:
            messages.success(request, "Noted, on their own timeline.")
            return redirect("groupwork:meeting", meeting_id=meeting_id)
    name = people.open_record(request.scope, person_id)
    page = {"form": form, "line": presenters.meeting_line(row), "name": name}
    return render(request, "groupwork/add_item.jinja", page, status=status_of(form))


def item(request: ScopedRequest, item_id: UUID) -> HttpResponse:
    """What was said about one person, and about nobody else."""
    row = queries.meeting_item(request.scope, item_id)
    return render(request, "groupwork/item.jinja", {"line": presenters.item_line(row)})


def write_up(request: ScopedRequest, meeting_id: UUID) -> HttpResponse:
    row = queries.meeting(request.scope, meeting_id)
    form = MeetingWriteUpForm(posted(request), initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.write_up_meeting(
                scope=request.scope,
                meeting_id=meeting_id,
                expected_version=given["version"],
                attended=given["attended"],
            )
        except Invalid as error:
            add_findings(form, error)
        else:
            messages.success(request, "Noted.")
            return redirect("groupwork:meeting", meeting_id=meeting_id)
    page = {"form": form, "line": presenters.meeting_line(row)}
    return render(request, "groupwork/write_up_meeting.jinja", page, status=status_of(form))


def cancel(request: ScopedRequest, meeting_id: UUID) -> HttpResponse:
    row = queries.meeting(request.scope, meeting_id)
    form = CancelForm(posted(request), initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.cancel_meeting(
            scope=request.scope, meeting_id=meeting_id, expected_version=given["version"], reason_given=given["reason"]
        )
        messages.success(request, "Cancelled. What was noted about people stays with them.")
        return redirect("groupwork:meeting", meeting_id=meeting_id)
    page = {"form": form, "title": "Cancel this meeting", "what": presenters.meeting_line(row)["when"]}
    return render(request, "groupwork/cancel.jinja", page, status=status_of(form))
