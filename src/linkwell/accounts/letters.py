"""E-mails to members of staff about their own sign-in: invitations and passwords.

They hold nothing about anybody who is supported, and are not listed with the messages sent: each holds a link with
which somebody signs in.
"""

import smtplib

import structlog
from django.conf import settings
from django.core.mail import send_mail

log = structlog.get_logger()


def can_send() -> bool:
    """Whether e-mail is set up at all."""
    return bool(settings.EMAIL_HOST)


def send(address: str, subject: str, text: str) -> bool:
    """Post an e-mail; False when none can be sent. A broken mail server never breaks a page."""
    if not can_send():
        return False
    try:
        return send_mail(subject, text, None, [address]) == 1
    except (OSError, smtplib.SMTPException) as error:
        log.warning("staff_email_not_sent", error=type(error).__name__)
        return False


def password_reset(url: str) -> tuple[str, str]:
    return (
        "Choose a new Linkwell password",
        "Someone asked for a new password for your Linkwell sign-in. If it was you, choose one here:\n\n"
        f"{url}\n\n"
        "The link works once. If it was not you, you need do nothing: your password stays as it is.\n",
    )


def no_such_sign_in() -> tuple[str, str]:
    return (
        "Your Linkwell password",
        "Someone asked for a new Linkwell password for this e-mail address, but no sign-in uses it.\n\n"
        "If it was you, you may have signed up with another address: ask the person who runs Linkwell where you work. "
        "If it was not you, you need do nothing.\n",
    )


def invitation(name: str, organisation_name: str, url: str, days: int) -> tuple[str, str]:
    return (
        "Your invitation to Linkwell",
        f"Hello {name},\n\n"
        f"{organisation_name} invites you to Linkwell. Choose your password and set up a second step here:\n\n"
        f"{url}\n\n"
        f"The link works once, for {days} days. If you did not expect this, you need do nothing.\n",
    )
