"""A safeguarding concern reaches the lead, stays until closed, and leaks nowhere."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linkwell.core.database import scoped
from linkwell.core.models import AuditEvent, OutboxEvent, StateChange, TimelineEntry
from linkwell.core.permissions import Role
from linkwell.core.scope import ActorKind, Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove, NotAllowed, NotFound
from linkwell.people import actions, queries
from linkwell.people.details import ConcernDetails
from linkwell.people.tests.people import add, dot
from tests.place import Place

CANARY = ConcernDetails(
    about="CANARY-ABOUT",
    what_happened="CANARY-HAPPENED",
    their_words="CANARY-WORDS",
    danger_now=True,
    wants="CANARY-WANTS",
    capacity="CANARY-CAPACITY",
    agreed_to_share=False,
    reason_without_agreement="CANARY-REASON",
)


def raised(place: Place, **more: object) -> UUID:
    concern = ConcernDetails(about="The person", what_happened="No food in the house", **more)  # type: ignore[arg-type]
    return actions.raise_concern(scope=place.worker.scope, person_id=dot(place.worker.scope), concern=concern)


def soon(days: int = 3):  # type: ignore[no-untyped-def]
    return clock.today() + timedelta(days=days)


def test_a_concern_is_with_the_named_lead_at_once(place: Place) -> None:
    made = raised(place, danger_now=True)
    (row,) = queries.concerns(place.safeguarding_lead.scope)
    assert (row.id, row.state, row.danger_now, row.next_date) == (made, "raised", True, clock.today())
    record = queries.concern(place.safeguarding_lead.scope, made)
    assert record.lead_name == "Grace Obi"
    assert record.details.raised_by_name == "Sam Okafor"


def test_the_whole_way_from_raised_to_closed_is_on_record(place: Place) -> None:
    scope, made = place.safeguarding_lead.scope, raised(place)
    actions.take_concern(scope=scope, concern_id=made, expected_version=1, next_date=soon())
    actions.refer_concern(
        scope=scope, concern_id=made, expected_version=2, decision="Neglect, agreed", referred_to="Adult social care",
        reference="ASC-77", next_date=soon(5),
    )  # fmt: skip
    actions.note_on_concern(
        scope=scope, concern_id=made, expected_version=3, text="Phoned, no answer", next_date=soon(7)
    )
    actions.record_feedback(scope=scope, concern_id=made, expected_version=4, text="They visited", next_date=soon(9))
    with pytest.raises(Invalid):
        actions.close_concern(scope=scope, concern_id=made, expected_version=5, outcome=" ")
    assert queries.open_concerns(scope) == 1
    actions.close_concern(scope=scope, concern_id=made, expected_version=5, outcome="Care in place")
    record = queries.concern(scope, made)
    assert (record.row.state, record.outcome, record.referral_reference) == ("closed", "Care in place", "ASC-77")
    assert record.lead_told_at is not None
    assert [entry.text for entry in record.entries if "Now:" not in entry.text] == ["Phoned, no answer", "They visited"]
    assert queries.open_concerns(scope) == 0
    assert [row.id for row in queries.concerns(scope, closed=True)] == [made]


def test_no_step_is_skipped_and_no_step_has_no_next_date(place: Place) -> None:
    scope, made = place.safeguarding_lead.scope, raised(place)
    with pytest.raises(InvalidMove):
        actions.close_concern(scope=scope, concern_id=made, expected_version=1, outcome="Nothing in it")
    for day in (clock.today() - timedelta(days=1), soon(400)):
        with pytest.raises(Invalid):
            actions.take_concern(scope=scope, concern_id=made, expected_version=1, next_date=day)
    actions.take_concern(scope=scope, concern_id=made, expected_version=1, next_date=soon())
    with pytest.raises(Conflict):
        actions.watch_concern(scope=scope, concern_id=made, expected_version=1, decision="Watch", next_date=soon())


def test_danger_comes_first_then_what_is_due(place: Place) -> None:
    late, danger = raised(place), raised(place, danger_now=True)
    assert [row.id for row in queries.concerns(place.lead.scope)] == [danger, late]


@pytest.mark.fault("F16")
def test_its_words_are_nowhere_else(place: Place) -> None:
    person = dot(place.worker.scope)
    made = actions.raise_concern(scope=place.worker.scope, person_id=person, concern=CANARY)
    scope = place.worker.scope
    with scoped(scope), connection.cursor() as cursor:
        kept = [list(model.objects.values()) for model in (AuditEvent, OutboxEvent, StateChange, TimelineEntry)]
        cursor.execute("SELECT c::text FROM people_concern c WHERE id = %s", [made])
        stored = cursor.fetchone()[0]
        lines = list(TimelineEntry.objects.filter(kind="safeguarding").values_list("seen_by", flat=True))
    assert "CANARY" not in repr(kept)
    assert stored.count("CANARY") == 1, "only whom it is about may be plain, for the queue"
    assert lines == ["safeguarding"]
    seen = [
        queries.banner(scope, person),
        queries.contact_card(scope, person),
        queries.risks(scope, person),
        queries.agreements(scope, person),
        queries.about_me(scope, person),
        queries.people(scope),
    ]
    assert "CANARY" not in repr(seen)
    assert "concern" not in repr(seen)


@pytest.mark.fault("F16")
def test_who_has_looked_at_the_person_does_not_hint_at_a_concern(place: Place) -> None:
    person = dot(place.worker.scope)
    made = actions.raise_concern(scope=place.worker.scope, person_id=person, concern=CANARY)
    queries.concern(place.safeguarding_lead.scope, made)
    with scoped(place.worker.scope):
        about = AuditEvent.objects.filter(object_kind="concern")
        assert about.count() == 2
        assert not about.exclude(person_id=None).exists()


@pytest.mark.fault("F16")
def test_only_those_who_handle_safeguarding_read_it(place: Place) -> None:
    made = raised(place)
    for member in (place.worker, place.colleague, place.referrer, place.administrator):
        with pytest.raises(NotAllowed):
            queries.concern(member.scope, made)
        with pytest.raises(NotAllowed):
            queries.concerns(member.scope)
    with pytest.raises(NotFound):
        queries.concern(place.stranger_lead.scope, made)
    with pytest.raises(NotFound):
        actions.take_concern(scope=place.stranger_lead.scope, concern_id=made, expected_version=1, next_date=soon())


def test_a_group_raises_one_through_its_link_and_reads_nothing(place: Place) -> None:
    person = dot(place.worker.scope)
    link = Scope(ActorKind.LINK, uuid4(), place.organisation_id, Role.GROUP, "answering", object_id=uuid4())
    concern = ConcernDetails(about="", what_happened="She came with bruises", raised_by_name="Knit and Natter")
    made = actions.raise_concern(scope=link, person_id=person, concern=concern)
    record = queries.concern(place.safeguarding_lead.scope, made)
    assert record.details.raised_by_name == "Knit and Natter"
    assert record.row.about == "The person"
    with pytest.raises(NotAllowed):
        queries.concern(link, made)


def test_a_concern_sent_twice_is_one(place: Place) -> None:
    person, key = dot(place.worker.scope), uuid4()
    ids = {
        actions.raise_concern_once(scope=place.worker.scope, submission_key=key, person_id=person, concern=CANARY)
        for _ in range(2)
    }
    assert len(ids) == 1
    assert queries.open_concerns(place.lead.scope) == 1


def test_the_queue_costs_no_more_when_it_is_long(place: Place) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            queries.concerns(place.lead.scope)
        return len(seen)

    raised(place)
    one = cost()
    for number in range(15):
        person = add(place.worker.scope, f"Ann{number}")
        actions.raise_concern(scope=place.worker.scope, person_id=person, concern=CANARY)
    assert cost() == one
