"""The person: banner, details and names, read over all records that are one person."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from linkwell.accounts.queries import user_names
from linkwell.core import audit
from linkwell.core.models import AuditEvent
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.core.written import written_once
from linkwell.kernel import words
from linkwell.kernel.errors import NotFound
from linkwell.people import names as folding
from linkwell.people.children import YoungLines
from linkwell.people.deciding import Age
from linkwell.people.details import Banner, ContactCard, PersonDetails
from linkwell.people.models import Person, Requirement
from linkwell.people.permissions import NAMES_SEE, PERSON_SEE, SAFE_ANSWERS_USE
from linkwell.people.queries.children import age_band, young_lines
from linkwell.people.queries.contact import answers_of, contact_rows, reach_lines
from linkwell.people.queries.deaths import death_on
from linkwell.people.queries.identity import linked_set

NOT_FOUND = "We could not find that person."


def one_person(scope: Scope, person_id: UUID) -> Person:
    """The record, or NotFound: absent and somebody else's look the same."""
    found = Person.objects.filter(organisation_id=scope.organisation_id, pk=person_id).first()
    if found is None:
        raise NotFound(NOT_FOUND)
    return found


@query(PERSON_SEE, opening=True)
def banner(scope: Scope, person_id: UUID) -> Banner:
    """Everything needed before phoning or knocking. Leaves an opening in the trail. Raises NotFound."""
    records = linked_set(scope, person_id)
    people = {row.pk: row for row in _people(scope.organisation_id, records)}
    if person_id not in people:
        raise NotFound(NOT_FOUND)
    person = people[person_id]
    audit.record_opening(scope, "person", person_id, person_id=person_id)
    contacts = contact_rows(scope, records)
    answers = answers_of(scope, [person_id])[person_id]
    shown = {row.value: row for each in reversed(records) for row in contacts.get(each, ())}
    death = death_on(scope, records)
    young = young_lines(scope, records) if age_band(person.date_of_birth) is not Age.ADULT else YoungLines()
    return Banner(
        person_id=person.pk,
        version=person.version,
        name=folding.like_it(person.preferred_name, person.given_name, person.family_name),
        full_name=" ".join(part for part in (person.title, person.given_name, person.family_name) if part)
        if person.preferred_name
        else folding.like_it("", person.given_name, person.family_name),
        given_name=person.preferred_name or person.given_name,
        age=words.age(person.date_of_birth) if person.date_of_birth else None,
        date_of_birth=person.date_of_birth,
        pronouns=person.pronouns,
        language=person.language,
        restricted=any(each.restricted for each in people.values()),
        reach=() if death else reach_lines(answers, shown.values(), has_address=_any_address(people.values())),
        instructions=answers.instructions + young.do_not,
        requirements=_needs(scope, records),
        record_ids=records,
        ring=next((row.value for row in shown.values() if row.kind != "email"), "")
        if answers.phone is not False and death is None
        else "",
        died=death.line if death else "",
        young=young.facts,
    )


def _any_address(people: Iterable[Person]) -> bool:
    return any(each.address for each in people)


def _needs(scope: Scope, records: Collection[UUID]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.detail for row in _requirements(scope.organisation_id, records)))


@written_once
def _requirements(organisation_id: UUID, records: Collection[UUID]) -> QuerySet[Requirement]:
    rows = Requirement.objects.filter(organisation_id=organisation_id, person_id__in=records, ended_at=None)
    return rows.order_by("id")


@written_once
def _people(organisation_id: UUID, records: Collection[UUID]) -> QuerySet[Person]:
    return Person.objects.filter(organisation_id=organisation_id, pk__in=records)


@query(PERSON_SEE, opening=True)
def open_record(scope: Scope, person_id: UUID) -> str:
    """The person's name, for a page about one part of the record. Leaves an opening in the trail. Raises NotFound."""
    person = one_person(scope, person_id)
    audit.record_opening(scope, "person", person_id, person_id=person_id)
    return folding.like_it(person.preferred_name, person.given_name, person.family_name)


@query(PERSON_SEE)
def contact_card(scope: Scope, person_id: UUID) -> ContactCard:
    """Who and where somebody is, for the care team of the organisation that holds the record. Raises NotFound."""
    person = one_person(scope, person_id)
    records = linked_set(scope, person_id)
    contacts = contact_rows(scope, records)
    rows = {row.value: row for each in reversed(records) for row in contacts.get(each, ())}
    return ContactCard(
        person_id=person.pk,
        version=person.version,
        details=details_of(person),
        contacts=tuple(rows.values()),
        restricted=is_restricted(scope, records),
    )


def details_of(person: Person) -> PersonDetails:
    return PersonDetails(
        given_name=person.given_name,
        family_name=person.family_name,
        preferred_name=person.preferred_name,
        title=person.title,
        pronouns=person.pronouns,
        date_of_birth=person.date_of_birth,
        gender=person.gender,
        ethnicity=person.ethnicity,
        disability=person.disability,
        language=person.language,
        nhs_number=person.nhs_number,
        address=person.address,
        postcode=person.postcode,
        gp_practice_code=person.gp_practice_code,
        gp_practice_name=person.gp_practice_name,
        told_by=person.told_by,
    )


def is_restricted(scope: Scope, records: Collection[UUID]) -> bool:
    """A restriction on any of the records restricts the person."""
    return Person.objects.filter(organisation_id=scope.organisation_id, pk__in=records, restricted=True).exists()


@query(SAFE_ANSWERS_USE)
def kept_apart(scope: Scope, person_id: UUID) -> bool:
    """Whether anything about where this person is must be kept from everyone but the care team."""
    return is_restricted(scope, linked_set(scope, person_id))


@query(PERSON_SEE)
def search_place(scope: Scope, person_id: UUID) -> str:
    """Where to begin looking for services: the first half of the postcode, or "" for a restricted person.

    A ranking by distance from a home is an address to whoever can read a map.
    """
    person = one_person(scope, person_id)
    if is_restricted(scope, linked_set(scope, person_id)):
        return ""
    return person.postcode.split(" ")[0] if " " in person.postcode else ""


@query(NAMES_SEE)
def names(scope: Scope, ids: Collection[UUID]) -> dict[UUID, str]:
    """Names as people like them, for lists. Somebody else's people are left out."""
    rows = Person.objects.filter(organisation_id=scope.organisation_id, pk__in=set(ids))
    return {row.pk: folding.like_it(row.preferred_name, row.given_name, row.family_name) for row in rows}


def last_change(scope: Scope, object_kind: str, object_id: UUID) -> tuple[str, datetime] | None:
    """Who changed a thing last, and when: for telling somebody whose own change came second."""
    row = (
        AuditEvent.objects.filter(
            organisation_id=scope.organisation_id,
            object_kind=object_kind,
            object_id=object_id,
            verb__in=["changed", "added"],
        )
        .order_by("-id")
        .first()
    )
    if row is None:
        return None
    who = user_names([row.actor_id]).get(row.actor_id, "Somebody") if row.actor_id else "Linkwell"
    return who, row.at
