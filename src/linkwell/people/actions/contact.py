"""Numbers, addresses, safe contact, the people around somebody, and getting into their home."""

from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock, phone
from linkwell.kernel.errors import Invalid
from linkwell.people.actions.access import refuse_relative_interpreting
from linkwell.people.actions.common import leave_trail, locked_person
from linkwell.people.actions.numbers import apply_what_was_said
from linkwell.people.details import CHANNELS, RelatedDetails, SafeAnswers
from linkwell.people.models import ContactKind, ContactPoint, HomeAccess, RelatedContact, SafeContact, ToldBy
from linkwell.people.permissions import HOME_ACCESS, PERSON_CHANGE
from linkwell.people.queries.identity import linked_set

# Why somebody opens the note: kept in the trail as a code, never as free text.
HOME_REASONS = {
    "visit": "I am visiting them",
    "arrange": "I am arranging a visit for a colleague",
    "welfare": "Nobody can reach them and we are worried",
    "change": "It has changed and I am putting it right",
}


@action(PERSON_CHANGE)
def add_contact_point(
    *, scope: Scope, person_id: UUID, kind: str, value: str, told_by: str, told_by_name: str = ""
) -> UUID:
    """A number or e-mail address and who told us. Given again by the person, it counts as confirmed. Raises Invalid."""
    clean = _clean_value(kind, value)
    if told_by not in ToldBy.values:
        raise Invalid({"told_by": "Say who gave this."})
    locked_person(scope, person_id)
    confirmed = clock.now() if told_by == ToldBy.PERSON else None
    point = ContactPoint.objects.filter(person_id=person_id, kind=kind, value=clean, ended_at=None).first()
    if point is None:
        point = ContactPoint.objects.create(
            organisation_id=scope.organisation_id,
            person_id=person_id,
            kind=kind,
            value=clean,
            told_by=told_by,
            told_by_name=told_by_name[:120],
            confirmed_at=confirmed,
        )
    elif confirmed and point.confirmed_at is None:
        point.confirmed_at = confirmed
        point.save(update_fields=["confirmed_at"])
    leave_trail(scope, "added", "contact_point", point.pk, person_id, ("value",))
    return point.pk


@action(PERSON_CHANGE)
def confirm_contact_point(*, scope: Scope, person_id: UUID, point_id: UUID) -> None:
    """The person said that this number or address is theirs."""
    locked_person(scope, person_id)
    ContactPoint.objects.filter(
        organisation_id=scope.organisation_id,
        person_id__in=linked_set(scope, person_id),
        pk=point_id,
        confirmed_at=None,
    ).update(confirmed_at=clock.now())
    leave_trail(scope, "confirmed", "contact_point", point_id, person_id, ("confirmed_at",))


@action(PERSON_CHANGE)
def end_contact_point(*, scope: Scope, person_id: UUID, point_id: UUID) -> None:
    """No longer theirs. It stays in the history and is not used again."""
    locked_person(scope, person_id)
    # The page shows what all records of this person hold, so what is ended there may belong to any of them.
    theirs = ContactPoint.objects.filter(
        organisation_id=scope.organisation_id, person_id__in=linked_set(scope, person_id), ended_at=None
    )
    for point in theirs.filter(pk=point_id):
        theirs.filter(kind=point.kind, value=point.value).update(ended_at=clock.now())
    leave_trail(scope, "ended", "contact_point", point_id, person_id, ("ended_at",))


def _clean_value(kind: str, value: str) -> str:
    if kind not in ContactKind.values:
        raise Invalid({"kind": "Choose a kind of contact."})
    if kind != ContactKind.EMAIL:
        number_wrong = phone.problem(value)
        if number_wrong:
            raise Invalid({"value": number_wrong})
        return phone.parse(value).e164
    clean = value.strip()
    try:
        validate_email(clean)
    except ValidationError:
        raise Invalid({"value": "Enter an e-mail address, like name@example.com."}) from None
    return clean


