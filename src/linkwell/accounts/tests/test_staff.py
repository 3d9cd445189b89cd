"""People who come, change and go: nobody gains a right they were not given, nobody leaves work behind."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from linkwell.accounts import leavers
from linkwell.accounts.actions import StillBusy, change_role, close_user, end_role, invite, invite_again
from linkwell.accounts.actions.invitations import accept_invitation
from linkwell.accounts.details import RoleDetails
from linkwell.accounts.models import Invitation, Membership, Team, User
from linkwell.accounts.queries.invitations import open_invitation
from linkwell.accounts.queries.sign_in import roles_held
from linkwell.core.permissions import Role
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, InvalidMove, NotAllowed, NotFound
from tests.place import Member, Place

ClientFor = Callable[[Member], Client]
GOOD_PASSWORD = "lantern-otter-quilt"


@pytest.fixture
def waiting() -> Iterator[dict[UUID, int]]:
    """A queue that holds what a test puts in it."""
    counts: dict[UUID, int] = {}

    before = dict(leavers._checks)

    @leavers.queue_check("things to do")
    def count(scope: Scope, user_id: UUID) -> int:
        return counts.get(user_id, 0)

    yield counts
    leavers._checks.clear()
    leavers._checks.update(before)


def worker_role(place: Place) -> RoleDetails:
    return RoleDetails(Role.LINK_WORKER, place.team_id)


def test_somebody_invited_sets_up_a_sign_in_and_has_just_that_role(place: Place) -> None:
    made = invite(
        scope=place.administrator.scope, email="New@Example.org", name="Noor Aziz", details=worker_role(place)
    )
    stored = Invitation.objects.get()
    assert made.token not in stored.token_hash
    client = Client()
    page = client.get(f"/invitation/{made.token}/").content.decode()
    assert "new@example.org" in page
    answer = client.post(f"/invitation/{made.token}/", {"password": GOOD_PASSWORD})
    assert answer["Location"] == "/second-step/"
    assert [(role.role, role.organisation_id) for role in roles_held(made.user_id)] == [
        ("link_worker", place.organisation_id)
    ]


@pytest.mark.fault("F21")
def test_an_invitation_works_once_and_opening_it_uses_nothing_up(place: Place) -> None:
    made = invite(scope=place.administrator.scope, email="a@example.org", name="A B", details=worker_role(place))
    for _ in range(3):
        assert Client().get(f"/invitation/{made.token}/").status_code == 200
    accept_invitation(token=made.token, password=GOOD_PASSWORD)
    assert Client().get(f"/invitation/{made.token}/").status_code == 410
    with pytest.raises(NotFound):
        accept_invitation(token=made.token, password="another-long-password")


@pytest.mark.fault("F21")
def test_an_invitation_ends_after_a_week_and_when_a_newer_one_is_sent(place: Place) -> None:
    scope = place.administrator.scope
    first = invite(scope=scope, email="a@example.org", name="A B", details=worker_role(place))
    second = invite_again(scope=scope, membership_id=first.membership_id)
    assert open_invitation(first.token) is None
    assert open_invitation(second.token) is not None
    with time_machine.travel(clock.now() + timedelta(days=8)):
        assert open_invitation(second.token) is None


@pytest.mark.fault("F21")
def test_an_invitation_ends_with_the_role_it_was_for(place: Place) -> None:
    scope = place.administrator.scope
    made = invite(scope=scope, email="a@example.org", name="A B", details=worker_role(place))
    end_role(scope=scope, membership_id=made.membership_id)
    assert open_invitation(made.token) is None


@pytest.mark.parametrize("weak", ["short", "passwordpassword", "a@example.org", "123456789012", "QwertyUiopAsdf"])
def test_a_weak_password_is_not_taken(place: Place, weak: str) -> None:
    made = invite(scope=place.administrator.scope, email="a@example.org", name="A B", details=worker_role(place))
    answer = Client().post(f"/invitation/{made.token}/", {"password": weak})
    assert answer.status_code == 422
    assert open_invitation(made.token) is not None


def test_a_link_nobody_made_says_it_has_ended(db: None) -> None:
    assert Client().get("/invitation/not-a-token/").status_code == 410


def test_only_administrators_invite(place: Place) -> None:
    for member in (place.worker, place.lead, place.referrer):
        with pytest.raises(NotAllowed):
            invite(scope=member.scope, email="a@example.org", name="A B", details=worker_role(place))


@pytest.mark.fault("F36")
def test_a_role_cannot_be_given_in_a_team_of_another_organisation(place: Place) -> None:
    with pytest.raises(Invalid):
        invite(
            scope=place.administrator.scope,
            email="a@example.org",
            name="A B",
            details=RoleDetails(Role.LINK_WORKER, place.stranger_team_id),
        )
    assert not User.objects.filter(email="a@example.org").exists()


@pytest.mark.fault("F36")
def test_an_administrator_reaches_nobody_elsewhere(place: Place) -> None:
    for write in (end_role, invite_again):
        with pytest.raises(NotFound):
            write(scope=place.administrator.scope, membership_id=place.stranger.membership_id)
    with pytest.raises(NotFound):
        close_user(scope=place.administrator.scope, user_id=place.stranger.user_id)
    with pytest.raises(NotFound):
        change_role(
            scope=place.administrator.scope, membership_id=place.stranger.membership_id, details=worker_role(place)
        )


@pytest.mark.fault("F36")
def test_a_changed_role_holds_only_what_the_new_role_holds(place: Place) -> None:
    change_role(
        scope=place.administrator.scope,
        membership_id=place.colleague.membership_id,
        details=RoleDetails(Role.REFERRER),
    )
    assert [role.role for role in roles_held(place.colleague.user_id)] == ["referrer"]
    assert Membership.objects.get(pk=place.colleague.membership_id).ended_at is not None


@pytest.mark.fault("F36")
def test_two_roles_never_add_up(place: Place, new_member: Callable[..., Member], client_for: ClientFor) -> None:
    """A link worker here who refers at the surgery acts as one or the other, never as both."""
    Membership.objects.create(user_id=place.worker.user_id, organisation_id=place.practice_id, role="referrer")
    client = client_for(place.worker)
    page = client.get("/switch/").content.decode()
    second = Membership.objects.get(user_id=place.worker.user_id, role="referrer")
    assert str(second.pk) in page
    client.post("/switch/", {"membership": str(second.pk)})
    assert client.session["membership"] == str(second.pk)
    answer = client.get("/switch/")
    assert "Mill Lane Surgery" in answer.content.decode()


def test_with_several_roles_one_chooses_before_anything_opens(place: Place, client_for: ClientFor) -> None:
    Membership.objects.create(user_id=place.administrator.user_id, organisation_id=place.practice_id, role="referrer")
    client = client_for(place.administrator)
    session = client.session
    del session["membership"]
    session.save()
    answer = client.get("/admin/")
    assert answer["Location"].startswith("/switch/?next=")
    client.post("/switch/", {"membership": str(place.administrator.membership_id), "next": "/admin/"})
    assert client.get("/admin/").status_code == 200


def test_nobody_acts_in_a_role_of_somebody_else(place: Place, client_for: ClientFor) -> None:
    client = client_for(place.worker)
    assert client.post("/switch/", {"membership": str(place.lead.membership_id)}).status_code == 404
    session = client.session
    session["membership"] = str(place.administrator.membership_id)
    session.save()
    assert client.get("/admin/")["Location"].startswith("/switch/")


def test_a_leaver_with_work_waiting_stays_until_it_is_handed_over(place: Place, waiting: dict[UUID, int]) -> None:
    waiting[place.worker.user_id] = 3
    with pytest.raises(StillBusy) as refused:
        close_user(scope=place.administrator.scope, user_id=place.worker.user_id)
    assert [(each.name, each.count) for each in refused.value.left] == [("things to do", 3)]
    with pytest.raises(StillBusy):
        end_role(scope=place.administrator.scope, membership_id=place.worker.membership_id)
    waiting.clear()
    close_user(scope=place.administrator.scope, user_id=place.worker.user_id)
    assert not User.objects.get(pk=place.worker.user_id).is_active


def test_a_duty_person_cannot_leave_alerts_that_reach_nobody(place: Place) -> None:
    with pytest.raises(StillBusy, match="duties for a team"):
        close_user(scope=place.administrator.scope, user_id=place.lead.user_id)
    Team.objects.filter(pk=place.team_id).update(duty_user_id=place.worker.user_id)
    close_user(scope=place.administrator.scope, user_id=place.lead.user_id)


@pytest.mark.fault("F22")
def test_a_leavers_open_session_ends_with_the_sign_in(place: Place, client_for: ClientFor) -> None:
    client = client_for(place.worker)
    assert client.get("/switch/").status_code == 200
    close_user(scope=place.administrator.scope, user_id=place.worker.user_id)
    assert client.get("/switch/")["Location"].startswith("/account/login/")


def test_somebody_with_a_role_elsewhere_keeps_that_sign_in(place: Place) -> None:
    Membership.objects.create(user_id=place.worker.user_id, organisation_id=place.practice_id, role="referrer")
    close_user(scope=place.administrator.scope, user_id=place.worker.user_id)
    assert User.objects.get(pk=place.worker.user_id).is_active
    assert [role.organisation_id for role in roles_held(place.worker.user_id)] == [place.practice_id]


def test_the_last_administrator_cannot_be_taken_away(place: Place) -> None:
    scope = place.administrator.scope
    for attempt in (
        lambda: end_role(scope=scope, membership_id=place.administrator.membership_id),
        lambda: close_user(scope=scope, user_id=place.administrator.user_id),
        lambda: change_role(
            scope=scope, membership_id=place.administrator.membership_id, details=RoleDetails(Role.REFERRER)
        ),
    ):
        with pytest.raises(InvalidMove, match="last administrator"):
            attempt()


def test_the_invitation_page_shows_the_link_only_when_no_email_can_be_sent(
    place: Place, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from linkwell.accounts import letters

    given = {"name": "Noor Aziz", "email": "noor@example.org", "role": "link_worker", "team": str(place.team_id)}
    page = client_for(place.administrator).post("/people-who-work-here/invite/", given).content.decode()
    link = re.search(r"http://[^<]*/invitation/([\w-]+)/", page)
    assert link
    assert open_invitation(link[1]) is not None
    posted: list[tuple[str, str, str]] = []

    def post(address: str, subject: str, text: str) -> bool:
        posted.append((address, subject, text))
        return True

    monkeypatch.setattr(letters, "can_send", lambda: True)
    monkeypatch.setattr(letters, "send", post)
    given["email"] = "second@example.org"
    page = client_for(place.administrator).post("/people-who-work-here/invite/", given).content.decode()
    assert "/invitation/" not in page
    assert posted[0][0] == "second@example.org"
    assert "/invitation/" in posted[0][2]
