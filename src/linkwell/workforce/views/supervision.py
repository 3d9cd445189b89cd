"""Supervision: one's own sessions, a new one, and for leads whose is due."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from linkwell.casework.queries import open_cases_named
from linkwell.core.paging import page_number
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import add_findings
from linkwell.kernel.errors import Invalid, NotFound
from linkwell.workforce import actions, queries
from linkwell.workforce.forms import SupervisionForm
from linkwell.workforce.views.common import colleagues, my_team

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def mine(request: ScopedRequest) -> HttpResponse:
    page = queries.my_sessions(request.scope, page_number(request))
    return render(request, "workforce/supervision.jinja", {"page": page})


@get_or_post
def add(request: ScopedRequest) -> HttpResponse:
    """Note a session. Whoever notes it says whether it was their own or a colleague's."""
    user_id = request.scope.user_id
    if user_id is None:
        raise NotFound
    my_cases = [(str(each), name) for each, name in open_cases_named(request.scope, user_id)]
    start = {"whose": "theirs" if request.GET.get("with") else "mine", "other": request.GET.get("with", "")}
    data = request.POST if request.method == "POST" else None
    form = SupervisionForm(data, colleagues=colleagues(request), cases=my_cases, initial=start)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        own = given["whose"] == "mine"
        try:
            session_id = actions.record_supervision(
                scope=request.scope,
                worker_id=user_id if own else given["other"],
                with_whom_id=given["other"] if own else user_id,
                held_on=given["held_on"],
                topics=given["topics"],
                steps=given["steps"],
                cases=given.get("cases", ()),
                next_on=given["next_on"],
            )
        except Invalid as error:
            add_findings(form, error)
        else:
            messages.success(request, "The session is noted. Only the two of you can read it.")
            return redirect("workforce:supervision_session", supervision_id=session_id)
    failed = form.is_bound and bool(form.errors)
    my_team(request)
    return render(request, "workforce/supervision_add.jinja", {"form": form}, status=422 if failed else 200)


@require_safe
def session(request: ScopedRequest, supervision_id: UUID) -> HttpResponse:
    """One session and what was said, for the two who were there."""
    return render(request, "workforce/session.jinja", {"page": queries.session(request.scope, supervision_id)})


@require_safe
def due(request: ScopedRequest) -> HttpResponse:
    """Whose supervision is due."""
    team = my_team(request)
    return render(request, "workforce/due.jinja", {"rows": queries.supervision_due(request.scope, team.id)})
