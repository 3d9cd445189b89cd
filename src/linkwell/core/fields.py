"""Columns that are unreadable in the database, its backups' dumps and its logs without the key file."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
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


class EncryptedBytesField(models.BinaryField):  # type: ignore[type-arg]
    """Bytes encrypted at rest in the same way, without the third that Fernet's own letters would add."""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        sealed = urlsafe_b64decode(_cipher().encrypt(bytes(value)))
        return super().get_db_prep_value(sealed, connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> bytes | None:
        return None if value is None else _cipher().decrypt(urlsafe_b64encode(bytes(value)))
