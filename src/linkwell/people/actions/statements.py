"""What the person says of their record, and what of others' words may go into a copy for them."""

from uuid import UUID

from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel.errors import Invalid, NotAllowed
from linkwell.people.actions.common import leave_trail, locked_person
from linkwell.people.models import Statement, ThirdPartyChoice
from linkwell.people.permissions import PERSON_CHANGE, THIRD_PARTY_DECIDE

LONGEST = 2000


@action(PERSON_CHANGE)
def record_statement(*, scope: Scope, person_id: UUID, about_kind: str, about_id: UUID, text: str) -> UUID:
    """“I do not agree with this”, in their own words, beside what it is about. Nothing is changed by it.

    Whoever calls has checked that the thing is in this person's record. Raises Invalid.
    """
    words = text.replace("\x00", "").strip()
    if not words or len(words) > LONGEST:
        raise Invalid({"text": f"Write what they say, in up to {LONGEST:,} characters."})
    locked_person(scope, person_id)
    row = Statement.objects.create(
        organisation_id=scope.organisation_id,
        person_id=person_id,
        about_kind=about_kind,
        about_id=about_id,
        text=words,
        recorded_by_id=scope.user_id,
    )
    leave_trail(scope, "added", "statement", row.pk, person_id, ("text",), "They do not agree with something written")
    return row.pk


@action(THIRD_PARTY_DECIDE)
def decide_third_party(
    *, scope: Scope, person_id: UUID, source_kind: str, source_id: UUID, include: bool, reason: str
) -> UUID:
    """Whether something somebody else told us goes into the copy for the person. The newest decision counts.

    Whoever calls has checked that it is in this person's record. Raises Invalid.
    """
    words = " ".join(reason.split())
    if not words or len(words) > 300:
        raise Invalid({"reason": "Say why, in up to 300 characters."})
    if scope.user_id is None:
        raise NotAllowed("Only a person can decide that.")
    locked_person(scope, person_id)
    row = ThirdPartyChoice.objects.create(
        organisation_id=scope.organisation_id,
        person_id=person_id,
        source_kind=source_kind,
        source_id=source_id,
        choice="include" if include else "leave_out",
        reason=words,
        decided_by_id=scope.user_id,
    )
    audit.record(scope, "decided", "third_party_choice", row.pk, person_id=person_id, fields=("choice",))
    return row.pk
