"""Chain committed audit rows, so that no edit, deletion, insertion or reordering goes unseen.

Each seal is an HMAC over the row and the seal before it, with a key kept outside the database. The newest seal of
each organisation is also written to a file outside the database: a missing tail shows against it.
"""

import hashlib
import hmac
import json
import os
from datetime import datetime
from pathlib import Path
from uuid import UUID

import orjson
from django.conf import settings
from django.db import connection

from linkwell.core.database import scoped
from linkwell.core.models import AuditEvent, AuditPending, AuditSeal
from linkwell.core.scope import system_scope

FIRST = b"\0" * 32
BATCH = 5_000


def seal_all() -> int:
    """Seal what is waiting, one organisation after another; the number of rows sealed."""
    waiting = AuditPending.objects.values_list("organisation_id", flat=True).distinct()
    return sum(seal(organisation_id) for organisation_id in list(waiting))


def seal(organisation_id: UUID) -> int:
    """Seal one organisation's waiting rows in the order of their ids."""
    with scoped(system_scope(organisation_id, "sealing")):
        _one_at_a_time(organisation_id)
        number, mac = _head(organisation_id)
        pending = AuditPending.objects.filter(organisation_id=organisation_id).order_by("audit_id")
        ids = list(pending.values_list("audit_id", flat=True)[:BATCH])
        seals = []
        for row in AuditEvent.objects.filter(pk__in=ids).order_by("pk"):
            number, mac = number + 1, mac_of(row, mac)
            seals.append(AuditSeal(audit_id=row.pk, organisation_id=organisation_id, number=number, mac=mac))
        AuditSeal.objects.bulk_create(seals)
        AuditPending.objects.filter(audit_id__in=ids).delete()
    if seals:
        _write_head(organisation_id, number, mac)
    return len(seals)


def _one_at_a_time(organisation_id: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"seal:{organisation_id}"])


def _head(organisation_id: UUID) -> tuple[int, bytes]:
    newest = AuditSeal.objects.filter(organisation_id=organisation_id).order_by("-number").first()
    return (newest.number, bytes(newest.mac)) if newest else (0, FIRST)


def mac_of(row: AuditEvent, before: bytes) -> bytes:
    """The seal of one row, given the seal before it."""
    return hmac.new(key(), before + canonical(row), hashlib.sha256).digest()


def key() -> bytes:
    return bytes.fromhex(Path(settings.AUDIT_KEY_FILE).read_text().strip())


def canonical(row: AuditEvent) -> bytes:
    """Every column of the row, in a form that never changes."""
    at: datetime = row.at
    return orjson.dumps(
        [
            row.pk,
            str(row.organisation_id),
            int(at.timestamp() * 1_000_000),
            row.actor_kind,
            str(row.actor_id),
            row.role,
            row.purpose,
            row.verb,
            row.object_kind,
            str(row.object_id),
            str(row.person_id),
            list(row.fields),
        ]
    )


def heads_file(organisation_id: UUID) -> Path:
    return Path(settings.AUDIT_HEADS) / f"{organisation_id}.jsonl"


def _write_head(organisation_id: UUID, number: int, mac: bytes) -> None:
    path = heads_file(organisation_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("a") as stream:
        stream.write(json.dumps({"number": number, "mac": mac.hex()}) + "\n")
        stream.flush()
        os.fsync(stream.fileno())
