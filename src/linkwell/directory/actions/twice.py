"""Looking for services that are listed twice, by two feeds or one: offered, never put together by themselves."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from linkwell.core import audit, outbox
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.directory.likeness import Listing, likeness
from linkwell.directory.models import Limits, Service, ServiceStatus, Session, Steward, TwiceListed, Venue
from linkwell.directory.permissions import IMPORT_DIRECTORY
from linkwell.kernel.errors import Conflict, NotFound

DUE = "directory.twice_due"
BATCH = 1000
# A name or place that so many share says nothing: a block of one is compared with every other of it.
MOST_SHARE = 60
MOST_PAIRS = 50_000

# Two listings are compared when they share a name, a place, a telephone number, a web page or an e-mail address.
_PAIRS = """
WITH listed AS (
  SELECT id, source_id, regexp_replace(lower(unaccent(name)), '[^a-z0-9]+', '', 'g') AS name,
    right(regexp_replace(phone, '[^0-9]', '', 'g'), 10) AS phone, lower(referral_email) AS email,
    regexp_replace(lower(url), '^https?://(www[.])?|/+$', '', 'g') AS url
  FROM "directory_service"
  WHERE organisation_id = %(organisation)s AND listed_as_id IS NULL AND status <> 'withdrawn'
), keys AS (
  SELECT id, source_id, 'n' || name AS key FROM listed
  UNION SELECT id, source_id, 't' || phone FROM listed WHERE length(phone) = 10
  UNION SELECT id, source_id, 'w' || url FROM listed WHERE url <> ''
  UNION SELECT id, source_id, 'e' || email FROM listed WHERE email <> ''
  UNION SELECT l.id, l.source_id, 'p' || v.postcode FROM listed l JOIN "directory_venue" v ON v.service_id = l.id
    WHERE v.postcode <> ''
), shared AS (
  SELECT key FROM keys GROUP BY key HAVING count(*) BETWEEN 2 AND %(most_share)s
)
SELECT DISTINCT a.id, b.id FROM keys a JOIN shared USING (key) JOIN keys b USING (key)
WHERE a.source_id = %(source)s AND (b.source_id IS DISTINCT FROM %(source)s OR a.id < b.id)
  AND NOT EXISTS (
    SELECT 1 FROM "directory_twicelisted" t
    WHERE t.kept_id IN (a.id, b.id) AND t.other_id IN (a.id, b.id)
  )
LIMIT %(most)s
"""


def ask_to_look(scope: Scope, source_id: UUID) -> None:
    """Have a feed's services compared with the others, after this transaction."""
    outbox.emit(scope, DUE, object_id=source_id)


@action(IMPORT_DIRECTORY)
def look_for_twice(*, scope: Scope, source_id: UUID) -> int:
    """Compare one feed's services with all of the directory; how many pairs are new for a keeper to look at."""
    pairs = _pairs(scope.organisation_id, source_id)
    found = sum(_offer(scope.organisation_id, pairs[at : at + BATCH]) for at in range(0, len(pairs), BATCH))
    audit.record(scope, "looked_for_twice", "directory_source", source_id)
    return found


@action(IMPORT_DIRECTORY)
def pair_by_hand(*, scope: Scope, service_id: UUID, other_id: UUID) -> UUID:
    """A keeper found two listings of one service that no rule had offered. Gives the pair, to be looked at and decided.

    Raises NotFound, and Conflict where one of them is no longer on the list by itself.
    """
    rows = _rows({service_id, other_id})
    if len(rows) < 2 or any(row.organisation_id != scope.organisation_id for row in rows.values()):
        raise NotFound
    if any(row.listed_as_id or row.status == ServiceStatus.WITHDRAWN for row in rows.values()):
        raise Conflict("One of the two is no longer on the list by itself.")
    weights = _standing(rows)
    kept, other = sorted(rows, key=lambda each: weights[each])
    known = TwiceListed.objects.filter(kept__in=rows, other__in=rows).first()
    pair = known or TwiceListed.objects.create(
        organisation_id=scope.organisation_id, kept_id=kept, other_id=other, score=1.0
    )
    audit.record(scope, "found" if known else "paired", "service", service_id)
    return pair.pk


def _pairs(organisation_id: UUID, source_id: UUID) -> list[tuple[UUID, UUID]]:
    asked: dict[str, UUID | int] = {
        "organisation": organisation_id,
        "source": source_id,
        "most_share": MOST_SHARE,
        "most": MOST_PAIRS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, asked)
        return list(cursor.fetchall())


def _offer(organisation_id: UUID, pairs: Iterable[tuple[UUID, UUID]]) -> int:
    rows = _rows({each for pair in pairs for each in pair})
    listings = _listings(rows)
    weights = _standing(rows)
    new = []
    for one, two in pairs:
        alike = likeness(listings[one], listings[two])
        if alike.is_enough:
            kept, other = sorted((one, two), key=lambda each: weights[each])
            new.append(
                TwiceListed(
                    organisation_id=organisation_id,
                    kept_id=kept,
                    other_id=other,
                    score=alike.score,
                    reasons=list(alike.reasons),
                )
            )
    TwiceListed.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _rows(ids: Iterable[UUID]) -> dict[UUID, Service]:
    rows = Service.objects.select_related("community_organisation").defer("search", "description", "description_html")
    return {row.pk: row for row in rows.filter(pk__in=list(ids))}


def _listings(rows: dict[UUID, Service]) -> dict[UUID, Listing]:
    places: dict[UUID, list[Venue]] = defaultdict(list)
    for venue in Venue.objects.filter(service_id__in=rows):
        places[venue.service_id].append(venue)
    times: dict[UUID, set[tuple[int, dt.time | None, dt.time | None]]] = defaultdict(set)
    found = Session.objects.filter(service_id__in=rows, weekday__isnull=False)
    for service_id, day, starts, ends in found.values_list("service_id", "weekday", "starts_at", "ends_at"):
        times[service_id].add((day or 0, starts, ends))
    return {
        row.pk: Listing(
            name=row.name,
            organisation=row.community_organisation.name,
            phone=row.phone,
            url=row.url,
            email=row.referral_email,
            postcodes=frozenset(each.postcode for each in places[row.pk] if each.postcode),
            points=tuple(
                (each.latitude, each.longitude or 0.0) for each in places[row.pk] if each.latitude is not None
            ),
            times=frozenset(times[row.pk]),
            minimum_age=row.minimum_age,
            maximum_age=row.maximum_age,
        )
        for row in rows.values()
    }


def _standing(rows: dict[UUID, Service]) -> dict[UUID, tuple[object, ...]]:
    """Which of two stays on the lists: the one a group looks after, that takes referrals, that we have known longer."""
    kept = set(Steward.objects.filter(service__in=rows, ended_at=None).values_list("service_id", flat=True))
    limited = set(Limits.objects.filter(service__in=rows).values_list("service_id", flat=True))
    return {
        row.pk: (row.pk not in kept, row.pk not in limited, not row.referral_email, row.created_at, row.pk)
        for row in rows.values()
    }
