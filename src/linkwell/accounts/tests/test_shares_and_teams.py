"""What other parts of the program ask of organisations, teams and shares."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from linkwell.accounts import queries
from linkwell.accounts.actions import end_share, share
from linkwell.accounts.models import Organisation, Share
from linkwell.accounts.scopes import link_scope, public_scope
from linkwell.core.database import scoped
from linkwell.core.permissions import Role, registered
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotAllowed, NotFound
from tests.place import Place


def give(place: Place, **more: Any) -> UUID:
    given: dict[str, Any] = {"kind": "referral", "object_id": uuid4(), "part": "state", "reason": "they referred"}
    given |= more
    return share(scope=place.worker.scope, recipient_id=place.practice_id, **given)


def test_a_share_is_seen_by_both_sides_and_by_no_third(place: Place) -> None:
    share_id = give(place)
    for scope, seen in ((place.worker.scope, 1), (place.referrer.scope, 1), (place.stranger.scope, 0)):
        with scoped(scope):
            assert Share.objects.filter(pk=share_id).count() == seen


def test_sharing_the_same_part_twice_keeps_one_share(place: Place) -> None:
    thing = uuid4()
    assert give(place, object_id=thing) == give(place, object_id=thing)


def test_a_share_ends_now_and_only_by_its_giver(place: Place) -> None:
    share_id = give(place)
    for scope in (place.referrer.scope, place.stranger.scope):
        with pytest.raises(NotFound):
            end_share(scope=scope, share_id=share_id)
    end_share(scope=place.worker.scope, share_id=share_id)
    with scoped(place.worker.scope):
        assert Share.objects.filter(pk=share_id, ends_at__lte=clock.now() + timedelta(seconds=1)).exists()
    with pytest.raises(NotFound):
        end_share(scope=place.worker.scope, share_id=share_id)


def test_a_share_needs_a_reason_another_side_and_the_right(place: Place) -> None:
    with pytest.raises(Invalid):
        give(place, reason=" ")
    with pytest.raises(Invalid):
        share(
            scope=place.worker.scope,
            recipient_id=place.organisation_id,
            kind="x",
            object_id=uuid4(),
            part="y",
            reason="z",
        )
    with pytest.raises(NotAllowed):
        share(
            scope=place.administrator.scope,
            recipient_id=place.practice_id,
            kind="x",
            object_id=uuid4(),
            part="y",
            reason="z",
        )


@pytest.mark.fault("F36")
def test_a_closed_organisation_is_gone_for_everybody(place: Place) -> None:
    Organisation.objects.filter(pk=place.organisation_id).update(closed_at=clock.now())
    assert [row.slug for row in queries.teams_taking_referrals()] == ["elsewhere"]
    with pytest.raises(NotFound):
        queries.team_by_slug("wexcombe")


def test_a_team_tells_what_its_form_shows(place: Place) -> None:
    row = queries.team_by_slug("wexcombe")
    assert (row.id, row.organisation_name, row.nation) == (place.team_id, "Wexcombe Community Links", "ENG")
    assert queries.my_team(place.worker.scope) == row
    assert queries.my_team(place.referrer.scope) is None
    assert queries.my_team(place.system) is None


def test_the_workers_of_a_team_are_seen_from_inside_only(place: Place) -> None:
    assert {row.name for row in queries.team_workers(place.lead.scope, place.team_id)} == {
        "Lena Hart",
        "Priya Nair",
        "Sam Okafor",
    }
    assert queries.team_workers(place.stranger_lead.scope, place.team_id) == ()


def test_somebody_without_an_account_may_read_nothing(place: Place) -> None:
    asking = public_scope(queries.team(place.team_id))
    link = link_scope(place.organisation_id, uuid4(), uuid4())
    assert (asking.role, link.role) == (Role.PUBLIC, Role.GROUP)
    assert asking.user_id is link.user_id is None
    for scope in (asking, link):
        with pytest.raises(NotAllowed):
            queries.team_workers(scope, place.team_id)


def test_every_permission_of_this_room_reads_as_a_sentence() -> None:
    ours = [each for each in registered() if each.code.startswith("accounts.")]
    assert len(ours) >= 9
    for each in ours:
        assert each.words[0].islower()
        assert not each.words.endswith(".")
        assert each.roles
