"""If these fail, somebody is sent to a group that is not for them, or a guess about them is shown as a fact."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from linkwell.core.database import scoped
from linkwell.directory.models import EligibilityRule, RuleKind, Service
from linkwell.kernel.errors import Invalid
from linkwell.kernel.ids import new_id
from linkwell.onward import actions
from linkwell.onward.details import OnwardDetails
from linkwell.onward.models import OnwardReferral
from linkwell.people import actions as people
from linkwell.people import queries
from tests.place import Member, Place

Supported = tuple[UUID, UUID]


@pytest.fixture
def women_only(place: Place, new_service: Callable[..., UUID]) -> UUID:
    service_id = new_service("Women's Table")
    with scoped(place.worker.scope):
        EligibilityRule.objects.create(
            organisation_id=place.organisation_id, service_id=service_id, kind=RuleKind.GENDER, values=["women"]
        )
        Service.objects.filter(pk=service_id).update(minimum_age=50)
    return service_id


def say_gender(place: Place, person_id: UUID, gender: str) -> None:
    scope = place.worker.scope
    card = queries.contact_card(scope, person_id)
    details = replace(card.details, gender=gender)
    people.change_person(scope=scope, person_id=person_id, expected_version=card.version, details=details)


def test_looking_for_somebody_says_how_each_group_fits_them(
    place: Place, supported: Supported, women_only: UUID, client_for: Callable[[Member], Client]
) -> None:
    person_id, case_id = supported
    address = reverse("onward:find", kwargs={"case_id": case_id})
    worker = client_for(place.worker)
    words = worker.get(address, {"words": ""}).content.decode()
    assert "Only for women. Ask." in words
    assert "Ask how old they are." in words
    say_gender(place, person_id, "Woman")
    assert "Only for women" not in worker.get(address, {"words": ""}).content.decode()
    say_gender(place, person_id, "Man")
    assert "Does not fit" in worker.get(address, {"words": ""}).content.decode()


def test_a_referral_that_does_not_fit_asks_before_it_goes_on(
    place: Place, supported: Supported, women_only: UUID, client_for: Callable[[Member], Client]
) -> None:
    person_id, case_id = supported
    say_gender(place, person_id, "man")
    page = client_for(place.worker).get(reverse("onward:refer", args=[case_id, women_only])).content.decode()
    assert "As far as we know, this group is not for Beryl" in page
    asked = OnwardDetails("would like company at lunch")
    send = partial(actions.refer_onward, scope=place.worker.scope, case_id=case_id, service_id=women_only)
    with pytest.raises(Invalid, match="Only for women"):
        send(submission_key=new_id(), details=asked)
    sent = send(submission_key=new_id(), details=replace(asked, ask_first=True))
    with scoped(place.worker.scope):
        row = OnwardReferral.objects.get(pk=sent)
    assert row.did_not_fit == ["Only for women."]
    assert row.outside_limits == "Only for women."
