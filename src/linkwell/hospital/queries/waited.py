"""How long people waited to go home: the rule of `cohorts.rules.delayed_discharge`, over stays that have ended."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Min
from django.db.models.functions import Coalesce

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.hospital.models import Offer, OfferAnswer
from linkwell.hospital.permissions import SEE_NUMBERS
from linkwell.hospital.queries.listable import COUNTED
from linkwell.hospital.queries.trusts import only_trusts
from linkwell.kernel import clock

YEAR = dt.timedelta(days=365)

# A period that ends on the day the person leaves ended because they left. The last period of each stay is looked up by
# its index; joined as a whole, while the database has not counted its rows yet, it would grow by the square.
_WAITED = f"""
WITH stay AS (
  SELECT CASE WHEN s.patient_id = ANY(%(said_yes)s::uuid[]) THEN s.patient_id END AS who, s.discharged_at,
    (s.admitted_at AT TIME ZONE 'Europe/London')::date AS admitted_on,
    (s.discharged_at AT TIME ZONE 'Europe/London')::date AS left_on,
    (period.ready_at AT TIME ZONE 'Europe/London')::date AS ready_on,
    (period.not_ready_at AT TIME ZONE 'Europe/London')::date AS not_ready_on
  FROM hospital_stay s JOIN hospital_patient p ON p.id = s.patient_id
  LEFT JOIN LATERAL (
    SELECT r.ready_at, r.not_ready_at FROM hospital_readyperiod r WHERE r.stay_id = s.id
    ORDER BY r.ready_at DESC, r.not_ready_at DESC NULLS LAST LIMIT 1
  ) AS period ON true
  WHERE s.organisation_id = %(trust)s AND s.no_stay = '' AND s.stay_class = 'inpatient'
    AND s.discharged_at > %(since)s AND s.discharged_at <= %(now)s AND {COUNTED}
)
SELECT
  CASE WHEN ready_on <= left_on AND (not_ready_on IS NULL OR not_ready_on >= left_on) THEN left_on - ready_on
    WHEN ready_on IS NULL AND admitted_on = left_on THEN 0 END AS waited,
  who, CASE WHEN who IS NOT NULL THEN discharged_at END, count(*)
FROM stay GROUP BY 1, 2, 3
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
    now, said = clock.now(), _said_yes(scope)
    asked: dict[str, Any] = {"trust": scope.organisation_id, "now": now, "since": now - YEAR, "said_yes": [*said]}
    days: dict[bool, Counter[int | None]] = {True: Counter(), False: Counter()}
    with connection.cursor() as cursor:
        cursor.execute(_WAITED, asked)
        for waited, who, left, stays in cursor.fetchall():
            days[who is not None and said[who] < left][waited] += stays
    missing = sum(each.pop(None, 0) for each in days.values())
    return Waits(_each(days[True]), _each(days[False]), missing)


def _said_yes(scope: Scope) -> dict[UUID, dt.datetime]:
    """When each patient first said yes. A yes under a record that was joined to theirs is theirs."""
    yes = Offer.objects.filter(organisation_id=scope.organisation_id, answer=OfferAnswer.ACCEPTED)
    patient = Coalesce("candidate__patient__merged_into_id", "candidate__patient_id")
    return dict(yes.values_list(patient).annotate(Min("answered_at")).order_by())


def _each(days: Counter[int | None]) -> tuple[int, ...]:
    return tuple(sorted(waited for waited in days.elements() if waited is not None))
