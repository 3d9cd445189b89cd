"""The mailbox for mail that came back, read over IMAP. Only `messaging.handlers` uses it.

A mail is marked as read only after what it says is committed; one that nobody understood is also flagged, so that a
person looking into the mailbox finds it.
"""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from django.conf import settings

from linkwell.messaging.returned import LARGEST

log = structlog.get_logger()
SECONDS = 20
MOST = 200


class Mailbox:
    """An open mailbox: what is unread, and saying that it has been dealt with."""

    def __init__(self, server: imaplib.IMAP4) -> None:
        self._server = server

    def unread(self) -> list[tuple[str, bytes]]:
        """Up to `MOST` unread mails, oldest first, with their number; only the beginning of a very long one."""
        _, found = self._server.uid("SEARCH", "UNSEEN")
        numbers = found[0].decode("ascii").split()[:MOST] if found and found[0] else []
        return [(number, self._fetch(number)) for number in numbers]

    def _fetch(self, number: str) -> bytes:
        _, parts = self._server.uid("FETCH", number, f"(BODY.PEEK[]<0.{LARGEST}>)")
        return next((part[1] for part in parts if isinstance(part, tuple)), b"")

    def done(self, number: str, *, understood: bool) -> None:
        flags = r"(\Seen)" if understood else r"(\Seen \Flagged)"
        self._server.uid("STORE", number, "+FLAGS.SILENT", flags)


@contextmanager
def opened() -> Iterator[Mailbox | None]:
    """The mailbox, or None when it is not set up or cannot be reached now: the next round tries again."""
    server = _signed_in() if settings.BOUNCE_HOST else None
    if server is None:
        yield None
        return
    try:
        yield Mailbox(server)
    finally:
        _leave(server)


def _signed_in() -> imaplib.IMAP4 | None:
    try:
        server = _connected()
    except (OSError, imaplib.IMAP4.error) as error:
        log.warning("mailbox not reached", error=type(error).__name__)
        return None
    try:
        server.login(settings.BOUNCE_USER, settings.BOUNCE_PASSWORD)
        said, _ = server.select(f'"{settings.BOUNCE_FOLDER}"')
    except (OSError, imaplib.IMAP4.error) as error:
        log.warning("mailbox not opened", error=type(error).__name__)
        _leave(server)
        return None
    if said == "OK":
        return server
    log.warning("mailbox has no such folder")
    _leave(server)
    return None


def _connected() -> imaplib.IMAP4:
    host, port = settings.BOUNCE_HOST, settings.BOUNCE_PORT
    if not settings.BOUNCE_TLS:
        return imaplib.IMAP4(host, port, timeout=SECONDS)
    return imaplib.IMAP4_SSL(host, port, ssl_context=ssl.create_default_context(), timeout=SECONDS)


def _leave(server: imaplib.IMAP4) -> None:
    try:
        server.logout()
    except (OSError, imaplib.IMAP4.error):
        return
