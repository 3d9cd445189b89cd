"""Whose sign-in may be touched from one organisation: an invitation must never hand over what another one gave.

A sign-in is "proven" once its owner used a link that reached them by e-mail. A link shown on a screen proves nothing:
whoever saw it may have used it.
"""

from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from linkwell.accounts import letters
from linkwell.accounts.models import Membership, User
from linkwell.core.scope import Scope
from linkwell.kernel.errors import Invalid

ASK_OPERATOR = "They have a role elsewhere. Ask the person who runs this server to do it (linkwell user)."


def works_elsewhere(scope: Scope, user_id: UUID) -> bool:
    """Whether another organisation has given this user a role that counts now."""
    roles = Membership.objects.filter(user_id=user_id, ended_at=None, organisation__closed_at=None)
    return roles.exclude(organisation_id=scope.organisation_id).exists()


def is_proven(user: User) -> bool:
    return bool(EmailAddress.objects.filter(user=user, verified=True).exists())


def prepare_for_role(scope: Scope, user: User) -> None:
    """Before somebody known gets a role here: see that the sign-in is theirs, or begin it anew. Raises Invalid."""
    if is_proven(user):
        if not user.is_active:
            begin_anew(user)
        return
    if works_elsewhere(scope, user.pk):
        only_by_letter = letters.can_send() and not user.has_usable_password()
        if scope.user_id is not None and not only_by_letter:
            raise Invalid({"email": ASK_OPERATOR})
        return
    works_here = Membership.objects.filter(user=user, organisation_id=scope.organisation_id, ended_at=None)
    if not works_here.exists():
        begin_anew(user)


def begin_anew(user: User) -> None:
    """Forget password, second steps and connected sign-ins: the next link sets all of them up. Open sessions end."""
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    user.is_active = True
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
