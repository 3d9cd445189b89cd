"""The rules of a team: the numbers it works by, and the targets of its commissioners."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from linkwell.accounts import actions, queries
from linkwell.accounts.forms.rules import GROUPS, RulesForm, TargetsForm, shown
from linkwell.accounts.permissions import RUN_ORGANISATION
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import add_findings
from linkwell.kernel.errors import Invalid, NotFound

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def mine(request: ScopedRequest) -> HttpResponse:
    """To the rules of the team one leads."""
    team = queries.my_team(request.scope)
    if team is None:
        return redirect("accounts:admin")
    return redirect("accounts:team_rules", team_id=team.id)


@get_or_post
def rules(request: ScopedRequest, team_id: UUID) -> HttpResponse:
    team = _own(request, team_id)
    form = RulesForm(request.POST or None, initial=shown(queries.rules(team_id)))
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_rules(scope=request.scope, team_id=team_id, rules=form.rules())
        except Invalid as invalid:
            add_findings(form, invalid)
        else:
            messages.success(request, "The team works by these rules from now on.")
            return redirect("accounts:team_rules", team_id=team_id)
    page: dict[str, Any] = {
        "team": team,
        "form": form,
        "groups": GROUPS,
        "may_run": request.scope.may(RUN_ORGANISATION),
        "targets": queries.commissioner_targets(team_id),
    }
    return render(request, "accounts/rules.jinja", page, status=422 if form.errors else 200)


@get_or_post
def targets(request: ScopedRequest, team_id: UUID) -> HttpResponse:
    """Targets of one commissioner: new ones, other ones, or none any more."""
    team = _own(request, team_id)
    commissioners = [(str(row.id), row.name) for row in queries.organisations()]
    form = TargetsForm(request.POST or None, commissioners=commissioners)
    if request.method == "POST" and form.is_valid():
        commissioner_id = form.cleaned_data["commissioner"]
        try:
            actions.set_targets(
                scope=request.scope, team_id=team_id, commissioner_id=commissioner_id, targets=form.targets()
            )
        except Invalid as invalid:
            add_findings(form, invalid)
        else:
            messages.success(request, "These targets hold for referrals from them.")
            return redirect("accounts:team_rules", team_id=team_id)
    page = {"team": team, "form": form}
    return render(request, "accounts/targets.jinja", page, status=422 if form.errors else 200)


@require_http_methods(["POST"])
def end_targets(request: ScopedRequest, team_id: UUID) -> HttpResponse:
    _own(request, team_id)
    try:
        commissioner_id = UUID(request.POST.get("commissioner", ""))
    except ValueError:
        raise NotFound("We could not find those targets.") from None
    actions.end_targets(scope=request.scope, team_id=team_id, commissioner_id=commissioner_id)
    messages.success(request, "The team’s own targets hold for them again.")
    return redirect("accounts:team_rules", team_id=team_id)


def _own(request: ScopedRequest, team_id: UUID) -> queries.TeamRow:
    team = queries.team(team_id)
    if team.organisation_id != request.scope.organisation_id:
        raise NotFound("We could not find that team.")
    return team
