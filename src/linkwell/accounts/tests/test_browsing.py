"""Unusual opening of records raises a flag for a lead, and blocks nobody."""

from collections.abc import Callable, Collection, Iterator
from uuid import UUID, uuid4

import pytest
from django.test import Client
from pytest_django import Settings

from linkwell.accounts import unusual
from linkwell.accounts.actions import record_home_postcode
from linkwell.accounts.actions.browsing import look_at_flag, note_unusual_opening
from linkwell.accounts.models import BrowsingFlag
from linkwell.accounts.queries import browsing
from linkwell.accounts.unusual import PersonFacts
from linkwell.core import audit
from linkwell.core.database import scoped
from linkwell.core.scope import Scope
from linkwell.kernel.errors import InvalidMove, NotAllowed, NotFound
from tests.place import Member, Place

ClientFor = Callable[[Member], Client]
People = dict[UUID, PersonFacts]


@pytest.fixture
def people() -> Iterator[People]:
    """The people of the organisation, as the app that holds them would tell."""
    known: People = {}
    before = list(unusual._describe)

    @unusual.describes_people
    def facts(scope: Scope, ids: Collection[UUID]) -> People:
        return {each: known[each] for each in ids if each in known}

    yield known
    unusual._describe[:] = before


def somebody(people: People, name: str = "Ivy Marsh", postcode: str = "ZZ1 1AA", email: str = "") -> UUID:
    person_id = uuid4()
    people[person_id] = PersonFacts(name, postcode, frozenset({email} if email else set()))
    return person_id


def opens(member: Member, *ids: UUID) -> None:
    with scoped(member.scope):
        for person_id in ids:
            audit.record_opening(member.scope, "person", person_id, person_id=person_id)


def reasons(place: Place) -> list[str]:
    return [row.reason for row in browsing.flags(place.lead.scope)]


@pytest.mark.fault("F38")
def test_opening_a_neighbours_record_is_noticed(place: Place, people: People) -> None:
    record_home_postcode(scope=place.administrator.scope, user_id=place.worker.user_id, home_postcode="bs1 4dj")
    opens(place.worker, somebody(people, postcode="BS1 4DJ"), somebody(people))
    assert note_unusual_opening(place.system) == 1
    assert reasons(place) == ["neighbour"]


@pytest.mark.fault("F38")
def test_opening_a_colleagues_record_is_noticed(place: Place, people: People) -> None:
    opens(place.worker, somebody(people, "Priya Nair", email="priya.nair@example.org"))
    note_unusual_opening(place.system)
    assert reasons(place) == ["colleague"]


@pytest.mark.fault("F38")
def test_opening_very_many_records_is_noticed(place: Place, people: People, settings: Settings) -> None:
    settings.MANY_OPENINGS = 5
    opens(place.worker, *(somebody(people) for _ in range(6)))
    opens(place.colleague, *(somebody(people) for _ in range(5)))
    note_unusual_opening(place.system)
    (flag,) = browsing.flags(place.lead.scope)
    assert (flag.reason, flag.user_id, flag.opened) == ("many", place.worker.user_id, 6)


@pytest.mark.fault("F38")
def test_one_record_opened_again_and_again_is_not_very_many(place: Place, people: People, settings: Settings) -> None:
    settings.MANY_OPENINGS = 5
    opens(place.worker, *([somebody(people)] * 20))
    assert note_unusual_opening(place.system) == 0


def test_running_again_raises_nothing_twice(place: Place, people: People) -> None:
    opens(place.worker, somebody(people, "Priya Nair", email="priya.nair@example.org"))
    assert [note_unusual_opening(place.system) for _ in range(3)] == [1, 0, 0]
    with scoped(place.system):
        assert BrowsingFlag.objects.count() == 1


def test_a_lead_notes_what_they_found(place: Place, people: People, client_for: ClientFor) -> None:
    opens(place.worker, somebody(people, "Priya Nair", email="priya.nair@example.org"))
    note_unusual_opening(place.system)
    client = client_for(place.lead)
    assert "A colleague’s record" in client.get("/admin/unusual-opening/").content.decode()
    assert "Records opened in an unusual way" in client.get("/admin/").content.decode()
    (flag,) = browsing.flags(place.lead.scope)
    path = f"/admin/unusual-opening/{flag.id}/"
    assert "Priya Nair" in client.get(path).content.decode()
    assert client.post(path, {"note": ""}).status_code == 422
    assert client.post(path, {"note": "Asked: covering for Lena."}).status_code == 302
    assert reasons(place) == []
    assert "Asked: covering" in client.get(path).content.decode()


def test_nobody_clears_a_flag_about_themselves(place: Place, people: People) -> None:
    opens(place.lead, somebody(people, "Priya Nair", email="priya.nair@example.org"))
    note_unusual_opening(place.system)
    (flag,) = browsing.flags(place.lead.scope)
    with pytest.raises(InvalidMove):
        look_at_flag(scope=place.lead.scope, flag_id=flag.id, note="fine")
    look_at_flag(scope=place.safeguarding_lead.scope, flag_id=flag.id, note="Asked, no reason given.")


def test_workers_and_strangers_see_no_flags(place: Place, people: People, client_for: ClientFor) -> None:
    opens(place.worker, somebody(people, "Priya Nair", email="priya.nair@example.org"))
    note_unusual_opening(place.system)
    (flag,) = browsing.flags(place.lead.scope)
    with pytest.raises(NotAllowed):
        browsing.flags(place.worker.scope)
    assert list(browsing.flags(place.stranger_lead.scope)) == []
    with pytest.raises(NotFound):
        browsing.flag(place.stranger_lead.scope, flag.id)
    assert client_for(place.stranger_lead).get(f"/admin/unusual-opening/{flag.id}/").status_code == 404
    assert client_for(place.worker).get("/admin/unusual-opening/").status_code == 404
