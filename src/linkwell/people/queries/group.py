"""What a community group may learn of somebody, once it has said yes."""

from dataclasses import dataclass
from uuid import UUID

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.people import names as folding
from linkwell.people import safe
from linkwell.people.models import ContactKind
from linkwell.people.permissions import SAFE_ANSWERS_USE
from linkwell.people.queries.contact import answers_of, contact_rows
from linkwell.people.queries.identity import linked_set
from linkwell.people.queries.person import is_restricted, one_person


@dataclass(frozen=True, slots=True)
class GroupCard:
    """A name, and a telephone number with how to use it safely; both may be empty."""

    name: str
    phone: str
    phone_note: str


@query(SAFE_ANSWERS_USE)
def card_for_group(scope: Scope, person_id: UUID, *, with_phone: bool) -> GroupCard:
    """The full name, and the number when it is safe to phone. A restricted person's number is never handed out."""
    person = one_person(scope, person_id)
    records = linked_set(scope, person_id)
    name = folding.like_it(person.preferred_name, person.given_name, person.family_name)
    answers = answers_of(scope, [person_id])[person_id]
    if not with_phone or answers.phone is False or is_restricted(scope, records):
        return GroupCard(name, "", "")
    rows = [row for each in contact_rows(scope, records).values() for row in each]
    phones = [row for row in rows if row.kind in {ContactKind.MOBILE, ContactKind.LANDLINE}]
    # A number told to us by somebody else may be that person's own.
    best = next((row for row in phones if row.confirmed), None)
    quiet = "Please do not leave a message, and do not say why you are calling."
    note = "" if safe.allowed(answers, "voicemail") else quiet
    return GroupCard(name, best.shown if best else "", " ".join(part for part in (note, *answers.instructions) if part))
