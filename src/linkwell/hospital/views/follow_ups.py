"""Follow-ups after going home: the list, done and undone, and those of people whose record is restricted."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from linkwell.core.paging import page_number, to_the_first
from linkwell.core.reading import one_read
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import posted, saved, status_of
from linkwell.hospital import home_words
from linkwell.hospital.actions import follow_ups
from linkwell.hospital.home_forms import GiveForm, WithdrawForm
from linkwell.hospital.permissions import SAY_NOT_SUITABLE
from linkwell.hospital.queries import going_home as queries
from linkwell.hospital.queries import kept_apart
from linkwell.hospital.views.common import news_of_wards, of_a_hospital
from linkwell.kernel.errors import Conflict, InvalidMove, NotFound
from linkwell.referrals.forms import VersionForm


@require_safe
@of_a_hospital
@one_read
def follow_ups_due(request: ScopedRequest) -> HttpResponse:
    """Who is to be followed up, the soonest first."""
    mine = request.GET.get("show") == "mine"
    page = queries.follow_ups_due(request.scope, page_number(request), mine=mine)
    if past_the_end := to_the_first(request, page):
        return past_the_end
    context = {
        "page": page.map(home_words.follow_up),
        "mine": mine,
        "kept_apart": [home_words.follow_up(each) for each in kept_apart.own_kept_apart(request.scope)],
        "elsewhere": home_words.elsewhere(kept_apart.kept_apart_elsewhere(request.scope)),
        "clinical": request.scope.may(SAY_NOT_SUITABLE),
        "feeds": news_of_wards(request),
    }
    return render(request, "hospital/follow_ups.jinja", context)


@require_POST
@of_a_hospital
def finish_follow_up(request: ScopedRequest, follow_up_id: UUID) -> HttpResponse:
    return _turn(request, follow_up_id, follow_ups.finish_follow_up, "Done. You can undo this on their page.")


@require_POST
@of_a_hospital
def reopen_follow_up(request: ScopedRequest, follow_up_id: UUID) -> HttpResponse:
    return _turn(request, follow_up_id, follow_ups.reopen_follow_up, "To do again.")


def _turn(request: ScopedRequest, follow_up_id: UUID, act: Any, said: str) -> HttpResponse:
    row = queries.follow_up(request.scope, follow_up_id)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return _back(row)
    try:
        act(scope=request.scope, follow_up_id=follow_up_id, expected_version=form.cleaned_data["version"])
    except (Conflict, InvalidMove) as error:
        return _as_it_stands(request, row, error)
    messages.success(request, "Done." if row.kept_apart else said)
    return _back(row)


def _as_it_stands(request: ScopedRequest, row: queries.FollowUpRow, error: Conflict | InvalidMove) -> HttpResponse:
    messages.warning(request, f"{error.message} This is how it stands now.")
    return _back(row)


def _back(row: queries.FollowUpRow) -> HttpResponse:
    return redirect("hospital:follow_ups") if row.kept_apart else redirect("hospital:stay", stay_id=row.stay_id)


@of_a_hospital
def withdraw_follow_up(request: ScopedRequest, follow_up_id: UUID) -> HttpResponse:
    """Nobody is to follow up after all, and why."""
    row = queries.follow_up(request.scope, follow_up_id)
    if row.kept_apart and not request.scope.may(SAY_NOT_SUITABLE):
        raise NotFound
    if row.state != "due":
        messages.info(request, f"This follow-up is {row.state_words} already.")
        return _back(row)
    form = WithdrawForm(posted(request), initial={"version": row.version})

    def act() -> None:
        follow_ups.withdraw_follow_up(
            scope=request.scope,
            follow_up_id=follow_up_id,
            expected_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
            other=form.cleaned_data["other"],
        )

    try:
        if saved(form, act):
            messages.success(request, "Withdrawn." if row.kept_apart else "Withdrawn. You can undo this on their page.")
            return _back(row)
    except (Conflict, InvalidMove) as error:
        return _as_it_stands(request, row, error)
    page = {"form": form, "line": home_words.follow_up(row)}
    return render(request, "hospital/withdraw_follow_up.jinja", page, status=status_of(form))


@of_a_hospital
def give_follow_up(request: ScopedRequest, follow_up_id: UUID) -> HttpResponse:
    """Somebody whose record became restricted is followed up by a named clinician."""
    row = queries.follow_up(request.scope, follow_up_id)
    if not row.kept_apart or row.state != "due":
        raise NotFound
    choices = kept_apart.other_clinicians(request.scope)
    form = GiveForm(posted(request), clinicians=choices, initial={"version": row.version})

    def act() -> None:
        follow_ups.give_to_clinician(
            scope=request.scope,
            follow_up_id=follow_up_id,
            expected_version=form.cleaned_data["version"],
            to_user_id=UUID(form.cleaned_data["clinician"]),
        )

    try:
        if saved(form, act):
            messages.success(request, "Given. You no longer see them here.")
            return redirect("hospital:follow_ups")
    except Conflict as error:
        messages.warning(request, f"{error.message} This is how it stands now.")
        return redirect("hospital:follow_ups")
    page = {"form": form, "line": home_words.follow_up(row)}
    return render(request, "hospital/give_follow_up.jinja", page, status=status_of(form))
