"""Keyed hashes that stand for people. Without this installation's key nobody can be found by them."""

import hashlib
import hmac
from uuid import UUID

from django.conf import settings

LENGTH = 16


def of_person(evaluation_id: UUID, person: str) -> str:
    """Who somebody is within one evaluation: in another the same person has another mark."""
    return _mark(f"evaluation:{evaluation_id}:{person}").hex()


def of_number(nhs_number: str) -> bytes:
    """An NHS number on a list of who opted out."""
    return _mark(f"opted out:{nhs_number}")


def of_key() -> bytes:
    """The same as long as the key is the same."""
    return _mark("key")


def _mark(text: str) -> bytes:
    return hmac.new(settings.LINK_KEY.encode(), b"evaluations:" + text.encode(), hashlib.sha256).digest()[:LENGTH]
