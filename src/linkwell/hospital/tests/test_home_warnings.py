"""If these fail, somebody is offered what they asked not to be, or a page is acted on that is out of date."""

import pytest

from linkwell.core.database import scoped
from linkwell.hospital.models import Objection, Patient
from linkwell.hospital.tests.stays import Hospital, a_hospital
from linkwell.kernel import clock
from tests.place import sign_in

pytestmark = pytest.mark.django_db
ASKED_NOT = "asked us not to offer support"


@pytest.fixture
def trust() -> Hospital:
    return a_hospital()


def test_who_asked_us_not_to_offer_is_named_so_before_anybody_offers(trust: Hospital) -> None:
    patient_id, client = trust.patient(), sign_in(trust.coordinator)
    stay_id, other = trust.stay(patient_id), trust.stay(trust.patient("Ada"))
    with scoped(trust.system):
        # Said under an older record of theirs.
        cluster = Patient.objects.get(pk=patient_id).cluster
        older = trust.patient(cluster=cluster, merged_into_id=patient_id)
        Objection.objects.create(
            organisation_id=trust.organisation_id,
            patient_id=older,
            said_at=clock.now(),
            recorded_by_id=trust.coordinator.user_id,
        )
    for page in ("", "refer/", "community/"):
        answer = client.get(f"/hospital/stays/{stay_id}/{page}")
        assert (answer.status_code, ASKED_NOT in answer.content.decode()) == (200, True)
        assert ASKED_NOT not in client.get(f"/hospital/stays/{other}/{page}").content.decode()
