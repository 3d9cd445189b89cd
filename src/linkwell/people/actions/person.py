"""Adding a person and changing who they are."""

from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from linkwell.core import audit, timeline
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock, nhs_number, postcode
from linkwell.kernel.errors import Invalid
from linkwell.people import names
from linkwell.people.actions.common import conflict_over, leave_trail, locked_person
from linkwell.people.details import PersonDetails
from linkwell.people.models import Person, PersonWord, Requirement, RequirementKind, ToldBy
from linkwell.people.permissions import PERSON_ADD, PERSON_CHANGE, PERSON_RESTRICT
from linkwell.people.queries.identity import linked_set
from linkwell.people.queries.person import details_of

LONGEST = {
    "given_name": 100,
    "family_name": 100,
    "preferred_name": 100,
    "title": 30,
    "pronouns": 40,
    "gender": 60,
    "ethnicity": 80,
    "disability": 120,
    "language": 60,
    "address": 500,
    "gp_practice_code": 20,
    "gp_practice_name": 200,
}


@action(PERSON_ADD)
def add_person(*, scope: Scope, details: PersonDetails) -> UUID:
    """A new record held by the scope's organisation. Never looks for, or joins, another record: a person decides that.

    Raises Invalid.
    """
    checked = _checked(details)
    person = Person(organisation_id=scope.organisation_id, **asdict(checked))
    person.sort_name = names.sort_name(checked.family_name, checked.given_name)
    person.save(force_insert=True)
    _write_words(person)
    leave_trail(scope, "added", "person", person.pk, person.pk, _filled(checked))
    return person.pk


@action(PERSON_CHANGE)
def change_person(*, scope: Scope, person_id: UUID, expected_version: int, details: PersonDetails) -> None:
    """Change who somebody is. Raises NotFound, Invalid, and Conflict when someone changed it since.

    What another system says never overwrites a recorded date of birth, name or NHS number that differs.
    """
    person = locked_person(scope, person_id)
    if person.version != expected_version:
        raise conflict_over(scope, "person", person_id)
    checked = _checked(details)
    before = details_of(person)
    if checked.told_by == ToldBy.FEED:
        _refuse_overwriting(before, checked)
    changed = tuple(name for name, value in asdict(checked).items() if getattr(before, name) != value)
    for name in changed:
        setattr(person, name, getattr(checked, name))
    person.sort_name = names.sort_name(person.family_name, person.given_name)
    person.version += 1
    person.save(update_fields=[*changed, "sort_name", "version"])
    if {"given_name", "family_name", "preferred_name"} & set(changed):
        _write_words(person)
    leave_trail(scope, "changed", "person", person_id, person_id, changed, "Details changed" if changed else "")


@action(PERSON_RESTRICT)
def restrict_person(*, scope: Scope, person_id: UUID, restricted: bool, reason: str) -> None:
    """Keep where somebody is from everyone but their care team, or stop doing so. Raises NotFound, Invalid."""
    if not reason.strip():
        raise Invalid({"reason": "Say why, so that others can understand this later."})
    person = locked_person(scope, person_id)
    person.restricted = restricted
    person.version += 1
    person.save(update_fields=["restricted", "version"])
    audit.record(scope, "restricted" if restricted else "unrestricted", "person", person_id, person_id=person_id)
    line = timeline.Line(
        person_id,
        "details",
        f"{'Restricted' if restricted else 'No longer restricted'}: {reason.strip()}",
        seen_by=timeline.Seen.SAFEGUARDING,
    )
    timeline.record(scope, line, object_kind="person", object_id=person_id)


@action(PERSON_CHANGE)
def add_requirement(*, scope: Scope, person_id: UUID, kind: str, detail: str) -> UUID:
    """Something the person needs so that support works. The same need said twice is kept once. Raises Invalid."""
    detail = " ".join(detail.split())
    if kind not in RequirementKind.values:
        raise Invalid({"kind": "Choose what kind of need this is."})
    if not detail or len(detail) > 300:
        raise Invalid({"detail": "Say what is needed, in up to 300 characters."})
    locked_person(scope, person_id)
    same = Requirement.objects.filter(person_id=person_id, kind=kind, detail__iexact=detail, ended_at=None).first()
    row = same or Requirement.objects.create(
        organisation_id=scope.organisation_id, person_id=person_id, kind=kind, detail=detail
    )
    leave_trail(scope, "added", "requirement", row.pk, person_id, ("detail",), "" if same else f"They need: {detail}")
    return row.pk


@action(PERSON_CHANGE)
def end_requirement(*, scope: Scope, person_id: UUID, requirement_id: UUID) -> None:
    """No longer needed. Doing it twice changes nothing more."""
    locked_person(scope, person_id)
    Requirement.objects.filter(
        organisation_id=scope.organisation_id,
        person_id__in=linked_set(scope, person_id),
        pk=requirement_id,
        ended_at=None,
    ).update(ended_at=clock.now())
    leave_trail(scope, "ended", "requirement", requirement_id, person_id, ("ended_at",))


def _checked(details: PersonDetails) -> PersonDetails:
    """The details tidied, or Invalid naming each field that cannot be used."""
    tidy: dict[str, Any] = {
        name: _tidy(name, value) if isinstance(value, str) else value for name, value in asdict(details).items()
    }
    problems = {
        name: f"This can be up to {most} characters." for name, most in LONGEST.items() if len(str(tidy[name])) > most
    }
    if not tidy["given_name"]:
        problems["given_name"] = "Enter their first name."
    if not tidy["family_name"]:
        problems["family_name"] = "Enter their family name."
    born = details.date_of_birth
    if born is not None and (born > clock.today() or born.year < clock.today().year - 125):
        problems["date_of_birth"] = "Check the date of birth: it must be in the past 125 years."
    number_wrong = nhs_number.problem(details.nhs_number) if details.nhs_number.strip() else None
    if number_wrong:
        problems["nhs_number"] = number_wrong
    if details.told_by not in ToldBy.values:
        problems["told_by"] = "Say who gave these details."
    # A postcode is kept as written when it is not one of ours: people live abroad, on boats and nowhere.
    tidy["postcode"] = postcode.normalise(str(tidy["postcode"]))[:8]
    if problems:
        raise Invalid(problems)
    tidy["nhs_number"] = nhs_number.parse(details.nhs_number).digits if details.nhs_number.strip() else ""
    return replace(details, **tidy)


def _tidy(name: str, value: str) -> str:
    clean = value.replace("\x00", "").strip()
    return clean if name == "address" else " ".join(clean.split())


def _refuse_overwriting(before: PersonDetails, new: PersonDetails) -> None:
    fixed = ("date_of_birth", "given_name", "family_name", "nhs_number")
    differing = [name for name in fixed if getattr(before, name) and getattr(before, name) != getattr(new, name)]
    if differing:
        raise Invalid(dict.fromkeys(differing, "Another system says something else. A person has to decide."))


def _filled(details: PersonDetails) -> tuple[str, ...]:
    return tuple(name for name, value in asdict(details).items() if value)


def _write_words(person: Person) -> None:
    PersonWord.objects.filter(person=person).delete()
    PersonWord.objects.bulk_create(
        PersonWord(organisation_id=person.organisation_id, person=person, word=word)
        for word in names.words(person.given_name, person.family_name, person.preferred_name)
    )
