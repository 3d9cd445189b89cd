"""Small ways to have something happen in tests of the workforce."""

import datetime as dt
from uuid import UUID, uuid4

from linkwell.casework import actions as casework
from linkwell.casework import queries
from linkwell.casework.details import AppointmentDetails
from linkwell.core.database import scoped
from linkwell.core.scope import Scope
from linkwell.directory.models import CommunityOrganisation, Service
from linkwell.kernel import clock
from linkwell.onward import actions as onward
from linkwell.onward.details import OnwardDetails
from linkwell.onward.models import OnwardReferral
from linkwell.people import actions as people
from linkwell.people.details import SafeAnswers
from tests.place import Place


def book(scope: Scope, case_id: UUID, at: dt.datetime) -> UUID:
    details = AppointmentDetails(starts_at=at, kind="home", minutes=45, place="")
    return casework.book_appointment(scope=scope, case_id=case_id, details=details)


def person_of(place: Place, case_id: UUID) -> UUID:
    return queries.case(place.lead.scope, case_id).person_id


def texts_are_safe(place: Place, case_id: UUID, number: str = "07700 900123") -> None:
    """The person, asked alone, says that texts are safe, and which number is theirs."""
    person_id = person_of(place, case_id)
    people.add_contact_point(
        scope=place.worker.scope, person_id=person_id, kind="mobile", value=number, told_by="person"
    )
    answers = SafeAnswers(phone=True, text=True, asked_alone=True, told_by="person")
    people.record_safe_contact(scope=place.worker.scope, person_id=person_id, answers=answers)


def cover(place: Place, *, first: int = 0, last: int = 3, shared: dict[UUID, UUID] | None = None) -> UUID:
    """The colleague covers for the worker from `first` to `last` days from today."""
    today = clock.today()
    return casework.arrange_cover(
        scope=place.lead.scope,
        worker_id=place.worker.user_id,
        covered_by_id=place.colleague.user_id,
        starts_on=today + dt.timedelta(days=first),
        ends_on=today + dt.timedelta(days=last),
        shared=shared or {},
    )


def answered(place: Place, case_id: UUID) -> UUID:
    """An onward referral of the worker's that a group has answered just now."""
    with scoped(place.worker.scope):
        group = CommunityOrganisation.objects.create(organisation_id=place.organisation_id, name="Friends")
        service = Service.objects.create(
            organisation_id=place.organisation_id,
            community_organisation=group,
            name="Tuesday Table",
            referral_email="table@group.example.org",
        )
    onward_id = onward.refer_onward(
        scope=place.worker.scope,
        case_id=case_id,
        service_id=service.pk,
        submission_key=uuid4(),
        details=OnwardDetails("would like company at lunch", "", may_share_phone=False),
    )
    with scoped(place.system):
        OnwardReferral.objects.filter(pk=onward_id).update(answered_at=clock.now())
    return onward_id
