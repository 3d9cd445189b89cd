"""Columns that are unreadable in the database, its backups' dumps and its logs without the key file."""

from functools import cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models


@cache
def _cipher() -> MultiFernet:
    # The first key writes; the others still read, so that a key can be replaced without rewriting every row at once.
    lines = settings.FIELD_KEYS_FILE.read_text().split()
    return MultiFernet([Fernet(line) for line in lines])


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Text encrypted at rest (Fernet: AES-128-CBC with HMAC-SHA256). It cannot be searched or sorted."""

    def get_prep_value(self, value: Any) -> str:
        return _cipher().encrypt(str(value).encode()).decode() if value else ""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str:
        return _cipher().decrypt(value.encode()).decode() if value else ""
