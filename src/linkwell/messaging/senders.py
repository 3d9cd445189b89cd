"""Handing one message to the mail server or to GOV.UK Notify, and saying truthfully what happened.

Only `messaging.handlers` may use this module (a test). Four answers: taken; surely not taken and never will be; surely
not taken, ask again later; and *unknown*, where the message may have arrived. Unknown is never sent again by itself.
"""

import smtplib
from typing import Any

import requests
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from linkwell.messaging.outgoing import Outcome, Outgoing, Result
from linkwell.messaging.templates_out import SENDER

SECONDS = 20
_FIRST_PERMANENT = 500
# The number or address does not exist; any other failure may pass.
FOR_GOOD = "permanent-failure"
NOT_ENDED = {"created", "sending", "pending"}
NOT_DELIVERED = {
    "permanent-failure",
    "temporary-failure",
    "technical-failure",
    "validation-failed",
    "virus-scan-failed",
}


def hand_over(message: Outgoing) -> Result:
    """Give the message to its provider, once. In a demonstration it is kept and given to nobody."""
    if settings.DEMO:
        return Result(Outcome.TAKEN, "kept")
    return _by_mail(message) if message.channel == "email" else _by_notify(message)


def look_up(message: Outgoing) -> Result:
    """Whether the provider has this message already. A mail server cannot be asked."""
    known = _known_to_notify(message)
    return Result(Outcome.TAKEN, str(known["id"])) if known else Result(Outcome.UNKNOWN)


def delivery(message: Outgoing) -> str:
    """What the provider says of a message it took, in its own word; "" when it says nothing, or is a mail server."""
    return str(_known_to_notify(message).get("status", ""))


def _known_to_notify(message: Outgoing) -> dict[str, Any]:
    """What GOV.UK Notify says of this message; empty when it knows nothing, or cannot be asked."""
    if message.channel == "email" or settings.DEMO:
        return {}
    try:
        found = _notify().get_all_notifications(reference=str(message.id)).get("notifications", [])
    except (APIError, AttributeError, AssertionError):
        return {}
    return dict(found[0]) if found else {}


def _by_mail(message: Outgoing) -> Result:
    name = settings.DEFAULT_FROM_EMAIL
    letter = EmailMessage(
        subject=message.subject,
        body=message.body,
        from_email=f'"{SENDER}" <{name}>',
        to=[message.address],
        # The same id at every try, so that a mailbox that gets it twice can show it once.
        headers={"Message-ID": f"<{message.id}@{name.rpartition('@')[2]}>", "Auto-Submitted": "auto-generated"},
    )
    if message.file is not None:
        letter.attach(message.file.name, message.file.content, message.file.content_type)
    connection = get_connection(timeout=SECONDS)
    try:
        connection.open()
    except smtplib.SMTPAuthenticationError:
        return Result(Outcome.LATER, reason="The mail server does not accept our password.")
    except (smtplib.SMTPException, OSError):
        return Result(Outcome.LATER, reason="The mail server did not answer.")
    try:
        connection.send_messages([letter])
    except smtplib.SMTPException as error:
        return _mail_trouble(error)
    except (OSError, UnicodeError, ValueError) as error:
        never_left = isinstance(error, UnicodeError | ValueError)
        return Result(
            Outcome.REFUSED if never_left else Outcome.UNKNOWN, reason="The e-mail address cannot be used." * never_left
        )
    finally:
        _close(connection)
    return Result(Outcome.TAKEN, str(message.id))


def _close(connection: Any) -> None:
    try:
        connection.close()
    except (smtplib.SMTPException, OSError):
        return


def _mail_trouble(error: smtplib.SMTPException) -> Result:
    """What a mail server's refusal means. Without an answer the message may have arrived."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        permanent = any(code >= _FIRST_PERMANENT for code in codes)
    elif isinstance(error, smtplib.SMTPResponseException):
        permanent = error.smtp_code >= _FIRST_PERMANENT
    else:
        return Result(Outcome.UNKNOWN)
    if permanent:
        return Result(Outcome.REFUSED, reason="The mail server refused this address or message.")
    return Result(Outcome.LATER, reason="The mail server asked us to try again later.")


def _by_notify(message: Outgoing) -> Result:
    """GOV.UK Notify does not refuse a reference it has seen, so from the second try on it is asked first."""
    if message.attempt > 1:
        known = look_up(message)
        if known.outcome is Outcome.TAKEN:
            return known
    try:
        answer = _send_by_notify(message)
    except AssertionError:
        # The client looks at the form of its key in this way.
        return Result(Outcome.REFUSED, reason=_notify_reason(403))
    except APIError as error:
        return _notify_trouble(error)
    return Result(Outcome.TAKEN, str(answer.get("id", "")))


def _send_by_notify(message: Outgoing) -> Any:
    client, reference = _notify(), str(message.id)
    if message.channel == "text":
        return client.send_sms_notification(
            message.address, settings.NOTIFY_TEXT_TEMPLATE, {"body": message.body}, reference
        )
    lines = [line.strip() for line in message.address.splitlines() if line.strip()]
    # The last line has to be the postcode, and there may be seven at most.
    lines = [*lines[:6], lines[-1]] if len(lines) > 7 else lines
    places = {f"address_line_{number}": line for number, line in enumerate(lines, start=1)}
    return client.send_letter_notification(settings.NOTIFY_LETTER_TEMPLATE, {"body": message.body, **places}, reference)


def _notify() -> Any:
    where = {"base_url": settings.NOTIFY_URL} if settings.NOTIFY_URL else {}
    # The client comes without types.
    make: Any = NotificationsAPIClient
    return make(settings.NOTIFY_KEY, timeout=SECONDS, **where)


def _notify_trouble(error: APIError) -> Result:
    code = error.response.status_code if error.response is not None else 0
    if code == 429:
        return Result(Outcome.LATER, reason="GOV.UK Notify asked us to try again later.")
    if 400 <= code < 500:
        return Result(Outcome.REFUSED, reason=_notify_reason(code))
    never_arrived = isinstance(error.__cause__, requests.ConnectTimeout) or "NewConnectionError" in repr(
        error.__cause__
    )
    if code == 0 and never_arrived:
        return Result(Outcome.LATER, reason="GOV.UK Notify did not answer.")
    return Result(Outcome.UNKNOWN)


def _notify_reason(code: int) -> str:
    if code in {401, 403}:
        return "GOV.UK Notify does not accept our key."
    return "GOV.UK Notify refused this number, address or message."
