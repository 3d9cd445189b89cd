"""A note that was written on the wrong person's record goes to the right one, with a trace on both."""

from uuid import UUID

from linkwell.casework.actions.parts import acting_user
from linkwell.casework.models import NOT_ATTENDED, Case, Interaction, InteractionOutcome, MovedInteraction
from linkwell.casework.permissions import WRITE_CASES
from linkwell.core import audit, timeline
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel.errors import Invalid, InvalidMove, NotFound


@action(WRITE_CASES)
def move_interaction(*, scope: Scope, interaction_id: UUID, right_case_id: UUID, reason: str) -> UUID:
    """Move a conversation to the case it belongs to; the id it has there.

    The wrong record says only that something was moved, not whose it is. Raises Invalid, NotFound, and InvalidMove
    for one that was moved already.
    """
    user = acting_user(scope)
    if not reason.strip():
        raise Invalid({"reason": "Say how it came to be on the wrong record."})
    own = {"organisation_id": scope.organisation_id}
    row = Interaction.objects.select_for_update().filter(pk=interaction_id, **own).first()
    case = Case.objects.select_for_update().filter(pk=right_case_id, **own).first()
    if row is None or case is None:
        raise NotFound
    if row.outcome == InteractionOutcome.MOVED:
        raise InvalidMove("This note has been moved already.")
    if row.outcome in NOT_ATTENDED:
        raise Invalid({"": "This belongs to an appointment of theirs. Put the appointment right instead."})
    if case.pk == row.case_id:
        raise Invalid({"case": "It is on this record already."})
    new_id = _write_where_it_belongs(row, case)
    moved = MovedInteraction.objects.create(
        organisation_id=scope.organisation_id, wrong=row, right_id=new_id, reason=reason.strip()[:300], moved_by_id=user
    )
    _leave_a_trace(row)
    audit.record(scope, "moved_away", "interaction", row.pk, person_id=row.person_id, fields=("note",))
    audit.record(scope, "moved_here", "interaction", new_id, person_id=case.person_id, fields=("note",))
    gone = timeline.Line(row.person_id, "conversation", "A note was moved: it was entered on the wrong record.")
    timeline.record(scope, gone, object_kind="interaction", object_id=row.pk)
    here = timeline.Line(case.person_id, "conversation", "A note was moved here from another record.")
    timeline.record(scope, here, object_kind="interaction", object_id=new_id)
    audit.record(scope, "added", "moved_interaction", moved.pk)
    return new_id


def _write_where_it_belongs(row: Interaction, case: Case) -> UUID:
    """The note as it reads now. Earlier wordings stay behind the trace, where nobody reads them."""
    newest = row.corrections.order_by("-number").first() or row
    talked = row.outcome == InteractionOutcome.TALKED
    made = Interaction.objects.create(
        organisation_id=row.organisation_id,
        case=case,
        person_id=case.person_id,
        kind=row.kind,
        outcome=row.outcome,
        happened_at=row.happened_at,
        minutes=row.minutes,
        note=newest.note,
        third_party_note=newest.third_party_note,
        with_whom=row.with_whom,
        recorded_by_id=row.recorded_by_id,
    )
    if talked:
        case.last_contact_at = max(row.happened_at, case.last_contact_at or row.happened_at)
        case.save(update_fields=["last_contact_at"])
    return made.pk


def _leave_a_trace(row: Interaction) -> None:
    talked = InteractionOutcome.TALKED
    row.outcome, row.minutes = InteractionOutcome.MOVED, None
    row.note = row.third_party_note = row.with_whom = row.next_step = ""
    row.save(update_fields=["outcome", "minutes", "note", "third_party_note", "with_whom", "next_step"])
    last = Interaction.objects.filter(case_id=row.case_id, outcome=talked).order_by("-happened_at").first()
    Case.objects.filter(pk=row.case_id).update(last_contact_at=last.happened_at if last else None)
