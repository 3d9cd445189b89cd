"""Find a group or service, read about it, say what is missing."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from linkwell.core.paging import page_number
from linkwell.core.routes import ScopedRequest
from linkwell.directory import actions, presenters, queries
from linkwell.directory.actions.links import did_not_work_on
from linkwell.directory.finding import look, shown
from linkwell.directory.forms import FindForm, GapForm, RoomForm
from linkwell.directory.permissions import IMPORT_DIRECTORY, REPORT_GAP, SAY_ROOM, SEE_GAPS
from linkwell.kernel.codes import NEEDS
from linkwell.kernel.danger import dangers_in
from linkwell.kernel.errors import Invalid


def find(request: ScopedRequest) -> HttpResponse:
    """The search and its results on one page."""
    form = FindForm(request.GET)
    scope = request.scope
    context: dict[str, object] = {"form": form, "found": None, "dangers": dangers_in(request.GET.get("words", ""))}
    context |= {"may_see_gaps": scope.may(SEE_GAPS), "may_report_gap": scope.may(REPORT_GAP)}
    if form.is_valid():
        context |= shown(form, look(scope, form, page_number(request)), request.GET)
        context["shortlisted"] = queries.shortlisted_ids(scope)
    return render(request, "directory/find.jinja", context)


def service(request: ScopedRequest, service_id: UUID) -> HttpResponse:
    row = queries.service(request.scope, service_id)
    return render(
        request,
        "directory/service.jinja",
        {
            "service": presenters.service_page(row),
            "may_say_room": request.scope.may(SAY_ROOM),
            "may_keep_feeds": request.scope.may(IMPORT_DIRECTORY),
            "link_broke_on": did_not_work_on(request.scope, service_id),
        },
    )


def room(request: ScopedRequest, service_id: UUID) -> HttpResponse:
    """A worker notes what the group said on the telephone."""
    row = queries.service(request.scope, service_id)
    form = RoomForm(request.POST or None, initial={"room": row.room, "weeks": row.room_weeks})
    if request.method == "POST" and form.is_valid():
        try:
            actions.say_room(scope=request.scope, service_id=service_id, **form.cleaned_data)
        except Invalid as invalid:
            for field, message in invalid.by_field.items():
                form.add_error(field or None, message)
        else:
            messages.success(request, f"Thank you. {row.name} is up to date.")
            return redirect("directory:service", service_id=service_id)
    status = 422 if form.errors else 200
    return render(request, "directory/room.jinja", {"form": form, "service": row}, status=status)


def missing(request: ScopedRequest) -> HttpResponse:
    """Tell us what is missing near here."""
    if request.method == "POST":
        form = GapForm(request.POST)
        if form.is_valid():
            data = form.cleaned_data
            actions.report_gap(
                scope=request.scope,
                submission_key=data["submission_key"],
                words=data["words"],
                place=data["place"],
                need=data["need"],
            )
            messages.success(
                request, "Thank you. What people look for and do not find is counted and shown to your lead."
            )
            return redirect("directory:find")
    else:
        given = {name: request.GET.get(name, "")[:60] for name in ("words", "place")}
        form = GapForm(initial={**given, "submission_key": uuid4()})
    return render(request, "directory/missing.jinja", {"form": form}, status=422 if form.errors else 200)


def gaps(request: ScopedRequest) -> HttpResponse:
    """What people looked for and did not find."""
    page = queries.gaps(request.scope, page_number(request))
    plain = {each.code: each.plain for each in NEEDS}
    return render(request, "directory/gaps.jinja", {"page": page, "plain_needs": plain})
