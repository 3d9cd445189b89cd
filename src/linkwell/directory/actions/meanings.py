"""What services mean, told in the background: only of what changed, a little at a time, and from where it stopped."""

from __future__ import annotations

import hashlib
from uuid import UUID

import numpy as np
from django.db import connection

from linkwell.core import outbox
from linkwell.core.scope import Scope
from linkwell.directory import sentences, vocabulary
from linkwell.directory.models import Meaning, Service, ServiceStatus

# About three seconds of work: a worker that is stopped loses no more, and its lease never runs out.
A_TIME = 128
LONGEST = 900
WAITING = "directory.meanings_waiting"

_WAITING = """
SELECT s.id FROM "directory_service" s LEFT JOIN "directory_meaning" m ON m.service_id = s.id
WHERE s.organisation_id = %s AND s.status <> %s
  AND (m.of_change IS DISTINCT FROM s.changed_in OR m.model IS DISTINCT FROM %s)
ORDER BY s.changed_in DESC LIMIT %s
"""


def tell_meanings(scope: Scope) -> int:
    """Look at the services that changed; the number looked at. 0 when all is told, or the model cannot be used.

    A service whose words are as they were keeps its direction, whatever else of it has changed.
    """
    ids = _waiting(scope.organisation_id)
    if not ids or not sentences.works():
        return 0
    # Locked, so that what is read is what was last said, and stays so until it is told.
    services = list(
        Service.objects.filter(pk__in=ids).select_related("community_organisation").select_for_update(of=("self",))
    )
    known = {each.service_id: each for each in Meaning.objects.filter(service_id__in=ids)}
    texts = {each.pk: text_of(each) for each in services}
    new = [each for each in services if _is_new(known.get(each.pk), texts[each.pk])]
    directions = sentences.of_texts([texts[each.pk] for each in new])
    rows = [
        Meaning(
            organisation_id=scope.organisation_id,
            service=each,
            text_hash=_hash(texts[each.pk]),
            model=sentences.MODEL,
            direction=direction.astype(np.float16).tobytes(),
        )
        for each, direction in zip(new, directions if directions is not None else (), strict=True)
    ]
    Meaning.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["service"], update_fields=["text_hash", "model", "direction"]
    )
    _looked_at([each.pk for each in new], [each.pk for each in services])
    return len(services)


def tell_some_and_go_on(scope: Scope) -> None:
    """One portion now; the rest is queued behind whatever else waits."""
    _count_transactions_anew(scope.organisation_id)
    if tell_meanings(scope) == A_TIME:
        ask_for_meanings(scope)


def ask_for_meanings(scope: Scope) -> None:
    """Have meanings told soon. Whoever changes what a service says may call it; a round each minute finds the rest."""
    outbox.emit(scope, WAITING, object_id=scope.organisation_id)


def text_of(service: Service) -> str:
    """What the model reads of a service: its name, who runs it, what it says of itself, and what it is for."""
    name, description = " ".join(service.name.split()), " ".join(service.description.split())
    while name and description.lower().startswith(name.lower()):
        description = description[len(name) :].lstrip(" .,:;–-")
    runs = service.community_organisation.name
    by = "" if vocabulary.fold(runs) in vocabulary.fold(name) or not runs else f"{runs}."
    kinds = ", ".join((*vocabulary.plain_kinds(service.kinds), *vocabulary.plain_needs(service.needs)))
    return " ".join(filter(None, (f"{name}.", description[:LONGEST], by, service.who_for[:200], kinds)))


def _count_transactions_anew(organisation_id: UUID) -> None:
    """After a restore into another server, services may name transactions that are still to come there."""
    with connection.cursor() as cursor:
        cursor.execute(
            'UPDATE "directory_service" SET changed_in = 0'
            " WHERE organisation_id = %s AND changed_in > pg_current_xact_id()::text::bigint",
            [organisation_id],
        )


def _waiting(organisation_id: UUID) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [organisation_id, ServiceStatus.WITHDRAWN, sentences.MODEL, A_TIME])
        return [service_id for (service_id,) in cursor.fetchall()]


def _is_new(known: Meaning | None, text: str) -> bool:
    return known is None or known.model != sentences.MODEL or known.text_hash != _hash(text)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _looked_at(new: list[UUID], all_of_them: list[UUID]) -> None:
    with connection.cursor() as cursor:
        # The trigger marks these as changed, so that searching processes read the new direction.
        cursor.execute('UPDATE "directory_service" SET changed_in = 0 WHERE id = ANY(%s)', [new])
        cursor.execute(
            'UPDATE "directory_meaning" m SET of_change = s.changed_in FROM "directory_service" s'
            " WHERE s.id = m.service_id AND s.id = ANY(%s)",
            [all_of_them],
        )
