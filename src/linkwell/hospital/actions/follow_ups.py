"""Follow-up after discharge: planned when somebody goes home, withdrawn when it is no longer right."""

import datetime as dt
from uuid import UUID

from django.db.models import F, Q

from linkwell.accounts import queries as accounts
from linkwell.accounts.queries.staff import clinicians
from linkwell.core import audit, states
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.hospital.actions.going_home import acting
from linkwell.hospital.following_up import (
    CANCELLED,
    LONGEST_REASON,
    OTHER,
    REASONS,
    Left,
    counts,
    due_days,
    why_none,
)
from linkwell.hospital.models import FollowUp, HomeList, NoStay, Stay, StayClass
from linkwell.hospital.permissions import PLAN_GOING_HOME, SAY_NOT_SUITABLE
from linkwell.hospital.queries.going_home import held_lists
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, InvalidMove, NotFound
from linkwell.kernel.working_days import Nation


@action(PLAN_GOING_HOME)
def keep_follow_ups(*, scope: Scope, patient_id: UUID) -> None:
    """Called when anything about a patient's stays changed: their follow-ups are made to agree. Safe to run again."""
    audit.record(scope, "looked at", "hospital_patient", patient_id)
    mine = {"organisation_id": scope.organisation_id}
    lists = HomeList.objects.select_for_update(of=("self",)).filter(**mine, stay__patient_id=patient_id)
    for home in lists.select_related("stay__patient").order_by("pk"):
        why = why_none(_left(home.stay))
        if why:
            _withdraw(scope, home, why)
        else:
            _plan(scope, home)


def _left(stay: Stay) -> Left:
    return Left(
        cancelled=stay.no_stay in (NoStay.CANCELLED, NoStay.JOINED),
        discharged_at=stay.discharged_at,
        method=stay.discharge_method,
        destination=stay.discharge_destination,
        died=stay.patient.died,
        back=stay.discharged_at is not None and _came_back(stay, stay.discharged_at),
    )


def _came_back(stay: Stay, discharged_at: dt.datetime) -> bool:
    later = Stay.objects.filter(
        organisation_id=stay.organisation_id,
        patient_id=stay.patient_id,
        no_stay="",
        stay_class=StayClass.INPATIENT,
        admitted_at__gte=discharged_at,
    )
    return later.exclude(pk=stay.pk).exists()


def _withdraw(scope: Scope, home: HomeList, why: str) -> None:
    rows = FollowUp.objects.select_for_update().filter(home_list=home)
    for row in rows.filter(state="due").order_by("pk"):
        states.move(scope=scope, row=row, to="withdrawn", reason=why)
    if why in CANCELLED:
        settled = rows.filter(Q(done_at__isnull=False) | Q(withdrawn_at__isnull=False), discharge_cancelled=False)
        if settled.update(discharge_cancelled=True):
            audit.record(scope, "changed", "home_list", home.pk, fields=("discharge_cancelled",))


def _plan(scope: Scope, home: HomeList) -> None:
    if home.stay.discharged_at is None:
        return
    nation = Nation(accounts.organisation(scope.organisation_id).nation)
    planned = _planned(home, home.stay.discharged_at)
    for days, due_on in due_days(home.stay.discharged_at, nation).items():
        row = planned.get(days)
        if row is None:
            made = FollowUp(
                organisation_id=scope.organisation_id,
                state="due",
                home_list=home,
                days_after=days,
                due_on=due_on,
                owner_id=home.owner_id,
            )
            states.begin(scope=scope, row=made)
        elif row.state == "due" and row.due_on != due_on:
            row.due_on, row.version = due_on, row.version + 1
            row.save(update_fields=["due_on", "version"])
            audit.record(scope, "changed", "follow_up", row.pk, fields=("due_on",))


def _planned(home: HomeList, discharged_at: dt.datetime) -> dict[int, FollowUp]:
    """What there is of this going home, also what somebody withdrew by hand: that is settled, and not planned anew.

    What was done or withdrawn by hand after an earlier going home, that was cancelled, is not of it.
    """
    rows = list(FollowUp.objects.select_for_update().filter(home_list=home).order_by("created_at", "pk"))
    # What was withdrawn by itself tells of a discharge that was taken back; without it a later day is a correction.
    taken_back = any(row.discharge_cancelled or (row.state == "withdrawn" and not row.withdrawn_at) for row in rows)

    def of_this(row: FollowUp) -> bool:
        settled_at = row.done_at or row.withdrawn_at
        return row.state == "due" or (
            settled_at is not None and counts(settled_at, discharged_at, taken_back=taken_back)
        )

    return {row.days_after: row for row in rows if of_this(row)}


