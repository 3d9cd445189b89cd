"""If these fail, nobody sees who is at hospital while a link worker is away, or somebody who died is said to be in."""

import datetime as dt
from uuid import UUID

import pytest
from django.db import connection

from linkwell.casework import actions as casework
from linkwell.core.database import scoped
from linkwell.hospital.handlers import tell_those_who_support_them
from linkwell.hospital.models import Arrival
from linkwell.hospital.queries.arrivals import at_hospital
from linkwell.hospital.tests.stays import Hospital, a_hospital, accept, referred
from linkwell.kernel import clock
from linkwell.kernel.ids import new_id
from linkwell.people import actions as people
from linkwell.people.death import DeathDetails
from tests.place import Member, Place, sign_in

pytestmark = pytest.mark.django_db
AT_HOSPITAL = "At Marl Valley Hospitals"


def arrived(trust: Hospital, place: Place) -> UUID:
    """Somebody whom the worker supports is at the hospital, and the team is at work; the person."""
    patient_id, referral_id = referred(trust, place)
    accept(place, referral_id)
    trust.stay(patient_id, visit="later", admitted_at=clock.now(), ready=None)
    with scoped(trust.system):
        tell_those_who_support_them(trust.system, patient_id)
    with scoped(place.system), connection.cursor() as cursor:
        cursor.execute("UPDATE hospital_arrival SET shown_from = now() - interval '1 hour'")
        return Arrival.objects.get().person_id


def on_today(member: Member) -> bool:
    return AT_HOSPITAL in sign_in(member).get("/").content.decode()


def test_whoever_covers_sees_that_somebody_is_at_hospital_on_those_days_alone(place: Place) -> None:
    arrived(a_hospital(), place)
    assert (on_today(place.worker), on_today(place.colleague)) == (True, False)
    today = clock.today()
    made = casework.arrange_cover(
        scope=place.lead.scope,
        worker_id=place.worker.user_id,
        covered_by_id=place.colleague.user_id,
        starts_on=today,
        ends_on=today + dt.timedelta(days=2),
    )
    assert (on_today(place.worker), on_today(place.colleague)) == (True, True)
    casework.end_cover(scope=place.lead.scope, cover_id=made)
    assert not on_today(place.colleague)


def test_whoever_the_team_knows_to_have_died_is_not_said_to_be_at_hospital(place: Place) -> None:
    """Their hospital may say so days later."""
    person_id = arrived(a_hospital(), place)
    people.record_death(scope=place.worker.scope, person_id=person_id, details=DeathDetails(confirmed=True))
    assert not on_today(place.worker)


def test_a_visit_to_ae_that_became_a_stay_is_one_time_in_hospital_since_the_visit(place: Place) -> None:
    """Two lines read as if they had come twice, and as if they had been there for less long."""
    person_id = arrived(a_hospital(), place)
    with scoped(place.system):
        stay = Arrival.objects.get()
        earlier = stay.arrived_at - dt.timedelta(hours=5)
        Arrival.objects.create(
            organisation_id=stay.organisation_id, person_id=person_id, stay_id=new_id(), site=stay.site,
            arrived_at=earlier, shown_from=stay.shown_from,
        )  # fmt: skip
    [row] = at_hospital(place.worker.scope, place.worker.user_id)
    assert (row.person_id, row.arrived_at) == (person_id, earlier)
