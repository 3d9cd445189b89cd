"""Secrets of links: shown once, kept only as a keyed hash."""

import hashlib
import hmac
import secrets

from django.conf import settings


def new_token() -> str:
    """A secret of 256 bits, for use in an address."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What is kept of it: a leaked table opens nothing."""
    return hmac.new(settings.LINK_KEY.encode(), b"invitation:" + token.encode(), hashlib.sha256).hexdigest()