@action(PLAN_GOING_HOME)
def finish_follow_up(*, scope: Scope, follow_up_id: UUID, expected_version: int) -> None:
    """Somebody looked how it goes. Raises NotFound, Conflict and InvalidMove."""
    row = _locked(scope, follow_up_id, expected_version)
    row.done_at, row.done_by_id = clock.now(), scope.user_id
    states.move(scope=scope, row=row, to="done", fields=("done_at", "done_by"))


@action(PLAN_GOING_HOME)
def withdraw_follow_up(
    *, scope: Scope, follow_up_id: UUID, expected_version: int, reason: str, other: str = ""
) -> None:
    """Nobody is to follow up after all: why is one of `REASONS`, or `OTHER` with words.

    Raises Invalid, NotFound, Conflict and InvalidMove.
    """
    why = _why(reason, other.replace("\x00", "").strip())
    row = _locked(scope, follow_up_id, expected_version)
    row.withdrawn_at, row.withdrawn_by_id = clock.now(), acting(scope)
    states.move(scope=scope, row=row, to="withdrawn", reason=why, fields=("withdrawn_at", "withdrawn_by"))


def _why(reason: str, other: str) -> str:
    if reason not in (*REASONS, OTHER):
        raise Invalid({"reason": "Choose why nobody is to follow up."})
    if reason == OTHER and not other:
        raise Invalid({"other": "Say why nobody is to follow up."})
    if len(other) > LONGEST_REASON:
        raise Invalid({"other": f"This can be up to {LONGEST_REASON} characters."})
    return REASONS.get(reason, other)


@action(PLAN_GOING_HOME)
def reopen_follow_up(*, scope: Scope, follow_up_id: UUID, expected_version: int) -> None:
    """Undo "done", or what somebody withdrew by hand.

    Raises InvalidMove where nobody is to be followed up any more, or they went home again since.
    """
    row = _locked(scope, follow_up_id, expected_version)
    if row.state == "withdrawn" and not row.withdrawn_at:
        raise InvalidMove("Nobody withdrew this by hand, so there is nothing to undo.")
    why = why_none(_left(row.home_list.stay))
    if why:
        raise InvalidMove(f"{why}, so nobody is to follow up.")
    same = FollowUp.objects.filter(home_list_id=row.home_list_id, days_after=row.days_after)
    if same.filter(created_at__gt=row.created_at).exclude(state="withdrawn", withdrawn_at=None).exists():
        raise InvalidMove("They went home again since, and a newer follow-up stands in its place.")
    row.done_at = row.done_by = row.withdrawn_at = row.withdrawn_by = None
    states.move(scope=scope, row=row, to="due", fields=("done_at", "done_by", "withdrawn_at", "withdrawn_by"))


def give_follow_ups_to(scope: Scope, from_user_id: UUID, to_user_id: UUID) -> None:
    """Whoever one colleague is to follow up, now or once they are home, is another's. Called inside an action."""
    theirs = held_lists(scope, from_user_id)
    audit.record(scope, "given", "home_list", None, fields=("owner",))
    FollowUp.objects.filter(home_list__in=theirs, state="due").update(owner_id=to_user_id)
    HomeList.objects.filter(pk__in=[each.pk for each in theirs]).update(owner_id=to_user_id)


@action(PLAN_GOING_HOME)
def give_to_clinician(*, scope: Scope, follow_up_id: UUID, expected_version: int, to_user_id: UUID) -> None:
    """One's own follow-ups of somebody whose record is restricted become a named clinician's, all of them.

    Raises NotFound for anybody else's, Conflict, and Invalid for whoever is no clinician here.
    """
    if to_user_id not in dict(clinicians(scope)):
        raise Invalid({"clinician": "Choose a clinician who works here."})
    restricted = Q(home_list__stay__patient__restricted=True, owner_id=scope.user_id, state="due")
    row = _lock_one(scope, follow_up_id, expected_version, restricted)
    theirs = FollowUp.objects.filter(home_list_id=row.home_list_id, state="due", owner_id=scope.user_id)
    theirs.update(owner_id=to_user_id, version=F("version") + 1)
    HomeList.objects.filter(pk=row.home_list_id).update(owner_id=to_user_id)
    audit.record(scope, "given", "home_list", row.home_list_id, fields=("owner",))


def _locked(scope: Scope, follow_up_id: UUID, expected_version: int) -> FollowUp:
    """Of somebody whose record is restricted only by the clinician who follows them up."""
    open_to = Q(home_list__stay__patient__restricted=False)
    if scope.may(SAY_NOT_SUITABLE):
        open_to |= Q(owner_id=scope.user_id)
    return _lock_one(scope, follow_up_id, expected_version, open_to)


def _lock_one(scope: Scope, follow_up_id: UUID, expected_version: int, which: Q) -> FollowUp:
    if not FollowUp.objects.filter(which, organisation_id=scope.organisation_id, pk=follow_up_id).exists():
        raise NotFound
    return states.lock(FollowUp, follow_up_id, expected_version=expected_version)
