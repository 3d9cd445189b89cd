"""The message back: previewed, then sent as it was previewed. And the separate note, for what must not be in it."""

from uuid import UUID

from linkwell.accounts import actions as accounts
from linkwell.casework.actions.parts import acting_user, lock_case
from linkwell.casework.message_back import content
from linkwell.casework.models import MessageBack, SeparateNote
from linkwell.casework.permissions import SEND_SUMMARIES
from linkwell.casework.queries.summaries import known_about, recipient_name, recipients
from linkwell.casework.rows import Recipient
from linkwell.core import audit, outbox, submissions, timeline
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, InvalidMove, NotFound
from linkwell.people import queries as people


@action(SEND_SUMMARIES)
def prepare_message_back(*, scope: Scope, case_id: UUID, recipient_organisation_id: UUID | None = None) -> UUID:
    """Make the summary for one recipient, to be read before it is sent. None: a practice that does not use Linkwell.

    Raises Invalid when no risk, and not that none is known, is recorded: the standard asks for one or the other.
    """
    user = acting_user(scope)
    case = lock_case(scope, case_id)
    chosen = _recipient(scope, case_id, recipient_organisation_id)
    known = known_about(scope, case_id, chosen.name if chosen else "")
    if not known.risks:
        raise Invalid({"risks": "Record a risk, or that none is known, before you make the summary."})
    name = chosen.name if chosen else recipient_name(known.person)
    row = MessageBack.objects.create(
        organisation_id=scope.organisation_id,
        case=case,
        person_id=case.person_id,
        content={**content(known), "recipient": name},
        recipient=name,
        recipient_organisation_id=chosen.organisation_id if chosen else None,
        previewed_by_id=user,
    )
    audit.record(scope, "prepared", "message_back", row.pk, person_id=case.person_id)
    return row.pk


def _recipient(scope: Scope, case_id: UUID, organisation_id: UUID | None) -> Recipient | None:
    if organisation_id is None:
        return None
    for each in recipients(scope, case_id):
        if each.organisation_id == organisation_id:
            return each
    raise Invalid({"recipient": "A summary goes to their GP practice, or to the clinicians who referred them."})


@action(SEND_SUMMARIES)
def send_message_back(*, scope: Scope, summary_id: UUID) -> None:
    """Send a summary as it was previewed: shared with its recipient, who is told by e-mail that something waits.

    Raises Invalid unless the person agreed to a summary going to their GP practice; InvalidMove when it was sent.
    """
    row = (
        MessageBack.objects.select_for_update(of=("self",))
        .filter(organisation_id=scope.organisation_id, pk=summary_id)
        .first()
    )
    if row is None:
        raise NotFound
    if row.sent_at is not None:
        raise InvalidMove("This summary has been sent.")
    said = people.agreement(scope, row.person_id, "tell_gp")
    if said is None or not said.agreed:
        raise Invalid({"": "Ask the person first. A summary goes only where they have agreed to it."})
    row.sent_at = clock.now()
    row.save(update_fields=["sent_at"])
    if row.recipient_organisation_id is not None:
        accounts.share(
            scope=scope,
            recipient_id=row.recipient_organisation_id,
            kind="message_back",
            object_id=row.pk,
            part="summary",
            reason="Summary of support, agreed with the person",
        )
        outbox.emit(scope, "message_back.sent", object_id=row.pk)
    audit.record(scope, "sent", "message_back", row.pk, person_id=row.person_id, fields=("sent_at",))
    line = timeline.Line(row.person_id, "letter", f"Summary sent to {row.recipient}.")
    timeline.record(scope, line, object_kind="message_back", object_id=row.pk)


@submissions.second_sending_finds_the_first
@action(SEND_SUMMARIES)
def send_separate_note(
    *,
    scope: Scope,
    case_id: UUID,
    recipient_organisation_id: UUID,
    text: str,
    reason: str,
    submission_key: UUID | None = None,
) -> UUID:
    """Tell the person's clinicians what must not be in the summary. `reason` is why they need to know.

    The same `submission_key` sent again gives the note of the first.
    """
    user = acting_user(scope)
    before = submissions.earlier(scope, submission_key) if submission_key else None
    if before is not None:
        audit.record(scope, "sent_again", "separate_note", before)
        return before
    if not text.strip():
        raise Invalid({"text": "Write what they need to know."})
    if not reason.strip():
        raise Invalid({"reason": "Say why they need to know."})
    case = lock_case(scope, case_id)
    chosen = _recipient(scope, case_id, recipient_organisation_id)
    if chosen is None:
        raise Invalid({"recipient": "Choose who it goes to."})
    card = people.contact_card(scope, case.person_id)
    row = SeparateNote.objects.create(
        organisation_id=scope.organisation_id,
        case=case,
        person_id=case.person_id,
        recipient_organisation_id=chosen.organisation_id,
        about=_about(card.details.given_name, card.details.family_name, card.details.nhs_number),
        text=text.strip(),
        reason=reason.strip(),
        written_by_id=user,
    )
    accounts.share(
        scope=scope,
        recipient_id=chosen.organisation_id,
        kind="separate_note",
        object_id=row.pk,
        part="note",
        reason=reason.strip()[:200],
    )
    outbox.emit(scope, "separate_note.sent", object_id=row.pk)
    audit.record(scope, "sent", "separate_note", row.pk, person_id=case.person_id)
    return submissions.remember(scope, submission_key, row.pk) if submission_key else row.pk


def _about(given_name: str, family_name: str, nhs_number: str) -> str:
    return f"{given_name} {family_name}" + (f", NHS number {nhs_number}" if nhs_number else "")
