"""Sessions a worker runs."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from linkwell.core.paging import page_number
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import posted
from linkwell.groupwork import actions, presenters, queries
from linkwell.groupwork.forms import CancelSessionForm, SessionForm, SessionWriteUpForm, next_hour
from linkwell.groupwork.views.common import chosen, form_page, planned, searched
from linkwell.kernel.errors import Invalid, NotFound


def sessions(request: ScopedRequest) -> HttpResponse:
    past = request.GET.get("show") == "past"
    page = queries.sessions(request.scope, page_number(request), past=past)
    return render(request, "groupwork/sessions.jinja", {"page": page.map(presenters.session_line), "past": past})


def plan(request: ScopedRequest) -> HttpResponse:
    form = SessionForm(posted(request), initial={**next_hour(), "minutes": 60, "weeks": 1})

    def act() -> tuple[str, str]:
        made = actions.plan_session(scope=request.scope, details=form.details())
        return planned(len(made), "sessions"), _page(made[0])

    return form_page(request, "groupwork/plan_session.jinja", {}, form, act)


def session(request: ScopedRequest, session_id: UUID) -> HttpResponse:
    """One session: its register, and what can be done."""
    line = presenters.session_line(queries.session(request.scope, session_id))
    return render(request, "groupwork/session.jinja", {"line": line, **searched(request)})


@require_POST
def add(request: ScopedRequest, session_id: UUID) -> HttpResponse:
    person_id = chosen(request, "person")
    if person_id is None:
        raise NotFound
    try:
        actions.add_to_register(scope=request.scope, session_id=session_id, person_id=person_id)
    except Invalid as error:
        messages.warning(request, error.message)
    else:
        messages.success(request, "They are on the register.")
    return redirect("groupwork:session", session_id=session_id)


@require_POST
def remove(request: ScopedRequest, session_id: UUID, place_id: UUID) -> HttpResponse:
    actions.take_off_register(scope=request.scope, session_id=session_id, place_id=place_id)
    messages.success(request, "They are off the register.")
    return redirect("groupwork:session", session_id=session_id)


def write_up(request: ScopedRequest, session_id: UUID) -> HttpResponse:
    """Who came, how many more, and what it was like."""
    row = queries.session(request.scope, session_id)
    register = [(str(each.id), each.name) for each in row.register]
    form = SessionWriteUpForm(posted(request), register=register, initial={"version": row.version, "walk_ins": 0})

    def act() -> tuple[str, str]:
        given = form.cleaned_data
        actions.write_up_session(
            scope=request.scope,
            session_id=session_id,
            expected_version=given["version"],
            came=form.who_came,
            walk_ins=given["walk_ins"],
            note=given["note"],
        )
        return "Written up. It is on the timeline of everybody on the register.", _page(session_id)

    page = {"line": presenters.session_line(row)}
    return form_page(request, "groupwork/write_up_session.jinja", page, form, act)


def cancel(request: ScopedRequest, session_id: UUID) -> HttpResponse:
    row = queries.session(request.scope, session_id)
    form = CancelSessionForm(posted(request), in_series=row.in_series, initial={"version": row.version})

    def act() -> tuple[str, str]:
        later = form.cleaned_data.get("and_later", False)
        number = actions.cancel_session(scope=request.scope, session_id=session_id, and_later=later, **form.given())
        return "Cancelled." if number == 1 else f"Cancelled: {number} sessions.", _page(session_id)

    page = {"title": "Cancel this session", "what": presenters.session_line(row)["when"]}
    return form_page(request, "groupwork/cancel.jinja", page, form, act)


def _page(session_id: UUID) -> str:
    return reverse("groupwork:session", args=[session_id])
