"""Does the audit trail still say what it said? Compares rows, seals and the heads kept outside the database."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from linkwell.core.database import scoped
from linkwell.core.models import AuditEvent, AuditPending, AuditSeal
from linkwell.core.scope import system_scope
from linkwell.core.sealer import FIRST, heads_file, mac_of
from linkwell.kernel import clock

LONGEST_UNSEALED = timedelta(seconds=60)
CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing wrong with the trail: what, and at which seal number or audit row."""

    kind: str
    where: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many rows were checked, and every trouble found."""

    organisation_id: UUID
    checked: int
    troubles: tuple[Trouble, ...]

    @property
    def sound(self) -> bool:
        return not self.troubles


def verify(organisation_id: UUID) -> Verdict:
    """Check one organisation's whole trail. Reads in chunks; memory stays flat."""
    with scoped(system_scope(organisation_id, "audit check"), read_only=True):
        heads = _heads(organisation_id)
        troubles: list[Trouble] = []
        checked = 0
        expected, before = 1, FIRST
        for seal, row in _sealed(organisation_id):
            checked += 1
            if seal.number != expected:
                troubles.append(Trouble("seals missing", f"{expected} to {seal.number - 1}"))
            if row is None:
                troubles.append(Trouble("row deleted", f"seal {seal.number}"))
            elif mac_of(row, before) != bytes(seal.mac):
                troubles.append(Trouble("row changed, moved or inserted", f"seal {seal.number}"))
            outside = heads.pop(seal.number, None)
            if outside is not None and outside != bytes(seal.mac):
                troubles.append(Trouble("differs from the head kept outside", f"seal {seal.number}"))
            expected, before = seal.number + 1, bytes(seal.mac)
        if heads:
            troubles.append(Trouble("tail missing", f"{expected} to {max(heads)}"))
        troubles += _unsealed(organisation_id)
    return Verdict(organisation_id, checked, tuple(troubles))


def trails_outside() -> tuple[UUID, ...]:
    """Every organisation that heads are kept of outside the database."""
    folder = heads_file(UUID(int=0)).parent
    return tuple(sorted(UUID(path.stem) for path in folder.glob("*.jsonl"))) if folder.exists() else ()


def _sealed(organisation_id: UUID) -> Iterator[tuple[AuditSeal, AuditEvent | None]]:
    seals = AuditSeal.objects.filter(organisation_id=organisation_id).order_by("number")
    last = 0
    while chunk := list(seals.filter(number__gt=last)[:CHUNK]):
        rows = AuditEvent.objects.in_bulk([seal.audit_id for seal in chunk])
        for seal in chunk:
            yield seal, rows.get(seal.audit_id)
        last = chunk[-1].number


def _heads(organisation_id: UUID) -> dict[int, bytes]:
    path = heads_file(organisation_id)
    if not path.exists():
        return {}
    lines = [json.loads(line) for line in path.read_text().splitlines() if line]
    return {line["number"]: bytes.fromhex(line["mac"]) for line in lines}


def _unsealed(organisation_id: UUID) -> list[Trouble]:
    sealed = AuditSeal.objects.filter(organisation_id=organisation_id).values("audit_id")
    pending = set(AuditPending.objects.filter(organisation_id=organisation_id).values_list("audit_id", flat=True))
    troubles = []
    for row in AuditEvent.objects.filter(organisation_id=organisation_id).exclude(pk__in=sealed).iterator(CHUNK):
        if row.pk not in pending:
            troubles.append(Trouble("row never queued for sealing", f"row {row.pk}"))
        elif clock.now() - row.at > LONGEST_UNSEALED:
            troubles.append(Trouble("row unsealed for over 60 seconds", f"row {row.pk}"))
    return troubles
