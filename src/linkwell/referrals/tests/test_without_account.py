"""If these fail, somebody who asked for help without an account never hears that it could not be given."""

import pytest
from django.urls import reverse

from linkwell.referrals import actions
from linkwell.referrals.tests.helpers import ClientFor, ask_for_help, refer, text_of
from linkwell.tasks.queries import open_about
from tests.place import Place

pytestmark = pytest.mark.django_db


@pytest.mark.fault("F37")
@pytest.mark.parametrize("source", ["self", "relative"])
def test_telling_somebody_without_an_account_is_put_on_a_list(place: Place, client_for: ClientFor, source: str) -> None:
    asked = ask_for_help(place, source=source)
    client = client_for(place.lead)
    given = {"version": 1, "reason": "no_room", "advice": "Ask the library."}
    page = client.post(reverse("referrals:decline", args=[asked.referral_id]), given, follow=True)
    assert "They have been told" not in text_of(page)
    (task,) = open_about(place.lead.scope, asked.referral_id)
    assert (task.owner_id, task.title) == (
        place.lead.user_id,
        f"Tell whoever asked: {asked.reference} could not be taken",
    )
    actions.reopen_declined(
        scope=place.lead.scope, referral_id=asked.referral_id, expected_version=2, reason="There is room now"
    )
    assert open_about(place.lead.scope, asked.referral_id) == ()


def test_a_professional_is_told_by_linkwell(place: Place, client_for: ClientFor) -> None:
    sent = refer(place)
    given = {"version": 1, "reason": "no_room", "advice": "Ask the library."}
    page = client_for(place.lead).post(reverse("referrals:decline", args=[sent.referral_id]), given, follow=True)
    assert "They have been told" in text_of(page)
    assert open_about(place.lead.scope, sent.referral_id) == ()
