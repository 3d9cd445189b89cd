"""The sign-in package's forms in our words. What they check stays theirs."""

import struct
from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as second_step_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as passkey_forms
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict

from linkwell.accounts.actions.sign_in import note_sign_in
from linkwell.core.plain_forms import PlainForm, required_message

SHORTEST_PASSWORD = 12
PASSWORD_HINT = f"At least {SHORTEST_PASSWORD} characters. Three words that do not belong together are easy to keep."
CODE_HINT = "The 6 figures your app shows now, or one of your recovery codes."


UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, IndexError, struct.error)


def reword(form: forms.Form, words: dict[str, tuple[str, str]]) -> None:
    """Give fields our label and hint, and take away what is shown inside the box."""
    for name, (label, hint) in words.items():
        field = form.fields[name]
        field.label, field.help_text = label, hint
        field.widget.attrs.pop("placeholder", None)
        field.error_messages["required"] = required_message(field, name)


class LoginForm(account_forms.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, {"login": ("E-mail address", ""), "password": ("Password", "")})
        self.fields["login"].widget = forms.EmailInput(attrs={"autocomplete": "username"})
        self.fields["login"].error_messages["invalid"] = "Enter an e-mail address, like name@example.org"


class ChangePasswordForm(account_forms.ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(
            self,
            {
                "oldpassword": ("Your password now", ""),
                "password1": ("New password", PASSWORD_HINT),
                "password2": ("New password again", ""),
            },
        )


class ResetPasswordForm(account_forms.ResetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, {"email": ("E-mail address", "")})
        self.fields["email"].error_messages["invalid"] = "Enter an e-mail address, like name@example.org"


class ResetPasswordKeyForm(account_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, {"password1": ("New password", PASSWORD_HINT), "password2": ("New password again", "")})


class ReauthenticateForm(account_forms.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, {"password": ("Password", "")})

    def clean_password(self) -> str:
        return _audited(self.user.pk, super().clean_password)


def _audited(user_id: Any, check: Any) -> str:
    """Run a check of a password or code; a failure is kept in the audit."""
    try:
        return str(check())
    except ValidationError:
        note_sign_in("second_step_failed", user_id)
        raise


class SecondStepForm(second_step_forms.AuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, {"code": ("Code", CODE_HINT)})

    def clean_code(self) -> str:
        return _audited(self.user.pk, super().clean_code)


class SecondStepAgainForm(second_step_forms.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, {"code": ("Code", CODE_HINT)})

    def clean_code(self) -> str:
        return _audited(self.user.pk, super().clean_code)


class ActivateAppForm(totp_forms.ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, {"code": ("Code", "The 6 figures your app shows now.")})


class ReadsPasskey:
    """A passkey's answer is taken apart by a library that trusts its shape; one out of shape is a slip, not a fault."""

    _errors: ErrorDict

    def full_clean(self) -> None:
        try:
            super().full_clean()  # type: ignore[misc]
        except UNREADABLE:
            self.cleaned_data: dict[str, Any] = {}
            self._errors = ErrorDict()
            self.add_error("credential", "That passkey could not be read. Try again.")  # type: ignore[attr-defined]


class PasskeyStepForm(ReadsPasskey, passkey_forms.AuthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class PasskeyAgainForm(ReadsPasskey, passkey_forms.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class PasskeyLoginForm(ReadsPasskey, passkey_forms.LoginWebAuthnForm):  # type: ignore[misc]
    pass


class AddPasskeyForm(ReadsPasskey, passkey_forms.AddWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(
            self,
            {
                "name": ("A name for it", "So that you know it from others, like “My phone”."),
                "passwordless": ("Sign in with it alone, without my password", "Needs a fingerprint, face or PIN."),
            },
        )
        self.fields["name"].initial = self.initial["name"] = ""
        self.fields["passwordless"].initial = True


class RenamePasskeyForm(passkey_forms.EditWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, {"name": ("A name for it", "")})


class AcceptInvitationForm(PlainForm):
    """Choosing a password for the first time."""

    password = forms.CharField(
        label="Password",
        help_text=PASSWORD_HINT,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password
