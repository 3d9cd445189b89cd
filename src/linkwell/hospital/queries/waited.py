"""How long people waited to go home: the rule of `cohorts.rules.delayed_discharge`, over stays that have ended."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.hospital.permissions import SEE_NUMBERS
from linkwell.hospital.queries.listable import COUNTED
from linkwell.hospital.queries.trusts import only_trusts
from linkwell.kernel import clock

YEAR = dt.timedelta(days=365)

# A period that ends on the day the person leaves ended because they left. A yes under a record that was joined to the
# patient's is theirs. Counted in the database: a large trust has 100,000 stays a year.
_WAITED = f"""
WITH stay AS (
  SELECT s.id, s.patient_id, s.discharged_at, (s.admitted_at AT TIME ZONE 'Europe/London')::date AS admitted_on,
    (s.discharged_at AT TIME ZONE 'Europe/London')::date AS left_on
  FROM hospital_stay s JOIN hospital_patient p ON p.id = s.patient_id
  WHERE s.organisation_id = %(trust)s AND s.no_stay = '' AND s.stay_class = 'inpatient'
    AND s.discharged_at > %(since)s AND s.discharged_at <= %(now)s
    AND {COUNTED}
), last_period AS (
  SELECT DISTINCT ON (r.stay_id) r.stay_id, (r.ready_at AT TIME ZONE 'Europe/London')::date AS ready_on,
    (r.not_ready_at AT TIME ZONE 'Europe/London')::date AS not_ready_on
  FROM hospital_readyperiod r JOIN stay ON stay.id = r.stay_id
  ORDER BY r.stay_id, r.ready_at DESC, r.not_ready_at DESC NULLS LAST
), yes AS (
  SELECT COALESCE(p.merged_into_id, p.id) AS patient_id, min(o.answered_at) AS said_at
  FROM hospital_offer o JOIN hospital_candidate c ON c.id = o.candidate_id
  JOIN hospital_patient p ON p.id = c.patient_id
  WHERE o.organisation_id = %(trust)s AND o.answer = 'accepted'
  GROUP BY 1
)
SELECT
  CASE WHEN ready_on <= left_on AND (not_ready_on IS NULL OR not_ready_on >= left_on) THEN left_on - ready_on
    WHEN ready_on IS NULL AND admitted_on = left_on THEN 0 END AS waited,
  COALESCE(yes.said_at < stay.discharged_at, false) AS supported, count(*)
FROM stay LEFT JOIN last_period ON last_period.stay_id = stay.id LEFT JOIN yes ON yes.patient_id = stay.patient_id
GROUP BY 1, 2 ORDER BY 1, 2
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Waits:
    """Whole days from being ready to leaving, of stays that ended in the last year: people who had said yes to support
    before they left, and everybody else. Nought for a stay of one day of which nothing was recorded.

    `missing` are the other stays of which no wait is known: nothing was recorded, or they were not ready at the end.
    """

    supported: tuple[int, ...]
    others: tuple[int, ...]
    missing: int


@query(SEE_NUMBERS)
def waits(scope: Scope) -> Waits:
    """Ward stays of everybody but restricted patients and the made-up ones of a live system."""
    only_trusts(scope)
    now = clock.now()
    asked: dict[str, Any] = {"trust": scope.organisation_id, "now": now, "since": now - YEAR}
    with connection.cursor() as cursor:
        cursor.execute(_WAITED, asked)
        rows = cursor.fetchall()
    return Waits(
        supported=_each(rows, supported=True),
        others=_each(rows, supported=False),
        missing=sum(stays for days, _, stays in rows if days is None),
    )


def _each(rows: list[tuple[int | None, bool, int]], *, supported: bool) -> tuple[int, ...]:
    known = ((days, stays) for days, said_yes, stays in rows if days is not None and said_yes == supported)
    return tuple(days for days, stays in known for _ in range(stays))
