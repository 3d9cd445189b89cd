"""Identifiers: one kind for the database, one kind for people to read aloud."""

from __future__ import annotations

import secrets
import uuid

import uuid6

# No vowels, so no words; nothing misread or misheard for another (0 O, 1 I L, 5 S, 2 Z, 8 B, D T, M N).
# Nineteen of them, a prime, so the check character catches every slip and every swap.
ALPHABET = "34679CFGHJKMPQRTWXY"
_PREFIX = "LW"
_RANDOM_CHARACTERS = 6


def new_id() -> uuid.UUID:
    """A new identifier (UUID version 7): roughly in order of time, so indexes stay compact."""
    return uuid.UUID(int=uuid6.uuid7().int)


def new_reference() -> str:
    """A short reference to read over the telephone, like "LW-7K3-Q9TC".

    Six random characters and a check character: 47 million different ones, so the caller keeps a
    unique constraint and asks again on a clash. The check character catches any one wrong
    character and any two that changed places.
    """
    body = "".join(secrets.choice(ALPHABET) for _ in range(_RANDOM_CHARACTERS))
    return _written(body + _check_character(body))


def reference_from(text: str) -> str | None:
    """The reference somebody typed, in its written form; None when it cannot be one."""
    letters = "".join(ch for ch in text.upper() if ch.isalnum())
    body = letters.removeprefix(_PREFIX)
    if len(body) != _RANDOM_CHARACTERS + 1 or any(ch not in ALPHABET for ch in body):
        return None
    if _check_character(body[:-1]) != body[-1]:
        return None
    return _written(body)


def _written(body: str) -> str:
    return f"{_PREFIX}-{body[:3]}-{body[3:]}"


def _check_character(body: str) -> str:
    """The weighted sum of the places, modulo our prime."""
    total = sum(weight * ALPHABET.index(character) for weight, character in enumerate(body, start=2))
    return ALPHABET[total % len(ALPHABET)]
