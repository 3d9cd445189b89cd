"""If these fail, a state changes without a trace, or two people overwrite each other."""

from datetime import timedelta

import pytest

from linkwell.core import audit, states, timeline
from linkwell.core.actions import action
from linkwell.core.database import scoped
from linkwell.core.models import AuditEvent, StateChange, TimelineEntry
from linkwell.core.permissions import CARE_TEAM, Permission
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, InvalidMove, NotAllowed, NotFound
from linkwell.people.models import Concern, Person
from tests.place import Place

pytestmark = pytest.mark.django_db
TRY = Permission("test.try", "try this", CARE_TEAM)


@pytest.fixture
def concern(place: Place) -> Concern:
    with scoped(place.worker.scope) as work:
        person = Person.objects.create(organisation_id=place.organisation_id, given_name="Ada", family_name="Moss")
        row = Concern(
            organisation_id=place.organisation_id,
            person=person,
            state="raised",
            danger_now=False,
            next_date=clock.today() + timedelta(days=1),
        )
        line = timeline.Line(person.pk, "concern", "A concern was raised", seen_by=timeline.Seen.SAFEGUARDING)
        states.begin(scope=work.scope, row=row, line=line, person_id=person.pk)
    return row


def test_a_move_leaves_history_audit_and_timeline(place: Place, concern: Concern) -> None:
    with scoped(place.lead.scope) as work:
        row = states.lock(Concern, concern.pk, expected_version=1)
        line = timeline.Line(concern.person_id, "concern", "The lead was told")
        states.move(scope=work.scope, row=row, to="lead_told", reason="by phone", line=line)
        assert row.version == 2
        assert [change.after for change in StateChange.objects.order_by("id")] == ["raised", "lead_told"]
        assert AuditEvent.objects.filter(object_id=concern.pk).count() == 2
        assert TimelineEntry.objects.filter(person_id=concern.person_id).count() == 2


@pytest.mark.fault("F33")
def test_the_second_of_two_people_is_told_and_overwrites_nothing(place: Place, concern: Concern) -> None:
    with scoped(place.lead.scope) as work:
        row = states.lock(Concern, concern.pk, expected_version=1)
        states.move(scope=work.scope, row=row, to="lead_told")
        with pytest.raises(Conflict):
            states.lock(Concern, concern.pk, expected_version=1)


def test_an_impossible_move_raises_in_plain_words(place: Place, concern: Concern) -> None:
    with scoped(place.lead.scope) as work, pytest.raises(InvalidMove, match="closed"):
        states.move(scope=work.scope, row=states.lock(Concern, concern.pk), to="closed")


@pytest.mark.fault("F14")
def test_a_stranger_cannot_lock_what_is_not_theirs(place: Place, concern: Concern) -> None:
    with scoped(place.stranger_lead.scope), pytest.raises(NotFound):
        states.lock(Concern, concern.pk)


def test_an_action_without_an_audit_row_is_undone(place: Place) -> None:
    @action(TRY)
    def quiet(*, scope: Scope) -> None:
        Person.objects.create(organisation_id=scope.organisation_id, given_name="No", family_name="Trace")

    with pytest.raises(RuntimeError, match="audit"):
        quiet(scope=place.worker.scope)
    with scoped(place.worker.scope):
        assert not Person.objects.exists()


def test_an_action_needs_its_permission(place: Place) -> None:
    @action(TRY)
    def tried(*, scope: Scope) -> None:
        audit.record(scope, "tried", "test", None)

    tried(scope=place.worker.scope)
    with pytest.raises(NotAllowed, match="cannot try this"):
        tried(scope=place.referrer.scope)


def test_a_query_cannot_return_something_lazy(place: Place) -> None:
    @query(TRY)
    def people(scope: Scope) -> object:
        return Person.objects.all()

    with pytest.raises(TypeError, match="lazy"):
        people(place.worker.scope)
