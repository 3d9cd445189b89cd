"""One step from somebody on a list of the hospital to a referral."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from linkwell.accounts import queries as accounts
from linkwell.core.routes import ScopedRequest
from linkwell.core.scope import Scope
from linkwell.core.sent import add_findings, posted
from linkwell.hospital.candidate_forms import ToTeamForm
from linkwell.hospital.queries.referring import PatientRow
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove
from linkwell.referrals.details import Reference, ReferralDetails
from linkwell.referrals.forms import ReferForm

Send = Callable[[accounts.TeamRow, UUID, ReferralDetails, int], Reference]


def refer_page(
    request: ScopedRequest, patient: PatientRow, version: int, send: Send, back: str, **first: str
) -> HttpResponse:
    """The three questions with what the hospital knows filled in; `back` is the page they came from."""
    teams = accounts.teams_taking_referrals()
    form = ReferForm(posted(request), initial={"submission_key": uuid4(), **_known(patient), **first})
    to_team = ToTeamForm(posted(request), teams=teams, initial={"version": version})
    if form.is_bound and form.is_valid() and to_team.is_valid():
        try:
            sent = _send(request.scope, form, to_team, send)
        except Invalid as error:
            add_findings(form, error)
        except (Conflict, InvalidMove) as error:
            messages.warning(request, f"{error.message} This is how it stands now.")
            return redirect(back)
        else:
            return HttpResponseRedirect(f"{reverse('referrals:mine_one', args=[sent.referral_id])}?sent=1")
    name = f"{patient.given_name} {patient.family_name}"
    context = {"form": form, "to_team": to_team, "teams": teams, "name": name, "back": back}
    context["asked_not"] = patient.asked_not
    status = 422 if form.is_bound and (form.errors or to_team.errors) else 200
    return render(request, "hospital/candidate_refer.jinja", context, status=status)


def _send(scope: Scope, form: ReferForm, to_team: ToTeamForm, send: Send) -> Reference:
    details = form.details(
        referrer_name=scope.actor_name,
        referrer_role=accounts.organisation(scope.organisation_id).name[:120],
        referrer_email=accounts.user_email(scope.user_id) if scope.user_id else "",
    )
    given = to_team.cleaned_data
    return send(accounts.team(UUID(given["team"])), form.cleaned_data["submission_key"], details, given["version"])


def _known(patient: PatientRow) -> dict[str, Any]:
    """Only what a team needs to find and reach them: no diagnosis, no visit, no reason of a rule."""
    return {
        "given_name": patient.given_name,
        "family_name": patient.family_name,
        "date_of_birth": patient.born_on,
        "nhs_number": patient.nhs_number,
        "phone": patient.phone,
        "postcode": patient.postcode,
        "language": patient.language,
    }
