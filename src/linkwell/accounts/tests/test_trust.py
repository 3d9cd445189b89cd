"""No organisation takes over what another one gave: invitations and resets across organisations."""

from collections.abc import Callable
from uuid import UUID

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from linkwell.accounts import letters
from linkwell.accounts.actions import accept_invitation, end_role, reset_sign_in
from linkwell.accounts.details import RoleDetails
from linkwell.accounts.inviting import Sent, invite_and_tell, reset_and_tell
from linkwell.accounts.models import Membership, User
from linkwell.accounts.queries.sign_in import roles_held
from linkwell.core.permissions import Role
from linkwell.kernel.errors import Invalid
from tests.place import Member, Place

PASSWORD = "lantern-otter-quilt"
EMAIL = "noor@example.org"
ClientFor = Callable[[Member], Client]

pytestmark = pytest.mark.fault("F36")


@pytest.fixture
def posted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Mail is set up; the texts that went out."""
    texts: list[str] = []

    def deliver(address: str, subject: str, text: str) -> bool:
        texts.append(text)
        return True

    monkeypatch.setattr(letters, "can_send", lambda: True)
    monkeypatch.setattr(letters, "send", deliver)
    return texts


@pytest.fixture
def other_administrator(place: Place, new_member: Callable[..., Member]) -> Member:
    return new_member("Ann Elsewhere", Role.ADMINISTRATOR, place.stranger_organisation_id)


def invited_by(member: Member) -> Sent:
    return invite_and_tell(scope=member.scope, email=EMAIL, name="Noor Aziz", details=RoleDetails(Role.REFERRER))


def token(text: str) -> str:
    return text.split("/invitation/")[1].split("/")[0]


def test_a_sign_in_made_by_a_shown_link_is_begun_anew_when_another_organisation_invites(
    place: Place, other_administrator: Member
) -> None:
    """An administrator who used the link themselves, then ended the role, is not inside for the next organisation."""
    shown = invited_by(other_administrator)
    accept_invitation(token=token(shown.link), password="the-administrators-own-words")
    TOTP.activate(User.objects.get(email=EMAIL), "JBSWY3DPEHPK3PXP")
    end_role(scope=other_administrator.scope, membership_id=Membership.objects.get(user__email=EMAIL).pk)
    assert invited_by(place.administrator).link
    user = User.objects.get(email=EMAIL)
    assert not user.has_usable_password()
    assert not Authenticator.objects.filter(user=user).exists()


def test_a_shown_link_never_opens_a_role_elsewhere(place: Place, other_administrator: Member) -> None:
    invited_by(place.administrator)
    with pytest.raises(Invalid, match="role elsewhere"):
        invited_by(other_administrator)
    assert [role.organisation_id for role in roles_held(User.objects.get(email=EMAIL).pk)] == [place.organisation_id]


def test_with_email_two_organisations_may_invite_the_same_person(
    place: Place, other_administrator: Member, posted: list[str]
) -> None:
    invited_by(place.administrator)
    assert invited_by(other_administrator).link == ""
    user_id = accept_invitation(token=token(posted[1]), password=PASSWORD)
    assert len(roles_held(user_id)) == 2
    assert EmailAddress.objects.get(user_id=user_id).verified
    assert invited_by_again_keeps(place, user_id)


def invited_by_again_keeps(place: Place, user_id: UUID) -> bool:
    """Another role for somebody proven leaves their sign-in as it is."""
    invite_and_tell(
        scope=place.administrator.scope, email=EMAIL, name="x", details=RoleDetails(Role.LINK_WORKER, place.team_id)
    )
    return User.objects.get(pk=user_id).has_usable_password()


def test_a_reset_gives_a_new_link_and_ends_what_was(place: Place, client_for: ClientFor) -> None:
    user = User.objects.get(pk=place.worker.user_id)
    user.set_password(PASSWORD)
    user.save()
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    elsewhere = client_for(place.worker)
    sent = reset_and_tell(scope=place.administrator.scope, membership_id=place.worker.membership_id)
    assert sent.link
    assert elsewhere.get("/switch/")["Location"].startswith("/account/login/")
    assert not Authenticator.objects.filter(user=user).exists()
    accept_invitation(token=token(sent.link), password=PASSWORD)


def test_nobody_with_a_role_elsewhere_is_reset_from_here(place: Place) -> None:
    Membership.objects.create(user_id=place.worker.user_id, organisation_id=place.practice_id, role="referrer")
    with pytest.raises(Invalid, match="role elsewhere"):
        reset_sign_in(scope=place.administrator.scope, membership_id=place.worker.membership_id)
    assert reset_and_tell(scope=place.system, membership_id=place.worker.membership_id).link


def test_the_page_for_a_lost_phone_asks_first(place: Place, client_for: ClientFor) -> None:
    client = client_for(place.administrator)
    path = f"/people-who-work-here/{place.worker.membership_id}/reset/"
    assert "Has Sam Okafor lost their phone?" in client.get(path).content.decode()
    assert "/invitation/" in client.post(path).content.decode()
    assert client_for(place.worker).get(path).status_code == 404
