"""Holds, and letting records go: proposed by one lead, agreed by another, and only then gone."""

import datetime as dt
from collections.abc import Collection, Mapping
from uuid import UUID

from linkwell.core import audit, states
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotAllowed, NotFound
from linkwell.people.actions.common import leave_trail, locked_person
from linkwell.people.models import Disposal, DisposalKind, RetentionHold
from linkwell.people.permissions import RETENTION
from linkwell.people.queries.identity import linked_set, linked_sets

ON_HOLD = "There is a reason to keep this record. End that first."


@action(RETENTION)
def place_hold(*, scope: Scope, person_id: UUID, reason: str) -> UUID:
    """Keep this record however old it is, with the reason. Raises Invalid."""
    words = " ".join(reason.split())
    if not words or len(words) > 300:
        raise Invalid({"reason": "Say why it has to be kept, in up to 300 characters."})
    if scope.user_id is None:
        raise NotAllowed("Only a person can decide that.")
    locked_person(scope, person_id)
    row = RetentionHold.objects.create(
        organisation_id=scope.organisation_id, person_id=person_id, reason=words, placed_by_id=scope.user_id
    )
    leave_trail(scope, "added", "retention_hold", row.pk, person_id, ("reason",))
    return row.pk


@action(RETENTION)
def end_hold(*, scope: Scope, person_id: UUID, hold_id: UUID) -> None:
    """The reason is gone: the ordinary time counts again. Doing it twice changes nothing more."""
    locked_person(scope, person_id)
    RetentionHold.objects.filter(
        organisation_id=scope.organisation_id, person_id__in=linked_set(scope, person_id), pk=hold_id, ended_at=None
    ).update(ended_at=clock.now(), ended_by_id=scope.user_id)
    leave_trail(scope, "ended", "retention_hold", hold_id, person_id, ("ended_at",))


@action(RETENTION)
def propose_disposal(*, scope: Scope, kind: str, records: Collection[UUID], due_on: dt.date) -> UUID:
    """Say that a record may go. Nothing goes before a second person agrees. Proposed twice, it is proposed once."""
    if kind not in DisposalKind.values or not records:
        raise Invalid({"": "Choose what may go."})
    if scope.user_id is None:
        raise NotAllowed("Only a person can propose that.")
    wanted = sorted(records)
    found = Disposal.objects.filter(
        organisation_id=scope.organisation_id, state__in=["proposed", "agreed"], records=wanted
    ).first()
    if found is not None:
        audit.record(scope, "proposed_again", "disposal", found.pk)
        return found.pk
    if _held(scope, wanted):
        raise Invalid({"": ON_HOLD})
    row = Disposal(
        organisation_id=scope.organisation_id,
        kind=kind,
        records=wanted,
        due_on=due_on,
        proposed_by_id=scope.user_id,
        state="proposed",
    )
    states.begin(scope=scope, row=row)
    return row.pk


@action(RETENTION)
def agree_disposal(*, scope: Scope, disposal_id: UUID, expected_version: int) -> None:
    """A second person has looked, and agrees. What is on hold by now does not go."""
    row = _locked(scope, disposal_id, expected_version)
    if scope.user_id is None or scope.user_id == row.proposed_by_id:
        raise Invalid({"": "A second person has to agree. You proposed this yourself."})
    if _held(scope, row.records):
        raise Invalid({"": ON_HOLD})
    row.agreed_by_id = scope.user_id
    states.move(scope=scope, row=row, to="agreed", fields=("agreed_by",))


@action(RETENTION)
def keep_after_all(*, scope: Scope, disposal_id: UUID, expected_version: int, reason: str) -> None:
    """It does not go now; it is listed again as long as its time is over. Raises Invalid without a reason."""
    if not reason.strip():
        raise Invalid({"reason": "Say why it is kept."})
    row = _locked(scope, disposal_id, expected_version)
    states.move(scope=scope, row=row, to="kept", reason=reason.strip()[:300])


@action(RETENTION)
def note_gone(*, scope: Scope, disposal_id: UUID, counts: Mapping[str, int]) -> None:
    """What was agreed has gone. Said twice, it is said once: the counts of the first time stay."""
    row = _locked(scope, disposal_id, None)
    if row.state == "gone":
        audit.record(scope, "gone_already", "disposal", row.pk)
        return
    row.gone_at, row.counts = clock.now(), dict(counts)
    states.move(scope=scope, row=row, to="gone", fields=("gone_at", "counts"))


@action(RETENTION)
def stop_disposal(*, scope: Scope, disposal_id: UUID, came_back: bool = False) -> bool:
    """Whether something agreed must not go after all, because a hold, or the person, came in between; it is kept."""
    row = _locked(scope, disposal_id, None)
    if row.state != "agreed":
        audit.record(scope, "passed_over", "disposal", row.pk)
        return True
    if _held(scope, row.records):
        states.move(scope=scope, row=row, to="kept", reason="a hold was placed")
        return True
    if came_back:
        states.move(scope=scope, row=row, to="kept", reason="they came back")
        return True
    audit.record(scope, "going", "disposal", row.pk)
    return False


def _held(scope: Scope, records: Collection[UUID]) -> bool:
    """Whether anything holds one of these, or a record that is read as the same person."""
    everyone = frozenset().union(*linked_sets(scope, records).values())
    return RetentionHold.objects.filter(
        organisation_id=scope.organisation_id, person_id__in=everyone, ended_at=None
    ).exists()


def _locked(scope: Scope, disposal_id: UUID, expected_version: int | None) -> Disposal:
    row = states.lock(Disposal, disposal_id, expected_version=expected_version)
    if row.organisation_id != scope.organisation_id:
        raise NotFound
    return row
