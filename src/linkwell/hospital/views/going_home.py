"""One stay and its ready-for-home list, and the follow-ups after it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from linkwell.accounts import queries as accounts
from linkwell.accounts.queries.staff import colleagues
from linkwell.core.plain_forms import PlainForm
from linkwell.core.reading import one_read
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import posted, saved, status_of
from linkwell.hospital import home_words
from linkwell.hospital.actions import candidates, going_home, stay_referrals
from linkwell.hospital.home_forms import AskedAloneForm, HelpForm, HomeEventForm, HomeListForm, of_list, of_said
from linkwell.hospital.queries import going_home as queries
from linkwell.hospital.queries.programmes import running_programmes
from linkwell.hospital.views.common import at_version, news_of_wards, of_a_hospital, of_a_planned_stay
from linkwell.hospital.views.referring import refer_page
from linkwell.kernel import clock, words
from linkwell.kernel.errors import Conflict, InvalidMove
from linkwell.referrals.details import Reference, ReferralDetails


@require_safe
@of_a_hospital
@one_read
def stay(request: ScopedRequest, stay_id: UUID) -> HttpResponse:
    line = home_words.stay(queries.going_home(request.scope, stay_id))
    may_take_on = bool(running_programmes(request.scope))
    page = {"line": line, "may_take_on": may_take_on, "feeds": news_of_wards(request)}
    return render(request, "hospital/stay.jinja", page)


@of_a_planned_stay
def home_list(request: ScopedRequest, stay_id: UUID) -> HttpResponse:
    """The seven things, support in place, and who follows up."""
    row = queries.going_home(request.scope, stay_id)
    staff = colleagues(request.scope)
    form = HomeListForm(posted(request), staff=staff, initial=of_list(row, request.scope.user_id))

    def act() -> None:
        going_home.save_home_list(
            scope=request.scope,
            stay_id=stay_id,
            expected_version=form.cleaned_data["version"],
            items=form.items,
            support_ready=form.support_ready,
            owner_id=UUID(form.cleaned_data["owner"]),
        )

    conflict = False
    try:
        if saved(form, act):
            return _done(request, stay_id, "Saved.")
    except Conflict:
        conflict = True
        row = queries.going_home(request.scope, stay_id)
        form = HomeListForm(at_version(request, row.version), staff=staff)
        form.is_valid()
    page = {"form": form, "line": home_words.stay(row), "conflict": conflict}
    return render(request, "hospital/home_list.jinja", page, status=status_of(form, conflict=conflict))


@of_a_hospital
def asked_alone(request: ScopedRequest, stay_id: UUID) -> HttpResponse:
    """What they said when nobody else was there: read and written on this page alone."""
    row = queries.said_alone(request.scope, stay_id)
    if row.died:
        page = {"stay_id": stay_id, "said": home_words.said_alone(row)}
        return render(request, "hospital/said_alone.jinja", page, status=409 if request.method == "POST" else 200)
    form = AskedAloneForm(posted(request), initial=of_said(row))

    def act() -> None:
        version = form.cleaned_data["version"]
        going_home.record_asked_alone(scope=request.scope, stay_id=stay_id, expected_version=version, said=form.said())

    conflict = False
    try:
        if saved(form, act):
            return _done(request, stay_id, "Saved. Only this page shows what they said.")
    except Conflict:
        conflict = True
        row = queries.said_alone(request.scope, stay_id)
        form = AskedAloneForm(at_version(request, row.version))
        form.is_valid()
    asked = words.written_datetime(row.asked_at) if row.asked_at else ""
    page = {"form": form, "stay_id": stay_id, "conflict": conflict, "asked": asked}
    return render(request, "hospital/asked_alone.jinja", page, status=status_of(form, conflict=conflict))


@of_a_planned_stay
def community_help(request: ScopedRequest, stay_id: UUID) -> HttpResponse:
    """Tick that the community can help, with what."""
    line = home_words.stay(queries.going_home(request.scope, stay_id))
    now = line["help"] or {"what": "", "who": ""}
    form = HelpForm(posted(request), initial=now)

    def act() -> None:
        going_home.tick_community_help(scope=request.scope, stay_id=stay_id, **form.cleaned_data)

    return _form_page(request, stay_id, "hospital/community_help.jinja", form, act, "Ticked, in your name.", line)


@require_POST
@of_a_hospital
def no_community_help(request: ScopedRequest, stay_id: UUID) -> HttpResponse:
    try:
        going_home.untick_community_help(scope=request.scope, stay_id=stay_id)
    except InvalidMove as error:
        messages.info(request, error.message)
        return redirect("hospital:stay", stay_id=stay_id)
    return _done(request, stay_id, "The tick is taken away.")


@of_a_planned_stay
def ask_not(request: ScopedRequest, stay_id: UUID) -> HttpResponse:
    """They asked us not to offer support, before any rule found them or after."""
    row = queries.going_home(request.scope, stay_id)
    form = PlainForm(posted(request))

    def act() -> None:
        candidates.ask_not_of(scope=request.scope, patient_id=row.patient_id)

    said = "Noted. It can be taken back on this page."
    return _form_page(request, stay_id, "hospital/stay_ask_not.jinja", form, act, said, home_words.stay(row))


@require_POST
@of_a_planned_stay
def may_ask_again(request: ScopedRequest, stay_id: UUID) -> HttpResponse:
    patient_id = queries.going_home(request.scope, stay_id).patient_id
    candidates.may_ask_again_of(scope=request.scope, patient_id=patient_id)
    return _done(request, stay_id, "Noted. Support can be offered to them again.")


@of_a_planned_stay
def home_event(request: ScopedRequest, stay_id: UUID) -> HttpResponse:
    """A visit at the bedside, or a warm handover."""
    line = home_words.stay(queries.going_home(request.scope, stay_id))
    form = HomeEventForm(posted(request), initial={"day": clock.today()})

    def act() -> None:
        going_home.record_home_event(scope=request.scope, stay_id=stay_id, **form.given())

    return _form_page(request, stay_id, "hospital/home_event.jinja", form, act, "Noted.", line)


def _form_page(
    request: ScopedRequest, stay_id: UUID, template: str, form: PlainForm, act: Any, said: str, line: dict[str, Any]
) -> HttpResponse:
    if saved(form, act):
        return _done(request, stay_id, said)
    return render(request, template, {"form": form, "line": line}, status=status_of(form))


def _done(request: ScopedRequest, stay_id: UUID, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("hospital:stay", stay_id=stay_id)


@of_a_planned_stay
def refer(request: ScopedRequest, stay_id: UUID) -> HttpResponse:
    """To a community team in one step."""
    patient = queries.stay_to_refer(request.scope, stay_id)

    def send(team: accounts.TeamRow, key: UUID, details: ReferralDetails, version: int) -> Reference:
        return stay_referrals.refer_from_stay(
            scope=request.scope, stay_id=stay_id, team=team, submission_key=key, details=details
        )

    return refer_page(request, patient, 1, send, reverse("hospital:stay", args=[stay_id]))
