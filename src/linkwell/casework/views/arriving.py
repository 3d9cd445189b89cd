"""A referral added to support there is; how a case began; handing somebody over to another organisation."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from linkwell.accounts import queries as accounts
from linkwell.casework import actions, queries
from linkwell.casework.forms.arriving import HandOverForm, JoinForm, TakeBackForm
from linkwell.casework.presenters import arrival
from linkwell.casework.rows import CaseRow
from linkwell.casework.views.common import about_case, opened_case
from linkwell.core.routes import ScopedRequest
from linkwell.core.scope import Scope
from linkwell.core.sent import add_findings, posted, status_of
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove
from linkwell.people import queries as people
from linkwell.referrals import queries as referrals

WAITING = ("received", "asked")


def join(request: ScopedRequest, referral_id: UUID) -> HttpResponse:
    """Add a referral to the support its person has, or open again what ended lately."""
    row = referrals.referral(request.scope, referral_id)
    known = queries.support_to_join(request.scope, referral_id)
    cases = [(str(each.case.id), arrival.known_line(each.case, is_open=each.is_open)) for each in known]
    first = {"version": row.version, "case": cases[0][0] if len(cases) == 1 else ""}
    if row.state not in WAITING:
        return _decided(request, referral_id)
    form = JoinForm(posted(request), cases=cases, initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            case_id = actions.join_referral(
                scope=request.scope,
                referral_id=referral_id,
                expected_version=given["version"],
                case_id=given["case"],
            )
        except (Conflict, InvalidMove):
            return _decided(request, referral_id)
        else:
            messages.success(request, "The referral is added, and their link worker is asked to read it.")
            return redirect("casework:case", case_id=case_id)
    page = {"row": row, "form": form, "again": bool(known) and not known[0].is_open, "known": known}
    return render(request, "casework/join.jinja", page, status=status_of(form))


def _decided(request: ScopedRequest, referral_id: UUID) -> HttpResponse:
    who = referrals.referral(request.scope, referral_id).decided_by
    page = {"who": who or "A colleague", "case": queries.case_of_referral(request.scope, referral_id)}
    return render(request, "casework/accept_taken.jinja", {**page, "referral_id": referral_id}, status=409)


def about_arrival(scope: Scope, case: CaseRow) -> dict[str, Any]:
    """The part of the case page about how it began and where it may go."""
    today = clock.today()
    return {
        "clock_facts": arrival.clock_facts(queries.clocks_of_case(scope, case.id)),
        "together": _together(scope, case),
        "moved_to": queries.moved_to(scope, case.id) if case.is_open else "",
        "joined": [arrival.joined_line(row) for row in queries.joined_to(scope, case.id)],
        "earlier": [arrival.earlier_line(row) for row in queries.earlier_support(scope, case.id)],
        "came_along": referrals.came_along(scope, case.referral_id) if case.referral_id else (),
        "hand_overs": [arrival.hand_over_line(row, today) for row in queries.hand_overs_of(scope, case.id)],
    }


def _together(scope: Scope, case: CaseRow) -> dict[str, str] | None:
    other = queries.referred_together(scope, case.id)
    return arrival.together_line(other) if other else None


def hand_over(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """Offer another organisation to support this person from now on."""
    case, page = opened_case(request, case_id)
    teams = [
        (str(team.id), f"{team.name}, {team.organisation_name}{' (' + team.area + ')' if team.area else ''}")
        for team in accounts.teams_in_networks_with(request.scope.organisation_id)
    ]
    items = queries.still_open(request.scope, case.id)
    can_agree = people.who_can_agree(request.scope, case.person_id)
    form = HandOverForm(
        posted(request),
        teams=teams,
        can_agree=can_agree,
        interpreter=people.interpreter_for(request.scope, case.person_id),
        something_open=bool(items),
        # What somebody needs so as to be understood goes along unless it is unticked.
        initial={"submission_key": uuid4(), "parts": ["access"]},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.offer_hand_over(
                scope=request.scope,
                case_id=case_id,
                submission_key=form.cleaned_data["submission_key"],
                offer=form.details(),
            )
        except Invalid as error:
            add_findings(form, error)
        except InvalidMove as error:
            messages.warning(request, error.message)
            return redirect("casework:case", case_id=case_id)
        else:
            messages.success(request, "Offered. They are still with you until the other team accepts.")
            return redirect("casework:case", case_id=case_id)
    full = {**page, "form": form, "teams": teams, "items": items}
    return render(request, "casework/hand_over.jinja", full, status=status_of(form))


def take_back(request: ScopedRequest, hand_over_id: UUID) -> HttpResponse:
    """Take an offer back, while it waits."""
    offer = queries.hand_over(request.scope, hand_over_id)
    case = queries.case(request.scope, offer.case_id)
    form = TakeBackForm(posted(request), initial={"version": offer.version})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.take_back_hand_over(
                scope=request.scope,
                hand_over_id=hand_over_id,
                expected_version=given["version"],
                reason=given["reason"],
            )
        except (Conflict, InvalidMove):
            messages.warning(request, "They have answered already. This is how it stands now.")
        else:
            messages.success(request, "The offer is taken back.")
        return redirect("casework:case", case_id=case.id)
    page = {**about_case(request, case), "form": form, "offer": offer}
    return render(request, "casework/take_back.jinja", page, status=status_of(form))
