"""What is missing near here, as the directory knows it: by kind of need and postcode district, in numbers alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import connection

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.directory.permissions import SEE_GAPS


@dataclass(frozen=True, slots=True)
class GapCount:
    """How often something for a need was looked for in a district and not found."""

    need: str
    district: str
    times: int


@dataclass(frozen=True, slots=True)
class Provision:
    """What there is for a need in a district: groups that run, and of these the ones full or with a long wait."""

    need: str
    district: str
    groups: int
    no_room: int
    long_waits: int


_GAPS = """
SELECT need, district, count(*) FROM "directory_servicegap"
WHERE organisation_id = %s AND created_at >= %s AND need <> '' GROUP BY need, district
"""
_PROVISION = """
SELECT need, district, count(*), count(*) FILTER (WHERE room = 'full'),
  count(*) FILTER (WHERE room = 'waiting' AND room_weeks > %(weeks)s)
FROM (
  SELECT DISTINCT s.id, s.room, s.room_weeks, unnest(s.needs) AS need, split_part(v.postcode, ' ', 1) AS district
  FROM "directory_service" s JOIN "directory_venue" v ON v.service_id = s.id
  WHERE s.organisation_id = %(organisation)s AND s.status = 'active' AND s.listed_as_id IS NULL
) listed GROUP BY need, district
"""


@query(SEE_GAPS)
def gap_counts(scope: Scope, since: dt.datetime) -> tuple[GapCount, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_GAPS, [scope.organisation_id, since])
        return tuple(GapCount(*row) for row in cursor.fetchall())


@query(SEE_GAPS)
def provision(scope: Scope, weeks: int) -> tuple[Provision, ...]:
    """`weeks`: a waiting list longer than this is a long wait."""
    with connection.cursor() as cursor:
        cursor.execute(_PROVISION, {"organisation": scope.organisation_id, "weeks": weeks})
        return tuple(Provision(*row) for row in cursor.fetchall())
