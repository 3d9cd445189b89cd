"""The ways in which somebody's record comes to be restricted: on the record itself, or on another that is theirs."""

from collections.abc import Callable
from uuid import UUID

import pytest

from linkwell.people import actions as people
from linkwell.people.details import PersonDetails
from tests.place import Place

Restrict = Callable[[Place, UUID], None]


def on_the_record(place: Place, person_id: UUID) -> None:
    people.restrict_person(scope=place.lead.scope, person_id=person_id, restricted=True, reason="In a safe place")


def on_a_linked_record(place: Place, person_id: UUID) -> None:
    other_id = people.add_person(scope=place.worker.scope, details=PersonDetails("Elsewhere", "Known"))
    people.link_identity(scope=place.lead.scope, record_id=other_id, same_as_id=person_id, reason="Same person")
    on_the_record(place, other_id)


both_ways = pytest.mark.parametrize("restrict", [on_the_record, on_a_linked_record])
