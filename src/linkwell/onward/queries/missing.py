"""What is missing near here: what was looked for, refused for want of room and waited for, beside what there is."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db import connection

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.directory import geography
from linkwell.directory import queries as directory
from linkwell.directory.permissions import SEE_GAPS
from linkwell.kernel import clock

MONTHS = 12
FULL = "We are full"


@dataclass(frozen=True, slots=True)
class MissingRow:
    """One kind of need in one district. `decile` of deprivation, 1 for the most deprived tenth; None where unknown."""

    need: str
    district: str
    decile: int | None
    not_found: int
    declined: int
    no_room: int
    long_waits: int
    groups: int

    @property
    def unmet(self) -> int:
        """Times somebody could not be helped. Full groups are said beside it: one of them may turn away many."""
        return self.not_found + self.declined


_DECLINED = """
SELECT need, district, count(*) FROM (
  SELECT DISTINCT o.id, unnest(o.needs) AS need, split_part(v.postcode, ' ', 1) AS district
  FROM "onward_onwardreferral" o JOIN "directory_venue" v ON v.service_id = o.service_id
  WHERE o.organisation_id = %s AND o.state = 'declined' AND o.decline_reason LIKE %s AND o.answered_at >= %s
) refused GROUP BY need, district
"""


@query(SEE_GAPS)
def missing(scope: Scope, weeks: int) -> tuple[MissingRow, ...]:
    """The last twelve months, the most unmet first. Where somebody lives is never looked at: the districts are those
    that were typed and those of the groups.
    """
    since = clock.now() - dt.timedelta(days=MONTHS * 30)
    not_found = Counter({(each.need, each.district): each.times for each in directory.gap_counts(scope, since)})
    declined = _declined(scope, since)
    there = {(each.need, each.district): each for each in directory.provision(scope, weeks)}
    rows = []
    for need, district in sorted({*not_found, *declined, *there}):
        has = there.get((need, district))
        rows.append(
            MissingRow(
                need,
                district,
                geography.decile_of_district(district) if district else None,
                not_found[need, district],
                declined[need, district],
                has.no_room if has else 0,
                has.long_waits if has else 0,
                has.groups if has else 0,
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.unmet, -row.no_room - row.long_waits, row.groups)))


def _declined(scope: Scope, since: dt.datetime) -> Counter[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_DECLINED, [scope.organisation_id, f"{FULL}%", since])
        return Counter({(need, district): times for need, district, times in cursor.fetchall()})
