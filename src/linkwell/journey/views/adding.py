"""Adding a person by hand: looked for first, then a referral, and support where a lead does it."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from linkwell.accounts import queries as accounts
from linkwell.accounts.queries import TeamRow
from linkwell.casework import actions as casework
from linkwell.casework import queries as cases
from linkwell.casework.permissions import ACCEPT_REFERRALS
from linkwell.core.routes import ScopedRequest
from linkwell.core.scope import Scope
from linkwell.core.sent import add_findings
from linkwell.journey import queries
from linkwell.journey.forms import NOBODY_YET, NONE_OF_THEM, AddPersonForm
from linkwell.journey.presenters import adding as presenter
from linkwell.kernel.errors import Conflict, Invalid, NotFound
from linkwell.people import queries as people
from linkwell.people.details import Likeness
from linkwell.referrals import actions as referrals
from linkwell.referrals import queries as referral_queries


def add_person(request: ScopedRequest) -> HttpResponse:
    """Who, why, and how it is safe to reach them; records that may be the same person are shown before anything is."""
    scope = request.scope
    teams = _teams(scope)
    if not teams:
        return render(request, "journey/add_person.jinja", {"form": None})
    chooses = scope.may(ACCEPT_REFERRALS)
    workers = [each for team in teams for each in accounts.team_workers(scope, team.id)] if chooses else []
    typed = request.POST if request.method == "POST" else None
    start = {"submission_key": uuid4(), "worker": str(scope.user_id)}
    form = AddPersonForm(typed, teams=teams, workers=workers, chooses=chooses, initial=start)
    alike: tuple[Likeness, ...] = ()
    if typed is not None:
        before = queries.added_before(scope, typed.get("submission_key", ""))
        if before is not None:
            return _where_it_is(scope, before)
        alike = _look_alikes(scope, form)
        if form.is_valid():
            done = _add(request, form, teams)
            if done is not None:
                return done
    page = {"form": form, "alike": [presenter.beside(form, each) for each in alike], "chooses": chooses}
    return render(request, "journey/add_person.jinja", page, status=422 if form.errors else 200)


def _teams(scope: Scope) -> tuple[TeamRow, ...]:
    mine = accounts.my_team(scope)
    if mine is not None:
        return (mine,)
    return tuple(each for each in accounts.teams_taking_referrals() if each.organisation_id == scope.organisation_id)


def _look_alikes(scope: Scope, form: AddPersonForm) -> tuple[Likeness, ...]:
    """Records like what was typed. Looked for at every sending, so that a changed name is looked for again."""
    form.full_clean()
    typed = form.cleaned_data
    if not (typed.get("given_name") and typed.get("family_name")):
        return ()
    alike = people.possible_duplicates(
        scope,
        given_name=typed["given_name"],
        family_name=typed["family_name"],
        date_of_birth=typed.get("date_of_birth"),
        nhs_number=typed.get("nhs_number", ""),
        phone=typed.get("phone", ""),
        postcode=typed.get("postcode", ""),
    )
    form.ask_whether_same(alike)
    form.full_clean()
    return alike


def _add(request: ScopedRequest, form: AddPersonForm, teams: tuple[TeamRow, ...]) -> HttpResponse | None:
    """The referral, and the support where this person may decide that; None where the form is to be shown again."""
    scope, said = request.scope, form.cleaned_data["same_as"]
    same_as = UUID(said) if said and said != NONE_OF_THEM else None
    if same_as is not None and cases.open_case_of(scope, same_as) is not None:
        messages.info(request, "They are being supported already. Here is their page.")
        return redirect("journey:person", same_as)
    team = next((each for each in teams if str(each.id) == form.chosen_team), teams[0])
    try:
        sent = referrals.send_referral(
            scope=scope, team=team, submission_key=form.cleaned_data["submission_key"], details=form.referral()
        )
        if scope.may(ACCEPT_REFERRALS):
            return _open_support(request, form, sent.referral_id, same_as)
    except Invalid as invalid:
        add_findings(form, invalid)
        return None
    messages.success(request, f"{form.referral().full_name} is in triage. A lead decides who supports them.")
    return redirect("referrals:referral", sent.referral_id)


def _open_support(request: ScopedRequest, form: AddPersonForm, referral_id: UUID, same_as: UUID | None) -> HttpResponse:
    scope, chosen = request.scope, form.cleaned_data.get("worker", "")
    found = referral_queries.referral(scope, referral_id)
    try:
        case_id = casework.accept_referral(
            scope=scope,
            referral_id=referral_id,
            expected_version=found.version,
            same_as_person_id=same_as,
            worker_id=UUID(chosen) if chosen and chosen != NOBODY_YET else None,
        )
    except (Conflict, Invalid, NotFound):
        # The form came twice, or somebody decided in between: the referral itself is safe and says where it is.
        return _where_it_is(scope, referral_id)
    messages.success(request, "Support is open.")
    return redirect("casework:case", case_id)


def _where_it_is(scope: Scope, referral_id: UUID) -> HttpResponse:
    case = cases.case_of_referral(scope, referral_id)
    return redirect("casework:case", case.id) if case else redirect("referrals:referral", referral_id)
