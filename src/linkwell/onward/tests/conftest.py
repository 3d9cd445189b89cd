"""Somebody being supported, and a group that can be asked."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest

from linkwell.accounts.scopes import link_scope
from linkwell.casework.models import Case
from linkwell.core.database import scoped
from linkwell.core.scope import Scope
from linkwell.directory.models import CommunityOrganisation, Service
from linkwell.kernel import clock
from linkwell.kernel.ids import new_id
from linkwell.onward import actions, queries
from linkwell.onward.details import OnwardDetails
from linkwell.people import actions as people
from linkwell.people.details import PersonDetails, SafeAnswers
from tests.place import Place

SURNAME = "Thackray"
PHONE = "07700 900123"
GROUP_EMAIL = "table@group.example.org"


@dataclass(frozen=True)
class Asked:
    """An onward referral that was sent: the worker's place, its ids, and the group's side of it."""

    place: Place
    case_id: UUID
    person_id: UUID
    service_id: UUID
    onward_id: UUID
    token: str

    @property
    def worker(self) -> Scope:
        return self.place.worker.scope

    @property
    def group(self) -> Scope:
        link = queries.opened_link(self.token)
        assert link is not None
        return link_scope(link.organisation_id, link.id, link.onward_referral_id)

    @property
    def version(self) -> int:
        return queries.onward_referral(self.worker, self.onward_id).version

    @property
    def state(self) -> str:
        return queries.onward_referral(self.worker, self.onward_id).state


@pytest.fixture
def supported(place: Place) -> tuple[UUID, UUID]:
    """A person and their open case."""
    details = PersonDetails("Beryl", SURNAME, told_by="person")
    person_id = people.add_person(scope=place.worker.scope, details=details)
    people.add_contact_point(
        scope=place.worker.scope, person_id=person_id, kind="mobile", value=PHONE, told_by="person"
    )
    answers = SafeAnswers(phone=True, voicemail=False, asked_alone=True, told_by="person")
    people.record_safe_contact(scope=place.worker.scope, person_id=person_id, answers=answers)
    with scoped(place.worker.scope):
        case = Case.objects.create(
            organisation_id=place.organisation_id,
            person_id=person_id,
            team_id=place.team_id,
            worker_id=place.worker.user_id,
            state="active",
            opened_at=clock.now(),
            next_date=clock.today(),
        )
    return person_id, case.pk


@pytest.fixture
def new_service(place: Place) -> Callable[..., UUID]:
    def make(name: str = "Tuesday Table", email: str = GROUP_EMAIL) -> UUID:
        with scoped(place.worker.scope):
            group = CommunityOrganisation.objects.create(organisation_id=place.organisation_id, name="Friends")
            row = Service.objects.create(
                organisation_id=place.organisation_id, community_organisation=group, name=name, referral_email=email
            )
        return row.pk

    return make


@pytest.fixture
def asked(place: Place, supported: tuple[UUID, UUID], new_service: Callable[..., UUID]) -> Asked:
    person_id, case_id = supported
    service_id = new_service()
    onward_id = actions.refer_onward(
        scope=place.worker.scope,
        case_id=case_id,
        service_id=service_id,
        submission_key=new_id(),
        details=OnwardDetails("would like company at lunch", "step-free, please", may_share_phone=True),
    )
    return Asked(place, case_id, person_id, service_id, onward_id, token_in_newest_message(place))


def token_in_newest_message(place: Place) -> str:
    """The link a group finds in its e-mail."""
    from linkwell.messaging.models import Message

    with scoped(place.worker.scope):
        bodies = [each.body for each in Message.objects.filter(audience="group").order_by("-created_at")]
    body = next(each for each in bodies if "/answer/" in each)
    return str(body.split("/answer/")[1].split("/")[0])


def newest_body(place: Place) -> str:
    from linkwell.messaging.models import Message

    with scoped(place.worker.scope):
        return str(Message.objects.filter(audience="group").order_by("-created_at")[0].body)
