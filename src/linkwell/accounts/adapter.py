"""How sign-in behaves here: nobody signs up by themselves, and what happens is audited."""

import time
from typing import Any
from urllib.parse import quote
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from linkwell.accounts import letters
from linkwell.accounts.actions.sign_in import note_sign_in, note_sign_in_by_email
from linkwell.accounts.queries.sign_in import second_steps
from linkwell.core.fields import EncryptedTextField

ERRORS = {
    "account_inactive": "This sign-in has been closed.",
    "email_password_mismatch": "The e-mail address or the password is not right.",
    "incorrect_password": "That password is not right.",
    "incorrect_code": "That code is not right.",
    "too_many_login_attempts": "There were too many tries. Wait five minutes and try again.",
    "rate_limited": "There were too many tries. Wait a few minutes and try again.",
    "enter_current_password": "Enter the password you use now.",
    "invalid_password_reset": "This link has ended or was used before.",
    "cannot_delete_authenticator": "Set up another second step before you remove your only one.",
}


def is_relative(url: str) -> bool:
    """Whether a redirect stays here: a path, not `//host`, not `/\\host`, no scheme."""
    return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | ERRORS

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str | None) -> bool:
        return bool(url) and is_relative(url or "")

    def get_reset_password_from_key_url(self, key: str) -> str:
        # Never from the request: a forged Host header must not choose where the link leads.
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return f"{settings.ADDRESS}{path.replace('UID-KEY', quote(key))}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        if template_prefix == "account/email/password_reset_key":
            letters.send(email, *letters.password_reset(context["password_reset_url"]))
        elif template_prefix == "account/email/unknown_account":
            letters.send(email, *letters.no_such_sign_in())

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Only what went wrong: pages say themselves what went well."""
        if level >= messages.WARNING:
            super().add_message(request, level, *args, **kwargs)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        note_sign_in("signed_in", user.pk)

    def logout(self, request: HttpRequest) -> None:
        user_id: UUID | None = request.user.pk
        super().logout(request)
        if user_id is not None:
            note_sign_in("signed_out", user_id)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """A password or code given in the last minutes is enough, also when it was given to sign in."""
        if not super().is_reauthentication_required(app=app, **kwargs):
            return False
        proofs = get_authentication_records(self.request, self.request.user)
        return not any(time.time() - proof["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT for proof in proofs)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            note_sign_in_by_email("sign_in_refused", str(credentials.get("email", "")))
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        note_sign_in_by_email("sign_in_failed", str(credentials.get("email", "")))


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        return False


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of authenticator apps are unreadable in the database; the last second step cannot be taken away."""

    error_messages = DefaultMFAAdapter.error_messages | ERRORS

    def encrypt(self, text: str) -> str:
        return EncryptedTextField().get_prep_value(text)

    def decrypt(self, encrypted_text: str) -> str:
        return EncryptedTextField().from_db_value(encrypted_text, None, None)

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        return len(second_steps(authenticator.user_id)) > 1
