"""If these fail, an old link leads nowhere, or somebody is sent to a group that is there no more."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from linkwell.core.database import scoped
from linkwell.directory import actions as directory
from linkwell.directory import queries
from linkwell.directory.models import LinkPurpose, Service, Steward, TwiceListed
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid
from linkwell.kernel.ids import new_id
from linkwell.messaging.models import Message
from linkwell.onward import actions
from linkwell.onward.actions import shortlists
from linkwell.onward.actions.listing_links import keepers_of, new_listing_link
from linkwell.onward.details import OnwardDetails, SignpostDetails
from linkwell.onward.models import OnwardReferral
from linkwell.onward.queries.listing import _sent_to
from linkwell.onward.tests.conftest import Asked
from tests.place import Place

MakeService = Callable[..., UUID]


def make_one(place: Place, kept: UUID, other: UUID) -> None:
    with scoped(place.administrator.scope):
        pair = TwiceListed.objects.create(
            organisation_id=place.organisation_id, kept_id=kept, other_id=other, score=1.0
        )
    directory.make_one(scope=place.administrator.scope, pair_id=pair.pk, taken=[])


def test_whoever_keeps_a_listing_that_was_made_one_with_another_keeps_that_one(
    place: Place, new_service: MakeService
) -> None:
    kept, other = new_service("The Table", "hello@table.example.org"), new_service()
    with scoped(place.worker.scope):
        row = Service.objects.get(pk=other)
        steward = Steward.objects.create(
            organisation_id=place.organisation_id, service=row, email="jean@example.org", name="Jean"
        )
        address = new_listing_link(row, LinkPurpose.KEEP, steward.pk)
    directory.set_limits(
        scope=place.administrator.scope, service_id=other, said=directory.LimitsSaid(a_week=2), set_by="Jean"
    )
    make_one(place, kept, other)
    link, client = address[address.index("/listing/") :], Client()
    assert "The Table" in client.get(link, follow=True).content.decode()
    client.post(f"{link}code/")
    with scoped(place.worker.scope):
        sent = Message.objects.get(template="group_code")
        assert keepers_of(Service.objects.get(pk=kept)) == (("jean@example.org", steward.pk),)
    assert sent.address == "jean@example.org"
    code = sent.body.split("Your code is ")[1][:6]
    assert client.post(f"{link}code/", {"code": code}).status_code == 302
    assert client.get(f"{link}limits/").status_code == client.get(f"{link}meeting/").status_code == 200
    client.post(f"{link}room/", {"room": "full"})
    assert queries.service(place.worker.scope, kept).room == "full"
    limits = queries.limits(place.worker.scope, kept)
    assert limits is not None
    assert limits.a_week == 2


def test_a_referral_that_waits_is_answered_and_counted_after_its_group_was_found_to_be_listed_twice(
    asked: Asked, new_service: MakeService
) -> None:
    kept = new_service("The Table", "hello@table.example.org")
    make_one(asked.place, kept, asked.service_id)
    client = Client()
    assert client.get(f"/answer/{asked.token}/").status_code == 200
    actions.answer_yes(scope=asked.group, expected_version=asked.version, starts_on=None)
    assert asked.state == "accepted"
    with scoped(asked.worker):
        assert _sent_to(Service.objects.get(pk=kept), clock.today()).count() == 1


def test_a_referral_to_a_listing_that_another_speaks_for_goes_to_that_one(
    place: Place, supported: tuple[UUID, UUID], new_service: MakeService
) -> None:
    kept, other = new_service("The Table", "hello@table.example.org"), new_service()
    make_one(place, kept, other)
    onward_id = actions.refer_onward(
        scope=place.worker.scope,
        case_id=supported[1],
        service_id=other,
        submission_key=new_id(),
        details=OnwardDetails("company at lunch"),
    )
    with scoped(place.worker.scope):
        sent = OnwardReferral.objects.get(pk=onward_id)
    assert (sent.service_id, sent.group_email) == (kept, "hello@table.example.org")


@pytest.mark.parametrize("status", ["withdrawn", "paused"])
def test_nobody_is_referred_to_a_group_that_is_there_no_more(
    place: Place, supported: tuple[UUID, UUID], new_service: MakeService, status: str
) -> None:
    service_id, case_id = new_service(), supported[1]
    with scoped(place.worker.scope):
        Service.objects.filter(pk=service_id).update(status=status)
    given: Any = {"scope": place.worker.scope, "case_id": case_id, "service_id": service_id, "submission_key": new_id()}
    with pytest.raises(Invalid, match="not running now"):
        actions.refer_onward(**given, details=OnwardDetails("company at lunch"))
    if status == "withdrawn":
        with pytest.raises(Invalid, match="no longer listed"):
            actions.signpost(**given, details=SignpostDetails("By telephone"))


def test_a_list_that_was_sent_shows_the_listing_that_speaks_for_two_once(
    place: Place, supported: tuple[UUID, UUID], new_service: MakeService
) -> None:
    kept, other = new_service("The Table"), new_service()
    with scoped(place.worker.scope):
        rows = queries.listed_services(place.worker.scope, [kept, other])
        _, address = shortlists.new_list_link(place.worker.scope, rows, "usual")
    make_one(place, kept, other)
    page = Client().get(address[address.index("/places/") :]).content.decode()
    assert (page.count("The Table"), "Tuesday Table" in page) == (1, False)