@action(PERSON_CHANGE)
def record_safe_contact(
    *,
    scope: Scope,
    person_id: UUID,
    answers: SafeAnswers,
    numbers: Mapping[UUID, str] | None = None,
    interpreted_by: str = "",
) -> UUID:
    """One answer to "how is it safe to reach you?", kept beside all earlier ones. Raises Invalid.

    What stands is worked out by `people.safe`: nobody but the person, asked alone, turns a no into a yes.
    `numbers` is what they said of each number or address (`people.actions.numbers`). Nobody is alone with a relative
    who interprets (`interpreted_by` is an `InterpretedBy`).
    """
    if answers.told_by not in ToldBy.values:
        raise Invalid({"told_by": "Say who gave these answers."})
    if len(answers.best_times) > 200:
        raise Invalid({"best_times": "This can be up to 200 characters."})
    if len(answers.instruction) > 300:
        raise Invalid({"instruction": "This can be up to 300 characters."})
    locked_person(scope, person_id)
    if answers.from_the_person_alone:
        refuse_relative_interpreting(scope, person_id, interpreted_by)
    apply_what_was_said(scope, person_id, numbers or {}, by_the_person=answers.from_the_person_alone)
    row = SafeContact.objects.create(
        organisation_id=scope.organisation_id,
        person_id=person_id,
        asked_alone=answers.asked_alone,
        told_by=answers.told_by,
        best_times=answers.best_times.strip(),
        instruction=answers.instruction.strip(),
        reason=answers.reason.strip(),
        recorded_by_id=scope.user_id,
        **{channel: answers.answer(channel) for channel in CHANNELS},
    )
    said = "asked alone" if answers.from_the_person_alone else f"told to us by {ToldBy(answers.told_by).label}"
    leave_trail(scope, "added", "safe_contact", row.pk, person_id, CHANNELS, f"How it is safe to reach them: {said}")
    return row.pk


@action(PERSON_CHANGE)
def add_related_contact(*, scope: Scope, person_id: UUID, details: RelatedDetails) -> UUID:
    """Somebody around the person. Raises Invalid."""
    clean = _clean_related(details)
    locked_person(scope, person_id)
    row = RelatedContact.objects.create(organisation_id=scope.organisation_id, person_id=person_id, **clean)
    leave_trail(scope, "added", "related_contact", row.pk, person_id, ("name",))
    return row.pk


@action(PERSON_CHANGE)
def end_related_contact(*, scope: Scope, person_id: UUID, related_id: UUID) -> None:
    """No longer around the person, or they no longer want us to hold this."""
    locked_person(scope, person_id)
    RelatedContact.objects.filter(
        organisation_id=scope.organisation_id,
        person_id__in=linked_set(scope, person_id),
        pk=related_id,
        ended_at=None,
    ).update(ended_at=clock.now())
    leave_trail(scope, "ended", "related_contact", related_id, person_id, ("ended_at",))


def _clean_related(details: RelatedDetails) -> dict[str, object]:
    problems = {}
    if not details.name.strip() or len(details.name) > 120:
        problems["name"] = "Enter their name, in up to 120 characters."
    if not details.relationship.strip() or len(details.relationship) > 60:
        problems["relationship"] = "Say who they are to the person, in up to 60 characters."
    number_wrong = phone.problem(details.phone) if details.phone.strip() else None
    if number_wrong:
        problems["phone"] = number_wrong
    if problems:
        raise Invalid(problems)
    return {
        "name": details.name.strip(),
        "relationship": details.relationship.strip(),
        "phone": phone.parse(details.phone).e164 if details.phone.strip() else "",
        "is_carer": details.is_carer,
        "may_contact": details.may_contact,
        "told_by": details.told_by,
    }


@action(HOME_ACCESS)
def record_home_access(*, scope: Scope, person_id: UUID, note: str) -> None:
    """How to get in. Replaces the note before it; an empty note only ends that. Encrypted, never exported."""
    locked_person(scope, person_id)
    if len(note) > 1000:
        raise Invalid({"note": "This can be up to 1,000 characters."})
    HomeAccess.objects.filter(organisation_id=scope.organisation_id, person_id=person_id, ended_at=None).update(
        ended_at=clock.now()
    )
    if note.strip():
        HomeAccess.objects.create(organisation_id=scope.organisation_id, person_id=person_id, note=note.strip())
    audit.record(scope, "changed", "home_access", person_id, person_id=person_id, fields=("note",))


@action(HOME_ACCESS)
def open_home_access(*, scope: Scope, person_id: UUID, reason: str) -> str:
    """The note on getting in, or "". The reason (a key of HOME_REASONS) stays in the trail. Raises Invalid."""
    if reason not in HOME_REASONS:
        raise Invalid({"reason": "Choose why you need this."})
    locked_person(scope, person_id)
    row = (
        HomeAccess.objects.filter(organisation_id=scope.organisation_id, person_id=person_id, ended_at=None)
        .order_by("-id")
        .first()
    )
    audit.record(scope, audit.OPENED, "home_access", person_id, person_id=person_id, fields=(reason,))
    return row.note if row else ""
