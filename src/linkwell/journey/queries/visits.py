"""What somebody needs to know before a visit or a call, for a whole list of people at once."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from linkwell.core.scope import Scope
from linkwell.people.details import ContactRow
from linkwell.people.models import Person, Requirement
from linkwell.people.names import like_it
from linkwell.people.queries.contact import answers_of, contact_rows
from linkwell.people.queries.identity import linked_sets


@dataclass(frozen=True, slots=True)
class VisitCard:
    """One person on a list of calls and visits. Nothing of a restricted person says where they are.

    `numbers` are those it is safe to ring, the person's own first; empty when ringing is not safe.
    """

    person_id: UUID
    name: str
    restricted: bool
    numbers: tuple[ContactRow, ...]
    may_ring: bool
    voicemail: bool
    best_times: str
    instructions: tuple[str, ...]
    needs: tuple[str, ...]
    address: str


def cards_of(scope: Scope, person_ids: Collection[UUID]) -> dict[UUID, VisitCard]:
    """Read over all records of each person, in as many statements for twenty as for one. Called inside a query."""
    sets = linked_sets(scope, person_ids)
    everyone = frozenset().union(*sets.values()) if sets else frozenset()
    rows = {row.pk: row for row in Person.objects.filter(organisation_id=scope.organisation_id, pk__in=everyone)}
    answers = answers_of(scope, person_ids)
    contacts = contact_rows(scope, everyone)
    needs: dict[UUID, list[str]] = {}
    for need in Requirement.objects.filter(
        organisation_id=scope.organisation_id, person_id__in=everyone, ended_at=None
    ).order_by("id"):
        needs.setdefault(need.person_id, []).append(need.detail)
    cards = {}
    for person_id in person_ids:
        if person_id not in rows:
            continue
        records = (person_id, *sorted(sets[person_id] - {person_id}))
        person, said = rows[person_id], answers[person_id]
        restricted = any(rows[each].restricted for each in records if each in rows)
        numbers = {row.value: row for each in records for row in contacts.get(each, ()) if row.kind != "email"}
        may_ring = said.phone is not False
        cards[person_id] = VisitCard(
            person_id=person_id,
            name=like_it(person.preferred_name, person.given_name, person.family_name),
            restricted=restricted,
            numbers=() if restricted or not may_ring else tuple(numbers.values()),
            may_ring=may_ring,
            voicemail=said.voicemail is True and "voicemail" in said.confirmed,
            best_times=said.best_times,
            instructions=said.instructions,
            needs=tuple(dict.fromkeys(each for record in records for each in needs.get(record, ()))),
            address="" if restricted else _address(person),
        )
    return cards


def _address(person: Person) -> str:
    return ", ".join(part for part in (", ".join(person.address.splitlines()), person.postcode) if part)
