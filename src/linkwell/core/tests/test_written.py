"""If this fails, a page says something about another person, or about another day."""

from collections.abc import Collection
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from linkwell.core.addresses import address, address_by_names
from linkwell.core.database import scoped
from linkwell.core.models import TimelineEntry
from linkwell.core.timeline import Line, record
from linkwell.core.written import MOST, written_once
from linkwell.kernel.errors import ScopeMissing
from tests.place import Place


@written_once
def lines_of_kind(organisation_id: UUID, kind: str, person_ids: Collection[UUID]) -> QuerySet[TimelineEntry]:
    return TimelineEntry.objects.filter(organisation_id=organisation_id, kind=kind, person_id__in=person_ids)


@written_once
def lines_of(organisation_id: UUID, person_ids: Collection[UUID]) -> QuerySet[TimelineEntry]:
    rows = TimelineEntry.objects.filter(organisation_id=organisation_id, person_id__in=person_ids, kind="plan")
    return rows.order_by("summary")[:20]


def write(place: Place, person_id: UUID, words: str) -> None:
    with scoped(place.worker.scope):
        line = Line(person_id, "plan", words)
        record(place.worker.scope, line, object_kind="plan", object_id=uuid4())


def summaries(place: Place, *person_ids: UUID, member: str = "worker") -> list[str]:
    scope = getattr(place, member).scope
    with scoped(scope):
        return [row.summary for row in lines_of(scope.organisation_id, person_ids)]


def test_each_asking_gives_what_is_there_now_of_those_it_asks_about(place: Place) -> None:
    one, other = uuid4(), uuid4()
    write(place, one, "A")
    write(place, other, "B")
    assert summaries(place, one) == ["A"]
    assert summaries(place, other) == ["B"]
    assert summaries(place, one, other) == summaries(place, other, one) == ["A", "B"]
    write(place, one, "C")
    assert summaries(place, one) == ["A", "C"]
    assert summaries(place, one, *(uuid4() for _ in range(MOST + 1))) == ["A", "C"]


def test_a_word_is_part_of_the_question(place: Place) -> None:
    person_id, ours = uuid4(), place.worker.scope.organisation_id
    write(place, person_id, "A")
    with scoped(place.worker.scope):
        assert [len(lines_of_kind(ours, kind, (person_id,))) for kind in ("plan", "letter", "plan")] == [1, 0, 1]


def test_nobody_asked_about_is_nobody_found(place: Place) -> None:
    assert summaries(place) == []


def test_another_organisation_is_told_nothing_even_when_it_asks_with_our_number(place: Place) -> None:
    person_id = uuid4()
    write(place, person_id, "Ours")
    assert summaries(place, person_id) == ["Ours"]
    with scoped(place.stranger.scope):
        assert lines_of(place.worker.scope.organisation_id, (person_id,)) == []


def test_without_a_scope_it_is_not_asked_at_all(place: Place) -> None:
    with pytest.raises(ScopeMissing):
        lines_of(place.worker.scope.organisation_id, (uuid4(),))


def test_asking_again_is_one_statement(place: Place) -> None:
    with scoped(place.worker.scope), CaptureQueriesContext(connection) as asked:
        lines_of(place.worker.scope.organisation_id, (uuid4(),))
    assert len(asked) == 1


def test_an_address_is_that_of_the_thing_and_not_of_the_one_before() -> None:
    one, other = uuid4(), uuid4()
    assert address("journey:person", one) == f"/people/{one}/"
    assert address("journey:person", other) == f"/people/{other}/"
    assert address_by_names("journey:person", {"person_id": one}) == f"/people/{one}/"
