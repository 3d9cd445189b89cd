"""If these fail, what is done twice at once takes effect twice, ends in an error page, or lands with a leaver."""

import datetime as dt
from uuid import UUID

import pytest
from django.urls import reverse

from linkwell.accounts.models import Membership
from linkwell.casework import actions, queries
from linkwell.casework.details import AppointmentDetails, ClosingDetails
from linkwell.casework.models import Appointment
from linkwell.casework.tests.helpers import supported, talk, version
from linkwell.casework.tests.test_pages_safety import ClientFor
from linkwell.core.database import scoped
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid
from tests.place import Place

pytestmark = pytest.mark.django_db


def gone(place: Place, case_id: UUID) -> UUID:
    """A booked appointment whose time has passed."""
    later = AppointmentDetails(starts_at=clock.now() + dt.timedelta(days=1))
    booked = actions.book_appointment(scope=place.worker.scope, case_id=case_id, details=later)
    with scoped(place.worker.scope):
        Appointment.objects.filter(pk=booked).update(starts_at=clock.now() - dt.timedelta(hours=1))
    return booked


@pytest.mark.fault("F33")
def test_a_colleague_who_writes_up_the_same_appointment_second_is_told_and_keeps_their_words(place: Place) -> None:
    case_id = supported(place)
    booked = gone(place, case_id)
    talk(place.worker.scope, case_id, appointment_id=booked)
    with pytest.raises(Invalid, match="written up"):
        talk(place.colleague.scope, case_id, appointment_id=booked)


@pytest.mark.fault("F33")
def test_one_time_booked_by_a_double_click_is_one_appointment(place: Place) -> None:
    case_id = supported(place)
    details = AppointmentDetails(starts_at=clock.now() + dt.timedelta(days=1))
    ids = {actions.book_appointment(scope=place.worker.scope, case_id=case_id, details=details) for _ in range(2)}
    assert len(ids) == 1


@pytest.mark.fault("F36")
def test_support_opened_again_is_not_with_somebody_who_left(place: Place) -> None:
    case_id = supported(place)
    closing = ClosingDetails(reason="moved_away", answer="Wexmouth")
    actions.close(
        scope=place.worker.scope, case_id=case_id, expected_version=version(place.worker.scope, case_id),
        closing=closing,
    )  # fmt: skip
    Membership.objects.filter(pk=place.worker.membership_id).update(ended_at=clock.now())
    scope = place.colleague.scope
    actions.reopen(scope=scope, case_id=case_id, expected_version=version(scope, case_id), reason="They rang")
    assert queries.case(scope, case_id).worker_id == place.colleague.user_id


@pytest.mark.fault("F37")
def test_a_practice_finds_its_separate_notes_on_later_pages_too(place: Place, client_for: ClientFor) -> None:
    case_id = supported(place)
    for number in range(26):
        actions.send_separate_note(
            scope=place.worker.scope,
            case_id=case_id,
            recipient_organisation_id=place.practice_id,
            text=f"note {number}",
            reason="To keep her safe",
        )
    client = client_for(place.referrer)
    first = client.get(reverse("casework:received")).content.decode()
    second = client.get(reverse("casework:received"), {"page": 2}).content.decode()
    assert "page=2" in first
    assert second.count("Joan Pickering") == 1
