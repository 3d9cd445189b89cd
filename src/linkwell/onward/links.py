"""Tokens and one-time codes: made by the system's random source, kept only as keyed hashes."""

import hashlib
import hmac
import secrets
from datetime import timedelta

from django.conf import settings

LIFE = timedelta(days=60)
CODE_LIFE = timedelta(minutes=15)
MOST_CODE_TRIES = 5
MOST_CODES_AN_HOUR = 5
# No letters or digits that are mistaken for each other when read from a phone.
_CODE_LETTERS = "23456789CDFGHJKMNPQRTVWXYZ"
_CODE_LENGTH = 6


def new_token() -> str:
    """192 random bits, safe in an address."""
    return secrets.token_urlsafe(24)


def new_code() -> str:
    return "".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_LENGTH))


def hashed(secret: str) -> str:
    """What is stored of a token or code. Keyed: a copy of the table alone cannot be searched for short codes."""
    return hmac.new(settings.LINK_KEY.encode(), secret.encode(), hashlib.sha256).hexdigest()


def same(secret: str, stored: str) -> bool:
    return bool(stored) and hmac.compare_digest(hashed(secret.strip().upper()), stored)


def matches(token: str, stored: str) -> bool:
    """For tokens, which have small and capital letters."""
    return bool(stored) and hmac.compare_digest(hashed(token), stored)
